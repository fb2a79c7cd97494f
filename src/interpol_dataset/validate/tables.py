"""
Validate tables: a file against a Table Schema of this package, or a data package against its own.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from interpol_dataset.dataset.tables import open_tables
from interpol_dataset.rules.tables import RULES, code_of, faults_of
from interpol_dataset.tablecheck import render, validate_package, validate_table
from interpol_dataset.validate.checked import Checked

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from interpol_dataset.tablecheck import TableReport

__all__ = ["check_package", "check_table"]


def check_table(
    path: Path,
    table: str,
    against: Path | None = None,
    select: frozenset[str] | None = None,
    ignore: frozenset[str] = frozenset(),
) -> Checked:
    """
    Check a table's file against the Table Schema of one of this package's tables.

    :param path: A CSV, Parquet, JSON or JSON Lines file, also compressed.
    :param table: The name of the table, such as ``outcomes``.
    :param against: The data package that foreign keys lead to; the installed one by default.
    :param select: Codes of the rules to apply; all by default.
    :param ignore: Codes of rules to leave out.
    :raises UnknownRecordError: There is no such table.
    :raises PackageError: The file can't be opened.
    """
    tables = open_tables(against)
    schema = tables.schema(table)
    parents = {
        key["reference"]["resource"]
        for key in schema.get("foreignKeys", [])
        if key["reference"]["resource"]
    }
    report = validate_table(
        path,
        schema,
        name=table,
        references={name: tables.table(name).to_arrow() for name in sorted(parents)},
        rules=faults_of(select, ignore),
    )

    return _reported([report])


def check_package(
    descriptor: Path,
    select: frozenset[str] | None = None,
    ignore: frozenset[str] = frozenset(),
) -> Checked:
    """
    Check all tables of a data package against its own Table Schemas.

    :param descriptor: Its ``datapackage.json``.
    :param select: Codes of the rules to apply; all by default.
    :param ignore: Codes of rules to leave out.
    :raises PackageError: The descriptor can't be used.
    """
    return _reported(validate_package(descriptor, rules=faults_of(select, ignore)))


def _reported(reports: Iterable[TableReport]) -> Checked:
    listed = list(reports)
    found = tuple(
        replace(finding, rule=code_of(finding.rule))
        for report in listed
        for finding in render(report)
    )

    return Checked(
        found,
        RULES,
        {path: "" for report in listed for _, path in report.files},
        sum(r.omitted for r in listed),
    )
