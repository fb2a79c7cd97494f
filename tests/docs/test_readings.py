"""Tests of :mod:`interpol_dataset.docs.readings`."""

from __future__ import annotations

import csv
import io

import pyarrow as pa
from pyarrow import parquet

from helpers.each import each
from interpol_dataset.docs.readings import TABLES, readings

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


def tables(*texts: str) -> dict[str, bytes]:
    """Return CSV as the Parquet files that the page is rendered from."""
    return dict(zip(TABLES, map(_parquet, texts), strict=True))


def _parquet(text: str) -> bytes:
    buffer = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist([*csv.DictReader(text.splitlines())]), buffer)

    return buffer.getvalue()


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
