"""Rules on claims, challenges and lessons: what shows them, who judges it, and what was sought."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

from interpol_dataset.evidence.facts import acted, acting_in
from interpol_dataset.evidence.testimony import whose
from interpol_dataset.records import models as m
from interpol_dataset.rules.hints import fact_meant, id_hint
from interpol_dataset.rules.rule import Breach, Breaches, record_rule
from interpol_dataset.schema.vocabulary import Shows, Sought, StepOutcome, Tool
from interpol_dataset.suggest import suggestion
from interpol_dataset.values.fact_path import FactPath

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.findings import KeyPath
    from interpol_dataset.records.parse import Entry
    from interpol_dataset.rules.context import Context

    _Statement: TypeAlias = m.Challenge | m.Lesson

#: How the id of a claim ends: with its paragraph, and its number there.
_ID: Final = re.compile(r"-p([0-9]+)-[0-9]+$")
#: How many cases a statement needs to be more than an anecdote.
_CASES: Final = 3
#: What the path of a fact can name, by its kind: records of a table, or terms.
_RECORDS: Final = {
    "countries": ("country", "countries"),
    "organizations": ("organization", "organizations"),
    "outcomes": ("metric", "metrics"),
}
_TERMS: Final = {"proceedings": ("step", [*StepOutcome]), "tools": ("tool", [*Tool])}
#: What else a fact of a case can be.
_SINGLE: Final = ("exists", "interpol_role", "period", "announced", "country_count")


@record_rule("POL008", m.ClaimSet, needs=("claims",))
def claim_paragraph(entry: Entry, _record: m.ClaimSet, _context: Context) -> Breaches:
    """A paragraph has one hash, and the ids of its claims name it."""
    hashes: dict[int, str] = {}
    paragraphs: dict[str, int] = {}
    # The model sorts claims; places follow the file.
    for index, claim in enumerate(entry.data["claims"]):
        number, hash_ = claim["paragraph"], claim["paragraph_sha256"]
        path: KeyPath = ("claims", index, "paragraph_sha256")
        if number not in hashes and paragraphs.setdefault(hash_, number) != number:
            message = f"paragraph {paragraphs[hash_]} has the same hash"
            yield Breach(entry, path, message, "hash the paragraph again")
        if hashes.setdefault(number, hash_) != hash_:
            message = f"paragraph {number} has another hash in an earlier claim"
            yield Breach(entry, path, message, "hash the paragraph again")

        named = _ID.search(claim["id"])
        if named is None or int(named[1]) != number:
            message = f"the id '{claim['id']}' does not name paragraph {number}"
            hint = f"end it with -p{number:02}-NN"
            yield Breach(entry, ("claims", index, "id"), message, hint)


@record_rule("POL009", m.ClaimSet, needs=("claims",), excusable=True)
def claim_checked(entry: Entry, _record: m.ClaimSet, _context: Context) -> Breaches:
    """A claim that can be checked was checked: it has evidence, or a search that found none."""
    for index, claim in enumerate(entry.data["claims"]):
        found = claim.get("evidence") or claim.get("searches")
        if claim["checkable"] and not found and entry.is_whole(("claims", index)):
            message = "the claim is checkable and nobody has checked it"
            hint = "add evidence, or the searches that found none"
            yield Breach(entry, ("claims", index, "checkable"), message, hint)


@record_rule("MNG042", m.Case, needs=("searches",))
def sought_in_vain(entry: Entry, record: m.Case, _context: Context) -> Breaches:
    """A search for a case looks for a document of a named body, or for proceedings."""
    for index, search in enumerate(record.searches):
        if (search.sought is Sought.DOCUMENT) != (search.of is not None):
            message = "a document is sought of one body, and nothing else is"
            hint = "add 'of: ...'" if search.of is None else "remove 'of', or seek a document"
            yield Breach(entry, ("searches", index, "sought"), message, hint)


def _known(context: Context) -> dict[str, list[str]]:
    """Return the ids that paths can name, of the tables that could be read in full."""
    tables = ("objects", *(table for _, table in _RECORDS.values()))
    return {table: sorted(ids) for table in tables if (ids := context.known_ids[table]) is not None}


@record_rule("MNG062", m.Challenge, m.Lesson, needs=("numbers", "cases"), basis=_known)
def figure_of_case(entry: Entry, record: _Statement, context: Context) -> Breaches:
    """A result, and a number of a statement, is a figure of its case, or of a metric."""
    for path, case, fact in _named(entry, record):
        stated = context.stated_in(case)
        figures = sorted(path for path, is_figure in stated.items() if is_figure)
        if stated and fact not in figures:
            message = f"'{case}' has no figure '{fact}'"
            if fact in stated and fact.is_figure:
                message += " from a source that counts"
            yield Breach(entry, path, message, fact_meant(fact, figures))

    known = _known(context)
    for index, number in enumerate(record.numbers):
        for name in ("cases_with", "among"):
            if start := getattr(number, name):
                for message, hint in _unknown(FactPath(start), known, context):
                    yield Breach(entry, ("numbers", index, name), message, hint)


def _unknown(
    start: FactPath, known: dict[str, list[str]], context: Context
) -> Iterator[tuple[str, str]]:
    """Return the unknown names in the beginning of a path, which no case can match."""
    kinds = (*_SINGLE, *_RECORDS, *_TERMS)
    if start.kind not in kinds:
        hint = suggestion(start.kind, kinds, f"begin with one of: {', '.join(kinds)}")
        yield f"no fact of a case begins with '{start.kind}'", hint

    what, terms = _TERMS.get(start.kind, ("", []))
    if terms and start.member not in {"", *terms}:
        hint = suggestion(start.member, terms, f"use one of: {', '.join(terms)}")
        yield f"there is no {what} '{start.member}'", hint

    named = [(*_RECORDS.get(start.kind, ("", "")), start.member)]
    if start.kind == "outcomes":
        named.append(("object", "objects", start.object or ""))
    for what, table, id_ in named:
        if id_ and table in known and id_ not in known[table]:
            yield f"there is no {what} '{id_}'", id_hint(context, table, id_)


def _named(entry: Entry, record: _Statement) -> Iterator[tuple[KeyPath, str, FactPath]]:
    # The model sorts links; places follow the file.
    places = {item["case"]: index for index, item in enumerate(entry.data.get("cases") or ())}
    for link in record.cases:
        if link.result is not None:
            yield ("cases", places[link.case], "result"), link.case, link.result
    for index, number in enumerate(record.numbers):
        if number.case is not None and number.fact is not None:
            yield ("numbers", index, "fact"), number.case, number.fact


@record_rule("POL040", m.Challenge, m.Lesson, needs=("evidence", "cases"), excusable=True)
def outside_evaluation(entry: Entry, record: _Statement, context: Context) -> Breaches:
    """An evaluation is in a source that counts, by a body that acted in none of the cases."""
    judging = [
        (index, context.sources[item.source])
        for index, item in enumerate(record.evidence)
        if item.evaluates and item.source in context.sources
    ]
    if not judging:
        return

    cases = (case for link in record.cases if (case := context.case(link.case)) is not None)
    named = {
        FactPath(f"organizations/{partner.organization}")
        for case in cases
        for report in case.reports
        for partner in report.organizations
    }
    acting = acting_in(named)
    for index, source in judging:
        path = ("evidence", index, "evaluates")
        if (body := acted(whose(source), acting, context.bodies)) is not None:
            message = f"'{body}' acted in a case itself, so it does not evaluate from outside"
            yield Breach(entry, path, message, "remove 'evaluates'")
        elif not source.kind.counts:
            message = f"'{source.id}' is of a kind that never counts"
            yield Breach(entry, path, message, "remove 'evaluates'")


@record_rule("POL041", m.Challenge, m.Lesson, needs=("cases", "searches"))
def sought_further(entry: Entry, record: _Statement, _context: Context) -> Breaches:
    """A record of few cases, or a lesson without a counter-example, says that more was sought."""
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
