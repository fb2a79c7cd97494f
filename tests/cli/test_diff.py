"""Tests of the command ``diff``."""

import json
import re
from pathlib import Path

import pytest

from helpers import mini
from helpers.command import run
from interpol_dataset.build import build


def test_diff(built: Path, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two directories are compared, in the format that is asked for, also from within one."""
    mini.change(project, "cases/alpha-ii.yaml", "value: 975", "value: 976")
    build(project)

    text = run("diff", built, project)
    plain = json.loads(run("diff", built, project, "--format", "json").out)
    assert (text.code, text.err) == (0, "")
    assert "975" in text.out
    assert [plain["facts"][0][side]["value"] for side in ("old", "new")] == ["975", "976"]

    checked = run("diff", built, project, "--check-version")
    assert checked.code == 1
    assert "make a patch release, for which version" in checked.err
    still = r"^The version number is still .*; raise it for the release\.$"
    assert re.search(still, checked.out, re.MULTILINE)

    monkeypatch.chdir(project / "data" / "records")
    assert "interpol-2022-alpha says 976, was recorded as 975" in run("diff", built).out


def test_unknown_package(tmp_path: Path) -> None:
    """Outside a clone, a revision needs one; a folder that is not there is refused."""
    done = run("diff", "nothing", "--repository", tmp_path)
    nowhere = run("diff", "nothing", "--repository", tmp_path / "nowhere")
    assert (done.code, nowhere.code) == (2, 2)
    assert f"'{tmp_path}' is not the top folder of a Git repository" in done.err
    assert "name a clone of this project with --repository" in done.err
    assert "fatal" not in done.err + nowhere.err
