"""The gate's own test: a record that passes, and what each rule must refuse when one thing in it is changed.

It is run before a stranger's change is judged, so that an installation that has lost a rule judges nothing.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from tallysheet.engine import Engine
from tallysheet.findings import Finding
from tallysheet.repository import open_repository
from tallysheet.run import run
from tallysheet.trees.given import Given

PATH = "records/known.yaml"
GOOD = """\
id: known
status: active
kind: scoping-review
citation: {title: A known title, authors: [Reader A], journal: A journal, year: 2024, volume: "12", pages: 100-110}
identifiers: {doi: 10.1182/bloodadvances.2023012217, pmid: "38429096"}
study: {id: known, design: cohort, period: {from: "2020-01", to: "2021-12"}}
search: {databases: [PubMed], through: "2023-09"}
flow: {screened: 316, excluded: 240, sought: 76, source: {section: methods, quote: "316, 240 and 76"}}
groups:
  - id: all
    label: All
    n: 286
    disposition: {completed: 280, not_completed: 6}
    source: {section: abstract, quote: "286; 280, 6"}
  - {id: old, label: Old, n: 261, source: {section: abstract, quote: "261"}}
  - {id: young, label: Young, n: 25, source: {section: abstract, quote: "25"}}
breakdowns:
  - {of: all, by: age, relation: partition, parts: [old, young]}
results:
  - outcome: clinical-response
    group: all
    proportion: {events: 50, total: 286, percent: "17.5"}
    source: {section: abstract, quote: "50/286 (17.5%)"}
  - outcome: clinical-response
    group: old
    proportion: {events: 40, total: 261}
    source: {section: abstract, quote: "40/261"}
  - outcome: clinical-response
    group: young
    proportion: {events: 10, total: 25, percent: "40", interval: {lower: "23.4", upper: "59.3", method: wilson}}
    source: {section: abstract, quote: "10/25 (40%; 23.4 to 59.3)"}
  - outcome: infection
    group: all
    proportion: {events: 60, total: 286}
    source: {section: abstract, quote: "60/286"}
  - outcome: infection
    group: old
    proportion: {total: 261, percent: "21"}
    source: {section: abstract, quote: "21%"}
  - outcome: infection
    group: young
    proportion: {events: 5, total: 25}
    source: {section: abstract, quote: "5/25"}
  - outcome: sex
    group: old
    proportion: {events: 5, total: 40, percent: "12", basis: evaluable}
    source: {section: abstract, quote: "5/40 (12%)"}
  - outcome: death
    group: old
    proportion: {events: 5, total: 40, percent: "12", basis: evaluable}
    source: {section: abstract, quote: "5/40 (12%)"}
  - outcome: age
    group: all
    estimate: {statistic: median, value: "5", range: {from: "0.3", to: "21"}}
    source: {section: abstract, quote: "5 (0.3 to 21)"}
  - outcome: age
    group: young
    estimate: {statistic: median, value: "3", range: {from: "0.5", to: "12"}}
    source: {section: abstract, quote: "3 (0.5 to 12)"}
  - outcome: survival
    group: all
    survival: {at: 6 months, percent: "80", method: kaplan-meier}
    source: {section: abstract, quote: "80% at 6 months"}
  - outcome: survival
    group: all
    survival: {at: 12 months, percent: "73.1", method: kaplan-meier}
    source: {section: abstract, quote: "73.1% at 12 months"}
  - outcome: death
    group: old
    compared_with: young
    ratio: {measure: hazard-ratio, value: "0.52", interval: {lower: "0.30", upper: "0.90"}}
    source: {section: abstract, quote: "0.52 (0.30 to 0.90)"}
  - outcome: dose
    group: young
    test: {p: "0.04", test: t, statistic: "2.15", df: ["25"]}
    source: {section: abstract, quote: "t(25) = 2.15, p 0.04"}
  - outcome: laboratory-value
    group: all
    change: {from: "33316", to: "14435", percent: "57", direction: decrease}
    source: {section: abstract, quote: "33316 to 14435 (57%)"}
curation: {extracted: {by: A. Reader, on: "2026-01-23"}, verified: {by: B. Reader, on: "2026-01-24"}}
"""
BAD = (
    ("proportion", 'percent: "40"', 'percent: "41"'),
    ("breakdown", "n: 261,", "n: 260,"),
    ("joint", "events: 60, total", "events: 62, total"),
    ("row-additivity", "events: 40, total: 261", "events: 41, total: 261"),
    ("group-size", "events: 40, total: 261", "events: 40, total: 262"),
    ("interval", '"59.3", method', '"69.3", method'),
    (
        "same-fraction",
        'percent: "12", basis: evaluable}\n    source: {section: abstract, quote: "5/40 (12%)"}\n  - outcome: death',
        'percent: "13", basis: evaluable}\n    source: {section: abstract, quote: "5/40 (12%)"}\n  - outcome: death',
    ),
    ("flow", "excluded: 240", "excluded: 241"),
    ("disposition", "not_completed: 6", "not_completed: 7"),
    ("estimate", 'value: "5", range', 'value: "0.2", range'),
    ("range-nesting", 'to: "12"', 'to: "22"'),
    ("survival", 'percent: "73.1"', 'percent: "83.1"'),
    ("ratio", 'lower: "0.30"', 'lower: "0.60"'),
    ("test", 'p: "0.04"', 'p: "0.004"'),
    ("change", 'percent: "57"', 'percent: "75"'),
    ("quote", 'quote: "40/261"', 'quote: "41/261"'),
    ("printed", 'percent: "40"', 'percent: "40,0"'),
    ("identifiers", "10.1182/blood", "10.1182 /blood"),
    ("citation", "100-110", "110-100"),
    ("curation", "B. Reader", "a reader"),
    ("study", 'to: "2021-12"', 'to: "2019-12"'),
    ("search", 'through: "2023-09"', 'through: "2026-02"'),
    ("references", "group: young\n    test", "group: yuong\n    test"),
    ("placeholder", "A known title", '"<title as printed>"'),
    ("not-reported", "curation:", "not_reported: [citation/volume]\ncuration:"),
    ("file-name", "id: known\nstatus", "id: other\nstatus"),
    ("schema", "volume:", "volumn:"),
    ("schema", 'percent: "40"', "percent: 40.0"),
    ("schema", "status: active", "status: activ"),
    ("schema", 'curation: {extracted: {by: A. Reader, on: "2026-01-23"}, ', "curation: {"),
    (
        "discrepancy",
        "curation:",
        'discrepancies: [{pointer: /id, rule: proportion, printed: "4", why: No, by: A, on: "2026-01-23"}]\ncuration:',
    ),
    (
        "waiver",
        "curation:",
        'waivers: [{pointer: /id, rule: quote, reason: Not now., by: A, until: "2999-01-01"}]\ncuration:',
    ),
    ("duplicate-key", "status: active\n", "status: active\nstatus: active\n"),
    ("anchor", "status: active", "status: &a active"),
    ("tag", "status: active", "status: !!str active"),
    ("ambiguous-scalar", "label: Old", "label: no"),
    ("syntax", "groups:\n", "groups: [\n"),
    ("merge-key", "status: active\n", "status: active\n<<: {kind: x}\n"),
    ("several-documents", "curation:", "---\ncuration:"),
    ("forbidden-character", "A known title", '"A known \\e[31m title"'),
    ("forbidden-character", "A known title", "A known \u202e title"),
    (
        "depth",
        "status: active",
        "status: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
    ),
)
"""Rule, what is replaced in the good record, and by what."""
TWINS = (
    ("dangling", {PATH: GOOD.replace("curation:", "links: [{to: unknown, as: corrects}]\ncuration:")}),
    ("unique-doi", {"records/twin.yaml": GOOD.replace("id: known\nstatus", "id: twin\nstatus")}),
    ("unique-id", {"records/deeper/known.yaml": GOOD}),
)
"""Rule, and what can't stand beside the good record, or in its place."""


@cache
def unrefused() -> tuple[str, ...]:
    """Return a line for each record that the bundled schema and rules let pass though it is wrong."""
    repository = open_repository(Path(), Given("nothing", {}))
    engine = Engine(repository)
    good = engine.judge(PATH, GOOD.encode())
    lines = [f"a known good record is refused: {finding.message}" for finding in good.findings]
    crashed = [crash.rule for crash in good.crashes]
    for rule, old, new in BAD:
        judged = engine.judge(PATH, GOOD.replace(old, new, 1).encode())
        crashed += [crash.rule for crash in judged.crashes]
        lines += missed(rule, judged.findings)
    for rule, others in TWINS:
        files = {path: text.encode() for path, text in {PATH: GOOD, **others}.items()}
        report = run(repository._replace(tree=Given("known records", files)))
        crashed += [crash.rule for crash in report.crashes]
        lines += missed(rule, report.findings)
    return (*lines, *(f"{rule} failed to run on a known record" for rule in sorted(set(crashed))))


def missed(rule: str, findings: Iterable[Finding]) -> list[str]:
    """Return what to say if a rule has not refused what it should: a line, or none."""
    refused = {finding.rule for finding in findings if finding.severity != "acknowledged"}
    return [] if rule in refused else [f"{rule} does not refuse a record that is known to be bad"]
