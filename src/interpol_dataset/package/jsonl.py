"""
Tables as JSON Lines, and JSON as this package writes it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from interpol_dataset.package.arrow import from_json, to_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

__all__ = ["json_file", "json_line", "read", "write"]


def json_line(value: object) -> str:
    """Return a value as JSON on one line, with every character as itself."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def json_file(value: object, indent: int = 2) -> bytes:
    """Return a value as the content of a JSON file, with every character as itself."""
    return f"{json.dumps(value, ensure_ascii=False, indent=indent)}\n".encode()


def write(table: pa.Table) -> bytes:
    """Write a table as JSON Lines."""
    return "".join(f"{json_line(row)}\n" for row in to_json(table)).encode()


def read(content: bytes, schema: Mapping[str, Any]) -> pa.Table:
    """
    Read a table that :func:`write` wrote.

    :param content: The bytes.
    :param schema: The table's Table Schema.
    :raises ValueError: The bytes are not JSON Lines, or do not fit the schema.
    """
    return from_json((json.loads(line) for line in content.splitlines()), schema)
