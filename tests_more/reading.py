"""What a reader made of a table, held against what the table holds."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pyarrow as pa

    import interpol_dataset

__all__ = ["CODES", "NAMIBIA", "alterations", "altered", "as_text"]

#: Codes of which a reader takes the digits for numbers, and so loses a zero in front.
CODES: Final = frozenset({"categories.iccs_code", "countries.m49", "objects.hs_code"})
#: Namibia's code, which some take for a missing value.
NAMIBIA: Final = frozenset({"countries.alpha2"})


def as_text(value: Any) -> str | None:
    """Return a value as a cell of CSV holds it, whatever type a reader gave it; 15 digits count."""
    if value is None or value != value or str(value) in {"", "NaT", "<NA>"}:  # noqa: PLR0124
        return None
    match value:
        case bool():
            return str(value).lower()
        case float() | Decimal():
            return str(int(value)) if value == int(value) else f"{value:.15g}"
        case datetime() if (value.hour, value.minute, value.second) == (0, 0, 0):
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case [None]:
            return None  # how R writes that there is no list
        case list() | tuple():
            return json.dumps([*value], ensure_ascii=False, separators=(",", ":"))
        case _:
            return str(value)


def altered(truth: pa.Table, read: Mapping[str, Iterable[Any]]) -> set[tuple[str, str | None]]:
    """
    Return which cells a reader lost or altered: column, and what the table holds.

    :param truth: The table; rows have any order.
    :param read: What was read, column by column.
    """
    assert {*truth.column_names} == {*read}
    read = {name: read[name] for name in truth.column_names}
    there = {name: truth[name].to_pylist() for name in truth.column_names}
    rows = sorted(zip(*(map(as_text, column) for column in there.values()), strict=True), key=str)
    found = sorted(zip(*(map(as_text, column) for column in read.values()), strict=True), key=str)
    assert len(rows) == len(found)
    if rows == found:
        return set()

    known = set(rows)
    read_rows = set(found)
    lost = [row for row in rows if row not in read_rows]
    strange = [row for row in found if row not in known]

    return {
        (name, cell)
        for index, name in enumerate(read)
        for cell in {row[index] for row in lost} - {row[index] for row in strange}
    }


def alterations(
    dataset: interpol_dataset.Dataset, read: Mapping[str, Mapping[str, Iterable[Any]]]
) -> dict[str, str | None]:
    """
    Return the columns that a reader altered, each with a cell as it should be.

    :param dataset: The dataset.
    :param read: What was read, table by table.
    """
    return {
        f"{name}.{column}": cell
        for name, columns in read.items()
        for column, cell in altered(dataset[name].to_arrow(), columns)
    }
