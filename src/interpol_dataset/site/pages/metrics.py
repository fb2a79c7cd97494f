"""
A measure: its definition, and all figures of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from interpol_dataset.site.charts import measured, over_time, stated
from interpol_dataset.site.model import tally
from interpol_dataset.site.shared import FACT_COLUMNS, Link, as_csv, as_json, fact_rows, index
from interpol_dataset.site.words import basis
from interpol_dataset.values.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.site.model import Case, Fact
    from interpol_dataset.site.render import File, Renderer


_DIMENSIONS = {
    "count": "Counts of people, things and events",
    "currency": "Amounts of money",
    "mass": "Weights",
    "volume": "Volumes",
    "area": "Areas",
    "data": "Amounts of data",
}
#: The columns of a measure in CSV, with the names that the tables give them.
_COLUMNS: Final = (
    *("case_id", "name", "year", "value_text", "point", "lower", "upper", "unit", "status"),
    *("basis", "counted_in"),
)


def pages(site: Renderer) -> Iterator[File]:
    """Yield the list of measures, and a page for each."""
    model = site.model
    figures: defaultdict[str, list[tuple[Case, Fact]]] = defaultdict(list)
    for case in model.newest:
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
            ("Measures of operations", _measures(site)),
            *(
                (_DIMENSIONS.get(dimension, dimension), links)
                for dimension, links in sorted(groups.items(), key=lambda item: -len(item[1]))
            ),
        ],
    )
    for id_, row in model.metrics.items():
        found = figures[id_]
        totals = _totals(found)
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
            chart=over_time(stated(totals)),
            totals=len(totals),
        )
        rows = fact_rows(site, facts)
        yield as_csv(f"metrics/{id_}.csv", FACT_COLUMNS, rows)
        yield as_json(
            f"metrics/{id_}.json",
            {**row, "figures": [dict(zip(FACT_COLUMNS, item, strict=True)) for item in rows]},
        )
    yield from _measure_pages(site)


def _totals(figures: list[tuple[Case, Fact]]) -> list[tuple[Case, Fact]]:
    """Return totals of whole operations: of money in one currency, else of what is counted most."""
    totals = [item for item in figures if item[1].is_total]
    plain = [item for item in totals if item[1].path.object is None]
    chosen = plain if len(plain) * 2 >= len(totals) else totals
    currencies = Counter(item[1].path.currency for item in chosen)
    most = max(currencies, key=lambda code: currencies[code], default=None)

    return [item for item in chosen if item[1].path.currency == most]


def _measures(site: Renderer) -> list[Link]:
    model = site.model

    return [
        Link(
            f"../measures/{id_}.html",
            row["name"],
            f"{counted(len(measured(model.newest, model.measured, id_)), 'operation')}. "
            f"{row['description']}",
        )
        for id_, row in model.measures.items()
    ]


def _measure_pages(site: Renderer) -> Iterator[File]:
    """Yield a page for each measure that rules make of figures."""
    model = site.model
    for id_, row in model.measures.items():
        marks = measured(model.newest, model.measured, id_)
        rows = [model.measured[mark.case.id][id_] for mark in marks]
        yield site.page(
            f"measures/{id_}.html",
            "measure",
            title=row["name"],
            about=f"{row['description']} {counted(len(marks), 'operation')}, with the evidence.",
            twins=[("text/csv", f"{id_}.csv"), ("application/json", f"{id_}.json")],
            row=row,
            chart=over_time(marks),
            marks=[(mark, row, basis(row)) for mark, row in zip(marks, rows, strict=True)],
        )
        operations = [
            {"name": mark.case.name, "year": mark.case.year, **values}
            for mark, values in zip(marks, rows, strict=True)
        ]
        cells = [[item[name] for name in _COLUMNS] for item in operations]
        yield as_csv(f"measures/{id_}.csv", _COLUMNS, cells)
        yield as_json(f"measures/{id_}.json", {**row, "operations": operations})
