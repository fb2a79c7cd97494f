"""
Words that people write for terms and ids, and what they mean by them.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Final

from interpol_dataset.suggest import slug_of

_FILE: Final = Path(__file__).with_name("synonyms.csv")


@cache
def words_of(list_: str) -> dict[str, str]:
    """
    Return what the words of one list mean, by the words in lower case.

    :param list_: A field, a table, a vocabulary, or a part of speech in quantities.
    """
    return _lists()[list_]


def meanings(list_: str, written: str) -> str | None:
    """
    Return what is meant by a word: a term, several with ``or`` between them, or advice.

    :param list_: As for :func:`words_of`.
    :param written: The word.
    """
    words, word = words_of(list_), " ".join(written.casefold().split())

    return words.get(word) or words.get(slug_of(word)) or words.get(word.replace("-", " "))


@cache
def _lists() -> dict[str, dict[str, str]]:
    lists: dict[str, dict[str, str]] = defaultdict(dict)
    with _FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            lists[row["list"]][row["written"]] = row["meant"]

    return lists
