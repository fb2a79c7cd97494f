"""
Where to keep what can be made again: in a folder of the user's own.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
from pathlib import Path
from stat import S_ISDIR
from typing import Final

#: Says where the cache is; ``off`` for none.
_VARIABLE: Final = "INTERPOL_DATASET_CACHE"


def cache_folder() -> Path:
    """
    Return this program's folder for what can be made again, by the system's custom.

    :return: The folder; it need not be there.
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
    """
    Make a folder that only this user can look into; one that others could change goes first.

    :raises OSError: It can't be made.
    """
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
