"""
Rules across records: ids, references, cycles, and what is never used.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from interpol_dataset import models as m
from interpol_dataset.fields import COUNTRIES
from interpol_dataset.introspection import references
from interpol_dataset.repository import KINDS
from interpol_dataset.rules.base import Context, Layer, PackageRule, Rule
from interpol_dataset.shape import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.findings import Finding
    from interpol_dataset.reading import Path
    from interpol_dataset.repository import Entry


class StrayFile(Rule):
    """Every file in the folder of records is a record of a known kind."""

    code, name, layer = "PKG001", "stray-file", Layer.PACKAGE


class IdIsFileName(Rule):
    """A record's id is the name of its file."""

    code, name, layer = "PKG002", "id-is-file-name", Layer.PACKAGE


class UniqueId(PackageRule):
    """No two records of a kind have the same id."""

    code, name, layer = "PKG003", "unique-id", Layer.PACKAGE

    def check(self, context: Context) -> Iterator[Finding]:
        """Look for ids that are given twice."""
        seen: set[tuple[str, str]] = set()
        for entry, path, id_ in _ids(context):
            table = entry.kind.table
            if (table, id_) in seen:
                message = f"the id '{id_}' is given twice among the {table}"
                yield self.finding(entry, path, message, "give one of the two another id")
            seen.add((table, id_))


class KnownReference(PackageRule):
    """Whatever a record refers to is there."""

    code, name, layer = "PKG004", "known-reference", Layer.PACKAGE

    def check(self, context: Context) -> Iterator[Finding]:
        """Look for references to ids that are not there."""
        ids: dict[str, set[str]] = {kind.table: set() for kind in KINDS}
        ids["countries"] = set(COUNTRIES)
        for entry, _, id_ in _ids(context):
            ids[entry.kind.table].add(id_)

        for entry in context.repository.entries:
            for path, table, id_ in references(entry.kind.model, entry.data):
                if id_ not in ids[table]:
                    near = nearest(id_, ids[table])
                    yield self.finding(
                        entry,
                        path,
                        f"there is no '{id_}' among the {table}",
                        f"did you mean '{near}'?" if near else f"add it to the {table}",
                    )


class NoCycle(PackageRule):
    """Nothing is, by way of others, above, before or part of itself."""

    code, name, layer = "PKG005", "no-cycle", Layer.PACKAGE

    def check(self, context: Context) -> Iterator[Finding]:
        """Follow parents and relations until they end or come round."""
        for model in (m.Category, m.Object):
            above = {
                entry.id: [(entry, ("parent",), str(entry.data["parent"]))]
                for entry in context.entries(model)
                if entry.data.get("parent")
            }
            yield from self._cycles(above, "parents")

        for type_ in ("part-of", "follows"):
            before = {
                entry.id: [
                    (entry, ("relations", index, "case"), relation.case)
                    for index, relation in enumerate(entry.record.relations)
                    if relation.type == type_ and relation.case
                ]
                for entry in context.entries(m.Case)
                if isinstance(entry.record, m.Case)
            }
            yield from self._cycles(before, f"'{type_}'")

    def _cycles(
        self, steps: dict[str, list[tuple[Entry, Path, str]]], what: str
    ) -> Iterator[Finding]:
        """Report every step that closes a cycle, at the first of its records by id."""
        for start in sorted(steps):
            for entry, path, target in steps[start]:
                way = _way(steps, target, start)
                if way is not None and start == min([start, *way]) and target != start:
                    message = f"{what} lead back to '{start}': {' -> '.join([start, *way, start])}"
                    yield self.finding(entry, path, message, "cut one of the steps")
                elif target == start and what == "parents":
                    message = f"'{start}' is its own parent"
                    yield self.finding(entry, path, message, "name another parent, or none")


def _way(
    steps: dict[str, list[tuple[Entry, Path, str]]], first: str, goal: str
) -> list[str] | None:
    """Find a way from one record to another; gives the records on it before the goal."""
    waiting = [[first]]
    seen = {first}
    while waiting:
        way = waiting.pop()
        if way[-1] == goal:
            return way[:-1]
        for _, _, target in steps.get(way[-1], []):
            if target not in seen:
                seen.add(target)
                waiting.append([*way, target])

    return None


class UsedSource(PackageRule):
    """Every source is cited by a record."""

    code, name, layer = "PKG006", "used-source", Layer.PACKAGE

    def check(self, context: Context) -> Iterator[Finding]:
        """Look for sources that nothing refers to."""
        cited = {
            id_
            for entry in context.repository.entries
            for _, table, id_ in references(entry.kind.model, entry.data)
            if table == "sources"
        }
        for entry in context.entries(m.Source):
            if entry.id not in cited:
                message = f"no record cites the source '{entry.id}'"
                yield self.finding(entry, ("id",), message, "cite it, or remove the file")


class RetiredIdGone(PackageRule):
    """A retired id is no longer in use, and leads to a record that is."""

    code, name, layer = "PKG007", "retired-id-gone", Layer.PACKAGE

    def check(self, context: Context) -> Iterator[Finding]:
        """Compare retired ids with those in use."""
        used = {(entry.kind.table, id_) for entry, _, id_ in _ids(context)}
        for entry in context.entries(m.RetiredId):
            table, redirect = entry.data.get("table"), entry.data.get("redirect")
            if (table, entry.id) in used:
                message = f"'{entry.id}' is retired and still in use among the {table}"
                yield self.finding(entry, ("id",), message, "remove one of the two")
            if redirect is not None and (table, redirect) not in used:
                message = f"the redirect leads to '{redirect}', which is not among the {table}"
                remedy = "name the record that took its place, or leave the redirect out"
                yield self.finding(entry, ("redirect",), message, remedy)


class UniqueUrl(PackageRule):
    """No two sources have the same address."""

    code, name, layer = "PKG008", "unique-url", Layer.PACKAGE

    def check(self, context: Context) -> Iterator[Finding]:
        """Compare addresses without scheme, 'www.' and final slash."""
        seen: dict[str, str] = {}
        for entry in context.entries(m.Source):
            if not isinstance(entry.record, m.Source) or entry.record.url is None:
                continue

            place = entry.record.url.partition("://")[2].removeprefix("www.").rstrip("/").lower()
            if place in seen:
                message = f"'{seen[place]}' has the same address"
                yield self.finding(entry, ("url",), message, f"cite '{seen[place]}' instead")
            seen.setdefault(place, entry.id)


class UniqueEdition(PackageRule):
    """Each edition of a series is one case."""

    code, name, layer = "PKG009", "unique-edition", Layer.PACKAGE

    def check(self, context: Context) -> Iterator[Finding]:
        """Look for two cases with the same series and edition."""
        seen: dict[tuple[str, int], list[Entry]] = defaultdict(list)
        for entry in context.entries(m.Case):
            case = entry.record
            if isinstance(case, m.Case) and case.series and case.edition:
                others = seen[case.series, case.edition]
                if others:
                    message = f"'{others[0].id}' is edition {case.edition} of '{case.series}' too"
                    remedy = "correct the edition, or merge the two records"
                    yield self.finding(entry, ("edition",), message, remedy)
                others.append(entry)


def _ids(context: Context) -> Iterator[tuple[Entry, Path, str]]:
    """Give the ids that are in use; a file of claims gives those of its claims."""
    for entry in context.repository.entries:
        if entry.kind.model is m.RetiredId:
            continue
        if entry.kind.model is not m.ClaimSet:
            yield entry, (entry.kind.id_field,), entry.id
            continue

        claims = entry.data.get("claims")
        for index, claim in enumerate(claims if isinstance(claims, list) else []):
            if isinstance(claim, dict):
                yield entry, ("claims", index, "id"), str(claim.get("id", ""))


RULES: tuple[type[Rule], ...] = (
    StrayFile,
    IdIsFileName,
    UniqueId,
    KnownReference,
    NoCycle,
    UsedSource,
    RetiredIdGone,
    UniqueUrl,
    UniqueEdition,
)
