"""Tests of the answers: they are those of the dataset, and say what they leave out."""

import csv
from collections.abc import Mapping
from math import fsum

import pytest

from interpol_dataset import Dataset
from interpol_dataset.site.answers import answer, leading
from interpol_dataset.site.model import Model


def test_an_answer_is_the_total_of_the_dataset(dataset: Dataset, model: Model) -> None:
    """Of every metric that adds up, and of every thing that has a page, the sums are the same."""
    metrics = {(id_, None) for id_, row in model.metrics.items() if row["adds_up"]}
    things = {(metric, thing) for _, metric, thing in model.totals if thing in model.things}
    asked = metrics | things
    assert len(asked) > 100
    for metric, thing in asked:
        item = answer(model, metric, thing)
        table = dataset.total(metric, thing)
        rows = [row for row in table if item and row["unit"] == item.unit]

        assert bool(item) == bool(len(table)), (metric, thing)
        for row in rows:
            assert item
            expected = [row[name] or 0 for name in row if name != "unit"]
            assert [number or 0 for number in item.sums] == pytest.approx(expected)


def test_years_are_those_of_the_dataset(dataset: Dataset, model: Model) -> None:
    """By year the columns are as high as the totals by year."""
    item = answer(model, "arrests")
    table = dataset.total("arrests", by="year")
    expected = {row["year"]: row["with_parts"] for row in table if row["year"]}
    assert item
    drawn = {column.part.year: column.part.total for column in item.years.columns if column.text}
    assert expected == {year: total for year, total in drawn.items() if total}


def test_what_is_not_added_is_said(model: Model) -> None:
    """Each row that is known is either in the number or beside it, never both."""
    for (country, metric, thing), rows in model.totals.items():
        item = answer(model, metric, thing)
        if item and not country:
            assert len(item.rows) + len(item.apart) == len(rows)
            assert fsum(total.row["point"] for total in item.totals) == item.sums[1]


def test_a_page_begins_with_what_most_announced(model: Model) -> None:
    """Numbers are of whole things, none twice, those of most operations first."""
    cases = {case.id for case in model.cases.values() if "wildlife-crime" in case.areas}
    found = leading(model, 6, cases=cases)
    asked = [item.asked for item in found]

    assert len(found) == 6
    assert len({*asked}) == len(asked)
    assert [item.operations for item in found] == sorted(
        (item.operations for item in found), reverse=True
    )
    assert all(row["case_id"] in cases for item in found for row in item.rows)


def test_a_thing_has_a_page_with_all_that_was_announced(site: Mapping[str, str]) -> None:
    """The page of a thing has its number, its largest operations with sources, and a CSV."""
    things = [path for path in site if path.startswith("things/") and path.endswith(".csv")]
    assert things
    for path in things:
        page = site[path.replace(".csv", ".html")]
        rows = list(csv.DictReader(site[path].splitlines()))

        assert "class=answer><b>" in page
        assert "The largest operations" in page
        assert {row["added"] for row in rows} <= {"True", "False"}
        assert all(f"cases/{row['case_id']}.html" in page for row in rows)
