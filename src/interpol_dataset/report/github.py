"""
Findings as workflow commands, which GitHub shows beside the lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from interpol_dataset.findings import Finding
    from interpol_dataset.rules.rule import Rule

__all__ = ["github"]


def github(
    findings: Sequence[Finding],
    texts: Mapping[str, str],  # noqa: ARG001  # one signature for all
    rules: Mapping[str, type[Rule]],
) -> str:
    """Render findings as workflow commands, one on each line."""
    return "\n".join(_command(finding, rules[finding.rule].name) for finding in findings)


def _command(finding: Finding, name: str) -> str:
    span = finding.place.span
    properties = {"file": finding.place.path, "title": f"{finding.rule} {name}"}
    if span is not None:
        properties |= {"line": str(span.line), "col": str(span.column)}
        if span.end_line == span.line:
            properties |= {"endLine": str(span.end_line), "endColumn": str(span.end_column)}

    listed = ",".join(f"{key}={_escaped(value, ':,')}" for key, value in properties.items())
    help_ = f"\nhelp: {finding.hint}" if finding.hint else ""

    return f"::{finding.severity} {listed}::{_escaped(finding.sentence + help_)}"


def _escaped(text: str, also: str = "") -> str:
    """Escape ``%`` and line breaks, and in properties ``:`` and ``,`` too."""
    for character in f"%\r\n{also}":
        text = text.replace(character, f"%{ord(character):02X}")

    return text
