"""Numbers of PubMed and PubMed Central."""

import re
from functools import partial

from .shapes import Doubt, Fault, Shape, examine_shape
from .surface import show

_LONGEST = 8


def _build_pmid(match: re.Match[str]) -> str | Fault:
    number = match[1].lstrip("0")
    if not number:
        return Fault(f"{show(match[0])} is no PMID: the first is 1")
    if len(number) > _LONGEST:
        return Fault(f"{show(match[0])} has {len(number)} digits, a PMID has 8 at the most")
    return number


def _build_pmcid(match: re.Match[str]) -> str | Fault | Doubt:
    number = match[1].lstrip("0")
    if not number:
        return Fault(f"{show(match[0])} is no PMCID: there is no number zero")
    if match.re.groups > 1 and match[2]:
        return Doubt(f"PMC{number}", f"{show(match[0])} names a version of the article")
    return f"PMC{number}"


_PMID = Shape(
    "a PMID",
    "1 to 8 digits",
    r"([0-9]{1,12})",
    _build_pmid,
    label=r"(?:info:pmid/|med:|(?:pubmed|medline)[ -]?(?:pmid|ui|id)?|pmid|med(?=/))"
    r"[ ]?[:=/#]?[ ]{0,3}(?=[0-9\"'(\[]|pmid)",
    address=r"(?:pubmed\.ncbi\.nlm\.nih\.gov/(?:\?term=)?|"
    r"ncbi\.nlm\.nih\.gov/(?:m/)?pubmed/(?:\?term=)?|pubmed\.gov/"
    r"|europepmc\.org/(?:article|abstract)/med/|identifiers\.org/pubmed[:/])",
    tail=r"[ ]?[\[(](?:uid|pmid|pubmed)[\])]|[ ]?\[pubmed - [a-z ]{1,40}\]",
)
_PMCID = Shape(
    "a PMCID",
    "PMC and digits",
    r"pmc(?:[ ]?id)?[ :#_-]{0,3}([0-9]{1,8})(\.[0-9]{1,2})?",
    _build_pmcid,
    label=r"(?:pmcid|pmc[ ]?id|pubmed central(?: pmcid| id)?)[ ]?[:=#]?[ ]{0,3}(?=pmc|[\"'(\[])",
    address=r"(?:(?:ncbi\.nlm\.nih\.gov/)?(?:labs/)?pmc/articles/|pmc\.ncbi\.nlm\.nih\.gov/articles/|"
    r"europepmc\.org/articles?/(?:pmc/)?(?=pmc))",
    tail=r"/pdf(?:/[a-z0-9._-]{0,80})?",
    lone=r"([0-9]{1,8})",
)

EXAMINERS = {"pmid": partial(examine_shape, _PMID), "pmcid": partial(examine_shape, _PMCID)}
