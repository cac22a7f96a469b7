"""What each rule of the reader refuses, why, and how to mend it: `tallysheet explain RULE` prints it."""

from collections.abc import Mapping
from typing import Final

from tallysheet.reader import pages_of_files, pages_of_text, pages_of_yaml
from tallysheet.reader.rule_page import RulePage

__all__ = ["RULES", "RulePage"]

RULES: Final[Mapping[str, RulePage]] = {
    page.name: page
    for page in sorted((*pages_of_files.PAGES, *pages_of_text.PAGES, *pages_of_yaml.PAGES), key=lambda page: page.name)
}
