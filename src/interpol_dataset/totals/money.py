"""
Money in US dollars, at the rates around the announcement.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from interpol_dataset.evidence.facts import value_of
from interpol_dataset.values.rates import euro_rate

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

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
