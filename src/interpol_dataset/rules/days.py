"""
Dates in words, and days that do not exist.
"""

from __future__ import annotations

import calendar
import re
from typing import Final

__all__ = ["date_hint", "no_such_day"]

_NOTATION: Final = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?")

_DAY: Final = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_MONTH: Final = r"(?P<month>[a-z]{3,9})\.?"
_YEAR: Final = r"(?P<year>[0-9]{4})"

#: How people write a day or a month.
_WORDS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_DAY}(?: of)? {_MONTH},? {_YEAR}",
        rf"{_MONTH} {_DAY},? {_YEAR}",
        rf"{_MONTH},? {_YEAR}",
    )
)


def no_such_day(written: str) -> tuple[str, str] | None:
    """
    Return the day or month that does not exist, and why; ``None`` where there is none.

    :param written: A date, or a period whose first or last day may be at fault.
    """
    for side in written.split("/"):
        if why := _why_not(side):
            what = "month" if len(side) == len("YYYY-MM") else "day"
            return f"the {what} '{side}' does not exist", why

    return None


def _why_not(written: str) -> str | None:
    match = _NOTATION.fullmatch(written)
    if match is None:
        return None
    year, month, day = (int(part or 1) for part in match.group("year", "month", "day"))
    if not 1 <= month < len(calendar.month_name):
        return f"there is no month {match['month']}"
    days = calendar.monthrange(year, month)[1]

    return f"{written[:7]} has {days} days" if not 1 <= day <= days else None


def date_hint(written: str, *, to_the_day: bool) -> str | None:
    """
    Return how to write a date that is in English words; ``None`` for any other text.

    :param written: What was written, such as ``April 15, 2024``.
    :param to_the_day: Whether only a whole date will do.
    """
    text = " ".join(written.casefold().split())
    match = next((found for pattern in _WORDS if (found := pattern.fullmatch(text))), None)
    if match is None:
        return None
    months = [name.casefold() for name in calendar.month_name]
    month = next((n for n, name in enumerate(months) if name.startswith(match["month"])), None)
    day = match.groupdict().get("day")
    if month is None or (to_the_day and not day):
        return None

    notation = f"{match['year']}-{month:02}" + (f"-{int(day):02}" if day else "")

    return None if no_such_day(notation) else f"write {notation}"
