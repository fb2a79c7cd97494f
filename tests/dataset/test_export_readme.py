"""Tests of what an export says of itself to people."""

from pathlib import Path

import openpyxl
import pytest

from interpol_dataset import Dataset, ExportError, load


def test_every_export_says_what_it_is(dataset: Dataset, tmp_path: Path) -> None:
    """One table's export, too, has version, licence, the rule on adding up and the reference."""
    for format_ in ("csv", "sqlite"):
        target = dataset.export(tmp_path / format_, format_, tables="case_tools")
        text = " ".join((target / "README.txt").read_text("utf-8").split())

        assert dataset.tables.package.title in text
        assert f"Version {dataset.version}. Licence: CC-BY-4.0 https://" in text
        assert "leave out the rows with counted_in" in text
        assert " ".join(dataset.cite().split()) in text
        assert "Tables: case_tools." in text


def test_an_export_with_its_readme_loads_and_is_replaced(dataset: Dataset, tmp_path: Path) -> None:
    """The file is in nobody's way."""
    target = dataset.export(tmp_path / "out", "csv", tables="case_tools")
    assert target == dataset.export(target, "csv", tables="case_tools")
    assert len(dataset["case_tools"]) == len(load(target)["case_tools"])
    (target / "notes.txt").write_text("mine")
    with pytest.raises(ExportError, match="not an earlier export"):
        dataset.export(target, "csv", tables="case_tools")


def test_the_workbook_begins_with_the_rule(dataset: Dataset, tmp_path: Path) -> None:
    """Its first sheet says how to add up, and links to the tables below that."""
    target = dataset.export(tmp_path / "out", "xlsx", tables=["case_tools", "rates"])
    sheet = openpyxl.load_workbook(next(target.glob("*.xlsx")))["README"]
    first = [row[0].value for row in sheet]
    assert any("leave out the rows with counted_in" in str(cell) for cell in first)
    place = first.index("table") + 2
    assert first[place - 1 : place + 1] == ["case_tools", "rates"]
    assert sheet.cell(place, 1).hyperlink.location == "'case_tools'!A1"
