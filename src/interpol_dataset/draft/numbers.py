"""
The words and numbers of a sentence: "nearly 2,800 accounts" is a number with its hedge, and a word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from interpol_dataset.draft.dates import dates
from interpol_dataset.draft.words import folded, language, words_of_text
from interpol_dataset.errors import MissingExtraError
from interpol_dataset.rules.hints.synonyms import words_of
from interpol_dataset.schema.units import KNOWN_UNITS, UNITS
from interpol_dataset.values.quantity import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Word(NamedTuple):
    """A word, folded, or a sign of punctuation; and where it is in the sentence."""

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

#: Signs and codes of money, which stand before an amount.
_SIGNS: Final = {"$": "USD", "\u20ac": "EUR", "\u00a3": "GBP", "\u20b9": "INR", "Rs": "INR"}
_MONEY: Final = re.compile(
    r"(?:\b(?P<code>[A-Z]{3}|Rs)\.?|(?:\b(?P<whose>[A-Z]{3})|\bUS)?\s?(?P<sign>[$\u20ac\u00a3\u20b9]))\s?$"
)

#: How many words a unit or a hedge has at most, and how far from the number they are looked for.
_MOST: Final = 4
_REACH: Final = 60

#: Words between a number and its unit, between a hedge and its number, and that alone are none.
_JOINTS: Final = frozenset({"de", "d", "of", "en", "'", "\u2019", "-"})
_BETWEEN: Final = frozenset(language("all")["before_hedged"])
_ROUND: Final = frozenset(language("all")["round"])


def sentences(text: str) -> list[str]:
    """Split a paragraph into its sentences."""
    return [part for part in _SENTENCE.split(text) if part.strip()]


def items(text: str, code: str) -> list[Item]:
    """Return the words and the numbers of a sentence in a language, in order."""
    dated = [it for it in dates(text, code) if it.first[0] or it.first[2]]
    found = sorted([*_in_digits(text), *_in_words(text, code)], key=lambda it: (it.start, -it.end))
    result: list[Item] = []
    for number in found:
        start = result[-1].end if result else 0
        if number.start >= start and not any(it.start <= number.start < it.end for it in dated):
            result += [*_words(text, start, number.start), number]

    return [*result, *_words(text, result[-1].end if result else 0, len(text))]


def _words(text: str, start: int, end: int) -> list[Word]:
    return [Word(folded(it[0]), *it.span()) for it in _TOKEN.finditer(text, start, end)]


def _in_digits(text: str) -> Iterator[Number]:
    for match in _DIGITS.finditer(text):
        is_other = _NOT_AFTER.match(text, match.end()) or _NOT_BEFORE.search(text, 0, match.start())
        if not is_other and not _YEAR.fullmatch(match[0]):
            yield _completed(text, match.start(), match.end(), _value(match))


def _value(match: re.Match[str]) -> Decimal:
    if match["grouped"] and match["grouped"][0] != "0":
        whole = re.sub(r"[^0-9]", "", match["grouped"])
        return Decimal(whole + (match["rest"] or "").replace(",", "."))

    return Decimal(match[0].replace(",", ".").replace(" ", ""))


@cache
def _table(name: str) -> dict[tuple[str, ...], str]:
    """Return what words mean by a list of the hints; of several currencies the first."""
    listed = {
        tuple(words_of_text(word)): it.split(" or ")[0] for word, it in words_of(name).items()
    }
    listed |= {(unit.lower(),): unit for unit in KNOWN_UNITS} if name == "unit" else {}

    return {words: it for words, it in listed.items() if words}


def _longest(words: list[Word], table: Mapping[tuple[str, ...], str]) -> tuple[str, int] | None:
    """Return what the longest beginning of some words means, and how many words it has."""
    for length in range(min(_MOST, len(words)), 0, -1):
        if found := table.get(tuple(it.text for it in words[:length])):
            return found, length

    return None


def _completed(text: str, start: int, end: int, value: Decimal) -> Number:
    """Return a number with what stands around it: its magnitude, its unit and its hedge."""
    unit: str | None = None
    match = _MONEY.search(text, 0, start)
    known = match and (match["whose"] or _SIGNS.get(match["sign"] or match["code"], match["code"]))
    if match and known in KNOWN_UNITS:
        unit, start = known, match.start()
    value, end = _magnified(text, end, value)
    if unit is None:
        unit, end = _unit_after(text, end)
    sign, start = _hedge(text, start, end)

    return Number(value, sign, unit, start, end)


def _magnified(text: str, end: int, value: Decimal) -> tuple[Decimal, int]:
    """Return a number times the millions or thousands behind it."""
    behind = [it for it in _words(text, end, end + _REACH) if it.text != "-"]
    found = _longest(behind, _table("times"))
    # "51m" is millions, and "51 m" may be metres.
    if found is None or (len(behind[0].text) == 1 and behind[0].start > end):
        return value, end

    return value * int(found[0]), behind[found[1] - 1].end


def _unit_after(text: str, end: int) -> tuple[str | None, int]:
    """Return the unit behind a number, and where it ends."""
    behind = [it for it in _words(text, end, end + _REACH) if it.text not in _JOINTS]
    if behind and behind[0].text in _SIGNS:
        return _SIGNS[behind[0].text], behind[0].end
    found = _longest(behind, _table("unit"))
    if found is None or found[0] not in KNOWN_UNITS:
        return None, end

    return found[0], behind[found[1] - 1].end


def _hedge(text: str, start: int, end: int) -> tuple[str, int]:
    """Return the hedge of a number, and where it begins."""
    before = [it for it in _words(text, max(0, start - _REACH), start) if it.text.isalnum()]
    for _ in range(3):
        for length in range(min(_MOST, len(before)), 0, -1):
            if sign := _table("hedge").get(tuple(it.text for it in before[-length:])):
                return sign, before[-length].start
        if not before or before.pop().text not in _BETWEEN:
            break
    behind = [it for it in _words(text, end, end + _REACH) if it.text.isalnum()]
    found = _longest(behind, _table("after"))

    return (found[0] if found else ""), start


def _in_words(text: str, code: str) -> Iterator[Number]:
    """Return the numbers that are written in words."""
    try:
        from text_to_num import find_numbers  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise MissingExtraError("draft", "text2num") from error

    tokens = [_Token(match) for match in re.finditer(r"[^\W\d_]+|[0-9]+|\s+|[^\w\s]", text)]
    for found in find_numbers(tokens, code, 0.0):
        within = [it.match for it in tokens[found.start : found.end] if it.text().strip()]
        words = [folded(match[0]) for match in within]
        is_vague = len(words) == 1 and words[0].rstrip("s") in _ROUND
        if not found.is_ordinal and not is_vague and not any(word.isdigit() for word in words):
            number = _completed(text, within[0].start(), within[-1].end(), Decimal(found.value))
            yield replace(number, is_word=True)

    plain, known = folded(text), language(code)
    for words_, about in known["about"].items():
        for match in re.finditer(rf"\b{words_}\b", plain):
            number = _completed(text, *match.span(), Decimal(about))
            yield replace(number, sign=number.sign or known["about_means"])
    for match in re.finditer(rf"\ban?\b(?= (?:[a-z-]+ ){{0,2}}(?:{known['singular']})\b)", plain):
        yield Number(Decimal(1), "", None, *match.span(), is_word=True)


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
