"""
Regular expressions over a column, in RE2.

RE2 never backtracks: its time is linear in the text. A pattern that needs backtracking, with
look-around or back-references, is refused when the schema is read: its time has no bound.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import pyarrow as pa

from interpol_dataset.tablecheck import arrow

__all__ = ["mismatches", "why_refused"]

#: Texts matched at once: one call for many cells costs half of a call for each.
_GROUP: Final = 64

#: Patterns that can't match a line feed: literals, sets without negation, groups, repetition.
_PLAIN: Final = re.compile(
    r"(?:[A-Za-z0-9 _:,;/@%&=~<>'\"!#-]"
    r"|\\[.\-/+*?()\[\]|^$d]"
    r"|\[(?:[A-Za-z0-9 _:,;/@%&=~<>'\"!#.()*+?$-]|\\[.\-/\]])+\]"
    r"|\(\?:|\(|\)|\||[*+?]|\{[0-9]+(?:,[0-9]*)?\})+"
)


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

    if _PLAIN.fullmatch(pattern) and b"\n" not in arrow.bytes_of(text):
        together = f"(?:(?:{pattern})\n)*(?:{pattern})"
        if why_refused(together) is None:
            return _match_by_groups(text, pattern, together)

    wrong = arrow.no_nulls(arrow.call("invert", arrow.match(text, f"^(?:{pattern})$")))

    return wrong if wrong.true_count else None


def _match_by_groups(text: pa.Array, pattern: str, together: str) -> pa.BooleanArray | None:
    """Match groups of texts, joined by line feeds, and those of failed groups one by one."""
    rows = arrow.rows_of(arrow.call("is_valid", text)) if text.null_count else None
    present = arrow.call("drop_null", text) if text.null_count else text
    starts = arrow.numbers([*range(0, len(present), _GROUP), len(present)], "i")
    groups = pa.ListArray.from_arrays(starts, present)
    joined = arrow.call("binary_join", groups, arrow.texts(["\n"])[0])
    good = arrow.match(joined, f"^(?:{together})$")
    if good.false_count == 0:
        return None

    failed = [number * _GROUP for number, whole in enumerate(good.to_pylist()) if not whole]
    suspects = arrow.concatenated([present.slice(start, _GROUP) for start in failed])
    found = arrow.call("invert", arrow.match(suspects, f"^(?:{pattern})$"))
    wrong = [failed[place // _GROUP] + place % _GROUP for place in arrow.rows_of(found).to_pylist()]
    if rows is not None:
        wrong = arrow.take(rows, arrow.numbers(wrong)).to_pylist()

    return arrow.flags_at(wrong, len(text))
