"""Tests of :mod:`interpol_dataset.overview`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from interpol_dataset.overview import BEGIN, END, with_overview

if TYPE_CHECKING:
    from pathlib import Path

    from interpol_dataset.repository import Records
    from interpol_dataset.tabulation import Tables


def test_readme_is_current(root: Path, records: Records, tables: Tables) -> None:
    """What stands in the README is what the data says."""
    readme = (root / "README.md").read_text("utf-8")

    assert readme == with_overview(readme, records, tables)


def test_only_what_is_between_the_marks_changes(records: Records, tables: Tables) -> None:
    """The text around the marks stays, and a README without marks stays whole."""
    changed = with_overview(f"before\n{BEGIN}\nold\n{END}\nafter", records, tables)

    assert changed.startswith(f"before\n{BEGIN}\n")
    assert changed.endswith(f"{END}\nafter")
    assert "old" not in changed
    assert "no marks" == with_overview("no marks", records, tables)


def test_counts_add_up(records: Records, tables: Tables) -> None:
    """Cases by area add up to all cases, and facts by status to all facts."""
    text = with_overview(f"{BEGIN}{END}", records, tables)
    areas, statuses, _ = text.split("\n\n| ")[1:]

    def total(table: str, column: int) -> int:
        cells = [row.split(" | ") for row in table.splitlines()[2:] if row.startswith("|")]
        return sum(int(re.sub(r"\D", "", row[column]) or 0) for row in cells)

    assert len(records.cases) == total(areas, -1)
    assert len(tables["verification"]) == total(statuses, 1)
