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
from interpol_dataset.rules.outcomes import outcomes_of
from interpol_dataset.rules.rule import Layer, PackageRule, RecordRule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from interpol_dataset.findings import Finding, KeyPath
    from interpol_dataset.records.folder import Entry


_FILE: Final = Path(__file__).with_name("verdicts.csv")


class StandingVerdict(PackageRule):
    """A case that tells of an acquittal or the like has no judicial figure without a reason."""

    code, name, layer = "POL025", "standing-verdict", Layer.POLICY
    is_local = True
    excusable = True

    def run(self) -> Iterator[Finding]:
        """Look for what was taken back, in cases with a judicial figure."""
        hint = f"take out what was taken back, or say what stands: {self.exception()}"
        for entry, path, text in self._texts():
            if match := verdict_words("taken-back").search(text):
                message = f"'{match[0]}', in a case with figures of charges, verdicts or fines"
                yield self.finding(entry, path, message, hint)

    def _texts(self) -> Iterator[tuple[Entry, KeyPath, str]]:
        """Return what cases with a judicial figure say, and the titles of their sources."""
        files = set()
        for entry, case in self.context.readable(m.Case, "reports"):
            if any(_judicial(case)):
                files.add(entry.document.path)
                for path, text in _beside(case, self.context.sources):
                    yield entry, path, text
        for item in self.context.own_texts:
            if item.entry.document.path in files:
                yield item.entry, item.path, item.text


class DatedVerdict(RecordRule[m.Case]):
    """A judicial figure that is of the first instance or on appeal says as of when."""

    code, name, layer = "MNG032", "dated-verdict", Layer.MEANING
    models = (m.Case,)
    needs = ("reports",)

    def check(self, entry: Entry, record: m.Case) -> Iterator[Finding]:
        """Look for steps of proceedings that have no date."""
        for path, outcome in _judicial(record):
            words = f"{outcome.note or ''} {(outcome.part_name or '').replace('-', ' ')}"
            match = verdict_words("open").search(words)
            if match and outcome.as_of is None:
                message = f"'{match[0]}' is a step of proceedings, and nothing says as of when"
                yield self.finding(entry, (*path, "metric"), message, "add 'as_of: YYYY-MM-DD'")


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
