"""
What a rule is.

A rule is a function with a decorator, which gives its code; its name is that of the function, with
hyphens. Its docstring says in one sentence what it asks for; its page in ``docs/rules`` says why,
with a bad and a good example, and how to fix what it finds. What the function is given depends on
the decorator:

=====================  =============================================================================
:func:`defect_rule`    something that kept a file or a record from being read
:func:`record_rule`    one record
:func:`fact_rule`      one case with its facts
:func:`local_rule`     some files and what is in them, such as texts; it compares none with another
:func:`package_rule`   all records together
=====================  =============================================================================

Rules of which the same is said each time have no function, but a place in ``defects.toml``; and so
have those of ``tables.toml``, each a :class:`TableRule`, which names faults found in a table.
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias, TypedDict, TypeVar, Unpack

from interpol_dataset.files import guides_folder
from interpol_dataset.findings import Finding, Fix, KeyPath, Place, Severity
from interpol_dataset.suggest import suggestion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from interpol_dataset.evidence.facts import FactsOfRecord
    from interpol_dataset.records import models as m
    from interpol_dataset.records.compose import ShapeFault, SyntaxFault
    from interpol_dataset.records.notes import Exemption
    from interpol_dataset.records.parse import Entry
    from interpol_dataset.rules.context import Context, Scope

    _R = TypeVar("_R", bound=m.Model)

#: How many findings of a rule are kept; the last one says that there are more.
MAX_FINDINGS: Final = 10_000
#: Where the pages of the rules are in the project.
PAGES: Final = "docs/rules"
#: The rules by code, as far as their modules were imported; the index imports them all.
DEFINED: Final[dict[str, Rule]] = {}
#: What is wrong where something could not be read, and how to fix it where that can be known.
Explained: TypeAlias = tuple[str, str | None]
Breaches: TypeAlias = "Iterator[Breach | PlacedBreach]"
_Check: TypeAlias = "Callable[[Scope], Iterable[Breach | PlacedBreach | Finding]]"
_Explain: TypeAlias = "Callable[[Any, Context], Explained]"
_FixOfDefect: TypeAlias = "Callable[[Any, Context], Fix | None]"
_FactCheck: TypeAlias = "Callable[[Entry, m.Case, FactsOfRecord, Context], Breaches]"


class Layer(StrEnum):
    """What a rule checks, from the letters of a file to the whole package."""

    SYNTAX = "syntax"
    SHAPE = "shape"
    MEANING = "meaning"
    PACKAGE = "package"
    POLICY = "policy"
    TABLES = "tables"


#: The layer of a rule, by the first letters of its code.
_LAYERS: Final = dict(zip(("SYN", "SHP", "MNG", "PKG", "POL", "TBL"), Layer, strict=True))


class Breach(NamedTuple):
    """
    Something in a record that breaks a rule.

    :param key: Point at the key rather than at its value.
    :param fix: The change that is certain to fix it, by its path in the record.
    """

    entry: Entry
    path: KeyPath
    message: str
    hint: str | None = None
    key: bool = False
    fix: Fix | None = None


class PlacedBreach(NamedTuple):
    """Something outside any record that breaks a rule, and the record that it is about."""

    place: Place
    message: str
    hint: str
    record: str | None = None


@dataclass(frozen=True, eq=False)
class Rule:
    """
    What all rules have.

    :param code: The code, which never changes, and neither does the name.
    :param summary: What the rule asks for, in one sentence.
    :param excusable: Whether a record may make an exception; not where the tables depend on it.
    :param is_basis: Whether others, which rest on it, look at nothing that breaks it.
    """

    code: str
    name: str
    summary: str
    severity: Severity = Severity.ERROR
    excusable: bool = False
    is_basis: bool = False

    def __post_init__(self) -> None:
        DEFINED[self.code] = self

    @property
    def layer(self) -> Layer:
        """What the rule checks."""
        return _LAYERS[self.code[:3]]

    @property
    def exception(self) -> str:
        """How to make an exception."""
        return f"make an exception: '# allow {self.code}: reason' on a line of its own above"

    @property
    def page(self) -> str:
        """The rule's page in Markdown, without its title and the line below it."""
        text = (guides_folder() / PAGES / f"{self.code}.md").read_text("utf-8")
        return text.split("\n\n", 2)[2].rstrip()

    def finding(self, breach: Breach | PlacedBreach | Finding) -> Finding:
        """Return the finding for a breach."""
        if isinstance(breach, Finding):
            return breach
        if isinstance(breach, PlacedBreach):
            return Finding(self.code, *breach, severity=self.severity)

        entry, path, message, hint, key, fix = breach
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


@dataclass(frozen=True, eq=False)
class TableRule(Rule):
    """A rule on tables: the faults of :mod:`interpol_dataset.tablecheck` that break it."""

    faults: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False, kw_only=True)
class ContextRule(Rule):
    """
    A rule that the gate runs on records.

    :param check: What finds everything that breaks it.
    :param is_local: Whether what it finds in a record depends on nothing but this record and those
        that it leads to by references. Only where one of them changed is such a rule asked again.
    :param judges_with: The tables without all of whose records it would accuse others wrongly.
        Where one of these can't be read, it is not asked; where one is faulty, it fixes nothing.
    :param basis: What else a local rule depends on, of all records together.
    :param faults: What keeps a file or a record from being read, if that is what it is about.
    """

    check: _Check
    is_local: bool = False
    judges_with: tuple[str, ...] = ()
    basis: Callable[[Context], object] | None = None
    faults: tuple[SyntaxFault | ShapeFault, ...] = ()

    def findings(self, scope: Scope) -> Iterator[Finding]:
        """Return what breaks the rule in some files, and no more than can be read."""
        for number, breach in enumerate(self.check(scope), 1):
            finding = self.finding(breach)
            if number == MAX_FINDINGS:
                more = f"{self.code} has more findings than are shown; this is one: "
                yield replace(finding, message=f"{more}{finding.message}")
                return
            yield finding


class Weight(TypedDict, total=False):
    """How much a rule matters; :class:`Rule` has what it means."""

    severity: Severity
    excusable: bool


class RuleOptions(Weight, total=False):
    """What else there is to say of a rule; :class:`ContextRule` has what it means."""

    is_basis: bool
    judges_with: tuple[str, ...]
    basis: Callable[[Context], object]


#: What a rule says that finds what may be right: a correction or an exception answers it.
WARNING: Final[Weight] = {"severity": Severity.WARNING, "excusable": True}


def defect_rule(
    code: str, *faults: SyntaxFault | ShapeFault, fix: _FixOfDefect | None = None
) -> Callable[[_Explain], ContextRule]:
    """
    Make a rule of what explains a defect.

    :param fix: Returns the change that is certain to fix a defect, by its path in the file.
    """
    return lambda explain: rule_on_defects(code, *_words_of(explain), explain, faults, fix)


def rule_on_defects(
    code: str,
    name: str,
    summary: str,
    explain: _Explain,
    faults: tuple[SyntaxFault | ShapeFault, ...],
    fix: _FixOfDefect | None = None,
) -> ContextRule:
    """Make a rule on the defects with some faults; see :func:`defect_rule`."""

    def checked(scope: Scope) -> Iterator[Finding]:
        context = scope.context
        for defect in (item for fault in faults for item in context.defects.get(fault, ())):
            message, hint = explain(defect, context)
            if defect.place.path in context.unreadable.lists:
                hint = f"{hint}; checks that depend on this file wait until it can be read"
            change = fix(defect, context) if fix else None
            yield Finding(code, defect.place, message, hint, field=_shown(defect.path), fix=change)

    return ContextRule(code, name, summary, check=checked, is_basis=True, faults=faults)


def record_rule(
    code: str, *models: type[m.Model], needs: tuple[str, ...], **about: Unpack[RuleOptions]
) -> Callable[[Callable[[Entry, _R, Context], Breaches]], ContextRule]:
    """
    Make a rule of what checks one record.

    Of a record whose shape is wrong it sees what could be read: some items of lists may be lost,
    and some parts of reports, but no field that it needs.

    :param models: The models of the records that it checks.
    :param needs: The fields of the records that it looks at.
    """

    def decorated(check: Callable[[Entry, _R, Context], Breaches]) -> ContextRule:
        def checked(scope: Scope) -> Breaches:
            for model in models:
                for entry, record in scope.readable(model, *needs):
                    yield from check(entry, record, scope.context)  # type: ignore[arg-type]  # by its kind

        return _rule(check, code, checked, is_local=True, **about)

    return decorated


def fact_rule(code: str, **about: Unpack[RuleOptions]) -> Callable[[_FactCheck], ContextRule]:
    """Make a rule of what checks one case and its facts."""

    def decorated(check: _FactCheck) -> ContextRule:
        def checked(scope: Scope) -> Breaches:
            for entry, case, facts in scope.cases_with_facts():
                yield from check(entry, case, facts, scope.context)

        # Whose word a fact rests on is a matter of who is an organization.
        about["judges_with"] = ("organizations", *about.get("judges_with", ()))
        return _rule(check, code, checked, is_local=True, **about)

    return decorated


def local_rule(
    code: str, **about: Unpack[RuleOptions]
) -> Callable[[Callable[[Scope], Breaches]], ContextRule]:
    """Make a rule of what checks some files, each by itself."""
    return lambda check: _rule(check, code, check, is_local=True, **about)


def package_rule(
    code: str, **about: Unpack[RuleOptions]
) -> Callable[[Callable[[Context], Breaches]], ContextRule]:
    """Make a rule of what checks all records together."""
    return lambda check: _rule(check, code, lambda scope: check(scope.context), **about)


def _rule(
    written: Callable[..., object],
    code: str,
    check: _Check,
    *,
    is_local: bool = False,
    **about: Unpack[RuleOptions],
) -> ContextRule:
    return ContextRule(code, *_words_of(written), check=check, is_local=is_local, **about)


def _words_of(written: Callable[..., object]) -> tuple[str, str]:
    """Return the name of a rule, and what it asks for, from its function."""
    return written.__name__.replace("_", "-"), inspect.cleandoc(written.__doc__ or "")


def _shown(path: KeyPath) -> str | None:
    return "/".join(str(step) for step in path) or None


needed_exception: Final = Rule(
    "POL012", "needed-exception", "An exception gives a reason and is still needed."
)


def fault_of(exemption: Exemption, rules: Mapping[str, Rule], *, needed: bool) -> Finding | None:
    """Return what is wrong with an exception, which is needed if its rule found something."""
    code, rule = exemption.code, rules.get(exemption.code)
    if rule is None:
        message = f"there is no rule {code} to make an exception from"
        hint = suggestion(code.upper(), rules, "see 'interpol-dataset rules'")
    elif not rule.excusable:
        message, hint = f"{code} allows no exceptions", "fix what it finds, and remove the comment"
    elif not needed:
        message = f"the exception from {code} is not needed"
        hint = "remove the comment; another record may have made it needless"
    elif not exemption.has_reason:
        message, hint = f"the exception from {code} gives no reason", rule.exception
    else:
        return None

    return needed_exception.finding(PlacedBreach(exemption.place, message, hint))


@dataclass(frozen=True, slots=True)
class Checked:
    """
    What a check found, in the order of files and lines.

    :param rules: The rules that findings can name, by code.
    :param texts: The text of each file that was checked, by its path.
    :param more: How many findings were counted and left out, because there were too many.
    """

    findings: tuple[Finding, ...]
    rules: Mapping[str, Rule]
    texts: Mapping[str, str] = field(default_factory=dict)
    more: int = 0
