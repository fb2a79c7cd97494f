"""
Descriptors and paths from strangers: JSON that is read with care, paths that stay in their folder.

Only the standard library is needed here.
"""

from __future__ import annotations

import errno
import json
import os
import stat
from collections import Counter
from pathlib import Path, PurePosixPath
from typing import Any, Final

from interpol_dataset.tablecheck import limits
from interpol_dataset.tablecheck.errors import DescriptorError

#: What to do about a file that is there, and that its reader may not read.
CHECK_PERMISSIONS: Final = "check its permissions: you may not read it"


class Descriptors:
    """Reads the JSON files of one package, which are limited together."""

    def __init__(self) -> None:
        self._bytes = limits.MAX_DESCRIPTOR
        self._values = limits.MAX_DESCRIPTOR_VALUES

    def read(self, path: Path) -> dict[str, Any]:
        """
        Read a file that holds one JSON object.

        :raises DescriptorError: It can't be read, is too large, or is something else.
        """
        try:
            content = read_file(path, self._bytes + 1)
            self._bytes -= len(content)
            self._values -= content.count(b",")
            if min(self._bytes, self._values) < 0:
                raise DescriptorError(
                    f"descriptors have at most {limits.MAX_DESCRIPTOR >> 20} MB and "
                    f"{limits.MAX_DESCRIPTOR_VALUES:,} values, those of one package together",
                    str(path),
                    "describe fewer resources",
                )
            value = _parsed(content)
        except OSError as error:
            what = f"the file can't be read: {error.strerror}"
            hint = CHECK_PERMISSIONS if isinstance(error, PermissionError) else "check the path"
            raise DescriptorError(what, str(path), hint) from error
        except (ValueError, RecursionError) as error:
            raise DescriptorError(
                f"the file is not JSON in UTF-8: {error}", str(path), "fix its syntax"
            ) from error

        if not isinstance(value, dict):
            raise DescriptorError("the file is not a JSON object", str(path))

        return value


def read_descriptor(path: Path) -> dict[str, Any]:
    """
    Read the descriptor of a package.

    :raises DescriptorError: It can't be read, is too large, or is something else.
    """
    return Descriptors().read(path)


def _parsed(content: bytes) -> Any:
    """
    Return what is written in JSON, refusing what readers of JSON understand in different ways.

    :raises ValueError: It is not JSON in UTF-8, or has a key twice, or a number that JSON has not.
    :raises RecursionError: It is nested too deep.
    """
    return json.loads(
        content.decode("utf-8-sig"), object_pairs_hook=_object, parse_constant=no_number
    )


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object; of two values for one key, nobody knows which is meant."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = Counter(key for key, _ in pairs).most_common(1)[0][0]
        raise ValueError(f"the key {twice[: limits.SHOWN]!r} is given twice in one object")

    return found


def no_number(word: str) -> None:
    """Refuse NaN and Infinity, which Python reads in JSON."""
    raise ValueError(f"{word} is not a number of JSON")


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


def inside(folder: Path, path: str) -> Path | None:
    """
    Return a path in a folder; ``None`` where it is absolute, a URL, or leads out, if by a link.

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
    except (OSError, RuntimeError):  # a circle of links, or a name that no file can have
        return None

    return found if resolved.is_relative_to(folder.resolve()) else None
