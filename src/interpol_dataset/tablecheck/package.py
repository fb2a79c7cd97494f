"""
A foreign Data Package: which tables it has, where they are and what they should be.

It is data from strangers. A path that is absolute, climbs out, or is a URL is refused, and nothing
is fetched. Only the standard library is needed here.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections import Counter
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from interpol_dataset.tablecheck import faults as limits
from interpol_dataset.tablecheck.faults import DescriptorError, Fault, show
from interpol_dataset.tablecheck.schema import (
    TableSchema,
    is_torn,
    no_number,
    parse_dialect,
    parse_schema,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from io import BufferedReader, BytesIO

#: Formats that can be read, and the endings of their files' names.
FORMATS: Final = {
    "csv": (".csv", ".tsv", ".txt"),
    "jsonl": (".jsonl", ".ndjson"),
    "parquet": (".parquet", ".pq"),
}
#: Other names of formats that descriptors use.
_FORMAT_NAMES: Final = {"tsv": "csv", "ndjson": "jsonl", "jsonlines": "jsonl"}
#: The algorithms of hashes: all that Python is sure to have and whose digests have one length. The
#: standard's default is md5.
_ALGORITHMS: Final = sorted(
    name for name in hashlib.algorithms_guaranteed if not name.startswith("shake")
)


class TableFile(NamedTuple):
    """Where a table is, and how it is written."""

    path: Path
    #: ``csv``, ``jsonl`` or ``parquet``; any other is a finding.
    format: str
    delimiter: str = ","
    #: Whether it is compressed though its name has no ``.gz``.
    is_gzipped: bool = False


class Checksum(NamedTuple):
    """The size and the hash of a file, as a descriptor has them; empty where it doesn't."""

    size: int | None = None
    algorithm: str = "md5"
    digest: str = ""

    def differences(self, file: BufferedReader | BytesIO) -> Iterator[tuple[Fault, str]]:
        """Return how an open file differs: the faults, each with what was found."""
        size = file.seek(0, os.SEEK_END)
        file.seek(0)
        if self.size is not None and size != self.size:
            yield Fault.FILE_SIZE, f"{size} bytes, not {self.size}"
        elif self.digest:
            made = hashlib.new(self.algorithm, usedforsecurity=False)
            if hashlib.file_digest(file, lambda: made).hexdigest() != self.digest:
                yield Fault.FILE_HASH, self.algorithm


class Resource(NamedTuple):
    """A table to validate: its name, its file, its schema, and what is said of the file's bytes."""

    name: str
    file: TableFile
    schema: TableSchema
    checksum: Checksum = Checksum()

    @property
    def label(self) -> str:
        """The name, or that of the file."""
        return self.name or self.file.path.name.partition(".")[0]


def read_package(descriptor_path: Path) -> tuple[Resource, ...]:
    """
    Read the tables of a package from its descriptor, in its order.

    A resource that is not a table (it has no schema and does not call itself one) is left out.

    :raises DescriptorError: The descriptor or a path in it can't be used.
    :raises SchemaError: A schema or a dialect can't be used.
    """
    where = str(descriptor_path)
    folder = _Folder(descriptor_path.parent)
    descriptor = folder.read(descriptor_path)
    resources = descriptor.get("resources")
    if not isinstance(resources, list) or not resources:
        raise DescriptorError("the package has no resources", where, "list some")
    if len(resources) > limits.MAX_TABLES:
        raise DescriptorError(f"the package has more than {limits.MAX_TABLES:,} resources", where)

    tables: dict[str, Resource] = {}
    for number, resource in enumerate(resources):
        place = f"{where}: resources/{number}"
        name = _name(resource, place)
        if not _is_table(resource, place):
            continue
        if name in tables:
            what = f"two resources have the name {show(name)}"
            raise DescriptorError(what, where, "give each a name of its own")
        tables[name] = _table(name, resource, folder, place, descriptor.get("$schema"))
    if not tables:
        hint = "export it as csv, parquet or jsonl to have tables checked"
        raise DescriptorError("no resource of the package is a table with a schema", where, hint)
    _check_references(tables, [resource["name"] for resource in resources], where)

    return tuple(tables.values())


def _name(resource: Any, where: str) -> str:
    name = str(resource.get("name", "")) if isinstance(resource, dict) else ""
    if not name:
        raise DescriptorError("a resource is an object with a name", where)
    if is_torn(name):
        raise DescriptorError(f"the name {show(name)} holds half of a character", where)
    return name


def _is_table(resource: dict[str, Any], where: str) -> bool:
    is_called_so = resource.get("type") == "table" or "tabular" in str(resource.get("profile", ""))
    if is_called_so and "schema" not in resource:
        raise DescriptorError("the table has no schema", where, "add a Table Schema as 'schema'")
    return "schema" in resource


def _check_references(tables: dict[str, Resource], names: Sequence[Any], where: str) -> None:
    for table in tables.values():
        for key in table.schema.foreign_keys:
            target = key.resource or table.name
            if target not in tables:
                lacks = "has no table" if target in names else "is not there"
                what = f"{table.name} refers to the resource {show(target)}, which {lacks}"
                raise DescriptorError(what, where, "name a resource of this package")
            known = tables[target].schema.names
            for name in key.reference_fields:
                if name not in known:
                    what = f"{table.name} refers to the field {show(name)}, which {target} lacks"
                    hint = f"name one of {', '.join(sorted(known)[:20])}"
                    raise DescriptorError(what, where, hint)


def _table(
    name: str, resource: dict[str, Any], folder: _Folder, where: str, profile: Any
) -> Resource:
    schema = folder.inline(resource["schema"], f"{where}/schema")
    if profile is not None:
        schema = {"$schema": profile, **schema}
    file = _file(resource, folder, where)
    parsed = parse_schema(schema, where=f"{where}/schema")
    try:
        checksum = checksum_of(resource)
    except ValueError as error:
        raise DescriptorError(str(error), f"{where}/hash", "make it again with sha256") from error
    return Resource(name, file, parsed, checksum)


def _file(resource: dict[str, Any], folder: _Folder, where: str) -> TableFile:
    path = resource.get("path")
    if isinstance(path, list) and len(path) == 1:
        path = path[0]
    if isinstance(path, list) and path:
        what = f"the table is spread over {len(path)} files"
        raise DescriptorError(what, f"{where}/path", "join them: a table is one file")
    if not path:
        raise DescriptorError("the resource has no path", where, "write its rows to a file")

    found = folder.inside(path, f"{where}/path")
    compression = resource.get("compression") or "no"
    if found.suffix.lower() in {".bz2", ".zst"}:
        compression = found.suffix[1:]
    if compression not in ("no", "gz"):
        what = f"the compression {show(compression)} can't be read"
        raise DescriptorError(what, where, "compress it with gzip, or not at all")

    named = str(resource.get("format") or "").lower()
    format_ = _FORMAT_NAMES.get(named, named)
    dialect = folder.inline(resource.get("dialect") or {}, f"{where}/dialect")
    if ".tsv" in found.suffixes or named == "tsv":
        dialect = {"delimiter": "\t", **dialect}
    encoding = str(resource.get("encoding") or "utf-8")

    return TableFile(
        found,
        format_ if format_ in FORMATS else format_of(found),
        parse_dialect(dialect, encoding, f"{where}/dialect"),
        is_gzipped=compression == "gz",
    )


def format_of(path: Path) -> str:
    """Return the format that a file's name means, whether it can be read or not."""
    name = path.name.lower().removesuffix(".gz")
    for format_, endings in FORMATS.items():
        if name.endswith(endings):
            return format_
    return name.rpartition(".")[2]


def checksum_of(resource: Mapping[str, Any]) -> Checksum:
    """
    Return what the descriptor of a resource says of its file.

    A hash is written ``algorithm:digits``, or as the digits alone if it is made with md5. Hyphens
    in the algorithm's name don't matter: ``sha3-256``, ``SHA-256``.

    :raises ValueError: The algorithm is not known, or there is nothing but its name.
    """
    size, hash_ = resource.get("bytes"), resource.get("hash")
    named, _, digest = ("" if hash_ is None else str(hash_)).lower().rpartition(":")
    algorithm = named.replace("sha-", "sha").replace("-", "_") or "md5"
    if algorithm not in _ALGORITHMS:
        known = ", ".join(_ALGORITHMS)
        raise ValueError(f"hashes by {named[:100]!r} are not known, only those by {known}")
    if named and not digest:
        raise ValueError(f"the hash {named[:100]!r} has no digits")
    # To Python, true and false are numbers as well.
    return Checksum(size if type(size) is int else None, algorithm, digest)


# --- files of strangers ---------------------------------------------------------------------


class _Folder:
    """A package's folder, and what may still be read of the JSON files in it."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._bytes = limits.MAX_DESCRIPTOR
        self._values = limits.MAX_DESCRIPTOR_VALUES

    def inline(self, value: Any, where: str) -> dict[str, Any]:
        """Return an object of the descriptor, or of the file that it names."""
        if isinstance(value, str):
            return self.read(self.inside(value, where))
        if not isinstance(value, dict):
            raise DescriptorError("this must be an object or the path of one", where)
        return value

    def inside(self, path: Any, where: str) -> Path:
        """Return a path in the folder, and refuse any other."""
        if not isinstance(path, str) or not path:
            raise DescriptorError("a path is a text that is not empty", where)
        if is_torn(path):
            raise DescriptorError(f"the path {show(path)} holds half of a character", where)
        if ":" in path.partition("/")[0]:
            what = f"the path {show(path)} begins as a URL or a drive does"
            raise DescriptorError(what, where, "use a relative path to a file without a colon")
        found = inside(self._root, path)
        if found is None:
            what = f"the path {show(path)} leads out of the package"
            hint = "use a relative path to a file next to the descriptor"
            raise DescriptorError(what, where, hint)
        return found

    def read(self, path: Path) -> dict[str, Any]:
        """Read a file that holds one JSON object."""
        try:
            content = _content(path, self._bytes + 1)
            self._bytes -= len(content)
            self._values -= content.count(b",")
            if min(self._bytes, self._values) < 0:
                what = (
                    f"descriptors have at most {limits.MAX_DESCRIPTOR >> 20} MB and "
                    f"{limits.MAX_DESCRIPTOR_VALUES:,} values, those of one package together"
                )
                raise DescriptorError(what, str(path), "describe fewer resources")
            text = content.decode("utf-8-sig")
            value = json.loads(text, object_pairs_hook=_object, parse_constant=no_number)
        except OSError as error:
            what = f"the file can't be read: {error.strerror}"
            is_barred = isinstance(error, PermissionError)
            hint = "check its permissions: you may not read it" if is_barred else "check the path"
            raise DescriptorError(what, str(path), hint) from error
        except (ValueError, RecursionError) as error:
            what = f"the file is not JSON in UTF-8: {error}"
            raise DescriptorError(what, str(path), "fix its syntax") from error

        if not isinstance(value, dict):
            raise DescriptorError("the file is not a JSON object", str(path))

        return value


def read_descriptor(path: Path) -> dict[str, Any]:
    """
    Read the descriptor of a package.

    :raises DescriptorError: It can't be read, is too large, or is something else.
    """
    return _Folder(path.parent).read(path)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object, and refuse one with a key twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = Counter(key for key, _ in pairs).most_common(1)[0][0]
        raise ValueError(f"the key {twice[: limits.SHOWN]!r} is given twice in one object")
    return found


def _content(path: Path, most: int) -> bytes:
    """Return the first bytes of a regular file; a pipe or a device is not waited for."""
    if path.exists() and not exists(path):
        raise OSError(errno.EINVAL, "not a regular file", str(path))
    with path.open("rb") as file:
        return file.read(most)


def exists(path: Path) -> bool:
    """Return whether a path is a regular file; no error for a name that no file can have."""
    try:
        return path.is_file()
    except OSError:
        return False


def inside(folder: Path, path: str) -> Path | None:
    """Return a path in a folder; none where it is absolute, a URL, or leads out, if by a link."""
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
