"""
The same as a page, for programs: JSON, CSV and Markdown beside it.
"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.package.csv import guarded
from interpol_dataset.site.render import File

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from interpol_dataset.site.model import Case, Fact
    from interpol_dataset.site.render import Renderer


#: The columns of facts in CSV.
FACT_COLUMNS: Final = (
    *("record", "fact", "text", "value", "unit", "status", "sources", "source", "page"),
)


def as_json(path: str, value: object) -> File:
    """Return a file of JSON."""
    return File(path, json.dumps(value, ensure_ascii=False, default=str) + "\n")


def as_csv(path: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> File:
    """Return a file of CSV, in which no cell is a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([[_cell(cell) for cell in row] for row in rows])

    return File(path, text.getvalue())


def _cell(value: object) -> object:
    if isinstance(value, (list, tuple)):
        value = ";".join(map(str, value))

    return guarded(value) if isinstance(value, str) else value


def fact_rows(site: Renderer, facts: Iterable[Fact]) -> list[tuple[Any, ...]]:
    """Return facts of cases as rows of :data:`FACT_COLUMNS`."""
    return [
        (
            *(fact.why.record, fact.why.field, str(fact.line), fact.why.value, fact.why.unit),
            *(fact.why.status, fact.sources, fact.why.chosen),
            f"{site.address(f'cases/{fact.why.record}.html')}#{fact.why.field}",
        )
        for fact in facts
    ]


def case_values(case: Case) -> Mapping[str, Any]:
    """Return a case as plain values, each fact as ``explain`` has it."""
    return {
        **case.row,
        "categories": case.areas,
        "countries": case.countries,
        "organizations": [{"id": id_, "role": role} for id_, role in case.organizations],
        "facts": [{"text": str(fact.line), **fact.why.to_dict()} for fact in case.facts],
    }
