"""`tallysheet compare A B`: each figure that two extractions differ in, and how well they agree."""

import argparse
import sys
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tallysheet.agreement.coefficients import Agreement
    from tallysheet.agreement.pairs import Pair

HEADER = ("field", "units", "agree", "percent", "kappa", "AC1")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("first", type=Path, metavar="A", help="a record, or a folder of records")
    parser.add_argument("second", type=Path, metavar="B", help="the same, as somebody else extracted it")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how the comparison is printed")
    parser.add_argument(
        "--root", type=Path, metavar="DIR", help="the repository whose schema holds, if not the one this folder is in"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the comparison; returns 0 if both say the same throughout, else 1."""
    from tallysheet.agreement.coefficients import agreement
    from tallysheet.agreement.pairs import pairs, shown
    from tallysheet.agreement.sources import open_both
    from tallysheet.repository import open_repository, root_of
    from tallysheet.unusable import Unusable

    both = open_both(arguments.first, arguments.second, open_repository(root_of(arguments.root)))
    if not both.records:
        raise Unusable(*(f"{name}: {why}" for name, why in both.left_out.items()), "there is no record to compare")
    differences: list[tuple[str, Pair]] = []
    by_field: dict[str, list[tuple[str, str]]] = {}
    for name, (first, second) in both.records.items():
        for pair in pairs(first, second):
            by_field.setdefault(pair.field, []).append((shown(pair.first), shown(pair.second)))
            if not pair.agrees:
                differences.append((name, pair))
    found = {field: agreement(ratings) for field, ratings in sorted(by_field.items())}
    show = as_json if arguments.format == "json" else as_text
    sys.stdout.write(show(differences, found, both.left_out))
    return 1 if differences or both.left_out else 0


def as_text(differences: "list[tuple[str, Pair]]", found: "dict[str, Agreement]", left_out: dict[str, str]) -> str:
    """Return the comparison for people."""
    from tallysheet.agreement.pairs import shown
    from tallysheet.reader.inert import inert
    from tallysheet.report.sinks import log_line, log_path
    from tallysheet.report.table import table

    lines = [
        f"{log_path(name)}: {inert(pair.pointer, 120)}: {inert(shown(pair.first))} | {inert(shown(pair.second))}"
        for name, pair in differences
    ]
    lines += [log_line(f"{name}: took no part: {why}", 300) for name, why in sorted(left_out.items())]
    rows = [(field, *figures(one)) for field, one in found.items()]
    units, agreed = (sum(getattr(one, name) for one in found.values()) for name in ("units", "agreed"))
    total = ("all fields", str(units), str(agreed), decimal(Fraction(100 * agreed, units), 1), "", "")
    return "\n".join([*lines, "", table([HEADER, *rows, total])] if lines else [table([HEADER, *rows, total])])


def as_json(differences: "list[tuple[str, Pair]]", found: "dict[str, Agreement]", left_out: dict[str, str]) -> str:
    """Return the comparison for programs."""
    from tallysheet.report.sinks import json_text

    def entry(one: "Agreement") -> dict[str, Any]:
        kappa, ac1 = (None if value is None else round(float(value), 6) for value in (one.kappa, one.ac1))
        return {
            "units": one.units,
            "agreed": one.agreed,
            "share": round(float(one.share), 6),
            "kappa": kappa,
            "ac1": ac1,
        }

    document = {
        "format_version": 1,
        "differences": [
            {"record": name, "field": pair.field, "pointer": pair.pointer, "first": pair.first, "second": pair.second}
            for name, pair in differences
        ],
        "fields": {field: entry(one) for field, one in found.items()},
        "left_out": dict(sorted(left_out.items())),
    }
    return json_text(document, indent=2) + "\n"


def figures(one: "Agreement") -> tuple[str, ...]:
    """Return the figures of one field; a coefficient that is not defined is a dash."""
    coefficients = ("-" if value is None else decimal(value, 3) for value in (one.kappa, one.ac1))
    return str(one.units), str(one.agreed), decimal(100 * one.share, 1), *coefficients


def decimal(value: Fraction, places: int) -> str:
    """Return a fraction with so many digits after the point, halves to even."""
    shifted = round(value * 10**places)
    digits = f"{abs(shifted):0{places + 1}d}"
    return f"{'-' if shifted < 0 else ''}{digits[:-places]}.{digits[-places:]}"
