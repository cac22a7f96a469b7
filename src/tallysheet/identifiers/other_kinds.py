"""What an identifier in the wrong field is, by its look."""

import re

_LOOKS = (
    (re.compile(r"(?:(?:https?://)?(?:dx\.)?doi\.org/|doi: ?)?10\.[0-9]{4,9}/.+", re.ASCII), "a DOI"),
    (re.compile(r"(?:pmcid:? ?)?pmc ?[0-9]{4,8}(?:\.[0-9])?", re.ASCII), "a PMCID"),
    (re.compile(r"pmid:? ?[0-9]{1,8}", re.ASCII), "a PMID"),
    (re.compile(r"nct ?[0-9]{8}", re.ASCII), "a ClinicalTrials.gov number"),
    (re.compile(r"isrctn ?[0-9]{8}", re.ASCII), "an ISRCTN number"),
    (re.compile(r"drks ?[0-9]{8}", re.ASCII), "a DRKS number"),
    (re.compile(r"crd ?4[0-9]{10,11}", re.ASCII), "a PROSPERO number"),
    (re.compile(r"20[0-9]{2}-[0-46-9][0-9]{5}-[0-9]{2}", re.ASCII), "a EudraCT number"),
    (re.compile(r"20[0-9]{2}-5[0-9]{5}-[0-9]{2}-[0-9]{2}", re.ASCII), "an EU CT number"),
    (re.compile(r"(?:arxiv: ?)?[0-9]{4}\.[0-9]{4,5}(?:v[0-9]{1,2})?", re.ASCII), "an arXiv number"),
    (re.compile(r"(?:issn:? ?)?[0-9]{4}-[0-9]{3}[0-9x]", re.ASCII), "an ISSN"),
    (re.compile(r"(?:[0-9]{4}-){3}[0-9]{3}[0-9x]", re.ASCII), "an ORCID iD"),
    (re.compile(r"(?:isbn:? ?)?97[89][0-9 -]{10,14}", re.ASCII), "an ISBN"),
    (re.compile(r"s[0-9]{4}-?[0-9]{3}[0-9x]\([0-9]{2}\)[0-9]{5}-?[0-9x]", re.ASCII), "a PII, a publisher's own number"),
)


def recognise(text: str) -> str | None:
    """Return what kind of identifier a text looks like, with its article, or None."""
    lower = text.lower()
    return next((what for pattern, what in _LOOKS if pattern.fullmatch(lower)), None)
