# ruff: noqa: E501
"""Every type of column, with values that are hard to write, as every type of field: no traceback."""

import sys
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from helpers.each import each
from interpol_dataset.tablecheck import (
    check_batch,
    collect_keys,
    find_dangling,
    find_repeated,
    parse_schema,
    validate_table,
)
from interpol_dataset.tablecheck.schema import TYPES


def _view(values: list[int | None], type_: pa.DataType) -> pa.Array:
    """Make a column from the numbers behind its values: dates before Christ, for example."""
    whole = pa.int32() if type_.bit_width == 32 else pa.int64()
    return pa.array(values, whole).view(type_)


def _bad_text(type_: pa.DataType) -> pa.Array:
    """Make a column of texts that are not UTF-8, as no writer of Arrow should."""
    data = pa.array(
        [b"a", b"\xff\xfe", None], pa.large_binary() if "large" in str(type_) else pa.binary()
    )
    return pa.Array.from_buffers(type_, len(data), data.buffers())


_FAR = [2**62, -(2**62), None]

COLUMNS: dict[str, pa.Array] = {
    "null": pa.nulls(3),
    "bool": pa.array([True, False, None]),
    **{
        str(type_): pa.array([1, 0, None], type_)
        for type_ in (
            *(pa.int8(), pa.int16(), pa.int32(), pa.int64()),
            *(pa.uint8(), pa.uint16(), pa.uint32()),
        )
    },
    "uint64": pa.array([2**64 - 1, 0, None], pa.uint64()),
    "float16": pa.array([1.5, 0.0, None], pa.float32()).cast(pa.float16()),
    "float32": pa.array([1.5, float("nan"), None], pa.float32()),
    "float64": pa.array([1e308, float("-inf"), None]),
    "decimal128": pa.array([Decimal("1.50"), Decimal(0), None], pa.decimal128(38, 10)),
    "decimal256": pa.array([Decimal(10) ** 70, Decimal(0), None], pa.decimal256(76, 0)),
    "negative scale": pa.array([Decimal("1E+5"), None], pa.decimal128(5, -3)),
    "date32": pa.array([date(2020, 1, 1), date.min, None]),
    "date32 far": _view([2_932_897, -800_000, 2**31 - 1], pa.date32()),
    "date64": pa.array([date(2020, 1, 1), None], pa.date64()),
    "date64 far": _view(_FAR, pa.date64()),
    **{
        f"timestamp {unit} {zone} {name}": _view(values, pa.timestamp(unit, zone))
        for unit in ("s", "ms", "us", "ns")
        for zone in (None, "UTC", "+02:00", "Europe/Paris", "Nowhere/City", "")
        for name, values in {"near": [1_577_836_800, 1, None], "far": _FAR}.items()
    },
    "time32 s": pa.array([time(1, 2, 3), None], pa.time32("s")),
    "time32 ms far": _view([-1, 2**31 - 1, None], pa.time32("ms")),
    "time64 us": pa.array([time(1, 2, 3, 4), None], pa.time64("us")),
    "time64 ns": _view([1, 86_399_999_999_999, None], pa.time64("ns")),
    "time64 ns far": _view(_FAR, pa.time64("ns")),
    **{f"duration {unit}": _view([1, -1, None], pa.duration(unit)) for unit in ("s", "ms", "us", "ns")},
    **{f"duration {unit} far": _view(_FAR, pa.duration(unit)) for unit in ("s", "ms", "us", "ns")},
    "interval": pa.array([pa.MonthDayNano([1, 2, 3]), None]),
    "string": pa.array(["a", "", None]),
    "string not UTF-8": _bad_text(pa.string()),
    "large string": pa.array(["1", "", None], pa.large_string()),
    "large string not UTF-8": _bad_text(pa.large_string()),
    "string view": pa.array(["1", "2020-01-01", None], pa.string_view()),
    "binary": pa.array([b"a", b"\xff", None]),
    "large binary": pa.array([b"a", b"\xff", None], pa.large_binary()),
    "binary view": pa.array([b"a", b"\xff", None], pa.binary_view()),
    "fixed binary": pa.array([b"aa", b"\xff\xff", None], pa.binary(2)),
    "list": pa.array([[1], [], None]),
    "list of nulls": pa.array([[None], None]),
    "list of times": pa.ListArray.from_arrays(pa.array([0, 3], pa.int32()), _view(_FAR, pa.timestamp("ns", "Nowhere/City"))),
    "list of bad texts": pa.ListArray.from_arrays(pa.array([0, 3], pa.int32()), _bad_text(pa.string())),
    "large list": pa.array([["a"], None], pa.large_list(pa.string())),
    "fixed list": pa.array([[1, 2], None], pa.list_(pa.int8(), 2)),
    "list view": pa.array([[1], None], pa.list_view(pa.int8())),
    "struct": pa.array([{"a": 1, "b": [b"\xff"]}, None]),
    "struct of nothing": pa.array([{}, None], pa.struct([])),
    "struct of twins": pa.StructArray.from_arrays([pa.array([1]), pa.array([2])], ["a", "a"]),
    "map": pa.array([[("a", 1)], None], pa.map_(pa.string(), pa.int64())),
    "map of maps": pa.array([[(("a"), [(1, None)])], None], pa.map_(pa.string(), pa.map_(pa.int8(), pa.int8()))),
    "map by list": pa.array([[([1], 1)], None], pa.map_(pa.list_(pa.int8()), pa.int64())),
    "dictionary": pa.array(["a", "a", None]).dictionary_encode(),
    "dictionary of bad texts": pa.DictionaryArray.from_arrays(pa.array([1, 0]), _bad_text(pa.string())),
    "dictionary of numbers": pa.array([1.5, None]).dictionary_encode(),
    "dictionary of lists": pa.DictionaryArray.from_arrays(pa.array([0]), pa.array([[1]])),
    "list of dictionaries": pa.ListArray.from_arrays(pa.array([0, 1], pa.int32()), pa.array(["a"]).dictionary_encode()),
    "run ends": pa.RunEndEncodedArray.from_arrays(pa.array([2, 3], pa.int32()), pa.array(["a", "b"])),
    "dense union": pa.UnionArray.from_dense(pa.array([0, 1], pa.int8()), pa.array([0, 0], pa.int32()), [pa.array([1]), pa.array(["a"])]),
    "sparse union": pa.UnionArray.from_sparse(pa.array([0, 1], pa.int8()), [pa.array([1, 2]), pa.array(["a", "b"])]),
    "extension": pa.ExtensionArray.from_storage(pa.uuid(), pa.array([b"x" * 16, None], pa.binary(16))),
    "bool8": pa.ExtensionArray.from_storage(pa.bool8(), pa.array([1, None], pa.int8())),
    "json": pa.ExtensionArray.from_storage(pa.json_(), pa.array(['{"a": 1}', None])),
}  # fmt: skip

#: For each type a value, for those that have an order, or a list of values; and a size.
VALUES = {
    "integer": 1, "number": 1.5, "date": "2020-01-01", "datetime": "2020-01-01T10:00:00Z",
}  # fmt: skip
ALLOWED = {"boolean": True, "array": [1], "object": {"a": 1}}


def fields() -> list[dict[str, Any]]:
    """Return fields of every type, with every constraint that each can have."""
    found: list[dict[str, Any]] = []
    for kind in sorted(TYPES):
        rules: dict[str, Any] = {"required": True, "unique": True, "pattern": "[a-z]+"}
        rules["enum"] = [VALUES.get(kind, ALLOWED.get(kind, "a"))]
        if kind in VALUES:
            bounds = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
            rules |= dict.fromkeys(bounds, VALUES[kind])
        if kind in {"string", "array", "object"}:
            rules |= {"minLength": 10**30, "maxLength": 0}
        found += [{"type": kind}, {"type": kind, "constraints": rules}]
    found.append({"type": "integer", "missingValues": ["1", "-"], "categories": [0]})

    return [{"name": f"f{number}", **field} for number, field in enumerate(found)]


SCHEMA = parse_schema({"fields": fields(), "primaryKey": "f0"})


@pytest.fixture
def without_pandas(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide pandas, which Arrow uses for times that are not whole in microseconds."""
    monkeypatch.setitem(sys.modules, "pandas", None)


@each("name", COLUMNS)
@pytest.mark.usefixtures("without_pandas")
def test_every_column_as_every_field(name: str) -> None:
    """Cells are checked, keys are collected and judged, and every finding can be read."""
    column = COLUMNS[name]
    batch = pa.record_batch([column] * len(SCHEMA.fields), SCHEMA.names)
    findings = check_batch(SCHEMA, batch, 1)
    findings.validate(full=True)
    missing = {(it["field"], it["row"]) for it in findings.to_pylist() if it["fault"] == "required"}
    nulls = {row for row, there in enumerate(column.is_valid().to_pylist(), 1) if not there}

    for field in SCHEMA.fields:
        if field.constraints.required:
            assert {(field.name, row) for row in nulls} <= missing
        for names in ([field.name], [field.name, "f0"]):
            keys = collect_keys(SCHEMA, batch.select([*dict.fromkeys(names)]), 1, names)
            keys.texts.validate(full=True)
            again = keys._replace(first_row=1 + len(column))
            repeated = [*find_repeated(SCHEMA.unique[0], [keys, again])]
            assert keys.texts.null_count + sum(r.num_rows for r in repeated) >= len(column)
            assert [part.num_rows for part in find_dangling(names, [keys], [again])] <= [0] * 9


def test_every_column_in_a_parquet_file(tmp_path: Path) -> None:
    """A file is checked to its end, or the finding says that it can't be read."""
    path = tmp_path / "t.parquet"
    written = 0
    for name, column in COLUMNS.items():
        try:
            pq.write_table(pa.table([column] * len(SCHEMA.fields), SCHEMA.names), path)
        except (pa.ArrowException, OSError):
            continue
        written += 1
        report = validate_table(path, SCHEMA)
        assert report.rows == len(column) or dict(report.counts).get("unreadable"), name
        assert report.total == len(list(report.describe())), name

    assert written > len(COLUMNS) // 2
