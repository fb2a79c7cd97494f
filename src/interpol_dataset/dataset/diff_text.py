"""
A comparison of two versions as text, Markdown, a page of HTML, or lines for the changelog.

All are written from the same sections.
"""

from __future__ import annotations

from collections import defaultdict
from html import escape
from typing import TYPE_CHECKING, Final, NamedTuple

from interpol_dataset.dataset.diff import Level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from interpol_dataset.dataset.diff import Diff, FactState


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

_STYLE: Final = """\
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
body { margin: 2rem auto; max-width: 70rem; padding: 0 1rem }
table { border-collapse: collapse; margin: 1rem 0; display: block; overflow-x: auto }
th, td { border-bottom: 1px solid #8886; padding: .3rem .8rem .3rem 0; text-align: left;
  vertical-align: top }
"""


class _Section(NamedTuple):
    title: str
    changes: int  # how many changes its rows show
    columns: tuple[str, ...]
    line: str  # a row as text, its columns in braces
    rows: list[tuple[str, ...]]


def _sections(diff: Diff) -> Iterator[_Section]:
    sections = (
        _Section(
            "Schema",
            len(diff.schema),
            ("table", "column", "change", "queries"),
            "{table} {column}: {change} (old queries {queries})",
            [
                (
                    item.table,
                    item.column or "",
                    item.change,
                    "break" if item.is_breaking else "work",
                )
                for item in diff.schema
            ],
        ),
        _Section(
            "Records",
            len(diff.records),
            ("table", "id", "change", "detail"),
            "{table} {id}: {change} ({detail})",
            [*diff.records],
        ),
        _Section(
            "Facts of another status",
            sum(diff.moved.values()),
            ("before", "after", "facts"),
            "{before} -> {after}: {facts}",
            [(*statuses, f"{count:,}") for statuses, count in sorted(diff.moved.items())],
        ),
        _Section(
            "Facts",
            len(diff.facts),
            ("record", "fact", "before", "after", "why"),
            "{record} {fact}: {before} -> {after} ({why})",
            [
                (fact.record, fact.field, _state(fact.old), _state(fact.new), "; ".join(fact.why))
                for fact in diff.facts
            ],
        ),
        _Section(
            "Other cells",
            len(diff.cells),
            ("table", "row", "column", "before", "after"),
            "{table} {row} {column}: {before} -> {after}",
            [
                (cell.table, cell.row, cell.column, _cell(cell.old), _cell(cell.new))
                for cell in diff.cells
            ],
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
    lines = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width">',
        f"<title>{escape(_title(diff))}</title>",
        f"<style>{_STYLE}</style></head><body>",
        f"<h1>{escape(_title(diff))}</h1>",
        *(f"<p>{escape(sentence)}</p>" for sentence in _summary(diff)),
    ]
    for section in _sections(diff):
        heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in section.columns)
        lines += [
            f"<h2>{escape(section.title)} ({section.changes:,})</h2>",
            f"<table><thead><tr>{heads}</tr></thead><tbody>",
            *(
                f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>"
                for row in section.rows
            ),
            "</tbody></table>",
        ]

    return "\n".join([*lines, "</body></html>"])


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

    kinds = [
        ("added", [fact for fact in diff.facts if fact.old is None]),
        ("gone", [fact for fact in diff.facts if fact.new is None]),
        (
            "with another value",
            [fact for fact in diff.facts if _has_other_value(fact.old, fact.new)],
        ),
    ]
    lines += [f"- facts {what}: {len(facts):,}" for what, facts in kinds if facts]
    lines += [
        f"- status {old} -> {new}: {count:,}" for (old, new), count in sorted(diff.moved.items())
    ]
    lines += [
        f"- {change.table}{f'.{change.column}' if change.column else ''}: {change.change}"
        for change in diff.schema
    ]

    return "\n".join(lines)


def _has_other_value(old: FactState | None, new: FactState | None) -> bool:
    return old is not None and new is not None and old[:2] != new[:2]


#: How a comparison can be written, by the name of the format.
RENDERINGS: Final[Mapping[str, Callable[[Diff], str]]] = {
    "text": _as_text,
    "markdown": _as_markdown,
    "html": _as_html,
    "changelog": _as_changelog,
}
