"""
What a rule is.

A rule is a class. Its docstring is its page: what it checks, why, a bad and a good example, and
how to mend it.
"""

from __future__ import annotations

import inspect
from abc import abstractmethod
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, TypeVar

from interpol_dataset import models as m
from interpol_dataset.findings import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from interpol_dataset.findings import Fix
    from interpol_dataset.reading import Path
    from interpol_dataset.repository import Entry, Repository

__all__ = ["Context", "Layer", "PackageRule", "RecordRule", "Rule"]

_M = TypeVar("_M", bound=m.Model)


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

    @classmethod
    def page(cls) -> str:
        """Give the rule's page in Markdown, without its title."""
        return inspect.cleandoc(cls.__doc__ or "")

    @classmethod
    def summary(cls) -> str:
        """Give the first sentence of the rule's page."""
        return cls.page().partition("\n\n")[0].replace("\n", " ")

    @classmethod
    def finding(
        cls,
        entry: Entry,
        path: Path,
        message: str,
        remedy: str | None = None,
        *,
        key: bool = False,
        fix: Fix | None = None,
    ) -> Finding:
        """
        Report a fault in a record.

        :param entry: The record.
        :param path: The way to the fault in it.
        :param message: What is wrong.
        :param remedy: How to mend it.
        :param key: Point at the key rather than at its value.
        :param fix: The change that certainly mends it, by its path in the record.
        """
        return Finding(
            rule=cls.code,
            place=entry.place(path, key=key),
            message=message,
            remedy=remedy,
            record=f"{entry.kind.table}/{entry.id}",
            field="/".join(str(step) for step in path) or None,
            severity=cls.severity,
            fix=fix and replace(fix, path=(*entry.at, *fix.path)),
        )


@dataclass(frozen=True)
class Context:
    """
    What rules may look at besides the record.

    :param repository: All records.
    :param today: The day on which the check is made.
    """

    repository: Repository
    today: date

    @cached_property
    def sources(self) -> dict[str, m.Source]:
        """All sources, by id."""
        return self._by_id(m.Source)

    @cached_property
    def metrics(self) -> dict[str, m.Metric]:
        """All metrics, by id."""
        return self._by_id(m.Metric)

    def entries(self, model: type[m.Model]) -> Iterator[Entry]:
        """Give the entries of one kind of record."""
        return (entry for entry in self.repository.entries if entry.kind.model is model)

    def _by_id(self, model: type[_M]) -> dict[str, _M]:
        return {
            entry.id: entry.record
            for entry in self.entries(model)
            if isinstance(entry.record, model)
        }


class RecordRule(Rule):
    """A rule that looks at one record at a time, once its shape is right."""

    @abstractmethod
    def check(self, entry: Entry, context: Context) -> Iterator[Finding]:
        """Find what breaks the rule in one record."""


class PackageRule(Rule):
    """A rule that looks at all records together."""

    @abstractmethod
    def check(self, context: Context) -> Iterator[Finding]:
        """Find what breaks the rule anywhere."""
