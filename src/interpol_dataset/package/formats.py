"""
Tables as bytes, and back: CSV, Parquet and JSON Lines.

Whatever is written reads back as the same table, and the same table gives the same bytes.
"""

from __future__ import annotations

import io
import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from interpol_dataset.package.arrow import arrow_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

__all__ = ["FORMATS", "read_table", "write_table"]

#: What stands before a cell that a spreadsheet would run, and before a cell that begins with it.
GUARD: Final = "'"

_SPECIAL: Final = re.compile(r'[",\r\n]')

_RUNNABLE: Final = ("=", "+", "-", "@", "\t", "\r", GUARD)


def write_table(
    table: pa.Table,
    format_: str,
    *,
    metadata: Mapping[str, str] | None = None,
    spreadsheet_safe: bool = False,
) -> bytes:
    """
    Write a table.

    :param table: The table.
    :param format_: One of :data:`FORMATS`.
    :param metadata: What a Parquet file says of itself besides.
    :param spreadsheet_safe: Put an apostrophe before CSV cells that a spreadsheet would run.
    """
    match format_:
        case "parquet":
            return _parquet(table, metadata or {})
        case "jsonl":
            return _json_lines(table)
        case _:
            return _csv(table, _guarded if spreadsheet_safe else str)


def read_table(
    content: bytes, format_: str, schema: Mapping[str, Any], *, guarded: bool
) -> pa.Table:
    """
    Read a table that :func:`write_table` wrote.

    :param content: The bytes.
    :param format_: One of :data:`FORMATS`.
    :param schema: Its Table Schema.
    :param guarded: Whether CSV cells were made safe for spreadsheets.
    :raises pa.ArrowInvalid: The bytes are not such a table.
    """
    match format_:
        case "parquet":
            return _from_parquet(content, schema)
        case "jsonl":
            return rows_table(_lines(content), schema)
        case _:
            return _from_csv(content, schema, guarded=guarded)


FORMATS: Final = ("parquet", "csv", "json", "jsonl")


# --- CSV ------------------------------------------------------------------------------------


def _csv(table: pa.Table, guard: Callable[[str], str]) -> bytes:
    """Write RFC 4180 with line feeds; only cells that need them have quotes."""
    columns = [[_cell(value, guard) for value in column.to_pylist()] for column in table.columns]
    lines = [table.column_names, *zip(*columns, strict=True)]

    return "".join(f"{','.join(map(_quoted, line))}\n" for line in lines).encode()


def _quoted(cell: str) -> str:
    """Put a cell in quotes where it needs them; Python's writer leaves a lone carriage return."""
    return '"' + cell.replace('"', '""') + '"' if _SPECIAL.search(cell) else cell


def _cell(value: object, guard: Callable[[str], str]) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            return _number(value)
        case list():
            return dump_json(value)
        case date():
            return value.isoformat()
        case _:
            return guard(str(value))


def _number(value: float) -> str:
    """Write a number as a person would: 57 rather than 57.0."""
    return str(int(value)) if value.is_integer() else repr(value)


def _guarded(text: str) -> str:
    return GUARD + text if text.startswith(_RUNNABLE) else text


def _from_csv(content: bytes, schema: Mapping[str, Any], *, guarded: bool) -> pa.Table:
    from pyarrow import csv as pa_csv  # noqa: PLC0415  # only CSV pays for it

    target = arrow_schema(schema)
    arrays = {field["name"] for field in schema["fields"] if field["type"] == "array"}
    types = {field.name: pa.string() if field.name in arrays else field.type for field in target}
    table = pa_csv.read_csv(
        pa.py_buffer(content),
        read_options=pa_csv.ReadOptions(use_threads=False),
        parse_options=pa_csv.ParseOptions(newlines_in_values=True),
        convert_options=pa_csv.ConvertOptions(
            column_types=types,
            null_values=[""],
            true_values=["true"],
            false_values=["false"],
            strings_can_be_null=True,
            include_columns=target.names,
        ),
    )
    if guarded:
        table = _unguarded(table)

    columns = [
        _arrays(column) if name in arrays else column
        for name, column in zip(table.column_names, table.columns, strict=True)
    ]

    return _complete(pa.table(columns, schema=target))


def _complete(table: pa.Table) -> pa.Table:
    """Refuse a table that lacks cells that its schema requires; Arrow itself does not look."""
    for field, column in zip(table.schema, table.columns, strict=True):
        if not field.nullable and column.null_count:
            row = column.is_null().index(True).as_py() + 1  # the value looked for
            raise pa.ArrowInvalid(f"the column '{field.name}' is empty in row {row}")

    return table


def _arrays(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Make lists of cells that hold JSON arrays; an empty cell stays empty."""
    type_ = pa.list_(pa.string())
    if not len(column):
        return pa.chunked_array([], type_)

    # pyarrow's own reader, as making lists of Python objects would import pandas.
    from pyarrow import json as pa_json  # noqa: PLC0415  # only tables with arrays pay for it

    lines = "".join(f'{{"cell":{text or "null"}}}\n' for text in column.to_pylist())
    options = pa_json.ParseOptions(explicit_schema=pa.schema([("cell", type_)]))
    arrays = pa_json.read_json(pa.py_buffer(lines.encode()), parse_options=options)["cell"]
    if len(arrays) != len(column):
        raise pa.ArrowInvalid("a cell holds more than a JSON array")

    return arrays


def _unguarded(table: pa.Table) -> pa.Table:
    columns = [
        pa.array([text and text.removeprefix(GUARD) for text in column.to_pylist()], pa.string())
        if column.type == pa.string()
        else column
        for column in table.columns
    ]

    return pa.table(columns, names=table.column_names)


# --- Parquet --------------------------------------------------------------------------------


def _parquet(table: pa.Table, metadata: Mapping[str, str]) -> bytes:
    from pyarrow import parquet  # noqa: PLC0415  # only Parquet pays for it

    buffer = io.BytesIO()
    parquet.write_table(
        table.replace_schema_metadata(dict(metadata)),
        buffer,
        compression="zstd",
        version="2.6",
        store_schema=True,
    )

    return buffer.getvalue()


def _from_parquet(content: bytes, schema: Mapping[str, Any]) -> pa.Table:
    from pyarrow import parquet  # noqa: PLC0415  # only Parquet pays for it

    # ParquetFile spares the imports that read_table makes.
    table = parquet.ParquetFile(pa.py_buffer(content)).read(use_threads=False)

    target = arrow_schema(schema)

    return _complete(
        pa.table(table.select(target.names).cast(_open(target)).columns, schema=target)
    )


def _open(schema: pa.Schema) -> pa.Schema:
    """Return a schema in which every cell may be empty."""
    return pa.schema([field.with_nullable(True) for field in schema])  # noqa: FBT003  # Arrow's way


# --- JSON Lines -----------------------------------------------------------------------------


def _json_lines(table: pa.Table) -> bytes:
    lines = (dump_json(row) for row in plain_rows(table))

    return "".join(f"{line}\n" for line in lines).encode()


def plain_rows(table: pa.Table) -> list[dict[str, Any]]:
    """Return a table's rows as JSON can hold them: days as text, empty cells as null."""
    return [
        {key: value.isoformat() if isinstance(value, date) else value for key, value in row.items()}
        for row in table.to_pylist()
    ]


def dump_json(value: object, indent: int | None = None) -> str:
    """Write JSON with every character as itself, on one line unless an indent is given."""
    separators = None if indent else (",", ":")

    return json.dumps(value, ensure_ascii=False, indent=indent, separators=separators)


def _lines(content: bytes) -> Iterator[Mapping[str, Any]]:
    try:
        for line in content.splitlines():
            yield json.loads(line)
    except RecursionError as error:
        raise pa.ArrowInvalid("a line is nested too deep") from error


def rows_table(rows: Iterable[Mapping[str, Any]], schema: Mapping[str, Any]) -> pa.Table:
    """
    Put rows from JSON into an Arrow table.

    :raises pa.ArrowInvalid: They are not of the schema.
    """
    target = arrow_schema(schema)
    listed = list(rows)
    columns = {
        field.name: [_from_json(row.get(field.name), field.type) for row in listed]
        for field in target
    }
    try:
        return _complete(pa.table(columns, schema=target))
    except OverflowError as error:
        raise pa.ArrowInvalid(str(error)) from error


def _from_json(value: object, type_: pa.DataType) -> object:
    """Return a cell as Arrow takes it; Arrow itself would cut 1.5 to 1, and a text to a list."""
    if isinstance(value, float) and type_ == pa.int64():
        raise pa.ArrowInvalid(f"{value} is not a whole number")
    if isinstance(value, str) and pa.types.is_list(type_):
        raise pa.ArrowInvalid(f"{value!r} is not a list")

    return date.fromisoformat(str(value)) if value is not None and type_ == pa.date32() else value
