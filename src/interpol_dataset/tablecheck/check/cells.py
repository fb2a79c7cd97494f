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
from interpol_dataset.tablecheck.check.typed import as_text
from interpol_dataset.tablecheck.types import lexical, scalars

if TYPE_CHECKING:
    from collections.abc import Callable

    from interpol_dataset.tablecheck.schema.schema import Field

_DOUBLE: Final = pa.float64()
_DATE: Final = pa.date32()
#: 0001-01-01, in days from 1970-01-01.
_FIRST_DAY: Final = -719_162
#: Whole numbers up to this many digits fit into 64 bits.
_FITTING: Final = "^[+-]?0*[0-9]{1,18}$"


class Cells(NamedTuple):
    """
    A column's cells, and what is known of them.

    :param raw: The cells as the batch holds them.
    :param text: The cells as text; null where missing or wrong.
    :param missing: Where a value is missing; ``None`` for nowhere.
    :param wrong: Where a cell is not of the field's type; ``None`` for nowhere.
    :param values: Values that can be compared, null where missing, wrong or beyond 64 bits;
        ``None`` for a type without such a form.
    """

    raw: pa.Array
    text: pa.Array
    missing: pa.BooleanArray | None
    wrong: pa.BooleanArray | None
    values: pa.Array | None


#: Where cells are wrong, and their values, as in :class:`Cells`.
_Reading = tuple[pa.BooleanArray | None, pa.Array | None]


def read_cells(field: Field, raw: pa.Array) -> Cells:
    """Read a column: find its missing and wrong cells, and the values of the others."""
    text = as_text(field, raw)
    if text is None:
        missing = arrow.call("is_null", raw) if raw.null_count else None
        nothing = pa.nulls(len(raw), arrow.TEXT)
        return Cells(raw, nothing, missing, arrow.call("is_valid", raw), None)

    missing = _missing(field, text)
    text = arrow.with_nulls(text, missing)
    wrong, values = _READERS.get((field.type, field.format), _read_slowly)(field, text)

    return Cells(raw, arrow.with_nulls(text, wrong), missing, wrong, values)


def _missing(field: Field, text: pa.Array) -> pa.BooleanArray | None:
    mask = arrow.call("is_null", text) if text.null_count else None
    if field.missing == ("",):
        length = arrow.call("binary_length", text)
        if arrow.call("min", length).as_py() == 0:
            empty = arrow.no_nulls(arrow.call("equal", length, arrow.number(0)))
            mask = arrow.either(mask, empty)
    elif field.missing:
        mask = arrow.either(mask, arrow.is_in(text, arrow.texts(field.missing)))

    return mask if mask is not None and mask.true_count else None


def _read_text(_field: Field, _text: pa.Array) -> _Reading:
    return None, None


def _read_form(field: Field, text: pa.Array) -> _Reading:
    return mismatches(text, lexical.form_of(field.type, field.format) or ""), None


def _read_integer(field: Field, text: pa.Array) -> _Reading:
    plain = _plain(field, text)
    content = arrow.bytes_of(plain)
    if b"x" not in content and b"X" not in content:
        try:
            return None, arrow.cast(plain, arrow.INT64)
        except pa.ArrowInvalid:
            pass

    return mismatches(plain, lexical.INTEGER), _fitting(plain)


def _fitting(text: pa.Array) -> pa.Int64Array:
    """Return whole numbers, null where a text is none or doesn't fit into 64 bits."""
    fits = arrow.match(text, _FITTING)
    fitting = arrow.with_nulls(text, arrow.call("invert", fits))

    return arrow.cast(arrow.replace(fitting, r"^\+", ""), arrow.INT64)


def _read_number(field: Field, text: pa.Array) -> _Reading:
    plain = _plain(field, text)
    try:
        values = arrow.cast(plain, _DOUBLE)
    except pa.ArrowInvalid:
        pass
    else:
        # Arrow reads "inf", "nan" and "1e999" too; each of them is not finite.
        if arrow.call("is_finite", values).false_count == 0:
            return None, values

    wrong = mismatches(plain, lexical.NUMBER)

    return wrong, arrow.cast(arrow.with_nulls(plain, wrong), _DOUBLE)


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
        # Arrow reads the year 0, which the standard does not have.
        first = arrow.call("min", values.view(pa.int32())).as_py()
        if first is None or first >= _FIRST_DAY:
            return None, values

    wrong = mismatches(text, lexical.DATE)

    return wrong, arrow.cast(arrow.with_nulls(text, wrong), _DATE)


def _read_boolean(field: Field, text: pa.Array) -> _Reading:
    words = arrow.texts((*field.true_values, *field.false_values))

    return arrow.absent(arrow.is_in(text, words), text), None


def _read_year(_field: Field, text: pa.Array) -> _Reading:
    wrong = mismatches(text, lexical.YEAR)

    return wrong, _fitting(arrow.with_nulls(text, wrong))


def _read_slowly(field: Field, text: pa.Array) -> _Reading:
    """Read each distinct text in Python: styles of dates, and structured values."""
    form = field.form
    wrong = arrow.where_distinct(text, lambda cell: not scalars.is_value(form, cell))

    return arrow.no_nulls(wrong), None


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
