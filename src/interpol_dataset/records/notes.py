"""
What is noted of each file: what it refers to, what is compared with others, and its exceptions.

Notes are kept from one check to the next, so that no record has to be made of what didn't change.
An exception is a comment in a record that sets a rule aside, with a reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from interpol_dataset.files import digest_of
from interpol_dataset.findings import KeyPath, Place, Span
from interpol_dataset.records import models as m
from interpol_dataset.records.compose import is_placeholder
from interpol_dataset.records.document import Document, references
from interpol_dataset.suggest import numbered, slug_of
from interpol_dataset.values.web import canonical, host_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from interpol_dataset.records.parse import Entry
    from interpol_dataset.schema.vocabulary import RelationType
    from interpol_dataset.values.edtf import Edtf
    from interpol_dataset.values.fact_path import FactPath

#: A comment line of its own that names a rule and gives the reason.
_COMMENT: Final = re.compile(
    r"^[ \t]*# allow (?P<rule>[A-Za-z]{2,4}-?[0-9]{1,4})\b(?P<rest>.*)$", re.MULTILINE
)
_REASON: Final = re.compile(r": \S.{9,}")
#: Smaller numbers meet by chance.
_TELLING: Final = 50
#: An operation without an end goes on for so many years at most.
_LONG: Final = 50


@dataclass(frozen=True, slots=True)
class Exemption:
    """An exception that a file makes from a rule, whose code is as it was written."""

    place: Place
    code: str
    has_reason: bool


def exemptions(document: Document) -> Iterator[Exemption]:
    """Return the exceptions that a file makes; one that can't be read makes none."""
    if document.defects or "# allow " not in document.text:
        return

    last, line = 0, 1
    for match in _COMMENT.finditer(document.text):
        line += document.text.count("\n", last, match.start())
        last = match.start()
        if not document.is_comment(line):
            continue

        written = match[0].rstrip()
        column = len(written) - len(written.lstrip()) + 1
        place = Place(document.path, Span(line, column, line, len(written) + 1))
        has_reason = _REASON.fullmatch(match["rest"].rstrip()) is not None
        yield Exemption(place, match["rule"], has_reason)


class Related(NamedTuple):
    """A relation of a case, and the figures that both cases share."""

    type: RelationType
    case: str | None
    shared: tuple[FactPath, ...]


class CaseOutline(NamedTuple):
    """
    What is compared of cases.

    :param names: Its names, without what varies in writing.
    :param years: The years in which it took place, or was announced where that is not known.
    :param circumstances: Its sources, periods and countries, if it has all of them.
    :param occasions: Its periods that are known to the day, each with each list of its countries.
    :param sources: The sources of its reports and of what courts did.
    :param objects: The objects of its figures, each with the metric.
    :param figures: Its exact figures that are too large to be met by chance, each with its fact.
    """

    series: str | None
    edition: int | None
    names: frozenset[str]
    years: frozenset[int]
    circumstances: tuple[frozenset[str], ...] | None
    occasions: frozenset[tuple[str, ...]]
    sources: tuple[str, ...]
    relations: tuple[Related, ...]
    name: str
    categories: tuple[str, ...]
    objects: frozenset[tuple[str, str]]
    figures: frozenset[str]

    def is_apart_from(self, other: CaseOutline) -> bool:
        """Return whether two cases are editions of one series, or took place in other years."""
        is_of_one = self.series is not None and self.series == other.series
        if is_of_one and self.edition and other.edition:
            return True  # two cases of one edition are another rule's
        return bool(self.years and other.years) and self.years.isdisjoint(other.years)


class SourceOutline(NamedTuple):
    """What is compared of a source with an address: what leads to the page, and its site."""

    page: str
    host: str


Outline: TypeAlias = CaseOutline | SourceOutline | None


class Notes(NamedTuple):
    """What is noted of a file: its hash, and for each record path, table and id it refers to."""

    digest: bytes
    references: tuple[tuple[tuple[KeyPath, str, str], ...], ...]
    outline: Outline
    exemptions: tuple[Exemption, ...]


def notes_of(document: Document, entries: Sequence[Entry]) -> Notes:
    """Note what matters of a file, and the hash of its text."""
    return Notes(
        digest_of(document.text),
        tuple(tuple(references(entry.kind.model, entry.data)) for entry in entries),
        _outline(entries[0]) if entries and entries[0].kind.folder else None,
        tuple(exemptions(document)),
    )


def _outline(entry: Entry) -> Outline:
    """Return the parts of a record that are compared, if they could be read."""
    seen = entry.readable
    record = seen.record if seen is not None else None
    if isinstance(record, m.Case):
        return _outline_of_case(record)
    url = getattr(record, "url", None) if isinstance(record, m.Source) else None
    if url is None or is_placeholder(url):
        return None
    return SourceOutline(canonical(url), host_of(url))


def _outline_of_case(case: m.Case) -> CaseOutline:
    # What is lost of a case is not an attribute of it.
    reports: tuple[m.Report, ...] = getattr(case, "reports", ())
    proceedings: tuple[m.Proceedings, ...] = getattr(case, "proceedings", ())
    relations: tuple[m.Relation, ...] = getattr(case, "relations", ())
    names = (getattr(case, "name", ""), *getattr(case, "aliases", ()))

    return CaseOutline(
        getattr(case, "series", None),
        getattr(case, "edition", None),
        frozenset(_folded(name) for name in names if not is_placeholder(name)) - {""},
        frozenset(_years(reports)),
        _circumstances(reports),
        frozenset(_occasions(reports)),
        (*(report.source for report in reports), *(told.source for told in proceedings)),
        tuple(Related(item.type, item.case, item.shared) for item in relations),
        names[0],
        getattr(case, "categories", ()),
        frozenset(
            (outcome.object, outcome.metric)
            for report in reports
            for outcome in report.outcomes
            if outcome.object
        ),
        frozenset(
            f"{outcome.fact} {outcome.value.point}"
            for report in reports
            for outcome in report.outcomes
            if outcome.value.point is not None and outcome.value.point >= _TELLING
        ),
    )


def _folded(name: str) -> str:
    """Return a name without what varies in writing; "Alpha Three" is "Alpha III"."""
    base, number = numbered(name) or (name, "")
    words = slug_of(f"{base} {number}").split("-")
    return "-".join(word for word in words if word not in {"operation", "operacion", "the"})


def _circumstances(reports: Iterable[m.Report]) -> tuple[frozenset[str], ...] | None:
    sources = frozenset(report.source for report in reports)
    periods = frozenset(report.period.value.notation for report in reports if report.period)
    countries = frozenset(
        code for report in reports if report.countries for code in report.countries.list
    )
    return (sources, periods, countries) if periods and countries else None


def _occasions(reports: Iterable[m.Report]) -> Iterator[tuple[str, ...]]:
    periods = [report.period.value for report in reports if report.period]
    lists = {tuple(sorted(report.countries.list)) for report in reports if report.countries}
    for period in periods:
        if period.start[0] == period.start[1] and period.end[0] == period.end[1]:
            # Many take place in one country.
            yield from ((period.notation, *codes) for codes in lists if len(codes) > 1)


def _years(reports: Iterable[m.Report]) -> set[int]:
    periods = [report.period.value for report in reports if report.period]
    if periods:
        return {year for period in periods for year in years_until(period, period.end[0])}
    return {report.announced.value.year for report in reports if report.announced}


def years_until(period: Edtf, last: date) -> range:
    """Return the years of a period up to a day; without a beginning it has only the last."""
    first = (period.earliest or last).year
    return range(first, max(first, min(last.year, first + _LONG)) + 1)
