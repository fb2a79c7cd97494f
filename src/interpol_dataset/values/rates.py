"""
Exchange rates: the European Central Bank's reference rates, and what is fixed to them.

``rates.csv`` holds the published rates, unchanged, of the days on which amounts of the records are
converted, and an empty one for each of these days on which none was published; the build writes it.
A rate says how many units of a currency one euro buys.

Source: European Central Bank, euro foreign exchange reference rates. The statistics of the European
System of Central Banks may be reused free of charge if the source is named and the figures are not
altered.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from interpol_dataset.errors import PackageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


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
    rows = [f"{name},{day},{rate or ''}" for (name, day), rate in sorted(rates.items(), key=_key)]

    return "\n".join(["currency,date,rate", *rows, ""])


def _key(item: tuple[tuple[str, date], object]) -> tuple[str, date]:
    return item[0]


def _rate(line: str, number: int) -> tuple[tuple[str, date], Decimal | None]:
    """Read a line of the file."""
    currency, _, rest = line.partition(",")
    day, _, rate = rest.partition(",")
    try:
        return (currency, date.fromisoformat(day)), Decimal(rate) if rate else None
    except (ValueError, InvalidOperation) as error:
        where, what = f"{REFERENCE_RATES}:{number}", "this is no currency, day and rate"
        hint = "take the line out, and run 'interpol-dataset build'"
        if line.startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||")):
            what = "this is an unresolved merge conflict"
            hint = "keep either side, and run 'interpol-dataset build', which adds what is missing"
        raise PackageError(what, where=where, hint=hint) from error
