"""
A foreign Data Package: which tables it has, where they are and what they should be.

A package is data from strangers. Its paths must stay inside its folder: a path that is absolute,
climbs out, or is a URL is refused, and nothing is fetched.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.errors import PackageError
from interpol_dataset.files import inside
from interpol_dataset.tablecheck.blocks import COMPRESSIONS
from interpol_dataset.tablecheck.descriptor import parse_schema
from interpol_dataset.tablecheck.dialect import parse_dialect
from interpol_dataset.tablecheck.node import is_whole
from interpol_dataset.tablecheck.reading import FORMATS, Source, Table, named_format
from interpol_dataset.tablecheck.vouching import ALGORITHMS, Vouched

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["read_package"]

#: Other names of formats that descriptors use.
_FORMAT_NAMES: Final = {"tsv": "csv", "ndjson": "jsonl", "jsonlines": "jsonl"}
_MAX_DESCRIPTOR: Final = 64 << 20


def read_package(descriptor_path: Path) -> tuple[Table, ...]:
    """
    Read a descriptor: the tables of a package, in its order.

    A resource that is no table (it has no schema and does not call itself one) is left out.

    :raises PackageError: The descriptor, a schema or a path can't be used.
    """
    root = descriptor_path.parent
    descriptor = _load(descriptor_path)
    resources = descriptor.get("resources")
    if not isinstance(resources, list) or not resources:
        raise PackageError(
            "the package has no resources", where=str(descriptor_path), hint="list some"
        )

    tables = [
        _table(resource, root, f"{descriptor_path}: resources/{number}", descriptor)
        for number, resource in enumerate(resources)
    ]
    found = tuple(table for table in tables if table is not None)
    if not found:
        raise PackageError(
            "no resource of the package is a table with a schema",
            where=str(descriptor_path),
            hint="export it as csv, parquet or jsonl to have tables checked",
        )
    _check_names(found, str(descriptor_path))
    _check_references(found, {_name(resource) for resource in resources}, str(descriptor_path))

    return found


def _name(resource: Any) -> str:
    return str(resource.get("name", "")) if isinstance(resource, dict) else ""


def _check_names(tables: tuple[Table, ...], where: str) -> None:
    names = [table.name for table in tables]
    for name in names:
        if names.count(name) > 1:
            raise PackageError(
                f"two resources have the name {name!r}",
                where=where,
                hint="give each a name of its own",
            )


def _check_references(tables: tuple[Table, ...], names: set[str], where: str) -> None:
    known = {table.name: set(table.schema.names) for table in tables}
    for table in tables:
        for key in table.schema.foreign_keys:
            target = key.resource or table.name
            if target not in known:
                what = "has no table" if target in names else "is not there"
                raise PackageError(
                    f"{table.name} refers to the resource {target!r}, which {what}",
                    where=where,
                    hint="name a resource of this package",
                )
            for name in key.reference_fields:
                if name not in known[target]:
                    raise PackageError(
                        f"{table.name} refers to the field {name!r} of {target}, which has none",
                        where=where,
                        hint=f"name one of {', '.join(sorted(known[target])[:20])}",
                    )


def _table(resource: Any, root: Path, where: str, package: dict[str, Any]) -> Table | None:
    if not isinstance(resource, dict) or not _name(resource):
        raise PackageError("a resource is an object with a name", where=where)
    if not is_whole(_name(resource)):
        raise PackageError(f"the name {_name(resource)!r} holds half of a character", where=where)

    if "schema" not in resource:
        if resource.get("type") == "table" or "tabular" in str(resource.get("profile", "")):
            raise PackageError(
                "the table has no schema", where=where, hint="add a Table Schema as 'schema'"
            )
        return None

    schema = _inline(resource["schema"], root, f"{where}/schema")
    if "$schema" in package:
        schema = {"$schema": package["$schema"], **schema}

    return Table(
        _name(resource),
        _source(resource, root, where),
        parse_schema(schema, where=f"{where}/schema"),
        _vouched(resource, where),
    )


def _vouched(resource: dict[str, Any], where: str) -> Vouched:
    """Read what a descriptor says of a file's bytes; of several files it says nothing."""
    if not isinstance(resource.get("path"), str) and len(resource.get("path", ())) != 1:
        return Vouched()

    size, hash_ = resource.get("bytes"), resource.get("hash")
    algorithm, _, digest = str(hash_ or "").rpartition(":")
    algorithm = algorithm.lower() or "md5"
    if hash_ is not None and algorithm not in ALGORITHMS:
        raise PackageError(
            f"hashes by {algorithm!r} are not known",
            where=f"{where}/hash",
            hint=f"use one of {', '.join(ALGORITHMS)}",
        )

    # To Python, true and false are numbers as well.
    return Vouched(size if type(size) is int else None, algorithm, digest.lower())


def _source(resource: dict[str, Any], root: Path, where: str) -> Source:
    paths = resource.get("path")
    if isinstance(paths, str):
        paths = [paths]
    if not isinstance(paths, list) or not paths:
        raise PackageError("the resource has no path", where=where, hint="write its rows to a file")

    compression = resource.get("compression") or "no"
    if compression not in ("no", *COMPRESSIONS):
        raise PackageError(
            f"the compression {compression!r} can't be read",
            where=where,
            hint="use gz, zst or bz2",
        )

    inside = tuple(_inside(path, root, f"{where}/path") for path in paths)
    named = str(resource.get("format") or "").lower()
    format_ = _FORMAT_NAMES.get(named, named)
    dialect = _inline(resource.get("dialect") or {}, root, f"{where}/dialect")
    if ".tsv" in inside[0].suffixes or named == "tsv":
        dialect = {"delimiter": "\t", **dialect}

    return Source(
        paths=inside,
        format=format_ if format_ in FORMATS else named_format(inside[0]),
        dialect=parse_dialect(
            dialect,
            encoding=str(resource.get("encoding") or "utf-8"),
            where=f"{where}/dialect",
        ),
        compression=None if compression == "no" else compression,
    )


def _inline(value: Any, root: Path, where: str) -> dict[str, Any]:
    """Take an object that stands in the descriptor, or in a file that it names."""
    if isinstance(value, str):
        return _load(_inside(value, root, where))

    if not isinstance(value, dict):
        raise PackageError("this must be an object or the path of one", where=where)

    return value


def _inside(path: Any, root: Path, where: str) -> Path:
    """Find a path in the package's folder, and refuse any other."""
    if not isinstance(path, str) or not path:
        raise PackageError("a path is a text that is not empty", where=where)
    if not is_whole(path):
        raise PackageError(f"the path {path!r} holds half of a character", where=where)
    if ":" in path.partition("/")[0]:
        raise PackageError(
            f"the path {path!r} begins as a URL or a drive does",
            where=where,
            hint="use a relative path to a file whose name has no colon",
        )

    found = inside(root, path)
    if found is None:
        raise PackageError(
            f"the path {path!r} leads out of the package",
            where=where,
            hint="use a relative path to a file beside the descriptor",
        )

    return found


def _load(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > _MAX_DESCRIPTOR:
            raise PackageError("the file is too large to be a descriptor", where=str(path))
        value = json.loads(path.read_bytes())
    except OSError as error:
        raise PackageError(
            "the file can't be read", where=str(path), hint="check the path"
        ) from error
    except (ValueError, RecursionError) as error:
        raise PackageError(
            f"the file is not JSON: {error}", where=str(path), hint="fix its syntax"
        ) from error

    if not isinstance(value, dict):
        raise PackageError("the file is not a JSON object", where=str(path))

    return value
