"""
The validation of a table, or of all tables of a package, against Table Schemas.

Memory does not grow with a file, but for its keys and the findings that are kept.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from interpol_dataset.tablecheck.check.keys import Keys, collect_keys
from interpol_dataset.tablecheck.errors import SourceError
from interpol_dataset.tablecheck.limits import MAX_FINDINGS
from interpol_dataset.tablecheck.package import read_package
from interpol_dataset.tablecheck.read.blocks import exists
from interpol_dataset.tablecheck.read.table import FORMATS, Resource, TableFiles, format_of
from interpol_dataset.tablecheck.run import check_tables
from interpol_dataset.tablecheck.schema.parse import parse_schema
from interpol_dataset.tablecheck.schema.schema import TableSchema

if TYPE_CHECKING:
    from collections.abc import Mapping

    from interpol_dataset.tablecheck.report import TableReport
    from interpol_dataset.tablecheck.schema.schema import ForeignKey


def validate_table(
    source: TableFiles | Path | str,
    schema: TableSchema | Mapping[str, Any],
    *,
    name: str = "",
    references: Mapping[str, pa.Table] | None = None,
    limit: int = MAX_FINDINGS,
    faults: frozenset[str] | None = None,
) -> TableReport:
    """
    Check a table against a Table Schema.

    :param source: A file (CSV, Parquet, JSON Lines or JSON, compressed or not), or a
        :class:`TableFiles` that says more of it.
    :param schema: A schema, or its JSON form.
    :param name: The table's name, to which its own foreign keys may refer. The report of a table
        without one has the name of its file.
    :param references: The tables that foreign keys refer to, by name. Where none are given, only
        keys that refer to the table itself are checked.
    :param limit: How many findings to keep; the rest are counted.
    :param faults: The faults that count, as :class:`Fault` or their names; all by default. That a
        file was given up, as too damaged, always counts.
    :raises SchemaError: The schema is malformed.
    :raises SourceError: The file isn't there or in no known format, or a table that is referred to
        is not among the references.
    """
    if not isinstance(schema, TableSchema):
        schema = parse_schema(schema)
    if not isinstance(source, TableFiles):
        path = Path(source)
        source = TableFiles((path,), format_of(path))
        if source.format not in FORMATS:
            raise SourceError(
                "the name of the file doesn't tell its format",
                str(path),
                f"name it {', '.join(f'*.{name}' for name in FORMATS)}, or compress one",
            )
    for path in source.paths:
        if not exists(path):
            raise SourceError("the file is not there", str(path), "check the path")

    keys = () if references is None else schema.foreign_keys
    parents = {
        (key.resource, key.reference_fields): _parent_keys(schema, key, references or {})
        for key in keys
        if key.resource and key.resource != name
    }

    return check_tables([Resource(name, source, schema)], parents, limit, faults)[0]


def validate_package(
    descriptor_path: Path | str,
    *,
    limit: int = MAX_FINDINGS,
    faults: frozenset[str] | None = None,
) -> tuple[TableReport, ...]:
    """
    Check every table of a Data Package, in the descriptor's order.

    :param descriptor_path: The package's ``datapackage.json``.
    :param limit: How many findings to keep of each table; the rest are counted.
    :param faults: The faults that count, as for :func:`validate_table`.
    :raises DescriptorError: The descriptor or a path in it can't be used.
    :raises SchemaError: A schema or a dialect can't be used.
    """
    return check_tables(read_package(Path(descriptor_path)), {}, limit, faults)


def _parent_keys(
    schema: TableSchema, key: ForeignKey, references: Mapping[str, pa.Table]
) -> list[Keys]:
    """Collect the keys of a table that is referred to, read as the fields that refer to them."""
    if key.resource not in references:
        raise SourceError(
            f"the table refers to {key.resource!r}, which is not at hand",
            "foreignKeys",
            "give the package that has it",
        )

    parent = references[key.resource]
    missing = [name for name in key.reference_fields if name not in parent.column_names]
    if missing:
        raise SourceError(f"{key.resource} has no column {missing[0]!r}", "foreignKeys")

    columns = [parent.column(name) for name in key.reference_fields]
    renamed = pa.Table.from_arrays(columns, names=list(key.fields))

    return [collect_keys(schema, batch, 1, key.fields) for batch in renamed.to_batches()]
