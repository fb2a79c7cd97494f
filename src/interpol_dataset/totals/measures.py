"""
Measures: the headline numbers of an operation, and how each is worked out from its figures.

Operations state their results in hundreds of metrics and objects. A measure names the figures that
answer one question, such as how many persons were arrested. For each case it is worked out so:

1. Figures that are refuted or unverified are left out, and money is converted to US dollars.
2. Of one object and place under two metrics, such as money seized and money frozen, the larger
   counts. Of two that differ by less than a twentieth it is the one with the better status, then
   the one that need not be converted.
3. Of the rest, those that are included in another are left out (see
   [what contains what](#what-contains-what)).
4. What remains is the value, or is made into one:

| basis | when | value | hedge |
| --- | --- | --- | --- |
| stated | one figure is left, of the whole case; or a total of it is kept beside parts | the figure | its own |
| part | one figure is left, of a country or a part; or arrests of one kind of suspect | the figure | at least |
| sum | several are left, of different places and things | their sum | at least |
| largest | several are left, which may all overlap | the largest | at least |
| unconverted | all are money without a rate | none | none |

Several figures may count the same persons or things (`part_doubts` has the pairs). Then those count
that can't and that make the most together; of choices that make as much, the one that is better known.
A total of the whole case with an upper limit is kept even where parts that may lie in it outgrow it;
"more than 720" is not, where what lies in it makes more than half as much again.
What is not further named counts beside the things that one list names, and so does an object that
outgrows one above it. `left_out` names the figures that are in no other and don't count.

A sum has the weakest status of its figures, the sum of their lower bounds with "at least", and no
upper bound: a sum of what some countries announced is no total. Its point adds up the numbers as
stated: "nearly 3,500" counts 3,500 in `point` and 3,150 in `lower`. A part is in `operation_measures`
alone: it is not the number of the operation, so the columns of `operations` and `series_editions`
leave it out.
"""  # noqa: E501 (rows of tables)

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from interpol_dataset.schema.vocabulary import MeasureBasis
from interpol_dataset.totals.combination import STATUSES, Candidate, at_least, combine, value_of
from interpol_dataset.totals.definitions import MEASURES
from interpol_dataset.totals.doubts import containment
from interpol_dataset.totals.figures import Figure
from interpol_dataset.values.fact_path import FactPath

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from interpol_dataset.evidence.facts import Fact, FactsOfRecord
    from interpol_dataset.schema.vocabulary import Status
    from interpol_dataset.totals.definitions import Measure
    from interpol_dataset.totals.doubts import Containment
    from interpol_dataset.totals.figures import Catalogue, InDollars
    from interpol_dataset.values.quantity import Quantity

__all__ = ["CaseFigures", "MeasureValue", "measure", "measures_of"]

#: From which share of the largest figure on another is as large: amounts are rounded and converted.
_AS_LARGE: Final = Decimal("0.95")


@dataclass(frozen=True, slots=True)
class CaseFigures:
    """
    What is known of a case when its measures are worked out.

    :param facts: Its facts.
    :param area: The top crime area of its main one.
    :param stated: What its record says of figures that are parts of others.
    :param catalogue: What is known of objects and metrics.
    :param in_dollars: Converts amounts at the rates of the case.
    """

    facts: FactsOfRecord
    area: str
    stated: Mapping[FactPath, FactPath | None]
    catalogue: Catalogue
    in_dollars: InDollars


class MeasureValue(NamedTuple):
    """
    A measure of a case.

    :param measure: The measure.
    :param basis: How its value comes about.
    :param value: The value with its bounds; none where nothing can be converted.
    :param status: The weakest status of the figures; none without a value.
    :param facts: The paths of the figures that it rests on.
    :param unconverted: The paths of amounts that could not be converted, and are in no other.
    :param left_out: The paths of figures that are in no other and do not count, as they may be the
        same as those that do.
    """

    measure: Measure
    basis: MeasureBasis
    value: Quantity | None
    status: Status | None
    facts: tuple[FactPath, ...]
    unconverted: tuple[FactPath, ...] = ()
    left_out: tuple[FactPath, ...] = ()


def measures_of(case: CaseFigures) -> Iterator[MeasureValue]:
    """Return the measures of a case that have figures, in the order of their definitions."""
    for definition in MEASURES:
        value = measure(definition, case)
        if value is not None:
            yield value


def measure(
    definition: Measure, case: CaseFigures, country: str | None = None
) -> MeasureValue | None:
    """
    Work out a measure of a case.

    :param definition: The measure.
    :param case: What is known of the case.
    :param country: Take only the figures of this country.
    :returns: None where the case has no figure of it.
    """
    taken = {
        path: fact
        for path, fact in case.facts.items()
        if path.kind == "outcomes"
        and country in {None, path.place}
        and fact.chosen
        and fact.verdict
        and fact.verdict.status in STATUSES
        and definition.takes(path, case.area, case.catalogue)
    }
    candidates = [
        candidate
        for path, fact in taken.items()
        if (candidate := _candidate(definition, path, fact, case.in_dollars)) is not None
    ]
    lost = _unconverted(taken, candidates)
    if not candidates:
        nothing = MeasureValue(definition, MeasureBasis.UNCONVERTED, None, None, (), lost)
        return nothing if lost else None

    kept = {item.figure.path: item for item in _of_one_metric_each(definition, candidates)}
    found = _combined(definition, case, kept, country)
    for total in found.chosen:
        others = {path: item for path, item in kept.items() if item is not total}
        if total.figure.upper is None and others:
            without = _combined(definition, case, others, country)
            gained = at_least(without.chosen) - at_least(found.chosen)
            if total.figure.lower + gained > total.figure.reach:
                found, kept = without, others
    counting = tuple(sorted(item.path for item in found.chosen))

    return MeasureValue(
        definition,
        found.basis,
        value_of(found.basis, found.chosen),
        max((item.status for item in found.chosen), key=STATUSES.index),
        counting,
        lost,
        tuple(sorted({item.path for item in candidates} - found.contained - {*counting})),
    )


class _Combined(NamedTuple):
    """How the figures of a measure make a value, which count, and which are in another."""

    basis: MeasureBasis
    chosen: list[Candidate]
    contained: set[FactPath]


def _combined(
    definition: Measure,
    case: CaseFigures,
    kept: Mapping[FactPath, Candidate],
    country: str | None,
) -> _Combined:
    """Combine figures, at least one, by what lies in what."""
    found = _contained(definition, case, kept)
    roots = [item for path, item in kept.items() if found.whole_of(path) is None]
    contained = {item.path for path, item in kept.items() if found.whole_of(path) is not None}

    return _Combined(*combine(definition, roots, found.doubts, country), contained)


def _candidate(
    definition: Measure, path: FactPath, fact: Fact, in_dollars: InDollars
) -> Candidate | None:
    """Return a figure in the unit of a measure; none where it can't be converted."""
    if fact.chosen is None or fact.verdict is None:
        return None
    quantity = cast("Quantity", fact.chosen.value)
    figure = Figure.of(_path_in(definition, path), quantity, fact.chosen.unit)
    if path.currency is not None:
        converted = figure.converted(in_dollars)
        if converted is None:
            return None
        figure = converted

    return Candidate(figure, path, fact.verdict.status, quantity.sign)


def _path_in(definition: Measure, path: FactPath) -> FactPath:
    """Return a path under which figures of all metrics of a measure can be compared."""
    return FactPath.outcome(
        definition.slug,
        path.object,
        currency=path.currency,
        place=path.place,
        is_part=path.is_part,
        part_name=path.part_name,
    )


def _unconverted(
    taken: Iterable[FactPath], candidates: Iterable[Candidate]
) -> tuple[FactPath, ...]:
    """Return the figures that could not be converted and are not given in another currency."""
    converted = {_key(item.path) for item in candidates}
    known = {item.path for item in candidates}

    return tuple(path for path in taken if path not in known and _key(path) not in converted)


def _key(path: FactPath) -> tuple[str | None, str | None, str]:
    return path.object, path.place, path.part


def _of_one_metric_each(
    definition: Measure, candidates: Iterable[Candidate]
) -> Iterator[Candidate]:
    """Keep of each object and place the metric with the largest figure."""
    metrics = definition.metrics
    by_key: dict[object, list[Candidate]] = {}
    for item in candidates:
        by_key.setdefault(_key(item.path), []).append(item)

    for items in by_key.values():
        enough = max(item.figure.size for item in items) * _AS_LARGE
        best = min(
            (item for item in items if item.figure.size >= enough),
            key=lambda item: (
                STATUSES.index(item.status),
                item.path.currency not in {None, "USD"},
                metrics.index(item.path.member),
                -item.figure.size,
            ),
        )
        yield from (item for item in items if item.path.member == best.path.member)


def _contained(
    definition: Measure, case: CaseFigures, kept: Mapping[FactPath, Candidate]
) -> Containment:
    """Work out what contains what among the figures that a measure keeps, all in one unit."""
    known = {}
    for item in kept.values():
        if item.path in case.stated:
            whole = case.stated[item.path]
            among = whole and _path_in(definition, whole)
            if among is None or among in kept:
                known[item.figure.path] = among
    persons = case.catalogue.of_persons | ({definition.slug} if definition.of_persons else set())

    return containment(
        (item.figure for item in kept.values()),
        known,
        replace(case.catalogue, of_persons=persons),
        lambda amount, _: amount,
    )
