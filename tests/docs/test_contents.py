"""Tests of :mod:`interpol_dataset.docs.contents`."""

import itertools
import re
from collections import Counter
from pathlib import Path

import pytest

import interpol_dataset
from helpers.pages import number, section
from interpol_dataset.docs.contents import contents, readme
from interpol_dataset.evidence.facts import Facts, assess
from interpol_dataset.records.document import Records
from interpol_dataset.records.folder import read_records
from interpol_dataset.schema.vocabulary import HEADLINES
from interpol_dataset.tables.rows import CaseRow
from interpol_dataset.tables.tabulate import TableRows, tabulate


@pytest.fixture(scope="module")
def page(records: Records, facts: Facts, tables: TableRows) -> str:
    """Return the page on the project's own records."""
    return contents(records, facts, tables)


def test_the_page_begins_with_the_size_of_the_dataset(page: str, tables: TableRows) -> None:
    """One line counts the rows of the main tables."""
    line = page.split("\n\n")[2].partition(". ")[0]

    assert [
        len(tables[name])
        for name in (
            *("cases", "verification", "outcomes", "sources"),
            *("challenges", "lessons", "claims"),
        )
    ] == [number(text) for text in re.findall(r"[0-9][0-9,]*", line)]


def test_contents_counts_cases_by_area(page: str, tables: TableRows) -> None:
    """Each case is counted in one area and one period, by its year."""
    areas = section(page, "Cases by crime area")

    assert len(tables["cases"]) == sum(number(area[-1]) for area in areas)
    assert [sum(map(number, area[1:-1])) for area in areas] == [number(area[-1]) for area in areas]
    years = [row.year for row in tables["cases"] if isinstance(row, CaseRow)]
    assert [
        sum(year is not None and since <= year < until for year in years)
        for since, until in itertools.pairwise((0, 2010, 2015, 2020, 9999))
    ] + [years.count(None)] == [sum(number(area[at]) for area in areas) for at in range(1, 6)]


def test_contents_counts_facts(page: str, tables: TableRows) -> None:
    """Facts by status add up to all of them."""
    rows = section(page, "Facts by status")
    assert len(tables["verification"]) == sum(number(cell) for row in rows for cell in row[1:])


def test_contents_counts_every_case_once(page: str, tables: TableRows) -> None:
    """The years add up to all cases, and the latest announcement is that of a case."""
    listed = page.partition("## Cases by year\n\n")[2].partition(".")[0]
    counts = dict(item.rsplit(" ", 1) for item in listed.split(", "))
    cases = [row for row in tables["cases"] if isinstance(row, CaseRow)]
    years = Counter("not known" if row.year is None else str(row.year) for row in cases)
    assert {year: int(count) for year, count in counts.items()} == years
    assert str(max(row.announced for row in cases if row.announced)) in page


def test_contents_lists_missing_editions(page: str, records: Records) -> None:
    """With the numbers that no case has, the editions of a series are all up to the highest."""
    text = page.partition("## Series\n\n")[2].partition("\n## ")[0]
    line = text.split("\n\n")[1].strip().rstrip(".")
    listed = {
        name: [*map(int, numbers.split(", "))]
        for name, _, numbers in (item.partition(" ") for item in line.split("; "))
    }
    series = {case.series for case in records.cases if case.series}
    known = {
        name: {case.edition for case in records.cases if case.series == name and case.edition}
        for name in series
    }

    assert listed.keys() <= series
    assert all(
        sorted([*known[name], *listed.get(name, ())])
        == [*range(1, max(known[name], default=0) + 1)]
        for name in series
    )
    assert f" {len(series)} series" in text


@pytest.mark.parametrize("what", ["kind", "language"])
def test_contents_counts_sources(page: str, records: Records, what: str) -> None:
    """The kinds and the languages add up to all sources."""
    text = page.partition("## Sources\n")[2].partition("\n## ")[0]
    (line,) = re.findall(rf"{what}\b.*?: (.*)\.", text)
    assert len(records.sources) == sum(number(item.split(" ")[1]) for item in line.split(", "))


def test_contents_counts_gaps(page: str, records: Records) -> None:
    """No gap exceeds its total, and INTERPOL's roles add up to all cases."""
    gaps = {row[0]: (number(row[1]), number(row[2])) for row in section(page, "Gaps")}
    roles = [gaps[name] for name in gaps if "INTERPOL" in name and "among" not in name]

    assert all(found <= among for found, among in gaps.values())
    assert len(roles) == 4
    assert len(records.cases) == sum(found for found, _ in roles)
    assert {len(records.cases)} == {among for _, among in roles}


def test_contents_of_a_small_project(project: Path) -> None:
    """In a project of two cases the gaps can be counted by hand."""
    records = read_records(project / "data" / "records").records
    facts = assess(records)
    gaps = section(contents(records, facts, tabulate(records, facts)), "Gaps")

    assert {what: (found, among) for what, found, among in gaps} == {
        "cases with neither a period nor a date of announcement": ("1", "2"),
        "cases without any figure": ("0", "2"),
        "cases with an exact number of countries that list fewer": ("0", "1"),
        "cases with an exact last day that were announced within two weeks of it": ("1", "1"),
        "cases before 2018 with a page of INTERPOL among their sources": ("0", "0"),
        "cases since 2018 with such a page": ("1", "2"),
        "cases that INTERPOL coordinated": ("1", "2"),
        "cases that INTERPOL co-led": ("0", "2"),
        "cases that INTERPOL supported": ("0", "2"),
        "cases for which no page states INTERPOL's role": ("1", "2"),
        "cases with a step of court proceedings": ("0", "2"),
        "cases whose proceedings were looked for in vain": ("0", "2"),
    }


def test_totals_are_all_counted(page: str, tables: TableRows) -> None:
    """Totals by basis add up to the rows of their tables, and so do those of each headline."""
    listed = section(page, "What can be added up")
    rows = {row[0]: [number(cell) for cell in row[1:]] for row in listed}
    for name in ("case_totals", "case_object_totals"):
        assert len(tables[name]) == rows[f"table `{name}`"][-2]
    assert {f"`{name}`" for name in HEADLINES} == {name for name in rows if name[0] == "`"}
    assert all(row[-2] == sum(row[:-2]) for row in rows.values())


def test_figures_inside_others_are_counted(page: str, tables: TableRows) -> None:
    """The section says how many figures are included in another."""
    inside = sum(row.part_of is not None for row in tables["outcomes"])  # type: ignore[attr-defined]
    text = page.partition("## What can be added up\n")[2]
    assert f" {inside:,} of " in text.partition("|")[0]


def test_the_readme_has_the_size_of_the_data(
    root: Path, tables: TableRows, dataset: interpol_dataset.Dataset
) -> None:
    """The numbers of the README are filled in, and the arrests are those that `total` gives."""
    written = (root / "README.md").read_text("utf-8")
    emptied = re.sub(r"(<!-- \w+ -->).*?(?=<!-- / -->)", r"\1", written)
    (row,) = dataset.total("arrests").to_arrow().to_pylist()
    found = re.search(r"<!-- arrests -->([0-9,]+)<!-- / -->", written)
    assert emptied != written == readme(emptied, tables)
    assert found
    assert number(found[1]) == row["lower"]
