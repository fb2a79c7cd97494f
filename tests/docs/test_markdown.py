"""Tests of :mod:`interpol_dataset.docs.markdown`."""

from __future__ import annotations

from interpol_dataset.docs.markdown import table


def test_cells_stay_cells() -> None:
    """The sign that parts cells is escaped within one."""
    lines = list(table(("name", "meaning"), [("a|b", "either"), ("c", "")]))

    assert ["| name | meaning |", "| --- | --- |", r"| a\|b | either |", "| c |  |"] == lines
