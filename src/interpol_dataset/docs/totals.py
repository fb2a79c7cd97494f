"""
How much of the data can be added up: a part of the page of contents.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from interpol_dataset.docs import markdown
from interpol_dataset.schema.vocabulary import TotalBasis
from interpol_dataset.tables.rows import (
    HEADLINES,
    CaseObjectTotalRow,
    CaseTotalRow,
    OutcomeRow,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.schema.provenance import Headline
    from interpol_dataset.tables.tabulate import Tables


def totals(tables: Tables) -> Iterator[str]:
    """Render what is included in what, what is in doubt, and what totals rest on."""
    outcomes = [row for row in tables["outcomes"] if isinstance(row, OutcomeRow) and row.value]
    inside = [row for row in outcomes if row.part_of]
    stated = sum(row.part_of_reason is not None for row in outcomes)
    cases = len({row.case_id for row in inside})
    yield (
        f"Of {len(outcomes):,} figures that have a value, {len(inside):,}, in {cases} cases, are "
        f"included in another figure of their case; {stated} of all by a decision in the record."
    )
    yield ""
    doubtful = [row for row in outcomes if row.may_overlap]
    yield (
        f"{len(doubtful):,} others, in {len({row.case_id for row in doubtful})} cases, may overlap "
        "with figures in which they do not lie (`may_overlap`)."
    )
    yield ""
    yield "The totals of cases, by how they come about:"
    yield ""
    yield from _by_basis(tables)
    yield ""
    yield "The totals that the headline columns of `cases` are taken from; the columns have those"
    yield "that are `stated` or a `sum`:"
    yield ""
    yield from _headlines(tables)


def _rows(tables: Tables) -> list[CaseTotalRow | CaseObjectTotalRow]:
    listed = (*tables["case_totals"], *tables["case_object_totals"])

    return [row for row in listed if isinstance(row, (CaseTotalRow, CaseObjectTotalRow))]


def _by_basis(tables: Tables) -> Iterator[str]:
    counts = Counter((row.TABLE, row.basis) for row in _rows(tables))
    yield from markdown.table(
        ("table", *TotalBasis),
        (
            (f"`{name}`", *(f"{counts[name, basis]:,}" for basis in TotalBasis))
            for name in ("case_totals", "case_object_totals")
        ),
    )


def _headlines(tables: Tables) -> Iterator[str]:
    rows = defaultdict(list)
    for row in _rows(tables):
        rows[row.metric_id, getattr(row, "object_id", None)].append(row)

    def counts(item: Headline) -> Iterator[str]:
        own = rows[item.metric, item.object]
        yield str(len(own))
        for basis in TotalBasis:
            yield str(sum(row.basis is basis for row in own) or "")
        yield str(sum(row.counted_in is not None for row in own) or "")

    yield from markdown.table(
        ("column", "totals", *TotalBasis, "counted in another"),
        ((f"`{name}`", *counts(item)) for name, item in HEADLINES.items()),
    )
