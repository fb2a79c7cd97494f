"""Tests of :mod:`interpol_dataset.files`; exports test how directories are replaced."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import pytest

from interpol_dataset.files import inside, write_file


def test_interrupted_file_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A single file is replaced whole or not at all."""
    path = tmp_path / "file"
    write_file(path, b"old")

    def interrupted(_self: Path, _other: Path) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_file(path, b"new")

    assert b"old" == path.read_bytes()
    assert [path] == list(tmp_path.iterdir())


def test_folders_are_made(tmp_path: Path) -> None:
    """The folders of a file are made where they are missing."""
    write_file(tmp_path / "a" / "b" / "file", b"new")

    assert b"new" == (tmp_path / "a" / "b" / "file").read_bytes()


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
