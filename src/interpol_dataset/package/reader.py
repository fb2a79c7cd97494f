"""
A data package directory: its descriptor, the bytes of its files, and names that are gone.

A path that leaves the directory is refused, and so is a file whose size or hash is not the one in
the descriptor.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.errors import PackageError
from interpol_dataset.files import read_file
from interpol_dataset.package.formats import FORMATS
from interpol_dataset.tablecheck import DescriptorError, Fault, checksum_of, inside, read_descriptor

if TYPE_CHECKING:
    from collections.abc import Mapping

DESCRIPTOR: Final = "datapackage.json"
#: Bytes of a resource's file; it is read as a whole.
MAX_FILE: Final = 64 << 20
#: Resources of a package.
MAX_RESOURCES: Final = 1_000
#: Names that a file may be given, on any system, with an ending: those of an export's files.
_NAME: Final = re.compile(r"(?!datapackage$)\w[\w .-]{0,99}", re.IGNORECASE)
_BUILD_AGAIN: Final = "build or export the package again"
_CUT_OFF: Final = f"it was cut off or changed; {_BUILD_AGAIN}"


@dataclass(frozen=True)
class Package:
    """An opened data package: the descriptors of its resources are by name."""

    directory: Path
    descriptor: Mapping[str, Any]
    resources: Mapping[str, Mapping[str, Any]]

    @property
    def title(self) -> str:
        """Title of the package."""
        return str(self.descriptor.get("title", ""))

    @property
    def version(self) -> str:
        """Version of the data."""
        return str(self.descriptor.get("version", ""))

    @property
    def licenses(self) -> tuple[str, ...]:
        """Names of the licences of the data."""
        return self._listed("licenses", "name")

    @property
    def contributors(self) -> tuple[str, ...]:
        """Names of those who made the data."""
        return self._listed("contributors", "title")

    @cached_property
    def schemas(self) -> Mapping[str, Mapping[str, Any]]:
        """The Table Schemas of its tables, by name."""
        return {
            name: resource["schema"]
            for name, resource in self.resources.items()
            if isinstance(resource.get("schema"), dict)
        }

    def read(self, name: str) -> bytes:
        """
        Read a resource's file.

        :raises PackageError: The file is missing, leaves the package, is too large, or was changed.
        """
        resource = self.resources[name]
        path = self._path(resource)
        try:
            content = read_file(path, MAX_FILE + 1)
        except OSError as error:
            is_barred = isinstance(error, PermissionError)
            hint = "check its permissions: you may not read it" if is_barred else _BUILD_AGAIN
            raise _fault(
                f"the file of '{name}' can't be read: {error.strerror}", path, hint
            ) from error

        if len(content) > MAX_FILE:
            what = f"the file of '{name}' has more than {MAX_FILE >> 20} MB"
            raise _fault(what, path, "read it with DuckDB, Polars or Arrow")
        _verify(resource, content, path)
        return content

    def verify_rows(self, name: str, rows: int) -> None:
        """
        Check the number of rows that were read from a resource's file.

        :raises PackageError: The descriptor gives another.
        """
        resource = self.resources[name]
        expected = resource.get("rows")
        if expected is not None and (isinstance(expected, bool) or expected != rows):
            what = f"the file has {rows} rows where the descriptor says {str(expected)[:100]}"
            raise _fault(what, self.directory / resource["path"], _CUT_OFF)

    def unreadable(self, name: str, why: str) -> PackageError:
        """Return the error for a file that is not of its schema, with the first line of why."""
        path = str(self.resources.get(name, {}).get("path", ""))
        detail = why.partition("\n")[0]
        hint = f"{_BUILD_AGAIN}, or run 'interpol-dataset validate' on it"
        what = f"the table '{name}' is not of its schema: {detail}"
        return _fault(what, self.directory / path, hint)

    def _path(self, resource: Mapping[str, Any]) -> Path:
        path = resource.get("path")
        if not isinstance(path, str) or not path:
            what = f"the resource '{resource.get('name')}' has no path"
        elif found := inside(self.directory, path):
            return found
        else:
            what = f"the path {path!r} leaves the package"
        raise _fault(what, self.directory / DESCRIPTOR, "use a path below the package's directory")

    def _listed(self, key: str, name: str) -> tuple[str, ...]:
        """Return names from a list in the descriptor, which anybody may have written."""
        listed = self.descriptor.get(key)
        return tuple(
            item[name]
            for item in (listed if isinstance(listed, list) else [])
            if isinstance(item, dict) and isinstance(item.get(name), str)
        )


def _verify(resource: Mapping[str, Any], content: bytes, path: Path) -> None:
    size = resource.get("bytes")
    if size is not None and type(size) is not int:
        raise _fault(f"the size {str(size)[:100]!r} is not a number of bytes", path)
    try:
        checksum = checksum_of(resource)
    except ValueError as error:
        raise _fault(str(error), path) from error
    for fault, value in checksum.differences(io.BytesIO(content)):
        if fault is Fault.FILE_SIZE:
            what = f"the file has {len(content)} bytes where the descriptor says {size}"
            raise _fault(what, path, _CUT_OFF)
        what = f"the file is not the one that was described ({value} differs)"
        raise _fault(what, path, f"it was changed; {_BUILD_AGAIN}")


def _fault(what: str, where: Path, hint: str = _BUILD_AGAIN) -> PackageError:
    return PackageError(what, where=str(where), hint=hint)


def file_properties(path: str, format_: str, content: bytes, rows: int) -> dict[str, Any]:
    """Describe a file as the properties of a resource: its path in the package, and its content."""
    return {
        "path": path,
        "format": format_,
        "mediatype": FORMATS[format_],
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": hash_of(content),
        "rows": rows,
    }


def hash_of(content: bytes) -> str:
    """Return the hash of a file's content, as a descriptor has it."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def open_package(directory: Path) -> Package:
    """
    Open the package in a directory.

    :raises PackageError: There is no ``datapackage.json``, or it is not a descriptor.
    """
    path = directory / DESCRIPTOR
    try:
        descriptor = read_descriptor(path)
    except DescriptorError as error:
        hint = "name the directory that datapackage.json is in" if not path.exists() else error.hint
        raise _fault(error.what, path, hint or _BUILD_AGAIN) from error
    return Package(directory, descriptor, _resources(descriptor, path))


def _resources(descriptor: Mapping[str, Any], path: Path) -> dict[str, Mapping[str, Any]]:
    resources = descriptor.get("resources")
    if not isinstance(resources, list) or not all(
        isinstance(resource, dict) and isinstance(resource.get("name"), str)
        for resource in resources
    ):
        raise _fault("the descriptor has no list of named resources", path)
    if len(resources) > MAX_RESOURCES:
        what = f"the descriptor has more than {MAX_RESOURCES:,} resources"
        raise _fault(what, path, "split the package")

    named = {resource["name"]: resource for resource in resources}
    if len(named) < len(resources):
        raise _fault("two resources of the descriptor have the same name", path)
    for name in named:
        if not _NAME.fullmatch(name):
            what = f"the name {name[:100]!r} can't be the name of a file"
            raise _fault(what, path, "use letters, digits, '-', '_' and '.'")

    return named


_GUIDE: Final = "docs/use/codebook.md has all names that changed"
_NAMES: Final = json.loads(Path(__file__).with_name("renamed.json").read_text("utf-8"))
#: What takes the place of tables and views that are gone.
GONE_TABLES: Final[dict[str, str]] = _NAMES["tables"]
#: Columns that have another name, by table.
GONE_COLUMNS: Final[dict[str, dict[str, str]]] = _NAMES["columns"]
#: Words for statuses that are gone.
GONE_STATUSES: Final[dict[str, str]] = _NAMES["statuses"]


def instead_of(name: str, column: str | None = None) -> str | None:
    """
    Return what to use in place of a name that is gone; ``None`` if it never was one.

    :param name: The name of a table or a view.
    :param column: The name of a column in it.
    """
    if column is not None:
        new = GONE_COLUMNS.get(name, {}).get(column)
        return f"use {new}; {_GUIDE}" if new else None
    if name == "country_years":
        return f"it is a view: ask ds.sql('FROM country_years'); {_GUIDE}"
    new = GONE_TABLES.get(name)
    return f"{new}; {_GUIDE}" if new else None


def status_instead_of(column: str, word: str) -> str | None:
    """
    Return what to use in place of a status that is gone; ``None`` if it never was one.

    :param column: The name of the column that is asked for the word.
    :param word: The word.
    """
    is_status = column in {"status", "existence_status", "verdict"}
    new = GONE_STATUSES.get(word) if is_status else None
    return f"use {new}; {_GUIDE}" if new else None
