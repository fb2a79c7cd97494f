"""
What the drafter knows of languages, and texts without case and accents, in which it looks for it.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.errors import MissingExtraError
from interpol_dataset.records.yaml import parse

if TYPE_CHECKING:
    from collections.abc import Iterable


_HERE: Final = Path(__file__).parent

#: The languages that there are phrases in.
LANGUAGES: Final = ("en", "fr", "es")

#: A year, in any text.
YEAR: Final = r"(?:19|20)[0-9]{2}"


def folded(text: str) -> str:
    """Return a text without case and accents, as long as it was."""
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
    """Return what is known of a language, or of all."""
    return dict(_languages()[code])


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
    """Return words for what is of a country, each with its code."""
    with (_HERE / "demonyms.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["code"], row[code].split("|")) for row in csv.DictReader(file)]

    return tuple((form, alpha_3) for alpha_3, forms in rows for form in forms if form)


def locale(code: str) -> Any:  # noqa: ANN401  # of a library that is an extra
    """Return the names of months and countries in a language."""
    try:
        from babel import Locale  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise MissingExtraError("draft", "babel") from error

    return Locale(code)
