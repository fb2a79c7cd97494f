"""Tests of :mod:`interpol_dataset.rules.duplicates`: who is named of two that are one."""

import os
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from interpol_dataset.records.folder import read_records
from interpol_dataset.rules import gate

BASE: Final = Path(__file__).parents[1] / "faults" / "base"
TODAY: Final = date(2026, 11, 25)
PAGE: Final = "https://example.org/the-page"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a small project in which two sources will have one address."""
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    return tmp_path


def _source(project: Path, id_: str) -> None:
    """Write a source of the page, cited by a case that has a summary of its own."""
    folder = project / "data" / "records"
    text = (folder / "sources" / "daily-2022-alpha.yaml").read_text("utf-8")
    text = text.replace("daily-2022-alpha", id_, 1)
    text = text.replace("https://example.org/daily-2022-alpha", PAGE)
    (folder / "sources" / f"{id_}.yaml").write_text(text, "utf-8")
    case = folder / "cases" / "beta.yaml"
    outcome = f"{{metric: arrests, place: KOR, value: 1, at: {id_}}}"
    case.write_text(
        f"{case.read_text('utf-8')}  - source: {id_}\n    outcomes:\n      - {outcome}\n", "utf-8"
    )


def _git(project: Path, *arguments: str) -> None:
    identity = {
        f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    subprocess.run(  # our own arguments
        ["git", *arguments],  # noqa: S607  # whichever git is there
        cwd=project,
        check=True,
        capture_output=True,
        env=os.environ | identity,
    )


def _found(project: Path) -> list[tuple[str, str]]:
    folder = project / "data" / "records"
    found = gate.findings(read_records(folder, "r"), today=TODAY)
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
    _git(project, "init", "-q")
    _git(project, "add", ".")
    _git(project, "commit", "-qm", "first")
    _source(project, "daily-2022-a")
    assert [path for path, _ in _found(project)] == ["r/sources/daily-2022-a.yaml"]

    _git(project, "add", ".")
    _git(project, "commit", "-qm", "second")
    assert [path for path, _ in _found(project)] == ["r/sources/daily-2022-a.yaml"]
