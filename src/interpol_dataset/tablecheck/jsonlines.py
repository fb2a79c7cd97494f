"""
JSON Lines: a block of lines becomes a record batch of texts.

A value is written as the text that a CSV file would hold, so that one set of rules serves both.
What a text can't tell apart, such as the number 5 and the string "5" in a field of strings, is
found here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from interpol_dataset.tablecheck import kernels, pieces
from interpol_dataset.tablecheck.findings import listed
from interpol_dataset.tablecheck.pieces import Piece

if TYPE_CHECKING:
    from interpol_dataset.tablecheck.blocks import Block
    from interpol_dataset.tablecheck.schema import Field, TableSchema

__all__ = ["parse_lines"]

#: Types that a JSON string may stand for; the others have a JSON form of their own as well.
_WRITTEN_AS_TEXT: Final = {"string", "date", "time", "datetime", "duration"}
_TAKES_MORE: Final = {"subset", "partial"}


class _Number(str):
    """A JSON number as it is written, so that no digit is lost."""

    __slots__ = ()


class _NotJsonError(ValueError):
    """A line that is no JSON object, or names a member twice."""


@dataclass(slots=True)
class _Reader:
    schema: TableSchema
    columns: dict[str, list[str | None]]
    found: list[tuple[int, str, str, str]] = field(default_factory=list)
    blank: list[int] = field(default_factory=list)

    def read(self, number: int, line: bytes) -> None:
        """Read one line into the columns."""
        members = self._members(number, line)
        for field_ in self.schema.fields:
            value = members.pop(field_.name, None)
            self.columns[field_.name].append(self._cell(number, field_, value))

        if members and self.schema.fields_match not in _TAKES_MORE:
            self.found += [(number, name, "extra-cell", str(members[name])) for name in members]

    def _members(self, number: int, line: bytes) -> dict[str, Any]:
        text = line.strip()
        if not text:
            self.blank.append(number - 1)
            self.found.append((number, "", "blank-row", ""))
            return {}

        try:
            return _load(text.decode())
        except UnicodeDecodeError:
            self.found.append((number, "", "encoding", text.decode("utf-8", "replace")))
        except (ValueError, RecursionError):
            self.found.append((number, "", "json-syntax", text.decode()))
        self.blank.append(number - 1)

        return {}

    def _cell(self, number: int, field_: Field, value: Any) -> str | None:
        if value is None:
            return None

        if type(value) is not str and field_.type in _WRITTEN_AS_TEXT:
            self.found.append((number, field_.name, "type", _write(value)))
            return None

        if isinstance(value, bool) and field_.type == "boolean":
            texts = field_.true_values if value else field_.false_values
            return texts[0] if texts else None

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
    reader = _Reader(schema, {name: [] for name in schema.names})
    lines = text.split(b"\n")
    if not lines[-1]:
        lines.pop()
    for number, line in enumerate(lines, start=1):
        reader.read(number, line)
        if len(reader.found) > pieces.MAX_DAMAGED:
            # The file is given up, so the rows below don't matter.
            break

    batch = pa.RecordBatch.from_arrays(
        [kernels.texts(reader.columns[name]) for name in schema.names], list(schema.names)
    )

    judged = frozenset((row, name) for row, name, rule, _ in reader.found if rule == "type")

    return Piece(batch, listed(reader.found), kernels.as_int64(reader.blank), judged)


def _load(text: str) -> dict[str, Any]:
    value = json.loads(
        text,
        parse_int=_Number,
        parse_float=_Number,
        parse_constant=_refuse,
        object_pairs_hook=_members_once,
    )
    if not isinstance(value, dict):
        raise _NotJsonError(text)

    return value


def _refuse(text: str) -> None:
    raise _NotJsonError(text)


def _members_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise _NotJsonError(pairs[0][0])

    return members


def _write(value: Any) -> str:
    """Write a value as JSON, its numbers as they were."""
    if isinstance(value, _Number):
        return str(value)

    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)}: {_write(v)}" for k, v in value.items()) + "}"

    if isinstance(value, list):
        return "[" + ", ".join(map(_write, value)) + "]"

    return json.dumps(value, ensure_ascii=False)
