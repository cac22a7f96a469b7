"""The pages of all rules: a rule's docstring is its page; the reader and the engine bring theirs as data."""

from collections.abc import Iterable, Mapping
from functools import cache

from tallysheet.reader import RULES as READER_PAGES
from tallysheet.reader import RulePage
from tallysheet.rulebook import load_rules
from tallysheet.rules import Rule

HOME = "https://github.com/tallysheet/tallysheet"
"""Where the project lives."""
ENGINE_PAGES = (
    RulePage(
        name="schema",
        summary="A record has the fields that its schema describes, each of the type and form that it demands.",
        why="A misspelt field is a figure that nobody will find; a number without quotes has lost its last zero.",
        mend="The finding names the field, what is there, what is allowed, and the nearest word that is known.",
        failing="""groups:
  - {id: all, label: All patients, n: 12}
results:
  - outcome: clinical-response
    group: all
    proportion: {total: 12, percnt: "91.7"}
    source: {section: abstract}""",
        mended="""groups:
  - {id: all, label: All patients, n: 12}
results:
  - outcome: clinical-response
    group: all
    proportion: {total: 12, percent: "91.7"}
    source: {section: abstract}""",
    ),
    RulePage(
        name="discrepancy",
        summary="Every discrepancy that a record acknowledges matches a finding: the same place, rule and figures.",
        why="An entry that outlives its cause would excuse the next slip at that place.",
        mend="Compare the figures with the publication; correct the entry, or remove it if the contradiction is gone.",
        failing="""discrepancies:
  - pointer: /results/9/proportion/percent
    rule: proportion
    printed: 6/25, 42%
    why: The abstract and the table print it so.
    by: A. Reader
    on: "2026-11-23\"""",
        mended="discrepancies: []",
    ),
    RulePage(
        name="waiver",
        summary="Every waiver excuses a finding that may be waived, at its very place, until its day has passed.",
        why="A waiver that outlives its cause, or covers more than one place, would excuse the next slip as well.",
        mend="Mend the record and remove the entry; or have it decided anew, with the reason and a later day.",
        failing="""waivers:
  - {pointer: /citation, rule: citation, reason: The volume is not assigned yet., by: A. R., until: "2020-01-01"}""",
        mended="waivers: []",
    ),
    RulePage(
        name="id-frozen",
        summary="A record that was merged stays, under its id.",
        why="Others refer to it; what has vanished can't be told from what was never read.",
        mend="Bring it back with git restore; if it should not count, set its status to withdrawn or retracted.",
        failing="(records/smith-2021.yaml is in the base, and not in the change)",
        mended="(records/smith-2021.yaml with status: withdrawn, and replaced_by: if another takes its place)",
    ),
    RulePage(
        name="gate-change",
        summary="A change from a stranger leaves alone what it is judged by: schema, rules, settings, workflows.",
        why="A gate that a change can bend judges nothing.",
        mend="Put records and changes of the gate in pull requests of their own; a maintainer looks at the latter.",
        failing="(schema/publication.schema.json differs from the base)",
        mended="(the change holds records only)",
    ),
    RulePage(
        name="unjudged",
        summary="Every record can be judged in the time and the memory that there are for one.",
        why="What was not judged is neither right nor wrong, and must pass for neither; all other records are judged.",
        mend="Make the record as plain as the others are; if a rule of the repository's own ends its process, mend it.",
        failing="(a record on which a rule of the repository's own never ends)",
        mended="(the same record, and a rule that ends)",
    ),
    RulePage(
        name="too-many-findings",
        summary="A file shows at most 50 findings.",
        why="A file that is wrong throughout would bury the findings of the others.",
        mend="Mend the first ones and check again.",
        failing="(a record with 51 findings)",
        mended="(a record with none)",
    ),
)


def reader_and_engine_pages() -> list[RulePage]:
    """Return the pages of what is found before any rule runs, by name."""
    return sorted([*READER_PAGES.values(), *ENGINE_PAGES], key=lambda page: page.name)


@cache
def pages_on_the_web() -> frozenset[str]:
    """Return the names of the rules whose pages come with the project: those that `make docs` writes."""
    return frozenset({*load_rules(), *(page.name for page in reader_and_engine_pages())})


def address_of(name: str) -> str | None:
    """Return the address of a rule's page; a rule of a repository's own has none."""
    return f"{HOME}/blob/main/docs/rules/{name}.md" if name in pages_on_the_web() else None


def page_of(name: str, rules: Mapping[str, Rule]) -> str | None:
    """Return the page of a rule as text, or None if no rule has this name."""
    if name in rules:
        rule = rules[name]
        facts = [f"judges: {rule.scope}", f"severity: {rule.severity}"]
        if rule.acknowledgeable:
            facts.append("a publication's own contradiction can be acknowledged under discrepancies")
        facts.append("can be waived for a time" if rule.waivable else "can't be waived")
        return f"{name}\n{'=' * len(name)}\n\n{rule.page}\n\n({'; '.join(facts)})"
    page = next((page for page in reader_and_engine_pages() if page.name == name), None)
    return None if page is None else "\n".join(lines_of(page))


def lines_of(page: RulePage) -> Iterable[str]:
    """Return the lines of a page of the reader or the engine."""
    return [
        page.name,
        "=" * len(page.name),
        "",
        page.summary,
        "",
        f"Why. {page.why}",
        "",
        f"How to fix. {page.mend}",
        "",
        "Refused:",
        *("    " + line for line in page.failing.splitlines()),
        "",
        "Instead:",
        *("    " + line for line in page.mended.splitlines()),
    ]
