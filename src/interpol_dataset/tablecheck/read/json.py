"""
JSON: a block of lines, or some objects of one array, become a batch of texts.

A value is written as the text that a CSV file would hold, so that one set of rules serves both.
What a text can't tell apart, such as the number 5 and the string "5" in a field of strings, is
found here.
"""

from __future__ import annotations

import json
import re
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from interpol_dataset.tablecheck import arrow, limits
from interpol_dataset.tablecheck.faults import Fault
from interpol_dataset.tablecheck.findings import listed
from interpol_dataset.tablecheck.read.blocks import Rows, StopReadingError, fill

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from interpol_dataset.tablecheck.findings import Found
    from interpol_dataset.tablecheck.read.blocks import Stream
    from interpol_dataset.tablecheck.schema.schema import Field, TableSchema

__all__ = ["parse_array", "parse_lines"]

_SPACE: Final = re.compile(r"[ \t\r\n]*")
#: Types that a JSON string may stand for; the others have a JSON form of their own as well.
_WRITTEN_AS_TEXT: Final = {"string", "date", "time", "datetime", "duration"}

#: What was decoded: its text, or how it begins, and its members if it is a sound object.
_Element = tuple[str, dict[str, Any] | None]


def parse_lines(block: bytearray, schema: TableSchema) -> Rows:
    """Read a block of lines."""
    rows = _RowsBuilder(schema)
    decoder = _Decoder()
    for line in bytes(block).removesuffix(b"\n").split(b"\n"):
        try:
            text = line.decode().strip()
        except UnicodeDecodeError:
            rows.skip(Fault.ENCODING, line.decode("utf-8", "replace"))
        else:
            if text:
                rows.add(text, decoder.decode_whole(text))
            else:
                rows.skip(Fault.BLANK_ROW, "")
        if len(rows.found) > limits.MAX_DAMAGED_ROWS:
            # The file is given up, so the rows below don't matter.
            break

    return rows.build()


def parse_array(stream: Stream, schema: TableSchema) -> Iterator[Callable[[], Rows]]:
    """
    Return jobs that each make some rows of a file that is one array of objects.

    :raises StopReadingError: The file is too large, or no array. What came before was returned.
    """
    elements = _elements(_read_text(stream))
    while True:
        chunk: list[_Element] = []
        stop: StopReadingError | None = None
        try:
            chunk.extend(islice(elements, limits.JSON_ROWS))
        except StopReadingError as error:
            stop = error  # raised below, after the rows that could be read
        if chunk:
            yield partial(_parse_elements, chunk, schema)
        if stop:
            raise stop
        if not chunk:
            return


def _parse_elements(elements: list[_Element], schema: TableSchema) -> Rows:
    rows = _RowsBuilder(schema)
    for text, members in elements:
        rows.add(text, members)

    return rows.build()


def _read_text(stream: Stream) -> str:
    parts: list[bytes] = []
    buffer = bytearray(limits.BLOCK)
    while size := fill(stream, buffer):
        parts.append(bytes(buffer[:size]))
        if len(parts) * limits.BLOCK > limits.MAX_JSON_ARRAY:
            raise StopReadingError(Fault.TOO_LARGE, "")

    try:
        return b"".join(parts).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise StopReadingError(Fault.ENCODING, str(error)) from error


def _elements(text: str) -> Iterator[_Element]:
    """
    Return the elements of an array one by one.

    To decode the whole array at once would take ten times the memory, and a fault in one place
    would hide the rows before it.
    """
    decoder = _Decoder()
    mark, place = _next_mark(text, 0)
    if not mark:
        raise StopReadingError(Fault.EMPTY_FILE, "")
    if mark != "[":
        raise _no_array(text, 0)

    if text.startswith("]", place):
        mark, place = _next_mark(text, place)
    while mark != "]":
        try:
            members, end = decoder.decode(text, place)
        except (ValueError, RecursionError):
            raise _no_array(text, place) from None
        yield text[place : min(end, place + limits.SHOWN)], members

        mark, place = _next_mark(text, end)
        if mark not in (",", "]"):
            raise _no_array(text, end)

    if place < len(text):
        raise _no_array(text, place)


def _next_mark(text: str, place: int) -> tuple[str, int]:
    """Return the next character that is no space, and the place of the one after it."""
    mark = _after_space(text, place)

    return text[mark : mark + 1], _after_space(text, mark + 1)


def _after_space(text: str, place: int) -> int:
    found = _SPACE.match(text, place)

    return found.end() if found else place


def _no_array(text: str, place: int) -> StopReadingError:
    return StopReadingError(Fault.JSON_ARRAY, text[place : place + limits.SHOWN])


class _RowsBuilder:
    """Gathers rows, column by column, and what is wrong with them."""

    def __init__(self, schema: TableSchema) -> None:
        self.found: list[Found] = []
        self._schema = schema
        self._columns: dict[str, list[str | None]] = {name: [] for name in schema.names}
        self._blank: list[int] = []
        self._number = 0

    def add(self, text: str, members: dict[str, Any] | None) -> None:
        """Add a row: what it was decoded from, and its members if it is a sound object."""
        if members is None:
            self.skip(Fault.JSON_SYNTAX, text)
            return

        self._number += 1
        for field in self._schema.fields:
            cell = self._cell(field, members.pop(field.name, None))
            self._columns[field.name].append(cell)
        if not self._schema.takes_more:
            self.found += [
                (self._number, name, Fault.EXTRA_CELL, str(value))
                for name, value in members.items()
            ]

    def skip(self, fault: Fault, value: str) -> None:
        """Add a row that can't be read."""
        self._blank.append(self._number)
        self._number += 1
        self.found.append((self._number, "", fault, value))
        for column in self._columns.values():
            column.append(None)

    def build(self) -> Rows:
        """Return the rows."""
        columns = [arrow.texts(column) for column in self._columns.values()]
        batch = pa.RecordBatch.from_arrays(columns, list(self._columns))
        judged = {(row, name) for row, name, fault, _ in self.found if fault is Fault.TYPE}

        return Rows(batch, listed(self.found), arrow.numbers(self._blank), frozenset(judged))

    def _cell(self, field: Field, value: Any) -> str | None:
        if value is None:
            return None

        if type(value) is not str and field.type in _WRITTEN_AS_TEXT:
            self.found.append((self._number, field.name, Fault.TYPE, _write(value)))
            return None

        if isinstance(value, bool) and field.type == "boolean":
            words = field.true_values if value else field.false_values
            return words[0] if words else _write(value)

        if isinstance(value, list) and field.type == "list":
            return field.delimiter.join(map(_plain, value))

        if isinstance(value, list) and field.type == "geopoint" and field.format == "default":
            return ",".join(map(_write, value))

        return _plain(value)


class _Number(str):
    """A JSON number as it is written, so that no digit is lost."""

    __slots__ = ()


class _Decoder:
    """Decodes JSON objects: no member is there twice, and all numbers are numbers."""

    def __init__(self) -> None:
        self._is_faulty = False
        self._json = json.JSONDecoder(
            parse_int=_Number,
            parse_float=_Number,
            parse_constant=self._refuse,
            object_pairs_hook=self._members_once,
        )

    def decode(self, text: str, start: int = 0) -> tuple[dict[str, Any] | None, int]:
        """
        Decode the value that begins at a place in a text.

        :returns: The object, ``None`` where it is another value, a faulty object or one that is
            nested too deep; and its end.
        :raises ValueError: No value begins there, or it never ends.
        :raises RecursionError: It is nested too deep.
        """
        self._is_faulty = False
        value, end = self._json.raw_decode(text, start)
        # Few texts have as many brackets, and no other is nested as deep.
        if text.count("[", start, end) + text.count("{", start, end) > limits.MAX_JSON_DEPTH:
            self._is_faulty |= _is_deep(value)

        return (value if isinstance(value, dict) and not self._is_faulty else None), end

    def decode_whole(self, text: str) -> dict[str, Any] | None:
        """Decode a text that is one object; ``None`` where it isn't."""
        try:
            members, end = self.decode(text)
        except (ValueError, RecursionError):
            return None

        return members if end == len(text) else None

    def _refuse(self, _: str) -> None:
        self._is_faulty = True

    def _members_once(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        members = dict(pairs)
        self._is_faulty |= len(members) < len(pairs)

        return members


def _is_deep(value: Any) -> bool:
    """Return whether a value is nested too deep, looking at it level by level."""
    level = [value]
    for _ in range(limits.MAX_JSON_DEPTH):
        objects = [item for item in level if isinstance(item, dict)]
        arrays = [item for item in level if isinstance(item, list)]
        level = list(chain.from_iterable([*(item.values() for item in objects), *arrays]))

    return any(isinstance(item, dict | list) for item in level)


def _plain(value: Any) -> str:
    return value if type(value) is str else _write(value)


def _write(value: Any) -> str:
    """Write a value as JSON, its numbers as they were."""
    if isinstance(value, _Number):
        return str(value)

    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)}: {_write(v)}" for k, v in value.items()) + "}"

    if isinstance(value, list):
        return "[" + ", ".join(map(_write, value)) + "]"

    return json.dumps(value, ensure_ascii=False)
