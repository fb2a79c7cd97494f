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
    from collections.abc import Iterator, Mapping
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


def source_text(page: Page, id_: str, publisher: str, today: date) -> str:
    """Return the text of a proposed source record."""
    dated = (
        _line("", "published", page.published, "the page's own date")
        if page.published
        else _blank("", "published", "or 'undated:' with the reason")
    )
    lines = [
        modeline(_KINDS["source"]),
        f"id: {id_}",
        _blank("", "kind", "official, news, copy, ..."),
        _line("", "publisher", publisher, "by the address")
        if publisher
        else _blank("", "publisher", "who carries it"),
        _blank("", "asserter", "whose word it is; of a retold release, 'interpol'"),
        _line("", "title", scalar(page.title), "title")
        if page.title
        else _blank("", "title", "the document's own"),
        _line("", "url", page.url, "check it")
        if page.url
        else _blank("", "url", "the page's own address"),
        dated,
        _line("", "retrieved", f"{today}", "the day it was saved"),
        _line("", "language", page.language, "by its words"),
        f"content_hash: '{page.content_hash}'",
    ]

    return "\n".join(lines) + "\n"


def case_text(page: Page, id_: str) -> str:
    """Return what a proposed case begins with, up to its reports."""
    name = operation_name(page)
    lines = [
        modeline(_KINDS["case"]),
        f"id: {id_}",
        _line("", "name", scalar(name), "named first")
        if name
        else _blank("", "name", "the name that the sources use"),
        _blank("", "categories", "main crime area first: [online-fraud, ...]"),
        _blank("", "summary", "two to four sentences of your own"),
        "reports:",
    ]

    return "\n".join(lines) + "\n"


def report_text(report: Report, source: str) -> str:
    """Return the text of a proposed report, as an item of a case's reports."""
    return "\n".join([f"  - source: {source}", *_report_lines(report)]) + "\n"


def _report_lines(report: Report) -> Iterator[str]:
    yield _stated("interpol_role", report.role, "coordinated, co-led or supported")
    yield _stated("period", report.period, "of the action; remove the line if the page has none")
    if report.announced:
        yield _stated("announced", report.announced, "")
    if report.country_count:
        yield _stated("country_count", report.country_count, "")
    if report.countries:
        yield from _country_lines(report.countries)
    if report.outcomes:
        yield "    outcomes:"
        yield from map(_outcome_line, report.outcomes)


def _stated(name: str, proposal: Proposal | None, hint: str) -> str:
    if proposal is None:
        return _marked(f"    {name}: {{value: ..., at: ...}}", hint)
    value = _value(proposal.value) if proposal.value else "..."

    return _marked(
        f"    {name}: {{value: {value}, at: {proposal.at}}}",
        _words(proposal) + ("" if proposal.value else "; in which year?"),
    )


def _country_lines(countries: Mapping[str, Proposal]) -> Iterator[str]:
    places = ", ".join(dict.fromkeys(it.at for it in countries.values()))
    codes = ", ".join(sorted(countries))
    yield _marked(
        f"    countries: {{complete: false, list: [{codes}], at: {scalar(places)}}}",
        "; ".join(_words(it) for it in [*countries.values()][:_NAMED]),
    )


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


def _line(indent: str, name: str, value: str, words: str) -> str:
    return _marked(f"{indent}{name}: {value}", words)


def _blank(indent: str, name: str, hint: str) -> str:
    return _marked(f"{indent}{name}: ...", hint)


def _marked(text: str, words: str) -> str:
    return f"{text:<{_COLUMN}} {DRAFT} {words}".rstrip()
