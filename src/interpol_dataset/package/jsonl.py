"""
Tables as JSON Lines, and JSON as this package writes it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.package.arrow import from_json, to_json
from interpol_dataset.tablecheck.values import no_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

__all__ = ["check_memory", "json_file", "json_line", "parse", "read", "write"]

#: Bytes that JSON may take once it is read, and what it takes for each comma and bracket.
MAX_MEMORY: Final = 256 << 20
_COSTS: Final = ((b",", 64), (b"{", 192), (b"[", 192))


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
    check_memory(content)

    return from_json((parse(line) for line in content.splitlines()), schema)


def parse(content: bytes) -> Any:  # noqa: ANN401  # any JSON
    """
    Return what is written in JSON.

    :raises ValueError: It is not JSON.
    :raises RecursionError: It is nested too deep.
    """
    return json.loads(content, parse_constant=no_number)


def check_memory(content: bytes, before: int = 0) -> int:
    """
    Return about how many bytes some JSON takes once it is read.

    :param before: What other JSON takes, which is counted in.
    :raises ValueError: That is more than :data:`MAX_MEMORY`.
    """
    memory = before + len(content)
    memory += sum(cost * content.count(character) for character, cost in _COSTS)
    if memory > MAX_MEMORY:
        raise ValueError(f"it takes more than {MAX_MEMORY >> 20} MB in memory")

    return memory
