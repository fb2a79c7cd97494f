"""Tests of the site's folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from interpol_dataset import ExportError
from interpol_dataset.site.build import write
from interpol_dataset.site.render import File

FILES = [File("index.html", "one"), File("cases/a.html", "two"), File("data/a.csv", b"3")]


def names(folder: Path) -> set[str]:
    """Return the files below a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_files_are_written(tmp_path: Path) -> None:
    """Files are where they belong, what a later site lacks is gone, and nothing is beside."""
    written = write(FILES, tmp_path / "out")
    assert written.files == 4
    assert names(tmp_path / "out") == {"index.html", "cases/a.html", "data/a.csv", "site.json"}
    write(FILES[:1], tmp_path / "out")
    assert names(tmp_path / "out") == {"index.html", "site.json"}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_strangers_are_left_alone(tmp_path: Path) -> None:
    """A folder with anything else in it is refused."""
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(ExportError, match="not an earlier site"):
        write(FILES, tmp_path)
    assert names(tmp_path) == {"mine.txt"}


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    """Where a page fails, the earlier site stays as it was."""

    def fail() -> Iterator[File]:
        yield File("index.html", "new")
        raise RuntimeError

    write(FILES, tmp_path / "out")
    with pytest.raises(RuntimeError):
        write(fail(), tmp_path / "out")

    assert (tmp_path / "out" / "index.html").read_text("utf-8") == "one"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
