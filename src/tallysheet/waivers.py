"""Excuses findings that a record's `waivers` name, until the day that each of them says.

An entry holds for one rule at one place, and for what only the record's keepers can decide: what a publication itself
contradicts is a discrepancy, and what is malformed is mended. An entry that is idle, expired, too broad or misspelt is
an error, so that none outlives its cause.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Literal, NamedTuple, TypeAlias

from tallysheet.findings import Acknowledgement, Finding
from tallysheet.pointers import lies_within, pointer, resolve
from tallysheet.reader.inert import inert
from tallysheet.rules import Problem, Rule
from tallysheet.words import counted, did_you_mean, listed

RULE = "waiver"
LONGEST_DAYS = 731
"""How far ahead an entry may end: what nobody wants to look at again within two years is no waiver but a rule."""
WORDS = 5
"""Words of the shortest reason that another person can judge."""
State: TypeAlias = Literal["in force", "expired", "idle", "not granted", "faulty"]


class Waiver(NamedTuple):
    """One entry of a record's `waivers`."""

    place: str
    """Its pointer in the record."""
    pointer: str
    rule: str
    reason: str
    by: str
    until: str
    on: str | None = None

    def matches(self, finding: Finding) -> bool:
        """Tell whether the entry speaks of a finding."""
        return finding.rule == self.rule and finding.pointer == self.pointer


Granted: TypeAlias = Callable[[str, Waiver], bool]
"""Tells of a record's path and an entry whether those who keep the gate have granted it."""


def waivers_of(value: Any) -> list[Waiver]:
    """Return the entries of a record that are well formed; the schema speaks of the others."""
    entries = value.get("waivers")
    found = []
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        names = ("pointer", "rule", "reason", "by", "until")
        if isinstance(entry, dict) and all(isinstance(entry.get(name), str) for name in names):
            on = entry.get("on")
            texts = {name: entry[name] for name in names}
            found.append(Waiver(pointer("waivers", index), **texts, on=on if isinstance(on, str) else None))
    return found


def excuse(findings: list[Finding], waiver: Waiver) -> bool:
    """Turn the findings that an entry speaks of into acknowledged ones; tells whether there was one."""
    found = False
    for place, finding in enumerate(findings):
        if waiver.matches(finding) and finding.severity in ("error", "warning"):
            severity: Literal["error", "warning"] = "error" if finding.severity == "error" else "warning"
            seen = Acknowledgement(waiver.reason, waiver.by, waiver.on, severity, waiver.until)
            findings[place] = finding._replace(severity="acknowledged", acknowledged=seen)
            found = True
    return found


def faults(waivers: Iterable[Waiver], rules: Mapping[str, Rule], today: date) -> Iterator[tuple[Waiver, Problem]]:
    """Yield the entries that can't hold, whatever is found, with what is wrong: the rule, the words, the day."""
    seen: dict[tuple[str, str], Waiver] = {}
    for waiver in waivers:
        rule = rules.get(waiver.rule)
        earlier = seen.setdefault((waiver.rule, waiver.pointer), waiver)
        if earlier is not waiver:
            yield waiver, Problem(waiver.place, f"says the same as {earlier.place}", "remove one of them")
        elif rule is None or not rule.waivable:
            yield waiver, not_waivable(waiver, rule, rules)
        elif not is_sentence(waiver.reason):
            message = f'"{inert(waiver.reason)}" is no reason that another person can judge'
            yield waiver, Problem(waiver.place + "/reason", message, "say in a sentence why the finding may stand")
        elif problem := bad_days(waiver, today):
            yield waiver, problem


def not_waivable(waiver: Waiver, rule: Rule | None, rules: Mapping[str, Rule]) -> Problem:
    """Return the problem of an entry whose rule does not exist or can't be waived."""
    from tallysheet.pages import reader_and_engine_pages

    where = waiver.place + "/rule"
    if rule is None and waiver.rule not in {page.name for page in reader_and_engine_pages()}:
        waivable = (name for name, known in rules.items() if known.waivable)
        return Problem(where, f'"{inert(waiver.rule)}" is no rule', did_you_mean(waiver.rule, waivable))
    if rule is not None and rule.acknowledgeable:
        hint = "if the publication prints it so, acknowledge it under discrepancies"
    else:
        hint = "mend the record"
    return Problem(where, f"{waiver.rule} can't be waived", hint)


def is_there(value: Any, place: str) -> bool:
    """Tell whether a pointer leads to something in the record."""
    try:
        resolve(value, place)
    except LookupError:
        return False
    return True


def is_sentence(reason: str) -> bool:
    """Tell whether a reason has as many different words as a sentence needs."""
    return len({word.lower() for word in re.findall(r"[^\W\d_]+", reason)}) >= WORDS


def bad_days(waiver: Waiver, today: date) -> Problem | None:
    """Return what is wrong with the days of an entry; days that are none are for the schema to tell."""
    until, on = day_of(waiver.until), day_of(waiver.on or "")
    where = waiver.place + "/until"
    if until is None:
        return None
    if until < today:
        ago = counted((today - until).days, "day")
        return Problem(where, f"expired on {waiver.until}, {ago} ago", "mend the record, or have it decided anew")
    if on is not None and on > until:
        return Problem(where, f"ends on {waiver.until}, before it began on {waiver.on}", "correct one of the two days")
    if (until - (on or today)).days > LONGEST_DAYS:
        return Problem(where, f"{waiver.until} is more than two years ahead", "choose a day within two years")
    return None


def day_of(text: str) -> date | None:
    """Return a full date, or None for what is none."""
    try:
        return date.fromisoformat(text) if len(text) == len("2026-11-23") else None
    except ValueError:
        return None


def not_granted(waiver: Waiver, where: str) -> Problem:
    """Return the problem of an entry that those who keep the gate have not granted for this very value."""
    message = f"the waiver is not in {where}, or was for another value: it excuses nothing yet"
    return Problem(waiver.place, message, "mend the record, or ask a maintainer to enter the waiver there first")


def idle(waiver: Waiver, findings: Iterable[Finding], value: Any) -> Problem:
    """Return the problem of an entry that excuses nothing in the record `value`, with what it may have meant."""
    where = waiver.place + "/pointer"
    same = [finding for finding in findings if finding.rule == waiver.rule and finding.severity != "acknowledged"]
    inside = sorted({inert(finding.pointer) for finding in same if lies_within(finding.pointer, waiver.pointer)})
    if inside:
        message = f"{inert(waiver.pointer)} is too broad: {waiver.rule} finds fault inside it"
        return Problem(where, message, f"name the place itself: {listed(inside[:3], 'or')}")
    if not is_there(value, waiver.pointer):
        message = f"{inert(waiver.pointer)} is no place in this record"
    else:
        message = f"excuses nothing: {waiver.rule} finds no fault at {inert(waiver.pointer)}"
    hint = f"did you mean {inert(same[0].pointer)}?" if same else "remove the entry"
    return Problem(where, message, hint)
