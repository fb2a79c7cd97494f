"""Tests of :mod:`interpol_dataset.docs.overview`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from interpol_dataset.build import build
from interpol_dataset.docs.overview import BEGIN, END, with_overview
from interpol_dataset.errors import PackageError

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run
    from interpol_dataset.tables.tabulate import Tables


def test_readme_is_current(root: Path, tables: Tables) -> None:
    """The project's README has the numbers of the project's tables, once."""
    readme = (root / "README.md").read_text("utf-8")

    assert 1 == readme.count(BEGIN) == readme.count(END)
    assert with_overview(readme, tables) == readme


@pytest.mark.parametrize(
    "readme", ["", "# Title\n", BEGIN, END, f"{END}\n{BEGIN}", "<!-- overview -->\n"]
)
def test_readme_without_marks(tables: Tables, readme: str) -> None:
    """A README without both marks, in their order, has lost its numbers, and that is an error."""
    with pytest.raises(PackageError, match=rf"README\.md: .*{re.escape(BEGIN)}"):
        with_overview(readme, tables)


def test_only_between_marks(tables: Tables) -> None:
    """Text around the marks stays; text between them is replaced."""
    overview = with_overview(f"{BEGIN}{END}", tables)
    readme = f"before \\1\n\n{BEGIN}\nold\n{END}\n\nbehind"

    assert f"before \\1\n\n{overview}\n\nbehind" == with_overview(readme, tables)


def test_numbers(tables: Tables) -> None:
    """The line counts the rows of the tables."""
    line = with_overview(f"{BEGIN}{END}", tables).split("\n\n")[1]

    assert [
        len(tables[name]) for name in ("cases", "verification", "outcomes", "sources", "claims")
    ] == [int(text.replace(",", "")) for text in re.findall(r"[0-9][0-9,]*", line)]


def test_build_writes_it(project: Path) -> None:
    """A build puts the numbers in the README."""
    readme = project / "README.md"
    readme.write_text(f"# Small\n\n{BEGIN}\n{END}\n", "utf-8")
    build(project)

    assert "\n2 cases, " in readme.read_text("utf-8")
    assert ({}, []) == build(project)


@pytest.mark.parametrize("check", [[], ["--check"]])
def test_a_readme_whose_numbers_vanished(run: Run, project: Path, check: list[str]) -> None:
    """Build and check say so, and the build writes nothing."""
    (project / "README.md").write_text("# Small\n", "utf-8")
    outcome = run("build", *check, "--root", project)

    assert 2 == outcome.code
    assert f"help: put '{BEGIN}' and '{END}'" in outcome.err
    assert not (project / "datapackage.json").exists()
