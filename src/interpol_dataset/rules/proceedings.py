"""Rules on court proceedings: their numbers add up, and they tell nothing of single persons."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeAlias

from interpol_dataset.records import models as m
from interpol_dataset.rules.facts import first_statement
from interpol_dataset.rules.figures import steps_of
from interpol_dataset.rules.rule import Breach, Breaches, fact_rule, record_rule
from interpol_dataset.schema.vocabulary import TAKEN_BACK, Counted, StepObject
from interpol_dataset.values.quantity import Quantity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from interpol_dataset.evidence.facts import Fact, FactsOfRecord
    from interpol_dataset.records.parse import Entry
    from interpol_dataset.rules.context import Context
    from interpol_dataset.values.fact_path import FactPath

    #: How many persons steps concern: by outcome and object, then by year.
    _Years: TypeAlias = Mapping[int, Quantity]
    _Counts: TypeAlias = Mapping[tuple[str, str | None], _Years]

#: Fewer persons could be recognized by anyone who knows the case.
_FEW: Final = 3
#: The steps that clear persons, and the outcomes that each of them undoes.
_CLEARED: Final = {
    "acquitted": {"charged", "convicted"},
    "conviction": {"convicted"},
    "charge": {"charged"},
}


@record_rule("POL038", "single-persons", m.Case, needs=("proceedings",))
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
    """Return whether a step may concern fewer than three persons."""
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


@fact_rule("MNG052", "taken-back-of-some", excusable=True)
def taken_back_of_some(
    entry: Entry, case: m.Case, facts: FactsOfRecord, _context: Context
) -> Breaches:
    """No more is taken back than was counted, and a smaller later count has a reason."""
    numbers = {path: number for path, fact in facts.items() if (number := _number(fact))}
    for path, number in numbers.items():
        of_country = _by_year(path, numbers)
        counts = _by_year(
            path, {at: numbers[at] for at in numbers if at.part_name == path.part_name}
        )
        if path.object is None:
            message = _too_few(path, number, counts)
        else:
            before = TAKEN_BACK[StepObject(path.object)], None
            message = _too_much(path, counts[before], counts[path.member, path.object])
            if of_country[before] and not counts[before]:
                message = f"{number} were taken back in a group that has no count"
        if message is not None:
            hint = (
                "add or correct what was taken back; write '>=2' if only two of them "
                f"appeared before a later court; else {taken_back_of_some.exception}"
            )
            yield Breach(entry, first_statement(entry, case, path), message, hint)


def _number(fact: Fact) -> Quantity | None:
    """Return how many persons a step concerns; ``None`` for any other step."""
    path, value = fact.path, fact.chosen.value if fact.chosen else None
    is_step = path.kind == "proceedings" and path.object not in {*Counted}
    return value if is_step and not path.currency and isinstance(value, Quantity) else None


def _by_year(path: FactPath, numbers: Mapping[FactPath, Quantity]) -> _Counts:
    """Return numbers in the country of a step by what they count, and then by year."""
    counts: dict[tuple[str, str | None], dict[int, Quantity]] = defaultdict(dict)
    for at, number in numbers.items():
        if at.place == path.place:
            counts[at.member, at.object][at.year or 0] = number
    return counts


def _too_much(path: FactPath, counted: _Years, back: _Years) -> str | None:
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
