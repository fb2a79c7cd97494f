"""
Rules on who took part: what a report says of countries and roles has to fit together.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from interpol_dataset.findings import Severity
from interpol_dataset.records import models as m
from interpol_dataset.rules.evidence import shows_all, whole_reports
from interpol_dataset.rules.rule import Layer, RecordRule
from interpol_dataset.schema.vocabulary import InterpolRole, OrganizationRole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.findings import Finding
    from interpol_dataset.records.folder import Entry


class InterpolIsNoPartner(RecordRule[m.Case]):
    """INTERPOL's own part is in interpol_role, not among the organizations."""

    code, name, layer = "MNG007", "interpol-is-no-partner", Layer.MEANING
    models = (m.Case,)
    needs = ("reports",)

    def check(self, entry: Entry, record: m.Case) -> Iterator[Finding]:
        """Look for INTERPOL among the organizations."""
        for index, report in enumerate(record.reports):
            for number, partner in enumerate(report.organizations):
                if partner.organization == "interpol":
                    path = ("reports", index, "organizations", number, "organization")
                    message = "INTERPOL is named among its own partners"
                    yield self.finding(entry, path, message, "state it as interpol_role instead")


class CountFitsList(RecordRule[m.Case]):
    """
    A page that counts the countries lists no more of them, and exactly as many in a complete list.
    """

    code, name, layer = "MNG020", "count-fits-list", Layer.MEANING
    severity = Severity.WARNING
    models = (m.Case,)
    needs = ("reports",)
    excusable = True

    def check(self, entry: Entry, record: m.Case) -> Iterator[Finding]:
        """Compare the count of each report with its list."""
        for index, report in whole_reports(entry, record):
            counted, listed = report.country_count, report.countries
            if counted is None or listed is None:
                continue

            value, length = counted.value, len(set(listed.list))
            source = self.context.sources.get(report.source)
            if value.lower % 1:
                continue  # no count at all
            if value.upper is not None and length > value.upper:
                path = ("reports", index, "country_count", "value")
                message = f"the page counts {value} countries, and {length} are listed"
                hint = "count again, or remove countries that did not take part"
                yield self.finding(entry, path, message, hint)
            elif source and shows_all(report, source) and length < value.lower:
                path = ("reports", index, "countries", "complete")
                message = f"a complete list has {length} countries, and the page counts {value}"
                hint = "write 'complete: false', or add the countries that are missing"
                yield self.finding(entry, path, message, hint)


class PlaceInList(RecordRule[m.Case]):
    """A share is that of a country that took part, where the page lists all that did."""

    code, name, layer = "MNG021", "place-in-list", Layer.MEANING
    severity = Severity.WARNING
    models = (m.Case,)
    needs = ("reports",)
    excusable = True

    def check(self, entry: Entry, record: m.Case) -> Iterator[Finding]:
        """Compare the places of each report's figures with its complete list."""
        for index, report in whole_reports(entry, record):
            listed, source = report.countries, self.context.sources.get(report.source)
            if listed is None or source is None or not shows_all(report, source):
                continue

            for number, outcome in enumerate(report.outcomes):
                if outcome.place is not None and outcome.place not in listed.list:
                    path = ("reports", index, "outcomes", number, "place")
                    message = f"'{outcome.place}' is not in the complete list of this page"
                    hint = "correct the code, or write 'complete: false'"
                    yield self.finding(entry, path, message, hint)


class RolesFit(RecordRule[m.Case]):
    """INTERPOL's role in a report fits the roles of the organizations."""

    code, name, layer = "MNG022", "roles-fit", Layer.MEANING
    severity = Severity.WARNING
    models = (m.Case,)
    needs = ("reports",)
    excusable = True

    def check(self, entry: Entry, record: m.Case) -> Iterator[Finding]:
        """Compare the roles in each report with each other."""
        for index, report in whole_reports(entry, record):
            wrong = _wrong_roles(report)
            if wrong is not None:
                name, message, hint = wrong
                yield self.finding(entry, ("reports", index, name), message, hint, key=True)


def _wrong_roles(report: m.Report) -> tuple[str, str, str] | None:
    """Return what is wrong with the roles in a report: the field, the message and a hint."""
    own = report.interpol_role.value if report.interpol_role else None
    # INTERPOL among its own partners is another rule's.
    roles = Counter(body.role for body in report.organizations if body.organization != "interpol")
    leads, co_leads = roles[OrganizationRole.LEAD], roles[OrganizationRole.CO_LEAD]

    if leads > 1:
        return "organizations", f"{leads} bodies have the role 'lead'", "write 'co-lead' for each"
    if own is InterpolRole.CO_LED and not co_leads:
        message = "INTERPOL co-led, and no other body has the role 'co-lead'"
        return "interpol_role", message, "add the body it led with, or write 'coordinated'"
    if own is InterpolRole.COORDINATED and leads + co_leads:
        message = "INTERPOL coordinated, and another body led or co-led"
        return "interpol_role", message, "write 'co-led' or 'supported', or correct the other role"
    if own is InterpolRole.SUPPORTED and co_leads == 1 and not leads:
        message = "one body alone has the role 'co-lead'"
        return "organizations", message, "write 'lead', or add those that it led with"

    return None
