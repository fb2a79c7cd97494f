"""
Words that were probably meant by others.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["nearest", "slug_of", "suggestion"]

#: A word longer than this is no slip of the pen, and comparing it would take long.
_LONGEST: Final = 100

#: The number at the end of an id, as editions have one.
_NUMBER: Final = re.compile(r"(?P<stem>.*-)(?P<number>[0-9]{1,2}|[ivx]+)")

_TENS: Final = ("", "x", "xx", "xxx")
_ONES: Final = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_ROMAN: Final = tuple(tens + ones for tens in _TENS for ones in _ONES)


def nearest(word: str, words: Iterable[str], cutoff: float = 0.6) -> str | None:
    """
    Return the word most like the one that was written, if any is like it; capitals do not count.

    An id that ends in the same number, written otherwise, comes before all: of two editions whose
    ids differ in one letter, ``haechi-2`` means ``haechi-ii`` and not ``haechi-v``.

    :param word: The word.
    :param words: The words that there are.
    :param cutoff: How like it must be, from 0 to 1, as :func:`difflib.get_close_matches` counts.
    """
    if len(word) > _LONGEST:
        return None

    there = {written.casefold(): written for written in words}
    folded = word.casefold()
    for same in (folded, _numbered_otherwise(folded)):
        if same in there:
            return there[same]

    likely = difflib.get_close_matches(folded, there, n=1, cutoff=cutoff)

    return there[likely[0]] if likely else None


def slug_of(text: str) -> str:
    """Write a text in the form of an id: without accents and capitals, its words hyphenated."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()

    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def suggestion(word: str, words: Iterable[str], otherwise: str, cutoff: float = 0.6) -> str:
    """Ask whether the nearest word was meant; say something else where none is like it."""
    near = nearest(word, words, cutoff)

    return f"did you mean '{near}'?" if near else otherwise


def _numbered_otherwise(word: str) -> str | None:
    """Write the number at the end of an id in Roman numerals, or in digits where it is in those."""
    match = _NUMBER.fullmatch(word)
    if match is None:
        return None

    number = match["number"]
    if number.isdigit():
        roman = _ROMAN[int(number)] if int(number) < len(_ROMAN) else None
        return f"{match['stem']}{roman}" if roman else None

    return f"{match['stem']}{_ROMAN.index(number)}" if number in _ROMAN else None
