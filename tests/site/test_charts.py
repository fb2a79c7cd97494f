"""Tests of the pictures: what they show, and what they do not."""

from __future__ import annotations

import csv
import json
import re
from typing import TYPE_CHECKING

import pytest

from interpol_dataset.site.charts import (
    ROLES,
    by_year,
    compared,
    measured,
    over_time,
    shares,
    stated,
    world_map,
)
from interpol_dataset.site.pages import home, metrics
from interpol_dataset.site.render import Renderer, Target

if TYPE_CHECKING:
    from collections.abc import Mapping

    from interpol_dataset import Dataset
    from interpol_dataset.site.model import Model


def test_operations_by_year(model: Model) -> None:
    """Each dated operation is counted once, in the year in which it began."""
    dated = [case for case in model.cases.values() if case.year]
    chart = by_year(model.cases.values())

    assert len(dated) == sum(column.total for column in chart.columns)
    assert len(model.cases) == len(dated) + chart.undated
    assert sum(case.year == 2022 for case in dated) == next(
        column.total for column in chart.columns if column.label == "2022"
    )
    assert all(0 <= part.y <= chart.height for column in chart.columns for part in column.segments)


def test_years_are_labelled(model: Model) -> None:
    """Each of a few years has a label, and every fifth of many."""
    few, many = (
        [tick.label for tick in by_year(cases).years]
        for cases in (model.series["haechi"], model.cases.values())
    )

    assert ["2021", "2022", "2023", "2024", "2025"] == few
    assert {"0", "5"} == {label[-1] for label in many}


def test_columns_are_counted_by_role(model: Model) -> None:
    """A column has the count of each role, and none of a role that no operation of its year has."""
    cases = [case for case in model.cases.values() if case.year == 2022]
    (column,) = by_year(cases).columns

    for role in ROLES:
        assert sum(case.row["interpol_role"] == role for case in cases) == column.count_of(role)


def test_hedges_are_ranges(model: Model) -> None:
    """What is exact is a point; "nearly" reaches down, "more than" has no upper end."""
    editions = {
        edition.case.id: edition for edition in compared(model.series["haechi"], "outcomes/arrests")
    }

    assert editions["haechi-iii"].low == editions["haechi-iii"].high == editions["haechi-iii"].point
    assert editions["haechi-iv"].low < editions["haechi-iv"].point == editions["haechi-iv"].high
    assert 100 == max(edition.high for edition in editions.values())


def test_figures_over_time(model: Model) -> None:
    """Every dated figure has a mark, and larger figures are higher."""
    figures = [
        (case, fact)
        for case in model.series["haechi"]
        if (fact := case.by_path.get("outcomes/arrests"))
    ]
    chart = over_time(stated(figures))
    heights = {dot.mark.case.id: dot.y for dot in chart.dots}

    assert len(figures) == len(chart.dots)
    assert heights["haechi-iv"] < heights["haechi-iii"] < heights["haechi-i"]
    assert {dot.mark.case.id for dot in chart.dots if dot.mark.high is None} == {
        case.id for case, fact in figures if (fact.why.value or "").startswith(">")
    }


@pytest.mark.parametrize("measure", ["victims", "drugs_kg", "goods_value_usd"])
def test_measures_over_time(model: Model, measure: str) -> None:
    """A measure has a mark for each operation that has a value, and its bounds are the table's."""
    marks = measured(model.cases.values(), model.measured, measure)
    rows = {id_: found[measure] for id_, found in model.measured.items() if measure in found}

    assert {id_ for id_, row in rows.items() if row["value_text"]} == {
        mark.case.id for mark in marks
    }
    for mark in marks:
        row = rows[mark.case.id]
        assert (mark.low, mark.high) == (row["lower"], row["upper"])
        assert row["point"] in {mark.point, None}


def test_a_value_of_several_figures_leads_to_all_of_them(model: Model) -> None:
    """One figure is linked itself; a value made of several is linked where they are listed."""
    marks = measured(model.cases.values(), model.measured, "drugs_kg")
    ways = {
        (len(model.measured[mark.case.id]["drugs_kg"]["facts"]) > 1, mark.path.split("/")[0])
        for mark in marks
    }

    assert {(False, "outcomes"), (True, "measures")} == ways


def test_measures_are_listed_with_their_count(dataset: Dataset, model: Model) -> None:
    """List, page, CSV and JSON of a measure have the same operations."""
    files = {
        file.path: str(file.content)
        for file in metrics.pages(Renderer(model, dataset.tables, (), Target()))
    }
    for id_ in model.measures:
        rows = list(csv.DictReader(files[f"measures/{id_}.csv"].splitlines()))
        told = f"{len(rows)} operations"

        assert f"<h2>{told}</h2>" in files[f"measures/{id_}.html"]
        link = rf'href="\.\./measures/{id_}\.html".*\n?.*\b{told}\.'
        assert re.search(link, files["metrics/index.html"])
        assert [row["case_id"] for row in rows] == [
            row["case_id"] for row in json.loads(files[f"measures/{id_}.json"])["operations"]
        ]


def test_operations_without_a_date_are_told(dataset: Dataset, model: Model) -> None:
    """The first page says how many of the operations above the chart are in none of its columns."""
    files = {
        file.path: str(file.content)
        for file in home.pages(Renderer(model, dataset.tables, (), Target()))
    }
    undated = sum(row["year"] is None for row in dataset.tables.rows("cases"))
    lines = files["data/operations-by-year.csv"].splitlines()[1:]
    drawn = sum(int(cell) for line in lines for cell in line.split(",")[1:])

    assert undated
    assert f"Without a date, and in no column: {undated} operations." in files["index.html"]
    assert len(model.cases) == drawn + undated


def test_nothing_to_draw() -> None:
    """A picture of nothing is empty."""
    assert () == by_year([]).columns == over_time([]).dots
    assert [] == compared([], "outcomes/arrests") == shares([])


def test_bars_are_sorted() -> None:
    """The longest bar is first and fills its room."""
    bars = shares([("a", "A", 1), ("b", "B", 4), ("c", "C", 0)])

    assert [("B", 4, 100.0), ("A", 1, 25.0)] == [
        (bar.label, bar.count, bar.percent) for bar in bars
    ]


def test_the_map_has_nearly_all(site: Mapping[str, str], model: Model) -> None:
    """Countries without a shape are few, and named."""
    counts = {code: 1 for case in model.cases.values() for code in case.countries}
    drawn = world_map(counts)

    assert {"BES", "GLP", "GUF", "MTQ"} >= set(drawn.lacking)
    assert "Natural Earth" in site["index.html"]


def test_editions_without_a_number_are_among_the_others(model: Model) -> None:
    """Editions are in the order of their numbers; one without is where its date puts it."""
    for cases in model.series.values():
        numbers = [case.row["edition"] for case in cases if case.row["edition"]]
        assert sorted(numbers) == numbers
    years = [case.year for case in model.series["thunder"]]

    assert sorted(years) == years
