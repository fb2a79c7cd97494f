"""Tests of :mod:`interpol_dataset.dataset.tables`."""

import sys
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pyarrow as pa
import pytest

from helpers.each import each
from interpol_dataset import Dataset, MissingExtraError, PackageError, Table, UnknownRecordError
from interpol_dataset.dataset import tables as tables_module
from interpol_dataset.dataset.export import export
from interpol_dataset.dataset.tables import Tables, open_tables


@pytest.fixture
def tables(built: Path) -> Tables:
    """Return the tables of the small project, none of them read yet."""
    return open_tables(built)


def test_tables_are_a_collection_of_names(tables: Tables) -> None:
    """Tables are iterated over by name, counted, and asked for a name; each is read once."""
    assert tuple(tables) == tables.names
    assert len(tables) == len(tables.names)
    assert "cases" in tables
    assert "case" not in tables
    assert tables.table("cases") is tables.table("cases")


def test_a_schema_needs_no_table(small: Dataset, tmp_path: Path) -> None:
    """The Table Schema of a table is there without the table's file."""
    package = export(small.tables, tmp_path / "out", "csv", tables=["categories"])
    (package / "categories.csv").unlink()
    assert small.categories.schema == open_tables(package).schema("categories")


@each("ask", [Tables.schema, Tables.table, Tables.rows])
def test_unknown_table(tables: Tables, ask: Callable[[Tables, str], object]) -> None:
    """An unknown table is refused, with the one that may be meant."""
    with pytest.raises(UnknownRecordError, match="there is no table 'case'") as caught:
        ask(tables, "case")
    assert caught.value.where == str(tables.directory)
    assert caught.value.hint == "did you mean 'cases'?"


def test_rows_are_found_by_their_values(tables: Tables) -> None:
    """Only rows that have all the values are found; a column may be called as a parameter is."""
    found = tables.rows("evidence", record_table="cases", record_id="alpha-i")
    assert found == [row for row in tables.table("evidence") if row["record_id"] == "alpha-i"]
    assert tables.rows("evidence", record_table="claims", record_id="alpha-i") == []
    assert tables.rows("cases") == tables.rows_if_there("cases") == list(tables.table("cases"))
    assert tables.rows_if_there("case") == []
    assert [row["id"] for row in tables.rows("categories", name="Fraud")] == ["fraud"]


@each(
    "id_, names, found",
    [
        ("alpha-ii", ["cases"], "alpha-ii"),
        ("alpha-ii", ["categories", "cases"], "alpha-ii"),
        ("alpha-2", ["cases"], "alpha-ii"),
        ("alpha-2", ["categories", "cases"], "alpha-ii"),
        # By a name, however that is written, and without the word before it.
        ("Operation Alpha II", ["cases"], "alpha-ii"),
        ("ALPHA II", ["cases"], "alpha-ii"),
        ("operation: alpha", ["cases"], "alpha-i"),
    ],
)
def test_locate(tables: Tables, id_: str, names: list[str], found: str) -> None:
    """A record is found in the first table that has it; a retired id or a name leads to another."""
    assert tables.locate(id_, names) == ("cases", found)


@each(
    "id_, names, what, hint",
    [
        ("alpha-ii", ["categories"], "there is no 'alpha-ii' among the categories", "shows it"),
        ("alpha-2", ["categories"], "there is no 'alpha-2' among the categories", "see '"),
        ("gamma", ["cases"], "withdrawn from the cases: Nobody else", ""),
        ("zzz", ["cases"], "there is no 'zzz' among the cases", "'interpol-dataset list cases'"),
    ],
)
def test_what_is_nowhere(tables: Tables, id_: str, names: list[str], what: str, hint: str) -> None:
    """Tables are looked into as they are named; a withdrawn id is refused with its reason."""
    with pytest.raises(UnknownRecordError, match=what) as caught:
        tables.locate(id_, names)
    assert hint in str(caught.value.hint)


def test_an_id_suggests_what_is_near(dataset: Dataset) -> None:
    """An id with a slip suggests the one that was meant; an alias is as good as an id."""
    near = {"haechi3": "haechi-iii", "haechi-3": "haechi-iii", "libertd": "libertad"}
    for id_, meant in near.items():
        with pytest.raises(UnknownRecordError) as caught:
            dataset.tables.locate(id_, ["cases"])
        assert caught.value.hint == f"did you mean '{meant}'?"
    found = dataset.tables.locate("first match of I-FAMILIA", ["cases"])
    assert found == ("cases", "adriatic-missing-man-2020")


def test_locate_needs_no_retired_ids(small: Dataset, tmp_path: Path) -> None:
    """A package without the table of retired ids has none."""
    part = open_tables(export(small.tables, tmp_path / "out", "csv", tables=["cases"]))
    assert part.locate("alpha-i", ["cases"]) == ("cases", "alpha-i")
    with pytest.raises(UnknownRecordError, match="there is no 'alpha-2' among the cases"):
        part.locate("alpha-2", ["cases"])


def test_table_is_rows(small: Dataset) -> None:
    """A table has a length, and iterates over its rows as dictionaries."""
    rows = list(small.outcomes)
    assert len(small.outcomes) == len(rows)
    assert tuple(
        rows[0][name] for name in ("case_id", "fact", "value", "point", "lower", "upper")
    ) == ("alpha-i", "outcomes/arrests", "~20", 20.0, 18.0, 22.0)


def test_table_shows_itself(small: Dataset) -> None:
    """What a table is, and which there are, can be seen in a console."""
    shown = "<Table case_categories: 3 rows; case_id, category_id, position>"
    assert repr(small.case_categories) == shown
    assert f"<Tables in {small.directory}: {', '.join(small.tables)}>" == repr(small.tables)


def test_units_are_converted(small: Dataset) -> None:
    """Bounds are in the unit of the metric; the value keeps its own."""
    row = next(row for row in small.outcomes if row["object_id"] == "cocaine")
    assert (row["value"], row["value_unit"]) == ("1400", "kg")
    assert (row["point"], row["unit"]) == (1400.0, "kg")


def test_unknown_types_of_a_frame(small: Dataset) -> None:
    """Types that there are not are refused."""
    hints = {"arow": "did you mean 'arrow'?", "foo": "use one of pandas, arrow"}
    for dtypes, hint in hints.items():
        with pytest.raises(UnknownRecordError, match=f"no dtypes '{dtypes}'") as caught:
            small.cases.to_pandas(dtypes=dtypes)  # type: ignore[arg-type]  # what a user may write
        assert caught.value.hint == hint


@each("extra", ["pandas", "polars"])
def test_missing_extra_says_how_to_install_it(small: Dataset, extra: str) -> None:
    """Where an optional library is missing, one line says how to install it."""
    with mock.patch.dict(sys.modules, {extra: None}), pytest.raises(MissingExtraError) as caught:
        getattr(small.cases, f"to_{extra}")()
    assert caught.value.what == f"{extra} is not installed"
    assert f"pip install 'interpol-dataset[{extra}]', or '.[{extra}]'" in str(caught.value.hint)
    assert isinstance(caught.value, ImportError)


def test_table_is_an_arrow_stream(small: Dataset) -> None:
    """Other libraries take a table through the Arrow C stream interface."""
    assert small.cases.to_arrow().equals(pa.table(small.cases))
    assert isinstance(small.cases, Table)


@each(
    "id_, name, other, shown",
    [
        ("online-fraud", "cases", "categories", "list categories --where id=online-fraud"),
        ("daily-2022-alpha", "cases", "sources", "list sources --where id=daily-2022-alpha"),
        ("alpha-ii", "categories", "cases", "show alpha-ii"),
    ],
)
def test_id_of_another_table(id_: str, name: str, other: str, shown: str, tables: Tables) -> None:
    """An id of another table is said to be one, with the command that shows the record."""
    with pytest.raises(UnknownRecordError) as caught:
        tables.locate(id_, [name])
    said = f"there is no '{id_}' among the {name}; it is the id of one of the {other}"
    assert (caught.value.what, caught.value.hint) == (said, f"'interpol-dataset {shown}' shows it")


def test_tables_that_take_too_much_together(
    small: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each table is small enough, and so are many that name one file, but all of them are not."""
    monkeypatch.setattr(tables_module, "MAX_TABLES", 5_000)
    tables = open_tables(export(small.tables, tmp_path / "out", "csv"))
    with pytest.raises(PackageError, match="the tables take more than"):
        list(map(tables.table, tables))


def test_a_name_of_several_is_asked_about(tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who may mean one of several cases by a name is asked which, before any other hint."""
    monkeypatch.setattr(
        tables, "_called_so", lambda _, name: ["alpha-i", "alpha-ii"] if name == "cases" else []
    )
    with pytest.raises(UnknownRecordError, match="the id of one of the categories") as caught:
        tables.locate("fraud", ["cases"])
    assert caught.value.hint == "did you mean 'alpha-i' or 'alpha-ii'?"


def test_a_damaged_table_is_no_matter_of_another(small: Dataset, tmp_path: Path) -> None:
    """A table that can't be read does not hide that a record is not in the one asked for."""
    export(small.tables, tmp_path / "out", "csv")
    (tmp_path / "out" / "categories.csv").write_text("id\n", "utf-8")
    with pytest.raises(UnknownRecordError, match="there is no 'zzz' among the cases") as caught:
        open_tables(tmp_path / "out").locate("zzz", ["cases"])
    assert caught.value.hint == "see 'interpol-dataset list cases'"


def test_the_installed_package_has_a_name() -> None:
    """An error of what was asked of the installed package names no folder inside it."""
    with pytest.raises(UnknownRecordError) as caught:
        open_tables().table("nope")
    assert caught.value.where == "the installed package"
    assert caught.value.what == "there is no table 'nope'"


def test_what_is_made_of_tables_is_made_once(tables: Tables) -> None:
    """Each function is called at the first call only, with the tables."""
    given: list[Tables] = []
    assert [tables.once(given.append) for _ in range(2)] == [None, None]
    assert given == [tables]
