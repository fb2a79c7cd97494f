"""Rules on figures and their units."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, Final

from interpol_dataset.records import models as m
from interpol_dataset.rules.context import grouped
from interpol_dataset.rules.rule import WARNING, Breach, Breaches, package_rule, record_rule
from interpol_dataset.schema.vocabulary import UNITS, Dimension, MetricFamily, above

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.findings import KeyPath
    from interpol_dataset.records.parse import Entry
    from interpol_dataset.rules.context import Context
    from interpol_dataset.rules.notes import CaseOutline
    from interpol_dataset.values.quantity import Quantity

_COUNT: Final = "a count has no unit; remove it"
#: What to do about a unit of a count that shows that something else was measured.
_NOT_A_COUNT: Final = {
    unit: f"'{unit}' is not a count: use a metric of {dimension}, such as {metric}"
    for dimension, metric in (
        (Dimension.MASS, "weight-seized"),
        (Dimension.VOLUME, "volume-seized"),
    )
    for unit in UNITS[dimension]
}
#: What a page says in a step of court proceedings, and not in an outcome.
_STEPS: Final = {"convictions": "convicted", "persons-charged": "charged"}
#: A number with a point and three digits after it.
_POINT: Final = re.compile(r"(?<![0-9.])([0-9]{1,3})\.([0-9]{3})(?![0-9.])")


@record_rule("MNG005", "unit-fits-metric", m.Case, needs=("reports",))
def unit_fits_metric(entry: Entry, record: m.Case, context: Context) -> Breaches:
    """An outcome has the unit that its metric needs."""
    for path, outcome, metric in _measured(record, context):
        is_count = metric.dimension is Dimension.COUNT
        is_bare = is_count and metric.family is not MetricFamily.GOODS
        units = {} if is_bare else UNITS[metric.dimension]
        wanted = _units(metric.dimension)
        if outcome.unit is None and not is_count:
            message = f"'{metric.id}' measures {metric.dimension} and needs a unit"
            yield Breach(entry, path, message, f"add 'unit: ...' with {wanted}")
        elif outcome.unit is not None and outcome.unit not in units:
            message = f"'{metric.id}' is not measured in {outcome.unit}"
            other = f"use {wanted}" if units else _COUNT
            hint = _NOT_A_COUNT.get(outcome.unit, other) if is_count else other
            yield Breach(entry, (*path, "unit"), message, hint)


@record_rule("MNG033", "stated-metric", m.Case, needs=("reports",))
def stated_metric(entry: Entry, record: m.Case, context: Context) -> Breaches:
    """A figure is of a metric that sources state, and no step of court proceedings."""
    for path, outcome, metric in _measured(record, context):
        if metric.id in _STEPS and outcome.drift_of is None:
            message = f"'{metric.id}' is counted from steps of court proceedings"
            hint = f"write a step with outcome '{_STEPS[metric.id]}' in 'proceedings'"
            yield Breach(entry, (*path, "metric"), message, hint)
        elif metric.combines:
            message = f"'{metric.id}' is worked out, and no source states it"
            hint = f"use {' or '.join(metric.combines)}"
            yield Breach(entry, (*path, "metric"), message, hint)


@record_rule("MNG012", "whole-count", m.Case, needs=("reports",))
def whole_count(entry: Entry, record: m.Case, context: Context) -> Breaches:
    """A count is a whole number."""
    for path, value in _counts(record, context):
        bounds = (value.point,) if value.point is not None else (value.lower, value.upper)
        if any(bound is not None and bound % 1 for bound in bounds):
            message = f"'{value}' is a fraction, and this is a count"
            yield Breach(entry, path, message, "write the whole number that is meant")


def _counts(case: m.Case, context: Context) -> Iterator[tuple[KeyPath, Quantity]]:
    for index, report in enumerate(case.reports):
        if report.country_count is not None:
            yield ("reports", index, "country_count", "value"), report.country_count.value
    for path, outcome, metric in _measured(case, context):
        if metric.dimension is Dimension.COUNT:
            yield (*path, "value"), outcome.value
    for path, step in steps_of(case):
        if step.quantity is not None and step.unit is None:
            yield path, step.quantity


@record_rule("MNG030", "thousands-point", m.Case, needs=("reports",), **WARNING)
def thousands_point(entry: Entry, record: m.Case, context: Context) -> Breaches:
    """A count or an amount of money with a point and three digits is meant so."""
    if not _POINT.search(entry.document.text):
        return  # to find what was written takes long
    for path, _, metric in _measured(record, context):
        # A weight may well be 1.285 kg.
        if metric.dimension not in {Dimension.CURRENCY, Dimension.COUNT}:
            continue
        if (written := _as_written(entry, (*path, "value"))) and _POINT.search(written):
            message = f"{written} is a fraction, with three digits after the point"
            plain = _POINT.sub(r"\1\2", written)
            hint = f"write {plain} if thousands are meant"
            yield Breach(entry, (*path, "value"), message, hint)


def _as_written(entry: Entry, path: KeyPath) -> str:
    """Return a value's characters in its file."""
    span = entry.place(path).span
    if span is None or span.line != span.end_line:
        return ""
    line = entry.document.lines[span.line - 1]
    return line[span.column - 1 : span.end_column - 1]


_MONTH: Final = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_NUMBER: Final = re.compile(
    r"(?<![\w.,/€$£-])(?P<number>[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)"
    r"(?: (?P<times>thousand|million|billion))?(?![\w/-]|[.,][0-9])"
)
#: What makes a number a date or a span of time.
_TIME: Final = re.compile(
    rf"\s*(?:{_MONTH}|(?:and|to|or) [0-9]+ {_MONTH}"
    r"|hours?|days?|weeks?|months?|years?|per cent)\b"
)
_DATE: Final = re.compile(rf"{_MONTH} $|{_MONTH} [0-9]+ (?:and|to) $|\b(?:aged|age) $")
_TIMES: Final = {"": 1, "thousand": 10**3, "million": 10**6, "billion": 10**9}
_YEARS: Final = range(1900, 2100)
#: Fewer are written in words, or number something.
_FEW: Final = 10
#: A summary rounds.
_ROUNDED: Final = Decimal("0.05")


@record_rule(
    "MNG029", "figures-of-summary", m.Case, needs=("name", "summary", "reports"), **WARNING
)
def figures_of_summary(entry: Entry, record: m.Case, _context: Context) -> Breaches:
    """A number in the summary is one that a report states."""
    if not entry.is_whole(("reports",)):
        return

    known = [*_numbers(record)]
    for match in _NUMBER.finditer(record.summary):
        before, after = record.summary[: match.start()], record.summary[match.end() :]
        number = Decimal(match["number"].replace(",", "")) * _TIMES[match["times"] or ""]
        is_plain = match["number"].isdigit() and not match["times"]
        if (
            (is_plain and (number in _YEARS or number < _FEW))
            or _TIME.match(after)
            or _DATE.search(before)
            or match["number"] in record.name
            or any(abs(number - other) <= other * _ROUNDED for other in known)
        ):
            continue

        message = f"no report states {match[0]}"
        hint = "record the figure with its source, or leave it out"
        yield Breach(entry, ("summary",), message, hint)


def _numbers(case: m.Case) -> Iterator[Decimal]:
    """Return all numbers that the sources of a case state, also in their notes."""
    quantities = [step.quantity for _, step in steps_of(case) if step.quantity is not None]
    for _, outcome in outcomes_of(case):
        quantities.append(outcome.value)
        for number in re.findall(r"[0-9]+(?:,[0-9]{3})*", outcome.note or ""):
            yield Decimal(number.replace(",", ""))
    for report in case.reports:
        if report.country_count is not None:
            quantities.append(report.country_count.value)
        if report.countries is not None:
            yield Decimal(len(report.countries.list))
    for quantity in quantities:
        bounds = (quantity.point, quantity.lower, quantity.upper)
        yield from (bound for bound in bounds if bound is not None)


def steps_of(case: m.Case) -> Iterator[tuple[KeyPath, m.ReportedStep]]:
    """Return the steps of proceedings of a case, with the paths to them."""
    for index, told in enumerate(case.proceedings):
        for number, step in enumerate(told.steps):
            yield ("proceedings", index, "steps", number), step


def outcomes_of(case: m.Case) -> Iterator[tuple[KeyPath, m.ReportedOutcome]]:
    """Return the outcomes of a case, with the paths to them."""
    for index, report in enumerate(case.reports):
        for number, outcome in enumerate(report.outcomes):
            yield ("reports", index, "outcomes", number), outcome


def stated_of(case: m.Case) -> Iterator[tuple[KeyPath, str, m.Stated]]:
    """Return all that is stated of a case, with the path to it and the id of its source."""
    for index, report in enumerate(case.reports):
        for name in ("interpol_role", "period", "announced", "country_count", "countries"):
            if (stated := getattr(report, name)) is not None:
                yield ("reports", index, name), report.source, stated
        for name in ("organizations", "tools", "outcomes"):
            for number, stated in enumerate(getattr(report, name)):
                yield ("reports", index, name, number), report.source, stated
    for path, step in steps_of(case):
        yield path, case.proceedings[int(path[1])].source, step


def _measured(
    case: m.Case, context: Context
) -> Iterator[tuple[KeyPath, m.ReportedOutcome, m.Metric]]:
    for path, outcome in outcomes_of(case):
        if metric := context.metrics.get(outcome.metric):
            yield path, outcome, metric


def _units(dimension: Dimension) -> str:
    if dimension is Dimension.CURRENCY:
        return "an ISO 4217 code such as USD"
    return " or ".join(UNITS[dimension])


#: How many other cases have to show what area an object belongs to.
_ENOUGH: Final = 3
#: The share of them that are of one area, and the share that are of the case's own areas at most.
_OF_ONE: Final = 0.7
_OF_OWN: Final = 0.15


@package_rule("MNG044", "area-of-objects", **WARNING)
def area_of_objects(context: Context) -> Breaches:
    """A case is of an area in which its objects are found in other cases, too."""
    wider = {entry.id: area.parent for entry, area in context.readable(m.Category, "parent")}
    areas: dict[str, frozenset[str]] = {}
    objects: dict[str, tuple[Entry, list[str]]] = {}
    for entry, case in context.cases("id", "categories", "reports"):
        widened = ((area, *above(area, wider.get)) for area in case.categories)
        areas[entry.id] = frozenset(chain.from_iterable(widened))
        objects[entry.id] = entry, _objects(case, context)
    having = grouped((object_, id_) for id_, (_, found) in objects.items() for object_ in found)
    for id_, (entry, found) in objects.items():
        told = {
            object_: _told(areas[id_], [areas[other] for other in having[object_] if other != id_])
            for object_ in found
        }
        odd = [object_ for object_, area in told.items() if area]
        if odd and None not in told.values():
            area = told[odd[0]]
            message = f"no area of this case has '{odd[0]}' in other cases"
            yield Breach(entry, ("categories", 0), message, f"did you mean '{area}'?")


def _objects(case: CaseOutline, context: Context) -> list[str]:
    """Return the objects that were found in a case; those of notices and courts are left out."""
    return sorted(
        {
            object_
            for object_, id_ in case.objects
            if (metric := context.metrics.get(id_)) is not None
            and (metric.family or metric.dimension is not Dimension.COUNT)
        }
    )


def _told(own: frozenset[str], others: list[frozenset[str]]) -> str | None:
    """
    Return the area that an object tells of; empty if it tells nothing, none if it fits.

    It is told by the areas of the other cases that have the object.
    """
    if len(others) < _ENOUGH:
        return ""
    if sum(not own.isdisjoint(other) for other in others) >= _OF_OWN * len(others):
        return None
    area, number = Counter(area for other in others for area in sorted(other)).most_common(1)[0]
    return area if number >= _OF_ONE * len(others) else ""
