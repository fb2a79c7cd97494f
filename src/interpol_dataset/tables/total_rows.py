"""
The rows of operations, their measures and the panels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from interpol_dataset.schema.vocabulary import MeasureBasis
from interpol_dataset.tables import rows as r
from interpol_dataset.tables.case_rows import HEDGES
from interpol_dataset.totals.definitions import MEASURES
from interpol_dataset.totals.operations import counted_in, operations_of
from interpol_dataset.totals.panels import country_years, editions
from interpol_dataset.values.quantity import Quantity
from interpol_dataset.values.words import quantity_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from interpol_dataset.evidence.facts import Facts
    from interpol_dataset.records.kinds import Records
    from interpol_dataset.totals.figures import Catalogue
    from interpol_dataset.totals.measures import MeasureValue
    from interpol_dataset.totals.operations import Operation

__all__ = ["measure_rows", "total_rows"]


def total_rows(records: Records, facts: Facts, catalogue: Catalogue) -> Iterator[r.Row]:
    """
    Make the rows of operations, of their measures, and of the panels.

    :param records: All records.
    :param facts: Their facts.
    :param catalogue: What is known of objects and metrics.
    """
    operations = operations_of(records, facts, catalogue)
    for operation in operations.values():
        yield _operation_row(operation)
        for id_, value in operation.measures.items():
            yield _measure_row(operation, value, counted_in(operation, id_, operations))

    yield from _panel_rows(operations)


def _operation_row(operation: Operation) -> r.OperationRow:
    case, period, count = operation.case, operation.period, operation.country_count

    return r.OperationRow.model_validate(
        {
            "id": case.id,
            "name": case.name,
            "series": case.series,
            "edition": case.edition,
            "year": operation.year,
            "period": period,
            "start": period and period.earliest,
            "end": period and period.latest,
            "announced": operation.announced,
            "lag_days": operation.lag_days,
            "main_area": case.categories[0],
            "top_area": operation.figures.area,
            "interpol_role": operation.role,
            "lead_ids": operation.leads or None,
            "tools": operation.tools or None,
            "countries_counted": count and _number(count.point),
            "countries_counted_lower": count and _number(count.lower),
            "countries_counted_upper": count and _number(count.upper),
            "countries_listed": len(operation.countries),
            "countries_complete": operation.is_list_complete,
            "part_of_case": operation.part_of,
            **_points(operation),
        }
    )


def _points(operation: Operation) -> dict[str, float | None]:
    """Return the point of every measure that is one of the whole operation."""
    values = {
        id_: value.value
        for id_, value in operation.measures.items()
        if value.basis is not MeasureBasis.PART
    }

    return {
        item.id: _number(value.point) if (value := values.get(item.id)) else None
        for item in MEASURES
    }


def _number(number: Decimal | None) -> float | None:
    return None if number is None else float(number)


def _measure_row(
    operation: Operation, value: MeasureValue, counted: str | None
) -> r.OperationMeasureRow:
    quantity, unit = value.value, value.measure.unit

    return r.OperationMeasureRow(
        case_id=operation.case.id,
        measure_id=value.measure.id,
        point=quantity and _number(quantity.point),
        lower=quantity and _number(quantity.lower),
        upper=quantity and _number(quantity.upper),
        unit=unit,
        hedge=quantity and HEDGES[quantity.sign],
        value_text=quantity and quantity_in_words(Quantity.parse(str(quantity)), unit),
        status=value.status,
        basis=value.basis,
        facts=value.facts or None,
        unconverted=value.unconverted or None,
        left_out=value.left_out or None,
        counted_in=counted,
    )


def _panel_rows(operations: Mapping[str, Operation]) -> Iterator[r.Row]:
    for row in country_years(operations):
        yield r.CountryYearRow(
            country=row.country,
            year=row.year,
            operations=len(row.operations),
            operations_confirmed=row.confirmed,
            operations_coordinated=row.coordinated,
            case_ids=tuple(row.operations) or None,
            arrests=_number(row.arrests),
            arrest_facts=tuple(row.arrest_facts) or None,
        )

    for operation, position, previous, changes in editions(operations):
        count = operation.country_count
        yield r.SeriesEditionRow.model_validate(
            {
                "series": operation.case.series,
                "position": position,
                "edition": operation.case.edition,
                "case_id": operation.case.id,
                "year": operation.year,
                "countries": count and _number(count.point),
                "previous_case_id": previous and previous.case.id,
                **_points(operation),
                **{f"{item.id}_change": _number(changes.get(item.id)) for item in MEASURES},
            }
        )


def measure_rows() -> Iterator[r.MeasureRow]:
    """Make the rows of the measures' definitions."""
    for item in MEASURES:
        objects = {id_: None for take in item.takes_from for id_ in take.objects or ()}
        yield r.MeasureRow(
            id=item.id,
            name=item.name,
            description=item.description,
            unit=item.unit,
            metric_ids=item.metrics,
            object_ids=tuple(objects) or None,
            takes=tuple(str(take) for take in item.takes_from),
        )
