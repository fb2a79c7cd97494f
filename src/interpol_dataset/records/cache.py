"""
What was read from files of records, kept until a file or this package's code changes.

The cache is the user's own, outside of the project, because whoever can write to it can run code
here. It can be deleted at any time; what can't be read of it is read from the files again.
"""

from __future__ import annotations

import os
import pickle
import platform
import shutil
import sys
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pydantic
import yaml

from interpol_dataset.files import cache_folder, write_file

if TYPE_CHECKING:
    from interpol_dataset.records.defects import Defect
    from interpol_dataset.records.document import Document
    from interpol_dataset.records.folder import Entry

    Read = tuple[Document, list[Entry], list[Defect]]

__all__ = ["Cache", "usable_folder"]

#: The files that the cache has; of a change only one of them is written again.
_SHARDS: Final = 16

#: Says where the cache is; ``off`` for none.
_VARIABLE: Final = "INTERPOL_DATASET_CACHE"


class Cache:
    """
    What was read from the records of a project.

    :param records: The folder of records.
    """

    def __init__(self, records: Path) -> None:
        above = usable_folder()
        project = _digest(os.fsencode(records.resolve())).hex()
        self._project = above / project if above is not None else None
        self._folder = self._project / _code() if self._project is not None else None
        self._shards: dict[int, dict[str, tuple[bytes, Read]]] = {}
        self._changed: set[int] = set()

    def get(self, path: str, content: bytes) -> Read | None:
        """Return what was read from a file with this content; ``None`` if it never was."""
        digest, read = self._shard(path).get(path, (b"", None))

        return read if digest == _digest(content) else None

    def put(self, path: str, content: bytes, read: Read) -> None:
        """Remember what was read from a file."""
        self._shard(path)[path] = _digest(content), read
        self._changed.add(_number(path))

    def load(self, name: str) -> Any:  # noqa: ANN401  # whatever was saved
        """Return what was saved under a name; ``None`` if nothing was, or it can't be read."""
        if self._folder is None:
            return None
        try:
            return pickle.loads((self._folder / name).read_bytes())  # noqa: S301  # the user's own
        except Exception:  # noqa: BLE001  # a broken pickle raises anything
            return None

    def save(self, name: str, value: object) -> None:
        """Save something under a name, if that is possible."""
        if self._folder is None or self._project is None:
            return
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_file(self._folder / name, pickle.dumps(value, pickle.HIGHEST_PROTOCOL))
            for other in self._project.iterdir():
                if other != self._folder:
                    shutil.rmtree(other, ignore_errors=True)  # of other code
        except OSError:
            return

    def flush(self) -> None:
        """Save what was put."""
        for number in self._changed:
            self.save(f"read-{number:02}", self._shards[number])
        self._changed.clear()

    def _shard(self, path: str) -> dict[str, tuple[bytes, Read]]:
        number = _number(path)
        if number not in self._shards:
            loaded = self.load(f"read-{number:02}")
            self._shards[number] = loaded if isinstance(loaded, dict) else {}

        return self._shards[number]


def usable_folder() -> Path | None:
    """Return the folder of caches; ``None`` where there is none, or another user owns it."""
    given = os.environ.get(_VARIABLE, "")
    if given == "off":
        return None

    try:
        folder = Path(given) if given else cache_folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.stat()
    except OSError:
        return None
    if sys.platform != "win32" and (status.st_uid != os.getuid() or status.st_mode & 0o022):
        return None

    return folder


@cache
def _code() -> str:
    """Return the hash of this package's files and of what reads records for it."""
    found = blake2b(digest_size=16)
    versions = (platform.python_version(), pydantic.VERSION, yaml.__version__)
    found.update(repr(versions).encode())
    folder = Path(__file__).parents[1]
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".py", ".csv", ".txt"}:
            found.update(path.relative_to(folder).as_posix().encode())
            found.update(path.read_bytes())

    return found.hexdigest()


def _number(path: str) -> int:
    return _digest(path.encode(errors="surrogatepass"))[0] % _SHARDS


def _digest(content: bytes) -> bytes:
    return blake2b(content, digest_size=16).digest()
