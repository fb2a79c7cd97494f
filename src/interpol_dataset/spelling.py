"""
Words that were probably meant by others.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["nearest"]

#: A word longer than this is no slip of the pen, and comparing it would take long.
_LONGEST: Final = 100


def nearest(word: str, words: Iterable[str], cutoff: float = 0.6) -> str | None:
    """
    Give the word most like the one that was written, if any is like it.

    :param word: The word.
    :param words: The words that there are.
    :param cutoff: How like it must be, from 0 to 1, as :func:`difflib.get_close_matches` counts.
    """
    if len(word) > _LONGEST:
        return None

    return next(iter(difflib.get_close_matches(word, list(words), n=1, cutoff=cutoff)), None)
