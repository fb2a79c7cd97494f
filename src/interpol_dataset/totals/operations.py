"""
Operations: what an analyst asks first of each case, in one place.

Operations lie in each other, too. A figure of an operation that is part of another is included in
the other's, if that states the same measure; and two operations that were carried out together may
share one figure. `counted_in` names the operation whose figure includes it, so that what is left
can be added up over operations.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from interpol_dataset.evidence.facts import value_of
from interpol_dataset.evidence.testimony import COMPLETE, COUNTRIES, LISTED
from interpol_dataset.schema.vocabulary import OrganizationRole, RelationType
from interpol_dataset.totals.ancestry import above
from interpol_dataset.totals.measures import CaseFigures, measures_of
from interpol_dataset.totals.money import dollars_of
from interpol_dataset.values.fact_path import FactPath

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from interpol_dataset.evidence.facts import Facts, FactsOfRecord
    from interpol_dataset.records import models as m
    from interpol_dataset.records.kinds import Records
    from interpol_dataset.totals.figures import Catalogue
    from interpol_dataset.totals.measures import MeasureValue
    from interpol_dataset.values.edtf import Edtf
    from interpol_dataset.values.quantity import Quantity

__all__ = ["Operation", "counted_in", "operations_of"]


@dataclass(frozen=True, slots=True)
class Operation:
    """
    A case as an operation.

    :param case: Its record.
    :param figures: What its measures are worked out from.
    :param measures: Its measures that have figures, by id.
    """

    case: m.Case
    figures: CaseFigures
    measures: Mapping[str, MeasureValue]

    @property
    def facts(self) -> FactsOfRecord:
        """The facts of the case."""
        return self.figures.facts

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
    def began(self) -> tuple[date, date] | None:
        """
        The first and the last day on which it can have begun.

        If the period does not say, both are the day of the announcement; else that on which it
        ended at the latest; none without any date.
        """
        period = self.period
        if period and period.earliest:
            return period.start
        day = self.announced or (period and period.latest)

        return (day, day) if day else None

    @property
    def year(self) -> int | None:
        """The year in which it began; else of the announcement; else in which it ended."""
        began = self.began

        return began and began[0].year

    @property
    def lag_days(self) -> int | None:
        """The days from its last day to the announcement, where both are known to the day."""
        period, announced = self.period, self.announced
        if period is None or announced is None or period.end[0] != period.end[1]:
            return None

        return (announced - period.end[1]).days

    @property
    def leads(self) -> tuple[str, ...]:
        """The bodies besides INTERPOL that led it, alone or together."""
        roles = {OrganizationRole.LEAD, OrganizationRole.CO_LEAD}

        return tuple(
            path.member
            for path, fact in self.facts.items()
            if path.kind == "organizations" and fact.chosen and fact.chosen.value in roles
        )

    @property
    def tools(self) -> tuple[str, ...]:
        """The means of INTERPOL that sources say were used."""
        return tuple(
            path.member for path, fact in self.facts.items() if path.kind == "tools" and fact.chosen
        )

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries that sources list."""
        return tuple(
            path.member
            for path, fact in self.facts.items()
            if path.kind == "countries" and fact.chosen and fact.chosen.value == LISTED
        )

    @property
    def is_list_complete(self) -> bool | None:
        """Whether a source that counts lists all of them as complete; none without a list."""
        countries = self.countries
        said = self.facts.get(COUNTRIES)
        if not countries or said is None:
            return None
        complete = {
            item.source.id
            for item in said.testimonies
            if item.value == COMPLETE and item.source.kind.counts
        }
        listing = (
            {
                item.source.id
                for item in self.facts[FactPath(f"countries/{country}")].testimonies
                if item.value == LISTED
            }
            for country in countries
        )

        return bool(complete.intersection(*listing))

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


def operations_of(records: Records, facts: Facts, catalogue: Catalogue) -> dict[str, Operation]:
    """Return all cases as operations, by id."""
    parents = {category.id: category.parent for category in records.categories}
    found = {}
    for case in records.cases:
        known = facts["cases", case.id]
        figures = CaseFigures(
            known,
            [case.categories[0], *above(case.categories[0], parents.get)][-1],
            case.wholes,
            catalogue,
            dollars_of(known),
        )
        values = {value.measure.id: value for value in measures_of(figures)}
        found[case.id] = Operation(case, figures, values)

    return found


def counted_in(
    operation: Operation, measure: str, operations: Mapping[str, Operation]
) -> str | None:
    """
    Return the operation whose figure of a measure includes that of another.

    :param operation: The other.
    :param measure: The measure's id.
    :param operations: All operations, by id.
    :returns: None where its figure can be added to those of all others.
    """
    for id_ in above(operation.case.id, lambda id_: operations[id_].part_of):
        if (value := operations[id_].measures.get(measure)) is not None and value.value:
            return id_

    return _shared_with(operation, measure, operations)


def _shared_with(
    operation: Operation, measure: str, operations: Mapping[str, Operation]
) -> str | None:
    """Return the operation, earlier in the alphabet, with which one shares its figure."""
    value = operation.measures.get(measure)
    for relation in operation.case.relations:
        other = operations.get(relation.case) if relation.case and relation.shared else None
        beside = other.measures.get(measure) if other else None
        if value is None or other is None or beside is None or other.case.id >= operation.case.id:
            continue
        if value.facts and beside.facts and {*value.facts, *beside.facts} <= {*relation.shared}:
            return other.case.id

    return None
