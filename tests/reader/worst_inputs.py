"""Read what stalls or fills careless readers: each about as large as a file may be, in 200 MB. Run by a test."""

import resource
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from tallysheet.reader import read
from tallysheet.reader.limits import FAULTS, FILE_BYTES

MEMORY = 200 * 1024 * 1024
SECONDS = 300

REPEATED = [
    *("[", "{", "]", "- ", "? ", ": ", "-\n", "?\n", ":\n", "#\n", "\n", " ", "\t", "&a ", "!a ", "*a "),
    *("%\n", "%TAG ! x\n", "---\n", "...\n", "<<<<<<< \n", "\x07", "\x07\n", "\0", "a\r", "\r\n", "\u200b", "\ufeff"),
    *(
        "a: 1\n",
        "1: a\n",
        "- no\n",
        "- &a x\n",
        "- !a x\n",
        '- "\\a"\n',
        '"a": b\n',
        "[a]: b\n",
        "e\u0301\n",
        "\u0316\u0301",
    ),
    *("a\u0316\u0301\u0316\u0301", "\u05d0\u05b0\u05b1", "\U0001f600: 1\n", "\u1100\u1161\u11a8"),
]
QUOTED = [
    "a\n",
    "\n",
    "\\",
    "\\\n",
    "\\u0041",
    "''",
    " \t",
    "\U0001f469\u200d",
    "\u0915\u200d",
    "\u2764\ufe0f",
    "x" * 70_000,
]
LONG = [
    *("a:" + " " * FILE_BYTES, "a: " + "x " * FILE_BYTES, "a: !<" + "%41" * FILE_BYTES, "a: &" + "a" * FILE_BYTES),
    *("a: |\n" + " a\n" * FILE_BYTES, "a: >\n" + " a\n\n" * FILE_BYTES, "title " + " " * 900_000 + "\nx: y"),
    *("x: " + " " * 900_000 + "@", "a: 0." + "0" * 60_000 + "1", "a: 1" + ":59" * 20_000, "a: " + "9" * 60_000),
    "".join(f"%TAG !a{number}! x\n" for number in range(60_000)),
    "a: 1\n...\n" + "".join(f"%TAG !a{number}! x\n" for number in range(60_000)),
    "".join(f"k{number}: {number}\n" for number in range(24_000)),
]


def inputs() -> Iterator[str]:
    """Yield the worst inputs that are known."""
    yield from (unit * (FILE_BYTES // len(unit)) for unit in REPEATED)
    yield from ('a: "' + unit * (FILE_BYTES // len(unit)) for unit in QUOTED)
    yield from LONG


def main(half: int) -> int:
    """Read every second of them, from `half` on; return how many that were."""
    read(b'a: "\\a"')  # all is imported before memory is limited
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + MEMORY,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    count = 0
    for source in islice(inputs(), half, None, 2):
        data = source.encode()[:FILE_BYTES].decode("utf-8", "ignore").encode()
        document = read(data)
        if len(document.faults) > FAULTS:
            raise AssertionError(source[:20])
        document.places()
        count += 1
    return count


if __name__ == "__main__":
    print(main(int(sys.argv[1])), "inputs were read")  # noqa: T201 - the test looks at it
