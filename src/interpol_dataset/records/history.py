"""
Which files of records came later, as far as git knows.
"""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["arrivals"]

#: How long git may take, in seconds.
_PATIENCE: Final = 10

#: Git asks no other program, whatever the folder's own settings are.
_COMMAND: Final = (
    *("git", "-c", "core.fsmonitor=false", "-c", "log.showSignature=false"),
    *("log", "--diff-filter=A", "--name-only", "--no-renames", "--no-ext-diff", "--no-textconv"),
    *("--relative", "--format=", "-z", "--", "."),
)


def arrivals(folder: Path) -> dict[str, int]:
    """
    Return in which order the files of a folder were added to its git repository.

    :param folder: The folder of records.
    :returns: A number for each file by its path in the folder: 0 for the latest, less for earlier
        ones. A file that was never committed has none; no file has one where git knows nothing.
    """
    try:
        done = subprocess.run(  # noqa: S603  # no shell, and nothing from outside in it
            _COMMAND, cwd=folder, capture_output=True, timeout=_PATIENCE, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return {}

    names = (name.lstrip("\n") for name in done.stdout.decode(errors="replace").split("\0"))
    order: dict[str, int] = {}
    for number, name in enumerate(filter(None, names)):
        # A file that was removed and added again counts from its last arrival.
        order.setdefault(name, -number)

    return order
