"""
Conditions on the columns of a table, as people write them: ``series=haechi``.
"""

from __future__ import annotations

from interpol_dataset.errors import UnknownRecordError
from interpol_dataset.package.renamed import status_instead_of
from interpol_dataset.values.words import cell_text


def condition(text: str) -> tuple[str, str]:
    """
    Return the column and the text of a condition.

    :raises UnknownRecordError: It is not of the form ``COLUMN=TEXT``.
    """
    column, separator, wanted = text.partition("=")
    if not separator:
        raise UnknownRecordError(
            f"'{text}' is not COLUMN=TEXT", hint="name a column, such as 'series=haechi'"
        )

    return column.strip(), wanted.strip()


def is_text(value: object, wanted: str) -> bool:
    """Return whether a cell is what a text says; a number is the same as 975 and as 975.0."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return cell_text(value) == wanted

    try:
        return value == float(wanted)
    except ValueError:
        return False


def refuse_old_status(column: str, wanted: str) -> None:
    """
    Refuse a status that earlier versions had.

    :raises UnknownRecordError: The text is such a status.
    """
    if hint := status_instead_of(column, wanted):
        raise UnknownRecordError(f"no {column} is '{wanted}' any more", hint=hint)
