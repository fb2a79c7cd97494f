"""
What local rules found last time, and which records they have to be asked about again.

A local rule depends on a record and on those that it leads to. So what it found stays true until
one of these changes. Rules on all records together are asked each time.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING

from interpol_dataset.records.kinds import KINDS
from interpol_dataset.rules.rule import ContextRule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from interpol_dataset.findings import Finding
    from interpol_dataset.records.folder import Entry
    from interpol_dataset.rules.context import Context, Key
    from interpol_dataset.rules.rule import Rule

__all__ = ["Judged", "judge"]

#: The kinds of record whose rows in a file are compared one by one.
_IN_LISTS = frozenset(kind.table for kind in KINDS if not kind.folder)


@dataclass(frozen=True)
class Judged:
    """
    What rules found in some records.

    :param today: The day for which it holds.
    :param files: The hash of each file by its path.
    :param records: The hash of each record in a list, and of each record's file else, by table and
        id.
    :param bases: What else local rules depend on, as a hash by the rule's code.
    :param local: What local rules found.
    :param others: What the other rules found; none where it may be otherwise next time.
    :param rest: The hash of what else there is in the folder.
    """

    today: date
    files: Mapping[str, bytes] = field(default_factory=dict)
    records: Mapping[tuple[str, str], bytes] = field(default_factory=dict)
    bases: Mapping[str, bytes] = field(default_factory=dict)
    local: tuple[Finding, ...] = ()
    others: tuple[Finding, ...] | None = None
    rest: bytes = b""


def judge(
    context: Context,
    rules: Iterable[type[Rule]],
    first: Callable[[Iterable[Finding]], Iterator[Finding]],
    before: Judged | None,
) -> tuple[list[Finding], Judged | None]:
    """
    Ask all rules, local ones only where something changed.

    :param context: The records.
    :param rules: The rules.
    :param first: Returns as many findings of a rule as are kept.
    :param before: What was found last time.
    :returns: What was found, and what to remember of it; nothing where records could not be read.
    """
    asked = [rule for rule in rules if issubclass(rule, ContextRule)]
    local = [rule for rule in asked if rule.is_local]
    others = [rule for rule in asked if not rule.is_local]
    record_set = context.record_set
    if record_set.defects or context.unread:
        return [item for rule in asked for item in first(rule(context).run())], None

    files = {item.path: _hash(item.text) for item in record_set.documents}
    rest = _hash(repr((record_set.strays, record_set.released)))
    if before is not None and before.today != context.today:
        before = None
    if before and before.files == files and before.rest == rest and before.others is not None:
        return [*before.others, *before.local], before

    found = [item for rule in others for item in first(rule(context).run())]
    records = dict(_records(context, files))
    bases = {rule.code: _hash(repr(rule.basis(context))) for rule in local}
    focused, kept = context, set[str]()
    if before is not None:
        focused = context.focused(_focus(context, before, files, records))
        kept = {code for code, hash_ in bases.items() if before.bases.get(code) == hash_}
    judged = tuple(_of_local(local, context, focused, before, kept, first))
    # Who came first of two duplicates depends on git, too.
    lasting = None if context.has_asked_git else tuple(found)
    after = Judged(context.today, files, records, bases, judged, lasting, rest)

    return [*found, *judged], after


def _of_local(
    rules: Iterable[type[ContextRule]],
    context: Context,
    focused: Context,
    before: Judged | None,
    kept: set[str],
    first: Callable[[Iterable[Finding]], Iterator[Finding]],
) -> Iterator[Finding]:
    """Return what local rules find now, or found before where nothing changed."""
    fresh = {document.path for document in focused.documents}
    there = {document.path for document in context.record_set.documents}
    for item in before.local if before else ():
        if item.rule in kept and item.place.path in there - fresh:
            yield item
    for rule in rules:
        yield from first(rule(focused if rule.code in kept else context).run())


def _records(
    context: Context, files: Mapping[str, bytes]
) -> Iterator[tuple[tuple[str, str], bytes]]:
    for item in context.ids:
        entry = item.entry
        in_list = entry.kind.table in _IN_LISTS
        yield (
            (item.table, item.id),
            _hash(str(entry.data)) if in_list else files[entry.document.path],
        )


def _focus(
    context: Context,
    before: Judged,
    files: Mapping[str, bytes],
    records: Mapping[tuple[str, str], bytes],
) -> frozenset[Key]:
    """Return the records that changed or lead to one that did, and all others in their files."""
    changed = {
        key for key in {*records, *before.records} if records.get(key) != before.records.get(key)
    }
    leading_to: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for reference in context.references:
        leading_to[reference.table, reference.id].append(reference.entry)
    keys_of: dict[Key, list[tuple[str, str]]] = defaultdict(list)
    for item in context.ids:
        keys_of[item.entry.document.path, item.entry.at].append((item.table, item.id))

    paths = {path for path, hash_ in files.items() if before.files.get(path) != hash_}
    waiting, seen = [*changed], set(changed)
    while waiting:
        for entry in leading_to[waiting.pop()]:
            paths.add(entry.document.path)
            for key in keys_of[entry.document.path, entry.at]:
                if key not in seen:
                    seen.add(key)
                    waiting.append(key)

    return frozenset(
        (entry.document.path, entry.at)
        for entry in context.record_set.entries
        if entry.document.path in paths
    )


def _hash(text: str) -> bytes:
    return blake2b(text.encode(errors="surrogatepass"), digest_size=16).digest()
