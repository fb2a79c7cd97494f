"""
Which countries acted, as far as the words show: "Italian authorities", "in Kenya, police".
"""

from __future__ import annotations

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


#: Words between a country and what is said of it.
_ARTICLES: Final = frozenset(language("all")["beside_a_country"])


class Mention(NamedTuple):
    """A country in a sentence: its code, where it is, and whether it is named; "Italian" is not."""

    code: str
    at: int
    end: int
    is_name: bool


def mentions(words: Sequence[str], code: str) -> list[Mention]:
    """Return the countries among the words of a sentence, in order."""
    found: list[Mention] = []
    at = 0
    while at < len(words):
        mention = _name_at(words, at, code) or _demonym_at(words, at, code)
        # "Hong Kong (China)" is one.
        is_within = found and found[-1].code in _WITHIN and at <= found[-1].end + 1
        if mention and not is_within:
            found.append(mention)
        at = mention.end if mention else at + 1

    return found


def _name_at(words: Sequence[str], at: int, code: str) -> Mention | None:
    names, longest = country_words(code)
    for end in range(min(at + longest, len(words)), at, -1):
        # "Côte d'Ivoire" has a sign in it.
        row = tuple(word for word in words[at:end] if word not in {"'", "-", "."})
        if words[at].isalpha() and (found := names.get(row)):
            return Mention(found, at, end, is_name=True)

    return None


def _demonym_at(words: Sequence[str], at: int, code: str) -> Mention | None:
    for phrase, country in demonym_words(code):
        row = words[at : at + len(phrase)]
        if len(row) == len(phrase) and all(map(fits, row, phrase)):
            return Mention(country, at, at + len(phrase), is_name=False)

    return None


def acting(items: Sequence[Item], code: str, *, has_figure: bool) -> list[Mention]:
    """
    Return the countries of a sentence whose authorities acted.

    :param items: Its words and numbers.
    :param code: Its language.
    :param has_figure: Whether it states a figure, which was then reached there.
    """
    words = [it.text for it in items]
    found = mentions(words, code)
    named = [it for it in found if it.is_name]
    if len(named) >= _LIST and _says(words, tuple(language(code)["took_part"])):
        return named

    return [it for it in found if _acts(words, it, code, has_figure=has_figure)]


def _acts(words: list[str], mention: Mention, code: str, *, has_figure: bool) -> bool:
    known, at = language(code), mention.at
    before, behind = words[max(0, at - _NEAR) : at], words[mention.end : mention.end + 2 * _NEAR]
    close = [word for word in before if word not in _ARTICLES][-1:]

    def bodies(listed: Sequence[str]) -> bool:
        return any(fits(word, pattern) for word in listed for pattern in known["authority"])

    if not mention.is_name:
        return bodies(behind[:3]) or bodies(before[-3:] if code != "en" else close)
    is_owner = behind[:2] == ["'", "s"] and bodies(behind[2:_NEAR])
    is_of_bodies = at <= 2 * _NEAR and close == ["de"] and bodies(words[:at])
    is_away = close == known["away"][:1]
    if is_owner or is_of_bodies or (bodies(before[-3:]) and not is_away):
        return True
    if close and close[0] in known["place"]:
        is_first = at <= _NEAR and bodies(behind)
        return is_first or has_figure or _says(words, tuple(known["acts"]))

    is_head = at <= 1 and ":" in behind[:3]
    return is_head or (at < _NEAR and not close and _says(words, tuple(known["took_part"])))


def place_of(at: int, acted: Sequence[Mention], items: Sequence[Item]) -> str | None:
    """
    Return the country that a figure is of; ``None`` for one of the whole operation.

    :param at: The number of its word in the sentence.
    :param acted: The countries that acted.
    :param items: The words and numbers of the sentence.
    """
    if len(acted) >= _LIST and not _each_has_its_own(acted, items):
        return None
    if len(acted) == 1:
        between = items[at : acted[0].at] if acted[0].at > at else ()
        return None if any(it.text == "," for it in between) else acted[0].code
    behind = [
        it
        for it in acted
        if it.at > at and not any(isinstance(other, Number) for other in items[at + 1 : it.at])
    ]
    nearest = behind[:1] or [it for it in acted if it.at < at][-1:]

    return nearest[0].code if nearest else None


def _each_has_its_own(acted: Sequence[Mention], items: Sequence[Item]) -> bool:
    """Return whether there is a number for each country: "two in Italy, one in Spain"."""
    return sum(isinstance(it, Number) for it in items) >= len(acted)


def _says(words: list[str], written: tuple[str, ...]) -> bool:
    """Return whether a phrase is in a sentence."""
    plain = [word for word in words if word.isalnum()]

    return any(
        all(map(fits, plain[at : at + len(phrase)], phrase))
        for phrase in phrases(written)
        for at in range(len(plain) - len(phrase) + 1)
    )
