"""What survival, estimates, changes and intervals pass for is what their rules say: near every bound as well."""

import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tallysheet.engine import Engine
from tallysheet.pointers import written
from tallysheet.repository import open_repository
from tallysheet.rules import At, Consistent, NotCheckable

PROJECT = Path(__file__).resolve().parents[1]
ODD = ("NR", "NA", "<1", ">=5", "-3", "about 5", "100", "100.5", "12,5", "007", ".5")
TIMES = ("6 months", "1 year", "12 months", "365 days", "day 100", "baseline", "2 y")


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(open_repository(PROJECT))


def printed(chance: random.Random, value: float, decimals: int | None = None) -> str:
    """Return a figure near a value, now and then one that is no plain number."""
    if chance.random() < 0.03:
        return chance.choice(ODD)
    decimals = chance.choice((0, 0, 1, 2)) if decimals is None else decimals
    digits = max(0, round(value * 10**decimals) + chance.choice((-1, 0, 0, 0, 1)))
    return f"{digits / 10**decimals:.{decimals}f}"


def some(chance: random.Random, share: float, **fields: Any) -> dict[str, Any]:
    """Return some of the fields."""
    return {name: value for name, value in fields.items() if chance.random() < share}


def limits(chance: random.Random, low: float, high: float) -> dict[str, Any]:
    if chance.random() < 0.5:
        return {"lower": printed(chance, low), "upper": printed(chance, high)}
    scaled = [printed(chance, limit / 100, chance.choice((1, 2, 2, 3))) for limit in (low, high)]
    return {"lower": scaled[0], "upper": scaled[1], "scale": "fraction"}


def survival(chance: random.Random) -> dict[str, Any]:
    total = chance.choice((0, 1, 8, 8, 8, 8, 40))
    events, censored = chance.randint(0, min(total, 6)), chance.choice((0, 0, 1, 3))
    left = total - events - chance.choice((0, 0, censored))
    percent = 100 * left / max(total, 1)
    percent = 100 - percent if chance.random() < 0.4 else percent
    block = {"percent": printed(chance, percent), "method": chance.choice(METHODS)}
    block |= some(chance, 0.7, total=total, at=chance.choice(TIMES))
    block |= some(chance, 0.4, events=events, censored=censored, at_risk=max(0, left + chance.choice((-1, 0, 1))))
    return block | some(chance, 0.3, interval=limits(chance, percent, percent))


METHODS = (*["kaplan-meier"] * 8, "cumulative-incidence", "model", "unclear")


def estimate(chance: random.Random) -> dict[str, Any]:
    value = chance.choice((0, 1, 2, 5, 19, 40))
    block: dict[str, Any] = {}
    if chance.random() < 0.8:
        block = {"statistic": chance.choice(("mean", "mean", "median", "value")), "value": printed(chance, value)}
    spread = chance.choice((1, 2, 3, 5))
    block |= some(chance, 0.3, sd=printed(chance, spread), range=span(chance, value, 2), iqr=span(chance, value, 1))
    block |= some(chance, 0.4, se=printed(chance, spread / chance.choice((1, 2, 3, 5))), n=chance.choice((0, 1, 4, 9)))
    block |= some(chance, 0.3, interval={"lower": printed(chance, value), "upper": printed(chance, value)})
    block |= some(chance, 0.3, whole_numbers=chance.choice((True, False)))
    block |= some(chance, 0.6, unit=chance.choice(("years", "days")))
    return block if block.keys() & {"value", "range", "iqr"} else block | {"iqr": span(chance, value, 1)}


def span(chance: random.Random, value: float, width: float) -> dict[str, str]:
    return {"from": printed(chance, max(0, value - width)), "to": printed(chance, value + width)}


def change(chance: random.Random) -> dict[str, Any]:
    before, percent = chance.choice((0, 1, 1, 1, 4, 20)), chance.choice((0, 1, 2, 10, 40, 99))
    sign = chance.choice((-1, 1))
    after = before * (1 + sign * percent / 100)
    block = {"from": printed(chance, before), "to": printed(chance, after), "percent": printed(chance, percent)}
    if before == 1 and chance.random() < 0.6:  # from 0.5 or from 1.5, the change is just half a per cent from another
        just = chance.choice((0.497 + sign * percent / 200, 1.508 + sign * percent * 0.015))
        block = {"from": "1", "to": printed(chance, just, 3), "percent": str(percent)}
    block |= some(chance, 0.6, direction=chance.choice(("decrease", "increase")))
    block |= some(chance, 0.3, statistic=chance.choice(("mean", "value")))
    for name in [one for one in ("from", "to", "percent") if chance.random() < 0.05]:
        del block[name]
    return block if "percent" in block or {"from", "to"} <= block.keys() else block | {"percent": "1"}


def proportion(chance: random.Random) -> dict[str, Any]:
    return {"events": 2, "total": 8, "percent": "25", "interval": limits(chance, 3, 65)}


def record_of(chance: random.Random) -> dict[str, Any]:
    """Return a record whose results are few curves of many times, and estimates, changes and intervals."""
    results: list[dict[str, Any]] = []
    for _ in range(chance.randint(1, 12)):
        block = chance.choice((survival, survival, estimate, change, proportion))
        what = {"outcome": chance.choice((*["survival"] * 5, "death", "age")), "group": chance.choice("aaaaaabc")}
        what |= some(chance, 0.1, label="x")
        results.append({**what, block.__name__: block(chance), "source": {"section": "abstract"}})
    labels = chance.choice((("All", "Aged 18 or older"), ("Adults", "All")))
    return {
        "id": "one",
        "status": "active",
        "kind": "observational",
        "citation": {"title": "T"},
        "groups": [{"id": name, "label": label, "n": n} for name, label, n in zip("ab", labels, (8, 200), strict=True)],
        "results": results,
        "curation": {"extracted": {"by": "A. Reader", "on": "2026-11-23"}},
    } | some(chance, 0.1, decimal_mark="comma")


# Whatever passes at once would have been found to hold, or not to be checkable for the same reason, and nothing else.
@pytest.mark.parametrize("seed", range(4))
def test_what_passes_is_what_its_rule_says(engine: Engine, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - repeatable, no secret
    told: Counter[tuple[str, int | str | None]] = Counter()
    for _ in range(900):
        record = record_of(chance)
        assert engine.accepts(record), record
        led = At("", record, "one")
        for every, block, place in engine.judging.find(record)[0]:
            for rule in [one[0] for (_, rules, _), _ in every for one in rules if one[0].name in REACHED]:
                assert rule.passes
                assert rule.judge
                led.place = chance.choice((place, written(place)))
                told[rule.name, held := rule.passes(block, led)] += 1
                said = [
                    one.reason if isinstance(one, NotCheckable) else type(one)
                    for one in rule.judge(block, At(written(place), record, "one"))
                ]
                if held is not None:
                    assert said == ([held] if isinstance(held, str) else [Consistent] * held), (rule.name, block)
    for name, answers in REACHED.items():
        assert {held for rule, held in told if rule == name} == {*answers, None}
        assert all(told[name, held] > 10 for held in answers), told


REACHED = {
    "survival": (1, 0, "no total", "no events"),
    "estimate": (1, "not reported"),
    "change": (1, "no percentage", "no values to compare"),
    "interval": (0, 1),
}
"""Every answer of a short way."""
