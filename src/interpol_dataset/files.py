"""
Files written whole or not at all, and paths kept inside a folder.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["inside", "replace_directory", "write_file"]


def write_file(path: Path, content: bytes) -> None:
    """
    Write a file as a whole, or leave what was there.

    :param path: The file; missing folders are made.
    :param content: Its bytes.
    :raises OSError: It can't be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def replace_directory(target: Path, files: Mapping[str, bytes]) -> None:
    """
    Write a directory as a whole, or leave what was there.

    :param target: The directory; whatever it contains is replaced.
    :param files: The files' contents, by their paths in the directory.
    :raises OSError: It can't be written. The old directory is back in place, or in the hidden
        directory that the error names if even that failed.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    new, old = staging / "new", staging / "old"
    try:
        for name, content in files.items():
            write_file(new / name, content)
        if target.exists():
            target.rename(old)
        new.rename(target)
    except BaseException:
        if old.exists() and not target.exists():
            old.rename(target)  # if this fails too, the old files stay where they are
        shutil.rmtree(staging, ignore_errors=True)
        raise

    shutil.rmtree(staging, ignore_errors=True)


def inside(folder: Path, path: str) -> Path | None:
    """
    Return a path in a folder, or ``None`` if it is absolute, a URL, or leads out, also by a link.

    :param folder: The folder.
    :param path: The path in it, with slashes.
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
    except (OSError, RuntimeError):  # circular links, or an impossible name
        return None

    return found if resolved.is_relative_to(folder.resolve()) else None
