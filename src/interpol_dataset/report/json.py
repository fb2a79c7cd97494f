"""
Findings as a JSON list, JSON that is safe to print, and where the pages of rules can be read.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.values.characters import unseen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from interpol_dataset.findings import Finding, Place
    from interpol_dataset.rules.rule import Rule


#: The label of the project's repository among the addresses in the package's metadata.
_LABEL: Final = "Source"


def page_of(code: str) -> str:
    """
    Return the address of a rule's page; its path in the project, where no address is known.

    :param code: The rule's code.
    """
    path, address = f"docs/rules/{code}.md", repository()

    return f"{address}/blob/HEAD/{path}" if address else path


@cache
def repository() -> str:
    """Return the project's address, which whoever built the package gave."""
    from importlib.metadata import PackageNotFoundError, metadata  # noqa: PLC0415  # slow to import

    try:
        urls = metadata("interpol-dataset").get_all("Project-URL") or []
    except PackageNotFoundError:
        return ""

    pairs = (url.partition(", ") for url in urls)

    return next((address for label, _, address in pairs if label == _LABEL), "").rstrip("/")


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
