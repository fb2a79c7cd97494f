"""
Rules on what courts decide: a later court may take it back.

The words are in ``verdicts.csv``, by language; a ``*`` stands for further letters.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from interpol_dataset.evidence.nature import is_judicial
from interpol_dataset.records import models as m
from interpol_dataset.rules.figures import outcomes_of
from interpol_dataset.rules.rule import Breach, local_rule, record_rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from interpol_dataset.findings import KeyPath
    from interpol_dataset.records.folder import Entry
    from interpol_dataset.rules.context import Context, Scope


_FILE: Final = Path(__file__).with_name("verdicts.csv")


@local_rule("POL025", "standing-verdict", excusable=True)
def standing_verdict(scope: Scope) -> Iterator[Breach]:
    """A case that tells of an acquittal or the like has no judicial figure without a reason."""
    hint = f"take out what was taken back, or say what stands: {standing_verdict.exception}"
    for entry, path, text in _texts(scope):
        if match := verdict_words("taken-back").search(text):
            message = f"'{match[0]}', in a case with figures of charges, verdicts or fines"
            yield Breach(entry, path, message, hint)


def _texts(scope: Scope) -> Iterator[tuple[Entry, KeyPath, str]]:
    """Return what cases with a judicial figure say, and the titles of their sources."""
    files = set()
    for entry, case in scope.readable(m.Case, "reports"):
        if any(_judicial(case)):
            files.add(entry.document.path)
            for path, text in _beside(case, scope.context.sources):
                yield entry, path, text
    for item in scope.own_texts:
        if item.entry.document.path in files:
            yield item.entry, item.path, item.text


@record_rule("MNG032", "dated-verdict", m.Case, needs=("reports",))
def dated_verdict(entry: Entry, record: m.Case, _context: Context) -> Iterator[Breach]:
    """A judicial figure that is of the first instance or on appeal says as of when."""
    for path, outcome in _judicial(record):
        words = f"{outcome.note or ''} {(outcome.part_name or '').replace('-', ' ')}"
        match = verdict_words("open").search(words)
        if match and outcome.as_of is None:
            message = f"'{match[0]}' is a step of proceedings, and nothing says as of when"
            yield Breach(entry, (*path, "metric"), message, "add 'as_of: YYYY-MM-DD'")


@cache
def verdict_words(kind: str) -> re.Pattern[str]:
    """
    Return what finds the words of one kind in a text.

    :param kind: ``taken-back`` or ``open``.
    """
    with _FILE.open(encoding="utf-8", newline="") as file:
        words = {row["word"] for row in csv.DictReader(file) if row["kind"] == kind}
    forms = (re.escape(word).replace(r"\*", r"\w*") for word in sorted(words))

    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)", re.IGNORECASE)


def _beside(case: m.Case, sources: Mapping[str, m.Source]) -> Iterator[tuple[KeyPath, str]]:
    """Return the titles of a case's sources and the names of parts, each with its place."""
    for index, report in enumerate(case.reports):
        if report.source in sources:
            yield ("reports", index, "source"), sources[report.source].title
    for path, outcome in outcomes_of(case):
        if outcome.part_name is not None:
            yield (*path, "part_name"), outcome.part_name.replace("-", " ")


def _judicial(case: m.Case) -> Iterator[tuple[KeyPath, m.ReportedOutcome]]:
    """Return the judicial figures that stand, each with the path to it."""
    for path, outcome in outcomes_of(case):
        if outcome.drift_of is None and is_judicial(outcome.fact):
            yield path, outcome
