"""Tests of :mod:`interpol_dataset.tablecheck.descriptor`: paths that stay in their folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from interpol_dataset.tablecheck.descriptor import inside

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("path", ["a.csv", "a/b.csv", "./a.csv", "a/./b.csv", "a..b", "a/b:c"])
def test_paths_inside(tmp_path: Path, path: str) -> None:
    """A relative path that stays in the folder is found, whether or not there is a file."""
    assert tmp_path / path == inside(tmp_path, path)


@pytest.mark.parametrize(
    "path", ["", ".", "..", "../a", "a/../../b", "/a", "C:a", "http://a", "a\\b", "a\0b"]
)
def test_paths_that_are_not_inside(tmp_path: Path, path: str) -> None:
    """A path that is empty, absolute, a URL or climbs out is refused."""
    assert inside(tmp_path, path) is None


def test_links_out_are_not_inside(tmp_path: Path) -> None:
    """A link is followed: one that leads out, or goes round, is refused."""
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "out").symlink_to(tmp_path)
    (folder / "round").symlink_to(folder / "round")
    (folder / "in").symlink_to(folder / "file")

    assert inside(folder, "out/file") is None
    assert inside(folder, "round") is None
    assert folder / "in" == inside(folder, "in")
