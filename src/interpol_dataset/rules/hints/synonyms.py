"""
Words that people write for terms and ids, and what they mean by them.

What was certainly meant is another spelling of the same. A typo, a synonym with a meaning of its
own, and a word that several things share stay questions.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from interpol_dataset.schema.units import KNOWN_UNITS
from interpol_dataset.suggest import slug_of
from interpol_dataset.values.countries import country_meant
from interpol_dataset.values.languages import LANGUAGES, PATTERN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from interpol_dataset.records.defects import ShapeDefect
    from interpol_dataset.rules.context import Context


_FILE: Final = Path(__file__).with_name("synonyms.csv")


@cache
def words_of(list_: str) -> dict[str, str]:
    """
    Return what the words of one list mean, by the words in lower case.

    :param list_: A field, a table, a vocabulary, or a part of speech in quantities.
    """
    return _lists()[list_]


def meanings(list_: str, written: str) -> tuple[str, ...]:
    """
    Return what is meant by a word: a term, one of several, or a sentence of advice.

    :param list_: As for :func:`words_of`.
    :param written: The word.
    """
    words, word = words_of(list_), " ".join(written.casefold().split())
    meant = words.get(word) or words.get(slug_of(word)) or words.get(word.replace("-", " "))
    terms = tuple(meant.split(" or ")) if meant else ()

    return (meant,) if meant and any(" " in term for term in terms) else terms


def asked(meant: Iterable[str]) -> str:
    """Return a hint that asks whether a word was meant, or one of several; advice stays advice."""
    words = [*meant]
    if " " in words[0]:
        return words[0]

    return f"did you mean {' or '.join(repr(str(word)) for word in words)}?"


@cache
def _lists() -> dict[str, dict[str, str]]:
    lists: dict[str, dict[str, str]] = defaultdict(dict)
    with _FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            lists[row["list"]][row["written"]] = row["meant"]

    return lists


#: A ton of 907 kg or of 1,016; a megatonne; a grain; what several currencies are called.
_SHARED: Final = frozenset({
    *("ton", "tons", "mt", "gr", "eu", "£", "lira", "real", "won", "₩"),
    *("ruble", "rubles", "rouble", "roubles"),
})  # fmt: skip

#: Codes of currencies that are words in lower case.
_WORDS: Final = frozenset({"all", "bob", "cup", "gel", "mop", "pen", "sos", "top", "try"})


def term_meant(defect: ShapeDefect) -> str | None:
    """Return the term that was written in other letters; of a unit also one spelt out."""
    if defect.field is None or not isinstance(defect.value, str):
        return None
    if defect.name == "unit":
        return unit_meant(defect.value)

    slug = slug_of(defect.value)
    same = [term for term in defect.field.terms if slug_of(term) == slug]

    return str(same[0]) if len(same) == 1 else None


def unit_meant(written: str) -> str | None:
    """Return the one unit that a word stands for: ``kg`` of ``KG`` or of ``kilograms``."""
    folded = " ".join(written.casefold().split())
    if {folded, slug_of(folded)} & (_SHARED | _WORDS):
        return None

    # Kilograms are also written like the som of Kyrgyzstan.
    meant = meanings("unit", written)
    spelt_out = meant[0] if len(meant) == 1 else None
    found = {unit for unit in KNOWN_UNITS if unit == spelt_out or unit.casefold() == folded}

    return found.pop() if len(found) == 1 else None


def reference_meant(defect: ShapeDefect, context: Context) -> str | None:
    """Return the country, language or id that was written in other letters or by its name."""
    field, written = defect.field, defect.value
    if field is None or not isinstance(written, str):
        return None
    if field.references == "countries":
        return country_meant(written)
    if field.references is not None:
        slug = slug_of(written)
        return slug if slug in (context.known_ids[field.references] or ()) else None

    return language_meant(written) if field.pattern == PATTERN else None


def language_meant(written: str) -> str | None:
    """Return the language whose code is in other letters, or which is named."""
    folded = written.strip().casefold()
    named = [code for code, name in LANGUAGES.items() if name.casefold() == folded]
    if folded in LANGUAGES:
        return folded

    return named[0] if len(named) == 1 else None
