"""A DOI as it is being read: the text that is left, and what was done to it."""


class Reading:
    """The text that is left of a string, the lossless `mends` and the `doubts` on the way, in the order of finding.

    `fault` is set where nothing can be read, and ends the reading. `in_uri` holds once the text was part of a URL or
    URI, where percent-encoding belongs; `decoded` once that was undone, and `literal` if it was
    in a URL, so that a `?` or `#` that is there now was meant as such.
    """

    __slots__ = ("decoded", "doubts", "fault", "in_uri", "literal", "mends", "text", "wrapped")

    def __init__(self, text: str) -> None:
        self.text = text
        self.mends: list[str] = []
        self.doubts: list[str] = []
        self.in_uri = False
        self.decoded = False
        self.literal = False
        self.wrapped = False
        self.fault: str | None = None

    def mend(self, text: str, reason: str) -> None:
        """Go on with `text`; nothing is lost by it."""
        self.text = text
        self.mends.append(reason)

    def doubt(self, text: str, reason: str) -> None:
        """Go on with `text` as the likely one."""
        self.text = text
        self.doubts.append(reason)
