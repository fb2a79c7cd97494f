"""
Findings as SARIF 2.1.0, for code scanning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from interpol_dataset._version import __version__
from interpol_dataset.report.json import json_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from interpol_dataset.findings import Finding
    from interpol_dataset.rules.rule import Rule

__all__ = ["sarif"]

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(
    findings: Sequence[Finding],
    texts: Mapping[str, str],  # noqa: ARG001  # one signature for all
    rules: Mapping[str, type[Rule]],
) -> str:
    """Render findings as a SARIF log, with the rules that they break."""
    codes = sorted({finding.rule for finding in findings})
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "interpol-dataset",
                        "version": __version__,
                        "rules": [_rule(rules[code]) for code in codes],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(finding, codes) for finding in findings],
            }
        ],
    }

    return json_text(log)


def _rule(rule: type[Rule]) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary()},
        "help": {"text": rule.page(), "markdown": rule.page()},
        "defaultConfiguration": {"level": rule.severity.value},
        "properties": {"layer": rule.layer.value},
    }


def _result(finding: Finding, codes: list[str]) -> dict[str, Any]:
    place: dict[str, Any] = {
        "artifactLocation": {"uri": quote(finding.place.path, errors="surrogatepass")}
    }
    if (span := finding.place.span) is not None:
        place["region"] = {
            "startLine": span.line,
            "startColumn": span.column,
            "endLine": span.end_line,
            "endColumn": span.end_column,
        }
    location: dict[str, Any] = {"physicalLocation": place}
    if finding.row is not None:
        location["properties"] = {"row": finding.row, "field": finding.field}
    help_ = f" ({finding.hint})" if finding.hint else ""

    return {
        "ruleId": finding.rule,
        "ruleIndex": codes.index(finding.rule),
        "level": finding.severity.value,
        "message": {"text": finding.sentence + help_},
        "locations": [location],
    }
