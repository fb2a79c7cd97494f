"""
Rules on what a record may say, and on whose word.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from interpol_dataset.records import models as m
from interpol_dataset.rules.rule import Layer, PackageRule, RecordRule
from interpol_dataset.schema.vocabulary import InterpolRole, OrganizationKind, SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.findings import Finding
    from interpol_dataset.records.folder import Entry


class NotOverlong(PackageRule):
    """A text of the dataset's own is short."""

    code, name, layer = "POL007", "not-overlong", Layer.POLICY
    is_local = True
    excusable = True

    #: How long texts may be, in characters; the others have their limit in the schema.
    _LIMITS: Final = {"summary": 900, "description": 600, "statement": 600, "note": 400}

    def run(self) -> Iterator[Finding]:
        """Count characters."""
        hint = "say it in fewer words of your own"
        for item in self.context.own_texts:
            limit = self._LIMITS.get(item.field)
            if limit is not None and len(item.text) > limit:
                message = f"'{item.field}' has {len(item.text)} characters, more than {limit}"
                yield self.finding(item.entry, item.path, message, hint)


class SupportedIsNotCoordinated(RecordRule[m.Case]):
    """The summary of a case that INTERPOL only supported does not say that it coordinated."""

    code, name, layer = "POL010", "supported-is-not-coordinated", Layer.POLICY
    models = (m.Case,)
    needs = ("summary", "reports")
    excusable = True

    _COORDINATED: Final = re.compile(
        r"\bINTERPOL[- ](?:coordinated|led|organi[sz]ed)\b"
        r"|\b(?:coordinated|led|run|organi[sz]ed) by INTERPOL\b",
        re.IGNORECASE,
    )

    def check(self, entry: Entry, record: m.Case) -> Iterator[Finding]:
        """Compare the summary with the role in the reports."""
        roles = {r.interpol_role.value for r in record.reports if r.interpol_role}
        match = self._COORDINATED.search(record.summary)
        if roles == {InterpolRole.SUPPORTED} and match and entry.is_whole(("reports",)):
            message = f"the summary says '{match[0]}', the reports say that INTERPOL supported"
            yield self.finding(entry, ("summary",), message, "say who led it")


class ReliableSource(PackageRule):
    """At least one source of a case is of a kind that counts."""

    code, name, layer = "POL011", "reliable-source", Layer.POLICY

    def run(self) -> Iterator[Finding]:
        """Look for cases that only content sites and machine-written texts report."""
        for entry, case in self.context.records(m.Case):
            sources = [self.context.sources.get(report.source) for report in case.reports]
            if all(source is not None and not source.kind.counts for source in sources):
                message = "only sources of kinds that never count report this case"
                hint = "find another source, or make it a claim instead of a case"
                if self.context.is_released("cases", entry.id):
                    hint += ", and retire its id in retired_ids.yaml"
                yield self.finding(entry, ("reports",), message, hint, key=True)


class CopyIsNotOfficial(PackageRule):
    """An official document is on a page of an authority; the same text elsewhere is a copy."""

    code, name, layer = "POL014", "copy-is-not-official", Layer.POLICY
    is_local = True

    def run(self) -> Iterator[Finding]:
        """Look for official documents on pages of media, and for copies of one's own text."""
        for entry, source in self.context.readable(m.Source, "kind", "publisher", "asserter"):
            own = source.publisher == source.asserter
            publisher = self.context.organizations.get(source.publisher)
            media = publisher is not None and publisher.kind is OrganizationKind.MEDIA
            if source.kind is SourceKind.OFFICIAL and media and not own:
                message = f"'{source.publisher}', which carries it, is a medium and no authority"
                hint = "write 'copy' if it carries the whole text, 'news' if it retells it"
                yield self.finding(entry, ("kind",), message, hint)
            elif source.kind is SourceKind.COPY and own:
                message = f"'{source.publisher}' is both publisher and asserter, so it is no copy"
                yield self.finding(entry, ("kind",), message, "write 'official', or another kind")
