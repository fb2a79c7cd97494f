"""Tests of :mod:`interpol_dataset.totals.figures`."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpol_dataset import Dataset
from interpol_dataset.totals.figures import convert

DAY = date(2024, 11, 27)  # HAECHI V was announced

amounts = st.decimals(min_value=0, max_value=10**15, places=2)


@given(amounts, st.sampled_from(["USD", "EUR"]))
def test_amount_in_the_currency_stays_as_it_is(amount: Decimal, currency: str) -> None:
    """Nothing is converted that needs no conversion, whatever the day."""
    assert amount == convert(amount, currency, currency, None)  # type: ignore[arg-type]


@given(amounts, amounts, st.sampled_from(["EUR", "KRW"]))
def test_more_stays_more(one: Decimal, other: Decimal, currency: str) -> None:
    """Conversion keeps the order of amounts."""
    converted = [convert(amount, currency, "USD", DAY) for amount in sorted((one, other))]
    assert converted == sorted(converted, key=lambda value: value or 0)


@given(st.decimals(min_value=10**6, max_value=10**15, places=2))
def test_there_and_back(amount: Decimal) -> None:
    """Dollars to euros and back are the same dollars, but for the rounding."""
    euros = convert(amount, "USD", "EUR", DAY)
    assert euros is not None
    back = convert(euros, "EUR", "USD", DAY)
    assert float(amount) == pytest.approx(float(back or 0), abs=2)


def test_what_cannot_be_converted_is_none() -> None:
    """Without a day or a rate there is no amount."""
    for currency, day in (("EUR", None), ("RWF", DAY), ("EUR", date(1950, 1, 1))):
        assert convert(Decimal(1000), currency, "USD", day) is None


def test_sources_convert_alike(dataset: Dataset) -> None:
    """Sums that sources state both in euros and in dollars agree within 10 % for eight in ten."""
    rows = {
        (row["case_id"], row["fact"]): row
        for row in dataset.outcomes
        if row["point"] and row["usd_point"]
    }
    pairs = [
        (row["usd_point"], rows[case, in_dollars]["point"])
        for (case, fact), row in rows.items()
        if ":EUR" in fact and (case, (in_dollars := fact.replace(":EUR", ":USD"))) in rows
    ]
    alike = [converted for converted, stated in pairs if 0.9 < converted / stated < 1.1]

    assert len(pairs) > 15
    assert len(alike) >= 0.8 * len(pairs)


def test_day_of_the_rate(dataset: Dataset) -> None:
    """Money is converted on the announcement's day, else on the period's last or first."""
    cases = {case["id"]: case for case in dataset.cases}
    used = {
        row["case_id"]: row["rate_date"] for row in dataset.outcomes if row["rate_date"] is not None
    }
    assert used == {
        id_: cases[id_]["announced"] or cases[id_]["end"] or cases[id_]["start"] for id_ in used
    }
