"""
Which files of records came later, as far as git knows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from interpol_dataset.git import GitError, ask

if TYPE_CHECKING:
    from pathlib import Path


_COMMAND: Final = (
    *("log", "--diff-filter=A", "--name-only", "--no-renames", "--no-ext-diff", "--no-textconv"),
    *("--format=", "-z"),
)


def arrivals(folder: Path) -> dict[str, int]:
    """
    Return in which order the files of a folder of records were added to the project's repository.

    :param folder: The folder, ``data/records`` in the top folder of a repository.
    :returns: A number for each file by its path in the folder: 0 for the latest, less for earlier
        ones. A file that was never committed has none; no file has one where git knows nothing.
    """
    data = folder.resolve().parent
    inside = f"{data.name}/{folder.name}"
    try:
        printed = ask(data.parent, *_COMMAND, f"--relative={inside}", "--", inside)
    except GitError:
        return {}

    names = (name.lstrip("\n") for name in printed.decode(errors="replace").split("\0"))
    order: dict[str, int] = {}
    for number, name in enumerate(filter(None, names)):
        # A file that was removed and added again counts from its last arrival.
        order.setdefault(name, -number)

    return order
