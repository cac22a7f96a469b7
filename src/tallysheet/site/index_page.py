"""The first page: the collection as a table, whole without a script; with it, the table filters and sorts."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tallysheet.collection import Record
from tallysheet.report.totals import totals
from tallysheet.site.checks import Checks
from tallysheet.site.figures import badge
from tallysheet.site.frame import page
from tallysheet.site.gathered import Gathered, byline, record_page
from tallysheet.site.markup import Content, Html, joined, said, tag
from tallysheet.site.tables import section
from tallysheet.site.wording import plain
from tallysheet.words import counted

COLUMNS = (
    ("Publication", "text"),
    ("Year", "number"),
    ("Kind", "text"),
    ("Condition", "text"),
    ("Largest group", "number"),
    ("Results", "number"),
    ("Checks", "number"),
    ("Status", "text"),
)
"""The columns, and how each is sorted."""
NUMBERS = ("Year", "Largest group", "Results")
"""Columns whose digits stand below each other."""
MOST_LEFT_OUT = 200


@dataclass(slots=True)
class Index:
    """The rows of the table, and what they can be filtered by, as the records go by."""

    rows: list[Html] = field(default_factory=list)
    choices: dict[str, Counter[tuple[str, str]]] = field(default_factory=dict)
    """Value and label of what a filter offers, counted."""

    def add(self, shown: Html, facts: "Facts") -> None:
        """Enter the row of one record."""
        for name, found in facts.items():
            self.choices.setdefault(name, Counter()).update(found)
        self.rows.append(shown)


Facts = Mapping[str, Sequence[tuple[str, str]]]
"""What a record can be found by: value and label, by the name of the filter."""


def facts_of(gathered: Gathered, record: Record) -> Facts:
    """Return what a record can be filtered by."""
    value = record.value
    conditions = dict.fromkeys(one["condition"] for one in value.get("groups", ()) if "condition" in one)
    year = str(value.get("citation", {}).get("year", ""))
    return {
        "kind": [(value["kind"], plain(value["kind"]))],
        "condition": [(one, gathered.label("conditions", one)) for one in conditions],
        "year": [(year, year)] if year else [],
        "status": [(value["status"], value["status"])],
    }


def row(record: Record, checks: Checks, facts: Facts) -> Html:
    """Return the row of one record; what a filter asks for stands in its attributes."""
    citation = record.value["citation"]
    link = tag("a", said(citation["title"]), href=record_page(record.id))
    who = " · ".join(one for one in (byline(record), citation.get("journal", "")) if one)
    largest = max((group["n"] for group in record.value.get("groups", ())), default=None)
    wrong = checks.count("error", "warning")
    cells: list[tuple[Content, str | int | None]] = [
        (joined(*(one for _, one in facts["year"])), None),
        (joined(*(label for _, label in facts["kind"])), None),
        (joined(*(label for _, label in facts["condition"]), by="; "), None),
        ("" if largest is None else largest, None),
        (len(record.value.get("results", ())), None),
        (outcome(checks), wrong * 1_000_000 + checks.count("acknowledged") * 1_000 + min(len(checks.open), 999)),
        (badge(record.value["status"]) if record.value["status"] != "active" else "active", None),
    ]
    shown = [
        tag("td", content, data_label=name, data_sort=sort, class_="number" if name in NUMBERS else None)
        for (content, sort), (name, _) in zip(cells, COLUMNS[1:], strict=True)
    ]
    about = tag("p", said(who), class_="also") if who else Html("")
    return tag(
        "tr",
        tag("th", link, about, scope="row"),
        *shown,
        **{f"data_{name}": " ".join(value for value, _ in found) for name, found in facts.items()},
    )


def outcome(checks: Checks) -> Html:
    """Return in a few words how the figures of a record came out."""
    parts = [f"{len(checks.holds)} hold"]
    if checks.open:
        parts.append(f"{len(checks.open)} not checkable")
    if seen := checks.count("acknowledged"):
        parts.append(f"{seen} acknowledged")
    wrong = checks.count("error", "warning")
    return joined(badge("error"), f" {wrong} wrong, ", ", ".join(parts)) if wrong else joined(", ".join(parts))


def write_index(gathered: Gathered, index: Index) -> Html:
    """Return the first page."""
    heads = [
        tag("th", name, scope="col", data_sort=kind, class_="number" if name in NUMBERS else None)
        for name, kind in COLUMNS
    ]
    caption = tag("caption", "Records of the collection")
    body = tag("tbody", *index.rows)
    shown = tag("table", caption, tag("thead", tag("tr", *heads)), body, class_="cards index", id="records")
    return page(
        gathered.frame,
        "index.html",
        gathered.title,
        tag("h1", said(gathered.title)),
        figures(gathered),
        left_out(gathered),
        filters(index),
        shown,
        kind="index",
    )


def figures(gathered: Gathered) -> Html:
    """Return the numbers of the whole collection: what holds, what is wrong, and what nobody could check."""
    found = totals(gathered.collection.report)["figures"]
    records = counted(len(gathered.collection.records), "record")
    parts = [("holds", "consistent"), ("wrong", "wrong"), ("acknowledged", "acknowledged")]
    parts += [("not checkable", "not_checkable"), ("not run", "not_run")]
    told = [tag("span", badge(word), f" {found[name]:,} ", class_="count") for word, name in parts if found[name]]
    return tag("p", tag("span", records, class_="count"), " ", *told, class_="summary")


def left_out(gathered: Gathered) -> Html:
    """Return the records that take no part, and why: a page of a part says that it is of a part."""
    found = gathered.collection.left_out
    if not found:
        return Html("")
    items = [tag("li", tag("code", path), ": ", why) for path, why in sorted(found.items())[:MOST_LEFT_OUT]]
    more = len(found) - len(items)
    last = tag("li", f"and {more:,} more") if more > 0 else Html("")
    return section("left-out", f"{counted(len(found), 'record')} left out", tag("ul", *items, last))


def filters(index: Index) -> Html:
    """Return the form that the script brings to life; without it, it is not shown."""
    text = tag("label", tag("span", "Text"), tag("input", type="search", name="text", autocomplete="off"))
    chosen = [choice(name, index.choices.get(name, Counter())) for name in ("kind", "condition", "year", "status")]
    clear = tag("button", "Clear", type="reset")
    told = tag("p", "", id="shown", role="status")
    return tag(
        "form", text, *chosen, clear, told, id="filters", hidden=True, role="search", aria_label="Filter records"
    )


def choice(name: str, found: Counter[tuple[str, str]]) -> Html:
    """Return one filter: its values by label, years the latest first, each with how many records have it."""
    ordered = sorted(found.items(), key=lambda one: one[0][1].casefold(), reverse=name == "year")
    options = [tag("option", f"{label} ({count:,})", value=value) for (value, label), count in ordered]
    return tag(
        "label", tag("span", name.capitalize()), tag("select", tag("option", "any", value=""), *options, name=name)
    )
