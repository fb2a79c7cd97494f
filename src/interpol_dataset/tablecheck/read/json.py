"""
JSON: a block of lines, or one array of objects, becomes batches of texts.

A value is written as the text that a CSV file would hold, so that one set of rules serves both.
What a text can't tell apart, such as the number 5 and the string "5" in a field of strings, is
found here.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from interpol_dataset.tablecheck import arrow, limits
from interpol_dataset.tablecheck.faults import Fault
from interpol_dataset.tablecheck.findings import listed
from interpol_dataset.tablecheck.read.blocks import Rows, StopReadingError
from interpol_dataset.tablecheck.types.structured import Faulty, Number, write, write_cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.tablecheck.findings import Found
    from interpol_dataset.tablecheck.schema.schema import TableSchema

#: Types that a JSON string may stand for; the others have a JSON form of their own as well.
_WRITTEN_AS_TEXT: Final = {"string", "date", "time", "datetime", "duration"}

#: A fault of a row: field, fault and value.
_CellFault = tuple[str, Fault, str]


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any] | Faulty:
    members = dict(pairs)

    return members if len(members) == len(pairs) else Faulty()


_DECODER: Final = json.JSONDecoder(
    parse_int=Number,
    parse_float=Number,
    parse_constant=lambda _: Faulty(),
    object_pairs_hook=_members,
)


def parse_lines(block: bytes, schema: TableSchema) -> Rows:
    """Read a block of lines."""
    rows = _RowsBuilder(schema)
    for line in block.removesuffix(b"\n").split(b"\n"):
        try:
            text = line.decode().strip()
            if text:
                rows.add(_DECODER.decode(text), text)
            else:
                rows.skip(Fault.BLANK_ROW, "")
        except UnicodeDecodeError:
            rows.skip(Fault.ENCODING, line.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            rows.skip(Fault.JSON_SYNTAX, text)
        if len(rows.found) > limits.MAX_DAMAGED_ROWS:
            # The file is given up, so the rows below don't matter.
            break

    return rows.build()


def parse_array(content: bytes) -> Iterator[list[Any]]:
    """
    Read a file that is one array, and return some of its elements at a time.

    :raises StopReadingError: It is something else.
    """
    try:
        text = content.decode("utf-8-sig").strip(" \t\r\n")
        elements = _DECODER.decode(text) if text else None
    except UnicodeDecodeError as error:
        raise StopReadingError(Fault.ENCODING, str(error)) from error
    except (ValueError, RecursionError) as error:
        raise StopReadingError(Fault.JSON_ARRAY, str(error)) from error

    if elements is None:
        raise StopReadingError(Fault.EMPTY_FILE, "")
    if not isinstance(elements, list):
        raise StopReadingError(Fault.JSON_ARRAY, text[: limits.SHOWN])

    for start in range(0, len(elements), limits.JSON_ROWS):
        yield elements[start : start + limits.JSON_ROWS]


def parse_elements(elements: list[Any], schema: TableSchema) -> Rows:
    """Make rows of some elements of an array."""
    rows = _RowsBuilder(schema)
    for element in elements:
        rows.add(element)

    return rows.build()


class _RowsBuilder:
    """Gathers rows, column by column, and what is wrong with them."""

    def __init__(self, schema: TableSchema) -> None:
        self.found: list[Found] = []
        self._schema = schema
        self._columns: list[list[str | None]] = [[] for _ in schema.fields]
        self._blank: list[int] = []
        self._number = 0

    def add(self, value: Any, text: str = "") -> None:
        """Add a row: its value, and the text that it was decoded from."""
        found: list[_CellFault] = []
        try:
            cells = self._cells(value, found)
        except (ValueError, RecursionError):
            self.skip(Fault.JSON_SYNTAX, text)
            return

        self._number += 1
        self.found += [(self._number, *fault) for fault in found]
        for column, cell in zip(self._columns, cells, strict=True):
            column.append(cell)

    def skip(self, fault: Fault, value: str) -> None:
        """Add a row that can't be read."""
        self._blank.append(self._number)
        self._number += 1
        self.found.append((self._number, "", fault, value))
        for column in self._columns:
            column.append(None)

    def build(self) -> Rows:
        """Return the rows."""
        columns = [arrow.texts(column) for column in self._columns]
        batch = pa.RecordBatch.from_arrays(columns, list(self._schema.names))
        judged = {(row, name) for row, name, fault, _ in self.found if fault is Fault.TYPE}

        return Rows(batch, listed(self.found), arrow.numbers(self._blank), frozenset(judged))

    def _cells(self, value: Any, found: list[_CellFault]) -> list[str | None]:
        """
        Return the cells of a row, and add what is wrong with them.

        :raises ValueError: It is not a sound object.
        :raises RecursionError: It is nested too deep.
        """
        if not isinstance(value, dict):
            raise ValueError  # noqa: TRY004 - a row that is no object is damage, as a faulty one is

        cells: list[str | None] = []
        for field in self._schema.fields:
            member = value.pop(field.name, None)
            cell = None if member is None else write_cell(field, member)
            if cell is not None and field.type in _WRITTEN_AS_TEXT and type(member) is not str:
                found.append((field.name, Fault.TYPE, cell))
                cell = None
            cells.append(cell)
        extra = [(name, Fault.EXTRA_CELL, write(item)) for name, item in value.items()]
        found += [] if self._schema.takes_more else extra

        return cells
