"""
What a rule is.

A rule is a class. Its docstring says in one sentence what it asks for; its page in ``docs/rules``
says why, with a bad and a good example, and how to fix what it finds. What it checks decides which
class it derives from:

======================  ====================================================================
:class:`DefectRule`     explains defects that were found when files were read
:class:`RecordRule`     checks one record at a time
:class:`PackageRule`    checks all records together
:class:`TableRule`      explains faults that were found in a table
======================  ====================================================================
"""

from __future__ import annotations

import inspect
from abc import ABC, abstractmethod
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Final, Generic, TypeVar

from interpol_dataset.files import guides_folder
from interpol_dataset.findings import Finding, Fix, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from interpol_dataset.findings import KeyPath
    from interpol_dataset.records import models as m
    from interpol_dataset.records.defects import Defect, ShapeFault, SyntaxFault
    from interpol_dataset.records.folder import Entry
    from interpol_dataset.rules.context import Context


#: How many findings of a rule are kept; the last one says that there are more.
MAX_FINDINGS: Final = 10_000

#: Where the pages of the rules are in the project.
PAGES: Final = "docs/rules"

#: The rules by code, as far as their modules were imported; the index imports them all.
DEFINED: Final[dict[str, type[Rule]]] = {}

_D = TypeVar("_D", bound="Defect")
#: The records that a rule checks: of one model, or of several.
_R = TypeVar("_R", bound="m.Model")


class Layer(StrEnum):
    """What a rule checks, from the letters of a file to the whole package."""

    SYNTAX = "syntax"
    SHAPE = "shape"
    MEANING = "meaning"
    PACKAGE = "package"
    POLICY = "policy"
    TABLES = "tables"


class Rule:
    """What all rules have: a code and a name that never change, a layer, a severity, a page."""

    code: ClassVar[str]
    name: ClassVar[str]
    layer: ClassVar[Layer]
    severity: ClassVar[Severity] = Severity.ERROR

    #: Whether a record may make an exception; not where the tables depend on the rule.
    excusable: ClassVar[bool] = False

    #: Whether others, which rest on it, look at nothing that breaks the rule.
    is_basis: ClassVar[bool] = False

    def __init_subclass__(cls, **kwargs: object) -> None:
        super().__init_subclass__(**kwargs)
        if "code" in vars(cls):
            DEFINED[cls.code] = cls

    @classmethod
    def exception(cls) -> str:
        """Return how an exception is written, and where."""
        return f"# allow {cls.code}: ... (on a line of its own)"

    @classmethod
    def page(cls) -> str:
        """Return the rule's page in Markdown, without its title and the line below it."""
        text = (guides_folder() / PAGES / f"{cls.code}.md").read_text("utf-8")

        return text.split("\n\n", 2)[2].rstrip()

    @classmethod
    def summary(cls) -> str:
        """Return what the rule asks for, in one sentence."""
        return inspect.cleandoc(cls.__doc__ or "")


class ContextRule(Rule, ABC):
    """
    A rule that the gate runs on records.

    :param context: The records and what is known of them.
    """

    #: Whether what it finds in a record depends on nothing but this record and those that it leads
    #: to by references. Only where one of them changed is such a rule asked again.
    is_local: ClassVar[bool] = False

    #: The tables without all of whose records it would say what is not so about others. Where one
    #: of these can't be read, it is not asked; where one is faulty, it fixes nothing.
    judges_with: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, context: Context) -> None:
        self.context = context

    @abstractmethod
    def run(self) -> Iterator[Finding]:
        """Return everything that breaks the rule."""

    @classmethod
    def basis(cls, context: Context) -> object:  # noqa: ARG003  # for those that need it
        """Return what else a local rule depends on, of all records together."""
        return None

    def finding(
        self,
        entry: Entry,
        path: KeyPath,
        message: str,
        hint: str | None = None,
        *,
        key: bool = False,
        fix: Fix | None = None,
    ) -> Finding:
        """
        Return a finding in a record.

        :param entry: The record.
        :param path: The path to the fault in it.
        :param message: What is wrong.
        :param hint: How to fix it.
        :param key: Point at the key rather than at its value.
        :param fix: The change that is certain to fix it, by its path in the record.
        """
        return Finding(
            rule=self.code,
            place=entry.place(path, key=key),
            message=message,
            hint=hint,
            record=f"{entry.kind.table}/{entry.id}",
            field=_shown(entry.written(path)),
            severity=self.severity,
            fix=fix and fix._replace(path=(*entry.at, *entry.written(fix.path))),
        )


class DefectRule(ContextRule, Generic[_D]):
    """A rule on what keeps a file or a record from being read."""

    is_basis = True

    #: The faults that break the rule.
    faults: ClassVar[tuple[SyntaxFault | ShapeFault, ...]]

    #: What is wrong and how to fix it, where that is the same of every defect.
    message: ClassVar[str]
    hint: ClassVar[str]

    def explain(self, defect: _D) -> tuple[str, str | None]:  # noqa: ARG002  # for those that need it
        """Return what is wrong, and how to fix it where that can be known."""
        return self.message, self.hint

    def fix(self, defect: _D) -> Fix | None:  # noqa: ARG002  # for those that can
        """Return the change that is certain to fix it, by its path in the file."""
        return None

    def run(self) -> Iterator[Finding]:
        """Explain every defect that breaks the rule."""
        for fault in self.faults:
            for defect in self.context.defects.get(fault, ()):
                message, hint = self.explain(defect)  # type: ignore[arg-type]  # by its fault
                if defect.place.path in self.context.unread.lists:
                    hint = f"{hint}; checks that depend on this file wait until it can be read"
                yield Finding(
                    self.code,
                    defect.place,
                    message,
                    hint,
                    field=_shown(defect.path),
                    severity=self.severity,
                    fix=self.fix(defect),  # type: ignore[arg-type]  # by its fault
                )


class RecordRule(ContextRule, Generic[_R]):
    """
    A rule that checks one record at a time.

    Of a record whose shape is wrong it sees what could be read: some items of lists may be lost,
    and some parts of reports, but no field that it needs.
    """

    is_local = True

    #: The models of the records that it checks.
    models: ClassVar[tuple[type[m.Model], ...]]

    #: The fields of the records that it looks at.
    needs: ClassVar[tuple[str, ...]]

    @abstractmethod
    def check(self, entry: Entry, record: _R) -> Iterator[Finding]:
        """Return what breaks the rule in one record; the entry knows where it is written."""

    def run(self) -> Iterator[Finding]:
        """Check every record that has what the rule needs."""
        for model in self.models:
            for entry, record in self.context.readable(model, *self.needs):
                yield from self.check(entry, record)  # type: ignore[arg-type]  # by its kind


class PackageRule(ContextRule):
    """A rule that checks all records together."""


class TableRule(Rule):
    """A rule on tables, which :mod:`interpol_dataset.tablecheck` checks."""

    #: The faults that break the rule.
    faults: ClassVar[tuple[str, ...]]


def first(found: Iterable[Finding]) -> Iterator[Finding]:
    """Return as many findings of a rule as are kept."""
    for number, finding in enumerate(found, 1):
        if number == MAX_FINDINGS:
            more = f"{finding.rule} has more findings than are shown; this is one: "
            yield replace(finding, message=f"{more}{finding.message}")
            return
        yield finding


def _shown(path: KeyPath) -> str | None:
    return "/".join(str(step) for step in path) or None
