"""Tests of :mod:`interpol_dataset.dataset.dataset`."""

import copy
import inspect
from pathlib import Path

import pytest

import interpol_dataset
from interpol_dataset import Dataset, PackageError, QueryError, UnknownRecordError
from interpol_dataset.tables.rows import TABLES

NAMES = [row.TABLE for row in TABLES]


def test_tables_are_those_of_the_rows(small: Dataset) -> None:
    """The package has the tables of the schema, in their order, and iterates over their names."""
    assert list(small.tables) == list(small) == list(small.resources) == NAMES
    assert [name for name in NAMES if name not in small] == []
    assert ("operatons" in small, 0 in small) == (False, False)


def test_every_table_is_a_property(small: Dataset) -> None:
    """Each table is a property, with the table's description and columns, and can't be set."""
    for row in TABLES:
        described, table = vars(Dataset)[row.TABLE], getattr(small, row.TABLE)
        assert inspect.isdatadescriptor(described)
        assert inspect.getdoc(described) == " ".join((row.__doc__ or "").split())
        assert table is small[row.TABLE]
        assert table.name == row.TABLE
        assert sorted(table.to_arrow().column_names) == sorted(row.model_fields)
    with pytest.raises(AttributeError, match="the table 'cases' can't be replaced"):
        small.cases = small.outcomes  # type: ignore[misc]  # what is tested


def test_a_misspelt_attribute(small: Dataset) -> None:
    """The table or method that was meant is asked about, and no private one."""
    with pytest.raises(AttributeError, match=r"no 'outcoms'; did you mean 'outcomes'\?"):
        small.outcoms  # type: ignore[attr-defined]  # noqa: B018
    with pytest.raises(AttributeError, match=r"no '_table'$"):
        small._table  # type: ignore[attr-defined]  # noqa: B018, SLF001
    assert not hasattr(small, "zzz")
    assert small["cases"] == copy.copy(small)["cases"]


def test_names_of_earlier_versions(small: Dataset) -> None:
    """A table, view or column that is gone says what to use now."""
    with pytest.raises(UnknownRecordError, match="the table 'cases' has its columns"):
        small["operations"]
    with pytest.raises(AttributeError, match="'case_totals' and 'case_object_totals' take"):
        small.operation_measures  # type: ignore[attr-defined]  # noqa: B018
    with pytest.raises(QueryError, match="'case_totals' and 'case_object_totals' take"):
        small.sql("FROM totals")
    with pytest.raises(QueryError, match="use 'existence_status'"):
        small.sql("SELECT status FROM cases")
    with pytest.raises(UnknownRecordError, match="use 'start'"):
        small.explain("alpha-ii", "period_earliest")


def test_what_is_no_name(small: Dataset) -> None:
    """What is no text is said to name nothing, as is any text that names nothing."""
    for name in (0, None, ["cases"]):
        with pytest.raises(UnknownRecordError, match="there is no table"):
            small[name]  # type: ignore[index]
    for id_ in (3, ["alpha-ii"]):
        for ask in (small.case, small.operation, small.cite):
            with pytest.raises(
                UnknownRecordError, match=r"among the cases \(give the id as a text"
            ):
                ask(id_)  # type: ignore[operator]
    with pytest.raises(UnknownRecordError, match="there is no None among the cases"):
        small.case(None)  # type: ignore[arg-type]
    with pytest.raises(UnknownRecordError, match="no fact '3'"):
        small.cite("alpha-ii", 3)  # type: ignore[arg-type]
    with pytest.raises(UnknownRecordError, match="no style 'None'"):
        small.cite(style=None)  # type: ignore[arg-type]
    with pytest.raises(QueryError, match="syntax error"):
        small.sql(None)  # type: ignore[arg-type]
    for path in (3, b"out"):
        with pytest.raises(PackageError, match=r"is not a path \(name the package's directory\)"):
            interpol_dataset.load(path)  # type: ignore[arg-type]


def test_dataset_describes_itself(small: Dataset, built: Path) -> None:
    """A dataset knows its directory, version, licences and authors, and shows itself."""
    assert small.directory == built
    assert small.version == interpol_dataset.__version__
    assert small.licenses == ("CC-BY-4.0",)
    assert small.contributors == ("The interpol-dataset contributors",)
    assert small.descriptor["name"] == "interpol-dataset"
    shown = f"<Dataset {small.version}: 2 operations, {len(NAMES)} tables in "
    assert repr(small).startswith(shown)


def test_what_is_loaded(dataset: Dataset, built: Path) -> None:
    """Without a path it is the data that came with the library; a path may be a text."""
    assert dataset.cases.to_arrow().equals(interpol_dataset.load().cases.to_arrow())
    assert len(interpol_dataset.load(str(built)).cases) == 2
