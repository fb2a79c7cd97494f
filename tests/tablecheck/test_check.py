"""The core is pure: how rows are cut into batches changes nothing."""

import re
from collections.abc import Iterable
from typing import Any

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from interpol_dataset.tablecheck import (
    Fault,
    check_batch,
    collect_keys,
    find_dangling,
    find_repeated,
    parse_schema,
)
from interpol_dataset.tablecheck.check import read_cells
from interpol_dataset.tablecheck.schema import FORMS, UniqueKey

SCHEMA = parse_schema(
    {
        "fields": [
            {"name": "id", "constraints": {"required": True, "pattern": "[a-z0-9-]+"}},
            {"name": "n", "type": "integer", "constraints": {"minimum": 0, "maximum": 10**19}},
            {"name": "x", "type": "number", "constraints": {"exclusiveMaximum": 2.5}},
            {"name": "d", "type": "date", "constraints": {"minimum": "2020-01-01"}},
            {"name": "b", "type": "boolean"},
            {"name": "e", "type": "integer", "constraints": {"enum": [1, 2]}},
            {"name": "s", "constraints": {"minLength": 2, "maxLength": 3}},
            {"name": "j", "type": "array", "constraints": {"maxLength": 1}},
        ],
        "primaryKey": "id",
    }
)

#: Texts that one field or another takes, and texts near to them.
CELLS = st.one_of(
    st.sampled_from(
        [
            *["", "a", "a-b", "A", "é", "a\nb", "1", "+1", "-1", "01", "0x1F", "1.0", "2.5"],
            *["9" * 20, "1" * 20, "1e999", "NaN", "inf", "-INF", "true", "2.500000000000001"],
            *["2020-02-29", "2021-02-29", "2019-12-31", "2020-1-5", "0000-01-01"],
            *["[1]", "[1,2]", "{}", "abcd", "ab"],
        ]
    ),
    st.text(max_size=5),
)
ROWS = st.lists(st.tuples(*[CELLS] * len(SCHEMA.fields)), min_size=1, max_size=30)


def batch_of(rows: list[tuple[str, ...]]) -> pa.RecordBatch:
    """Make a batch of texts."""
    columns = [pa.array(column, pa.string()) for column in zip(*rows, strict=True)]
    return pa.RecordBatch.from_arrays(columns, names=list(SCHEMA.names))


def all_found(findings: Iterable[pa.RecordBatch]) -> list[tuple[Any, ...]]:
    """Return all findings in order."""
    return sorted(tuple(row.values()) for part in findings for row in part.to_pylist())


@given(rows=ROWS, data=st.data())
def test_cutting_a_table_anywhere_changes_nothing(
    rows: list[tuple[str, ...]], data: st.DataObject
) -> None:
    """The findings of the parts are those of the whole, copied or sliced."""
    whole = batch_of(rows)
    cut = data.draw(st.integers(0, len(rows)))
    expected = all_found([check_batch(SCHEMA, whole, 1)])
    for part in (batch_of, lambda rows: whole.slice(whole.num_rows - len(rows))):
        parts = [(whole.slice(0, cut), 1)]
        parts += [(part(rows[cut:]), cut + 1)] if rows[cut:] else []
        assert expected == all_found([check_batch(SCHEMA, *each) for each in parts])


@given(rows=ROWS, data=st.data())
def test_keys_can_be_collected_in_any_parts(
    rows: list[tuple[str, ...]], data: st.DataObject
) -> None:
    """Repeated and dangling keys don't depend on the batches that they came in, nor their order."""
    whole = batch_of(rows)
    cut = data.draw(st.integers(0, len(rows)))
    for fields in (("id",), ("n",), ("id", "n")):
        rule = UniqueKey(Fault.UNIQUE, fields)
        together = [collect_keys(SCHEMA, whole, 1, fields)]
        parts = [
            collect_keys(SCHEMA, whole.slice(cut), cut + 1, fields),
            collect_keys(SCHEMA, whole.slice(0, cut), 1, fields),
        ]
        parents = [collect_keys(SCHEMA, whole.slice(0, cut), 1, fields)]

        assert all_found(find_repeated(rule, together)) == all_found(find_repeated(rule, parts))
        assert all_found(find_dangling(fields, together, parents)) == all_found(
            find_dangling(fields, parts, parents)
        )
        assert all_found(find_dangling(fields, parts, together)) == []


@given(rows=ROWS)
def test_repeated_keys_are_those_of_a_plain_loop(rows: list[tuple[str, ...]]) -> None:
    """A key is repeated exactly when an earlier row has it; an empty one is no key."""
    seen: set[str] = set()
    expected = []
    for number, row in enumerate(rows, start=1):
        if row[0] and row[0] in seen:
            expected.append((number, "id", "unique", row[0]))
        seen.add(row[0])

    keys = [collect_keys(SCHEMA, batch_of(rows), 1, ("id",))]
    assert all_found(find_repeated(UniqueKey(Fault.UNIQUE, ("id",)), keys)) == sorted(
        (*row[:3], row[3][:200]) for row in expected
    )


ALPHABETS = {
    "integer": "0123456789+-xX. _e٣",
    "number": "0123456789+-.eExXnaNiIfF _٣",
    "date": "0129-/ T",
}


@settings(max_examples=75)
@given(st.sampled_from([*ALPHABETS]), st.data())
def test_the_quick_way_accepts_what_the_standard_does(kind: str, data: st.DataObject) -> None:
    """A cast that is trusted accepts exactly the texts of the lexical form."""
    field = parse_schema({"fields": [{"name": "v", "type": kind}]}).fields[0]
    text = data.draw(st.text(ALPHABETS[kind], min_size=1, max_size=10))
    read = read_cells(field, pa.array([text], pa.string()))
    wrong = False if read.wrong is None else read.wrong[0].as_py()
    assert wrong == (re.fullmatch(FORMS[kind], text) is None)
