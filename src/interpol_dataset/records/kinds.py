"""
The kinds of records, and all records of a package together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from interpol_dataset.records import models as m


@dataclass(frozen=True, slots=True)
class Kind:
    """
    A kind of record, and where its records are.

    :param name: Its name, as ``interpol-dataset new`` and the JSON Schemas use it.
    :param table: The table of its ids, and the name of its folder or file.
    :param model: Its model.
    :param folder: Whether each record has a file of its own; if not, one file lists them all.
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
