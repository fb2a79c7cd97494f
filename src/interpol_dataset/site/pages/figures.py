"""Figures: what they show, on the first page; and how much was announced of things and metrics."""

from __future__ import annotations

from collections import Counter
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from interpol_dataset.dataset.sentence import changed_on_the_way
from interpol_dataset.schema.vocabulary import FactClass, Status
from interpol_dataset.site.answers import Answer, answer
from interpol_dataset.site.charts import Edition, compared, shares
from interpol_dataset.site.model import Case, Fact, Model, tally
from interpol_dataset.site.render import File, Renderer, as_csv
from interpol_dataset.values.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


_ARRESTS: Final = "outcomes/arrests"
#: How many of the largest operations a finding names.
_LARGEST: Final = 6
#: What becomes of suspects and money, from what is announced most to what is seldom.
_CHAIN: Final = (
    *("arrests", "persons-charged", "convictions", "assets-seized", "confiscation-ordered"),
    "assets-recovered",
)


class Finding(NamedTuple):
    """Something that the data show, in a sentence; its page, and a picture that proves it."""

    text: str
    href: str
    picture: str
    data: Any
    note: str


def first_page(site: Renderer) -> Iterator[File]:
    """Yield the first page."""
    model = site.model
    cases = list(model.cases.values())
    facts = [fact for case in cases for fact in case.facts]
    figures = [fact for fact in facts if fact.why.fact_class == FactClass.FIGURE]

    yield site.page(
        "index.html",
        "home",
        data=_linked(site),
        figures=len(figures),
        findings=[*_findings(model, figures)],
        areas=shares(
            (f"areas/{id_}.html", model.areas[id_].name, count)
            for id_, count in Counter(case.areas[0] for case in cases if case.areas).items()
        )[:12],
        example=_example(cases),
    )


def _findings(model: Model, figures: Sequence[Fact]) -> Iterator[Finding]:
    for find in (_few_make_most, _one_makes_much, _growth, _seldom):
        found = find(model)
        if found is not None:
            yield found
    if figures:
        yield _who_says_so(figures)


def _few_make_most(model: Model) -> Finding | None:
    """Return how many operations account for half of all arrests."""
    whole = answer(model, "arrests")
    if whole is None:
        return None
    sizes = [row["point"] for row in whole.rows]
    half = 1 + sum(size * 2 < sum(sizes) for size in accumulate(sizes))
    text = (
        f"Of the arrests announced, {whole.range}, half come from {half} of "
        f"{counted(whole.operations, 'operation')}."
    )
    return Finding(text, whole.href, "totals", whole.totals[:_LARGEST], "The largest")


def _one_makes_much(model: Model) -> Finding | None:
    """Return the operation with the largest share of one thing that many operations seized."""
    several = 20
    asked = (answer(model, "weight-seized", thing) for thing in model.things)
    found = [
        item for item in asked if item and item.operations >= several and not item.totals[0].how
    ]
    if not found:
        return None

    def share(item: Answer) -> float:
        return float(item.rows[0]["point"] / item.sums[1])

    item = max(found, key=share)
    first = item.totals[0]
    year = f" ({first.case.year})" if first.case.year else ""
    text = (
        f"{first.case.short}{year} alone announced {first.text} {item.words}, "
        f"{round(share(item) * 100)}% of what {item.operations} operations did."
    )

    return Finding(text, item.href, "totals", item.totals[:_LARGEST], "The largest")


def _growth(model: Model) -> Finding | None:
    """Return the series whose arrests rose most steadily from edition to edition."""
    several, mostly = 4, 0.7
    stating = {
        id_: compared(
            (case, case.by_path[_ARRESTS])
            for case in cases
            if case.year and _ARRESTS in case.by_path
        )
        for id_, cases in model.series.items()
    }
    found = [item for item in stating.items() if len(item[1]) >= several]
    if not found:
        return None

    def steady(item: tuple[str, Sequence[Edition]]) -> tuple[bool, int, float]:
        rises = [before.point < after.point for before, after in pairwise(item[1])]
        return sum(rises) >= len(rises) * mostly, len(rises), item[1][-1].fact.size

    id_, editions = max(found, key=steady)
    first, last = editions[0], editions[-1]
    text = (
        f"{model.series_name(id_)} grew: from {first.fact.line} in {first.case.year} "
        f"to {last.fact.line} in {last.case.year}."
    )

    return Finding(text, f"series/{id_}.html", "editions", editions, "Edition by edition")


def _seldom(model: Model) -> Finding | None:
    """Return how few of the operations with arrests have convictions on record."""
    answers = {metric: answer(model, metric) for metric in _CHAIN if metric in model.metrics}
    found = {
        metric: {row["case_id"] for row in item.rows} if item else set()
        for metric, item in answers.items()
    }
    arrests, convictions = found.get("arrests"), found.get("convictions")
    if not arrests or convictions is None:
        return None
    text = (
        f"{counted(len(arrests), 'operation')} announced arrests; for "
        f"{len(arrests & convictions)} of them convictions are on record here."
    )
    bars = shares(
        (f"metrics/{metric}.html", model.metrics[metric]["name"], len(cases))
        for metric, cases in found.items()
    )

    return Finding(text, "metrics/convictions.html", "bars", bars, "Operations that announced it")


def _who_says_so(figures: Sequence[Fact]) -> Finding:
    """Return how many figures somebody other than the announcing bodies confirms."""
    counts = Counter(fact.status for fact in figures)
    text = (
        f"Of {len(figures):,} figures {counts[Status.CORROBORATED]:,} are confirmed by somebody "
        f"who could know separately; {counts[Status.DISPUTED]:,} are disputed."
    )
    return Finding(text, "disputed.html", "tally", (tally(figures), len(figures)), "By status")


def _example(cases: Sequence[Case]) -> tuple[Case, Fact] | None:
    """Return the figure that teaches best: a few voices, a document, and what was made of it."""
    figures = [(case, fact) for case in cases for fact in case.headlines[:1]]
    several = 2

    def lacks(item: tuple[Case, Fact]) -> tuple[bool, bool, bool, int, str]:
        case, fact = item
        voices, chosen = fact.why.voices, fact.why.taken
        changed = any(changed_on_the_way(fact.path, voice, chosen) for voice in voices)
        was_read = fact.status in {Status.DOCUMENTED, Status.CORROBORATED}
        return (
            len(voices) not in range(3, 8) or not was_read,
            len(fact.why.parties) < several,
            len({voice.value for voice in voices}) < several or not changed,
            -(case.year or 0),
            case.id,
        )

    return min(figures, key=lacks, default=None)


def _linked(site: Renderer) -> Mapping[str, Any]:
    """Return the dataset as JSON-LD of schema.org."""
    package = site.tables.package
    descriptor, resources = package.descriptor, package.resources

    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": descriptor.get("title", ""),
        "description": descriptor.get("description", ""),
        "version": package.version,
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


#: The columns of CSV, with the names that the tables give them; ``added`` is whether a row is in
#: the number that the page begins with.
_COLUMNS: Final = (
    *("case_id", "name", "year", "metric_id", "object_id", "value_text", "point", "lower"),
    *("upper", "unit", "status", "basis", "counted_in", "added", "page"),
)


def figure_pages(site: Renderer) -> Iterator[File]:
    """Yield the list of things and metrics, and a page for each."""
    model = site.model
    things = {id_: _of_thing(model, id_) for id_ in model.things}
    metrics = {id_: answer(model, id_) for id_, row in model.metrics.items() if row["adds_up"]}
    yield _list(site, things, metrics)
    for id_, answers in things.items():
        row = model.objects[id_]
        yield site.page(f"things/{id_}.html", "figure", id=id_, row=row, found=answers, things=())
        yield _csv(site, f"things/{id_}.csv", answers)
    for id_, row in model.metrics.items():
        whole = metrics.get(id_)
        found, parts = [whole] if whole else [], _parts(model, id_)
        yield site.page(f"metrics/{id_}.html", "figure", id=id_, row=row, found=found, things=parts)
        yield _csv(site, f"metrics/{id_}.csv", found or parts)


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
    site: Renderer, things: Mapping[str, Sequence[Answer]], metrics: Mapping[str, Answer | None]
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
        groups=[
            ("Things", "thing", sorted(named, key=rank)),
            ("What was counted", "metric", sorted(counts, key=rank)),
        ],
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
