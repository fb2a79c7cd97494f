"""
Findings as readable text: place, rule and message, the line in question, and the hint.

What is printed on a terminal, or in the log of a CI server, is made safe here.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Final

import click

from interpol_dataset.findings import Severity
from interpol_dataset.values.characters import unseen
from interpol_dataset.values.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from interpol_dataset.findings import Finding, Span
    from interpol_dataset.rules.rule import Rule


_REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"

#: What GitHub takes for a command in a log: two colons that begin a line, and ``##[`` anywhere.
_COMMAND: Final = re.compile(r"^(\s*):(?=:)|(?<=#)#(?=\[)")


def harmless(text: str, *, lines: bool = False) -> str:
    """
    Replace, one for one, what would do something or hide something where it is printed.

    That is control, bidirectional and invisible characters, and the beginnings of commands that a
    CI server reads in a log.

    :param text: What is printed, which may come from strangers.
    :param lines: Keep line breaks, and write tabs as spaces.
    """
    if lines:
        return "\n".join(map(harmless, text.replace("\t", " ").split("\n")))

    hidden = frozenset(unseen(text))
    if hidden:
        text = "".join(_REPLACEMENT if at in hidden else letter for at, letter in enumerate(text))

    return _COMMAND.sub(lambda match: f"{match[1] or ''}{_REPLACEMENT}", text)


#: How many characters of a long line are shown, and how many of them before the place.
_WIDTH: Final = 100
_BEFORE: Final = 40

_COLOURS: Final = {Severity.ERROR: "red", Severity.WARNING: "yellow"}


def text(findings: Sequence[Finding], texts: Mapping[str, str], rules: Mapping[str, Rule]) -> str:
    """Render findings as text with ANSI colours, which the caller strips where needed."""
    paths = {finding.place.path for finding in findings}
    split = {path: texts[path].splitlines() for path in paths & texts.keys()}
    lines: list[str] = []
    for finding in findings:
        lines += [*_finding(finding, split.get(finding.place.path, [])), ""]

    return "\n".join([*lines, *_summary(findings, rules)])


def _finding(finding: Finding, lines: Sequence[str]) -> Iterator[str]:
    colour = _COLOURS[finding.severity]
    place = click.style(harmless(str(finding.place)), bold=True)
    code = click.style(finding.rule, fg=colour, bold=True)
    weight = "warning: " if finding.severity is Severity.WARNING else ""
    yield f"{place}: {code} {weight}{harmless(finding.sentence)}"

    span = finding.place.span
    if span is not None and span.line <= len(lines):
        yield from _excerpt(lines[span.line - 1], span, colour)
    if finding.hint:
        fixable = " (--fix can do it)" if finding.fix else ""
        yield f"  {click.style('help:', fg='cyan')} {harmless(finding.hint)}{fixable}"


def _excerpt(line: str, span: Span, colour: str) -> Iterator[str]:
    """Show the line with carets under the characters in question."""
    start = max(0, span.column - 1 - _BEFORE) if len(line) > _WIDTH else 0
    shown = harmless(line[start : start + _WIDTH].replace("\t", " "))
    first = span.column - 1 - start
    last = span.end_column - 1 - start if span.end_line == span.line else len(shown)
    number = str(span.line)
    margin = " " * len(number)

    yield f" {margin} {click.style('|', fg='blue')}"
    yield f" {click.style(f'{number} |', fg='blue')} {shown}"
    before, under = _cells(shown[:first]), max(1, _cells(shown[first:last]))
    carets = " " * before + click.style("^" * under, fg=colour)
    yield f" {margin} {click.style('|', fg='blue')} {carets}"


def _cells(text: str) -> int:
    """Count the cells that a text takes on a terminal: two for each wide East Asian character."""
    return sum(
        0 if unicodedata.combining(letter) else 1 + (unicodedata.east_asian_width(letter) in "WF")
        for letter in text
    )


def _summary(findings: Sequence[Finding], rules: Mapping[str, Rule]) -> Iterator[str]:
    if not findings:
        yield "no findings"
        return

    files = len({finding.place.path for finding in findings})
    warnings = sum(finding.severity is Severity.WARNING for finding in findings)
    among = f", {counted(warnings, 'warning')} among them: CI fails on any" if warnings else ""
    yield f"{counted(len(findings), 'finding')} in {counted(files, 'file')}{among}"
    if any(rules[finding.rule].is_basis for finding in findings):
        yield "some rules look at these records only once this is right: check again then"
    if fixable := sum(finding.fix is not None for finding in findings):
        yield f"{fixable} of them can be fixed with 'interpol-dataset validate --fix'"
    for code, count in sorted(Counter(finding.rule for finding in findings).items()):
        yield f"  {count:>5}  {code}  {rules[code].name}"
