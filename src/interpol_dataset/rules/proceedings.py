"""
Rules on what courts made of a case: that it adds up, and that it keeps away from single persons.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, TypeAlias

from interpol_dataset.records import models as m
from interpol_dataset.rules.facts import first_statement
from interpol_dataset.rules.figures import steps_of
from interpol_dataset.rules.rule import Breach, fact_rule, record_rule
from interpol_dataset.values.quantity import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from interpol_dataset.evidence.facts import Fact, FactsOfRecord
    from interpol_dataset.findings import KeyPath
    from interpol_dataset.records.folder import Entry
    from interpol_dataset.rules.context import Context
    from interpol_dataset.values.fact_path import FactPath

    #: How many persons steps concern, by their facts.
    _Numbers: TypeAlias = Mapping[FactPath, Quantity]
    #: The steps of one country and group, with the paths to them.
    _Group: TypeAlias = list[tuple[KeyPath, m.ReportedStep]]


#: Fewer persons may be told apart by whoever knows of the case.
_FEW: Final = 3

#: What was taken back, and as what it had been counted.
_TAKEN_BACK: Final = {
    "conviction": "convicted",
    "charge": "charged",
    "acquittal": "acquitted",
}


@record_rule("POL038", "single-persons", m.Case, needs=("proceedings",))
def single_persons(entry: Entry, record: m.Case, _context: Context) -> Iterator[Breach]:
    """Of fewer than three persons nothing is told but a step, and once cleared no charge."""
    groups: dict[tuple[str | None, str | None], _Group] = defaultdict(list)
    for path, step in steps_of(record):
        if step.persons is not None:
            groups[step.country, step.group].append((path, step))
            if _size(step.persons) < _FEW:
                yield from _detail(entry, path, step)
    for group in groups.values():
        yield from _held_against_the_cleared(entry, group)


def _detail(entry: Entry, path: KeyPath, step: m.ReportedStep) -> Iterator[Breach]:
    for name in ("group", "attributed_to", "note"):
        if getattr(step, name) is not None:
            message = f"a step of fewer than {_FEW} persons has no {name}"
            yield Breach(entry, (*path, name), message, "remove it")


def _held_against_the_cleared(entry: Entry, group: _Group) -> Iterator[Breach]:
    """Find what stands against one or two persons who were cleared, and not convicted again."""
    cleared = [step.year for _, step in group if _clears(step)]
    if not cleared or any(_size(step.persons) >= _FEW for _, step in group if step.persons):
        return
    for path, step in group:
        if step.outcome in {"charged", "convicted"} and step.year <= max(cleared):
            message = f"who was '{step.outcome}' here was cleared in {max(cleared)}"
            yield Breach(entry, path, message, "remove this step, and keep that one")


def _clears(step: m.ReportedStep) -> bool:
    return step.outcome == "acquitted" or step.what in {"conviction", "charge"}


def _size(persons: Quantity) -> float:
    return float(persons.lower if persons.point is None else persons.point)


@fact_rule("MNG052", "taken-back-of-some", excusable=True)
def taken_back_of_some(
    entry: Entry, case: m.Case, facts: FactsOfRecord, _context: Context
) -> Iterator[Breach]:
    """No more is taken back than was counted, and a later count that is smaller says why."""
    numbers = {path: number for path, fact in facts.items() if (number := _number(fact))}
    for path in numbers:
        message = _too_much(path, numbers) or _too_few(path, numbers)
        if message is not None:
            hint = (
                "add or correct what was taken back; write '>=2' where only two of them were "
                f"before a later court; else {taken_back_of_some.exception}"
            )
            yield Breach(entry, first_statement(entry, case, path), message, hint)


def _number(fact: Fact) -> Quantity | None:
    """Return how many persons a step concerns; none of what is no such step."""
    value = fact.chosen.value if fact.chosen else None
    of_persons = fact.path.object is None or fact.path.object in _TAKEN_BACK
    is_step = fact.path.kind == "proceedings" and of_persons and fact.path.currency is None

    return value if is_step and isinstance(value, Quantity) else None


def _same(path: FactPath, numbers: _Numbers, outcome: str, what: str | None = None) -> _Numbers:
    """Return the numbers of an outcome in the country and the group of a step."""
    wanted = (outcome, what, path.place, path.part_name)

    return {
        other: number
        for other, number in numbers.items()
        if (other.member, other.object, other.place, other.part_name) == wanted
    }


def _too_much(path: FactPath, numbers: _Numbers) -> str | None:
    if path.member != "taken-back" or path.object is None:
        return None
    counted = [item.upper for item in _same(path, numbers, _TAKEN_BACK[path.object]).values()]
    limit = max((number for number in counted if number is not None), default=None)
    if limit is None or None in counted or numbers[path].lower <= limit:
        return None

    return f"{numbers[path]} were taken back of no more than {limit}"


def _too_few(path: FactPath, numbers: _Numbers) -> str | None:
    """Say that a count of convicted persons is smaller than what was left of one before it."""
    most, year = numbers[path].upper, path.year or 0
    if path.member != "convicted" or most is None:
        return None
    for other, number in _same(path, numbers, "convicted").items():
        back = _same(path, numbers, "taken-back", "conviction").items()
        gone = [item.upper for at, item in back if (other.year or 0) <= (at.year or 0) <= year]
        is_before = (other.year or 0) < year and None not in gone
        if is_before and most < number.lower - sum(filter(None, gone)):
            return f"{numbers[path]} in {year} are fewer than {number} in {other.year}"

    return None
