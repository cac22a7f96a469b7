"""What binds a survival estimate: never a count over a total, yet not free either."""

from collections.abc import Sequence
from fractions import Fraction

from tallysheet.figures.check import Check, Figure, read, untestable
from tallysheet.figures.fits import HUNDRED, expansion, share_window
from tallysheet.figures.order import is_above
from tallysheet.figures.printed import Printed
from tallysheet.figures.windows import Interval


def judge_survival(percent: Figure, total: int | None, events: int | None = None, censored: int | None = None) -> Check:
    """Return whether a Kaplan-Meier `percent` at a time can be that of `total` patients.

    With d events and c censored by that time, (n-d-c)/n <= S <= (n-d)/n: a censored patient stays in the product as if
    alive at the most, and as if gone at the least. With nobody censored S is (n-d)/n. Without c only the upper bound
    holds. With d alone missing, the deaths that it admits are named.
    """
    printed = read(percent)
    if printed is None or printed.kind not in ("", "survival"):
        return untestable("not_reported", "no survival estimate is printed")
    outside = _outside(printed)
    if outside or not total or total < 0:
        return outside or untestable("no_total", "without the number of patients there is nothing to test")
    if (events is not None and events > total) or (events or 0) + (censored or 0) > total:
        return Check("inconsistent", "more_than_all", f"{events} events and {censored} censored of {total}")
    if events is None:
        return _admitted_deaths(printed, total)
    most = Fraction(HUNDRED * (total - events), total)
    least = Fraction(HUNDRED * (total - events - censored), total) if censored is not None else Fraction(0)
    said = f"{events} events of {total}: at most {expansion(most, printed.decimals)}%"
    if censored is not None:
        said += f", at least {expansion(least, printed.decimals)}%"
    if printed.window().meets(Interval(least, most)):
        return Check("consistent", "", f"{said}, printed {printed.text}")
    return Check("inconsistent", "outside_the_bounds", f"{said}, printed {printed.text}")


def _outside(printed: Printed) -> Check | None:
    if printed.is_plain and printed.digits <= HUNDRED * 10**printed.decimals:
        return None
    if share_window(printed).is_empty or printed.value > HUNDRED or printed.negative:
        return Check("inconsistent", "outside_0_to_100", f"{printed.text}: survival is from 0% to 100%")
    return None


def _admitted_deaths(printed: Printed, total: int) -> Check:
    if printed.is_plain:
        unit = 2 * HUNDRED * 10**printed.decimals
        most = (unit - max(0, 2 * printed.digits - 1)) * total // unit
    else:
        low = share_window(printed).low or Fraction(0)
        most = int((HUNDRED - low) * total / HUNDRED)
    return untestable("no_events", f"{printed.text} of {total} admits {most} deaths at the most by then")


def judge_course(estimates: Sequence[tuple[str, Figure]], *, rising: bool = False) -> Check:
    """Return whether estimates at successive times never rise; for a cumulative incidence (`rising`) never fall."""
    known = [(time, printed) for time, figure in estimates if (printed := read(figure)) is not None]
    for place, (time, earlier) in enumerate(known):
        for other, later in known[place + 1 :]:
            if is_above(earlier, later) if rising else is_above(later, earlier):
                turn = "a cumulative incidence never falls" if rising else "survival never rises"
                message = f"{earlier.text} at {time}, {later.text} at {other}: {turn}"
                return Check("inconsistent", "wrong_direction", message)
    if len(known) <= 1:
        return untestable("not_reported", "fewer than two times to compare")
    return Check("consistent", "", ", ".join(f"{printed.text} at {time}" for time, printed in known))


def judge_at_risk(total: int | None, at_risk: Sequence[int | None], events: Sequence[int | None] = ()) -> Check:
    """Return whether numbers at risk at successive times never rise, nor exceed `total` less the events so far."""
    above = total
    for place, number in enumerate(at_risk):
        if number is None:
            continue
        if above is not None and number > above:
            return Check("inconsistent", "at_risk_rises", f"{number} at risk after {above}: the number never rises")
        lost = events[place] if place < len(events) else None
        if total is not None and lost is not None and number + lost > total:
            message = f"{number} at risk and {lost} events before it, of {total}"
            return Check("inconsistent", "at_risk_and_events", message)
        above = number
    if all(number is None for number in at_risk):
        return untestable("not_reported", "no number at risk is printed")
    return Check("consistent", "", " >= ".join(str(number) for number in at_risk if number is not None))
