"""Tests of :mod:`interpol_dataset.dataset.dataset`."""

from __future__ import annotations

import copy
import inspect
from typing import TYPE_CHECKING

import pytest

import interpol_dataset
from helpers.each import each
from interpol_dataset import Dataset, PackageError, QueryError, UnknownRecordError
from interpol_dataset.tables.rows import TABLES

if TYPE_CHECKING:
    from pathlib import Path

NAMES = [row.TABLE for row in TABLES]


def test_tables_are_those_of_the_rows(small: Dataset) -> None:
    """The package has the tables of the schema, in their order."""
    assert NAMES == list(small.tables)


def test_every_table_is_a_property() -> None:
    """Each table is a property of the dataset, with the table's description, and can't be set."""
    descriptions = {row.TABLE: " ".join((row.__doc__ or "").split()) for row in TABLES}

    assert descriptions == {name: inspect.getdoc(vars(Dataset)[name]) for name in NAMES}
    assert all(inspect.isdatadescriptor(vars(Dataset)[name]) for name in NAMES)


@each("name", NAMES)
def test_properties_are_their_tables(small: Dataset, name: str) -> None:
    """A property is the table of its name, with the columns of its rows."""
    table = getattr(small, name)
    columns = list(next(row for row in TABLES if name == row.TABLE).model_fields)

    assert (name, sorted(columns)) == (table.name, sorted(table.to_arrow().column_names))
    assert table is small[name]


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


def test_it_iterates_over_the_names_of_its_tables(small: Dataset) -> None:
    """A dataset has the names of its tables in it, in their order, and nothing else."""
    assert NAMES == list(small)
    assert all(name in small for name in NAMES)
    assert "operatons" not in small
    assert 0 not in small


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
        with pytest.raises(PackageError, match=r"is no path \(name the package's directory\)"):
            interpol_dataset.load(path)  # type: ignore[arg-type]


def test_a_table_is_not_replaced(small: Dataset) -> None:
    """A table of a dataset can't be set by mistake."""
    with pytest.raises(AttributeError, match="the table 'cases' can't be replaced"):
        small.cases = small.outcomes  # type: ignore[misc]  # what is tested


def test_dataset_describes_itself(small: Dataset, built: Path) -> None:
    """A dataset knows its directory, version, licences, authors and files."""
    assert built == small.directory
    assert interpol_dataset.__version__ == small.version
    assert ("CC-BY-4.0",) == small.licenses
    assert ("The interpol-dataset contributors",) == small.contributors
    assert NAMES == list(small.resources)
    assert "interpol-dataset" == small.descriptor["name"]


def test_dataset_shows_itself(small: Dataset) -> None:
    """What a dataset is can be seen in a console."""
    version, shown = interpol_dataset.__version__, repr(small)
    assert shown.startswith(f"<Dataset {version}: 2 operations, {len(NAMES)} tables in ")


def test_own_package_loads_by_default(dataset: Dataset) -> None:
    """Without a path, the data that came with the library is loaded."""
    assert dataset.cases.to_arrow().equals(interpol_dataset.load().cases.to_arrow())


def test_path_may_be_text(built: Path) -> None:
    """A path is a text or a path."""
    assert 2 == len(interpol_dataset.load(str(built)).cases)
