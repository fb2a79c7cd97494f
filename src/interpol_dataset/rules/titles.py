"""
Rules on the titles of sources: they are whole, and in the language of the page.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from interpol_dataset.records import models as m
from interpol_dataset.rules.rule import WARNING, Breach, record_rule
from interpol_dataset.rules.texts import is_placeholder
from interpol_dataset.values.address import host_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.records.folder import Entry
    from interpol_dataset.rules.context import Context


#: What is between a title and the name of the site.
_SEPARATOR: Final = re.compile(r"\s+[|\u2013\u2014\u00b7\u00bb-]\s+")


@record_rule("MNG046", "whole-title", m.Source, needs=("title", "url", "publisher"), **WARNING)
def whole_title(entry: Entry, record: m.Source, context: Context) -> Iterator[Breach]:
    """A title is whole, and the name of the site is not part of it."""
    if is_placeholder(record.title):
        return
    if re.search(r"(?:\.\.\.|\u2026)$", record.title):
        message = "the title is cut off"
        hint = f"write it whole; or, if the page itself cuts it, {whole_title.exception}"
        yield Breach(entry, ("title",), message, hint)
        return

    *front, end = _SEPARATOR.split(record.title)
    publisher = context.organizations.get(record.publisher)
    names = [publisher.name, publisher.abbreviation] if publisher else []
    sites = [_letters(name) for name in (*names, _site(record.url or "")) if name]
    if front and _letters(end) in sites:
        title = record.title.removesuffix(end).rstrip(" |\u2013\u2014\u00b7\u00bb-")
        message = f"'{end}' is the name of the site"
        yield Breach(entry, ("title",), message, f"write '{title}'")


def _letters(name: str) -> str:
    return re.sub(r"[\W_]", "", name.casefold())


def _site(url: str) -> str:
    """Return the name in an address: of *www.interpol.int*, *interpol*."""
    labels = [label for label in host_of(url).split(".") if len(label) > len("com")]

    return labels[-1] if labels else ""


#: Words of which a language has one in nearly every title; those of two languages tell nothing.
_WORDS: Final = {
    language: frozenset(words.split())
    for language, words in {
        "ca": "el els les la i de del dels amb un una en per contra a",
        "de": "der die das und den mit von f\u00fcr im in bei auf gegen ein eine nach zu aus wegen",
        "en": "the of and in to for with on from by at as over after is are against a an",
        "es": "el la los las del y de en una un para con por al contra se m\u00e1s tras a",
        "fr": "le la les des de du et une un dans pour avec sur par aux contre en au \u00e0",
        "id": "dan di dari yang dengan untuk ke dalam",
        "it": "il lo la gli dei della di del e una un in per con nel contro al le a",
        "nl": "de het een van en in voor met op bij uit naar te",
        "pt": "o os as da do dos das de e uma um em para com por na no mais contra ao a",
        "sv": "och i av f\u00f6r med p\u00e5 till fr\u00e5n en",
    }.items()
}
#: So many words of another language, and none of its own, and a title is in the other.
_ENOUGH: Final = 2


@record_rule("MNG047", "language-of-title", m.Source, needs=("title", "language"), **WARNING)
def language_of_title(entry: Entry, record: m.Source, _context: Context) -> Iterator[Breach]:
    """The language of a source is that of its title."""
    own = _WORDS.get(record.language)
    if own is None or record.title.startswith("["):
        return  # in brackets is a description of ours

    words = re.findall(r"[^\W\d_]+", record.title.casefold())
    found = {language: sum(word in its for word in words) for language, its in _WORDS.items()}
    best = max(found, key=lambda language: found[language])
    if found[best] >= _ENOUGH and own.isdisjoint(words):
        message = f"the title reads as '{best}', and the language is '{record.language}'"
        hint = (
            f"write '{best}' if the page is in that language; put a title of ours in brackets; "
            f"or {language_of_title.exception}"
        )
        yield Breach(entry, ("language",), message, hint)
