"""Tests of :mod:`interpol_dataset.docs.totals`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from interpol_dataset.docs.totals import totals

if TYPE_CHECKING:
    from interpol_dataset.tables.tabulate import Tables


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_doubts_and_measures_are_all_counted(tables: Tables) -> None:
    """Doubts by kind, and measures by basis, add up to the rows of their tables."""
    rows = [_cells(line) for line in totals(tables) if line.startswith("| ")]
    doubts = [row for row in rows if ": " in row[0]]
    measures = [row for row in rows if row[0].startswith("`")]

    assert len(tables["part_doubts"]) == sum(int(row[1]) for row in doubts)
    assert len(tables["operation_measures"]) == sum(int(row[1]) for row in measures)
    assert all(int(row[1]) == sum(map(int, filter(None, row[2:7]))) for row in measures)


def test_figures_inside_others_are_counted(tables: Tables) -> None:
    """The first sentence says how many figures are included in another."""
    inside = sum(row.part_of is not None for row in tables["outcomes"])  # type: ignore[attr-defined]

    assert f" value, {inside:,}, in " in next(iter(totals(tables)))
