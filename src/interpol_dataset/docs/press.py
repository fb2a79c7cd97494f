"""
The page on how police figures change on their way through the press.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from interpol_dataset.docs import markdown
from interpol_dataset.evidence.agreement import is_hedged
from interpol_dataset.evidence.retellings import Change, Retelling, retellings
from interpol_dataset.schema.vocabulary import SourceKind
from interpol_dataset.values.words import quantity_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from interpol_dataset.evidence.facts import Facts
    from interpol_dataset.evidence.testimony import Testimony
    from interpol_dataset.records.kinds import Records
    from interpol_dataset.values.fact_path import FactPath
    from interpol_dataset.values.quantity import Quantity


#: How many examples there are of each change.
_EXAMPLES: Final = 5

_BY_KIND: Final = tuple(change for change in Change if change is not Change.NONE)


class Words(NamedTuple):
    """A figure that a page retells under another metric: the fact's metric, and the page's."""

    case: str
    path: FactPath
    metric: str


def retold(facts: Facts) -> list[tuple[str, Retelling]]:
    """Return every retold figure of which a document or a copy was read, with its case."""
    return [
        (id_, item)
        for (table, id_), known in facts.items()
        if table == "cases"
        for item in retellings(known)
    ]


def words(facts: Facts) -> list[Words]:
    """Return every figure that a page retells under another metric."""
    return [
        Words(id_, path, item.drift_metric)
        for (table, id_), known in facts.items()
        if table == "cases"
        for path, fact in known.items()
        for item in fact.testimonies
        if item.drift_metric and item.counts
    ]


def press(records: Records, facts: Facts) -> str:
    """
    Render the page as Markdown.

    :param records: The records.
    :param facts: Their facts.
    """
    found = retold(facts)
    names = {metric.id: metric.name for metric in records.metrics}
    publishers = {body.id: body.name for body in records.organizations}
    lines = [
        "# How police figures change on their way through the press",
        "",
        "`interpol-dataset build` writes this page from the data.",
        "",
        "INTERPOL, Europol or a police force announces an operation: so many arrests, so many",
        "countries, so much seized. Newsrooms and others retell it. This page compares what they",
        "say with what was announced, figure by figure.",
        "",
        *_summary(found),
        "",
        "## What changes",
        "",
        *_by_change(found),
        "",
        "## Who changes it",
        "",
        "The same by the kind of page that retells the figure; the [codebook](codebook.md) says",
        "what the kinds are. Official pages retell what other bodies announced.",
        "",
        *_by_kind(found),
        "",
        "## Which words change",
        "",
        "What the announcement counts, and what the page makes of it. Figures of which no document",
        "was read are counted here too: of two pages that give one figure different words, one has",
        "changed it. Each was decided by hand.",
        "",
        *_by_word(words(facts), names),
        "",
        "## Examples",
        "",
        "The latest of each kind, one from a case.",
        "",
        *_examples(found, names, publishers),
        "## How this is counted",
        "",
        "- A **figure** is a number of a case: a result, or how many countries took part.",
        "- A **retelling** is a figure that a page states on the word of another body. It counts",
        "  if that body's own document was read, or the full text of it on a page of others;",
        "  whoever carries the full text retells nothing.",
        "- It is compared with the document or copy that it comes nearest to, in any language. A",
        "  change of hedge that a translation brought about counts as one.",
        "- Two numbers **agree** if one is the other rounded, or lies within what the hedge of",
        "  the other leaves open. The [codebook](codebook.md) has the rules.",
        "- A **number** that does not agree is not always a mistake of the press. The body may",
        "  have told it otherwise in a document that was not read, or have counted again.",
        "- What a page leaves out is not counted, and pages were not drawn at random: they were",
        "  found by looking for operations.",
    ]

    return "\n".join(lines) + "\n"


def _summary(found: list[tuple[str, Retelling]]) -> Iterator[str]:
    counts = Counter(item.change for _, item in found)
    pages = len({item.told.source.id for _, item in found})
    kept, lost, added = (
        counts[change] for change in (Change.NONE, Change.HEDGE_LOST, Change.HEDGE_ADDED)
    )
    hedged = sum(is_hedged(item.original.stated) for _, item in found)
    plain = len(found) - hedged

    yield (
        f"Of {len(found):,} retold figures on {pages:,} pages, {kept:,} were repeated unchanged "
        f"({_share(kept, len(found))})."
    )
    yield (
        f"{hedged:,} of them had a hedge, such as nearly or about; {lost:,} lost it "
        f"({_share(lost, hedged)})."
    )
    yield f"{plain:,} had none; {added:,} got one ({_share(added, plain)})."


def _by_change(found: list[tuple[str, Retelling]]) -> Iterator[str]:
    counts = Counter(item.change for _, item in found)

    yield from markdown.table(
        ("change", "retellings", "share", "what it means"),
        (
            (change, f"{counts[change]:,}", _share(counts[change], len(found)), change.meaning)
            for change in Change
        ),
    )


def _by_kind(found: list[tuple[str, Retelling]]) -> Iterator[str]:
    counts = Counter((item.told.source.kind, item.change) for _, item in found)
    totals = Counter(item.told.source.kind for _, item in found)

    yield from markdown.table(
        ("kind of page", "retellings", "changed", *_BY_KIND),
        (
            (
                kind,
                f"{totals[kind]:,}",
                _share(totals[kind] - counts[kind, Change.NONE], totals[kind]),
                *(str(counts[kind, change] or "") for change in _BY_KIND),
            )
            for kind in SourceKind
            if totals[kind]
        ),
    )


def _by_word(changed: list[Words], names: dict[str, str]) -> Iterator[str]:
    pages = Counter((item.path.member, item.metric) for item in changed)
    cases = Counter(
        (metric, other) for metric, other, _ in {(w.path.member, w.metric, w.case) for w in changed}
    )

    yield from markdown.table(
        ("announced", "retold as", "figures", "cases"),
        (
            (
                markdown.text(names[metric]),
                markdown.text(names[other]),
                str(count),
                str(cases[metric, other]),
            )
            for (metric, other), count in sorted(
                pages.items(), key=lambda pair: (-pair[1], pair[0])
            )
        ),
    )


def _examples(
    found: list[tuple[str, Retelling]], names: dict[str, str], publishers: dict[str, str]
) -> Iterator[str]:
    for change in _BY_KIND:
        chosen = list(_latest((case, item) for case, item in found if item.change is change))
        if not chosen:
            continue

        yield f"**{change.capitalize()}**"
        yield ""
        for case, item in chosen:
            told, publisher = item.told, publishers[item.told.source.publisher]
            word = told.drift_metric
            as_what = f" ({markdown.text(names[word])})" if word else ""
            yield (
                f"- [{case} `{item.path}`](../data/records/cases/{case}.yaml): "
                f"{_figure(item.original)}; {markdown.text(publisher)}: {_figure(told)}{as_what}"
            )
        yield ""


def _latest(found: Iterable[tuple[str, Retelling]]) -> Iterator[tuple[str, Retelling]]:
    """Yield the latest retellings, one for each case."""
    by_case: dict[str, Retelling] = {}
    ordered = sorted(found, key=lambda pair: (pair[0], pair[1].path, pair[1].told.source.id))
    for case, item in sorted(ordered, key=lambda pair: pair[1].told.published, reverse=True):
        by_case.setdefault(case, item)

    yield from list(by_case.items())[:_EXAMPLES]


def _figure(item: Testimony) -> str:
    return markdown.text(quantity_in_words(cast("Quantity", item.value), item.unit))


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "0.0%"
