"""
Rules on the addresses of sources.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from interpol_dataset.findings import Fix
from interpol_dataset.records import models as m
from interpol_dataset.rules.rule import Layer, RecordRule
from interpol_dataset.values.address import host_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.findings import Finding
    from interpol_dataset.records.folder import Entry


class NoSearchPage(RecordRule[m.Source]):
    """A source is a document, not the results of a search."""

    code, name, layer = "POL002", "no-search-page", Layer.POLICY
    models = (m.Source,)
    needs = ("url",)
    excusable = True

    _SEARCH: Final = re.compile(
        r"^https?://(?:www\.|html\.|lite\.)?(?:google|bing|duckduckgo|yandex|baidu|ecosia|startpage"
        r"|search\.yahoo|search\.brave)\.[a-z.]+(?:/|$)"
        r"|^https?://[^/]+/(?:search|buscar|recherche)(?:/?\?|/?$)|[?&](?:q|query|search|s)=",
        re.IGNORECASE,
    )

    def check(self, entry: Entry, record: m.Source) -> Iterator[Finding]:
        """Look for addresses of search engines and of searches within a site."""
        if self._SEARCH.search(record.url or ""):
            hint = "give the address of the page that was read"
            yield self.finding(entry, ("url",), "the address is that of a search", hint)


class NoTrackingLink(RecordRule[m.Source]):
    """An address leads straight to the document, without tracking its readers."""

    code, name, layer = "POL003", "no-tracking-link", Layer.POLICY
    models = (m.Source,)
    needs = ("url",)
    excusable = True

    _PARAMETER: Final = re.compile(
        r"[?&](utm_[a-z]+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|yclid|twclid)=",
        re.IGNORECASE,
    )
    _SHORTENER: Final = re.compile(
        r"^https?://(?:bit\.ly|t\.co|goo\.gl|tinyurl\.com|ow\.ly|lnkd\.in|buff\.ly|is\.gd)/",
        re.IGNORECASE,
    )

    def check(self, entry: Entry, record: m.Source) -> Iterator[Finding]:
        """Look for tracking parameters and link shorteners."""
        url = record.url or ""
        if match := self._PARAMETER.search(url):
            message = f"the parameter '{match[1]}' tracks readers"
            plain = self._without_tracking(url)
            fix = Fix(("url",), plain)
            yield self.finding(entry, ("url",), message, f"write {plain}", fix=fix)
        elif self._SHORTENER.match(url):
            message = "a shortened address hides where it leads"
            yield self.finding(entry, ("url",), message, "give the address it leads to")

    def _without_tracking(self, url: str) -> str:
        address, hash_, fragment = url.partition("#")
        page, question, query = address.partition("?")
        kept = [pair for pair in query.split("&") if pair and not self._PARAMETER.match(f"?{pair}")]

        return page + (question + "&".join(kept) if kept else "") + hash_ + fragment


class ArchivedElsewhere(RecordRule[m.Source]):
    """The address of an archived copy is not the document's own."""

    code, name, layer = "POL021", "archived-elsewhere", Layer.POLICY
    models = (m.Source,)
    needs = ("archived_url", "url")

    def check(self, entry: Entry, record: m.Source) -> Iterator[Finding]:
        """Compare the hosts of the two addresses."""
        if (
            record.archived_url
            and record.url
            and host_of(record.archived_url) == host_of(record.url)
        ):
            message = "the copy is kept by the host of the document itself"
            yield self.finding(
                entry, ("archived_url",), message, "give the address of a copy in an archive"
            )
