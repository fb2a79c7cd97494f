"""
Findings for people and for machines: text, JSON, GitHub annotations, SARIF and JUnit.

Every format is a function from findings, and the texts they are in, to one text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from interpol_dataset.report.machine import github, json_, junit, sarif
from interpol_dataset.report.text import text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from interpol_dataset.findings import Finding

__all__ = ["FORMATS", "text"]

#: Renders findings; the mapping gives the text of each file by its path.
FORMATS: Final[dict[str, Callable[[Sequence[Finding], Mapping[str, str]], str]]] = {
    "text": text,
    "json": json_,
    "github": github,
    "sarif": sarif,
    "junit": junit,
}
