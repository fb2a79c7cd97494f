"""
Rules on dates that are possible and not likely.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from interpol_dataset.findings import Severity
from interpol_dataset.records import models as m
from interpol_dataset.rules.rule import Layer, RecordRule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from interpol_dataset.findings import Finding
    from interpol_dataset.records.folder import Entry


class PeriodFitsPage(RecordRule[m.Case]):
    """A page reports what has begun, and an operation ends before its results are announced."""

    code, name, layer = "MNG023", "period-fits-page", Layer.MEANING
    severity = Severity.WARNING
    models = (m.Case,)
    needs = ("reports",)
    excusable = True

    #: How long before it begins an operation is announced in the news of the week.
    _AHEAD: Final = timedelta(days=7)
    #: A month that is given as a whole ends after the announcement of its results.
    _LATER: Final = timedelta(days=31)

    def check(self, entry: Entry, record: m.Case) -> Iterator[Finding]:
        """Compare each period with the page's own date and with the last announcement."""
        announced = max(
            (report.announced.value for report in record.reports if report.announced), default=None
        )
        for index, report in enumerate(record.reports):
            if report.period is None or report.period.value.end[0] > self.context.today:
                continue  # what is still to come is another rule's
            if report.announced and report.announced.value < report.period.value.start[0]:
                continue  # and so is what was announced before it began

            path, period = ("reports", index, "period", "value"), report.period.value
            source = self.context.sources.get(report.source)
            published = source.published if source else None
            hint = "correct the year, or day and month"
            if published and period.start[0] > _after(published.end[1], self._AHEAD):
                message = f"the page is of {published}, before the period {period} begins"
                yield self.finding(entry, path, message, hint)
            elif published and period.end[0] > _after(published.end[1], self._LATER):
                message = f"the page is of {published}, before the period {period} ends"
                yield self.finding(entry, path, message, hint)
            elif announced and period.end[0] > _after(announced, self._LATER):
                message = f"the results were announced on {announced}, and {period} ends later"
                yield self.finding(entry, path, message, hint)


def _after(day: date, time: timedelta) -> date:
    """Return a day that is later by some time, as far as the calendar goes."""
    try:
        return day + time
    except OverflowError:
        return day


class AnnouncedNearPage(RecordRule[m.Case]):
    """
    A case is announced no later than the page that says so, and near one of its official pages.
    """

    code, name, layer = "MNG024", "announced-near-page", Layer.MEANING
    severity = Severity.WARNING
    models = (m.Case,)
    needs = ("reports",)
    excusable = True

    #: Where it is the next day already.
    _ZONES: Final = timedelta(days=1)
    _YEAR: Final = timedelta(days=366)

    def check(self, entry: Entry, record: m.Case) -> Iterator[Finding]:
        """Compare each day of announcement with its page and with the official ones."""
        cited = [self.context.sources.get(report.source) for report in record.reports]
        official = [
            source.published
            for source in cited
            if source and source.kind.is_document and source.published
        ]
        for index, (report, source) in enumerate(zip(record.reports, cited, strict=True)):
            if report.announced is None:
                continue

            path, day = ("reports", index, "announced", "value"), report.announced.value
            if day > self.context.today or (report.period and day < report.period.value.start[0]):
                continue  # other rules say so
            published = source.published if source else None
            if published and day > _after(published.end[1], self._ZONES):
                message = f"announced on {day} by a page of {published}"
                yield self.finding(entry, path, message, "correct one of the two dates")
            elif official and all(
                day > _after(page.end[1], self._YEAR) or _after(day, self._YEAR) < page.start[0]
                for page in official
            ):
                message = f"announced on {day}, more than a year off every official page"
                yield self.finding(entry, path, message, "correct the year")


class DateInId(RecordRule[m.Source]):
    """The date in a source's id is that of its publication."""

    code, name, layer = "MNG025", "date-in-id", Layer.MEANING
    severity = Severity.WARNING
    models = (m.Source,)
    needs = ("id", "published", "retrieved")
    excusable = True

    _DATE: Final = re.compile(
        r"(?<![0-9a-z])(?:19|20)[0-9]{2}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?(?![0-9])"
    )

    def check(self, entry: Entry, record: m.Source) -> Iterator[Finding]:
        """Compare dates as far as both are precise."""
        match = self._DATE.search(record.id)
        if match is None or record.published is None:
            return
        if record.retrieved < record.published.start[0]:
            return  # another rule says so

        written = re.sub(r"[~?%]", "", record.published.notation)
        if not written.isascii() or "/" in written or "X" in written:
            return
        if not (written.startswith(match[0]) or match[0].startswith(written)):
            message = f"published on {written}, and the id says {match[0]}"
            yield self.finding(entry, ("published",), message, "correct one of the two")
