"""The list of operations: all of them as text, and the data with which a script filters them."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.schema.vocabulary import above
from interpol_dataset.site.charts import ROLES
from interpol_dataset.site.model import SURE
from interpol_dataset.site.render import File, yearly
from interpol_dataset.site.shared import as_csv
from interpol_dataset.site.words import amount, begun, script_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from interpol_dataset.site.model import Case
    from interpol_dataset.site.render import Renderer

#: The columns of the list in CSV.
_COLUMNS: Final = (
    *("id", "name", "areas", "series", "edition", "interpol_role", "period", "start"),
    *("end", "announced", "country_count", "countries", "existence_status"),
)


def pages(site: Renderer) -> Iterator[File]:
    """Yield the list, its data for the script, and the same as CSV."""
    cases = [case for _, group in yearly(site.model.newest) for case in group]
    columns = (*_COLUMNS, *site.model.headlines)
    rows = [_row(site, case) for case in cases]
    parents = {area.id: area.row["parent_id"] for area in site.model.areas.values()}
    within = [_areas(case, parents) for case in cases]
    yield as_csv("cases/index.csv", columns, rows)
    data = script_text(_data(site, cases, columns, rows, within))
    yield File("data/operations.js", f"window.OPERATIONS={data};\n")

    areas = Counter(chain.from_iterable(within))
    countries = Counter(code for case in cases for code in case.countries)
    statuses = Counter(
        case.row["existence_status"] for case in cases if case.row["existence_status"]
    )
    by_role = Counter(case.row["interpol_role"] for case in cases)
    yield site.page(
        "cases/index.html",
        "operations",
        title="Operations",
        about=f"{len(cases):,} operations that INTERPOL coordinated, co-led or supported, with the "
        "figures announced and how well each is backed.",
        twins=[("text/csv", "index.csv")],
        cases=[(case, case.headlines(2), begun(str(case.row["summary"]))) for case in cases],
        areas=sorted(
            ((id_, site.model.areas[id_].row["name"], count) for id_, count in areas.items()),
            key=lambda item: item[1],
        ),
        countries=sorted(
            ((code, site.model.names.countries[code], count) for code, count in countries.items()),
            key=lambda item: item[1],
        ),
        by_role=[(role or "none", role or "not stated", by_role[role]) for role in ROLES],
        facets=[(status, statuses[status]) for status in SURE if statuses[status]],
        series=[(id_, site.model.series_name(id_)) for id_ in site.model.series],
        years=sorted({case.year for case in cases if case.year}),
    )


def _areas(case: Case, parents: Mapping[str, str | None]) -> list[str]:
    """Return the areas of a case, and those that contain them."""
    return [*dict.fromkeys(area for id_ in case.areas for area in (id_, *above(id_, parents.get)))]


def _row(site: Renderer, case: Case) -> tuple[Any, ...]:
    known = {
        **case.row,
        "areas": case.areas,
        "countries": case.countries,
        "country_count": amount(count) if (count := case.row["country_count"]) else None,
    }
    measured = site.model.measured.get(case.id, {})
    totals = (measured.get(id_, {}).get("value_text") for id_ in site.model.headlines)
    return (*(known[name] for name in _COLUMNS), *totals)


def _data(
    site: Renderer,
    cases: Sequence[Case],
    columns: Sequence[str],
    rows: Sequence[tuple[Any, ...]],
    areas: Sequence[Sequence[str]],
) -> dict[str, Any]:
    """Return what the script needs besides the text of the page, in the columns of the CSV."""
    bodies = sorted({id_ for case in cases for id_, _ in case.organizations})
    place = {id_: at for at, id_ in enumerate(bodies)}

    return {
        "columns": columns,
        "rows": [
            [";".join(cell) if isinstance(cell, tuple) else cell for cell in row] for row in rows
        ],
        "areas": areas,
        "bodies": [site.model.names.organizations[id_].lower() for id_ in bodies],
        "parts": [[place[id_] for id_, _ in case.organizations] for case in cases],
        "aliases": [" ".join(case.row["aliases"] or ()).lower() for case in cases],
        "arrests": [
            fact.size if (fact := case.by_path.get("outcomes/arrests")) and fact.why.value else -1
            for case in cases
        ],
        "complete": [int(bool(case.row.get("countries_complete"))) for case in cases],
    }
