"""The bar that is shown while records are judged."""

import io

import pytest

from tallysheet.commands.progress import Bar, left


# How long it will take is told as people say it.
@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0.4, "0 s"), (40, "40 s"), (99.4, "99 s"), (100, "2 min"), (720, "12 min"), (11100, "3 h 5 min")],
)
def test_time_left_is_told_as_people_say_it(seconds: float, told: str) -> None:
    assert left(seconds) == told


# Rate and time left are those of the last looks; the bar is shown after a blink and is gone at the end.
def test_bar_tells_the_recent_rate_and_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("tallysheet.commands.progress.time.monotonic", lambda: now[0])
    stream = io.StringIO()
    bar = Bar(stream)
    for second, done in ((0.2, 1), (1, 10), (10, 1000), (10.05, 1010), (12, 1400), (14, 1800)):
        now[0] = 100 + second
        bar(done, 6000)
    shown = stream.getvalue().split("\r")
    assert shown[1:3] == [
        "[..............................] 10/6,000 records, 10/s, 10 min left\x1b[K",
        "[#####.........................] 1,000/6,000 records, 110/s, 45 s left\x1b[K",
    ]
    assert shown[-1] == "[#########.....................] 1,800/6,000 records, 138/s, 31 s left\x1b[K"
    assert len(shown) == 5
    bar(6000, 6000)
    assert stream.getvalue().endswith("left\x1b[K\r\x1b[K")
    bar.wipe()
    assert stream.getvalue().endswith("left\x1b[K\r\x1b[K")
