"""
Rules on facts: which value is chosen, why parties are in dispute, and figures that became two.

A figure becomes two when it is retold under another metric, or coded in two ways.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import chain, combinations
from typing import TYPE_CHECKING, Final, NamedTuple

from interpol_dataset.evidence.agreement import Amount, agree
from interpol_dataset.evidence.facts import facts_of, without_preferences
from interpol_dataset.evidence.verification import is_finer
from interpol_dataset.findings import Fix
from interpol_dataset.rules.figures import steps_of
from interpol_dataset.rules.hints import fact_meant
from interpol_dataset.rules.rule import WARNING, Breach, Breaches, fact_rule
from interpol_dataset.schema.vocabulary import OrganizationKind, Stage, Status, Variance
from interpol_dataset.values.edtf import Edtf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

    from interpol_dataset.evidence.facts import Fact, FactsOfRecord
    from interpol_dataset.evidence.testimony import Testimony
    from interpol_dataset.findings import KeyPath
    from interpol_dataset.records import models as m
    from interpol_dataset.records.parse import Entry
    from interpol_dataset.rules.context import Context
    from interpol_dataset.schema.vocabulary import MetricFamily
    from interpol_dataset.values.fact_path import FactPath


@fact_rule("POL023", "best-value", **WARNING)
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
    if than.stage is Stage.PRELIMINARY and item.stage in {Stage.UPDATED, Stage.FINAL}:
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


@fact_rule("POL004", "needed-preference")
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


@fact_rule("POL015", "explained-dispute")
def explained_dispute(
    entry: Entry, case: m.Case, facts: FactsOfRecord, context: Context
) -> Breaches:
    """Every disputed fact has an entry in `disputes`, and every entry is of values that differ."""
    disputed = _disputed(facts)
    explained = {dispute.fact for dispute in case.disputes}
    types = ", ".join(Variance)
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
    of = [body.country for body in bodies if body and body.kind is not OrganizationKind.MEDIA]
    national = {country for country in of if country}
    return national.pop() if len(national) == 1 and None in of else None


def _disputed(facts: FactsOfRecord) -> set[FactPath]:
    verdicts = {path: fact.verdict for path, fact in facts.items()}
    return {path for path, item in verdicts.items() if item and item.status is Status.DISPUTED}


def _differs(fact: Fact) -> bool:
    """Return whether sources say different things of a fact, whatever they weigh."""
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


@fact_rule("MNG016", "drift-of-a-fact", judges_with=("metrics",))
def drift_of_a_fact(entry: Entry, case: m.Case, facts: FactsOfRecord, context: Context) -> Breaches:
    """A drifted figure agrees with a fact of its case under another metric of the same family."""
    for path, source, outcome in _drifted(case):
        fault = _fault(context, context.sources[source], outcome, facts)
        if fault is not None:
            field, message, hint = fault
            yield Breach(entry, (*path, field), message, hint)


def _fault(
    context: Context, source: m.Source, outcome: m.ReportedOutcome, facts: FactsOfRecord
) -> tuple[str, str, str] | None:
    """Return a field, what is wrong with it, and a hint; ``None`` if nothing is wrong."""
    path, firm = outcome.fact, _firm(facts.get(outcome.fact))
    metric, of = (context.metrics.get(id_) for id_ in (outcome.metric, path.member))
    own = next(
        (name for name in ("object", "place", "part", "part_name") if getattr(outcome, name)),
        None,
    )

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


#: Smaller numbers meet by chance.
_BY_CHANCE: Final = 10


@fact_rule("POL022", "one-figure-one-fact", judges_with=("metrics",), **WARNING)
def one_figure_one_fact(
    entry: Entry, case: m.Case, facts: FactsOfRecord, context: Context
) -> Breaches:
    """
    The same figure of 10 or more does not make two facts of one family, one of them only retold.
    """
    for one, other in combinations(_figures(context, facts), 2):
        if not _is_one_figure(one, other):
            continue
        retold, told = (one, other) if one.is_only_retold else (other, one)
        path = first_statement(entry, case, retold.path)[:-1]
        message = f"'{retold.path}' has the figure of '{told.path}'"
        hint = f"write drift_of: {told.path}, or {one_figure_one_fact.exception}"
        yield Breach(entry, (*path, "metric"), message, hint)


def _figures(context: Context, facts: FactsOfRecord) -> Iterator[_Figure]:
    for path, fact in facts.items():
        metric, number = context.metrics.get(path.member), _number(fact)
        if metric and metric.family and number and number >= _BY_CHANCE:
            read = fact.verdict.read if fact.verdict else None
            is_retold = read is None or not read.is_text
            yield _Figure(path, metric.family, number, is_retold)


def _is_one_figure(one: _Figure, other: _Figure) -> bool:
    a, b = one.path, other.path
    # Women and victims of trafficking can be the same persons; drugs and cars are not the same.
    same_thing = a.object == b.object or one.family.counts_persons

    return (
        (one.is_only_retold or other.is_only_retold)
        and one.number == other.number
        and one.family is other.family
        and a.member != b.member
        and (a.place, a.part, a.currency) == (b.place, b.part, b.currency)
        and same_thing
    )


#: The same of figures under one metric.
_ON_ONE_PATH: Final = 20


@fact_rule("POL024", "one-figure-one-path", judges_with=("metrics", "objects"), **WARNING)
def one_figure_one_path(
    entry: Entry, case: m.Case, facts: FactsOfRecord, context: Context
) -> Breaches:
    """Reports that state the same number, of 20 or more, under one metric state the same fact."""
    alike: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for path, fact in facts.items():
        number = _number(fact)
        if number and number >= _ON_ONE_PATH:
            alike[path.member, path.currency, number].append(fact)

    for one, other in chain.from_iterable(combinations(same, 2) for same in alike.values()):
        if not _sources(one) & _sources(other) and _is_one_path(context, one.path, other.path):
            at = first_statement(entry, case, other.path)
            message = f"'{other.path}' has the figure of '{one.path}'"
            hint = f"code both alike, or {one_figure_one_path.exception}"
            yield Breach(entry, at, message, hint)


def _is_one_path(context: Context, one: FactPath, other: FactPath) -> bool:
    """Return whether two paths can be meant for one thing."""
    steps_up = context.catalogue.steps_up
    return (
        (one.place == other.place or None in {one.place, other.place})
        and (steps_up(one, other) is not None or steps_up(other, one) is not None)
        and not (one.part_name and other.part_name)
    )


class _Figure(NamedTuple):
    """
    A figure of a case.

    :param path: Its fact.
    :param family: The family of its metric.
    :param number: The number that was stated, without its hedge.
    :param is_only_retold: Whether no document or copy of a party that supports it was read.
    """

    path: FactPath
    family: MetricFamily
    number: Decimal
    is_only_retold: bool


def _firm(fact: Fact | None) -> list[Testimony]:
    """Return what is said of a fact under its own metric."""
    return [item for item in fact.testimonies if item.drift_metric is None] if fact else []


def _number(fact: Fact) -> Decimal | None:
    """Return the number that was stated, with or without a hedge; none for a range."""
    stated = fact.chosen.stated if fact.chosen and fact.path.kind == "outcomes" else None
    return stated.low if isinstance(stated, Amount) and stated.low == stated.high else None


def _sources(fact: Fact) -> set[str]:
    """Return the ids of the sources that state a fact."""
    return {item.source.id for item in fact.testimonies}


def _drifted(case: m.Case) -> Iterator[tuple[KeyPath, str, m.ReportedOutcome]]:
    """Yield the drifted figures of a case, with the paths to them and their sources."""
    for index, report in enumerate(case.reports):
        for number, outcome in enumerate(report.outcomes):
            if outcome.drift_of is not None:
                yield ("reports", index, "outcomes", number), report.source, outcome
