"""A progress bar for work that takes longer than a blink."""

import time
from typing import TextIO

WAIT = 0.5
"""Seconds before the bar is shown: shorter work needs none."""
STEP = 0.1
WIDTH = 30


class Bar:
    """Shows how much is done, at what rate, and how long it will take; gone when the work is."""

    def __init__(self, stream: TextIO, things: str = "records") -> None:
        self.stream = stream
        self.things = things
        self.start = time.monotonic()
        self.next = self.start + WAIT
        self.shown = False

    def __call__(self, done: int, total: int) -> None:
        """Redraw the bar if it is time to; wipe it with the last record."""
        now = time.monotonic()
        if self.shown and done + 1 >= total:
            self.stream.write("\r\x1b[K")
            self.stream.flush()
            self.shown = False
        elif now >= self.next and done + 1 < total:
            rate = done / (now - self.start)
            left = (total - done) / rate if rate else 0
            filled = WIDTH * done // total
            bar = "#" * filled + "." * (WIDTH - filled)
            self.stream.write(f"\r\x1b[K[{bar}] {done:,}/{total:,} {self.things}, {rate:,.0f}/s, {left:,.0f} s left")
            self.stream.flush()
            self.shown = True
            self.next = now + STEP
