"""
Paths that come from strangers: they lead to a file inside a folder, or nowhere.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath

__all__ = ["inside"]


def inside(folder: Path, path: str) -> Path | None:
    """
    Find a path in a folder; none where it is absolute, a URL, climbs out, or leads out by a link.

    :param folder: The folder.
    :param path: The path as a descriptor has it, with slashes.
    """
    parts = PurePosixPath(path)
    if (
        "\0" in path
        or "\\" in path
        or not parts.parts
        or ":" in parts.parts[0]  # a scheme, or a drive
        or parts.is_absolute()
        or ".." in parts.parts
    ):
        return None

    found = folder / parts
    try:
        resolved = found.resolve()
    except (OSError, RuntimeError):  # links that go round, or a name that no file can have
        return None

    return found if resolved.is_relative_to(folder.resolve()) else None
