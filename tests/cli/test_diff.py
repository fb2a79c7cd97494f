"""Tests of the command ``diff``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from helpers import mini
from helpers.command import run
from interpol_dataset.build import build

if TYPE_CHECKING:
    from pathlib import Path


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
    assert "does not say that the changes since" in done.err


def test_unknown_package(tmp_path: Path) -> None:
    """What is no package is an error with a hint."""
    done = run("diff", "nothing", "--repository", tmp_path)

    assert 2 == done.code
    assert "v1.0.0" in done.err
