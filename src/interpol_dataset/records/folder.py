"""
The folder of records: what stands where, read into one set of records.

Every kind of record has a folder with one file a record, but for the small vocabularies, each of
which is a list in one file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.errors import PackageError
from interpol_dataset.findings import Finding, Place
from interpol_dataset.records import models as m
from interpol_dataset.records.parse import shape
from interpol_dataset.records.yaml import Document, Path, parse
from interpol_dataset.schema.fields import SLUG

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path as FilePath

__all__ = [
    "KINDS",
    "RECORDS",
    "Entry",
    "Kind",
    "RecordSet",
    "Records",
    "check_folder",
    "read_draft",
    "read_records",
    "record_files",
    "retired_ids",
]

#: Where the records stand in the project.
RECORDS: Final = "data/records"


@dataclass(frozen=True, slots=True)
class Kind:
    """
    A kind of record and where it stands.

    :param name: Its name, as ``interpol-dataset new`` and the JSON Schemas use it.
    :param table: The table of its ids, and the name of its folder or file.
    :param model: Its model.
    :param folder: Whether each record has a file of its own; else one file lists them all.
    """

    name: str
    table: str
    model: type[m.Model]
    folder: bool = True

    @property
    def id_field(self) -> str:
        """The field that the file is named after."""
        return "document" if self.model is m.ClaimSet else "id"


KINDS: Final = (
    Kind("category", "categories", m.Category),
    Kind("case", "cases", m.Case),
    Kind("challenge", "challenges", m.Challenge),
    Kind("lesson", "lessons", m.Lesson),
    Kind("claims", "claims", m.ClaimSet),
    Kind("source", "sources", m.Source),
    Kind("metrics", "metrics", m.Metric, folder=False),
    Kind("objects", "objects", m.Object, folder=False),
    Kind("organizations", "organizations", m.Organization, folder=False),
    Kind("retired_ids", "retired_ids", m.RetiredId, folder=False),
)


@dataclass(frozen=True, slots=True)
class Records:
    """All records of a package, each kind in the order of its ids."""

    categories: tuple[m.Category, ...] = ()
    cases: tuple[m.Case, ...] = ()
    challenges: tuple[m.Challenge, ...] = ()
    lessons: tuple[m.Lesson, ...] = ()
    claims: tuple[m.ClaimSet, ...] = ()
    sources: tuple[m.Source, ...] = ()
    metrics: tuple[m.Metric, ...] = ()
    objects: tuple[m.Object, ...] = ()
    organizations: tuple[m.Organization, ...] = ()
    retired_ids: tuple[m.RetiredId, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """
    A record and the place where it is written.

    :param kind: Its kind.
    :param document: The file that it stands in.
    :param at: The way to it in the file.
    :param record: The record; none where its shape is wrong.
    """

    kind: Kind
    document: Document
    at: Path
    record: m.Model | None

    @property
    def data(self) -> dict[str, Any]:
        """What was written, as plain values."""
        data: Any = self.document.data
        for step in self.at:
            data = data[step]

        return data if isinstance(data, dict) else {}

    @property
    def has_id(self) -> bool:
        """Whether an id was written, as a text."""
        return isinstance(self.data.get(self.kind.id_field), str)

    @property
    def id(self) -> str:
        """The id that was written, whether it is well-formed or not."""
        return str(self.data.get(self.kind.id_field, ""))

    def place(self, path: Path = (), *, key: bool = False) -> Place:
        """Find a part of the record in its file."""
        return self.document.place((*self.at, *path), key=key)


@dataclass(frozen=True, slots=True)
class RecordSet:
    """
    What was read from a folder of records.

    :param entries: The records and their places.
    :param findings: What kept files and records from being read.
    :param documents: The files.
    """

    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...]
    documents: tuple[Document, ...] = ()

    @property
    def records(self) -> Records:
        """The records that could be made, whether they hold together or not."""
        by_table: dict[str, list[m.Model]] = {kind.table: [] for kind in KINDS}
        for entry in sorted(self.entries, key=lambda entry: entry.id):
            if entry.record is not None:
                by_table[entry.kind.table].append(entry.record)

        return Records(**{table: tuple(records) for table, records in by_table.items()})  # type: ignore[arg-type]  # each kind has its own model


def read_records(folder: FilePath, name: str | None = None) -> RecordSet:
    """
    Read a folder of records.

    :param folder: The folder, ``data/records`` in the project.
    :param name: The path by which findings name the folder; its own by default.
    :raises PackageError: There is no such folder.
    """
    check_folder(folder)
    shown = str(folder) if name is None else name
    findings: list[Finding] = []
    entries: list[Entry] = []
    documents: list[Document] = []

    files = list(record_files(folder))
    for kind, path in files:
        document = parse(path.read_bytes(), f"{shown}/{path.relative_to(folder).as_posix()}")
        documents.append(document)
        findings.extend(document.findings)
        if not document.findings:
            found, wrong = _entries(kind, document, path.stem)
            entries.extend(found)
            findings.extend(wrong)

    findings.extend(_strangers(folder, shown, {path for _, path in files}))
    return RecordSet(tuple(entries), tuple(findings), tuple(documents))


def check_folder(folder: FilePath) -> None:
    """
    Refuse to go on where there are no records.

    :param folder: The folder of records.
    :raises PackageError: There is no such folder.
    """
    if not folder.is_dir():
        raise PackageError(
            "there is no folder of records here",
            where=str(folder),
            hint="run the command in the project's folder or name it with --root",
        )


def read_draft(kind: Kind, content: bytes, name: str) -> RecordSet:
    """
    Read a record, or a list of them, that has no place in the folder yet.

    :param kind: Its kind.
    :param content: Its bytes.
    :param name: The path by which findings name it.
    """
    document = parse(content, name)
    entries, wrong = _entries(kind, document, None) if not document.findings else ([], [])

    return RecordSet(tuple(entries), (*document.findings, *wrong), (document,))


def retired_ids(folder: FilePath, table: str) -> frozenset[str]:
    """
    Return the ids that records of a table once had, and that none may have again.

    :param folder: The folder of records.
    :param table: The table, such as ``cases``.
    """
    return frozenset(
        entry.id
        for kind, path in record_files(folder)
        if kind.model is m.RetiredId
        for entry in read_draft(kind, path.read_bytes(), str(path)).entries
        if entry.data.get("table") == table
    )


def record_files(folder: FilePath) -> Iterator[tuple[Kind, FilePath]]:
    """Return the files of records in a folder, with the kind of each."""
    for kind in KINDS:
        place = folder / kind.table
        if kind.folder:
            yield from ((kind, path) for path in sorted(place.glob("*.yaml")) if path.is_file())
        elif (path := place.with_suffix(".yaml")).is_file():
            yield kind, path


def _strangers(folder: FilePath, shown: str, known: set[FilePath]) -> Iterator[Finding]:
    """Report files that no kind of record accounts for, so that none is overlooked."""
    others = sorted(path for path in folder.rglob("*") if path not in known)
    for path in others:
        counts = path.is_file() or path.is_symlink() or path.suffix == ".yaml"
        if counts and not path.name.startswith("."):
            yield Finding(
                "PKG001",
                Place(f"{shown}/{path.relative_to(folder).as_posix()}"),
                "no kind of record stands here",
                "records are .yaml files in the folder of their kind; move it or remove it",
            )


def _entries(kind: Kind, document: Document, stem: str | None) -> tuple[list[Entry], list[Finding]]:
    """Make the records of one file, which is named after its record if it has a name."""
    ways: list[Path] = [()]
    if not kind.folder:
        if not isinstance(document.data, list):
            message = "this file is a list of records"
            return [], [Finding("SHP003", document.place(), message, "begin each with '- id:'")]
        ways = [(index,) for index in range(len(document.data))]

    entries: list[Entry] = []
    findings: list[Finding] = []
    for way in ways:
        made = shape(kind.model, document, way)
        entry = Entry(kind, document, way, None if isinstance(made, tuple) else made)
        entries.append(entry)

        if isinstance(made, tuple):
            findings.extend(made)
        is_slug = entry.has_id and re.fullmatch(SLUG, entry.id)
        if kind.folder and stem is not None and is_slug and entry.id != stem:
            findings.append(
                Finding(
                    "PKG002",
                    entry.place((kind.id_field,)),
                    f"the {kind.id_field} '{entry.id}' is not the name of the file",
                    f"rename the file to {entry.id}.yaml, or write {stem}",
                )
            )

    return entries, findings
