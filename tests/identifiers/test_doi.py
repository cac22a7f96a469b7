"""DOIs: the table of cases, and every kind of damage applied to every DOI of the emapalumab literature."""

import csv
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from tallysheet.identifiers import Verdict, examine
from tallysheet.identifiers.doi_examination import examine_closely

HERE = Path(__file__).parent


def read_rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def unescape(raw: str) -> str:
    return raw.encode("latin-1", "backslashreplace").decode("unicode_escape")


CASES = read_rows("doi.csv")
REAL = [row["doi"] for row in read_rows("emapalumab_dois.csv")]


# Each case of the table gets exactly the verdict that the table gives, with its reason.
@pytest.mark.parametrize("case", CASES, ids=[f"{case['status']}-{case['raw_escaped'][:60]}" for case in CASES])
def test_case(case: dict[str, str]) -> None:
    verdict = examine("doi", unescape(case["raw_escaped"]))
    assert Verdict(case["status"], case["canonical"] or None, case["suggestion"] or None, case["reason"]) == verdict  # type: ignore[arg-type] # the table holds statuses


# Every status has a good number of cases, so that a lost half of the table is seen.
def test_table_is_whole() -> None:
    statuses = [case["status"] for case in CASES]
    assert {status: statuses.count(status) > 45 for status in ("canonical", "fixable", "suspect", "malformed")} == {
        "canonical": True,
        "fixable": True,
        "suspect": True,
        "malformed": True,
    }


# A reason is one line, begins in lower case (or with what is shown, or an acronym) and ends without a full stop.
@pytest.mark.parametrize("case", CASES, ids=[case["raw_escaped"][:60] for case in CASES])
def test_reason_is_written_for_a_person(case: dict[str, str]) -> None:
    reason = case["reason"]
    assert reason.isprintable()
    assert not reason.endswith(".")
    assert len(reason) < 420
    assert reason[0] in '"0123456789' or reason[0].islower() or reason.split()[0] in {"PLOS", "Springer's"}


@pytest.mark.parametrize("doi", REAL)
def test_real_doi_is_canonical_in_lower_case(doi: str) -> None:
    assert examine("doi", doi.lower()).status == "canonical"
    as_printed = examine("doi", doi)
    assert as_printed.status == ("canonical" if doi == doi.lower() else "fixable")
    assert as_printed.canonical == doi.lower()


# Damage that loses nothing: the name comes back, and the verdict is `fixable`.
LOSSLESS: dict[str, Callable[[str], str]] = {
    "label": lambda doi: f"doi:{doi}",
    "label and space": lambda doi: f"DOI: {doi}",
    "label without colon": lambda doi: f"DOI {doi}",
    "equals sign": lambda doi: f"doi={doi}",
    "urn": lambda doi: f"urn:doi:{doi}",
    "info": lambda doi: f"info:doi/{doi}",
    "handle": lambda doi: f"hdl:{doi}",
    "resolver": lambda doi: f"https://doi.org/{doi}",
    "old resolver": lambda doi: f"http://dx.doi.org/{doi}",
    "upper-case resolver": lambda doi: f"HTTPS://DOI.ORG/{doi.upper()}",
    "no scheme": lambda doi: f"doi.org/{doi}",
    "no scheme but slashes": lambda doi: f"//doi.org/{doi}",
    "handle server": lambda doi: f"https://hdl.handle.net/{doi}",
    "stacked": lambda doi: f"doi:https://dx.doi.org/{doi}",
    "resolver twice": lambda doi: f"https://doi.org/https://doi.org/{doi}",
    "encoded in a URL": lambda doi: f"https://doi.org/{quote(doi, safe='')}",
    "white space": lambda doi: f"\t {doi}\r\n",
    "no-break space": lambda doi: f"{doi}\u00a0",
    "zero-width space": lambda doi: f"{doi[:9]}\u200b{doi[9:]}",
    "byte order mark": lambda doi: f"\ufeff{doi}",
    "word joiner": lambda doi: f"{doi}\u2060",
    "parentheses": lambda doi: f"({doi})",
    "angle brackets": lambda doi: f"<https://doi.org/{doi}>",
    "quotes": lambda doi: f'"{doi}"',
    "typographic quotes": lambda doi: f"\u201e{doi}\u201c",
    "HTML entity": lambda doi: doi.replace("/", "&#x2F;"),
    "upper case": lambda doi: doi.upper(),
}
# Damage that a person must look at: never `canonical`, never `fixable`; the likely name is the right one.
DOUBTFUL: dict[str, Callable[[str], str]] = {
    "full stop": lambda doi: f"{doi}.",
    "comma": lambda doi: f"{doi},",
    "semicolon": lambda doi: f"https://doi.org/{doi};",
    "colon": lambda doi: f"{doi}:",
    "closing parenthesis": lambda doi: f"{doi})",
    "closing bracket and stop": lambda doi: f"{doi}].",
    "closing quote": lambda doi: f"{doi}\u201d",
    "slash": lambda doi: f"{doi}/",
    "number sign": lambda doi: f"{doi}#",
    "bar": lambda doi: f"{doi}|",
    "full": lambda doi: f"{doi}/full",
    "abstract": lambda doi: f"{doi}/abstract",
    "pdf": lambda doi: f"{doi}/pdf",
    "pdf file": lambda doi: f"{doi}.pdf",
    "full pdf file": lambda doi: f"{doi}.full.pdf",
    "query": lambda doi: f"{doi}?src=recsys",
    "query and fragment": lambda doi: f"https://doi.org/{doi}?af=R#abstract",
    "fragment": lambda doi: f"{doi}#sec1",
    "PMID": lambda doi: f"{doi}pmid:32374962",
    "PMID behind a stop": lambda doi: f"{doi}.PMID:32374962",
    "tag": lambda doi: f"{doi}[doi]",
    "tag behind a space": lambda doi: f"{doi} [doi]",
    "ahead of print": lambda doi: f"{doi}(epubaheadofprint)",
    "access date": lambda doi: f"{doi}>accessed25",
    "dotted leader": lambda doi: f"{doi}............17",
    "address": lambda doi: f"{doi}https://www.example.org/",
    "itself as a link": lambda doi: f"{doi}https://doi.org/{doi}",
    "line break element": lambda doi: f"{doi}<br/>",
    "italics": lambda doi: f"<i>{doi}</i>",
    "doubled slash": lambda doi: doi.replace("/", "//", 1),
    "full-width digits": lambda doi: "\uff11\uff10" + doi[2:],
    "fraction slash": lambda doi: doi.replace("/", "\u2044", 1),
    "Cyrillic letters": lambda doi: doi.lower().replace("a", "\u0430").replace("1", "\uff11"),
    "encoded outside a URL": lambda doi: quote(doi, safe=""),
    "encoded twice": lambda doi: f"https://doi.org/{quote(quote(doi, safe=''), safe='')}",
    "broken scheme": lambda doi: f"https//doi.org/{doi}",
    "lost letter": lambda doi: f"ttps://doi.org/{doi}",
    "one slash": lambda doi: f"https:/doi.org/{doi}",
    "proxy": lambda doi: f"https://doi-org.ezproxy.example.edu/{doi}",
    "proxy's suffix": lambda doi: f"https://doi.org.proxy.lib.example.edu/{doi}",
    "publisher": lambda doi: f"https://journal.example.org/doi/full/{doi}",
    "publisher with query": lambda doi: f"https://journal.example.org/article?id={doi}&type=printable",
    "two pairs of brackets": lambda doi: f"[[{doi}]]",
    "opening bracket": lambda doi: f"({doi}",
    "JSON": lambda doi: f"https:\\/\\/doi.org\\/{doi.replace('/', chr(92) + '/')}",
}
# Damage that only a look-up mends: no canonical form at all.
RUINOUS: dict[str, Callable[[str], str]] = {
    "letter O": lambda doi: "1O" + doi[2:],
    "letter l": lambda doi: "l0" + doi[2:],
    "comma for the dot": lambda doi: "10," + doi[3:],
    "no 10": lambda doi: doi[3:],
    "colon for the slash": lambda doi: doi.replace("/", ":", 1),
    "double dot": lambda doi: "10.." + doi[3:],
    "space inside": lambda doi: f"{doi[:-3]} {doi[-3:]}",
    "line break": lambda doi: f"{doi[:-3]}\n{doi[-3:]}",
    "space in the prefix": lambda doi: "10. " + doi[3:],
    "no suffix": lambda doi: doi.partition("/")[0] + "/",
    "no slash": lambda doi: doi.replace("/", "", 1),
    "another DOI": lambda doi: f"{doi}; 10.1000/182",
    "another DOI glued on": lambda doi: f"{doi}10.1182/blood.2019002289x",
    "text around": lambda doi: f"see {doi} for details",
    "escape character": lambda doi: f"{doi[:-3]}\x1b{doi[-3:]}",
    "NUL": lambda doi: f"{doi}\x00",
    "bad percent code": lambda doi: f"https://doi.org/{doi}%zz",
    "mojibake": lambda doi: f"{doi[:-3]}\u00e2\u20ac\u201c{doi[-3:]}",
    "replacement character": lambda doi: f"{doi[:-3]}\ufffd{doi[-3:]}",
}


@pytest.mark.parametrize("damage", LOSSLESS)
@pytest.mark.parametrize("doi", REAL)
def test_lossless_damage_is_undone(doi: str, damage: str) -> None:
    verdict = examine("doi", LOSSLESS[damage](doi))
    expected = "canonical" if LOSSLESS[damage](doi) == doi.lower() else "fixable"
    assert (expected, doi.lower()) == (verdict.status, verdict.canonical)


@pytest.mark.parametrize("damage", DOUBTFUL)
@pytest.mark.parametrize("doi", REAL)
def test_doubtful_damage_is_suspect_and_the_likely_name_is_right(doi: str, damage: str) -> None:
    verdict = examine("doi", DOUBTFUL[damage](doi))
    assert ("suspect", doi.lower()) == (verdict.status, verdict.canonical)


@pytest.mark.parametrize("damage", RUINOUS)
@pytest.mark.parametrize("doi", REAL)
def test_ruinous_damage_is_malformed(doi: str, damage: str) -> None:
    verdict = examine("doi", RUINOUS[damage](doi))
    assert (verdict.status, verdict.canonical) == ("malformed", None)


# The dashes that a typesetter puts for hyphens, in each DOI that has one.
@pytest.mark.parametrize("dash", "\u2010\u2011\u2012\u2013\u2014\u2043\u2212\ufe63\uff0d")
@pytest.mark.parametrize("doi", [doi for doi in REAL if "-" in doi])
def test_dash_for_a_hyphen_is_suspect(doi: str, dash: str) -> None:
    verdict = examine("doi", doi.replace("-", dash))
    assert ("suspect", doi.lower()) == (verdict.status, verdict.canonical)
    assert f"U+{ord(dash):04X}" in verdict.reason


# A digit lost from, or put into, a name of a series with a fixed form is seen without a look-up.
@pytest.mark.parametrize(
    "doi", [doi for doi in REAL if doi.startswith(("10.1182/blood", "10.1136/ard-", "10.1007/s", "10.1038/s"))]
)
def test_lost_digit_is_seen_where_the_series_has_a_form(doi: str) -> None:
    assert examine("doi", doi[:-1]).status == "suspect"
    assert examine("doi", doi + "9").status == "suspect"


# The short way for plain DOIs says what the long way says.
@pytest.mark.parametrize("doi", [unescape(case["raw_escaped"]) for case in CASES] + REAL)
def test_short_way_agrees_with_the_long_way(doi: str) -> None:
    assert examine_closely(doi) == examine("doi", doi)


# The bare # of a SICI in a URL is its check character; the same sign elsewhere is a fragment.
def test_number_sign_of_a_sici_is_no_fragment() -> None:
    sici = "10.1002/(sici)1097-0142(19960401)77:7<1356::aid-cncr20>3.0.co;2-#"
    assert sici == examine("doi", f"https://doi.org/{sici}").canonical
    assert sici == examine("doi", f"https://doi.org/{sici}#page-1").canonical
    assert sici == examine("doi", sici[:-1]).canonical
    assert examine("doi", sici[:-1]).status == "suspect"


# Case is folded in ASCII only: the Kelvin sign and a dotted I are other characters, never k and i in silence.
@pytest.mark.parametrize("letter", ["\u212a", "\u0130", "\u017f", "\u00df"])
def test_case_is_folded_in_ascii_only(letter: str) -> None:
    assert examine("doi", f"10.1000/a{letter}b").status == "suspect"


# Two real DOIs were broken at a hyphen; one had it before, one got it by the break: neither is joined in silence.
@pytest.mark.parametrize(
    ("broken", "suggestion"),
    [
        ("10.1182/blood-2010-\n10-311704", "10.1182/blood-2010-10-311704"),
        ("10.1016/j.ijheatfluid-\nflow.2008.07.001", "10.1016/j.ijheatfluidflow.2008.07.001"),
    ],
)
def test_broken_line_is_never_joined_in_silence(broken: str, suggestion: str) -> None:
    verdict = examine("doi", broken)
    assert ("malformed", None, suggestion) == (verdict.status, verdict.canonical, verdict.suggestion)
    assert "line break" in verdict.reason
