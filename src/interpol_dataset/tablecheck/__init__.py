"""
The check of tables against Table Schemas: a library of its own (``docs/dev/tablecheck.md``).

Nothing beyond the standard library is imported until a check runs, or a schema with a pattern is
read.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.tablecheck.faults import (
    DescriptorError,
    Fault,
    SchemaError,
    SourceError,
    TableCheckError,
)
from interpol_dataset.tablecheck.schema import TableSchema, parse_schema

if TYPE_CHECKING:
    from interpol_dataset.tablecheck.check import (
        check_batch,
        collect_keys,
        find_dangling,
        find_repeated,
    )
    from interpol_dataset.tablecheck.package import TableFile, checksum_of, inside, read_descriptor
    from interpol_dataset.tablecheck.parquet import decoded_size, read_footer, read_pages
    from interpol_dataset.tablecheck.report import TableFinding, TableReport
    from interpol_dataset.tablecheck.run import validate_package, validate_table

__all__ = [
    "DescriptorError",
    "Fault",
    "SchemaError",
    "SourceError",
    "TableCheckError",
    "TableFile",
    "TableFinding",
    "TableReport",
    "TableSchema",
    "check_batch",
    "checksum_of",
    "collect_keys",
    "decoded_size",
    "find_dangling",
    "find_repeated",
    "inside",
    "parse_schema",
    "read_descriptor",
    "read_footer",
    "read_pages",
    "validate_package",
    "validate_table",
]

#: Modules that need Arrow, or a time to import, each after those that it imports itself.
_LATER: Final = ("package", "report", "check", "run", "parquet")


def __getattr__(name: str) -> Any:
    for module in _LATER if name in __all__ else ():
        names = vars(import_module(f"{__name__}.{module}"))
        if name in names:
            return names[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
