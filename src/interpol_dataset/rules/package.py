"""
Rules on the records as one package: their files, and what is in it once.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from interpol_dataset.findings import Finding, Place
from interpol_dataset.records import models as m
from interpol_dataset.rules.rule import Layer, PackageRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.findings import KeyPath
    from interpol_dataset.records.folder import Entry


class StrayFile(PackageRule):
    """Every file in the folder of records is a record of a known kind."""

    code, name, layer = "PKG001", "stray-file", Layer.PACKAGE

    def run(self) -> Iterator[Finding]:
        """Report every file that belongs to no kind of record."""
        hint = "records are .yaml files in the folder of their kind; move it or remove it"
        for path, what in self.context.record_set.strays:
            message = f"this {what} belongs to no kind of record"
            if what in ("link", "special file"):
                message = f"this is a {what}, which is not read"
            yield Finding(self.code, Place(path), message, hint, severity=self.severity)


class IdIsFileName(PackageRule):
    """A record's id is the name of its file."""

    code, name, layer = "PKG002", "id-is-file-name", Layer.PACKAGE

    def run(self) -> Iterator[Finding]:
        """Compare ids with file names."""
        for entry in self.context.record_set.entries:
            if entry.is_misnamed:
                field = entry.kind.id_field
                message = f"the {field} '{entry.id}' is not the name of the file"
                hint = f"rename the file to {entry.id}.yaml, or write {entry.stem}"
                if self.context.is_released(entry.kind.table, entry.stem or ""):
                    hint = f"write {entry.stem}, which was published; ids never change"
                elif self.context.is_released(entry.kind.table, entry.id):
                    hint = f"rename the file to {entry.id}.yaml; the id was published"
                yield self.finding(entry, (field,), message, hint)


class UniqueId(PackageRule):
    """No two records of a kind have the same id."""

    code, name, layer = "PKG003", "unique-id", Layer.PACKAGE

    def run(self) -> Iterator[Finding]:
        """Look for ids that are used or retired twice."""
        seen: dict[tuple[str, str], tuple[Entry, KeyPath]] = {}
        for entry, path, table, id_ in self._all():
            here = entry, path
            there, place = first = seen.setdefault((table, id_), here)
            if first is not here:
                where = there.place(place)
                message = f"the id '{id_}' is given twice among the {table}, first at {where}"
                yield self.finding(entry, path, message, "give the newer one another id")

    def _all(self) -> Iterator[tuple[Entry, KeyPath, str, str]]:
        for item in self.context.ids:
            yield item.entry, item.path, item.table, item.id
        for entry, retired in self.context.readable(m.RetiredId, "table", "id"):
            yield entry, ("id",), f"retired {retired.table}", retired.id


class UniqueEdition(PackageRule):
    """Each edition of a series is one case."""

    code, name, layer = "PKG009", "unique-edition", Layer.PACKAGE
    excusable = True

    def run(self) -> Iterator[Finding]:
        """Look for two cases with the same series and edition."""
        editions: dict[tuple[str, int], list[Entry]] = defaultdict(list)
        for entry, case in self.context.readable(m.Case, "series", "edition"):
            if case.series and case.edition:
                editions[case.series, case.edition].append(entry)

        for (series, edition), cases in editions.items():
            for first, entry in self.context.newcomers([cases]):
                message = f"'{first.id}' is edition {edition} of '{series}' too"
                hint = "correct the edition, or merge the two records"
                yield self.finding(entry, ("edition",), message, hint)


class PublishedId(PackageRule):
    """An id that was published stays, redirects, or is withdrawn with a reason."""

    code, name, layer = "PKG011", "published-id", Layer.PACKAGE
    judges_with = frozenset({"retired_ids"})

    def run(self) -> Iterator[Finding]:
        """Look for published ids that are neither in use nor retired."""
        known = self.context.known_ids
        retired = {
            (entry.table, entry.id)
            for _, entry in self.context.readable(m.RetiredId, "table", "id")
        }
        for released in self.context.record_set.released:
            used = known.get(released.table, set())
            if used is None or released.id in used or released[:2] in retired:
                continue
            yield Finding(
                self.code,
                released.place,
                f"'{released.id}' was published among the {released.table} and is gone",
                "add it to retired_ids.yaml: with a redirect, or with why it was withdrawn",
                record=f"{released.table}/{released.id}",
            )
