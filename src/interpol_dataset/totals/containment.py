"""
What contains what: the narrowest figure of the same case and metric in which a figure is included.

Figures that lie in no other can be added up within a case, a metric, a unit and a kind of object;
the others are included in one of them already. A figure lies in another of its metric if all of
this holds:

- **Place**: it has the same place and scope, or it is a part of the other's place, or the other is
  of the whole case. A mere part contains only the same object in another currency.
- **Object**: it has the same, or the other's is above it in the hierarchy, or the other has none.
  Firms are not included in a number of persons.
- **Currency**: the same figure in another currency is the same amount: that in US dollars leads,
  then that in euros, then the alphabet. Where the two differ by more than a quarter, one of them
  was converted wrongly: then the amount in the other currency leads, in which it was counted.
- **Arithmetic**: its lower bound is not above the other's upper bound. "More than 720" is taken to
  reach half as far again. Amounts in other currencies are converted; where that can't be done, the
  test is passed.
- **Facets of persons**: children, victims of trafficking and fugitives are persons seen from
  different sides. Where one place has no total, the smaller of them lie in the largest.

A record that says otherwise, in `parts` and with a reason, overrides the rule. Of several that
contain it, the narrowest counts: the same figure in another currency; then one of the same
currency; of the same object; of the nearest object above; a part before a country before the
whole case.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from interpol_dataset.schema.vocabulary import Facet, PartBasis
from interpol_dataset.values.ancestry import above

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from interpol_dataset.totals.figures import Catalogue, Figure, InDollars
    from interpol_dataset.values.fact_path import FactPath


#: Facets by which the same persons can be counted.
PERSON_FACETS: Final = frozenset({Facet.AGE_SEX, Facet.HARM, Facet.ROLE, Facet.WANTED})

#: The currencies that lead, in their order.
_LEADING: Final = ("USD", "EUR")

#: Two amounts of one figure that differ by more than this factor are not the same.
_APART: Final = Decimal("1.25")


class Membership(NamedTuple):
    """
    Where a figure is included.

    :param whole: The path of the figure that contains it; none where it stands on its own.
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

    :param figures: The figures of the case, in any order.
    :param stated: What its record says: for some paths, the figure that contains it, or none.
    :param catalogue: What is known of objects and metrics.
    :param in_dollars: Converts amounts at the rates of the case.
    """
    by_metric: dict[str, list[Figure]] = defaultdict(list)
    for figure in sorted(figures, key=lambda figure: figure.path):
        by_metric[figure.path.member].append(figure)

    found = {path: Membership(whole, PartBasis.STATED) for path, whole in stated.items()}
    for group in by_metric.values():
        free = [figure for figure in group if figure.path not in stated]
        for figure in free:
            alone = len(group) == 1
            found[figure.path] = (
                Membership() if alone else _narrowest(figure, group, found, catalogue, in_dollars)
            )
        if group[0].path.member in catalogue.of_persons:
            _join_facets(free, group, found, catalogue)

    return found


def place_steps(path: FactPath, whole: FactPath) -> frozenset[PartBasis] | None:
    """
    Return by what the place of one figure lies in that of another.

    :returns: Nothing where they have the same place and scope; none where it does not lie in it.
    """
    if (path.place, path.part) == (whole.place, whole.part):
        return frozenset()
    if whole.is_part or whole.place not in {None, path.place}:
        return None

    steps = {PartBasis.PART} if path.is_part else set()
    if path.place != whole.place:
        steps.add(PartBasis.PLACE)

    return frozenset(steps)


def _fits(figure: Figure, whole: Figure, in_dollars: InDollars) -> bool:
    """Return whether a figure is small enough to lie in another, as far as can be known."""
    lower: Decimal | None = figure.lower
    limit: Decimal | None = whole.reach
    own, other = figure.path.currency, whole.path.currency
    if own and other and own != other and lower is not None and limit is not None:
        lower, limit = in_dollars(lower, own), in_dollars(limit, other)

    return lower is None or limit is None or lower <= limit


def _narrowest(
    figure: Figure,
    group: list[Figure],
    found: Mapping[FactPath, Membership],
    catalogue: Catalogue,
    in_dollars: InDollars,
) -> Membership:
    """Choose the narrowest of the figures that contain one."""
    wholes = sorted(
        (key, whole.path, basis)
        for whole in group
        if (nesting := _nesting(figure, whole, catalogue, in_dollars)) is not None
        for key, basis in (nesting,)
        if (basis == PartBasis.CURRENCY or _fits(figure, whole, in_dollars))
        and figure.path not in _chain(whole.path, found)
    )

    return Membership(wholes[0][1], wholes[0][2]) if wholes else Membership()


def _nesting(
    figure: Figure, whole: Figure, catalogue: Catalogue, in_dollars: InDollars
) -> tuple[tuple[int, ...], str] | None:
    """
    Return how one figure lies in another by place, object and currency.

    :returns: A key by which the narrowest comes first, and the basis; none where it does not.
    """
    path, other = figure.path, whole.path
    places = place_steps(path, other)
    if places is None:
        return None
    steps = catalogue.steps_up(path, other)
    if steps is None or (other.is_part and steps):
        return None

    terms = set(places)
    if steps:
        terms.add(PartBasis.OBJECT)
    if path.currency != other.currency:
        if not terms and not _leads(whole, figure, in_dollars):
            return None
        terms.add(PartBasis.CURRENCY)
    if not terms:
        return None

    scope = 0 if other.is_part else 1 if other.place else 2
    key = (
        terms != {PartBasis.CURRENCY},
        path.currency != other.currency,
        steps,
        scope,
        *currency_rank(other),
    )

    return key, "+".join(sorted(terms))


def currency_rank(path: FactPath) -> tuple[int, int]:
    """Order the currencies of one figure: the leading ones, then the alphabet."""
    code = path.currency or ""
    rank = _LEADING.index(code) if code in _LEADING else len(_LEADING)

    return rank, int.from_bytes(code.encode())


def _leads(figure: Figure, other: Figure, in_dollars: InDollars) -> bool:
    """Return whether an amount leads the same one in another currency."""
    is_first = currency_rank(figure.path) < currency_rank(other.path)

    return is_first is not differ(figure, other, in_dollars)


def differ(figure: Figure, other: Figure, in_dollars: InDollars) -> bool:
    """Return whether what should be one amount in two currencies is two."""
    one, two = (
        in_dollars(item.size, item.path.currency) if item.path.currency else None
        for item in (figure, other)
    )

    return one is not None and two is not None and max(one, two) > min(one, two) * _APART


def _chain(path: FactPath, found: Mapping[FactPath, Membership]) -> Iterator[FactPath]:
    """Return a figure and those in which it lies, as far as is known."""
    yield path
    yield from above(path, lambda path: found.get(path, Membership()).whole)


def _join_facets(
    free: list[Figure],
    group: list[Figure],
    found: dict[FactPath, Membership],
    catalogue: Catalogue,
) -> None:
    """Assign the smaller of several facets of persons to the largest, where there is no total."""
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
