"""
Dates, times and datetimes in plain Python: in their default form, in a field's own, or in any.

Each becomes a decimal number, so that all are compared alike.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from interpol_dataset.tablecheck.schema.schema import Field

_DAY_SECONDS: Final = 86_400
#: Formats of dates that ISO 8601 has; the lexical form of the first is checked apart.
_ISO: Final = {"default", "any"}
_CLOCK: Final = re.compile(
    r"(?:(?P<day>[0-9-]{10})T)?(?P<h>[0-9]{2}):(?P<m>[0-9]{2}):(?P<s>[0-9.]+)"
    r"(?:Z|(?P<sign>[+-])(?P<zh>[0-9]{2}):(?P<zm>[0-9]{2}))?"
)


def read_date(field: Field, text: str) -> Decimal:
    """
    Return a day, as its number in the calendar.

    :raises ValueError: The text is no day in the field's format.
    """
    if field.format in _ISO:
        return Decimal(date.fromisoformat(text).toordinal())

    return Decimal(_styled(field, text).toordinal())


def read_time(field: Field, text: str) -> Decimal:
    """
    Return a time of the day, in seconds.

    :raises ValueError: The text is no time in the field's format.
    """
    if field.format == "default":
        return _seconds(text)

    is_any = field.format == "any"

    return _since_midnight(time.fromisoformat(text) if is_any else _styled(field, text).timetz())


def read_datetime(field: Field, text: str) -> Decimal:
    """
    Return a moment, in seconds; without a zone it counts as UTC.

    :raises ValueError: The text is no moment in the field's format.
    """
    if field.format == "default":
        return _seconds(text)

    is_any = field.format == "any"
    moment = datetime.fromisoformat(text) if is_any else _styled(field, text)

    return moment.toordinal() * _DAY_SECONDS + _since_midnight(moment.timetz())


def _styled(field: Field, text: str) -> datetime:
    return datetime.strptime(text, field.format)  # noqa: DTZ007 - a zone is kept if given


def _since_midnight(clock: time) -> Decimal:
    whole = clock.hour * 3600 + clock.minute * 60 + clock.second
    offset = clock.utcoffset()
    zone = int(offset.total_seconds()) if offset else 0

    return Decimal(whole - zone) + Decimal(clock.microsecond) / 1_000_000


def _seconds(text: str) -> Decimal:
    """Return a time or a datetime of the default format; without a zone it counts as UTC."""
    found = _CLOCK.fullmatch(text)
    if found is None:
        raise ValueError(text)

    total = Decimal(found["s"]) + int(found["m"]) * 60 + int(found["h"]) * 3600
    if found["day"]:
        total += date.fromisoformat(found["day"]).toordinal() * _DAY_SECONDS
    if found["sign"]:
        zone = int(found["zh"]) * 3600 + int(found["zm"]) * 60
        total += -zone if found["sign"] == "+" else zone

    return total
