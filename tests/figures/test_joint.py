"""All equations of a record together: what they settle, what can't hold, and what would mend it."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tallysheet.figures import Printed, read_printed
from tallysheet.figures.equations import Equation, printed_count, printed_share, printed_sum
from tallysheet.figures.joint import UndecidedError, can_hold, conflict, solve
from tallysheet.figures.repairs import find_repairs

PARTS = ("familial", "mas", "malignancy", "infection", "car-t", "other")
SIZES = (11, 12, 25, 22, 11, 5)
PERCENTS = ("100", "91.7", "24", "72.7", "90.9", "80")


def figure(text: str) -> Printed:
    printed = read_printed(text)
    assert isinstance(printed, Printed)
    return printed


def scoping_review(sizes: tuple[int, ...] = SIZES) -> list[Equation]:
    groups = [printed_count(name, size) for name, size in zip(PARTS, sizes, strict=True)]
    shares = [
        printed_share(f"{name} responders", name, figure(percent))
        for name, percent in zip(PARTS, PERCENTS, strict=True)
    ]
    responders = printed_sum("responders", [f"{name} responders" for name in PARTS])
    return [printed_count("all", 86), *groups, printed_sum("all", PARTS), *shares, responders]


# Counts that are not printed are derived where one value alone fits.
def test_counts_that_are_not_printed_are_derived() -> None:
    solution = solve(scoping_review())
    derived = solution.derived(["all", *PARTS])
    assert solution.verdict == "consistent"
    assert {
        "responders": 58,
        **dict(zip((f"{name} responders" for name in PARTS), (11, 11, 6, 16, 10, 4), strict=True)),
    } == derived


# A group that is not printed follows from its partition.
def test_a_missing_group_follows_from_its_partition() -> None:
    equations = [equation for equation in scoping_review() if equation.name != "infection"]
    assert solve(equations).bounds["infection"] == (22, 22)


# Figures that agree two by two, but not together, are found, with the smallest set of them.
def test_the_smallest_set_that_cannot_hold_is_named() -> None:
    equations = [
        printed_count("women", 10),
        printed_count("men", 10),
        printed_count("all", 21),
        printed_count("treated", 5),
        printed_sum("all", ["women", "men"]),
        printed_sum("all", ["treated"], "overlapping"),
    ]
    solution = solve(equations)
    assert solution.verdict == "inconsistent"
    assert [equation.label for equation in solution.conflict] == [
        "women = 10",
        "men = 10",
        "all = 21",
        "women + men = all",
    ]


# Percentages whose counts can't add up are found though each fits a count, and 17 + 17 may well round to 35.
def test_percentages_whose_counts_cannot_add_up_are_found() -> None:
    equations = [
        printed_count("n", 60),
        printed_sum("overall", ["complete", "partial"]),
        printed_share("complete", "n", figure("17")),
        printed_share("partial", "n", figure("17")),
        printed_share("overall", "n", figure("35")),
    ]
    found = solve(equations)
    assert found.verdict == "inconsistent"
    assert len(found.conflict) == 5
    assert not solve(equations[:-1]).conflict


# Every member of a conflict is needed: without any one of them the others hold.
def test_every_member_of_a_conflict_is_needed() -> None:
    members = conflict(scoping_review((11, 12, 25, 22, 11, 6)))
    assert members
    for left_out in members:
        assert can_hold([equation for equation in members if equation is not left_out])


SMALL = some.integers(0, 7)


@some.composite
def systems(draw: some.DrawFn) -> list[Equation]:
    """Draw a few figures of small groups: a whole, three parts, percentages, and some printed counts."""
    relation = draw(some.sampled_from(["partition", "exclusive", "overlapping", "nested"]))
    equations = [printed_count("n", draw(SMALL)), printed_sum("n", ["a", "b", "c"], relation, 0)]  # type: ignore[arg-type]
    equations += [printed_count(name, draw(SMALL)) for name in sorted(draw(some.sets(some.sampled_from("abc"))))]
    for _ in range(draw(some.integers(0, 3))):
        events, total = draw(some.sampled_from([("a", "n"), ("b", "n"), ("a", "b"), ("c", "a"), ("b", "c")]))
        text = draw(some.sampled_from(["0", "14", "17", "33", "33.3", "40", "50", "67", "100", "<20", ">50", "20-50"]))
        equations.append(printed_share(events, total, figure(text)))
    return equations


def enumerated(equations: list[Equation]) -> list[dict[str, int]]:
    found = []
    for values in product(range(8), repeat=4):
        point = dict(zip("nabc", values, strict=True))
        sums = ((row, sum(c * point[name] for name, c in row.terms)) for one in equations for row in one.rows)
        if all((row.low is None or row.low <= it) and (row.high is None or it <= row.high) for row, it in sums):
            found.append(point)
    return found


# For small records the joint test is what enumeration finds: whether they hold, and each figure's least and most.
@given(systems())
@settings(deadline=None)
def test_the_joint_test_is_what_enumeration_finds(equations: list[Equation]) -> None:
    points = enumerated(equations)
    solution = solve(equations)
    assert ("consistent" if points else "inconsistent") == solution.verdict
    for name, bounds in solution.bounds.items():
        values = [point[name] for point in points]
        assert (min(values), max(values)) == bounds


# A record that would take too long is not judged, and never a pass.
def test_a_record_that_takes_too_long_is_not_judged() -> None:
    names = [f"x{place}" for place in range(4)]
    endless = [printed_sum(names[place], [names[(place + 1) % 4]], "exclusive", 1) for place in range(4)]
    assert solve(endless).verdict == "not_testable"
    with pytest.raises(UndecidedError):
        can_hold(endless)


# A repair is a single change after which everything holds, the likeliest first.
def test_repairs_are_single_changes_that_settle_everything() -> None:
    broken = scoping_review((11, 12, 52, 22, 11, 5))
    repairs = find_repairs(broken)
    assert repairs[0].message == "did you mean malignancy = 25 instead of 52 (two digits swapped)?"
    for repair in repairs:
        mended = [printed_count(repair.name, repair.meant) if one.name == repair.name else one for one in broken]
        assert can_hold(mended)
    assert find_repairs(scoping_review()) == ()


# The value of the neighbouring row is recognised as such.
def test_the_value_of_a_neighbouring_row_is_recognised() -> None:
    equations = [
        printed_count("first", 40),
        printed_count("second", 40),
        printed_count("third", 31),
        printed_count("all", 88),
        printed_sum("all", ["first", "second", "third"]),
    ]
    named = {(repair.name, repair.meant): repair.error for repair in find_repairs(equations)}
    assert named["second", 17] == "the value of a neighbouring row"


# An approximate figure binds nothing but events to total.
def test_an_approximate_figure_binds_nothing() -> None:
    equations = [printed_count("n", 20), printed_share("k", "n", figure("~50%"))]
    assert solve(equations).bounds["k"] == (0, 20)
