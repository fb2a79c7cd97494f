"""
Files written whole or not at all, and folders: of this package, and of what can be made again.

What is written is staged in a hidden folder next to it, and put in place when it is on the disk.
"""

from __future__ import annotations

import csv
import errno
import os
import re
import shutil
import stat
import sys
import time
from codecs import BOM_UTF8
from contextlib import ExitStack, contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from stat import S_ISDIR
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: How the name of a staging folder begins, and what it is.
_PREFIX: Final = ".interpol-dataset-"
_STAGING: Final = re.compile(rf"{re.escape(_PREFIX)}\w+")

#: Seconds after which a staging folder is that of a process that was killed.
_DEAD: Final = 3600

#: Says where the cache is; ``off`` for none.
_VARIABLE: Final = "INTERPOL_DATASET_CACHE"


def read_file(path: Path, most: int, *, follow: bool = True) -> bytes:
    """
    Return the first bytes of a regular file. A pipe or a device is neither waited for nor read.

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


def digest_of(content: bytes | str) -> bytes:
    """Return the hash of some content, which a byte order mark before it does not change."""
    if isinstance(content, str):
        content = content.encode(errors="surrogatepass")
    return blake2b(content.removeprefix(BOM_UTF8), digest_size=16).digest()


def csv_rows(module: str, name: str) -> list[dict[str, str]]:
    """Return the rows of a table of this package, by its path from the module that reads it."""
    with (Path(module).parent / name).open(encoding="utf-8", newline="") as file:
        return [*csv.DictReader(file)]


def write_file(path: Path, content: bytes) -> None:
    """Write a file as a whole, or leave what was there; missing folders are made."""
    write_files({path: content})


def write_files(files: Mapping[Path, bytes]) -> None:
    """
    Write files, each as a whole, once all of them are on the disk; missing folders are made.

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

    A process that is killed between the two steps of that leaves the old directory in the hidden
    folder next to it, as ``old``.

    :raises OSError: It can't be written. The old directory is back in place, or else in the hidden
        folder that the error names.
    """
    with _staging(target) as staging, _naming(target):
        new = staging / "new"
        new.mkdir()
        yield new
        _sync(new)
        if target.exists():
            target.rename(staging / "old")
        new.rename(target)
        _sync(target.parent)


def replace_directory(target: Path, files: Mapping[str, bytes]) -> None:
    """
    Write a directory as a whole, or leave what was there, as :func:`replaced` does.

    :raises ValueError: A name is not that of a file in the directory.
    """
    for name in files:
        if name in {"", ".."} or Path(name).name != name:
            raise ValueError(f"{name!r} is not a file name")
    with replaced(target) as new:
        _write(
            {target / name: content for name, content in files.items()},
            {target / name: new / name for name in files},
        )


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Let a system error name the target instead of the staged file."""
    try:
        yield
    except OSError as error:
        named = [Path(str(name)) for name in (error.filename, error.filename2) if name is not None]
        if not named or any(_STAGING.fullmatch(part) for item in named for part in item.parts):
            error.filename, error.filename2 = str(path), None
        raise


@contextmanager
def _staging(target: Path) -> Iterator[Path]:
    """Make a staging folder next to a target, and remove it at the end."""
    folder = target.parent
    folder.mkdir(parents=True, exist_ok=True)
    _clear_away(folder)
    with _naming(target):
        path = Path(mkdtemp(prefix=_PREFIX, dir=folder))
    try:
        yield path
    finally:
        old = path / "old"
        if old.exists() and not target.exists():
            old.rename(target)  # if this fails, the old files stay where they are
        shutil.rmtree(path, ignore_errors=True)


def _clear_away(folder: Path) -> None:
    """Remove what killed processes left in a folder, unless an old directory is in it."""
    with suppress(OSError):
        for path in folder.glob(f"{_PREFIX}*"):
            is_dead = time.time() - path.lstat().st_mtime > _DEAD
            if is_dead and _STAGING.fullmatch(path.name) and not (path / "old").exists():
                shutil.rmtree(path, ignore_errors=True)  # which follows no link


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


def guides_folder() -> Path:
    """Return the folder of the guides: the project's, or the copy in the installed package."""
    here = Path(__file__).parent
    installed = here / "_docs"
    return installed if installed.is_dir() else here.parents[1]


def cache_folder() -> Path:
    """
    Return this program's folder for what can be made again, by the system's custom.

    :raises OSError: The system does not say where the user's home is.
    """
    try:
        if sys.platform == "win32":
            caches = _absolute("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
        elif sys.platform == "darwin":
            caches = Path.home() / "Library" / "Caches"
        else:
            caches = _absolute("XDG_CACHE_HOME") or Path.home() / ".cache"
    except RuntimeError as error:
        raise OSError(errno.ENOENT, "the system does not say where your home is") from error
    return caches / "interpol-dataset"


def _absolute(variable: str) -> Path | None:
    """Return the folder that a variable names, unless it would be another one in each folder."""
    path = Path(os.environ.get(variable, ""))
    return path if path.is_absolute() else None


def usable_folder() -> Path | None:
    """Return the folder of caches; ``None`` where there is none, or others may write to it."""
    given = os.environ.get(_VARIABLE, "")
    if given == "off":
        return None
    try:
        folder = Path(given) if given else cache_folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder if _is_own(folder.resolve(), others=0o022) else None
    except OSError:
        return None


def is_private(folder: Path) -> bool:
    """Return whether a folder is there, and only this user can look into it."""
    return _is_own(folder, others=0o077)


def make_private(folder: Path) -> None:
    """Make a folder that only this user can look into; one that others could change goes first."""
    if not is_private(folder):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(0o700)


def _is_own(folder: Path, *, others: int) -> bool:
    """Return whether a folder is this user's, and others have none of some rights."""
    try:
        status = folder.lstat()
    except OSError:
        return False
    if sys.platform == "win32":  # where a user's folders are closed to others by default
        return S_ISDIR(status.st_mode)
    is_ours = status.st_uid == os.getuid() and not status.st_mode & others
    return is_ours and S_ISDIR(status.st_mode)
