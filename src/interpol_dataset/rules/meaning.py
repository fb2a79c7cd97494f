"""
Rules on fields that have to agree within a record.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from interpol_dataset import models as m
from interpol_dataset.fields import UNITS
from interpol_dataset.findings import Fix
from interpol_dataset.rules.base import Context, Layer, RecordRule, Rule
from interpol_dataset.vocabulary import Dimension

if TYPE_CHECKING:
    from interpol_dataset.findings import Finding
    from interpol_dataset.repository import Entry


class EmptyReport(Rule):
    """A report states at least one thing besides its source."""

    code, name, layer = "MNG001", "empty-report", Layer.MEANING


class RelationTarget(Rule):
    """A relation names the one thing that its type is about."""

    code, name, layer = "MNG002", "relation-target", Layer.MEANING


class SourceDate(Rule):
    """A source has either its date of publication or the reason why it has none."""

    code, name, layer = "MNG003", "source-date", Layer.MEANING


class SourcePlace(Rule):
    """A source can be found again: by its address, or by the hash of its bytes."""

    code, name, layer = "MNG004", "source-place", Layer.MEANING


class UnitFitsMetric(RecordRule):
    """An outcome has the unit that its metric wants."""

    code, name, layer = "MNG005", "unit-fits-metric", Layer.MEANING

    def check(self, entry: Entry, context: Context) -> Iterator[Finding]:
        """Compare units with the dimensions of metrics."""
        if not isinstance(entry.record, m.Case):
            return

        for index, report in enumerate(entry.record.reports):
            for number, outcome in enumerate(report.outcomes):
                metric = context.metrics.get(outcome.metric)
                if metric is None:
                    continue

                path = ("reports", index, "outcomes", number)
                units = UNITS[metric.dimension]
                if outcome.unit is None and units:
                    wanted = _units(metric.dimension)
                    message = f"'{metric.id}' measures {metric.dimension} and needs a unit"
                    yield self.finding(entry, path, message, f"add unit: {wanted}")
                elif outcome.unit is not None and outcome.unit not in units:
                    wanted = _units(metric.dimension)
                    message = f"'{metric.id}' is not measured in {outcome.unit}"
                    remedy = f"use {wanted}" if units else "a count has no unit; remove it"
                    yield self.finding(entry, (*path, "unit"), message, remedy)


def _units(dimension: Dimension) -> str:
    """Name the units of a dimension."""
    if dimension is Dimension.CURRENCY:
        return "an ISO 4217 code such as USD"

    return ", ".join(UNITS[dimension])


class StatedOnce(RecordRule):
    """A source states a fact once."""

    code, name, layer = "MNG006", "stated-once", Layer.MEANING

    def check(self, entry: Entry, context: Context) -> Iterator[Finding]:
        """Look for facts and sources that stand twice."""
        match entry.record:
            case m.Case() as case:
                yield from self._repeated(entry, ("reports",), [r.source for r in case.reports])
                for index, report in enumerate(case.reports):
                    path = ("reports", index, "outcomes")
                    yield from self._repeated(entry, path, [o.fact for o in report.outcomes])
                    path = ("reports", index, "organizations")
                    named = [o.organization for o in report.organizations]
                    yield from self._repeated(entry, path, named)
            case m.Challenge() | m.Lesson() as statement:
                cited = [evidence.source for evidence in statement.evidence]
                yield from self._repeated(entry, ("evidence",), cited)
            case m.ClaimSet():
                claims = entry.data["claims"]
                for index, claim in enumerate(claims if isinstance(claims, list) else []):
                    cited = [evidence["source"] for evidence in claim.get("evidence") or []]
                    yield from self._repeated(entry, ("claims", index, "evidence"), cited)
            case _:
                return

        for name, key in (("prefer", "fact"), ("cases", "case")):
            listed = entry.data.get(name)
            items = listed if isinstance(listed, list) else []
            yield from self._repeated(entry, (name,), [item[key] for item in items])

    def _repeated(
        self, entry: Entry, path: tuple[str | int, ...], names: list[str]
    ) -> Iterator[Finding]:
        seen: set[str] = set()
        for index, name in enumerate(names):
            if name in seen:
                yield self.finding(
                    entry,
                    (*path, index),
                    f"'{name}' stands here a second time",
                    "keep the more precise one, or tell them apart by object or place",
                )
            seen.add(name)


class InterpolIsNoPartner(RecordRule):
    """INTERPOL's own part stands in interpol_role, not among the organizations."""

    code, name, layer = "MNG007", "interpol-is-no-partner", Layer.MEANING

    def check(self, entry: Entry, context: Context) -> Iterator[Finding]:
        """Look for INTERPOL among the organizations."""
        if not isinstance(entry.record, m.Case):
            return

        for index, report in enumerate(entry.record.reports):
            for number, partner in enumerate(report.organizations):
                if partner.organization == "interpol":
                    path = ("reports", index, "organizations", number, "organization")
                    message = "INTERPOL is named among its own partners"
                    yield self.finding(entry, path, message, "state it as interpol_role instead")


class EditionOfSeries(RecordRule):
    """An edition is the edition of a series."""

    code, name, layer = "MNG008", "edition-of-series", Layer.MEANING

    def check(self, entry: Entry, context: Context) -> Iterator[Finding]:
        """Look for editions without a series."""
        if isinstance(entry.record, m.Case) and entry.record.edition and not entry.record.series:
            message = "the case has an edition but no series"
            remedy = "add 'series: ...', or remove the edition"
            yield self.finding(entry, ("edition",), message, remedy)


class DatesInOrder(RecordRule):
    """What happened was not announced before it began, and nothing was read before it was published."""

    code, name, layer = "MNG009", "dates-in-order", Layer.MEANING

    def check(self, entry: Entry, context: Context) -> Iterator[Finding]:
        """Compare periods with announcements, and publications with readings."""
        match entry.record:
            case m.Case() as case:
                for index, report in enumerate(case.reports):
                    period, announced = report.period, report.announced
                    if period and announced and announced.value < period.value.start[0]:
                        message = (
                            f"announced on {announced.value}, before the period "
                            f"{period.value} began"
                        )
                        path = ("reports", index, "announced", "value")
                        yield self.finding(entry, path, message, "correct one of the two dates")
            case m.Source() as source:
                if source.published and source.retrieved < source.published.start[0]:
                    message = f"read on {source.retrieved}, before it was published"
                    remedy = f"it was published on {source.published}; correct one of the two"
                    yield self.finding(entry, ("retrieved",), message, remedy)
            case _:
                return


class OtherThanItself(RecordRule):
    """A record refers to others, not to itself, and to each of them once."""

    code, name, layer = "MNG010", "other-than-itself", Layer.MEANING

    def check(self, entry: Entry, context: Context) -> Iterator[Finding]:
        """Look for categories that stand twice and relations to the case itself."""
        if not isinstance(entry.record, m.Case):
            return

        case = entry.record
        for index, relation in enumerate(case.relations):
            if relation.case == case.id:
                message = "the case is related to itself"
                yield self.finding(
                    entry, ("relations", index, "case"), message, "name another case"
                )
        for index, category in enumerate(case.categories):
            if category in case.categories[:index]:
                message = f"'{category}' stands here a second time"
                fix = Fix(("categories", index))
                yield self.finding(entry, fix.path, message, "remove one of the two", fix=fix)


class AttributedToAnother(RecordRule):
    """A statement is attributed to another than its source's own asserter."""

    code, name, layer = "MNG011", "attributed-to-another", Layer.MEANING

    def check(self, entry: Entry, context: Context) -> Iterator[Finding]:
        """Look for attributions that say what the source says already."""
        if not isinstance(entry.record, m.Case):
            return

        for index, report in enumerate(entry.record.reports):
            source = context.sources.get(report.source)
            for path, stated in _stated(report):
                if source and stated.attributed_to == source.asserter:
                    fix = Fix(("reports", index, *path, "attributed_to"))
                    message = f"'{source.asserter}' is the asserter of '{source.id}' anyway"
                    yield self.finding(entry, fix.path, message, "remove attributed_to", fix=fix)


def _stated(report: m.Report) -> Iterator[tuple[tuple[str | int, ...], m.Stated]]:
    """Give all that a report states, with the way to it."""
    for name in ("interpol_role", "period", "announced", "country_count", "countries"):
        stated = getattr(report, name)
        if stated is not None:
            yield (name,), stated
    for name in ("organizations", "outcomes"):
        for number, stated in enumerate(getattr(report, name)):
            yield (name, number), stated


RULES: tuple[type[Rule], ...] = (
    EmptyReport,
    RelationTarget,
    SourceDate,
    SourcePlace,
    UnitFitsMetric,
    StatedOnce,
    InterpolIsNoPartner,
    EditionOfSeries,
    DatesInOrder,
    OtherThanItself,
    AttributedToAnother,
)
