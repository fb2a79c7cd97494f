"""Tests of the page on data quality, which ``tools/readings.py`` renders."""

import csv
import re
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet
from readings import (
    PAGE,
    QUALITY,
    TABLES,
    WRITTEN,
    alpha,
    grouped,
    interval,
    judged,
    of_kind,
    pages,
    readings,
    share_of,
    wilson,
    written,
    wrong,
)

from helpers.each import each

SAYING = (
    "trust/statuses",
    "trust/data-quality",
    "trust/limits",
    "trust/press",
    "dev/gate-and-drafter",
)
NOBODY = re.compile("no person has checked|checked by no person", re.IGNORECASE)
"""What pages say of who read."""

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
ROUND = {
    "round": "1",
    "sample": "one",
    "kind": "sample",
    "unit": "pages",
    "drawn": 3,
    "pages_seen": 2,
    "judged": None,
    "wrong": None,
    "missing": None,
}
PLACEMENT = {"sample": "placement", "same": 9, "units": 10, "share": 90, "low": 80, "high": 95}


def tables(*texts: str) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of CSV, by the names of the first tables; of the others only what is read."""
    rows = ([*csv.DictReader(text.splitlines())] for text in texts)

    return {
        **{name: [] for name in (*TABLES, *WRITTEN)},
        **dict(zip(TABLES, rows, strict=False)),
        "rounds": [ROUND],
        "agreement": [PLACEMENT],
    }


@pytest.fixture(scope="module")
def kept() -> dict[str, list[dict[str, Any]]]:
    """Return the rows of all tables in ``quality/``."""
    return {
        name: parquet.read_table(QUALITY / f"{name}.parquet").to_pylist()
        for name in (*TABLES, *WRITTEN)
    }


def test_the_page_is_current(kept: dict[str, list[dict[str, Any]]]) -> None:
    """Page and Parquet are what the tables make of them; if not, 'make tools WHAT=readings'."""
    assert readings(kept) == PAGE.read_text("utf-8")
    assert {name: written(name).to_pylist() for name in WRITTEN} == {
        name: kept[name] for name in WRITTEN
    }


def test_placement_stands_with_its_rules(root: Path, kept: dict[str, list[dict[str, Any]]]) -> None:
    """The number beside the rules on where a figure goes is the one that was measured."""
    row = next(row for row in kept["agreement"] if row["sample"] == "placement")
    page = (root / "docs" / "use" / "start-here.md").read_text("utf-8")
    rules = page.partition("## Where a figure goes\n")[2].partition("\n## ")[0]
    found = re.search(r"(\d+) of (\d+)\s.*?\((\d+) %; (\d+) to (\d+)\)", rules, re.DOTALL)

    assert found
    assert tuple(map(int, found.groups())) == (
        *(row["same"], row["units"]),
        *(round(row[name]) for name in ("share", "low", "high")),
    )


def test_rounds_are_what_was_read(kept: dict[str, list[dict[str, Any]]]) -> None:
    """Numbers and intervals of a sample whose cells are kept are those of its cells."""
    rounds = {row["sample"]: row for row in kept["rounds"]}
    audits, cells = grouped(kept["audit"], "sample"), grouped(kept["cells"], "sample")
    for sample, drawn in audits.items():
        row, seen = rounds[sample], judged(drawn)
        share = share_of(seen, wrong(seen)).partition("; ")[2]
        counts = (len(pages(seen)), len(seen), sum(wrong(seen)))

        assert counts == (row["pages_seen"], row["judged"], row["wrong"]), sample
        assert share == f"{row['wrong_low']} to {row['wrong_high']})", sample
    for sample, drawn in cells.items():
        row, figures = rounds[sample], of_kind(drawn, "outcomes")
        stated = [cell for cell in figures if cell["verdict"] not in {"left-out", "unsupported"}]
        lacking = [cell["verdict"] == "missing" for cell in stated]
        share = share_of(stated, lacking).partition("; ")[2]
        counts = (len(pages(drawn)), len(stated), sum(lacking))

        assert counts == (row["pages_seen"], row["figures"], row["missing"]), sample
        assert share == f"{row['missing_low']} to {row['missing_high']})", sample


def test_who_read_is_said(root: Path) -> None:
    """Pages that speak of readings say that no person checked them, and none speaks of readers."""
    named = ["README.md", "CONTRIBUTING.md", *(f"docs/{name}.md" for name in SAYING)]
    texts = {path: " ".join((root / path).read_text("utf-8").split()) for path in named}
    pages_ = [root / "README.md", root / "CONTRIBUTING.md", *(root / "docs").rglob("*.md")]
    as_people = re.compile(r"(second|two|both|third) (readers?|persons?|judges?)\b")
    assert [path for path, text in texts.items() if not NOBODY.search(text)] == []
    assert [page.name for page in pages_ if as_people.search(page.read_text("utf-8"))] == []


def test_samples_of_statuses_add_up(kept: dict[str, list[dict[str, Any]]]) -> None:
    """What was judged holds, is weak or fails."""
    for row in kept["status_samples"]:
        assert row["holds"] <= row["judged"], row
        if row["weak"] is not None:
            assert row["judged"] == row["holds"] + row["weak"] + row["fails"], row


def test_page_counts_what_the_tables_hold() -> None:
    """Agreement, verdicts, missing figures, codes and errors are those of the tables."""
    page = readings(tables(CELLS, CODES, AUDIT, PAGES))

    assert "| figures of outcomes | 0 of 0 | 1 of 2 (50.0 %) |" in page
    assert "| INTERPOL's role | 0 of 1 (0.0 %) | 0 of 1 (0.0 %) |" in page
    assert "| the second reading is right | 1 | 0 |" in page
    assert "rest | 1 of 1; no alpha | 2 of 3; 0.44 |" in page
    assert "locator 1 of 2 (50.0 %" in page
    assert "of 4, 1 never" in page


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

    assert f" {expected} 1 (100 %)." in page


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
    assert (round(wilson(0, 5)[0], 9), round(wilson(5, 5)[1], 9)) == (0, 1)


def test_interval_of_cells_on_pages() -> None:
    """Cells of one page that hang together say less than as many apart, and never more."""
    apart = [(1, 1)] * 5 + [(0, 1)] * 95
    together = [(5, 5)] + [(0, 5)] * 19
    assert wilson(5, 100) == pytest.approx(interval(apart), abs=1e-3)
    assert interval(together)[1] > 2 * wilson(5, 100)[1]
    assert wilson(0, 100) == interval([(0, 5)] * 20)
    assert wilson(1, 20) == interval([(1, 10), (0, 10)])
