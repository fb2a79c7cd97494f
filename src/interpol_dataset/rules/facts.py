"""
Rules on facts: which value is chosen, and why parties are in dispute about it.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from interpol_dataset.evidence.agreement import agree
from interpol_dataset.evidence.choice import is_finer
from interpol_dataset.evidence.facts import bodies_of, facts_of
from interpol_dataset.findings import Fix
from interpol_dataset.rules.figures import steps_of
from interpol_dataset.rules.hints.ids import fact_hint
from interpol_dataset.rules.rule import WARNING, Breach, fact_rule
from interpol_dataset.schema.vocabulary import OrganizationKind, Stage, Status, Variance
from interpol_dataset.values.edtf import Edtf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from interpol_dataset.evidence.facts import Fact, FactsOfRecord
    from interpol_dataset.evidence.testimony import Testimony
    from interpol_dataset.findings import KeyPath
    from interpol_dataset.records import models as m
    from interpol_dataset.records.folder import Entry
    from interpol_dataset.rules.context import Context
    from interpol_dataset.values.fact_path import FactPath


@fact_rule("POL023", "best-value", **WARNING)
def best_value(
    entry: Entry, case: m.Case, facts: FactsOfRecord, _context: Context
) -> Iterator[Breach]:
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
    entry: Entry, case: m.Case, _facts: FactsOfRecord, context: Context
) -> Iterator[Breach]:
    """A preference changes something: without it, the written rule would choose another value."""
    if not case.prefer:
        return

    sources, known = context.sources, context.known_ids["sources"] or set()
    bodies = bodies_of(context.organizations.values())
    plain = case.model_copy(update={"prefer": ()})
    preferred = {item.fact for item in case.prefer}
    without = facts_of(plain, sources, bodies, preferred)
    # The model sorts preferences; places follow the file.
    for index, item in enumerate(entry.data["prefer"]):
        fact = without.get(item["fact"])
        firm = [item for item in fact.testimonies if not item.drift_metric] if fact else []
        said = {item.source.id for item in firm}
        if fact is None:
            message = f"no report states '{item['fact']}'"
            hint = fact_hint(item["fact"], facts_of(plain, sources, bodies))
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
) -> Iterator[Breach]:
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
            hint = fact_hint(fact, facts)
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
    """Return the path to the first statement of a fact of which only one value can be true."""
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
