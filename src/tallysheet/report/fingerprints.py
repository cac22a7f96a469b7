"""What a finding is recognised by from one run to the next, wherever its line has moved to."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256

from tallysheet.findings import Finding

_LINE = re.compile(r"\blines? [0-9]+")
_SPACE = re.compile(r"\s+")


def fingerprinted(findings: Iterable[Finding]) -> Iterator[tuple[Finding, str]]:
    """Yield each finding with its fingerprint, 32 hexadecimal digits: no two of a report are the same.

    It is made of rule, path, pointer and message, without the line numbers that a message may name; of findings that
    agree in all of these, the second is told from the first by its rank.
    """
    seen: Counter[str] = Counter()
    for finding in findings:
        message = _SPACE.sub(" ", _LINE.sub("line", finding.message)).strip().casefold()
        identity = f"{finding.rule}\0{finding.path}\0{finding.pointer}\0{message}"
        seen[identity] += 1
        whole = f"{identity}\0{seen[identity]}"
        yield finding, sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:32]
