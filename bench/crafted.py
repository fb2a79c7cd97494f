"""
Parquet files that no library writes, in which each number is whatever one says.

A struct of Thrift is given by the numbers of its fields; a number of 64 bits is a :class:`Long`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["CRAFTED", "Long", "parquet"]

INT64, TEXT = 2, 6
PLAIN, DELTA, PREFIXED, DICTIONARY = 0, 5, 7, 8
MOST: Final = (1 << 31) - 1


class Long(int):
    """A number of 64 bits."""


def struct(fields: dict[int, Any]) -> bytes:
    """Write a struct in the compact protocol."""
    written, last = [], 0
    for number, value in sorted(fields.items()):
        written.append(bytes([(number - last) << 4 | _kind(value)]) + _value(value))
        last = number

    return b"".join([*written, b"\0"])


def _kind(value: Any) -> int:
    return {int: 5, Long: 6, str: 8, list: 9, dict: 12}[type(value)]


def _value(value: Any) -> bytes:
    match value:
        case int():
            return _varint(value << 1 if value >= 0 else ~value << 1 | 1)
        case str():
            return _varint(len(value)) + value.encode()
        case dict():
            return struct(value)

    written: dict[int, bytes] = {}  # what is there many times is written once
    for each in value:
        if id(each) not in written:
            written[id(each)] = _value(each)
    kind = _kind(value[0]) if value else 12

    return bytes([0xF0 | kind]) + _varint(len(value)) + b"".join(written[id(e)] for e in value)


def _varint(value: int) -> bytes:
    written = []
    while value > 127:  # noqa: PLR2004  # seven bits to a byte
        written.append(value & 127 | 128)
        value >>= 7

    return bytes([*written, value])


# --- pages ----------------------------------------------------------------------------------


def page(content: bytes, values: int, encoding: int = PLAIN, size: int | None = None) -> bytes:
    """Write a page of data; its levels are part of the content."""
    described = {1: values, 2: encoding, 3: 3, 4: 3}
    size = len(content) if size is None else size

    return struct({1: 0, 2: size, 3: len(content), 5: described}) + content


def dictionary(content: bytes, values: int) -> bytes:
    """Write a page of a dictionary."""
    return struct({1: 2, 2: len(content), 3: len(content), 7: {1: values, 2: PLAIN}}) + content


def run(value: int, count: int) -> bytes:
    """Write one value many times."""
    return _varint(count << 1) + bytes([value])


def levels(content: bytes) -> bytes:
    """Write levels with their length."""
    return len(content).to_bytes(4, "little") + content


def deltas(first: int, second: int, count: int) -> bytes:
    """Write a number, and then another one many times."""
    step = second - first
    least, width = min(step, 0), max(abs(step).bit_length(), 1)
    bits = 0
    for place in range(128):  # of the first block, all but the first are no step
        bits |= ((step if place == 0 else 0) - least) << (place * width)
    block = _value(least) + bytes([width] * 4) + bits.to_bytes(width * 16, "little")
    others = (count - 2) // 128

    return _varint(128) + _varint(4) + _varint(count) + _value(first) + block + bytes(5) * others


@cache
def zeros(size: int) -> bytes:
    """Compress that many zeros."""
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "zstd") as stream:
        for _ in range(size >> 20):
            stream.write(bytes(1 << 20))

    return bytes(sink.getvalue())


# --- files ----------------------------------------------------------------------------------


def parquet(
    pages: bytes,
    rows: int,
    *,
    kind: int = TEXT,
    columns: int = 1,
    groups: int = 1,
    coded: int = 0,
    **other: Any,
) -> bytes:
    """
    Write a file.

    :param pages: The pages, which all columns of all groups share.
    :param rows: How many rows and values the footer claims for each group.
    :param kind: The physical type of the columns.
    :param columns: How many columns there are, named ``a`` and ``a1``, ``a2``, ...
    :param groups: How many row groups there are.
    :param coded: Bytes of the pages that are a dictionary.
    :param other: ``repetition``, ``codec`` and ``schema`` where they are not the usual ones, and
        other ``fields`` that describe a column.
    """
    names = ["a", *(f"a{n}" for n in range(1, columns))]
    repetition = other.get("repetition", 0)
    text = {6: 0} if kind == TEXT else {}
    schema = other.get("schema") or [
        {4: "schema", 5: columns},
        *({1: kind, 3: repetition, 4: name} | text for name in names),
    ]
    place = {9: Long(4 + coded)} | ({11: Long(4)} if coded else {})
    sizes = {5: Long(rows), 6: Long(100), 7: Long(len(pages))} | place
    described = {1: kind, 2: [0], 4: other.get("codec", 0)} | sizes | other.get("fields", {})
    chunks = [{2: Long(4), 3: described | {3: [name]}} for name in names]
    group = {1: chunks, 2: Long(100), 3: Long(rows)}
    footer = struct({1: 1, 2: schema, 3: Long(rows * groups), 4: [group] * groups})

    return b"PAR1" + pages + footer + len(footer).to_bytes(4, "little") + b"PAR1"


def _coded(indices: bytes, values: int = 1, kind: int = TEXT) -> bytes:
    content = {TEXT: b"\1\0\0\0x", INT64: bytes(8)}[kind]
    first = dictionary(content, values)

    return parquet(first + page(indices, 3, DICTIONARY), 3, kind=kind, coded=len(first))


def _deep(levels_: int) -> bytes:
    schema = [{4: "schema", 5: 1}, *([{3: 1, 4: "a", 5: 1}] * levels_), {1: INT64, 3: 0, 4: "a"}]

    return parquet(page(bytes(8), 1), 1, kind=INT64, schema=schema)


_NULLS: Final = page(levels(run(0, 60_000)), 60_000)
_LONG: Final = 1_000_000

#: Files by name.
CRAFTED: Final[dict[str, Callable[[], bytes]]] = {
    "sound": lambda: parquet(page(b"\1\0\0\0x" * 3, 3), 3),
    # pyarrow ends the process where it is asked for such a column.
    "histograms of levels": lambda: parquet(
        page(b"\1\0\0\0x" * 3, 3), 3, fields={16: {3: [Long(3), Long(3)]}}
    ),
    "a page of 1.9 GB": lambda: parquet(page(zeros(1900 << 20), 9, size=1900 << 20), 9, codec=6),
    "a page that claims 2 GB": lambda: parquet(page(zeros(1 << 20), 9, size=MOST), 9, codec=6),
    "a page of less than nothing": lambda: parquet(page(b"\1\0\0\0x", 1, size=-9), 1),
    "a page of 2 billion values": lambda: parquet(
        page(levels(run(1, MOST)) + levels(run(0, MOST)), MOST), 1, repetition=2
    ),
    "a page within a page": lambda: parquet(page(b"\1\0\0\0x", 1)[:-5], 1),
    "pages without values": lambda: parquet(page(b"", 0) * 1_000_000, 1),
    "pages with long headers": lambda: parquet(
        struct({1: 0, 2: 0, 3: 0, 5: {1: 0, 2: 0, 3: 3, 4: 3}, 9: "x" * 1_000_000}) * 20,
        1,
        columns=5_000,
    ),
    "texts of the same beginning": lambda: parquet(
        page(deltas(0, _LONG, 60_000) + deltas(_LONG, 0, 60_000) + b"x" * _LONG, 60_000, PREFIXED),
        60_000,
    ),
    "a dictionary of 2 billion": lambda: _coded(b"\1" + run(0, 3), MOST),
    "an index outside, text": lambda: _coded(b"\1" + run(1, 3)),
    "an index outside, number": lambda: _coded(b"\1" + run(1, 3), kind=INT64),
    "an index of 32 bits": lambda: _coded(b"\x20" + _varint(6) + b"\xff" * 4),
    "10,000 columns of nothing": lambda: parquet(
        _NULLS, 60_000, kind=INT64, columns=10_000, repetition=1
    ),
    "10,000 columns of one page": lambda: parquet(
        page(zeros(10 << 20), 1, size=10 << 20), 1, columns=10_000, codec=6
    ),
    "a million columns": lambda: parquet(
        _NULLS, 1, schema=[{4: "schema", 5: 1_000_000}, *([{1: 2, 3: 1, 4: "a"}] * 1_000_000)]
    ),
    "a million row groups": lambda: parquet(_NULLS, 0, groups=1_000_000),
    "100,000 levels": lambda: _deep(100_000),
    "a schema without end": lambda: parquet(
        _NULLS, 1, schema=[{4: "schema", 5: MOST}, {1: INT64, 3: 0, 4: "a"}]
    ),
}
