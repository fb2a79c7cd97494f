"""
How much of the data can be added up: a part of the page of contents.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from interpol_dataset.docs import markdown
from interpol_dataset.schema.vocabulary import Doubt, MeasureBasis
from interpol_dataset.tables.rows import OperationMeasureRow, OutcomeRow, PartDoubtRow
from interpol_dataset.totals.definitions import MEASURES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.tables.tabulate import Tables

__all__ = ["totals"]


def totals(tables: Tables) -> Iterator[str]:
    """Render what is included in what, what is in doubt, and what measures rest on."""
    outcomes = [row for row in tables["outcomes"] if isinstance(row, OutcomeRow) and row.value]
    inside = [row for row in outcomes if row.part_of]
    stated = sum(row.part_of_reason is not None for row in outcomes)
    cases = len({row.case_id for row in inside})
    yield (
        f"Of {len(outcomes):,} figures that have a value, {len(inside):,}, in {cases} cases, are "
        f"included in another figure of their case; {stated} of all by a decision in the record."
    )
    yield ""
    yield "Pairs of the others that may still overlap (`part_doubts`):"
    yield ""
    yield from _doubts(tables)
    yield ""
    yield "Measures of operations, by what they rest on (`operation_measures`; `operations` and"
    yield "`series_editions` leave out those of a part):"
    yield ""
    yield from _measures(tables)


def _doubts(tables: Tables) -> Iterator[str]:
    cases: dict[Doubt, list[str]] = defaultdict(list)
    for row in tables["part_doubts"]:
        if isinstance(row, PartDoubtRow):
            cases[row.kind].append(row.case_id)

    yield from markdown.table(
        ("doubt", "pairs", "cases"),
        (
            (f"{kind}: {kind.meaning}", str(len(cases[kind])), str(len(set(cases[kind]))))
            for kind in Doubt
        ),
    )


def _measures(tables: Tables) -> Iterator[str]:
    rows = [row for row in tables["operation_measures"] if isinstance(row, OperationMeasureRow)]

    def counts(id_: str) -> Iterator[str]:
        own = [row for row in rows if row.measure_id == id_]
        yield str(len(own))
        for basis in MeasureBasis:
            yield str(sum(row.basis is basis for row in own) or "")
        yield str(sum(row.counted_in is not None for row in own) or "")

    yield from markdown.table(
        ("measure", "operations", *MeasureBasis, "counted in another"),
        ((f"`{item.id}`", *counts(item.id)) for item in MEASURES),
    )
