"""
Findings for machines.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote
from xml.etree import ElementTree as ET

from interpol_dataset._version import __version__
from interpol_dataset.rules.index import RULES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from interpol_dataset.findings import Finding, Place

__all__ = ["github", "json_", "junit", "sarif"]

#: Characters that XML can't hold, not even as references.
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_SARIF_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


def json_(findings: Sequence[Finding], texts: Mapping[str, str]) -> str:  # noqa: ARG001  # one signature for all
    """Render findings as a JSON list."""
    return json.dumps(
        [
            {
                "rule": finding.rule,
                "name": RULES[finding.rule].name,
                "severity": finding.severity.value,
                "file": finding.place.path,
                **_position(finding.place),
                "message": finding.message,
                "hint": finding.hint,
                "record": finding.record,
                "field": finding.field,
            }
            for finding in findings
        ],
        ensure_ascii=False,
        indent=2,
    )


def _position(place: Place) -> dict[str, int | None]:
    span = place.span

    return {
        "line": span.line if span else None,
        "column": span.column if span else None,
        "end_line": span.end_line if span else None,
        "end_column": span.end_column if span else None,
    }


def github(findings: Sequence[Finding], texts: Mapping[str, str]) -> str:  # noqa: ARG001  # one signature for all
    """
    Render findings as workflow commands, which GitHub shows beside the lines.

    The escapes are those of GitHub's workflow commands: ``%``, line breaks, and in properties ``:``
    and ``,``.
    """
    return "\n".join(_command(finding) for finding in findings)


def _command(finding: Finding) -> str:
    span = finding.place.span
    properties = {"file": finding.place.path, "title": f"{finding.rule} {RULES[finding.rule].name}"}
    if span is not None:
        properties |= {"line": str(span.line), "col": str(span.column)}
        if span.end_line == span.line:
            properties |= {"endLine": str(span.end_line), "endColumn": str(span.end_column)}

    listed = ",".join(f"{key}={_escaped(value, ':,')}" for key, value in properties.items())
    help_ = f"\nhelp: {finding.hint}" if finding.hint else ""

    return f"::{finding.severity} {listed}::{_escaped(finding.message + help_)}"


def _escaped(text: str, also: str = "") -> str:
    for character in f"%\r\n{also}":
        text = text.replace(character, f"%{ord(character):02X}")

    return text


def sarif(findings: Sequence[Finding], texts: Mapping[str, str]) -> str:  # noqa: ARG001  # one signature for all
    """Render findings as SARIF 2.1.0, for code scanning."""
    codes = sorted({finding.rule for finding in findings})
    log = {
        "$schema": _SARIF_SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "interpol-dataset",
                        "version": __version__,
                        "rules": [_sarif_rule(code) for code in codes],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_sarif_result(finding, codes) for finding in findings],
            }
        ],
    }

    return json.dumps(log, ensure_ascii=False, indent=2)


def _sarif_rule(code: str) -> dict[str, Any]:
    rule = RULES[code]

    return {
        "id": code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary()},
        "help": {"text": rule.page(), "markdown": rule.page()},
        "defaultConfiguration": {"level": rule.severity.value},
        "properties": {"layer": rule.layer.value},
    }


def _sarif_result(finding: Finding, codes: list[str]) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(finding.place.path)}}
    if (span := finding.place.span) is not None:
        place["region"] = {
            "startLine": span.line,
            "startColumn": span.column,
            "endLine": span.end_line,
            "endColumn": span.end_column,
        }
    help_ = f" ({finding.hint})" if finding.hint else ""

    return {
        "ruleId": finding.rule,
        "ruleIndex": codes.index(finding.rule),
        "level": finding.severity.value,
        "message": {"text": finding.message + help_},
        "locations": [{"physicalLocation": place}],
    }


def junit(findings: Sequence[Finding], texts: Mapping[str, str]) -> str:
    """Render findings as JUnit XML: one test case a file, one failure a finding."""
    by_file: dict[str, list[Finding]] = {path: [] for path in texts}
    for finding in findings:
        by_file.setdefault(finding.place.path, []).append(finding)

    failed = sum(bool(found) for found in by_file.values())
    suite = ET.Element(
        "testsuite",
        name="interpol-dataset validate",
        tests=str(len(by_file)),
        failures=str(failed),
        errors="0",
    )
    for path, found in sorted(by_file.items()):
        case = ET.SubElement(suite, "testcase", classname="records", name=_xml_text(path))
        for finding in found:
            failure = ET.SubElement(
                case, "failure", type=finding.rule, message=_xml_text(finding.message)
            )
            failure.text = _xml_text(f"{finding.place}: {finding.message}\n{finding.hint or ''}")

    ET.indent(suite)
    return ET.tostring(suite, encoding="unicode", xml_declaration=True)


def _xml_text(text: str) -> str:
    """Replace what XML can't hold."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
