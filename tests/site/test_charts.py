"""Tests of the pictures: what they show, and what they do not."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from html import unescape
from typing import TYPE_CHECKING

from helpers.each import each
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
from interpol_dataset.site.pages import home, metrics, statements
from interpol_dataset.site.render import Renderer, Target
from interpol_dataset.values.fact_path import FactPath

if TYPE_CHECKING:
    from collections.abc import Mapping

    from interpol_dataset import Dataset
    from interpol_dataset.site.model import Model


def test_operations_by_year(model: Model) -> None:
    """Each dated operation is counted once, in the year in which it began, and by its role."""
    cases = model.cases.values()
    dated = [case for case in cases if case.year]
    chart = by_year(cases)
    (column,) = (column for column in chart.columns if column.label == "2022")
    of_column = [case for case in dated if case.year == 2022]

    assert sum(column.total for column in chart.columns) == len(dated)
    assert len(dated) + chart.undated == len(model.cases)
    assert column.total == len(of_column)
    assert all(0 <= part.y <= chart.height for column in chart.columns for part in column.segments)
    for role in ROLES:
        counted = sum(case.row["interpol_role"] == role for case in of_column)
        assert column.count_of(role) == counted


def test_years_are_labelled(model: Model) -> None:
    """Each of a few years has a label, and every fifth of many."""
    few, many = (
        [tick.label for tick in by_year(cases).years]
        for cases in (model.series["haechi"], model.cases.values())
    )

    assert few == ["2021", "2022", "2023", "2024", "2025"]
    assert {label[-1] for label in many} == {"0", "5"}


def test_hedges_are_ranges(model: Model) -> None:
    """What is exact is a point; "nearly" reaches down, "more than" has no upper end."""
    path = "outcomes/arrests"
    arrests = [
        (case, case.by_path[path]) for case in model.series["haechi"] if path in case.by_path
    ]
    editions = {edition.case.id: edition for edition in compared(arrests)}

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


@each("measure", ["victims", "drugs_kg", "goods_value_usd"])
def test_measures_over_time(model: Model, measure: str) -> None:
    """A measure has a mark for each operation that has a value, and its bounds are the table's."""
    marks = measured(model.cases.values(), model.measured, measure)
    rows = {id_: found[measure] for id_, found in model.measured.items() if measure in found}

    assert {mark.case.id for mark in marks} == {
        id_ for id_, row in rows.items() if row["value_text"]
    }
    for mark in marks:
        row = rows[mark.case.id]
        assert (mark.low, mark.high) == (row["lower"], row["upper"])
        assert row["point"] in {mark.point, None}
        # One figure is linked itself; a value made of several is linked where they are listed.
        place = "measures" if len(row["facts"]) > 1 else "outcomes"
        assert mark.path.split("/")[0] == place


def test_bars() -> None:
    """The longest bar is first and fills its room; a picture of nothing is empty."""
    bars = shares([("a", "A", 1), ("b", "B", 4), ("c", "C", 0)])

    assert [(bar.label, bar.count, bar.percent) for bar in bars] == [
        ("B", 4, 100.0),
        ("A", 1, 25.0),
    ]
    assert by_year([]).columns == over_time([]).dots == ()
    assert compared([]) == shares([]) == []


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


def test_results_are_drawn_where_five_operations_have_them(dataset: Dataset, model: Model) -> None:
    """A lesson has a picture for each metric and unit that so many of its operations share."""
    found = {
        file.path: str(file.content)
        for file in statements.pages(Renderer(model, dataset.tables, (), Target()))
    }
    drawn = set()
    for entry in model.lessons:
        alike = Counter(
            (FactPath(link["result"]).member, link["unit"])
            for link in entry.links
            if link["result"] and link["value"]
        )
        expected = {
            model.names.metrics[metric] + (f" ({unit})" if unit else "")
            for (metric, unit), count in alike.items()
            if count >= 5
        }
        page = found[f"lessons/{entry.id}.html"]
        assert expected == {*map(unescape, re.findall("<section><h3>(.*?)</h3>", page))}, entry.id
        drawn |= expected

    assert drawn
