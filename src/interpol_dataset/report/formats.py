"""
The formats in which findings are reported, by name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from interpol_dataset.report.github import github
from interpol_dataset.report.json import json_
from interpol_dataset.report.sarif import sarif
from interpol_dataset.report.text import text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from interpol_dataset.findings import Finding
    from interpol_dataset.rules.rule import Rule

    #: Renders findings, given the text of each file that was checked, by its path, and the rules
    #: that findings can name, by code.
    Render: TypeAlias = Callable[[Sequence[Finding], Mapping[str, str], Mapping[str, Rule]], str]


FORMATS: Final[dict[str, Render]] = {
    "text": text,
    "json": json_,
    "github": github,
    "sarif": sarif,
}
