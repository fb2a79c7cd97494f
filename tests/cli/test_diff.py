"""Tests of the command ``diff``."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from helpers import mini
from helpers.command import run
from interpol_dataset.build import build

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_diff(built: Path, project: Path) -> None:
    """Two directories are compared, in the format that is asked for."""
    mini.change(project, "cases/alpha-ii.yaml", "value: 975", "value: 976")
    build(project)

    text = run("diff", built, project)
    plain = run("diff", built, project, "--format", "json")

    assert (0, "") == (text.code, text.err)
    assert "975" in text.out
    assert ["975", "976"] == [
        json.loads(plain.out)["facts"][0][side]["value"] for side in ("old", "new")
    ]


def test_version_that_did_not_move(built: Path, project: Path) -> None:
    """With --check-version, changes under the same number are an error."""
    mini.change(project, "cases/alpha-ii.yaml", "value: 975", "value: 976")
    build(project)
    done = run("diff", built, project, "--check-version")

    assert 1 == done.code
    assert "make a patch release, for which version" in done.err
    assert re.search(
        r"^The version number is still .*; raise it for the release\.$", done.out, re.MULTILINE
    )


def test_unknown_package(tmp_path: Path) -> None:
    """Outside a clone, a revision needs one; a folder that is not there is refused."""
    done = run("diff", "nothing", "--repository", tmp_path)
    nowhere = run("diff", "nothing", "--repository", tmp_path / "nowhere")

    assert (2, 2) == (done.code, nowhere.code)
    assert f"'{tmp_path}' is not the top folder of a Git repository" in done.err
    assert "name a clone of this project with --repository" in done.err
    assert "fatal" not in done.err + nowhere.err


def test_from_a_subfolder(built: Path, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The project's folder is found from within it, as by other commands."""
    mini.change(project, "cases/alpha-ii.yaml", "value: 975", "value: 976")
    build(project)
    monkeypatch.chdir(project / "data" / "records")

    assert "interpol-2022-alpha says 976, was recorded as 975" in run("diff", built).out
