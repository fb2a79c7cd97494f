"""
Cases with their totals, and which of these are counted in another case.

Operations lie in each other, too. A total of an operation that is part of another is included in
the other's, if that has one of the same metric, object and unit; and two operations that were
carried out together may share one figure. `counted_in` names the operation whose total includes it,
so that what is left can be added up over operations.

The year of a case is the one in which it ended; else was announced; else began; else that of its
earliest source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from interpol_dataset.evidence.facts import value_of
from interpol_dataset.evidence.testimony import COMPLETE, COUNTRIES, LISTED
from interpol_dataset.schema.vocabulary import RelationType, YearBasis
from interpol_dataset.totals.money import dollars_of
from interpol_dataset.totals.standing import CONVICTIONS, convictions_of
from interpol_dataset.totals.total import CaseFigures, totals_of
from interpol_dataset.values.ancestry import above, topmost
from interpol_dataset.values.fact_path import FactPath

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from interpol_dataset.evidence.facts import Facts, FactsOfRecord
    from interpol_dataset.records import models as m
    from interpol_dataset.records.kinds import Records
    from interpol_dataset.totals.figures import Catalogue
    from interpol_dataset.totals.total import Total, TotalKey
    from interpol_dataset.values.edtf import Edtf
    from interpol_dataset.values.quantity import Quantity


class Year(NamedTuple):
    """The year of a case, and what it is taken from."""

    year: int
    basis: YearBasis


@dataclass(frozen=True, slots=True)
class KnownCase:
    """
    A case with what is worked out of its facts.

    :param case: Its record.
    :param area: The top crime area of its main one.
    :param facts: Its facts.
    :param totals: Its totals, those of countries included, by what they are of.
    :param first_source: The year of its earliest source; none where none has a date.
    """

    case: m.Case
    area: str
    facts: FactsOfRecord
    totals: Mapping[TotalKey, Total]
    first_source: int | None

    @property
    def period(self) -> Edtf | None:
        """The period of the operational phase."""
        period: Edtf | None = value_of(self.facts, "period")

        return period

    @property
    def announced(self) -> date | None:
        """The day on which the results were made public."""
        day: date | None = value_of(self.facts, "announced")

        return day

    @property
    def role(self) -> str | None:
        """What INTERPOL did."""
        role: str | None = value_of(self.facts, "interpol_role")

        return role

    @property
    def country_count(self) -> Quantity | None:
        """How many countries took part, as stated."""
        count: Quantity | None = value_of(self.facts, "country_count")

        return count and count.whole

    @property
    def year(self) -> Year | None:
        """The year in which it ended; else was announced; else began; else of a source."""
        period, announced = self.period, self.announced
        days = (
            (period and period.latest, YearBasis.ENDED),
            (announced, YearBasis.ANNOUNCED),
            (period and period.earliest, YearBasis.BEGAN),
        )
        known = (Year(day.year, basis) for day, basis in days if day)
        source = self.first_source and Year(self.first_source, YearBasis.SOURCE)

        return next(known, source or None)

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries that sources list."""
        return countries_of(self.facts)

    @property
    def is_list_complete(self) -> bool | None:
        """Whether a source that counts lists all of them as complete; none without a list."""
        return bool(all_countries_of(self.facts)) if self.countries else None

    @property
    def part_of(self) -> str | None:
        """The operation that it was a part of."""
        return next(
            (
                relation.case
                for relation in self.case.relations
                if relation.type is RelationType.PART_OF
            ),
            None,
        )


def countries_of(facts: FactsOfRecord) -> tuple[str, ...]:
    """Return the countries that sources list."""
    return tuple(
        path.member
        for path, fact in facts.items()
        if path.kind == "countries" and fact.chosen and fact.chosen.value == LISTED
    )


def all_countries_of(facts: FactsOfRecord) -> frozenset[str]:
    """Return the countries of a list that a source which counts gives as complete; else none."""
    countries, said = countries_of(facts), facts.get(COUNTRIES)
    if not countries or said is None:
        return frozenset()
    complete = {
        item.source.id
        for item in said.testimonies
        if item.value == COMPLETE and item.source.kind.counts
    }
    listing = (
        {
            item.source.id
            for item in facts[FactPath(f"countries/{country}")].testimonies
            if item.value == LISTED
        }
        for country in countries
    )

    return frozenset(countries) if complete.intersection(*listing) else frozenset()


def known_cases(records: Records, facts: Facts, catalogue: Catalogue) -> dict[str, KnownCase]:
    """Return all cases with their totals, by id."""
    parents = {category.id: category.parent for category in records.categories}
    published = {source.id: source.published for source in records.sources}
    found = {}
    for case in records.cases:
        area = topmost(case.categories[0], parents.get)
        days = [day.earliest for report in case.reports if (day := published.get(report.source))]
        found[case.id] = known_case(
            case,
            area,
            facts["cases", case.id],
            records.metrics,
            catalogue,
            min((day.year for day in days if day), default=None),
        )

    return found


def known_case(
    case: m.Case,
    area: str,
    facts: FactsOfRecord,
    metrics: Iterable[m.Metric],
    catalogue: Catalogue,
    first_source: int | None = None,
) -> KnownCase:
    """Work out the totals of a case."""
    figures = CaseFigures(
        facts, area, case.wholes, all_countries_of(facts), catalogue, dollars_of(facts)
    )
    listed = tuple(metrics)
    totals = {total.key: total for total in totals_of(figures, listed)}
    if any(metric.id == CONVICTIONS for metric in listed):
        totals |= {total.key: total for total in convictions_of(facts)}

    return KnownCase(case, area, facts, totals, first_source)


def counted_in(key: TotalKey, known: KnownCase, cases: Mapping[str, KnownCase]) -> str | None:
    """
    Return the case whose total includes that of another.

    :param key: What the total is of.
    :param known: The other case, which has such a total.
    :param cases: All cases, by id.
    :returns: None where its total can be added to those of all others.
    """
    for id_ in above(known.case.id, lambda id_: cases[id_].part_of if id_ in cases else None):
        if id_ in cases and key in cases[id_].totals:
            return id_

    return next(_sharing(key, known, cases), None)


def _sharing(key: TotalKey, known: KnownCase, cases: Mapping[str, KnownCase]) -> Iterator[str]:
    """Return the cases, earlier in the alphabet, with which one shares its total."""
    facts = set(known.totals[key].facts)
    for relation in known.case.relations:
        other = relation.case
        if other and other in cases and other < known.case.id:
            beside = cases[other].totals.get(key)
            if beside and facts.union(beside.facts) <= {*relation.shared}:
                yield other
