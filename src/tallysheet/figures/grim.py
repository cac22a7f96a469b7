"""Whether whole-number data exist whose mean, and whose SD, print as they do.

Everything asks for existence: of an integer sum S for the mean, of an integer sum of squares Q for the SD, of n
integers with both. Only for variables that are declared to be of whole numbers. Sources: GRIM, Brown & Heathers 2017;
GRIMMER, Anaya 2016 and Allard 2018; DEBIT, Heathers & Brown 2019. Here every S that fits the mean is tried, and a sum
of squares is only accepted if n integers have it.
"""

from collections.abc import Iterator
from fractions import Fraction
from math import isqrt
from typing import Literal, TypeAlias

from tallysheet.figures.check import Check, Figure, read, untestable
from tallysheet.figures.fits import rounded_texts
from tallysheet.figures.printed import Printed
from tallysheet.figures.windows import Habit, Interval

SdKind: TypeAlias = Literal["sample", "population"]

MOST_SUMS = 2_000
"""Most sums that are tried; with more of them some would fit anything."""

LARGE = 10**8
"""Above this sum of squares three values are not sought one by one, but believed to exist."""

_HABITS: tuple[Literal["truncation", "rounding_up"], ...] = ("truncation", "rounding_up")


def fitting_sums(mean: Printed, size: int, habit: Habit = "nearest") -> range:
    """Return the integer sums of `size` whole numbers whose mean prints as `mean`."""
    scaled = mean.window(habit).scaled(size)
    assert scaled.low is not None  # noqa: S101 - the callers leave bounds out
    assert scaled.high is not None  # noqa: S101 - the same
    return scaled.integers(int(scaled.low) - 1, int(scaled.high) + 1)


def judge_mean(mean: Figure, size: int | None, items: int = 1) -> Check:
    """Return whether `size` persons, each with the mean of `items` whole numbers, can have the printed mean (GRIM).

    With size*items >= 10**d values every mean printed to d decimals fits: no power.
    """
    printed = read(mean)
    if printed is None or not size or size < 1 or printed.qualifier or printed.upper:
        return untestable("not_reported", "a mean is tested with its digits and the number of values")
    values = size * items
    if values >= 10**printed.decimals:
        return untestable("no_power", f"with {values} values any mean of {printed.decimals} decimals fits")
    sums = fitting_sums(printed, values)
    if sums:
        return Check("consistent", "", f"{sums[0]}/{values} prints {printed.text}")
    near = round(printed.value * values)
    texts = [rounded_texts(Fraction(near + step, values), printed.decimals)[0] for step in (-1, 0, 1)]
    said = f"no sum of {values} whole numbers has the mean {printed.text}; nearest are {', '.join(texts)}"
    for habit in _HABITS:
        if fitting_sums(printed, values, habit):
            return Check("explained", "", said, habit)
    return Check("inconsistent", "no_sum_fits", said)


def judge_mean_and_sd(mean: Figure, sd: Figure, size: int | None, kind: SdKind | None = None) -> Check:
    """Return whether `size` whole numbers exist with the printed mean and SD (GRIMMER, exact).

    `kind` says which SD it is, with n-1 or n in its denominator, where the publication does; else either will do.
    """
    printed, spread = read(mean), read(sd)
    alone = judge_mean(mean, size)
    if printed is None or spread is None or size is None or alone.reason == "not_reported":
        return untestable("not_reported", "an SD is tested with its mean and the number of values")
    if spread.negative and spread.digits:
        return Check("inconsistent", "negative_sd", f"SD {spread.text}: never below 0")
    if alone.verdict in ("inconsistent", "explained") or size == 1:
        return alone if size > 1 else _single(spread)
    sums = fitting_sums(printed, size)
    if len(sums) > MOST_SUMS:
        return untestable("no_power", f"{len(sums)} sums have the mean {printed.text}")
    kinds: tuple[SdKind, ...] = (kind,) if kind else ("sample", "population")
    for one in kinds:
        for total in sums:
            square = next(_squares(total, size, spread.window(), one), None)
            if square is not None:
                return Check("consistent", one, f"{size} whole numbers with sum {total}, squares {square}: {one} SD")
    message = f"no {size} whole numbers with the mean {printed.text} have the SD {spread.text}"
    return Check("inconsistent", "no_squares_fit", message)


def _single(spread: Printed) -> Check:
    if spread.digits:
        return Check("inconsistent", "no_squares_fit", f"one value has no SD of {spread.text}")
    return untestable("no_power", "one value has no SD")


def _squares(total: int, size: int, window: Interval, kind: SdKind) -> Iterator[int]:
    """Yield the sums of squares Q that `size` integers of sum `total` can have, and whose SD lies in `window`.

    SD**2 = (Q - S**2/n)/(n-1), or /n. With S = a*n + r the least Q is n*a**2 + 2*a*r + r, and Q has the parity of S.
    """
    divisor = size - 1 if kind == "sample" else size
    low, high = max(Fraction(0), window.low or Fraction(0)), window.high
    assert high is not None  # noqa: S101 - a printed number has both limits
    centre = Fraction(total * total, size)
    whole, rest = divmod(total, size)
    least = size * whole * whole + 2 * whole * rest + rest
    squares = Interval(
        low * low * divisor + centre, high * high * divisor + centre, window.low_closed, window.high_closed
    )
    candidates = squares.integers(least, int(squares.high or 0) + 1)
    if size == 2:  # noqa: PLR2004 - the squares of two values lie far apart, so they are stepped through
        gap = isqrt(max(0, 2 * candidates.start - total * total))
        candidates_of_two = (
            (total * total + other * other) // 2 for other in range(gap, gap + 4) if (other - total) % 2 == 0
        )
        yield from (square for square in candidates_of_two if square in candidates)
        return
    for square in candidates:
        if (square - total) % 2 == 0 and _exist(size, total, square):
            yield square


def _exist(size: int, total: int, square: int) -> bool:
    """Say whether `size` integers have the sum `total` and the sum of squares `square`, of the right parity.

    Five or more always do (checked exhaustively for small sums). Four do unless 4Q - S**2 is 4**a*(8b+7), by the
    three-square theorem. Three are sought, moved to near 0 first: with x = a + y the y have the sum r in 0..2. Two are
    not asked for: see `_squares`.
    """
    if size == 4:  # noqa: PLR2004 - the number of values decides
        rest = 4 * square - total * total
        while rest and rest % 4 == 0:
            rest //= 4
        return rest % 8 != 7  # noqa: PLR2004 - the theorem's form
    if size != 3:  # noqa: PLR2004 - the same
        return True
    whole, rest = divmod(total, size)
    moved = square - 2 * whole * rest - size * whole * whole
    if moved > LARGE:
        return True
    reach = isqrt(moved)
    return any(_is_square(2 * (moved - one * one) - (rest - one) ** 2) for one in range(-reach, reach + 1))


def _is_square(number: int) -> bool:
    return number >= 0 and isqrt(number) ** 2 == number


def judge_share_and_sd(mean: Figure, sd: Figure, size: int | None, kind: SdKind | None = None) -> Check:
    """Return whether a count k exists for which k/n and the SD of k ones and n-k zeros both print so (DEBIT, exact).

    SD**2 = k*(n-k)/(n*(n-1)), or k*(n-k)/n**2 for the population's. The mean is a proportion from 0 to 1.
    """
    printed, spread = read(mean), read(sd)
    if printed is None or spread is None or not size or size < 2 or not printed.is_plain or not spread.is_plain:  # noqa: PLR2004 - one value has no SD
        return untestable("not_reported", "a share and its SD are tested with the number of values")
    divisors = {"sample": size * (size - 1), "population": size * size}
    window = spread.window()
    low, high = max(Fraction(0), window.low or Fraction(0)), window.high
    assert high is not None  # noqa: S101 - a printed number has both limits
    squares = Interval(low * low, high * high)
    counts = [count for count in fitting_sums(printed, size) if 0 <= count <= size]
    for name, divisor in divisors.items():
        for count in counts if kind in (None, name) else ():
            if squares.contains(Fraction(count * (size - count), divisor)):
                return Check("consistent", name, f"{count} of {size} has this mean and this {name} SD")
    said = f"no count of {size} has the mean {printed.text} and the SD {spread.text}"
    return Check("inconsistent", "no_count_fits" if counts else "no_sum_fits", said)
