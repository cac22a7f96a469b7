"""How long the tables of 100, 1,000 and 10,000 records take, and how much memory.

    python benchmarks/index.py [RECORDS ...]

The records are those of `benchmarks/collection.py`. Each size is a process of its own, so that the peak of memory is
its own; times are of the processor, which does not count who else is at work.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from collection import write

CHILD = "--in"


def measure(folder: Path) -> None:
    """Index the collection in a folder and print what it took."""
    import resource

    from tallysheet.collection import open_collection
    from tallysheet.index.build import build, connect
    from tallysheet.repository import open_repository

    start = time.process_time()
    collection = open_collection(open_repository(folder))
    opened = time.process_time()
    with connect() as connection:
        build(connection, collection)
        figures = connection.execute("SELECT count(*) FROM figures").fetchall()[0][0]
    built = time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{len(collection.records):6,} records {figures:8,} figures: check and read {opened - start:6.1f} s, "
        f"tables {built - opened:6.1f} s, peak {peak:6.0f} MiB",
        flush=True,
    )


def main() -> None:
    """Measure each size."""
    if sys.argv[1:2] == [CHILD]:
        measure(Path(sys.argv[2]))
        return
    for number in map(int, sys.argv[1:] or ("100", "1000", "10000")):
        with tempfile.TemporaryDirectory() as folder:
            there = Path(folder, "collection")
            write(there, number)
            subprocess.run([sys.executable, __file__, CHILD, there], check=True)


if __name__ == "__main__":
    main()
