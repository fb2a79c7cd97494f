"""
Things and metrics: how much was announced, by year, by operation, by country, and in what parts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.site.answers import answer
from interpol_dataset.site.shared import as_csv
from interpol_dataset.values.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from interpol_dataset.site.answers import Answer
    from interpol_dataset.site.model import Model
    from interpol_dataset.site.render import File, Renderer

#: The columns of CSV, with the names that the tables give them; ``added`` is whether a row is in
#: the number that the page begins with.
_COLUMNS: Final = (
    *("case_id", "name", "year", "metric_id", "object_id", "value_text", "point", "lower"),
    *("upper", "unit", "status", "basis", "counted_in", "added", "page"),
)
#: What fewer operations announced is a line, not a section.
_FEW: Final = 3


def pages(site: Renderer) -> Iterator[File]:
    """Yield the list of things and metrics, and a page for each."""
    model = site.model
    things = {id_: _of_thing(model, id_) for id_ in model.things}
    metrics = {id_: answer(model, id_) for id_, row in model.metrics.items() if row["adds_up"]}
    yield _list(site, things, metrics)
    for id_, answers in things.items():
        yield _page(site, f"things/{id_}", model.objects[id_], answers)
        yield _csv(site, f"things/{id_}.csv", answers)
    for id_, row in model.metrics.items():
        whole = metrics.get(id_)
        parts = _parts(model, id_)
        yield _page(site, f"metrics/{id_}", row, [whole] if whole else [], parts)
        yield _csv(site, f"metrics/{id_}.csv", [whole] if whole else parts)


def _of_thing(model: Model, thing: str) -> list[Answer]:
    """Return the answers about a thing, those of most operations first."""
    asked = [metric for _, metric, object_ in model.totals if object_ == thing]
    return _by_operations(answer(model, metric, thing) for metric in asked)


def _parts(model: Model, metric: str) -> list[Answer]:
    """Return the answers of a metric about things that lie in no other, the largest first."""
    asked = [thing for _, other, thing in model.totals if other == metric and thing]
    tops = [thing for thing in asked if model.objects[thing]["parent_id"] is None]
    return _by_operations(answer(model, metric, thing) for thing in tops)


def _by_operations(answers: Iterable[Answer | None]) -> list[Answer]:
    return sorted(filter(None, answers), key=lambda item: (-item.operations, item.asked))


def _list(
    site: Renderer,
    things: Mapping[str, Sequence[Answer]],
    metrics: Mapping[str, Answer | None],
) -> File:
    model = site.model
    counts = [(f"{id_}.html", row, metrics.get(id_)) for id_, row in model.metrics.items()]
    named = [
        (f"../things/{id_}.html", {"name": model.names.objects[id_]}, answers[0])
        for id_, answers in things.items()
    ]

    def rank(item: tuple[str, Mapping[str, Any], Answer | None]) -> tuple[int, str]:
        return -item[2].operations if item[2] else 0, item[1]["name"]

    return site.page(
        "metrics/index.html",
        "figures",
        title="Figures",
        about="How much was announced, of each thing and by each metric. Different metrics are "
        "never turned into each other.",
        groups=[
            ("Things", "thing", sorted(named, key=rank)),
            ("What was counted", "metric", sorted(counts, key=rank)),
        ],
    )


def _page(
    site: Renderer,
    path: str,
    row: Mapping[str, Any],
    answers: Sequence[Answer],
    parts: Sequence[Answer] = (),
) -> File:
    """Return the page of a thing or a metric."""
    name = path.rpartition("/")[2]
    told = "Figures"
    if answers:
        first = answers[0]
        told = f"{first.range} {first.words}, by {counted(first.operations, 'operation')}"
    return site.page(
        f"{path}.html",
        "figure",
        title=site.model.names.objects.get(name, str(row["name"])),
        about=f"{told[:1].upper()}{told[1:]}, with the sources.",
        twins=[("text/csv", f"{name}.csv")],
        id=name,
        row=row,
        answers=[item for at, item in enumerate(answers) if item.operations >= _FEW or not at],
        few=[item for item in answers[1:] if item.operations < _FEW],
        things=parts,
    )


def _csv(site: Renderer, path: str, answers: Sequence[Answer]) -> File:
    """Return the figures of answers, and those that are not added up in them, as CSV."""
    rows = [
        {
            **row,
            "name": (case := site.model.cases[row["case_id"]]).name,
            "year": case.year,
            "object_id": row.get("object_id"),
            "added": added,
            "page": site.target.url and site.address(f"cases/{case.id}.html"),
        }
        for item in answers
        for added, found in ((True, item.rows), (False, item.apart))
        for row in found
    ]

    return as_csv(path, _COLUMNS, [[row[name] for name in _COLUMNS] for row in rows])
