"""
What the drafter knows of languages, as words without case, accents and punctuation.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any, Final

from interpol_dataset.errors import MissingExtraError
from interpol_dataset.records.yaml import parse
from interpol_dataset.values.countries import COMMON_NAMES, COUNTRY_ROWS, country_named

_HERE: Final = Path(__file__).parent

#: A shorter name of a country may be another word, but for these: "are", "and".
_SHORT: Final = 3
_ABBREVIATIONS: Final = frozenset({"uk", "usa", "uae", "drc"})

#: The languages that there are phrases in.
LANGUAGES: Final = ("en", "fr", "es")


def folded(text: str) -> str:
    """Return a text without case and accents, as long as it was."""
    return "".join(map(_plain, text))


@cache
def _plain(sign: str) -> str:
    """Return a sign without case and accents."""
    if sign in "\u2019\u2018`":
        return "'"

    return unicodedata.normalize("NFKD", sign)[:1].lower()[:1] or sign


def words_of_text(text: str) -> list[str]:
    """Return the words of a text, folded."""
    return re.findall(r"[^\W_]+", folded(text))


@cache
def language(code: str) -> dict[str, Any]:
    """Return what is known of a language."""
    content = (_HERE / "words.yaml").read_bytes()
    data: Any = parse(content, "words.yaml").data

    return dict(data[code])


def word_class(code: str, name: str) -> tuple[tuple[str, ...], ...]:
    """Return the phrases of a list of words, such as PERSONS, the longest first."""
    return phrases(tuple(language(code)["classes"][name]))


@cache
def phrases(written: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return phrases as words, the longest first."""
    split = (tuple(folded(phrase).replace("-", " ").split()) for phrase in written)

    return tuple(sorted(split, key=len, reverse=True))


def fits(word: str, pattern: str) -> bool:
    """Return whether a word is one of a pattern: ``arrest*``, ``open/closed``."""
    return any(
        word.startswith(one[:-1]) if one.endswith("*") else word == one
        for one in pattern.split("/")
    )


@cache
def months(code: str) -> dict[str, int]:
    """Return the months of a language by their names, also short ones."""
    names = _locale(code).months
    listed = [names["format"]["wide"], names["format"]["abbreviated"]]
    found = {folded(name).rstrip("."): number for rows in listed for number, name in rows.items()}

    return found | ({"sept": 9} if code == "en" else {})


@cache
def country_words(code: str) -> tuple[dict[tuple[str, ...], str], int]:
    """Return the codes of countries by the words of their names, and the most words of one."""
    known = {row["alpha_2"]: row["code"] for row in COUNTRY_ROWS}
    listed = [(name, known.get(it)) for it, name in _locale(code).territories.items()]
    listed += [(row[name], row["code"]) for name in ("short_name", "name") for row in COUNTRY_ROWS]
    listed += [(name, country_named(name)) for name in COMMON_NAMES]
    listed += language(code).get("names", {}).items()
    names = {tuple(words_of_text(name)): it for name, it in listed if it}
    kept = {
        words: it
        for words, it in names.items()
        if sum(map(len, words)) > _SHORT or "".join(words) in _ABBREVIATIONS
    }

    return kept, 2 + max(map(len, kept))


@cache
def demonym_words(code: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    """Return the words for what is of a country, with its code, the longest first."""
    with (_HERE / "demonyms.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["code"], row[code].split("|")) for row in csv.DictReader(file)]
    listed = [(phrase, alpha_3) for alpha_3, forms in rows for phrase in phrases(tuple(forms))]

    return tuple(sorted(listed, key=lambda pair: -len(pair[0])))


def _locale(code: str) -> Any:  # noqa: ANN401  # of a library that is an extra
    try:
        from babel import Locale  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise MissingExtraError("draft", "babel") from error

    return Locale(code)
