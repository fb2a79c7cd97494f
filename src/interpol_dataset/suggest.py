"""
"Did you mean ...?" suggestions.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["nearest", "slug_of", "suggestion"]

#: A longer word is no typo, and comparing it would take long.
_LONGEST: Final = 100

#: The number at the end of an id, as in those of editions.
_NUMBER: Final = re.compile(r"(?P<stem>.*-)(?P<number>[0-9]{1,2}|[ivx]+)")

_TENS: Final = ("", "x", "xx", "xxx")
_ONES: Final = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_ROMAN: Final = tuple(tens + ones for tens in _TENS for ones in _ONES)


def nearest(word: str, words: Iterable[str], cutoff: float = 0.6) -> str | None:
    """
    Return the most similar of some words, ignoring case; ``None`` if no word is similar.

    An id that ends in the same number in the other notation comes first: ``haechi-2`` means
    ``haechi-ii`` rather than ``haechi-v``, which is as similar.

    :param word: The word that was written.
    :param words: The words to choose from.
    :param cutoff: The least similarity, from 0 to 1, as in :func:`difflib.get_close_matches`.
    """
    if len(word) > _LONGEST:
        return None

    known = {written.casefold(): written for written in words}
    folded = word.casefold()
    for same in (folded, _numbered_otherwise(folded)):
        if same in known:
            return known[same]

    likely = difflib.get_close_matches(folded, known, n=1, cutoff=cutoff)

    return known[likely[0]] if likely else None


def slug_of(text: str) -> str:
    """Return a text in the form of an id: lower case, without accents, words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()

    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def suggestion(word: str, words: Iterable[str], otherwise: str, cutoff: float = 0.6) -> str:
    """Return a hint that asks whether the nearest word was meant, or another if none is near."""
    near = nearest(word, words, cutoff)

    return f"did you mean '{near}'?" if near else otherwise


def _numbered_otherwise(word: str) -> str | None:
    """Return an id with the number at its end in the other notation, Roman or Arabic."""
    match = _NUMBER.fullmatch(word)
    if match is None:
        return None

    number = match["number"]
    if number.isdigit():
        roman = _ROMAN[int(number)] if int(number) < len(_ROMAN) else None
        return f"{match['stem']}{roman}" if roman else None

    return f"{match['stem']}{_ROMAN.index(number)}" if number in _ROMAN else None
