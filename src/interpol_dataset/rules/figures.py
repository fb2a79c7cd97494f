"""Rules on figures and their units, on figures that are parts of others, and on cases that are."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, Final

from interpol_dataset.evidence.testimony import Amount
from interpol_dataset.findings import Fix, KeyPath
from interpol_dataset.records import models as m
from interpol_dataset.rules.context import Context, outcomes_of, steps_of
from interpol_dataset.rules.facts import first_statement
from interpol_dataset.rules.hints import fact_meant
from interpol_dataset.rules.rule import (
    WARNING,
    Breach,
    Breaches,
    fact_rule,
    package_rule,
    record_rule,
)
from interpol_dataset.schema import vocabulary as v
from interpol_dataset.totals.cases import KnownCase, counted_in
from interpol_dataset.totals.containment import Containment, Impossible, containment, place_steps
from interpol_dataset.totals.figures import dollars_of, figures_of
from interpol_dataset.values import grouped
from interpol_dataset.values.fact_path import FactPath
from interpol_dataset.values.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from interpol_dataset.evidence.facts import FactsOfRecord
    from interpol_dataset.records.notes import CaseOutline
    from interpol_dataset.records.parse import Entry
    from interpol_dataset.totals.total import Total
    from interpol_dataset.values.quantity import Quantity


_COUNT: Final = "a count has no unit; remove it"
#: What to do about a unit of a count that shows that something else was measured.
_NOT_A_COUNT: Final = {
    unit: f"'{unit}' is not a count: use a metric of {dimension}, such as {metric}"
    for dimension, metric in (
        (v.Dimension.MASS, "weight-seized"),
        (v.Dimension.VOLUME, "volume-seized"),
    )
    for unit in v.UNITS[dimension]
}
#: What a page says in a step of court proceedings, and not in an outcome.
_STEPS: Final = {"convictions": "convicted", "persons-charged": "charged"}
#: A number with a point and three digits after it.
_POINT: Final = re.compile(r"(?<![0-9.])([0-9]{1,3})\.([0-9]{3})(?![0-9.])")


@record_rule("MNG005", m.Case, needs=("reports",))
def unit_fits_metric(entry: Entry, record: m.Case, context: Context) -> Breaches:
    """An outcome has the unit that its metric needs."""
    for path, outcome, metric in _measured(record, context):
        is_count = metric.dimension is v.Dimension.COUNT
        is_bare = is_count and metric.family is not v.MetricFamily.GOODS
        units = {} if is_bare else v.UNITS[metric.dimension]
        wanted = _units(metric.dimension)
        if outcome.unit is None and not is_count:
            message = f"'{metric.id}' measures {metric.dimension} and needs a unit"
            yield Breach(entry, path, message, f"add 'unit: ...' with {wanted}")
        elif outcome.unit is not None and outcome.unit not in units:
            message = f"'{metric.id}' is not measured in {outcome.unit}"
            other = f"use {wanted}" if units else _COUNT
            hint = _NOT_A_COUNT.get(outcome.unit, other) if is_count else other
            yield Breach(entry, (*path, "unit"), message, hint)


@record_rule("MNG033", m.Case, needs=("reports",))
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


@record_rule("MNG012", m.Case, needs=("reports",))
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
        if metric.dimension is v.Dimension.COUNT:
            yield (*path, "value"), outcome.value
    for path, step in steps_of(case):
        if step.quantity is not None and step.unit is None:
            yield path, step.quantity


@record_rule("MNG030", m.Case, needs=("reports",), **WARNING)
def thousands_point(entry: Entry, record: m.Case, context: Context) -> Breaches:
    """A count or an amount of money with a point and three digits is meant so."""
    if not _POINT.search(entry.document.text):
        return  # to find what was written takes long
    for path, _, metric in _measured(record, context):
        # A weight may well be 1.285 kg.
        if metric.dimension not in {v.Dimension.CURRENCY, v.Dimension.COUNT}:
            continue
        if (written := _as_written(entry, (*path, "value"))) and _POINT.search(written):
            message = f"{written} is a fraction, with three digits after the point"
            plain = _POINT.sub(r"\1\2", written)
            hint = f"write {plain} if thousands are meant"
            yield Breach(entry, (*path, "value"), message, hint)


def _as_written(entry: Entry, path: KeyPath) -> str:
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


@record_rule("MNG029", m.Case, needs=("name", "summary", "reports"), **WARNING)
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


def _measured(
    case: m.Case, context: Context
) -> Iterator[tuple[KeyPath, m.ReportedOutcome, m.Metric]]:
    for path, outcome in outcomes_of(case):
        if metric := context.metrics.get(outcome.metric):
            yield path, outcome, metric


def _units(dimension: v.Dimension) -> str:
    if dimension is v.Dimension.CURRENCY:
        return "an ISO 4217 code such as USD"
    return " or ".join(v.UNITS[dimension])


#: How many other cases have to show what area an object belongs to.
_ENOUGH: Final = 3
#: The share of them that are of one area, and the share that are of the case's own areas at most.
_OF_ONE: Final = 0.7
_OF_OWN: Final = 0.15


@package_rule("MNG044", **WARNING)
def area_of_objects(context: Context) -> Breaches:
    """A case is of an area in which its objects are found in other cases, too."""
    wider = {entry.id: area.parent for entry, area in context.readable(m.Category, "parent")}
    areas: dict[str, frozenset[str]] = {}
    objects: dict[str, tuple[Entry, list[str]]] = {}
    for entry, case in context.cases("id", "categories", "reports"):
        widened = ((area, *v.above(area, wider.get)) for area in case.categories)
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
            and (metric.family or metric.dimension is not v.Dimension.COUNT)
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


#: How many shares of other countries a message names.
_MAX_SHARES: Final = 4
#: "More than 500" is no longer said of so many times 500.
_FAR_MORE: Final = 2
#: How far a stated total without an upper limit is taken to reach, as a multiple of the number.
_REACH: Final = Decimal("1.5")


@record_rule("MNG031", m.Case, needs=("reports",))
def named_part(entry: Entry, record: m.Case, _context: Context) -> Breaches:
    """A name tells a part from others of the same figure."""
    outcomes = [*outcomes_of(record)]
    parts = defaultdict(set)
    for _, outcome in outcomes:
        if outcome.fact.is_part:
            parts[_whole(outcome.fact)].add(outcome.fact)

    for at, outcome in outcomes:
        if outcome.part_name is None:
            continue
        path = (*at, "part_name")
        if not outcome.part:
            hint = "remove the name, or write part: true if this is only a part"
            yield Breach(entry, path, "a total has no name", hint)
        elif len(parts[_whole(outcome.fact)]) == 1:
            message = "no other part of this figure is known, so it needs no name"
            yield Breach(entry, path, message, "remove it", fix=Fix(path))


def _whole(fact: FactPath) -> str:
    """Return the path of the figure that a figure is a part of."""
    return fact.removesuffix(fact.part)


@fact_rule("POL018", judges_with=("metrics", "objects"))
def needed_part(entry: Entry, case: m.Case, facts: FactsOfRecord, context: Context) -> Breaches:
    """
    An entry in `parts` is about figures of one metric, and says something that the rule doesn't.
    """
    stated, outcomes = case.wholes, [other for other in facts if other.kind == "outcomes"]
    # The model sorts entries; places follow the file.
    for index, item in enumerate(entry.data["parts"] if case.parts else ()):
        fact, path = FactPath(item["fact"]), ("parts", index)
        named = (("fact", fact), ("of", stated[fact]))
        if unknown := next(((key, it) for key, it in named if it and it not in outcomes), None):
            hint = fact_meant(unknown[1], outcomes)
            yield Breach(entry, (*path, unknown[0]), f"no report states '{unknown[1]}'", hint)
        elif fault := _fault_of_part(context, facts, stated, fact):
            key, message, hint = fault
            fix = None if key else Fix(path)
            yield Breach(entry, (*path, *key), message, hint, fix=fix)


def _fault_of_part(
    context: Context,
    facts: FactsOfRecord,
    stated: Mapping[FactPath, FactPath | None],
    fact: FactPath,
) -> tuple[tuple[str, ...], str, str] | None:
    whole = stated[fact]
    if whole is not None and whole.member != fact.member:
        message = f"'{whole}' is of another metric than '{fact}'"
        return ("of",), message, "name a figure of the same metric"
    if _lies_in_itself(fact, stated):
        return ("of",), f"'{fact}' would be a part of itself", "name another figure, or none"
    others = {other: of for other, of in stated.items() if other != fact}
    if _effect(context, facts, stated) == _effect(context, facts, others):
        return (), f"the rule says the same of '{fact}'", "remove the entry"
    return None


def _lies_in_itself(fact: FactPath, stated: Mapping[FactPath, FactPath | None]) -> bool:
    """Return whether entries lead from a figure back to it."""
    seen: set[FactPath] = set()
    whole = stated.get(fact)
    while whole is not None and whole not in seen:
        seen.add(whole)
        whole = stated.get(whole)
    return fact in seen


def _contained(
    context: Context, facts: FactsOfRecord, stated: Mapping[FactPath, FactPath | None]
) -> Containment:
    return containment(figures_of(facts), stated, context.catalogue, dollars_of(facts))


def _effect(
    context: Context, facts: FactsOfRecord, stated: Mapping[FactPath, FactPath | None]
) -> object:
    """Return what entries decide: what contains what, and what remains open."""
    found = _contained(context, facts, stated)
    wholes = {path: member.whole for path, member in found.members.items()}
    return wholes, found.doubts, found.impossible


@fact_rule("POL019", excusable=True, judges_with=("metrics", "objects"))
def part_fits_whole(entry: Entry, case: m.Case, facts: FactsOfRecord, context: Context) -> Breaches:
    """A part is not larger than its whole, and an amount is the same in two currencies."""
    contained = _contained(context, facts, case.wholes)
    for item in (*contained.impossible, *_beyond_hedge(facts, contained)):
        yield _impossible(entry, case, facts, item)


def _beyond_hedge(facts: FactsOfRecord, contained: Containment) -> Iterator[Impossible]:
    """Return parts that are far more than a whole that only says "at least"."""
    for path, member in contained.members.items():
        if member.whole is None or path.currency != member.whole.currency:
            continue
        part, whole = (_amount(facts, fact) for fact in (path, member.whole))
        if part and whole and whole.hedge and part.low > _FAR_MORE * whole.high:
            known = Impossible(path, member.whole)
            if known not in contained.impossible:
                yield known


def _amount(facts: FactsOfRecord, path: FactPath) -> Amount | None:
    chosen = facts[path].chosen
    return chosen.stated if chosen and isinstance(chosen.stated, Amount) else None


def _impossible(entry: Entry, case: m.Case, facts: FactsOfRecord, item: Impossible) -> Breach:
    fact, whole, shares = item
    same = place_steps(fact, whole) == frozenset() and fact.object == whole.object
    what = "is another amount than" if same else "is more than"
    part, total = (f"'{path}' {_value(facts, path)}" for path in (fact, whole))
    if shares:
        others = [f"'{other}' {_value(facts, other)}" for other in shares[:_MAX_SHARES]]
        rest = len(shares) - len(others)
        part = listed([part, *others, *([f"{rest} more"] if rest else [])])
        what = "are together more than"
    message = f"{part} {what} {total}"
    hint = (
        "correct one; or write part: true next to what is only a part (and a part_name next to a "
        f"second one); or say in 'parts' that '{fact}' is part of another figure, or of none "
        "where it is counted apart from the total"
    )

    return Breach(entry, first_statement(entry, case, fact), message, hint)


def _value(facts: FactsOfRecord, path: FactPath) -> str:
    chosen = facts[path].chosen
    return f"({chosen.value}{f' {chosen.unit}' if chosen.unit else ''})" if chosen else ""


@package_rule("POL020")
def shared_figures(context: Context) -> Breaches:
    """Figures that two cases share are stated by both, and both name them."""
    for entry, outline in context.cases("relations"):
        for index, relation in enumerate(outline.relations):
            if not relation.shared or not context.is_sound(entry):
                continue
            path = ("relations", index, "shared")
            case, other = (context.case(id_) for id_ in (entry.id, relation.case or ""))
            if relation.type is not v.RelationType.JOINT_WITH:
                message = f"cases that are related by '{relation.type}' share no figures"
                yield Breach(entry, path, message, "remove 'shared'")
            elif case is not None and other is not None:
                yield from _check_shared(entry, path, relation.shared, case, other)


def _check_shared(
    entry: Entry, path: KeyPath, shared: tuple[FactPath, ...], case: m.Case, other: m.Case
) -> Breaches:
    back = {
        fact
        for relation in other.relations
        if relation.case == case.id and relation.type is v.RelationType.JOINT_WITH
        for fact in relation.shared
    }
    stated = {one.id: {item.fact for _, item in outcomes_of(one)} for one in (case, other)}
    for fact in shared:
        lacking = [id_ for id_, facts in stated.items() if fact not in facts]
        if lacking:
            message = f"no report of '{lacking[0]}' states '{fact}'"
            yield Breach(entry, path, message, "record it there, or remove it here")
        elif fact not in back:
            message = f"'{other.id}' does not name '{fact}' as shared with '{case.id}'"
            yield Breach(entry, path, message, "name it there, too")


def _combinations(context: Context) -> object:
    """Return which metrics are worked out from others, so that cases have totals of them."""
    return sorted((metric.id, metric.combines) for metric in context.metrics.values())


@fact_rule(
    "POL027", excusable=True, judges_with=("categories", "metrics", "objects"), basis=_combinations
)
def total_fits_whole(
    entry: Entry, case: m.Case, _facts: FactsOfRecord, context: Context
) -> Breaches:
    """The total of an operation is not larger than that of the operation it is part of."""
    for index, relation in enumerate(case.relations):
        if relation.type is v.RelationType.PART_OF:
            ids = (case.id, *v.above(case.id, context.whole_of))
            known = {id_: totals for id_ in ids if (totals := context.totals_of(id_))}
            yield from _check(entry, index, known)


def _check(entry: Entry, index: int, known: dict[str, KnownCase]) -> Breaches:
    part = known.get(entry.id or "")
    seen = set()
    for key, total in part.totals.items() if part else ():
        id_ = counted_in(key, part, known) if part else None
        whole = known[id_].totals[key] if id_ else None
        if whole and total.amount.lower > _limit(whole) and total.facts not in seen:
            seen.add(total.facts)
            what = f"{key.metric}{f'/{key.object}' if key.object else ''}"
            message = (
                f"'{what}' ({total.amount.text}) is more than in '{id_}' "
                f"({whole.amount.text}), of which this is a part"
            )
            hint = f"correct one; or write part: true next to what is only a part of '{id_}'"
            yield Breach(entry, ("relations", index, "case"), message, hint)


def _limit(whole: Total) -> Decimal:
    amount = whole.amount
    if amount.upper is not None:
        return amount.upper
    return amount.point * _REACH if whole.basis is v.TotalBasis.STATED else amount.point
