"""
Rules on fields that have to agree within a record.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from interpol_dataset.findings import Fix
from interpol_dataset.records import models as m
from interpol_dataset.rules.rule import Layer, RecordRule, Rule
from interpol_dataset.schema.units import UNITS
from interpol_dataset.schema.vocabulary import Dimension

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from interpol_dataset.findings import Finding
    from interpol_dataset.records.folder import Entry
    from interpol_dataset.records.yaml import Path
    from interpol_dataset.values.quantity import Quantity


class EmptyReport(Rule):
    """
    A report states at least one thing besides its source.

    ## Why

    A report is what a page says. One that says nothing would count as evidence for the case all
    the same.

    ## Bad

    ```yaml
    reports:
      - source: ansa-2022-05-09
    ```

    ## Good

    ```yaml
    reports:
      - source: ansa-2022-05-09
        period: {value: 2022-03, at: lead}
    ```

    ## How to fix

    Write down what the page says of the case, or remove the report.
    """

    code, name, layer = "MNG001", "empty-report", Layer.MEANING


class RelationTarget(Rule):
    """
    A relation names the one thing that its type is about.

    ## Why

    `possibly-described-by` leads to a claim, every other relation to a case. With both or none it
    leads nowhere.

    ## Bad

    ```yaml
    relations:
      - {type: follows, claim: seed-p12-01}
    ```

    ## Good

    ```yaml
    relations:
      - {type: follows, case: haechi-ii}
    ```

    ## How to fix

    Name a claim with `possibly-described-by`, and a case with the others.
    """

    code, name, layer = "MNG002", "relation-target", Layer.MEANING


class SourceDate(Rule):
    """
    A source has either its date of publication or the reason why it has none.

    ## Why

    Of two equal sources the later one is believed. A date that is merely forgotten can't be told
    from one that the page does not show.

    ## Bad

    ```yaml
    title: Annual Report
    retrieved: 2026-11-24
    ```

    ## Good

    ```yaml
    title: Annual Report
    undated: The page shows no date.
    retrieved: 2026-11-24
    ```

    ## How to fix

    Add `published`, as precise as the document shows it, or say in `undated` why there is none.
    """

    code, name, layer = "MNG003", "source-date", Layer.MEANING


class SourcePlace(Rule):
    """
    A source can be found again: by its address, or by the hash of its bytes.

    ## Why

    Evidence that nobody can look up again is none.

    ## Bad

    ```yaml
    title: Annual Report
    language: en
    ```

    ## Good

    ```yaml
    title: Annual Report
    url: https://example.org/report.pdf
    language: en
    ```

    ## How to fix

    Add the document's `url`. Where it has none, keep the file and add its `sha256`.
    """

    code, name, layer = "MNG004", "source-place", Layer.MEANING


class UnitFitsMetric(RecordRule[m.Case]):
    """
    An outcome has the unit that its metric wants.

    ## Why

    Without units, or with those of something else, figures of two cases can't be compared.

    ## Bad

    ```yaml
    - {metric: money-seized, value: 130000000, at: lead}
    - {metric: arrests, value: 975, unit: kg, at: lead}
    ```

    ## Good

    ```yaml
    - {metric: money-seized, value: 130000000, unit: USD, at: lead}
    - {metric: arrests, value: 975, at: lead}
    ```

    ## How to fix

    Use one of the units that the finding names. What is counted has none. If the unit is right,
    the metric may not be.
    """

    code, name, layer = "MNG005", "unit-fits-metric", Layer.MEANING
    models = (m.Case,)

    def check(self, entry: Entry, record: m.Case) -> Iterator[Finding]:
        """Compare units with the dimensions of metrics."""
        for path, outcome in _outcomes(record):
            metric = self.context.metrics.get(outcome.metric)
            if metric is None:
                continue

            units = UNITS[metric.dimension]
            wanted = _units(metric.dimension)
            if outcome.unit is None and units:
                message = f"'{metric.id}' measures {metric.dimension} and needs a unit"
                yield self.finding(entry, path, message, f"add 'unit: ...' with {wanted}")
            elif outcome.unit is not None and outcome.unit not in units:
                message = f"'{metric.id}' is not measured in {outcome.unit}"
                hint = f"use {wanted}" if units else "a count has no unit; remove it"
                yield self.finding(entry, (*path, "unit"), message, hint)


def _outcomes(case: m.Case) -> Iterator[tuple[Path, m.ReportedOutcome]]:
    """Return the outcomes of a case, with the ways to them."""
    for index, report in enumerate(case.reports):
        for number, outcome in enumerate(report.outcomes):
            yield ("reports", index, "outcomes", number), outcome


def _units(dimension: Dimension) -> str:
    """Name the units of a dimension."""
    if dimension is Dimension.CURRENCY:
        return "an ISO 4217 code such as USD"

    return " or ".join(UNITS[dimension])


class StatedOnce(RecordRule[m.Case | m.Challenge | m.Lesson | m.ClaimSet]):
    """
    What stands in a list stands there once, and a source states a fact once.

    ## Why

    Of two statements of one source on one fact, one is wrong or means something else. What is
    listed twice is counted twice.

    ## Bad

    ```yaml
    outcomes:
      - {metric: arrests, value: 121, at: lead}
      - {metric: arrests, value: 4, at: paragraph 7}
    ```

    ## Good

    ```yaml
    outcomes:
      - {metric: arrests, value: 121, at: lead}
      - {metric: arrests, place: TUR, value: 4, at: paragraph 7}
    ```

    ## How to fix

    Tell the two apart by object or place where they mean different things; else keep the one that
    the source is surest of. Remove what merely stands twice.
    """

    code, name, layer = "MNG006", "stated-once", Layer.MEANING
    models = (m.Case, m.Challenge, m.Lesson, m.ClaimSet)

    #: The lists in records, and what tells their items apart; none where the item itself does.
    _LISTS = (
        (("reports",), "source"),
        (("reports", "*", "organizations"), "organization"),
        (("reports", "*", "countries", "list"), None),
        (("evidence",), "source"),
        (("claims", "*", "evidence"), "source"),
        (("aliases",), None),
        (("challenges",), None),
        (("prefer",), "fact"),
        (("cases",), "case"),
    )

    def check(
        self, entry: Entry, record: m.Case | m.Challenge | m.Lesson | m.ClaimSet
    ) -> Iterator[Finding]:
        """Look for facts, sources and items that stand twice, in the order of the file."""
        if isinstance(record, m.Case):
            for index, report in enumerate(record.reports):
                facts = [outcome.fact for outcome in report.outcomes]
                for number in _repeated(facts):
                    message = f"'{facts[number]}' stands here a second time"
                    hint = "keep one of the two, or tell them apart by object or place"
                    place: Path = ("reports", index, "outcomes", number)
                    yield self.finding(entry, place, message, hint)

        for way, key in self._LISTS:
            for path, items in _found(entry.data, way):
                names = [item if key is None else item[key] for item in items]
                for number in _repeated(names):
                    message = f"'{names[number]}' stands here a second time"
                    place = (*path, number) if key is None else (*path, number, key)
                    # What says nothing else can go; of two entries a person has to choose.
                    fix = Fix(place) if key is None else None
                    yield self.finding(entry, place, message, "keep one of the two", fix=fix)


def _repeated(names: Sequence[str]) -> Iterator[int]:
    """Return the positions of what stood in a list before."""
    seen: set[str] = set()
    for number, name in enumerate(names):
        if name in seen:
            yield number
        seen.add(name)


def _found(data: Any, way: tuple[str, ...], path: Path = ()) -> Iterator[tuple[Path, list[Any]]]:  # noqa: ANN401  # plain values
    """Return the lists at the end of a way, with the ways to them; ``*`` stands for every item."""
    if not way:
        yield path, data or []
    elif way[0] == "*":
        for index, item in enumerate(data):
            yield from _found(item, way[1:], (*path, index))
    elif data.get(way[0]) is not None:
        yield from _found(data[way[0]], way[1:], (*path, way[0]))


class InterpolIsNoPartner(RecordRule[m.Case]):
    """
    INTERPOL's own part stands in interpol_role, not among the organizations.

    ## Why

    The organizations are those that INTERPOL worked with. Its own role has a field of its own, and
    a vocabulary of its own.

    ## Bad

    ```yaml
    organizations:
      - {organization: interpol, role: lead, at: lead}
    ```

    ## Good

    ```yaml
    interpol_role: {value: coordinated, at: lead}
    ```

    ## How to fix

    Say in `interpol_role` whether INTERPOL coordinated, co-led or supported the case.
    """

    code, name, layer = "MNG007", "interpol-is-no-partner", Layer.MEANING
    models = (m.Case,)

    def check(self, entry: Entry, record: m.Case) -> Iterator[Finding]:
        """Look for INTERPOL among the organizations."""
        for index, report in enumerate(record.reports):
            for number, partner in enumerate(report.organizations):
                if partner.organization == "interpol":
                    path = ("reports", index, "organizations", number, "organization")
                    message = "INTERPOL is named among its own partners"
                    yield self.finding(entry, path, message, "state it as interpol_role instead")


class EditionOfSeries(RecordRule[m.Case]):
    """
    An edition is the edition of a series.

    ## Why

    "The third" means nothing without the name of what it is the third of.

    ## Bad

    ```yaml
    id: haechi-iii
    edition: 3
    ```

    ## Good

    ```yaml
    id: haechi-iii
    series: haechi
    edition: 3
    ```

    ## How to fix

    Add the `series` that all editions share, or remove the edition.
    """

    code, name, layer = "MNG008", "edition-of-series", Layer.MEANING
    models = (m.Case,)
    excusable = True

    def check(self, entry: Entry, record: m.Case) -> Iterator[Finding]:
        """Look for editions without a series."""
        if record.edition and not record.series:
            message = "the case has an edition but no series"
            hint = "add 'series: ...', or remove the edition"
            yield self.finding(entry, ("edition",), message, hint, key=True)


class DatesInOrder(RecordRule[m.Case | m.Source]):
    """
    Nothing is announced before it begins, and nothing is read before it is published.

    ## Why

    Dates in the wrong order are slips: a year too many, day and month swapped, two lines confused.

    ## Bad

    ```yaml
    period: {value: 2022-06/2022-11, at: lead}
    announced: {value: 2021-11-24, at: date line}
    ```

    ## Good

    ```yaml
    period: {value: 2022-06/2022-11, at: lead}
    announced: {value: 2022-11-24, at: date line}
    ```

    ## How to fix

    Look both dates up again. Where the source itself has the order wrong, keep what it says, put
    it in a `note`, and add a comment line `# allow MNG009:` with the reason.
    """

    code, name, layer = "MNG009", "dates-in-order", Layer.MEANING
    models = (m.Case, m.Source)
    excusable = True

    def check(self, entry: Entry, record: m.Case | m.Source) -> Iterator[Finding]:
        """Compare periods with announcements, and publications with readings."""
        match record:
            case m.Case():
                for index, report in enumerate(record.reports):
                    period, announced = report.period, report.announced
                    if period and announced and announced.value < period.value.start[0]:
                        message = (
                            f"announced on {announced.value}, before the period "
                            f"{period.value} began"
                        )
                        path = ("reports", index, "announced", "value")
                        yield self.finding(entry, path, message, "correct one of the two dates")
            case m.Source():
                if record.published and record.retrieved < record.published.start[0]:
                    message = f"read on {record.retrieved}, before it was published"
                    yield self.finding(entry, ("retrieved",), message, _swapped(record))


def _swapped(source: m.Source) -> str:
    """Return the right order of two dates that may have been swapped."""
    published = str(source.published)
    try:
        date.fromisoformat(published)
    except ValueError:
        return f"it was published in {published}; correct one of the two dates"

    return f"were they swapped? write published: {source.retrieved}, retrieved: {published}"


class OtherThanItself(RecordRule[m.Case]):
    """
    A record refers to others, not to itself, and to each of them once.

    ## Why

    A case that follows itself is a slip in copying. A category that stands twice is counted twice.

    ## Bad

    ```yaml
    id: haechi-iii
    categories: [online-fraud, online-fraud]
    relations:
      - {type: follows, case: haechi-iii}
    ```

    ## Good

    ```yaml
    id: haechi-iii
    categories: [online-fraud]
    relations:
      - {type: follows, case: haechi-ii}
    ```

    ## How to fix

    Name the other case that was meant, and remove what stands twice.
    """

    code, name, layer = "MNG010", "other-than-itself", Layer.MEANING
    models = (m.Case,)

    def check(self, entry: Entry, record: m.Case) -> Iterator[Finding]:
        """Look for categories and relations that stand twice, and relations to the case itself."""
        related: set[tuple[str, str | None]] = set()
        for index, relation in enumerate(record.relations):
            target = relation.case or relation.claim
            if relation.case == record.id:
                message = "the case is related to itself"
                path: Path = ("relations", index, "case")
                yield self.finding(entry, path, message, "name another case")
            elif (relation.type, target) in related:
                message = f"'{relation.type}' '{target}' stands here a second time"
                yield self.finding(entry, ("relations", index), message, "remove one of the two")
            related.add((relation.type, target))

        for index, category in enumerate(record.categories):
            if category in record.categories[:index]:
                message = f"'{category}' stands here a second time"
                fix = Fix(("categories", index))
                yield self.finding(entry, fix.path, message, "remove one of the two", fix=fix)


class AttributedToAnother(RecordRule[m.Case]):
    """
    A statement is attributed to another than its source's own asserter.

    ## Why

    `attributed_to` says that a page repeats somebody else's word here. Where that is the page's
    asserter anyway, the field says nothing, and hides where it would.

    ## Bad

    ```yaml
    - source: ansa-2022-05-09          # asserter: interpol
      period: {value: 2022-03, attributed_to: interpol, at: lead}
    ```

    ## Good

    ```yaml
    - source: ansa-2022-05-09
      period: {value: 2022-03, at: lead}
    ```

    ## How to fix

    Remove `attributed_to`. If the page speaks for itself elsewhere, its `asserter` may be wrong.
    """

    code, name, layer = "MNG011", "attributed-to-another", Layer.MEANING
    models = (m.Case,)
    excusable = True

    def check(self, entry: Entry, record: m.Case) -> Iterator[Finding]:
        """Look for attributions that say what the source says already."""
        for index, report in enumerate(record.reports):
            source = self.context.sources.get(report.source)
            for path, stated in _stated(report):
                if source and stated.attributed_to == source.asserter:
                    fix = Fix(("reports", index, *path, "attributed_to"))
                    message = f"'{source.asserter}' is the asserter of '{source.id}' anyway"
                    yield self.finding(entry, fix.path, message, "remove attributed_to", fix=fix)


def _stated(report: m.Report) -> Iterator[tuple[Path, m.Stated]]:
    """Return all that a report states, with the way to it."""
    for name in ("interpol_role", "period", "announced", "country_count", "countries"):
        stated = getattr(report, name)
        if stated is not None:
            yield (name,), stated
    for name in ("organizations", "outcomes"):
        for number, stated in enumerate(getattr(report, name)):
            yield (name, number), stated


class WholeCount(RecordRule[m.Case]):
    """
    What is counted is a whole number.

    ## Why

    There are no half arrests. A fraction comes from "1.5 million" with the million lost, or from a
    figure that is a weight or an amount and not a count.

    ## Bad

    ```yaml
    - {metric: database-checks, value: 1.5, at: lead, note: million}
    ```

    ## Good

    ```yaml
    - {metric: database-checks, value: 1500000, at: lead}
    ```

    ## How to fix

    Write the number out, or take the metric that measures what the source states.
    """

    code, name, layer = "MNG012", "whole-count", Layer.MEANING
    models = (m.Case,)

    def check(self, entry: Entry, record: m.Case) -> Iterator[Finding]:
        """Look for fractions where things are counted."""
        for path, value in self._counts(record):
            bounds = (value.point,) if value.point is not None else (value.lower, value.upper)
            if any(bound is not None and bound % 1 for bound in bounds):
                message = f"'{value}' is a fraction, and this is a count"
                yield self.finding(entry, path, message, "write the whole number that is meant")

    def _counts(self, case: m.Case) -> Iterable[tuple[Path, Quantity]]:
        for index, report in enumerate(case.reports):
            if report.country_count is not None:
                yield ("reports", index, "country_count", "value"), report.country_count.value
        for path, outcome in _outcomes(case):
            metric = self.context.metrics.get(outcome.metric)
            if metric is not None and metric.dimension is Dimension.COUNT:
                yield (*path, "value"), outcome.value


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
    WholeCount,
)
