"""Arrow tables: from Table Schemas, objects, JSON and Parquet files, and what is said of them."""

from __future__ import annotations

import io
import re
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pyarrow as pa

from interpol_dataset.files import csv_rows
from interpol_dataset.tablecheck.faults import PAGE_COST

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

#: What the types of Table Schema are elsewhere, by name. In Arrow that is how names of types begin;
#: lists are JSON in one cell of CSV, so Croissant has texts.
TYPES: Final = {row["type"]: row for row in csv_rows(__file__, "types.csv")}
_TYPES: Final[Mapping[str, pa.DataType]] = {
    "string": pa.string(),
    "boolean": pa.bool_(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "date": pa.date32(),
    "array": pa.list_(pa.string()),
}


def arrow_schema(schema: Mapping[str, Any]) -> pa.Schema:
    """
    Return a Table Schema as an Arrow schema, with the descriptions of its fields.

    :raises ValueError: Two fields have one name.
    """
    names = [field["name"] for field in schema["fields"]]
    if len(set(names)) < len(names):
        raise ValueError("two fields have one name")
    return pa.schema(
        [
            pa.field(
                field["name"],
                _TYPES[field["type"]],
                nullable=not field.get("constraints", {}).get("required", False),
                metadata={"description": field.get("description", "")},
            )
            for field in schema["fields"]
        ]
    )


def arrow_table(rows: Iterable[object], schema: Mapping[str, Any]) -> pa.Table:
    """
    Return objects as an Arrow table.

    :param rows: The rows in the order of the table, each with an attribute for every column.
    """
    target = arrow_schema(schema)
    listed = list(rows)
    columns = {
        field.name: _cells(map(attrgetter(field.name), listed), field.type) for field in target
    }
    return pa.table(columns, schema=target)


def _cells(values: Iterable[Any], type_: pa.DataType) -> list[object]:
    """Return what Arrow can hold: notations and terms as text, tuples as lists."""
    if type_ == pa.string():
        return [None if value is None else str(value) for value in values]
    if pa.types.is_list(type_):
        return [[str(item) for item in value or ()] or None for value in values]
    return [*values]


def from_json(rows: Iterable[Mapping[str, Any]], schema: Mapping[str, Any]) -> pa.Table:
    """
    Return rows from JSON as an Arrow table.

    :param rows: The rows; a missing key is an empty cell.
    :raises pa.ArrowInvalid: A row does not fit the schema.
    """
    target = arrow_schema(schema)
    listed = list(rows)
    columns = {
        field.name: [_from_json(row.get(field.name), field.type) for row in listed]
        for field in target
    }
    try:
        return complete(pa.table(columns, schema=target))
    except OverflowError as error:
        raise pa.ArrowInvalid(str(error)) from error


def _from_json(value: object, type_: pa.DataType) -> object:
    """Return a cell as Arrow takes it. Left alone, Arrow cuts 1.5 to 1 and a text to a list."""
    if isinstance(value, float) and type_ == pa.int64():
        raise pa.ArrowInvalid(f"{value} is not a whole number")
    if isinstance(value, str) and pa.types.is_list(type_):
        raise pa.ArrowInvalid(f"{value!r} is not a list")
    return date.fromisoformat(str(value)) if value is not None and type_ == pa.date32() else value


def to_json(table: pa.Table) -> list[dict[str, Any]]:
    """Return a table's rows as JSON can hold them: days as text, empty cells as null."""
    return [
        {key: value.isoformat() if isinstance(value, date) else value for key, value in row.items()}
        for row in table.to_pylist()
    ]


def complete(table: pa.Table) -> pa.Table:
    """
    Return a table unchanged if no required cell is empty; Arrow itself does not check.

    :raises pa.ArrowInvalid: A required cell is empty.
    """
    for field, column in zip(table.schema, table.columns, strict=True):
        if not field.nullable and column.null_count:
            row = column.is_null().index(True).as_py() + 1  # the value looked for
            raise pa.ArrowInvalid(f"the column '{field.name}' is empty in row {row}")
    return table


class Described(NamedTuple):
    """A table and its description."""

    name: str
    description: str
    #: Foreign keys lead to tables that are written, too.
    schema: Mapping[str, Any]
    arrow: pa.Table

    @property
    def fields(self) -> Sequence[Mapping[str, Any]]:
        """Its columns, as the schema describes them."""
        fields: Sequence[Mapping[str, Any]] = self.schema["fields"]
        return fields

    @property
    def key(self) -> tuple[str, ...]:
        """The columns of its primary key."""
        return tuple(self.schema.get("primaryKey", ()))

    @property
    def references(self) -> Mapping[str, tuple[str, str]]:
        """For each column that refers to another table: that table and the column there."""
        keys = self.schema.get("foreignKeys", ())
        named = [(key["fields"][0], key["reference"]) for key in keys]
        return {name: (to["resource"] or self.name, to["fields"][0]) for name, to in named}


class About(NamedTuple):
    """What a file says of itself, and of the package in it."""

    name: str
    title: str
    description: str
    version: str
    #: The names of all licences, and where the first of them can be read.
    license: str
    license_url: str
    #: The rule on adding up its figures, if it has one.
    adding_up: str = ""

    @property
    def stem(self) -> str:
        """The name of the file, without its ending."""
        is_good_everywhere = re.fullmatch("[a-z0-9]+(?:[._-][a-z0-9]+)*", self.name)
        return self.name if is_good_everywhere else "dataset"


#: Bytes that a table may take in memory, and that a value takes at least.
MAX_TABLE: Final = 256 << 20
_WIDTH: Final = 8


def write_parquet(table: pa.Table, metadata: Mapping[str, str]) -> bytes:
    """Write a table as Parquet, with what the file says of itself."""
    from pyarrow import parquet  # noqa: PLC0415  # slow to import

    buffer = io.BytesIO()
    described = table.replace_schema_metadata(dict(metadata))
    parquet.write_table(described, buffer, compression="snappy", version="2.6", store_schema=True)
    return buffer.getvalue()


def read_parquet(content: bytes, schema: Mapping[str, Any]) -> pa.Table:
    """
    Read a table that :func:`write_parquet` wrote.

    :raises ValueError: The bytes are not such a table, or it takes more than :data:`MAX_TABLE`.
    """
    target = arrow_schema(schema)
    # Arrow refuses to cast an empty cell to a required one; complete() says which cell it is.
    loose = pa.schema([field.with_nullable(True) for field in target])  # noqa: FBT003  # Arrow's way
    table = _read(content, target.names)
    return complete(pa.table(table.cast(loose).columns, schema=target))


def _read(content: bytes, names: list[str]) -> pa.Table:
    """
    Read some columns, texts as they are coded: a long one is written once for many rows.

    :raises FooterError: The file's footer or pages are impossible.
    :raises pa.ArrowInvalid: Decoded, they would take too much.
    """
    from pyarrow import parquet  # noqa: PLC0415  # slow to import

    from interpol_dataset.tablecheck import parquet as pages  # noqa: PLC0415  # slow, too

    stream = io.BytesIO(content)
    groups = pages.read_footer(stream)
    # ParquetFile spares the imports that read_table makes.
    with parquet.ParquetFile(pa.py_buffer(content)) as file:
        metadata = file.metadata
    columns = [metadata.schema.column(number) for number in range(metadata.num_columns)]
    total = 0
    for group in groups:
        for chunk, column in zip(group.chunks, columns, strict=True):
            width = max(column.length, _WIDTH)
            for page in pages.read_pages(stream, chunk):
                total += PAGE_COST + page.head + max(page.size, page.values * width)
                _check_size(total)

    coded = [column.path for column in columns if column.physical_type == "BYTE_ARRAY"]
    buffer = pa.py_buffer(content)
    with parquet.ParquetFile(buffer, metadata=metadata, read_dictionary=coded) as file:
        table = file.read(use_threads=False).select(names)
    table.validate(full=True)  # whether texts are UTF-8, above all
    _check_size(
        sum(pages.decoded_size(chunk) for column in table.columns for chunk in column.chunks)
    )

    return table


def _check_size(size: int) -> None:
    if size > MAX_TABLE:
        raise pa.ArrowInvalid(f"it takes more than {MAX_TABLE >> 20} MB in memory")
