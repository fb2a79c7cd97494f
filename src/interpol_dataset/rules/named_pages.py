"""
The rule on titles and addresses that name a person.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from interpol_dataset.records import models as m
from interpol_dataset.rules.privacy import RuleOnNames
from interpol_dataset.rules.rule import Layer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.findings import Finding

_FILE: Final = Path(__file__).with_name("given_names.csv")
#: What comes before the name of a saint or a place.
_NO_PERSON: Final = frozenset(
    ["port", "puerto", "saint", "sainte", "san", "santa", "santo", "sao", "st"]
)
_WORD: Final = re.compile(r"[^\W\d_]+")


class NoPersonInTitle(RuleOnNames):
    """Neither the title nor the address of a source names a person."""

    code, name, layer = "POL026", "no-person-in-title", Layer.POLICY

    def run(self) -> Iterator[Finding]:
        """Look for given names in titles and addresses."""
        hint = "cite another page, or describe it in brackets and write 'withheld: REASON'"
        for entry, source in self.context.readable(m.Source, "title", "url"):
            for field, found in (
                ("title", self._in_title(source.title)),
                ("url", self._in_address(source.url or "")),
            ):
                if found is not None:
                    yield self.finding(entry, (field,), f"'{found}' seems to name a person", hint)

    def _in_title(self, title: str) -> str | None:
        for name in self.known.persons(title):
            if any(_is_given(*pair) for pair in pairwise(["", *_words(name)[:-1]])):
                return name

        return None

    def _in_address(self, url: str) -> str | None:
        words = _words(unquote(urlsplit(url).path))
        for before, word, after in zip(["", *words], words, words[1:], strict=False):
            name = f"{word.capitalize()} {after.capitalize()}"
            if _is_given(before, word) and any(self.known.persons(name)):
                return f"{word}-{after}"

        return None


def _words(text: str) -> list[str]:
    """Return the words of a text in lower case and without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())

    return _WORD.findall("".join(sign for sign in plain if not unicodedata.combining(sign)))


def _is_given(before: str, word: str) -> bool:
    return word in _given_names() and before not in _NO_PERSON


@cache
def _given_names() -> frozenset[str]:
    with _FILE.open(encoding="utf-8", newline="") as file:
        return frozenset(row["name"] for row in csv.DictReader(file))
