"""`tallysheet figures RECORD`: every figure as printed, exactly, with its verdict, and what follows from them all."""

import argparse
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tallysheet.figures import Judgement
    from tallysheet.rules import At

HEADER = ("figure", "as printed", "exact", "verdict", "count", "stands in")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("record", metavar="RECORD", help="the path of a record, or its id")
    parser.add_argument(
        "--root", type=Path, metavar="DIR", help="the repository, if not the one that this folder is in"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the table; returns 0, or 1 if the figures can't hold together or the record can't be read."""
    from tallysheet.engine import Engine
    from tallysheet.equations import statements
    from tallysheet.figures.joint import solve
    from tallysheet.reader import read
    from tallysheet.report.table import table
    from tallysheet.repository import open_repository
    from tallysheet.root import root_of
    from tallysheet.rules import At
    from tallysheet.unusable import Unusable

    root = root_of(arguments.root, [arguments.record] if "/" in arguments.record else [])
    repository = open_repository(root)
    path = Path(arguments.record)
    if not path.exists():
        path = root / repository.settings.records / f"{arguments.record.removesuffix('.yaml')}.yaml"
    if not path.is_file():
        raise Unusable(f"{arguments.record!a}: there is no such record")
    value = read(path.read_bytes()).value
    if value is None or not Engine(repository).accepts(value):
        raise Unusable(f"{arguments.record!a}: is not well formed: tallysheet check says why")
    at = At("", value, path.stem)
    found = statements(value, at)
    solution = solve([one.equation for one in found])
    uses: dict[str, list[str]] = {}
    for one in found:
        for row in one.equation.rows:
            for name, _ in row.terms:
                uses.setdefault(name, []).append(one.said)
    rows = [HEADER, *rows_of(value, at, solution.bounds, uses)]
    sys.stdout.write(table(rows))
    if solution.conflict:
        said = "; ".join(one.said for one in found if one.equation in solution.conflict)
        sys.stdout.write(f"\nthese can't hold together: {said}\n")
    elif solution.verdict == "not_testable":
        sys.stdout.write("\nthe equations together can't be decided within bounds\n")
    return 1 if solution.conflict else 0


def rows_of(
    record: Mapping[str, Any], at: "At", bounds: Mapping[str, tuple[int, int]], uses: Mapping[str, list[str]]
) -> Iterator[tuple[str, ...]]:
    """Yield a row for each group and each figure of each result."""
    from tallysheet.figures import judge_proportion
    from tallysheet.pointers import pointer
    from tallysheet.reader.inert import inert

    for index, group in enumerate(record.get("groups", ())):
        others = [said for said in uses.get(pointer("groups", index, "n"), ()) if " of " in said]
        yield (
            f"n of {group['id']}",
            str(group["n"]),
            "",
            "",
            str(group["n"]),
            inert("; ".join(dict.fromkeys(others)), 60),
        )
    for index, result in enumerate(record.get("results", ())):
        name = inert(f"{result.get('label') or result['outcome']} in {result['group']}", 48)
        if proportion := result.get("proportion"):
            place = pointer("results", index, "proportion", "events")
            judgement = judge_proportion(
                proportion.get("events"), proportion.get("total"), at.read(proportion.get("percent"))
            )
            verdict = "not applicable" if "method" in proportion else verdict_of(judgement)
            others = [said for said in uses.get(place, ()) if "%" not in said and "/" not in said]
            count = count_of(proportion, bounds.get(place))
            if judgement.explanation and "derived" in count:
                count = count.replace("derived", f"derived, if {judgement.explanation.replace('_', ' ')}")
            yield (
                name,
                *shown(proportion, judgement),
                verdict,
                count,
                inert("; ".join(others), 60),
            )
        for block in ("survival", "estimate", "ratio", "test", "change"):
            if block in result:
                texts = [
                    str(v) for k, v in result[block].items() if isinstance(v, str) and k not in ("method", "statistic")
                ]
                yield (f"{name}: {block}", inert(" ".join(texts), 40), "", "see tallysheet check", "", "")


def shown(proportion: Mapping[str, Any], judgement: "Judgement") -> tuple[str, str]:
    """Return a proportion as printed, and its exact percentage."""
    events, total, percent = (proportion.get(name) for name in ("events", "total", "percent"))
    counts = f"{'?' if events is None else events}/{'?' if total is None else total}"
    exact = judgement.exact
    exactly = "" if exact is None else str(exact) if exact.denominator == 1 else f"{exact} = {float(exact):.4f}"
    return (f"{counts} {percent}%" if percent is not None else counts), exactly


def verdict_of(judgement: "Judgement") -> str:
    """Return the verdict in words, with its explanation."""
    more = judgement.explanation or (judgement.reason if judgement.verdict == "not_testable" else "")
    return (f"{judgement.verdict} ({more})" if more else judgement.verdict).replace("_", " ")


def count_of(proportion: Mapping[str, Any], bounds: tuple[int, int] | None) -> str:
    """Return the count: as printed, derived where only one fits all equations, else its bounds."""
    if "events" in proportion:
        return str(proportion["events"])
    if bounds is None:
        return ""
    return f"{bounds[0]} (derived)" if bounds[0] == bounds[1] else f"{bounds[0]} to {bounds[1]}"
