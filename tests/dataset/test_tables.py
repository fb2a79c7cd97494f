"""Tests of :mod:`interpol_dataset.dataset.tables`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from interpol_dataset import (
    Dataset,
    MissingExtraError,
    PackageError,
    Table,
    UnknownRecordError,
)
from interpol_dataset.dataset import tables as tables_module
from interpol_dataset.dataset.export import export
from interpol_dataset.dataset.tables import Tables, open_tables

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def tables(built: Path) -> Tables:
    """Return the tables of the small project, none of them read yet."""
    return open_tables(built)


# --- all tables -----------------------------------------------------------------------------


def test_tables_are_a_collection_of_names(tables: Tables) -> None:
    """Tables are iterated over by name, counted, and asked for a name."""
    assert tables.names == tuple(tables)
    assert len(tables.names) == len(tables)
    assert "cases" in tables
    assert "case" not in tables


def test_a_schema_needs_no_table(small: Dataset, tmp_path: Path) -> None:
    """The Table Schema of a table is there without the table's file."""
    package = export(small, tmp_path / "out", "csv", tables=["categories"])
    (package / "categories.csv").unlink()

    assert small.categories.schema == open_tables(package).schema("categories")


@pytest.mark.parametrize("ask", [Tables.schema, Tables.table, Tables.rows])
def test_unknown_table(tables: Tables, ask: object) -> None:
    """An unknown table is refused, with the one that may be meant."""
    with pytest.raises(UnknownRecordError, match="there is no table 'case'") as caught:
        ask(tables, "case")  # type: ignore[operator]  # each is a method

    assert "did you mean 'cases'?" == caught.value.hint
    assert str(tables.directory) == caught.value.where


def test_a_table_is_read_once(tables: Tables) -> None:
    """A table is the same object whenever it is asked for."""
    assert tables.table("cases") is tables.table("cases")


# --- rows and ids ---------------------------------------------------------------------------


def test_rows_are_found_by_their_values(tables: Tables) -> None:
    """Only rows that have all the values are found."""
    found = tables.rows("evidence", record_table="cases", record_id="alpha-i")

    assert found == [row for row in tables.table("evidence") if "alpha-i" == row["record_id"]]
    assert [] == tables.rows("evidence", record_table="claims", record_id="alpha-i")
    assert list(tables.table("cases")) == tables.rows("cases")


def test_a_column_may_be_called_name(tables: Tables) -> None:
    """The name of a column never clashes with a parameter."""
    assert ["fraud"] == [row["id"] for row in tables.rows("categories", name="Fraud")]


@pytest.mark.parametrize(
    ("id_", "names", "found"),
    [
        ("alpha-ii", ["cases"], ("cases", "alpha-ii")),
        ("alpha-ii", ["categories", "cases"], ("cases", "alpha-ii")),
        ("alpha-2", ["cases"], ("cases", "alpha-ii")),
        ("alpha-2", ["categories", "cases"], ("cases", "alpha-ii")),
    ],
)
def test_locate(tables: Tables, id_: str, names: list[str], found: tuple[str, str]) -> None:
    """A record is found in the first table that has it, and a retired id leads to another."""
    assert found == tables.locate(id_, names)


def test_locate_looks_only_where_it_is_told(tables: Tables) -> None:
    """A record of another table is not found, and neither is a retired id of another."""
    for id_ in ("alpha-ii", "alpha-2"):
        with pytest.raises(UnknownRecordError, match=f"there is no '{id_}' among the categories"):
            tables.locate(id_, ["categories"])


def test_locate_needs_no_retired_ids(small: Dataset, tmp_path: Path) -> None:
    """A package without the table of retired ids has none."""
    part = open_tables(export(small, tmp_path / "out", "csv", tables=["cases"]))

    assert ("cases", "alpha-i") == part.locate("alpha-i", ["cases"])
    with pytest.raises(UnknownRecordError, match="there is no 'alpha-2' among the cases"):
        part.locate("alpha-2", ["cases"])


def test_withdrawn_ids_give_the_reason(tables: Tables) -> None:
    """An id that was withdrawn is refused with its reason."""
    with pytest.raises(UnknownRecordError, match=r"withdrawn from the cases: Nobody else"):
        tables.locate("gamma", ["cases"])


def test_unknown_id_without_a_near_one(tables: Tables) -> None:
    """An id like no other is refused with the way to the list."""
    with pytest.raises(UnknownRecordError, match="there is no 'zzz' among the cases") as caught:
        tables.locate("zzz", ["cases"])

    assert "see 'interpol-dataset list cases'" == caught.value.hint


# --- one table ------------------------------------------------------------------------------


def test_table_is_rows(small: Dataset) -> None:
    """A table has a length, and iterates over its rows as dictionaries."""
    rows = list(small.outcomes)

    assert len(small.outcomes) == len(rows)
    assert ("alpha-i", "outcomes/arrests", "~20", 20.0, 18.0, 22.0) == tuple(
        rows[0][name] for name in ("case_id", "fact", "value", "point", "lower", "upper")
    )


def test_table_shows_itself(small: Dataset) -> None:
    """What a table is, and which there are, can be seen in a console."""
    assert "<Table case_categories: 3 rows; case_id, category_id, position>" == repr(
        small.case_categories
    )
    assert f"<Tables in {small.directory}: {', '.join(small.tables)}>" == repr(small.tables)


def test_units_are_converted(small: Dataset) -> None:
    """Bounds are in the unit of the metric; the value keeps its own."""
    row = next(row for row in small.outcomes if row["object_id"] == "cocaine")

    assert ("1400", "kg", 1400.0, "kg") == tuple(
        row[name] for name in ("value", "value_unit", "point", "unit")
    )


@pytest.mark.parametrize(
    ("dtypes", "hint"), [("arow", "did you mean 'arrow'?"), ("foo", "use one of pandas, arrow")]
)
def test_unknown_types_of_a_frame(dtypes: str, hint: str, small: Dataset) -> None:
    """Types that there are not are refused."""
    with pytest.raises(UnknownRecordError, match=f"no dtypes '{dtypes}'") as caught:
        small.cases.to_pandas(dtypes=dtypes)  # type: ignore[arg-type]  # what a user may write

    assert hint == caught.value.hint


@pytest.mark.parametrize("extra", ["pandas", "polars"])
def test_missing_extra_says_how_to_install_it(
    small: Dataset, monkeypatch: pytest.MonkeyPatch, extra: str
) -> None:
    """Where an optional library is missing, one line says how to install it."""
    monkeypatch.setitem(sys.modules, extra, None)

    with pytest.raises(MissingExtraError) as caught:
        getattr(small.cases, f"to_{extra}")()

    assert f"{extra} is not installed" == caught.value.what
    assert f"pip install 'interpol-dataset[{extra}]', or '.[{extra}]'" in str(caught.value.hint)
    assert isinstance(caught.value, ImportError)


def test_table_is_an_arrow_stream(small: Dataset) -> None:
    """Other libraries take a table through the Arrow C stream interface."""
    assert small.cases.to_arrow().equals(pa.table(small.cases))
    assert isinstance(small.cases, Table)


def test_tables_that_take_too_much_together(
    small: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each table is small enough, and so are many that name one file, but all of them are not."""
    monkeypatch.setattr(tables_module, "MAX_TABLES", 5_000)
    tables = open_tables(export(small, tmp_path / "out", "csv"))

    with pytest.raises(PackageError, match="the tables take more than"):
        list(map(tables.table, tables))


@pytest.mark.parametrize(
    ("named", "id_"),
    [("Operation Alpha II", "alpha-ii"), ("ALPHA II", "alpha-ii"), ("operation: alpha", "alpha-i")],
)
def test_a_name_stands_for_an_id(named: str, id_: str, tables: Tables) -> None:
    """A case is found by its name, however that is written, and without the word before it."""
    assert tables.locate(named, ["cases"]) == ("cases", id_)


@pytest.mark.parametrize(
    ("id_", "name", "other", "shown"),
    [
        ("online-fraud", "cases", "categories", "list categories --where id=online-fraud"),
        ("daily-2022-alpha", "cases", "sources", "list sources --where id=daily-2022-alpha"),
        ("alpha-ii", "categories", "cases", "show alpha-ii"),
    ],
)
def test_an_id_of_another_table(
    id_: str, name: str, other: str, shown: str, tables: Tables
) -> None:
    """An id of another table is said to be one, with the command that shows the record."""
    with pytest.raises(UnknownRecordError) as caught:
        tables.locate(id_, [name])

    said = f"there is no '{id_}' among the {name}; it is the id of one of the {other}"
    assert (said, f"'interpol-dataset {shown}' shows it") == (caught.value.what, caught.value.hint)


@pytest.mark.parametrize(
    ("id_", "hint"),
    [
        ("foo", "see 'interpol-dataset list cases'"),
        ("haechi3", "did you mean 'haechi-iii'?"),
        ("haechi-3", "did you mean 'haechi-iii'?"),
        ("libertd", "did you mean 'libertad'?"),
    ],
)
def test_an_id_suggests_what_is_near(id_: str, hint: str, dataset: Dataset) -> None:
    """An id with a slip suggests the one that was meant; one like no other suggests none."""
    with pytest.raises(UnknownRecordError) as caught:
        dataset.tables.locate(id_, ["cases"])

    assert hint == caught.value.hint


def test_a_name_of_several_is_asked_about(tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who may mean one of several cases by a name is asked which, before any other hint."""
    monkeypatch.setattr(
        tables, "_called_so", lambda _, name: ["alpha-i", "alpha-ii"] if name == "cases" else []
    )
    with pytest.raises(UnknownRecordError, match="the id of one of the categories") as caught:
        tables.locate("fraud", ["cases"])

    assert "did you mean 'alpha-i' or 'alpha-ii'?" == caught.value.hint


def test_a_damaged_table_is_no_matter_of_another(small: Dataset, tmp_path: Path) -> None:
    """A table that can't be read does not hide that a record is not in the one asked for."""
    export(small, tmp_path / "out", "csv")
    (tmp_path / "out" / "categories.csv").write_text("id\n", "utf-8")
    with pytest.raises(UnknownRecordError, match="there is no 'zzz' among the cases") as caught:
        open_tables(tmp_path / "out").locate("zzz", ["cases"])

    assert "see 'interpol-dataset list cases'" == caught.value.hint


def test_an_alias_leads_to_its_id(dataset: Dataset) -> None:
    """A case is found by another name, too."""
    found = dataset.tables.locate("first match of I-FAMILIA", ["cases"])

    assert found == ("cases", "adriatic-missing-man-2020")


def test_the_installed_package_has_a_name() -> None:
    """An error of what was asked of the installed package names no folder inside it."""
    with pytest.raises(UnknownRecordError) as caught:
        open_tables().table("nope")

    assert ("the installed package", "there is no table 'nope'") == (
        caught.value.where,
        caught.value.what,
    )
