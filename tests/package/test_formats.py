"""Tests of :mod:`interpol_dataset.package.formats` and of the module of each format."""

import csv
import io
import json
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from helpers import every_type
from helpers import strategies as s
from helpers.each import each
from helpers.every_type import SCHEMA, table
from interpol_dataset.package.arrow import arrow_schema
from interpol_dataset.package.formats import read_table, write_table
from interpol_dataset.package.text import write_csv

#: Cells that are hard to write: formulas, quotes, several lines, other scripts.
TEXTS = (
    s.lines()
    | s.paragraphs()
    | st.sampled_from(["=1+1", '"', "\r", "\n", "\r\n", ",", "''", "'=1", "\t", " ", "\\N", "NULL"])
)

ROWS = every_type.rows(TEXTS)

WAYS = st.sampled_from([("parquet", False), ("csv", False), ("csv", True), ("jsonl", False)])


@settings(max_examples=80)
@given(way=WAYS, rows=ROWS)
def test_round_trip(way: tuple[str, bool], rows: list[dict[str, Any]]) -> None:
    """A table reads back as it was written, and has one form however its memory is laid out."""
    format_, safe = way
    one = table(rows)
    content = write_table(one, format_, spreadsheet_safe=safe)
    again = read_table(content, format_, SCHEMA, spreadsheet_safe=safe)
    other = pa.concat_tables([one.slice(0, 1), one.slice(1)])

    assert one.schema.equals(again.schema, check_metadata=True)
    assert one.equals(again)
    assert write_table(other, format_, spreadsheet_safe=safe) == content


def test_csv_of_other_types_of_arrow() -> None:
    """A long text is quoted as any other, and small numbers are written."""
    long = pa.table({"a": pa.array(['b, "c"'], pa.large_string()), "d": pa.array([3], pa.int8())})
    assert write_csv(long) == b'a,d\n"b, ""c""",3\n'


@given(rows=ROWS)
def test_csv_is_read_by_others(rows: list[dict[str, Any]]) -> None:
    """Python's own reader finds the same texts in the CSV."""
    content = write_table(table(rows), "csv").decode()
    read = list(csv.DictReader(io.StringIO(content, newline="")))
    assert [row["text"] or "" for row in rows] == [row["text"] for row in read]


@given(rows=ROWS)
def test_spreadsheet_safe_cells_do_not_run(rows: list[dict[str, Any]]) -> None:
    """No text in a spreadsheet-safe CSV begins with what a spreadsheet would run."""
    content = write_table(table(rows), "csv", spreadsheet_safe=True).decode()
    read = list(csv.DictReader(io.StringIO(content, newline="")))

    assert not [
        cell
        for row in read
        for cell in (row["id"], row["text"], row["names"])
        if cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    ]


def test_formulas_stay_formulas_unless_asked() -> None:
    """Cells are never changed silently."""
    rows = [{"id": "a", "text": "=1+1"}]
    assert (
        write_table(table(rows), "csv").decode().splitlines(keepends=True).pop() == "a,=1+1,,,,,\n"
    )
    assert b"a,'=1+1,,,,,\n" in write_table(table(rows), "csv", spreadsheet_safe=True)


@each(
    "text",
    [
        *("=1+1", " =1+1", "\u00a0+1", "\n=1+1", "\r\n-1", "\t\t@a", "\u200b=1+1", "\ufeff=1+1"),
        *("\uff1d1+1", "\u3000\uff0b1", "\uff0d1", "\uff20a", "\u22121", "\tx", "\nx", "'=1"),
        *("'",),
    ],
)
def test_what_may_run_is_guarded_and_comes_back(text: str) -> None:
    """Blanks, invisible characters and wide signs before a formula hide it from nobody."""
    original = table([{"id": "a", "text": text, "names": ["=1"]}])
    content = write_table(original, "csv", spreadsheet_safe=True)
    (row,) = csv.DictReader(io.StringIO(content.decode(), newline=""))
    assert f"'{text}" == row["text"]
    assert original.equals(read_table(content, "csv", SCHEMA, spreadsheet_safe=True))


@given(text=st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("=+-@＝＋'\t\r\n ")))  # noqa: RUF001
def test_any_text_comes_back_from_a_spreadsheet_safe_file(text: str) -> None:
    """Loading takes the guard off again, and nothing else."""
    original = table([{"id": "a", "text": text or None}])
    content = write_table(original, "csv", spreadsheet_safe=True)
    assert original.equals(read_table(content, "csv", SCHEMA, spreadsheet_safe=True))


def test_the_name_of_a_column_does_not_run() -> None:
    """A column's name is a cell like any other."""
    schema = {"fields": [{"name": "=1+1", "type": "string"}, {"name": "n", "type": "integer"}]}
    original = pa.Table.from_pylist([{"=1+1": "a", "n": 1}], schema=arrow_schema(schema))
    content = write_table(original, "csv", spreadsheet_safe=True)
    assert content.startswith(b"'=1+1,n\n")
    assert original.equals(read_table(content, "csv", schema, spreadsheet_safe=True))


def test_numbers_are_written_as_people_do() -> None:
    """A whole number has no point, none a sign of thousands; a negative one is no formula."""
    rows = [{"id": "a", "number": 130000000.0, "whole": 57, "flag": True}]
    negative = table([{"id": "a", "number": -1.5}])
    assert b"a,,true,57,130000000,,\n" in write_table(table(rows), "csv")
    assert b"a,,,,-1.5,,\n" in write_table(negative, "csv", spreadsheet_safe=True)


def test_json_lines_keep_types() -> None:
    """In JSON, days are text, empty cells null, lists lists and characters themselves."""
    rows = [{"id": "ä", "names": ["b"], "number": 57.0}]
    content = write_table(table(rows), "jsonl").decode()
    empty = dict.fromkeys(("text", "flag", "whole", "day"))
    assert json.loads(content) == {"id": "ä", "number": 57.0, "names": ["b"], **empty}
    assert "ä" in content
    assert "57.0" in content


def test_parquet_describes_itself() -> None:
    """A Parquet file is compressed with Snappy, and carries metadata and descriptions."""
    described = {"fields": [{"name": "id", "type": "string", "description": "The id."}]}
    content = write_table(
        pa.table({"id": ["a"]}, schema=arrow_schema(described)),
        "parquet",
        metadata={"version": "1"},
    )
    file = parquet.ParquetFile(io.BytesIO(content))

    assert file.metadata.row_group(0).column(0).compression == "SNAPPY"
    assert file.schema_arrow.metadata[b"version"] == b"1"
    assert file.schema_arrow.field("id").metadata[b"description"] == b"The id."


@each(
    "format_, content",
    [
        ("csv", b"id,text\na,b\n"),
        ("csv", b""),
        ("csv", b"id,text,flag,whole,number,day,names\na,b\n"),
        ("csv", b"id,text,flag,whole,number,day,names\na,,yes,,,,\n"),
        ("csv", b"id,text,flag,whole,number,day,names\na,,,1.5,,,\n"),
        ("csv", b"id,text,flag,whole,number,day,names\na,,,,x,,\n"),
        ("csv", b"id,text,flag,whole,number,day,names\na,,,,,2022-02-30,\n"),
        ("csv", b"id,text,flag,whole,number,day,names\na,\xff,,,,,\n"),
        ("csv", b"id,text,flag,whole,number,day,names\n,b,,,,,\n"),
        ("jsonl", b'{"id": "a"'),
        ("jsonl", b'{"id": null}\n'),
        ("jsonl", b"{}\n"),
        ("jsonl", b'{"id": 1}\n'),
        ("jsonl", b'{"id": "a", "whole": 1.5}\n'),
        ("jsonl", b'{"id": "a", "whole": 100000000000000000000}\n'),
        ("jsonl", b'{"id": "a", "day": "yesterday"}\n'),
        ("jsonl", b'{"id": "a", "names": "b"}\n'),
        ("jsonl", b'{"id": "a", "flag": "true"}\n'),
        ("jsonl", b"[" * 100_000),
        ("jsonl", b"\xff\n"),
        ("parquet", b"PAR1"),
        ("parquet", b""),
    ],
)
def test_damaged_tables_are_refused(format_: str, content: bytes) -> None:
    """Cells of another type, missing columns and empty required cells are not passed on."""
    with pytest.raises((pa.ArrowException, ValueError, KeyError, TypeError, RecursionError)):
        read_table(content, format_, SCHEMA)


def test_parquet_without_required_cells_is_refused() -> None:
    """A Parquet file whose required column has gaps is not of the schema."""
    loose = arrow_schema({"fields": [dict(field, constraints={}) for field in SCHEMA["fields"]]})
    content = write_table(pa.Table.from_pylist([{"text": "b"}], schema=loose), "parquet")
    with pytest.raises(pa.ArrowInvalid, match="'id' is empty in row 1"):
        read_table(content, "parquet", SCHEMA)


@pytest.mark.parametrize("type_", [pa.string(), pa.list_(pa.string())])
def test_parquet_that_is_small_until_it_is_decoded(type_: pa.DataType) -> None:
    """A long text that is written once for many rows is refused before it is written out."""
    texts = pa.DictionaryArray.from_arrays(pa.repeat(pa.scalar(0), 60_000), ["x" * 30_000])
    lists = pa.ListArray.from_arrays(pa.array(range(60_001), pa.int32()), texts)
    column = lists if pa.types.is_list(type_) else texts
    buffer = io.BytesIO()
    parquet.write_table(pa.table({"id": column}), buffer, compression="zstd", store_schema=False)
    kind = "array" if pa.types.is_list(type_) else "string"

    assert parquet.read_schema(buffer).field("id").type == type_
    assert len(buffer.getvalue()) < 50_000
    with pytest.raises(pa.ArrowInvalid, match="more than 256 MB"):
        read_table(buffer.getvalue(), "parquet", {"fields": [{"name": "id", "type": kind}]})


def test_json_that_is_refused() -> None:
    """Few bytes of JSON make large objects; what is not a number is none in a table either."""
    for content in (b"{}\n" * 4_000_000, b'{"id": ' + b"[" * 4_500_000):
        with pytest.raises(ValueError, match="more than 256 MB"):
            read_table(content, "jsonl", SCHEMA)
    with pytest.raises(ValueError, match="NaN is not a number"):
        read_table(b'{"id": "a", "number": NaN}\n', "jsonl", SCHEMA)


def test_unknown_format() -> None:
    """A format that is not one of tables is refused."""
    with pytest.raises(ValueError, match="there is no format of tables 'xlsx'"):
        write_table(table([]), "xlsx")
    with pytest.raises(ValueError, match="there is no format of tables 'xlsx'"):
        read_table(b"", "xlsx", SCHEMA)
