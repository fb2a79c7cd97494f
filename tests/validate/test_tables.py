"""Tests of :mod:`interpol_dataset.validate.tables`."""

import gzip
import shutil
from pathlib import Path

import pyarrow as pa
import pytest

import interpol_dataset
from helpers.edit import edit
from interpol_dataset import Dataset
from interpol_dataset.errors import PackageError, UnknownRecordError
from interpol_dataset.package.formats import write_table
from interpol_dataset.rules.rule import Checked
from interpol_dataset.rules.tables import COLUMNS
from interpol_dataset.tables.metadata import table_schemas
from interpol_dataset.validate.tables import check_package, check_table


def rules(checked: Checked) -> list[tuple[str, str]]:
    """Return rule and file of what was found, the file by its name."""
    return [(item.rule, item.place.path.rpartition("/")[2]) for item in checked.findings]


def packed(path: Path) -> Path:
    """Compress a file."""
    target = path.with_name(f"{path.name}.gz")
    target.write_bytes(gzip.compress(path.read_bytes()))
    return target


def test_table(built: Path, outcomes: Path) -> None:
    """A good table passes, compressed or not; its foreign keys lead to the package named."""
    for path in (outcomes, packed(outcomes)):
        checked = check_table(path, "outcomes", built)
        assert (checked.findings, checked.more) == ((), 0)


@pytest.mark.parametrize("format_", ["csv", "parquet", "jsonl"])
def test_table_of_an_export(
    small: interpol_dataset.Dataset, built: Path, tmp_path: Path, format_: str
) -> None:
    """The tables of an export pass in every format."""
    package = small.export(tmp_path / "out", format_)
    assert check_table(package / f"outcomes.{format_}", "outcomes", built).findings == ()


def test_table_with_faults(built: Path, outcomes: Path) -> None:
    """A fault in a table is found with rule, row and field."""
    header, *rows = outcomes.read_text("utf-8").splitlines()
    column = header.split(",").index("status")
    cells = rows[1].split(",")
    cells[column] = "certain"
    outcomes.write_text("\n".join([header, rows[0], ",".join(cells), *rows[2:], ""]), "utf-8")
    (finding,) = check_table(outcomes, "outcomes", built).findings

    assert finding.rule == "TBL006"
    assert (finding.row, finding.field) == (2, "status")
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


@pytest.fixture
def contradictory(small: Dataset) -> pa.Table:
    """Return the outcomes with one whose bounds are in each other's column."""
    table = small.outcomes.to_arrow()
    rows = table.to_pylist()
    rows[0] |= {"lower": 2.0, "point": None, "upper": 1.0}
    return pa.Table.from_pylist(rows, schema=table.schema)


@pytest.mark.parametrize(
    ("format_", "compressed"),
    [("csv", False), ("csv", True), ("parquet", False), ("jsonl", False), ("jsonl", True)],
)
def test_table_whose_rows_contradict_themselves(
    contradictory: pa.Table, built: Path, tmp_path: Path, format_: str, *, compressed: bool
) -> None:
    """A lower bound above the upper one is found in every format."""
    path = tmp_path / f"outcomes.{format_}"
    path.write_bytes(write_table(contradictory, format_))
    if compressed:
        path = packed(path)
    (finding,) = check_table(path, "outcomes", built).findings
    assert (finding.rule, finding.row, finding.field) == ("TBL013", 1, "lower")
    assert finding.message == "the value 2.0 is greater than 1.0 in 'upper'"


def test_a_table_that_is_not_read(built: Path, tmp_path: Path) -> None:
    """Of a format that is not read, the error says what to write instead."""
    with pytest.raises(PackageError, match="write JSON Lines"):
        check_table(tmp_path / "outcomes.json", "outcomes", built)


def test_rows_are_compared_if_asked(outcomes: Path, built: Path) -> None:
    """The rule can be selected and left out like any other."""
    edit(outcomes, (",975,975,975,", ",975,1e999,975,"))
    chosen, others = frozenset({"TBL013"}), frozenset({"TBL004"})
    assert rules(check_table(outcomes, "outcomes", built)) == [("TBL013", "outcomes.csv")]
    assert rules(check_table(outcomes, "outcomes", built, chosen)) == [("TBL013", "outcomes.csv")]
    assert rules(check_table(outcomes, "outcomes", built, others)) == []
    assert rules(check_table(outcomes, "outcomes", built, ignore=chosen)) == []


def test_every_bound_is_compared() -> None:
    """Each number or day of our tables that has a bound beside it is among those compared."""
    ends = ("lower", "upper", "point", "lowest", "highest", "_earliest", "_latest", "start", "end")
    bounds = {
        name: {
            field["name"]: field["type"]
            for field in schema["fields"]
            if field["name"].endswith(ends) and field["type"] in {"number", "date"}
        }
        for name, schema in table_schemas().items()
    }

    assert {name: columns for name, columns in bounds.items() if columns} == COLUMNS


def test_package(built: Path, tmp_path: Path) -> None:
    """All tables of a data package are checked, each against its own schema."""
    assert check_package(built / "datapackage.json").findings == ()

    package = shutil.copytree(built, tmp_path / "package")
    edit(package / "data" / "tables" / "sources.csv", (",official,", ",offical,"))
    found = check_package(package / "datapackage.json").findings

    assert {"TBL001", "TBL006"} == {finding.rule for finding in found}
    assert {"TBL006"} == {
        finding.rule
        for finding in check_package(
            package / "datapackage.json", ignore=frozenset({"TBL001"})
        ).findings
    }
