"""
Which countries acted, as far as the words show: "Italian authorities", "in Kenya, police".
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from interpol_dataset.draft.numbers import Number
from interpol_dataset.draft.words import country_words, demonym_words, fits, language, phrases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from interpol_dataset.draft.numbers import Item


#: So many countries in a row are a list.
_LIST: Final = 3

#: Those behind whose names China's stands.
_WITHIN: Final = frozenset({"HKG", "MAC", "TWN"})

#: How near to a country the word for its authorities stands.
_NEAR: Final = 4


class Mention(NamedTuple):
    """
    A country in a sentence.

    :param code: Its code.
    :param at: The number of its first word.
    :param end: The number of the word behind it.
    :param is_name: Whether it is named, rather than a word such as "Italian".
    """

    code: str
    at: int
    end: int
    is_name: bool


def mentions(items: Sequence[Item], code: str) -> list[Mention]:
    """Return the countries in a sentence, in order."""
    found, at, words = list[Mention](), 0, [it.text for it in items]
    while at < len(items):
        mention = _name_at(words, at, code) or _demonym_at(words, at, code)
        # "Hong Kong (China)" is one.
        is_within = (
            found and mention and found[-1].code in _WITHIN and mention.at <= found[-1].end + 1
        )
        if mention and not is_within:
            found.append(mention)
        at = mention.end if mention else at + 1

    return found


def _name_at(words: list[str], at: int, code: str) -> Mention | None:
    names = country_words(code)
    for length in range(min(_longest(code), len(words) - at), 0, -1):
        # "Côte d'Ivoire" has a sign in it.
        row = [word for word in words[at : at + length] if word not in {"'", "-", "."}]
        if words[at].isalpha() and (found := names.get(tuple(row))):
            return Mention(found, at, at + length, is_name=True)

    return None


@cache
def _longest(code: str) -> int:
    return max(map(len, country_words(code))) + 2


def _demonym_at(words: list[str], at: int, code: str) -> Mention | None:
    for phrase, country in demonym_words(code):
        row = words[at : at + len(phrase)]
        if len(row) == len(phrase) and all(map(fits, row, phrase)) and len(row[-1]) < 15:  # noqa: PLR2004
            return Mention(country, at, at + len(phrase), is_name=False)

    return None


def acting(items: Sequence[Item], code: str, *, has_figure: bool) -> list[Mention]:
    """
    Return the countries of a sentence whose authorities acted.

    :param items: Its words and numbers.
    :param code: Its language.
    :param has_figure: Whether it states a figure, which was then reached there.
    """
    found = mentions(items, code)
    named = [it for it in found if it.is_name]
    words = [it.text for it in items]
    known = language(code)
    if len(named) >= _LIST and _says(words, tuple(known["took_part"])):
        return named

    return [it for it in found if _acts(words, it, code, has_figure=has_figure)]


def _acts(words: list[str], mention: Mention, code: str, *, has_figure: bool) -> bool:
    known = language(code)
    before = words[max(0, mention.at - _NEAR) : mention.at]
    behind = words[mention.end : mention.end + _NEAR]
    close = [word for word in before if word not in _ARTICLES][-1:]
    if not mention.is_name:
        adjective = before[-3:] if code != "en" else close
        return _has(behind[:3], known["authority"]) or _has(adjective, known["authority"])
    if mention.at <= 1 and ":" in behind[:3]:
        return True
    if (
        mention.at <= 2 * _NEAR
        and _has(words[: mention.at], known["authority"])
        and close == ["de"]
    ):
        return True
    if _has(before[-3:], known["authority"]) and not _has(close, known["away"][:1]):
        return True
    if behind[:2] == ["'", "s"] and _has(behind[2:], known["authority"]):
        return True
    place = _has(close, known["place"])
    if (
        place
        and mention.at <= _NEAR
        and _has(words[mention.end : mention.end + 8], known["authority"])
    ):
        return True
    if place and (has_figure or _says(words, tuple(known["acts"]))):
        return True

    return mention.at <= 3 and not close and _says(words, tuple(known["took_part"]))  # noqa: PLR2004


def place_of(at: int, acting_: Sequence[Mention], items: Sequence[Item]) -> str | None:
    """
    Return the country that a figure is of; ``None`` for one of the whole operation.

    :param at: The number of its word in the sentence.
    :param acting_: The countries that acted.
    :param items: The words and numbers of the sentence.
    """
    is_list = len(acting_) >= _LIST and not _each_has_its_own(acting_, items)
    if not acting_ or is_list:
        return None
    if len(acting_) == 1:
        between = items[at : acting_[0].at] if acting_[0].at > at else ()
        return None if any(it.text == "," for it in between) else acting_[0].code
    behind = [it for it in acting_ if it.at > at and not _number_between(at, it.at, items)]
    before = [it for it in acting_ if it.at < at]
    nearest = behind[:1] or before[-1:]

    return nearest[0].code if nearest else None


def _each_has_its_own(acting_: Sequence[Mention], items: Sequence[Item]) -> bool:
    """Return whether there is a number for each country: "two in Italy, one in Spain"."""
    return sum(isinstance(it, Number) for it in items) >= len(acting_)


def _number_between(at: int, end: int, items: Sequence[Item]) -> bool:
    return any(isinstance(it, Number) for it in items[at + 1 : end])


def _has(words: Sequence[str], patterns: Sequence[str]) -> bool:
    return any(fits(word, pattern) for word in words for pattern in patterns)


def _says(words: list[str], written: tuple[str, ...]) -> bool:
    """Return whether a phrase is in a sentence."""
    plain = [word for word in words if word.isalnum()]

    return any(
        all(map(fits, plain[at : at + len(phrase)], phrase))
        for phrase in phrases(written)
        for at in range(len(plain) - len(phrase) + 1)
    )


_ARTICLES: Final = frozenset(language("all")["beside_a_country"])
