"""Rules on sources: where they are, whose word they carry, and whether they are needed."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING, Final

from interpol_dataset.evidence.testimony import Standing, carries_text, standing_of
from interpol_dataset.findings import Fix, KeyPath
from interpol_dataset.records import models as m
from interpol_dataset.records.compose import is_placeholder
from interpol_dataset.records.notes import SourceOutline
from interpol_dataset.rules.context import Context, stated_of
from interpol_dataset.rules.rule import WARNING, Breach, Breaches, package_rule, record_rule
from interpol_dataset.schema.vocabulary import Extent, OrganizationKind, SourceKind
from interpol_dataset.suggest import nearest, slug_of
from interpol_dataset.values import grouped
from interpol_dataset.values.web import host_of, is_home_page, kept_address

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from interpol_dataset.records.parse import Entry

#: The address of a search.
_SEARCH: Final = re.compile(
    r"^https?://(?:www\.|html\.|lite\.)?(?:google|bing|duckduckgo|yandex|baidu|ecosia|startpage"
    r"|search\.yahoo|search\.brave)\.[a-z.]+(?:/|$)"
    r"|^https?://[^/]+/(?:search|buscar|recherche)(?:/?\?|/?$)|[?&](?:q|query|search|s)=",
    re.IGNORECASE,
)
#: How many countries are more than a newsroom can ask itself.
_WORLDWIDE: Final = 10
#: How many other sources of a site show what it usually does.
_CUSTOM: Final = 3
#: A remark in brackets, of three words or more.
_SIGN: Final = re.compile(r"\(\S+(?: \S+){2,}\)")
#: How many equal figures are not equal by chance.
_EQUAL_FIGURES: Final = 3


@record_rule("POL002", m.Source, needs=("url",), excusable=True)
def no_search_page(entry: Entry, record: m.Source, _context: Context) -> Breaches:
    """A source is a document, not the results of a search."""
    if _SEARCH.search(record.url or ""):
        hint = "give the address of the page that was read"
        yield Breach(entry, ("url",), "the address is that of a search", hint)


#: What tells a site where a reader came from.
_PARAMETER: Final = re.compile(
    r"[?&](utm_[a-z]+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|yclid|twclid)=", re.IGNORECASE
)
#: The hosts that shorten addresses.
_SHORTENER: Final = re.compile(
    r"^https?://(?:bit\.ly|t\.co|goo\.gl|tinyurl\.com|ow\.ly|lnkd\.in|buff\.ly|is\.gd)/",
    re.IGNORECASE,
)


@record_rule("POL003", m.Source, needs=("url",), excusable=True)
def no_tracking_link(entry: Entry, record: m.Source, _context: Context) -> Breaches:
    """An address leads straight to the document, without tracking its readers."""
    url = record.url or ""
    if match := _PARAMETER.search(url):
        message = f"the parameter '{match[1]}' tracks readers"
        plain = _without_tracking(url)
        fix = Fix(("url",), plain)
        yield Breach(entry, ("url",), message, f"write {plain}", fix=fix)
    elif _SHORTENER.match(url):
        message = "a shortened address hides where it leads"
        yield Breach(entry, ("url",), message, "give the address it leads to")


def _without_tracking(url: str) -> str:
    address, hash_, fragment = url.partition("#")
    page, question, query = address.partition("?")
    kept = [pair for pair in query.split("&") if pair and not _PARAMETER.match(f"?{pair}")]
    return page + (question + "&".join(kept) if kept else "") + hash_ + fragment


@record_rule("POL021", m.Source, needs=("archived_url", "url"))
def archived_elsewhere(entry: Entry, record: m.Source, _context: Context) -> Breaches:
    """The address of an archived copy is not the document's own."""
    if record.archived_url and record.url and host_of(record.archived_url) == host_of(record.url):
        message = "the copy is kept by the host of the document itself"
        yield Breach(entry, ("archived_url",), message, "give the address of a copy in an archive")


@record_rule("POL033", m.Source, needs=("url",), **WARNING)
def page_itself(entry: Entry, record: m.Source, _context: Context) -> Breaches:
    """An address is that of the page, not of a copy in an archive or of the site as a whole."""
    url = record.url
    if url is None or is_placeholder(url):
        return
    if own := kept_address(url):
        message = "the address is that of a copy in an archive"
        yield Breach(entry, ("url",), message, f"write {own}, and the copy in archived_url")
    elif is_home_page(url):
        message = "the address is that of the whole site, whose first page changes"
        yield Breach(entry, ("url",), message, "give the address of the page that was read")


@record_rule(
    "POL034", m.Source, m.Case, needs=("kind", "publisher", "asserter", "reports"), **WARNING
)
def who_could_know(entry: Entry, record: m.Source | m.Case, context: Context) -> Breaches:
    """An authority speaks for itself; a medium counts neither for it nor for ten countries."""
    match record:
        case m.Case():
            yield from _who_counted(entry, record, context)
        case m.Source() if record.publisher == record.asserter:
            body = context.organizations.get(record.publisher)
            if body and body.kind.is_authority and record.kind is SourceKind.NEWS:
                message = f"'{body.id}' speaks on its own page"
                hint = "write 'official', or correct the publisher"
                yield Breach(entry, ("kind",), message, hint)
            elif body and _is_medium(body) and record.kind is SourceKind.OFFICIAL:
                message = f"'{body.id}' is a medium, and its own report is not an official document"
                yield Breach(entry, ("kind",), message, "write 'news', or correct the publisher")


def _who_counted(entry: Entry, case: m.Case, context: Context) -> Breaches:
    partners = {item.organization for report in case.reports for item in report.organizations}
    for index, report in enumerate(case.reports):
        source = context.sources.get(report.source)
        asserter = context.organizations.get(source.asserter) if source else None
        if source is None or asserter is None:
            continue

        at: KeyPath = ("reports", index)
        is_outside = asserter.kind is OrganizationKind.NGO and asserter.id not in partners
        if source.kind is SourceKind.OFFICIAL and is_outside:
            message = f"no page says that '{asserter.id}', whose document it is, had a part"
            hint = f"write 'kind: ngo' in '{source.id}', or add its role to organizations"
            yield Breach(entry, (*at, "source"), message, hint)
        total = _total_of_many(report) if _is_medium(asserter) else None
        if total is not None:
            message = f"'{asserter.id}' is a medium, and has the total of many countries"
            hint = (
                f"whose word is it? If INTERPOL's, write 'asserter: interpol' in '{source.id}'; "
                "if another's, add attributed_to here"
            )
            yield Breach(entry, (*at, "outcomes", total), message, hint)
        for number, item in enumerate(report.outcomes):
            body = context.organizations.get(item.attributed_to or source.asserter)
            is_retold = item.attributed_to or standing_of(source) is not Standing.DOCUMENT
            if item.own_count and is_retold and body and body.kind.is_authority:
                message = f"'{source.id}' only retells what '{body.id}' says"
                hint = "remove own_count, unless the page shows that it counted or saw it happen"
                yield Breach(entry, (*at, "outcomes", number), message, hint)


def _is_medium(body: m.Organization | None) -> bool:
    return body is not None and body.kind is OrganizationKind.MEDIA


def _total_of_many(report: m.Report) -> int | None:
    """Return the number of the first total of many countries on a page's own word."""
    listed = len(report.countries.list) if report.countries else 0
    counted = report.country_count.value.lower if report.country_count else 0
    totals = (
        number
        for number, item in enumerate(report.outcomes)
        if not (item.place or item.part or item.attributed_to or item.own_count)
    )
    return next(totals, None) if max(listed, counted) >= _WORLDWIDE else None


@package_rule("POL030", **WARNING)
def publisher_of_host(context: Context) -> Breaches:
    """A site has the publisher that it has in all other sources."""
    for entries in _by_host(context, context.readable(m.Source, "url", "publisher")).values():
        counted = Counter(source.publisher for _, source in entries)
        usual, number = counted.most_common(1)[0]
        if number < _CUSTOM or number < len(entries) - 1:
            continue
        for entry, source in entries:
            if source.publisher != usual:
                host = host_of(source.url or "")
                message = f"the publisher of all {number} other sources on {host} is '{usual}'"
                hint = f"write '{usual}'; whose word it is belongs in asserter"
                yield Breach(entry, ("publisher",), message, hint)


@package_rule("POL031", **WARNING)
def official_site(context: Context) -> Breaches:
    """An official document is not on a site on which otherwise only media publish."""
    bodies = context.organizations
    sources = [*context.readable(m.Source, "url", "publisher", "kind")]
    if context.unreadable.files or len(sources) < sum(1 for _ in context.entries(m.Source)):
        return  # nothing can be said of a site that is not known in full

    for host, entries in _by_host(context, sources).items():
        others = {source.publisher for _, source in entries if not source.kind.is_document}
        of_media = others and all(_is_medium(bodies.get(body)) for body in others)
        for entry, source in entries:
            if of_media and source.kind is SourceKind.OFFICIAL and source.publisher not in others:
                message = f"{host} is the site of '{min(others)}', which is a medium"
                hint = "write 'copy' if it carries the whole text, 'news' if it retells it"
                yield Breach(entry, ("kind",), message, hint)


def _by_host(
    context: Context, sources: Iterable[tuple[Entry, m.Source]]
) -> dict[str, list[tuple[Entry, m.Source]]]:
    outlines = ((item, context.notes[item[0].document.path].outline) for item in sources)
    return grouped((it.host, item) for item, it in outlines if isinstance(it, SourceOutline))


@package_rule("PKG006", excusable=True)
def used_source(context: Context) -> Breaches:
    """Every source is cited by a record."""
    unread = [document.text for document in context.unreadable.documents]
    if not all(unread):
        return

    cited = {item.id for item in context.references if item.table == "sources"}
    known = context.known_ids["sources"] or set()
    # A typo in a reference, or in the name of a field, is not a second fault of the source.
    uncited = known - cited
    cited |= {near for id_ in cited - known if (near := nearest(slug_of(id_), uncited))}
    unread += [
        entry.document.text
        for entry in context.record_set.entries
        if entry.made is None and entry.kind.model is not m.Source
    ]
    for entry in context.entries(m.Source):
        if (
            entry.id not in cited
            and entry.id == entry.data.get("id") == entry.stem
            and not any(entry.id in text for text in unread)
        ):
            message = f"no record cites the source '{entry.id}'"
            hint = "cite it, or remove the file"
            if context.is_released("sources", entry.id):
                hint = "cite it again, or retire its id in retired_ids.yaml"
            yield Breach(entry, ("id",), message, hint)


@package_rule("POL011")
def reliable_source(context: Context) -> Breaches:
    """At least one source of a case is of a kind that counts."""
    for entry, case in context.cases("reports"):
        sources = [context.sources.get(id_) for id_ in case.sources]
        counts = [source is None or source.kind.counts for source in sources]
        if entry.rest is None and not any(counts):
            message = "only sources of kinds that never count report this case"
            hint = "find another source, or make it a claim instead of a case"
            if context.is_released("cases", entry.id):
                hint += ", and retire its id in retired_ids.yaml"
            yield Breach(entry, ("reports",), message, hint, key=True)


@record_rule("POL014", m.Source, needs=("kind", "publisher", "asserter"))
def copy_is_not_official(entry: Entry, source: m.Source, context: Context) -> Breaches:
    """An official document is on a page of an authority; the same text elsewhere is a copy."""
    own = source.publisher == source.asserter
    is_of_medium = _is_medium(context.organizations.get(source.publisher))
    if source.kind is SourceKind.OFFICIAL and is_of_medium and not own:
        message = f"'{source.publisher}', which carries it, is a medium and no authority"
        hint = "write 'copy' if it carries the whole text, 'news' if it retells it"
        yield Breach(entry, ("kind",), message, hint)
    elif source.kind is SourceKind.COPY and own:
        message = f"'{source.publisher}' is both publisher and asserter, so it is not a copy"
        yield Breach(entry, ("kind",), message, "write 'official', or another kind")


@record_rule(
    "MNG040",
    m.Source,
    needs=("kind", "publisher", "asserter", "issued_with", "text_of", "same_text"),
)
def whose_text(entry: Entry, record: m.Source, _context: Context) -> Breaches:
    """A copy says whose text it is, once; a body's own page doesn't."""
    if record.text_of is None and record.same_text is None:
        if record.kind is SourceKind.COPY and record.publisher != record.asserter:
            hint = "add text_of or same_text; write 'news' if it tells it in other words"
            yield Breach(entry, ("kind",), "the copy does not say whose text it carries", hint)
    elif record.text_of is not None and record.same_text is not None:
        message = "the source whose text it is says already whose words they are"
        fix = Fix(("text_of",))
        yield Breach(entry, fix.path, message, "remove text_of", key=True, fix=fix)
    elif record.text_of is not None and record.text_of in _speaking_in(record):
        message = f"it is a document of '{record.text_of}' itself"
        fix = Fix(("text_of",))
        yield Breach(entry, fix.path, message, "remove it", fix=fix)


def _speaking_in(source: m.Source) -> set[str]:
    """Return the bodies whose own document a source is, apart from the publisher."""
    if standing_of(source.model_copy(update={"text_of": None})) is not Standing.DOCUMENT:
        return {source.publisher}
    return {source.publisher, source.asserter, *source.issued_with}


#: What a note says of a page that was not read to its end.
_BROKEN_OFF: Final = re.compile(
    r"\b(?:article|copy|excerpt|page|text) (?:breaks off|ends|is cut|is truncated|stops)\b",
    re.IGNORECASE,
)


@record_rule("MNG041", m.Source, needs=("extent", "extent_characters", "note"), excusable=True)
def read_in_part(entry: Entry, record: m.Source, _context: Context) -> Breaches:
    """What was not read to its end is an excerpt, and nothing else is."""
    broken_off = _BROKEN_OFF.search(record.note or "")
    if broken_off and record.extent is Extent.WHOLE:
        message = f"the page was read to its end, but '{broken_off[0]}'"
        yield Breach(entry, ("note",), message, "write 'extent: excerpt', or correct the note")
    if record.extent_characters is not None and record.extent is not Extent.EXCERPT:
        hint = "write 'extent: excerpt', or remove it"
        message = "how many characters were read matters only for an excerpt"
        yield Breach(entry, ("extent_characters",), message, hint, key=True)


@record_rule("MNG011", m.Case, needs=("reports",), excusable=True)
def attributed_to_another(entry: Entry, record: m.Case, context: Context) -> Breaches:
    """A statement in a body's own document is attributed to nobody or to somebody else."""
    for path, id_, stated in stated_of(record):
        source = context.sources.get(id_)
        if (
            source
            and stated.attributed_to == source.asserter
            and standing_of(source) is Standing.DOCUMENT
        ):
            fix = Fix((*path, "attributed_to"))
            message = f"'{source.id}' is a document of '{source.asserter}' itself"
            yield Breach(entry, fix.path, message, "remove attributed_to", fix=fix)


@record_rule("MNG048", m.Case, needs=("reports",), excusable=True)
def sign_of_own_count(entry: Entry, record: m.Case, _context: Context) -> Breaches:
    """Where a page shows that somebody counted or saw it happen, its locator says by what."""
    for path, _, stated in stated_of(record):
        if stated.own_count and not _SIGN.search(stated.at):
            message = "own_count rests on a sign, and the locator names none"
            hint = (
                f"write what shows it: '{stated.at} (its reporter saw it happen)'; "
                "without a sign remove own_count"
            )
            yield Breach(entry, (*path, "at"), message, hint)


@record_rule("POL016", m.Case, needs=("reports",), **WARNING)
def marked_joint_text(entry: Entry, record: m.Case, context: Context) -> Breaches:
    """Documents of one day that share their title or three figures are one text, and say so."""
    issued = [
        (index, report, source)
        for index, report in enumerate(record.reports)
        if (source := context.sources.get(report.source))
        and source.kind.counts
        and carries_text(source)
    ]
    for (_, report, source), (index, other_report, other) in combinations(issued, 2):
        if _day(source) is None or _day(source) != _day(other) or _is_tied(source, other):
            continue

        equal = len(_figures(report) & _figures(other_report))
        if _folded(source.title) == _folded(other.title):
            sign = "the same title"
        elif equal >= _EQUAL_FIGURES:
            sign = f"{equal} of the same figures"
        else:
            continue

        message = f"'{source.id}' has the same day and {sign}: it is probably the same text"
        hint = f"add issued_with to both sources, or {marked_joint_text.exception}"
        yield Breach(entry, ("reports", index, "source"), message, hint)


def _day(source: m.Source) -> date | None:
    """Return the day on which a source was published; ``None`` if it is not known to the day."""
    published = source.published
    return published.earliest if published and published.earliest == published.latest else None


def _is_tied(one: m.Source, other: m.Source) -> bool:
    """Return whether two sources have one asserter, or one names the other's."""
    return one.asserter in (other.asserter, *other.issued_with) or other.asserter in one.issued_with


def _figures(report: m.Report) -> set[tuple[str, str, str | None]]:
    figures: set[tuple[str, str, str | None]] = {
        (outcome.fact, str(outcome.value), outcome.unit)
        for outcome in report.outcomes
        if outcome.attributed_to is None and outcome.drift_of is None
    }
    count = report.country_count
    if count is not None and count.attributed_to is None:
        figures.add(("country_count", str(count.value), None))
    return figures


def _folded(title: str) -> list[str]:
    return re.findall(r"\w+", title.casefold())
