"""DOIs, as ISO 26324 defines them and as reference lists write them.

A DOI is a prefix (`10.` and a registrant's number, which may be divided by further dots), a slash, and a suffix of any
printable characters. It is compared without regard to the case of ASCII letters and of no others. The canonical form
here is the bare name in ASCII lower case: no resolver, no label, no percent-encoding.
"""

import re

from .verdict import Verdict

# What most DOIs look like; it leaves out everything that could be a doubt, so that a match needs no further look.
# A run of letters, digits and single dots and hyphens, or the like with a slash.
_PLAIN = re.compile(
    r"10\.(?!(?:5555|1234|9999|1371|1101|1007|1186|1038)/)[1-9][0-9]{3,4}/"
    r"(?![^/]*(?:\.\.|--|x\.pdf|pmid|pmc[0-9]|www|http|xxx|epub|full|abstract|accessed|publi|pdf|htm|doi))"
    r"[a-z0-9][a-z0-9.-]{1,62}[a-z0-9]",
    re.ASCII,
)
_WELL_FORMED = "is a DOI in canonical form"


def examine_doi(raw: str) -> Verdict:
    """Return what a string is worth as a DOI."""
    if _PLAIN.fullmatch(raw):
        return Verdict("canonical", raw, None, _WELL_FORMED)
    # Only an odd DOI needs the patterns for what may be odd about it.
    from .doi_examination import examine_closely  # noqa: PLC0415 - a record with plain DOIs never pays for it

    return examine_closely(raw)
