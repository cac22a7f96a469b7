"""What is said about a proportion: the computation, what would fit, and the edit that would mend it."""

from fractions import Fraction

from tallysheet.figures.fits import HUNDRED, as_text, expansion, rounded_texts
from tallysheet.figures.judgement import Judgement
from tallysheet.figures.printed import Missing, Printed
from tallysheet.figures.slips import SLIPS, slip

_HABITS = {
    "truncation": "cutting off digits gives it",
    "rounding_up": "always rounding up gives it",
    "rounded_twice": "rounding twice gives it",
    "forced_to_100": "a column forced to add up to 100 gives it",
}

_REASONS = {
    "survival_estimate": "a survival estimate is no count over a total",
    "cumulative_incidence": "a cumulative incidence is no count over a total",
    "model_output": "the output of a model is no count over a total",
    "percent_change": "a change in per cent is no count over a total",
    "percentage_points": "a difference in percentage points is no count over a total",
    "not_applicable": "said not to apply",
    "not_reported": "not reported, so there is nothing to test",
    "not_estimable": "not estimable, so there is nothing to test",
    "ambiguous": "a dash may mean none or not reported",
    "blank": "nothing is printed",
    "nothing_printed": "neither count nor percentage is printed",
    "no_percent": "no percentage is printed",
    "no_total": "without a total there is nothing to test",
    "approximate": "only said to be about so much",
    "negative_count": "a count is never below 0",
    "undefined": "of 0 there is no percentage; leave it out",
    "negative_percent": "a share is never below 0%",
    "above_100": "a share is never above 100%",
    "events_above_total": "{events} events are more than the total of {total}",
    "zero_yet_events": "prints as 0, yet {events} is not none",
    "hundred_yet_not_all": "prints as 100, yet {events} of {total} is not all",
    "prefer_zero": "fits, though 0 would say it",
    "approximate_far": "far from it, even for a figure said to be about so much",
}

MANY = 50
"""How many counts are looked at for a slip of the pen: of more, none would be believed."""


def describe(judgement: Judgement) -> str:
    """Return what was found, with the computation and what would fit: one line, lower case, at most 200 characters."""
    said = _computation(judgement)
    remark = _remark(judgement)
    return "; ".join(part for part in (said, remark) if part)[:200]


def hint(judgement: Judgement) -> str | None:
    """Return the edits that would settle an inconsistency or an oddity, or None where nothing needs one."""
    if judgement.reason == "undefined":
        return "leave the percentage out"
    if judgement.verdict not in ("inconsistent", "explained") or not isinstance(judgement.printed, Printed):
        return None
    if fraction := _as_fraction(judgement):
        return f'{judgement.printed.text} looks like a fraction; in per cent it is "{fraction}"'
    edits = []
    if judgement.printed.is_plain and judgement.fitting_percents and judgement.reason != "events_above_total":
        edits.append(f'percent: "{judgement.fitting_percents[0]}"')
    counts = judgement.fitting_counts
    if len(counts) == 1 and judgement.events is not None:
        edits.append(f"events: {counts[0]}")
    if judgement.fitting_totals and judgement.verdict == "inconsistent":
        edits.append(f"total: {judgement.fitting_totals[0]}")
    if not edits:
        return None
    return f"read the publication again; what fits is {', or '.join(edits)}"


def _as_fraction(judgement: Judgement) -> str | None:
    """Return the percentage that was meant by a fraction of 1 that the counts, or some count, give."""
    printed = judgement.printed
    if not isinstance(printed, Printed) or not printed.is_plain or printed.value >= 1 or printed.decimals <= 1:
        return None
    decimals = max(printed.decimals - 2, 0)
    window = printed.window()
    exact = judgement.exact
    if exact is None or not window.contains(exact / HUNDRED):
        return None
    return as_text(printed.digits * 10 ** (decimals + 2 - printed.decimals), decimals)


def guess(judgement: Judgement) -> str | None:
    """Return the text that was most likely meant, where a single slip of the pen explains the contradiction."""
    printed = judgement.printed
    if judgement.verdict != "inconsistent" or not isinstance(printed, Printed) or not printed.is_plain:
        return None
    written = as_text(printed.digits, printed.decimals)
    found = [(slip(written, text), f'"{text}"') for text in judgement.fitting_percents]
    if judgement.events is not None:
        events, total = str(judgement.events), str(judgement.total)
        found += [(slip(events, str(count)), f"{count}/{total}") for count in judgement.fitting_counts[:MANY]]
        found += [(slip(total, str(other)), f"{events}/{other}") for other in judgement.fitting_totals]
    believed = sorted((SLIPS.index(how), place) for place, (how, _) in enumerate(found) if how)
    return found[believed[0][1]][1] if believed else None


def _computation(judgement: Judgement) -> str:
    events, total, printed, exact = judgement.events, judgement.total, judgement.printed, judgement.exact
    decimals = printed.decimals if isinstance(printed, Printed) else 1
    if events is None and total is None:
        return f"printed {_show(printed)}" if printed else ""
    if exact is None:
        if events is None and total and isinstance(printed, Printed) and judgement.reason not in _REASONS:
            return ""  # the remark says it all
        counts = f"{'?' if events is None else events}/{'?' if total is None else total}"
        if events is None:
            counts = f"of {total}"
        return f"{counts}, printed {_show(printed)}" if printed else counts
    text = f"{events}/{total} = {expansion(exact, decimals)}%"
    if judgement.verdict == "explained" and judgement.explanation and isinstance(printed, Printed):
        return f"{text}, prints {' or '.join(judgement.fitting_percents)}; printed {_bare(printed)}"
    return f"{text}, printed {_show(printed)}" if printed else text


def _remark(judgement: Judgement) -> str:
    if judgement.reason == "no_percent" and judgement.exact is not None:
        texts = [" or ".join(rounded_texts(judgement.exact, decimals)) for decimals in range(3)]
        return f"prints {', '.join(texts)}"
    if judgement.reason in _REASONS:
        return _REASONS[judgement.reason].format(events=judgement.events, total=judgement.total)
    if judgement.verdict == "explained":
        return _explained(judgement)
    if judgement.verdict == "inconsistent":
        return _inconsistent(judgement)
    tie = "a tie: rounding half up and half down differ here" if judgement.verdict == "tie" else ""
    fit = _fit(judgement) if judgement.events is None else ""
    return "; ".join(part for part in (fit, tie) if part)


def _explained(judgement: Judgement) -> str:
    habit = _HABITS[judgement.explanation]
    if judgement.events is not None or judgement.total is None or not isinstance(judgement.printed, Printed):
        return habit
    count = judgement.explained_counts[0]
    exact = expansion(Fraction(HUNDRED * count, judgement.total), judgement.printed.decimals)
    return f"{_fit(judgement)} rounded to the nearest; {count}/{judgement.total} = {exact}%: {habit}"


def _inconsistent(judgement: Judgement) -> str:
    parts = [_fit(judgement)]
    if not judgement.fitting_counts and judgement.events is None and judgement.fitting_totals:
        parts.append("some count of " + " or ".join(map(str, judgement.fitting_totals[:3])) + " fits")
    meant = guess(judgement)
    smaller = [other for other in judgement.fitting_totals if judgement.total and other < judgement.total]
    if judgement.events is not None and smaller and not (meant and "/" in meant):
        parts.append(f"{judgement.events}/{smaller[0]} fits, if data are missing")
    if meant:
        parts.append(f"did you mean {meant}?")
    return "; ".join(part for part in parts if part)


def _fit(judgement: Judgement) -> str:
    counts = judgement.fitting_counts
    if not isinstance(judgement.printed, Printed) or judgement.total is None:
        return ""
    place = f"{_show(judgement.printed)} of {judgement.total}"
    if not counts:
        return f"{place} fits no count"
    if judgement.reason == "no_power":
        span = f"{counts[0]} to {counts[-1]}" if len(counts) > 1 else f"{counts[0]} only"
        why = (
            "with so many, any percentage fits some count" if judgement.printed.is_plain else "a bound fits some count"
        )
        return f"{place} fits {span}: {why}"
    return f"{place} fits {counts[0]}" if len(counts) == 1 else f"{place} fits {counts[0]} to {counts[-1]}"


def _show(printed: Printed | Missing | None) -> str:
    if isinstance(printed, Printed) and printed.is_plain:
        return f"{_bare(printed)}%"
    return f'"{printed.text[:30]}"' if printed else ""


def _bare(printed: Printed) -> str:
    return as_text(printed.digits, printed.decimals)
