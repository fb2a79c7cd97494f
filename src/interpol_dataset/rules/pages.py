"""
Rules on pages: their titles, and how those of a case compare with each other.

Pages may differ, and what each says is written down. But a figure that is another page's with two
digits swapped is a slip: of the page, as a note then says, or of the record.
"""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from interpol_dataset.evidence.testimony import Amount
from interpol_dataset.files import csv_rows
from interpol_dataset.findings import KeyPath, Severity
from interpol_dataset.records import models as m
from interpol_dataset.records.compose import is_placeholder
from interpol_dataset.rules.rule import WARNING, Breach, Breaches, Rule, record_rule
from interpol_dataset.schema.vocabulary import CURRENCIES, FACTORS
from interpol_dataset.values import grouped
from interpol_dataset.values.fact_path import FactPath
from interpol_dataset.values.web import host_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from interpol_dataset.records.parse import Entry
    from interpol_dataset.rules.context import Context
    from interpol_dataset.values.quantity import Quantity

#: What :mod:`interpol_dataset.draft.compare` finds, where a saved page is given.
said_on_page: Final = Rule(
    "MNG070",
    "said-on-page",
    "What a record says is said by the page that it cites, as far as the saved page is given.",
    Severity.WARNING,
)
#: A whole number; parts of a larger one, of a decimal or of a range are none.
_NUMBER: Final = re.compile(r"(?<![\d.,:/'-])(?<!\d )[1-9]\d+(?![.,:/' -]?\d)")
#: What a note has that tells of a hedge.
_HEDGE: Final = re.compile(
    r"\b(?:more than|over|at least|nearly|almost|less than|under|up to|hedge)\b", re.IGNORECASE
)
#: What is between a title and the name of the site.
SEPARATOR: Final = re.compile(r"\s+[|\u2013\u2014\u00b7\u00bb-]\s+")


class _Said(NamedTuple):
    """
    A figure on a page.

    :param path: The path to its number in the record.
    """

    fact: FactPath
    path: KeyPath
    source: str
    value: Quantity
    unit: str | None
    note: str

    @property
    def amount(self) -> Amount:
        """The figure in the unit of comparison."""
        return Amount.of(self.value, FACTORS.get(self.unit or ""))

    @property
    def written(self) -> str:
        """The figure as a message shows it."""
        return f"{self.value} {self.unit}" if self.unit else str(self.value)


def _said(case: m.Case) -> Iterator[_Said]:
    """Return the figures of all pages, but for ranges and for those under another word."""
    for index, report in enumerate(case.reports):
        items: list[tuple[str, KeyPath, Any]] = [
            (item.fact, ("outcomes", number), item)
            for number, item in enumerate(report.outcomes)
            if item.drift_of is None
        ]
        if report.country_count is not None:
            items.append(("country_count", ("country_count",), report.country_count))
        for fact, path, item in items:
            if item.value.point is not None:
                unit = getattr(item, "unit", None)
                at = ("reports", index, *path, "value")
                note = item.note or ""
                yield _Said(FactPath(fact), at, report.source, item.value, unit, note)


def _pairs(
    said: Iterable[_Said], key: Callable[[_Said], object], value: Callable[[_Said], object]
) -> Iterator[tuple[_Said, _Said]]:
    """
    Return two figures for any two values that different pages have of one thing.

    The first is of the value that fewer pages have, or that stands later in the record.
    """
    things: dict[object, dict[object, list[_Said]]] = defaultdict(lambda: defaultdict(list))
    for item in said:
        things[key(item)][value(item)].append(item)
    for values in things.values():
        for many, few in combinations(sorted(values.values(), key=len, reverse=True), 2):
            if many[0].source != few[0].source:
                yield few[-1], many[0]


@record_rule("MNG034", m.Case, needs=("reports",), **WARNING)
def slip_between_pages(entry: Entry, record: m.Case, context: Context) -> Breaches:
    """
    A figure is not another page's or a title's with a slip: in a digit, a zero, a unit or a metric.
    """
    said = [*_said(record)]
    disputed = {dispute.fact for dispute in record.disputes}
    hint = (
        "read both pages again, and correct the one that was misread; "
        "if they do differ, say in a note what the other page has"
    )
    for one, other in _pairs(said, lambda item: item.fact, lambda item: item.amount.low):
        slip = _slip(one, other)
        if slip and one.fact not in disputed and not _is_explained(one, other):
            message = f"{one.written} is {other.written} of '{other.source}' {slip}"
            yield Breach(entry, one.path, message, hint)

    for one, other in _pairs(
        _money(said),
        lambda item: (_of_any_currency(item), item.value.point),
        lambda item: item.unit,
    ):
        if not one.note and not other.note:
            message = f"{one.written} is {other.written} of '{other.source}' in another currency"
            yield Breach(entry, one.path, message, hint)

    for one, other in _exchanged(said):
        message = f"{one.written} is what '{other.source}' has for '{other.fact}', and vice versa"
        yield Breach(entry, one.path, message, hint)

    for one, titled in _titled(said, context):
        message = f"{one.written} is {titled} of the title with a slip in its digits"
        hint = "read the page again; if it has both numbers, say in a note what each is"
        if not one.note:
            yield Breach(entry, one.path, message, hint)


def _titled(said: list[_Said], context: Context) -> Iterator[tuple[_Said, str]]:
    """Return figures that are a slip of a number in the title of their page."""
    for id_, items in grouped((item.source, item) for item in said).items():
        source = context.sources.get(id_)
        titled = _NUMBER.findall(source.title) if source else []
        figures = {f"{item.value.point:f}" for item in items} if titled else set()
        for number in (number for number in titled if number not in figures):
            for item in items:
                own = f"{item.value.point:f}"
                if _has_neighbours_swapped(own, number) or _has_digit_twice(own, number):
                    yield item, number


def _slip(one: _Said, other: _Said) -> str | None:
    """Return how one figure may have come from the other by a slip."""
    low, high = sorted((one.amount.low, other.amount.low))
    if low and high / low in {Decimal(10) ** power for power in range(1, 7)}:
        return f"times {high / low:,}" if one.amount.low == high else f"divided by {high / low:,}"
    if digits_of(low) != digits_of(high) and _has_neighbours_swapped(
        digits_of(low), digits_of(high)
    ):
        return "with two digits swapped"
    return None


def digits_of(number: Decimal) -> str:
    """Return the digits of a number but for the zeros around them."""
    return f"{number:f}".replace(".", "").strip("0")


def _has_neighbours_swapped(one: str, other: str) -> bool:
    if len(one) != len(other):
        return False
    at, *more = (index for index in range(len(one)) if one[index] != other[index])
    return more == [at + 1] and one[at : at + 2] == other[at + 1] + other[at]


def _has_digit_twice(one: str, other: str) -> bool:
    """Return whether a number is another with a digit typed twice; zeros are another slip."""
    few, many = sorted((one, other), key=len)
    doubled = {few[: at + 1] + few[at:] for at, digit in enumerate(few) if digit != "0"}
    return many in doubled


def _is_explained(one: _Said, other: _Said) -> bool:
    """Return whether a note next to one of two figures has the other one's digits."""
    return any(
        digits_of(there.amount.low) in re.sub(r"[^0-9]", "", here.note)
        for here, there in ((one, other), (other, one))
    )


def _money(said: list[_Said]) -> Iterator[_Said]:
    """Return amounts of money of pages that give each in one currency."""
    given: dict[tuple[str, str], set[str | None]] = defaultdict(set)
    for item in said:
        given[item.source, _of_any_currency(item)].add(item.unit)
    for item in said:
        if item.unit in CURRENCIES and len(given[item.source, _of_any_currency(item)]) == 1:
            yield item


def _of_any_currency(item: _Said) -> str:
    """Return what an amount of money is of, whatever its currency."""
    return item.fact.replace(f":{item.unit}", "")


def _exchanged(said: list[_Said]) -> Iterator[tuple[_Said, _Said]]:
    """Return the figures of two facts that have each other's numbers on two pages."""
    numbers: dict[tuple[object, ...], dict[str, _Said]] = defaultdict(dict)
    for item in said:
        numbers[item.fact, item.value.point].setdefault(item.source, item)
    for own in grouped((item.source, item) for item in said).values():
        for one, two in combinations(own, 2):
            if one.value.point == two.value.point:
                continue
            first = numbers.get((one.fact, two.value.point), {})
            second = numbers.get((two.fact, one.value.point), {})
            for source in first.keys() & second.keys() - {one.source}:
                if second[source].path < one.path:
                    yield one, second[source]


@record_rule("MNG035", m.Case, needs=("reports",), **WARNING)
def hedge_turned(entry: Entry, record: m.Case, _context: Context) -> Breaches:
    """What is more than a number on one page is not less than it on another."""
    hedged = (item for item in _said(record) if item.value.sign[:1] in {"<", ">"})
    for one, other in _pairs(
        hedged, lambda item: (item.fact, item.amount.low), lambda item: item.value.sign[:1]
    ):
        if not _HEDGE.search(one.note + " " + other.note):
            message = f"{one.written} is {other.written} on '{other.source}'"
            hint = (
                "'<' is nearly, '>' is more than: correct the one that was misread; "
                "if they do differ, say in a note what the other page has"
            )
            yield Breach(entry, one.path, message, hint)


@record_rule("MNG036", m.Case, needs=("reports",), **WARNING)
def countries_counted(entry: Entry, record: m.Case, _context: Context) -> Breaches:
    """The pages of a case list no more countries together than one of them counts."""
    reports = [(index, report.countries) for index, report in enumerate(record.reports)]
    lists = [(index, countries.list) for index, countries in reports if countries]
    counts = [report.country_count.value for report in record.reports if report.country_count]
    explained = any(item.fact.kind in {"countries", "country_count"} for item in record.disputes)
    if not counts or explained or any(_is_beyond(report) for report in record.reports):
        return

    # "More than 20" and "about 20" leave room; what a single page contradicts, another rule says.
    most = max(_room(count) for count in counts)
    listed = grouped((country, index) for index, countries in lists for country in countries)
    if len(listed) > most:
        longest = max((countries for _, countries in lists), key=len)
        rest = [country for country in listed if country not in longest] or [*listed]
        rare = min(reversed(rest), key=lambda country: len(listed[country]))
        index = listed[rare][-1]
        written = entry.data["reports"][index]["countries"]["list"].index(rare)
        number = len(listed[rare])
        shown = "one list only" if number == 1 else f"{number} lists"
        message = f"the pages list {len(listed)} countries together, and count {most} at most"
        hint = (
            f"'{rare}' is on {shown}: see whether it took part; "
            f"if the pages do differ, {countries_counted.exception}"
        )
        path = ("reports", index, "countries", "list", written)
        yield Breach(entry, path, message, hint)


def _is_beyond(report: m.Report) -> bool:
    counted, listed = report.country_count, report.countries
    return bool(counted and listed and len(listed.list) > _room(counted.value))


def _room(count: Quantity) -> Decimal:
    return count.lower * 2 if count.upper is None else count.upper


@record_rule("MNG046", m.Source, needs=("title", "url", "publisher"), **WARNING)
def whole_title(entry: Entry, record: m.Source, context: Context) -> Breaches:
    """A title is whole, and the name of the site is not part of it."""
    if is_placeholder(record.title):
        return
    if re.search(r"(?:\.\.\.|\u2026)$", record.title):
        message = "the title is cut off"
        hint = f"write it whole; or, if the page itself cuts it, {whole_title.exception}"
        yield Breach(entry, ("title",), message, hint)
        return

    *front, end = SEPARATOR.split(record.title)
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


#: Words, one of which is in nearly every title of a language; those of two languages tell nothing.
_WORDS: Final = {
    row["language"]: frozenset(row["words"].split())
    for row in csv_rows(__file__, "title_words.csv")
}
#: How many words of another language, with none of its own, prove a title to be in the other.
_ENOUGH: Final = 2


@record_rule("MNG047", m.Source, needs=("title", "language"), **WARNING)
def language_of_title(entry: Entry, record: m.Source, _context: Context) -> Breaches:
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
