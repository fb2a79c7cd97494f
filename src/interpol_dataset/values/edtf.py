"""
Dates as precise as their source: the Extended Date/Time Format.

The notation is the Library of Congress's [EDTF](https://www.loc.gov/standards/datetime/), levels
0 and 1, without times of day.

| notation | meaning |
| --- | --- |
| `2022-06-28` | a day |
| `2022-06`, `2022` | a month, a year |
| `202X`, `2022-XX` | some year of the 2020s, some month of 2022 |
| `2022-21` | spring of 2022 (22 summer, 23 autumn, 24 winter) |
| `2022-06~` | about June 2022 (`?` uncertain, `%` both) |
| `2022-06/2022-11` | from June to November 2022 |
| `2022-06/..` | from June 2022 on (`../2022-06`: up to then) |
| `2022-06/` | from June 2022, the end is not known |

An approximate or uncertain date may be off by its own length: about June 2022 is May to July.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Self

from interpol_dataset.errors import NotationError

_DATE: Final = (
    r"(?:[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01]|XX)"
    r"|[0-9]{4}-(?:0[1-9]|1[0-2]|2[1-4]|XX)"
    r"|[0-9]{4}-XX-XX"
    r"|[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)[~?%]?"
)

#: What a date looks like; that the day exists is checked when it is read.
PATTERN: Final = rf"^(?:{_DATE}|{_DATE}/(?:{_DATE}|\.\.)?|(?:\.\.)?/{_DATE})$"

#: A year without quotes is a number in YAML and JSON; it is taken as the year it shows.
PLAIN_YEARS: Final = range(1000, 10000)

_SIMPLE: Final = re.compile(_DATE)

#: The first month of spring, summer, autumn and winter by EDTF's codes, northern hemisphere.
_SEASONS: Final = {21: 3, 22: 6, 23: 9, 24: 12}


@dataclass(frozen=True, slots=True)
class Edtf:
    """
    A date or period in EDTF.

    ``Edtf.parse("2022-06-28/2022-11")`` began on 28 June 2022 and ended in November.

    :param start: The earliest and the latest day on which it can have begun.
    :param end: The earliest and the latest day on which it can have ended.
    """

    notation: str
    start: tuple[date, date]
    end: tuple[date, date]

    @classmethod
    def parse(cls, text: str) -> Self:
        """
        Read a date from its notation.

        :raises NotationError: The text is not EDTF, names a day that does not exist, or ends
            before it begins.
        """
        if "/" not in text:
            bounds = _bounds(text)
            return cls(text, bounds, bounds)
        first, _, last = text.partition("/")
        if first in {"", ".."} and last in {"", ".."}:
            raise _not_edtf(text)
        start = (date.min, date.max) if first in {"", ".."} else _bounds(first)
        end = (date.min, date.max) if last in {"", ".."} else _bounds(last)
        if end[1] < start[0]:
            msg = f"the period {text!r} ends before it begins"
            raise NotationError(msg, hint=f"write {last}/{first}")
        return cls(text, (start[0], min(start[1], end[1])), (max(start[0], end[0]), end[1]))

    @property
    def earliest(self) -> date | None:
        """The first day that the date can touch; ``None`` if it is open."""
        return None if self.start[0] == date.min else self.start[0]

    @property
    def latest(self) -> date | None:
        """The last day that the date can touch; ``None`` if it is open."""
        return None if self.end[1] == date.max else self.end[1]

    def __str__(self) -> str:
        return self.notation


def _bounds(text: str) -> tuple[date, date]:
    if not _SIMPLE.fullmatch(text):
        raise _not_edtf(text)
    bare = text.rstrip("~?%")
    first, last = _span(bare, text)
    if bare != text:
        margin = (last - first) + timedelta(days=1)
        first = first - margin if first - date.min >= margin else date.min
        last = last + margin if date.max - last >= margin else date.max
    return first, last


def _span(bare: str, text: str) -> tuple[date, date]:
    year, _, rest = bare.partition("-")
    years = int(year.replace("X", "0")), int(year.replace("X", "9"))
    # Python's calendar begins with the year 1, EDTF's with the year 0.
    low, high = max(years[0], 1), max(years[1], 1)

    if not rest or rest in {"XX", "XX-XX"}:
        return date(low, 1, 1), date(high, 12, 31)

    month, _, day = rest.partition("-")
    if int(month) in _SEASONS:
        return _season(low, _SEASONS[int(month)])

    days = calendar.monthrange(low, int(month))[1]
    if not day or day == "XX":
        return date(low, int(month), 1), date(low, int(month), days)

    if int(day) > days:
        msg = f"the day {text} does not exist"
        raise NotationError(msg, hint=f"{bare[:7]} has {days} days")

    return date(low, int(month), int(day)), date(low, int(month), int(day))


def _season(year: int, month: int) -> tuple[date, date]:
    """Return the three months of a season; winter runs into the next year, where there is one."""
    last_year, last_month = (year, month + 2) if month <= 10 else (year + 1, month - 10)  # noqa: PLR2004
    if last_year > date.max.year:
        return date(year, month, 1), date.max
    return (
        date(year, month, 1),
        date(last_year, last_month, calendar.monthrange(last_year, last_month)[1]),
    )


def _not_edtf(text: str) -> NotationError:
    return NotationError(
        f"{text!r} is not a date", hint="write 2022-06-28, 2022-06, 2022 or 2022-06/2022-11"
    )
