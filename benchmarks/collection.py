"""Write a collection to measure with: `python benchmarks/collection.py FOLDER --records 10000 --seed 1 --faulty 1`.

The folder gets `records/`, the bundled schema and the project file that this repository has. All records pass but for
`--faulty` percent of them, each with one fault of many kinds. The same arguments give the same bytes.
"""

import argparse
import shutil
from pathlib import Path
from random import Random

from faults import faulty
from publication import identity, publication

PROJECT = Path(__file__).resolve().parents[1]


def write(folder: Path, records: int, seed: int = 1, percent_faulty: float = 0) -> int:
    """Write a collection; return how many of its records are faulty."""
    target = folder / "records"
    target.mkdir(parents=True)
    shutil.copytree(PROJECT / "schema", folder / "schema")
    shutil.copy(PROJECT / "tallysheet.yaml", folder)
    wrong = 0
    for number in range(records):
        text = "\n".join(publication(seed, number)) + "\n"
        if fate(seed, number, percent_faulty) and fate(seed, number + 1, percent_faulty) != "twin":
            text = faulty(Random(f"{seed}:{number}"), text, seed, number, fate(seed, number, percent_faulty) == "twin")
            wrong += 1
        (target / f"{identity(number)}.yaml").write_bytes(text.encode())
    return wrong


def fate(seed: int, number: int, percent_faulty: float) -> str:
    """Return what becomes of a record: nothing, "fault", or "twin" for one that takes the DOI of the record before.

    One in twenty is a twin. The record before a twin stays as it is, so that the two differ in nothing else.
    """
    chance = Random(f"{seed}/{number}")
    if chance.random() * 100 >= percent_faulty:
        return ""
    return "twin" if number and chance.random() < 0.05 else "fault"  # noqa: PLR2004 - one in twenty


def main() -> None:
    """Take the arguments, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="a folder that is not there yet")
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faulty", type=float, default=0, metavar="PERCENT")
    arguments = parser.parse_args()
    wrong = write(arguments.folder, arguments.records, arguments.seed, arguments.faulty)
    print(f"{arguments.records:,} records, {wrong:,} of them faulty, in {arguments.folder}")


if __name__ == "__main__":
    main()
