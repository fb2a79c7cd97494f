"""Tests of :mod:`interpol_dataset.files`."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import nullcontext
from itertools import count, product
from typing import TYPE_CHECKING

import pytest

from helpers.killed import Killed, content, killed_at, once, without_exchange
from interpol_dataset.files import (
    clear_away,
    replace_directory,
    write_file,
    write_files,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

OLD = {"a": b"old a", "b": b"old b", "only old": b"old"}
NEW = {"a": b"the new a", "b": b"the new b", "only new": b"new"}
SYSTEMS = pytest.mark.parametrize(
    "system", [nullcontext, without_exchange], ids=["exchange", "no exchange"]
)


@pytest.fixture
def umask() -> Iterator[Callable[[int], int]]:
    """Return the function that sets which rights new files lack; it is undone at the end."""
    before = os.umask(0o022)
    yield os.umask
    os.umask(before)


# --- files and directories are written whole ------------------------------------------------


def test_folders_are_made(tmp_path: Path) -> None:
    """The folders of files are made where they are missing, and nothing else is left there."""
    write_files({tmp_path / "a" / "b" / "file": b"new", tmp_path / "c" / "file": b"too"})

    assert {"a/b/file": b"new", "c/file": b"too"} == content(tmp_path)
    assert {"a", "c"} == {path.name for path in tmp_path.iterdir()}


@SYSTEMS
@pytest.mark.parametrize("before", [None, {}, OLD], ids=["none", "empty", "old"])
def test_directory_is_replaced(
    tmp_path: Path, system: Callable[[], nullcontext[None]], before: dict[str, bytes] | None
) -> None:
    """A directory has just the new files, whatever it had, and nothing is left beside it."""
    target = tmp_path / "out"
    if before is not None:
        target.mkdir()
        write_files({target / name: bytes_ for name, bytes_ in before.items()})

    with system():
        replace_directory(target, NEW)

    assert NEW == content(target)
    assert [target] == list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("mask", "file", "folder"),
    [(0o022, 0o644, 0o755), (0o077, 0o600, 0o700), (0o002, 0o664, 0o775)],
)
def test_rights_follow_the_umask(
    tmp_path: Path, umask: Callable[[int], int], mask: int, file: int, folder: int
) -> None:
    """New files and directories have the rights that the user gives new ones."""
    umask(mask)
    write_file(tmp_path / "made" / "file", b"")
    replace_directory(tmp_path / "out", NEW)

    for path in (tmp_path / "made" / "file", tmp_path / "out" / "a"):
        assert oct(file) == oct(path.stat().st_mode & 0o777)
    for path in (tmp_path / "made", tmp_path / "out"):
        assert oct(folder) == oct(path.stat().st_mode & 0o777)


# --- interruptions --------------------------------------------------------------------------


def test_killed_process_leaves_the_old_or_the_new_directory(tmp_path: Path) -> None:
    """Wherever a process is killed, one of the two directories is there, whole."""
    target = tmp_path / "out"
    replace_directory(target, OLD)
    seen = []

    for number in count():
        replace_directory(target, OLD)
        try:
            with killed_at(number):
                replace_directory(target, NEW)
        except Killed:
            assert content(target) in (OLD, NEW)
            seen.append(content(target))
        else:
            break

    assert NEW == content(target)
    assert [target] == list(tmp_path.iterdir())
    assert seen == sorted(seen, key=[OLD, NEW].index)
    assert OLD in seen
    assert NEW in seen


def test_killed_process_where_nothing_can_be_exchanged(tmp_path: Path) -> None:
    """Where the old directory had to be moved, whoever writes there next puts it back."""
    target = tmp_path / "out"
    moved = 0

    for number in count():
        replace_directory(target, OLD)
        try:
            with without_exchange(), killed_at(number):
                replace_directory(target, NEW)
        except Killed:
            moved += not target.exists()
            write_file(tmp_path / "another", b"")
            assert content(target) in (OLD, NEW)
            assert {"another", "out"} == {path.name for path in tmp_path.iterdir()}
        else:
            break

    assert NEW == content(target)
    assert 1 == moved


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
    assert NEW == content(target)


def test_killed_while_clearing_away(tmp_path: Path) -> None:
    """Even the process that puts a directory back may be killed."""
    target = tmp_path / "out"

    for number in count():
        replace_directory(target, OLD)
        for before in count():
            with pytest.raises(Killed), without_exchange(), killed_at(before):
                replace_directory(target, NEW)
            if not target.exists():
                break
        try:
            with killed_at(number):
                clear_away(tmp_path)
        except Killed:
            clear_away(tmp_path)
            assert OLD == content(target)
        else:
            break

    assert OLD == content(target)
    assert [target] == list(tmp_path.iterdir())


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

    assert {"one/file": b"1", "two/file": b"2"} == content(tmp_path)


def test_nothing_is_changed_before_all_is_on_the_disk(tmp_path: Path) -> None:
    """A disk that is full in the middle leaves every file as it was."""
    files = {tmp_path / name: b"new" for name in ("a", "b", "c")}
    write_files(dict.fromkeys(files, b"old"))

    with pytest.raises(OSError, match="No space"), killed_at(3, once(OSError(28, "No space"))):
        write_files(files)

    assert {"a": b"old", "b": b"old", "c": b"old"} == content(tmp_path)
    assert files.keys() == set(tmp_path.iterdir())


@SYSTEMS
@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(5, "Input/output error")])
def test_error_leaves_the_old_or_the_new_directory(
    tmp_path: Path, system: Callable[[], nullcontext[None]], error: BaseException
) -> None:
    """Whatever fails or is interrupted, one of the two is there at once, with nothing beside it."""
    target = tmp_path / "out"

    for number in range(30):
        replace_directory(target, OLD)
        try:
            with system(), killed_at(number, once(error)):
                replace_directory(target, NEW)
        except (KeyboardInterrupt, OSError):
            assert content(target) in (OLD, NEW)
        clear_away(tmp_path)  # what could not be removed
        assert [target] == list(tmp_path.iterdir())

    assert NEW == content(target)


PROGRAM = """
import os, sys
from pathlib import Path
from helpers.killed import killed_at
from interpol_dataset.files import replace_directory
with killed_at(int(sys.argv[1]), lambda: os._exit(9)):
    replace_directory(Path("out"), {"a": b"the new a", "b": b"the new b", "only new": b"new"})
"""


def test_real_process_is_killed(tmp_path: Path) -> None:
    """A process that ends at once, without any cleaning up, is cleared away after, too."""
    target = tmp_path / "out"
    codes = set()
    for number in range(0, 20, 4):
        replace_directory(target, OLD)
        command = [sys.executable, "-c", PROGRAM, str(number)]
        path = os.pathsep.join(sys.path)
        codes.add(
            subprocess.run(
                command, cwd=tmp_path, check=False, env=os.environ | {"PYTHONPATH": path}
            ).returncode
        )
        assert content(target) in (OLD, NEW)

    clear_away(tmp_path)
    assert {0, 9} == codes
    assert [target] == list(tmp_path.iterdir())


WAITING = """
import sys
from pathlib import Path
from helpers.killed import killed_at
from interpol_dataset.files import replace_directory
def wait():
    print("waiting", flush=True)
    sys.stdin.readline()
    wait.__code__ = (lambda: None).__code__
with killed_at(3, wait):
    replace_directory(Path("out"), {"a": b"theirs"})
"""


def test_process_that_lives_is_left_alone(tmp_path: Path) -> None:
    """What another process is writing is not cleared away, however long it takes."""
    with subprocess.Popen(
        [sys.executable, "-c", WAITING],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout
        assert other.stdin
        assert "waiting\n" == other.stdout.readline()
        staging = set(tmp_path.iterdir())
        replace_directory(tmp_path / "mine", NEW)
        assert {*staging, tmp_path / "mine"} == set(tmp_path.iterdir())
        other.stdin.write("\n")
        other.stdin.flush()
        assert 0 == other.wait(30)

    assert {"a": b"theirs"} == content(tmp_path / "out")
    assert {"mine", "out"} == {path.name for path in tmp_path.iterdir()}


def test_other_hidden_folders_are_nobodys(tmp_path: Path) -> None:
    """Only folders named as staging folders are cleared away; a link is not followed."""
    kept = [".interpol-dataset", ".interpol-dataset-1", ".interpol-dataset-1-2-old", ".git"]
    for name in kept:
        write_file(tmp_path / name / "file", b"mine")
    (tmp_path / ".interpol-dataset-3-4").symlink_to(tmp_path / ".git")
    (tmp_path / ".interpol-dataset-5-6").write_bytes(b"a file")
    clear_away(tmp_path)
    clear_away(tmp_path / "not there")

    assert {*kept, ".interpol-dataset-3-4", ".interpol-dataset-5-6"} == {
        path.name for path in tmp_path.iterdir()
    }
    assert b"mine" == (tmp_path / ".git" / "file").read_bytes()


def test_nothing_is_put_back_from_elsewhere(tmp_path: Path) -> None:
    """A staging folder that somebody made up moves no file here from where its link leads."""
    write_file(tmp_path / "home" / "key", b"secret")
    folder = tmp_path / "project"
    (folder / ".interpol-dataset-1-2").mkdir(parents=True)
    (folder / ".interpol-dataset-1-2" / "old").symlink_to(tmp_path / "home")
    clear_away(folder)

    assert {"home/key": b"secret"} == content(tmp_path)
    assert [] == list(folder.iterdir())


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
    assert [] == list(tmp_path.iterdir())


def test_error_names_the_folder_that_is_in_the_way(tmp_path: Path) -> None:
    """A real path that an error names stays: it is where the fault is."""
    write_file(tmp_path / "file", b"")

    with pytest.raises(OSError, match=r"exists|directory") as caught:
        write_file(tmp_path / "file" / "out", b"")

    assert str(tmp_path / "file") == str(caught.value.filename)


# --- paths ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["../file", "/file", "a/file", "", ".", ".."])
def test_a_file_outside_of_its_directory_is_refused(tmp_path: Path, name: str) -> None:
    """Whatever a file is called, it is written into the directory or not at all."""
    with pytest.raises(ValueError, match="is no name of a file"):
        replace_directory(tmp_path / "out", {name: b""})

    assert [] == list(tmp_path.iterdir())
