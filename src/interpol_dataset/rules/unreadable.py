"""
What can't be read of some records, and so is not known to the rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from interpol_dataset.records.kinds import KINDS

if TYPE_CHECKING:
    from interpol_dataset.records.document import Document
    from interpol_dataset.records.folder import Entry, RecordSet


#: The tables whose records are listed in one file each, and those with a file for each record.
LISTS: Final = frozenset(kind.table for kind in KINDS if not kind.folder)
FOLDERS: Final = frozenset(kind.table for kind in KINDS if kind.folder)


@dataclass(frozen=True)
class Unreadable:
    """
    What can't be read.

    :param record_set: All records.
    """

    record_set: RecordSet

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """The files that could not be read; what is in them is not known."""
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
