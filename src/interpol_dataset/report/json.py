"""
Findings as a JSON list.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from interpol_dataset.findings import Finding, Place
    from interpol_dataset.rules.rule import Rule

__all__ = ["json_"]


def json_(
    findings: Sequence[Finding],
    texts: Mapping[str, str],  # noqa: ARG001  # one signature for all
    rules: Mapping[str, type[Rule]],
) -> str:
    """Render findings as a JSON list, with every part of each."""
    return json.dumps(
        [
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
