"""
From saved pages to a draft as YAML: a source for each page, and one case with a report of each.

Each line has its mark, and a few of the words that it was read from. A page has paragraphs, a
language, and what it says of itself.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from interpol_dataset.draft.propose import (
    Page,
    Paragraph,
    alike,
    editions,
    months_of,
    names_of_others,
    operation_name,
    propose,
)
from interpol_dataset.errors import ExportError, PackageError, UnknownRecordError, needing
from interpol_dataset.files import read_file, write_file
from interpol_dataset.records.compose import DRAFT
from interpol_dataset.records.document import KINDS, Records
from interpol_dataset.records.folder import RECORDS
from interpol_dataset.records.formatter import MAX_ID, modeline, scalar
from interpol_dataset.rules.pages import SEPARATOR
from interpol_dataset.suggest import folded_name, numbered, slug_of, suggestion
from interpol_dataset.values.web import canonical, content_hash, host_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from interpol_dataset.draft.propose import Likeness, Outcome, Report
    from interpol_dataset.records.models import Case, Source

#: A saved page with pictures in it is larger than any text.
MAX_BYTES: Final = 20 << 20
#: The first bytes of a page of the web, after white space.
_MARKUP: Final = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|!--|html|head|body|\?xml)", re.IGNORECASE
)
#: What other files begin with, and what they are.
_OTHERS: Final = {
    b"%PDF": "a PDF; save its text (pdftotext, or copy it into a .txt file)",
    b"PK\x03\x04": "an archive or an office document; save its text as .txt",
    b"From: <Saved": "a web archive (.mhtml); save the page as HTML",
}
#: A title is a line without a full stop, and no longer than this many words.
_LONGEST_TITLE: Final = 30
#: A text of fewer words is not a report of an operation.
_FEWEST: Final = 20


def read_page(path: Path) -> Page:
    """Read a saved page, of HTML or of text; an error says what else the file is."""
    content = read_file(path, MAX_BYTES)
    for start, what in _OTHERS.items():
        if content.startswith(start):
            raise PackageError(f"this is {what}", where=str(path))
    if b"\x00" in content[:4096]:
        hint = "save the page as HTML, or its text as .txt"
        raise PackageError("this is not text", where=str(path), hint=hint)

    is_markup = bool(_MARKUP.match(content))
    page = _of_markup(content) if is_markup else of_text(content.decode("utf-8", "replace"))
    if sum(len(paragraph.text.split()) for paragraph in page.paragraphs) < _FEWEST:
        hint = "open it in a browser: if the text is there, copy it into a .txt file"
        raise PackageError("there is hardly any text in this page", where=str(path), hint=hint)

    return page


def of_text(text: str) -> Page:
    """Return a page of text, a paragraph a line; a first one without a full stop is its title."""
    first = next(iter(_lines(text)), "")
    titled = len(first.split()) <= _LONGEST_TITLE and not first.endswith((".", ":", ";"))
    return Page(*_read(_lines(text), titled=titled), first if titled else "")


def _of_markup(content: bytes) -> Page:
    with needing("draft"):
        from trafilatura import bare_extraction  # noqa: PLC0415  # an extra

    found = bare_extraction(content, include_comments=False, favor_recall=True, with_metadata=True)
    text, title, date, url, site = (
        str(getattr(found, name, None) or "")
        for name in ("text", "title", "date", "url", "sitename")
    )
    title, lines = " ".join(title.split()), _lines(text)
    if title and lines[:1] != [title]:
        lines.insert(0, title)
    hash_ = content_hash(content, "text/html")

    return Page(*_read(lines, titled=bool(title)), title, date, url, site, hash_)


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _read(lines: list[str], *, titled: bool) -> tuple[tuple[Paragraph, ...], str]:
    with needing("draft"):
        import py3langid  # noqa: PLC0415  # an extra
    paragraphs = tuple(
        Paragraph("title" if titled and line == 1 else f"paragraph {line - titled}", text)
        for line, text in enumerate(lines, 1)
    )
    return paragraphs, str(py3langid.classify("\n".join(lines))[0])


#: How many countries are shown with the words around them.
_NAMED: Final = 4
#: Where marks begin, if the line leaves room.
_COLUMN: Final = 56
_FOLLOWS: Final = "relations: [{{type: follows, case: {}}}]"


def source_id(page: Page, publisher: str, subject: str) -> str:
    """Return an id for the source: its publisher, its date and its subject."""
    parts = [publisher or slug_of(page.site) or "publisher", page.published, subject]
    return slug_of("-".join(filter(None, parts)))[:MAX_ID].strip("-")


def publisher_of(page: Page, records: Records) -> str:
    """Return the organization that publishes at a page's address, or has the name of its site."""
    known = {host_of(it.url): it.publisher for it in records.sources if it.url}
    known |= {host_of(it.url): it.id for it in records.organizations if it.url}
    sites = {folded_name(it) for it in (page.site, SEPARATOR.split(page.title)[-1]) if it}
    named = [it.id for it in records.organizations if folded_name(it.name) in sites]
    return known.get(host_of(page.url)) or (named[0] if len(named) == 1 else "")


def source_text(page: Page, id_: str, publisher: str, saved: date) -> str:
    """Return the text of a proposed source record."""
    hash_ = [f"content_hash: '{page.content_hash}'"] if page.content_hash else []

    return _record(
        "source",
        f"id: {id_}",
        _field("kind", "", "official, news, copy, ..."),
        _field("publisher", publisher, "who carries it"),
        _field("asserter", "", "whose word it is; of a retold release, 'interpol'"),
        _field("title", page.title and scalar(page.title), "the document's own"),
        _field("url", page.url, "the page's own address"),
        _field("published", page.published, "or 'undated:' with the reason"),
        _field("retrieved", f"{saved}", "the day it was saved"),
        _field("language", page.language, "by its words"),
        *hash_,
    )


def case_text(name: str, id_: str, published: str, records: Records) -> str:
    """Return what a proposed case begins with, up to its reports."""
    series = editions(name, records)
    _, number = numbered(name) or (name, None)
    earlier = [it for it in series if not published or months_of(it)[:1] < [published]]

    return _record(
        "case",
        f"id: {id_}",
        _field("name", name and scalar(name), "the name that the sources use"),
        *(_marked(f"series: {it.series}", f"that of {it.id}") for it in series[:1]),
        *(_marked(f"edition: {number}", "by its name") for _ in series[:1] if number),
        _field("categories", "", "the main crime area first: [online-fraud, ...]"),
        _field("summary", "", "two to four sentences of your own"),
        *(_marked(_FOLLOWS.format(it.id), "the last one here") for it in earlier[:1]),
        "reports:",
    )


def _record(name: str, *lines: str) -> str:
    kind = next(kind for kind in KINDS if kind.name == name)
    return "\n".join([modeline(kind), *lines, ""])


def _field(name: str, value: str, remark: str) -> str:
    return _marked(f"{name}: {value or '...'}", remark)


def report_lines(report: Report, source: str) -> Iterator[str]:
    """Yield the lines of a proposed report, as an item of a case's reports."""
    yield f"  - source: {source}"
    if report.role is None:
        role = "    interpol_role: {value: ..., at: ...}"
        yield _marked(role, "coordinated, co-led or supported")
    stated = {
        "interpol_role": report.role,
        "period": report.period,
        "country_count": report.country_count,
    }
    for name, proposal in stated.items():
        if proposal:
            value = _value(proposal.value) if proposal.value else "..."
            words = proposal.words if proposal.value else f"{proposal.words}; in which year?"
            yield _marked(f"    {name}: {{value: {value}, at: {proposal.at}}}", words)
    if report.countries:
        codes, said = ", ".join(sorted(report.countries)), [*report.countries.values()]
        places = scalar(", ".join(dict.fromkeys(it.at for it in said)))
        words = "; ".join(it.words for it in said[:_NAMED])
        yield _marked(f"    countries: {{complete: false, list: [{codes}], at: {places}}}", words)
    if report.outcomes:
        yield "    outcomes:"
        yield from map(_outcome_line, report.outcomes)


def _outcome_line(outcome: Outcome) -> str:
    metric, object_, place, unit, stated = outcome
    fields = {
        "metric": metric,
        "object": object_,
        "place": place,
        "value": stated.value,
        "unit": unit,
        "at": stated.at,
    }
    listed = ", ".join(f"{name}: {_value(value)}" for name, value in fields.items() if value)

    return _marked(f"      - {{{listed}}}", stated.words)


def _value(text: str) -> str:
    """Write a value: a number as it is, and a text in quotes if it looks like something else."""
    return text if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", text) else scalar(text)


def _marked(text: str, words: str) -> str:
    return f"{text:<{_COLUMN}} {DRAFT} {' '.join(words.split()).strip(' ,;:.')}".rstrip()


class Read(NamedTuple):
    """A page, its proposal, the cases that are like it, and its source."""

    path: Path
    page: Page
    report: Report
    alike: list[Likeness]
    source: Source | None


def read(
    path: Path, records: Records, own: Case | None, language: str | None, published: str | None
) -> Read:
    """Read a saved page, for a case if that is known; given values override the page's own."""
    page = read_page(path)
    page = replace(page, language=language or page.language, published=published or page.published)
    report = propose(page, records)
    nearest = alike(page, report, records)
    mine = own or next((it.case for it in nearest[:1] if it.is_known), None)
    if others := names_of_others(page, mine, records):
        report = propose(page, records, others)
    hash_ = page.content_hash
    same = (it for it in records.sources if hash_ and it.content_hash == hash_)
    address = canonical(page.url)
    here = (it for it in records.sources if it.url and canonical(it.url) == address)

    return Read(path, page, report, nearest, next(same, None) or next(here, None))


def case_of(id_: str, records: Records) -> Case:
    """Return a case; an error says which ids are like one that there isn't."""
    found = {case.id: case for case in records.cases}
    if id_ not in found:
        hint = suggestion(id_, found, "'interpol-dataset list cases --search WORD' finds it")
        raise UnknownRecordError(f"there is no case '{id_}'", hint=hint)
    return found[id_]


def write_drafts(
    pages: Sequence[Read], root: Path, records: Records, to: Path, own: Case | None
) -> tuple[list[Path], list[str]]:
    """
    Write drafts of the records of one operation.

    :param own: The case, if there is a record of it.
    :returns: The files, that of the case last; and the source of each page.
    :raises ExportError: A draft would be written over another, or to the records.
    """
    folder = root / RECORDS
    if folder.resolve() in [to.resolve(), *to.resolve().parents]:
        raise ExportError(
            "drafts are not records yet", where=str(to), hint="choose a folder outside data/records"
        )
    if own:
        id_ = own.id
        case = (folder / "cases" / f"{id_}.yaml").read_text("utf-8").rstrip("\n") + "\n"
    else:
        name = operation_name(*(it.page for it in pages))
        id_ = slug_of(name).removeprefix("operation-") or "new-operation"
        case = case_text(name, id_, pages[0].page.published, records)

    texts: dict[Path, str] = {}
    sources: list[str] = []
    for number, it in enumerate(pages, 1):
        publisher = publisher_of(it.page, records)
        source = it.source.id if it.source else source_id(it.page, publisher, id_)
        path = to / "sources" / f"{source}.yaml"
        if path in texts:
            path = path.with_stem(f"{source}-{number}")
        if it.source is None:
            saved = datetime.fromtimestamp(it.path.stat().st_mtime, UTC).date()
            texts[path] = source_text(it.page, path.stem, publisher, saved)
        case += "".join(f"{line}\n" for line in report_lines(it.report, path.stem))
        sources.append(path.stem)
    texts[to / "cases" / f"{id_}.yaml"] = case
    for path in filter(Path.exists, texts):
        hint = "move it away, or write to another folder with --to"
        raise ExportError("there is a draft already", where=str(path), hint=hint)
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_file(path, text.encode())

    return [*texts], sources
