"""
Descriptors and paths from strangers: JSON that is read with care, paths that stay in their folder.

Only the standard library is needed here.
"""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath
from typing import Any

from interpol_dataset.tablecheck import limits
from interpol_dataset.tablecheck.errors import DescriptorError


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
            if not path.is_file():
                raise DescriptorError(
                    "the file can't be read: it is no regular file", str(path), "check the path"
                )
            with path.open("rb") as file:
                content = file.read(self._bytes + 1)
            self._bytes -= len(content)
            self._values -= content.count(b",")
            if min(self._bytes, self._values) < 0:
                raise DescriptorError(
                    f"descriptors have at most {limits.MAX_DESCRIPTOR >> 20} MB and "
                    f"{limits.MAX_DESCRIPTOR_VALUES:,} values, those of one package together",
                    str(path),
                )
            value = json.loads(content)
        except OSError as error:
            raise DescriptorError("the file can't be read", str(path), "check the path") from error
        except (ValueError, RecursionError) as error:
            what = f"the file is not JSON: {error}"
            raise DescriptorError(what, str(path), "fix its syntax") from error

        if not isinstance(value, dict):
            raise DescriptorError("the file is not a JSON object", str(path))

        return value


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
