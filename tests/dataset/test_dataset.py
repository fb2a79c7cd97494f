"""Tests of :mod:`interpol_dataset.dataset.dataset` and :mod:`interpol_dataset.dataset.records`."""

from __future__ import annotations

import hashlib
import json
import sys
from typing import TYPE_CHECKING

import pytest

import interpol_dataset
from interpol_dataset import (
    Dataset,
    MissingExtraError,
    PackageError,
    Table,
    UnknownRecordError,
    export,
    load,
)
from interpol_dataset.records import models as m
from interpol_dataset.tables.rows import TABLES
from interpol_dataset.values.edtf import Edtf
from interpol_dataset.values.quantity import Quantity

if TYPE_CHECKING:
    from pathlib import Path

NAMES = [row.TABLE for row in TABLES]


def test_tables_are_those_of_the_rows(small: Dataset) -> None:
    """The package has the tables of the schema, in their order."""
    assert NAMES == list(small.tables)


def test_every_table_is_a_property() -> None:
    """Each table is a property of the dataset, and each such property a table."""
    properties = {name for name, value in vars(Dataset).items() if isinstance(value, property)}
    about_it = {
        "directory",
        "version",
        "descriptor",
        "licenses",
        "contributors",
        "resources",
        "tables",
    }

    assert {*NAMES, *about_it} == properties


@pytest.mark.parametrize("name", NAMES)
def test_properties_give_their_tables(small: Dataset, name: str) -> None:
    """A property gives the table of its name, with the columns of its rows."""
    table = getattr(small, name)
    columns = list(next(row for row in TABLES if name == row.TABLE).model_fields)

    assert (name, sorted(columns)) == (table.name, sorted(table.to_arrow().column_names))
    assert table is small.table(name)


def test_own_package_loads_by_default(dataset: Dataset) -> None:
    """Without a path, the data that came with the library is loaded."""
    assert dataset.cases.to_arrow().equals(interpol_dataset.load().cases.to_arrow())


def test_path_may_be_text(built: Path) -> None:
    """A path is a text or a path."""
    assert 2 == len(interpol_dataset.load(str(built)).cases)


def test_table_is_rows(small: Dataset) -> None:
    """A table has a length and gives its rows as dictionaries."""
    rows = list(small.outcomes)

    assert len(small.outcomes) == len(rows)
    assert ("alpha-i", "outcomes/arrests", "~20", 20.0, 18.0, 22.0) == tuple(
        rows[0][name] for name in ("case_id", "fact", "value", "point", "lower", "upper")
    )


def test_table_shows_itself(small: Dataset) -> None:
    """What a table and a dataset are can be seen in a console."""
    assert "<Table case_categories: 3 rows; case_id, category_id, position>" == repr(
        small.case_categories
    )
    assert f"<Dataset {interpol_dataset.__version__}: {len(NAMES)} tables in" in repr(small)


def test_units_are_converted(small: Dataset) -> None:
    """Bounds stand in the unit of the metric; the value keeps its own."""
    row = next(row for row in small.outcomes if row["object_id"] == "cocaine")

    assert ("1400", "kg", 1400.0, "kg") == tuple(
        row[name] for name in ("value", "value_unit", "point", "unit")
    )


# --- records --------------------------------------------------------------------------------


def test_records_are_typed(small: Dataset) -> None:
    """Records of every kind are found by their ids."""
    case = small.case("alpha-ii")

    assert isinstance(case, m.Case)
    assert Quantity.parse("975") == case.reports[0].outcomes[0].value
    assert case.reports[0].period
    assert Edtf.parse("2022-06-28/2022-11-23") == case.reports[0].period.value
    assert "Fraud" == small.category("fraud").name
    assert ("alpha-ii",) == tuple(link.case for link in small.challenge("no-power-of-arrest").cases)
    assert ("no-power-of-arrest",) == small.lesson("work-together").challenges
    assert "Operation Beta" == small.claim("seed-p01-01").searches[0].looked_for
    assert "page-farm" == small.source("seed").asserter


@pytest.mark.parametrize(
    ("kind", "id_", "near"),
    [
        ("case", "alpha-iii", "alpha-ii"),
        ("category", "online-fraudd", "online-fraud"),
        ("challenge", "no-power-of-arrests", "no-power-of-arrest"),
        ("lesson", "work-togethr", "work-together"),
        ("claim", "seed-p01-1", "seed-p01-01"),
        ("source", "sead", "seed"),
    ],
)
def test_unknown_ids_suggest_the_nearest(small: Dataset, kind: str, id_: str, near: str) -> None:
    """An id with a slip is refused, with the one that may be meant."""
    with pytest.raises(UnknownRecordError, match=f"there is no '{id_}'") as caught:
        getattr(small, kind)(id_)

    assert f"did you mean '{near}'?" == caught.value.hint


def test_unknown_id_without_a_near_one(small: Dataset) -> None:
    """An id like no other is refused with the way to the list."""
    with pytest.raises(UnknownRecordError) as caught:
        small.case("zzz")

    assert "list cases" in str(caught.value.hint)


def test_unknown_table_names_those_there_are(small: Dataset) -> None:
    """An unknown table is refused, with the names there are."""
    with pytest.raises(UnknownRecordError, match="there is no table 'case'") as caught:
        small.table("case")

    assert "cases" in str(caught.value.hint)


def test_retired_ids_lead_on(small: Dataset) -> None:
    """A retired id gives the record that took its place."""
    assert small.case("alpha-ii") == small.case("alpha-2")


def test_withdrawn_ids_give_the_reason(small: Dataset) -> None:
    """An id that was withdrawn is refused with its reason."""
    with pytest.raises(UnknownRecordError, match=r"withdrawn from the cases: Nobody else"):
        small.case("gamma")


# --- optional libraries ---------------------------------------------------------------------


@pytest.mark.parametrize("extra", ["pandas", "polars"])
def test_missing_extra_says_how_to_install_it(
    small: Dataset, monkeypatch: pytest.MonkeyPatch, extra: str
) -> None:
    """Where an optional library is missing, one line tells how to install it."""
    monkeypatch.setitem(sys.modules, extra, None)

    with pytest.raises(MissingExtraError) as caught:
        getattr(small.cases, f"to_{extra}")()

    assert f"{extra} is not installed" == caught.value.what
    assert f"pip install 'interpol-dataset[{extra}]'" == caught.value.hint
    assert isinstance(caught.value, ImportError)


def test_table_is_an_arrow_stream(small: Dataset) -> None:
    """Other libraries take a table through the Arrow C stream interface."""
    import pyarrow as pa  # noqa: PLC0415  # only here

    assert small.cases.to_arrow().equals(pa.table(small.cases))
    assert isinstance(small.cases, Table)


def test_rows_that_do_not_hold_together(small: Dataset, tmp_path: Path) -> None:
    """Tables of the right types that make no records are a fault of the package, said in a line."""
    package = export(small, tmp_path / "out", "jsonl")
    path = package / "evidence.jsonl"
    content = path.read_text("utf-8").replace('"value":"', '"value":"no quantity ').encode()
    path.write_bytes(content)
    descriptor = json.loads((package / "datapackage.json").read_text("utf-8"))
    resource = next(item for item in descriptor["resources"] if item["name"] == "evidence")
    resource |= {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}
    (package / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")

    with pytest.raises(PackageError, match="can't be read as records"):
        load(package).case("alpha-ii")
