"""Measure ourselves beside our peers, on collections that grow, and stage by stage; write it to docs/performance.md.

    python benchmarks/performance.py --date 2026-11-23 --cache FOLDER

Whole processes, start-up included, on generated collections (benchmarks/collection.py). Every program runs twice, in
turn, and the better time counts. Beside peers all records pass, since the fastest of them end at the first file that is
no YAML; the collections that grow have 1 % of faults. It needs node and npm, and takes about half an hour.
"""

import argparse
import os
import platform
import re
import sys
import tempfile
from pathlib import Path

from collection import write
from peers import NODE_PACKAGES, PROJECT, PYTHON_PACKAGES, Peer, install, measured
from stages import stages, table

PAGE = PROJECT / "docs" / "performance.md"
TURNS = 2
GROWTH = (100, 1_000, 10_000, 100_000)
SEED = 11


def machine() -> str:
    """Return what this is measured on, without naming it, and how busy it is with other work."""
    found = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    cores = len(os.sched_getaffinity(0))
    python = platform.python_version()
    kind = found[1] if found else platform.machine()
    return f"{kind}, {cores} cores, {platform.system()}, Python {python}; load before it {os.getloadavg()[0]:.1f}"


def collection(folder: Path, records: int, faulty: int) -> Path:
    """Return the folder of a collection of so many records, written if it is not there."""
    target = folder / f"collection-{records}-{faulty}"
    if not target.exists():
        write(target, records, SEED, faulty)
    return target


def beside_peers(peers: list[Peer], folder: Path, records: int) -> str:
    """Return the table of all programs, each in turn, the best of its runs."""
    best: dict[str, float] = {}
    for turn in range(TURNS):
        for peer in peers:
            count = min(peer.most or records, records)
            target = collection(folder, count, 0)
            files = sorted(f"records/{path.name}" for path in (target / "records").iterdir())
            seconds, _ = peer.run_on(target, files)
            best[peer.name] = max(best.get(peer.name, 0), count / seconds)
            print(f"{turn + 1}: {peer.name}: {count:,} files, {seconds:.2f} s", file=sys.stderr, flush=True)
    ours = best[peers[0].name]
    lines = ["| program | does | files | files a second | ours to theirs |", "| --- | --- | ---: | ---: | ---: |"]
    for peer in sorted(peers, key=lambda peer: -best[peer.name]):
        rate, count = best[peer.name], min(peer.most or records, records)
        ratio = "" if peer is peers[0] else f"{ours / rate:,.2f}"
        lines.append(f"| {peer.name} | {peer.does} | {count:,} | {rate:,.0f} | {ratio} |")
    return "\n".join(lines) + "\n"


def growth(ours: Peer, folder: Path, most: int) -> str:
    """Return the table of ourselves on collections that grow."""
    lines = ["| records | seconds | records a second | most memory, MB |", "| ---: | ---: | ---: | ---: |"]
    for records in GROWTH:
        if records > most:
            continue
        target = collection(folder, records, 1)
        runs = [measured(ours.command, target) for _ in range(TURNS)]
        seconds, memory = min(seconds for seconds, _ in runs), max(memory for _, memory in runs)
        lines.append(f"| {records:,} | {seconds:.2f} | {records / seconds:,.0f} | {memory / 1e6:,.0f} |")
        print(lines[-1], file=sys.stderr, flush=True)
    return "\n".join(lines) + "\n"


def put(part: str, text: str) -> None:
    """Put text between the two markers of a part of the page."""
    page = PAGE.read_text(encoding="utf-8")
    begin, end = f"<!-- {part}: begin -->\n", f"<!-- {part}: end -->"
    if begin not in page or end not in page:
        raise SystemExit(f"{PAGE.name} has no markers for {part}")
    before, rest = page.split(begin, 1)
    PAGE.write_text(f"{before}{begin}{text}{end}{rest.split(end, 1)[1]}", encoding="utf-8")


def main() -> None:
    """Measure what is asked for, and write it to the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--date", required=True, help="the day of the measurement, as the page shall say it")
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--most", type=int, default=GROWTH[-1], help="the largest collection for the growth")
    parser.add_argument("--cache", type=Path, help="where peers and collections are kept (else they are thrown away)")
    parser.add_argument("--only", choices=["peers", "growth", "stages"], action="append")
    arguments = parser.parse_args()
    parts = arguments.only or ["peers", "growth", "stages"]
    with tempfile.TemporaryDirectory() as temporary:
        folder = (arguments.cache or Path(temporary)).resolve()
        peers = install(folder)
        setting = f"Measured on {arguments.date}: {machine()}.\n\n"
        if "peers" in parts:
            versions = re.sub("==|(?<=.)@(?=[0-9])", " ", ", ".join((*PYTHON_PACKAGES, *NODE_PACKAGES)))
            measurement = beside_peers(peers, folder, arguments.records)
            put("peers", f"{setting}Versions: {versions}.\n\n{measurement}")
        if "growth" in parts:
            put("growth", setting + growth(peers[0], folder, arguments.most))
        if "stages" in parts:
            put("stages", setting + table(stages(collection(folder, 1_000, 0), 1_000)))


if __name__ == "__main__":
    main()
