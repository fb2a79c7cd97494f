"""
A foreign Data Package: which tables it has, where they are and what they should be.

A package is data from strangers. Its paths must stay inside its folder: a path that is absolute,
climbs out, or is a URL is refused, and nothing is fetched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.tablecheck import limits
from interpol_dataset.tablecheck.descriptor import Descriptors, inside
from interpol_dataset.tablecheck.errors import DescriptorError, show
from interpol_dataset.tablecheck.read.blocks import COMPRESSIONS
from interpol_dataset.tablecheck.read.checksum import Checksum, checksum_of
from interpol_dataset.tablecheck.read.table import FORMATS, Resource, TableFiles, format_of
from interpol_dataset.tablecheck.schema.dialect import parse_dialect
from interpol_dataset.tablecheck.schema.parse import is_torn, parse_schema

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

#: Other names of formats that descriptors use.
_FORMAT_NAMES: Final = {"tsv": "csv", "ndjson": "jsonl", "jsonlines": "jsonl"}


def read_package(descriptor_path: Path) -> tuple[Resource, ...]:
    """
    Read the tables of a package from its descriptor, in its order.

    A resource that is no table (it has no schema and does not call itself one) is left out.

    :raises DescriptorError: The descriptor or a path in it can't be used.
    :raises SchemaError: A schema or a dialect can't be used.
    """
    root, where = descriptor_path.parent, str(descriptor_path)
    descriptors = Descriptors()
    descriptor = descriptors.read(descriptor_path)
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
        tables[name] = _table(name, resource, descriptors, root, place, descriptor.get("$schema"))

    if not tables:
        raise DescriptorError(
            "no resource of the package is a table with a schema",
            where,
            "export it as csv, parquet or jsonl to have tables checked",
        )
    if sum(len(table.files.paths) for table in tables.values()) > limits.MAX_FILES:
        raise DescriptorError(f"the package has more than {limits.MAX_FILES:,} files", where)
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
                what = "has no table" if target in names else "is not there"
                raise DescriptorError(
                    f"{table.name} refers to the resource {show(target)}, which {what}",
                    where,
                    "name a resource of this package",
                )
            known = tables[target].schema.names
            for name in key.reference_fields:
                if name not in known:
                    raise DescriptorError(
                        f"{table.name} refers to the field {show(name)}, which {target} lacks",
                        where,
                        f"name one of {', '.join(sorted(known)[:20])}",
                    )


def _table(
    name: str,
    resource: dict[str, Any],
    descriptors: Descriptors,
    root: Path,
    where: str,
    profile: Any,
) -> Resource:
    schema = _inline(resource["schema"], descriptors, root, f"{where}/schema")
    if profile is not None:
        schema = {"$schema": profile, **schema}
    files = _files(resource, descriptors, root, where)
    # A descriptor has one checksum, which says nothing of several files.
    checksum = _checksum(resource, where) if len(files.paths) == 1 else Checksum()

    return Resource(name, files, parse_schema(schema, where=f"{where}/schema"), checksum)


def _checksum(resource: dict[str, Any], where: str) -> Checksum:
    try:
        return checksum_of(resource)
    except ValueError as error:
        raise DescriptorError(str(error), f"{where}/hash", "make it again with sha256") from error


def _files(
    resource: dict[str, Any], descriptors: Descriptors, root: Path, where: str
) -> TableFiles:
    paths = resource.get("path")
    if isinstance(paths, str):
        paths = [paths]
    if not isinstance(paths, list) or not paths:
        raise DescriptorError("the resource has no path", where, "write its rows to a file")

    compression = resource.get("compression") or "no"
    if str(compression) not in ("no", *COMPRESSIONS):
        what = f"the compression {show(compression)} can't be read"
        raise DescriptorError(what, where, "use gz, zst or bz2")

    found = tuple(_inside(path, root, f"{where}/path") for path in paths)
    named = str(resource.get("format") or "").lower()
    format_ = _FORMAT_NAMES.get(named, named)
    dialect = _inline(resource.get("dialect") or {}, descriptors, root, f"{where}/dialect")
    if ".tsv" in found[0].suffixes or named == "tsv":
        dialect = {"delimiter": "\t", **dialect}
    encoding = str(resource.get("encoding") or "utf-8")

    return TableFiles(
        paths=found,
        format=format_ if format_ in FORMATS else format_of(found[0]),
        dialect=parse_dialect(dialect, encoding=encoding, where=f"{where}/dialect"),
        compression=None if compression == "no" else compression,
    )


def _inline(value: Any, descriptors: Descriptors, root: Path, where: str) -> dict[str, Any]:
    """Return an object of the descriptor, or of the file that it names."""
    if isinstance(value, str):
        return descriptors.read(_inside(value, root, where))
    if not isinstance(value, dict):
        raise DescriptorError("this must be an object or the path of one", where)

    return value


def _inside(path: Any, root: Path, where: str) -> Path:
    """Return a path in the package's folder, and refuse any other."""
    if not isinstance(path, str) or not path:
        raise DescriptorError("a path is a text that is not empty", where)
    if is_torn(path):
        raise DescriptorError(f"the path {show(path)} holds half of a character", where)
    if ":" in path.partition("/")[0]:
        what = f"the path {show(path)} begins as a URL or a drive does"
        raise DescriptorError(what, where, "use a relative path to a file without a colon")

    found = inside(root, path)
    if found is None:
        what = f"the path {show(path)} leads out of the package"
        raise DescriptorError(what, where, "use a relative path to a file beside the descriptor")

    return found
