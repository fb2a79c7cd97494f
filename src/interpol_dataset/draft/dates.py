"""
Dates in a text, and the period that an operation took.
"""

from __future__ import annotations

import re
from calendar import monthrange
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from interpol_dataset.draft.words import folded, language, months

if TYPE_CHECKING:
    from collections.abc import Iterable


_DAY: Final = r"(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th|er|\u00ba)?(?![0-9.,']*[0-9])"
_YEAR: Final = r"(?:19|20)[0-9]{2}"
_OF: Final = r"(?:\s+(?:de|del|of)\s+|[\s,]+)"


class Dated(NamedTuple):
    """
    A date or a span of time in a text.

    :param first: The year of its beginning (0 if it isn't said), the month, and the day or 0.
    :param last: The same of its end; of a date its own.
    :param start: Where it begins in the text.
    :param end: Where it ends.
    """

    first: tuple[int, int, int]
    last: tuple[int, int, int]
    start: int
    end: int

    @property
    def is_span(self) -> bool:
        """Whether it has a beginning and an end."""
        return self.first != self.last


def dates(text: str, code: str) -> list[Dated]:
    """Return the dates and spans in a text, in order; none overlaps another."""
    plain, found = folded(text), list[Dated]()
    for pattern in _patterns(code):
        for match in pattern.finditer(plain):
            if all(match.end() <= it.start or it.end <= match.start() for it in found):
                found.append(_dated(match, code))

    return sorted(found, key=lambda it: it.start)


@cache
def _patterns(code: str) -> tuple[re.Pattern[str], ...]:
    names = "|".join(sorted(months(code), key=len, reverse=True))
    links = "|".join(sorted(language(code)["links"], key=len, reverse=True))
    link = rf"\s*(?:[-\u2010-\u2014]|\b(?:{links})\b)\s*(?:(?:el|the|le|du)\s+)?"
    day1, day2 = rf"(?P<d1>{_DAY})", rf"(?P<d2>{_DAY})"
    month1, month2 = (rf"\b(?P<m{number}>{names})\b\.?" for number in (1, 2))
    year1, year2 = (rf"(?:{_OF}(?P<y{number}>{_YEAR})\b)?" for number in (1, 2))
    written = (
        rf"\b{day1}(?:{_OF}{month1}{year1})?{link}{day2}{_OF}{month2}{year2}",
        rf"{month1}\s+{day1}{year1}{link}(?:{month2}\s+)?{day2}{year2}",
        rf"\b{day1}{_OF}{month1}{year1}",
        rf"{month1}\s+{day1}\b{year1}",
        rf"{month1}{year1}{link}{month2}{year2}",
        rf"{month1}{year1}",
    )

    return tuple(re.compile(pattern) for pattern in written)


def _dated(match: re.Match[str], code: str) -> Dated:
    found = {"m1": "", "d1": "", "y1": "", "m2": "", "d2": "", "y2": ""} | match.groupdict()
    by_name = months(code)
    month = by_name.get(found["m1"] or "", 0)
    later = by_name.get(found["m2"] or "", 0) or month
    first_year, last_year = (int(found[name] or 0) for name in ("y1", "y2"))
    first_day, last_day = (
        int(re.sub(r"[^0-9]", "", found[name] or "") or 0) for name in ("d1", "d2")
    )
    month = month or later
    last_year = last_year or first_year
    if last_year and not first_year:
        first_year = last_year - (month > later)

    first = (first_year, month, first_day)
    is_span = bool(found["m2"] or found["d2"])

    return Dated(first, (last_year, later, last_day) if is_span else first, *match.span())


def period(sentences: Iterable[str], code: str, published: str) -> tuple[str, str] | None:
    """
    Return the period of the action, in EDTF, and the words that say it.

    :param sentences: The sentences that may say it, in order.
    :param code: Their language.
    :param published: When the page was published, for the year; empty if that is not known.
    :returns: ``None`` where no period is said. Without a year, the period is empty.
    """
    spans, single = list[tuple[Dated, str]](), list[tuple[Dated, str]]()
    for sentence in sentences:
        found = dates(sentence, code)
        if not _is_actual(sentence, code):
            continue
        spans += [(it, sentence) for it in found if it.is_span]
        single += [
            (it, sentence) for it in found if not it.is_span and _is_month_of(it, sentence, code)
        ]
    of_days = [pair for pair in spans if pair[0].first[2]]
    chosen = next(iter(of_days), None) or next(iter(spans or single), None)
    if chosen is None:
        return None

    # Months that are told first, in the same sentence, are the whole; the days are a part of it.
    whole = next((pair for pair in spans if pair[1] == chosen[1]), chosen)
    dated, sentence = whole

    years = {*re.findall(rf"\b{_YEAR}\b", sentence)}
    year = published or (years.pop() if len(years) == 1 else "")

    return _edtf(dated, year), sentence[dated.start : dated.end]


def _is_actual(sentence: str, code: str) -> bool:
    """Return whether a sentence may tell when the operation was."""
    plain = folded(sentence)

    return any(re.search(rf"\b{word.rstrip('*')}", plain) for word in language(code)["actual"])


def _is_month_of(dated: Dated, sentence: str, code: str) -> bool:
    """Return whether a month stands for when something was done: "in May", not "of 20 May"."""
    if dated.first[2]:
        return False
    before = folded(sentence[: dated.start]).rstrip()

    return before.endswith(tuple(f" {word}" for word in language(code)["month_of"]))


def _edtf(dated: Dated, published: str) -> str:
    """Write a span in EDTF; empty if its year isn't known."""
    (first_year, month, day), (last_year, later, last_day) = dated.first, dated.last
    if not last_year and published[:4].isdigit():
        last_year = int(published[:4])
        # What ends later in the year than the page appeared was in the year before.
        if published[5:7].isdigit() and later > int(published[5:7]):
            last_year -= 1
    if not last_year:
        return ""
    first_year = first_year or last_year - (month > later)
    texts = [_date(first_year, month, day), _date(last_year, later, last_day)]

    return "/".join(dict.fromkeys(texts))


def _date(year: int, month: int, day: int) -> str:
    if day > monthrange(year, month)[1]:
        day = 0

    return f"{year}-{month:02}" + (f"-{day:02}" if day else "")
