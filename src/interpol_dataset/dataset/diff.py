"""What changed between two versions of the dataset: records, facts, cells, schemas."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import IntEnum
from functools import cached_property
from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from interpol_dataset.errors import PackageError
from interpol_dataset.package.reader import DESCRIPTOR
from interpol_dataset.schema.fields import Basis, basis_of
from interpol_dataset.tables.rows import TABLES

if TYPE_CHECKING:
    from interpol_dataset.dataset.tables import Tables


class SchemaChange(NamedTuple):
    """
    A difference between the schemas.

    :param is_breaking: Whether a query that worked before can fail or give something else.
    """

    table: str
    column: str | None
    change: str
    is_breaking: bool


def schema_changes(
    old: Mapping[str, Mapping[str, Any]], new: Mapping[str, Mapping[str, Any]]
) -> Iterator[SchemaChange]:
    """Compare Table Schemas."""
    for table, change, breaks in _differences(sorted(old), sorted(new)):
        yield SchemaChange(table, None, change, breaks)
    for table, schema in old.items():
        if table in new:
            yield from _in_table(table, schema, new[table])


def _differences(
    before: Collection[str], after: Collection[str]
) -> Iterator[tuple[str, str, bool]]:
    """Return what was removed, and what was added; the former breaks queries."""
    yield from ((name, "removed", True) for name in before if name not in after)
    yield from ((name, "added", False) for name in after if name not in before)


def _in_table(table: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[SchemaChange]:
    before, after = (
        {field["name"]: field for field in schema.get("fields", ())} for schema in (old, new)
    )
    for name, change, breaks in _differences(before, after):
        yield SchemaChange(table, name, change, breaks)
    for name in (name for name in before if name in after):
        yield from _in_column(table, name, before[name], after[name])
    for what in ("primaryKey", "foreignKeys"):
        if old.get(what) != new.get(what):
            yield SchemaChange(table, None, f"{what} changed", is_breaking=what == "primaryKey")


def _in_column(
    table: str, name: str, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[SchemaChange]:
    if old.get("type") != new.get("type"):
        change = f"type {new.get('type')}, was {old.get('type')}"
        yield SchemaChange(table, name, change, is_breaking=True)
    limits = old.get("constraints", {}), new.get("constraints", {})
    before, after = (limit.get("enum") or [] for limit in limits)
    for term, change, breaks in _differences(before, after) if before and after else ():
        yield SchemaChange(table, name, f"term '{term}' {change}", breaks)
    if limits[0].get("required") and not limits[1].get("required"):
        yield SchemaChange(table, name, "may be empty now", is_breaking=True)


_Row: TypeAlias = Mapping[str, Any]
_Key: TypeAlias = tuple[str, ...]
_ROWS: Final = {row.TABLE: row for row in TABLES}
_MAX_VERSION: Final = 1_000
#: What decides what a source's statement is worth.
_WEIGHT: Final = (
    *("kind", "asserter_id", "issued_with_ids", "text_of_id", "same_text_id"),
    "published",
)


class Level(IntEnum):
    """How far a version number has to move: see the head of CHANGELOG.md."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


class RecordChange(NamedTuple):
    """
    A record that came or went.

    :param change: ``added``, ``redirected``, ``withdrawn``, or ``lost`` without a word.
    :param detail: Its name; the id that replaces it; or why it was withdrawn.
    """

    table: str
    record: str
    change: str
    detail: str


class FactState(NamedTuple):
    """A fact as one version has it: its value, the value's unit, its status."""

    value: str | None
    unit: str | None
    status: str


class FactChange(NamedTuple):
    """A fact that differs, of a record that both versions have."""

    table: str
    record: str
    field: str
    old: FactState | None
    new: FactState | None
    why: tuple[str, ...]


class CellChange(NamedTuple):
    """A cell that no fact decides, of a row that both versions have."""

    table: str
    row: str
    column: str
    old: str | None
    new: str | None


@dataclass(frozen=True)
class Diff:
    """
    What changed from one version to another.

    :param facts: Facts that came, went or changed in value or status, of records in both versions.
    :param evidence: The paths of facts that rest on other evidence, with the same value and status.
    """

    versions: tuple[str, str]
    rules: tuple[str, str]
    records: tuple[RecordChange, ...]
    facts: tuple[FactChange, ...]
    evidence: tuple[tuple[str, str, str], ...]
    cells: tuple[CellChange, ...]
    schema: tuple[SchemaChange, ...]

    @property
    def moved(self) -> Mapping[tuple[str, str], int]:
        """How many facts moved from one status to another."""
        return Counter(
            (fact.old.status, fact.new.status)
            for fact in self.facts
            if fact.old and fact.new and fact.old.status != fact.new.status
        )

    @cached_property
    def level(self) -> Level:
        """How far the version number has to move."""
        if (
            self.rules[0] != self.rules[1]
            or any(change.is_breaking for change in self.schema)
            or any(record.change == "lost" for record in self.records)
        ):
            return Level.MAJOR
        if self.schema or self.records:
            return Level.MINOR
        return Level.PATCH if self.facts or self.evidence or self.cells else Level.NONE

    @property
    def is_versioned(self) -> bool:
        """
        Whether the version number moved far enough.

        By Semantic Versioning, a version below 1.0.0 moves its second number for what would be
        major, and its third for the rest.
        """
        old, new = (_numbers(version) for version in self.versions)
        if self.level is Level.NONE:
            return old <= new
        kept = min(Level.MAJOR - self.level + 1 + (old[0] == 0), 3)
        return old[:kept] < new[:kept]

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values, for JSON."""
        plain = asdict(self)
        for name in ("records", "facts", "cells", "schema"):
            plain[name] = [item._asdict() for item in getattr(self, name)]
        for fact in plain["facts"]:
            fact |= {side: fact[side] and fact[side]._asdict() for side in ("old", "new")}
        return plain | {
            "level": self.level.name.lower(),
            "moved": [[*statuses, count] for statuses, count in sorted(self.moved.items())],
        }


def diff(old: Tables, new: Tables) -> Diff:
    """Compare two versions."""
    sides = _Side(old), _Side(new)
    facts, evidence = _fact_changes(*sides)
    return Diff(
        versions=(_version(old), _version(new)),
        rules=(sides[0].rules, sides[1].rules),
        records=tuple(_record_changes(*sides)),
        facts=tuple(facts),
        evidence=tuple(evidence),
        cells=tuple(_cell_changes(*sides)),
        schema=tuple(schema_changes(old.package.schemas, new.package.schemas)),
    )


class _Side:
    """One of the two versions, with its rows by key."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.rules = str(tables.package.descriptor.get("verificationRuleVersion", ""))
        self._rows: dict[str, dict[_Key, _Row]] = {}

    def rows(self, table: str) -> dict[_Key, _Row]:
        """Return a table's rows by key; none if there is no such table."""
        if table not in self._rows:
            key = self.tables.package.schemas.get(table, {}).get("primaryKey", ())
            names = [key] if isinstance(key, str) else list(key)
            rows = self.tables.rows(table) if table in self.tables and names else []
            self._rows[table] = {tuple(str(row[name]) for name in names): row for row in rows}
        return self._rows[table]

    @cached_property
    def voices(self) -> Mapping[_Key, Mapping[str, _Row]]:
        """What each source says about each fact."""
        said: dict[_Key, dict[str, _Row]] = defaultdict(dict)
        for row in self.rows("evidence").values():
            said[_fact_key(row)][row["source_id"]] = row
        return said

    @cached_property
    def facts(self) -> Mapping[_Key, tuple[FactState, _Row]]:
        """Each fact, and its row."""
        states: dict[_Key, tuple[FactState, _Row]] = {}
        for row in self.rows("verification").values():
            key = _fact_key(row)
            chosen = self.voices.get(key, {}).get(row["source_id"] or "", {})
            state = FactState(row["value"], chosen.get("unit"), row["status"] or row["verdict"])
            states[key] = (state, row)
        return states


def _fact_key(row: _Row) -> _Key:
    return row["record_table"], row["record_id"], row["field"]


def _record_changes(old: _Side, new: _Side) -> Iterator[RecordChange]:
    retired = new.rows("retired_ids")
    for table, model in _ROWS.items():
        if model.KEY != ("id",) or table not in old.tables or table not in new.tables:
            continue
        before, after = old.rows(table), new.rows(table)
        for key in sorted(after.keys() - before.keys()):
            named = after[key].get("name") or after[key].get("title") or ""
            yield RecordChange(table, key[0], "added", named)
        for key in sorted(before.keys() - after.keys()):
            notice = retired.get((table, *key))
            if notice is None:
                yield RecordChange(table, key[0], "lost", "no redirect and no reason is recorded")
            elif notice["redirect"]:
                yield RecordChange(table, key[0], "redirected", notice["redirect"])
            else:
                yield RecordChange(table, key[0], "withdrawn", notice["reason"])


def _cell_changes(old: _Side, new: _Side) -> Iterator[CellChange]:
    for table in old.tables:
        if table not in new.tables or table in {"verification", "evidence"}:
            continue  # facts are compared as such
        before, after = old.rows(table), new.rows(table)
        for key in sorted(before.keys() & after.keys()):
            for column, was in before[key].items():
                now = after[key].get(column, was)
                if was != now and not _is_of_a_fact(table, column):
                    yield CellChange(table, ",".join(key), column, _text(was), _text(now))


def _is_of_a_fact(table: str, column: str) -> bool:
    """Return whether a column repeats what facts say or follows from them: facts are compared."""
    is_known = table in _ROWS and column in _ROWS[table].model_fields
    return is_known and not isinstance(basis_of(table, column), Basis)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _fact_changes(old: _Side, new: _Side) -> tuple[list[FactChange], list[tuple[str, str, str]]]:
    """Return the facts that differ, and those that only rest on other evidence."""
    changed: list[FactChange] = []
    resting: list[tuple[str, str, str]] = []
    for key in sorted(old.facts.keys() | new.facts.keys()):
        table, record, field = key
        if not all((record,) in side.rows(table) for side in (old, new)):
            continue
        before, after = (side.facts[key][0] if key in side.facts else None for side in (old, new))
        if before != after:
            why = tuple(_reasons(old, new, key)) or ("who can observe it changed in the record",)
            changed.append(FactChange(table, record, field, before, after, why))
        elif any(_said(old, new, key)):
            resting.append((table, record, field))
    return changed, resting


def _reasons(old: _Side, new: _Side, key: _Key) -> Iterator[str]:
    yield from _said(old, new, key)
    sources = old.voices.get(key, {}).keys() & new.voices.get(key, {}).keys()
    for source in sorted(sources):
        before, after = (side.rows("sources").get((source,), {}) for side in (old, new))
        for column in _WEIGHT:
            if before.get(column) != after.get(column):
                yield (f"{source}: {column} is now {after.get(column)}, was {before.get(column)}")
    if key not in old.facts or key not in new.facts:
        return
    before, after = old.facts[key][1], new.facts[key][1]
    if old.rules != new.rules:
        yield f"rules {old.rules} -> {new.rules}"
    if after.get("preferred") != before.get("preferred"):
        yield f"another source is preferred: {after.get('preferred') or 'no longer'}"


def _said(old: _Side, new: _Side, key: _Key) -> Iterator[str]:
    """Return how the sources' statements about a fact differ."""
    before, after = old.voices.get(key, {}), new.voices.get(key, {})
    for source in sorted(before.keys() | after.keys()):
        if source not in before:
            yield f"new source {source}: {_statement(after[source])}"
        elif source not in after:
            yield f"{source} is no longer evidence of {_statement(before[source])}"
        else:
            was, now = _statement(before[source]), _statement(after[source])
            if was != now:
                yield f"{source} says {now}, was recorded as {was}"


def _statement(row: _Row) -> str:
    word = f" on the word of {row['attributed_to_id']}" if row.get("attributed_to_id") else ""
    return f"{row['value']}{' ' + row['unit'] if row.get('unit') else ''}{word}"


def _version(tables: Tables) -> str:
    version = tables.package.version
    if len(version) > _MAX_VERSION:
        raise PackageError(
            f"the version has {len(version):,} characters; {_MAX_VERSION:,} are more than enough",
            where=str(tables.directory / DESCRIPTOR),
            hint="correct 'version' there",
        )
    return version


def _numbers(version: str) -> tuple[int, int, int]:
    """Return the three numbers of a version; zeros where it has none."""
    found = re.match(r"([0-9]+)\.([0-9]+)\.([0-9]+)", version)
    major, minor, patch = map(int, found.groups() if found else "000")
    return major, minor, patch


#: What would be markup, as what shows it.
_MARKUP: Final = {ord(sign): f"&#{ord(sign)};" for sign in "\\`*_[]|~!@"}
#: Rows of a section that Markdown shows: a comment on a pull request has a limit.
_MOST: Final = 100
_NEEDED: Final = {
    Level.NONE: "Nothing changed.",
    Level.PATCH: "Values or wording changed: a patch release.",
    Level.MINOR: "Something was added: a minor release.",
    Level.MAJOR: "Something was renamed, removed or judged by other rules: a major release.",
}
#: The page that shows a comparison.
_PAGE: Final = Path(__file__).with_name("diff.html")


class _Section(NamedTuple):
    title: str
    changes: int  # how many changes its rows show
    line: str  # a row as text, its columns in braces
    rows: list[tuple[str, ...]]

    @property
    def columns(self) -> list[str]:
        return re.findall(r"{(\w+)}", self.line)


def _sections(diff: Diff) -> Iterator[_Section]:
    sections = (
        _Section(
            "Schema",
            len(diff.schema),
            "{table} {column}: {change} (old queries {queries})",
            [
                (table, column or "", change, "break" if is_breaking else "work")
                for table, column, change, is_breaking in diff.schema
            ],
        ),
        _Section(
            "Records", len(diff.records), "{table} {id}: {change} ({detail})", [*diff.records]
        ),
        _Section(
            "Facts of another status",
            sum(diff.moved.values()),
            "{before} -> {after}: {facts}",
            [(*statuses, f"{count:,}") for statuses, count in sorted(diff.moved.items())],
        ),
        _Section(
            "Facts",
            len(diff.facts),
            "{record} {fact}: {before} -> {after} ({why})",
            [
                (record, field, _state(old), _state(new), "; ".join(why))
                for _, record, field, old, new, why in diff.facts
            ],
        ),
        _Section(
            "Other cells",
            len(diff.cells),
            "{table} {row} {column}: {before} -> {after}",
            [(*cell[:3], _cell(cell.old), _cell(cell.new)) for cell in diff.cells],
        ),
    )

    return (section for section in sections if section.rows)


def _cell(value: str | None) -> str:
    return "empty" if value is None else value


def _state(fact: FactState | None) -> str:
    if fact is None:
        return "none"
    unit = f" {fact.unit}" if fact.unit else ""
    return f"{'no value' if fact.value is None else fact.value}{unit} [{fact.status}]"


def _title(diff: Diff) -> str:
    return f"From {diff.versions[0]} to {diff.versions[1]}"


def _summary(diff: Diff) -> Iterator[str]:
    yield _NEEDED[diff.level]
    if not diff.is_versioned:
        old, new = diff.versions
        moved = f"is still {new}" if old == new else f"rose too little, from {old} to {new}"
        yield f"The version number {moved}; raise it for the release."
    if diff.rules[0] != diff.rules[1]:
        yield f"Verification rules {diff.rules[0]} became {diff.rules[1]}."
    if diff.evidence:
        facts = "fact rests" if len(diff.evidence) == 1 else "facts rest"
        yield f"{len(diff.evidence):,} more {facts} on other evidence; value and status stay."


def _as_text(diff: Diff) -> str:
    lines = [_title(diff), *_summary(diff)]
    for section in _sections(diff):
        lines += ["", f"{section.title} ({section.changes:,})"]
        for row in section.rows:
            cells = dict(zip(section.columns, row, strict=True))
            lines.append("  " + section.line.format_map(cells).replace(" :", ":"))
    return "\n".join(lines)


def _as_markdown(diff: Diff) -> str:
    lines = [f"# {_escaped(_title(diff))}", "", *map(_escaped, _summary(diff))]
    for section in _sections(diff):
        lines += ["", f"## {section.title} ({section.changes:,})", ""]
        lines += [_line(section.columns), _line(["---"] * len(section.columns))]
        lines += [_line([_escaped(cell) for cell in row]) for row in section.rows[:_MOST]]
        if len(section.rows) > _MOST:
            lines += ["", f"... and {len(section.rows) - _MOST:,} more"]
    return "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(cell: str) -> str:
    """Return Markdown that shows a text as it is, without automatic links."""
    shown = escape(" ".join(cell.split()), quote=False).translate(_MARKUP)
    return shown.replace("://", "&#58;//").replace("www.", "www&#46;")


def _as_html(diff: Diff) -> str:
    sentences = (f"<p>{escape(sentence)}</p>" for sentence in _summary(diff))
    content = "\n".join([*sentences, *map(_html_section, _sections(diff))])
    page = Template(_PAGE.read_text("utf-8").rstrip("\n"))
    return page.substitute(title=escape(_title(diff)), content=content)


def _html_section(section: _Section) -> str:
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in section.columns)
    rows = (
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>\n" for row in section.rows
    )
    return (
        f"<h2>{escape(section.title)} ({section.changes:,})</h2>\n"
        f"<table><thead><tr>{heads}</tr></thead><tbody>\n{''.join(rows)}</tbody></table>"
    )


def _as_changelog(diff: Diff) -> str:
    """Write the part of the changelog that is about data."""
    lines = ["### Data", ""]
    records: dict[tuple[str, str], list[str]] = defaultdict(list)
    for record in diff.records:
        arrow = f" (now `{record.detail}`)" if record.change == "redirected" else ""
        records[record.table, record.change].append(f"`{record.record}`{arrow}")
    for (table, change), ids in records.items():
        listed = f": {', '.join(ids)}" if len(ids) <= _MOST else ""
        lines.append(f"- {table} {change}: {len(ids):,}{listed}")

    both = [(fact.old, fact.new) for fact in diff.facts]
    kinds = {
        "added": sum(old is None for old, _ in both),
        "gone": sum(new is None for _, new in both),
        "with another value": sum(bool(old and new and old[:2] != new[:2]) for old, new in both),
    }
    lines += [f"- facts {what}: {count:,}" for what, count in kinds.items() if count]
    lines += [
        f"- status {old} -> {new}: {count:,}" for (old, new), count in sorted(diff.moved.items())
    ]
    lines += [
        f"- {change.table}{f'.{change.column}' if change.column else ''}: {change.change}"
        for change in diff.schema
    ]

    return "\n".join(lines)


#: How a comparison can be written, by the name of the format.
RENDERINGS: Final[Mapping[str, Callable[[Diff], str]]] = {
    "text": _as_text,
    "markdown": _as_markdown,
    "html": _as_html,
    "changelog": _as_changelog,
}
