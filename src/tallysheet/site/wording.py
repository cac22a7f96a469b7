"""Figures of a record as a reader of the publication would write them: in words, digits as they are printed."""

from collections.abc import Callable, Mapping
from typing import Any

Block = Mapping[str, Any]


def proportion(block: Block) -> str:
    """Return a proportion: `24/33 (72.7%), of those with data`."""
    events, total, percent = (block.get(name) for name in ("events", "total", "percent"))
    if events is not None:
        figures = f"{events}/{total}" + (f" ({percent}%)" if percent is not None else "")
    else:
        figures = f"{percent}%" + (f" of {total}" if total is not None else "")
    basis = f"basis: {plain(block['basis'])}" if "basis" in block else ""
    return listing(figures, plain(block.get("method", "")), interval(block), basis)


def survival(block: Block) -> str:
    """Return a survival estimate: `73.1% at 12 months, Kaplan-Meier`."""
    at = f" at {block['at']}" if "at" in block else ""
    counts = [f"{plain(name)}: {block[name]}" for name in ("total", "events", "censored", "at_risk") if name in block]
    return listing(f"{block['percent']}%{at}", f"method: {plain(block['method'])}", interval(block), *counts)


def estimate(block: Block) -> str:
    """Return a mean or a median: `median 1.0 years, range 0.3 to 21.0`."""
    unit = f" {block['unit']}" if "unit" in block else ""
    value = f"{block['statistic']} {block['value']}{unit}" if "value" in block else unit.strip()
    spread = [f"{name.upper()} {block[name]}" for name in ("sd", "se") if name in block]
    ranges = [
        f"{said} {block[name]['from']} to {block[name]['to']}"
        for name, said in (("range", "range"), ("iqr", "interquartile range"))
        if name in block
    ]
    return listing(value, *spread, *ranges, interval(block), f"n = {block['n']}" if "n" in block else "")


def ratio(block: Block) -> str:
    """Return a ratio: `hazard ratio 0.52, 95% interval 0.30 to 0.90, adjusted`."""
    adjusted = "adjusted" if block.get("adjusted") else ""
    return listing(f"{plain(block['measure'])} {block['value']}", interval(block), adjusted)


def test(block: Block) -> str:
    """Return a p value with its test: `p = 0.03, fisher, two-sided`."""
    sign = "" if str(block["p"])[:1] in "<>≤≥~" else "= "
    sides = {1: "one-sided", 2: "two-sided"}.get(block.get("sides", 0), "")
    statistic = f"statistic {block['statistic']}" if "statistic" in block else ""
    freedom = f"{' and '.join(block['df'])} degrees of freedom" if "df" in block else ""
    null = f"against {block['null_value']}" if "null_value" in block else ""
    return listing(f"p {sign}{block['p']}", plain(block.get("test", "")), sides, statistic, freedom, null)


def change(block: Block) -> str:
    """Return a change: `decrease by 80%`, `from 5 to 3 mg`."""
    unit = f" {block['unit']}" if "unit" in block else ""
    ends = f"from {block['from']} to {block['to']}{unit}" if "from" in block and "to" in block else ""
    by = f"{block.get('direction', 'change')} by {block['percent']}%" if "percent" in block else ""
    return listing(block.get("statistic", ""), ends, by)


def interval(block: Block) -> str:
    """Return the interval of a block: `95% interval 0.30 to 0.90`; nothing where it has none."""
    found = block.get("interval")
    if not found:
        return ""
    method = f" ({plain(found['method'])})" if "method" in found else ""
    level = f"{found['level']}% " if "level" in found else ""
    percent = "%" if found.get("scale") == "percent" else ""
    return f"{level}interval {found['lower']} to {found['upper']}{percent}{method}"


def period(found: Mapping[str, str] | None) -> str:
    """Return a span of time."""
    if not found:
        return ""
    start, end = found.get("from"), found.get("to")
    return f"{start} to {end}" if start and end else f"from {start}" if start else f"to {end}" if end else ""


def plain(word: str) -> str:
    """Return a word of the schema as people write it."""
    return {"kaplan-meier": "Kaplan-Meier", "other_reasons": "other reasons"}.get(
        word, word.replace("-", " ").replace("_", " ")
    )


def listing(*parts: str) -> str:
    """Return what there is of several parts, with commas."""
    return ", ".join(part for part in parts if part)


BLOCKS: dict[str, Callable[[Block], str]] = {
    "proportion": proportion,
    "survival": survival,
    "estimate": estimate,
    "ratio": ratio,
    "test": test,
    "change": change,
}
"""How each block of a result is written."""
