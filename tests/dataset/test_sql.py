"""Tests of :mod:`interpol_dataset.dataset.query`."""

import sys
from datetime import date
from pathlib import Path

import pytest

import interpol_dataset
from helpers.each import each
from interpol_dataset import Dataset, MissingExtraError, QueryError
from interpol_dataset.package.single_file import VIEWS


def test_tables_are_views(dataset: Dataset) -> None:
    """A query over several tables returns a table that behaves like any other."""
    table = dataset.sql(
        "SELECT c.id, max(o.point) AS most, c.announced FROM Cases c"
        " JOIN outcomes o ON o.case_id = c.id WHERE o.metric_id = 'arrests' GROUP BY ALL"
        " ORDER BY most DESC NULLS LAST"
    )

    assert table.columns == ("id", "most", "announced")
    assert [field["type"] for field in table.schema["fields"]] == ["string", "number", "date"]
    assert len(table) > 100
    assert "datetime64" in str(table.to_pandas().announced.dtype)
    assert len(table.head(3)) == 3
    assert "<table>" in table._repr_html_()


def test_every_table_and_view_is_there(dataset: Dataset, small: Dataset, tmp_path: Path) -> None:
    """A table is found by its name, a view of the exports too, unless one of its tables is not."""
    for name in small.tables:
        (row,) = small.sql(f'SELECT count(*) AS n FROM "{name}"')  # noqa: S608
        assert row["n"] == len(small[name])
    for name in VIEWS:
        assert len(dataset.sql(f"SELECT * FROM {name}")) > 10  # noqa: S608
    small.export(tmp_path / "few", "csv", tables=["cases", "countries"])
    with pytest.raises(QueryError, match="disputed_facts") as caught:
        interpol_dataset.load(tmp_path / "few").sql("SELECT * FROM disputed_facts")

    assert "series" in str(caught.value.hint)


def test_numbers_are_plain(small: Dataset) -> None:
    """Sums and decimals are numbers that pandas knows, not decimals of 38 digits."""
    (row,) = small.sql(
        "SELECT sum(parties) AS whole, 1.5 AS part, 10::HUGEINT ** 30 AS great,"
        " (10::HUGEINT ** 30)::HUGEINT AS greater, DATE '2022-06-28' AS day, [1] AS list"
        " FROM verification"
    )

    assert int is type(row["whole"])
    assert row["part"] == 1.5
    assert pytest.approx(1e30) == row["greater"] == row["great"]
    assert date(2022, 6, 28) == row["day"]


@each(
    "query, said",
    [
        ("SELECT * FROM case", "syntax error"),
        ("SELECT * FROM cas", "Table with name cas does not exist"),
        ("SELECT nope FROM cases", 'column "nope"'),
        ("", "returns no table"),
        ("SELECT * FROM words", "Table with name words does not exist"),
        ("SELECT 1/'a'", "Could not convert"),
    ],
)
def test_query_that_cant_be_run(small: Dataset, query: str, said: str) -> None:
    """A wrong query is an error of this package, in DuckDB's words."""
    with pytest.raises(QueryError, match="(?i)" + said.replace("(", r"\(")) as caught:
        small.sql(query)
    is_table = "Table with name" in said
    assert is_table == str(caught.value.hint).startswith("the tables and views are cases, ")
    assert is_table or len(str(caught.value.hint)) < 100


def test_duckdb_is_missing(small: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without DuckDB, the error says what installs it."""
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(MissingExtraError, match="duckdb is not installed"):
        small.sql("SELECT 1")
