"""
The gate: all rules over all records, and what they find.

Layers build on each other. A file whose syntax is wrong makes no record; of a record whose shape is
wrong, what could be read is asked what it means. So everything is found in one run.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import replace
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from interpol_dataset.errors import RecordsError
from interpol_dataset.findings import Finding, Severity, Span
from interpol_dataset.rules.context import Context
from interpol_dataset.rules.exceptions import fault_of
from interpol_dataset.rules.incremental import Judged, everything, judge
from interpol_dataset.rules.index import RULES
from interpol_dataset.rules.rule import MAX_FINDINGS
from interpol_dataset.rules.unreadable import FOLDERS, folder_and_stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from interpol_dataset.evidence.facts import Facts
    from interpol_dataset.records.cache import Cache
    from interpol_dataset.records.folder import Entry, RecordSet
    from interpol_dataset.records.kinds import Records


#: The names of what is remembered of a check, and of what was noted of each file.
_JUDGED: Final = "judged"
_NOTES: Final = "notes"

#: How many characters of a message or hint are kept.
_MAX_SENTENCE: Final = 600


class Passed(NamedTuple):
    """
    Records that passed the gate, with what they say.

    :param records: The records.
    :param facts: Their facts.
    """

    records: Records
    facts: Facts


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
    :param today: The day of the check; the real one by default.
    :param select: The codes of the rules to apply; all by default.
    :param ignore: The codes of rules not to apply.
    :returns: The findings in the order of files and lines.
    """
    context = Context(record_set, today) if today else Context(record_set)
    reported = _reported(everything(context), context)

    return wanted(reported, select, ignore, context.unreadable.files)


def judged(
    context: Context,
    cache: Cache | None,
    *,
    select: frozenset[str] | None = None,
    ignore: frozenset[str] = frozenset(),
) -> tuple[Finding, ...]:
    """
    Find everything that is wrong with some records, and remember it for the next time.

    :param context: The records.
    :param cache: What was found last time; everything is asked again by default.
    :param select: As for :func:`findings`.
    :param ignore: As for :func:`findings`.
    """
    before = remembered(cache)
    found, after = judge(context, before)
    reported = _reported(found, context)
    if after is not None and after.reported != reported:
        after = replace(after, reported=reported)
    if cache is not None and after is not None and after != before:
        cache.save(_JUDGED, after)
        cache.save(_NOTES, context.notes)

    return wanted(reported, select, ignore, context.unreadable.files)


def context_of(record_set: RecordSet, cache: Cache | None) -> Context:
    """Return records for rules to look at, with what is known of them from earlier checks."""
    notes = cache.load(_NOTES) if cache is not None else None

    return Context(record_set, earlier=notes if isinstance(notes, dict) else {})


def remembered(cache: Cache | None) -> Judged | None:
    """Return what was found last time; none if that is not known."""
    before = cache.load(_JUDGED) if cache is not None else None

    return before if isinstance(before, Judged) else None


def checked(record_set: RecordSet, cache: Cache | None = None) -> Passed:
    """
    Return the records, if nothing is wrong with them but for warnings.

    :param cache: As for :func:`judged`.
    :raises RecordsError: Something is wrong with them.
    """
    context = context_of(record_set, cache)
    found = judged(context, cache)
    if any(finding.severity is Severity.ERROR for finding in found):
        raise RecordsError(found)

    return Passed(record_set.records, context.facts())


def _reported(raw: Iterable[Finding], context: Context) -> tuple[Finding, ...]:
    """Return what is found and not excepted, in the order of files."""
    kept = _named(_without_excepted(raw, context), context.record_set)

    return tuple(sorted(map(_clipped, kept), key=lambda finding: finding.sort_key))


def wanted(
    reported: tuple[Finding, ...],
    select: frozenset[str] | None = None,
    ignore: frozenset[str] = frozenset(),
    unread: frozenset[str] = frozenset(),
) -> tuple[Finding, ...]:
    """
    Return what is to be reported.

    :param reported: What was found.
    :param select: As for :func:`findings`.
    :param ignore: As for :func:`findings`.
    :param unread: The files that can't be read. What keeps them from it is wanted always, because
        other rules wait for them.
    """
    if select is None and not ignore:
        return reported

    codes = (frozenset(RULES) if select is None else select) - ignore

    return tuple(
        finding
        for finding in reported
        if finding.rule in codes or (finding.place.path in unread and finding.rule not in ignore)
    )


def _without_excepted(found: Iterable[Finding], context: Context) -> Iterator[Finding]:
    """Drop what a record makes an exception for, and report exceptions that are wrong."""
    kept: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in found:
        kept[finding.place.path, finding.rule].append(finding)

    yield from islice(_wrong_exceptions(kept, context), MAX_FINDINGS)
    for items in kept.values():
        yield from items


def _wrong_exceptions(
    kept: dict[tuple[str, str], list[Finding]], context: Context
) -> Iterator[Finding]:
    """Drop what a record makes an exception for, and return what is wrong with exceptions."""
    # What a rule does not see, here or in another record, may be what the exception is for.
    unseen = bool(context.record_set.defects)
    for document in context.record_set.documents:
        for exemption in context.notes[document.path].exemptions:
            key = document.path, exemption.code
            wrong = fault_of(exemption, RULES, needed=unseen or bool(kept.get(key)))
            if wrong is None:
                kept[key] = []
            else:
                yield wrong


def _clipped(finding: Finding) -> Finding:
    """Cut a sentence that quotes a very long value."""
    message, hint = finding.message, finding.hint or ""
    if len(message) <= _MAX_SENTENCE and len(hint) <= _MAX_SENTENCE:
        return finding

    return replace(
        finding,
        message=message if len(message) <= _MAX_SENTENCE else f"{message[:_MAX_SENTENCE]}...",
        hint=hint if len(hint) <= _MAX_SENTENCE else f"{hint[:_MAX_SENTENCE]}...",
    )


def _named(found: Iterable[Finding], record_set: RecordSet) -> Iterator[Finding]:
    """Add the record that a finding is in, also where none could be made."""
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
    """Return the record that a file should have by its path."""
    table, stem = folder_and_stem(path)

    return f"{table}/{stem}" if table in FOLDERS and path.endswith(".yaml") else None


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
