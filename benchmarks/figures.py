"""How long the arithmetic takes: one judgement, a million rows of a table, a record's equations, the import.

Run with `python benchmarks/figures.py`. Aims: a judgement under 5 microseconds, a million rows under 30 seconds.
"""

import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

from tallysheet.figures import judge_proportion, read_printed
from tallysheet.figures.equations import Equation, printed_count, printed_share, printed_sum
from tallysheet.figures.joint import solve
from tallysheet.figures.printed import Printed
from tallysheet.figures.verify import verify_csv

CALLS = 200_000
ROWS = 1_000_000


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that `work` takes: the least of three runs."""
    seconds = []
    for _ in range(3):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def judgements(figures: list[tuple[int | None, int, str]]) -> None:
    """Judge every one of `figures`."""
    for events, total, percent in figures:
        judge_proportion(events, total, percent)


def drawn(count: int, *, printed: bool) -> list[tuple[int | None, int, str]]:
    """Return proportions of up to 500 patients, with or without their counts."""
    chance = random.Random(1)
    found: list[tuple[int | None, int, str]] = []
    for _ in range(count):
        total = chance.randint(1, 500)
        events = chance.randint(0, total)
        found.append((events if printed else None, total, f"{100 * events / total:.1f}"))
    return found


def table(rows: int) -> Iterator[str]:
    """Yield a table of `rows` rows, a fifth of them without counts."""
    yield "n,count,percent\n"
    for place, (events, total, percent) in enumerate(drawn(rows, printed=True)):
        yield f"{total},{events if place % 5 else ''},{percent}\n"


def record(groups: int) -> list[Equation]:
    """Return the equations of a record with `groups` groups, whose responders are to be derived."""
    percent = read_printed("72.7")
    if not isinstance(percent, Printed):
        raise TypeError("72.7 is a figure")
    names = [f"group {place}" for place in range(groups)]
    counts = [printed_count(name, 22) for name in names]
    shares = [printed_share(f"{name} responders", name, percent) for name in names]
    whole = printed_sum("responders", [f"{name} responders" for name in names])
    return [printed_count("all", 22 * groups), *counts, printed_sum("all", names), *shares, whole]


def main() -> None:
    """Print what each costs."""
    for name, figures in (("with", drawn(CALLS, printed=True)), ("without", drawn(CALLS, printed=False))):
        seconds = timed(lambda figures=figures: judgements(figures))  # type: ignore[misc] # bound at once
        print(f"judge_proportion {name} count: {seconds / CALLS * 1e6:.2f} microseconds a call")
    start = time.perf_counter()
    counts = verify_csv(table(ROWS), lambda _: None)
    print(f"verify_csv: {time.perf_counter() - start:.1f} s for {counts.total():,} rows")
    for groups in (6, 50):
        equations = record(groups)
        seconds = timed(lambda equations=equations: solve(equations))  # type: ignore[misc] # bound at once
        print(f"solve: {seconds * 1000:.1f} ms for {len(equations)} equations")
    bare = timed(lambda: subprocess.run([sys.executable, "-c", "import dataclasses, fractions"], check=True))
    full = timed(lambda: subprocess.run([sys.executable, "-c", "import tallysheet.figures"], check=True))
    print(f"import: {(full - bare) * 1000:.1f} ms beyond dataclasses and fractions")


if __name__ == "__main__":
    main()
