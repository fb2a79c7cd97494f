"""
The same as a page, for programs: JSON, CSV and Markdown beside it.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.dataset.explanation import Explanation, Voice
from interpol_dataset.site.render import File

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from interpol_dataset.site.model import Case, Fact

__all__ = ["FACT_COLUMNS", "as_csv", "as_json", "case_values", "explained", "fact_row"]

#: The columns of facts in CSV.
FACT_COLUMNS: Final = (
    *("record", "fact", "text", "value", "unit", "status", "sources", "source", "page"),
)
#: What a spreadsheet would run as a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


_EXPLAINED: Final = tuple(field.name for field in fields(Explanation))
_SAID: Final = tuple(field.name for field in fields(Voice))


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

    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def fact_row(fact: Fact, page: str) -> tuple[Any, ...]:
    """Return a fact as a row of :data:`FACT_COLUMNS`."""
    why = fact.why

    return (
        why.record,
        why.field,
        str(fact.line),
        why.value,
        why.unit,
        why.status,
        fact.sources,
        why.chosen,
        f"{page}#{why.field}",
    )


def explained(fact: Fact) -> dict[str, Any]:
    """Return the explanation of a fact as plain values, as its ``to_dict`` does, but quickly."""
    why = fact.why
    values = {name: getattr(why, name) for name in _EXPLAINED}
    values["voices"] = [{name: getattr(voice, name) for name in _SAID} for voice in why.voices]
    values["facts"] = [item._asdict() for item in why.facts]

    return values


def case_values(case: Case) -> Mapping[str, Any]:
    """Return a case as plain values, each fact as ``explain`` has it."""
    return {
        **case.row,
        "categories": case.areas,
        "countries": case.countries,
        "organizations": [{"id": id_, "role": role} for id_, role in case.organizations],
        "facts": [{"text": str(fact.line), **explained(fact)} for fact in case.facts],
    }
