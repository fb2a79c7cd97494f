"""
The order of rows in a file of text: first those that show what its columns hold.

Readers who are told no types guess them from the first rows, and refuse or lose what comes later
and fits the guess badly: Polars looks at 100 rows, readr at 1,000 that are spread over the file.
So a few rows are moved to the front, and some to where samples are taken; loading puts all back in
the order of their keys.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from pyarrow.compute import SortOptions

from interpol_dataset.tablecheck import arrow

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

    import pyarrow as pa

#: How many rows at least are read to guess types: the first ones, or as many spread over a file.
FIRST: Final = 100
SPREAD: Final = 1_000
#: How many of the first rows may be moved there; all others stay in their order.
_MOVED: Final = FIRST // 2
#: A value in one of so many rows is sure to be in a sample of rows.
_RARE: Final = 100
#: How many rows are compared to find one that shows much.
_TRIED: Final = 500
#: How a guessing reader sees a text.
_LOOK: Final = re.compile(
    r"(?P<whole>[+-]?\d+)|(?P<number>[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)"
    r"|(?P<truth>[tT]rue|TRUE|[fF]alse|FALSE|[tTfF])|(?P<day>\d{4}-\d\d?-\d\d?)"
    r"|(?P<time>\d{4}-\d\d|\d\d?:\d\d.*|\d{4}-\d\d-\d\d[T ].*)"
)


def examples_first(table: pa.Table) -> pa.Table:
    """Return a table with the rows first that show what its columns hold."""
    # Few of the rows of a large table differ in how their cells look.
    shown: dict[tuple[str | None, ...], set[Hashable]] = {}
    looks = []
    for row in zip(*map(_looks, table.columns), strict=True):
        if row not in shown:
            looked = zip(table.column_names, row, strict=True)
            shown[row] = {(name, look) for name, look in looked if look is not None}
        looks.append(shown[row])
    return arrow.take(table, arrow.numbers(_order(looks)))


def _looks(column: pa.ChunkedArray) -> list[str | None]:
    """Return how a guessing reader sees each cell of a column; nothing of an empty one."""
    look = _look_of(column.type)
    return [None if value is None else look(value) for value in column.to_pylist()]


def _look_of(type_: pa.DataType) -> Callable[[Any], str]:
    looks: dict[str, Callable[[Any], str]] = {
        "string": _look_of_text,
        "double": lambda number: "whole" if number.is_integer() else "number",
    }
    return looks.get(str(type_), lambda _: "other")  # as all others in the column


@lru_cache(maxsize=100_000)
def _look_of_text(text: str) -> str:
    found = _LOOK.fullmatch(text)
    return str(found.lastgroup) if found else "other"


def _order(looks: Sequence[set[Hashable]]) -> list[int]:
    """
    Return an order in which the first rows show everything.

    :param looks: What each row shows.
    """
    rows_of: dict[Hashable, list[int]] = defaultdict(list)
    for row, shown in enumerate(looks):
        for look in shown:
            rows_of[look].append(row)

    rare = len(looks) // _RARE if len(looks) >= 2 * SPREAD else 0
    late = [look for look, rows in rows_of.items() if rows[0] >= _MOVED or len(rows) < rare]
    # What is rarest comes first, and rows that show much else that is missing.
    missing = dict.fromkeys(sorted(late, key=lambda look: (len(rows_of[look]), look)))
    chosen = []
    while missing:
        rows = islice(rows_of[next(iter(missing))], _TRIED)
        chosen.append(max(rows, key=lambda row: len(missing.keys() & looks[row])))
        for look in looks[chosen[-1]]:
            missing.pop(look, None)

    step = max(len(looks) // SPREAD, 1)
    first = sorted(range(min(FIRST, len(looks))), key=lambda place: (place % step > 0, place))
    placed = dict(zip(first, chosen, strict=False))
    # Who samples every n-th row sees few of the first: further examples are where it looks next.
    sampled = {look for place, row in placed.items() if place % step == 0 for look in looks[row]}
    places = iter(range(FIRST + -FIRST % step, len(looks), step))
    for look in late:
        if look in sampled or len(rows_of[look]) >= rare:
            continue
        spare = set(rows_of[look]).difference(placed.values())
        if spare:
            placed[next(places)] = min(spare)
            sampled |= looks[min(spare)]

    return _filled(placed, len(looks))


def _filled(placed: Mapping[int, int], rows: int) -> list[int]:
    """Return the order of rows: some are given a place, and all others stay in order."""
    others = iter(sorted(set(range(rows)).difference(placed.values())))
    return [placed[place] if place in placed else next(others) for place in range(rows)]


def in_key_order(table: pa.Table, schema: Mapping[str, Any]) -> pa.Table:
    """Return a table in the order of its primary key, if it has one, of columns that are there."""
    key = schema.get("primaryKey") or []
    names = [key] if isinstance(key, str) else key
    if not names or not {*names} <= {*table.column_names}:
        return table
    options = SortOptions([(name, "ascending") for name in names])
    return arrow.take(table, arrow.call("sort_indices", table, options=options))
