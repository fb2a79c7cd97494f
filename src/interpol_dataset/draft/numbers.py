"""
The numbers of a sentence, with their hedges and units: "nearly 2,800 kilos", "one million euros".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Final

from interpol_dataset.draft.dates import dates
from interpol_dataset.draft.words import any_of, folded, known, language
from interpol_dataset.errors import MissingExtraError
from interpol_dataset.rules.hints.synonyms import unit_meant, words_of
from interpol_dataset.schema.units import CURRENCIES, KNOWN_UNITS, UNITS
from interpol_dataset.values.quantity import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Number:
    """
    A number with its hedge and unit.

    :param value: The number.
    :param sign: Its hedge, as a quantity has it.
    :param unit: Its unit, if it has one.
    :param start: Where it begins in the sentence, with its hedge.
    :param end: Where it ends, with its unit.
    :param is_article: Whether it is a word for one, which "un" may be without being a number.
    """

    value: Decimal
    sign: str
    unit: str | None
    start: int
    end: int
    is_article: bool

    @property
    def notation(self) -> str:
        """The quantity."""
        return f"{self.sign}{canonical(self.value)}"

    @property
    def dimension(self) -> str:
        """What it measures: ``count`` without a unit."""
        return _DIMENSIONS.get(self.unit or "", "count")


#: The dimension of each unit.
_DIMENSIONS: Final = {unit: dimension.value for dimension, units in UNITS.items() for unit in units}

#: Digits in groups, or not, and a fraction.
_DIGITS: Final = (
    r"[0-9]{1,3}(?:[ .,'][0-9]{3})+(?![0-9])(?:[.,][0-9]{1,2}(?![0-9]))?|[0-9]+(?:[.,][0-9]+)?"
)

#: What is no count: percentages, ages, ordinals, times of day, and years.
_NO_COUNT: Final = r"\s?%|\s?(?:st|nd|rd|th|e|er|eme|a|o)\b|-?\s?year|/[0-9]|[:h][0-9]{2}|\.[0-9]"
_YEAR: Final = r"(?:19|20)[0-9]{2}(?![0-9]|[.,][0-9])"

_TOKEN: Final = re.compile(r"[^\W\d_]+|[0-9]+|\s+|[^\w\s]")


def numbers_in(text: str, code: str) -> tuple[list[Number], str]:
    """
    Return the numbers of a sentence in a language, and the sentence without them.

    The second is folded and as long as the first; a number is ``#`` in it, and a date is blank.
    """
    plain = folded(_in_digits(text, code))
    for it in dates(text, code):
        if it.first[0] or it.first[2]:
            plain = _replaced(plain, it.start, it.end, "")
    found = [_number(match, text) for match in _pattern().finditer(plain)]
    for number in found:
        plain = _replaced(plain, number.start, number.end, "#")

    return found, plain


def _replaced(text: str, start: int, end: int, by: str) -> str:
    return text[:start] + by.ljust(end - start) + text[end:]


def _in_digits(text: str, code: str) -> str:
    """Return a text with digits for the numbers that are written in words, as long as it was."""
    for phrase, value in language(code)["about"].items():
        for match in re.finditer(rf"\b{phrase}\b", folded(text)):
            text = _replaced(text, *match.span(), value)
    try:
        from text_to_num import find_numbers  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise MissingExtraError("draft", "text2num") from error

    tokens = [_Token(match) for match in _TOKEN.finditer(text)]
    for found in find_numbers(tokens, code, 0.0):
        within = [it.match for it in tokens[found.start : found.end] if it.text().strip()]
        words = [folded(match[0]) for match in within]
        is_vague = len(words) == 1 and known("all", "round").fullmatch(words[0])
        if not found.is_ordinal and not is_vague and not any(word.isdigit() for word in words):
            text = _replaced(text, within[0].start(), within[-1].end(), f"{found.value:.0f}")

    return text


class _Token:
    """A token for the library that reads numbers in words."""

    def __init__(self, match: re.Match[str]) -> None:
        self.match = match

    def text(self) -> str:
        return self.match[0]

    def nt_separated(self, previous: _Token) -> bool:  # noqa: ARG002  # the library's protocol
        return False

    def not_a_number_part(self) -> bool:
        return False


@cache
def _pattern() -> re.Pattern[str]:
    """Return what finds a number with all that belongs to it."""
    times, between = _meanings("times"), any_of(language("all")["before_number"])
    letters, words = ([word for word in times if (len(word) == 1) is one] for one in (True, False))
    unit = _spelt("unit")

    return re.compile(
        rf"(?<!\w)(?:(?P<hedge>{_spelt('hedge')})[\s']+(?:(?:{between})[\s']+)*)?"
        rf"(?:(?P<money>{_spelt('money')})\s?|(?<![\w.,/-]))(?P<about>~)?"
        rf"(?>(?P<digits>(?!{_YEAR})(?:{_DIGITS})))(?!{_NO_COUNT})"
        rf"(?:\s*-?\s*(?P<times>{any_of(words)})(?!\w)|(?P<letter>{any_of(letters)})(?!\w))?"
        rf"(?:(?:\s|-|'|\b(?:de|d|of|en)\b)*(?P<unit>{unit})(?!\w))?"
        rf"(?:\s+(?P<after>{_spelt('after')})(?!\w))?"
    )


@cache
def _meanings(name: str) -> dict[str, str]:
    """Return what words mean by a list of the hints; of several currencies the first."""
    listed = {_spaced(word): it.split(" or ")[0] for word, it in words_of(name).items()}
    if name == "money":
        return {word: it for word, it in _meanings("unit").items() if it in CURRENCIES}
    if name == "unit":
        listed |= {unit.lower(): unit for unit in KNOWN_UNITS if unit_meant(unit.lower())}
        listed = {word: it for word, it in listed.items() if it in KNOWN_UNITS}

    return listed


def _spelt(name: str) -> str:
    """Return a regular expression for the words of a list, the longest first."""
    words = sorted(_meanings(name), key=len, reverse=True)

    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words)


def _spaced(text: str) -> str:
    return " ".join(folded(text).split())


def _number(match: re.Match[str], text: str) -> Number:
    said = {name: _spaced(it) for name, it in match.groupdict().items() if it}
    magnitude = _meanings("times").get(said.get("times") or said.get("letter") or "", "1")
    value = _value(match["digits"]) * int(magnitude)
    sign = (
        _meanings("hedge").get(said.get("hedge", ""))
        or _meanings("after").get(said.get("after", ""))
        or said.get("about", "")
    )
    unit = _meanings("unit").get(said.get("money") or said.get("unit") or "")
    is_article = value == 1 and unit is None and not text[match.start("digits")].isdigit()

    return Number(value, sign, unit, *match.span(), is_article)


def _value(digits: str) -> Decimal:
    """Return the value of digits: what parts three of them parts groups, but in "0.125"."""
    groups = re.split(r"[ .,']", digits)
    is_grouped = groups[0] != "0" and all(len(group) == len("000") for group in groups[1:2])
    if not is_grouped:
        return Decimal(".".join(groups))
    has_rest = len(groups[-1]) < len("000") and len(groups) > 1

    return Decimal("".join(groups[:-1]) + "." + groups[-1] if has_rest else "".join(groups))
