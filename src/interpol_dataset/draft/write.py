"""
Proposals as YAML, each line with its mark, the place and a few words that it was read from.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from interpol_dataset.draft.known import operation_name
from interpol_dataset.records.comments import DRAFT
from interpol_dataset.records.formatter import modeline, scalar
from interpol_dataset.records.kinds import KINDS
from interpol_dataset.suggest import slug_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from interpol_dataset.draft.page import Page
    from interpol_dataset.draft.propose import Outcome, Proposal, Report
    from interpol_dataset.records.kinds import Records


_KINDS: Final = {kind.name: kind for kind in KINDS}

#: How many countries are shown with the words around them.
_NAMED: Final = 4

#: Where marks begin, if the line leaves room.
_COLUMN: Final = 56


def source_id(page: Page, publisher: str, subject: str) -> str:
    """Return an id for the source: its publisher, its date and its subject."""
    parts = [publisher or slug_of(page.site) or "publisher", page.published, subject]

    return slug_of("-".join(part for part in parts if part))[:80].strip("-")


def publisher_of(page: Page, records: Records) -> str:
    """Return the organization that publishes at the address of a page; empty if none is known."""
    host = _host(page.url)
    if not host:
        return ""
    sites = {_host(it.url): it.id for it in records.organizations if it.url}
    sources = {_host(it.url): it.publisher for it in records.sources if it.url}

    return sites.get(host) or sources.get(host) or ""


def _host(url: str | None) -> str:
    return (urlsplit(url or "").hostname or "").removeprefix("www.")


def case_id(page: Page) -> str:
    """Return an id for a new case."""
    return slug_of(operation_name(page)).removeprefix("operation-") or "new-operation"


def source_text(page: Page, id_: str, publisher: str, saved: date) -> str:
    """Return the text of a proposed source record."""
    return _record(
        "source",
        ("id", id_, ""),
        ("kind", "", "official, news, copy, ..."),
        ("publisher", publisher, "who carries it"),
        ("asserter", "", "whose word it is; of a retold release, 'interpol'"),
        ("title", page.title and scalar(page.title), "the document's own"),
        ("url", page.url, "the page's own address"),
        ("published", page.published, "or 'undated:' with the reason"),
        ("retrieved", f"{saved}", "the day it was saved"),
        ("language", page.language, "by its words"),
        *([("content_hash", f"'{page.content_hash}'", "")] if page.content_hash else []),
    )


def case_text(page: Page, id_: str) -> str:
    """Return what a proposed case begins with, up to its reports."""
    name = operation_name(page)
    begun = _record(
        "case",
        ("id", id_, ""),
        ("name", name and scalar(name), "the name that the sources use"),
        ("categories", "", "the main crime area first: [online-fraud, ...]"),
        ("summary", "", "two to four sentences of your own"),
    )

    return f"{begun}reports:\n"


def _record(kind: str, *lines: tuple[str, str, str]) -> str:
    """Return the text of a record: names, values (empty where they are not known) and remarks."""
    found = [
        _marked(f"{name}: {value or '...'}", words) if words else f"{name}: {value}"
        for name, value, words in lines
    ]

    return "\n".join([modeline(_KINDS[kind]), *found]) + "\n"


def report_text(report: Report, source: str) -> str:
    """Return the text of a proposed report, as an item of a case's reports."""
    return "\n".join([f"  - source: {source}", *_report_lines(report)]) + "\n"


def _report_lines(report: Report) -> Iterator[str]:
    yield _stated("interpol_role", report.role) or _marked(
        "    interpol_role: {value: ..., at: ...}", "coordinated, co-led or supported"
    )
    yield from filter(
        None, (_stated("period", report.period), _stated("announced", report.announced))
    )
    yield from filter(None, [_stated("country_count", report.country_count)])
    if report.countries:
        codes, said = ", ".join(sorted(report.countries)), [*report.countries.values()]
        places = scalar(", ".join(dict.fromkeys(it.at for it in said)))
        words = "; ".join(_words(it) for it in said[:_NAMED])
        yield _marked(f"    countries: {{complete: false, list: [{codes}], at: {places}}}", words)
    if report.outcomes:
        yield "    outcomes:"
        yield from map(_outcome_line, report.outcomes)


def _stated(name: str, proposal: Proposal | None) -> str:
    """Return the line of a value; nothing where the page has none."""
    if proposal is None:
        return ""
    value = _value(proposal.value) if proposal.value else "..."
    words = _words(proposal) + ("" if proposal.value else "; in which year?")

    return _marked(f"    {name}: {{value: {value}, at: {proposal.at}}}", words)


def _outcome_line(outcome: Outcome) -> str:
    fields = {
        "metric": outcome.metric,
        "object": outcome.object,
        "place": outcome.place,
        "value": outcome.proposal.value,
        "unit": outcome.unit,
        "at": outcome.proposal.at,
    }
    listed = ", ".join(f"{name}: {_value(value)}" for name, value in fields.items() if value)

    return _marked(f"      - {{{listed}}}", _words(outcome.proposal))


def _value(text: str) -> str:
    """Write a value: a number as it is, and a text in quotes where it would be something else."""
    return text if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", text) else scalar(text)


def _words(proposal: Proposal) -> str:
    """Return the words that a proposal was read from, without what would end a comment."""
    return re.sub(r"\s+", " ", proposal.words).strip(" ,;:.")


def _marked(text: str, words: str) -> str:
    return f"{text:<{_COLUMN}} {DRAFT} {words}".rstrip()
