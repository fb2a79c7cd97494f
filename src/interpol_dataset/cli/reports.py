"""
Findings as text, as JSON, as SARIF 2.1.0 and as the workflow commands of GitHub.

As text: place, rule and message, the line in question, and the hint.
"""

from __future__ import annotations

import os
import unicodedata
from collections import Counter
from functools import cache
from itertools import takewhile
from operator import eq
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import click

from interpol_dataset._version import __version__
from interpol_dataset.cli.terminal import harmless, json_text
from interpol_dataset.findings import Finding, Severity, Span
from interpol_dataset.values.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from interpol_dataset.rules.rule import Checked, Rule

_NOWHERE: Final = dict.fromkeys(Span._fields)

#: How many characters of a long line are shown, and how many of them before the place.
_WIDTH: Final = 100
_BEFORE: Final = 40
_COLOURS: Final = {Severity.ERROR: "red", Severity.WARNING: "yellow"}

#: The folder that the command is run in, by the name that code scanning knows.
_ROOT: Final = "%SRCROOT%"


def page_of(code: str) -> str:
    """Return the address of a rule's page; its path in the project, where no address is known."""
    path, address = f"docs/rules/{code}.md", repository()
    return f"{address}/blob/HEAD/{path}" if address else path


@cache
def repository() -> str:
    """Return the project's address, which the builder of the package gave."""
    from importlib.metadata import PackageNotFoundError, metadata  # noqa: PLC0415  # slow to import

    try:
        urls = metadata("interpol-dataset").get_all("Project-URL") or []
    except PackageNotFoundError:
        return ""
    pairs = (url.partition(", ") for url in urls)
    return next((address for label, _, address in pairs if label == "Source"), "").rstrip("/")


def json_(checked: Checked) -> str:
    """Render findings as a JSON list, with every part of each."""
    return json_text(listed(checked))


def listed(checked: Checked) -> list[dict[str, Any]]:
    """Return findings as plain values, with every part of each."""
    return [
        {
            "rule": finding.rule,
            "name": checked.rules[finding.rule].name,
            "severity": finding.severity.value,
            "file": finding.place.path,
            **(finding.place.span._asdict() if finding.place.span else _NOWHERE),
            "message": finding.message,
            "hint": finding.hint,
            "record": finding.record,
            "row": finding.row,
            "field": finding.field,
            "fixable": finding.fix is not None,
            "page": page_of(finding.rule),
        }
        for finding in checked.findings
    ]


def text(checked: Checked) -> str:
    """Render findings as text with ANSI colours, which the caller strips where needed."""
    paths = {finding.place.path for finding in checked.findings}
    texts = {path: checked.texts[path] for path in paths & checked.texts.keys()}
    split = {path: text.splitlines() for path, text in texts.items()}
    lines: list[str] = []
    for finding in checked.findings:
        lines += [*_finding(finding, split.get(finding.place.path, [])), ""]
    return "\n".join([*lines, *_summary(checked.findings, checked.rules)])


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


def sarif(checked: Checked) -> str:
    """Render findings as a SARIF log, with the rules that they break."""
    codes = sorted({finding.rule for finding in checked.findings})
    driver = {
        "name": "interpol-dataset",
        "version": __version__,
        "rules": [_rule(checked.rules[code]) for code in codes],
    }
    here = {"description": {"text": "The folder that the command was run in."}}
    run = {
        "tool": {"driver": driver},
        "originalUriBaseIds": {_ROOT: here},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, codes, checked.texts) for finding in checked.findings],
    }
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json_text({"$schema": schema, "version": "2.1.0", "runs": [run]})


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": " ".join(rule.page.partition("\n## ")[0].split())},
        **({"helpUri": address} if "://" in (address := page_of(rule.code)) else {}),
        "help": {"text": rule.page, "markdown": rule.page},
        "defaultConfiguration": {"level": rule.severity.value},
        "properties": {"layer": rule.layer.value},
    }


def _result(finding: Finding, codes: list[str], texts: Mapping[str, str]) -> dict[str, Any]:
    artifact = _artifact(finding.place.path)
    # Code scanning shows nothing that has no line.
    region = _region(*finding.place.span) if finding.place.span else {"startLine": 1}
    place = {"artifactLocation": artifact, "region": region}
    location: dict[str, Any] = {"physicalLocation": place}
    if finding.row is not None:
        location["properties"] = {"row": finding.row, "field": finding.field}
    help_ = f" ({finding.hint})" if finding.hint else ""

    return {
        "ruleId": finding.rule,
        "ruleIndex": codes.index(finding.rule),
        "level": finding.severity.value,
        "message": {"text": finding.sentence + help_},
        "locations": [location],
        **_fixes(finding, artifact, texts.get(finding.place.path)),
    }


def _region(line: int, column: int, end_line: int, end_column: int) -> dict[str, int]:
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def _artifact(path: str) -> dict[str, str]:
    """Name a file from the folder that the command is run in; in full, where it is elsewhere."""
    full = Path(os.path.abspath(path))  # noqa: PTH100  # which also takes out ".."
    here = Path.cwd()
    if full.is_relative_to(here):
        shown = full.relative_to(here).as_posix()
        return {"uri": quote(shown, errors="surrogatepass"), "uriBaseId": _ROOT}
    shown = full.as_posix().removeprefix("/")
    return {"uri": f"file:///{quote(shown, safe='/:', errors='surrogatepass')}"}


def _fixes(finding: Finding, artifact: dict[str, str], text: str | None) -> dict[str, Any]:
    """Return the change that fixes a finding, by the lines that it replaces."""
    if finding.fix is None or text is None:
        return {}
    from interpol_dataset.records.formatter import fixed_text  # noqa: PLC0415  # imports all models

    after = fixed_text(finding.place.path, text, finding.fix)
    if after is None:
        return {}
    start, end, lines = changed_lines(text.splitlines(), after.splitlines())
    replacement = {
        "deletedRegion": _region(start + 1, 1, end + 1, 1),
        "insertedContent": {"text": "".join(f"{line}\n" for line in lines)},
    }
    change = {"artifactLocation": artifact, "replacements": [replacement]}
    said = {"text": finding.hint or "fix it"}
    return {"fixes": [{"description": said, "artifactChanges": [change]}]}


def changed_lines(before: list[str], after: list[str]) -> tuple[int, int, list[str]]:
    """Return the only lines in which two texts differ: their bounds, and what comes there."""
    start = sum(takewhile(bool, map(eq, before, after)))
    same = sum(takewhile(bool, map(eq, before[start:][::-1], after[start:][::-1])))
    return start, len(before) - same, after[start : len(after) - same]


def github(checked: Checked) -> str:
    """Render findings as workflow commands, one on each line."""
    return "\n".join(_command(it, checked.rules[it.rule].name) for it in checked.findings)


def _command(finding: Finding, name: str) -> str:
    span = finding.place.span
    properties = {"file": finding.place.path, "title": f"{finding.rule} {name}"}
    if span is not None:
        properties |= {"line": str(span.line), "col": str(span.column)}
        if span.end_line == span.line:
            properties |= {"endLine": str(span.end_line), "endColumn": str(span.end_column)}
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    help_ = f"\nhelp: {finding.hint}" if finding.hint else ""
    return f"::{finding.severity} {listed}::{_data(finding.sentence + help_)}"


def _data(text: str) -> str:
    """Escape a message: hidden characters, ``%`` and line breaks."""
    return harmless(text, lines=True).replace("%", "%25").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape the value of a property, which ``:`` or ``,`` would end."""
    return _data(harmless(text)).replace(":", "%3A").replace(",", "%2C")


FORMATS: Final = {"text": text, "json": json_, "github": github, "sarif": sarif}
