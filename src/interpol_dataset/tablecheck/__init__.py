"""
The check of tables against Table Schemas, column by column on Arrow: a library of its own.

It imports nothing of the rest of ``interpol_dataset``. Nothing beyond the standard library is
imported until a check runs, or a schema with a pattern is read. ``docs/tablecheck.md`` documents
the names that are listed here; all others are private.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.tablecheck.errors import (
    DescriptorError,
    SchemaError,
    SourceError,
    TableCheckError,
)
from interpol_dataset.tablecheck.faults import Fault, Scope
from interpol_dataset.tablecheck.schema.dialect import Dialect, parse_dialect
from interpol_dataset.tablecheck.schema.parse import parse_schema
from interpol_dataset.tablecheck.schema.schema import (
    Bound,
    Constraints,
    Field,
    ForeignKey,
    TableSchema,
    UniqueKey,
)

if TYPE_CHECKING:
    from interpol_dataset.tablecheck.check.constraints import check_batch
    from interpol_dataset.tablecheck.check.keys import (
        Keys,
        collect_keys,
        find_dangling,
        find_repeated,
    )
    from interpol_dataset.tablecheck.read.table import TableFiles
    from interpol_dataset.tablecheck.report import TableFinding, TableReport
    from interpol_dataset.tablecheck.validate import validate_package, validate_table

__all__ = [
    "Bound",
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
    "TableFiles",
    "TableFinding",
    "TableReport",
    "TableSchema",
    "UniqueKey",
    "check_batch",
    "collect_keys",
    "find_dangling",
    "find_repeated",
    "parse_dialect",
    "parse_schema",
    "validate_package",
    "validate_table",
]

#: Names whose modules need Arrow, and where they are.
_LATER: Final = {
    "Keys": "check.keys",
    "TableFiles": "read.table",
    "TableFinding": "report",
    "TableReport": "report",
    "check_batch": "check.constraints",
    "collect_keys": "check.keys",
    "find_dangling": "check.keys",
    "find_repeated": "check.keys",
    "validate_package": "validate",
    "validate_table": "validate",
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
