"""
Words that look like the name of a person: which of them are known to be none.

A name is taken for a person's if it has two capitalised words side by side, also with *de* or *bin*
between them, and is not known: as the name of an organization, a case, a country, a crime area, an
object or a metric, from ``proper_names.csv``, or as a place from ``places.txt``; nor is it that of
a thing, such as *Jorge Chavez Airport* or *the vessel Ever Given*.

``places.txt`` has the names of towns from GeoNames (https://www.geonames.org, CC BY 4.0), and those
of regions as the package iso3166-2 (MIT licence) has them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

from interpol_dataset.files import csv_rows
from interpol_dataset.values.iso import COMMON_NAMES, COUNTRY_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PLACES: Final = Path(__file__).with_name("places.txt")
_WORD: Final = "(?:[^\\W\\d_]\\.(?= )|[^\\W\\d_][\\w\u2019\u2018'-]*)"
_PARTICLE: Final = (
    r"(?:de|da|do|dos|das|del|della|di|du|van|von|der|den|ter|la|las|los|le|bin|bint|ibn|abu|al|el"
    r"|ould|y|e|zu)"
)
_TOKEN: Final = re.compile(_WORD)
#: What a text has that a run can be in; letters beyond Latin-1 pass for capitals here.
_LIKELY: Final = re.compile(
    rf"[A-Z\u00c0-\u00de\u0100-\uffff][\w.\u2019\u2018'-]*(?: {_PARTICLE})* "
    r"(?:\w\w?[-'\u2019])?[A-Z\u00c0-\u00de\u0100-\uffff]"
)
_BETWEEN: Final = re.compile(rf"(?: {_PARTICLE})* ")
#: EU-funded, Long-running, Two-month
_COMPOUND: Final = re.compile(
    "-(?:[a-z]+(?:ed|ing)|led|based|born|wide|language|day|week|month|year)s?$"
)
_POSSESSIVE: Final = re.compile("['\u2019]s?$")
#: The longest name of a place that is looked for, in words.
_LONGEST: Final = 6
#: What joins an article to a name.
_SIGNS: Final = frozenset("-'\u2019")
#: What comes before the first word of a sentence.
_STOPS: Final = frozenset('.:;!?(\u201c"')


@cache
def _listed(kind: str) -> frozenset[str]:
    return frozenset(
        row["text"] for row in csv_rows(__file__, "proper_names.csv") if row["kind"] == kind
    )


def capitalised(text: str) -> Iterator[list[tuple[int, int]]]:
    """Return the runs of two capitalised words or more, each as the places of its words."""
    run: list[tuple[int, int]] = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if not _is_capital(match[0]):
            continue
        if run and not _BETWEEN.fullmatch(text, run[-1][1], start):
            if len(run) > 1:
                yield run
            run = []
        run.append((start, end))
    if len(run) > 1:
        yield run


def _is_capital(word: str) -> bool:
    """Return whether a word begins with a capital, perhaps after ``al-`` or ``d'``."""
    is_capital = word[0].isupper() or any(
        word[at : at + 1] in _SIGNS and word[at + 1 : at + 2].isupper() for at in (1, 2)
    )
    return is_capital and not _COMPOUND.search(word)


def _parts(names: Iterable[str]) -> tuple[set[str], set[tuple[str, str]]]:
    """Return the names of one word, and the capitalised words that are side by side in others."""
    single: set[str] = set()
    pairs: set[tuple[str, str]] = set()
    for name in names:
        words = [_POSSESSIVE.sub("", word) for word in _TOKEN.findall(name)]
        capitals = [word for word in words if _is_capital(word)]
        if len(words) == 1:
            single.update(capitals)
        pairs.update(pairwise(capitals))
    return single, pairs


@cache
def _countries() -> frozenset[str]:
    rows = (row[key] for row in COUNTRY_ROWS for key in ("name", "short_name"))
    return frozenset((*rows, *COMMON_NAMES))


@cache
def _parts_always() -> frozenset[tuple[str, str]]:
    """Return the pairs that are known whatever the dataset holds."""
    # Jordan and Chad are first names too: a country of one word makes no pair known.
    _, pairs = _parts((*_countries(), *_listed("phrase")))
    return frozenset(pairs)


def folded(name: str) -> str:
    """Return a name without accents: Medellin is written for Medellín."""
    if name.isascii():
        return name
    signs = unicodedata.normalize("NFKD", name.replace("\u2019", "'"))
    return "".join(sign for sign in signs if not unicodedata.combining(sign))


@cache
def _places() -> frozenset[str]:
    return frozenset(_PLACES.read_text("utf-8").splitlines())


def _in_places(text: str, run: list[tuple[int, int]]) -> set[int]:
    """Return which words of a run begin a pair that is within the name of a place."""
    known: set[int] = set()
    for first in range(len(run)):
        for last in range(first + 1, min(first + _LONGEST, len(run))):
            name = _POSSESSIVE.sub("", text[run[first][0] : run[last][1]])
            if folded(name) in _places():
                known.update(range(first, last))
    return known


def _of_things(words: list[str], before: str) -> set[int]:
    """
    Return which words of a run begin a pair that is within the name of a thing.

    That is one which ends as those of airports and cartels do, or is said to be that of a ship.
    """
    if words[0] in _listed("head") or (before.split() or [""])[-1] in _listed("before"):
        return set(range(len(words)))
    ends = [at for at, word in enumerate(words) if _POSSESSIVE.sub("", word) in _listed("thing")]
    return set(range(ends[-1])) if ends else set()


class KnownNames:
    """The names that are not those of persons, such as those of what is in the dataset."""

    def __init__(self, names: Iterable[str]) -> None:
        single, pairs = _parts(names)
        self._single = single | _listed("word")
        self._pairs = pairs | _parts_always()

    def persons(self, text: str) -> Iterator[str]:
        """Return what seems to name a person."""
        if not _LIKELY.search(text):
            return
        for run in capitalised(text):
            words = [text[start:end] for start, end in run]
            before = text[: run[0][0]].rstrip()[-1:]
            if words[0] in _listed("first") and (not before or before in _STOPS):
                del run[0], words[0]
            unknown = {at for at, pair in enumerate(pairwise(words)) if not self._is_known(*pair)}
            unknown -= _of_things(words, text[: run[0][0]])
            found: list[tuple[int, int]] = []
            for index in sorted(unknown - _in_places(text, run)) if unknown else ():
                start, end = run[index][0], run[index + 1][1]
                if found and found[-1][1] == run[index][1]:
                    found[-1] = found[-1][0], end
                else:
                    found.append((start, end))
            yield from (text[start:end] for start, end in found)

    def is_word(self, word: str) -> bool:
        """Return whether a word on its own is known to name no person."""
        word = _POSSESSIVE.sub("", word)
        return word in self._single or word in _countries()

    def _is_known(self, first: str, second: str) -> bool:
        if _POSSESSIVE.search(first):
            return True  # Spain's Guardia Civil
        second = _POSSESSIVE.sub("", second)
        return (
            (first, second) in self._pairs
            or not self._single.isdisjoint((first, second))
            or _countries().issuperset((first, second))
        )
