"""Tests of the pictures: what they show, and what they do not."""

import re
from collections import Counter
from collections.abc import Mapping
from html import unescape

from interpol_dataset import Dataset
from interpol_dataset.site.charts import ROLES, Part, by_year, columns, compared, kind, shares
from interpol_dataset.site.model import Model
from interpol_dataset.site.pages import statements
from interpol_dataset.site.render import Renderer, Target
from interpol_dataset.values.fact_path import FactPath
from interpol_dataset.values.words import step_in_words


def test_operations_by_year(model: Model) -> None:
    """Each dated operation is counted once, in its year, and by its role."""
    cases = model.cases.values()
    dated = [case for case in cases if case.year]
    chart = by_year(cases)
    (column,) = (column for column in chart.columns if column.part.year == 2022)
    of_column = [case for case in dated if case.year == 2022]

    assert sum(column.part.total for column in chart.columns) == len(dated)
    assert len(dated) + chart.undated == len(model.cases)
    assert all(0 <= y <= chart.height for column in chart.columns for _, y, _ in column.segments)
    for role in ROLES:
        counted = sum(case.row["interpol_role"] == role for case in of_column)
        assert column.amount_of(kind(role)) == counted


def test_the_scale_reaches_above_every_column() -> None:
    """Whatever the greatest amount is, no column is higher than the picture or its top line."""
    for greatest in (1, 3, 9, 10, 41, 99, 1234, 87_000, 5.4e9):
        chart = columns([Part(2020, (("stated", greatest),))])
        (column,) = chart.columns
        assert 0 < chart.ticks[-1][0] <= column.y
        assert 2 <= len(chart.ticks) <= 6


def test_names_are_not_over_each_other() -> None:
    """Only large columns bear the name of what most of them is, and not two near each other."""
    amounts = {2001: 100, 2002: 99, 2010: 80, 2020: 1}
    parts = [Part(year, (("stated", size),), "", f"N{year}") for year, size in amounts.items()]
    named = [column.note for column in columns(parts, 4).columns if column.note]
    assert named == ["N2001", "N2010"]


def test_years_are_labelled(model: Model) -> None:
    """Each of a few years has a label, and every fifth of many."""
    few, many = (
        [label for _, label in by_year(cases).years]
        for cases in (model.series["haechi"], model.cases.values())
    )
    assert few == ["2021", "2022", "2023", "2024", "2025"]
    assert {label[-1] for label in many} == {"0", "5"}


def test_hedges_are_ranges(model: Model) -> None:
    """What is exact is a point; "nearly" reaches down, "more than" has no upper end."""
    path = "outcomes/arrests"
    haechi = [case for case in model.series["haechi"] if path in case.by_path]
    arrests = [(case, case.by_path[path]) for case in haechi]
    editions = {edition.case.id: edition for edition in compared(arrests)}

    assert editions["haechi-iii"].low == editions["haechi-iii"].high == editions["haechi-iii"].point
    assert editions["haechi-iv"].low < editions["haechi-iv"].point == editions["haechi-iv"].high
    assert max(edition.high for edition in editions.values()) == 100


def test_bars() -> None:
    """The longest bar is first and fills its room; a picture of nothing is empty."""
    bars = shares([("a", "A", 1), ("b", "B", 4), ("c", "C", 0)])

    assert bars == [("b", "B", 4, 100.0), ("a", "A", 1, 25.0)]
    assert by_year([]).columns == ()
    assert compared([]) == shares([]) == []


def test_operations_without_a_date_are_told(site: Mapping[str, str], few: Dataset) -> None:
    """A picture of operations says how many of them are in none of its columns."""
    undated = sum(row["year"] is None for row in few.tables.rows("cases"))
    told = f"Without a date, and in no column: {undated} operation"
    assert (undated > 0) == (told in site["index.html"])


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
    drawn = {}
    expected = {}
    for entry in model.lessons:
        alike = Counter(
            (FactPath(link["result"]), link["unit"])
            for link in entry.links
            if link["result"] and link["value"]
        )
        named: Counter[str] = Counter()
        for (path, unit), count in alike.items():
            is_step = path.kind == "proceedings"
            name = step_in_words(path).capitalize() if is_step else model.names.metrics[path.member]
            named[name + (f" ({unit})" if unit else "")] += count
        expected[entry.id] = {name for name, count in named.items() if count >= 5}
        page = found[f"lessons/{entry.id}.html"]
        page = page.partition("<h2>Results compared</h2>")[2].partition("</section>")[0]
        drawn[entry.id] = {*map(unescape, re.findall("<h3>(.*?)</h3>", page))}

    assert any(expected.values())
    assert drawn == expected
