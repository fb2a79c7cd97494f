"""
The rows of challenges and lessons: what their cases show, with what results and numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from interpol_dataset.evidence.facts import bodies_of
from interpol_dataset.evidence.grade import grade_of, has_number
from interpol_dataset.evidence.testimony import NOT_LISTED, STATEMENT
from interpol_dataset.schema.units import FACTORS
from interpol_dataset.schema.vocabulary import Shows, StatementVerdict
from interpol_dataset.tables import rows as r
from interpol_dataset.tables.case_rows import bounds, status_of
from interpol_dataset.totals.cases import countries_of
from interpol_dataset.values.ancestry import topmost
from interpol_dataset.values.countries import COUNTRY_ROWS
from interpol_dataset.values.fact_path import FactPath
from interpol_dataset.values.words import quantity_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from interpol_dataset.evidence.facts import Facts, FactsOfRecord
    from interpol_dataset.records import models as m
    from interpol_dataset.records.kinds import Records
    from interpol_dataset.schema.vocabulary import Status
    from interpol_dataset.values.quantity import Quantity


_REGIONS: Final = {row["code"]: row["region"] for row in COUNTRY_ROWS if row["region"]}


def statement_rows(
    records: Records, facts: Facts, years: Mapping[str, int | None]
) -> Iterator[r.Row]:
    """
    Make the rows of challenges and lessons.

    :param records: All records.
    :param facts: Their facts.
    :param years: The year of each case.
    """
    parents = {item.id: item.parent for item in records.categories}
    areas = {case.id: topmost(case.categories[0], parents.get) for case in records.cases}
    bodies = bodies_of(records.organizations)

    for challenge in records.challenges:
        seen = _seen("challenges", challenge, facts, areas, years)
        yield r.ChallengeRow.of(challenge, **seen)
        yield from _parts("challenges", challenge, facts)

    for lesson in records.lessons:
        seen = _seen("lessons", lesson, facts, areas, years)
        grade = grade_of(lesson, facts, bodies)
        challenges = lesson.challenges or None
        yield r.LessonRow.of(lesson, challenge_ids=challenges, grade=grade, **seen)
        yield from _parts("lessons", lesson, facts)


def verdict_on(facts: FactsOfRecord) -> StatementVerdict | None:
    """Return what became of the statement of a record."""
    verdict = facts[STATEMENT].verdict

    return verdict.statement if verdict else None


def _seen(
    table: str,
    record: m.Challenge | m.Lesson,
    facts: Facts,
    areas: Mapping[str, str],
    years: Mapping[str, int | None],
) -> dict[str, Any]:
    """Return the columns that are worked out of a record's evidence and cases."""
    showing = [link.case for link in record.cases if link.shows is not Shows.COUNTER_EXAMPLE]
    known = [year for case in showing if (year := years[case])]
    took_part = {country for case in showing for country in countries_of(facts["cases", case])}

    return {
        "verdict": verdict_on(facts[table, record.id]),
        "cases": len(showing),
        "results": sum(has_number(link, facts[table, record.id], facts) for link in record.cases),
        "counter_examples": len(record.cases) - len(showing),
        "areas": tuple(sorted({areas[case] for case in showing})) or None,
        "regions": tuple(sorted({_REGIONS[code] for code in took_part & _REGIONS.keys()})) or None,
        "first_seen": min(known, default=None),
        "last_seen": max(known, default=None),
    }


def _parts(table: str, record: m.Challenge | m.Lesson, facts: Facts) -> Iterator[r.Row]:
    """Make the rows of a record's cases and numbers."""
    about = {"record_table": table, "record_id": record.id}
    for link in record.cases:
        value, unit, status = _figure(facts["cases", link.case], link.result)
        if link.value is not None:
            value, unit = link.value, link.unit
            status = status_of(facts[table, record.id][FactPath(f"cases/{link.case}")])
        stated = value.whole if value and unit not in FACTORS else value
        cells = _told(value, unit) | {"status": status, **bounds("", stated)}
        yield r.StatementCaseRow.of(link, **about, **cells)

    for position, number in enumerate(record.numbers, 1):
        cells = _number(number, facts) | {"locator": number.at}
        yield r.StatementNumberRow.of(number, **about, position=position, **cells)


def _number(number: m.StatementNumber, facts: Facts) -> dict[str, Any]:
    """Work out a number: count cases, look up a fact, or take what a source says."""
    if number.cases_with is not None:
        cases = [item for (table, _), item in facts.items() if table == "cases"]
        among = [item for item in cases if number.among is None or _has(item, number.among)]
        count = sum(_has(item, number.cases_with) for item in among)
        told = {"value": str(count), "value_text": f"{count:,} of {len(among):,}", "unit": None}
        return told | {"out_of": len(among), "status": None}

    value, unit, status = number.value, number.unit, None
    if number.case is not None:
        value, unit, status = _figure(facts["cases", number.case], number.fact)

    return _told(value, unit) | {"out_of": None, "status": status}


def _has(facts: FactsOfRecord, start: str) -> bool:
    """Return whether a source that counts states a fact of a case that begins so."""
    return any(
        path.begins(start) and fact.chosen and fact.chosen.value != NOT_LISTED
        for path, fact in facts.items()
    )


def _figure(
    facts: FactsOfRecord, path: FactPath | None
) -> tuple[Quantity | None, str | None, Status | None]:
    """Return a figure with unit and status; nothing where no source that counts has it."""
    fact = facts.get(path) if path else None
    if path is None or fact is None or not fact.chosen:
        return None, None, None

    return cast("Quantity", fact.chosen.value), fact.chosen.unit, status_of(fact)


def _told(value: Quantity | None, unit: str | None) -> dict[str, Any]:
    """Return the columns of a number, in the unit in which it was stated."""
    return {
        "value": value and value.notation,
        "value_text": value and quantity_in_words(value, unit),
        "unit": unit,
    }
