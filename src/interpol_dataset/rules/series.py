"""
Rules on series of operations and their editions.
"""

from __future__ import annotations

import re
from collections import defaultdict
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from interpol_dataset.findings import Severity
from interpol_dataset.records import models as m
from interpol_dataset.rules.rule import Layer, PackageRule, RecordRule
from interpol_dataset.schema.vocabulary import RelationType
from interpol_dataset.suggest import roman, slug_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.findings import Finding
    from interpol_dataset.records.folder import Entry


class EditionInName(RecordRule[m.Case]):
    """The number at the end of an operation's name is its edition."""

    code, name, layer = "MNG026", "edition-in-name", Layer.MEANING
    severity = Severity.WARNING
    models = (m.Case,)
    needs = ("name", "series", "edition")
    excusable = True

    #: A number of one or two digits, also with a point as in "2.0", or a Roman one.
    _NUMBER: Final = re.compile(r" (?:(?P<digits>[0-9]{1,2})(?:\.0)?|(?P<roman>[IVX]+))$")

    #: What begins the name of one operation, and not that of a ship or of two operations.
    _OPERATION: Final = re.compile(r"(?:Operation|Project|Joint Action Days) (?P<name>.+)")

    def check(self, entry: Entry, record: m.Case) -> Iterator[Finding]:
        """Compare the edition with the number at the end of the name."""
        match = self._NUMBER.search(record.name)
        if match is None:
            return

        number = int(match["digits"]) if match["digits"] else roman(match["roman"])
        if number is None or number == record.edition:
            return
        if record.edition is not None:
            message = f"edition {record.edition} is named '{record.name}'"
            yield self.finding(entry, ("edition",), message, f"write {number}, or correct the name")
        elif record.series is None and (own := self._OPERATION.match(record.name[: match.start()])):
            message = f"'{record.name}' has a number, and belongs to no series"
            hint = f"add 'series: {slug_of(own['name'])}' and 'edition: {number}'"
            yield self.finding(entry, ("name",), message, hint)


class EditionsInOrder(PackageRule):
    """An edition follows an earlier one."""

    code, name, layer = "MNG027", "editions-in-order", Layer.MEANING
    severity = Severity.WARNING
    excusable = True

    def run(self) -> Iterator[Finding]:
        """Compare the editions of cases of one series that follow each other."""
        cases = {
            entry.id: case
            for entry, case in self.context.readable(m.Case, "series", "edition", "relations")
        }
        for entry, case in self.context.readable(m.Case, "series", "edition", "relations"):
            for index, relation in enumerate(case.relations):
                other = cases.get(relation.case or "")
                if (
                    other is not None
                    and relation.type is RelationType.FOLLOWS
                    and case.series == other.series
                    and case.edition is not None
                    and other.edition is not None
                    and other.edition > case.edition
                    and all(back.case != entry.id for back in other.relations)  # a cycle
                ):
                    message = f"edition {case.edition} follows edition {other.edition}"
                    hint = f"say in '{other.id}' that it follows this one"
                    yield self.finding(entry, ("relations", index, "case"), message, hint)


class OneSeries(PackageRule):
    """A series of one case is not another series with a typo."""

    code, name, layer = "MNG028", "one-series", Layer.MEANING
    severity = Severity.WARNING
    excusable = True

    #: How similar two names are that may be the same.
    _NEAR: Final = 0.85

    def run(self) -> Iterator[Finding]:
        """Compare the series that have one case with all others."""
        members: dict[str, list[Entry]] = defaultdict(list)
        for entry, case in self.context.readable(m.Case, "series"):
            if case.series:
                members[case.series].append(entry)

        for series, entries in members.items():
            # Of two that have one case each, the later by name is in question.
            others = [other for other, cases in members.items() if len(cases) > 1 or other < series]
            if len(entries) == 1 and (near := get_close_matches(series, others, 1, self._NEAR)):
                message = f"'{series}' has this case only, and there is a series '{near[0]}'"
                hint = f"did you mean '{near[0]}'?"
                yield self.finding(entries[0], ("series",), message, hint)
