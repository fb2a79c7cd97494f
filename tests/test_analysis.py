"""Tests of ``docs/analysis.md``: its code runs, and its numbers are those of other queries."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from helpers.each import each

if TYPE_CHECKING:
    import interpol_dataset

PAGE = Path(__file__).parents[1] / "docs" / "analysis.md"
NOTEBOOK = PAGE.with_suffix(".ipynb")


def blocks(language: str) -> list[str]:
    """Return the code of the page in a language."""
    return re.findall(
        rf"^```{language}\n(.*?)^```", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )


@pytest.fixture(scope="module")
def answers() -> dict[str, Any]:
    """Return what the page's Python works out, run from top to bottom."""
    names: dict[str, Any] = {}
    for code in blocks("python"):
        exec(code, names)  # noqa: S102  # the project's own page

    return names


@pytest.fixture(scope="module")
def sql(dataset: interpol_dataset.Dataset) -> duckdb.DuckDBPyConnection:
    """Return a connection that has the tables as they are committed, as text."""
    connection = duckdb.connect()
    for name in dataset.tables:
        path = dataset.directory / "data" / "tables" / f"{name}.csv"
        connection.execute(
            f"CREATE VIEW {name} AS SELECT * FROM read_csv('{path}', all_varchar=true)"  # noqa: S608  # a path of our own
        )

    return connection


def rows(sql: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    """Return the rows of a query."""
    return sql.execute(query).fetchall()


@each("code", blocks("python")[1:])
def test_answers_are_short(code: str) -> None:
    """An answer has at most four statements besides imports."""
    lines = [line for line in code.splitlines() if re.match(r"[a-z]", line)]

    assert len([line for line in lines if not line.startswith("import")]) <= 4


@pytest.mark.parametrize("shown", blocks("pycon"))
def test_shown_results(answers: dict[str, Any], shown: str) -> None:
    """A result that the page shows is what its code gives; if not, copy it from here."""
    code, _, printed = shown.removeprefix(">>> ").partition("\n")
    result = str(eval(code, answers))  # noqa: S307  # the project's own page

    assert [line.rstrip() for line in result.splitlines()] == printed.splitlines()


def test_arrests_by_year_and_area(answers: dict[str, Any], sql: duckdb.DuckDBPyConnection) -> None:
    """pandas, Polars, the page's SQL and another query give the same rows."""
    expected = {
        (int(year), area): (point, lower)
        for year, area, point, lower in rows(
            sql,
            """
            SELECT year, top_area, sum(CAST(point AS DOUBLE)), sum(CAST(lower AS DOUBLE))
            FROM case_totals JOIN cases ON id = case_id
            WHERE metric_id = 'arrests' AND counted_in IS NULL AND year IS NOT NULL
            GROUP BY ALL
            """,
        )
    }
    (query,) = blocks("sql")
    by_sql = [tuple(row.values()) for row in answers["ds"].sql(query)]
    by_pandas = list(answers["by_year_and_area"].itertuples(name=None))
    by_polars = answers["in_polars"].rows()

    for found in (by_sql, [(*key, point, lower) for key, point, lower in by_pandas], by_polars):
        assert len(expected) == len(found)
        assert expected == {(year, area): tuple(sums) for year, area, *sums in found}


def test_a_crime_area_below_the_top_ones(
    answers: dict[str, Any], sql: duckdb.DuckDBPyConnection
) -> None:
    """The narrow and the wide table of an area hold what another query adds up."""
    expected = rows(
        sql,
        """
        SELECT o.main_area = 'online-fraud', sum(CAST(m.point AS DOUBLE))
        FROM case_totals m JOIN cases o ON o.id = m.case_id
        JOIN case_categories c ON c.case_id = o.id AND c.category_id = 'online-fraud'
        WHERE m.metric_id = 'arrests' AND m.counted_in IS NULL AND o.year IS NOT NULL
        GROUP BY ALL
        """,
    )

    assert dict(expected) == answers["by_year"].sum().to_dict()


def test_pangolins(answers: dict[str, Any], sql: duckdb.DuckDBPyConnection) -> None:
    """Pangolins are those that the vocabulary calls so, without what is in another row."""
    ((expected,),) = rows(
        sql,
        "SELECT count(*) FROM outcomes WHERE object_id LIKE '%pangolin%' AND part_of IS NULL",
    )

    assert 0 < int(expected) == len(answers["pangolins"])
    sums = rows(
        sql,
        """
        SELECT metric_id, object_id, unit, sum(CAST(lower AS DOUBLE)) FROM outcomes
        WHERE object_id LIKE '%pangolin%' AND part_of IS NULL AND lower IS NOT NULL GROUP BY ALL
        """,
    )
    by_kind = answers["by_kind"].lower.reset_index().fillna({"unit": ""})
    assert {(*key, unit or ""): total for *key, unit, total in sums} == {
        tuple(key): total for *key, total in by_kind.itertuples(index=False) if total
    }


def test_regions(answers: dict[str, Any], sql: duckdb.DuckDBPyConnection) -> None:
    """A region counts each operation once."""
    expected = rows(
        sql,
        """
        SELECT subregion, count(DISTINCT case_id) FROM case_countries JOIN countries ON id = country
        WHERE subregion IS NOT NULL GROUP BY 1
        """,
    )

    assert dict(expected) == answers["by_region"].to_dict()


def test_disputes(answers: dict[str, Any], sql: duckdb.DuckDBPyConnection) -> None:
    """Every disputed fact of a case is there, with its type."""
    ((expected,),) = rows(
        sql,
        "SELECT count(*) FROM verification WHERE record_table = 'cases' AND status = 'disputed'",
    )

    assert int(expected) == len(answers["disputed"])
    assert answers["disputed"].dispute_type.notna().all()


def test_double_counting(answers: dict[str, Any], sql: duckdb.DuckDBPyConnection) -> None:
    """Adding everything up gives more than the roots do, and those more than operations do."""
    ((everything, roots),) = rows(
        sql,
        """
        SELECT sum(CAST(point AS DOUBLE)), sum(CAST(point AS DOUBLE)) FILTER (part_of IS NULL)
        FROM outcomes WHERE metric_id = 'arrests'
        """,
    )

    assert (everything, roots) == (answers["everything"], answers["roots"])
    assert answers["careful"] < roots < everything


def test_the_rest_finds_something(answers: dict[str, Any]) -> None:
    """No answer is empty."""
    named = ("haechi", "by_status", "by_case", "not_converted", "by_step", "lag", "drifted")

    assert [] == [name for name in named if not len(answers[name])]
    assert 0 < answers["read"] < 1
    assert 0 < answers["within_two_weeks"] < 1
    assert 0 < answers["complete"]
    assert "opacity" in answers["chart"].to_dict()["encoding"]


def test_notebook_runs() -> None:
    """The notebook's cells run from top to bottom."""
    cells = json.loads(NOTEBOOK.read_text("utf-8"))["cells"]
    names: dict[str, Any] = {}
    for cell in (cell for cell in cells if cell["cell_type"] == "code"):
        code = "".join(cell["source"])
        exec(code, names)  # noqa: S102  # the project's own notebook

    assert {"by_year_and_area", "drifted"} < names.keys()
