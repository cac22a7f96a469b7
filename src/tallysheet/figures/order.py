"""Whether figures that come in an order do: limits, quartiles, ranges of subgroups, bounds that a label states.

A printed figure is a window, not a point: printed 1.04 and 1.0 may well be equal. An order is broken only where no true
values in the windows would keep it.
"""

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import combinations

from tallysheet.figures.check import Check, Figure, read, untestable
from tallysheet.figures.fits import rounded_texts
from tallysheet.figures.printed import Printed
from tallysheet.figures.windows import Interval


def judge_order(figures: Sequence[tuple[str, Figure]]) -> Check:
    """Return whether labelled figures, each at most the next, can be in order: minimum, quartiles, median, maximum.

    Serves as well for a confidence interval around its estimate. What is not reported is left out.
    """
    known = [(label, printed) for label, figure in figures if (printed := read(figure)) is not None]
    for (label, one), (other, two) in combinations(known, 2):
        if is_above(one, two):
            return Check("inconsistent", "out_of_order", f"{label} {one.text} is above {other} {two.text}")
    if len(known) < len(figures) and len(known) <= 1:
        return untestable("not_reported", "fewer than two figures to compare")
    return Check("consistent", "", " <= ".join(f"{label} {printed.text}" for label, printed in known))


def is_above(one: Printed, two: Printed) -> bool:
    """Say whether `one` exceeds `two` whatever the rounding.

    Windows that only touch do not help: 10 and 9 would both be 9.5, yet every habit of rounding keeps an order. Only
    bounds that include their value (">=5", "<=5") may meet in it.
    """
    if one.is_plain and two.is_plain:
        low, high = (2 * one.digits - 1) * 10**two.decimals, (2 * two.digits + 1) * 10**one.decimals
        return bool(low >= high)
    first, second = one.window(), two.window()
    if first.low is None or second.high is None or first.low < second.high:
        return False
    return first.low > second.high or not (one.qualifier == ">=" and two.qualifier == "<=")


def judge_width(lower: Figure, upper: Figure, width: Figure) -> Check:
    """Return whether `width` (an interquartile range or a range, as a width) is `upper` less `lower`.

    Where none of the three has a decimal they are whole numbers and taken as such; else over their rounding windows.
    """
    printed = [read(figure) for figure in (lower, upper, width)]
    low, high, wide = printed
    if low is None or high is None or wide is None:
        return untestable("not_reported", "a limit or the width is not reported")
    exact = high.value - low.value
    said = f"{high.text} - {low.text} = {_short(exact, max(high.decimals, low.decimals))}, printed {wide.text}"
    if low.decimals == high.decimals == wide.decimals == 0:
        fits = exact == wide.value
    else:
        one, two = low.window(), high.window()
        assert one.low is not None  # noqa: S101 - a number has both limits
        assert one.high is not None  # noqa: S101 - the same
        assert two.low is not None  # noqa: S101 - the same
        assert two.high is not None  # noqa: S101 - the same
        fits = wide.window().meets(Interval(two.low - one.high, two.high - one.low))
    return Check("consistent", "", said) if fits else Check("inconsistent", "width_differs", said)


def _short(value: Fraction, decimals: int) -> str:
    return rounded_texts(value, decimals)[0]


Range = tuple[Figure, Figure]
"""The least and the most of a group."""


def judge_nesting(whole: Range, subgroups: Sequence[Range], *, partition: bool = False) -> Check:
    """Return whether the ranges of `subgroups` lie inside that of the whole.

    Those of a partition have, between them, the whole's least and its most as well.
    """
    least, most = read(whole[0]), read(whole[1])
    lows = [printed for low, _ in subgroups if (printed := read(low)) is not None]
    highs = [printed for _, high in subgroups if (printed := read(high)) is not None]
    for low in lows:
        if least is not None and is_above(least, low):
            return Check("inconsistent", "range_outside", f"a subgroup from {low.text}, the whole from {least.text}")
    for high in highs:
        if most is not None and is_above(high, most):
            return Check("inconsistent", "range_outside", f"a subgroup to {high.text}, the whole to {most.text}")
    if partition and len(lows) == len(highs) == len(subgroups) > 0:
        if least is not None and all(is_above(low, least) for low in lows):
            return Check("inconsistent", "range_not_reached", f"no subgroup begins at the whole's {least.text}")
        if most is not None and all(is_above(most, high) for high in highs):
            return Check("inconsistent", "range_not_reached", f"no subgroup ends at the whole's {most.text}")
    if not lows or (least is None and most is None):
        return untestable("not_reported", "no ranges to compare")
    return Check("consistent", "", f"{len(subgroups)} ranges inside the whole")


# Compiled when first used: few labels speak of ages.
_BOUND = r"(<=|>=|<|>) ?([0-9]+(?:\.[0-9]+)?)"
_SPAN = r"\b([0-9]+(?:\.[0-9]+)?) ?(?:-|to) ?([0-9]+(?:\.[0-9]+)?)\b"
_AGE = r"([0-9]+(?:\.[0-9]+)?)"
_PHRASES = (
    (rf"\b{_AGE} ?(?:years?|yrs?|y)?(?: old)? (?:and|or) (?:older|above|over|more)\b", ">="),
    (rf"\b(?:under|below|younger than|less than) {_AGE}\b", "<"),
    (rf"\b(?:over|above|older than|more than) {_AGE}\b", ">"),
)
_AGED = r"\b(?:age|aged|ages|years?|yrs?|months?)\b|[0-9] ?y\b"
_ALONE = r"(?:children|adults|adolescents|patients|infants)? ?\(?(?:<=|>=|<|>|under|over|below|above) ?[0-9.]+\)?"
_WORDS = (
    # "Adolescents and adults" begin earlier, at 10 to 13 in one publication or another.
    (
        r"^(?!.*(?:adolescent|teenager|young|child|paediatric|pediatric|onset)).*\badults?\b",
        Interval(Fraction(18), None),
    ),
    (r"\b(?:infants?)\b", Interval(Fraction(0), Fraction(2), high_closed=False)),
)


def _bound(sign: str, age: Fraction, *, completed: bool) -> Interval:
    """Return the ages on one side of a bound; of completed years "<=17" ends with the eighteenth birthday."""
    if ">" in sign:
        return Interval(age, None, low_closed="=" in sign)
    return (
        Interval(None, age + 1, high_closed=False)
        if "=" in sign and completed
        else Interval(None, age, high_closed="=" in sign)
    )


@lru_cache(maxsize=512)
def read_bounds(label: str) -> Interval | None:
    """Return the ages, in years, that a label admits, or None: "aged >= 12", "under 12 years", "12-17 years", "adults".

    "Children" is left open: its limit is 16, 18 or 21 in one publication or another.
    """
    text = label.casefold().replace("≥", ">=").replace("≤", "<=").replace("–", "-").replace("−", "-")
    found = Interval(None, None)
    # Grades, doses, years of the calendar and laboratory values have bounds as well: only an age's is taken.
    if re.search(_AGED, text) or re.fullmatch(_ALONE, text):
        per_year = 12 if re.search(r"\bmonths?\b", text) else 1
        said = re.findall(_BOUND, text)
        said += [(sign, number) for phrase, sign in _PHRASES for number in re.findall(phrase, text)]
        for sign, number in said:
            found = found.meet(_bound(sign, Fraction(number) / per_year, completed="." not in number))
        span = re.search(_SPAN, text)
        if found == Interval(None, None) and span:
            # 12-17 years are completed years: up to the day before the eighteenth birthday.
            low, high = Fraction(span[1]), Fraction(span[2]) + 1
            found = Interval(low / per_year, high / per_year, high_closed=False)
    for word, admitted in _WORDS:
        if found == Interval(None, None) and re.search(word, text):
            found = admitted
    return None if found == Interval(None, None) else found


def judge_label(label: str, least: Figure, most: Figure) -> Check:
    """Return whether ages from `least` to `most`, in years, are admitted by the group's label.

    An age without decimals is in completed years: 12 is no longer below 12. One with decimals is a rounded number;
    where only the rounding saves it, that is said.
    """
    admitted = read_bounds(label)
    ages = [(name, printed) for name, age in (("least", least), ("most", most)) if (printed := read(age)) is not None]
    if admitted is None or not ages:
        return untestable("no_bound", f"{label!r} states no age to compare with")
    for name, printed in ages:
        if not printed.window("truncation" if not printed.decimals else "nearest").meets(admitted):
            return Check("inconsistent", "outside_the_label", f"{name} {printed.text} in a group labelled {label!r}")
    for name, printed in ages:
        if printed.decimals and not admitted.contains(printed.value):
            return Check(
                "explained", "only_by_rounding", f"{name} {printed.text} in {label!r} fits only before rounding"
            )
    return Check("consistent", "", f"{' and '.join(printed.text for _, printed in ages)} within {label!r}")


def judge_count(text: Figure) -> Check:
    """Return whether a figure can be a count: whole, not below zero, without decimals."""
    printed = read(text)
    if printed is None:
        return untestable("not_reported", "no count is printed")
    if printed.negative and printed.digits:
        return Check("inconsistent", "negative_count", f"{printed.text}: a count is never below 0")
    if printed.decimals:
        return Check("inconsistent", "not_whole", f"{printed.text}: a count is a whole number")
    return Check("consistent", "", printed.text)
