"""Whatever is wrong with a record, fix and fmt are idempotent, add no finding, change no figure and lose no comment."""

import random
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tallysheet.engine import Engine
from tallysheet.fixes import Mended, form, mend
from tallysheet.fixes.mending import sorted_deeply
from tallysheet.reader import read

PROJECT = Path(__file__).resolve().parents[2]
RECORDS = sorted((PROJECT / "records").glob("*.yaml"))
LINE = "# yaml-language-server: $schema=../schema/publication.schema.json"


def fix(engine: Engine, path: str, data: bytes) -> Mended:
    return mend(engine, path, data, LINE)


BOTH = pytest.mark.parametrize("make", [fix, form])


def with_marks(chance: random.Random, text: str) -> str:
    """Return a text with one of the faults that people and editors make in values and at the ends of lines."""
    kind = chance.randrange(9)
    if kind == 0:
        return unicodedata.normalize("NFD", text)
    if kind == 1:
        return text.replace("10.1", chance.choice(["https://doi.org/10.1", "DOI:10.1", "10.l"]), 1)
    if kind == 2:
        return text.rstrip("\n") + chance.choice(["", "\n\n", " \n", "\n# the end"])
    pattern, edit = [
        (r'"([-0-9.]+)"', r"\1"),
        (r"(?<=n: )(\d+)", r'"\1"'),
        (r"(?<=total: )(\d+)", r"'\1'"),
        (r"$", "  "),
        (r"(?<=: )[a-z]+$", "no"),
        (r".", chance.choice(["\t", '"', "{", "\u200b", "\xa0", "7", "", "&a ", "'"])),
    ][kind - 3]
    spots = list(re.finditer(pattern, text, re.MULTILINE))
    for spot in chance.sample(spots, min(len(spots), chance.choice([1, 1, 3, 1000 if kind < 7 else 1]))):
        """Chosen on the text as it was; each is made once, wherever it stands by then."""
        text = text.replace(spot.group(), spot.expand(edit), 1) if spot.group() else text + edit
    return text


def with_lines(chance: random.Random, text: str) -> str:
    """Return a text with a line deleted, doubled, moved, commented on or parted from the others."""
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    indent = re.match(" *", lines[at])
    kind = chance.choice([0, 1, 2, 3, 3, 3, 4, 4, 5, 5, 6])
    if kind == 0:
        del lines[at]
    elif kind == 1:
        lines.insert(at, lines[at])
    elif kind == 2:
        lines.insert(chance.randrange(len(lines)), lines.pop(at))
    elif kind == 3:
        blanks = " " * max(0, (len(indent[0]) if indent else 0) + chance.choice([-2, -1, 0, 0, 0, 1, 2, 4]))
        lines.insert(at, f"{blanks}# remark {chance.randrange(1000)}")
    elif kind == 4:
        lines[at] += f" # at the end {chance.randrange(1000)}"
    elif kind == 5:
        lines.insert(at, "")
    else:
        lines[at] = " " * chance.choice([1, 2]) + lines[at]
    return "\n".join(lines)


def shuffled(chance: random.Random, text: str) -> str:
    """Return a text with fields on neighbouring lines, or in braces, in another order."""
    lines = text.split("\n")
    for at, line in enumerate(lines[:-1]):
        one, other = (re.match(r"( *)(- )?(\w+: .+)", each) for each in lines[at : at + 2])
        if one and other and not other[2] and chance.random() < 0.3:
            lines[at], lines[at + 1] = one[1] + (one[2] or "") + other[3], other[1] + one[3]
        if (braces := re.search(r"\{([^{}]+)\}", line)) and chance.random() < 0.3 and lines[at] == line:
            parts = re.split(r", (?=\w+: )", braces[1])
            chance.shuffle(parts)
            lines[at] = line[: braces.start(1)] + ", ".join(parts) + line[braces.end(1) :]
    return "\n".join(lines)


DAMAGES: list[Callable[[random.Random, str], str]] = [with_marks, with_lines, with_lines, shuffled, shuffled]


def damaged(seed: int) -> tuple[str, bytes]:
    """Return the path and the bytes of a real record after some random damage."""
    chance = random.Random(seed)  # noqa: S311 - chosen so that it comes again
    source = chance.choice(RECORDS)
    text = source.read_text(encoding="utf-8")
    for _ in range(chance.randint(1, 6)):
        text = chance.choice(DAMAGES)(chance, text)
    text = chance.choice([text, text, text, text.replace("\n", "\r\n"), text.replace("\n", "\r")])
    return f"records/{source.name}", (chance.choice(["", "", "\ufeff"]) + text).encode()


def comments(text: str) -> Counter[str]:
    """Return what stands behind each `#` that may begin a comment, but for the schema line."""
    lines = unicodedata.normalize("NFC", text).split("\n")
    found = (re.search(r"(?:^|(?<=[ \t\ufeff]))#.*", line) for line in lines)
    return Counter(one[0].rstrip() for one in found if one and not one[0].startswith(LINE[:20]))


def characters(text: str) -> Counter[str]:
    """Return how often each character stands in a text, but for those that a mend may add or take away."""
    return Counter(re.sub(r"[\s\"'\ufeff]", "", unicodedata.normalize("NFC", text)))


def figures(value: Any, place: str = "") -> dict[str, str]:
    """Return the digits of each value by its pointer, but for identifiers."""
    if isinstance(value, (dict, list)):
        inner = value.items() if isinstance(value, dict) else enumerate(value)
        return {at: run for key, one in inner for at, run in figures(one, f"{place}/{key}").items()}
    return {} if place.startswith("/identifiers/") else {place: "".join(re.findall(r"[0-9]+", str(value)))}


# Whatever is wrong with a record: the same the second time, no finding more, the same figures, every comment kept.
@BOTH
@pytest.mark.parametrize("seed", range(150))
def test_damaged_records_are_mended_safely(engine: Engine, make: Callable[..., Mended], seed: int) -> None:
    path, data = damaged(seed)
    made = make(engine, path, data)
    if made.data is None:
        return
    again = make(engine, path, made.data)
    assert (again.data, again.why) == (None, None)
    assert len(engine.judge(path, made.data).findings) <= len(engine.judge(path, data).findings)
    before, after = re.sub("\r\n?", "\n", data.decode()), made.data.decode()
    assert not re.search("[\r\ufeff]", after)
    assert comments(before) == comments(after)
    was, now = read(before.removeprefix("\ufeff").encode()).value, read(made.data).value
    assert figures(now) == figures(now if was is None else was)
    if make is form:
        assert characters(before) == characters(after)
        assert was is None or sorted_deeply(was) == sorted_deeply(now)
    lost = characters(before.replace(LINE, "")) - characters(after)
    assert "".join(lost) == "" or "identifiers" in before


# Most damaged records are mended, and many put in order, or the test above would show nothing.
def test_damaged_records_are_mostly_mended(engine: Engine) -> None:
    done = [form(engine, *damaged(seed)) for seed in range(100)]
    assert sum(made.data is not None for made in done) > 30
    assert sum(bool(made.doubts) for made in done) > 2


# The real records are in form and in order, and stay so.
@BOTH
@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_real_records_are_in_order(engine: Engine, make: Callable[..., Mended], path: Path) -> None:
    assert make(engine, f"records/{path.name}", path.read_bytes()) == Mended()
