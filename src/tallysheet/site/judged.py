"""The end of a record's page: what its keepers acknowledged, what the checker did, who entered it, how it changed."""

from collections import Counter

from tallysheet.collection import Record
from tallysheet.site.checks import Checks
from tallysheet.site.figures import UP, badge, place_link
from tallysheet.site.gathered import Gathered
from tallysheet.site.history import OF_A_RECORD
from tallysheet.site.links import within
from tallysheet.site.markup import Html, joined, said, tag
from tallysheet.site.tables import facts, section, table
from tallysheet.words import counted


def discrepancies(gathered: Gathered, record: Record) -> Html:
    """Return the contradictions of the publication's own, with who saw them and why they are believed to be so."""
    rows = [
        (
            place_link(one["pointer"]),
            gathered.rule_link(one["rule"], UP),
            said(one["printed"]),
            said(one["why"]),
            joined(said(one["by"]), ", ", one["on"]),
        )
        for one in record.value.get("discrepancies", ())
    ]
    columns = ("Place", "Rule", "Printed", "Why it is the publication's own", "Seen by")
    shown = table("Contradictions in the publication itself", columns, rows, kind="cards")
    return section("discrepancies", "Discrepancies", shown) if rows else Html("")


def waivers(gathered: Gathered, record: Record) -> Html:
    """Return the findings that are excused for a time, with who excused them and why."""
    rows = [
        (
            place_link(one["pointer"]),
            gathered.rule_link(one["rule"], UP),
            said(one["reason"]),
            joined(said(one["by"]), f", {one['on']}" if "on" in one else ""),
            one["until"],
        )
        for one in record.value.get("waivers", ())
    ]
    columns = ("Place", "Rule", "Reason", "Given by", "Until")
    shown = table("Findings excused for a time", columns, rows, kind="cards")
    return section("waivers", "Waivers", shown) if rows else Html("")


def findings(gathered: Gathered, record: Record) -> Html:
    """Return what the checker found and nobody has acknowledged."""
    rows = [
        (
            place_link(one.pointer),
            badge(one.severity),
            gathered.rule_link(one.rule, UP),
            joined(one.message, tag("p", f"hint: {one.hint}", class_="also") if one.hint else ""),
        )
        for one in record.findings
        if one.severity != "acknowledged"
    ]
    shown = table("What does not hold", ("Place", "Severity", "Rule", "Finding"), rows, kind="cards")
    return section("findings", "Findings", shown) if rows else Html("")


def checker(gathered: Gathered, checks: Checks) -> Html:
    """Return what the checker did: what holds, what could not be checked and why, which rules ran."""
    held = Counter(rule for _, rule in checks.holds)
    unchecked = Counter(rule for _, rule, _ in checks.open)
    wrong = Counter(one.rule for one in checks.findings if one.severity != "acknowledged")
    seen = Counter(one.rule for one in checks.findings if one.severity == "acknowledged")
    rules = sorted(held | unchecked | wrong | seen)
    columns = ("Rule", "Holds", "Not checkable", "Found", "Acknowledged")
    rows = [(gathered.rule_link(one, UP), held[one], unchecked[one], wrong[one], seen[one]) for one in rules]
    ran = gathered.engine.rules
    silent = [name for name in sorted(ran) if name not in rules]
    off = sorted(gathered.collection.repository.rules.keys() - ran.keys())
    return section(
        "checker",
        "What the checker did",
        tag("p", *summary(checks), class_="summary"),
        table("Answers of the rules, counted", columns, rows, numbers=columns[1:]) if rows else Html(""),
        reasons(gathered, checks),
        tag(
            "p",
            f"{counted(len(ran), 'rule')} ran. These had nothing more to say of this record: ",
            joined(*(gathered.rule_link(name, UP) for name in silent), by=", "),
            ".",
        ),
        tag("p", "Switched off: ", joined(*(gathered.rule_link(name, UP) for name in off), by=", "), ".")
        if off
        else Html(""),
    )


def summary(checks: Checks) -> list[Html]:
    """Return the four counts that tell a pass from a figure that nobody could check."""
    counts = (
        ("holds", len(checks.holds)),
        ("not checkable", len(checks.open)),
        ("error", checks.count("error")),
        ("warning", checks.count("warning")),
        ("acknowledged", checks.count("acknowledged")),
    )
    return [
        tag("span", badge(word), f" {count} ", class_="count") for word, count in counts if count or word == "holds"
    ]


def reasons(gathered: Gathered, checks: Checks) -> Html:
    """Return why figures could not be checked."""
    found = Counter((rule, reason) for _, rule, reason in checks.open)
    items = [
        tag("li", f"{reason} (", gathered.rule_link(rule, UP), f"): {counted(count, 'figure')}")
        for (rule, reason), count in sorted(found.items())
    ]
    return joined(tag("h3", "Not checkable, and why"), tag("ul", *items)) if items else Html("")


def curation(record: Record) -> Html:
    """Return who entered the record and from where, what was looked for in vain, and the record itself."""
    found = record.value.get("curation", {})
    extracted, verified = found.get("extracted", {}), found.get("verified")
    addresses = [tag("li", said(one)) for one in extracted.get("from", ())]
    missing = [tag("li", tag("code", one)) for one in record.value.get("not_reported", ())]
    return section(
        "curation",
        "How it was read",
        facts(
            [
                ("Extracted by", joined(said(extracted.get("by")), f", {extracted.get('on', '')}")),
                (
                    "Verified by",
                    joined(said(verified["by"]), f", {verified['on']}") if verified else "nobody yet",
                ),
                ("Read from", tag("ul", *addresses) if addresses else ""),
                ("Looked for and not reported", tag("ul", *missing) if missing else ""),
                ("Notes", said(found.get("notes"))),
            ]
        ),
        tag("p", tag("a", "The record itself (YAML)", href=within(f"data/records/{record.id}.yaml", UP))),
    )


def history(gathered: Gathered, record: Record) -> Html:
    """Return the commits that touched the record, latest first."""
    known = gathered.history
    changes = known.changes.get(record.path, [])
    rows = [(one.day, tag("code", one.commit), said(one.author), said(one.subject)) for one in changes]
    shown = table("Changes of the record", ("Day", "Commit", "By", "What"), rows, kind="cards")
    if known.absent:
        return section("history", "History", tag("p", f"There is no history: {known.absent}.", class_="quiet"))
    cut = "" if known.whole and len(rows) < OF_A_RECORD else "Earlier changes are not shown."
    if not rows:
        return section("history", "History", tag("p", cut or "The record is not committed yet.", class_="quiet"))
    return section("history", "History", shown, tag("p", cut, class_="quiet") if cut else Html(""))
