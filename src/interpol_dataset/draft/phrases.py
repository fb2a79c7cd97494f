"""
What the drafter knows of languages, and what a sentence says apart from figures.

Texts are read without case and accents. A sentence says which countries acted, and when.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from interpol_dataset.errors import needing
from interpol_dataset.files import csv_rows
from interpol_dataset.records.document import parse
from interpol_dataset.values.iso import COMMON_NAMES, COUNTRY_ROWS, country_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_HERE: Final = Path(__file__).parent
#: The languages that there are phrases in, and those in which numbers and dates can be read, too.
LANGUAGES: Final = ("en", "fr", "es")
READABLE: Final = (*LANGUAGES, "de", "id", "it", "nl", "pt")
#: A year, in any text.
YEAR: Final = r"(?:19|20)[0-9]{2}"
_DAY: Final = r"(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th|er|o)?(?![0-9.,']*[0-9])"
_OF: Final = r"(?:\s+(?:de|del|of)\s+|[\s,]+)"


def folded(text: str) -> str:
    """Return a text without case and accents, without changing its length."""
    return "".join(map(_plain, text))


@cache
def _plain(sign: str) -> str:
    if sign in "\u2019\u2018`":
        return "'"
    return unicodedata.normalize("NFKD", sign)[:1].lower()[:1] or sign


def words_of_text(text: str) -> list[str]:
    """Return the words of a text, folded."""
    return re.findall(r"[^\W_]+", folded(text))


@cache
def _languages() -> Any:  # noqa: ANN401  # lists of words, and words with their meanings
    return parse((_HERE / "words.yaml").read_bytes(), "words.yaml").data


def language(code: str) -> dict[str, Any]:
    """Return what is known of a language, or of all; it is little if there are no phrases."""
    known_ = _languages()
    return dict(known_.get(code, known_["other"]))


def any_of(phrases: Iterable[str], gap: str = r"\W+") -> str:
    """Return a regular expression for some phrases, the longest first; ``*`` is any ending."""
    written = {re.escape(folded(it).replace("-", " ")).replace(r"\*", r"\w*") for it in phrases}
    return "|".join(it.replace(r"\ ", gap) for it in sorted(written, key=lambda it: (-len(it), it)))


@cache
def known(code: str, name: str) -> re.Pattern[str]:
    """Return what finds the words of a list, such as those for authorities."""
    return re.compile(rf"\b(?:{any_of(language(code)[name])})\b")


@cache
def demonyms(code: str) -> tuple[tuple[str, str], ...]:
    """Return adjectives of countries and names of their people, each with the country's code."""
    listed = csv_rows(__file__, "demonyms.csv")
    rows = [(row["code"], row.get(code, "").split("|")) for row in listed]
    return tuple((form, alpha_3) for alpha_3, forms in rows for form in forms if form)


def locale(code: str) -> Any:  # noqa: ANN401  # of a library that is an extra
    """Return the names of months and countries in a language."""
    with needing("draft"):
        from babel import Locale  # noqa: PLC0415  # an extra
    return Locale(code)


class Dated(NamedTuple):
    """
    A date or a span of time, and where it is in the text.

    Both ends have year, month and day; 0 is what isn't said. Those of a date are the same.
    """

    first: tuple[int, int, int]
    last: tuple[int, int, int]
    start: int
    end: int


def dates(text: str, code: str) -> list[Dated]:
    """Return the dates and spans in a text, in order; none overlaps another."""
    plain, found = folded(text), list[Dated]()
    for pattern in _patterns(code):
        for match in pattern.finditer(plain):
            if all(match.end() <= it.start or it.end <= match.start() for it in found):
                found.append(_dated(match, code))
    return sorted(found, key=lambda it: it.start)


@cache
def _months(code: str) -> dict[str, int]:
    names = locale(code).months["format"]
    listed = [*names["wide"].items(), *names["abbreviated"].items()]
    return {folded(name).rstrip("."): number for number, name in listed} | {"sept": 9}


@cache
def _patterns(code: str) -> tuple[re.Pattern[str], ...]:
    names, links = any_of(_months(code)), any_of(language(code)["links"])
    link = rf"\s*(?:[-\u2010-\u2014]|\b(?:{links})\b)\s*(?:(?:el|the|le|du)\s+)?"
    day1, day2 = rf"(?P<d1>{_DAY})", rf"(?P<d2>{_DAY})"
    month1, month2 = (rf"\b(?P<m{number}>{names})\b\.?" for number in (1, 2))
    year1, year2 = (rf"(?:{_OF}(?P<y{number}>{YEAR})\b)?" for number in (1, 2))
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
    said, by_name = match.groupdict(), _months(code)
    months = [by_name[name] for name in (said.get("m1"), said.get("m2")) if name]
    first, last = (
        (int(said.get(f"y{at}") or 0), int(re.sub(r"\D", "", said.get(f"d{at}") or "") or 0))
        for at in (1, 2)
    )
    if not (said.get("m2") or said.get("d2")):
        last = first
    last_year = last[0] or first[0]
    first_year = first[0] or (last_year and last_year - (months[0] > months[-1]))

    return Dated((first_year, months[0], first[1]), (last_year, months[-1], last[1]), *match.span())


def period(sentences: Sequence[str], code: str, published: str) -> tuple[str, int, int] | None:
    """
    Return the period of the action, in EDTF, the number of the sentence, and where it is in that.

    Days count rather than months, and a span rather than a month. A year that the sentence doesn't
    say is that of publication; if that isn't known, the period is empty.
    """
    found = [(it, number) for number, text in enumerate(sentences) for it in dates(text, code)]
    spans = [pair for pair in found if pair[0].first != pair[0].last]
    days = [pair for pair in spans if pair[0].first[2]]
    # "In May", not the month of a decree.
    before = re.compile(rf"{known(code, 'month_of').pattern}\W+$")
    months = [
        (it, number)
        for it, number in found
        if not it.first[2] and before.search(folded(sentences[number][: it.start]))
    ]
    for dated, number in (days or spans or months)[:1]:
        years = {*re.findall(rf"\b{YEAR}\b", sentences[number])}
        year = published or (years.pop() if len(years) == 1 else "")

        return _edtf(dated, year), number, dated.start

    return None


def _edtf(dated: Dated, published: str) -> str:
    """Write a span in EDTF; empty if its year isn't known."""
    (first_year, month, day), (last_year, later, last_day) = dated.first, dated.last
    if not last_year and not published:
        return ""
    if not last_year:
        # What ends later in the year than the page appeared was in the year before.
        is_before = published[5:7].isdigit() and later > int(published[5:7])
        last_year = int(published[:4]) - is_before
        first_year = last_year - (month > later)
    texts = [_date(first_year, month, day), _date(last_year, later, last_day)]
    return "/".join(dict.fromkeys(texts))


def _date(year: int, month: int, day: int) -> str:
    is_day = 0 < day <= monthrange(year, month)[1]
    return f"{year}-{month:02}" + (f"-{day:02}" if is_day else "")


#: A shorter name of a country may be another word, but for these: "are", "and".
_SHORT: Final = 3
_ABBREVIATIONS: Final = frozenset({"uk", "usa", "uae", "drc"})
#: How far from a country words are looked at, in characters.
_REACH: Final = 100
#: How many countries in a row are a list.
_LIST: Final = 3


class Mention(NamedTuple):
    """A country in a sentence: its code, where it is, and whether it is named; "Italian" is not."""

    code: str
    start: int
    end: int
    is_name: bool


@cache
def _names(code: str) -> dict[str, str]:
    alpha_3 = {row["alpha_2"]: row["code"] for row in COUNTRY_ROWS}
    listed = [(name, alpha_3.get(it)) for it, name in locale(code).territories.items()]
    listed += [(row[name], row["code"]) for name in ("short_name", "name") for row in COUNTRY_ROWS]
    listed += [(name, country_named(name)) for name in COMMON_NAMES]
    listed += language("all")["countries"].items()
    names = {" ".join(words_of_text(name)): it for name, it in listed if it is not None}
    return {name: it for name, it in names.items() if len(name) > _SHORT or name in _ABBREVIATIONS}


@cache
def _pattern(code: str) -> tuple[re.Pattern[str], tuple[tuple[str, bool], ...]]:
    """Return what finds countries, and what each of its groups stands for."""
    listed = [(name, (it, True)) for name, it in _names(code).items()]
    listed += [(form, (it, False)) for form, it in demonyms(code)]
    listed.sort(key=lambda pair: (not pair[1][1], -len(pair[0])))
    groups = "|".join(f"({any_of([phrase])})" for phrase, _ in listed)
    return re.compile(rf"\b(?:{groups})\b"), tuple(it for _, it in listed)


def mentions(plain: str, code: str) -> list[Mention]:
    """Return the countries that a sentence names, in order."""
    pattern, meant = _pattern(code)
    found = ((*meant[(it.lastindex or 1) - 1], it) for it in pattern.finditer(plain))
    return [Mention(country, *it.span(), is_name) for country, is_name, it in found if country]


#: Countries by short names that are other words without capitals.
_CAPITALS: Final = {
    "USA": re.compile(r"\b(?:US|U\.S|EE\.?\s?UU|E\.-U|EUA)\b"),
    "GBR": re.compile(r"\bU\.K\b"),
}
#: A word that begins like a country's name, but for so many letters, may be of that country.
_ENDING: Final = 3
_STEM: Final = 5


def countries_named(text: str, code: str) -> set[str]:
    """Return the countries that a text names in any way, also those that may only seem to be."""
    plain = folded(text)
    found = mentions(plain, code)
    named = {it.code for it in found}
    named |= {country for country, it in _CAPITALS.items() if it.search(text)}
    for it in found:
        plain = plain[: it.start] + " " * (it.end - it.start) + plain[it.end :]
    words = {word[:length] for word in words_of_text(plain) for length in range(4, len(word) + 1)}
    of_people = {it for _, it in demonyms(code)}
    shortest = _STEM if code in LANGUAGES else _STEM - 1
    stems = (
        (name.split()[0][: max(shortest, len(name.split()[0]) - _ENDING)], country)
        for name, country in _names(code).items()
        if country not in of_people
    )

    return named | {country for stem, country in stems if stem in words}


def acting(plain: str, code: str) -> list[Mention]:
    """Return the countries of a sentence, which is folded, whose authorities acted."""
    found = mentions(plain, code)
    named = [it for it in found if it.is_name]
    if len(named) >= _LIST and known(code, "took_part").search(plain):
        return named
    return [it for it in found if _acts(plain, it, code)]


def _acts(plain: str, mention: Mention, code: str) -> bool:
    before = plain[max(0, mention.start - _REACH) : mention.start]
    after = plain[mention.end : mention.end + _REACH]
    authority = known(code, "authority").pattern
    if re.search(rf"{authority}(?:\W+\w+){{0,2}}\W*$", before):
        return True
    if not mention.is_name:
        return bool(re.match(rf"(?:\W+\w+){{0,2}}\W+{authority}", after))
    if re.search(rf"{known(code, 'place').pattern}\W+(?:(?:the|la|le|les|l|el)\W+)?$", before):
        return "#" in plain or bool(known(code, "acts").search(plain))
    return not plain[: mention.start].strip() and bool(re.match(r"[^:]{0,20}:", after))


def place_of(
    number: tuple[int, int], acted: Sequence[Mention], plain: str, code: str
) -> str | None:
    """
    Return the country that a figure is of; ``None`` for one of the whole operation.

    :param number: Where it begins and ends in the text, which is folded.
    :param acted: What acted there.
    """
    start, end = number
    if len(acted) >= _LIST and plain.count("#") < len(acted):
        return None
    # "North American authorities", after a list of countries that seized something, too.
    if len(mentions(plain, code)) > _LIST and not any(it.is_name for it in acted):
        return None
    ends = {","} if len(acted) == 1 else {",", "#"}
    after = [it for it in acted if it.start >= end]
    after = [it for it in after if ends.isdisjoint(plain[end : it.start])]
    nearest = after[:1] or [it for it in acted if it.end <= start][-1:]

    return nearest[0].code if nearest else None
