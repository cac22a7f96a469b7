"""SVG as text: shapes with their colours, a title and a description; every text of a stranger escaped.

Colours stand as attributes, so that a drawing reads well where no style is allowed; `STYLE` turns them for dark
screens, and for screens only, so that print is black on white. Nothing in it is random or loaded from elsewhere.
"""

import re

from tallysheet.report.sinks import svg_text

FONT = "system-ui, -apple-system, 'Segoe UI', 'Liberation Sans', Arial, sans-serif"
PAPER, INK, SOFT, FAINT, MARK = "#ffffff", "#1b1f24", "#57606a", "#d0d7de", "#0b5cad"
STYLE = (
    "@media screen and (prefers-color-scheme: dark) {"
    " .ts-paper { fill: #14171b; } .ts-ink { fill: #e6e9ed; } .ts-soft { fill: #a9b2bd; }"
    " .ts-mark { fill: #6db3ff; } .ts-hollow { fill: #14171b; stroke: #6db3ff; }"
    " .ts-line { stroke: #e6e9ed; } .ts-faint { stroke: #3d444d; } .ts-rule { stroke: #6db3ff; }"
    " .ts-box { fill: #14171b; stroke: #a9b2bd; } .ts-band { fill: #23405f; } }"
)
_FILLS = {"ink": INK, "soft": SOFT, "mark": MARK}
_STROKES = {"line": INK, "faint": FAINT, "rule": MARK}
SIZE = 13.0
"""Of letters, in pixels, unless a text says otherwise."""
_WIDE = 0.56
"""Mean width of a letter, in sizes of the font."""


def number(value: float) -> str:
    """Return a coordinate: to one decimal, without a trailing zero."""
    rounded = round(value, 1) + 0.0  # no minus before a zero
    return f"{rounded:.1f}".removesuffix(".0")


def cut(text: str, width: float, size: float = 13) -> str:
    """Return the beginning of a text, as far as it fits into a width in pixels."""
    room = int(width / (size * _WIDE))
    return text if len(text) <= room else text[: max(room - 1, 0)] + "…"


class Drawing:
    """Shapes on a sheet of a given width; the height is told at the end."""

    def __init__(self, width: float) -> None:
        self.width = width
        self.parts: list[str] = []

    def text(  # noqa: PLR0913 - what a text has
        self,
        x: float,
        y: float,
        text: str,
        *,
        fill: str = "ink",
        anchor: str = "",
        size: float = 13,
        weight: str = "",
        turn: float = 0,
    ) -> None:
        """Write a text: `anchor` is middle or end, `turn` in degrees about its start."""
        more = f' text-anchor="{anchor}"' if anchor else ""
        more += f' font-weight="{weight}"' if weight else ""
        more += f' font-size="{number(size)}"' if size != SIZE else ""
        more += f' transform="rotate({number(turn)} {number(x)} {number(y)})"' if turn else ""
        self.parts.append(
            f'<text class="ts-{fill}" fill="{_FILLS[fill]}"'
            f' x="{number(x)}" y="{number(y)}"{more}>{svg_text(text)}</text>'
        )

    def line(  # noqa: PLR0913 - what a line has
        self, x1: float, y1: float, x2: float, y2: float, *, stroke: str = "line", width: float = 1, dash: str = ""
    ) -> None:
        """Draw a line."""
        more = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<line class="ts-{stroke}" stroke="{_STROKES[stroke]}" stroke-width="{number(width)}"'
            f' x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"{more}/>'
        )

    def square(self, x: float, y: float, side: float, *, hollow: bool = False) -> None:
        """Draw a square about a point."""
        look = f'class="ts-hollow" fill="{PAPER}" stroke="{MARK}"' if hollow else f'class="ts-mark" fill="{MARK}"'
        half, size = side / 2, f'width="{number(side)}" height="{number(side)}"'
        self.parts.append(f'<rect {look} x="{number(x - half)}" y="{number(y - half)}" {size}/>')

    def circle(self, x: float, y: float, radius: float, *, hollow: bool = False) -> None:
        """Draw a disc, or a ring."""
        look = f'class="ts-hollow" fill="{PAPER}" stroke="{MARK}"' if hollow else f'class="ts-mark" fill="{MARK}"'
        more = ' stroke-dasharray="3 2"' if hollow else ""
        self.parts.append(f'<circle {look} cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"{more}/>')

    def diamond(self, left: float, middle: float, right: float, y: float, half: float = 6) -> None:
        """Draw a diamond from `left` to `right`, highest at `middle`."""
        points = ((left, y), (middle, y - half), (right, y), (middle, y + half))
        shown = " ".join(f"{number(x)},{number(height)}" for x, height in points)
        self.parts.append(f'<polygon class="ts-mark" fill="{MARK}" points="{shown}"/>')

    def box(self, x: float, y: float, width: float, height: float, *, dash: str = "") -> None:
        """Draw a box."""
        more = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<rect class="ts-box" fill="{PAPER}" stroke="{SOFT}" x="{number(x)}" y="{number(y)}"'
            f' width="{number(width)}" height="{number(height)}" rx="3"{more}/>'
        )

    def band(self, x: float, y: float, width: float, height: float) -> None:
        """Draw a filled band."""
        self.parts.append(
            f'<rect class="ts-band" fill="#cfe3f7" x="{number(x)}" y="{number(y)}"'
            f' width="{number(width)}" height="{number(height)}" rx="3"/>'
        )

    def arrow(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """Draw an arrow straight down, to the right or to the left."""
        self.line(x1, y1, x2, y2)
        if y2 > y1:
            back = ((x2 - 4, y2 - 6), (x2 + 4, y2 - 6))
        else:
            tail = x2 - 6 if x2 > x1 else x2 + 6
            back = ((tail, y2 - 4), (tail, y2 + 4))
        shown = " ".join(f"{number(x)},{number(y)}" for x, y in ((x2, y2), *back))
        self.parts.append(f'<polygon class="ts-ink" fill="{INK}" points="{shown}"/>')

    def render(self, height: float, name: str, title: str, description: str, *, style: bool = True) -> str:
        """Return the drawing as an SVG document of its own, which may also stand in a page.

        `name` begins the ids of title and description and has to be the only one of a page; `style` is false where the
        page brings `STYLE`.
        """
        width, tall = number(self.width), number(height)
        name = re.sub("[^A-Za-z0-9-]+", "-", name)
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{tall}" viewBox="0 0 {width} {tall}"'
            f' role="img" aria-labelledby="{name}-title {name}-desc"'
            f' font-family="{FONT}" font-size="{number(SIZE)}">'
        )
        parts = [
            head,
            f'<title id="{name}-title">{svg_text(title)}</title>',
            f'<desc id="{name}-desc">{svg_text(description)}</desc>',
            *([f"<style>{STYLE}</style>"] if style else []),
            f'<rect class="ts-paper" fill="{PAPER}" width="{width}" height="{tall}"/>',
            *self.parts,
            "</svg>",
        ]
        return "\n".join(parts) + "\n"
