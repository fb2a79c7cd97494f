"""A table with a column of every type, and any rows of it."""

from collections.abc import Sequence
from typing import Any, Final

import pyarrow as pa
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from helpers import strategies as s
from interpol_dataset.package.arrow import arrow_schema

SCHEMA: Final[dict[str, Any]] = {
    "fields": [
        {"name": "id", "type": "string", "constraints": {"required": True}},
        {"name": "text", "type": "string", "description": 'It\'s a "text"'},
        {"name": "flag", "type": "boolean"},
        {"name": "whole", "type": "integer"},
        {"name": "number", "type": "number"},
        {"name": "day", "type": "date"},
        {"name": "names", "type": "array"},
    ],
    "primaryKey": ["id"],
}


def rows(texts: SearchStrategy[str]) -> SearchStrategy[list[dict[str, Any]]]:
    """Draw rows in the order of their ids; all cells but those may be empty."""
    row = st.fixed_dictionaries(
        {
            "id": s.slugs(),
            "text": s.some(texts),
            "flag": s.some(st.booleans()),
            "whole": s.some(st.integers(-(2**63), 2**63 - 1)),
            "number": s.some(st.floats(allow_nan=False, allow_infinity=False)),
            "day": s.some(st.dates()),
            "names": s.some(s.aliases().filter(len).map(list)),
        }
    )

    return st.lists(row, max_size=4, unique_by=lambda row: row["id"]).map(
        lambda rows: sorted(rows, key=lambda row: str(row["id"]))
    )


def table(rows: Sequence[dict[str, Any]]) -> pa.Table:
    """Return rows as a table; a missing cell is empty."""
    return pa.Table.from_pylist(list(rows), schema=arrow_schema(SCHEMA))
