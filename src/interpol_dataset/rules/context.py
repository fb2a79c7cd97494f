"""
What rules know of all records together; each part is worked out when a rule first asks for it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from interpol_dataset.evidence.facts import Facts, FactsOfRecord, assess, bodies_of, facts_of
from interpol_dataset.evidence.testimony import testimonies_of
from interpol_dataset.files import digest_of
from interpol_dataset.git import arrivals
from interpol_dataset.records import models as m
from interpol_dataset.records.document import KINDS, Document
from interpol_dataset.records.folder import LISTS, RecordSet, Unreadable, folder_and_stem
from interpol_dataset.records.notes import CaseOutline, Notes, SourceOutline, notes_of
from interpol_dataset.rules.persons import KnownNames
from interpol_dataset.schema.vocabulary import RelationType, topmost
from interpol_dataset.suggest import slug_of
from interpol_dataset.totals.cases import KnownCase, known_case
from interpol_dataset.totals.figures import Catalogue
from interpol_dataset.values import grouped
from interpol_dataset.values.iso import COUNTRIES
from interpol_dataset.values.quantity import Quantity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from interpol_dataset.evidence.parties import Body
    from interpol_dataset.findings import KeyPath, Place
    from interpol_dataset.records.compose import Defect, Json, ShapeFault, SyntaxFault
    from interpol_dataset.records.parse import Entry
    from interpol_dataset.values.fact_path import FactPath

#: The fields that hold text of this dataset's own.
_OWN_TEXT: Final = {"summary", "description", "statement", "says", "note", "reason", "undated"}
_M = TypeVar("_M", bound=m.Model)


def latest_day() -> date:
    """Return today's date in UTC+14, the first time zone to reach it."""
    return datetime.now(timezone(timedelta(hours=14))).date()


class Reference(NamedTuple):
    """An id in a record, its own or another's, and the table of the record that it names."""

    entry: Entry
    path: KeyPath
    table: str
    id: str


class Text(NamedTuple):
    """A text in a record, and the field that it is written in."""

    entry: Entry
    path: KeyPath
    field: str
    text: str


@dataclass(frozen=True, eq=False)
class Context:
    """
    What rules may look at apart from the record.

    :param today: The day of the check; by default the latest that it is anywhere, because whoever
        reads a page writes down the day that it is there.
    """

    record_set: RecordSet
    today: date = field(default_factory=latest_day)
    _facts: dict[str, FactsOfRecord | None] = field(default_factory=dict, init=False, repr=False)
    _totals: dict[str, KnownCase | None] = field(default_factory=dict, init=False, repr=False)
    _stated: dict[str, dict[FactPath, bool]] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def scope(self) -> Scope:
        """All files, for rules to look at."""
        return Scope(self, self.record_set.documents, self.record_set.entries)

    def within(self, paths: Collection[str]) -> Scope:
        """Return some files, for local rules to look at."""
        return Scope(
            self,
            tuple(item for item in self.record_set.documents if item.path in paths),
            tuple(item for item in self.record_set.entries if item.document.path in paths),
        )

    def entries(self, model: type[m.Model]) -> Iterator[Entry]:
        """Return the entries of one kind of record, also those whose shape is wrong."""
        return (entry for entry in self.record_set.entries if entry.kind.model is model)

    def records(self, model: type[_M]) -> Iterator[tuple[Entry, _M]]:
        """Return the records of one kind whose shape is right, each with its entry."""
        for entry in self.entries(model):
            if isinstance(entry.record, model):
                yield entry, entry.record

    @cached_property
    def notes(self) -> dict[str, Notes]:
        """What is noted of each file, by its path."""
        entries = grouped((entry.document.path, entry) for entry in self.record_set.entries)
        documents = {item.path: item for item in self.record_set.documents}
        documents |= {path: own[0].document for path, own in entries.items()}
        found: dict[str, Notes] = {}
        for path, document in documents.items():
            own = entries.get(path, [])
            known = self.record_set.notes.get(path)
            digest = digest_of(document.text)
            # A draft may stand in a file's place, and an entry of a list may be left out.
            if known is None or (known.digest, len(known.references)) != (digest, len(own)):
                known = notes_of(document, own)
            found[path] = known

        return found

    def cases(self, *needed: str) -> Iterator[tuple[Entry, CaseOutline]]:
        """Return what is compared of cases; :meth:`Scope.readable` has which of them."""
        for entry in self.scope.entries_with(m.Case, needed):
            if isinstance(outline := self.notes[entry.document.path].outline, CaseOutline):
                yield entry, outline

    def addresses(self, *needed: str) -> Iterator[tuple[Entry, SourceOutline]]:
        """Return what is compared of sources that have an address."""
        for entry in self.scope.entries_with(m.Source, needed):
            if isinstance(outline := self.notes[entry.document.path].outline, SourceOutline):
                yield entry, outline

    def readable(self, model: type[_M], *needed: str) -> Iterator[tuple[Entry, _M]]:
        """Return the records of one kind as :meth:`Scope.readable` does, from all files."""
        return self.scope.readable(model, *needed)

    @cached_property
    def sources(self) -> dict[str, m.Source]:
        """All sources, by id."""
        return self._by_id(m.Source)

    @cached_property
    def organizations(self) -> dict[str, m.Organization]:
        """All organizations, by id."""
        return self._by_id(m.Organization)

    @cached_property
    def metrics(self) -> dict[str, m.Metric]:
        """All metrics, by id."""
        return self._by_id(m.Metric)

    @cached_property
    def catalogue(self) -> Catalogue:
        """What the vocabulary says of objects and metrics."""
        return Catalogue.of(self.metrics.values(), self._by_id(m.Object).values())

    def _by_id(self, model: type[_M]) -> dict[str, _M]:
        return {entry.id: record for entry, record in self.records(model)}

    @cached_property
    def defects(self) -> Mapping[SyntaxFault | ShapeFault, list[Defect]]:
        """The defects of files and records, by their fault."""
        return grouped((defect.fault, defect) for defect in self.record_set.defects)

    def is_faulty(self, entry: Entry, path: KeyPath) -> bool:
        """Return whether the shape of what is written there was found to be wrong."""
        # To find the place takes much longer than to see that nothing is wrong in the file.
        file = entry.document.path
        return file in self._faulty and entry.place(path) in self._faulty[file]

    @cached_property
    def _faulty(self) -> Mapping[str, frozenset[Place]]:
        places = grouped((item.place.path, item.place) for item in self.record_set.defects)
        return {path: frozenset(listed) for path, listed in places.items()}

    @cached_property
    def unreadable(self) -> Unreadable:
        """What could not be read, and so is not known."""
        return Unreadable(self.record_set)

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Every reference from a record to another, also where the record's shape is wrong."""
        waiting = {path: iter(notes.references) for path, notes in self.notes.items()}
        return tuple(
            Reference(entry, path, table, id_)
            for entry in self.record_set.entries
            for path, table, id_ in next(waiting[entry.document.path])
        )

    @cached_property
    def ids(self) -> tuple[Reference, ...]:
        """The ids that records have; a file of claims has those of its claims."""
        return tuple(
            Reference(entry, path, entry.kind.table, id_)
            for entry in self.record_set.entries
            if entry.kind.model is not m.RetiredId
            for path, id_ in _ids(entry)
            if isinstance(id_, str) and id_
        )

    @cached_property
    def known_ids(self) -> dict[str, set[str] | None]:
        """
        The ids in each table; ``None`` where a file that could not be read hides some.

        A file's name counts as the id of its record, and so does what an id of the wrong form was
        meant for, so that one fault in a record is not reported again wherever the record is cited.
        """
        known: dict[str, set[str] | None] = {kind.table: set() for kind in KINDS}
        known["countries"] = set(COUNTRIES)
        for item in self.ids:
            id_ = slug_of(item.id) if self.is_faulty(item.entry, item.path) else item.id
            known[item.table].add(id_)  # type: ignore[union-attr]  # still sets, all of them

        for document in self.record_set.documents:
            table, stem = folder_and_stem(document.path)
            ids = known.get(table)
            if table not in {"", "claims"} and ids is not None:
                ids.add(stem)
        listed = self.unreadable.tables & (LISTS | {"claims"})

        return known | dict.fromkeys(listed & known.keys())

    @cached_property
    def dangling(self) -> tuple[Reference, ...]:
        """The references that lead to no record, but for those that break another rule already."""
        return tuple(
            item
            for item in self.references
            if (ids := self.known_ids[item.table]) is not None
            and item.id not in ids
            and not self.is_faulty(item.entry, item.path)
            and not (item.entry.is_misnamed and item.path == (item.entry.kind.id_field,))
        )

    def is_released(self, table: str, id_: str) -> bool:
        """Return whether an id was published with a release."""
        return (table, id_) in self._released

    @cached_property
    def _released(self) -> frozenset[tuple[str, str]]:
        return frozenset((item.table, item.id) for item in self.record_set.released)

    def newcomers(self, groups: Iterable[Iterable[Entry]]) -> Iterator[tuple[Entry, Entry]]:
        """
        Return all records but the first of each group, each with that first; none twice.

        Published records come before others, then those whose files git knows longer, then the
        lesser id.
        """
        seen: set[tuple[str, KeyPath]] = set()
        for group in groups:
            entries = [*group]
            if len(entries) < 2:  # noqa: PLR2004  # one is alone
                continue
            first, *others = sorted(entries, key=self._arrival)
            for entry in others:
                key = entry.document.path, entry.at
                if entry.id != first.id and key not in seen:
                    seen.add(key)
                    yield first, entry

    def _arrival(self, entry: Entry) -> tuple[bool, int, str]:
        is_new = not self.is_released(entry.kind.table, entry.id)
        return is_new, self._arrivals.get(entry.document.path, 1), entry.id

    @property
    def has_asked_git(self) -> bool:
        """Whether a rule has asked which of two records came first."""
        return "_arrivals" in vars(self)

    @cached_property
    def _arrivals(self) -> Mapping[str, int]:
        """The order in which files were committed, from the latest at 0 down; others are later."""
        folder, shown = self.record_set.folder, self.record_set.shown
        if folder is None:
            return {}
        return {f"{shown}/{name}": number for name, number in arrivals(folder).items()}

    @cached_property
    def named(self) -> Mapping[str, dict[str, set[str]]]:
        """The ids of each table by the names and abbreviations of their records, as ids."""
        found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for entry in self.record_set.entries:
            for name in (entry.data.get("name"), entry.data.get("abbreviation")):
                # A name in another script has no form of an id, and neither has "...".
                if isinstance(name, str) and entry.id and (slug := slug_of(name)):
                    found[entry.kind.table][slug].add(entry.id)
        return found

    def case(self, id_: str) -> m.Case | None:
        """Return a case; ``None`` if there is no such case, or a source of it is unknown."""
        entry = self._cited.get(id_)
        record = entry.record if entry is not None else None
        return record if isinstance(record, m.Case) else None

    def facts_of(self, id_: str) -> FactsOfRecord | None:
        """Return the facts of such a case."""
        if id_ not in self._facts:
            case = self.case(id_)
            self._facts[id_] = facts_of(case, self.sources, self.bodies) if case else None
        return self._facts[id_]

    def stated_in(self, id_: str) -> dict[FactPath, bool]:
        """Return the facts that such a case states, each with whether a number of it counts."""
        if id_ not in self._stated:
            case = self.case(id_)
            stated: dict[FactPath, bool] = {}
            for item in testimonies_of(case, self.sources) if case is not None else ():
                is_number = item.counts and isinstance(item.value, Quantity)
                stated[item.path] = stated.get(item.path, False) or is_number
            self._stated[id_] = stated
        return self._stated[id_]

    def whole_of(self, id_: str) -> str | None:
        """Return the case that another is a part of."""
        relations = self._outlines[id_].relations if id_ in self._outlines else ()
        return next((item.case for item in relations if item.type is RelationType.PART_OF), None)

    @cached_property
    def _outlines(self) -> dict[str, CaseOutline]:
        return {entry.id: outline for entry, outline in self.cases() if entry.rest is None}

    def totals_of(self, id_: str) -> KnownCase | None:
        """Return a case with its totals, where its facts are known."""
        if id_ not in self._totals:
            case, facts = self.case(id_), self.facts_of(id_)
            self._totals[id_] = None
            if case is not None and facts is not None:
                area = topmost(case.categories[0], self._parents.get)
                self._totals[id_] = known_case(
                    case, area, facts, self.metrics.values(), self.catalogue
                )
        return self._totals[id_]

    @cached_property
    def _parents(self) -> dict[str, str | None]:
        return {item.id: item.parent for _, item in self.records(m.Category)}

    def facts(self) -> Facts:
        """Return the facts of all records, if their references to sources hold."""
        known = {("cases", id_): facts for id_, facts in self._facts.items() if facts is not None}
        return assess(self.record_set.records, known)

    @cached_property
    def bodies(self) -> dict[str, Body]:
        """What decides whose body each organization is, by id."""
        return bodies_of(self.organizations.values())

    @cached_property
    def _cited(self) -> dict[str, Entry]:
        """The cases that facts are worked out from: those that name no unknown sources."""
        cut_off = {
            item.entry.document.path
            for item in self.references
            if item.table == "sources" and item.id not in self.sources
        }
        cases = (entry for entry in self.entries(m.Case) if entry.made is not None)
        return {entry.id: entry for entry in cases if entry.document.path not in cut_off}

    def is_sound(self, entry: Entry) -> bool:
        """Return whether an entry is a case that states facts of no source that is not there."""
        if entry.kind.model is not m.Case or entry.made is None or entry.rest is not None:
            return False
        outline = self.notes[entry.document.path].outline
        return (
            isinstance(outline, CaseOutline)
            and entry.id not in self._dangling_cases
            and all(source in self.sources for source in outline.sources)
        )

    @cached_property
    def _dangling_cases(self) -> frozenset[str]:
        return frozenset(item.entry.id for item in self.dangling if item.path[0] == "reports")

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of what is in the dataset."""
        return self.case_names | self._names(m.Organization, m.Category, m.Object, m.Metric)

    @cached_property
    def case_names(self) -> frozenset[str]:
        """The names of cases."""
        return self._names(m.Case)

    @cached_property
    def known_names(self) -> KnownNames:
        """The names that are not those of persons."""
        return KnownNames(self.names)

    @cached_property
    def known_bodies(self) -> KnownNames:
        """The same without the names of cases."""
        return KnownNames(self.names - self.case_names)

    def _names(self, *models: type[m.Model]) -> frozenset[str]:
        datas = [entry.data for model in models for entry in self.entries(model)]
        written = [data.get(key) for data in datas for key in ("name", "abbreviation")]
        written += [name for data in datas for name in _listed(data, "aliases")]
        return frozenset(name for name in written if isinstance(name, str))


@dataclass(frozen=True, eq=False)
class Scope:
    """The files that a local rule looks at, and the records in them."""

    context: Context
    documents: tuple[Document, ...]
    entries: tuple[Entry, ...]

    @cached_property
    def _by_model(self) -> Mapping[type[m.Model], list[Entry]]:
        seen = (entry.readable for entry in self.entries)
        return grouped((entry.kind.model, entry) for entry in seen if entry is not None)

    def readable(self, model: type[_M], *needed: str) -> Iterator[tuple[Entry, _M]]:
        """
        Return the records of one kind, each with its entry, also with what could be read of others.

        :param needed: The fields without which nothing can be said of a record.
        """
        for entry in self.entries_with(model, needed):
            yield entry, entry.record  # type: ignore[misc]  # of its kind

    def entries_with(self, model: type[m.Model], needed: tuple[str, ...]) -> Iterator[Entry]:
        """Return the entries of these records."""
        for entry in self._by_model.get(model, ()):
            if entry.rest is None or entry.lost.isdisjoint((name,) for name in needed):
                yield entry

    def cases_with_facts(self) -> Iterator[tuple[Entry, m.Case, FactsOfRecord]]:
        """
        Return the cases whose reports refer to nothing that is not there, with their facts.

        In others, a fact has fewer statements than were meant. Where another reference leads
        nowhere, there are no facts.
        """
        for entry in self.entries:
            if self.context.is_sound(entry):
                facts = self.context.facts_of(entry.id) or {}
                yield entry, entry.record, facts  # type: ignore[misc]  # a case

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """Every text whose shape is right."""
        found: list[Text] = []
        for entry in self.entries:
            texts = _texts(entry, entry.data)
            if entry.made is None:
                texts = [text for text in texts if not self.context.is_faulty(entry, text.path)]
            found += texts
        return tuple(found)

    @cached_property
    def distinct_texts(self) -> frozenset[str]:
        """The same, each once: many a place on a page is named thousands of times."""
        return frozenset(item.text for item in self.texts)

    @cached_property
    def own_texts(self) -> tuple[Text, ...]:
        """Every text of this dataset's own whose shape is right."""
        return tuple(text for text in self.texts if text.field in _OWN_TEXT)


def _ids(entry: Entry) -> Iterator[tuple[KeyPath, object]]:
    if entry.kind.model is not m.ClaimSet:
        yield (entry.kind.id_field,), entry.data.get(entry.kind.id_field)
        return
    for index, claim in enumerate(_listed(entry.data, "claims")):
        if isinstance(claim, dict):
            yield ("claims", index, "id"), claim.get("id")


def _listed(data: dict[str, Any], name: str) -> list[Any]:
    value = data.get(name)
    return value if isinstance(value, list) else []


def _texts(
    entry: Entry, data: dict[str, Json] | list[Json], above: KeyPath = (), field: str = ""
) -> list[Text]:
    found: list[Text] = []
    for step, value in data.items() if isinstance(data, dict) else enumerate(data):
        name = step if isinstance(step, str) else field
        if isinstance(value, str):
            found.append(Text(entry, (*above, step), name, value))
        elif isinstance(value, (dict, list)):
            found += _texts(entry, value, (*above, step), name)
    return found


def steps_of(case: m.Case) -> Iterator[tuple[KeyPath, m.ReportedStep]]:
    """Return the steps of proceedings of a case, with the paths to them."""
    for index, told in enumerate(case.proceedings):
        for number, step in enumerate(told.steps):
            yield ("proceedings", index, "steps", number), step


def outcomes_of(case: m.Case) -> Iterator[tuple[KeyPath, m.ReportedOutcome]]:
    """Return the outcomes of a case, with the paths to them."""
    for index, report in enumerate(case.reports):
        for number, outcome in enumerate(report.outcomes):
            yield ("reports", index, "outcomes", number), outcome


def stated_of(case: m.Case) -> Iterator[tuple[KeyPath, str, m.Stated]]:
    """Return all that is stated of a case, with the path to it and the id of its source."""
    for index, report in enumerate(case.reports):
        for name in ("interpol_role", "period", "announced", "country_count", "countries"):
            if (stated := getattr(report, name)) is not None:
                yield ("reports", index, name), report.source, stated
        for name in ("organizations", "tools", "outcomes"):
            for number, stated in enumerate(getattr(report, name)):
                yield ("reports", index, name, number), report.source, stated
    for path, step in steps_of(case):
        yield path, case.proceedings[int(path[1])].source, step
