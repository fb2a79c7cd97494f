"""
What a rule is.

A rule is a class. Its docstring is its page: what it checks, why, a bad and a good example, and
how to fix it.
"""

from __future__ import annotations

import inspect
from abc import abstractmethod
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, TypeVar

from interpol_dataset.findings import Finding, Place, Severity
from interpol_dataset.records import models as m
from interpol_dataset.records.folder import KINDS
from interpol_dataset.records.references import references
from interpol_dataset.suggest import slug_of
from interpol_dataset.values.countries import COUNTRIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.findings import Fix
    from interpol_dataset.records.folder import Entry, RecordSet
    from interpol_dataset.records.yaml import Document, Json, Path

__all__ = ["Context", "Layer", "PackageRule", "RecordRule", "Reference", "Rule"]

#: The fields that hold text of this dataset's own.
OWN_TEXT: Final = frozenset({"summary", "description", "statement", "note", "reason", "undated"})

_M = TypeVar("_M", bound=m.Model)
#: The records that a rule looks at: of one model, or of several.
_R = TypeVar("_R", bound=m.Model)


class Layer(StrEnum):
    """What a rule looks at, from the letters of a file to the whole package."""

    SYNTAX = "syntax"
    SHAPE = "shape"
    MEANING = "meaning"
    PACKAGE = "package"
    POLICY = "policy"
    TABLES = "tables"


class Rule:
    """What all rules share: a code and a name that never change, and a layer."""

    code: ClassVar[str]
    name: ClassVar[str]
    layer: ClassVar[Layer]
    severity: ClassVar[Severity] = Severity.ERROR

    #: Whether a record may make an exception; not where the tables rest on the rule.
    excusable: ClassVar[bool] = False

    def __init__(self, context: Context) -> None:
        self.context = context

    @classmethod
    def page(cls) -> str:
        """Return the rule's page in Markdown, without its title."""
        return inspect.cleandoc(cls.__doc__ or "")

    @classmethod
    def summary(cls) -> str:
        """Return the first sentence of the rule's page."""
        return cls.page().partition("\n\n")[0].replace("\n", " ")

    @classmethod
    def finding(
        cls,
        entry: Entry,
        path: Path,
        message: str,
        hint: str | None = None,
        *,
        key: bool = False,
        fix: Fix | None = None,
    ) -> Finding:
        """
        Report a fault in a record.

        :param entry: The record.
        :param path: The way to the fault in it.
        :param message: What is wrong.
        :param hint: How to fix it.
        :param key: Point at the key rather than at its value.
        :param fix: The change that certainly fixes it, by its path in the record.
        """
        return Finding(
            rule=cls.code,
            place=entry.place(path, key=key),
            message=message,
            hint=hint,
            record=f"{entry.kind.table}/{entry.id}",
            field="/".join(str(step) for step in path) or None,
            severity=cls.severity,
            fix=fix and fix._replace(path=(*entry.at, *fix.path)),
        )


def _latest_day() -> date:
    """Return the day that it is where the day begins first."""
    return datetime.now(timezone(timedelta(hours=14))).date()


@dataclass(frozen=True, slots=True)
class Reference:
    """
    An id that stands in a record: its own or another's.

    :param entry: The record that it stands in.
    :param path: The way to it in the record.
    :param table: The table of the record that it names.
    :param id: The id.
    """

    entry: Entry
    path: Path
    table: str
    id: str


@dataclass(frozen=True)
class Context:
    """
    What rules may look at besides the record.

    :param record_set: All records.
    :param today: The day on which the check is made; by default the latest that it is anywhere,
        as whoever reads a page writes down the day that it is there.
    """

    record_set: RecordSet
    today: date = field(default_factory=_latest_day)

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Whatever a record refers to, also where the record's shape is wrong."""
        return tuple(
            Reference(entry, path, table, id_)
            for entry in self.record_set.entries
            for path, table, id_ in references(entry.kind.model, entry.data)
        )

    @cached_property
    def ids(self) -> tuple[Reference, ...]:
        """The ids that records bear; a file of claims gives those of its claims."""
        return tuple(
            Reference(entry, path, entry.kind.table, id_)
            for entry in self.record_set.entries
            if entry.kind.model is not m.RetiredId
            for path, id_ in _ids(entry)
            if isinstance(id_, str) and id_
        )

    @cached_property
    def unread(self) -> tuple[Document, ...]:
        """The files that could not be read; what stands in them is not known."""
        return tuple(
            document
            for document in self.record_set.documents
            if document.findings or not isinstance(document.data, (dict, list))
        )

    @cached_property
    def known_ids(self) -> dict[str, set[str] | None]:
        """
        The ids in each table; none where a file that could not be read hides some.

        A file's name counts as the id of its record, and so does what an id of the wrong form was
        meant for, so that one fault in a record is not reported again wherever the record is cited.
        """
        known: dict[str, set[str] | None] = {kind.table: set() for kind in KINDS}
        known["countries"] = set(COUNTRIES)
        for item in self.ids:
            id_ = slug_of(item.id) if self.is_faulty(item.entry, item.path) else item.id
            known[item.table].add(id_)  # type: ignore[union-attr]  # still sets, all of them

        for document in self.record_set.documents:
            _, table, stem = _location(document)
            ids = known.get(table)
            if table not in {"", "claims"} and ids is not None:
                ids.add(stem)
        for document in self.unread:
            _, table, stem = _location(document)
            if table == "claims":
                known[table] = None
            elif table not in known and stem in known:
                known[stem] = None

        return known

    @cached_property
    def dangling(self) -> tuple[Reference, ...]:
        """The references of the right form that lead to no record."""
        return tuple(
            item
            for item in self.references
            if (ids := self.known_ids[item.table]) is not None
            and item.id not in ids
            and not self.is_faulty(item.entry, item.path)
        )

    def is_faulty(self, entry: Entry, path: Path) -> bool:
        """Return whether the shape of what stands there was found to be wrong."""
        # To find the place takes longer than to see that nothing is wrong anywhere.
        return bool(self._faulty) and entry.place(path) in self._faulty

    @cached_property
    def _faulty(self) -> frozenset[Place]:
        return frozenset(finding.place for finding in self.record_set.findings)

    @staticmethod
    def is_file_name(entry: Entry) -> bool:
        """Return whether a record's id is the name of its file."""
        return _location(entry.document)[2] == entry.id

    @cached_property
    def texts(self) -> tuple[tuple[Entry, Path, str, str], ...]:
        """Every text of this dataset's own: its record, the way to it, its field, what it says."""
        return tuple(found for found in self.strings if found[2] in OWN_TEXT)

    @cached_property
    def strings(self) -> tuple[tuple[Entry, Path, str, str], ...]:
        """Every text whose shape is right: its record, the way to it, its field, the text."""
        return tuple(
            (entry, path, name, text)
            for entry in self.record_set.entries
            if isinstance(entry.data, dict)
            for path, name, text in _strings(entry.data, ())
            if entry.record is not None or not self.is_faulty(entry, path)
        )

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of countries, organizations and cases."""
        named = [
            *(entry.data for entry in self.entries(m.Organization)),
            *(entry.data for entry in self.entries(m.Case)),
        ]
        written = [name for data in named for name in (data.get("name"), *_listed(data, "aliases"))]

        return frozenset(
            [*COUNTRIES.values(), *(name for name in written if isinstance(name, str))]
        )

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

    def entries(self, model: type[m.Model]) -> Iterator[Entry]:
        """Return the entries of one kind of record, also those whose shape is wrong."""
        return (entry for entry in self.record_set.entries if entry.kind.model is model)

    def records(self, model: type[_M]) -> Iterator[tuple[Entry, _M]]:
        """Return the records of one kind whose shape is right, each with its entry."""
        for entry in self.entries(model):
            if isinstance(entry.record, model):
                yield entry, entry.record

    def _by_id(self, model: type[_M]) -> dict[str, _M]:
        return {entry.id: record for entry, record in self.records(model)}


def _location(document: Document) -> tuple[str, str, str]:
    """Take a file's path apart: what stands above its folder, the folder, its name."""
    above, _, name = document.path.rpartition("/")

    return above, above.rpartition("/")[2], name.removesuffix(".yaml")


def _strings(data: dict[str, Json] | list[Json], path: Path) -> Iterator[tuple[Path, str, str]]:
    """Return the texts in some data: the way to each, the key that it stands under, the text."""
    items = data.items() if isinstance(data, dict) else enumerate(data)
    for step, value in items:
        if isinstance(value, str):
            yield (*path, step), _key((*path, step)), value
        elif isinstance(value, (dict, list)):
            yield from _strings(value, (*path, step))


def _key(path: Path) -> str:
    return next(step for step in reversed(path) if isinstance(step, str))


def _ids(entry: Entry) -> Iterator[tuple[Path, object]]:
    if entry.kind.model is not m.ClaimSet:
        yield (entry.kind.id_field,), entry.data.get(entry.kind.id_field)
        return

    for index, claim in enumerate(_listed(entry.data, "claims")):
        if isinstance(claim, dict):
            yield ("claims", index, "id"), claim.get("id")


def _listed(data: dict[str, Any], name: str) -> list[Any]:
    """Return a list from a record whose shape may be wrong."""
    value = data.get(name)

    return value if isinstance(value, list) else []


class RecordRule(Rule, Generic[_R]):
    """A rule that looks at one record at a time, once its shape is right."""

    #: The models of the records that it looks at.
    models: ClassVar[tuple[type[m.Model], ...]]

    @abstractmethod
    def check(self, entry: Entry, record: _R) -> Iterator[Finding]:
        """Find what breaks the rule in one record; the entry tells where it stands."""


class PackageRule(Rule):
    """A rule that looks at all records together."""

    @abstractmethod
    def check(self) -> Iterator[Finding]:
        """Find what breaks the rule anywhere."""
