"""Tests of :mod:`interpol_dataset.rules.reports`."""

import re
from datetime import date
from pathlib import Path

import pytest

from interpol_dataset.records.folder import read_records
from interpol_dataset.rules import gate


@pytest.mark.parametrize(
    ("published", "hint"),
    [
        ("2026-11-24", "were they swapped? write published: 2022-11-25, retrieved: 2026-11-24"),
        ("2027-05-06", "'published' is 2027-05-06; correct one of the two dates"),
        ("2026", "'published' is 2026; correct one of the two dates"),
    ],
)
def test_dates_that_may_be_swapped(published: str, hint: str, project: Path) -> None:
    """No hint leads to a day that is still to come."""
    path = project / "data/records/sources/daily-2022-alpha.yaml"
    lines = {"published": published, "retrieved": "2022-11-25"}
    for name, day in lines.items():
        path.write_text(re.sub(f"(?m)^{name}: .*$", f"{name}: {day}", path.read_text("utf-8")))
    records = read_records(project / "data" / "records", "r")
    found = gate.findings(records, select=frozenset({"MNG009"}), today=date(2026, 11, 25))
    assert [hint] == [item.hint for item in found]
