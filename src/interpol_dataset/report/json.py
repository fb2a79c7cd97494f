"""
Findings as a JSON list, and JSON that is safe to print.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.report.pages import page_of
from interpol_dataset.values.characters import unseen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from interpol_dataset.findings import Finding, Place
    from interpol_dataset.rules.rule import Rule


#: What GitHub takes for a command wherever it is in a log.
_COMMAND: Final = re.compile(r"#(?=#\[)")


def json_(
    findings: Sequence[Finding],
    texts: Mapping[str, str],  # noqa: ARG001  # one signature for all
    rules: Mapping[str, Rule],
) -> str:
    """Render findings as a JSON list, with every part of each."""
    return json_text(listed(findings, rules))


def listed(findings: Sequence[Finding], rules: Mapping[str, Rule]) -> list[dict[str, Any]]:
    """Return findings as plain values, with every part of each."""
    return [
        {
            "rule": finding.rule,
            "name": rules[finding.rule].name,
            "severity": finding.severity.value,
            "file": finding.place.path,
            **_position(finding.place),
            "message": finding.message,
            "hint": finding.hint,
            "record": finding.record,
            "row": finding.row,
            "field": finding.field,
            "fixable": finding.fix is not None,
            "page": page_of(finding.rule),
        }
        for finding in findings
    ]


def json_text(value: object) -> str:
    """
    Write a value as JSON, with escapes for control, bidirectional and invisible characters.

    :param value: Plain values; others are written as text.
    """
    text = json.dumps(value, ensure_ascii=False, indent=2, default=str)

    return "\n".join(map(_escaped, text.split("\n")))


def _escaped(line: str) -> str:
    hidden = frozenset(unseen(line))
    if hidden:
        line = "".join(
            json.dumps(letter)[1:-1] if at in hidden else letter for at, letter in enumerate(line)
        )

    return _COMMAND.sub(r"\\u0023", line)


def _position(place: Place) -> dict[str, int | None]:
    span = place.span

    return {
        "line": span.line if span else None,
        "column": span.column if span else None,
        "end_line": span.end_line if span else None,
        "end_column": span.end_column if span else None,
    }
