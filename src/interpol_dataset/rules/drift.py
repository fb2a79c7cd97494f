"""
Rules on figures that became two on their way: retold under another metric, or coded in two ways.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import chain, combinations
from typing import TYPE_CHECKING, Final, NamedTuple

from interpol_dataset.evidence.agreement import Amount, agree
from interpol_dataset.rules.facts import first_statement
from interpol_dataset.rules.hints.ids import fact_hint
from interpol_dataset.rules.rule import WARNING, Breach, fact_rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from interpol_dataset.evidence.facts import Fact, FactsOfRecord
    from interpol_dataset.evidence.testimony import Testimony
    from interpol_dataset.findings import KeyPath
    from interpol_dataset.records import models as m
    from interpol_dataset.records.folder import Entry
    from interpol_dataset.rules.context import Context
    from interpol_dataset.schema.vocabulary import MetricFamily
    from interpol_dataset.values.fact_path import FactPath


@fact_rule("MNG016", "drift-of-a-fact", judges_with=("metrics",))
def drift_of_a_fact(
    entry: Entry, case: m.Case, facts: FactsOfRecord, context: Context
) -> Iterator[Breach]:
    """A drifted figure agrees with a fact of its case under another metric of the same family."""
    for path, source, outcome in _drifted(case):
        fault = _fault(context, context.sources[source], outcome, facts)
        if fault is not None:
            field, message, hint = fault
            yield Breach(entry, (*path, field), message, hint)


def _fault(
    context: Context, source: m.Source, outcome: m.ReportedOutcome, facts: FactsOfRecord
) -> tuple[str, str, str] | None:
    """Return a field, what is wrong with it, and a hint; none if nothing is wrong."""
    path, firm = outcome.fact, _firm(facts.get(outcome.fact))
    metric, of = (context.metrics.get(id_) for id_ in (outcome.metric, path.member))
    own = next(
        (name for name in ("object", "place", "part", "part_name") if getattr(outcome, name)),
        None,
    )

    if not firm:
        known = [known for known, fact in facts.items() if _firm(fact)]
        return "drift_of", f"no report states '{path}'", fact_hint(path, known)
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
) -> Iterator[Breach]:
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
) -> Iterator[Breach]:
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
