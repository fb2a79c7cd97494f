"""Tests of :mod:`interpol_dataset.tables.tabulate`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import interpol_dataset
from helpers.mini import change
from interpol_dataset.build import build
from interpol_dataset.schema.vocabulary import OrganizationRole

if TYPE_CHECKING:
    from pathlib import Path

    from interpol_dataset.tables.tabulate import Tables


def test_a_variant_in_another_unit(project: Path) -> None:
    """A number in another unit than the value's says its unit, in the table and in words."""
    change(project, "cases/alpha-ii.yaml", "value: 1400, unit: kg", "value: ~1500, unit: kg")
    build(project)
    dataset = interpol_dataset.load(project)
    (row,) = dataset.tables.rows("verification", field="outcomes/seizures/cocaine")

    assert ("~1500", ["1.5 t"]) == (row["value"], row["variants"])
    assert "Other words: 1.5 t\n" in str(dataset.explain("alpha-ii", "outcomes/seizures/cocaine"))


def test_tools(small: interpol_dataset.Dataset) -> None:
    """INTERPOL's means are rows with a status, and a list of the operation."""
    by_id = {row["id"]: row["tools"] for row in small.tables.rows("operations")}

    assert [{"case_id": "alpha-ii", "tool": "notices", "status": "documented"}] == (
        small.tables.rows("case_tools")
    )
    assert {"alpha-i": None, "alpha-ii": ["notices"]} == by_id


def test_an_operation_names_all_that_led_it(tables: Tables) -> None:
    """Bodies that led it together with others are among its leads."""
    led: dict[str, set[str]] = {}
    for row in tables["case_organizations"]:
        if row.role in {OrganizationRole.LEAD, OrganizationRole.CO_LEAD}:
            led.setdefault(row.case_id, set()).add(row.organization_id)
    roles = {row.role for row in tables["case_organizations"]}

    assert {OrganizationRole.LEAD, OrganizationRole.CO_LEAD} <= roles
    assert led == {row.id: {*row.lead_ids} for row in tables["operations"] if row.lead_ids}
