"""
Comments in records: finding them in the text, and putting them back.

A comment on a line of its own belongs to what comes next, one behind a value to that value.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeAlias

from interpol_dataset.findings import Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from interpol_dataset.findings import KeyPath
    from interpol_dataset.records.document import Document


#: A line of a record file, and the path to what it shows.
Line: TypeAlias = "tuple[KeyPath, str]"

#: How the comment behind a value begins that nobody has checked yet; see ``draft``.
DRAFT: Final = "# draft"

#: A comment that begins with a word rather than with a space.
_WORD: Final = re.compile(r"#\w")

_START: Final = re.compile(r"(?:^|(?<=\s))#")


@dataclass(frozen=True, slots=True)
class Comment:
    """
    A comment.

    :param text: The comment with its ``#``.
    :param path: The path to what it belongs to; ``None`` at the end of the file.
    :param behind: Whether it is behind its value, on the same line.
    """

    text: str
    path: KeyPath | None
    behind: bool


def find_comments(document: Document) -> Iterator[Comment]:
    """Return the comments of a file, in order."""
    # A mapping's entry begins with its key, an item of a list with itself.
    begins = {path: span for path, span in document.values.items() if path} | document.keys
    starts = sorted((span.line, span.column, len(path), path) for path, span in begins.items())
    containers = {path[:-1] for path in document.values if path}
    scalars = (span for path, span in document.values.items() if path not in containers)
    texts: defaultdict[int, list[Span]] = defaultdict(list)
    for span in [*scalars, *document.keys.values()]:
        for line_number in range(span.line, span.end_line + 1):
            texts[line_number].append(span)

    for number, line in enumerate(document.text.splitlines(), 1):
        column = _column(line, number, texts[number]) if "#" in line else None
        if column is None:
            continue

        text = line[column - 1 :].rstrip()
        if line[: column - 1].strip():
            first = bisect_left(starts, (number,))
            # Nothing begins on the last line of a longer value.
            if first == bisect_left(starts, (number, column)):
                first -= 1
            yield Comment(text, starts[first][3] if first >= 0 else None, behind=True)
        else:
            after = bisect_left(starts, (number + 1,))
            yield Comment(text, starts[after][3] if after < len(starts) else None, behind=False)


def cuts(document: Document) -> Iterator[Span]:
    """
    Return where a comment seems to be the rest of the text before it.

    That is a "#" with a letter or digit right behind it, as in ``Operation #Heron``. Whoever means
    a comment writes a space there, and so does everything that this package writes.
    """
    for comment in find_comments(document):
        if not comment.behind or not comment.path or not _WORD.match(comment.text):
            continue
        span = document.values.get(comment.path)
        if span is None or isinstance(document.at(comment.path), dict | list):
            continue
        begin = document.lines[span.line - 1][span.column - 1 : span.column]
        if begin and begin in "'\"|>":  # what is in quotes has its end, and a block has its own
            continue
        line, column = span.end_line, span.end_column
        found = document.lines[line - 1].find(comment.text, column - 1) + 1
        if found:
            yield Span(line, found, line, found + 1)


def _column(line: str, number: int, around: list[Span]) -> int | None:
    """Return the column at which a line's comment begins; a ``#`` within a text begins none."""
    for match in _START.finditer(line):
        column = match.start() + 1
        if not any(_inside(span, line, number, column) for span in around):
            return column

    return None


def _inside(span: Span, line: str, number: int, column: int) -> bool:
    """Return whether a place is part of a text."""
    if number == span.line and line[span.column - 1] in "|>":
        return False  # a comment may follow the sign that begins a block of text

    return (span.line, span.column) <= (number, column) < (span.end_line, span.end_column)


def moved(comment: Comment, gone: Collection[KeyPath]) -> Comment:
    """
    Return a comment with the path that its value has once other values are removed.

    Items of a list move up where earlier ones are gone.

    :param comment: A comment of the file as it was.
    :param gone: The paths to what was removed, in the file as it was.
    """
    path: KeyPath = ()
    for depth, step in enumerate(comment.path or ()):
        around = (comment.path or ())[:depth]
        if (*around, step) in gone:
            break
        earlier = range(step) if isinstance(step, int) else ()
        lost = sum((*around, index) in gone for index in earlier)
        path = (*path, step - lost if isinstance(step, int) else step)

    return replace(comment, path=path or None)


def with_comments(lines: Iterable[Line], kept: Iterable[Comment]) -> Iterator[Line]:
    """
    Put comments back.

    :param lines: The lines of the file without comments.
    :param kept: The comments. One whose value is gone goes to the nearest thing around it.
    """
    listed = list(lines)
    shown = {path for path, _ in listed}
    above: dict[KeyPath, list[str]] = defaultdict(list)
    behind: dict[KeyPath, list[str]] = defaultdict(list)
    last: list[str] = []

    for comment in kept:
        path = comment.path
        while path and path not in shown:
            path = path[:-1]
        if not path:
            last.append(comment.text)
        elif comment.behind:
            behind[path].append(comment.text)
        else:
            above[path].append(comment.text)

    for path, line in listed:
        indent = line[: len(line) - len(line.lstrip())]
        for text in above.pop(path, []):
            yield path, f"{indent}{text}"
        texts = behind.pop(path, [])
        yield path, "  ".join([line, *texts])

    for text in last:
        yield (), text
