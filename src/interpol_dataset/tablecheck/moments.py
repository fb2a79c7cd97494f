"""
Dates, times and datetimes in plain Python: in their default form, in a field's own, or in any.

Each is read as a decimal number, so that all are compared in one way.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from interpol_dataset.tablecheck.schema import Field

__all__ = ["read_date", "read_datetime", "read_time"]

_DAY_SECONDS: Final = 86_400
_CLOCK: Final = re.compile(
    r"(?:(?P<day>[0-9-]{10})T)?(?P<h>[0-9]{2}):(?P<m>[0-9]{2}):(?P<s>[0-9.]+)"
    r"(?:Z|(?P<sign>[+-])(?P<zh>[0-9]{2}):(?P<zm>[0-9]{2}))?"
)
_DATE_STYLES: Final = (
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%d %B %Y",
    "%d %b %Y",
    "%B %d, %Y",
    "%b %d, %Y",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d.%m.%Y",
)
_TIME_STYLES: Final = ("%H:%M:%S%z", "%H:%M:%S", "%H:%M:%S.%f", "%H:%M", "%I:%M %p", "%I:%M:%S %p")


def read_date(field: Field, text: str) -> Decimal:
    """Read a day, as its number in the calendar."""
    if field.format == "default":
        return Decimal(date.fromisoformat(text).toordinal())

    return Decimal(_styled(field, text, _DATE_STYLES, date.fromisoformat).toordinal())


def read_time(field: Field, text: str) -> Decimal:
    """Read a time of the day, in seconds."""
    if field.format == "default":
        return _seconds(text)

    return _since_midnight(_styled(field, text, _TIME_STYLES, time.fromisoformat))


def read_datetime(field: Field, text: str) -> Decimal:
    """Read a moment, in seconds."""
    if field.format == "default":
        return _seconds(text)

    styles = tuple(
        f"{day}{gap}{clock}" for day in _DATE_STYLES for gap in " T" for clock in _TIME_STYLES
    )
    moment = _styled(field, text, styles, datetime.fromisoformat)
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC)

    return Decimal(moment.toordinal() * _DAY_SECONDS) + _since_midnight(moment.replace(tzinfo=None))


def _styled(field: Field, text: str, styles: tuple[str, ...], iso: Callable[[str], Any]) -> Any:
    """Read a date or time in the field's own style, or in any of ours where it may be any."""
    if field.format not in {"any", "default"}:
        return datetime.strptime(text, field.format)  # noqa: DTZ007 - a zone is kept if given

    try:
        return iso(text)
    except ValueError:
        pass

    for style in styles:
        try:
            return datetime.strptime(text, style)  # noqa: DTZ007 - as above
        except ValueError:
            continue

    raise ValueError(text)


def _since_midnight(moment: datetime | time) -> Decimal:
    whole = moment.hour * 3600 + moment.minute * 60 + moment.second
    offset = moment.utcoffset()
    zone = int(offset.total_seconds()) if offset else 0

    return Decimal(whole - zone) + Decimal(moment.microsecond) / 1_000_000


def _seconds(text: str) -> Decimal:
    """Read a time or a datetime of the default format; without a zone it counts as UTC."""
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
