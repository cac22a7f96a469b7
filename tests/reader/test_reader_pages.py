"""Every rule of the reader has its page, and the examples on it are run."""

import re
from pathlib import Path

import pytest

import tallysheet.reader
from tallysheet.reader import RULES, RulePage, read

SHOWN = [page for page in RULES.values() if not page.failing.startswith("(")]
TOLD = [page for page in RULES.values() if page.failing.startswith("(")]


def test_the_rules_are_those_that_the_reader_tells_of() -> None:
    folder = Path(tallysheet.reader.__file__).parent
    source = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py") if "page" not in path.name)
    named = set(re.findall(r'(?:Flaw|Fault|_fault|_stop)\(\s*"([a-z-]+)"', source)) | {"ambiguous-scalar", "number"}
    assert named == set(RULES)
    assert list(RULES) == sorted(RULES)
    assert all(name == page.name for name, page in RULES.items())


@pytest.mark.parametrize("page", SHOWN, ids=lambda page: str(page.name))
def test_the_failing_example_fails_by_this_rule_and_the_mended_one_passes(page: RulePage) -> None:
    found = {fault.rule for fault in read(page.failing.encode()).faults}
    assert page.name in found
    assert found == {page.name} or page.name == "too-many-faults"
    mended = read(page.mended.encode())
    assert mended.faults == ()
    assert mended.value


def test_only_what_no_text_can_show_is_told_in_words() -> None:
    assert {page.name for page in TOLD} == {
        *("encoding", "events", "odd-name", "file-size", "file-type", "file-unreadable", "not-a-record", "scalar-size")
    }
    assert all(page.failing.endswith(")") and re.fullmatch(r"\(.*\)", page.mended) for page in TOLD)


@pytest.mark.parametrize("page", RULES.values(), ids=lambda page: str(page.name))
def test_a_page_is_written_in_sentences(page: RulePage) -> None:
    assert page.summary[0].islower()
    assert not page.summary.endswith(".")
    for text in (page.why, page.mend):
        assert text[0].isupper()
        assert text.endswith(".")
