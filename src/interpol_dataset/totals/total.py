"""
Totals: what the figures of a case make of a metric, and of a metric and object.

A total is of one metric and unit; of one object with everything below it, or of all objects
together where the metric adds up; and of the whole case or of one country.

1. Unverified figures are not added. Money is converted to US dollars; without a rate it has a total
   in its own currency. Packs, boxes and cartons have totals of their own, too.
2. Of one object and place under two metrics that the total combines, such as money seized and
   money frozen, the larger counts; if they differ by less than a twentieth, the better documented,
   then the one that was not converted, then the finer.
3. Of the rest, those [included in another](#what-contains-what) are left out.
4. Of figures that may overlap, those that can't and that make the most together count; of choices
   that make as much, the better documented. A share that can lie in a figure of the whole is not
   added to it. A stated total with an upper limit is kept even where parts that may lie in it
   outgrow it; "more than 720" is not, where what lies in it makes more than half as much again.
5. A figure that names an object can stand for the whole amount: if it is as large, may be the same
   number, and nothing else lies in the whole, the better documented of the two leads, then the
   finer.

| basis | when | hedge |
| --- | --- | --- |
| stated | a source states this very total, for the whole case | its own |
| narrower | the only figure is of something below it, such as ivory of wildlife | at least |
| sum | several are left, and the largest is of the whole case | at least |
| largest | several are left, which may all overlap | at least |
| part | only parts or the shares of countries are left, unless those are all that took part | at least |
| unconverted | an amount of money without a rate | its own |
| standing | convictions, by [rules of their own](#over-operations-and-convictions-that-stand) | by its bounds |

`lower` is the sum of the lower bounds. The value in words is "at least 18" where `point` and
`lower` are the same, else "about 20 or more". `left_out` names unverified figures, and those in no
other that don't count.
"""  # noqa: E501 (rows of tables)

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias, cast

from interpol_dataset.schema import vocabulary as v
from interpol_dataset.totals.containment import DoubtfulPair, doubts_of, memberships
from interpol_dataset.totals.figures import Figure, objects_of, takes, wholes_of
from interpol_dataset.values import grouped
from interpol_dataset.values.fact_path import FactPath
from interpol_dataset.values.quantity import Quantity, canonical
from interpol_dataset.values.words import quantity_in_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from interpol_dataset.evidence.facts import Fact, FactsOfRecord
    from interpol_dataset.records import models as m
    from interpol_dataset.totals.figures import Catalogue, InDollars


#: The statuses of figures that count, the weakest last.
STATUSES: Final = (v.Status.CORROBORATED, v.Status.DOCUMENTED, v.Status.REPORTED, v.Status.DISPUTED)
#: The hedges by their sign in a quantity.
HEDGES: Final = {
    "": v.Hedge.EXACT,
    "~": v.Hedge.ABOUT,
    ">=": v.Hedge.AT_LEAST,
    ">": v.Hedge.MORE_THAN,
    "<=": v.Hedge.UP_TO,
    "<": v.Hedge.NEARLY,
    "..": v.Hedge.RANGE,
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
    """

    figure: Figure
    path: FactPath
    status: v.Status
    sign: str

    @property
    def standing(self) -> tuple[int, bool, Decimal]:
        """How good a word it is, the best least: documented, not converted, fine."""
        upper = self.figure.upper
        width = Decimal("Infinity") if upper is None else upper - self.figure.lower
        return STATUSES.index(self.status), self.path.currency not in {None, "USD"}, width


def choose(
    roots: list[Candidate],
    doubts: Iterable[DoubtfulPair],
    wholes: Collection[str | None],
    inside: Mapping[FactPath, Decimal] | None = None,
) -> tuple[list[Candidate], bool]:
    """
    Decide which figures count, and say whether it is one alone, of several that may overlap.

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
    return chosen, len(chosen) == 1 < len(roots) and total is None


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


def _may_overlap(one: FactPath, other: FactPath, kind: v.Doubt) -> bool:
    """Return whether a doubt keeps two figures from being added up."""
    if kind is v.Doubt.OBJECT:
        return one.object is None or other.object is None
    return kind is not v.Doubt.REST


def better(
    item: Candidate, others: Iterable[Candidate], wholes: Mapping[FactPath, FactPath | None]
) -> Candidate:
    """
    Return the best word for the amount of a figure that counts.

    A figure in it, of the same place, that is as large and may be the same number, is one word
    more for it: the better documented of the two leads, then the finer. Where the figure holds
    anything else, the two are not the same.
    """
    figure, place = item.figure, (item.path.place, item.path.part)
    inside = [
        other
        for other in others
        if (other.path.place, other.path.part) == place
        and figure.path in v.above(other.figure.path, wholes.get)
    ]
    best = item
    for other in inside:
        rest = [one for one in inside if not _is_along(one, other, wholes)]
        both = figure.reach >= other.figure.lower and other.figure.reach >= figure.lower
        if both and is_as_large(item, other) and not rest and _is_better(other, best):
            best = other
    return best


def _is_better(one: Candidate, other: Candidate) -> bool:
    """Return whether one is better documented; of two alike, finer without being lower."""
    differs = one.standing[:2] != other.standing[:2]
    return one.standing < other.standing and (differs or one.figure.lower >= other.figure.lower)


def _is_along(one: Candidate, other: Candidate, wholes: Mapping[FactPath, FactPath | None]) -> bool:
    """Return whether one of two figures is the other, or lies in it."""
    path, rival = one.figure.path, other.figure.path
    return path == rival or path in v.above(rival, wholes.get) or rival in v.above(path, wholes.get)


def is_as_large(one: Candidate, other: Candidate) -> bool:
    """Return whether two figures are nearly as large as each other."""
    small, large = sorted((one.figure.size, other.figure.size))
    return small >= large * _AS_LARGE


class TotalValue(NamedTuple):
    """
    The value of a total.

    :param point: The numbers as stated, added up; of a range its lower end.
    :param upper: The most; ``None`` if there is no limit, or more than is known.
    :param text: The value in words, from the point.
    """

    point: Decimal
    lower: Decimal
    upper: Decimal | None
    hedge: v.Hedge
    text: str


def amount_of(basis: v.TotalBasis, chosen: list[Candidate], unit: str | None) -> TotalValue:
    """Return the value that the figures that count make."""
    if basis in {v.TotalBasis.STATED, v.TotalBasis.UNCONVERTED} and len(chosen) == 1:
        return _as_stated(chosen[0], unit)
    point = _tidy(sum((_number(item.figure) for item in chosen), Decimal(0)))
    lower = _tidy(at_least(chosen))
    sign, more = (">=", "") if lower == point else ("~", " or more")
    text = quantity_in_words(Quantity.hedged(sign, point), unit) + more
    return TotalValue(point, lower, None, HEDGES[sign], text)


def _number(figure: Figure) -> Decimal:
    return figure.lower if figure.point is None else figure.point


def _as_stated(item: Candidate, unit: str | None) -> TotalValue:
    figure = item.figure
    upper = None if figure.upper is None else _tidy(figure.upper)
    number = _tidy(_number(figure))
    if figure.point is None and upper:
        quantity = Quantity.ranged(number, upper)
    else:
        quantity = Quantity.hedged(item.sign, number)
    hedge, text = HEDGES[quantity.sign], quantity_in_words(quantity, unit)
    return TotalValue(number, _tidy(figure.lower), upper, hedge, text)


def _tidy(number: Decimal) -> Decimal:
    return Decimal(canonical(number))


#: The unit of what is counted piece by piece.
COUNT: Final = "count"
_DOLLARS: Final = "USD"
_Taken: TypeAlias = tuple[str, Candidate]


@dataclass(frozen=True, slots=True)
class CaseFigures:
    """What is known of a case when its totals are worked out."""

    facts: FactsOfRecord
    area: str
    stated: Mapping[FactPath, FactPath | None]
    all_countries: frozenset[str]
    catalogue: Catalogue
    in_dollars: InDollars


class TotalKey(NamedTuple):
    """What a total is of."""

    metric: str
    object: str | None
    country: str | None
    unit: str


class Total(NamedTuple):
    """
    A total of a case.

    :param known_until: Of convictions the year of the last step that is known.
    :param left_out: The paths of figures that are in no other and do not count, as they may be the
        same as those that do, or are unverified.
    """

    key: TotalKey
    basis: v.TotalBasis
    amount: TotalValue
    status: v.Status
    facts: tuple[FactPath, ...]
    left_out: tuple[FactPath, ...]
    known_until: int | None = None


class _Combined(NamedTuple):
    """
    Figures of one unit, combined.

    :param best: The best words for their amounts.
    :param is_largest: Whether a single one counts of several that may overlap.
    """

    chosen: list[Candidate]
    best: list[Candidate]
    is_largest: bool
    left_out: tuple[FactPath, ...]


def totals_of(case: CaseFigures, metrics: Iterable[m.Metric]) -> Iterator[Total]:
    """Return the totals of a case for each metric and object, followed by those of each country."""
    facts = ((path, fact) for path, fact in case.facts.items() if path.kind == "outcomes")
    outcomes = grouped((path.member, (path, fact)) for path, fact in facts)
    for metric in metrics:
        figures = [item for member in metric.members for item in outcomes.get(member, ())]
        by_country = grouped(
            (country, taken)
            for path, fact in figures
            if (taken := _taken(case, metric, path, fact))
            for country in dict.fromkeys((None, path.place))
        )
        for country, listed in by_country.items():
            yield from _totals(_Work(case, metric, country), listed)


@dataclass(frozen=True, slots=True)
class _Work:
    """What totals are worked out for; what the same figures make is worked out once."""

    case: CaseFigures
    metric: m.Metric
    country: str | None
    known: dict[tuple[object, ...], _Combined] = field(default_factory=dict)


def _taken(case: CaseFigures, metric: m.Metric, path: FactPath, fact: Fact) -> _Taken | None:
    """Return a figure with the unit in which it counts; ``None`` if it has no value."""
    if fact.chosen is None or fact.verdict is None or fact.verdict.status is None:
        return None
    quantity = cast("Quantity", fact.chosen.value)
    figure = Figure.of(_path_in(metric, path), quantity, fact.chosen.unit)
    unit = _unit_of(metric, fact.chosen.unit)
    if metric.dimension is v.Dimension.CURRENCY:
        converted = figure.converted(case.in_dollars)
        figure, unit = (converted, _DOLLARS) if converted else (figure, unit)
    return unit, Candidate(figure, path, fact.verdict.status, quantity.sign)


def _unit_of(metric: m.Metric, stated: str | None) -> str:
    """Return the unit in which a figure counts, but for money that can be converted."""
    if metric.dimension is v.Dimension.CURRENCY:
        return stated or ""
    if metric.dimension is v.Dimension.COUNT:
        return stated if stated in v.PACKAGES else COUNT
    return next(iter(v.UNITS[metric.dimension]))


def _path_in(metric: m.Metric, path: FactPath) -> FactPath:
    """Return a path under which figures of all metrics that a total combines can be compared."""
    if path.member == metric.id:
        return path
    return FactPath(path.replace(f"/{path.member}", f"/{metric.id}", 1))


def _totals(work: _Work, taken: list[_Taken]) -> Iterator[Total]:
    case, metric = work.case, work.metric
    paths = [item.path for _, item in taken]
    for object_ in objects_of(metric, paths, case.area, case.catalogue):
        by_unit = grouped(
            (unit, item)
            for unit, item in taken
            if takes(metric, object_, item.path, case.area, case.catalogue)
        )
        for unit, candidates in sorted(by_unit.items()):
            known = [item for item in candidates if item.status in STATUSES]
            if known and not _is_converted(unit, metric, by_unit):
                total = _total(work, TotalKey(metric.id, object_, work.country, unit), known)
                unverified = {item.path for item in candidates if item.status not in STATUSES}
                left_out = tuple(sorted(unverified.union(total.left_out)))
                yield total._replace(left_out=left_out)


def _is_converted(unit: str, metric: m.Metric, by_unit: Mapping[str, Iterable[Candidate]]) -> bool:
    """Return whether all amounts in a currency are given in another that has a rate."""
    if metric.dimension is not v.Dimension.CURRENCY or unit == _DOLLARS:
        return False
    known = {_slot(item.path) for item in by_unit.get(_DOLLARS, ())}
    return all(_slot(item.path) in known for item in by_unit[unit])


def _slot(path: FactPath) -> tuple[str | None, str | None, str]:
    return path.object, path.place, path.part


def _total(work: _Work, key: TotalKey, candidates: list[Candidate]) -> Total:
    wholes = wholes_of(work.metric, key.object, work.case.catalogue)
    own = wholes & {item.path.object for item in candidates}
    same = (tuple(item.path for item in candidates), own)
    if same not in work.known:
        work.known[same] = _combined(work, candidates, wholes)
    found = work.known[same]
    basis = _basis(work, key, found, wholes)
    unit = None if key.unit == COUNT else key.unit

    return Total(
        key,
        basis,
        amount_of(basis, found.best, unit),
        max((item.status for item in found.best), key=STATUSES.index),
        tuple(sorted(item.path for item in found.best)),
        found.left_out,
    )


def _basis(
    work: _Work, key: TotalKey, found: _Combined, wholes: Collection[str | None]
) -> v.TotalBasis:
    """Return how a value comes about."""
    chosen = found.chosen
    if work.metric.dimension is v.Dimension.CURRENCY and key.unit != _DOLLARS:
        return v.TotalBasis.UNCONVERTED
    if found.is_largest:
        return v.TotalBasis.LARGEST
    if not _is_of_the_whole(work, chosen):
        return v.TotalBasis.PART
    if len(chosen) > 1:
        return v.TotalBasis.SUM
    return v.TotalBasis.STATED if chosen[0].path.object in wholes else v.TotalBasis.NARROWER


def _is_of_the_whole(work: _Work, chosen: list[Candidate]) -> bool:
    """Return whether the largest figure is of the whole, or all countries have a share in it."""
    largest = max(chosen, key=lambda item: (item.figure.size, item.path)).path
    shares = {item.path.place for item in chosen if item.path.place and not item.path.is_part}
    everybody = work.case.all_countries
    has_all = bool(everybody) and everybody <= shares
    return not largest.is_part and (has_all or largest.place == work.country)


def _combined(
    work: _Work, candidates: list[Candidate], wholes: Collection[str | None]
) -> _Combined:
    if len(candidates) == 1:
        return _Combined(candidates, candidates, is_largest=False, left_out=())
    kept = {item.figure.path: item for item in _of_one_metric_each(work.metric, candidates)}
    chosen, is_largest, within = _chosen(work, kept, wholes)
    for total in chosen:
        others = {path: item for path, item in kept.items() if item is not total}
        if total.figure.upper is None and others:
            without, is_alone, rest = _chosen(work, others, wholes)
            gained = at_least(without) - at_least(chosen)
            if total.figure.lower + gained > total.figure.reach:
                chosen, is_largest, within, kept = without, is_alone, rest, others
    remaining = [item for item in kept.values() if item not in chosen]
    best = [better(item, remaining, within) for item in chosen]
    counting = {item.path for item in best}
    contained = {kept[path].path for path, whole in within.items() if whole and path in kept}
    left = {item.path for item in candidates} - contained - counting
    return _Combined(chosen, best, is_largest, tuple(sorted(left)))


def _chosen(
    work: _Work, kept: Mapping[FactPath, Candidate], objects: Collection[str | None]
) -> tuple[list[Candidate], bool, Mapping[FactPath, FactPath | None]]:
    """Choose among figures, at least one, by what lies in what; return that, too."""
    stated, catalogue = _stated(work, kept), work.case.catalogue
    figures = [item.figure for item in kept.values()]
    members = memberships(figures, stated, catalogue, lambda amount, _: amount)
    wholes = {path: members[path].whole for path in kept}
    roots = [item for path, item in kept.items() if wholes[path] is None]
    doubts = doubts_of(members, stated, catalogue) if len(roots) > 1 else ()
    inside: dict[FactPath, Decimal] = {}
    for path, item in kept.items():
        for whole in v.above(path, wholes.get):
            inside[whole] = max(inside.get(whole, item.figure.lower), item.figure.lower)
    return *choose(roots, doubts, objects, inside), wholes


def _stated(work: _Work, kept: Mapping[FactPath, Candidate]) -> dict[FactPath, FactPath | None]:
    """Return what the record says of the figures that a total keeps, under their paths in it."""
    known: dict[FactPath, FactPath | None] = {}
    for item in kept.values():
        if item.path in work.case.stated:
            whole = work.case.stated[item.path]
            among = whole and _path_in(work.metric, whole)
            if among is None or among in kept:
                known[item.figure.path] = among
    return known


def _of_one_metric_each(metric: m.Metric, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Keep of each object and place the metric with the largest figure, or the best as large."""
    for items in grouped((_slot(item.path), item) for item in candidates).values():
        largest = max(items, key=lambda item: item.figure.size)
        best = min(
            (item for item in items if is_as_large(item, largest)),
            key=lambda item: (
                item.standing[:2],
                metric.members.index(item.path.member),
                -item.figure.size,
            ),
        )
        yield from (item for item in items if item.path.member == best.path.member)
