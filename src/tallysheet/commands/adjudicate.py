"""`tallysheet adjudicate A B --to FILE`: decide between two extractions, and keep both names and each decision."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tallysheet.agreement.decide import Choice, Difference
    from tallysheet.engine import Engine
    from tallysheet.findings import Finding
    from tallysheet.repository import Repository

CHOICES: "dict[str, Choice]" = {"a": "first", "b": "second"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    from tallysheet.commands.check import day

    parser.add_argument("first", type=Path, metavar="A", help="a record")
    parser.add_argument("second", type=Path, metavar="B", help="the same, as somebody else extracted it")
    parser.add_argument(
        "--to", type=Path, required=True, metavar="FILE", help="the decided record; A itself is allowed"
    )
    parser.add_argument("--by", required=True, metavar="NAME", help="who decides")
    parser.add_argument("--on", type=day, metavar="DAY", help="when, if not today")
    parser.add_argument(
        "--decide",
        action="append",
        default=[],
        metavar="POINTER=a|b",
        help="which of the two is kept at a place (may be repeated); on a terminal the rest is asked for",
    )
    parser.add_argument(
        "--root", type=Path, metavar="DIR", help="the repository whose schema holds, if not the one this folder is in"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the decided record; returns 0, or 1 if something is left to decide or the record would not pass."""
    from datetime import UTC, datetime

    from tallysheet.agreement.decide import curation, decided, differences, moved
    from tallysheet.agreement.sources import open_both
    from tallysheet.report.files import why_unwritable, write_whole
    from tallysheet.repository import open_repository, root_of
    from tallysheet.unusable import Unusable
    from tallysheet.words import counted

    if why := why_unwritable(arguments.to):
        raise Unusable(f"--to: {arguments.to}: {why}")
    if arguments.first.is_dir():
        raise Unusable("give two records: one publication is decided at a time")
    repository = open_repository(root_of(arguments.root))
    first, second = next(iter(open_both(arguments.first, arguments.second, repository).records.values()))
    found = differences(first, second)
    choices = given(arguments.decide, found)
    if sys.stdin.isatty():
        ask(found, choices)
    if undecided := [one for one in found if one.pointer not in choices]:
        for one in undecided:
            sys.stdout.write(line_of(one))
        sys.stdout.write(f"{counted(len(undecided), 'difference')} left to decide: nothing was written\n")
        return 1
    outcome = decided(first, second, choices)
    on = (arguments.on or datetime.now(UTC).date()).isoformat()
    record = outcome.record
    record["id"] = arguments.to.name.removesuffix(".yaml")
    record["curation"] = curation(first, second, found, choices, {"by": arguments.by, "on": on})
    for name in ("discrepancies", "waivers"):
        noted = [*moved(first.get(name, ()), outcome.first), *moved(second.get(name, ()), outcome.second)]
        if noted:
            record[name] = list({(one["pointer"], one["rule"]): one for one in reversed(noted)}.values())[::-1]
    text, findings = passing(record, repository, arguments.to.name, schema_line(arguments.first))
    if findings:
        sys.stdout.write("".join(findings))
        sys.stdout.write(f"{counted(len(findings), 'finding')} in the decided record: nothing was written\n")
        return 1
    write_whole(arguments.to, text)
    sys.stdout.write(f"wrote {arguments.to}: {counted(len(found), 'decision')}\n")
    return 0


def given(texts: list[str], found: "list[Difference]") -> "dict[str, Choice]":
    """Return the decisions of the command line; raises Unusable for one that is none."""
    from tallysheet.unusable import Unusable
    from tallysheet.words import did_you_mean

    places = {one.pointer for one in found}
    choices: dict[str, Choice] = {}
    for text in texts:
        place, _, which = text.rpartition("=")
        if which not in CHOICES:
            raise Unusable(f"--decide: {text[:80]}: write POINTER=a or POINTER=b")
        if place not in places:
            hint = did_you_mean(place, places) or "tallysheet compare shows where they differ"
            raise Unusable(f"--decide: they do not differ at {place[:80] or 'nowhere'}; {hint}")
        if choices.setdefault(place, CHOICES[which]) != CHOICES[which]:
            raise Unusable(f"--decide: {place[:80]} is decided both ways")
    return choices


def ask(found: "list[Difference]", choices: "dict[str, Choice]") -> None:
    """Ask on the terminal for what is not decided yet; an empty answer leaves it."""
    for one in found:
        if one.pointer in choices:
            continue
        sys.stdout.write(f"{line_of(one)}keep a or b? ")
        sys.stdout.flush()
        answer = sys.stdin.readline().strip().casefold()
        if answer in CHOICES:
            choices[one.pointer] = CHOICES[answer]


def line_of(one: "Difference") -> str:
    """Return one difference for people."""
    from tallysheet.reader.inert import inert
    from tallysheet.report.sinks import log_line

    sides = " | ".join(
        f"{letter}: {inert(text or 'absent', 100)}" for letter, text in (("a", one.first), ("b", one.second))
    )
    return log_line(f"{inert(one.pointer, 120)}: {sides}") + "\n"


def passing(record: dict[str, Any], repository: "Repository", name: str, line: str | None) -> tuple[str, list[str]]:
    """Return a record as text without entries that excuse nothing any more, and what the check still finds in it."""
    from tallysheet.engine import Engine
    from tallysheet.report.sinks import log_line

    engine = Engine(repository)
    path = f"{repository.settings.records}/{name}"
    text, failing = judged(record, engine, path, line)
    if idle := {kind: idle_entries(kind, failing) for kind in ("discrepancies", "waivers") if kind in record}:
        for kind, numbers in idle.items():
            record[kind] = [one for index, one in enumerate(record[kind]) if index not in numbers]
            if not record[kind]:
                del record[kind]
        text, failing = judged(record, engine, path, line)
    return text, [log_line(f"{one.pointer}: {one.rule}: {one.message}", 300) + "\n" for one in failing]


def judged(record: dict[str, Any], engine: "Engine", path: str, line: str | None) -> "tuple[str, list[Finding]]":
    """Return a record as text, and what fails in it; raises RuntimeError where a rule does."""
    from tallysheet.agreement.writing import write_record

    text = write_record(record, line)
    found = engine.judge(path, text.encode())
    if found.crashes:
        raise RuntimeError(f"the rule {found.crashes[0].rule} failed: {found.crashes[0].trace}")
    return text, [one for one in found.findings if one.severity != "acknowledged"]


def schema_line(path: Path) -> str | None:
    """Return the line that tells editors the schema, if the record has one."""
    first = path.read_bytes().partition(b"\n")[0].decode("utf-8", "replace").strip()
    return first if first.startswith("# yaml-language-server:") else None


def idle_entries(kind: str, findings: list[Any]) -> set[int]:
    """Return the numbers of entries of a list that findings speak of."""
    from tallysheet.pointers import steps

    found = [steps(one.pointer) for one in findings]
    return {int(parts[1]) for parts in found if len(parts) > 1 and parts[0] == kind}
