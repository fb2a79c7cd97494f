"""
The gate: all rules, by their codes, over all records, and what they find.

Layers build on each other. A file whose syntax is wrong makes no record; of a record whose shape is
wrong, what could be read is asked what it means. So everything is found in one run.

A local rule depends on a record and on those that it leads to, every case on INTERPOL's among them.
So what it found stays true until one of these changes. Rules on all records together are asked each
time.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from interpol_dataset.errors import RecordsError, UnknownRecordError
from interpol_dataset.evidence.parties import INTERPOL
from interpol_dataset.files import digest_of
from interpol_dataset.findings import Finding, Severity, Span
from interpol_dataset.parallel import MANY, meanwhile
from interpol_dataset.records import models as m
from interpol_dataset.records.compose import nothing_collected
from interpol_dataset.records.folder import FOLDERS, Contents, RecordSet, folder_and_stem
from interpol_dataset.rules import (  # noqa: F401  # a rule is defined once it is imported
    facts,
    figures,
    ids,
    pages,
    reports,
    shape,
    sources,
    statements,
    syntax,
    tables,
    texts,
)
from interpol_dataset.rules.context import Context, Scope
from interpol_dataset.rules.rule import DEFINED, MAX_FINDINGS, ContextRule, Layer, Rule, fault_of
from interpol_dataset.schema.vocabulary import RelationType
from interpol_dataset.suggest import suggestion
from interpol_dataset.values import grouped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from interpol_dataset.evidence.facts import Facts
    from interpol_dataset.records.cache import Cache
    from interpol_dataset.records.document import Records
    from interpol_dataset.records.parse import Entry


#: All rules by code, in the order of their layers.
RULES: Final[dict[str, Rule]] = dict(
    sorted(DEFINED.items(), key=lambda item: ([*Layer].index(item[1].layer), item[0]))
)


def find_rule(word: str) -> Rule:
    """
    Return a rule by its code or its name.

    :raises UnknownRecordError: There is no such rule.
    """
    for rule in RULES.values():
        if word.upper() == rule.code or word.lower() == rule.name:
            return rule
    names = [*RULES, *(rule.name for rule in RULES.values())]
    hint = suggestion(word, names, "see 'interpol-dataset rules'")
    raise UnknownRecordError(f"there is no rule '{word}'", hint=hint)


def matching(words: tuple[str, ...]) -> frozenset[str]:
    """
    Return the codes that some words select: codes, beginnings of codes, or names.

    :raises UnknownRecordError: A word selects nothing.
    """
    codes: set[str] = set()
    for word in words:
        found = {code for code in RULES if code.startswith(word.upper())}
        codes |= found or {find_rule(word).code}
    return frozenset(codes)


#: The tables of records that say nothing about those that refer to them: no rule that is local
#: looks at the other case of a relation, but for the whole that it is a part of, or at the case
#: that a claim means.
_SAYS_NOTHING: Final = frozenset({"cases", "challenges", "claims", "lessons"})
#: The records that name figures of cases.
_NAMING_FIGURES: Final = frozenset({m.Challenge, m.Lesson})
#: The rules that are asked about records: about one at a time, and about all together.
_ASKED: Final = [rule for rule in RULES.values() if isinstance(rule, ContextRule)]
_LOCAL: Final = [rule for rule in _ASKED if rule.is_local]
_OF_ALL: Final = [rule for rule in _ASKED if not rule.is_local]


@dataclass(frozen=True)
class Judged:
    """
    What rules found in some records.

    :param today: The day for which it holds.
    :param files: The hash of each file by its path.
    :param records: The table and id of each record with its hash, or that of its file where it has
        one of its own. Two records may have one id.
    :param bases: What else local rules depend on, as a hash by the rule's code.
    :param local: What local rules found.
    :param others: What the other rules found; ``None`` if that may change by the next run.
    :param rest: The hash of what else there is in the folder.
    :param reported: What was left of all that was found, exceptions taken off, in its order.
    """

    today: date
    files: Mapping[str, bytes] = field(default_factory=dict)
    records: frozenset[tuple[tuple[str, str], bytes]] = frozenset()
    bases: Mapping[str, bytes] = field(default_factory=dict)
    local: tuple[Finding, ...] = ()
    others: tuple[Finding, ...] | None = None
    rest: bytes = b""
    reported: tuple[Finding, ...] = ()


def is_unchanged(before: Judged, contents: Contents, today: date) -> bool:
    """Return whether nothing changed since the rules last ran."""
    return (
        before.today == today
        and before.others is not None
        and before.rest == _rest_of(contents)
        and before.files == {path: digest_of(content) for path, content in contents.files.items()}
    )


def _rest_of(found: Contents | RecordSet) -> bytes:
    return digest_of(repr((found.strays, found.released)))


def judge(context: Context, before: Judged | None) -> tuple[list[Finding], Judged | None]:
    """
    Ask all rules, local ones only where something changed since the last time.

    :returns: What was found, and what to remember of it; nothing where records could not be read.
    """
    record_set = context.record_set
    if record_set.defects or context.unreadable.files:
        return everything(context), None

    files = {item.path: context.notes[item.path].digest for item in record_set.documents}
    rest = _rest_of(record_set)
    if before is not None and before.today != context.today:
        before = None
    if before and before.files == files and before.rest == rest and before.others is not None:
        return [*before.others, *before.local], before

    if before is None:
        found, judged = _everything(context)
    else:
        found = [*_found(_OF_ALL, context.scope)]
    records = frozenset(_records(context, files))
    bases = {rule.code: digest_of(repr(rule.basis(context))) for rule in _LOCAL if rule.basis}
    if before is not None:
        focus = _focus(context, before, files, records)
        kept = {rule.code for rule in _LOCAL if before.bases.get(rule.code) == bases.get(rule.code)}
        there = files.keys() - focus
        judged = [item for item in before.local if item.rule in kept and item.place.path in there]
        judged += _found((rule for rule in _LOCAL if rule.code in kept), context.within(focus))
        judged += _found((rule for rule in _LOCAL if rule.code not in kept), context.scope)
    # Who came first of two duplicates depends on git, too.
    lasting = None if context.has_asked_git else tuple(found)
    after = Judged(context.today, files, records, bases, tuple(judged), lasting, rest)

    return [*found, *judged], after


def everything(context: Context) -> list[Finding]:
    """Ask all rules about all records."""
    return [*chain.from_iterable(_everything(context))]


def _everything(context: Context) -> tuple[list[Finding], list[Finding]]:
    """Return what the rules on all records find, and what local rules find."""
    paths = [document.path for document in context.record_set.documents]
    if len(paths) < MANY:
        return [*_found(_OF_ALL, context.scope)], [*_found(_LOCAL, context.scope)]

    one, other = (context.within(frozenset(paths[start::2])) for start in (0, 1))
    rest = meanwhile(lambda: [*_found(_LOCAL, other)])
    found = [*_found(_OF_ALL, context.scope)]
    local = [*_found(_LOCAL, one), *rest()]
    # Of one rule no more is kept in two halves than in the whole.
    if len(local) >= MAX_FINDINGS:
        local = [*_found(_LOCAL, context.scope)]
    return found, local


def _found(rules: Iterable[ContextRule], scope: Scope) -> Iterator[Finding]:
    unreadable = scope.context.unreadable
    for rule in rules:
        if not unreadable.tables.isdisjoint(rule.judges_with):
            continue
        found = rule.findings(scope)
        is_certain = unreadable.doubtful.isdisjoint(rule.judges_with)
        yield from found if is_certain else (replace(item, fix=None) for item in found)


def _records(
    context: Context, files: Mapping[str, bytes]
) -> Iterator[tuple[tuple[str, str], bytes]]:
    for item in context.ids:
        entry = item.entry
        # The rows of a list are compared one by one.
        hash_ = files[entry.document.path] if entry.kind.folder else digest_of(str(entry.data))
        yield (item.table, item.id), hash_


def _focus(
    context: Context,
    before: Judged,
    files: Mapping[str, bytes],
    records: frozenset[tuple[tuple[str, str], bytes]],
) -> frozenset[str]:
    """Return the files with a record that changed, or that leads to one that did."""
    changed = {key for key, _ in records ^ before.records}
    leading_to: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    # Of two cases with one id, both are judged by the facts of one.
    for item in context.ids:
        leading_to[item.table, item.id].append(item.entry)
    for reference in context.references:
        is_figure = reference.table == "cases" and reference.entry.kind.model in _NAMING_FIGURES
        if is_figure or reference.table not in _SAYS_NOTHING:
            leading_to[reference.table, reference.id].append(reference.entry)
    for entry, case in context.cases():
        for relation in case.relations:
            if relation.type is RelationType.PART_OF and relation.case:
                leading_to["cases", relation.case].append(entry)
    # INTERPOL's own record decides who is of an operation, whether a page is its own or not.
    leading_to["organizations", INTERPOL] += context.entries(m.Case)

    paths = {path for path, hash_ in files.items() if before.files.get(path) != hash_}
    waiting, seen = [*changed], set(changed)
    while waiting:
        for entry in leading_to[waiting.pop()]:
            paths.add(entry.document.path)
            key = entry.kind.table, entry.id
            if key not in seen:
                seen.add(key)
                waiting.append(key)

    return frozenset(paths)


#: The name of what is remembered of a check.
_JUDGED: Final = "judged"
#: How many characters of a message or hint are kept.
_MAX_SENTENCE: Final = 600


class Passed(NamedTuple):
    """Records that passed the gate, and their facts."""

    records: Records
    facts: Facts


@nothing_collected()
def findings(
    record_set: RecordSet,
    *,
    today: date | None = None,
    select: frozenset[str] | None = None,
    ignore: frozenset[str] = frozenset(),
) -> tuple[Finding, ...]:
    """
    Find everything that is wrong with some records.

    :param today: The day of the check; the real one by default.
    :param select: The codes of the rules to apply; all by default.
    :param ignore: The codes of rules not to apply.
    :returns: The findings in the order of files and lines.
    """
    context = Context(record_set, today) if today else Context(record_set)
    reported = _reported(everything(context), context)
    return wanted(reported, select, ignore, context.unreadable.files)


@nothing_collected()
def judged(
    context: Context,
    cache: Cache | None,
    *,
    select: frozenset[str] | None = None,
    ignore: frozenset[str] = frozenset(),
) -> tuple[Finding, ...]:
    """
    Find everything that is wrong with some records, and remember it for the next time.

    The parameters are those of :func:`findings`; without a cache, everything is asked again.
    """
    before = remembered(cache)
    found, after = judge(context, before)
    reported = _reported(found, context)
    if after is not None and after.reported != reported:
        after = replace(after, reported=reported)
    if cache is not None and after is not None and after != before:
        cache.save(_JUDGED, after)
    return wanted(reported, select, ignore, context.unreadable.files)


def remembered(cache: Cache | None) -> Judged | None:
    """Return what was found last time; ``None`` if that is not known."""
    before = cache.load(_JUDGED) if cache is not None else None
    return before if isinstance(before, Judged) else None


def checked(record_set: RecordSet, cache: Cache | None = None) -> Passed:
    """
    Return the records, if nothing is wrong with them but for warnings.

    :raises RecordsError: Something is wrong with them.
    """
    context = Context(record_set)
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
    Return which findings are to be reported.

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
    kept = grouped(((finding.place.path, finding.rule), finding) for finding in found)
    yield from islice(_wrong_exceptions(kept, context), MAX_FINDINGS)
    yield from chain.from_iterable(kept.values())


def _wrong_exceptions(
    kept: dict[tuple[str, str], list[Finding]], context: Context
) -> Iterator[Finding]:
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
    sentences = finding.message, finding.hint or ""
    if max(map(len, sentences)) <= _MAX_SENTENCE:
        return finding
    message, hint = (
        text if len(text) <= _MAX_SENTENCE else f"{text[:_MAX_SENTENCE]}..." for text in sentences
    )
    return replace(finding, message=message, hint=hint)


def _named(found: Iterable[Finding], record_set: RecordSet) -> Iterator[Finding]:
    """Add the record that a finding is in, also where none could be made."""
    files: dict[str, list[tuple[Span, Entry]]] | None = None
    for finding in found:
        if finding.record is not None:
            yield finding
            continue
        files = files or _starts(record_set)
        around = _around(finding, files.get(finding.place.path, []))
        record = f"{around.kind.table}/{around.id}" if around and around.id else None
        yield replace(finding, record=record or _record_of_file(finding.place.path))


def _record_of_file(path: str) -> str | None:
    """Return the record that a file should have by its path."""
    table, stem = folder_and_stem(path)
    return f"{table}/{stem}" if table in FOLDERS and path.endswith(".yaml") else None


def _starts(record_set: RecordSet) -> dict[str, list[tuple[Span, Entry]]]:
    """Return the records of each file, in the order in which they begin there."""
    files = grouped(
        (entry.document.path, (entry.place().span or Span(1, 1, 1, 1), entry))
        for entry in record_set.entries
    )
    return {path: sorted(starts, key=itemgetter(0)) for path, starts in files.items()}


def _around(finding: Finding, starts: list[tuple[Span, Entry]]) -> Entry | None:
    """Return the record that a finding's place is in, or the first of its file."""
    span = finding.place.span
    begun = bisect_right(starts, span, key=itemgetter(0)) if span is not None else 0
    return starts[max(begun - 1, 0)][1] if starts else None
