"""How the figures of a total that are in no other make one value."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from interpol_dataset.schema.vocabulary import Doubt, Hedge, Status, TotalBasis, above
from interpol_dataset.values.quantity import Quantity, canonical
from interpol_dataset.values.words import quantity_in_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from interpol_dataset.totals.containment import DoubtfulPair
    from interpol_dataset.totals.figures import Figure
    from interpol_dataset.values.fact_path import FactPath


#: The statuses of figures that count, the weakest last.
STATUSES: Final = (
    Status.CORROBORATED,
    Status.DOCUMENTED,
    Status.REPORTED,
    Status.DISPUTED,
)

#: The hedges by their sign in a quantity.
HEDGES: Final = {
    "": Hedge.EXACT,
    "~": Hedge.ABOUT,
    ">=": Hedge.AT_LEAST,
    ">": Hedge.MORE_THAN,
    "<=": Hedge.UP_TO,
    "<": Hedge.NEARLY,
    "..": Hedge.RANGE,
}

#: In a larger group only the largest counts: to try all ways to choose from it would take long.
_MAX_GROUP: Final = 16

#: From which share of a figure on another is as large: amounts are rounded and converted.
_AS_LARGE: Final = Decimal("0.95")


class Candidate(NamedTuple):
    """
    A figure that a total takes.

    :param figure: The figure in the total's unit, under the path that it has there.
    :param path: Its own path.
    :param sign: The sign of its hedge.
    """

    figure: Figure
    path: FactPath
    status: Status
    sign: str

    @property
    def standing(self) -> tuple[int, bool, Decimal]:
        """How good a word it is, the best least: documented, not converted, fine."""
        upper = self.figure.upper
        width = Decimal("Infinity") if upper is None else upper - self.figure.lower
        return STATUSES.index(self.status), self.path.currency not in {None, "USD"}, width


class Choice(NamedTuple):
    """
    Which figures count.

    :param figures: The figures; none of them may overlap another.
    :param is_total: Whether the one that counts is a total, and the others are parts of it.
    """

    figures: list[Candidate]
    is_total: bool = False


def choose(
    roots: list[Candidate],
    doubts: Iterable[DoubtfulPair],
    wholes: Collection[str | None],
    inside: Mapping[FactPath, Decimal] | None = None,
) -> Choice:
    """
    Decide which figures count.

    :param doubts: The pairs of them that may overlap.
    :param wholes: The objects of figures that state the total itself.
    :param inside: The largest lower bound of what lies in a figure, by the figure's path.
    """
    least = {item.figure.path: item.figure.lower for item in roots}
    least = {path: max(lower, (inside or {}).get(path, lower)) for path, lower in least.items()}
    overlaps = {frozenset((doubt.fact, doubt.other)) for doubt in doubts if _may_overlap(*doubt)}
    chosen: list[Candidate] = []
    total = None
    for group in _groups(roots, overlaps):
        kept = _most(group, overlaps, least)
        total = _outgrown_total(group, kept, wholes)
        chosen += [total] if total else kept

    return Choice(chosen, len(chosen) == 1 and total is not None)


def _groups(
    roots: list[Candidate], overlaps: Iterable[frozenset[FactPath]]
) -> list[list[Candidate]]:
    """Group what may overlap, also by way of others; the largest of a group comes first."""
    groups = {item.figure.path: [item] for item in roots}
    for pair in overlaps:
        one, other = (groups[path] for path in pair)
        if one is not other:
            one += other
            groups |= dict.fromkeys((item.figure.path for item in other), one)
    found = {id(group): group for group in groups.values()}.values()
    return [sorted(group, key=_size, reverse=True) for group in found]


def _most(
    group: list[Candidate],
    overlaps: Collection[frozenset[FactPath]],
    least: Mapping[FactPath, Decimal],
) -> list[Candidate]:
    """Return the figures that can't overlap and make the most; of equals the better known."""
    if len(group) > _MAX_GROUP:
        return group[:1]
    if not group:
        return []
    first, *others = group
    disjoint = [item for item in others if {first.figure.path, item.figure.path} not in overlaps]
    with_it = [first, *_most(disjoint, overlaps, least)]
    if len(disjoint) == len(others):
        return with_it

    return max(with_it, _most(others, overlaps, least), key=lambda kept: _worth(kept, least))


def _worth(items: list[Candidate], least: Mapping[FactPath, Decimal]) -> tuple[Decimal, int]:
    """Return how much figures make, and how little is known of the least known, negated."""
    made = sum((least[item.figure.path] for item in items), Decimal(0))
    return made, -max((STATUSES.index(item.status) for item in items), default=0)


def at_least(items: Iterable[Candidate]) -> Decimal:
    """Return the sum of the lower bounds of figures."""
    return sum((item.figure.lower for item in items), Decimal(0))


def _size(item: Candidate) -> tuple[Decimal, int, FactPath]:
    return item.figure.size, -STATUSES.index(item.status), item.path


def _outgrown_total(
    group: list[Candidate], kept: list[Candidate], wholes: Collection[str | None]
) -> Candidate | None:
    """Return a metric's total of the whole case if the kept figures exceed it."""
    for item in group:
        path, upper = item.path, item.figure.upper
        is_total = path.object in wholes and path.place is None and not path.is_part
        same = [other for other in kept if other.path.member == path.member]
        if is_total and upper is not None and at_least(same) > upper:
            return item
    return None


def _may_overlap(one: FactPath, other: FactPath, kind: Doubt) -> bool:
    """Return whether a doubt keeps two figures from being added up."""
    if kind is Doubt.OBJECT:
        return one.object is None or other.object is None
    return kind is not Doubt.REST


def better(
    item: Candidate, others: Iterable[Candidate], wholes: Mapping[FactPath, FactPath | None]
) -> Candidate:
    """
    Return the best word for the amount of a figure that counts.

    A figure in it, of the same place, that is as large and may be the same number, is one word
    more for it: the better documented of the two leads, then the finer. Where the figure holds
    anything else, the two are not the same.

    :param item: The figure.
    :param others: The figures that don't count.
    :param wholes: For each figure that lies in another, that one; by their paths in the total.
    """
    place = item.path.place, item.path.part
    inside = [
        other
        for other in others
        if (other.path.place, other.path.part) == place
        and item.figure.path in above(other.figure.path, wholes.get)
    ]
    best = item
    for other in inside:
        rest = [one for one in inside if not _is_along(one, other, wholes)]
        if _may_be_one(item, other) and not rest and _is_better(other, best):
            best = other

    return best


def _is_better(one: Candidate, other: Candidate) -> bool:
    """Return whether one is better documented; of two alike, finer without being lower."""
    differs = one.standing[:2] != other.standing[:2]
    return one.standing < other.standing and (differs or one.figure.lower >= other.figure.lower)


def _is_along(one: Candidate, other: Candidate, wholes: Mapping[FactPath, FactPath | None]) -> bool:
    """Return whether one of two figures is the other, or lies in it."""
    path, rival = one.figure.path, other.figure.path
    return path == rival or path in above(rival, wholes.get) or rival in above(path, wholes.get)


def is_as_large(one: Candidate, other: Candidate) -> bool:
    """Return whether two figures are nearly as large as each other."""
    small, large = sorted((one.figure.size, other.figure.size))
    return small >= large * _AS_LARGE


def _may_be_one(one: Candidate, other: Candidate) -> bool:
    """Return whether two figures are as large, and their bounds allow the same number."""
    figure, rival = one.figure, other.figure
    have_both = figure.reach >= rival.lower and rival.reach >= figure.lower
    return is_as_large(one, other) and have_both


class TotalValue(NamedTuple):
    """
    The value of a total.

    :param point: The numbers as stated, added up; of a range its lower end.
    :param lower: The least that it can be.
    :param upper: The most; ``None`` if there is no limit, or more than is known.
    :param text: The value in words, from the point.
    """

    point: Decimal
    lower: Decimal
    upper: Decimal | None
    hedge: Hedge
    text: str


def amount_of(basis: TotalBasis, chosen: list[Candidate], unit: str | None) -> TotalValue:
    """
    Return the value that the figures that count make.

    :param basis: How it comes about; what is not stated is a lower bound.
    :param unit: Its unit; none for a count.
    """
    figures = [item.figure for item in chosen]
    point = sum((_number(figure) for figure in figures), Decimal(0))
    lower = at_least(chosen)
    if basis in {TotalBasis.STATED, TotalBasis.UNCONVERTED} and len(chosen) == 1:
        return _as_stated(chosen[0], unit)
    hedge = Hedge.AT_LEAST if lower == point else Hedge.ABOUT
    sign, more = (">=", "") if lower == point else ("~", " or more")
    shown = Quantity.hedged(sign, _tidy(point))

    return TotalValue(
        _tidy(point), _tidy(lower), None, hedge, quantity_in_words(shown, unit) + more
    )


def _number(figure: Figure) -> Decimal:
    return figure.lower if figure.point is None else figure.point


def _as_stated(item: Candidate, unit: str | None) -> TotalValue:
    figure, sign = item.figure, item.sign
    upper = None if figure.upper is None else _tidy(figure.upper)
    number = _tidy(_number(figure))
    if figure.point is None and upper:
        quantity = Quantity.ranged(number, upper)
    else:
        quantity = Quantity.hedged(sign, number)

    return TotalValue(
        number,
        _tidy(figure.lower),
        upper,
        HEDGES[quantity.sign],
        quantity_in_words(quantity, unit),
    )


def _tidy(number: Decimal) -> Decimal:
    return Decimal(canonical(number))
