"""
The validation of a table, or of all tables of a package, against Table Schemas.

Memory does not grow with a file, but for its keys and the findings that are kept.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from interpol_dataset.errors import PackageError
from interpol_dataset.tablecheck.descriptor import parse_schema
from interpol_dataset.tablecheck.keys import Keys, collect_keys
from interpol_dataset.tablecheck.package import read_package
from interpol_dataset.tablecheck.pool import open_pool
from interpol_dataset.tablecheck.reading import Source, Table, format_of, is_there
from interpol_dataset.tablecheck.report import MAX_FINDINGS, TableReport
from interpol_dataset.tablecheck.run import Run
from interpol_dataset.tablecheck.schema import TableSchema

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from interpol_dataset.tablecheck.schema import ForeignKey

__all__ = ["validate_package", "validate_table"]


def validate_table(
    source: Source | Path | str,
    schema: TableSchema | Mapping[str, Any],
    *,
    name: str = "",
    references: Mapping[str, pa.Table] | None = None,
    limit: int | None = None,
    rules: frozenset[str] | None = None,
) -> TableReport:
    """
    Check a table against a Table Schema.

    :param source: A file (CSV, Parquet, JSON Lines or JSON, compressed or not), or a
        :class:`~.reading.Source` that says more of it.
    :param schema: A schema, or its JSON form.
    :param name: The table's name, to which its own foreign keys may lead. The report of a table
        without one has the name of its file.
    :param references: The tables that foreign keys refer to, by name. Where none are given, only
        keys that refer to the table itself are checked.
    :param limit: How many findings to keep; the rest are counted.
    :param rules: The rules whose findings count, by the names that findings have; all by default.
        That a file was given up, as too damaged, counts always.
    :raises PackageError: The schema is malformed, the file isn't there or tells no format, or a
        table that is referred to is not among the references.
    """
    if not isinstance(schema, TableSchema):
        schema = parse_schema(schema)
    if not isinstance(source, Source):
        path = Path(source)
        source = Source((path,), format_of(path))
    for path in source.paths:
        if not is_there(path):
            raise PackageError("the file is not there", where=str(path), hint="check the path")

    table = Table(name, source, schema)
    parents = {} if references is None else _parents(table, references)

    return _run([table], parents, limit, rules)[0]


def validate_package(
    descriptor_path: Path | str,
    *,
    limit: int | None = None,
    rules: frozenset[str] | None = None,
) -> tuple[TableReport, ...]:
    """
    Check every table of a Data Package, in the descriptor's order.

    :param descriptor_path: The package's ``datapackage.json``.
    :param limit: How many findings to keep of each table; the rest are counted.
    :param rules: The rules whose findings count, by the names that findings have; all by default.
        That a file was given up, as too damaged, counts always.
    :raises PackageError: The descriptor, a schema or a path can't be used.
    """
    tables = read_package(Path(descriptor_path))
    reports = {report.resource: report for report in _run(_parents_first(tables), {}, limit, rules)}

    return tuple(reports[table.name] for table in tables)


def _run(
    tables: Sequence[Table],
    parents: dict[tuple[str, tuple[str, ...]], list[Keys]],
    limit: int | None,
    rules: frozenset[str] | None,
) -> tuple[TableReport, ...]:
    paths = [path for table in tables for path in table.source.paths]
    size = sum(path.stat().st_size for path in paths if is_there(path))
    with open_pool(size) as pool:
        return Run(pool, MAX_FINDINGS if limit is None else limit, rules, parents).reports(tables)


def _parents_first(tables: Sequence[Table]) -> list[Table]:
    """Put tables before those that refer to them, as far as there are no circles."""
    waiting = list(tables)
    ordered: list[Table] = []
    while waiting:
        names = {table.name for table in waiting}
        free = [
            table
            for table in waiting
            if not any(
                key.resource in names and key.resource != table.name
                for key in table.schema.foreign_keys
            )
        ]
        ordered += free or waiting[:1]
        waiting = [table for table in waiting if table not in ordered]

    return ordered


def _parents(
    table: Table, references: Mapping[str, pa.Table]
) -> dict[tuple[str, tuple[str, ...]], list[Keys]]:
    return {
        (key.resource, key.reference_fields): _keys_of(table.schema, key, references)
        for key in table.schema.foreign_keys
        if key.resource and key.resource != table.name
    }


def _keys_of(
    schema: TableSchema, key: ForeignKey, references: Mapping[str, pa.Table]
) -> list[Keys]:
    """Take the keys of a table that is referred to, read as the fields that refer to them."""
    if key.resource not in references:
        raise PackageError(
            f"the table refers to {key.resource!r}, which is not at hand",
            where="foreignKeys",
            hint="give the package that has it",
        )

    parent = references[key.resource]
    missing = [name for name in key.reference_fields if name not in parent.column_names]
    if missing:
        raise PackageError(f"{key.resource} has no column {missing[0]!r}", where="foreignKeys")

    columns = [parent.column(name) for name in key.reference_fields]
    renamed = pa.Table.from_arrays(columns, names=list(key.fields))

    return [collect_keys(schema, batch, 1, key.fields) for batch in renamed.to_batches()]
