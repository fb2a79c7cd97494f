"""
The folder of records: which files are in it, read into one set; and what in it can't be read.

Each kind of record has a folder with one file for each record, except the small vocabularies, each
of which is a list in one file.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from interpol_dataset.errors import PackageError
from interpol_dataset.files import read_file
from interpol_dataset.findings import KeyPath, Place, Span
from interpol_dataset.parallel import MANY, meanwhile
from interpol_dataset.records import models as m
from interpol_dataset.records.cache import Cache, Known
from interpol_dataset.records.compose import (
    ShapeDefect,
    ShapeFault,
    SyntaxDefect,
    SyntaxFault,
    nothing_collected,
)
from interpol_dataset.records.document import KINDS, MAX_BYTES, Document, Kind, Records, parse
from interpol_dataset.records.notes import Notes, notes_of
from interpol_dataset.records.parse import Entry, Later, parse_record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from interpol_dataset.records.compose import Defect

#: Where the records are in the project.
RECORDS: Final = "data/records"

#: The file in it that lists the ids of all records that were published, as ``table/id``.
RELEASED: Final = "released_ids.txt"


class Budget(NamedTuple):
    """What a folder of records may hold in all; strays and folders count as files."""

    files: int
    bytes: int
    values: int
    defects: int


#: At least twice today's records, and still checked in seconds.
BUDGET: Final = Budget(files=10_000, bytes=14 << 20, values=600_000, defects=50_000)


class Stray(NamedTuple):
    """Something that belongs to no kind of record: a file, link, pipe, socket or device."""

    path: str
    what: str


class Released(NamedTuple):
    """An id that was published with a release, and where it is listed."""

    table: str
    id: str
    place: Place


class FileRead(NamedTuple):
    """What was read from a file, and what is noted of it where a cache keeps that."""

    document: Document
    entries: list[Entry]
    defects: list[Defect]
    notes: Notes | None = None


class Contents(NamedTuple):
    """What is in a folder of records: its files, also by the path that findings name them by."""

    listed: tuple[tuple[Kind, Path], ...]
    files: dict[str, bytes]
    strays: tuple[Stray, ...]
    released: tuple[Released, ...]


@dataclass(frozen=True, slots=True)
class RecordSet:
    """
    What was read from a folder of records, and what kept files and records from being read.

    :param strays: What else is there.
    :param released: The ids that were published.
    :param folder: The folder, if it was read from one.
    :param shown: The path by which findings name it.
    :param notes: What is noted of files, by path, where that is known already.
    """

    entries: tuple[Entry, ...] = ()
    defects: tuple[Defect, ...] = ()
    documents: tuple[Document, ...] = ()
    strays: tuple[Stray, ...] = ()
    released: tuple[Released, ...] = ()
    folder: Path | None = None
    shown: str = ""
    notes: Mapping[str, Notes] = field(default_factory=dict, repr=False)

    @property
    def records(self) -> Records:
        """The records that could be made, whether they fit together or not."""
        by_table: dict[str, list[m.Model]] = {kind.table: [] for kind in KINDS}
        for entry in sorted(self.entries, key=lambda entry: entry.id):
            if entry.record is not None:
                by_table[entry.kind.table].append(entry.record)
        return Records(**{table: tuple(records) for table, records in by_table.items()})  # type: ignore[arg-type]  # each kind has its own model


@nothing_collected()
def read_records(
    folder: Path,
    name: str | None = None,
    cache: Cache | None = None,
    contents: Contents | None = None,
) -> RecordSet:
    """
    Read a folder of records.

    :param name: The path by which findings name the folder; its own by default.
    :param cache: What was read before; everything is read again by default.
    :param contents: What :func:`read_contents` just found there, so that no file is read twice.
    :returns: The records and what kept some from being read; check ``defects`` and ``strays``,
        or let the gate do it. Nothing but a defect that says so, if there is more than
        :data:`BUDGET` allows.
    :raises PackageError: There is no such folder, or it is a link.
    """
    shown = str(folder) if name is None else name
    there = contents or _contents(folder, shown)
    if isinstance(there, str):
        return _over_budget(shown, there)
    just_read: dict[str, FileRead] = {}
    if cache is not None and cache.is_new and len(there.files) >= MANY:
        just_read = _fill(cache, there)

    entries: list[Entry] = []
    defects: list[Defect] = []
    documents: list[Document] = []
    notes: dict[str, Notes] = {}
    values = 0
    for (kind, path), (named, content) in zip(there.listed, there.files.items(), strict=True):
        read = just_read.get(named) or _read(kind, path, named, content, cache)
        values += read.document.size
        if values > BUDGET.values:
            return _over_budget(shown, "values")
        documents.append(read.document)
        entries.extend(read.entries)
        defects.extend(read.defects)
        if read.notes is not None:
            notes[named] = read.notes
        if len(defects) > BUDGET.defects:
            return _over_budget(shown, "defects")

    if cache is not None:
        cache.flush()
    read_in_all = tuple(entries), tuple(defects), tuple(documents)
    return RecordSet(*read_in_all, there.strays, there.released, folder, shown, notes)


def read_contents(folder: Path, name: str) -> Contents | None:
    """
    Read a folder of records without making records of it.

    :param name: The path by which findings name it.
    :returns: ``None`` if there are more files in it, or larger ones, than :data:`BUDGET` allows.
    :raises PackageError: There is no such folder, or it is a link.
    """
    found = _contents(folder, name)
    return None if isinstance(found, str) else found


def _contents(folder: Path, shown: str) -> Contents | str:
    """Return what is in a folder of records, or of what there is too much."""
    check_folder(folder)
    listed = tuple(record_files(folder))
    strays = _strays(folder, shown, {path for _, path in listed})
    if strays is None:
        return "files"
    files: dict[str, bytes] = {}
    size = 0
    for kind, path in listed:
        above = f"{kind.table}/" if kind.folder else ""
        content = files[f"{shown}/{above}{path.name}"] = read_content(path)
        size += len(content)
        if size > BUDGET.bytes:
            return "bytes"
    released = tuple(_released(folder / RELEASED, f"{shown}/{RELEASED}"))
    return Contents(listed, files, strays, released)


def _read(kind: Kind, path: Path, named: str, content: bytes, cache: Cache | None) -> FileRead:
    """Read a file; with a cache, only if it changed since it was last read."""
    stem = path.stem if kind.folder else None
    known = cache.get(named, content) if cache is not None else None
    if known is not None:
        entries, defects = _entries(kind, known.document, stem, is_right=known.is_right)
        return FileRead(known.document, entries, defects, known.notes)

    document = parse(content, named)
    entries, defects = _entries(kind, document, stem)
    if cache is None:
        return FileRead(document, entries, defects)
    notes = notes_of(document, entries)
    cache.put(named, content, Known(document, not defects, notes))
    return FileRead(document, entries, defects, notes)


def _fill(cache: Cache, contents: Contents) -> dict[str, FileRead]:
    """Read files into a cache that is new; half of them, on a second processor, meanwhile."""
    places = dict(zip(contents.files, contents.listed, strict=True))

    def fill(half: list[str]) -> dict[str, FileRead]:
        read = {named: _read(*places[named], named, contents.files[named], cache) for named in half}
        cache.flush()
        return read

    def fill_other() -> None:
        fill(other)

    one, other = cache.in_halves(contents.files)
    ready = meanwhile(fill_other)
    read = fill(one)
    ready()
    return read


def read_content(path: Path) -> bytes:
    """Return the bytes of a file of records, or as many as show that it is too large to be one."""
    return read_file(path, MAX_BYTES + 1, follow=False)


def _released(path: Path, shown: str) -> Iterator[Released]:
    """Read the list of published ids, if there is one."""
    if _what(path) != "file":
        return
    text = read_content(path).decode(errors="replace")
    for number, line in enumerate(text.splitlines(), 1):
        table, _, id_ = line.partition("/")
        yield Released(table, id_, Place(shown, Span(number, 1, number, len(line) + 1)))


def _over_budget(shown: str, what: str) -> RecordSet:
    detail = f"{getattr(BUDGET, what):,} {what}"
    return RecordSet(defects=(SyntaxDefect(SyntaxFault.OVER_BUDGET, Place(shown), detail),))


def check_folder(folder: Path, table: str = "") -> None:
    """
    Check that a folder of records exists, and that it is where it seems to be.

    :raises PackageError: There is no such folder, or a link has its name, that of the folder that
        it is in, or that of the one for a table in it, which is to be written to.
    """
    for place in (folder.parent, folder, folder / table):
        if place.is_symlink():
            raise PackageError(
                "the folder of records is a link, and links are not followed",
                where=str(place),
                hint="put the records themselves there",
            )
    if not folder.is_dir():
        raise PackageError(
            "there is no folder of records here",
            where=str(folder),
            hint="run the command in the project's folder or name it with --root",
        )


def read_draft(kind: Kind, content: bytes, name: str) -> RecordSet:
    """Read a record, or a list of them, that has no place in the folder yet."""
    document = parse(content, name)
    entries, defects = _entries(kind, document, None)
    return RecordSet(tuple(entries), tuple(defects), (document,))


def retired_ids(folder: Path, table: str) -> frozenset[str]:
    """Return the ids that records of a table once had, and that none may have again."""
    return frozenset(
        entry.id
        for kind, path in record_files(folder)
        if kind.model is m.RetiredId
        for entry in read_draft(kind, read_content(path), str(path)).entries
        if entry.data.get("table") == table
    )


def record_files(folder: Path) -> Iterator[tuple[Kind, Path]]:
    """Return the files of records in a folder, with the kind of each. No link is followed."""
    for kind in KINDS:
        place = folder / kind.table
        if not kind.folder:
            file = place.with_suffix(".yaml")
            yield from [(kind, file)] if _what(file) == "file" else ()
        elif _what(place) == "folder":
            with os.scandir(place) as found:
                names = [item.name for item in found if item.is_file(follow_symlinks=False)]
            yield from ((kind, place / name) for name in sorted(names) if name.endswith(".yaml"))


def _strays(folder: Path, shown: str, known: set[Path]) -> tuple[Stray, ...] | None:
    """Return the unknown files in a folder of records, but hidden ones; ``None`` if too many."""
    if _what(folder / RELEASED) == "file":
        known = known | {folder / RELEASED}
    known_paths = {os.fspath(path) for path in known}
    strays: list[tuple[Path, str]] = []
    waiting, count = [folder], 0
    while waiting:
        with os.scandir(waiting.pop()) as listed:
            paths = [entry.path for entry in islice(listed, BUDGET.files + 1)]
        count += len(paths)
        if count > BUDGET.files:
            return None

        for path in (Path(path) for path in paths if path not in known_paths):
            what = _what(path)
            if what == "folder":
                waiting.append(path)
            if path.suffix == ".yaml" if what == "folder" else not path.name.startswith("."):
                strays.append((path, what))

    return tuple(
        Stray(f"{shown}/{path.relative_to(folder).as_posix()}", what)
        for path, what in sorted(strays)
    )


def _what(path: Path) -> str:
    """Return what has a path, without following it where it is a link."""
    try:
        mode = path.lstat().st_mode
    except OSError:
        return "nothing"
    if stat.S_ISLNK(mode):
        return "link"
    if stat.S_ISDIR(mode):
        return "folder"
    return "file" if stat.S_ISREG(mode) else "special file"


def _entries(
    kind: Kind, document: Document, stem: str | None, *, is_right: bool = False
) -> tuple[list[Entry], list[Defect]]:
    """
    Make the records of one file, and say what kept some from being made.

    :param is_right: Whether nothing does, so that each is made when somebody looks at it.
    """
    if document.defects:
        return [], [*document.defects]
    paths: list[KeyPath] = [()]
    if not kind.folder:
        if not isinstance(document.data, list):
            return [], [_not_a_list(kind, document)]
        paths = [(index,) for index in range(len(document.data))]
    if is_right:
        made = ((path, Later(kind.model, document, path)) for path in paths)
        return [Entry(kind, document, path, later, stem) for path, later in made], []
    entries: list[Entry] = []
    defects: list[Defect] = []
    for path in paths:
        parsed = parse_record(kind.model, document, path)
        defects.extend(parsed.defects)
        entries.append(Entry(kind, document, path, parsed.record, stem, parsed.rest))
    return entries, defects


def _not_a_list(kind: Kind, document: Document) -> ShapeDefect:
    fault = ShapeFault.NOT_A_LIST_OF_RECORDS
    return ShapeDefect(fault, document.place(), kind.model, (), document.data, {}, fault.value)


#: The tables whose records are listed in one file each, and those with a file for each record.
LISTS: Final = frozenset(kind.table for kind in KINDS if not kind.folder)

FOLDERS: Final = frozenset(kind.table for kind in KINDS if kind.folder)


@dataclass(frozen=True)
class Unreadable:
    """What can't be read."""

    record_set: RecordSet

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """The files that could not be read."""
        return tuple(
            document
            for document in self.record_set.documents
            if document.defects or not isinstance(document.data, (dict, list))
        )

    @cached_property
    def files(self) -> frozenset[str]:
        """The paths of these files."""
        return frozenset(document.path for document in self.documents)

    @cached_property
    def lists(self) -> frozenset[str]:
        """The paths of those among them that list all records of a kind."""
        return frozenset(item.path for item in self.documents if _table(item) in LISTS)

    @cached_property
    def hiding(self) -> frozenset[str]:
        """The paths of lists with a record that can't be read, not even its id."""
        return self.lists | {entry.document.path for entry in self._faulty if not entry.id}

    @cached_property
    def tables(self) -> frozenset[str]:
        """The tables of which a record can't be read, not even its id."""
        nameless = {entry.kind.table for entry in self._faulty if not entry.id}
        return frozenset(map(_table, self.documents)) | nameless

    @cached_property
    def doubtful(self) -> frozenset[str]:
        """The tables that are a list with a record that can't be read in full."""
        return frozenset(entry.kind.table for entry in self._faulty)

    @cached_property
    def _faulty(self) -> tuple[Entry, ...]:
        """The records in lists whose shape is wrong."""
        return tuple(
            entry
            for entry in self.record_set.entries
            if entry.made is None and not entry.kind.folder
        )


def folder_and_stem(path: str) -> tuple[str, str]:
    """Return the name of a file's folder, and its own without the ending."""
    above, _, name = path.rpartition("/")
    return above.rpartition("/")[2], name.removesuffix(".yaml")


def _table(document: Document) -> str:
    """Return the table that a file's records are of."""
    folder, stem = folder_and_stem(document.path)
    return stem if stem in LISTS and folder not in FOLDERS else folder
