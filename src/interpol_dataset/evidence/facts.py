"""
The facts of a record: everything that a source is quoted for, under one path each.

A case's reports are taken apart into statements, one for each fact and source. A fact's path says
what it is about: ``period``, ``countries/KOR``, ``outcomes/arrests``.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from interpol_dataset.evidence.verification import Testimony, Verdict, verify, verify_statement
from interpol_dataset.records import models as m
from interpol_dataset.schema.fields import UNITS
from interpol_dataset.values.interval import Extent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["Fact", "Statement", "facts_of"]

#: The path of the fact that there is such a case at all, and what every report says of it.
EXISTS: Final = "exists"
DESCRIBED: Final = "described"

#: The path of what a claim, a challenge or a lesson asserts.
STATEMENT: Final = "statement"

#: What a report says of a country, and of its list of them.
LISTED: Final = "listed"
NOT_LISTED: Final = "not listed"
COMPLETE: Final = "complete"
EXAMPLES: Final = "examples"

#: What a source says of a case that it names as an instance.
SHOWN: Final = "shown"

#: What one of a unit is in the unit of its dimension.
FACTORS: Final = {
    unit: Decimal(str(factor)) for units in UNITS.values() for unit, factor in units.items()
}


@dataclass(frozen=True, slots=True)
class Statement:
    """
    What one source says about one fact, as it was written down.

    :param field: The fact's path.
    :param source: The id of the source.
    :param value: The value as it was stated.
    :param extent: What it allows; none where it only says how a list is meant.
    :param unit: The unit of the stated value.
    :param attributed_to: On whose word the source repeats it, where not on its asserter's.
    :param locator: Where in the source it stands.
    :param note: A remark.
    :param position: Its place among the record's statements, from 1; none where another statement
        implies it.
    """

    field: str
    source: str
    value: str
    extent: Extent | None
    unit: str | None = None
    attributed_to: str | None = None
    locator: str | None = None
    note: str | None = None
    position: int | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """
    One fact with all that is said about it.

    :param field: Its path.
    :param statements: What the sources say, in the order of their ids.
    :param verdict: Its value and status; none where it only says how a list is meant.
    :param chosen: The statement whose value it takes; none where no source counts.
    :param preferred: Why another source than the rule's was taken, where one was.
    """

    field: str
    statements: tuple[Statement, ...]
    verdict: Verdict | None
    chosen: Statement | None
    preferred: str | None = None


def facts_of(record: m.Model, sources: Mapping[str, m.Source]) -> dict[str, Fact]:
    """
    Return the facts of a record by path, in alphabetical order.

    :param record: A case, category, challenge, lesson or claim; other records state no facts.
    :param sources: All sources, by id.
    """
    match record:
        case m.Case():
            preferences = {preference.fact: preference for preference in record.prefer}
            said = list(_numbered(_case_statements(record)))
            said += _not_listed(record, said)
        case m.Category():
            preferences, said = {}, list(_numbered(_category_statements(record)))
        case m.Challenge() | m.Lesson():
            preferences, said = {}, list(_numbered(_evidence_statements(record.evidence)))
            said += _link_statements(record.cases)
        case m.Claim():
            preferences, said = {}, list(_numbered(_evidence_statements(record.evidence)))
        case _:
            return {}

    grouped: dict[str, list[Statement]] = defaultdict(list)
    if isinstance(record, m.Claim):
        grouped[STATEMENT] = []  # a claim that nobody bears out is a fact without evidence
    for statement in said:
        grouped[statement.field].append(statement)

    return {
        field: _fact(field, grouped[field], sources, preferences.get(field))
        for field in sorted(grouped)
    }


def _fact(
    field: str,
    said: list[Statement],
    sources: Mapping[str, m.Source],
    preference: m.Preference | None,
) -> Fact:
    statements = tuple(sorted(said, key=lambda statement: statement.source))
    testimonies = [
        Testimony(sources[statement.source], statement.extent, statement.attributed_to)
        for statement in statements
        if statement.extent is not None
    ]
    if statements and not testimonies:
        return Fact(field, statements, None, None)

    if field == STATEMENT:
        verdict = verify_statement(testimonies)
    else:
        verdict = verify(testimonies, prefer=preference.source if preference else None)

    chosen = verdict.chosen and verdict.chosen.source.id
    return Fact(
        field,
        statements,
        verdict,
        next((statement for statement in statements if statement.source == chosen), None),
        preference.reason if preference else None,
    )


def _numbered(statements: Iterable[Statement]) -> Iterator[Statement]:
    """Return numbers to what was written; what is implied has no place of its own."""
    position = 0
    for statement in statements:
        if statement.field == EXISTS:
            yield statement
        else:
            position += 1
            yield replace(statement, position=position)


def _case_statements(case: m.Case) -> Iterator[Statement]:
    for report in case.reports:
        statements = list(_report_statements(report))
        # Who says anything on its own word knows of the case itself.
        own = (item for item in statements if item.attributed_to is None)
        yield replace(
            next(own, statements[0]),
            field=EXISTS,
            value=DESCRIBED,
            extent=Extent.of_word(DESCRIBED),
            unit=None,
            note=None,
        )
        yield from statements


def _report_statements(report: m.Report) -> Iterator[Statement]:
    """Take a report apart, in the order of the model's fields."""

    def say(
        field: str, stated: m.Stated, value: str, extent: Extent | None, unit: str | None = None
    ) -> Statement:
        return Statement(
            field, report.source, value, extent, unit, stated.attributed_to, stated.at, stated.note
        )

    if (role := report.interpol_role) is not None:
        yield say("interpol_role", role, role.value, Extent.of_word(role.value))

    if (period := report.period) is not None:
        yield say("period", period, period.value.notation, Extent.of_date(period.value))

    if (announced := report.announced) is not None:
        day = announced.value.isoformat()
        yield say("announced", announced, day, Extent.of_word(day))

    if (count := report.country_count) is not None:
        yield say("country_count", count, count.value.notation, Extent.of_quantity(count.value))

    if (countries := report.countries) is not None:
        yield say("countries", countries, COMPLETE if countries.complete else EXAMPLES, None)
        for country in countries.list:
            listed = say(f"countries/{country}", countries, LISTED, Extent.of_word(LISTED))
            yield replace(listed, note=None)

    for partner in report.organizations:
        field = f"organizations/{partner.organization}"
        yield say(field, partner, partner.role, Extent.of_word(partner.role))

    for outcome in report.outcomes:
        factor = FACTORS[outcome.unit] if outcome.unit else Decimal(1)
        extent = Extent.of_quantity(outcome.value, factor)
        yield say(outcome.fact, outcome, outcome.value.notation, extent, outcome.unit)


def _not_listed(case: m.Case, said: list[Statement]) -> Iterator[Statement]:
    """Say what complete lists imply: that a country which they leave out did not take part."""
    listed = sorted({item.field for item in said if item.value == LISTED})
    for report in case.reports:
        if report.countries is None or not report.countries.complete:
            continue

        own = {f"countries/{country}" for country in report.countries.list}
        for field in listed:
            if field not in own:
                yield Statement(
                    field,
                    report.source,
                    NOT_LISTED,
                    Extent.of_word(NOT_LISTED),
                    attributed_to=report.countries.attributed_to,
                    locator=report.countries.at,
                )


def _category_statements(category: m.Category) -> Iterator[Statement]:
    if (iccs := category.iccs) is not None:
        yield Statement("iccs", iccs.source, iccs.code, Extent.of_word(iccs.code), locator=iccs.at)


def _evidence_statements(evidence: Iterable[m.Evidence]) -> Iterator[Statement]:
    for item in evidence:
        yield Statement(
            STATEMENT,
            item.source,
            item.finds,
            Extent.of_word(item.finds),
            locator=item.at,
            note=item.note,
        )


def _link_statements(links: Iterable[m.CaseLink]) -> Iterator[Statement]:
    for link in links:
        yield Statement(
            f"cases/{link.case}",
            link.source,
            SHOWN,
            Extent.of_word(SHOWN),
            locator=link.at,
            note=link.note,
        )
