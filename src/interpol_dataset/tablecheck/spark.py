"""
The check of tables on Spark: the pure core on every batch of rows, and keys joined by Spark.

Nothing is computed before the findings are asked for, except the number of rows of each partition
where rows have no number of their own.
"""

from __future__ import annotations

from functools import partial, reduce
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import pyarrow as pa

from interpol_dataset.tablecheck import arrow
from interpol_dataset.tablecheck.check import check_batch, collect_keys, key_findings
from interpol_dataset.tablecheck.faults import Fault, SourceError
from interpol_dataset.tablecheck.files import match_header
from interpol_dataset.tablecheck.report import COLUMNS
from interpol_dataset.tablecheck.schema import TableSchema, check_reference, parse_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from pyspark.sql import DataFrame

    from interpol_dataset.tablecheck.schema import ForeignKey, UniqueKey

#: What is done with a batch: with its row numbers and its other columns.
_Work: TypeAlias = "Callable[[pa.Int64Array, list[pa.Array]], pa.RecordBatch]"
_FINDING: Final = "row long, field string, fault string, value string"
_KEY: Final = "row long, key string"
_ROW: Final = "row"
#: Spark numbers the rows of a partition in so many low bits of a number.
_IN_PARTITION: Final = 1 << 33


def validate(
    frame: DataFrame,
    schema: TableSchema | Mapping[str, Any],
    *,
    references: Mapping[str, DataFrame] | None = None,
    name: str = "",
    row: str | None = None,
) -> DataFrame:
    """
    Check a frame against a Table Schema.

    :param frame: The rows. Columns hold texts, as a CSV file does, or native types.
    :param schema: A schema, or its JSON form.
    :param references: The frames that foreign keys refer to, by name. Where none are given, only
        keys that refer to the table itself are checked.
    :param name: The table's name, to which its own foreign keys may refer.
    :param row: The column that numbers the rows, if there is one; it is not checked. By default
        they are numbered from 1 in the order of the partitions, which takes a job that counts
        them, and means something only if each run cuts the frame in the same way.
    :returns: The findings, in no order, with the columns ``row`` (long; 0 for the header),
        ``field``, ``fault`` and ``value`` (strings).
    :raises SchemaError: The schema is malformed.
    :raises SourceError: A frame that is referred to, or a column of it, is not there.
    """
    if not isinstance(schema, TableSchema):
        schema = parse_schema(schema)
    labels = [label for label in frame.columns if label != row]
    header, faults = match_header(schema, labels)
    rows = _numbered(frame, labels, row)

    def keys(fields: Sequence[str], of: Sequence[str]) -> DataFrame:
        """Return the keys that some fields make, read as others."""
        chosen = rows.select(_ROW, *(str(header.names.index(name)) for name in fields))
        return _keys(chosen, schema, of)

    there = {*header.names}
    cells = rows.select(_ROW, *map(str, range(len(header.names))))
    parts = [_findings(cells, partial(_check, schema, header.names))]
    parts += [
        _repeated(keys(key.fields, key.fields), key)
        for key in schema.unique
        if there.issuperset(key.fields)
    ]
    for key in schema.foreign_keys:
        if key.resource and key.resource != name:
            if references is None:
                continue
            parents = _parent_keys(schema, key, references)
        elif there.issuperset(key.reference_fields):
            parents = keys(key.reference_fields, key.fields)
        else:
            continue
        if there.issuperset(key.fields):
            parts.append(_dangling(keys(key.fields, key.fields), parents, key))
    if faults:
        found = [(0, fault.field, fault.fault.value, fault.value) for fault in faults]
        parts.append(frame.sparkSession.createDataFrame(found, _FINDING))

    return reduce(lambda left, right: left.union(right), parts)


def _numbered(frame: DataFrame, labels: Sequence[str], row: str | None) -> DataFrame:
    """Return the number of each row, and its cells in columns named by their places from 0."""
    if row is not None and row not in frame.columns:
        raise SourceError(f"the frame has no column {row!r}", "row", "name one that it has")
    # By place, as names may hold dots, or be there twice.
    places = iter(range(len(labels)))
    names = [_ROW if label == row else str(next(places)) for label in frame.columns]
    number = _row_number(frame) if row is None else f"CAST({_ROW} AS LONG)"
    return _selected(frame.toDF(*names), number, range(len(labels)))


def _selected(frame: DataFrame, number: str, places: Iterable[int]) -> DataFrame:
    """Return the rows' numbers, by an expression, and the cells in the columns of some places."""
    return frame.selectExpr(f"{number} AS {_ROW}", *(f"`{place}`" for place in places))


def _row_number(frame: DataFrame) -> str:
    """Return the expression that counts the rows of a frame from 1, partition after partition."""
    parts = frame.selectExpr("spark_partition_id() AS part").groupBy("part").count().collect()
    counts = {part["part"]: part["count"] for part in parts}
    before = accumulate((counts.get(part, 0) for part in range(max(counts, default=0))), initial=1)
    starts = ", ".join(f"{start}L" for start in before)
    return (
        f"element_at(array({starts}), spark_partition_id() + 1)"
        f" + monotonically_increasing_id() % {_IN_PARTITION}L"
    )


def _findings(rows: DataFrame, work: _Work) -> DataFrame:
    return rows.mapInArrow(partial(_on_each, work), _FINDING)


def _keys(rows: DataFrame, schema: TableSchema, fields: Sequence[str]) -> DataFrame:
    return rows.mapInArrow(partial(_on_each, partial(_collect, schema, fields)), _KEY)


def _repeated(keys: DataFrame, key: UniqueKey) -> DataFrame:
    counted = keys.groupBy("key").agg({_ROW: "min", "key": "count"}).toDF("key", "first", "times")
    again = keys.join(counted.where("times > 1"), "key").where(f"{_ROW} > first")
    return _findings(again.select(_ROW, "key"), partial(_report, key.fields, key.fault))


def _dangling(keys: DataFrame, parents: DataFrame, key: ForeignKey) -> DataFrame:
    dangling = keys.join(parents.select("key"), "key", "left_anti")
    return _findings(dangling.select(_ROW, "key"), partial(_report, key.fields, Fault.FOREIGN_KEY))


def _parent_keys(
    schema: TableSchema, key: ForeignKey, references: Mapping[str, DataFrame]
) -> DataFrame:
    """Return the keys of a frame that is referred to, read as the fields that refer to them."""
    names = references[key.resource].columns if key.resource in references else None
    check_reference(key, names, "give the frame of that table among the references")
    parent = references[key.resource]
    places = [parent.columns.index(name) for name in key.reference_fields]
    renamed = parent.toDF(*map(str, range(len(parent.columns))))
    return _keys(_selected(renamed, "0L", places), schema, key.fields)


# --- what a task does -----------------------------------------------------------------------


def _on_each(work: _Work, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Do the work on each batch: on its first column, the row numbers, and on the others."""
    for batch in batches:
        yield work(batch.column(0), batch.columns[1:])


def _check(
    schema: TableSchema, names: Sequence[str], rows: pa.Int64Array, cells: list[pa.Array]
) -> pa.RecordBatch:
    found = check_batch(schema, pa.RecordBatch.from_arrays(cells, [*names]), 0)
    numbers = arrow.take(rows, found.column(0))
    return pa.RecordBatch.from_arrays([numbers, *found.columns[1:]], schema=COLUMNS)


def _collect(
    schema: TableSchema, fields: Sequence[str], rows: pa.Int64Array, cells: list[pa.Array]
) -> pa.RecordBatch:
    keys = collect_keys(schema, pa.RecordBatch.from_arrays(cells, [*fields]), 0, fields).texts
    there = arrow.call("is_valid", keys)
    columns = [arrow.keep(rows, there), arrow.keep(keys, there)]
    return pa.RecordBatch.from_arrays(columns, [_ROW, "key"])


def _report(
    fields: Sequence[str], fault: Fault, rows: pa.Int64Array, cells: list[pa.Array]
) -> pa.RecordBatch:
    return key_findings(fields, fault, rows, cells[0])
