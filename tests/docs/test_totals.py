"""Tests of :mod:`interpol_dataset.docs.totals`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from interpol_dataset.docs.totals import totals
from interpol_dataset.tables.rows import HEADLINES

if TYPE_CHECKING:
    from interpol_dataset.tables.tabulate import Tables


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_totals_are_all_counted(tables: Tables) -> None:
    """Totals by basis add up to the rows of their tables, and so do those of each headline."""
    rows = {row[0].strip("`"): row[1:] for row in map(_cells, totals(tables)) if row[0][:1] == "`"}

    for name in ("case_totals", "case_object_totals"):
        counts = [int(cell.replace(",", "")) for cell in rows.pop(name)]
        assert len(tables[name]) == sum(counts)
    assert {*HEADLINES} == {*rows}
    assert all(int(row[0]) == sum(map(int, filter(None, row[1:7]))) for row in rows.values())


def test_figures_inside_others_are_counted(tables: Tables) -> None:
    """The first sentence says how many figures are included in another."""
    inside = sum(row.part_of is not None for row in tables["outcomes"])  # type: ignore[attr-defined]

    assert f" value, {inside:,}, in " in next(iter(totals(tables)))
