"""
The folder of a site, written as a whole or not at all.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

from interpol_dataset.errors import ExportError
from interpol_dataset.files import replaced

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from interpol_dataset.site.render import File


#: The file by which a folder is known as a site.
_MARKER: Final = "site.json"


class Written(NamedTuple):
    """What was written: the number of files, and their bytes."""

    files: int
    size: int


def write(files: Iterable[File], target: Path) -> Written:
    """
    Write the files of a site into a folder, in place of an earlier site there.

    :param files: The files, written as they come.
    :param target: The folder.
    :raises ExportError: The folder has something else in it.
    :raises OSError: It can't be written; what was there is still there.
    """
    if target.exists() and any(target.iterdir()) and not (target / _MARKER).is_file():
        raise ExportError(
            "the folder is not an earlier site",
            where=str(target),
            hint="name an empty or a new folder",
        )

    with replaced(target) as new:
        return _fill(new, files)


def _fill(folder: Path, files: Iterable[File]) -> Written:
    count = size = 0
    made: set[Path] = set()
    for file in files:
        path = folder / file.path
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        content = file.content.encode() if isinstance(file.content, str) else file.content
        path.write_bytes(content)
        count, size = count + 1, size + len(content)
    marker = json.dumps({"files": count, "bytes": size}) + "\n"
    (folder / _MARKER).write_text(marker, "utf-8", newline="\n")

    return Written(count + 1, size + len(marker))
