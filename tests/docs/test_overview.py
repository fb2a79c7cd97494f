"""Tests of the overview in the README."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from interpol_dataset.build import build
from interpol_dataset.docs.overview import BEGIN, END, with_overview

if TYPE_CHECKING:
    from pathlib import Path

    from interpol_dataset.records.kinds import Records
    from interpol_dataset.tables.tabulate import Tables


@pytest.fixture(scope="module")
def overview(records: Records, tables: Tables) -> str:
    """Return the overview of the project's own records."""
    return with_overview(f"{BEGIN}{END}", records, tables)


def rows(overview: str, header: str) -> list[list[str]]:
    """Return the rows of the table whose header begins with a word."""
    (table,) = (part for part in overview.split("\n\n") if part.startswith(f"| {header} |"))

    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.split("\n")[2:]]


def number(cell: str) -> int:
    """Read a count; an empty cell is none."""
    return int(cell.replace(",", "") or 0)


def test_readme_is_current(root: Path, overview: str, records: Records, tables: Tables) -> None:
    """The project's README has the overview of the project's records, once, between its marks."""
    readme = (root / "README.md").read_text("utf-8")

    assert 1 == readme.count(BEGIN) == readme.count(END)
    assert overview == readme[readme.index(BEGIN) : readme.index(END) + len(END)]
    assert readme == with_overview(readme, records, tables)


@pytest.mark.parametrize(
    "readme", ["", "# Title\n", BEGIN, END, f"{END}\n{BEGIN}", "<!-- overview -->\n"]
)
def test_readme_without_marks(records: Records, tables: Tables, readme: str) -> None:
    """A README without both marks, in their order, is left alone."""
    assert readme == with_overview(readme, records, tables)


def test_only_between_marks(records: Records, tables: Tables, overview: str) -> None:
    """What stands around the marks stays; what was between them goes."""
    readme = f"before \\1\n\n{BEGIN}\nold\n{END}\n\nbehind"

    assert f"before \\1\n\n{overview}\n\nbehind" == with_overview(readme, records, tables)


def test_counts_of_cases(overview: str, tables: Tables) -> None:
    """Each case is counted once, in one area and one period."""
    areas = rows(overview, "main crime area")
    total = sum(number(area[-1]) for area in areas)

    assert len(tables["cases"]) == total
    assert [number(area[-1]) for area in areas] == [sum(map(number, area[1:-1])) for area in areas]
    assert f"{total:,} cases," in overview


@pytest.mark.parametrize(
    ("header", "table"), [("status", "verification"), ("kind of source", "sources")]
)
def test_other_counts(overview: str, tables: Tables, header: str, table: str) -> None:
    """Facts by status and sources by kind add up to all of them."""
    assert len(tables[table]) == sum(number(row[1]) for row in rows(overview, header))


def test_first_line(overview: str, tables: Tables) -> None:
    """The first line counts what the tables hold."""
    counts = [number(text) for text in re.findall(r"[0-9][0-9,]*", overview.split("\n\n")[1])]

    assert [
        len(tables[name]) for name in ("cases", "outcomes", "verification", "sources", "claims")
    ] == counts


def test_build_writes_it(project: Path) -> None:
    """A build puts the overview in the README, and leaves one without marks alone."""
    readme = project / "README.md"
    readme.write_text(f"# Small\n\n{BEGIN}\n{END}\n", "utf-8")
    build(project)
    text = readme.read_text("utf-8")

    assert "2 cases," in text
    assert ["Online fraud"] == [row[0] for row in rows(text, "main crime area")]
    assert ({}, []) == build(project)

    readme.write_text("# Small\n", "utf-8")
    build(project)
    assert "# Small\n" == readme.read_text("utf-8")
