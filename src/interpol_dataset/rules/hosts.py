"""
Rules on sites: who publishes there is learnt from all other sources.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from interpol_dataset.findings import Severity
from interpol_dataset.records import models as m
from interpol_dataset.rules.rule import Layer, PackageRule
from interpol_dataset.rules.upkeep import is_placeholder
from interpol_dataset.schema.vocabulary import OrganizationKind, SourceKind
from interpol_dataset.values.address import host_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from interpol_dataset.findings import Finding
    from interpol_dataset.records.folder import Entry


class PublisherOfHost(PackageRule):
    """A site has the publisher that it has in all other sources."""

    code, name, layer = "POL030", "publisher-of-host", Layer.POLICY
    severity = Severity.WARNING
    excusable = True

    #: So many other sources of a site make a custom.
    _ENOUGH: Final = 3

    def run(self) -> Iterator[Finding]:
        """Compare the publisher of each source with those of its site's other sources."""
        for entries in _by_host(self.context.readable(m.Source, "url", "publisher")).values():
            counted = Counter(source.publisher for _, source in entries)
            usual, number = counted.most_common(1)[0]
            if number < self._ENOUGH or number < len(entries) - 1:
                continue
            for entry, source in entries:
                if source.publisher != usual:
                    host = host_of(source.url or "")
                    message = f"the publisher of all {number} other sources on {host} is '{usual}'"
                    hint = f"write '{usual}'; whose word it is belongs into asserter"
                    yield self.finding(entry, ("publisher",), message, hint)


class OfficialSite(PackageRule):
    """An official document is not on a site on which otherwise only media publish."""

    code, name, layer = "POL031", "official-site", Layer.POLICY
    severity = Severity.WARNING
    excusable = True

    def run(self) -> Iterator[Finding]:
        """Look for official documents on the sites of media."""
        bodies = self.context.organizations
        sources = [*self.context.readable(m.Source, "url", "publisher", "kind")]
        if self.context.unread.files or len(sources) < sum(
            1 for _ in self.context.entries(m.Source)
        ):
            return  # of a site that is not known in full nothing can be said

        for host, entries in _by_host(sources).items():
            others = {source.publisher for _, source in entries if not source.kind.is_document}
            of_media = others and all(
                body in bodies and bodies[body].kind is OrganizationKind.MEDIA for body in others
            )
            for entry, source in entries:
                if (
                    of_media
                    and source.kind is SourceKind.OFFICIAL
                    and source.publisher not in others
                ):
                    message = f"{host} is the site of '{min(others)}', which is a medium"
                    hint = "write 'copy' if it carries the whole text, 'news' if it retells it"
                    yield self.finding(entry, ("kind",), message, hint)


def _by_host(
    sources: Iterable[tuple[Entry, m.Source]],
) -> dict[str, list[tuple[Entry, m.Source]]]:
    """Return the sources that have an address, by the site that it is of."""
    found: dict[str, list[tuple[Entry, m.Source]]] = defaultdict(list)
    for entry, source in sources:
        if source.url is not None and not is_placeholder(source.url):
            found[host_of(source.url)].append((entry, source))

    return found
