"""The page of one record."""

from tallysheet.collection import Record
from tallysheet.computations import compute
from tallysheet.rules import At
from tallysheet.site import citing, figures, judged
from tallysheet.site.checks import Checks
from tallysheet.site.frame import page
from tallysheet.site.gathered import Gathered, byline
from tallysheet.site.markup import Html, joined, tag
from tallysheet.site.tables import facts, section


def write_record(gathered: Gathered, record: Record, checks: Checks) -> Html:
    """Return the page of a record that is well formed."""
    computation = compute(record.value, At("", record.value, record.path.rpartition("/")[2].removesuffix(".yaml")))
    year = record.value.get("citation", {}).get("year", "")
    title = " ".join(str(one) for one in (byline(record), year, f"({record.id})") if one)
    return page(
        gathered.frame,
        f"records/{record.id}.html",
        title,
        tag("article", citing.heading(gathered, record), tag("p", *judged.summary(checks), class_="summary")),
        judged.findings(gathered, record),
        section("study", "Study", facts(citing.study(gathered, record))),
        figures.results(gathered, record, computation, checks),
        figures.groups(gathered, record),
        joined(figures.breakdowns(record), figures.flow(record)),
        judged.acknowledged(gathered, record),
        judged.checker(gathered, checks),
        judged.keeping(gathered, record),
        kind="record",
    )
