"""
One column of a batch, read by the rules of its field.

The cheap way comes first: the whole column is cast, and where the cast can be trusted (no
hexadecimal, nothing infinite, no year 0) that proves the lexical form. Only a column with a
doubtful cell is matched with the pattern of its type.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import pyarrow as pa

from interpol_dataset.tablecheck import arrow
from interpol_dataset.tablecheck.check.patterns import mismatches
from interpol_dataset.tablecheck.check.typed import as_column
from interpol_dataset.tablecheck.types import lexical, scalars

if TYPE_CHECKING:
    from collections.abc import Callable

    from interpol_dataset.tablecheck.schema.schema import Field

__all__ = ["Cells", "read_cells"]

_DOUBLE: Final = pa.float64()
_DATE: Final = pa.date32()
#: 0001-01-01, in days from 1970-01-01.
_FIRST_DAY: Final = -719_162
#: Whole numbers up to this many digits fit into 64 bits.
_FITTING: Final = "[+-]?0*[0-9]{1,18}"


class Cells(NamedTuple):
    """
    A column's cells, and what is known of them.

    :param raw: The cells as the batch holds them.
    :param text: The texts to check, null where missing or wrong; ``None`` for a column of a native
        type, which has no lexical form.
    :param missing: Where a value is missing; ``None`` for nowhere.
    :param wrong: Where a cell is not of the field's type; ``None`` for nowhere.
    :param values: Values that can be compared, null where missing, wrong or beyond 64 bits;
        ``None`` for a type without such a form.
    """

    raw: pa.Array
    text: pa.Array | None
    missing: pa.BooleanArray | None
    wrong: pa.BooleanArray | None
    values: pa.Array | None


class _Reading(NamedTuple):
    wrong: pa.BooleanArray | None = None
    values: pa.Array | None = None


def read_cells(field: Field, raw: pa.Array) -> Cells:
    """Read a column: find its missing and wrong cells, and the values of the others."""
    column = as_column(field, raw)
    missing = _missing(field, column.text, raw)
    if column.text is None:
        return Cells(raw, None, missing, column.wrong, column.values)

    text = arrow.with_nulls(column.text, missing)
    reading = _READERS.get((field.type, field.format), _read_slowly)(field, text)
    wrong = reading.wrong if reading.wrong is not None and reading.wrong.true_count else None

    return Cells(raw, arrow.with_nulls(text, wrong), missing, wrong, reading.values)


def _missing(field: Field, text: pa.Array | None, raw: pa.Array) -> pa.BooleanArray | None:
    mask = arrow.call("is_null", raw) if raw.null_count else None
    if text is not None and field.missing:
        mask = arrow.either(mask, _is_one_of(text, field.missing))

    return mask if mask is not None and mask.true_count else None


def _is_one_of(text: pa.Array, values: tuple[str, ...]) -> pa.BooleanArray | None:
    if values == ("",):
        length = arrow.call("binary_length", text)
        if arrow.call("min", length).as_py() != 0:
            return None

        return arrow.no_nulls(arrow.call("equal", length, arrow.number(0)))

    return arrow.is_in(text, arrow.texts(values))


def _read_text(_field: Field, _text: pa.Array) -> _Reading:
    return _Reading()


def _read_form(field: Field, text: pa.Array) -> _Reading:
    form = lexical.form_of(field.type, field.format)

    return _Reading(mismatches(text, form)) if form else _Reading()


def _read_integer(field: Field, text: pa.Array) -> _Reading:
    plain = _plain(field, text)
    if not _has(plain, b"x", b"X"):
        try:
            return _Reading(values=arrow.cast(plain, arrow.INT64))
        except pa.ArrowInvalid:
            pass

    wrong = mismatches(plain, lexical.INTEGER)
    fits = arrow.match(plain, f"^{_FITTING}$")
    unsigned = arrow.replace(plain, r"^\+", "")
    fitting = arrow.with_nulls(unsigned, arrow.call("invert", fits))

    return _Reading(wrong, arrow.cast(fitting, arrow.INT64))


def _read_number(field: Field, text: pa.Array) -> _Reading:
    plain = _plain(field, text)
    try:
        values = arrow.cast(plain, _DOUBLE)
    except pa.ArrowInvalid:
        pass
    else:
        # Arrow reads "inf", "nan" and "1e999" too; each of them is not finite.
        if arrow.call("is_finite", values).false_count == 0:
            return _Reading(values=values)

    wrong = mismatches(plain, lexical.NUMBER)

    return _Reading(wrong, arrow.cast(arrow.with_nulls(plain, wrong), _DOUBLE))


def _plain(field: Field, text: pa.Array) -> pa.Array:
    for pattern, new in lexical.steps_to_plain(field):
        text = arrow.replace(text, pattern, new)

    return text


def _read_date(_field: Field, text: pa.Array) -> _Reading:
    try:
        values = arrow.cast(text, _DATE)
    except pa.ArrowInvalid:
        pass
    else:
        if not _has_year_zero(values):
            return _Reading(values=values)

    wrong = mismatches(text, lexical.DATE)

    return _Reading(wrong, arrow.cast(arrow.with_nulls(text, wrong), _DATE))


def _has_year_zero(values: pa.Array) -> bool:
    """Return whether a column has the year 0, which Arrow reads and the standard does not have."""
    days = arrow.call("min", values.view(pa.int32())).as_py()

    return days is not None and days < _FIRST_DAY


def _read_boolean(field: Field, text: pa.Array) -> _Reading:
    true = arrow.is_in(text, arrow.texts(field.true_values))
    false = arrow.is_in(text, arrow.texts(field.false_values))
    known = arrow.call("or", arrow.call("or", true, false), arrow.call("is_null", text))

    return _Reading(arrow.call("invert", known))


def _read_year(_field: Field, text: pa.Array) -> _Reading:
    wrong = mismatches(text, lexical.YEAR)
    fits = arrow.match(text, f"^{_FITTING}$")
    fitting = arrow.with_nulls(text, arrow.call("invert", fits))

    return _Reading(wrong, arrow.cast(arrow.with_nulls(fitting, wrong), arrow.INT64))


def _read_slowly(field: Field, text: pa.Array) -> _Reading:
    """Read each distinct text in Python: styles of dates, and structured values."""
    wrong = arrow.where_distinct(text, lambda cell: not scalars.is_value(field, cell))

    return _Reading(arrow.no_nulls(wrong))


def _has(text: pa.Array, *needles: bytes) -> bool:
    """Return whether any of these bytes is in the column."""
    content = arrow.bytes_of(text)

    return any(needle in content for needle in needles)


_READERS: Final[dict[tuple[str, str], Callable[[Field, pa.Array], _Reading]]] = {
    ("any", "default"): _read_text,
    ("boolean", "default"): _read_boolean,
    ("date", "default"): _read_date,
    ("datetime", "default"): _read_form,
    ("duration", "default"): _read_form,
    ("integer", "default"): _read_integer,
    ("number", "default"): _read_number,
    ("string", "binary"): _read_form,
    ("string", "default"): _read_text,
    ("string", "email"): _read_form,
    ("string", "uri"): _read_form,
    ("string", "uuid"): _read_form,
    ("time", "default"): _read_form,
    ("year", "default"): _read_year,
    ("yearmonth", "default"): _read_form,
}
