"""
Figures of a case, ready to be compared, and which of them a total takes.

A total is of a metric: of all objects together, or of one object with everything below it. What a
metric combines, leaves out, or takes only in some crime areas stands in its record.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Self, TypeAlias, cast

from interpol_dataset.schema.vocabulary import FACTORS, Facet, MetricFamily, above

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from interpol_dataset.evidence.facts import FactsOfRecord
    from interpol_dataset.records import models as m
    from interpol_dataset.values.fact_path import FactPath
    from interpol_dataset.values.quantity import Quantity


#: Converts an amount from a currency to US dollars; None if it can't.
InDollars: TypeAlias = "Callable[[Decimal, str], Decimal | None]"
_ONE: Final = Decimal(1)
#: How far an open bound is taken to reach, as a multiple of the number.
_REACH: Final = Decimal("1.5")


@dataclass(frozen=True, slots=True)
class Figure:
    """
    A figure with its bounds.

    :param point: The number that was said, in the unit of its dimension; none for a range.
    """

    path: FactPath
    point: Decimal | None
    lower: Decimal
    upper: Decimal | None

    @classmethod
    def of(cls, path: FactPath, value: Quantity, unit: str | None = None) -> Self:
        """Return a value as a figure, in the unit of its dimension."""
        factor = FACTORS.get(unit or "", _ONE)
        stated = value if unit in FACTORS else value.whole
        point, upper = stated.point, stated.upper
        return cls(
            path,
            None if point is None else point * factor,
            stated.lower * factor,
            None if upper is None else upper * factor,
        )

    def converted(self, in_dollars: InDollars) -> Self | None:
        """Return an amount in US dollars under the same path; ``None`` if there is no rate."""
        currency = self.path.currency or ""
        point, lower, upper = (
            None if number is None else in_dollars(number, currency)
            for number in (self.point, self.lower, self.upper)
        )
        return None if lower is None else replace(self, point=point, lower=lower, upper=upper)

    @property
    def size(self) -> Decimal:
        """The number to order figures by: the point, or the upper end of a range."""
        return next(n for n in (self.point, self.upper, self.lower) if n is not None)

    @property
    def reach(self) -> Decimal:
        """The most that the number is taken for; "more than 720" reaches half as far again."""
        return self.size * _REACH if self.upper is None else self.upper


def figures_of(facts: FactsOfRecord) -> tuple[Figure, ...]:
    """Return the outcomes of a case that have a value, in the order of their paths."""
    return tuple(
        Figure.of(path, cast("Quantity", fact.chosen.value), fact.chosen.unit)
        for path, fact in facts.items()
        if path.kind == "outcomes" and fact.chosen
    )


@dataclass(frozen=True, slots=True)
class Catalogue:
    """
    What the vocabulary says of objects and metrics.

    :param rest: The objects that may mean what is not further named.
    :param also: The objects that are of another one in some areas: each with it and the area.
    """

    parents: Mapping[str, str | None]
    facets: Mapping[str, Facet]
    rest: frozenset[str]
    of_persons: frozenset[str]
    also: frozenset[tuple[str, str, str]] = frozenset()

    @classmethod
    def of(cls, metrics: Iterable[m.Metric], objects: Iterable[m.Object]) -> Self:
        """Return what records of the vocabulary say."""
        listed = tuple(objects)
        return cls(
            {item.id: item.parent for item in listed},
            {item.id: item.facet for item in listed},
            frozenset(item.id for item in listed if item.is_rest),
            frozenset(item.id for item in metrics if item.family and item.family.counts_persons),
            frozenset(
                (id_, item.id, area)
                for item in listed
                for id_ in item.also
                for area in item.also_in
            ),
        )

    def facet(self, object_: str | None) -> Facet | None:
        """Return the facet of an object; none for none."""
        return self.facets.get(object_, Facet.KIND) if object_ else None

    def above(self, object_: str) -> list[str]:
        """Return the objects above one, the nearest first."""
        return list(above(object_, self.parents.get))

    def line(self, object_: str, area: str) -> set[str]:
        """Return an object and those that it is of in a top crime area."""
        line = {object_, *self.above(object_)}
        kinds = {kind for id_, kind, where in self.also if id_ in line and where == area}
        return line.union(kinds, *(self.above(kind) for kind in kinds))

    def steps_up(self, path: FactPath, whole: FactPath) -> int | None:
        """
        Return how far the object of a figure is below that of another of its metric.

        :returns: The number of steps, 0 for the same object; where the other has no object, one
            more than there are; ``None`` if it is not below it.
        """
        inner, outer = path.object, whole.object
        if inner == outer:
            return 0
        if inner is None:
            return None
        higher = self.above(inner)
        if outer is not None:
            return higher.index(outer) + 1 if outer in higher else None
        firms = self.facet(inner) is Facet.ORGANIZATION and path.member in self.of_persons
        return None if firms else len(higher) + 1


def takes(
    metric: m.Metric, object_: str | None, path: FactPath, area: str, catalogue: Catalogue
) -> bool:
    """Return whether a total takes a figure."""
    if path.member not in metric.members:
        return False
    if path.object is None:
        is_open = not metric.only and path.member not in metric.only_named
        in_area = not metric.unnamed_in or area in metric.unnamed_in
        return object_ == metric.unnamed_as and is_open and in_area
    line = catalogue.line(path.object, area)
    if metric.only and line.isdisjoint(metric.only):
        return False
    return line.isdisjoint(metric.without) and object_ in {None, *line}


def objects_of(
    metric: m.Metric, paths: Iterable[FactPath], area: str, catalogue: Catalogue
) -> Iterator[str | None]:
    """Return the objects that a case has totals of a metric for, and none if it adds up."""
    if metric.adds_up:
        yield None
    found = {metric.unnamed_as} - {None}
    for path in paths:
        if path.object:
            found |= catalogue.line(path.object, area)
    yield from sorted(item for item in found if item)


def wholes_of(metric: m.Metric, object_: str | None, catalogue: Catalogue) -> frozenset[str | None]:
    """
    Return the objects of figures that state a total as it is, and nothing narrower.

    All victims are victims of some harm, so one that is named narrows nothing.
    """
    if object_ is None and metric.family is MetricFamily.VICTIMS:
        harms = (id_ for id_, facet in catalogue.facets.items() if facet is Facet.HARM)
        return frozenset({None, *harms})
    if object_ is None:
        return frozenset(metric.only or (None,))
    return frozenset({object_, None} if object_ == metric.unnamed_as else {object_})
