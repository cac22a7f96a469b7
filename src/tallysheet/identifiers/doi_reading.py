"""A DOI as it is being read: the text that is left, and what was done to it."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Reading:
    """The text that is left of a string, the lossless `mends` and the `doubts` on the way, in the order of finding.

    `fault` is set where nothing can be read, and ends the reading. `in_uri` holds once the text was part of a URL or
    URI, where percent-encoding belongs; `decoded` once that was undone, and `literal` if it was
    in a URL, so that a `?` or `#` that is there now was meant as such.
    """

    text: str
    mends: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    in_uri: bool = False
    decoded: bool = False
    literal: bool = False
    wrapped: bool = False
    fault: str | None = None

    def mend(self, text: str, reason: str) -> None:
        """Go on with `text`; nothing is lost by it."""
        self.text = text
        self.mends.append(reason)

    def doubt(self, text: str, reason: str) -> None:
        """Go on with `text` as the likely one."""
        self.text = text
        self.doubts.append(reason)
