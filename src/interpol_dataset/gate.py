"""
The gate: all rules over all records, and what they find.

Layers build on each other. A file whose syntax is wrong makes no record, and a record whose shape
is wrong is not asked what it means; everything else is found in one run.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from interpol_dataset.errors import RecordsError
from interpol_dataset.findings import Finding, Place, Span
from interpol_dataset.rules import RULES, Context, PackageRule, RecordRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from interpol_dataset.reading import Document
    from interpol_dataset.repository import Records, Repository

__all__ = ["checked", "findings"]

#: An exception: a comment line of its own that names a rule and gives the reason.
_EXCEPTION: Final = re.compile(
    r"^[ \t]*# allow (?P<rule>[A-Z]{3}[0-9]{3})(?P<rest>.*)$", re.MULTILINE
)
_REASON: Final = re.compile(r": (?P<reason>\S.{9,})$")


def findings(
    repository: Repository,
    *,
    today: date | None = None,
    select: frozenset[str] | None = None,
    ignore: frozenset[str] = frozenset(),
) -> tuple[Finding, ...]:
    """
    Find everything that is wrong with some records.

    :param repository: The records.
    :param today: The day on which they are checked; the real one by default.
    :param select: The codes of the rules to apply; all by default.
    :param ignore: The codes of rules not to apply.
    :returns: The findings in the order of files and lines.
    """
    context = Context(repository, today or date.today())  # noqa: DTZ011  # records have no time zone
    found = [*repository.findings, *_checks(context)]
    found = _excepted(found, repository.documents)
    wanted = frozenset(RULES) if select is None else select

    return tuple(
        sorted(
            (item for item in found if item.rule in wanted - ignore),
            key=lambda item: item.sort_key,
        )
    )


def checked(repository: Repository) -> Records:
    """
    Let records pass that nothing is wrong with.

    :raises RecordsError: Something is wrong with them.
    """
    found = findings(repository)
    if found:
        raise RecordsError(found)

    return repository.records


def _checks(context: Context) -> Iterator[Finding]:
    rules = [rule() for rule in RULES.values()]
    record_rules = [rule for rule in rules if isinstance(rule, RecordRule)]

    for entry in context.repository.entries:
        if entry.record is not None:
            for rule in record_rules:
                yield from rule.check(entry, context)

    for rule in rules:
        if isinstance(rule, PackageRule):
            yield from rule.check(context)


def _excepted(found: Iterable[Finding], documents: Iterable[Document]) -> list[Finding]:
    """Leave out what a record makes an exception for, and report exceptions that are not needed."""
    kept = list(found)
    for document in documents:
        for place, rule, reason in _exceptions(document):
            mine = [item for item in kept if item.rule == rule and item.place.path == place.path]
            if not mine:
                message = f"the exception from {rule} is not needed"
                kept.append(Finding("POL012", place, message, "remove the comment"))
            elif reason is None:
                message = f"the exception from {rule} gives no reason"
                remedy = f"write '# allow {rule}: why it is right here'"
                kept.append(Finding("POL012", place, message, remedy))
            else:
                kept = [item for item in kept if item not in mine]

    return kept


def _exceptions(document: Document) -> Iterator[tuple[Place, str, str | None]]:
    """Give the exceptions in a file: their places, rules and reasons."""
    for match in _EXCEPTION.finditer(document.text):
        line = document.text.count("\n", 0, match.start()) + 1
        column = len(match[0]) - len(match[0].lstrip()) + 1
        span = Span(line, column, line, len(match[0]) + 1)
        if not document.is_comment(line):
            continue

        reason = _REASON.fullmatch(match["rest"])
        yield Place(document.path, span), match["rule"], reason["reason"] if reason else None
