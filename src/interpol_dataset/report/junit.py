"""
Findings as JUnit XML, for the reports of CI servers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from interpol_dataset.findings import Severity
from interpol_dataset.report.terminal import harmless

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from interpol_dataset.findings import Finding
    from interpol_dataset.rules.rule import Rule

__all__ = ["junit"]


def junit(
    findings: Sequence[Finding],
    texts: Mapping[str, str],
    rules: Mapping[str, type[Rule]],  # noqa: ARG001  # one signature for all
) -> str:
    """Render findings as a test suite: a test case for each file, a failure for each error."""
    by_file: dict[str, list[Finding]] = {path: [] for path in texts}
    for finding in findings:
        by_file.setdefault(finding.place.path, []).append(finding)

    failed = {item.place.path for item in findings if item.severity is Severity.ERROR}
    suite = ET.Element(
        "testsuite",
        name="interpol-dataset validate",
        tests=str(len(by_file)),
        failures=str(len(failed)),
        errors="0",
    )
    for path, found in sorted(by_file.items()):
        case = ET.SubElement(suite, "testcase", classname="records", name=harmless(path))
        for finding in found:
            _add(case, finding)

    ET.indent(suite)
    return ET.tostring(suite, encoding="unicode", xml_declaration=True)


def _add(case: ET.Element, finding: Finding) -> None:
    """Add a failure; JUnit has nothing for a warning but the output of a test."""
    # What XML can't hold, not even as references, is among what is harmful elsewhere.
    text = harmless(f"{finding.place}: {finding.sentence}\n{finding.hint or ''}", lines=True)
    if finding.severity is Severity.ERROR:
        message = harmless(finding.sentence)
        ET.SubElement(case, "failure", type=finding.rule, message=message).text = text
    else:
        ET.SubElement(case, "system-out").text = f"{finding.severity} {finding.rule} {text}"
