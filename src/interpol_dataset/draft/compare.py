"""
What a record says, held against the saved page that it cites.

Only what is sure is told: a number that the page hasn't got at all, a hedge, a unit or a country
that it has otherwise. What is doubtful passes.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from interpol_dataset.draft.figures import Reader, numbers_in
from interpol_dataset.draft.phrases import (
    LANGUAGES,
    READABLE,
    acting,
    countries_named,
    dates,
    folded,
    known,
    mentions,
    place_of,
    words_of_text,
)
from interpol_dataset.draft.propose import pieces
from interpol_dataset.records import models as m
from interpol_dataset.rules.pages import said_on_page
from interpol_dataset.rules.rule import Breach
from interpol_dataset.schema.vocabulary import FACTORS
from interpol_dataset.values.iso import COUNTRIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from decimal import Decimal

    from interpol_dataset.draft.figures import Figure, Number
    from interpol_dataset.draft.propose import Piece
    from interpol_dataset.draft.write import Page
    from interpol_dataset.findings import Finding, KeyPath
    from interpol_dataset.records.document import Records
    from interpol_dataset.records.folder import Entry
    from interpol_dataset.values.quantity import Quantity


class _Told(NamedTuple):
    """
    A number of a page, where it is, and the words around it.

    Also what it counts and in which country, as far as its words tell; and whether it is another
    operation's.
    """

    number: Number
    at: str
    words: str
    figure: Figure | None
    place: str | None
    is_of_another: bool

    def is_of(self, value: Decimal, unit: str | None) -> bool:
        """Return whether it is a number, in another unit, too."""
        own, other = FACTORS.get(self.number.unit or ""), FACTORS.get(unit or "")
        if self.number.value == value:
            return True

        return bool(own and other) and self.number.value * own == value * other

    def __str__(self) -> str:
        return f"'{self.words}' ({self.at})"


#: How many words behind a number are shown.
_BEHIND: Final = 2


@dataclass(frozen=True)
class _Text:
    """A page as statements are held against it; without a reader there are no figures."""

    page: Page
    reader: Reader | None

    @cached_property
    def plain(self) -> str:
        """The text without case and accents."""
        return folded(self.whole)

    @property
    def whole(self) -> str:
        """The text."""
        return "\n".join(it.text for it in self.page.paragraphs)

    @cached_property
    def told(self) -> list[_Told]:
        """The numbers of the page."""
        return [told for piece in pieces(self.page) for told in self._of(piece)]

    def _of(self, piece: Piece) -> Iterator[_Told]:
        code = self.page.language
        numbers, plain = numbers_in(piece.text, code)
        read = self.reader.figures(numbers, plain, in_list=piece.in_list) if self.reader else ()
        figures = {it.number.start: it for it in read}
        acted = acting(plain, code) if self.reader else []
        for it in numbers:
            behind = piece.text[it.end :].split()[:_BEHIND]
            words = " ".join([piece.text[it.start : it.end].strip(), *behind]).strip(" ,;:.()")
            place = place_of(it, acted, plain, code)
            yield _Told(it, piece.at, words, figures.get(it.start), place, piece.is_of_another)

    @cached_property
    def named(self) -> set[str]:
        """The countries that the page names in any way."""
        return countries_named(self.whole, self.page.language)

    @cached_property
    def acting(self) -> set[str]:
        """The countries that the page says did something, as far as its words tell."""
        read = (numbers_in(it.text, self.page.language)[1] for it in pieces(self.page))

        return {it.code for plain in read for it in acting(plain, self.page.language)}

    def has_digits(self, value: Decimal) -> bool:
        """Return whether the digits of a number stand in the text, in groups or not."""
        whole, _, rest = f"{value:f}".partition(".")
        groups = re.sub(r"(?<=[0-9])(?=(?:[0-9]{3})+$)", "[ .,'\u202f\u00a0]?", whole)
        end = f"[.,]{rest}0*" if rest else r"(?:[.,]0+(?![0-9]))?"

        return bool(re.search(rf"(?<![0-9])(?<![0-9][.,]){groups}{end}(?![0-9])", self.plain))

    def read(self, value: Decimal, unit: str | None, at: str) -> list[_Told]:
        """Return where a number is: in the paragraphs that are named, or else anywhere."""
        found = [it for it in self.told if it.is_of(value, unit)]
        here = [it for it in found if it.at in self.places(at)]

        return here or found

    def places(self, at: str) -> set[str]:
        """Return the paragraphs that a locator names, as far as it does."""
        numbers = {int(it) for it in re.findall(r"[0-9]+", at)} if "paragraph" in at else set()
        if " to " in at and numbers:
            numbers = {*range(min(numbers), max(numbers) + 1)}
        found = {f"paragraph {number}" for number in numbers}
        if "last paragraph" in at:
            found.add(self.page.paragraphs[-1].at)

        return found | ({"title"} if "title" in at else set())


class Compared(NamedTuple):
    """What is told of a statement: the path to it, what is wrong, and how to fix it."""

    path: KeyPath
    message: str
    hint: str


def compare(
    pages: Mapping[str, Page], entries: Iterable[Entry], records: Records
) -> Iterator[Finding]:
    """
    Hold what records say against the pages that they cite.

    :param pages: The pages by the ids of their sources.
    :param entries: The records.
    :param records: What else is known, such as the phrases of metrics.
    """
    spoken = {it.language for it in pages.values()}
    readers = {code: Reader(code, records) for code in spoken.intersection(LANGUAGES)}
    texts = {id_: _Text(page, readers.get(page.language)) for id_, page in pages.items()}
    homes = {it.id: it.country for it in records.organizations if it.country}
    sources = {it.id: it for it in records.sources}
    for entry in entries:
        found: Iterable[Compared] = ()
        if isinstance(entry.record, m.Source) and entry.record.id in pages:
            found = _of_source(entry.record, pages[entry.record.id], records)
        elif isinstance(entry.record, m.Case):
            found = (
                it._replace(path=("reports", index, *it.path))
                for index, report in enumerate(entry.record.reports)
                if report.source in texts and texts[report.source].page.language in READABLE
                for it in _of_report(report, sources[report.source], texts[report.source], homes)
            )
        for it in found:
            yield said_on_page.finding(Breach(entry, *it))


#: How much of a page has to be there to tell its language by.
_ENOUGH: Final = 60


def _of_source(source: m.Source, page: Page, records: Records) -> Iterator[Compared]:
    """Return what a page says of itself otherwise than its record."""
    words = sum(len(it.text.split()) for it in page.paragraphs)
    if page.language != source.language and words >= _ENOUGH and page.language in READABLE:
        message = f"the page reads as '{page.language}', and the language is '{source.language}'"
        yield Compared(("language",), message, f"write '{page.language}'")
    own = [it.id for it in records.organizations if it.name.casefold() == page.site.casefold()]
    if len(own) == 1 and own[0] != source.publisher:
        message = f"the page says that it is on '{page.site}'"
        yield Compared(("publisher",), message, f"write '{own[0]}', if that carries the page")
    title = words_of_text(source.title)
    there = {*words_of_text(" ".join(it.text for it in page.paragraphs))}
    if not source.title.startswith("[") and sum(it in there for it in title) * 2 < len(title):
        message = "hardly a word of this title is on the page"
        shown = f"'{page.title}'" if page.title else "none that can be told"
        yield Compared(("title",), message, f"its title is {shown}; is it the page of this source?")


def _of_report(
    report: m.Report, source: m.Source, text: _Text, homes: Mapping[str, str]
) -> Iterator[Compared]:
    """Return what a page says otherwise than the report of it."""
    bodies = [source.publisher, source.asserter, *(it.organization for it in report.organizations)]
    # A page needn't name the country of its own police.
    named = text.named | {homes[it] for it in bodies if it in homes}
    if report.countries:
        yield from _of_countries(report.countries, text, named)
    if report.announced:
        yield from _of_day(report.announced, text)
    stated: list[tuple[KeyPath, m.ReportedCountryCount | m.ReportedOutcome]] = [
        (("outcomes", index), it) for index, it in enumerate(report.outcomes)
    ]
    if report.country_count:
        stated.append((("country_count",), report.country_count))
    for path, it in stated:
        if fault := _of_value(it, text):
            yield Compared((*path, fault.path[0]), fault.message, fault.hint)
        place = getattr(it, "place", None)
        if place in COUNTRIES and place not in named:
            message = f"the page doesn't name {COUNTRIES[place]}"
            yield Compared((*path, "place"), message, _instead(text, [place]))
    yield from _of_paragraphs(stated, text)


def _of_value(
    stated: m.ReportedCountryCount | m.ReportedOutcome, text: _Text
) -> Compared | None:
    """Return what a page has instead of a number, its hedge or its unit."""
    value, unit = stated.value.point, getattr(stated, "unit", None)
    if value is None or value <= _COUNTED:
        return None
    found = text.read(value, unit, stated.at)
    if not found:
        if text.has_digits(value):
            return None
        return Compared(
            ("value",), f"the page doesn't have the number {value:,f}", _nearest(value, unit, text)
        )
    shown = found[0]
    if all(it.number.units and unit not in it.number.units and it.number.value == value
           for it in found):
        return Compared(
            ("unit" if unit else "value",), f"the page has {shown}, not in {unit or 'things'}",
            "write the page's unit; a number in another is another figure")
    same = [it for it in found if it.number.value == value]
    signs = {it.number.sign for it in same}
    own = stated.value.sign
    if same and own not in signs and (text.reader or not own):
        hedge = "this hedge" if own else "no hedge"
        ...
    return None
