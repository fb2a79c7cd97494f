"""
The check of tables against their Table Schemas, column by column on Arrow.

Nothing beyond the standard library is imported until a check runs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.tablecheck.descriptor import parse_schema
from interpol_dataset.tablecheck.schema import (
    Constraints,
    Field,
    ForeignKey,
    TableSchema,
    UniqueRule,
    unique_rules,
)

if TYPE_CHECKING:
    from interpol_dataset.tablecheck.checks import check_batch
    from interpol_dataset.tablecheck.keys import collect_keys, find_dangling, find_repeated
    from interpol_dataset.tablecheck.reading import Source
    from interpol_dataset.tablecheck.report import TableReport, render
    from interpol_dataset.tablecheck.validator import validate_package, validate_table

__all__ = [
    "Constraints",
    "Field",
    "ForeignKey",
    "Source",
    "TableReport",
    "TableSchema",
    "UniqueRule",
    "check_batch",
    "collect_keys",
    "find_dangling",
    "find_repeated",
    "parse_schema",
    "render",
    "unique_rules",
    "validate_package",
    "validate_table",
]

#: Names whose modules need Arrow, and where they are.
_LATER: Final = {
    "Source": "reading",
    "TableReport": "report",
    "check_batch": "checks",
    "collect_keys": "keys",
    "find_dangling": "keys",
    "find_repeated": "keys",
    "render": "report",
    "validate_package": "validator",
    "validate_table": "validator",
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
