"""
The folder of records: which files are in it, read into one set of records.

Each kind of record has a folder with one file for each record, except the small vocabularies, each
of which is a list in one file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.errors import PackageError
from interpol_dataset.records import models as m
from interpol_dataset.records.defects import ShapeDefect, ShapeFault
from interpol_dataset.records.kinds import KINDS, Kind, Records
from interpol_dataset.records.parse import parse_record, path_as_written
from interpol_dataset.records.yaml import parse
from interpol_dataset.schema.fields import SLUG

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from interpol_dataset.findings import KeyPath, Place
    from interpol_dataset.records.defects import Defect
    from interpol_dataset.records.document import Document
    from interpol_dataset.records.parse import Rest

__all__ = [
    "RECORDS",
    "Entry",
    "RecordSet",
    "check_folder",
    "read_draft",
    "read_records",
    "record_files",
    "retired_ids",
]

#: Where the records are in the project.
RECORDS: Final = "data/records"


@dataclass(frozen=True, slots=True)
class Entry:
    """
    A record and where it is written.

    :param kind: Its kind.
    :param document: The file that it is in.
    :param at: The path to it in the file.
    :param record: The record; ``None`` where its shape is wrong.
    :param stem: The name of the file of its own, without the ending; ``None`` where it has none.
    :param rest: What could be read of a record whose shape is wrong.
    """

    kind: Kind
    document: Document
    at: KeyPath
    record: m.Model | None
    stem: str | None = None
    rest: Rest[m.Model] | None = None

    @property
    def data(self) -> dict[str, Any]:
        """What was written, as plain values; empty where that is no mapping."""
        if self.record is not None and self.rest is not None:
            return self.rest.data

        data = self.document.at(self.at)

        return data if isinstance(data, dict) else {}

    @property
    def id(self) -> str:
        """The id that was written, whether it is well-formed or not."""
        return str(self.data.get(self.kind.id_field, ""))

    @property
    def is_misnamed(self) -> bool:
        """Whether its file is named otherwise than its id, which is well-formed."""
        id_ = self.data.get(self.kind.id_field)
        if self.stem is None or not isinstance(id_, str) or id_ == self.stem:
            return False

        return re.fullmatch(SLUG, id_) is not None

    @property
    def readable(self) -> Entry | None:
        """The entry as rules see it: where its shape is wrong, with what could be read of it."""
        if self.record is not None or self.rest is None:
            return self if self.record is not None else None

        return replace(self, record=self.rest.record)

    @property
    def lost(self) -> frozenset[KeyPath]:
        """The paths, as written, to what is not in the record because its shape is wrong."""
        return self.rest.lost if self.record is not None and self.rest else frozenset()

    def written(self, path: KeyPath) -> KeyPath:
        """Return the path in the record as it was written, counting the items that are lost."""
        return path_as_written(path, self.rest.kept) if self.rest and self.record else path

    def is_whole(self, path: KeyPath) -> bool:
        """Return whether nothing is lost of what was written there."""
        return not self.lost or self.rest is None or self.written(path) not in self.rest.touched

    def place(self, path: KeyPath = (), *, key: bool = False) -> Place:
        """Return the place of a part of the record in its file."""
        return self.document.place((*self.at, *self.written(path)), key=key)


@dataclass(frozen=True, slots=True)
class RecordSet:
    """
    What was read from a folder of records.

    :param entries: The records and their places.
    :param defects: What kept files and records from being read.
    :param documents: The files.
    :param strays: The paths of files that belong to no kind of record.
    """

    entries: tuple[Entry, ...] = ()
    defects: tuple[Defect, ...] = ()
    documents: tuple[Document, ...] = ()
    strays: tuple[str, ...] = ()

    @property
    def records(self) -> Records:
        """The records that could be made, whether they fit together or not."""
        by_table: dict[str, list[m.Model]] = {kind.table: [] for kind in KINDS}
        for entry in sorted(self.entries, key=lambda entry: entry.id):
            if entry.record is not None:
                by_table[entry.kind.table].append(entry.record)

        return Records(**{table: tuple(records) for table, records in by_table.items()})  # type: ignore[arg-type]  # each kind has its own model


def read_records(folder: Path, name: str | None = None) -> RecordSet:
    """
    Read a folder of records.

    :param folder: The folder, ``data/records`` in the project.
    :param name: The path by which findings name the folder; its own by default.
    :returns: The records and whatever kept some from being read; check ``defects`` and ``strays``,
        or let the gate do it.
    :raises PackageError: There is no such folder.
    """
    check_folder(folder)
    shown = str(folder) if name is None else name
    entries: list[Entry] = []
    defects: list[Defect] = []
    documents: list[Document] = []

    files = list(record_files(folder))
    for kind, path in files:
        document = parse(path.read_bytes(), f"{shown}/{path.relative_to(folder).as_posix()}")
        documents.append(document)
        found, wrong = _entries(kind, document, path.stem if kind.folder else None)
        entries.extend(found)
        defects.extend(wrong)

    strays = [
        f"{shown}/{path.relative_to(folder).as_posix()}"
        for path in _strays(folder, {path for _, path in files})
    ]

    return RecordSet(tuple(entries), tuple(defects), tuple(documents), tuple(strays))


def check_folder(folder: Path) -> None:
    """
    Check that a folder of records exists.

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
    entries, defects = _entries(kind, document, None)

    return RecordSet(tuple(entries), tuple(defects), (document,))


def retired_ids(folder: Path, table: str) -> frozenset[str]:
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


def record_files(folder: Path) -> Iterator[tuple[Kind, Path]]:
    """Return the files of records in a folder, with the kind of each."""
    for kind in KINDS:
        place = folder / kind.table
        if kind.folder:
            yield from ((kind, path) for path in sorted(place.glob("*.yaml")) if path.is_file())
        elif (path := place.with_suffix(".yaml")).is_file():
            yield kind, path


def _strays(folder: Path, known: set[Path]) -> Iterator[Path]:
    """Return the files in a folder that belong to no kind of record, but for hidden ones."""
    for path in sorted(path for path in folder.rglob("*") if path not in known):
        counts = path.is_file() or path.is_symlink() or path.suffix == ".yaml"
        if counts and not path.name.startswith("."):
            yield path


def _entries(kind: Kind, document: Document, stem: str | None) -> tuple[list[Entry], list[Defect]]:
    """Make the records of one file, and say what kept some from being made."""
    if document.defects:
        return [], [*document.defects]

    paths: list[KeyPath] = [()]
    if not kind.folder:
        if not isinstance(document.data, list):
            return [], [_not_a_list(kind, document)]
        paths = [(index,) for index in range(len(document.data))]

    entries: list[Entry] = []
    defects: list[Defect] = []
    for path in paths:
        made = parse_record(kind.model, document, path)
        defects.extend(made.defects)
        entries.append(Entry(kind, document, path, made.record, stem, made.rest))

    return entries, defects


def _not_a_list(kind: Kind, document: Document) -> ShapeDefect:
    fault = ShapeFault.NOT_A_LIST_OF_RECORDS

    return ShapeDefect(fault, document.place(), kind.model, (), document.data, {}, fault.value)
