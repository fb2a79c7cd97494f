"""
Which countries acted, as far as the words show: "Italian authorities", "in Kenya, police".
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from interpol_dataset.draft.words import any_of, demonyms, known, language, locale, words_of_text
from interpol_dataset.values.countries import COMMON_NAMES, COUNTRY_ROWS, country_named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from interpol_dataset.draft.numbers import Number


#: A shorter name of a country may be another word, but for these: "are", "and".
_SHORT: Final = 3
_ABBREVIATIONS: Final = frozenset({"uk", "usa", "uae", "drc"})

#: So many countries in a row are a list.
_LIST: Final = 3


class Mention(NamedTuple):
    """A country in a sentence: its code, where it is, and whether it is named; "Italian" is not."""

    code: str
    start: int
    end: int
    is_name: bool


@cache
def _names(code: str) -> dict[str, str]:
    """Return the names of countries, each with its code."""
    alpha_3 = {row["alpha_2"]: row["code"] for row in COUNTRY_ROWS}
    listed = [(name, alpha_3.get(it)) for it, name in locale(code).territories.items()]
    listed += [(row[name], row["code"]) for name in ("short_name", "name") for row in COUNTRY_ROWS]
    listed += [(name, country_named(name)) for name in COMMON_NAMES]
    listed += language("all")["countries"].items()
    names = {" ".join(words_of_text(name)): it for name, it in listed if it}

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

    return [Mention(country, *it.span(), is_name) for country, is_name, it in found]


def acting(plain: str, code: str) -> list[Mention]:
    """Return the countries of a sentence, which is folded, whose authorities acted."""
    found = mentions(plain, code)
    named = [it for it in found if it.is_name]
    if len(named) >= _LIST and known(code, "took_part").search(plain):
        return named

    return [it for it in found if _acts(plain, it, code)]


def _acts(plain: str, mention: Mention, code: str) -> bool:
    before, behind = plain[: mention.start], plain[mention.end :]
    authority = known(code, "authority").pattern
    if re.search(rf"{authority}(?:\W+\w+){{0,2}}\W*$", before):
        return True
    if not mention.is_name:
        return bool(re.match(rf"(?:\W+\w+){{0,2}}\W+{authority}", behind))
    if re.search(rf"{known(code, 'place').pattern}\W+(?:(?:the|la|le|les|l|el)\W+)?$", before):
        return "#" in plain or bool(known(code, "acts").search(plain))

    return not before.strip() and bool(re.match(r"[^:]{0,20}:", behind))


def place_of(number: Number, acted: Sequence[Mention], plain: str) -> str | None:
    """
    Return the country that a figure is of; ``None`` for one of the whole operation.

    :param number: Its number.
    :param acted: The countries that acted.
    :param plain: The sentence without its numbers.
    """
    if len(acted) >= _LIST and plain.count("#") < len(acted):
        return None
    ends = {","} if len(acted) == 1 else {",", "#"}
    behind = [it for it in acted if it.start >= number.end]
    behind = [it for it in behind if ends.isdisjoint(plain[number.end : it.start])]
    nearest = behind[:1] or [it for it in acted if it.end <= number.start][-1:]

    return nearest[0].code if nearest else None
