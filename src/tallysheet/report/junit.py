"""The report as JUnit XML, as most continuous integration reads test results: a test case is a record."""

from collections import defaultdict
from collections.abc import Iterable
from xml.etree import ElementTree as ET

from tallysheet.findings import Finding
from tallysheet.report.concise import finding_as_line
from tallysheet.report.sinks import xml_text
from tallysheet.report.text import advice
from tallysheet.report.totals import totals
from tallysheet.run import Report
from tallysheet.words import counted

NAME = "tallysheet"


def write_junit(report: Report, records: Iterable[str]) -> str:
    """Return a test suite with a case for each of the `records` and for whatever else something is found in.

    A case has one failure, of which each line is a finding: some readers show the first failure only.
    """
    of_path: dict[str, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        of_path[xml_text(finding.path)].append(finding)
    crashes = {xml_text(crash.path) for crash in report.crashes}
    names = sorted({*map(xml_text, records), *of_path, *crashes})
    suite = ET.Element("testsuite", name=NAME)
    for name in names:
        add_case(suite, name, of_path.get(name, []))
    for crash in report.crashes:
        case = next(case for case in suite if case.get("name") == xml_text(crash.path))
        ET.SubElement(case, "error", message=xml_text(f"rule {crash.rule} failed to run"), type="internal-error")
    if not names:
        case = ET.SubElement(suite, "testcase", name="collection", classname=NAME)
        ET.SubElement(case, "error", message="no record was checked", type="nothing-to-check")
    counts = {"tests": len(suite), "failures": len(suite.findall("*/failure")), "errors": len(suite.findall("*/error"))}
    root = ET.Element("testsuites", {"name": NAME} | {name: str(count) for name, count in counts.items()})
    for name, count in counts.items():
        suite.set(name, str(count))
    properties = ET.Element("properties")
    for name, value in totals(report)["figures"].items():
        ET.SubElement(properties, "property", name=f"figures.{name}", value=str(value))
    suite.insert(0, properties)
    root.append(suite)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def add_case(suite: ET.Element, name: str, findings: list[Finding]) -> None:
    """Add the test case of one file: errors and warnings fail it, acknowledged discrepancies are its output."""
    case = ET.SubElement(suite, "testcase", name=name, classname=NAME, file=name)
    failing = [finding for finding in findings if finding.severity != "acknowledged"]
    if failing:
        errors = sum(finding.severity == "error" for finding in failing)
        counts = f"{counted(errors, 'error')}, {counted(len(failing) - errors, 'warning')}"
        message = xml_text(f"{counts}: {failing[0].message}", 400)
        failure = ET.SubElement(case, "failure", message=message, type="error" if errors else "warning")
        failure.text = lines_of(failing)
    if acknowledged := [finding for finding in findings if finding.severity == "acknowledged"]:
        ET.SubElement(case, "system-out").text = lines_of(acknowledged)


def lines_of(findings: list[Finding]) -> str:
    """Return findings as lines, each with its hint below."""
    lines: list[str] = []
    for finding in findings:
        lines.append(xml_text(finding_as_line(finding)))
        lines += [xml_text(f"  hint: {advised}")] if (advised := advice(finding)) else []
    return "\n".join(["", *lines, ""])
