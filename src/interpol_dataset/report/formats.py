"""
The formats in which findings are reported, by name.

The one for GitHub is here: workflow commands, which it shows beside the lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from interpol_dataset.report.json import json_
from interpol_dataset.report.sarif import sarif
from interpol_dataset.report.text import harmless, text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from interpol_dataset.findings import Finding
    from interpol_dataset.rules.rule import Rule

    Render: TypeAlias = Callable[[Sequence[Finding], Mapping[str, str], Mapping[str, Rule]], str]


def github(
    findings: Sequence[Finding],
    texts: Mapping[str, str],  # noqa: ARG001  # one signature for all
    rules: Mapping[str, Rule],
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

    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    help_ = f"\nhelp: {finding.hint}" if finding.hint else ""

    return f"::{finding.severity} {listed}::{_data(finding.sentence + help_)}"


def _data(text: str) -> str:
    """Escape a message: what it hides, ``%`` and line breaks."""
    return harmless(text, lines=True).replace("%", "%25").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape the value of a property, which ``:`` or ``,`` would end."""
    return _data(harmless(text)).replace(":", "%3A").replace(",", "%2C")


FORMATS: Final[dict[str, Render]] = {
    "text": text,
    "json": json_,
    "github": github,
    "sarif": sarif,
}
