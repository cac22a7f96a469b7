"""Why nothing can be judged."""


class Unusable(Exception):  # noqa: N818 - says what the repository is
    """Why nothing can be judged: wrong usage, settings, schema or rules, or no such commit; one line each."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines
