"""Tests of :mod:`interpol_dataset.dataset.query`: sums that can't be wrong."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pytest

from helpers.each import each
from interpol_dataset import Dataset, QueryError, UnknownRecordError
from interpol_dataset.dataset.query import NOT_FURTHER_NAMED, total
from interpol_dataset.dataset.tables import Table, computed_table

ROW = {"lower": 0.0, "upper": None, "unit": "count", "status": "documented", "counted_in": None}


class Given:
    """Tables in memory, as far as totals need them."""

    def __init__(self, **tables: list[dict[str, Any]]) -> None:
        self._tables = {
            "metrics": [
                {"id": "arrests", "name": "Arrests", "adds_up": True, "adding": ""},
                {"id": "seized", "name": "Weight seized", "adds_up": False, "adding": "Choose."},
            ],
            "objects": [
                {"id": "drugs", "parent_id": None},
                {"id": "cocaine", "parent_id": "drugs"},
                {"id": "heroin", "parent_id": "drugs"},
            ],
            "countries": [
                {"id": "KEN", "region": "Africa", "subregion": "Eastern Africa"},
                {"id": "FRA", "region": "Europe", "subregion": "Western Europe"},
            ],
            **tables,
        }

    def rows(self, name: str, /, **wanted: str) -> list[dict[str, Any]]:
        """Return the rows with some values."""
        rows = self._tables[name]
        return [row for row in rows if all(row[key] == value for key, value in wanted.items())]

    def table(self, name: str) -> Table:
        """Return a table."""
        return computed_table(name, "", pa.Table.from_pylist(self._tables[name]))

    def locate(self, id_: str, names: list[str]) -> tuple[str, str]:
        """Return the table and the id."""
        return names[0], id_


def case(id_: str, year: int | None = 2020, basis: str = "ended", **columns: object) -> Any:
    """Return a row of cases."""
    areas = {"main_area": "fraud", "top_area": "fraud", "series": None}
    return {"id": id_, "year": year, "year_basis": basis, **areas, **columns}


def row(case_id: str, point: float, basis: str = "stated", **columns: object) -> dict[str, Any]:
    """Return a row of a table of totals."""
    what = {"metric_id": "arrests", "object_id": None, "facts": [], "left_out": []}
    return {**ROW, **what, "case_id": case_id, "point": point, "basis": basis, **columns}


def rows_of(given: Given, *arguments: str, **options: Any) -> list[Mapping[str, Any]]:
    """Return the rows of a total."""
    return list(total(given, *arguments, **options))  # type: ignore[arg-type]


def test_stated_and_parts_stand_side_by_side() -> None:
    """What is stated for whole cases is one number, with parts another; bounds are of both."""
    cases = [case("a"), case("b"), case("c")]
    totals = [
        row("a", 10, lower=9.0, upper=11.0),
        row("b", 5, "part", lower=5.0),
        row("c", 7, "unconverted", unit="KES"),
    ]
    table = total(Given(cases=cases, case_totals=totals), "arrests")  # type: ignore[arg-type]

    sums = {"stated": 10.0, "with_parts": 15.0, "lower": 14.0, "upper": None}
    assert list(table) == [{"unit": "count", **sums, "operations": 2, "operations_stated": 1}]
    assert table.description == (
        "2 operations, 1 with a stated total, 1 with a part; a lower bound of what was announced;"
        " left out: 1 amount in a currency without a rate."
    )


@each(
    "where, sums",
    [
        (None, [10.0]),  # the whole stands for both
        ("series=s", [4.0]),  # the whole is not chosen, so its part counts
        ({"id": "whole"}, [10.0]),
        ({"id": "inner"}, [2.0]),
        ({"series": None, "arrests": "10"}, [10.0]),  # as 'list' compares them
    ],
)
def test_a_part_counts_where_its_whole_does_not(where: Any, sums: list[float]) -> None:
    """A case in another counts once, whichever of them are chosen, and through a case between."""
    cases = [case("whole", arrests=10.0), case("part", series="s"), case("inner", series="s")]
    parts = [row("part", 4, counted_in="whole"), row("inner", 2, counted_in="part")]
    given = Given(cases=cases, case_totals=[row("whole", 10), *parts])
    assert [found["stated"] for found in rows_of(given, "arrests", where=where)] == sums


def test_sums_have_no_more_digits_than_what_was_added() -> None:
    """Tenths add up to tenths, not to 0.30000000000000004 or so."""
    cases = [case(name) for name in "abcdefghij"]
    totals = [row(it["id"], 0.1) for it in cases]
    (found,) = rows_of(Given(cases=cases, case_totals=totals), "arrests")
    assert str(found["stated"]) == "1.0"


def test_a_year_from_a_source_stands_apart() -> None:
    """A year that no page gives counts only where it is asked for."""
    cases = [case("a"), case("b", 2021, "source"), case("c", None, None)]  # type: ignore[arg-type]
    given = Given(cases=cases, case_totals=[row("a", 1), row("b", 2), row("c", 4)])
    by_year = rows_of(given, "arrests", by="year")
    by_source = rows_of(given, "arrests", by=["source_year"])
    assert [(item["year"], item["stated"]) for item in by_year] == [(2020, 1), (None, 6)]
    assert [item["source_year"] for item in by_source] == [2020, 2021, None]


def test_objects_add_up_to_what_is_above_them() -> None:
    """What lies below an object and what is not further named make up its total."""
    columns = {"metric_id": "seized", "unit": "kg"}
    objects = [
        row("a", 10, object_id="drugs", **columns),
        row("a", 6, object_id="cocaine", **columns),
        row("b", 3, object_id="drugs", **columns),
    ]
    given = Given(cases=[case("a"), case("b")], case_object_totals=objects)
    found = total(given, "seized", "drugs", by="object")  # type: ignore[arg-type]

    assert "don't add these rows up" in found.description
    named = {item["object"]: item["stated"] for item in found}
    assert list(named.items()) == [("cocaine", 6), (NOT_FURTHER_NAMED, 7)]
    with pytest.raises(QueryError, match="nothing below 'cocaine'"):
        rows_of(given, "seized", "cocaine", by="object")


def test_countries_have_totals_of_their_own() -> None:
    """By country or region only what is known of single countries is added."""
    totals = [row("a", 2, country="KEN"), row("a", 3, country="FRA"), row("b", 4, country="KEN")]
    given = Given(cases=[case("a"), case("b")], country_totals=totals)
    by_region = rows_of(given, "arrests", by="region")
    by_subregion = rows_of(given, "arrests", by="subregion")
    regions = [(item["region"], item["stated"]) for item in by_region]
    assert regions == [("Africa", 6), ("Europe", 3)]
    assert [item["subregion"] for item in by_subregion] == ["Eastern Africa", "Western Europe"]
    assert [item["stated"] for item in rows_of(given, "arrests", country="FRA")] == [3]


def test_what_can_not_be_added_is_refused(dataset: Dataset) -> None:
    """Weights of anything, unknown words and groups are errors that say what to do."""
    with pytest.raises(QueryError, match="name an object, or group by object"):
        dataset.total("weight-seized")
    with pytest.raises(UnknownRecordError, match="did you mean 'arrests'"):
        dataset.total("arrest")
    with pytest.raises(UnknownRecordError, match="did you mean 'cocaine'"):
        dataset.total("weight-seized", "cocain")
    with pytest.raises(UnknownRecordError, match="did you mean 'year'"):
        dataset.total("arrests", by="yaer")
    with pytest.raises(UnknownRecordError, match="did you mean 'series'"):
        dataset.total("arrests", where="sereis=haechi")
    with pytest.raises(UnknownRecordError, match="not COLUMN=TEXT"):
        dataset.total("arrests", where="haechi")


@each("metric, object_", [("arrests", None), ("weight-seized", "cocaine"), ("assets-taken", None)])
def test_a_total_is_what_sql_makes_of_the_tables(
    dataset: Dataset, metric: str, object_: str | None
) -> None:
    """The sum of rows with 'counted_in' empty is the same number, and no group loses any of it."""
    table = "case_totals" if object_ is None else "case_object_totals"
    of = f" AND object_id = '{object_}'" if object_ else ""
    asked = dataset.sql(
        f"SELECT unit, sum(point) AS n FROM {table} WHERE metric_id = '{metric}'{of}"  # noqa: S608
        " AND counted_in IS NULL AND basis <> 'unconverted' GROUP BY unit"
    )
    sums = {item["unit"]: pytest.approx(item["n"]) for item in asked}

    for by in ((), "year", "area", "top_area", "series", "status"):
        found: dict[str, float] = {}
        for item in dataset.total(metric, object_, by=by):
            found[item["unit"]] = found.get(item["unit"], 0) + item["with_parts"]
        assert found == sums
