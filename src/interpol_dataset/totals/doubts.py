"""
What the rule on containment leaves open, and arithmetic that can't be.

A doubt is a pair of figures of one metric that lie in no other, of which one may still include some
of the other. What is impossible contradicts itself: a part is larger than its whole, the shares of
countries together are, or one amount in two currencies is two amounts. What the record says in
`parts` settles both.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from itertools import combinations, permutations
from typing import TYPE_CHECKING, NamedTuple

from interpol_dataset.schema.vocabulary import Doubt, Facet
from interpol_dataset.totals.containment import (
    PERSON_FACETS,
    Membership,
    currency_rank,
    differ,
    memberships,
    place_steps,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from interpol_dataset.totals.figures import Catalogue, Figure, InDollars
    from interpol_dataset.values.fact_path import FactPath


class DoubtfulPair(NamedTuple):
    """Two figures that may overlap, and why; the paths are in their order."""

    fact: FactPath
    other: FactPath
    kind: Doubt


class Impossible(NamedTuple):
    """
    Figures that can't all be right.

    :param fact: The part; of two currencies the one that does not lead.
    :param whole: The whole, or the same amount in the leading currency.
    :param beside: The shares of other countries that are more than the whole only together with it.
    """

    fact: FactPath
    whole: FactPath
    beside: tuple[FactPath, ...] = ()


class Containment(NamedTuple):
    """
    How the figures of a case lie in each other.

    :param members: For each figure, where it is included.
    :param doubts: The pairs that may overlap, in the order of their paths.
    :param impossible: The pairs that can't both be right, in the order of their paths.
    """

    members: Mapping[FactPath, Membership]
    doubts: tuple[DoubtfulPair, ...]
    impossible: tuple[Impossible, ...]

    def whole_of(self, path: FactPath) -> FactPath | None:
        """Return the figure in which one is included; none where it is in no other."""
        return self.members[path].whole if path in self.members else None


def containment(
    figures: Iterable[Figure],
    stated: Mapping[FactPath, FactPath | None],
    catalogue: Catalogue,
    in_dollars: InDollars,
) -> Containment:
    """
    Work out how the figures of a case lie in each other, and what remains open.

    :param figures: The figures of the case, in any order.
    :param stated: What its record says: for some paths, the figure that contains it, or none.
    :param catalogue: What is known of objects and metrics.
    :param in_dollars: Converts amounts at the rates of the case.
    """
    listed = tuple(figures)
    members = memberships(listed, stated, catalogue, in_dollars)

    return Containment(
        members,
        tuple(doubts_of(members, stated, catalogue)),
        tuple(_impossible(listed, members, stated, catalogue, in_dollars)),
    )


def doubts_of(
    found: Mapping[FactPath, Membership],
    stated: Collection[FactPath],
    catalogue: Catalogue,
) -> Iterator[DoubtfulPair]:
    """Return the pairs of figures that may overlap."""
    roots: dict[str, list[FactPath]] = defaultdict(list)
    for path in sorted(found):
        if found[path].whole is None:
            roots[path.member].append(path)

    for paths in roots.values():
        for one, other in combinations(paths, 2):
            kind = _kind(one, other, stated, catalogue)
            if kind is not None:
                yield DoubtfulPair(one, other, kind)


def _kind(
    one: FactPath, other: FactPath, stated: Collection[FactPath], catalogue: Catalogue
) -> Doubt | None:
    """Return why two figures may overlap."""
    inner, outer = (one, other) if place_steps(one, other) is not None else (other, one)
    steps = place_steps(inner, outer)
    below, above = _is_below(inner, outer, catalogue), _is_below(outer, inner, catalogue)
    if steps is None and inner.is_part and outer.is_part and inner.place == outer.place:
        return Doubt.PARTS if below or above else _kind_by_facet(one, other, stated, catalogue)
    if steps is None:
        mere_parts = [path for path in (one, other) if path.is_part and path.place is None]
        return Doubt.PART_AND_COUNTRY if mere_parts and (below or above) else None
    if below or above:
        smaller = inner if steps or below else outer
        if smaller in stated and (below or not steps):
            return None
        return Doubt.PLACE if steps else Doubt.OBJECT
    if steps and inner not in stated and _is_of_the_others(one, other, catalogue):
        return Doubt.SHARE

    return _kind_by_facet(one, other, stated, catalogue)


def _is_of_the_others(one: FactPath, other: FactPath, catalogue: Catalogue) -> bool:
    """Return whether a share may lie in what a list names nothing of, such as other drugs."""
    return any(
        path.object is not None
        and beside.object is not None
        and catalogue.facet(path.object) is Facet.OTHER
        and catalogue.parents.get(path.object) in catalogue.above(beside.object)
        for path, beside in permutations((one, other))
    )


def _is_below(path: FactPath, whole: FactPath, catalogue: Catalogue) -> bool:
    """Return whether one's object is the other's, or below it; firms may be among persons."""
    return (
        path.object == whole.object
        or whole.object is None
        or (path.object is not None and whole.object in catalogue.above(path.object))
    )


def _kind_by_facet(
    one: FactPath, other: FactPath, stated: Collection[FactPath], catalogue: Catalogue
) -> Doubt | None:
    """Return why two figures of objects of which none is above the other may overlap."""
    for path, beside in permutations((one, other)):
        facet, facet_beside = catalogue.facet(path.object), catalogue.facet(beside.object)
        is_kind = facet_beside is Facet.KIND
        if facet is Facet.STATUS and is_kind:
            return Doubt.STATUS
        if facet is Facet.PACKAGE and facet_beside is not Facet.PACKAGE:
            return Doubt.PACKAGE
        if (
            path.member in catalogue.of_persons
            and {facet, facet_beside} <= PERSON_FACETS
            and facet is not facet_beside
            and not {path, beside} & set(stated)
        ):
            return Doubt.PERSONS
        if is_kind and _is_rest_beside(path, beside, catalogue) and beside not in stated:
            return Doubt.REST

    return None


def _is_rest_beside(path: FactPath, beside: FactPath, catalogue: Catalogue) -> bool:
    """
    Return whether one's object is the rest of a kind to which the other's belongs.

    The kind itself is one that is not further named: that cannabis is some kind of cannabis raises
    no doubt about cocaine.
    """
    if path.object not in catalogue.rest or beside.object is None:
        return False
    kind = catalogue.parents.get(path.object)

    return kind in catalogue.rest and kind in catalogue.above(beside.object)


def _impossible(
    figures: Iterable[Figure],
    found: Mapping[FactPath, Membership],
    stated: Collection[FactPath],
    catalogue: Catalogue,
    in_dollars: InDollars,
) -> Iterator[Impossible]:
    """Return what can't all be right; what can't be converted is passed over."""
    by_metric: dict[str, list[Figure]] = defaultdict(list)
    for figure in sorted(figures, key=lambda figure: figure.path):
        by_metric[figure.path.member].append(figure)

    for group in by_metric.values():
        if len(group) == 1:
            continue
        for figure, whole in permutations(group, 2):
            path, other = figure.path, whole.path
            if path in stated:
                continue
            if _is_same_amount(path, other):
                is_second = currency_rank(whole.path) < currency_rank(figure.path)
                apart = is_second and differ(figure, whole, in_dollars)
            else:
                # What lies in another is no larger than it, so the other is in the same pair.
                between = found[path].whole
                apart = (
                    _contains(other, path, catalogue)
                    and not (between and _contains(other, between, catalogue))
                    and _outgrows(figure, whole, in_dollars)
                )
            if apart:
                yield Impossible(path, other)
        for whole in group:
            yield from _overfull(whole, group, found, stated)


def _overfull(
    whole: Figure,
    group: Iterable[Figure],
    found: Mapping[FactPath, Membership],
    stated: Collection[FactPath],
) -> Iterator[Impossible]:
    """Return the shares of countries that together are more than the figure that they lie in."""
    shares = [
        figure
        for figure in group
        if found[figure.path].whole == whole.path
        and figure.path not in stated
        and figure.path.place is not None
        and not figure.path.is_part
        and (figure.path.object, figure.path.currency) == (whole.path.object, whole.path.currency)
    ]
    total = sum((figure.lower for figure in shares), Decimal(0))
    if whole.path.place is None and whole.upper is not None and total > whole.upper:
        first, *others = sorted(shares, key=lambda figure: (-figure.lower, figure.path))
        yield Impossible(first.path, whole.path, tuple(figure.path for figure in others))


def _is_same_amount(path: FactPath, other: FactPath) -> bool:
    """Return whether two figures are one but for the currency."""
    return path.object == other.object and place_steps(path, other) == frozenset()


def _contains(whole: FactPath, path: FactPath, catalogue: Catalogue) -> bool:
    """Return whether a figure is the total of what another is a part of, beyond doubt."""
    if path == whole or place_steps(path, whole) is None:
        return False
    steps = catalogue.steps_up(path, whole)

    return steps == 0 or (
        steps is not None and not whole.is_part and whole.object not in catalogue.rest
    )


def _outgrows(figure: Figure, whole: Figure, in_dollars: InDollars) -> bool:
    """Return whether a part is larger than its whole, whatever their hedges."""
    if whole.upper is None:
        return False
    own, other = figure.path.currency, whole.path.currency
    if not own or not other or own == other:
        return figure.lower > whole.upper
    lower, upper = in_dollars(figure.lower, own), in_dollars(whole.upper, other)

    return lower is not None and upper is not None and lower > upper
