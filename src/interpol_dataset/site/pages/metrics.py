"""
A measure: its definition, and all figures of it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from interpol_dataset.site.charts import over_time
from interpol_dataset.site.machine import FACT_COLUMNS, as_csv, as_json, fact_row
from interpol_dataset.site.pages.cases import tally
from interpol_dataset.site.pages.listing import Link, index
from interpol_dataset.site.pages.operations import in_time
from interpol_dataset.site.words.values import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.site.model import Case, Fact
    from interpol_dataset.site.render import File, Renderer

__all__ = ["pages"]

_DIMENSIONS = {
    "count": "Counts of people, things and events",
    "currency": "Amounts of money",
    "mass": "Weights",
    "volume": "Volumes",
    "area": "Areas",
    "data": "Amounts of data",
}


def pages(site: Renderer) -> Iterator[File]:
    """Yield the list of measures, and a page for each."""
    model = site.model
    figures: defaultdict[str, list[tuple[Case, Fact]]] = defaultdict(list)
    for case in in_time(list(model.cases.values())):
        for fact in case.facts:
            if fact.path.kind == "outcomes":
                figures[fact.path.member].append((case, fact))

    groups: defaultdict[str, list[Link]] = defaultdict(list)
    for id_, row in model.metrics.items():
        note = f"{counted(len(figures[id_]), 'figure')}. {row['description']}"
        groups[row["dimension"]].append(Link(f"{id_}.html", row["name"], note))
    yield index(
        site,
        "metrics",
        "Figures",
        "What was counted, with the definition of each measure. Different measures are never "
        "added up or turned into each other.",
        [
            (_DIMENSIONS.get(dimension, dimension), links)
            for dimension, links in sorted(groups.items(), key=lambda item: -len(item[1]))
        ],
    )
    for id_, row in model.metrics.items():
        found = figures[id_]
        totals = [item for item in found if item[1].is_total and item[1].path.object is None]
        facts = [fact for _, fact in found]
        yield site.page(
            f"metrics/{id_}.html",
            "metric",
            title=row["name"],
            about=f"{row['description']} {counted(len(found), 'figure')}, each with its evidence.",
            twins=[("text/csv", f"{id_}.csv"), ("application/json", f"{id_}.json")],
            row=row,
            figures=found,
            counts=tally(facts),
            chart=over_time(totals) if row["dimension"] in {"count", "mass"} else None,
            totals=len(totals),
        )
        rows = [fact_row(fact, site.address(f"cases/{case.id}.html")) for case, fact in found]
        yield as_csv(f"metrics/{id_}.csv", FACT_COLUMNS, rows)
        yield as_json(
            f"metrics/{id_}.json",
            {**row, "figures": [dict(zip(FACT_COLUMNS, item, strict=True)) for item in rows]},
        )
