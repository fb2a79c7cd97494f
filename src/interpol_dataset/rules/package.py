"""
Rules across records: ids, references, cycles, and what is never used.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from interpol_dataset.records import models as m
from interpol_dataset.rules.rule import Layer, PackageRule, Rule
from interpol_dataset.suggest import nearest, slug_of, suggestion
from interpol_dataset.values.countries import country_hint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.findings import Finding
    from interpol_dataset.records.folder import Entry
    from interpol_dataset.records.yaml import Path


class StrayFile(Rule):
    """
    Every file in the folder of records is a record of a known kind.

    ## Why

    A record in the wrong folder, or with another ending, would be overlooked in silence.

    ## Bad

    ```yaml
    # data/records/case/storm-makers.yml
    id: storm-makers
    ```

    ## Good

    ```yaml
    # data/records/cases/storm-makers.yaml
    id: storm-makers
    ```

    ## How to fix

    Move the file to the folder of its kind and end its name with `.yaml`, or remove it.
    """

    code, name, layer = "PKG001", "stray-file", Layer.PACKAGE


class IdIsFileName(Rule):
    """
    A record's id is the name of its file.

    ## Why

    So a record is found by its id, and no two can have the same.

    ## Bad

    ```yaml
    # data/records/cases/haechi-iii.yaml
    id: haechi-3
    ```

    ## Good

    ```yaml
    # data/records/cases/haechi-iii.yaml
    id: haechi-iii
    ```

    ## How to fix

    Rename the file, or correct the id. An id that was published is kept; if it has to change, the
    old one goes into `retired_ids.yaml`.
    """

    code, name, layer = "PKG002", "id-is-file-name", Layer.PACKAGE


class UniqueId(PackageRule):
    """
    No two records of a kind have the same id.

    ## Why

    An id is what others refer to. With two records behind it, nobody knows which is meant.

    ## Bad

    ```yaml
    - {id: cocaine, name: Cocaine}
    - {id: cocaine, name: Cocaine paste}
    ```

    ## Good

    ```yaml
    - {id: cocaine, name: Cocaine}
    - {id: cocaine-paste, name: Cocaine paste}
    ```

    ## How to fix

    Give one of the two another id, or merge them.
    """

    code, name, layer = "PKG003", "unique-id", Layer.PACKAGE

    def check(self) -> Iterator[Finding]:
        """Look for ids that are given twice, and for ids that are retired twice."""
        seen: set[tuple[str, str]] = set()
        for entry, path, table, id_ in self._all():
            if (table, id_) in seen:
                message = f"the id '{id_}' is given twice among the {table}"
                yield self.finding(entry, path, message, "give one of the two another id")
            seen.add((table, id_))

    def _all(self) -> Iterator[tuple[Entry, Path, str, str]]:
        for item in self.context.ids:
            yield item.entry, item.path, item.table, item.id
        for entry, retired in self.context.records(m.RetiredId):
            yield entry, ("id",), f"retired {retired.table}", retired.id


class KnownReference(PackageRule):
    """
    Whatever a record refers to is there.

    ## Why

    A reference that leads nowhere is evidence that nobody can look up.

    ## Bad

    ```yaml
    categories: [online-frauds]
    ```

    ## Good

    ```yaml
    categories: [online-fraud]
    ```

    ## How to fix

    Take the id that the finding names, or add the record that is missing first
    (`interpol-dataset new source ID`, for one).
    """

    code, name, layer = "PKG004", "known-reference", Layer.PACKAGE

    #: For how many unknown ids a likely one is looked for; a broken file can have thousands.
    _SUGGESTIONS: Final = 30

    def check(self) -> Iterator[Finding]:
        """Look for references to ids that are not there."""
        hints: dict[tuple[str, str], str] = {}
        # What does not have the form of an id is a finding of its own.
        for item in self.context.dangling:
            key = item.table, item.id
            if key not in hints:
                likely = len(hints) < self._SUGGESTIONS
                hints[key] = self._hint(*key) if likely else f"add it to the {item.table}"
            message = f"there is no '{item.id}' among the {item.table}"
            yield self.finding(item.entry, item.path, message, hints[key])

    def _hint(self, table: str, id_: str) -> str:
        for _, retired in self.context.records(m.RetiredId):
            if (retired.table, retired.id) == (table, id_):
                instead = f"use '{retired.redirect}'" if retired.redirect else "remove it"
                return f"'{id_}' is retired; {instead}"

        if table == "countries":
            return country_hint(id_)

        return suggestion(id_, self.context.known_ids[table] or (), f"add it to the {table}")


class NoCycle(PackageRule):
    """
    Nothing is, by way of others, above, before or part of itself.

    ## Why

    Whoever walks up a hierarchy or back along a series has to arrive somewhere.

    ## Bad

    ```yaml
    # categories/fraud.yaml
    parent: online-fraud
    # categories/online-fraud.yaml
    parent: fraud
    ```

    ## Good

    ```yaml
    # categories/online-fraud.yaml
    parent: fraud
    ```

    ## How to fix

    Follow the ids that the finding lists, and cut the step that is wrong.
    """

    code, name, layer = "PKG005", "no-cycle", Layer.PACKAGE

    def check(self) -> Iterator[Finding]:
        """Follow parents and relations until they end or come round."""
        for model in (m.Category, m.Object):
            above: dict[str, list[tuple[Entry, Path, str]]] = {}
            for entry in self.context.entries(model):
                parent = entry.data.get("parent")
                if isinstance(parent, str):
                    above[entry.id] = [(entry, ("parent",), parent)]
            yield from self._cycles(above, "parents")

        for type_ in ("part-of", "follows"):
            before: dict[str, list[tuple[Entry, Path, str]]] = {
                entry.id: [
                    (entry, ("relations", index, "case"), relation.case)
                    for index, relation in enumerate(case.relations)
                    if relation.type == type_ and relation.case and relation.case != entry.id
                ]
                for entry, case in self.context.records(m.Case)
            }
            yield from self._cycles(before, f"'{type_}'")

    def _cycles(
        self, steps: dict[str, list[tuple[Entry, Path, str]]], what: str
    ) -> Iterator[Finding]:
        """Report every step that closes a cycle, at the first of its records by id."""
        for start in sorted(steps):
            for entry, path, target in steps[start]:
                if target == start:
                    message = f"'{start}' is its own parent"
                    yield self.finding(entry, path, message, "name another parent, or none")
                    continue

                way = _way(steps, target, start)
                if way is not None and start == min([start, *way]):
                    message = f"{what} lead back to '{start}': {' -> '.join([start, *way, start])}"
                    yield self.finding(entry, path, message, "cut one of the steps")


def _way(
    steps: dict[str, list[tuple[Entry, Path, str]]], first: str, goal: str
) -> list[str] | None:
    """Find a way from one record to another; gives the records on it before the goal."""
    came_from: dict[str, str] = {first: ""}
    waiting = [first]
    while waiting:
        here = waiting.pop()
        if here == goal:
            way = []
            while here := came_from[here]:
                way.append(here)
            return way[::-1]
        for _, _, target in steps.get(here, []):
            if target not in came_from:
                came_from[target] = here
                waiting.append(target)

    return None


class UsedSource(PackageRule):
    """
    Every source is cited by a record.

    ## Why

    A source that nobody cites is a note that was never written down, or what a removed record
    left behind.

    ## Bad

    ```yaml
    # sources/ansa-2022-05-09.yaml, which no report names
    id: ansa-2022-05-09
    ```

    ## Good

    ```yaml
    reports:
      - source: ansa-2022-05-09
        period: {value: 2022-03, at: lead}
    ```

    ## How to fix

    Cite it in the record that it bears out, or remove its file.
    """

    code, name, layer = "PKG006", "used-source", Layer.PACKAGE
    excusable = True

    def check(self) -> Iterator[Finding]:
        """Look for sources that nothing refers to, as far as all files could be read."""
        unread = [document.text for document in self.context.unread]
        if not all(unread):
            return

        cited = {item.id for item in self.context.references if item.table == "sources"}
        known = self.context.known_ids["sources"] or set()
        # A slip in a reference, or in the name of a field, is not a second fault of the source.
        uncited = known - cited
        cited |= {near for id_ in cited - known if (near := nearest(slug_of(id_), uncited))}
        unread += [
            entry.document.text
            for entry in self.context.record_set.entries
            if entry.record is None and entry.kind.model is not m.Source
        ]
        for entry in self.context.entries(m.Source):
            if (
                entry.id not in cited
                and entry.id == entry.data.get("id")
                and self.context.is_file_name(entry)
                and not any(entry.id in text for text in unread)
            ):
                message = f"no record cites the source '{entry.id}'"
                yield self.finding(entry, ("id",), message, "cite it, or remove the file")


class RetiredIdGone(PackageRule):
    """
    A retired id is no longer in use, and leads to a record that is.

    ## Why

    Old references are followed through `retired_ids.yaml`. They have to arrive at a record, and
    an id that is in use needs no redirect.

    ## Bad

    ```yaml
    - {table: cases, id: haechi-3, redirect: haechi-4711, reason: Renamed.}
    ```

    ## Good

    ```yaml
    - {table: cases, id: haechi-3, redirect: haechi-iii, reason: Renamed.}
    ```

    ## How to fix

    Name the record that took its place; leave the redirect out where the record was withdrawn.
    """

    code, name, layer = "PKG007", "retired-id-gone", Layer.PACKAGE

    def check(self) -> Iterator[Finding]:
        """Compare retired ids with those in use."""
        known = self.context.known_ids
        for entry, retired in self.context.records(m.RetiredId):
            used = known.get(retired.table)
            if used is None:
                continue
            if retired.id in used:
                message = f"'{retired.id}' is retired and still in use among the {retired.table}"
                yield self.finding(entry, ("id",), message, "remove one of the two")
            if retired.redirect is not None and retired.redirect not in used:
                message = (
                    f"the redirect leads to '{retired.redirect}', "
                    f"which is not among the {retired.table}"
                )
                hint = suggestion(retired.redirect, used, "name the record in its place")
                yield self.finding(entry, ("redirect",), message, hint)


class UniqueUrl(PackageRule):
    """
    No two sources have the same address.

    ## Why

    One document under two ids looks like two sources, and a figure like confirmed twice.

    ## Bad

    ```yaml
    # sources/ansa-storm.yaml and sources/ansa-2022-05-09.yaml
    url: https://www.ansa.it/storm-makers
    ```

    ## Good

    ```yaml
    # sources/ansa-2022-05-09.yaml only
    url: https://www.ansa.it/storm-makers
    ```

    ## How to fix

    Cite the source that is there already, and remove the second one.
    """

    code, name, layer = "PKG008", "unique-url", Layer.PACKAGE
    excusable = True

    def check(self) -> Iterator[Finding]:
        """Compare addresses without scheme, 'www.' and final slash."""
        seen: dict[str, str] = {}
        for entry, source in self.context.records(m.Source):
            if source.url is None:
                continue

            host, slash, rest = source.url.partition("://")[2].partition("/")
            place = host.lower().removeprefix("www.") + (slash + rest).rstrip("/")
            if place in seen:
                message = f"'{seen[place]}' has the same address"
                yield self.finding(entry, ("url",), message, f"cite '{seen[place]}' instead")
            seen.setdefault(place, entry.id)


class UniqueEdition(PackageRule):
    """
    Each edition of a series is one case.

    ## Why

    Two cases for the third edition are one case recorded twice, or two editions confused.

    ## Bad

    ```yaml
    # cases/haechi-iii.yaml and cases/haechi-2022.yaml
    series: haechi
    edition: 3
    ```

    ## Good

    ```yaml
    # cases/haechi-iii.yaml only
    series: haechi
    edition: 3
    ```

    ## How to fix

    Correct the edition, or merge the two records and retire one id.
    """

    code, name, layer = "PKG009", "unique-edition", Layer.PACKAGE
    excusable = True

    def check(self) -> Iterator[Finding]:
        """Look for two cases with the same series and edition."""
        seen: dict[tuple[str, int], list[Entry]] = defaultdict(list)
        for entry, case in self.context.records(m.Case):
            if case.series and case.edition:
                others = seen[case.series, case.edition]
                if others:
                    message = f"'{others[0].id}' is edition {case.edition} of '{case.series}' too"
                    hint = "correct the edition, or merge the two records"
                    yield self.finding(entry, ("edition",), message, hint)
                others.append(entry)


class UniqueOrganization(PackageRule):
    """
    Each organization has one id.

    ## Why

    Under two ids one body counts as two, and what it says twice as confirmed by another.

    ## Bad

    ```yaml
    # organizations.yaml
    - {id: eia, name: Environmental Investigation Agency, kind: ngo, country: GBR}
    - {id: eia-london, name: Environmental Investigation Agency, kind: ngo, country: GBR}
    ```

    ## Good

    ```yaml
    - {id: eia, name: Environmental Investigation Agency, kind: ngo, country: GBR}
    ```

    ## How to fix

    Keep one id and use it everywhere. Two bodies of one name in one country are told apart in
    their names: *Capital FM (Nairobi)*.
    """

    code, name, layer = "PKG010", "unique-organization", Layer.PACKAGE

    def check(self) -> Iterator[Finding]:
        """Look for two organizations of one name in one country."""
        seen: dict[tuple[str, str | None], str] = {}
        for entry, body in self.context.records(m.Organization):
            first = seen.setdefault((body.name.casefold(), body.country), entry.id)
            if first != entry.id:
                message = f"'{first}' has the same name and country"
                yield self.finding(entry, ("name",), message, f"use '{first}' instead")


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
    UniqueOrganization,
)
