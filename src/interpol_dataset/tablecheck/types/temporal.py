"""
Dates, times and datetimes in plain Python: in their default form, in a field's own, or in any.

Each becomes a decimal number, so that all are compared alike.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from interpol_dataset.tablecheck.schema.schema import Field

_DAY_SECONDS: Final = 86_400
_CLOCK: Final = re.compile(
    r"(?:(?P<day>[0-9-]{10})T)?(?P<h>[0-9]{2}):(?P<m>[0-9]{2}):(?P<s>[0-9.]+)"
    r"(?:Z|(?P<sign>[+-])(?P<zh>[0-9]{2}):(?P<zm>[0-9]{2}))?"
)
#: A day and a time of the format ``any``.
_BOTH: Final = re.compile(r"(.+?)[ T]([0-9]{1,2}:.+)")
#: How days and times of the format ``any`` may be written, besides ISO 8601.
_DATES: Final = (
    *("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y"),
    *("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y"),
)
_TIMES: Final = ("%H:%M:%S%z", "%H:%M:%S", "%H:%M:%S.%f", "%H:%M", "%I:%M %p", "%I:%M:%S %p")


def read_date(field: Field, text: str) -> Decimal:
    """
    Return a day, as its number in the calendar.

    :raises ValueError: The text is no day in the field's format.
    """
    if field.format == "default":
        return Decimal(date.fromisoformat(text).toordinal())

    day = _any_date(text) if field.format == "any" else _styled(text, field.format)

    return Decimal(day.toordinal())


def read_time(field: Field, text: str) -> Decimal:
    """
    Return a time of the day, in seconds.

    :raises ValueError: The text is no time in the field's format.
    """
    if field.format == "default":
        return _seconds(text)

    clock = _any_time(text) if field.format == "any" else _styled(text, field.format).timetz()

    return _since_midnight(clock)


def read_datetime(field: Field, text: str) -> Decimal:
    """
    Return a moment, in seconds; without a zone it counts as UTC.

    :raises ValueError: The text is no moment in the field's format.
    """
    if field.format == "default":
        return _seconds(text)

    moment = _any_datetime(text) if field.format == "any" else _styled(text, field.format)

    return moment.toordinal() * _DAY_SECONDS + _since_midnight(moment.timetz())


def _any_date(text: str) -> date:
    with suppress(ValueError):
        return date.fromisoformat(text)

    return _styled(text, *_DATES).date()


def _any_time(text: str) -> time:
    with suppress(ValueError):
        return time.fromisoformat(text)

    return _styled(text, *_TIMES).timetz()


def _any_datetime(text: str) -> datetime:
    found = _BOTH.fullmatch(text)
    if found is None:
        return datetime.fromisoformat(text)

    return datetime.combine(_any_date(found[1]), _any_time(found[2]))


def _styled(text: str, *styles: str) -> datetime:
    """Read a text in the first style that it has."""
    for style in styles:
        with suppress(ValueError):
            return datetime.strptime(text, style)  # noqa: DTZ007 - a zone is kept if given

    raise ValueError(text)


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
