"""
Convictions that stand, as far as steps of court proceedings are known.

They are worked out year by year for each country, and for each group where several trials of one
country add up. The latest count of persons who were convicted replaces those before it, unless it
only says the same less exactly, such as "at least 2" of the 8 who appealed. What was taken back in
the same year or later is taken off, unless a count of the same year is already of those who were
left. Whose convictions were taken back is not always told. A group without a count of its own may
have been counted with the others of its country; a step in a country may be of a count without one,
and the other way round. Then only the lower bound falls.

A country's convictions are the sum of its groups; those of a case are the sum of its countries, or
a count without a country where that is larger. `known_until` is the year of the latest step of any
kind.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from functools import reduce
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from interpol_dataset.schema.vocabulary import Status, TotalBasis
from interpol_dataset.totals.combination import HEDGES, Amount
from interpol_dataset.totals.total import COUNT, Total, TotalKey
from interpol_dataset.values.quantity import Quantity
from interpol_dataset.values.words import quantity_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from interpol_dataset.evidence.facts import Fact, FactsOfRecord


#: The metric whose totals are worked out here.
CONVICTIONS: Final = "convictions"

_NONE: Final = Decimal(0)


class _Standing(NamedTuple):
    """How many convictions stand, and by which facts."""

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
    """Group steps by a part of their paths."""
    groups: dict[str | None, list[Fact]] = defaultdict(list)
    for fact in steps:
        groups[getattr(fact.path, name)].append(fact)

    return groups


def _of_group(steps: Iterable[Fact]) -> _Standing | None:
    """Return what stands of the convictions of one group; none if no conviction is known."""
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
    """Add up what stands, less what may have been taken back of it by other steps."""
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

    return Total(
        TotalKey(CONVICTIONS, None, country, COUNT),
        TotalBasis.STANDING,
        Amount(
            number.lower if number.point is None else number.point,
            number.lower,
            number.upper,
            HEDGES[number.sign],
            quantity_in_words(number),
        ),
        max(filter(None, statuses), key=[*Status].index),
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
