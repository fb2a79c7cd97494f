"""
Convictions that stand, as far as steps of court proceedings are known.

They are worked out year by year for each country, and for each group where several trials of one
country add up. The latest count of persons who were convicted replaces those before it, unless it
only says the same less exactly, such as "at least 2" of the 8 who appealed. What was taken back in
the same year or later is taken off, unless a count of the same year is already of those who were
left.

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
    from collections.abc import Iterable, Iterator, Mapping

    from interpol_dataset.evidence.facts import Fact, FactsOfRecord
    from interpol_dataset.values.fact_path import FactPath


#: The metric whose totals are worked out here.
CONVICTIONS: Final = "convictions"

_NONE: Final = Decimal(0)


class _Standing(NamedTuple):
    """How many convictions stand, by which facts, and which facts they replaced."""

    number: Quantity
    facts: tuple[Fact, ...]
    replaced: tuple[FactPath, ...] = ()


def convictions_of(facts: FactsOfRecord) -> Iterator[Total]:
    """Return the convictions that stand in a case: of the whole, and of each country."""
    steps = [(path, fact) for path, fact in facts.items() if path.kind == "proceedings"]
    by_country: dict[str | None, list[tuple[FactPath, Fact]]] = defaultdict(list)
    for path, fact in steps:
        by_country[path.place].append((path, fact))

    standing = {}
    for country, own in by_country.items():
        if found := [*filter(None, map(_of_group, _groups(own)))]:
            standing[country] = reduce(_and, found)
            if country:
                yield _total(country, standing[country], own)
    if standing:
        yield _total(None, _of_case(standing), steps)


def _groups(steps: Iterable[tuple[FactPath, Fact]]) -> Iterable[dict[FactPath, Fact]]:
    groups: dict[str | None, dict[FactPath, Fact]] = defaultdict(dict)
    for path, fact in steps:
        groups[path.part_name][path] = fact

    return groups.values()


def _of_group(steps: Mapping[FactPath, Fact]) -> _Standing | None:
    """Return what stands of the convictions of one group; none where none is known."""
    counted = {path: fact for path, fact in steps.items() if fact.chosen}
    convicted, taken_back = (
        {path.year: fact for path, fact in counted.items() if (path.member, path.object) == what}
        for what in (("convicted", None), ("taken-back", "conviction"))
    )

    now: _Standing | None = None
    for year in sorted(convicted.keys() | taken_back.keys(), key=lambda year: year or 0):
        now = _after(now, convicted.get(year), taken_back.get(year))

    return now


def _after(now: _Standing | None, count: Fact | None, back: Fact | None) -> _Standing | None:
    """Return what stands after the steps of a year."""
    left = now and _less(now, back)
    if count is None:
        return left
    counted = _Standing(_number(count), (count,))
    if left is None:
        return _less(counted, back)
    if counted.number != left.number and _holds(counted.number, left.number):
        return left._replace(replaced=(*left.replaced, count.path))
    is_of_the_rest = counted.number.lower <= left.number.lower
    new = counted if is_of_the_rest else _less(counted, back)
    gone = (fact.path for fact in left.facts if fact not in new.facts)

    return new._replace(replaced=(*left.replaced, *gone))


def _less(standing: _Standing, back: Fact | None) -> _Standing:
    """Return what is left after some were taken back."""
    if back is None:
        return standing
    number, gone = standing.number, _number(back)
    least = _NONE if gone.upper is None else max(_NONE, number.lower - gone.upper)
    most = None if number.upper is None else max(_NONE, number.upper - gone.lower)

    return standing._replace(number=_between(least, most), facts=(*standing.facts, back))


def _and(one: _Standing, other: _Standing) -> _Standing:
    uppers = (one.number.upper, other.number.upper)
    most = None if None in uppers else sum(cast("tuple[Decimal, ...]", uppers), _NONE)

    return _Standing(
        _between(one.number.lower + other.number.lower, most),
        one.facts + other.facts,
        one.replaced + other.replaced,
    )


def _of_case(standing: Mapping[str | None, _Standing]) -> _Standing:
    """Return what stands in all countries, or what is counted without one if that is more."""
    of_countries = [standing[country] for country in standing if country]
    known = [reduce(_and, of_countries)] if of_countries else []
    known += [standing[None]] if None in standing else []
    most = max(known, key=lambda item: item.number.lower)
    others = [path for item in known if item is not most for path in _paths(item)]

    return most._replace(replaced=(*most.replaced, *others))


def _total(
    country: str | None, standing: _Standing, steps: Iterable[tuple[FactPath, Fact]]
) -> Total:
    number = standing.number
    statuses = [fact.verdict.status for fact in standing.facts if fact.verdict]

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
        tuple(sorted(fact.path for fact in standing.facts)),
        tuple(sorted(standing.replaced)),
        known_until=max(path.year or 0 for path, _ in steps),
    )


def _paths(standing: _Standing) -> list[FactPath]:
    return [*(fact.path for fact in standing.facts), *standing.replaced]


def _number(fact: Fact) -> Quantity:
    return cast("Quantity", fact.chosen and fact.chosen.value).whole


def _holds(number: Quantity, other: Quantity) -> bool:
    """Return whether a number can be another, and is no more exact."""
    most = number.upper is None or (other.upper is not None and other.upper <= number.upper)

    return number.lower <= other.lower and most


def _between(least: Decimal, most: Decimal | None) -> Quantity:
    if most is None:
        return Quantity.hedged(">=", least)

    return Quantity.hedged("", least) if least == most else Quantity.ranged(least, most)
