"""
Rules on challenges and lessons: what their cases show, and who judges it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from interpol_dataset.evidence.facts import bodies_of
from interpol_dataset.evidence.grade import acted, acting_in
from interpol_dataset.evidence.testimony import testimonies_of
from interpol_dataset.evidence.texts import whose
from interpol_dataset.records import models as m
from interpol_dataset.rules.hints.ids import fact_hint, id_hint
from interpol_dataset.rules.rule import Breach, record_rule
from interpol_dataset.schema.vocabulary import Shows, Sought
from interpol_dataset.values.fact_path import FactPath
from interpol_dataset.values.quantity import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.findings import KeyPath
    from interpol_dataset.records.folder import Entry
    from interpol_dataset.rules.context import Context


#: So many cases show what is more than an instance.
_CASES: Final = 3


def _metrics(context: Context) -> list[str] | None:
    """Return the ids of metrics; none where a file that could not be read hides some."""
    known = context.known_ids["metrics"]

    return None if known is None else sorted(known)


@record_rule(
    "MNG062",
    "figure-of-case",
    m.Challenge,
    m.Lesson,
    needs=("numbers", "cases"),
    basis=_metrics,
)
def figure_of_case(
    entry: Entry, record: m.Challenge | m.Lesson, context: Context
) -> Iterator[Breach]:
    """A result, and a number beside a statement, is a figure of its case, or of a metric."""
    for path, case, fact in _named(entry, record):
        stated = _stated(context, case)
        figures = sorted(path for path, is_figure in stated.items() if is_figure)
        if stated and fact not in figures:
            message = f"'{case}' has no figure '{fact}'"
            yield Breach(entry, path, message, fact_hint(fact, figures))

    known = _metrics(context)
    for index, number in enumerate(record.numbers):
        for name in ("cases_with", "among"):
            start = FactPath(getattr(number, name) or "")
            if known and start.kind == "outcomes" and start.member not in {"", *known}:
                hint = id_hint(context, "metrics", start.member)
                message = f"there is no metric '{start.member}'"
                yield Breach(entry, ("numbers", index, name), message, hint)


def _named(entry: Entry, record: m.Challenge | m.Lesson) -> Iterator[tuple[KeyPath, str, FactPath]]:
    """Return the cases and facts that a record names, each with the path to the fact."""
    # The model sorts links; places follow the file.
    places = {item["case"]: index for index, item in enumerate(entry.data.get("cases") or ())}
    for link in record.cases:
        if link.result is not None:
            yield ("cases", places[link.case], "result"), link.case, link.result
    for index, number in enumerate(record.numbers):
        if number.case is not None and number.fact is not None:
            yield ("numbers", index, "fact"), number.case, number.fact


def _stated(context: Context, id_: str) -> dict[FactPath, bool]:
    """Return the facts that a case states, and of each whether it is a number."""
    case = context.case(id_)
    said = testimonies_of(case, context.sources) if case is not None else ()

    return {item.path: isinstance(item.value, Quantity) for item in said}


@record_rule(
    "POL040",
    "outside-evaluation",
    m.Challenge,
    m.Lesson,
    needs=("evidence", "cases"),
    excusable=True,
)
def outside_evaluation(
    entry: Entry, record: m.Challenge | m.Lesson, context: Context
) -> Iterator[Breach]:
    """An evaluation is of a source that counts, by a body that acted in no case of the record."""
    judging = [
        (index, context.sources[item.source])
        for index, item in enumerate(record.evidence)
        if item.evaluates and item.source in context.sources
    ]
    if not judging:
        return

    bodies = bodies_of(context.organizations.values())
    acting = acting_in(path for link in record.cases for path in _stated(context, link.case))
    for index, source in judging:
        path = ("evidence", index, "evaluates")
        if (body := acted(whose(source), acting, bodies)) is not None:
            message = f"'{body}' acted itself, and so does not evaluate from outside"
            yield Breach(entry, path, message, "remove 'evaluates'")
        elif not source.kind.counts:
            message = f"'{source.id}' is of a kind that never counts"
            yield Breach(entry, path, message, "remove 'evaluates'")


@record_rule("POL041", "sought-further", m.Challenge, m.Lesson, needs=("cases", "searches"))
def sought_further(
    entry: Entry, record: m.Challenge | m.Lesson, _context: Context
) -> Iterator[Breach]:
    """A lesson without a counter-example, and a record of few cases, was sought further in vain."""
    opposite = [link for link in record.cases if link.shows is Shows.COUNTER_EXAMPLE]
    sought = {search.sought for search in record.searches}
    if not entry.is_whole(("searches",)):
        return
    if isinstance(record, m.Lesson) and not opposite and Sought.COUNTER_EXAMPLE not in sought:
        message = "no case shows where the lesson failed or was absent, and nobody looked for one"
        hint = "add one with 'shows: counter-example', or a search with 'sought: counter-example'"
        yield Breach(entry, ("id",), message, hint)
    if len(record.cases) - len(opposite) < _CASES and Sought.CASE not in sought:
        message = f"fewer than {_CASES} cases show it, and nobody looked for more"
        yield Breach(entry, ("id",), message, "add cases, or a search with 'sought: case'")
