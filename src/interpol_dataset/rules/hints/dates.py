"""
Dates in words, and days that do not exist.
"""

from __future__ import annotations

import calendar
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable


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

#: The same in numbers, with points, slashes or hyphens.
_NUMBERS: Final = re.compile(
    r"(?:(?P<year>[0-9]{4})(?P<before>[./-]))?(?P<one>[0-9]{1,2})"
    r"(?P<sign>(?(year)(?P=before)|[./-]))(?P<two>[0-9]{1,2})"
    r"(?(year)|(?P=sign)(?P<last>[0-9]{4}))"
)

#: What comes between the first and the last day of a period, and before the first.
_BETWEEN: Final = re.compile(r" (?:to|until|till|through) | ?[-\u2013\u2014/] ?")

_FROM: Final = re.compile(r"^from ")

_AND: Final = re.compile(r"^between (.+?) and ")


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
        can_turn = 1 <= day < len(calendar.month_name) and 1 <= month <= _days(year, day)
        turned = f"{match['year']}-{match['day']}-{match['month']}"
        asked = f": did you mean {turned}?" if match["day"] and can_turn else ""
        return f"there is no month {match['month']}{asked}"
    days = _days(year, month)

    return f"{written[:7]} has {days} days" if not 1 <= day <= days else None


def _days(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def date_hint(written: str, *, to_the_day: bool) -> str | None:
    """
    Return how to write a date or a period in English words or with other signs.

    :param written: What was written, such as ``April 15, 2024`` or ``6 to 26 April 2026``.
    :param to_the_day: Whether only a whole date will do.
    :returns: ``None`` for any other text.
    """
    text = " ".join(written.casefold().split())
    found = _notations(text)
    if to_the_day:
        found = [item for item in found if len(item) == len("YYYY-MM-DD")]
    elif not found and (period := _period(text)):
        found = [period]
    if not found:
        return None

    sure = "" if len(found) == 1 else "day and month can't be told apart: "

    return f"{sure}write {' or '.join(found)}"


def _notations(text: str) -> list[str]:
    """Return the notations that a day or a month can have been meant for; one, if it is clear."""
    if _NOTATION.fullmatch(text):
        return [] if no_such_day(text) else [text]
    if numbers := _NUMBERS.fullmatch(text):
        year, one, two = numbers["year"], int(numbers["one"]), int(numbers["two"])
        # A point follows a day. With slashes, some countries begin with the month.
        pairs = [(one, two)] if year or numbers["sign"] != "." else []
        pairs = pairs if year else [(two, one), *pairs]
        year = year or numbers["last"]
        days = dict.fromkeys(f"{year}-{month:02}-{day:02}" for month, day in pairs)
        return [item for item in days if not no_such_day(item)]

    match = next((found for pattern in _WORDS if (found := pattern.fullmatch(text))), None)
    if match is None:
        return []
    months = [name.casefold() for name in calendar.month_name]
    month = next((n for n, name in enumerate(months) if name.startswith(match["month"])), None)
    if month is None:
        return []
    day = match.groupdict().get("day")
    notation = f"{match['year']}-{month:02}" + (f"-{int(day):02}" if day else "")

    return [] if no_such_day(notation) else [notation]


def _period(text: str) -> str | None:
    """Return the notation of a period whose first and last day are clear."""
    text = _AND.sub(r"\1 to ", text)
    for match in _BETWEEN.finditer(text):
        first, last = _FROM.sub("", text[: match.start()]), text[match.end() :]
        words = last.split()
        # "6 to 26 April 2026" and "April 6 to 26, 2026" say month and year once.
        firsts = [first, *(f"{first} {' '.join(words[-count:])}" for count in (1, 2))]
        lasts = [last, f"{first.split()[0]} {last}"] if first else []
        # And "2026-04-06/26" says what both have in common once.
        lasts.append(first[: -len(last)] + last)
        begin, end = _clear(firsts), _clear(lasts)
        if begin and end and begin <= end:
            return f"{begin}/{end}"

    return None


def _clear(texts: Iterable[str]) -> str | None:
    """Return the notation of the first of some texts that can mean one date only."""
    found = map(_notations, texts)

    return next((dates[0] for dates in found if len(dates) == 1), None)
