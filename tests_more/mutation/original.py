"""The project's records as they are, and one of their files damaged."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from helpers.committed import committed

from interpol_dataset.records.document import KINDS, references
from interpol_dataset.records.folder import RECORDS, RecordSet, read_records

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from interpol_dataset.records.parse import Entry

ROOT: Final = Path(__file__).parents[2]
TODAY: Final = date(2026, 12, 31)

#: The records that are damaged.
SAMPLE: Final = {
    *(
        ("cases", id_)
        for id_ in (
            *("16shop", "amsterdam-images-network-2012", "blizzard-2019"),
            *("colombia-children-rescued-2023", "empact-jad-see-2022", "fincar-2018"),
            *(
                "guinea-bissau-irt-cocaine",
                "global-chain-2024",
                "i-can-germany-italy-2024-10",
                "in-our-sites-x",
                "jupiter-v",
            ),
            *("lionfish-i", "megh-chakra-2022", "opson-viii", "paws-i"),
            *("red-notice-bribery-moldova-2024", "soga-i", "storm-makers", "trigger-ii"),
            "washington-state-child-abuse-2013",
            "madrid-bombings-2004",
        )
    ),
    ("challenges", "arrests-without-convictions"),
    ("lessons", "adaptive-strategies"),
}

_ORDER: Final = {kind.table: number for number, kind in enumerate(KINDS)}


@dataclass(frozen=True)
class Mutant:
    """
    One file, damaged.

    :param path: The file, from the project's folder.
    :param content: Its bytes; ``None`` to remove it.
    :param rules: The rules one of which has to find the damage.
    :param line: The line of the finding; ``None`` if it is about the whole file.
    :param file: The file of the finding, if it is another one.
    """

    path: str
    content: bytes | None
    rules: tuple[str, ...]
    line: int | None
    file: str | None = None

    @property
    def expected(self) -> str:
        """The place where the damage has to be found."""
        line = f":{self.line}" if self.line is not None else ""

        return f"{self.file or self.path}{line} {'/'.join(self.rules)}"


@dataclass(frozen=True)
class Original:
    """The project's records as they are."""

    record_set: RecordSet

    @cached_property
    def by_table(self) -> dict[str, list[Entry]]:
        """The records of each kind."""
        tables: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.record_set.entries:
            tables[entry.kind.table].append(entry)

        return tables

    @cached_property
    def by_id(self) -> dict[tuple[str, str], Entry]:
        """The records by kind and id."""
        return {(entry.kind.table, entry.id): entry for entry in self.record_set.entries}

    def pick(
        self, rng: Random, table: str, wanted: Callable[[Any], object] = lambda _: True
    ) -> Entry:
        """Choose a record of some kind that can be damaged in the way that is wanted."""
        entries = self.by_table[table]
        start = rng.randrange(len(entries))
        for entry in (*entries[start:], *entries[:start]):
            if wanted(entry.data):
                return entry

        raise LookupError(table)

    def with_file(self, mutant: Mutant, folder: Path) -> RecordSet:
        """Return the records with one file damaged, which alone is read again."""
        piece = RecordSet()
        if mutant.content is not None:
            place = folder / mutant.path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(mutant.content)
            piece = read_records(folder / RECORDS, RECORDS)
            place.unlink()

        kept = [e for e in self.record_set.entries if e.document.path != mutant.path]
        documents = [d for d in self.record_set.documents if d.path != mutant.path]
        entries = sorted(
            [*kept, *piece.entries], key=lambda e: (_ORDER[e.kind.table], e.document.path, e.at)
        )

        return RecordSet(
            tuple(entries),
            piece.defects,
            (*documents, *piece.documents),
            piece.strays,
            piece.released,
        )


def load() -> Original:
    """
    Return a few of the project's records, chosen by id, all bodies, and what these refer to.

    Whoever adds records changes nothing of the sample.
    """
    record_set = committed()
    entries = {(entry.kind.table, entry.id): entry for entry in record_set.entries}
    kept = {key for key in entries if key[0] in {"claims", "categories", "organizations"}} | SAMPLE
    waiting = [*kept]
    while waiting:
        entry = entries[waiting.pop()]
        for _, table, id_ in references(entry.kind.model, entry.data):
            if (table, id_) in entries and (table, id_) not in kept:
                kept.add((table, id_))
                waiting.append((table, id_))

    chosen = tuple(entry for key, entry in entries.items() if key in kept)
    paths = {entry.document.path for entry in chosen}
    documents = tuple(item for item in record_set.documents if item.path in paths)

    return Original(RecordSet(chosen, (), documents))
