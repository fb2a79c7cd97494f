"""Tests of :mod:`interpol_dataset.validate.tables`."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import interpol_dataset
from interpol_dataset.errors import UnknownRecordError
from interpol_dataset.validate.tables import check_package, check_table

if TYPE_CHECKING:
    from interpol_dataset.validate.checked import Checked


def rules(checked: Checked) -> list[tuple[str, str]]:
    """Return rule and file of what was found, the file by its name."""
    return [(item.rule, item.place.path.rpartition("/")[2]) for item in checked.findings]


@pytest.fixture
def outcomes(built: Path, tmp_path: Path) -> Path:
    """Return a copy of the small project's table of outcomes."""
    return Path(shutil.copy(built / "data" / "tables" / "outcomes.csv", tmp_path))


def packed(path: Path) -> Path:
    """Compress a file."""
    target = path.with_suffix(".csv.gz")
    target.write_bytes(gzip.compress(path.read_bytes()))

    return target


def test_table(built: Path, outcomes: Path) -> None:
    """A good table passes, compressed or not; its foreign keys lead to the package named."""
    for path in (outcomes, packed(outcomes)):
        checked = check_table(path, "outcomes", built)
        assert ((), 0) == (checked.findings, checked.more)


@pytest.mark.parametrize("format_", ["csv", "parquet", "jsonl"])
def test_table_of_an_export(
    small: interpol_dataset.Dataset, built: Path, tmp_path: Path, format_: str
) -> None:
    """The tables of an export pass in every format."""
    package = interpol_dataset.export(small, tmp_path / "out", format_)

    assert () == check_table(package / f"outcomes.{format_}", "outcomes", built).findings


def test_table_with_faults(built: Path, outcomes: Path) -> None:
    """A fault in a table is found with rule, row and field."""
    header, *rows = outcomes.read_text("utf-8").splitlines()
    column = header.split(",").index("status")
    cells = rows[1].split(",")
    cells[column] = "certain"
    outcomes.write_text("\n".join([header, rows[0], ",".join(cells), *rows[2:], ""]), "utf-8")
    (finding,) = check_table(outcomes, "outcomes", built).findings

    assert "TBL006" == finding.rule
    assert (2, "status") == (finding.row, finding.field)
    assert finding.sentence.startswith("row 2, field 'status': ")
    assert "certain" in finding.message


def test_table_against_another_package(outcomes: Path, root: Path) -> None:
    """Against a package that has not the records referred to, foreign keys dangle."""
    found = rules(check_table(outcomes, "outcomes", root))

    assert {("TBL012", "outcomes.csv")} == set(found)


def test_table_unknown(outcomes: Path) -> None:
    """A table that is not there is refused."""
    with pytest.raises(UnknownRecordError):
        check_table(outcomes, "outcome")


def test_package(built: Path, tmp_path: Path) -> None:
    """All tables of a data package are checked, each against its own schema."""
    assert () == check_package(built / "datapackage.json").findings

    package = shutil.copytree(built, tmp_path / "package")
    sources = package / "data" / "tables" / "sources.csv"
    sources.write_text(sources.read_text("utf-8").replace(",official,", ",offical,"), "utf-8")
    found = check_package(package / "datapackage.json").findings

    assert {"TBL001", "TBL006"} == {finding.rule for finding in found}
    assert {"TBL006"} == {
        finding.rule
        for finding in check_package(
            package / "datapackage.json", ignore=frozenset({"TBL001"})
        ).findings
    }
