"""
One column of a batch, read by the rules of its field.

A reader tries the cheap way first: it casts the whole column, and where the cast can be trusted
(no hexadecimal, nothing infinite, no year 0) the lexical form is proven and nothing else is
needed. Only a column with a doubtful cell is held against the pattern of its type.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import pyarrow as pa

from interpol_dataset.tablecheck import kernels, lexical, scalars
from interpol_dataset.tablecheck.native import as_column
from interpol_dataset.tablecheck.patterns import mismatches

if TYPE_CHECKING:
    from collections.abc import Callable

    from interpol_dataset.tablecheck.schema import Field

__all__ = ["Cells", "read_cells"]

_INT64: Final = pa.int64()
_DOUBLE: Final = pa.float64()
_DATE: Final = pa.date32()
#: Whole numbers up to this many digits fit into 64 bits.
_FITTING: Final = "[+-]?0*[0-9]{1,18}"


class Cells(NamedTuple):
    """
    A column's cells, and what is known of them.

    :param raw: The cells as the batch holds them.
    :param text: The texts to check, null where missing or wrong; none for a column of a native
        type, which has no lexical form.
    :param missing: Where a value is missing; none for nowhere.
    :param wrong: Where a cell is not of the field's type; none for nowhere.
    :param values: Values that can be compared, null where missing, wrong or beyond 64 bits; none
        for a type that has no such form.
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

    text = kernels.with_nulls(column.text, missing)
    reading = _READERS.get((field.type, field.format), _read_slowly)(field, text)
    wrong = reading.wrong if reading.wrong is not None and reading.wrong.true_count else None

    return Cells(raw, kernels.with_nulls(text, wrong), missing, wrong, reading.values)


def _missing(field: Field, text: pa.Array | None, raw: pa.Array) -> pa.BooleanArray | None:
    mask = kernels.call("is_null", raw) if raw.null_count else None
    if text is not None and field.missing:
        mask = kernels.either(mask, _is_one_of(text, field.missing))

    return mask if mask is not None and mask.true_count else None


def _is_one_of(text: pa.Array, values: tuple[str, ...]) -> pa.BooleanArray | None:
    if values == ("",):
        length = kernels.call("binary_length", text)
        if kernels.call("min", length).as_py() != 0:
            return None

        return kernels.no_nulls(kernels.call("equal", length, kernels.as_int64([0])[0]))

    return kernels.is_in(text, kernels.texts(values))


def _read_text(_field: Field, _text: pa.Array) -> _Reading:
    return _Reading()


def _read_form(field: Field, text: pa.Array) -> _Reading:
    form = lexical.form_of(field.type, field.format)

    return _Reading(mismatches(text, form)) if form else _Reading()


def _read_integer(field: Field, text: pa.Array) -> _Reading:
    plain = _plain(field, text)
    if not _has(plain, b"x", b"X"):
        try:
            return _Reading(values=kernels.cast(plain, _INT64))
        except pa.ArrowInvalid:
            pass

    wrong = mismatches(plain, lexical.INTEGER)
    fits = kernels.match(plain, f"^{_FITTING}$")
    unsigned = kernels.replace(plain, r"^\+", "")
    fitting = kernels.with_nulls(unsigned, kernels.call("invert", fits))

    return _Reading(wrong, kernels.cast(fitting, _INT64))


def _read_number(field: Field, text: pa.Array) -> _Reading:
    plain = _plain(field, text)
    try:
        values = kernels.cast(plain, _DOUBLE)
    except pa.ArrowInvalid:
        pass
    else:
        # Arrow reads "inf", "nan" and "1e999" too; each of them is not finite.
        if kernels.call("is_finite", values).false_count == 0:
            return _Reading(values=values)

    wrong = mismatches(plain, lexical.NUMBER)

    return _Reading(wrong, kernels.cast(kernels.with_nulls(plain, wrong), _DOUBLE))


def _plain(field: Field, text: pa.Array) -> pa.Array:
    for pattern, new in lexical.steps_to_plain(field):
        text = kernels.replace(text, pattern, new)

    return text


def _read_date(_field: Field, text: pa.Array) -> _Reading:
    try:
        values = kernels.cast(text, _DATE)
    except pa.ArrowInvalid:
        pass
    else:
        if not _has_year_zero(values):
            return _Reading(values=values)

    wrong = mismatches(text, lexical.DATE)

    return _Reading(wrong, kernels.cast(kernels.with_nulls(text, wrong), _DATE))


def _has_year_zero(values: pa.Array) -> bool:
    """Arrow reads the year 0, which the calendar of XML Schema and Python does not have."""
    days = kernels.call("min", values.view(pa.int32())).as_py()

    return days is not None and days < _FIRST_DAY


#: 0001-01-01, in days from 1970-01-01.
_FIRST_DAY: Final = -719_162


def _read_boolean(field: Field, text: pa.Array) -> _Reading:
    true = kernels.is_in(text, kernels.texts(field.true_values))
    false = kernels.is_in(text, kernels.texts(field.false_values))
    known = kernels.call("or", kernels.call("or", true, false), kernels.call("is_null", text))

    return _Reading(kernels.call("invert", known))


def _read_year(_field: Field, text: pa.Array) -> _Reading:
    wrong = mismatches(text, lexical.YEAR)
    fits = kernels.match(text, f"^{_FITTING}$")
    fitting = kernels.with_nulls(text, kernels.call("invert", fits))

    return _Reading(wrong, kernels.cast(kernels.with_nulls(fitting, wrong), _INT64))


def _read_slowly(field: Field, text: pa.Array) -> _Reading:
    """Read each distinct text in Python: for styles of dates, and for structured values."""
    wrong = kernels.where_distinct(text, lambda cell: not scalars.is_value(field, cell))

    return _Reading(kernels.no_nulls(wrong))


def _has(text: pa.Array, *needles: bytes) -> bool:
    """Say whether any of these bytes is in the column."""
    content = kernels.bytes_of(text)

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
