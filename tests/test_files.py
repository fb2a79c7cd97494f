"""Tests of :mod:`interpol_dataset.files`."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count, product
from pathlib import Path

import pytest

from helpers.each import each
from helpers.killed import Killed, content, killed_at, once
from interpol_dataset.files import replace_directory, write_file, write_files

OLD = {"a": b"old a", "b": b"old b", "only old": b"old"}
NEW = {"a": b"the new a", "b": b"the new b", "only new": b"new"}


@pytest.fixture
def umask() -> Iterator[Callable[[int], int]]:
    """Return the function that sets which rights new files lack; it is undone at the end."""
    before = os.umask(0o022)
    yield os.umask
    os.umask(before)


def test_folders_are_made(tmp_path: Path) -> None:
    """The folders of files are made where they are missing, and nothing else is left there."""
    write_files({tmp_path / "a" / "b" / "file": b"new", tmp_path / "c" / "file": b"too"})
    assert content(tmp_path) == {"a/b/file": b"new", "c/file": b"too"}
    assert {"a", "c"} == {path.name for path in tmp_path.iterdir()}


@each("before", [None, {}, OLD])
def test_directory_is_replaced(tmp_path: Path, before: dict[str, bytes] | None) -> None:
    """A directory has just the new files, whatever it had, and nothing is left beside it."""
    target = tmp_path / "out"
    if before is not None:
        target.mkdir()
        write_files({target / name: bytes_ for name, bytes_ in before.items()})

    replace_directory(target, NEW)

    assert content(target) == NEW
    assert list(tmp_path.iterdir()) == [target]


@each("mask, file, folder", [(0o022, 0o644, 0o755), (0o077, 0o600, 0o700), (0o002, 0o664, 0o775)])
def test_rights_follow_the_umask(
    tmp_path: Path, umask: Callable[[int], int], mask: int, file: int, folder: int
) -> None:
    """New files and directories have the rights that the user gives new ones."""
    umask(mask)
    write_file(tmp_path / "made" / "file", b"")
    replace_directory(tmp_path / "out", NEW)
    made = ("made/file", "out/a", "made", "out")
    rights = [oct((tmp_path / path).stat().st_mode & 0o777) for path in made]
    assert rights == [oct(file), oct(file), oct(folder), oct(folder)]


def test_killed_process_leaves_the_old_or_the_new_directory(tmp_path: Path) -> None:
    """Wherever a process is killed, one of the two is there, at one point beside the target."""
    moved = 0

    for number in count():
        target = tmp_path / str(number) / "out"
        replace_directory(target, OLD)
        try:
            with killed_at(number):
                replace_directory(target, NEW)
        except Killed:
            there = target
            if not target.exists():
                (there,) = target.parent.glob(".interpol-dataset-*/old")
                moved += 1
            assert content(there) in (OLD, NEW)
        else:
            break

    assert content(target) == NEW
    assert [target] == list(target.parent.iterdir())
    assert moved == 1


def test_killed_before_there_was_a_directory(tmp_path: Path) -> None:
    """A first directory is there whole, or not at all."""
    for number in count():
        target = tmp_path / str(number)
        try:
            with killed_at(number):
                replace_directory(target, NEW)
        except Killed:
            assert not target.exists() or content(target) == NEW
        else:
            break

    assert number
    assert content(target) == NEW


def test_killed_process_leaves_whole_files(tmp_path: Path) -> None:
    """Wherever a process is killed, each file is the old or the new one, and the next completes."""
    folders = {tmp_path / "one" / "file": b"1", tmp_path / "two" / "file": b"2"}

    for number in count():
        write_files(dict.fromkeys(folders, b"old"))
        try:
            with killed_at(number):
                write_files(folders)
        except Killed:
            assert all(path.read_bytes() in {b"old", new} for path, new in folders.items())
        else:
            break

    assert content(tmp_path) == {"one/file": b"1", "two/file": b"2"}


def test_nothing_is_changed_before_all_is_on_the_disk(tmp_path: Path) -> None:
    """A disk that is full in the middle leaves every file as it was."""
    files = {tmp_path / name: b"new" for name in ("a", "b", "c")}
    write_files(dict.fromkeys(files, b"old"))
    with pytest.raises(OSError, match="No space"), killed_at(3, once(OSError(28, "No space"))):
        write_files(files)
    assert content(tmp_path) == {"a": b"old", "b": b"old", "c": b"old"}
    assert files.keys() == set(tmp_path.iterdir())


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(5, "Input/output error")])
def test_error_leaves_the_old_or_the_new_directory(tmp_path: Path, error: BaseException) -> None:
    """Whatever fails or is interrupted, one of the two is there at once."""
    for number in range(30):
        target = tmp_path / str(number) / "out"
        replace_directory(target, OLD)
        try:
            with killed_at(number, once(error)):
                replace_directory(target, NEW)
        except (KeyboardInterrupt, OSError):
            assert content(target) in (OLD, NEW)

    assert content(target) == NEW
    assert [target] == list(target.parent.iterdir())


PROGRAM = """
import os, sys
from pathlib import Path
from helpers.killed import killed_at
from interpol_dataset.files import replace_directory
with killed_at(int(sys.argv[1]), lambda: os._exit(9)):
    replace_directory(Path("out"), {"a": b"the new a", "b": b"the new b", "only new": b"new"})
"""


def test_what_a_killed_process_left_is_cleared_away(tmp_path: Path) -> None:
    """The next to write there removes it after an hour, by which its process is surely dead."""
    command = [sys.executable, "-c", PROGRAM, "4"]
    path = os.pathsep.join(sys.path)
    done = subprocess.run(command, cwd=tmp_path, check=False, env=os.environ | {"PYTHONPATH": path})
    (left,) = tmp_path.iterdir()
    write_file(tmp_path / "one", b"")
    both = {*tmp_path.iterdir()}
    os.utime(left, (0, 0))
    write_file(tmp_path / "two", b"")

    assert done.returncode == 9
    assert {left, tmp_path / "one"} == both
    assert {"one", "two"} == {path.name for path in tmp_path.iterdir()}


def test_other_hidden_folders_are_nobodys(tmp_path: Path) -> None:
    """Only staging folders are cleared away, unless an old directory is in it; nor is a link."""
    kept = [".interpol-dataset", ".interpol-dataset-1-old", ".git", ".interpol-dataset-2/old"]
    for name in kept:
        write_file(tmp_path / name / "file", b"mine")
    (tmp_path / ".interpol-dataset-3").symlink_to(tmp_path / ".git")
    for path in tmp_path.iterdir():
        os.utime(path, (0, 0), follow_symlinks=False)
    write_file(tmp_path / "new", b"")

    assert all((tmp_path / name / "file").read_bytes() == b"mine" for name in kept)
    assert (tmp_path / ".interpol-dataset-3").is_symlink()


@pytest.mark.parametrize(
    ("write", "call"),
    [
        *product([write_file, replace_directory], ["os.mkdir", "pathlib.Path.open", "os.fsync"]),
        (write_file, "os.replace"),
        (replace_directory, "os.rename"),
    ],
)
def test_error_names_what_was_to_be_written(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    write: Callable[[Path, object], None],
    call: str,
) -> None:
    """Whichever call is denied, the error names the user's file or directory, and none staged."""

    def deny(path: object, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", *([] if isinstance(path, int) else [path]))

    monkeypatch.setattr(call, deny)
    target = tmp_path / "out"

    with pytest.raises(PermissionError) as caught:
        write(target, b"new" if write is write_file else {"a": b"new"})

    assert caught.value.filename in {str(target), str(target / "a")}
    assert caught.value.filename2 is None
    assert list(tmp_path.iterdir()) == []


def test_error_names_the_folder_that_is_in_the_way(tmp_path: Path) -> None:
    """A real path that an error names stays: it is where the fault is."""
    write_file(tmp_path / "file", b"")
    with pytest.raises(OSError, match=r"exists|directory") as caught:
        write_file(tmp_path / "file" / "out", b"")
    assert str(tmp_path / "file") == str(caught.value.filename)


@pytest.mark.parametrize("name", ["../file", "/file", "a/file", "", ".", ".."])
def test_a_file_outside_of_its_directory_is_refused(tmp_path: Path, name: str) -> None:
    """Whatever a file is called, it is written into the directory or not at all."""
    with pytest.raises(ValueError, match="is not a file name"):
        replace_directory(tmp_path / "out", {name: b""})
    assert list(tmp_path.iterdir()) == []
