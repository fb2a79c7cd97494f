"""
Files written whole or not at all.

What is written is staged in a hidden folder beside it, and put in place when it is on the disk.
A process that is killed leaves its staging folder; the next one to write there clears it away.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
import sys
import time
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

try:
    import fcntl
except ImportError:  # Windows has no such locks: nothing is locked there, and nothing cleared away
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "clear_away",
    "guides_folder",
    "read_file",
    "replace_directory",
    "replaced",
    "write_file",
    "write_files",
]

#: A staging folder is named after its process, and the time at which that made it.
_STAGING: Final = re.compile(r"\.interpol-dataset-[0-9]+-[0-9]+")

#: What a system says that can't exchange two directories, or not on this file system.
_CANT_EXCHANGE: Final = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM}


def read_file(path: Path, most: int, *, follow: bool = True) -> bytes:
    """
    Return the first bytes of a regular file. A pipe or a device is neither waited for nor read.

    :param path: The file.
    :param most: How many bytes to read at most.
    :param follow: Whether it may be a link.
    :raises OSError: It can't be read, or is not a regular file.
    """
    flags = 0 if follow else getattr(os, "O_NOFOLLOW", 0)
    for name in ("O_NONBLOCK", "O_BINARY"):  # each where the system has it
        flags |= getattr(os, name, 0)

    with open(path, "rb", opener=lambda name, mode: os.open(name, mode | flags)) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "not a regular file", str(path))

        return file.read(most)


def write_file(path: Path, content: bytes) -> None:
    """
    Write a file as a whole, or leave what was there.

    :param path: The file; missing folders are made.
    :param content: Its bytes.
    :raises OSError: It can't be written.
    """
    write_files({path: content})


def write_files(files: Mapping[Path, bytes]) -> None:
    """
    Write files, each as a whole, once all of them are on the disk.

    :param files: The files' contents, in the order in which they are put in place; missing folders
        are made.
    :raises OSError: They can't be written. No file was changed, unless it failed at the very end.
    """
    with ExitStack() as stack:
        folders: dict[Path, Path] = {}
        for path in files:
            if path.parent not in folders:
                folders[path.parent] = stack.enter_context(_staging(path))

        staged = {path: folders[path.parent] / f".{n}" for n, path in enumerate(files)}
        _write(files, staged)
        for path, temporary in staged.items():
            with _naming(path):
                temporary.replace(path)
        for folder in folders:
            _sync(folder)


@contextmanager
def replaced(target: Path) -> Iterator[Path]:
    """
    Make an empty directory, which takes the place of another once it is filled without an error.

    Where the system can't exchange directories in one step (Linux can), a process that is killed
    between two steps leaves no directory; the next one to write beside it puts the old one back.

    :param target: The directory to replace; whatever it contains is gone afterwards.
    :raises OSError: It can't be written. The old directory is back in place, or else in the hidden
        folder that the error names.
    """
    with _staging(target) as staging, _naming(target):
        new, old = staging / "new", staging / "old"
        new.mkdir()
        yield new
        _sync(new)

        if not (target.exists() and _exchange(new, target)):
            if target.exists():
                old.mkdir()
                target.rename(old / target.name)
            new.rename(target)
        _sync(target.parent)


def replace_directory(target: Path, files: Mapping[str, bytes]) -> None:
    """
    Write a directory as a whole, or leave what was there, as :func:`replaced` does.

    :param target: The directory; whatever it contains is replaced.
    :param files: The files' contents, by their names.
    :raises OSError: It can't be written.
    :raises ValueError: A name is not that of a file in the directory.
    """
    for name in files:
        if name in {"", ".."} or Path(name).name != name:
            raise ValueError(f"{name!r} is no name of a file")

    with replaced(target) as new:
        _write(
            {target / name: content for name, content in files.items()},
            {target / name: new / name for name in files},
        )


def clear_away(folder: Path) -> None:
    """
    Remove what killed processes left in a folder, and put back a directory that one of them moved.

    :param folder: The folder; what cannot be removed is left there.
    """
    with suppress(OSError):
        found = [path for path in folder.iterdir() if _STAGING.fullmatch(path.name)]
        for path in found:
            with suppress(OSError), _lock(path, wait=False) as locked:
                if locked:
                    _dissolve(path)


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Let an error of the system name what is to be written, and not what is staged for it."""
    try:
        yield
    except OSError as error:
        named = [Path(str(name)) for name in (error.filename, error.filename2) if name is not None]
        if not named or any(_STAGING.fullmatch(part) for item in named for part in item.parts):
            error.filename, error.filename2 = str(path), None
        raise


@contextmanager
def _staging(target: Path) -> Iterator[Path]:
    """Make a staging folder beside a target, in its folder; remove it at the end."""
    folder = target.parent
    folder.mkdir(parents=True, exist_ok=True)
    clear_away(folder)
    while True:
        path = folder / f".interpol-dataset-{os.getpid()}-{time.time_ns()}"
        try:
            with _naming(target):
                path.mkdir(0o700)
        except FileExistsError:  # another thread makes one at the same time
            continue
        with _lock(path, wait=True):
            if not path.exists():  # cleared away by another process before it was locked
                continue
            try:
                yield path
            finally:
                _dissolve(path)
            return


@contextmanager
def _lock(path: Path, *, wait: bool) -> Iterator[bool]:
    """
    Lock a folder of this user's, and yield whether it is there and locked.

    The lock ends with its process, however that ends. It also holds in other containers, in which
    a process has another number.
    """
    if fcntl is None:
        yield False
        return

    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            found = os.fstat(handle)
            locked = os.path.samestat(found, path.stat()) and found.st_uid == os.geteuid()
        except OSError:  # another process has the lock, the folder is gone, or there are no locks
            locked = False
        yield locked
    finally:
        os.close(handle)


def _dissolve(staging: Path) -> None:
    """Remove a staging folder, after the old directory in it is back unless it was replaced."""
    moved = staging / "old"
    for old in () if moved.is_symlink() else moved.glob("*"):  # a link is somebody's trick
        place = staging.parent / old.name
        if not place.exists():
            old.rename(place)  # if this fails, the old files stay where they are
    shutil.rmtree(staging, ignore_errors=True)


def _write(files: Mapping[Path, bytes], staged: Mapping[Path, Path]) -> None:
    """Write new files to the disk, where they are staged, with the rights that new files get."""
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415  # slow to import

    def write(path: Path, content: bytes) -> None:
        with _naming(path), staged[path].open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())

    with ThreadPoolExecutor(16) as pool:  # a disk syncs many files in the time of one
        list(pool.map(write, files.keys(), files.values()))  # raises what one of them raised


def _sync(folder: Path) -> None:
    """Write to the disk which files a folder has, where the system knows how to."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two directories in one step, and return whether the system can."""
    if sys.platform != "linux":
        return False

    import ctypes  # noqa: PLC0415  # slow to import

    function = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if function is None:
        return False

    here, exchange = -100, 2  # AT_FDCWD and RENAME_EXCHANGE, the same on all kinds of Linux
    if function(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0:
        return True
    code = ctypes.get_errno()
    if code in _CANT_EXCHANGE:
        return False
    raise OSError(code, os.strerror(code), str(one), None, str(other))


def guides_folder() -> Path:
    """Return the folder of the guides: the project's, or the copy in the installed package."""
    here = Path(__file__).parent
    installed = here / "_docs"

    return installed if installed.is_dir() else here.parents[1]
