"""Tests of :mod:`interpol_dataset.totals.figures`."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from interpol_dataset.errors import PackageError
from interpol_dataset.totals import figures
from interpol_dataset.totals.figures import euro_rate, known_rates, window


@pytest.mark.parametrize(
    ("line", "what", "hint"),
    [
        ("<<<<<<< HEAD", "an unresolved merge conflict", "keep either side, and run .* build"),
        ("=======", "an unresolved merge conflict", "keep either side, and run .* build"),
        ("USD,yesterday,1.1", "not a currency, a day and.*", "take the line out, and run .* build"),
        (
            "USD,2024-11-27,one",
            "not a currency, a day and.*",
            "take the line out, and run .* build",
        ),
    ],
)
def test_a_line_that_is_no_rate(
    line: str, what: str, hint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a merge leaves behind is an error that says where it is and what to do."""
    path = tmp_path / "rates.csv"
    path.write_text(f"currency,date,rate\nUSD,2024-11-27,1.05\n{line}\n", "utf-8")
    monkeypatch.setattr(figures, "REFERENCE_RATES", path)
    with pytest.raises(PackageError, match=f"rates.csv:3: this is {what} .{hint}"):
        known_rates.__wrapped__()


def test_rate_is_the_mean_of_the_window() -> None:
    """A rate is the mean of those of a day and the seven before it, by hand for one day."""
    days = window(date(2024, 11, 27))
    published = ("1.0562", "1.0526", "1.0412", "1.0495", "1.0522", "1.0531")
    money = [Decimal(rate) for rate in published]
    assert (days[0], days[-1], len(days)) == (date(2024, 11, 27), date(2024, 11, 20), 8)
    assert euro_rate("USD", date(2024, 11, 27)) == sum(money) / len(money)


def test_fixed_parities() -> None:
    """A currency with a fixed parity follows its anchor, and the euro itself on any day."""
    day = date(2013, 9, 13)
    rand = euro_rate("ZAR", day)
    assert [euro_rate(code, day) for code in ("XAF", "XOF")] == [Decimal("655.957")] * 2
    assert euro_rate("NAD", day) == rand
    assert rand
    assert euro_rate("EUR", date(1950, 1, 1)) == 1


def test_unknown_rates_are_none() -> None:
    """A currency without a published rate, or a day without one, has no rate."""
    assert [euro_rate(code, date(1950, 1, 1)) for code in ("RWF", "ZZZ", "USD")] == [None] * 3
