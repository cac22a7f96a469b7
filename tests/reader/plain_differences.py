"""Compare the compiled way of reading with the strict reader, on records as they are and spoilt in every way.

Whatever `read_plain` accepts, the strict reader must accept with an equal value, types, signs of zero and the order of
keys included; and every value must stand where `read_marks` says. The suite runs this on a few thousand texts; before a
release, and after every change to the C source:

    python tests/reader/plain_differences.py --collection FOLDER --mutations 1000000

where FOLDER was written by `benchmarks/collection.py FOLDER --records 100000`. It prints what it counted, and ends with
1 at the first disagreement, which it shows.
"""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from multiprocessing import Pool
from pathlib import Path
from random import Random
from typing import Any, NamedTuple, TypeAlias

from tallysheet.findings import Fault
from tallysheet.pointers import resolve as find
from tallysheet.reader._plain import read_plain
from tallysheet.reader.accept import accept_events
from tallysheet.reader.examine import examine
from tallysheet.reader.marks import marks_of
from tallysheet.reader.places import Places
from tallysheet.reader.scalars import REFUSED, resolve
from tallysheet.reader.text import decode

PROJECT = Path(__file__).resolve().parents[2]
EXPLAINED = 20
"""One in so many is also compared with the long way, which takes thirty times as long."""
BATCH = 500
SNIPPETS = [
    *(
        b'"',
        b"'",
        b": ",
        b":",
        b"- ",
        b"-",
        b"\n",
        b"\n  ",
        b"\n    ",
        b"[",
        b"]",
        b"{",
        b"}",
        b", ",
        b",",
        b"#",
        b" #",
    ),
    *(b"&a ", b"*a", b"!t ", b"? ", b"?", b"|\n", b">\n", b"|-\n", b">-\n", b">+\n", b"|2\n", b"---\n", b"...\n", b"%"),
    *(b"\\", b'\\"', b"\\n", b"\\u00e9", b"\\x07", b"\\\n", b"\t", b"\r", b"\r\n", b"\0", b"\x07", b" ", b"  ", b"''"),
    *(b'""', b"\xef\xbb\xbf", "\u200b".encode(), "\xa0".encode(), "e\u0301".encode(), "\u0301".encode(), b"\x80"),
    *(
        "\u2028".encode(),
        "\x85".encode(),
        "é".encode(),
        "😀".encode(),
        "漢".encode(),
        "\u0915".encode(),
        b"\xed\xa0\x80",
    ),
    *(b"no", b"On", b"y", b"on", b"null", b"true", b"True", b"false", b"~", b"=", b"<<", b"010", b"1e3", b"1_0", b"-0"),
    *(
        b"1:30",
        b"2021-01-01",
        b".5",
        b"1.5",
        b"-0.0",
        b"12",
        b"9007199254740993",
        b"99999999999999999",
        b"0x1F",
        b".inf",
    ),
    *(
        b"a: 1\n",
        b"\n- x\n",
        b"\n<<<<<<< x\n",
        b"<<: ",
        b"key: ",
        b"[a, b]",
        b"{a: 1}",
        b"# c\n",
        b"\n\n",
        b"on: ",
        b"`",
    ),
]
Change: TypeAlias = Callable[[Random, bytes, Sequence[bytes]], bytes]


class Count(NamedTuple):
    """How many texts were tried, accepted by the compiled way, and explained by the long way."""

    tried: int
    accepted: int
    explained: int


def flip(chance: Random, text: bytes, _: Sequence[bytes]) -> bytes:
    """Change one bit."""
    at = chance.randrange(len(text))
    return text[:at] + bytes((text[at] ^ 1 << chance.randrange(8),)) + text[at + 1 :]


def insert(chance: Random, text: bytes, _: Sequence[bytes]) -> bytes:
    """Put a snippet in, or in place of what stands there."""
    at, snippet = chance.randrange(len(text) + 1), chance.choice(SNIPPETS)
    return text[:at] + snippet + text[at + chance.choice((0, 0, 1, len(snippet))) :]


def drop(chance: Random, text: bytes, _: Sequence[bytes]) -> bytes:
    """Take a few bytes out."""
    at = chance.randrange(len(text))
    return text[:at] + text[at + chance.randint(1, 4) :]


def truncate(chance: Random, text: bytes, _: Sequence[bytes]) -> bytes:
    """Cut the end off."""
    return text[: chance.randrange(len(text))]


def move_line(chance: Random, text: bytes, _: Sequence[bytes]) -> bytes:
    """Take a line out and put it in elsewhere, or leave it there too."""
    lines = text.split(b"\n")
    at = chance.randrange(len(lines))
    line = lines[at] if chance.random() < 0.5 else lines.pop(at)
    lines.insert(chance.randrange(len(lines) + 1), line)
    return b"\n".join(lines)


def indent(chance: Random, text: bytes, _: Sequence[bytes]) -> bytes:
    """Move some lines to the right or to the left."""
    lines = text.split(b"\n")
    at, by = chance.randrange(len(lines)), chance.choice((-4, -2, -1, 1, 2, 4))
    for index in range(at, min(at + chance.randint(1, 4), len(lines))):
        lines[index] = b" " * by + lines[index] if by > 0 else lines[index][-by:]
    return b"\n".join(lines)


def break_line(chance: Random, text: bytes, _: Sequence[bytes]) -> bytes:
    """Put a line break and some blanks in place of a blank, or a blank in place of a line break."""
    for _try in range(4):
        at = chance.randrange(len(text))
        if text[at : at + 1] == b" ":
            return text[:at] + b"\n" * chance.choice((1, 1, 2)) + b" " * chance.randint(0, 9) + text[at + 1 :]
        if text[at : at + 1] == b"\n":
            return text[:at] + b" " * chance.randint(0, 2) + text[at + 1 :].lstrip(b" ")
    return text


def splice(chance: Random, text: bytes, sources: Sequence[bytes]) -> bytes:
    """Go on with another text, from the start of one of its lines."""
    other = chance.choice(sources)
    cut, start = chance.randrange(len(text) + 1), other.find(b"\n", chance.randrange(len(other) + 1)) + 1
    return text[: text.rfind(b"\n", 0, cut) + 1] + other[start:]


def line_ends(_: Random, text: bytes, __: Sequence[bytes]) -> bytes:
    """End all lines as Windows does."""
    return text.replace(b"\n", b"\r\n")


CHANGES: Sequence[Change] = (
    flip,
    insert,
    insert,
    insert,
    drop,
    truncate,
    move_line,
    indent,
    break_line,
    splice,
    line_ends,
)


def mutated(chance: Random, sources: Sequence[bytes]) -> bytes:
    """Return one of the texts, spoilt once or a few times."""
    text = chance.choice(sources)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        if text:
            text = chance.choice(CHANGES)(chance, text, sources)
    return text


def excerpts(chance: Random, texts: Sequence[bytes], count: int) -> list[bytes]:
    """Return short texts made of whole fields of records, in which a change is sooner one that matters."""
    found = []
    for _ in range(count):
        fields = (b"\n" + chance.choice(texts)).replace(b"\n", b"\n\0").split(b"\0")
        starts = [index for index, line in enumerate(fields) if line[:1] not in (b" ", b"\n", b"", b"-", b"#")]
        if starts:
            start = chance.choice(starts)
            found.append(b"".join(fields[start : start + chance.randint(1, 14)]))
    return found


def compare(data: bytes, *, explain: bool) -> bool:
    """Return whether the compiled way accepts a text; raises AssertionError where the strict reader disagrees."""
    text = decode(data)
    if isinstance(text, Fault):
        return False
    data = data.removeprefix(b"\xef\xbb\xbf")
    value = read_plain(data.replace(b"\r\n", b"\n"), resolve, REFUSED)
    if value is None:
        return False
    strict: Any = accept_events(data, text)
    if repr(strict) != repr(value):
        raise AssertionError(f"{data!r}\nis {value!r}\nand to the strict reader {strict!r}")
    if explain:
        examined = examine(text)
        if examined.faults or repr(examined.value) != repr(value):
            raise AssertionError(f"{data!r}\nis {value!r}\nand the long way {examined.faults!r} {examined.value!r}")
        compare_places(text, value, examined.places)
    return True


def compare_places(text: str, value: dict[str, Any], places: Mapping[str, Places]) -> None:
    """Look up every place in the marks of a text; raises AssertionError where the long way says another."""
    marks = marks_of(text, value)
    if marks is None:
        if "\r" not in text:
            raise AssertionError(f"{text!r}\nis accepted, yet has no marks")
        return
    for pointer, place in places.items():
        found = marks.get(pointer)
        ends = not isinstance(find(value, pointer), (dict, list))  # a mapping or list ends where it starts
        same = found and found.key == place.key and found.value[:2] == place.value[:2]
        if not (found and same and (found.value == place.value or not ends)):
            raise AssertionError(f"{text!r}\n{pointer} stands at {found!r}\nand to the long way at {place!r}")


def spoil(seed: int, count: int, texts: Sequence[bytes]) -> Count:
    """Compare `count` spoilt texts."""
    chance = Random(seed)  # noqa: S311 - the same texts for the same seed
    sources = [*texts, *excerpts(chance, texts, 4 * len(texts))]
    accepted = sum(compare(mutated(chance, sources), explain=number % EXPLAINED == 0) for number in range(count))
    return Count(count, accepted, count // EXPLAINED)


def as_they_are(paths: Sequence[Path]) -> Count:
    """Compare files as they are."""
    accepted = sum(compare(path.read_bytes(), explain=number % EXPLAINED == 0) for number, path in enumerate(paths))
    return Count(len(paths), accepted, len(paths) // EXPLAINED)


def main() -> int:
    """Run what the arguments ask for, on all cores; print the counts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--collection", type=Path, help="also compare its records")
    parser.add_argument("--mutations", type=int, default=BATCH)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    records = sorted((PROJECT / "records").glob("*.yaml"))
    hostile = sorted((PROJECT / "tests" / "hostile" / "files").iterdir())
    made = sorted((arguments.collection / "records").iterdir()) if arguments.collection else []
    texts = [path.read_bytes() for path in (*records, *hostile, *made[:200]) if path.stat().st_size < 20_000]
    with Pool() as pool:
        show("records", [as_they_are(records)])
        show("hostile files", [as_they_are(hostile)])
        parts = [made[start : start + BATCH] for start in range(0, len(made), BATCH)]
        show("generated records", pool.map(as_they_are, parts, chunksize=1))
        sizes = [min(BATCH, arguments.mutations - start) for start in range(0, arguments.mutations, BATCH)]
        tasks = [(arguments.seed * 1_000_003 + index, size, texts) for index, size in enumerate(sizes)]
        show("spoilt texts", pool.starmap(spoil, tasks, chunksize=1))
    return 0


def show(what: str, counts: Sequence[Count]) -> None:
    """Print the sum of some counts."""
    tried, accepted, explained = (sum(count[index] for count in counts) for index in range(3))
    if tried:
        print(f"{what}: {tried:,} compared, {accepted:,} accepted ({accepted / tried:.1%}), {explained:,} explained")  # noqa: T201 - a test looks at it


if __name__ == "__main__":
    sys.exit(main())
