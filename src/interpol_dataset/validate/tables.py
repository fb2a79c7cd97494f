"""
Validate tables: a file against a Table Schema of this package, or a data package against its own.
"""

from __future__ import annotations

from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from interpol_dataset.dataset.tables import open_tables
from interpol_dataset.errors import PackageError
from interpol_dataset.findings import Finding, Place
from interpol_dataset.rules.tables import RULES, code_of, faults_of, row_agrees
from interpol_dataset.tablecheck import TableCheckError, validate_package, validate_table
from interpol_dataset.validate.checked import Checked
from interpol_dataset.validate.rows import disagreements

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from interpol_dataset.tablecheck import TableReport


#: How many rows of a table that contradict themselves are listed; the rest are counted.
_MOST: Final = 1000


def check_table(
    path: Path,
    table: str,
    against: Path | None = None,
    select: frozenset[str] | None = None,
    ignore: frozenset[str] = frozenset(),
) -> Checked:
    """
    Check a table's file against the Table Schema of one of this package's tables.

    :param path: A CSV or JSON Lines file, gzipped or not, or a Parquet file.
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
    references = {name: tables.table(name).to_arrow() for name in sorted(parents)}
    codes = _codes(select, ignore)
    faults = faults_of(codes)
    with _own_errors():
        report = validate_table(path, schema, name=table, references=references, faults=faults)

    return _reported([report], rows=row_agrees.code in codes)


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
    codes = _codes(select, ignore)
    with _own_errors():
        reports = validate_package(descriptor, faults=faults_of(codes))

    return _reported(reports, rows=row_agrees.code in codes)


@contextmanager
def _own_errors() -> Iterator[None]:
    """Raise the errors of the table check as this package's own."""
    try:
        yield
    except TableCheckError as error:
        raise PackageError(error.what, where=error.where, hint=error.hint) from error


def _codes(select: frozenset[str] | None, ignore: frozenset[str]) -> frozenset[str]:
    return (frozenset(RULES) if select is None else select) - ignore


def _reported(reports: Sequence[TableReport], *, rows: bool) -> Checked:
    """Return what was found in cells and, in tables without such faults, in rows if asked."""
    found = [
        Finding(
            rule=code_of(finding.fault),
            place=Place(report.path),
            message=finding.message,
            hint=finding.hint,
            record=f"{report.resource}/{finding.row}" if finding.row else None,
            field=finding.field or None,
            row=finding.row or None,
        )
        for report in reports
        for finding in report.describe()
    ]
    more = sum(report.omitted for report in reports)
    for report in reports if rows else ():
        if not report.total:
            listed = disagreements(Path(report.path), report.resource)
            found += islice(listed, _MOST)
            more += sum(1 for _ in listed)

    return Checked(tuple(found), RULES, {report.path: "" for report in reports}, more)
