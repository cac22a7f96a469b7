"""The figures of a record's page: groups, breakdowns, flow and results, each with its computation and its quote."""

from collections.abc import Iterator, Mapping
from typing import Any

from tallysheet.collection import Record
from tallysheet.computations import Computation, Computed
from tallysheet.site.checks import Checks
from tallysheet.site.gathered import Gathered
from tallysheet.site.links import within
from tallysheet.site.markup import Content, Html, joined, said, tag
from tallysheet.site.tables import facts, section, table
from tallysheet.site.wording import BLOCKS, plain

UP = "../"
SIGNS = {"partition": (" + ", "="), "exclusive": (" + ", "≤"), "nested": (" ≥ ", ""), "overlapping": (", ", "each ≤")}


def groups(gathered: Gathered, record: Record) -> Html:
    """Return the table of groups."""
    rows = [
        (
            tag("span", said(group["label"]), " ", tag("code", group["id"]), id=f"group-{group['id']}"),
            group["n"],
            gathered.label("conditions", group["condition"]) if "condition" in group else "",
            disposition(group.get("disposition", {})),
            source(group.get("source")),
        )
        for group in record.value.get("groups", ())
    ]
    columns = ("Group", "Patients", "Condition", "Disposition", "Source")
    told = columns.index("Disposition")
    kept = [place for place in range(len(columns)) if place != told or any(row[told] for row in rows)]
    shown = table(
        "Groups of patients",
        [columns[place] for place in kept],
        [[row[place] for place in kept] for row in rows],
        numbers=("Patients",),
        kind="cards",
    )
    return section("groups", "Groups", shown) if rows else Html("")


def disposition(found: Mapping[str, int]) -> str:
    """Return what became of a group's patients."""
    return ", ".join(f"{plain(name)} {count}" for name, count in found.items())


def breakdowns(record: Record) -> Html:
    """Return how groups divide groups, with the sums."""
    sizes = {group["id"]: group["n"] for group in record.value.get("groups", ())}
    rows = [
        (
            joined(tag("code", found["of"]), " by ", said(found["by"])),
            found["relation"],
            ", ".join(found["parts"]) + (f"; missing {found['missing']}" if "missing" in found else ""),
            tag("span", addition(found, sizes), class_="sum"),
        )
        for found in record.value.get("breakdowns", ())
    ]
    columns = ("Breakdown", "Relation", "Parts", "Computation")
    shown = table("How groups divide groups", columns, rows, kind="cards")
    return section("breakdowns", "Breakdowns", shown) if rows else Html("")


def addition(found: Mapping[str, Any], sizes: Mapping[str, int]) -> str:
    """Return the sum of a breakdown: `39 + 7 = 46`."""
    parts = [str(sizes.get(part, "?")) for part in found["parts"]]
    whole = sizes.get(found["of"], "?")
    if "missing" in found:
        parts.append(f"{found['missing']} missing")
    between, sign = SIGNS.get(found["relation"], (", ", ""))
    if found["relation"] == "nested":
        return between.join([str(whole), *parts])
    if found["relation"] == "overlapping":
        return f"{sign} {whole}: {between.join(parts)}"
    total = sum(sizes.get(part, 0) for part in found["parts"]) + found.get("missing", 0)
    added = f" = {total}" if found["relation"] == "exclusive" and len(parts) > 1 else ""
    return f"{between.join(parts)}{added} {sign} {whole}"


def flow(record: Record) -> Html:
    """Return the counts of a review's flow, in the order of the schema."""
    found = record.value.get("flow", {})
    counts = [(plain(name).capitalize(), str(count)) for name, count in found.items() if isinstance(count, int)]
    return section("flow", "Flow", facts([*counts, ("Source", source(found.get("source")))])) if counts else Html("")


def results(gathered: Gathered, record: Record, computation: Computation, checks: Checks) -> Html:
    """Return the table of results: as printed, computed, checked, and where it was read."""
    computed = {one.pointer: one for one in computation.figures}
    by_result = dict(checks.by_result())
    rows = [
        (
            named(gathered, index, result),
            result_group(result),
            joined(*(tag("p", said(one)) for one in printed(result))),
            joined(*calculations(index, result, computed)),
            verdicts(gathered, by_result.get(index, Checks())),
            source(result["source"]),
        )
        for index, result in enumerate(record.value.get("results", ()))
    ]
    remarks = []
    if computation.conflict:
        told = "; ".join(computation.conflict)
        remarks.append(tag("p", tag("strong", "These can't hold together: "), told, class_="banner wrong"))
    elif computation.undecided:
        remarks.append(tag("p", "The equations of this record together can't be decided within bounds."))
    columns = ("Result", "Group", "As printed", "Computed", "Checked", "Source")
    shown = table("Results as printed and as computed", columns, rows, kind="cards results")
    return section("results", "Results", *remarks, shown) if rows else Html("")


def named(gathered: Gathered, index: int, result: Mapping[str, Any]) -> Html:
    """Return what a result is about, with a place to link to."""
    outcome = gathered.label("outcomes", result["outcome"])
    label = joined(": ", said(result["label"])) if "label" in result else ""
    time = joined(", ", said(result["time"])) if "time" in result else ""
    return tag("span", outcome, label, time, id=f"result-{index}")


def result_group(result: Mapping[str, Any]) -> Html:
    """Return the group of a result, and the one it is compared with."""
    other = joined(" against ", group_link(result["compared_with"])) if "compared_with" in result else ""
    return joined(group_link(result["group"]), other)


def group_link(identity: str) -> Html:
    """Return a group's id with a link to its row."""
    return tag("a", tag("code", identity), href=within(f"#group-{identity}"))


def printed(result: Mapping[str, Any]) -> Iterator[str]:
    """Yield each block of a result as printed."""
    for name, write in BLOCKS.items():
        if name in result:
            yield write(result[name])


def calculations(index: int, result: Mapping[str, Any], computed: Mapping[str, Computed]) -> Iterator[Html]:
    """Yield what is computed from a proportion: the sentence, an odd verdict, a derived count, its other equations."""
    figure = computed.get(f"/results/{index}/proportion")
    if figure is None:
        return
    if figure.said:
        yield tag("p", figure.said, class_="sum")
    if figure.verdict.startswith(("tie", "explained", "inconsistent")):
        yield tag("p", figure.verdict, class_="verdict")
    if "events" not in result.get("proportion", {}) and figure.count:
        yield tag("p", f"count: {figure.count}", class_="verdict")
    if figure.stands_in:
        yield tag("p", f"also in: {'; '.join(dict.fromkeys(figure.stands_in))}", class_="also")


def verdicts(gathered: Gathered, checks: Checks) -> Html:
    """Return what the checker says of one result."""
    found = []
    for finding in checks.findings:
        shown = joined(gathered.rule_link(finding.rule, UP), ": ", finding.message)
        found.append(tag("p", badge(finding.severity), " ", shown))
    if held := sorted({rule for _, rule in checks.holds}):
        rules = joined(*(gathered.rule_link(rule, UP) for rule in held), by=", ")
        found.append(tag("p", badge("holds"), " ", rules))
    for rule, reason in dict.fromkeys((rule, reason) for _, rule, reason in checks.open):
        found.append(tag("p", badge("not checkable"), " ", reason, " (", gathered.rule_link(rule, UP), ")"))
    return joined(*found) if found else tag("span", "no rule has this figure to judge", class_="quiet")


def badge(word: str) -> Html:
    """Return a verdict as a word that stands out by more than its colour."""
    return tag("span", word, class_=f"badge {word.replace(' ', '-')}")


def source(found: Mapping[str, Any] | None) -> Html:
    """Return where a figure was read, with the quote."""
    if not found:
        return Html("")
    table_name = f" {found['table']}" if "table" in found else ""
    page = f", page {found['page']}" if "page" in found else ""
    quote = tag("q", said(found["quote"])) if "quote" in found else tag("span", "no quote", class_="quiet")
    return joined(tag("span", said(f"{found['section']}{table_name}{page}"), class_="where"), " ", quote)


def place_link(pointer: str) -> Content:
    """Return a pointer, as a link where it names a result."""
    _, *steps = pointer.split("/")
    is_result = len(steps) > 1 and steps[0] == "results" and steps[1].isdigit()
    code = tag("code", pointer or "the record")
    return tag("a", code, href=within(f"#result-{int(steps[1])}")) if is_result else code
