"""Tables as CSV: RFC 4180 with line feeds, and quotes only where a cell needs them."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
from pyarrow import csv

from interpol_dataset.package.arrow import arrow_schema, complete
from interpol_dataset.package.jsonl import json_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_SPECIAL: Final = re.compile(r'[",\r\n]')
#: What is put before a cell that a spreadsheet would run, or that begins with the guard itself.
_GUARD: Final = "'"
_FIRST: Final = ("\t", "\r", "\n", _GUARD)
#: What begins a formula, also after blanks and in the wide forms of East Asian keyboards.
_OPERATORS: Final = frozenset("=+-@\N{MINUS SIGN}")


def write(table: pa.Table, *, spreadsheet_safe: bool = False) -> bytes:
    """
    Write a table as CSV.

    :param spreadsheet_safe: Put an apostrophe before texts that a spreadsheet would run.
    """
    text = (lambda cell: _quoted(guarded(cell))) if spreadsheet_safe else _quoted
    columns = [_cells(column, text) for column in table.columns]
    lines = [map(text, table.column_names), *zip(*columns, strict=True)]
    return "".join(f"{','.join(line)}\n" for line in lines).encode()


def _quoted(cell: str) -> str:
    """Quote a cell that needs it. Python's own writer leaves a lone carriage return bare."""
    return '"' + cell.replace('"', '""') + '"' if _SPECIAL.search(cell) else cell


def _cells(column: pa.ChunkedArray, text: Callable[[str], str]) -> list[str]:
    """Write the cells of a column, texts with the function."""
    writers: dict[pa.DataType, Callable[[Any], str]] = {
        pa.string(): text,
        pa.list_(pa.string()): lambda value: _quoted(json_line(value)),
        pa.bool_(): lambda value: "true" if value else "false",
        # 57 rather than 57.0
        pa.float64(): lambda value: str(int(value)) if value.is_integer() else repr(value),
        pa.int64(): str,
        pa.date32(): str,
    }
    write = writers.get(column.type, lambda value: text(str(value)))
    return ["" if value is None else write(value) for value in column.to_pylist()]


def guarded(text: str) -> str:
    """Return a text with an apostrophe before it, if a spreadsheet would run it."""
    return _GUARD + text if text.startswith(_FIRST) or _is_formula(text) else text


def _is_formula(text: str) -> bool:
    for letter in text:
        if letter.isprintable() and not letter.isspace():
            return unicodedata.normalize("NFKC", letter) in _OPERATORS
    return False


def read(content: bytes, schema: Mapping[str, Any], *, spreadsheet_safe: bool = False) -> pa.Table:
    """
    Read a table that :func:`write` wrote.

    :raises pa.ArrowInvalid: The bytes are not such a table.
    """
    target = arrow_schema(schema)
    arrays = {field["name"] for field in schema["fields"] if field["type"] == "array"}
    labels = {name: guarded(name) if spreadsheet_safe else name for name in target.names}
    types = {labels[f.name]: pa.string() if f.name in arrays else f.type for f in target}
    table = csv.read_csv(
        pa.py_buffer(content),
        read_options=csv.ReadOptions(use_threads=False),
        parse_options=csv.ParseOptions(newlines_in_values=True),
        convert_options=csv.ConvertOptions(
            column_types=types,
            null_values=[""],
            true_values=["true"],
            false_values=["false"],
            strings_can_be_null=True,
            include_columns=[*labels.values()],
        ),
    )
    columns = [
        _parsed(column, is_array=name in arrays, spreadsheet_safe=spreadsheet_safe)
        for name, column in zip(target.names, table.columns, strict=True)
    ]

    return complete(pa.table(columns, schema=target))


def _parsed(column: pa.ChunkedArray, *, is_array: bool, spreadsheet_safe: bool) -> pa.ChunkedArray:
    if is_array:
        return _arrays(column)
    if spreadsheet_safe and column.type == pa.string():
        texts = [text and text.removeprefix(_GUARD) for text in column.to_pylist()]
        return pa.chunked_array([texts], pa.string())
    return column


def _arrays(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return lists for cells that hold JSON arrays; an empty cell stays empty."""
    type_ = pa.list_(pa.string())
    if not len(column):
        return pa.chunked_array([], type_)
    # pyarrow's own reader, as making lists of Python objects would import pandas.
    from pyarrow import json  # noqa: PLC0415  # only tables with arrays pay for it

    lines = "".join(f'{{"cell":{text or "null"}}}\n' for text in column.to_pylist())
    options = json.ParseOptions(explicit_schema=pa.schema([("cell", type_)]))
    arrays = json.read_json(pa.py_buffer(lines.encode()), parse_options=options)["cell"]
    if len(arrays) != len(column):
        raise pa.ArrowInvalid("a cell holds more than a JSON array")
    return arrays
