"""
The words and numbers of a sentence: "nearly 2,800 accounts" is a number with its hedge, and a word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Final, TypeAlias

from interpol_dataset.draft.dates import dates
from interpol_dataset.draft.words import folded, language, words_of_text
from interpol_dataset.errors import MissingExtraError
from interpol_dataset.rules.hints.synonyms import words_of
from interpol_dataset.schema.units import KNOWN_UNITS, UNITS
from interpol_dataset.values.quantity import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Word:
    """
    A word, or a sign of punctuation.

    :param text: It, folded.
    :param start: Where it begins in the sentence.
    :param end: Where it ends.
    """

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Number:
    """
    A number with its hedge and unit.

    :param value: The number.
    :param sign: Its hedge, as a quantity has it.
    :param unit: Its unit, if it has one.
    :param start: Where it begins in the sentence, with its hedge.
    :param end: Where it ends, with its unit.
    :param is_word: Whether it is written as a word, which "one" and "un" may be without a number.
    """

    value: Decimal
    sign: str
    unit: str | None
    start: int
    end: int
    is_word: bool = False
    text: str = "#"

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

Item: TypeAlias = Word | Number

#: Digits in groups, or not, and a fraction.
_DIGITS: Final = re.compile(
    r"(?<![\w.,])(?:(?P<grouped>[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}"
    r"|[0-9]{1,3}(?:[ .,'\u2019\u00a0\u202f][0-9]{3})+)(?![0-9])"
    r"(?P<rest>[.,][0-9]{1,2}(?![0-9]))?|(?P<plain>[0-9]+(?:[.,][0-9]+)?))"
)
_TOKEN: Final = re.compile(r"[^\W_]+|[^\w\s]")
_WORDS: Final = re.compile(r"[^\W\d_]+")
_SENTENCE: Final = re.compile(
    r"(?<=[.!?])[\"\u201d\u00bb)]*\s+"
    r"(?=[\"\u201c\u00ab(\u00bf\u00a1]*[A-Z0-9\u00c0-\u00dd])"
)

#: What is no count: percentages, ages, ordinals, times of day, and numbers within names.
_NOT_AFTER: Final = re.compile(
    r"\s?%|\s?(?:st|nd|rd|th|e|er|ème|ª|º)\b|[-\u2011]?\s?year|/[0-9]|[:h][0-9]{2}|\.[0-9]"
)
_NOT_BEFORE: Final = re.compile(r"(?:[A-Za-z]-|/|\bcovid[- ]?|\b[A-Z]+ ?[-#]|\bv)$", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")

_MONEY_BEFORE: Final = re.compile(
    r"(?:(USD?|EUR|GBP|INR|CAD|AUD|HKD|SGD)?\s?([$\u20ac\u00a3\u20b9])|\b(USD|EUR|GBP|INR|KRW|CHF|AUD|CAD|SGD|HKD|Rs\.?))\s?$"
)
_SIGNS: Final = {
    "$": "USD",
    "\u20ac": "EUR",
    "\u00a3": "GBP",
    "\u20b9": "INR",
    "Rs": "INR",
    "US": "USD",
}

#: A longer unit is advice.
_LONGEST_UNIT: Final = 3

#: Words between a number and its unit.
_JOINTS: Final = frozenset({"de", "d", "of", "en", "'", "\u2019", "-"})

#: Words between a hedge and its number.
_BETWEEN: Final = frozenset(language("all")["before_hedged"])
_LONGEST_HEDGE: Final = 4
_REACH: Final = 60


def sentences(text: str) -> list[str]:
    """Split a paragraph into its sentences."""
    return [part for part in _SENTENCE.split(text) if part.strip()]


def items(text: str, code: str) -> list[Item]:
    """
    Return the words and the numbers of a sentence, in order.

    :param text: The sentence.
    :param code: Its language.
    """
    dated = [it for it in dates(text, code) if it.first[0] or it.first[2]]
    found = sorted([*_in_digits(text), *_in_words(text, code)], key=lambda it: (it.start, -it.end))
    result: list[Item] = []
    for number in found:
        start = result[-1].end if result else 0
        if number.start < start or any(it.start <= number.start < it.end for it in dated):
            continue
        result += _words(text, start, number.start)
        result.append(number)

    return [*result, *_words(text, result[-1].end if result else 0, len(text))]


def _words(text: str, start: int, end: int) -> Iterator[Word]:
    for match in _TOKEN.finditer(text, start, end):
        yield Word(folded(match[0]), *match.span())


def _in_digits(text: str) -> Iterator[Number]:
    for match in _DIGITS.finditer(text):
        if _NOT_AFTER.match(text, match.end()) or _NOT_BEFORE.search(text, 0, match.start()):
            continue
        if not _YEAR.fullmatch(match[0]):
            yield _completed(text, match.start(), match.end(), _value(match))


def _value(match: re.Match[str]) -> Decimal:
    if match["grouped"] and match["grouped"][0] != "0":
        whole = re.sub(r"[^0-9]", "", match["grouped"])
        return Decimal(whole + (match["rest"] or "").replace(",", "."))

    return Decimal(match[0].replace(",", ".").replace(" ", ""))


@cache
def _times() -> dict[tuple[str, ...], int]:
    return {tuple(words_of_text(word)): int(by) for word, by in words_of("times").items()}


@cache
def _units() -> dict[tuple[str, ...], str]:
    """Return the units by their words; of several currencies the first."""
    known = {unit: unit for unit in KNOWN_UNITS}
    known |= {word: meant.split(" or ")[0] for word, meant in words_of("unit").items()}
    listed = {
        tuple(words_of_text(word)): unit for word, unit in known.items() if unit in KNOWN_UNITS
    }

    return {words: unit for words, unit in listed.items() if words and len(words) <= _LONGEST_UNIT}


def _completed(text: str, start: int, end: int, value: Decimal) -> Number:
    """Return a number with what stands around it: its magnitude, its unit and its hedge."""
    unit = None
    if match := _MONEY_BEFORE.search(text, 0, start):
        sign = (match[2] or match[3]).rstrip(".")
        unit = match[1] if match[1] in KNOWN_UNITS else _SIGNS.get(sign, sign)
        start = match.start()
    value, end = _magnified(text, end, value)
    if unit is None:
        unit, end = _unit_after(text, end)
    sign, start = _hedge(text, start, end)

    return Number(value, sign, unit, start, end)


def _magnified(text: str, end: int, value: Decimal) -> tuple[Decimal, int]:
    """Return a number times the millions or thousands behind it."""
    behind = list(_WORDS.finditer(text, end, end + 30))[:2]
    for length in range(len(behind), 0, -1):
        by = _times().get(tuple(folded(match[0]) for match in behind[:length]))
        # "51m" is millions, and "51 m" may be metres.
        is_short = length == 1 and len(behind[0][0]) == 1
        if by and not (is_short and behind[0].start() > end):
            return value * by, behind[length - 1].end()

    return value, end


def _unit_after(text: str, end: int) -> tuple[str | None, int]:
    """Return the unit behind a number, and where it ends."""
    tokens = [match for match in _TOKEN.finditer(text, end, end + 40) if match[0] not in _JOINTS]
    if tokens and tokens[0][0] in _SIGNS:
        return _SIGNS[tokens[0][0]], tokens[0].end()
    for length in (3, 2, 1):
        unit = _units().get(tuple(folded(match[0]) for match in tokens[:length]))
        if unit and length <= len(tokens):
            return unit, tokens[length - 1].end()

    return None, end


@cache
def _hedges() -> dict[tuple[str, ...], str]:
    listed = {tuple(words_of_text(word)): sign for word, sign in words_of("hedge").items()}

    return {words: sign for words, sign in listed.items() if words}


@cache
def _after() -> dict[tuple[str, ...], str]:
    listed = {tuple(words_of_text(word)): sign for word, sign in words_of("after").items()}

    return {words: sign for words, sign in listed.items() if words}


def _hedge(text: str, start: int, end: int) -> tuple[str, int]:
    """Return the hedge of a number, and where it begins."""
    before = list(_TOKEN.finditer(text, max(0, start - _REACH), start))
    for skipped in range(3):
        if skipped and (len(before) < skipped or folded(before[-skipped][0]) not in _BETWEEN):
            break
        kept = before[: len(before) - skipped]
        for length in range(min(_LONGEST_HEDGE, len(kept)), 0, -1):
            words = tuple(it for match in kept[-length:] for it in words_of_text(match[0]))
            if words and (sign := _hedges().get(words)):
                return sign, kept[-length].start()
    behind = tuple(words_of_text(text[end : end + 25])[:2])
    for length in (2, 1):
        if sign := _after().get(behind[:length]):
            return sign, start

    return "", start


def _in_words(text: str, code: str) -> Iterator[Number]:
    """Return the numbers that are written in words."""
    try:
        from text_to_num import find_numbers  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise MissingExtraError("draft", "text2num") from error

    tokens = [_Token(match) for match in re.finditer(r"[^\W\d_]+|[0-9]+|\s+|[^\w\s]", text)]
    for found in find_numbers(tokens, code, 0.0):
        within = [token for token in tokens[found.start : found.end] if token.text().strip()]
        words = [folded(token.text()) for token in within]
        if found.is_ordinal or any(word.isdigit() for word in words) or _is_vague(words):
            continue
        start, end = within[0].match.start(), within[-1].match.end()
        yield replace(_completed(text, start, end, Decimal(str(found.value))), is_word=True)
    for match in re.finditer(r"[^\W\d_]+(?: [^\W\d_]+)?", text):
        yield from _dozens(text, match, code)
    for match in _articles(code).finditer(folded(text)):
        yield Number(Decimal(1), "", None, *match.span(), is_word=True)


def _is_vague(words: list[str]) -> bool:
    """Return whether a number is a word such as "thousands", or one of "18 million"."""
    return len(words) == 1 and words[0].rstrip("s") in _ROUND


#: The words for round numbers, which alone are none.
_ROUND: Final = frozenset(language("all")["round"])


def _dozens(text: str, match: re.Match[str], code: str) -> Iterator[Number]:
    """Return "une centaine" and "medio millón" as numbers."""
    for length in (2, 1):
        words = folded(match[0]).split()[:length]
        about = language(code).get("about", {}).get(" ".join(words))
        if about:
            end = match.start() + len(" ".join(match[0].split()[:length]))
            number = _completed(text, match.start(), end, Decimal(about))
            sign = number.sign or ("" if code == "en" else "~")
            yield Number(number.value, sign, number.unit, number.start, number.end)
            return


@cache
def _articles(code: str) -> re.Pattern[str]:
    """Return what finds "a" before one of what is counted: "a man was arrested"."""
    nouns = "|".join(language(code).get("singular", ["(?!)"]))

    return re.compile(rf"\ban?\b(?= (?:[a-z-]+ ){{0,2}}(?:{nouns})\b)")


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
