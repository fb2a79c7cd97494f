"""
Exchange rates: the European Central Bank's reference rates, and what is fixed to them.

``rates.csv`` holds the published rates, unchanged, of the days on which amounts of the records are
converted; ``make tools WHAT=rates`` writes it. A rate says how many units of a currency one euro
buys.

Source: European Central Bank, euro foreign exchange reference rates. The statistics of the European
System of Central Banks may be reused free of charge if the source is named and the figures are not
altered.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["DAYS", "FIXED", "REFERENCE_RATES", "euro_rate", "published_rates", "window"]

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
    """Return the days of which the rates are averaged for a day, the last first."""
    return tuple(day - timedelta(days=back) for back in range(DAYS))


def euro_rate(currency: str, day: date) -> Decimal | None:
    """
    Return how many units of a currency one euro bought around a day.

    :param currency: Its ISO 4217 code.
    :param day: The last of the :data:`DAYS` days whose rates are averaged.
    :return: None if no rate of these days is known.
    """
    if currency == "EUR":
        return Decimal(1)
    if currency in FIXED:
        anchor, parity = FIXED[currency]
        rate = euro_rate(anchor, day)
        return None if rate is None else rate * parity

    published = _published().get(currency, {})
    rates = [published[each] for each in window(day) if each in published]

    return sum(rates, Decimal()) / len(rates) if rates else None


def published_rates() -> Iterator[tuple[str, date, Decimal]]:
    """Return the published rates: currency, day, and how many units one euro bought."""
    with REFERENCE_RATES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["currency"], date.fromisoformat(row["date"]), Decimal(row["rate"])


@cache
def _published() -> dict[str, dict[date, Decimal]]:
    rates: dict[str, dict[date, Decimal]] = defaultdict(dict)
    for currency, day, rate in published_rates():
        rates[currency][day] = rate

    return rates
