"""
What was read from files of records, kept until a file or this package's code changes.

The cache is the user's own, outside the project, because anyone who can write to it decides what is
found here. It can be deleted at any time; what can't be read from it is read from the files again.
"""

from __future__ import annotations

import io
import os
import pickle
import platform
import re
import shutil
import sys
from contextlib import suppress
from dataclasses import is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pydantic
import yaml

from interpol_dataset.files import digest_of, is_private, make_private, usable_folder, write_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from interpol_dataset.records.document import Document
    from interpol_dataset.records.notes import Notes

#: The files that the cache has; of a change only one of them is written again.
_SHARDS: Final = 16

#: The file that says which records a folder of the cache is for, and the name of such a folder.
_PATH: Final = "path"
_PROJECT: Final = re.compile("[0-9a-f]{32}")

#: What a cache is made of, besides plain values: the classes of these modules that hold data.
_MODULES: Final = re.compile(
    r"interpol_dataset\.((records|schema|values)\..+|findings|rules\.gate)"
)


class Known(NamedTuple):
    """
    What is known of a file.

    Records are made of it anew, which takes no longer than to keep them.

    :param is_right: Whether nothing is wrong with its syntax and the shape of its records.
    """

    document: Document
    is_right: bool
    notes: Notes


class Cache:
    """What was read from a folder of records."""

    def __init__(self, records: Path) -> None:
        above = usable_folder()
        self._records = os.fsencode(records.resolve())
        self._folder = above / digest_of(self._records).hex() / _code() if above else None
        self._saved: dict[str, Any] = {}
        self._changed: set[str] = set()

    @property
    def is_new(self) -> bool:
        """Whether nothing is kept yet, though it could be."""
        return self._folder is not None and not self._folder.is_dir()

    def in_halves(self, paths: Iterable[str]) -> tuple[list[str], list[str]]:
        """Divide paths into two halves that are kept in files of their own."""
        halves: tuple[list[str], list[str]] = ([], [])
        for path in paths:
            halves[int(_shard(path)[-1]) % 2].append(path)
        return halves

    def get(self, path: str, content: bytes) -> Known | None:
        """Return what is known of a file with this content; ``None`` if it was never read."""
        digest, known = self._read_in(path).get(path, (b"", None))
        return known if digest == digest_of(content) else None

    def put(self, path: str, content: bytes, known: Known) -> None:
        """Remember what is known of a file."""
        self._read_in(path)[path] = digest_of(content), known
        self._changed.add(_shard(path))

    def load(self, name: str) -> Any:  # noqa: ANN401  # what was saved
        """Return what was saved under a name; ``None`` if nothing was, or it can't be read."""
        if name not in self._saved:
            self._saved[name] = self._read(name)
        return self._saved[name]

    def _read(self, name: str) -> Any:  # noqa: ANN401  # what was saved
        folder = self._folder
        if folder is None or not (is_private(folder.parent) and is_private(folder)):
            return None
        try:
            return _loaded((folder / name).read_bytes())
        except Exception:  # noqa: BLE001  # a broken pickle raises anything
            return None

    def save(self, name: str, value: object) -> None:
        """Save something under a name, if that is possible."""
        self._saved[name] = value
        if self._folder is not None:
            with suppress(OSError):
                make_private(self._folder.parent)
                make_private(self._folder)
                write_file(self._folder / name, _dumped(value))

    def flush(self) -> None:
        """Save what was put, and remove what nobody needs any more."""
        for name in self._changed:
            self.save(name, self._saved[name])
        if self._changed and self._folder is not None:
            with suppress(OSError):
                self._clear(self._folder)
        self._changed.clear()

    def _clear(self, folder: Path) -> None:
        """Remove what other code read, and what was read from checkouts that are gone."""
        project = folder.parent
        write_file(project / _PATH, self._records)
        gone = [path for path in project.parent.iterdir() if _is_of_nobody(path)]
        gone += [path for path in project.iterdir() if path not in {project / _PATH, folder}]
        for path in gone:
            shutil.rmtree(path, ignore_errors=True)

    def _read_in(self, path: str) -> dict[str, tuple[bytes, Known]]:
        """Return what is known of the files of a path's shard."""
        name = _shard(path)
        if not isinstance(self.load(name), dict):
            self._saved[name] = {}
        return self._saved[name]  # type: ignore[no-any-return]  # what is put there


def _dumped(value: object) -> bytes:
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def _loaded(content: bytes) -> Any:  # noqa: ANN401  # what was saved
    return _Values(io.BytesIO(content)).load()


class _Values(pickle.Unpickler):
    """Unpickles plain values and those of records only: a pickle can call any function."""

    def find_class(self, module: str, name: str) -> Callable[..., Any]:
        """Return a class that only holds data."""
        if (module, name) == ("builtins", "getattr"):  # the first versions of Python 3.11 write so
            return _member
        found = getattr(sys.modules.get(module), name, None)
        if found is date or found is Decimal:
            return found
        if (
            isinstance(found, type)
            and found.__module__ == module
            and _MODULES.fullmatch(module)
            and (is_dataclass(found) or issubclass(found, str | tuple | Enum))
        ):
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is not a value of records")


def _member(terms: type, name: str) -> Enum:
    """Return a term of a vocabulary, and no attribute of anything else."""
    if not issubclass(terms, Enum):
        raise pickle.UnpicklingError(f"{terms} has no terms")
    return terms[name]


def _is_of_nobody(folder: Path) -> bool:
    """Return whether a folder of the cache is for records that are no longer there."""
    if not _PROJECT.fullmatch(folder.name):
        return False
    try:
        return not Path(os.fsdecode((folder / _PATH).read_bytes())).is_dir()
    except OSError:
        return True


@cache
def _code() -> str:
    """Return the hash of this package's files and of what reads records for it."""
    found = blake2b(digest_size=16)
    versions = (platform.python_version(), pydantic.VERSION, yaml.__version__)
    found.update(repr(versions).encode())
    folder = Path(__file__).parents[1]
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".py", ".csv", ".json", ".toml", ".txt", ".yaml"}:
            found.update(path.relative_to(folder).as_posix().encode())
            found.update(path.read_bytes())
    return found.hexdigest()


def _shard(path: str) -> str:
    return f"read-{digest_of(path)[0] % _SHARDS:02}"
