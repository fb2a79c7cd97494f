"""Tests of :mod:`interpol_dataset.tables.tabulate`."""

from pathlib import Path

import interpol_dataset
from helpers.mini import change
from interpol_dataset.build import build


def test_a_variant_in_another_unit(project: Path) -> None:
    """A number in another unit than the value's says its unit, in the table and in words."""
    change(project, "cases/alpha-ii.yaml", "value: 1400, unit: kg", "value: ~1500, unit: kg")
    build(project)
    dataset = interpol_dataset.load(project)
    (row,) = dataset.tables.rows("verification", field="outcomes/seizures/cocaine")
    assert (row["value"], row["variants"]) == ("~1500", ["1.5 t"])
    assert "says 1.5 t" in str(dataset.explain("alpha-ii", "outcomes/seizures/cocaine"))


def test_tools(small: interpol_dataset.Dataset) -> None:
    """INTERPOL's means are rows with a status."""
    assert (small.tables.rows("case_tools")) == [
        {"case_id": "alpha-ii", "tool": "notices", "status": "documented"}
    ]
