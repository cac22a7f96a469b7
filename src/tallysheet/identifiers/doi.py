"""DOIs, as ISO 26324 defines them and as reference lists write them.

A DOI is a prefix (`10.` and a registrant's number, which may be divided by further dots), a slash, and a suffix of any
printable characters. It is compared without regard to the case of ASCII letters and of no others. The canonical form
here is the bare name in ASCII lower case: no resolver, no label, no percent-encoding.
"""

import re

from .doi_forms import find_breach
from .verdict import Verdict

# What most DOIs look like: letters, then digits in groups, perhaps a last letter. Whatever is glued to a DOI has
# letters behind its digits, so that a match leaves little to doubt: the prefix, the words below, the series. Two series
# that have letters there are common enough: an ISSN that ends in x (Taylor & Francis), EULAR's abstracts.
_PLAIN = re.compile(
    r"(10\.[1-9][0-9]{3,4})/((?:[a-z]|\.(?=[a-z])){0,40})"
    r"((?:(?:[0-9]{7}x|-[0-9]{4}-eular)\.(?=[0-9]))?(?:[0-9]|[.-](?=[0-9])){1,60}(?:[.-]?[a-z])?)",
    re.ASCII,
)
_ODD_PREFIXES = frozenset(
    {"10.5555", "10.1234", "10.12345", "10.9999", "10.55555", "10.13039", "10.1101", "10.48550", "10.64898"}
)
_ODD_WORDS = re.compile(
    "pm(?:c|id)|pub|www|xxx|http|doi|acc|retr|view|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}$"
)
WELL_FORMED = "is a DOI in canonical form"


def examine_doi(raw: str) -> Verdict:
    """Return what a string is worth as a DOI."""
    plain = _PLAIN.fullmatch(raw)
    if plain is not None:
        prefix, word, rest = plain.groups()
        if (
            prefix not in _ODD_PREFIXES
            and not _ODD_WORDS.search(word)
            and "00000000" not in rest
            and find_breach(prefix, word + rest) is None
        ):
            return Verdict("canonical", raw, None, WELL_FORMED)
    # Only an odd DOI needs the patterns for what may be odd about it.
    from .doi_examination import examine_closely  # a record with plain DOIs never pays for it

    return examine_closely(raw)
