"""A progress bar for work that takes longer than a blink."""

import time
from typing import TextIO

WAIT = 0.5
"""Seconds before the bar is shown: shorter work needs none."""
STEP = 0.1
RECENT = 5.0
"""Seconds that the rate is told of: what comes next is more like what came last than like the first records."""
WIDTH = 30


class Bar:
    """Shows how much is done, at what rate, and how long it will take; gone when the work is."""

    def __init__(self, stream: TextIO, things: str = "records") -> None:
        self.stream = stream
        self.things = things
        self.start = time.monotonic()
        self.next = self.start + WAIT
        self.shown = False
        self.seen: list[tuple[float, int]] = [(self.start, 0)]
        """When how many were done, over the last seconds."""

    def __call__(self, done: int, total: int) -> None:
        """Redraw the bar if it is time to; wipe it when all is done."""
        if done >= total:
            self.wipe()
            return
        now = time.monotonic()
        if now < self.next:
            return
        self.seen.append((now, done))
        while len(self.seen) > 2 and self.seen[1][0] < now - RECENT:  # noqa: PLR2004 - a rate needs two
            del self.seen[0]
        since, before = self.seen[0]
        rate = (done - before) / (now - since) if now > since else 0
        filled = WIDTH * done // total
        bar = "#" * filled + "." * (WIDTH - filled)
        time_left = left((total - done) / rate) if rate else "?"
        words = f"[{bar}] {done:,}/{total:,} {self.things}, {rate:,.0f}/s, {time_left} left"
        self.stream.write(f"\r{words}\x1b[K")
        self.stream.flush()
        self.shown = True
        self.next = now + STEP

    def wipe(self) -> None:
        """Take the bar away."""
        if self.shown:
            self.stream.write("\r\x1b[K")
            self.stream.flush()
            self.shown = False


def left(seconds: float) -> str:
    """Return a time as people say it: `40 s`, `12 min`, `3 h 5 min`."""
    minutes = round(seconds / 60)
    if seconds < 100:  # noqa: PLR2004 - longer is easier in minutes
        return f"{seconds:.0f} s"
    return f"{minutes} min" if minutes < 100 else f"{minutes // 60} h {minutes % 60} min"  # noqa: PLR2004 - the same
