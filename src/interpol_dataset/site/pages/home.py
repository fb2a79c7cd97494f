"""
The first page: what there is, how sure it is, and where to look.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.dataset.sentence import changed_on_the_way
from interpol_dataset.schema.vocabulary import FactClass, Status
from interpol_dataset.site.charts import (
    ROLES,
    by_year,
    measured,
    over_time,
    shares,
    stated,
    world_map,
)
from interpol_dataset.site.model import tally
from interpol_dataset.site.shared import as_csv, of_dataset

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from interpol_dataset.site.model import Case, Fact
    from interpol_dataset.site.render import File, Renderer


_NEWEST: Final = 5
_MOST: Final = 12
#: Statuses of which a document was read, mostly.
_READ: Final = frozenset({Status.DOCUMENTED, Status.CORROBORATED})
#: Measures that are drawn, and how wide.
_DRAWN: Final = ("victims", "drugs_kg", "assets_usd")
_SMALL: Final = 420
_ARRESTS: Final = "outcomes/arrests"


def pages(site: Renderer) -> Iterator[File]:
    """Yield the first page, and the data of its pictures."""
    model = site.model
    cases = list(model.cases.values())
    facts = [fact for case in cases for fact in case.facts]
    figures = [fact for fact in facts if fact.why.fact_class == FactClass.FIGURE]
    years = by_year(cases)
    listed = Counter(
        fact.path.member
        for fact in facts
        if fact.path.kind == "countries" and fact.why.value != "not listed"
    )
    arrests = [(case, case.by_path[_ARRESTS]) for case in cases if _ARRESTS in case.by_path]
    verdicts = [entry.fact for entry in model.claims if entry.fact and entry.row["checkable"]]

    yield as_csv(
        "data/operations-by-year.csv",
        ("year", *(role or "not stated" for role in ROLES)),
        [(column.label, *(column.count_of(role) for role in ROLES)) for column in years.columns],
    )
    yield as_csv(
        "data/countries.csv",
        ("country", "name", "operations"),
        [(code, model.names.countries[code], count) for code, count in sorted(listed.items())],
    )
    yield site.page(
        "index.html",
        "home",
        title="What INTERPOL’s operations are said to have achieved, and who says so",
        about=f"{len(cases):,} operations, {len(figures):,} figures, numbers of countries "
        f"included, from {len(model.sources):,} public sources. Every figure shows "
        "who says so, and how sure it is.",
        data=_linked(site),
        figures=len(figures),
        counts=tally(facts),
        total=len(facts),
        years=years,
        areas=shares(_areas(site, cases)),
        world=world_map(listed),
        listed=listed,
        most=listed.most_common(_MOST),
        arrests=over_time(stated(arrests)),
        measures=[
            (
                id_,
                model.measures[id_]["name"],
                over_time(measured(cases, model.measured, id_), _SMALL),
            )
            for id_ in _DRAWN
            if id_ in model.measures
        ],
        example=_example(arrests),
        newest=[(case, case.headlines(2)) for case in model.newest[:_NEWEST]],
        verdicts=tally(verdicts),
        quotes=of_dataset(site),
    )


def _areas(site: Renderer, cases: list[Case]) -> Iterator[tuple[str, str, int]]:
    counts = Counter(case.areas[0] for case in cases if case.areas)
    for id_, count in counts.items():
        yield f"areas/{id_}.html", site.model.areas[id_].row["name"], count


def _example(figures: list[tuple[Case, Fact]]) -> tuple[Case, Fact] | None:
    """Return the figure that shows best what evidence can be: a document, and what became of it."""

    def ways(item: tuple[Case, Fact]) -> tuple[bool, int, int, str]:
        case, fact = item
        voices, chosen = fact.why.voices, fact.chosen
        changed = any(changed_on_the_way(fact.path, voice, chosen) for voice in voices)
        told = len({voice.value for voice in voices})
        return fact.status not in _READ or not changed, -told, len(voices), case.id

    return min(figures, key=ways, default=None)


def _linked(site: Renderer) -> Mapping[str, Any]:
    """Return the dataset as JSON-LD of schema.org."""
    descriptor, resources = site.model.descriptor, site.tables.package.resources

    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": descriptor.get("title", ""),
        "description": descriptor.get("description", ""),
        "version": site.model.version,
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "url": site.address("index.html"),
        "keywords": descriptor.get("keywords", []),
        "creator": [
            {"@type": "Organization", "name": item.get("title", "")}
            for item in descriptor.get("contributors") or ()
        ],
        "isAccessibleForFree": True,
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": resources[name].get("mediatype", "text/csv"),
                "contentUrl": site.address(path),
            }
            for name, path in site.table_files.items()
        ],
    }
