"""
What contains what: the narrowest figure of the same case and metric in which a figure is included.

A figure lies in another of its metric if all of this holds:

- **Place**: both have the same place and scope, or it is a part of the other's place, or the other
  is of the whole case. A mere part contains only the same object in another currency.
- **Object**: both have the same, or the other's is above it in the hierarchy, or the other has
  none. Firms are not included in a number of persons.
- **Currency**: the same figure in another currency is the same amount. The one in US dollars leads,
  then the one in euros, then the alphabet. If the two differ by more than a quarter, one was
  converted wrongly, and the other leads.
- **Arithmetic**: its lower bound is not above the other's upper bound. "More than 720" is taken to
  reach half as far again. Amounts in other currencies are converted, if there is a rate.
- **Facets of persons**: children, victims of trafficking and fugitives are persons seen from
  different sides. Where a place has no total, the smaller of them lie in the largest.

Of several figures that contain one, the narrowest counts: the same in another currency; then one
of the same currency; of the same object; of the nearest object above; a part before a country
before the whole case.

Two figures of a metric that lie in no other may still overlap (`may_overlap`). A part larger than
its whole, or one amount in two currencies that is two amounts, is impossible, and the check of the
records reports it. What a record says in `parts`, with a reason, overrides all this.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations, permutations
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from interpol_dataset.schema.vocabulary import Doubt, Facet, PartBasis, above
from interpol_dataset.values import grouped

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from interpol_dataset.totals.figures import Catalogue, Figure, InDollars
    from interpol_dataset.values.fact_path import FactPath


#: Facets by which the same persons can be counted.
PERSON_FACETS: Final = frozenset({Facet.AGE_SEX, Facet.HARM, Facet.ROLE, Facet.WANTED})
#: Two amounts of one figure that differ by more than this factor are not the same.
_APART: Final = Decimal("1.25")


class Membership(NamedTuple):
    """
    Where a figure is included.

    :param whole: The path of the figure that contains it; ``None`` if it stands on its own.
    :param basis: By what it is contained: terms of
        :class:`~interpol_dataset.schema.vocabulary.PartBasis`, joined by ``+``; empty where the
        rule finds none.
    """

    whole: FactPath | None = None
    basis: str = ""


def memberships(
    figures: Iterable[Figure],
    stated: Mapping[FactPath, FactPath | None],
    catalogue: Catalogue,
    in_dollars: InDollars,
) -> dict[FactPath, Membership]:
    """
    Return for each figure of a case where it is included; no figure lies in itself, at any depth.
    """
    found = {path: Membership(whole, PartBasis.STATED) for path, whole in stated.items()}
    case = _Case(stated, catalogue, in_dollars, found)
    for group in _by_metric(figures):
        free = [figure for figure in group if figure.path not in stated]
        for figure in free:
            found[figure.path] = _narrowest(figure, group, case)
        if group[0].path.member in catalogue.of_persons:
            _join_facets(free, group, case)
    return found


class _Case(NamedTuple):
    """What decides how the figures of a case lie in each other, and what was found of them."""

    stated: Mapping[FactPath, FactPath | None]
    catalogue: Catalogue
    in_dollars: InDollars
    found: dict[FactPath, Membership]


def _by_metric(figures: Iterable[Figure]) -> Collection[list[Figure]]:
    in_order = sorted(figures, key=lambda figure: figure.path)
    return grouped((figure.path.member, figure) for figure in in_order).values()


def place_steps(path: FactPath, whole: FactPath) -> frozenset[PartBasis] | None:
    """Return by what the place of one figure lies in that of another."""
    place, around = path.place, whole.place
    if place == around and path.part == whole.part:
        return frozenset()
    if around not in (None, place) or whole.is_part:
        return None
    steps = {PartBasis.PART} if path.is_part else set()
    if place != around:
        steps.add(PartBasis.PLACE)
    return frozenset(steps)


def _exceeds(figure: Figure, whole: FactPath, limit: Decimal | None, in_dollars: InDollars) -> bool:
    """Return whether a figure is known to be above a limit that is in the currency of another."""
    lower: Decimal | None = figure.lower
    own, other = figure.path.currency, whole.currency
    if limit is not None and own and other and own != other:
        lower, limit = in_dollars(figure.lower, own), in_dollars(limit, other)
    return lower is not None and limit is not None and lower > limit


def _narrowest(figure: Figure, group: list[Figure], case: _Case) -> Membership:
    wholes = sorted(
        (key, whole.path, basis)
        for whole in group
        if (nesting := _nesting(figure, whole, case)) is not None
        for key, basis in (nesting,)
        if basis == PartBasis.CURRENCY
        or not _exceeds(figure, whole.path, whole.reach, case.in_dollars)
        if figure.path not in _chain(whole.path, case.found)
    )
    return Membership(wholes[0][1], wholes[0][2]) if wholes else Membership()


def _nesting(figure: Figure, whole: Figure, case: _Case) -> tuple[tuple[Any, ...], str] | None:
    """Return how one figure lies in another, if it does; the narrowest has the least key."""
    path, other = figure.path, whole.path
    places = place_steps(path, other)
    if places is None:
        return None
    steps = case.catalogue.steps_up(path, other)
    if steps is None or (other.is_part and steps):
        return None

    terms = set(places)
    if steps:
        terms.add(PartBasis.OBJECT)
    if path.currency != other.currency:
        is_first = _rank(other) < _rank(path)
        if not terms and is_first is _differ(whole, figure, case.in_dollars):
            return None
        terms.add(PartBasis.CURRENCY)
    if not terms:
        return None

    scope = 0 if other.is_part else 1 if other.place else 2
    of_one_currency = path.currency == other.currency
    key = terms != {PartBasis.CURRENCY}, not of_one_currency, steps, scope, *_rank(other)

    return key, "+".join(sorted(terms))


def _rank(path: FactPath) -> tuple[bool, bool, str]:
    """Order the currencies of one figure: the leading ones, then the alphabet."""
    code = path.currency or ""
    return code != "USD", code != "EUR", code


def _differ(figure: Figure, other: Figure, in_dollars: InDollars) -> bool:
    """Return whether what should be one amount in two currencies is two."""
    one, two = (
        in_dollars(item.size, item.path.currency) if item.path.currency else None
        for item in (figure, other)
    )
    return one is not None and two is not None and max(one, two) > min(one, two) * _APART


def _chain(path: FactPath, found: Mapping[FactPath, Membership]) -> Iterator[FactPath]:
    yield path
    yield from above(path, lambda path: found.get(path, Membership()).whole)


def _join_facets(free: list[Figure], group: list[Figure], case: _Case) -> None:
    """Assign the smaller of several facets of persons to the largest, where there is no total."""
    catalogue, found = case.catalogue, case.found
    totals = {(item.path.place, item.path.part) for item in group if item.path.object is None}
    roots = [item for item in group if found[item.path].whole is None]
    largest: dict[tuple[str | None, str], Figure] = {}
    for item in sorted(roots, key=lambda item: (item.size, item.path)):
        if catalogue.facet(item.path.object) in PERSON_FACETS:
            largest[item.path.place, item.path.part] = item

    for item in free:
        facet = catalogue.facet(item.path.object)
        if found[item.path].whole is not None or facet not in PERSON_FACETS:
            continue
        for place, whole in sorted(largest.items(), key=lambda pair: pair[0][0] is None):
            steps = place_steps(item.path, whole.path)
            if (
                steps is not None
                and place not in totals
                and facet is not catalogue.facet(whole.path.object)
                and item.lower <= whole.reach
                and (steps or (item.size, item.path) < (whole.size, whole.path))
                and item.path not in _chain(whole.path, found)
            ):
                basis = "+".join(sorted({PartBasis.FACET, *steps}))
                found[item.path] = Membership(whole.path, basis)
                break


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
    :param with_shares: The shares of other countries that exceed the whole only together with it.
    """

    fact: FactPath
    whole: FactPath
    with_shares: tuple[FactPath, ...] = ()


class Containment(NamedTuple):
    """How the figures of a case lie in each other."""

    members: Mapping[FactPath, Membership]
    doubts: tuple[DoubtfulPair, ...]
    impossible: tuple[Impossible, ...]


def containment(
    figures: Iterable[Figure],
    stated: Mapping[FactPath, FactPath | None],
    catalogue: Catalogue,
    in_dollars: InDollars,
) -> Containment:
    """Work out how the figures of a case lie in each other, and what remains open."""
    listed = tuple(figures)
    members = memberships(listed, stated, catalogue, in_dollars)
    impossible = _impossible(listed, _Case(stated, catalogue, in_dollars, members))
    doubts = doubts_of(members, stated, catalogue)
    return Containment(members, tuple(doubts), tuple(impossible))


def doubts_of(
    found: Mapping[FactPath, Membership], stated: Collection[FactPath], catalogue: Catalogue
) -> Iterator[DoubtfulPair]:
    """Return the pairs of figures that may overlap."""
    roots = grouped((path.member, path) for path in sorted(found) if found[path].whole is None)
    for paths in roots.values():
        for one, other in combinations(paths, 2):
            kind = _kind(one, other, stated, catalogue)
            if kind is not None:
                yield DoubtfulPair(one, other, kind)


def _kind(
    one: FactPath, other: FactPath, stated: Collection[FactPath], catalogue: Catalogue
) -> Doubt | None:
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
    """Return whether a share may lie in the unnamed rest of a list, such as other drugs."""
    return any(
        path.object is not None
        and neighbour.object is not None
        and catalogue.facet(path.object) is Facet.OTHER
        and catalogue.parents.get(path.object) in catalogue.above(neighbour.object)
        for path, neighbour in permutations((one, other))
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
    """Return why two figures may overlap though neither of their objects is above the other."""
    for path, neighbour in permutations((one, other)):
        facet, facet_of_other = catalogue.facet(path.object), catalogue.facet(neighbour.object)
        is_kind = facet_of_other is Facet.KIND
        if facet is Facet.STATUS and is_kind:
            return Doubt.STATUS
        if facet is Facet.PACKAGE and facet_of_other is not Facet.PACKAGE:
            return Doubt.PACKAGE
        if (
            path.member in catalogue.of_persons
            and {facet, facet_of_other} <= PERSON_FACETS
            and facet is not facet_of_other
            and not {path, neighbour} & set(stated)
        ):
            return Doubt.PERSONS
        if is_kind and _is_rest_next_to(path, neighbour, catalogue) and neighbour not in stated:
            return Doubt.REST

    return None


def _is_rest_next_to(path: FactPath, neighbour: FactPath, catalogue: Catalogue) -> bool:
    """Return whether one's object is the rest of a kind to which the other's belongs."""
    # The kind is one not further named: some kind of cannabis raises no doubt about cocaine.
    if path.object not in catalogue.rest or neighbour.object is None:
        return False
    kind = catalogue.parents.get(path.object)
    return kind in catalogue.rest and kind in catalogue.above(neighbour.object)


def _impossible(figures: Iterable[Figure], case: _Case) -> Iterator[Impossible]:
    """Return what can't all be right; what can't be converted is passed over."""
    for group in _by_metric(figures):
        if len(group) == 1:
            continue
        for figure, whole in permutations(group, 2):
            path, other = figure.path, whole.path
            if path in case.stated:
                continue
            if path.object == other.object and place_steps(path, other) == frozenset():
                apart = _rank(other) < _rank(path) and _differ(figure, whole, case.in_dollars)
            else:
                # What lies in another is not larger than it, so the other is in the same pair.
                between = case.found[path].whole
                apart = (
                    _contains(other, path, case.catalogue)
                    and not (between and _contains(other, between, case.catalogue))
                    and _exceeds(figure, other, whole.upper, case.in_dollars)
                )
            if apart:
                yield Impossible(path, other)
        for whole in group:
            yield from _overfull(whole, group, case)


def _overfull(whole: Figure, group: Iterable[Figure], case: _Case) -> Iterator[Impossible]:
    shares = [
        figure
        for figure in group
        if case.found[figure.path].whole == whole.path
        and figure.path not in case.stated
        and figure.path.place is not None
        and not figure.path.is_part
        and (figure.path.object, figure.path.currency) == (whole.path.object, whole.path.currency)
    ]
    total = sum((figure.lower for figure in shares), Decimal(0))
    if whole.path.place is None and whole.upper is not None and total > whole.upper:
        first, *others = sorted(shares, key=lambda figure: (-figure.lower, figure.path))
        yield Impossible(first.path, whole.path, tuple(figure.path for figure in others))


def _contains(whole: FactPath, path: FactPath, catalogue: Catalogue) -> bool:
    """Return whether a figure is the total of what another is a part of, beyond doubt."""
    if path == whole or place_steps(path, whole) is None:
        return False
    steps = catalogue.steps_up(path, whole)
    return steps == 0 or (
        steps is not None and not whole.is_part and whole.object not in catalogue.rest
    )
