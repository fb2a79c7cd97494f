"""
The formats in which findings are reported, by name.

Two of them are here: SARIF 2.1.0, for code scanning, and the workflow commands of GitHub, which it
shows beside the lines.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias
from urllib.parse import quote

from interpol_dataset._version import __version__
from interpol_dataset.report.json import json_, json_text, page_of
from interpol_dataset.report.text import harmless, text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from interpol_dataset.findings import Finding
    from interpol_dataset.rules.rule import Rule


_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"

#: The folder that the command is run in, by the name that code scanning knows.
_ROOT: Final = "%SRCROOT%"


def sarif(
    findings: Sequence[Finding],
    texts: Mapping[str, str],
    rules: Mapping[str, Rule],
) -> str:
    """Render findings as a SARIF log, with the rules that they break."""
    codes = sorted({finding.rule for finding in findings})
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "interpol-dataset",
                        "version": __version__,
                        "rules": [_rule(rules[code]) for code in codes],
                    }
                },
                "originalUriBaseIds": {
                    _ROOT: {"description": {"text": "The folder that the command was run in."}}
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(finding, codes, texts) for finding in findings],
            }
        ],
    }

    return json_text(log)


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": _plain(rule.page.partition("\n## ")[0])},
        **({"helpUri": address} if "://" in (address := page_of(rule.code)) else {}),
        "help": {"text": rule.page, "markdown": rule.page},
        "defaultConfiguration": {"level": rule.severity.value},
        "properties": {"layer": rule.layer.value},
    }


def _plain(text: str) -> str:
    return " ".join(text.split())


def _result(finding: Finding, codes: list[str], texts: Mapping[str, str]) -> dict[str, Any]:
    artifact = _artifact(finding.place.path)
    # Code scanning shows nothing that has no line.
    place: dict[str, Any] = {"artifactLocation": artifact, "region": {"startLine": 1}}
    if (span := finding.place.span) is not None:
        place["region"] = {
            "startLine": span.line,
            "startColumn": span.column,
            "endLine": span.end_line,
            "endColumn": span.end_column,
        }
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

    from interpol_dataset.records.fix import fixed_text  # noqa: PLC0415  # imports all models

    after = fixed_text(finding.place.path, text, finding.fix)
    if after is None:
        return {}

    start, end, lines = changed_lines(text.splitlines(), after.splitlines())
    replacement = {
        "deletedRegion": {
            "startLine": start + 1,
            "startColumn": 1,
            "endLine": end + 1,
            "endColumn": 1,
        },
        "insertedContent": {"text": "".join(f"{line}\n" for line in lines)},
    }
    change = {"artifactLocation": artifact, "replacements": [replacement]}

    return {
        "fixes": [{"description": {"text": finding.hint or "fix it"}, "artifactChanges": [change]}]
    }


def changed_lines(before: list[str], after: list[str]) -> tuple[int, int, list[str]]:
    """
    Return the only stretch of lines in which two texts differ.

    :returns: The positions of its first line and of the line behind it, and what comes there.
    """
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    same = 0
    most = min(len(before), len(after)) - start
    while same < most and before[-1 - same] == after[-1 - same]:
        same += 1

    return start, len(before) - same, after[start : len(after) - same]


Render: TypeAlias = "Callable[[Sequence[Finding], Mapping[str, str], Mapping[str, Rule]], str]"


def github(
    findings: Sequence[Finding],
    texts: Mapping[str, str],  # noqa: ARG001  # one signature for all
    rules: Mapping[str, Rule],
) -> str:
    """Render findings as workflow commands, one on each line."""
    return "\n".join(_command(finding, rules[finding.rule].name) for finding in findings)


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
    """Escape a message: what it hides, ``%`` and line breaks."""
    return harmless(text, lines=True).replace("%", "%25").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape the value of a property, which ``:`` or ``,`` would end."""
    return _data(harmless(text)).replace(":", "%3A").replace(",", "%2C")


FORMATS: Final[dict[str, Render]] = {
    "text": text,
    "json": json_,
    "github": github,
    "sarif": sarif,
}
