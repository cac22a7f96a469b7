"""What is said about a proportion shows the computation and what would fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tallysheet.figures import describe, hint, judge_proportion
from tallysheet.figures.slips import slip

SAID = [
    ((6, 25, "24"), "6/25 = 24%, printed 24%"),
    ((6, 25, "42"), '6/25 = 24%, printed 42%; 42% of 25 fits no count; did you mean "24"?'),
    ((3, 17, "17.7"), "3/17 = 17.647...%, prints 17.6; printed 17.7; rounding twice gives it"),
    ((1, 6, "16.6"), "1/6 = 16.666...%, prints 16.7; printed 16.6; cutting off digits gives it"),
    ((68, 97, "71"), "68/97 = 70.10...%, prints 70; printed 71; always rounding up gives it"),
    ((3, 40, "8"), "3/40 = 7.5%, printed 8%; a tie: rounding half up and half down differ here"),
    ((12, 13, "100.0"), "12/13 = 92.307...%, printed 100.0%; 100.0% of 13 fits 13; did you mean 13/13?"),
    ((9, 22, "42.86"), "9/22 = 40.9090...%, printed 42.86%; 42.86% of 22 fits no count; did you mean 9/21?"),
    ((10, 35, "35"), "10/35 = 28.57...%, printed 35%; 35% of 35 fits no count"),
    (
        (18, 34, "55"),
        '18/34 = 52.94...%, printed 55%; 55% of 34 fits no count; 18/33 fits, if data are missing; did you mean "53"?',
    ),
    ((None, 12, "91.7"), "91.7% of 12 fits 11"),
    ((None, 25, "23"), "23% of 25 fits no count; some count of 22 or 26 or 30 fits"),
    ((None, 99, "50"), "50% of 99 fits no count rounded to the nearest; 49/99 = 49.49...%: rounding twice gives it"),
    ((None, 200, "50"), "50% of 200 fits 99 to 101: with so many, any percentage fits some count"),
    ((13, 12, "108"), "13/12 = 108.33...%, printed 108%; 13 events are more than the total of 12"),
    ((0, 0, "0"), "0/0, printed 0%; of 0 there is no percentage; leave it out"),
    ((1, 1000, "0"), "1/1000 = 0.1%, printed 0%; prints as 0, yet 1 is not none"),
    ((483, 484, "100"), "483/484 = 99.79...%, printed 100%; prints as 100, yet 483 of 484 is not all"),
    ((11, 12, None), "11/12 = 91.666...%; prints 92, 91.7, 91.67"),
    ((1, 86, "<1%"), '1/86 = 1.16...%, printed "<1%"; "<1%" of 86 fits 0'),
    ((None, 46, "73.1% (KM)"), 'of 46, printed "73.1% (KM)"; a survival estimate is no count over a total'),
    ((None, None, None), "neither count nor percentage is printed"),
]


# The computation stands first, then what the printed figure fits.
@pytest.mark.parametrize(("figures", "said"), SAID)
def test_a_description_shows_the_computation(figures: tuple[int | None, int | None, str | None], said: str) -> None:
    assert said == describe(judge_proportion(*figures))


HINTS = [
    ((6, 25, "24"), None),
    ((6, 25, "42"), 'read the publication again; what fits is percent: "24"'),
    ((12, 13, "100.0"), 'read the publication again; what fits is percent: "92.3", or events: 13, or total: 12'),
    ((0, 0, "0"), "leave the percentage out"),
    ((None, 46, "73.1% (KM)"), None),
    ((None, 200, "100.1"), None),
]


# A hint gives the edits that would fit, and none where nothing needs one.
@pytest.mark.parametrize(("figures", "edit"), HINTS)
def test_a_hint_gives_the_edit(figures: tuple[int | None, int | None, str | None], edit: str | None) -> None:
    assert edit == hint(judge_proportion(*figures))


# Whatever the figures, a description is one line of at most 200 characters without a full stop.
@given(
    some.one_of(some.none(), some.integers(-3, 10**15)),
    some.one_of(some.none(), some.integers(-3, 10**15)),
    some.sampled_from([None, "0", "42", "17.65", "100.0", "103", "-5", "<1%", "~30", "5-10%", "NR", "73% (KM)", ".5"]),
)
def test_a_description_is_one_short_line(events: int | None, total: int | None, percent: str | None) -> None:
    judged = judge_proportion(events, total, percent)
    for line in (describe(judged), hint(judged) or "none"):
        assert 0 < len(line) <= 200
        assert "\n" not in line
        assert not line.endswith(".")


SLIPS = [
    ("42", "24", "two digits swapped"),
    ("61.7", "67.1", "two digits swapped"),
    ("17.6", "16.7", "two digits swapped"),
    ("87", "86", "one off"),
    ("17.7", "17.6", "one off"),
    ("20", "19", "one off"),
    ("33.9", "33.3", "one digit"),
    ("727", "72.7", "a point lost or moved"),
    ("7.27", "72.7", "a point lost or moved"),
    ("5", "-5", "a minus lost"),
    ("11", "111", "a digit left out or added"),
    ("24", "24", None),
    ("35", "29", None),
]


# A slip of the pen is named as what happened to the text.
@pytest.mark.parametrize(("written", "meant", "name"), SLIPS)
def test_a_slip_is_named(written: str, meant: str, name: str | None) -> None:
    assert name == slip(written, meant)
