"""Tests of the page on second readings, which ``tools/readings.py`` writes."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from pyarrow import parquet
from readings import PAGE, TABLES, alpha, interval, readings, wilson

from helpers.each import each

if TYPE_CHECKING:
    from pathlib import Path


CELLS = """\
sample,case,source,field,first,second,verdict
one,a,s,outcomes/arrests,120,120,
one,a,s,outcomes/arrests@KOR,4,5,second
one,a,s,outcomes/convictions,,3,missing
one,a,s,outcomes/seizures,7,,unsupported
two,b,t,interpol_role,coordinated,co-led,both
two,b,t,outcomes/arrests,9,,not-found
"""
CODES = """\
sample,case,source,code,first,second
one,a,s,asserter,interpol,interpol
one,b,s,asserter,europol,interpol
two,a,t,asserter,europol,europol
two,a,t,joint,yes,no
two,b,t,joint,no,yes
"""
AUDIT = """\
sample,case,source,field,stated,unit,found,value,metric,scope,hedge,asserter,locator,remark
one,a,s,outcomes/arrests,~120,,yes,ok,ok,ok,ok,-,off,
one,b,s,outcomes/arrests@KOR,4,,yes,ok,ok,wrong,ok,-,ok,One raid only.
one,c,s,period,2020,,no,-,-,-,-,-,-,
"""
PAGES = """\
reading,case,source,seen,compared,changed,missing,added
beside,a,s,whole,1000,2,3,4
beside,b,s,part,20,0,1,1
beside,b,t,no,0,0,0,0
beside,c,t,no,0,0,0,0
blind,b,t,part,7,1,0,2
blind,c,t,no,0,0,0,0
"""


def tables(*texts: str) -> dict[str, list[dict[str, str]]]:
    """Return the rows of CSV, by the names of the tables."""
    rows = ([*csv.DictReader(text.splitlines())] for text in texts)

    return dict(zip(TABLES, rows, strict=True))


def test_page_is_current(root: Path) -> None:
    """The page is what its tables make of it; where it is not, 'make tools WHAT=readings'."""
    rows = {name: parquet.read_table(root / "quality" / f"{name}.parquet") for name in TABLES}
    expected = readings({name: table.to_pylist() for name, table in rows.items()})

    assert expected == PAGE.read_text("utf-8")


def test_page_counts_what_the_tables_hold() -> None:
    """Agreement, verdicts, missing figures, codes and errors are those of the tables."""
    page = readings(tables(CELLS, CODES, AUDIT, PAGES))

    assert "- Statements: 1 of 2 wrong (50.0 %; 9.5 to 90.5)." in page
    assert "- Figures that pages state: 1; missing in the records: 0 (0.0 %; 0.0 to 79.3)." in page
    assert "- Figures that both readers state under one path: 0 of 0 the same." in page
    assert "the same with both, of all that either states: 0 of 1 (0.0 %)." in page
    assert (
        "under two paths:\n  - not settled: that part of the page was not seen again: 1\n" in page
    )
    assert "  - asserter: 1 of 1; no alpha" in page
    assert "| figures of outcomes | 0 of 0 | 1 of 2 (50.0 %) |" in page
    assert "| INTERPOL's role | 0 of 1 (0.0 %) | 0 of 1 (0.0 %) |" in page
    assert "| only by the first | 1 | 2 |" in page
    assert "| only by the second: figures of outcomes | 0 | 1 |" in page
    assert "| only by the second | 0 | 1 |" in page
    assert "| the second reader is right | 1 | 0 |" in page
    assert "| one | 3 | 1 (33.3 %; 6.1 to 79.2) |" in page
    assert "| all | 4 | 1 (25.0 %; 4.6 to 69.9) |" in page
    assert "rest | 1 of 1; no alpha | 2 of 3; 0.44 |" in page
    assert "Of the 1 that the records have on these pages, the second readers saw 0; 1 only" in page
    assert "- One: 3 cells looked up, 2 of them seen on their 2 pages; 1 wrong" in page
    assert "| locator | 2 | 1 | 50.0 %" in page
    assert "| to its end | 1 | 1,000 | 2 | 3 | 4 |" in page
    assert "| all | 4 | 1,020 | 2 | 4 | 5 |" in page
    assert "| all | 2 | 7 | 1 | 0 | 2 |" in page
    assert "Found neither time: 1 of 4 pages." in page


@each(
    "first, second, expected",
    [
        ("outcomes/arrests@KOR", "outcomes/arrests@KOR~part", "total or part"),
        ("outcomes/arrests~part/a", "outcomes/arrests~part/b", "only the name of a part"),
        ("outcomes/arrests/women", "outcomes/arrests", "object"),
        ("outcomes/arrests@KOR", "outcomes/arrests@PRK", "country"),
        ("outcomes/arrests", "outcomes/convictions", "metric"),
        ("outcomes/arrests/women", "outcomes/arrests@KOR", "several of these"),
    ],
)
def test_page_tells_in_what_paths_differ(first: str, second: str, expected: str) -> None:
    """One number under two paths on one page is counted by what differs, and once."""
    cells = (
        "sample,case,source,field,first,second,verdict\n"
        f"one,a,s,{first},7,,both\n"
        f"one,a,s,{second},,7,both\n"
        "one,a,s,outcomes/seizures@CHL,7,,first\n"
        "one,a,s,outcomes/seizures,,7,missing\n"
        "one,a,t,outcomes/seizures,7,,first\n"
        "one,a,t,outcomes/victims-rescued,,8,missing\n"
    )
    page = readings(tables(cells, CODES, AUDIT, PAGES))

    assert (
        f"| what differs | figures | share |\n| --- | --- | --- |\n| {expected} | 1 | 100 % |\n\n"
        in page
    )


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("a", "a"), ("b", "b")], 1),
        ([("a", "b"), ("b", "a")], -0.5),
        ([("a", "a"), ("a", "a"), ("a", "b")], 0),
        ([("a", "a"), ("a", "a")], None),
    ],
)
def test_alpha(pairs: list[tuple[str, str]], expected: float | None) -> None:
    """Alpha is 1 for readers who agree and below 0 for those who never do, as worked by hand."""
    assert expected == alpha(pairs) if expected is None else pytest.approx(expected) == alpha(pairs)


def test_wilson() -> None:
    """The interval is that of the textbook, and stays between 0 and 1."""
    assert pytest.approx((0.02787, 0.30104), abs=1e-5) == wilson(2, 20)
    assert (0, 1) == (round(wilson(0, 5)[0], 9), round(wilson(5, 5)[1], 9))


def test_interval_of_cells_on_pages() -> None:
    """Cells of one page that hang together say less than as many apart, and never more."""
    apart = [(1, 1)] * 5 + [(0, 1)] * 95
    together = [(5, 5)] + [(0, 5)] * 19

    assert wilson(5, 100) == pytest.approx(interval(apart), abs=1e-3)
    assert interval(together)[1] > 2 * wilson(5, 100)[1]
    assert wilson(0, 100) == interval([(0, 5)] * 20)
    assert wilson(1, 20) == interval([(1, 10), (0, 10)])
