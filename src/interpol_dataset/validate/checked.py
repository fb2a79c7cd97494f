"""What a check found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from interpol_dataset.findings import Finding
    from interpol_dataset.rules.rule import Rule


@dataclass(frozen=True, slots=True)
class Checked:
    """
    What a check found.

    :param findings: The findings, in the order of files and lines.
    :param rules: The rules that findings can name, by code.
    :param texts: The text of each file that was checked, by its path.
    :param more: How many findings were counted and left out, because there were too many.
    """

    findings: tuple[Finding, ...]
    rules: Mapping[str, Rule]
    texts: Mapping[str, str] = field(default_factory=dict)
    more: int = 0
