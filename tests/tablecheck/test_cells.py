"""Columns of native types: what a field can't hold is a finding, never a traceback."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from helpers.each import each
from interpol_dataset.tablecheck import (
    arrow,
    check_batch,
    collect_keys,
    parse_schema,
    validate_table,
)
from interpol_dataset.tablecheck.check import mismatches

MOMENT = datetime(2020, 1, 5, 10, 20, 30, tzinfo=UTC)

NESTED = {
    "list": pa.array([[1]]),
    "struct": pa.array([{"a": 1}]),
    "map": pa.array([[("a", 1)]], pa.map_(pa.string(), pa.int64())),
    "struct with a moment": pa.array([{"a": MOMENT}]),
    "dictionary": pa.DictionaryArray.from_arrays(pa.array([0]), pa.array([[1]])),
    "bytes": pa.array([b"\xff"]),
    "unknown zone": pa.array([MOMENT], pa.timestamp("us", "Nowhere/City")),
    "year 10000": pa.array([2_932_897], pa.int32()).view(pa.date32()),
    "year 0": pa.array([-719_163], pa.int32()).view(pa.date32()),
    "long duration": pa.array([2**62], pa.int64()).view(pa.duration("s")),
}
TYPES = ["integer", "number", "boolean", "date", "datetime", "string"]


def found(field: dict[str, Any], column: pa.Array) -> list[str]:
    """Check a batch of one column, and return the faults."""
    schema = parse_schema({"fields": [{"name": "v", **field}], "primaryKey": "v"})
    batch = pa.record_batch({"v": column})
    collect_keys(schema, batch, 1, ("v",))
    return check_batch(schema, batch, 1).column("fault").to_pylist()


def test_a_column_that_a_field_can_not_hold_is_wrong_in_every_cell() -> None:
    """A type or a value that is none of the field's is a fault of the cell; any takes anything."""
    held = [
        (name, kind)
        for name, column in NESTED.items()
        for kind in TYPES
        if found({"type": kind}, column) != ["type"]
    ]

    # A moment is one in whatever zone it is shown.
    assert held == [("unknown zone", "datetime")]
    assert [name for name, column in NESTED.items() if found({"type": "any"}, column)] == []


NATIVE: list[tuple[dict[str, Any], pa.Array, list[str]]] = [
    ({"type": "array"}, NESTED["list"], []),
    ({"type": "object"}, NESTED["struct"], []),
    ({"type": "object"}, NESTED["map"], []),
    ({"type": "object"}, NESTED["list"], ["type"]),
    ({"type": "integer"}, pa.array([5.0]), []),
    ({"type": "boolean"}, pa.array([True]), []),
    ({"type": "date", "constraints": {"minimum": "2020-01-01"}}, pa.array([date.min]), ["minimum"]),
    ({"type": "number", "constraints": {"maximum": 2}}, pa.array([float("nan")]), ["maximum"]),
    ({"type": "array", "constraints": {"maxLength": 1}}, pa.array([[1, 2]]), ["max-length"]),
    ({"type": "integer"}, pa.array([5.5]), ["type"]),
    ({"type": "number", "constraints": {"maximum": 2}}, pa.array([1e300]), ["maximum"]),
    ({"type": "datetime"}, pa.array([MOMENT], pa.timestamp("us", "Europe/Paris")), []),
    ({"type": "datetime"}, pa.array([MOMENT], pa.timestamp("s")), []),
    (
        {"type": "datetime", "constraints": {"maximum": "2020-01-05T10:20:30Z"}},
        pa.array([MOMENT + timedelta(seconds=1)], pa.timestamp("us", "+02:00")),
        ["maximum"],
    ),
    ({"constraints": {"enum": ["a"]}}, pa.array(["b"]).dictionary_encode(), ["enum"]),
    ({"constraints": {"enum": ["a"]}}, pa.array(["a"], pa.large_string()), []),
]


def test_a_column_is_checked_by_the_rules_of_text() -> None:
    """A native value is judged as its text in a CSV file would be."""
    expected = [faults for _, _, faults in NATIVE]
    assert expected == [found(field, column) for field, column, _ in NATIVE]


def test_parquet_whose_texts_are_not_utf8(tmp_path: Path) -> None:
    """Bytes in a column of texts that are not UTF-8 are a finding."""
    column = pa.array([b"a", b"\xff"]).view(pa.string())
    pq.write_table(pa.table({"v": column}), tmp_path / "t.parquet")
    report = validate_table(tmp_path / "t.parquet", {"fields": [{"name": "v"}]})
    assert ("unreadable", 1) in report.counts


@each("pattern", ["[a-z]+", "a|b", "(?:a|bc)?", "a[^x]*", r"a\s?b?", ".+", "a\nb|a"])
def test_many_texts_match_as_each_does(pattern: str) -> None:
    """Whether texts are matched one by one or all at once, as lines, is the same."""
    others = ["a"] * 2_000
    for cell in ("a", "A", "a\nb", "a\n", "\n", "", "bc", "ax", None):
        alone = mismatches(arrow.texts([cell]), pattern)
        together = mismatches(arrow.texts([*others, cell]), pattern)
        expected = [] if alone is None else [2_000] * alone.true_count
        assert ([] if together is None else arrow.rows_of(together).to_pylist()) == expected, cell
