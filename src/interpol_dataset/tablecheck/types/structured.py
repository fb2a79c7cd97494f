"""
Values of JSON and of nested Arrow columns, written as the texts that a CSV file would hold.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from interpol_dataset.tablecheck import limits

if TYPE_CHECKING:
    from interpol_dataset.tablecheck.schema.schema import Field


class Number(str):
    """A JSON number as it is written, so that no digit is lost."""

    __slots__ = ()


class Faulty:
    """An object in which a member is there twice, or one of Python's words for no number."""


def write_cell(field: Field, value: Any) -> str:
    """
    Write a value as a cell of a field.

    :raises ValueError: There is something faulty in it.
    :raises RecursionError: It is nested too deep.
    """
    if isinstance(value, bool) and field.type == "boolean":
        # A field may have no word for a value; any word that isn't one of its own is then a fault.
        return (*(field.true_values if value else field.false_values), write(value))[0]

    if isinstance(value, list) and field.type == "list":
        return field.delimiter.join(map(write, value))

    return write(value)


def write(value: Any) -> str:
    """Write a text as it is, and anything else as JSON."""
    return value if isinstance(value, str) else _write_json(value, 1)


def _write_json(value: Any, depth: int) -> str:
    if depth == limits.MAX_JSON_DEPTH:
        raise RecursionError

    match value:
        case Number():
            return value
        case dict():
            members = [f"{json.dumps(k)}: {_write_json(v, depth + 1)}" for k, v in value.items()]
            return f"{{{', '.join(members)}}}"
        case list():
            return f"[{', '.join(_write_json(item, depth + 1) for item in value)}]"
        case Faulty():
            raise ValueError
        case _:
            return json.dumps(value, default=str, ensure_ascii=False)
