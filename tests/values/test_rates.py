"""Tests of :mod:`interpol_dataset.values.rates`."""

from __future__ import annotations

import runpy
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from interpol_dataset.values.rates import REFERENCE_RATES, euro_rate, window

SCRIPT = Path(__file__).parents[2] / "tools" / "rates.py"


def test_rates_are_those_that_were_published() -> None:
    """The file holds what its script writes: all that the records need, and nothing else."""
    assert runpy.run_path(str(SCRIPT))["rates"]() == REFERENCE_RATES.read_text("utf-8")


def test_window_ends_on_the_day() -> None:
    """A window is the day and the seven before it."""
    days = window(date(2024, 11, 27))

    assert (date(2024, 11, 27), date(2024, 11, 20), 8) == (days[0], days[-1], len(days))


def test_rate_is_the_mean_of_the_window() -> None:
    """A rate is the mean of those published in the window, by hand for 27 November 2024."""
    published = ("1.0562", "1.0526", "1.0412", "1.0495", "1.0522", "1.0531")
    rates = [Decimal(rate) for rate in published]

    assert sum(rates) / len(rates) == euro_rate("USD", date(2024, 11, 27))


@pytest.mark.parametrize(
    ("currency", "anchor", "factor"),
    [("XAF", "EUR", "655.957"), ("XOF", "EUR", "655.957"), ("NAD", "ZAR", "1")],
)
def test_fixed_parities(currency: str, anchor: str, factor: str) -> None:
    """A currency with a fixed parity follows its anchor."""
    day = date(2014, 9, 30)
    rate = euro_rate(anchor, day)

    assert (None if rate is None else rate * Decimal(factor)) == euro_rate(currency, day)


def test_euro_buys_one_euro_on_any_day() -> None:
    """The euro needs no rate."""
    assert euro_rate("EUR", date(1950, 1, 1)) == 1


@pytest.mark.parametrize("currency", ["RWF", "ZZZ", "USD"])
def test_unknown_rates_are_none(currency: str) -> None:
    """A currency without a published rate, or a day without one, has no rate."""
    assert euro_rate(currency, date(1950, 1, 1)) is None
