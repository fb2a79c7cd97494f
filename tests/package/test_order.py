"""Tests of :mod:`interpol_dataset.package.text`."""

import io
from typing import Any

import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpol_dataset import Dataset
from interpol_dataset.package.formats import read_table, write_table
from interpol_dataset.package.text import examples_first, in_key_order

#: Texts that a reader may take for something else.
LOOKS = ["x", "7", "-7", "0.5", "1e6", "true", "2020-01-31", "2020-01", "12:30", None]

SCHEMA: dict[str, Any] = {
    "fields": [
        {"name": "id", "type": "integer"},
        {"name": "text", "type": "string"},
        {"name": "number", "type": "number"},
    ],
    "primaryKey": "id",
}


def table(texts: dict[int, str | None], numbers: dict[int, float], rows: int) -> pa.Table:
    """Make a table that is empty but for some cells."""
    return pa.table(
        {
            "id": pa.array(range(rows), pa.int64()),
            "text": pa.array([texts.get(row) for row in range(rows)], pa.string()),
            "number": pa.array([numbers.get(row) for row in range(rows)], pa.float64()),
        }
    )


@given(
    texts=st.dictionaries(st.integers(0, 2_999), st.sampled_from(LOOKS), max_size=30),
    numbers=st.dictionaries(st.integers(0, 2_999), st.sampled_from([1.0, 2.5]), max_size=5),
    rows=st.sampled_from([1, 99, 150, 3_000]),
)
def test_polars_guesses_right(
    texts: dict[int, str | None], numbers: dict[int, float], rows: int
) -> None:
    """However rare a value is and wherever it is, Polars reads it without being told anything."""
    original = table(texts, numbers, rows)
    written = write_table(original, "csv")
    frames = [
        pl.read_csv(io.BytesIO(written)),
        pl.read_ndjson(io.BytesIO(write_table(original, "jsonl"))),
    ]

    for frame in frames:
        read = frame.sort("id")
        assert [row in texts and texts[row] is not None for row in range(rows)] == [
            value is not None for value in read["text"]
        ]
        assert original["number"].to_pylist() == read["number"].to_list()


@pytest.mark.parametrize("format_", ["csv", "jsonl"])
def test_rows_come_back_in_order(format_: str) -> None:
    """Rows are moved in the file, and read in the order of their key."""
    original = table({2_500: "late"}, {2_999: 0.5}, 3_000)
    content = write_table(original, format_)
    assert b"late" in b"".join(content.splitlines()[:5])
    assert original.equals(read_table(content, format_, SCHEMA))


def test_rare_values_are_where_samples_are_taken() -> None:
    """Of a large table readr looks at every n-th row: what is rare is in one of those."""
    rows = 12_500
    original = table({11_111: "rare"}, {12_222: 0.5}, rows)
    moved = examples_first(original)
    sampled = moved.take(list(range(0, rows, rows // 1_000)))
    assert {"rare", None} == set(sampled["text"].to_pylist())
    assert {0.5, None} == set(sampled["number"].to_pylist())
    assert original.equals(in_key_order(moved, SCHEMA))


@pytest.mark.parametrize(
    ("rows", "filled", "is_moved"), [(2_000, 19, True), (2_000, 20, False), (1_998, 19, False)]
)
def test_what_counts_as_rare(rows: int, filled: int, is_moved: bool) -> None:  # noqa: FBT001
    """What one row in a hundred has needs no place of its own, nor does a table read as a whole."""
    original = table({2 * number + 1: "rare" for number in range(filled)}, {}, rows)
    assert is_moved is (not original.equals(examples_first(original)))


def test_many_rare_values_are_where_samples_are_taken() -> None:
    """More is rare than the first rows have places that are sampled; the next places have it."""
    rows = 40_000
    cells = {f"c{number}": {20_000 + number, 30_000 + number} for number in range(12)}
    columns = {
        name: pa.array(["x" if row in filled else None for row in range(rows)])
        for name, filled in cells.items()
    }
    moved = examples_first(pa.table({"id": pa.array(range(rows), pa.int64()), **columns}))
    sampled = moved.take(list(range(0, rows, rows // 1_000)))

    assert [name for name in cells if set(sampled[name].to_pylist()) != {"x", None}] == []
    assert [name for name in cells if "x" not in moved[name].to_pylist()[:100]] == []


def test_nothing_moves_without_need() -> None:
    """A table that shows early what it holds stays as it is, and so do most rows of others."""
    early = table({3: "x", 900: "y"}, {}, 1_000)
    late = table({900: "x"}, {}, 1_000)
    assert early.equals(examples_first(early))
    assert [900, *range(900), *range(901, 1_000)] == examples_first(late)["id"].to_pylist()


def test_own_tables_are_in_the_order_of_their_keys(dataset: Dataset) -> None:
    """What is loaded from files of text is what was built, row by row."""
    for name in dataset.tables:
        loaded = dataset[name]
        assert loaded.to_arrow().equals(in_key_order(loaded.to_arrow(), loaded.schema)), name
