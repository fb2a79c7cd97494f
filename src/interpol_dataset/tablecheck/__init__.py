"""
The check of tables against Table Schemas, column by column on Arrow: a library of its own.

It imports nothing of the rest of ``interpol_dataset``. Nothing beyond the standard library is
imported until a check runs, or a schema with a pattern is read. ``docs/tablecheck.md`` documents
the names that are listed here; all others are private.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.tablecheck.faults import (
    DescriptorError,
    Fault,
    SchemaError,
    Scope,
    SourceError,
    TableCheckError,
)
from interpol_dataset.tablecheck.parse import Dialect, parse_dialect, parse_schema
from interpol_dataset.tablecheck.schema import (
    Bound,
    Constraints,
    Field,
    ForeignKey,
    TableSchema,
    UniqueKey,
)

if TYPE_CHECKING:
    from interpol_dataset.tablecheck.check import check_batch
    from interpol_dataset.tablecheck.files import TableFile
    from interpol_dataset.tablecheck.footer import read_footer, read_pages
    from interpol_dataset.tablecheck.keys import Keys, collect_keys, find_dangling, find_repeated
    from interpol_dataset.tablecheck.package import Checksum, checksum_of, inside, read_descriptor
    from interpol_dataset.tablecheck.parquet import decoded_size
    from interpol_dataset.tablecheck.report import TableFinding, TableReport
    from interpol_dataset.tablecheck.run import validate_package, validate_table

__all__ = [
    "Bound",
    "Checksum",
    "Constraints",
    "DescriptorError",
    "Dialect",
    "Fault",
    "Field",
    "ForeignKey",
    "Keys",
    "SchemaError",
    "Scope",
    "SourceError",
    "TableCheckError",
    "TableFile",
    "TableFinding",
    "TableReport",
    "TableSchema",
    "UniqueKey",
    "check_batch",
    "checksum_of",
    "collect_keys",
    "decoded_size",
    "find_dangling",
    "find_repeated",
    "inside",
    "parse_dialect",
    "parse_schema",
    "read_descriptor",
    "read_footer",
    "read_pages",
    "validate_package",
    "validate_table",
]

#: Names whose modules need Arrow, and where they are.
_LATER: Final = {
    "Checksum": "package",
    "Keys": "keys",
    "TableFile": "files",
    "TableFinding": "report",
    "TableReport": "report",
    "check_batch": "check",
    "checksum_of": "package",
    "collect_keys": "keys",
    "decoded_size": "parquet",
    "find_dangling": "keys",
    "find_repeated": "keys",
    "inside": "package",
    "read_descriptor": "package",
    "read_footer": "footer",
    "read_pages": "footer",
    "validate_package": "run",
    "validate_table": "run",
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
