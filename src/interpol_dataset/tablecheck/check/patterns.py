"""
Regular expressions over a column, in RE2.

RE2 never backtracks: its time is linear in the text. A pattern that needs backtracking, with
look-around or back-references, is refused when the schema is read: its time has no bound.
"""

from __future__ import annotations

from functools import lru_cache

import pyarrow as pa

from interpol_dataset.tablecheck import arrow


@lru_cache(maxsize=256)
def why_refused(pattern: str) -> str | None:
    """Return why RE2 does not take a pattern; ``None`` if it does."""
    try:
        arrow.match(arrow.texts([""]), f"^(?:{pattern})$")
    except pa.ArrowInvalid as error:
        return str(error).removeprefix("Invalid regular expression: ")

    return None


def mismatches(text: pa.Array, pattern: str) -> pa.BooleanArray | None:
    """Return which texts don't match the whole of a pattern; ``None`` where all do or are null."""
    if text.null_count == len(text):
        return None

    found = arrow.match(text, f"^(?:{pattern})$")

    return arrow.absent(arrow.no_nulls(found), text)
