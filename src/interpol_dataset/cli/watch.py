"""
Waiting for records to change.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["changes"]

#: How long to wait before looking again, in seconds.
_PAUSE: Final = 0.3


def changes(folder: Path) -> Iterator[None]:
    """
    Go on at once, and then whenever a file in a folder was written, added or removed.

    :param folder: The folder.
    """
    before = None
    while True:
        now = _state(folder)
        if now != before:
            before = now
            yield
        else:
            time.sleep(_PAUSE)


def _state(folder: Path) -> dict[str, tuple[int, int]]:
    """Return when each file was written, and its size."""
    state: dict[str, tuple[int, int]] = {}
    waiting = [os.fspath(folder)]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as listed:
                for item in listed:
                    if item.is_dir(follow_symlinks=False):
                        waiting.append(item.path)
                    else:
                        found = item.stat(follow_symlinks=False)
                        state[item.path] = found.st_mtime_ns, found.st_size
        except OSError:
            continue  # an editor that saves removes the old file first

    return state
