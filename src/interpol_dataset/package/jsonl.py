"""Tables as JSON Lines or as one JSON array, and JSON as this package writes it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.package.arrow import from_json, to_json
from interpol_dataset.tablecheck.schema import no_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

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

    :raises ValueError: The bytes are not JSON Lines, or do not fit the schema.
    """
    _check_memory(content)
    return from_json(map(_parse, content.splitlines()), schema)


def write_array(table: pa.Table) -> bytes:
    """Write a table as a JSON array of objects, each on a line of its own."""
    lines = ",\n".join(map(json_line, to_json(table)))
    return f"[\n{lines}\n]\n".encode()


def read_array(content: bytes, schema: Mapping[str, Any]) -> pa.Table:
    """
    Read a table that :func:`write_array` wrote.

    :raises ValueError: The bytes are not JSON, or do not fit the schema.
    :raises TypeError: They are not an array.
    """
    _check_memory(content)
    rows = _parse(content)
    if not isinstance(rows, list):
        raise TypeError("the file is not a list of rows")
    return from_json(rows, schema)


def _parse(content: bytes) -> Any:  # noqa: ANN401  # any JSON
    return json.loads(content, parse_constant=no_number)


def _check_memory(content: bytes) -> None:
    """Refuse JSON that takes more than :data:`MAX_MEMORY` once it is read."""
    memory = len(content) + sum(cost * content.count(character) for character, cost in _COSTS)
    if memory > MAX_MEMORY:
        raise ValueError(f"it takes more than {MAX_MEMORY >> 20} MB in memory")
