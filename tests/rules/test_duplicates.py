"""Tests of :mod:`interpol_dataset.rules.ids`: who is named of two that are one."""

import shutil
from pathlib import Path
from typing import Final

import pytest

from helpers.base import BASE, findings
from helpers.git import commit, git
from interpol_dataset.records.folder import RECORDS

PAGE: Final = "https://example.org/the-page"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a small project in which two sources will have one address."""
    shutil.copytree(BASE, tmp_path / RECORDS)
    return tmp_path


def _source(project: Path, id_: str) -> None:
    """Write a source of the page, cited by a case that has a summary of its own."""
    folder = project / "data" / "records"
    text = (folder / "sources" / "daily-2022-alpha.yaml").read_text("utf-8")
    text = text.replace("daily-2022-alpha", id_, 1)
    text = text.replace("https://example.org/daily-2022-alpha", PAGE)
    (folder / "sources" / f"{id_}.yaml").write_text(text, "utf-8")
    outcome = f"{{metric: arrests, place: KOR, value: 1, at: {id_}}}"
    with (folder / "cases" / "beta.yaml").open("a", encoding="utf-8") as case:
        case.write(f"  - source: {id_}\n    outcomes:\n      - {outcome}\n")


def _found(project: Path) -> list[tuple[str, str]]:
    found = findings(project)
    return [(item.place.path, item.hint or "") for item in found if item.rule == "PKG008"]


def test_without_more_knowledge_the_later_id_is_named(project: Path) -> None:
    """Where nothing else is known, the order is that of ids; what others cite stays."""
    _source(project, "daily-2022-a")
    _source(project, "daily-2022-b")
    released = project / "data" / "records" / "released_ids.txt"
    instead = "use 'daily-2022-{}' instead, and remove this one"

    assert _found(project) == [("r/sources/daily-2022-b.yaml", instead.format("a"))]
    released.write_text("sources/daily-2022-b\n", "utf-8")
    assert _found(project) == [("r/sources/daily-2022-a.yaml", instead.format("b"))]
    # Of two published ids one is retired, so that references to it still arrive.
    released.write_text("sources/daily-2022-a\nsources/daily-2022-b\n", "utf-8")
    [(path, hint)] = _found(project)
    assert path == "r/sources/daily-2022-b.yaml"
    assert "redirect: daily-2022-a" in hint
    assert "remove" not in hint


def test_what_is_committed_later_is_the_newcomer(project: Path) -> None:
    """A record that somebody is just writing is named, though its id comes first."""
    _source(project, "daily-2022-b")
    git(project, "init", "-q")
    commit(project, "first")
    _source(project, "daily-2022-a")
    assert [path for path, _ in _found(project)] == ["r/sources/daily-2022-a.yaml"]
    commit(project, "second")
    assert [path for path, _ in _found(project)] == ["r/sources/daily-2022-a.yaml"]
