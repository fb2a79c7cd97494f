"""
A data package directory: its descriptor, and the bytes of its resources.

Only the standard library is needed here. A path in a descriptor that leaves the directory is
refused, and so are bytes that are not those that the descriptor vouches for.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.errors import PackageError, UnknownRecordError
from interpol_dataset.files import inside
from interpol_dataset.suggest import suggestion

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["DESCRIPTOR", "Package", "file_properties", "open_package"]

DESCRIPTOR: Final = "datapackage.json"

MEDIA_TYPES: Final = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json",
    "jsonl": "application/jsonl",
}


@dataclass(frozen=True, slots=True)
class Package:
    """
    An opened data package.

    :param directory: Where it stands.
    :param descriptor: What it says of itself.
    :param resources: The descriptors of its resources, by name.
    """

    directory: Path
    descriptor: Mapping[str, Any]
    resources: Mapping[str, Mapping[str, Any]]

    def read(self, name: str) -> bytes:
        """
        Read a resource's file.

        :raises UnknownRecordError: There is no such resource.
        :raises PackageError: The file is missing, leaves the package, or was changed.
        """
        if name not in self.resources:
            raise UnknownRecordError(
                f"there is no table '{name}' in this package",
                where=str(self.directory / DESCRIPTOR),
                hint=suggestion(name, self.resources, f"it has {', '.join(self.resources)}"),
            )

        resource = self.resources[name]
        path = self._path(resource)
        try:
            content = path.read_bytes()
        except OSError as error:
            raise PackageError(
                f"the file of '{name}' can't be read: {error.strerror}",
                where=str(path),
                hint="build or export the package again",
            ) from error

        self._vouch(resource, content, path)
        return content

    def _path(self, resource: Mapping[str, Any]) -> Path:
        path = resource.get("path")
        if not isinstance(path, str) or not path:
            raise self._refused(f"the resource '{resource.get('name')}' has no path")

        found = inside(self.directory, path)
        if found is None:
            raise self._refused(f"the path {path!r} leaves the package")

        return found

    def _refused(self, what: str) -> PackageError:
        return PackageError(
            what,
            where=str(self.directory / DESCRIPTOR),
            hint="use a path below the package's directory",
        )

    @staticmethod
    def _vouch(resource: Mapping[str, Any], content: bytes, path: Path) -> None:
        """Check a file against the size and hash that the descriptor gives."""
        size = resource.get("bytes")
        if size is not None and size != len(content):
            raise PackageError(
                f"the file has {len(content)} bytes where the descriptor says {size}",
                where=str(path),
                hint="it was cut off or changed; build or export the package again",
            )

        algorithm, _, expected = str(resource.get("hash") or "").rpartition(":")
        if algorithm == "sha256" and hashlib.sha256(content).hexdigest() != expected:
            raise PackageError(
                "the file is not the one that the descriptor vouches for (SHA-256 differs)",
                where=str(path),
                hint="it was changed; build or export the package again",
            )


def file_properties(path: str, format_: str, content: bytes, rows: int) -> dict[str, Any]:
    """
    Return what a resource's descriptor says of its file.

    :param path: Where the file stands in the package.
    :param format_: Its format.
    :param content: Its bytes.
    :param rows: The number of rows or documents in it.
    """
    return {
        "path": path,
        "format": format_,
        "mediatype": MEDIA_TYPES[format_],
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "rows": rows,
    }


def open_package(directory: Path) -> Package:
    """
    Open a data package directory.

    :param directory: The directory in which ``datapackage.json`` stands.
    :raises PackageError: There is no descriptor, or it is not one.
    """
    path = directory / DESCRIPTOR
    try:
        descriptor = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise PackageError(
            f"the descriptor can't be read: {error.strerror}",
            where=str(path),
            hint="name the directory in which datapackage.json stands",
        ) from error
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise PackageError(
            f"the descriptor is not JSON in UTF-8: {error}",
            where=str(path),
            hint="build or export the package again",
        ) from error

    return Package(directory, descriptor, _resources(descriptor, path))


def _resources(descriptor: object, path: Path) -> dict[str, Mapping[str, Any]]:
    resources = descriptor.get("resources") if isinstance(descriptor, dict) else None
    if not isinstance(resources, list) or not all(
        isinstance(resource, dict) and isinstance(resource.get("name"), str)
        for resource in resources
    ):
        raise PackageError(
            "the descriptor has no list of named resources",
            where=str(path),
            hint="build or export the package again",
        )

    named = {resource["name"]: resource for resource in resources}
    if len(named) < len(resources):
        raise PackageError(
            "two resources of the descriptor have the same name",
            where=str(path),
            hint="build or export the package again",
        )

    return named
