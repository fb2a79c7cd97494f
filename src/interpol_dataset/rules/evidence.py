"""
Rules on evidence: who counts as one body, what is one text, and why parties are in dispute.
"""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING, Final

from interpol_dataset.evidence.testimony import Standing, standing_of
from interpol_dataset.findings import Fix, Severity
from interpol_dataset.records import models as m
from interpol_dataset.rules.hints import fact_hint
from interpol_dataset.rules.rule import Layer, PackageRule, RecordRule
from interpol_dataset.schema.vocabulary import DisputeType, OrganizationKind, Status

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from interpol_dataset.evidence.facts import Fact, FactsOfRecord
    from interpol_dataset.findings import Finding, KeyPath
    from interpol_dataset.records.folder import Entry
    from interpol_dataset.values.fact_path import FactPath


class IssuedWithOthers(RecordRule[m.Source]):
    """A document is issued with others than its asserter, and with each of them once."""

    code, name, layer = "MNG013", "issued-with-others", Layer.MEANING
    models = (m.Source,)
    needs = ("asserter", "issued_with")

    def check(self, entry: Entry, record: m.Source) -> Iterator[Finding]:
        """Look for the asserter and for repeated bodies."""
        seen = {record.asserter}
        # The model drops repetitions; places follow the file.
        for index, body in enumerate(entry.data.get("issued_with") or ()):
            if body in seen:
                what = "the asserter" if body == record.asserter else "named here a second time"
                fix = Fix(("issued_with", index))
                yield self.finding(entry, fix.path, f"'{body}' is {what}", "remove it", fix=fix)
            seen.add(body)


class BodyHasCountry(RecordRule[m.Organization]):
    """A police force, a customs authority, a government body or a prosecutor has a country."""

    code, name, layer = "MNG014", "body-has-country", Layer.MEANING
    models = (m.Organization,)
    needs = ("kind", "country")

    _OF_ONE_STATE: Final = frozenset(
        {
            OrganizationKind.POLICE,
            OrganizationKind.CUSTOMS,
            OrganizationKind.GOVERNMENT,
            OrganizationKind.PROSECUTION,
        }
    )

    def check(self, entry: Entry, record: m.Organization) -> Iterator[Finding]:
        """Look for bodies of a state of which the state is not known."""
        if record.kind in self._OF_ONE_STATE and record.country is None:
            message = f"a body of the kind '{record.kind}' has a country"
            hint = "add 'country: ...', or write 'intergovernmental' for a body of several states"
            yield self.finding(entry, ("kind",), message, hint)


class CompleteList(RecordRule[m.Case]):
    """
    A list of countries is complete in a document, in a copy, or where the page counts as many.
    """

    code, name, layer = "MNG015", "complete-list", Layer.MEANING
    severity = Severity.WARNING
    models = (m.Case,)
    needs = ("reports",)
    excusable = True

    def check(self, entry: Entry, record: m.Case) -> Iterator[Finding]:
        """Look for complete lists of pages that only retell them."""
        for index, report in whole_reports(entry, record):
            source = self.context.sources.get(report.source)
            if source is None or report.countries is None or not report.countries.complete:
                continue

            if not shows_all(report, source):
                path = ("reports", index, "countries", "complete")
                length = len(report.countries.list)
                message = f"'{source.id}' only retells, and does not count {length} countries"
                hint = "write 'complete: false', or state the country_count that the page gives"
                yield self.finding(entry, path, message, hint)


def whole_reports(entry: Entry, case: m.Case) -> Iterator[tuple[int, m.Report]]:
    """Return the reports of a case of which nothing is lost, each with its index."""
    for index, report in enumerate(case.reports):
        if entry.is_whole(("reports", index)):
            yield index, report


def shows_all(report: m.Report, source: m.Source) -> bool:
    """Return whether a page shows that its complete list of countries lacks none."""
    if report.countries is None or not report.countries.complete:
        return False

    length, counted = str(len(report.countries.list)), report.country_count
    if standing_of(source) is not Standing.RETELLING:
        return True

    return counted is not None and str(counted.value) == length


class ExplainedDispute(PackageRule):
    """Every disputed fact has an entry in `disputes`, and every entry is of a disputed fact."""

    code, name, layer = "POL015", "explained-dispute", Layer.POLICY
    is_local = True
    judges_with = frozenset({"organizations"})

    def run(self) -> Iterator[Finding]:
        """Compare the disputed facts of every case with its entries."""
        for entry, case, facts in self.context.cases_with_facts():
            yield from self._unexplained(entry, case, facts)
            yield from self._needless(entry, facts)

    def _unexplained(self, entry: Entry, case: m.Case, facts: FactsOfRecord) -> Iterator[Finding]:
        explained = {dispute.fact for dispute in case.disputes}
        types = ", ".join(DisputeType)
        for fact in sorted(_disputed(facts) - explained):
            message = f"'{fact}' is disputed, and no entry in 'disputes' says why"
            hint = f"add {{fact: {fact}, type: ..., reason: ...}}; the types are {types}"
            if fact.is_part:
                hint = f"give one a part_name, if they are two finds or groups; if not, {hint}"
            elif country := self._country_of(facts[fact]):
                hint = f"write place: {country}, if it is that country's share; if not, {hint}"
            yield self.finding(entry, first_statement(entry, case, fact), message, hint)

    def _country_of(self, fact: Fact) -> str | None:
        """Return the country whose share a total may be: that of the only national body."""
        if fact.path.kind != "outcomes" or fact.path.place:
            return None
        spoke = {said.attributed_to or said.source.asserter for said in fact.testimonies}
        bodies = [self.context.organizations.get(id_) for id_ in spoke]
        of = [body.country for body in bodies if body and body.kind is not OrganizationKind.MEDIA]
        national = {country for country in of if country}

        return national.pop() if len(national) == 1 and None in of else None

    def _needless(self, entry: Entry, facts: FactsOfRecord) -> Iterator[Finding]:
        disputed = _disputed(facts)
        # The model sorts disputes; places follow the file.
        for index, item in enumerate(entry.data.get("disputes") or ()):
            fact, path = item["fact"], ("disputes", index)
            if fact not in facts:
                hint = fact_hint(fact, facts)
                message = f"no report states '{fact}'"
                yield self.finding(entry, (*path, "fact"), message, hint)
            elif fact not in disputed:
                message = f"nobody is in dispute about '{fact}'"
                yield self.finding(entry, path, message, "remove the entry", fix=Fix(path))


def _disputed(facts: FactsOfRecord) -> set[FactPath]:
    verdicts = {path: fact.verdict for path, fact in facts.items()}

    return {path for path, item in verdicts.items() if item and item.status is Status.DISPUTED}


def first_statement(entry: Entry, case: m.Case, fact: FactPath) -> KeyPath:
    """Return the path to the first statement of a fact of which only one value can be true."""
    for index, report in enumerate(case.reports):
        at = ("reports", index)
        if fact.kind == "outcomes":
            paths = [None if item.drift_of else item.fact for item in report.outcomes]
            if fact in paths:
                return (*at, "outcomes", paths.index(fact), "value")
        elif fact.kind == "countries":
            if report.countries and fact.member in report.countries.list:
                written = entry.data["reports"][index]["countries"]["list"]
                return (*at, "countries", "list", written.index(fact.member))
        elif getattr(report, fact) is not None:
            return (*at, fact, "value")

    return ("reports",)


class MarkedJointText(RecordRule[m.Case]):
    """Documents of one day that share their title or three figures are one text, and say so."""

    code, name, layer = "POL016", "marked-joint-text", Layer.POLICY
    severity = Severity.WARNING
    models = (m.Case,)
    needs = ("reports",)
    excusable = True

    #: So many equal figures are no chance.
    _ENOUGH: Final = 3

    def check(self, entry: Entry, record: m.Case) -> Iterator[Finding]:
        """Compare the documents and copies of a case with each other."""
        issued = [
            (index, report, source)
            for index, report in enumerate(record.reports)
            if (source := self.context.sources.get(report.source)) and _is_document(source)
        ]
        for (_, report, source), (index, other_report, other) in combinations(issued, 2):
            if _day(source) is None or _day(source) != _day(other) or _is_tied(source, other):
                continue

            equal = len(_figures(report) & _figures(other_report))
            if _folded(source.title) == _folded(other.title):
                sign = "the same title"
            elif equal >= self._ENOUGH:
                sign = f"{equal} of the same figures"
            else:
                continue

            message = f"'{source.id}' has the same day and {sign}: it is probably the same text"
            hint = "add issued_with to both sources, or make an exception that says what differs"
            yield self.finding(entry, ("reports", index, "source"), message, hint)


def _is_document(source: m.Source) -> bool:
    return source.kind.counts and standing_of(source) is not Standing.RETELLING


def _day(source: m.Source) -> date | None:
    """Return the day on which a source was published; none if it is not known to the day."""
    published = source.published

    return published.earliest if published and published.earliest == published.latest else None


def _is_tied(one: m.Source, other: m.Source) -> bool:
    """Return whether two sources have one asserter, or one names the other's."""
    return one.asserter in (other.asserter, *other.issued_with) or other.asserter in one.issued_with


def _figures(report: m.Report) -> set[tuple[str, str, str | None]]:
    """Return the figures that a report states on its own word."""
    figures: set[tuple[str, str, str | None]] = {
        (outcome.fact, str(outcome.value), outcome.unit)
        for outcome in report.outcomes
        if outcome.attributed_to is None and outcome.drift_of is None
    }
    count = report.country_count
    if count is not None and count.attributed_to is None:
        figures.add(("country_count", str(count.value), None))

    return figures


def _folded(title: str) -> list[str]:
    """Return the words of a title without case and punctuation."""
    return re.findall(r"\w+", title.casefold())
