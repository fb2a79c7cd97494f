"""
The gate: all rules over all records, and what they find.

Layers build on each other. A file whose syntax is wrong makes no record, and a record whose shape
is wrong is not asked what it means; everything else is found in one run.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import replace
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from interpol_dataset.errors import RecordsError
from interpol_dataset.findings import Finding, Place, Severity, Span
from interpol_dataset.records.folder import KINDS
from interpol_dataset.rules.index import RULES, Context, PackageRule, RecordRule
from interpol_dataset.suggest import slug_of, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from interpol_dataset.records.folder import Entry, Records, RecordSet
    from interpol_dataset.records.yaml import Document

__all__ = ["checked", "findings"]

#: An exception: a comment line of its own that names a rule and gives the reason.
_EXCEPTION: Final = re.compile(
    r"^[ \t]*# allow (?P<rule>[A-Za-z]{2,4}-?[0-9]{1,4})\b(?P<rest>.*)$", re.MULTILINE
)
#: What is longer than this is cut in messages and hints.
_SENTENCE: Final = 600

_REASON: Final = re.compile(r": (?P<reason>\S.{9,})$")


def findings(
    record_set: RecordSet,
    *,
    today: date | None = None,
    select: frozenset[str] | None = None,
    ignore: frozenset[str] = frozenset(),
) -> tuple[Finding, ...]:
    """
    Find everything that is wrong with some records.

    :param record_set: The records.
    :param today: The day on which they are checked; the real one by default.
    :param select: The codes of the rules to apply; all by default.
    :param ignore: The codes of rules not to apply.
    :returns: The findings in the order of files and lines.
    """
    context = Context(record_set, today) if today else Context(record_set)
    found = _excepted([*_shapes(context), *_checks(context)], record_set.documents)
    wanted = frozenset(RULES) if select is None else select

    return tuple(
        sorted(
            (_clipped(item) for item in _named(found, record_set) if item.rule in wanted - ignore),
            key=lambda item: item.sort_key,
        )
    )


def checked(record_set: RecordSet) -> Records:
    """
    Let records pass that nothing is wrong with.

    :raises RecordsError: Something is wrong with them.
    """
    found = findings(record_set)
    if any(item.severity is Severity.ERROR for item in found):
        raise RecordsError(found)

    return record_set.records


def _clipped(finding: Finding) -> Finding:
    """Keep a sentence a sentence, however long the value is that it quotes."""
    message, hint = finding.message, finding.hint or ""
    if len(message) <= _SENTENCE and len(hint) <= _SENTENCE:
        return finding

    return replace(
        finding,
        message=message if len(message) <= _SENTENCE else f"{message[:_SENTENCE]}...",
        hint=hint if len(hint) <= _SENTENCE else f"{hint[:_SENTENCE]}...",
    )


def _named(found: Iterable[Finding], record_set: RecordSet) -> Iterator[Finding]:
    """Say which record a finding is in, also where no record could be made."""
    files: dict[str, list[tuple[Span, Entry]]] | None = None
    for finding in found:
        if finding.record is not None:
            yield finding
            continue

        files = files or _starts(record_set)
        around = _around(finding, files.get(finding.place.path, []))
        if around is not None and around.id:
            yield replace(finding, record=f"{around.kind.table}/{around.id}")
        else:
            yield replace(finding, record=_record_of_file(finding.place.path))


def _record_of_file(path: str) -> str | None:
    """Take the record's name from the place where its file stands."""
    folder, _, name = path.rpartition("/")
    table = folder.rpartition("/")[2]
    known = any(kind.folder and kind.table == table for kind in KINDS)

    return f"{table}/{name.removesuffix('.yaml')}" if known and name.endswith(".yaml") else None


def _starts(record_set: RecordSet) -> dict[str, list[tuple[Span, Entry]]]:
    """Return the records of each file, in the order in which they begin there."""
    files: dict[str, list[tuple[Span, Entry]]] = defaultdict(list)
    for entry in record_set.entries:
        files[entry.document.path].append((entry.place().span or Span(1, 1, 1, 1), entry))
    for starts in files.values():
        starts.sort(key=itemgetter(0))

    return files


def _around(finding: Finding, starts: list[tuple[Span, Entry]]) -> Entry | None:
    """Return the record that a finding's place is in, or the first of its file."""
    if not starts:
        return None

    span = finding.place.span
    begun = bisect_right(starts, span, key=itemgetter(0)) if span is not None else 0

    return starts[max(begun - 1, 0)][1]


def _shapes(context: Context) -> Iterator[Finding]:
    """Return what is wrong with files and shapes; of references it is known here what was meant."""
    written = {
        item.entry.place(item.path): item
        for item in context.references
        if item.table != "countries" and context.is_faulty(item.entry, item.path)
    }
    for finding in context.record_set.findings:
        item = written.get(finding.place)
        ids = item and context.known_ids[item.table]
        if finding.rule != "SHP005" or item is None or not ids:
            yield finding
            continue

        hint = suggestion(slug_of(item.id), ids, f"write the id of one of the {item.table}")
        yield replace(finding, hint=hint)


def _checks(context: Context) -> Iterator[Finding]:
    rules = [rule(context) for rule in RULES.values()]
    record_rules = [rule for rule in rules if isinstance(rule, RecordRule)]

    for entry in context.record_set.entries:
        for rule in record_rules:
            if entry.kind.model in rule.models and entry.record is not None:
                yield from rule.check(entry, entry.record)

    for package_rule in (rule for rule in rules if isinstance(rule, PackageRule)):
        yield from package_rule.check()


def _excepted(found: Iterable[Finding], documents: Iterable[Document]) -> list[Finding]:
    """Leave out what a record makes an exception for, and report exceptions that are not right."""
    kept: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for item in found:
        kept[item.place.path, item.rule].append(item)

    wrong: list[Finding] = []
    for document in documents:
        if document.findings or "# allow " not in document.text:
            continue  # what can't be read makes no exceptions

        for place, rule, reason in _exceptions(document):
            problem = _problem(rule, reason, needed=bool(kept.get((document.path, rule))))
            if problem is None:
                kept[document.path, rule] = []
            else:
                wrong.append(Finding("POL012", place, *problem))

    return [*(item for items in kept.values() for item in items), *wrong]


def _problem(rule: str, reason: str | None, *, needed: bool) -> tuple[str, str] | None:
    """Say what is wrong with an exception, and how to fix it."""
    if rule not in RULES:
        hint = suggestion(rule.upper(), RULES, "see 'interpol-dataset rules'")
        return f"there is no rule {rule} to make an exception from", hint
    if not RULES[rule].excusable:
        return f"{rule} allows no exceptions", "fix what it finds, and remove the comment"
    if not needed:
        return f"the exception from {rule} is not needed", "remove the comment"
    if reason is None:
        message = f"the exception from {rule} gives no reason"
        return message, f"write '# allow {rule}: why it is right here'"

    return None


def _exceptions(document: Document) -> Iterator[tuple[Place, str, str | None]]:
    """Return the exceptions in a file: their places, rules and reasons."""
    last, line = 0, 1
    for match in _EXCEPTION.finditer(document.text):
        line += document.text.count("\n", last, match.start())
        last = match.start()
        if not document.is_comment(line):
            continue

        written = match[0].rstrip()
        column = len(written) - len(written.lstrip()) + 1
        span = Span(line, column, line, len(written) + 1)
        reason = _REASON.fullmatch(match["rest"].rstrip())
        yield Place(document.path, span), match["rule"], reason["reason"] if reason else None
