"""Damage to the letters of a file."""

# ruff: noqa: D401  # a docstring says what is wrong afterwards

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.mutation.edit import (
    any_file,
    cut,
    inserted,
    key_line_of,
    line_of,
    outcomes_of,
    some,
    with_value,
)
from helpers.mutation.original import Mutant

if TYPE_CHECKING:
    from random import Random

    from helpers.mutation.original import Original


def truncated(rng: Random, original: Original) -> Mutant:
    """The file ends within what a source says."""
    entry = original.pick(rng, "cases", lambda data: "outcomes" in data["reports"][-1])
    path, _ = some(rng, outcomes_of(entry))
    span = entry.document.values[path]
    end = span.column + rng.randrange(2, span.end_column - span.column)
    lines = [*entry.document.text.splitlines()[: span.line - 1]]
    lines.append(entry.document.text.splitlines()[span.line - 1][: end - 1].rstrip("'\""))

    return Mutant(entry.document.path, "\n".join(lines).encode(), ("SYN003",), span.line)


def not_utf8(rng: Random, original: Original) -> Mutant:
    """A letter is there in another encoding."""
    entry = any_file(rng, original)
    content = entry.document.text.encode()
    line = line_of(entry, "id")
    place = content.index(b"\n", content.index(b"\nid: ") + 1)

    return Mutant(
        entry.document.path, content[:place] + b" # \xe9t\xe9" + content[place:], ("SYN002",), line
    )


def control_character(rng: Random, original: Original) -> Mutant:
    """A character that can't be printed has slipped in."""
    entry = any_file(rng, original)
    character = rng.choice("\x00\x07\x1b\x7f")

    return with_value(entry, ("id",), entry.id[:2] + character + entry.id[2:], "SYN003")


def invisible_line_break(rng: Random, original: Original) -> Mutant:
    """A line break that editors don't show has slipped into a text."""
    entry = any_file(rng, original)
    character = rng.choice("\x85\u2028\u2029")

    return with_value(entry, ("id",), entry.id[:2] + character + entry.id[2:], "SYN003")


def duplicate_key(rng: Random, original: Original) -> Mutant:
    """A key is there twice."""
    entry = any_file(rng, original)
    line = line_of(entry, "id")

    return inserted(entry, line, f"id: {entry.id}-other", "SYN007", at=line + 1)


def anchor(rng: Random, original: Original) -> Mutant:
    """A value is given a name, or taken from one."""
    entry = any_file(rng, original)

    return with_value(entry, ("id",), f"&name {entry.id}", "SYN008")


def alias(rng: Random, original: Original) -> Mutant:
    """A value is taken from elsewhere."""
    entry = any_file(rng, original)

    return with_value(entry, ("id",), "*name", "SYN003", "SYN008")


def tag(rng: Random, original: Original) -> Mutant:
    """A value is given a type."""
    entry = any_file(rng, original)

    return with_value(entry, ("id",), f"!!python/name:{entry.id}", "SYN008")


def tab(rng: Random, original: Original) -> Mutant:
    """A line is indented with a tab."""
    entry = original.pick(rng, "cases")
    index = rng.randrange(len(entry.data["reports"]))
    line = key_line_of(entry, "reports", index, "source")

    return Mutant(entry.document.path, cut(entry, (line, 1), (line, 3), "\t"), ("SYN003",), line)


def second_document(rng: Random, original: Original) -> Mutant:
    """Another record is in the same file."""
    entry = any_file(rng, original)
    lines = len(entry.document.text.splitlines())

    return Mutant(
        entry.document.path,
        f"{entry.document.text}---\nid: other\n".encode(),
        ("SYN005",),
        lines + 2,
    )


def emptied(rng: Random, original: Original) -> Mutant:
    """The file is empty."""
    return Mutant(any_file(rng, original).document.path, b"", ("SYN004",), 1)


def colon(rng: Random, original: Original) -> Mutant:
    """A text with a colon is there without quotes."""
    entry = original.pick(rng, "sources")

    return with_value(entry, ("title",), "Interpol: the figures", "SYN003")
