"""Every figure of a record stands in the quote that it was read from.

Why. Figures are copied by hand, and many a number is in no equation: only the source itself can say that 10 of 34 is
right. Entering the figure and, beside it, the fragment that carries it is double entry: a slip in either shows.

How to fix. Copy from the publication just the fragment with the figures, letter by letter, no sentence: `6 of 25`, or
`17 of 27 … 63%` where words lie between. Digits stay as they are printed (24 is not 24.0). A total that is the
group's n need not stand in the quote of a result; the group's own source carries it.

Limits. Numbers in words are understood in English from one to ninety-nine. Whether the fragment itself is in the
publication nobody can tell without the publication. Option `required` (false): a figure without a quote is an error,
not only said to be not checkable.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tallysheet.groups import groups_of
from tallysheet.placeholders import is_placeholder
from tallysheet.pointers import pointer
from tallysheet.rows import rows_of
from tallysheet.rules import Answer, At, NotCheckable, Problem
from tallysheet.words import counted

SCOPE = "publication"
SEVERITY = "error"
WAIVABLE = True
DEFERS = True
READS = ("groups", "results", "flow")
OPTIONS = {"required": {"type": "boolean", "default": False}}

# Those that are texts are compiled when first used: `passes` does without them.
NUMBER = re.compile(r"[0-9]+(?:[.,·\u2009\u202f][0-9]+)*")
THOUSANDS = r"[0-9]{1,3}(?:[,\u2009\u202f][0-9]{3})+"
ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
SMALL = [*ONES.split(), "eighteen", "nineteen"]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORDS = {word: str(number) for number, word in enumerate(SMALL)} | {"no": "0", "none": "0", "nobody": "0"}
WORDS |= {tens: str(20 + 10 * index) for index, tens in enumerate(TENS)}
WORDS |= {f"{t} {SMALL[one]}": str(20 + 10 * i + one) for i, t in enumerate(TENS) for one in range(1, 10)}
WORD = (
    rf"\b(?:(?:{'|'.join(TENS)})[- ](?:{'|'.join(SMALL[1:10])})|{'|'.join((*TENS, *SMALL, 'no', 'none', 'nobody'))})\b"
)
"""A number in words: thirty-one as one number, never as thirty and one."""
OUT_OF = r"(?<![0-9.,])([0-9]{1,9}) ?(?:of|out of|/) ?(?:the )?([0-9]{1,9})(?![0-9]|[.,][0-9])"
BEGINS = re.compile(r"([0-9]{1,9}) ?(?:of|/) ?([0-9]{1,9})(?:[ ;)]|$|,(?![0-9]))")
"""The commonest way to begin a quote, of which OUT_OF surely finds the same."""
MARKS = re.compile("[,\u2009\u202f]")
NOTHING: Mapping[str, Any] = {}
SKIPPED = frozenset(
    ("unit", "level", "basis", "method", "scale", "test", "sides", "statistic", "direction", "measure", "at")
)
"""Fields of a block whose value is a word of ours, or is no figure of the result."""
MOST = 3
"""Of so many numbers for each figure, and so many more, a quote is no longer a fragment that carries it."""
RESULT = 2
"""Figures stand in a block of a result, deeper than the result's own words: /results/0 has two steps."""


def passes(record: dict[str, Any], at: At) -> int | None:
    """Accept a record in which every quote plainly carries its figures."""
    if (flow := record.get("flow")) and not carries(flow, counts_of(flow), at.comma):
        return None
    groups = record.get("groups", []) if record.get("kind") != "case-report" else []
    return 0 if carries_all(groups, record.get("results", []), at.once(rows_of).sizes, SKIPPED, at.comma) else None


def check(record: dict[str, Any], at: At) -> Iterator[Answer]:
    """Compare every figure of groups, results and flow with the quote beside it."""
    sizes = {name: group.n for name, group in at.once(groups_of).items()}
    # The one patient of a case report is seldom counted in words; the schema holds the group to 1.
    for index, group in enumerate(record.get("groups", ()) if record.get("kind") != "case-report" else ()):
        boxes = group.get("disposition", {})
        if carries(group, [group["n"], *boxes.values()], at.comma):
            continue
        counts = [(pointer("groups", index, "n"), "n", group["n"])]
        counts += [(pointer("groups", index, "disposition", name), name, count) for name, count in boxes.items()]
        yield from compare(group, counts, at)
    for index, result in enumerate(record.get("results", ())):
        size = sizes.get(result["group"])
        if carries_result(result, size, SKIPPED, at.comma):
            continue
        yield from compare(result, list(figures_of(result, pointer("results", index), size)), at)
        yield from compare_total(result, pointer("results", index, "proportion", "total"))
    if (flow := record.get("flow")) and not carries(flow, counts_of(flow), at.comma):
        counts = [(pointer("flow", name), name, value) for name, value in flow.items() if name != "source"]
        yield from compare(flow, counts, at)


def counts_of(flow: Mapping[str, Any]) -> list[int]:
    """Return what stands in the boxes of a flow."""
    return [count for name, count in flow.items() if name != "source"]


def carries_in_python(owner: Mapping[str, Any], figures: list[Any], comma: bool) -> bool:  # noqa: ARG001, FBT001 - as compiled
    """Tell whether the owner's quote surely carries the figures, in digits, and not too many others: most do."""
    quote = owner.get("source", NOTHING).get("quote")
    if quote is None or MARKS.search(quote):
        return False
    numbers = NUMBER.findall(quote)
    for figure in figures:
        if str(figure) not in numbers:
            return False
    # The shortest number in words is "no", and something stands between two of them.
    return len(numbers) + (len(quote) + 1) // 3 <= MOST * len(figures) + MOST


def carries_total(result: Mapping[str, Any]) -> bool:
    """Tell whether the quote surely says no other total: it begins with events and total, or with no such thing."""
    proportion = result.get("proportion")
    if proportion is None or (events := proportion.get("events")) is None:
        return True
    quote = result["source"]["quote"]
    if "of" not in quote and "/" not in quote:
        return True
    pair = BEGINS.match(quote)
    return pair is not None and int(pair[1]) == events and int(pair[2]) == proportion.get("total")


def carries_result_in_python(
    result: Mapping[str, Any],
    size: int | None,
    skipped: frozenset[str],  # noqa: ARG001 - as compiled
    comma: bool,  # noqa: FBT001 - the same
) -> bool:
    """Tell whether a result's quote surely carries all its figures, and says no other total."""
    return carries_in_python(result, values_of(result, size), comma) and carries_total(result)


def carries_all_in_python(
    groups: list[Any],
    results: list[Any],
    sizes: Mapping[str, int],
    skipped: frozenset[str],
    comma: bool,  # noqa: FBT001 - as compiled
) -> bool:
    """Tell whether each quote of groups and results surely carries what stands beside it."""
    return all(
        carries_in_python(group, [group["n"], *group.get("disposition", NOTHING).values()], comma) for group in groups
    ) and all(carries_result_in_python(result, sizes.get(result["group"]), skipped, comma) for result in results)


try:
    from tallysheet._plainly import carries, carries_all, carries_result
except ImportError:  # installed without a compiler
    carries, carries_all, carries_result = carries_in_python, carries_all_in_python, carries_result_in_python


def values_of(block: Mapping[str, Any], size: int | None, *, inside: bool = False) -> list[Any]:
    """Return the figures that `figures_of` yields, without their places."""
    found = []
    for name, value in block.items():
        if type(value) is dict:
            if name != "source":
                found += values_of(value, size, inside=True)
        elif not inside or (name in ("total", "n") and value == size and "basis" not in block):
            continue
        elif name not in SKIPPED and is_figure(value):
            found.append(value)
    return found


def figures_of(block: Mapping[str, Any], where: str, size: int | None) -> Iterator[tuple[str, str, int | str]]:
    """Yield the figures of a result with their places, but for a total that is the group's n."""
    for name, value in block.items():
        place = where + pointer(name)
        if isinstance(value, dict) and name != "source":
            yield from figures_of(value, place, size)
        elif name in ("total", "n") and "basis" not in block and value == size:
            continue  # the group's n has a quote of its own
        elif name not in SKIPPED and where.count("/") > RESULT and is_figure(value):
            yield place, name, value


def is_figure(value: Any) -> bool:
    """Tell whether a value is a count, or a text with a number in it."""
    if isinstance(value, str):
        return "0" <= value[:1] <= "9" or NUMBER.search(value) is not None
    return isinstance(value, int) and not isinstance(value, bool)


def compare(owner: Mapping[str, Any], figures: list[tuple[str, str, int | str]], at: At) -> Iterator[Answer]:
    """Yield a problem for each figure that the owner's quote does not carry."""
    quote = owner.get("source", {}).get("quote")
    if quote is None:
        for place, name, value in figures:
            if at.options["required"]:
                yield Problem(place, f"{name} {value} has no quote", 'add quote: "..." to its source')
            else:
                yield NotCheckable(place, "no quote")
        return
    if is_placeholder(quote):
        return
    carried = numbers_in(quote, decimal_comma=at.comma)
    if len(carried) > MOST * max(len(figures), 1) + MOST:
        place = figures[0][0] if figures else at.pointer
        message = f"the quote carries {len(carried)} numbers for {counted(len(figures), 'figure')}"
        yield Problem(place, message, "quote only the fragment that carries the figures")
    for place, name, value in figures:
        wanted = NUMBER.findall(str(value))
        if not all(number in carried for number in wanted):
            message = f'{name} is {value}, which the quote "{quote}" does not carry'
            yield Problem(place, message, "compare both with the publication: one of them was copied wrongly")


def compare_total(result: Mapping[str, Any], place: str) -> Iterator[Answer]:
    """Yield a problem where the quote says "31 of 45" and the record 31 of 46."""
    quote, proportion = result.get("source", {}).get("quote", ""), result.get("proportion", {})
    events, total = proportion.get("events"), proportion.get("total")
    said = {int(found[2]) for found in re.finditer(OUT_OF, quote) if events is not None and int(found[1]) == events}
    if said and total not in said:
        message = f'total is {total}, but the quote "{quote}" says {events} of {min(said)}'
        yield Problem(place, message, "compare both with the publication: one of them was copied wrongly")


def numbers_in(quote: str, *, decimal_comma: bool = False) -> set[str]:
    """Return the numbers of a quote as their digits; those in words and without thousands marks too."""
    found: set[str] = set()
    for number in NUMBER.findall(quote):
        found.add(number)
        if re.fullmatch(THOUSANDS, number):
            found.add(re.sub("[^0-9]", "", number))
        elif not decimal_comma:  # two numbers, as the quartiles in (7,12)
            found.update(number.split(","))
    return found | {WORDS[word.replace("-", " ")] for word in re.findall(WORD, quote.lower())}
