"""Authors as they can be compared: family name and first initial, without accents."""

import re
import unicodedata

from tallysheet.collection import Record

NOT_LETTERS = re.compile(r"[^a-z ]+")


def plain_author(name: str) -> str:
    """Return family name and first initial in small letters without accents: `De Benedetti F`, `Müller, H.-J.`."""
    # Casefold makes ss of ß; these two have no accent that could be taken off.
    plain = name.casefold().replace("ø", "o").replace("ł", "l")
    folded = unicodedata.normalize("NFKD", plain)
    bare = "".join(character for character in folded if not unicodedata.combining(character))
    words = NOT_LETTERS.sub(" ", bare.replace("-", " ").replace("'", "")).split()
    if len(words) > 1 and words[-1] in ("jr", "sr", "ii", "iii"):
        words.pop()
    while len(words) > 2 and len(words[-1]) == 1 and len(words[-2]) <= 2:  # noqa: PLR2004 - initials written apart
        words.pop()
    return " ".join([*words[:-1], words[-1][:1]]) if len(words) > 1 else " ".join(words)


def authors_of(record: Record) -> list[str]:
    """Return the authors of a record, in order, as they can be compared; none that is empty."""
    return [name for author in record.value["citation"].get("authors", ()) if (name := plain_author(author))]
