"""
Rules on figures and their units.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from interpol_dataset.records import models as m
from interpol_dataset.rules.rule import Layer, RecordRule
from interpol_dataset.schema.units import UNITS
from interpol_dataset.schema.vocabulary import Dimension

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.findings import Finding, KeyPath
    from interpol_dataset.records.folder import Entry
    from interpol_dataset.values.quantity import Quantity


class UnitFitsMetric(RecordRule[m.Case]):
    """
    An outcome has the unit that its metric needs.

    ## Why

    Without units, or with the wrong ones, figures of two cases can't be compared.

    ## Bad

    ```yaml
    - {metric: assets-seized, value: 130000000, at: lead}
    - {metric: arrests, value: 975, unit: kg, at: lead}
    ```

    ## Good

    ```yaml
    - {metric: assets-seized, value: 130000000, unit: USD, at: lead}
    - {metric: arrests, value: 975, at: lead}
    ```

    ## How to fix

    Use one of the units that the finding names. A count has none. If the unit is right, the metric
    may be wrong.
    """

    code, name, layer = "MNG005", "unit-fits-metric", Layer.MEANING
    models = (m.Case,)
    needs = ("reports",)

    def check(self, entry: Entry, record: m.Case) -> Iterator[Finding]:
        """Compare units with the dimensions of metrics."""
        for path, outcome in _outcomes(record):
            metric = self.context.metrics.get(outcome.metric)
            if metric is None:
                continue

            units = UNITS[metric.dimension]
            wanted = _units(metric.dimension)
            if outcome.unit is None and units:
                message = f"'{metric.id}' measures {metric.dimension} and needs a unit"
                yield self.finding(entry, path, message, f"add 'unit: ...' with {wanted}")
            elif outcome.unit is not None and outcome.unit not in units:
                message = f"'{metric.id}' is not measured in {outcome.unit}"
                hint = f"use {wanted}" if units else "a count has no unit; remove it"
                yield self.finding(entry, (*path, "unit"), message, hint)


class WholeCount(RecordRule[m.Case]):
    """
    A count is a whole number.

    ## Why

    There are no half arrests. A fraction comes from "1.5 million" without the million, or from a
    figure that is a weight or an amount and not a count.

    ## Bad

    ```yaml
    - {metric: database-checks, value: 1.5, at: lead, note: million}
    ```

    ## Good

    ```yaml
    - {metric: database-checks, value: 1500000, at: lead}
    ```

    ## How to fix

    Write the number out, or use the metric that measures what the source states.
    """

    code, name, layer = "MNG012", "whole-count", Layer.MEANING
    models = (m.Case,)
    needs = ("reports",)

    def check(self, entry: Entry, record: m.Case) -> Iterator[Finding]:
        """Look for fractions where things are counted."""
        for path, value in self._counts(record):
            bounds = (value.point,) if value.point is not None else (value.lower, value.upper)
            if any(bound is not None and bound % 1 for bound in bounds):
                message = f"'{value}' is a fraction, and this is a count"
                yield self.finding(entry, path, message, "write the whole number that is meant")

    def _counts(self, case: m.Case) -> Iterator[tuple[KeyPath, Quantity]]:
        for index, report in enumerate(case.reports):
            if report.country_count is not None:
                yield ("reports", index, "country_count", "value"), report.country_count.value
        for path, outcome in _outcomes(case):
            metric = self.context.metrics.get(outcome.metric)
            if metric is not None and metric.dimension is Dimension.COUNT:
                yield (*path, "value"), outcome.value


def _outcomes(case: m.Case) -> Iterator[tuple[KeyPath, m.ReportedOutcome]]:
    """Return the outcomes of a case, with the paths to them."""
    for index, report in enumerate(case.reports):
        for number, outcome in enumerate(report.outcomes):
            yield ("reports", index, "outcomes", number), outcome


def _units(dimension: Dimension) -> str:
    """Return the units of a dimension, as a list in words."""
    if dimension is Dimension.CURRENCY:
        return "an ISO 4217 code such as USD"

    return " or ".join(UNITS[dimension])
