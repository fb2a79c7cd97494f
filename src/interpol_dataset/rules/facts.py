"""
Rules on facts: which value is chosen, why parties are in dispute, and figures that became two.

A figure becomes two when it is retold under another metric, or coded in two ways. Those of court
proceedings add up, and tell nothing of single persons.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from itertools import chain, combinations
from typing import TYPE_CHECKING, Final, TypeAlias

from interpol_dataset.evidence.facts import Fact, FactsOfRecord, facts_of, without_preferences
from interpol_dataset.evidence.testimony import Amount, Testimony, agree
from interpol_dataset.evidence.verification import is_finer
from interpol_dataset.findings import Fix, KeyPath
from interpol_dataset.records import models as m
from interpol_dataset.rules.context import Context, outcomes_of, steps_of
from interpol_dataset.rules.hints import fact_meant
from interpol_dataset.rules.rule import WARNING, Breach, Breaches, fact_rule, record_rule
from interpol_dataset.schema import vocabulary as v
from interpol_dataset.values import grouped
from interpol_dataset.values.edtf import Edtf
from interpol_dataset.values.quantity import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from interpol_dataset.records.parse import Entry
    from interpol_dataset.values.fact_path import FactPath

    #: How many persons steps concern: by outcome and object, then by year.
    _Numbers: TypeAlias = Mapping[int, Quantity]
    _Counts: TypeAlias = Mapping[tuple[str, str | None], _Numbers]

#: Smaller numbers meet by chance.
_BY_CHANCE: Final = 10
#: The same of figures under one metric.
_ON_ONE_PATH: Final = 20


@fact_rule("POL023", **WARNING)
def best_value(entry: Entry, case: m.Case, facts: FactsOfRecord, _context: Context) -> Breaches:
    """
    No source that counts states a figure or a period more finely, or later, than the one chosen.
    """
    for path, fact in facts.items():
        chosen = fact.chosen
        if chosen is None or fact.preferred or not (path.is_figure or path == "period"):
            continue
        better = next((item for item in fact.testimonies if _is_better(item, chosen)), None)
        if better is not None:
            message = (
                f"'{path}' is {chosen.value} by '{chosen.source.id}', "
                f"and {better.value} by '{better.source.id}'"
            )
            hint = f"prefer '{better.source.id}', or {best_value.exception}"
            yield Breach(entry, first_statement(entry, case, path), message, hint)


def _is_better(item: Testimony, chosen: Testimony) -> bool:
    """Return whether a testimony says more finely, or of a later count, what was chosen."""
    if item.drift_metric or not item.source.kind.counts:
        return False
    if _is_later(item, chosen) and not agree(item.stated, chosen.stated):
        return True
    return is_finer(item, chosen) and _narrows(item.value, chosen.value)


def _is_later(item: Testimony, than: Testimony) -> bool:
    """Return whether a testimony is of a later count, by its stage or its day."""
    if than.stage is v.Stage.PRELIMINARY and item.stage in {v.Stage.UPDATED, v.Stage.FINAL}:
        return True
    if item.as_of is None or than.as_of is None:
        return False
    return item.as_of.start[0] > than.as_of.end[1]


def _narrows(value: object, other: object) -> bool:
    """Return whether a period leaves fewer days; that it writes a month by its days is nothing."""
    if not isinstance(value, Edtf) or not isinstance(other, Edtf):
        return True
    return (
        _lies_in(value.start, other.start)
        and _lies_in(value.end, other.end)
        and (value.earliest, value.latest) != (other.earliest, other.latest)
    )


def _lies_in(days: tuple[date, date], other: tuple[date, date]) -> bool:
    return other[0] <= days[0] and days[1] <= other[1]


@fact_rule("POL004")
def needed_preference(
    entry: Entry, case: m.Case, facts: FactsOfRecord, context: Context
) -> Breaches:
    """A preference changes something: without it, the written rule would choose another value."""
    if not case.prefer:
        return

    # The case has no facts for others where a preference leads nowhere.
    facts = facts or facts_of(case, context.sources, context.bodies)
    known = context.known_ids["sources"] or set()
    without = without_preferences(facts, [item.fact for item in case.prefer], context.bodies)
    # The model sorts preferences; places follow the file.
    for index, item in enumerate(entry.data["prefer"]):
        fact = without.get(item["fact"])
        firm = [item for item in fact.testimonies if not item.drift_metric] if fact else []
        said = {item.source.id for item in firm}
        if fact is None:
            message = f"no report states '{item['fact']}'"
            hint = fact_meant(item["fact"], facts)
            yield Breach(entry, ("prefer", index, "fact"), message, hint)
        elif item["source"] not in known:
            continue  # a dangling reference is a finding of its own
        elif item["source"] not in said:
            message = f"'{item['source']}' does not state '{item['fact']}'"
            hint = f"name one of {', '.join(sorted(said))}"
            yield Breach(entry, ("prefer", index, "source"), message, hint)
        elif fact.chosen and fact.chosen.source.id == item["source"]:
            message = f"the rule chooses '{item['source']}' anyway"
            fix = Fix(("prefer", index))
            yield Breach(entry, fix.path, message, "remove the preference", fix=fix)


@fact_rule("POL015")
def explained_dispute(
    entry: Entry, case: m.Case, facts: FactsOfRecord, context: Context
) -> Breaches:
    """Every disputed fact has an entry in `disputes`, and every entry is of values that differ."""
    verdicts = {path: fact.verdict for path, fact in facts.items()}
    disputed = {it for it, said in verdicts.items() if said and said.status is v.Status.DISPUTED}
    explained = {dispute.fact for dispute in case.disputes}
    types = ", ".join(v.Variance)
    for fact in sorted(disputed - explained):
        message = f"'{fact}' is disputed, and no entry in 'disputes' says why"
        hint = f"add {{fact: {fact}, type: ..., reason: ...}}; the types are {types}"
        if fact.is_part:
            hint = f"give one a part_name, if they are two finds or groups; if not, {hint}"
        elif country := _country_of(context, facts[fact]):
            hint = f"write place: {country}, if it is that country's share; if not, {hint}"
        yield Breach(entry, first_statement(entry, case, fact), message, hint)

    # The model sorts disputes; places follow the file.
    for index, item in enumerate(entry.data.get("disputes") or ()):
        fact, path = item["fact"], ("disputes", index)
        if fact not in facts:
            hint = fact_meant(fact, facts)
            message = f"no report states '{fact}'"
            yield Breach(entry, (*path, "fact"), message, hint)
        elif not _differs(facts[fact]):
            message = f"nobody differs on '{fact}'"
            yield Breach(entry, path, message, "remove the entry", fix=Fix(path))


def _country_of(context: Context, fact: Fact) -> str | None:
    """Return the country whose share a total may be: that of the only national body."""
    if fact.path.kind != "outcomes" or fact.path.place:
        return None
    spoke = {said.attributed_to or said.source.asserter for said in fact.testimonies}
    bodies = [context.organizations.get(id_) for id_ in spoke]
    of = [body.country for body in bodies if body and body.kind is not v.OrganizationKind.MEDIA]
    national = {country for country in of if country}
    return national.pop() if len(national) == 1 and None in of else None


def _differs(fact: Fact) -> bool:
    firm = [item.stated for item in fact.testimonies if item.counts and not item.drift_metric]
    return any(not agree(one, other) for one, other in combinations(firm, 2))


def first_statement(entry: Entry, case: m.Case, fact: FactPath) -> KeyPath:
    """Return the path to the first statement of a fact that can have only one true value."""
    if fact.kind == "proceedings":
        return next(path for path, step in steps_of(case) if step.fact == fact)
    for index, report in enumerate(case.reports):
        at = ("reports", index)
        if fact.kind == "outcomes":
            paths = [None if item.drift_of else item.fact for item in report.outcomes]
            if fact in paths:
                return (*at, "outcomes", paths.index(fact), "value")
        elif fact.kind == "countries":
            if report.countries and fact.member in report.countries.list:
                written = entry.data["reports"][index]["countries"]["list"]
                return (*at, "countries", "list", written.index(fact.member))
        elif getattr(report, fact) is not None:
            return (*at, fact, "value")

    return ("reports",)


@fact_rule("MNG016", judges_with=("metrics",))
def drift_of_a_fact(entry: Entry, case: m.Case, facts: FactsOfRecord, context: Context) -> Breaches:
    """A drifted figure agrees with a fact of its case under another metric of the same family."""
    for path, outcome in outcomes_of(case):
        source = context.sources[case.reports[int(path[1])].source]
        if outcome.drift_of and (fault := _fault(context, source, outcome, facts)):
            field, message, hint = fault
            yield Breach(entry, (*path, field), message, hint)


def _fault(
    context: Context, source: m.Source, outcome: m.ReportedOutcome, facts: FactsOfRecord
) -> tuple[str, str, str] | None:
    """Return a field, what is wrong with it, and a hint; ``None`` if nothing is wrong."""
    path, firm = outcome.fact, _firm(facts.get(outcome.fact))
    metric, of = (context.metrics.get(id_) for id_ in (outcome.metric, path.member))
    names = ("object", "place", "part", "part_name")
    own = next((name for name in names if getattr(outcome, name)), None)

    if not firm:
        known = [known for known, fact in facts.items() if _firm(fact)]
        return "drift_of", f"no report states '{path}'", fact_meant(path, known)
    if own is not None:
        return own, "a drifted figure has those of the fact that it retells", "remove it"
    if path.kind != "outcomes" or path.member == outcome.metric:
        return "drift_of", f"'{outcome.metric}' is not another word for it", "remove drift_of"
    if metric and of and (metric.family is None or metric.family is not of.family):
        message = f"'{metric.id}' is not of the same family as '{of.id}'"
        return "metric", message, "state it as a fact of its own, without drift_of"
    if source.kind.is_document and outcome.attributed_to is None:
        message = f"'{source.id}' is a document, which says it on its asserter's own word"
        return "drift_of", message, "state it as a fact of its own, without drift_of"
    if path.currency not in {None, outcome.unit}:
        return "unit", f"'{path}' is stated in {path.currency}", f"write unit: {path.currency}"
    said = next(
        item
        for item in facts[path].testimonies
        if item.drift_metric and item.source.id == source.id
    )
    if not any(agree(said.stated, item.stated) for item in firm):
        stated = ", ".join(dict.fromkeys(str(item.value) for item in firm))
        message = f"{outcome.value} does not agree with what is said of '{path}': {stated}"
        return "value", message, "state it as a fact of its own, without drift_of"

    return None


@fact_rule("POL022", judges_with=("metrics",), **WARNING)
def one_figure_one_fact(
    entry: Entry, case: m.Case, facts: FactsOfRecord, context: Context
) -> Breaches:
    """
    The same figure of 10 or more does not make two facts of one family, one of them only retold.
    """
    figures = ((fact, context.metrics.get(path.member)) for path, fact in facts.items())
    alike = grouped(
        ((number, metric.family, fact.path.place, fact.path.part, fact.path.currency), fact)
        for fact, metric in figures
        if metric and metric.family and (number := _number(fact)) and number >= _BY_CHANCE
    )

    for one, other in _pairs(alike.values()):
        is_retold = _is_only_retold(one)
        if not (is_retold or _is_only_retold(other)) or not _is_one_thing(context, one, other):
            continue
        retold, told = (one.path, other.path) if is_retold else (other.path, one.path)
        statement = first_statement(entry, case, retold)[:-1]
        message = f"'{retold}' has the figure of '{told}'"
        hint = f"write drift_of: {told}, or {one_figure_one_fact.exception}"
        yield Breach(entry, (*statement, "metric"), message, hint)


def _pairs(alike: Iterable[list[Fact]]) -> Iterator[tuple[Fact, Fact]]:
    return chain.from_iterable(combinations(same, 2) for same in alike)


def _is_only_retold(fact: Fact) -> bool:
    """Return whether no document or copy of a party that supports a fact was read."""
    read = fact.verdict.read if fact.verdict else None
    return read is None or not read.is_text


def _is_one_thing(context: Context, one: Fact, other: Fact) -> bool:
    a, b = one.path, other.path
    family = context.metrics[a.member].family
    # Women and victims of trafficking can be the same persons; drugs and cars are not the same.
    same_thing = a.object == b.object or (family is not None and family.counts_persons)
    return same_thing and a.member != b.member


@fact_rule("POL024", judges_with=("metrics", "objects"), **WARNING)
def one_figure_one_path(
    entry: Entry, case: m.Case, facts: FactsOfRecord, context: Context
) -> Breaches:
    """Reports that state the same number, of 20 or more, under one metric state the same fact."""
    alike = grouped(
        ((path.member, path.currency, number), fact)
        for path, fact in facts.items()
        if (number := _number(fact)) and number >= _ON_ONE_PATH
    )
    for one, other in _pairs(alike.values()):
        sources = [{item.source.id for item in fact.testimonies} for fact in (one, other)]
        if sources[0].isdisjoint(sources[1]) and _is_one_path(context, one.path, other.path):
            at = first_statement(entry, case, other.path)
            message = f"'{other.path}' has the figure of '{one.path}'"
            hint = f"code both alike, or {one_figure_one_path.exception}"
            yield Breach(entry, at, message, hint)


def _is_one_path(context: Context, one: FactPath, other: FactPath) -> bool:
    steps_up = context.catalogue.steps_up
    return (
        (one.place == other.place or None in {one.place, other.place})
        and (steps_up(one, other) is not None or steps_up(other, one) is not None)
        and not (one.part_name and other.part_name)
    )


def _firm(fact: Fact | None) -> list[Testimony]:
    return [item for item in fact.testimonies if item.drift_metric is None] if fact else []


def _number(fact: Fact) -> Decimal | None:
    """Return the number that was stated, with or without a hedge; none for a range."""
    stated = fact.chosen.stated if fact.chosen and fact.path.kind == "outcomes" else None
    return stated.low if isinstance(stated, Amount) and stated.low == stated.high else None


#: Fewer persons could be recognized by anyone who knows the case.
_FEW: Final = 3
#: The steps that clear persons, and the outcomes that each of them undoes.
_CLEARED: Final = {
    "acquitted": {"charged", "convicted"},
    "conviction": {"convicted"},
    "charge": {"charged"},
}


@record_rule("POL038", m.Case, needs=("proceedings",))
def single_persons(entry: Entry, record: m.Case, _context: Context) -> Breaches:
    """A step of fewer than three persons has no details, and none is kept once they are cleared."""
    steps = [step for _, step in steps_of(record) if step.persons or step.prosecutions]
    for path, step in steps_of(record):
        if not _is_few(step):
            continue
        for name in ("group", "attributed_to", "note"):
            if getattr(step, name) is not None:
                message = f"a step of fewer than {_FEW} persons has no {name}"
                yield Breach(entry, (*path, name), message, "remove it")
        if (year := _cleared(step, steps)) is not None:
            message = f"those who were '{step.outcome}' here were cleared in {year}"
            yield Breach(entry, path, message, "remove this step, and keep that one")


def _is_few(step: m.ReportedStep) -> bool:
    number = step.persons or step.prosecutions
    return number is not None and number.lower < _FEW


def _cleared(step: m.ReportedStep, steps: Sequence[m.ReportedStep]) -> int | None:
    """Return when the one or two persons of a charge or a conviction were cleared, if they were."""
    if step.outcome not in _CLEARED["acquitted"]:
        return None
    years = [
        other.year
        for other in steps
        if other.year >= step.year and _may_be_same(step, other) and _clears(other, step, steps)
    ]
    return max(years, default=None)


def _may_be_same(one: m.ReportedStep, other: m.ReportedStep) -> bool:
    """Return whether two steps can concern the same persons, judging by group and country."""
    return one.group == other.group and (
        one.country == other.country or None in {one.country, other.country}
    )


def _clears(
    clearing: m.ReportedStep, step: m.ReportedStep, steps: Sequence[m.ReportedStep]
) -> bool:
    """Return whether one step certainly clears the few persons of another."""
    held = _CLEARED.get(clearing.what or clearing.outcome)
    if held is None or not _is_few(clearing) or (clearing.persons and clearing.persons.upper == 0):
        return False
    same = [other for other in steps if _may_be_same(clearing, other)]
    is_undone = clearing.outcome == "acquitted" and any(
        other.what == "acquittal" and other.year >= clearing.year for other in same
    )
    before = [other for other in same if other.outcome in held and other.year <= clearing.year]
    countries = {other.country for other in before} - {None, step.country, clearing.country}
    return not is_undone and not countries and all(map(_is_few, before))


@fact_rule("MNG052", excusable=True)
def taken_back_of_some(
    entry: Entry, case: m.Case, facts: FactsOfRecord, _context: Context
) -> Breaches:
    """No more is taken back than was counted, and a smaller later count has a reason."""
    numbers = {path: number for path, fact in facts.items() if (number := _persons_of(fact))}
    for path, number in numbers.items():
        of_country = _by_year(path, numbers)
        counts = _by_year(
            path, {at: numbers[at] for at in numbers if at.part_name == path.part_name}
        )
        if path.object is None:
            message = _too_few(path, number, counts)
        else:
            before = v.TAKEN_BACK[v.StepObject(path.object)], None
            message = _too_much(path, counts[before], counts[path.member, path.object])
            if of_country[before] and not counts[before]:
                message = f"{number} were taken back in a group that has no count"
        if message is not None:
            hint = (
                "add or correct what was taken back; write '>=2' if only two of them "
                f"appeared before a later court; else {taken_back_of_some.exception}"
            )
            yield Breach(entry, first_statement(entry, case, path), message, hint)


def _persons_of(fact: Fact) -> Quantity | None:
    path, value = fact.path, fact.chosen.value if fact.chosen else None
    is_step = path.kind == "proceedings" and path.object not in {*v.Counted}
    return value if is_step and not path.currency and isinstance(value, Quantity) else None


def _by_year(path: FactPath, numbers: Mapping[FactPath, Quantity]) -> _Counts:
    """Return numbers in the country of a step by what they count, and then by year."""
    counts: dict[tuple[str, str | None], dict[int, Quantity]] = defaultdict(dict)
    for at, number in numbers.items():
        if at.place == path.place:
            counts[at.member, at.object][at.year or 0] = number
    return counts


def _too_much(path: FactPath, counted: _Numbers, back: _Numbers) -> str | None:
    """Return a message if more was taken back than any count of the group allows."""
    last, most = path.year or 0, []
    for year, number in counted.items():
        since = (back[at].lower for at in back if min(year, last) <= at <= last)
        if number.upper is None or (gone := sum(since, Decimal(0))) <= number.upper:
            return None
        most.append((number.upper, gone))
    return "{1} were taken back of no more than {0}".format(*max(most)) if most else None


def _too_few(path: FactPath, number: Quantity, counts: _Counts) -> str | None:
    """Return a message if fewer are convicted than an earlier count leaves."""
    most, year = number.upper, path.year or 0
    if path.member != "convicted" or most is None:
        return None
    back = counts["taken-back", "conviction"]
    for before, other in counts["convicted", None].items():
        gone = [back[at].upper for at in back if before <= at <= year]
        if before < year and None not in gone and most < other.lower - sum(filter(None, gone)):
            return f"{number} in {year} are fewer than {other} in {before}"
    return None
