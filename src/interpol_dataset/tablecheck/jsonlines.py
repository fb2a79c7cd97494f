"""
JSON: a block of lines, or some objects of one array, become a record batch of texts.

A value is written as the text that a CSV file would hold, so that one set of rules serves both.
What a text can't tell apart, such as the number 5 and the string "5" in a field of strings, is
found here.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from interpol_dataset.tablecheck import kernels, pieces
from interpol_dataset.tablecheck.blocks import BLOCK, StopReadingError, fill
from interpol_dataset.tablecheck.findings import listed
from interpol_dataset.tablecheck.pieces import Piece

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from interpol_dataset.tablecheck.blocks import Block, Stream
    from interpol_dataset.tablecheck.schema import Field, TableSchema

__all__ = ["parse_array", "parse_lines"]

#: An array is read as a whole, unlike lines; a larger one would fill the memory.
_MAX_ARRAY: Final = 128 << 20
#: Rows of an array that are checked at once.
_ROWS: Final = 20_000
#: How much of a file is shown in a finding.
_SHOWN: Final = 200
#: A value that is nested deeper is taken for damage: it could not be written again.
_MAX_DEPTH: Final = 200
_SPACE: Final = re.compile(r"[ \t\r\n]*")

#: Types that a JSON string may stand for; the others have a JSON form of their own as well.
_WRITTEN_AS_TEXT: Final = {"string", "date", "time", "datetime", "duration"}
_TAKES_MORE: Final = {"subset", "partial"}


class _Number(str):
    """A JSON number as it is written, so that no digit is lost."""

    __slots__ = ()


class _Decoder:
    """Decodes JSON objects: no member stands twice in one, and all numbers are numbers."""

    def __init__(self) -> None:
        self._faulty = False
        self._json = json.JSONDecoder(
            parse_int=_Number,
            parse_float=_Number,
            parse_constant=self._refuse,
            object_pairs_hook=self._members_once,
        )

    def decode(self, text: str, start: int = 0) -> tuple[dict[str, Any] | None, int]:
        """
        Decode the value that begins at a place in a text.

        :returns: The object, none where it is another value, a faulty object or one that is nested
            too deep, and its end.
        :raises ValueError: No value begins there, or it never ends.
        :raises RecursionError: It is nested too deep.
        """
        self._faulty = False
        value, end = self._json.raw_decode(text, start)
        # Few texts have as many brackets, and no other is nested as deep.
        if text.count("[", start, end) + text.count("{", start, end) > _MAX_DEPTH:
            self._faulty |= _is_deep(value)

        return (value if isinstance(value, dict) and not self._faulty else None), end

    def _refuse(self, _: str) -> None:
        self._faulty = True

    def _members_once(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        members = dict(pairs)
        self._faulty |= len(members) < len(pairs)

        return members


@dataclass(slots=True)
class _Reader:
    schema: TableSchema
    decoder: _Decoder = field(default_factory=_Decoder)
    columns: dict[str, list[str | None]] = field(init=False)
    found: list[tuple[int, str, str, str]] = field(default_factory=list)
    blank: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.columns = {name: [] for name in self.schema.names}

    def read(self, number: int, line: bytes) -> None:
        """Read one line into the columns."""
        text = line.strip()
        if not text:
            self._note_blank(number, "blank-row", "")
            return

        try:
            members = self._object(text.decode())
        except UnicodeDecodeError:
            self._note_blank(number, "encoding", text.decode("utf-8", "replace"))
            return

        if members is None:
            self._note_blank(number, "json-syntax", text.decode())
        else:
            self.add(number, members)

    def add(self, number: int, members: dict[str, Any]) -> None:
        """Add a row."""
        for field_ in self.schema.fields:
            value = members.pop(field_.name, None)
            self.columns[field_.name].append(self._cell(number, field_, value))

        if members and self.schema.fields_match not in _TAKES_MORE:
            self.found += [(number, name, "extra-cell", str(members[name])) for name in members]

    def add_other(self, number: int, text: str) -> None:
        """Add a row for what is no object."""
        self._note_blank(number, "json-syntax", text)

    def piece(self) -> Piece:
        """Return the rows."""
        names = self.schema.names
        batch = pa.RecordBatch.from_arrays(
            [kernels.texts(self.columns[name]) for name in names], list(names)
        )
        judged = frozenset((row, name) for row, name, rule, _ in self.found if rule == "type")

        return Piece(batch, listed(self.found), kernels.as_int64(self.blank), judged)

    def _object(self, text: str) -> dict[str, Any] | None:
        try:
            members, end = self.decoder.decode(text)
        except (ValueError, RecursionError):
            return None

        return members if end == len(text) else None

    def _note_blank(self, number: int, rule: str, value: str) -> None:
        self.blank.append(number - 1)
        self.found.append((number, "", rule, value))
        for column in self.columns.values():
            column.append(None)

    def _cell(self, number: int, field_: Field, value: Any) -> str | None:
        if value is None:
            return None

        if type(value) is not str and field_.type in _WRITTEN_AS_TEXT:
            self.found.append((number, field_.name, "type", _write(value)))
            return None

        if isinstance(value, bool) and field_.type == "boolean":
            texts = field_.true_values if value else field_.false_values
            return texts[0] if texts else _write(value)

        if isinstance(value, list) and field_.type == "list":
            return field_.delimiter.join(
                item if type(item) is str else _write(item) for item in value
            )

        if isinstance(value, list) and field_.type == "geopoint" and field_.format == "default":
            return ",".join(map(_write, value))

        return value if isinstance(value, str) else _write(value)


def parse_lines(block: Block, schema: TableSchema) -> Piece:
    """Read a block of lines, and free its buffer."""
    text = bytes(block)
    block.free()
    reader = _Reader(schema)
    lines = text.split(b"\n")
    if not lines[-1]:
        lines.pop()
    for number, line in enumerate(lines, start=1):
        reader.read(number, line)
        if len(reader.found) > pieces.MAX_DAMAGED:
            # The file is given up, so the rows below don't matter.
            break

    return reader.piece()


def parse_array(stream: Stream, schema: TableSchema) -> Iterator[Callable[[], Piece]]:
    """
    Return jobs that each make some rows of a file that is one array of objects.

    :raises StopReadingError: The file is too large, or no array. What stands before was given.
    """
    elements = _elements(_text(stream))
    stop: StopReadingError | None = None
    while stop is None:
        rows: list[tuple[str, dict[str, Any] | None]] = []
        try:
            rows.extend(islice(elements, _ROWS))
        except StopReadingError as error:
            stop = error  # raised below, behind the rows that could be read
        if rows:
            yield partial(_rows, rows, schema)
        elif stop is None:
            return

    raise stop


def _rows(rows: list[tuple[str, dict[str, Any] | None]], schema: TableSchema) -> Piece:
    reader = _Reader(schema)
    for number, (text, members) in enumerate(rows, start=1):
        if members is None:
            reader.add_other(number, text)
        else:
            reader.add(number, members)

    return reader.piece()


def _text(stream: Stream) -> str:
    parts: list[bytes] = []
    buffer = bytearray(BLOCK)
    while size := fill(stream, buffer, 0):
        parts.append(bytes(buffer[:size]))
        if len(parts) * BLOCK > _MAX_ARRAY:
            raise StopReadingError("too-large", "")

    try:
        return b"".join(parts).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise StopReadingError("encoding", str(error)) from error


def _elements(text: str) -> Iterator[tuple[str, dict[str, Any] | None]]:
    """Return the elements of an array: how each begins, and its members where it is an object."""
    decoder = _Decoder()
    place = _behind_space(text, 0)
    mark, place = text[place : place + 1], _behind_space(text, place + 1)
    if not mark:
        raise StopReadingError("empty-file", "")
    if mark != "[":
        raise StopReadingError("json-array", text[:_SHOWN])

    if text[place : place + 1] == "]":
        mark, place = "]", _behind_space(text, place + 1)
    while mark != "]":
        try:
            members, end = decoder.decode(text, place)
        except (ValueError, RecursionError):
            raise StopReadingError("json-array", text[place : place + _SHOWN]) from None
        yield text[place : min(end, place + _SHOWN)], members

        place = _behind_space(text, end)
        mark = text[place : place + 1]
        if mark not in (",", "]"):
            raise StopReadingError("json-array", text[place : place + _SHOWN])
        place = _behind_space(text, place + 1)

    if place < len(text):
        raise StopReadingError("json-array", text[place : place + _SHOWN])


def _is_deep(value: Any) -> bool:
    """Say whether a value is nested too deep, level by level."""
    level = [value]
    for _ in range(_MAX_DEPTH):
        objects = [item for item in level if isinstance(item, dict)]
        arrays = [item for item in level if isinstance(item, list)]
        level = list(chain.from_iterable([*(item.values() for item in objects), *arrays]))

    return any(isinstance(item, dict | list) for item in level)


def _behind_space(text: str, place: int) -> int:
    found = _SPACE.match(text, place)

    return found.end() if found else place


def _write(value: Any) -> str:
    """Write a value as JSON, its numbers as they were."""
    if isinstance(value, _Number):
        return str(value)

    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)}: {_write(v)}" for k, v in value.items()) + "}"

    if isinstance(value, list):
        return "[" + ", ".join(map(_write, value)) + "]"

    return json.dumps(value, ensure_ascii=False)
