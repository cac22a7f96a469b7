"""Where the time of a passing record goes: microseconds a record for each stage and each rule, one after the other.

Run in a folder written by collection.py, with `python benchmarks/stages.py FOLDER --records 1000`.
"""

import argparse
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from tallysheet.engine import Engine
from tallysheet.reader import read
from tallysheet.reader.accept import accept_events
from tallysheet.reader.files import list_records, open_record
from tallysheet.repository import open_repository
from tallysheet.rules import At, Entry, Rule
from tallysheet.shape import Block

ROUNDS = 3


def timed(work: Callable[[Any], object], over: Iterable[Any], records: int) -> float:
    """Return the microseconds of processor time that `work` takes over some arguments, a record: the least."""
    arguments = list(over)
    least = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        for argument in arguments:
            work(argument)
        least = min(least, time.process_time() - start)
    return least / records * 1e6


def stages(folder: Path, limit: int) -> list[tuple[str, float]]:
    """Return what each stage takes on the records of a folder that pass, in the order in which they come."""
    engine = Engine(open_repository(folder))
    paths, _ = list_records(folder, "records")
    files = [(path, data) for path in paths[:limit] if isinstance(data := open_record(folder, path), bytes)]
    files = [(path, data) for path, data in files if not engine.judge(path, data).findings]
    count, values = len(files), [read(data).value for _, data in files]
    found = [
        ("open and read the file", timed(lambda file: open_record(folder, file[0]), files, count)),
        ("bytes to value (reader)", timed(lambda file: read(file[1]), files, count)),
        ("schema (jsonschema-rs is_valid)", timed(engine.accepts, values, count)),
        ("find blocks and whole floats (follow)", timed(engine.judging.find, values, count)),
    ]
    rules = of_rules(engine, [path for path, _ in files], values)
    found += sorted(rules, key=lambda one: -one[1])
    whole = timed(lambda file: engine.judge(*file), files, count)
    found.append(("the engine around them", whole - sum(each for name, each in found[1:] if "compare" not in name)))
    found.append(("in all: Engine.judge", whole))
    events = timed(lambda file: accept_events(file[1], file[1].decode()), files[:100], min(count, 100))
    return [*found, ("for comparison: bytes to value without the compiled part", events)]


def of_rules(engine: Engine, paths: list[str], values: list[Any]) -> list[tuple[str, float]]:
    """Return what each rule takes on records that are read already; the first one that needs it lays out the rows."""
    calls: dict[str, list[tuple[Rule, Any, At, At]]] = {name: [] for name in engine.rules}
    for path, value in zip(paths, values, strict=True):
        whole = At("", value, path.rpartition("/")[2].removesuffix(".yaml"))
        for asked, block, place in engine.judging.find(value)[0]:
            for (name, rules, _), sure in asked:
                for rule, options, _ in rules if engine.applies(Block(name, "", block, sure)) else ():
                    at = At(place or "", value, whole.stem, options, whole.kept)
                    calls[rule.name].append((rule, block, at, whole))
    found = []
    for name, made in calls.items():
        found.append((f"rule {name}", timed(lambda call: ask(*call), made, len(values))))
        if compare := engine.rules[name].compare:
            facts = [("", at.pointer, ask(rule, block, at, whole)) for rule, block, at, whole in made]
            entries = [Entry(path, place, fact) for path, place, fact in facts if fact is not None]
            each = timed(lambda _, c=compare, e=entries: list(c(e)), [None], len(values))
            found.append((f"rule {name}: compare all", each))
    return found


def ask(rule: Rule, block: Any, at: At, whole: At) -> Any:
    """Ask a rule about a block, as the engine does."""
    if rule.passes and (held := rule.passes(block, whole)) is not None:
        return held
    return list(rule.judge(block, at)) if rule.judge else rule.gather(block, at) if rule.gather else None


def table(found: list[tuple[str, float]]) -> str:
    """Return stages as a table of Markdown."""
    rows = "".join(f"| {name} | {each:,.1f} |\n" for name, each in found)
    return f"| stage | microseconds a record |\n| --- | ---: |\n{rows}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--records", type=int, default=1000)
    arguments = parser.parse_args()
    print(table(stages(arguments.folder.resolve(), arguments.records)), end="")
