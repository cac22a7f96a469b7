"""What floats accept is what the exact judgement accepts; within their room of a border they say nothing."""

import math
import random
from fractions import Fraction
from functools import lru_cache

import pytest

from tallysheet.figures import by_floats, exact_tests, intervals, limits, pvalues, ratios
from tallysheet.figures.fits import as_text
from tallysheet.figures.printed import Printed, read_printed
from tallysheet.figures.windows import Interval

ROOM = Fraction(by_floats.ROOM)

ODD = (
    "NR",
    "",
    "x",
    "~0.5",
    "0",
    ".000",
    "<0",
    "<=0",
    ">0",
    ">1",
    ">=1",
    "<1",
    "1.0",
    "1.2",
    "-0.5",
    "0.1-0.2",
    "5%",
    "0,5",
    "<0,05",
)
SIGNS = ("<", "<=", ">", ">=")


def as_number(text: str) -> Printed:
    """Return the figure of a text that is a number."""
    found = read_printed(text)
    assert isinstance(found, Printed)
    return found


def texts_around(chance: random.Random, p: Fraction) -> list[str]:
    """Return p values as printed, near a p value and on borders: rounded, one off, cut off, and bounds beside it."""
    decimals = chance.choice((1, 2, 3, 4, 6, 9, 12, 20))
    unit = 10**decimals
    near = [
        round(p * unit),
        math.floor(p * unit),
        math.ceil(p * unit),
        round(p * unit) + 1,
        max(0, round(p * unit) - 1),
    ]
    digits = [f"{one // unit}.{one % unit:0{decimals}d}" for one in near]
    return [*digits, chance.choice(SIGNS) + chance.choice(digits), "<0.001", chance.choice(("<", ">")) + "0.05"]


# A p value's window is that of its judgement, where there is one; nothing is said of any text that is not possible.
@pytest.mark.parametrize("comma", [False, True])
def test_windows_are_those_of_the_figures(comma: bool) -> None:  # noqa: FBT001 - a parameter
    chance, found = random.Random(1), 0  # noqa: S311 - repeatable, no secret
    for text in [*ODD, *(one for _ in range(4_000) for one in texts_around(chance, Fraction(chance.random())))]:
        said = by_floats.window_of_p(text.replace(".", ",") if comma else text, comma)
        if said is None:
            continue
        figure = as_number(text.replace(",", "."))
        window = figure.window()
        assert pvalues.judge_p(figure).holds, text
        assert said[0] == (-math.inf if window.low is None else float(window.low)), text
        assert said[1] == (math.inf if window.high is None else float(window.high)), text
        found += 1
    assert found > 10_000


def ratio_of(chance: random.Random) -> tuple[list[int], list[int]]:
    """Return a ratio and its limits as digits and decimals: mostly in its middle, wide or narrow, near 1 or far."""
    middle = math.exp(chance.gauss(0, chance.choice((0.01, 0.3, 2))))
    reach = math.exp(abs(chance.gauss(0, chance.choice((0.001, 0.3, 1.5)))))
    decimals = [chance.choice((0, 1, 2, 2, 2, 3, 5))] * 3
    if chance.random() < 0.2:
        decimals[chance.randrange(3)] = chance.choice((0, 1, 2, 4, 9))
    ends = [middle / reach, middle * chance.choice((1, 1, 1, 1.02, 0.9, 1 / reach)), middle * reach]
    digits = [round(end * 10**many) for end, many in zip(ends, decimals, strict=True)]
    return [max(0, one + chance.choice((0, 0, 0, 0, 1, -1))) for one in digits], decimals


def surely_meets(text: str, attainable: Interval) -> bool:
    """Tell whether a printed p value is attained by more than the room at its borders, and twice."""
    window = as_number(text).window()
    low = None if window.low is None else window.low + 2 * ROOM
    return Interval(low, None if window.high is None else window.high - 2 * ROOM).meets(attainable)


# Ratio, interval and p value that floats accept are those that are consistent, or have a limit at 0; but for very
# narrow intervals and for p values at a border, of which nothing is said.
def test_ratios_that_agree_are_consistent(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(2)  # noqa: S311 - the same
    seen = dict.fromkeys((True, "limit at 0", False, "at a border"), 0)
    monkeypatch.setattr(ratios, "implied_p", lru_cache(ratios.implied_p))
    for _ in range(2_500):
        low, middle, high = (as_text(*one) for one in zip(*ratio_of(chance), strict=True))
        implied = ratios.implied_p(as_number(middle), (as_number(low), as_number(high)), Fraction(1, 20))
        around = [end for end in (implied.low, implied.high) if end] if implied else [Fraction(1, 30)]
        for p in (None, *(text for end in around for text in texts_around(chance, end))):
            said = by_floats.ratio_agrees(middle, low, high, p, False)  # noqa: FBT003 - by place
            judged = ratios.judge_ratio(middle, low, high, p)
            why = (low, middle, high, p, judged)
            seen[said] += 1
            if p is not None and by_floats.window_of_p(p, False) is None:  # noqa: FBT003 - by place
                assert said is False, why
            elif said is False and judged.verdict == "consistent":
                ends = as_number(low).window().high, as_number(high).window().low
                assert ends[0], why
                assert ends[1], why
                assert implied, why
                narrow = ends[1] / ends[0] < 1 + Fraction(1, by_floats.CLOSE)
                assert narrow or not surely_meets(p or "", implied), why
                seen["at a border"] += 1
            else:
                assert (judged.verdict == "consistent") is (said is True), why
                assert said is not False or judged.reason != "limit_at_0", why
            assert said != "limit at 0" or judged.reason == "limit_at_0", why
    assert min(seen.values()) > 500, seen


HARD = [
    ("2.2", "2", "1.7", None, False),  # both limits are beside the ratio, and the lower one is above the upper one
    ("2", "4", "14", None, True),  # 1.5 * 13.5 is 4.5 squared, at the ends of the windows
    ("2", "4", "15", None, False),
    ("1", "5", "13", None, True),
    ("1", "5", "12", None, False),
    ("1.00000000000000000001", "1.00000000000000000003", "1.00000000000000000005", ".5", False),  # no float is between
    ("0.00", "0.02", "0.05", "0.5", "limit at 0"),
    ("1.1", "1.2", "1.2", "0.5", "limit at 0"),  # nor where both limits may be the same
]


# Figures at the very border of an order, of the middle, and of what floats hold are as the judgement says, or are left.
@pytest.mark.parametrize(("low", "middle", "high", "p", "said"), HARD)
def test_ratios_at_borders_are_told_apart(low: str, middle: str, high: str, p: str | None, said: object) -> None:
    assert by_floats.ratio_agrees(middle, low, high, p, False) == said  # noqa: FBT003 - by place
    judged = ratios.judge_ratio(middle, low, high, p)
    assert said is not True or judged.verdict == "consistent"
    assert said is not False or p is not None or judged.verdict != "consistent"
    assert said != "limit at 0" or judged.reason == "limit_at_0"


# The p values of floats are off by less than a tenth of the room, however many weights are compared as whole numbers.
@pytest.mark.parametrize("room", [by_floats.ROOM, 0.5])
def test_p_values_of_tables_are_right(room: float, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(3)  # noqa: S311 - the same
    monkeypatch.setattr(by_floats, "ROOM", room)
    names = ("", ", twice the smaller tail", ", one-sided", ", mid-P")
    for _ in range(1_500):
        (a, n), (c, m) = table_of(chance, by_floats.MOST // 2)
        if 0 in (n, m, a + c, n + m - a - c):
            continue
        exact = exact_tests._fisher((a, n - a, c, m - c))
        for name, p in zip(names, by_floats.fisher(a, n, m, a + c), strict=True):
            low = exact[f"Fisher's exact test{name}"].low
            assert low is not None
            assert abs(Fraction(p) - low) < ROOM / 10, (a, n, c, m, name)


def table_of(chance: random.Random, most: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return events and totals of two groups: of one size or not, alike or not, with empty cells."""
    n = chance.choice((chance.randint(0, 4), chance.randint(1, 30), chance.randint(1, most)))
    m = chance.choice((n, 2 * n, chance.randint(0, most)))
    share, other = chance.random(), chance.random()
    return (round(n * share), n), (round(min(m, most) * chance.choice((share, other, 0, 1))), min(m, most))


# A p value that floats find a test for is consistent, or there is nothing to test; but for one at a border, and one
# that only the likelihood ratio gives, every consistent one is found.
def test_tests_that_fit_are_consistent() -> None:
    chance = random.Random(4)  # noqa: S311 - the same
    seen = dict.fromkeys((True, False, "at a border", "nothing to test"), 0)
    for _ in range(2_000):
        first, second = table_of(chance, chance.choice((20, 90, 301, 2_000)))
        table = (first[0], first[1] - first[0], second[0], second[1] - second[0])
        try:
            tests = exact_tests.two_by_two(table)
        except ValueError:
            tests = {}
        known = [interval for name, interval in tests.items() if name != "likelihood ratio"]
        around = [one.low for one in chance.sample(known, 2) if one.low] if known else [Fraction(1, 30)]
        for p in [text for end in around for text in texts_around(chance, end)]:
            if (window := by_floats.window_of_p(p, False)) is None:  # noqa: FBT003 - by place
                continue
            said = by_floats.some_test_fits(first, second, window)
            judged = pvalues.judge_two_by_two(first, second, p)
            seen[said] += 1
            if not tests:
                assert (said, judged.reason) == (True, "no_comparison")
                seen["nothing to test"] += 1
            elif said:
                assert judged.verdict == "consistent", (first, second, p, judged)
            else:
                assert not any(surely_meets(p, one) for one in known), (first, second, p, judged)
                seen["at a border"] += judged.verdict == "consistent"
    assert min(seen.values()) > 300, seen


# What can be no table is left to the judgement, as are counts that floats might not hold.
def test_tables_that_are_none_are_left() -> None:
    everything = (-math.inf, math.inf)
    assert not by_floats.some_test_fits((3, 2), (1, 2), everything)
    assert not by_floats.some_test_fits((-1, 2), (1, 2), everything)
    assert not by_floats.some_test_fits((1, 10**9), (1, 2), everything)
    assert not by_floats.some_test_fits((1, 10**400), (1, 10**400), everything)
    assert by_floats.some_test_fits((1, 10**8), (1, 10**8), everything)


# A ratio of counts is accepted if it is the one that is printed.
@pytest.mark.parametrize("kind", ["OR", "RR"])
def test_ratios_of_counts_that_agree_are_consistent(kind: str) -> None:
    chance, seen = random.Random(5), [0, 0, 0]  # noqa: S311 - the same
    for _ in range(20_000):
        first, second = table_of(chance, chance.choice((8, 40)))
        (a, n), (c, m) = first, second
        top, bottom = (a * (m - c), (n - a) * c) if kind == "OR" else (a * m, c * n)
        unit = 10 ** chance.choice((0, 1, 2, 3))
        near = top * unit // bottom + chance.choice((0, 1, 1, 0, 2)) if bottom else 1
        value = as_text(max(0, near), len(str(unit)) - 1)
        said = by_floats.ratio_of_counts_agrees(kind, first, second, value, False)  # noqa: FBT003 - by place
        judged = ratios.judge_ratio_of_counts(kind, first, second, value)
        assert said is (judged.verdict == "consistent"), (kind, first, second, value, judged)
        seen[said] += 1
        seen[2] += bool(bottom) and (2 * top * unit) % (2 * bottom) == bottom
    assert min(seen) > 100, seen
    assert not by_floats.ratio_of_counts_agrees(kind, (5, 10), (5, 10), "NR", False)  # noqa: FBT003 - by place


# The limits of a proportion that floats accept are ones that a usual method gives, also a digit off and at the ends.
def test_intervals_that_fit_are_given_by_a_method() -> None:
    chance, found, refused = random.Random(4), 0, 0  # noqa: S311 - repeatable, no secret
    methods = (*limits.closed_form(1, 3, Fraction(1, 20)), "Clopper-Pearson")
    for _ in range(2_500):
        total = chance.choice((chance.randint(1, 12), chance.randint(1, 150)))
        events = chance.choice((0, total, chance.randint(0, total), chance.randint(0, total)))
        name, decimals = chance.choice(methods), chance.choice((0, 1, 1, 2))
        if name in (forms := limits.closed_form(events, total, Fraction(1, 20))):
            ends = [float(end) for end in forms[name]]
        else:
            ends = list(exact_ends(events, total))
        digits = [round(100 * min(max(end, 0.0), 1.0) * 10**decimals) + chance.choice((0, 0, 0, 1, -1)) for end in ends]
        if not 0 <= digits[0] <= digits[1]:
            continue
        edges = [(number, 100 * 10**decimals) for number in digits]
        if by_floats.interval_fits(events, total, edges[0], edges[1]):
            printed = [read_printed(as_text(number, decimals)) for number in digits]
            verdict = intervals.judge_interval(events, total, printed[0], printed[1]).verdict
            assert verdict == "consistent", (events, total, digits, decimals, name)
            found += 1
        else:
            refused += 1
    assert min(found, refused) > 300


def exact_ends(events: int, total: int) -> tuple[float, float]:
    """Return the limits of Clopper and Pearson, by halving."""

    def lower(count: int) -> float:
        low, high = 0.0, 1.0
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if by_floats.upper_tail(count, total, middle) < 0.025 else (low, middle)
        return low if count else 0.0

    return lower(events), 1 - lower(total - events)
