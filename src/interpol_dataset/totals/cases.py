"""
Cases with their totals, which of these are counted in another case, and convictions that stand.

Operations include each other, too. The total of an operation that is part of another is included in
the other's, if that has one of the same metric, object and unit; and two operations that were
carried out together may share a figure. `counted_in` names the operation whose total includes it.

**Convictions that stand** are worked out year by year for each country, and for each group where
several trials of one country add up. The latest count of persons who were convicted replaces those
before it, unless it only says the same less exactly, such as "at least 2" of the 8 who appealed.
What was taken back in the same year or later is taken off, unless a count of the same year is
already of those who were left. If nobody says whose convictions were taken back, only the lower
bound falls.

A country's convictions are the sum of its groups; those of a case are the sum of its countries, or
a count without a country where that is larger. `known_until` is the year of the latest step of any
kind.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from interpol_dataset.evidence.testimony import COMPLETE, COUNTRIES, LISTED
from interpol_dataset.schema import vocabulary as v
from interpol_dataset.totals.figures import Catalogue, dollars_of
from interpol_dataset.totals.total import (
    COUNT,
    HEDGES,
    CaseFigures,
    Total,
    TotalKey,
    TotalValue,
    totals_of,
)
from interpol_dataset.values import grouped
from interpol_dataset.values.fact_path import FactPath
from interpol_dataset.values.quantity import Quantity
from interpol_dataset.values.words import quantity_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from interpol_dataset.evidence.facts import Fact, Facts, FactsOfRecord
    from interpol_dataset.records import models as m
    from interpol_dataset.records.document import Records


#: The metric whose totals are worked out here.
CONVICTIONS: Final = "convictions"
_NONE: Final = Decimal(0)


class _Standing(NamedTuple):
    number: Quantity
    facts: tuple[Fact, ...]


def convictions_of(facts: FactsOfRecord) -> Iterator[Total]:
    """Return the convictions that stand in a case: of the whole, and of each country."""
    steps = [fact for path, fact in facts.items() if path.kind == "proceedings" and fact.chosen]
    by_country = _by(steps, "place")
    standing = {}
    for country, own in by_country.items():
        groups = [(group, _of_group(group)) for group in _by(own, "part_name").values()]
        if known := [found for _, found in groups if found]:
            uncounted = [fact for group, found in groups if not found for fact in group]
            standing[country] = _sum(known, uncounted)
            if country:
                yield _total(country, standing[country], own)
    if standing:
        yield _total(None, _of_case(standing, by_country), steps)


def _by(steps: Iterable[Fact], name: str) -> dict[str | None, list[Fact]]:
    return grouped((getattr(fact.path, name), fact) for fact in steps)


def _of_group(steps: Iterable[Fact]) -> _Standing | None:
    """Return what stands of the convictions of one group; ``None`` if no conviction is known."""
    convicted = {fact.path.year: fact for fact in steps if _is_of(fact, "convicted", None)}
    taken_back = {fact.path.year: fact for fact in _taken_back(steps)}
    now: _Standing | None = None
    for year in sorted(convicted.keys() | taken_back.keys(), key=lambda year: year or 0):
        now = _after(now, convicted.get(year), taken_back.get(year))
    return now


def _is_of(fact: Fact, outcome: str, what: str | None) -> bool:
    return (fact.path.member, fact.path.object) == (outcome, what)


def _taken_back(steps: Iterable[Fact]) -> list[Fact]:
    return [fact for fact in steps if _is_of(fact, "taken-back", "conviction")]


def _after(now: _Standing | None, count: Fact | None, back: Fact | None) -> _Standing | None:
    """Return what stands after the steps of a year."""
    left = _less(now, back) if now and back else now
    if count is None:
        return left
    new = _Standing(_number(count), (count,))
    if left and _says_less(new.number, left.number):
        return left
    is_of_the_rest = left and (
        new.number.lower <= _most(left.number) or (back and _most(new.number) < _number(back).lower)
    )
    return new if back is None or is_of_the_rest else _less(new, back)


def _says_less(number: Quantity, other: Quantity) -> bool:
    """Return whether a number can be another that is not zero, and is less exact."""
    reaches = number.upper is None or (other.upper is not None and other.upper <= number.upper)
    holds = number.lower <= other.lower and reaches
    return holds and number != other and other.upper != _NONE


def _most(number: Quantity) -> Decimal:
    """Return the upper bound, or the lower one where there is no other."""
    return number.lower if number.upper is None else number.upper


def _less(standing: _Standing, back: Fact) -> _Standing:
    """Return what is left after some were taken back, if they can have been of these."""
    first = min(standing.facts, key=lambda fact: fact.path.year or 0).path
    if (back.path.year or 0) < (first.year or 0):
        return standing
    number, gone = standing.number, _number(back)
    is_of_these = (back.path.place, back.path.part_name) == (first.place, first.part_name)
    least = _NONE if gone.upper is None else max(_NONE, number.lower - gone.upper)
    most = number.upper
    if is_of_these and most is not None:
        most = max(_NONE, most - gone.lower)
    return _Standing(_between(least, most), (*standing.facts, back))


def _sum(known: Iterable[_Standing], others: Iterable[Fact]) -> _Standing:
    """Add up what stands, less what other steps may have taken back."""
    return reduce(_less, _taken_back(others), reduce(_and, known))


def _and(one: _Standing, other: _Standing) -> _Standing:
    uppers = [item.number.upper for item in (one, other) if item.number.upper is not None]
    most = sum(uppers, _NONE) if len(uppers) > 1 else None
    return _Standing(_between(one.number.lower + other.number.lower, most), one.facts + other.facts)


def _of_case(
    standing: Mapping[str | None, _Standing], steps: Mapping[str | None, Sequence[Fact]]
) -> _Standing:
    """Return what stands in all countries, or what is counted without one if that is more."""
    known = []
    if in_countries := [standing[country] for country in standing if country]:
        known.append(_sum(in_countries, () if None in standing else steps.get(None, ())))
    if None in standing:
        in_any = [fact for country in steps if country for fact in steps[country]]
        known.append(_sum([standing[None]], in_any))
    return max(known, key=lambda item: item.number.lower)


def _total(country: str | None, standing: _Standing, steps: Iterable[Fact]) -> Total:
    number, facts = standing
    statuses = [fact.verdict.status for fact in facts if fact.verdict]
    counted = [*_taken_back(steps), *(fact for fact in steps if _is_of(fact, "convicted", None))]
    point, hedge = number.lower if number.point is None else number.point, HEDGES[number.sign]
    return Total(
        TotalKey(CONVICTIONS, None, country, COUNT),
        v.TotalBasis.STANDING,
        TotalValue(point, number.lower, number.upper, hedge, quantity_in_words(number)),
        max(filter(None, statuses), key=[*v.Status].index),
        tuple(sorted(fact.path for fact in facts)),
        tuple(sorted(fact.path for fact in counted if fact not in facts)),
        known_until=max(fact.path.year or 0 for fact in steps),
    )


def _number(fact: Fact) -> Quantity:
    return cast("Quantity", fact.chosen and fact.chosen.value).whole


def _between(least: Decimal, most: Decimal | None) -> Quantity:
    if most is None:
        return Quantity.hedged(">=", least)
    return Quantity.hedged("", least) if least == most else Quantity.ranged(least, most)


@dataclass(frozen=True, slots=True)
class KnownCase:
    """A case with what follows from its facts: its totals, those of countries included, by key."""

    case: m.Case
    area: str
    facts: FactsOfRecord
    totals: Mapping[TotalKey, Total]

    @property
    def part_of(self) -> str | None:
        """The operation that it was a part of."""
        wholes = (item.case for item in self.case.relations if item.type is v.RelationType.PART_OF)
        return next(wholes, None)


def countries_of(facts: FactsOfRecord) -> tuple[str, ...]:
    """Return the countries that sources list."""
    return tuple(
        path.member
        for path, fact in facts.items()
        if path.kind == "countries" and fact.chosen and fact.chosen.value == LISTED
    )


def all_countries_of(facts: FactsOfRecord) -> frozenset[str]:
    """Return the countries of a list that a source which counts gives as complete; else none."""

    def sources(path: FactPath, value: str) -> set[str]:
        said = facts[path].testimonies
        return {item.source.id for item in said if item.value == value and item.counts}

    countries = countries_of(facts)
    if not countries or COUNTRIES not in facts:
        return frozenset()
    listing = (sources(FactPath(f"countries/{country}"), LISTED) for country in countries)
    complete = sources(COUNTRIES, COMPLETE).intersection(*listing)
    return frozenset(countries) if complete else frozenset()


def known_cases(records: Records, facts: Facts, catalogue: Catalogue) -> dict[str, KnownCase]:
    """Return all cases with their totals, by id."""
    parents = {category.id: category.parent for category in records.categories}
    found = {}
    for case in records.cases:
        area = v.topmost(case.categories[0], parents.get)
        own = facts["cases", case.id]
        found[case.id] = known_case(case, area, own, records.metrics, catalogue)
    return found


def known_case(
    case: m.Case, area: str, facts: FactsOfRecord, metrics: Iterable[m.Metric], catalogue: Catalogue
) -> KnownCase:
    """Work out the totals of a case."""
    figures = CaseFigures(
        facts, area, case.wholes, all_countries_of(facts), catalogue, dollars_of(facts)
    )
    listed = tuple(metrics)
    totals = {total.key: total for total in totals_of(figures, listed)}
    if any(metric.id == CONVICTIONS for metric in listed):
        totals |= {total.key: total for total in convictions_of(facts)}
    return KnownCase(case, area, facts, totals)


def counted_in(key: TotalKey, known: KnownCase, cases: Mapping[str, KnownCase]) -> str | None:
    """Return the case whose total includes that of another."""
    for id_ in v.above(known.case.id, lambda id_: cases[id_].part_of if id_ in cases else None):
        if id_ in cases and key in cases[id_].totals:
            return id_
    return next(_sharing(key, known, cases), None)


def _sharing(key: TotalKey, known: KnownCase, cases: Mapping[str, KnownCase]) -> Iterator[str]:
    """Return the cases, earlier in the alphabet, with which one shares its total."""
    facts = set(known.totals[key].facts)
    for relation in known.case.relations:
        other = relation.case
        if other and other in cases and other < known.case.id:
            total = cases[other].totals.get(key)
            if total and facts.union(total.facts) <= {*relation.shared}:
                yield other
