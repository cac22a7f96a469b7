"""Which registry a trial's number belongs to, by the letters that it begins with."""

REGISTRIES = ("nct", "isrctn", "drks", "jrct", "actrn", "chictr", "umin", "ctri", "irct", "kct", "pactr")
"""Registries by the letters that their numbers begin with; numbers of digits alone are EudraCT's or CTIS's."""


def registry_of(number: str) -> str:
    """Return the kind, for `examine`, of a trial's registration."""
    start = number.strip().lower()
    for letters in REGISTRIES:
        if start.startswith(letters):
            return letters
    if start[:4].isascii() and start[:4].isdigit() and start.count("-") > 2:  # noqa: PLR2004 - YYYY-5NNNNN-CC-RR
        return "euct"
    return "eudract" if start[:1].isdigit() else "nct"
