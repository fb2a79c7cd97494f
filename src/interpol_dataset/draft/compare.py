"""
A record compared with the saved page that it cites.

Only certain faults are reported: a number that is not on the page at all, or a hedge, a unit or a
country that differs. Doubtful ones pass.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from interpol_dataset.draft.figures import Figure, Number, Reader, numbers_in
from interpol_dataset.draft.phrases import (
    LANGUAGES,
    READABLE,
    acting,
    countries_named,
    dates,
    folded,
    words_of_text,
)
from interpol_dataset.draft.propose import Page, Piece, pieces
from interpol_dataset.draft.write import read_page
from interpol_dataset.errors import PackageError, UnknownRecordError
from interpol_dataset.records import models as m
from interpol_dataset.rules.hints import words_of
from interpol_dataset.rules.pages import digits_of, said_on_page
from interpol_dataset.rules.rule import Breach
from interpol_dataset.schema.vocabulary import FACTORS, MetricFamily
from interpol_dataset.suggest import folded_name, suggestion
from interpol_dataset.values.iso import COUNTRIES
from interpol_dataset.values.web import canonical

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from decimal import Decimal
    from pathlib import Path

    from interpol_dataset.findings import Finding, KeyPath
    from interpol_dataset.records.document import Records
    from interpol_dataset.records.folder import RecordSet
    from interpol_dataset.records.parse import Entry
    from interpol_dataset.values.quantity import Quantity

#: What has a number.
_Stated: TypeAlias = "m.ReportedCountryCount | m.ReportedOutcome"
#: How many words after a number are shown, and how far before it a hedge may be, in characters.
_AFTER: Final = 2
_REACH: Final = 40
#: How many sources a hint shows.
_SHOWN: Final = 12
#: How much of a page has to be there to tell its language by.
_ENOUGH: Final = 60
#: Numbers up to this may be counted by the reader: "a man and two women".
_COUNTED: Final = 10
#: A word with fewer letters says nothing.
_LETTERS: Final = 4
#: A dateline is in one of the first paragraphs, and so near to where it begins.
_TOP: Final = 4
_DATELINE: Final = 60
#: How many paragraphs have to be at the stated place.
_RIGHT: Final = 3


class Told(NamedTuple):
    """A number of a page, where it is, the words of it and before it, and what it counts."""

    number: Number
    at: str
    words: str
    before: str
    figure: Figure | None
    is_of_another: bool

    def is_of(self, value: Decimal, unit: str | None) -> bool:
        """Return whether it is a number, in another unit, too."""
        own, other = FACTORS.get(self.number.unit or ""), FACTORS.get(unit or "")
        if self.number.value == value:
            return True
        return bool(own and other and self.number.value * own == value * other)

    def __str__(self) -> str:
        return f"'{self.words}' ({self.at})"


@dataclass(frozen=True)
class Text:
    """A page to compare with statements; without a reader of its language there are no figures."""

    page: Page
    reader: Reader | None
    families: Mapping[str, MetricFamily | None]

    @cached_property
    def plain(self) -> str:
        """The text without case and accents."""
        return folded(self.whole)

    @cached_property
    def whole(self) -> str:
        """The text."""
        return "\n".join(it.text for it in self.page.paragraphs)

    @cached_property
    def words(self) -> set[str]:
        """The words of the text, without case and accents."""
        return {*words_of_text(self.whole)}

    @cached_property
    def told(self) -> list[Told]:
        """The numbers of the page."""
        return [told for piece in pieces(self.page) for told in self._of(piece)]

    def _of(self, piece: Piece) -> Iterator[Told]:
        numbers, plain = numbers_in(piece.text, self.page.language)
        read = self.reader.figures(numbers, plain, in_list=piece.in_list) if self.reader else ()
        figures = {it.number.start: it for it in read}
        for it in numbers:
            after = piece.text[it.end :].split()[:_AFTER]
            words = " ".join([piece.text[it.start : it.end].strip(), *after]).strip(" ,;:.()")
            before = folded(piece.text[max(0, it.start - _REACH) : it.start])
            yield Told(it, piece.at, words, before, figures.get(it.start), piece.is_of_another)

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
        """Return whether the text has the digits of a number, grouped or not."""
        whole, _, rest = f"{value:f}".partition(".")
        groups = re.sub(r"(?<=[0-9])(?=(?:[0-9]{3})+$)", "[ .,'\u202f\u00a0]?", whole)
        end = f"[.,]{rest}0*" if rest else r"(?:[.,]0+(?![0-9]))?"
        return bool(re.search(rf"(?<![0-9])(?<![0-9][.,]){groups}{end}(?![0-9])", self.plain))

    def read(self, value: Decimal, unit: str | None, at: str) -> list[Told]:
        """Return where a number is: in the paragraphs that are named, or else anywhere."""
        found = [it for it in self.told if it.is_of(value, unit)]
        here = [it for it in found if it.at in self.places(at)]
        return here or found

    def places(self, at: str) -> set[str]:
        """Return the paragraphs that a locator names, if any."""
        numbers = {int(it) for it in re.findall(r"[0-9]+", at)} if "paragraph" in at else set()
        if " to " in at and numbers:
            numbers = {*range(min(numbers), max(numbers) + 1)}
        found = {f"paragraph {number}" for number in numbers}
        if "last paragraph" in at:
            found.add(self.page.paragraphs[-1].at)
        return found | ({"title"} if "title" in at else set())


def tied(
    given: Iterable[tuple[str | None, Path]],
    sources: Iterable[m.Source],
    cited: Collection[str] = (),
) -> dict[str, Page]:
    """
    Read saved pages, and return them by the ids of their sources.

    :param given: The id of the source of each, if it is said, and its file.
    :param cited: The ids of all sources that are cited, also of those that can't be read.
    :raises PackageError: It can't be told which source a page is, or its source can't be read.
    :raises UnknownRecordError: The source that is said is none of these.
    """
    known = {it.id: it for it in sources}
    pages: dict[str, Page] = {}
    for id_, path in given:
        page = read_page(path)
        if page.language == "ms":  # which has the same words as Indonesian for most things
            page = replace(page, language="id")
        found = [id_] if id_ else [it.id for it in known.values() if _is_page_of(page, it)]
        shown = ", ".join(sorted(known)[:_SHOWN])
        if id_ and id_ not in known:
            if id_ in cited:
                raise PackageError(
                    f"the record of the source '{id_}' is missing or can't be read",
                    hint="run 'interpol-dataset validate' without --page, and correct it first",
                )
            hint = suggestion(id_, known, f"the records cite {shown}")
            raise UnknownRecordError(f"'{id_}' is not a source of these records", hint=hint)
        if len(found) != 1:
            what = f"it could be {' or '.join(found)}" if found else "it doesn't show its address"
            raise PackageError(
                f"it can't be told which source this page is: {what}",
                where=str(path),
                hint=f"say --page SOURCE={path}, with one of {shown}",
            )
        pages[found[0]] = page

    return pages


def _is_page_of(page: Page, source: m.Source) -> bool:
    """Return whether a page shows itself to be of a source: by its text, address or title."""
    return bool(
        (page.content_hash and page.content_hash == source.content_hash)
        or (page.url and source.url and canonical(page.url) == canonical(source.url))
        or (page.title and folded_name(page.title) == folded_name(source.title))
    )


class Compared(NamedTuple):
    """What is found in a statement: the path to it, what is wrong, and how to fix it."""

    path: KeyPath
    message: str
    hint: str


def check_pages(
    record_set: RecordSet, files: Collection[str], given: Iterable[tuple[str | None, Path]]
) -> tuple[list[Finding], list[str]]:
    """
    Hold records against saved pages.

    :param files: The files of those to look at.
    :param given: As for :func:`tied`.
    :returns: What was found, and the sources of these records of which no page was given.
    """
    named = (it.readable for it in record_set.entries if it.document.path in files)
    entries = [it for it in named if it]
    cases = [it.record for it in entries if isinstance(it.record, m.Case)]
    cited = {report.source for case in cases for report in case.reports}
    cited |= {it.id for it in entries if isinstance(it.record, m.Source)}
    sources = [
        it for it in record_set.entries if it.id in cited and isinstance(it.record, m.Source)
    ]
    readable = [it.record for it in sources if isinstance(it.record, m.Source)]
    pages = tied(given, readable, cited)
    looked_at = [it for it in entries if isinstance(it.record, m.Case)] + sources

    return [*compare(pages, looked_at, record_set.records)], sorted(cited - {*pages})


def compare(
    pages: Mapping[str, Page], entries: Iterable[Entry], records: Records
) -> Iterator[Finding]:
    """Hold what records say against the pages that they cite, which are by the sources' ids."""
    spoken = {it.language for it in pages.values()}
    readers = {code: Reader(code, records) for code in spoken.intersection(LANGUAGES)}
    families = {it.id: it.family for it in records.metrics}
    texts = {id_: Text(it, readers.get(it.language), families) for id_, it in pages.items()}
    bodies = {it.id: it for it in records.organizations}
    sources = {it.id: it for it in records.sources}
    for entry in entries:
        found: Iterable[Compared] = ()
        if isinstance(entry.record, m.Source) and entry.record.id in pages:
            found = _of_source(entry.record, texts[entry.record.id], records)
        elif isinstance(entry.record, m.Case):
            found = (
                it._replace(path=("reports", index, *it.path))
                for index, report in enumerate(entry.record.reports)
                if report.source in texts and texts[report.source].page.language in READABLE
                for it in _of_report(report, sources[report.source], texts[report.source], bodies)
            )
        for it in found:
            yield said_on_page.finding(Breach(entry, *it))


def _of_source(source: m.Source, text: Text, records: Records) -> Iterator[Compared]:
    """Return where a page and its record disagree about the page itself."""
    page = text.page
    words = sum(len(it.text.split()) for it in page.paragraphs)
    if page.language != source.language and words >= _ENOUGH and page.language in READABLE:
        message = f"the page reads as '{page.language}', and the language is '{source.language}'"
        yield Compared(("language",), message, f"write '{page.language}'")
    own = [it.id for it in records.organizations if it.name.casefold() == page.site.casefold()]
    if len(own) == 1 and own[0] != source.publisher:
        message = f"the page says that it is on '{page.site}'"
        yield Compared(("publisher",), message, f"write '{own[0]}', if that carries the page")
    title = words_of_text(source.title)
    if not source.title.startswith("[") and sum(it in text.words for it in title) * 2 < len(title):
        message = "hardly a word of this title is on the page"
        shown = f"'{page.title}'" if page.title else "none that can be told"
        yield Compared(("title",), message, f"its title is {shown}; is it the page of this source?")


def _of_report(
    report: m.Report, source: m.Source, text: Text, bodies: Mapping[str, m.Organization]
) -> Iterator[Compared]:
    own = {source.publisher, source.asserter, *(it.organization for it in report.organizations)}
    # A page needn't name the country of its own police.
    named = text.named | {bodies[it].country or "" for it in own if it in bodies}
    if report.countries:
        yield from _of_countries(report.countries, text, named)
    if report.announced:
        yield from _of_day(report.announced, text)
    stated: list[tuple[KeyPath, _Stated]] = [
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
        body = bodies.get(it.attributed_to or "")
        if body and body.id not in own and not _is_named(body, text):
            message = f"the page doesn't name {body.name}"
            hint = "read whose word it is; without 'attributed_to' it is the source's"
            yield Compared((*path, "attributed_to"), message, hint)
    yield from _of_paragraphs(stated, text)


def _may_be_counted(stated: _Stated) -> bool:
    return getattr(stated, "unit", None) is None and (stated.value.point or 0) <= _COUNTED


def _is_named(body: m.Organization, text: Text) -> bool:
    """Return whether a page may name a body: by its abbreviation, or by one word of its name."""
    if text.page.language != "en" or (body.abbreviation or "").casefold() in text.words:
        return True
    country = words_of_text(COUNTRIES.get(body.country or "", ""))
    own = {it for it in words_of_text(body.name) if len(it) >= _LETTERS} - {*country, "national"}
    return not own or not own.isdisjoint(text.words)


def _of_value(stated: _Stated, text: Text) -> Compared | None:
    """Return what a page has instead of a number, its unit, its hedge or its metric."""
    value = stated.value.point
    if value is None:
        return None
    unit, is_small = getattr(stated, "unit", None), _may_be_counted(stated)
    found = text.read(value, unit, stated.at)
    if not found:
        if is_small or text.has_digits(value):
            return None
        message = f"the page doesn't have the number {value:,f}"
        return Compared(("value",), message, _nearest(value, text))
    same = [it for it in found if it.number.value == value]

    return (
        _of_unit(unit, same)
        or (None if is_small else _of_hedge(stated.value, same, text))
        or (
            _of_figure(stated, same, text.families)
            if isinstance(stated, m.ReportedOutcome) and not is_small
            else None
        )
    )


def _of_unit(unit: str | None, same: list[Told]) -> Compared | None:
    if not same or any(not it.number.units or unit in it.number.units for it in same):
        return None
    hint = f"write {same[0].number.unit}, or read again what else the page has"
    return Compared(("unit" if unit else "value",), f"the page has it as {same[0]}", hint)


def _of_hedge(value: Quantity, same: list[Told], text: Text) -> Compared | None:
    """Return the hedge of a page, if no number of it has that of the record."""
    if not same or value.sign in {it.number.sign for it in same}:
        return None
    # Of a language without phrases, and in other words, it may have one that isn't known.
    bare = [it for it in same if not it.number.sign]
    if bare and (not text.reader or any(_HEDGE.search(it.before) for it in bare)):
        return None
    shown = next((it for it in same if it.number.sign), same[0])
    message = f"{value} has {'another hedge than the page' if value.sign else 'no hedge'}"
    hint = f"the page has {shown}: write '{shown.number.sign}{value.notation.lstrip('~<>=')}'"
    return Compared(("value",), message, hint)


#: How hedges begin.
_BEGINNINGS: Final = {
    re.escape(word[:5]) for it in words_of("hedge") for word in words_of_text(it) if word[4:]
}
_HEDGE: Final = re.compile(rf"\b(?:{'|'.join(sorted(_BEGINNINGS))})")
#: How well the phrases of a metric have to fit to be sure of it: two words, next to the number.
_SURE: Final = 6.0
#: In a family whose metrics exclude each other, a verb will do: "questioned" is not "arrested".
_VERB: Final = 2.9
_DISTINCT: Final = frozenset({MetricFamily.SUSPECTS, MetricFamily.VICTIMS, MetricFamily.MONEY})
#: Metrics of no family whose words are much the same.
_CHECKS: Final = re.compile(r".*-check(?:s|ed)|inspections|premises-searched|seizures")


def _of_figure(
    outcome: m.ReportedOutcome, same: list[Told], families: Mapping[str, MetricFamily | None]
) -> Compared | None:
    """Return what is wrong if the page has a number, but only of something else."""
    if same and all(it.is_of_another for it in same):
        message = f"the page tells {outcome.value} of another operation or year"
        return Compared(("value",), message, f"it has {same[0]}: read what it says of this one")
    figures = [it.figure for it in same if it.figure and not it.is_of_another]
    if not figures or len(figures) < len(same) or outcome.said_as or outcome.drift_of:
        return None
    metrics = {metric for it in figures for metric in (it.metric, *it.scores)}
    best = max(figures, key=lambda it: it.scores.get(it.metric, 0))
    score = best.scores.get(best.metric, 0)
    if outcome.metric not in metrics and score >= _needed(outcome.metric, best.metric, families):
        message = f"the page seems to tell {outcome.value} as '{best.metric}'"
        hint = f"it has {same[0]}: read it again; if the words are unusual, say them in 'said_as'"
        return Compared(("metric",), message, hint)

    return None


def _needed(one: str, other: str, families: Mapping[str, MetricFamily | None]) -> float:
    """Return how well the phrases of a metric have to fit to be sure that another is wrong."""
    family = families.get(one)
    is_same = family is not None and family is families.get(other)
    if is_same and family in _DISTINCT:
        return _VERB
    return float("inf") if is_same or (_CHECKS.match(one) and _CHECKS.match(other)) else _SURE


def _nearest(value: Decimal, text: Text) -> str:
    """Return a hint with the number that may be meant: one with these digits, or a part of them."""
    digits = sorted(digits_of(value))
    near = [it for it in text.told if sorted(digits_of(it.number.value)) == digits]
    if near:
        return f"it has {near[0]}: correct the number that was misread"
    return "correct the number, or leave it out if it is another page's"


def _of_countries(
    countries: m.ReportedCountries, text: Text, named: set[str]
) -> Iterator[Compared]:
    missing = [it for it in countries.list if it not in named]
    if missing:
        shown = ", ".join(f"{COUNTRIES.get(it, it)} ({it})" for it in missing)
        path = ("countries", "list", countries.list.index(missing[0]))
        yield Compared(path, f"the page doesn't name {shown}", _instead(text, countries.list))


def _instead(text: Text, listed: Iterable[str]) -> str:
    """Return a hint with the countries that a page names and a record doesn't."""
    others = sorted(text.acting - {*listed}) if text.reader else []
    shown = ", ".join(f"{COUNTRIES[it]} ({it})" for it in others)
    return f"it names {shown}, not listed" if shown else "read the page again, or leave it out"


def _of_day(announced: m.ReportedDay, text: Text) -> Iterator[Compared]:
    """Return the day in the dateline, if it is another than that of the announcement."""
    day = announced.value
    lines = [(it.text, it.at) for it in text.page.paragraphs[:_TOP]]
    found = [
        (it.first, at)
        for line, at in lines
        for it in dates(line, text.page.language)
        if all(it.first) and it.first == it.last and it.start < _DATELINE
    ]
    if (
        found
        and "date" in announced.at
        and (day.year, day.month, day.day) not in {it for it, _ in found}
    ):
        (year, month, number), at = found[0]
        message = f"the page is of {year}-{month:02}-{number:02} ({at})"
        yield Compared(("announced", "value"), message, "write the day of the page's dateline")


def _of_paragraphs(stated: list[tuple[KeyPath, _Stated]], text: Text) -> Iterator[Compared]:
    """
    Return the number that is in another paragraph than is said.

    Paragraphs can be counted in two ways. So others have to be where they are said to be, and one
    of them further down.
    """
    right: set[int] = set()
    wrong: list[tuple[KeyPath, set[int], set[int]]] = []
    for path, it in stated:
        if it.value.point is None or _may_be_counted(it):
            continue
        unit = getattr(it, "unit", None)
        found = _numbers(one.at for one in text.told if one.is_of(it.value.point, unit))
        said = _numbers(text.places(it.at))
        if found and said and found.isdisjoint(said):
            wrong.append((path, found, said))
        else:
            right |= found & said
    if len(wrong) == 1 and len(right) >= _RIGHT:
        path, found, said = wrong[0]
        if max(right) > max(found | said):
            where = " and ".join(map(str, sorted(found)))
            yield Compared((*path, "at"), "the number isn't there", f"it is in paragraph {where}")


def _numbers(places: Iterable[str]) -> set[int]:
    """Return the numbers of paragraphs; that of the title is 0."""
    return {int(it.removeprefix("paragraph ").replace("title", "0")) for it in places}
