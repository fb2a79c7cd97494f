"""
Rules on dates.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from interpol_dataset.records import models as m
from interpol_dataset.rules.rule import Layer, RecordRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.findings import Finding, KeyPath
    from interpol_dataset.records.folder import Entry
    from interpol_dataset.values.edtf import Edtf


class DatesInOrder(RecordRule[m.Case | m.Source]):
    """Nothing is announced before it begins, and nothing is read before it is published."""

    code, name, layer = "MNG009", "dates-in-order", Layer.MEANING
    models = (m.Case, m.Source)
    needs = ("reports", "published", "retrieved")
    excusable = True

    def check(self, entry: Entry, record: m.Case | m.Source) -> Iterator[Finding]:
        """Compare periods with announcements, and days of publication with days of reading."""
        match record:
            case m.Case():
                yield from self._announced(entry, record)
            case m.Source():
                if record.published and record.retrieved < record.published.start[0]:
                    message = f"read on {record.retrieved}, before it was published"
                    hint = _swapped(record, self.context.today)
                    yield self.finding(entry, ("retrieved",), message, hint)

    def _announced(self, entry: Entry, case: m.Case) -> Iterator[Finding]:
        """Compare each announcement with the period beside it, or with all where there is none."""
        periods = [report.period.value for report in case.reports if report.period]
        for index, report in enumerate(case.reports):
            beside = [report.period.value] if report.period else periods
            if report.announced is None or not beside:
                continue
            period = min(beside, key=lambda value: value.start[0])
            if report.announced.value < period.start[0]:
                yield self.finding(
                    entry,
                    ("reports", index, "announced", "value"),
                    f"announced on {report.announced.value}, before the period {period} began",
                    "correct one of the two dates; a page on plans does not announce results",
                )


def _swapped(source: m.Source, today: date) -> str:
    """Return the right order of two dates that may have been swapped."""
    published = str(source.published)
    try:
        is_possible = date.fromisoformat(published) <= today
    except ValueError:
        is_possible = False
    if not is_possible:
        return f"'published' is {published}; correct one of the two dates"

    return f"were they swapped? write published: {source.retrieved}, retrieved: {published}"


class NotInTheFuture(RecordRule[m.Case | m.Source | m.ClaimSet]):
    """Nothing was announced, published, read or searched for in the future."""

    code, name, layer = "POL001", "not-in-the-future", Layer.POLICY
    models = (m.Case, m.Source, m.ClaimSet)
    needs = ("reports", "searches", "published", "retrieved", "claims")

    def check(self, entry: Entry, record: m.Case | m.Source | m.ClaimSet) -> Iterator[Finding]:
        """Compare days with today."""
        for path, day in _days(entry, record):
            if day > self.context.today:
                yield self.finding(entry, path, f"{day} is in the future", "correct the date")


def _days(entry: Entry, record: m.Case | m.Source | m.ClaimSet) -> Iterator[tuple[KeyPath, date]]:
    """Return the days on which something is said to have happened."""
    match record:
        case m.Case():
            yield from _days_of_case(record)
        case m.Source():
            yield ("retrieved",), record.retrieved
            if record.published:
                yield ("published",), _reached(record.published)
        case m.ClaimSet():
            # The model sorts claims; places follow the file.
            for index, claim in enumerate(entry.data["claims"]):
                for number, search in enumerate(claim.get("searches", [])):
                    path = ("claims", index, "searches", number, "on")
                    yield path, date.fromisoformat(search["on"])


def _days_of_case(case: m.Case) -> Iterator[tuple[KeyPath, date]]:
    for index, report in enumerate(case.reports):
        if report.announced:
            yield ("reports", index, "announced", "value"), report.announced.value
        if report.period:
            yield ("reports", index, "period", "value"), _reached(report.period.value)
    for index, search in enumerate(case.searches):
        yield ("searches", index, "on"), search.on


def _reached(period: Edtf) -> date:
    """Return the last day that a period is sure to have reached."""
    return max(period.start[0], period.end[0])
