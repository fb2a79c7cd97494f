"""
The rule on values that a record could say better than it does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from interpol_dataset.evidence.agreement import agree
from interpol_dataset.evidence.choice import is_finer
from interpol_dataset.findings import Severity
from interpol_dataset.rules.evidence import first_statement
from interpol_dataset.rules.rule import Layer, PackageRule
from interpol_dataset.schema.vocabulary import Stage
from interpol_dataset.values.edtf import Edtf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from interpol_dataset.evidence.testimony import Testimony
    from interpol_dataset.findings import Finding


class BestValue(PackageRule):
    """
    No source that counts states a figure or a period more finely, or later, than the one chosen.
    """

    code, name, layer = "POL023", "best-value", Layer.POLICY
    is_local = True
    severity = Severity.WARNING
    excusable = True
    judges_with = frozenset({"organizations"})

    def run(self) -> Iterator[Finding]:
        """Compare every chosen figure and period with what else is said of it."""
        for entry, case, facts in self.context.cases_with_facts():
            for path, fact in facts.items():
                chosen = fact.chosen
                if chosen is None or fact.preferred or not (path.is_figure or path == "period"):
                    continue
                better = next((item for item in fact.testimonies if _is_better(item, chosen)), None)
                if better is not None:
                    message = (
                        f"'{path}' is {chosen.value} by '{chosen.source.id}', "
                        f"and {better.value} by '{better.source.id}'"
                    )
                    hint = f"prefer '{better.source.id}', or say why not: {self.exception()}"
                    yield self.finding(entry, first_statement(entry, case, path), message, hint)


def _is_better(item: Testimony, chosen: Testimony) -> bool:
    """Return whether a testimony says more finely, or of a later count, what was chosen."""
    if item.drift_metric or not item.source.kind.counts:
        return False
    if _is_later(item, chosen) and not agree(item.stated, chosen.stated):
        return True

    return is_finer(item, chosen) and _narrows(item.value, chosen.value)


def _is_later(item: Testimony, than: Testimony) -> bool:
    """Return whether a testimony is of a later count, by its stage or its day."""
    if than.stage is Stage.PRELIMINARY and item.stage in {Stage.UPDATED, Stage.FINAL}:
        return True
    if item.as_of is None or than.as_of is None:
        return False

    return item.as_of.start[0] > than.as_of.end[1]


def _narrows(value: object, other: object) -> bool:
    """Return whether a period leaves fewer days; that it writes a month by its days is nothing."""
    if not isinstance(value, Edtf) or not isinstance(other, Edtf):
        return True

    return (
        _lies_in(value.start, other.start)
        and _lies_in(value.end, other.end)
        and (value.earliest, value.latest) != (other.earliest, other.latest)
    )


def _lies_in(days: tuple[date, date], other: tuple[date, date]) -> bool:
    return other[0] <= days[0] and days[1] <= other[1]
