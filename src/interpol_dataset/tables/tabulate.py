"""
From records to the rows of the tables.

What the tables hold is enough to write the records again (see
:mod:`interpol_dataset.tables.restore`); nothing is lost on the way.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING

from interpol_dataset.evidence.facts import FACTORS, LISTED, STATEMENT, facts_of
from interpol_dataset.evidence.verification import RULE_VERSION
from interpol_dataset.schema.fields import COUNTRIES, CURRENCIES, UNITS
from interpol_dataset.schema.vocabulary import Dimension, Status
from interpol_dataset.tables import rows as r
from interpol_dataset.values.edtf import Edtf
from interpol_dataset.values.quantity import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from interpol_dataset.evidence.facts import Fact
    from interpol_dataset.records import models as m
    from interpol_dataset.records.kinds import Records

__all__ = ["Tables", "tabulate"]

#: Rows by table, each table in the order of its key.
Tables = dict[str, tuple[r.Row, ...]]


def tabulate(records: Records) -> Tables:
    """
    Build all tables.

    :param records: Records whose references hold.
    """
    tables: dict[str, list[r.Row]] = defaultdict(list)
    for row in _rows(records):
        tables[row.TABLE].append(row)

    return {
        model.TABLE: tuple(sorted(tables[model.TABLE], key=attrgetter(*model.KEY)))
        for model in r.TABLES
    }


def _rows(records: Records) -> Iterator[r.Row]:
    sources = {source.id: source for source in records.sources}
    dimensions = {metric.id: metric.dimension for metric in records.metrics}

    for case in records.cases:
        facts = facts_of(case, sources)
        yield _case_row(case, facts)
        yield from _case_links(case, facts)
        yield from _outcome_rows(case, facts, dimensions)
        yield from _fact_rows("cases", case.id, facts)

    for category in records.categories:
        yield _category_row(category)
        yield from _fact_rows("categories", category.id, facts_of(category, sources))

    for challenge in records.challenges:
        facts = facts_of(challenge, sources)
        yield r.ChallengeRow(
            id=challenge.id,
            name=challenge.name,
            statement=challenge.statement,
            status=_status(facts, STATEMENT),
        )
        for link in challenge.cases:
            yield r.ChallengeCaseRow(
                challenge_id=challenge.id, case_id=link.case, source_id=link.source
            )
        yield from _fact_rows("challenges", challenge.id, facts)

    for lesson in records.lessons:
        facts = facts_of(lesson, sources)
        yield r.LessonRow(
            id=lesson.id,
            name=lesson.name,
            statement=lesson.statement,
            status=_status(facts, STATEMENT),
        )
        for link in lesson.cases:
            yield r.LessonCaseRow(lesson_id=lesson.id, case_id=link.case, source_id=link.source)
        for answered in lesson.challenges:
            yield r.LessonChallengeRow(lesson_id=lesson.id, challenge_id=answered)
        yield from _fact_rows("lessons", lesson.id, facts)

    for claims in records.claims:
        for claim in claims.claims:
            facts = facts_of(claim, sources)
            yield _claim_row(claims.document, claim, _status(facts, STATEMENT))
            yield from _search_rows(claim)
            yield from _fact_rows("claims", claim.id, facts)

    yield from map(_source_row, records.sources)
    yield from _vocabulary_rows(records)


def _status(facts: Mapping[str, Fact], field: str) -> Status:
    fact = facts[field]

    return fact.verdict.status if fact.verdict else Status.UNVERIFIED


def _case_row(case: m.Case, facts: Mapping[str, Fact]) -> r.CaseRow:
    def value(field: str) -> str | None:
        fact = facts.get(field)
        return fact.chosen.value if fact and fact.chosen else None

    period = Edtf.parse(text) if (text := value("period")) else None
    count = Quantity.parse(text) if (text := value("country_count")) else None
    statuses = Counter(fact.verdict.status for fact in facts.values() if fact.verdict)

    return r.CaseRow.model_validate(
        {
            "id": case.id,
            "name": case.name,
            "aliases": case.aliases or None,
            "series": case.series,
            "edition": case.edition,
            "summary": case.summary,
            "interpol_role": value("interpol_role"),
            "period": period,
            "period_earliest": period and period.earliest,
            "period_latest": period and period.latest,
            "announced": value("announced"),
            "country_count": count and count.notation,
            **_bounds("country_count_", count),
            "status": _status(facts, "exists"),
            **{f"facts_{status}": statuses[status] for status in Status},
        }
    )


def _bounds(
    prefix: str, quantity: Quantity | None, factor: Decimal = Decimal(1)
) -> dict[str, float | None]:
    """Return the columns that say what a quantity's notation stands for."""
    values = (
        (None, None, None) if quantity is None else (quantity.point, quantity.lower, quantity.upper)
    )
    names = ("point", "lower", "upper")

    return {
        f"{prefix}{name}": None if value is None else float(value * factor)
        for name, value in zip(names, values, strict=True)
    }


def _case_links(case: m.Case, facts: Mapping[str, Fact]) -> Iterator[r.Row]:
    for position, category in enumerate(case.categories, 1):
        yield r.CaseCategoryRow(case_id=case.id, category_id=category, position=position)

    for position, relation in enumerate(case.relations, 1):
        yield r.CaseRelationRow(
            case_id=case.id,
            position=position,
            type=relation.type,
            related_case_id=relation.case,
            claim_id=relation.claim,
            note=relation.note,
        )

    for field, fact in facts.items():
        kind, _, member = field.partition("/")
        if not fact.chosen or not fact.verdict:
            continue
        if kind == "countries" and fact.chosen.value == LISTED:
            yield r.CaseCountryRow(case_id=case.id, country=member, status=fact.verdict.status)
        elif kind == "organizations":
            yield r.CaseOrganizationRow.model_validate(
                {
                    "case_id": case.id,
                    "organization_id": member,
                    "role": fact.chosen.value,
                    "status": fact.verdict.status,
                }
            )


def _outcome_rows(
    case: m.Case, facts: Mapping[str, Fact], dimensions: Mapping[str, Dimension]
) -> Iterator[r.OutcomeRow]:
    about = {outcome.fact: outcome for report in case.reports for outcome in report.outcomes}

    for field, outcome in about.items():
        fact = facts[field]
        stated = fact.chosen
        quantity = Quantity.parse(stated.value) if stated else None
        reported = stated.unit if stated else None
        factor = FACTORS[reported] if reported else Decimal(1)

        yield r.OutcomeRow.model_validate(
            {
                "case_id": case.id,
                "fact": field,
                "metric_id": outcome.metric,
                "object_id": outcome.object,
                "place": outcome.place,
                "scope": outcome.scope,
                "value": stated and stated.value,
                "value_unit": reported,
                **_bounds("", quantity, factor),
                "unit": _base_unit(dimensions[outcome.metric], reported),
                "status": _status(facts, field),
                "source_id": stated and stated.source,
            }
        )


def _base_unit(dimension: Dimension, reported: str | None) -> str | None:
    """Return the unit in which the bounds stand: that of the dimension, or the currency."""
    if reported in CURRENCIES:
        return reported

    return next(iter(UNITS[dimension]), None) if reported else None


def _fact_rows(
    table: str, record: str, facts: Mapping[str, Fact]
) -> Iterator[r.EvidenceRow | r.VerificationRow]:
    for field, fact in facts.items():
        for statement in fact.statements:
            yield r.EvidenceRow.model_validate(
                {
                    "record_table": table,
                    "record_id": record,
                    "field": field,
                    "source_id": statement.source,
                    "position": statement.position,
                    "value": statement.value,
                    "unit": statement.unit,
                    "agreement": fact.verdict and fact.verdict.agreements[statement.source],
                    "attributed_to_id": statement.attributed_to,
                    "locator": statement.locator,
                    "note": statement.note,
                }
            )

        if (verdict := fact.verdict) is not None:
            yield r.VerificationRow.model_validate(
                {
                    "record_table": table,
                    "record_id": record,
                    "field": field,
                    "value": fact.chosen and fact.chosen.value,
                    "source_id": fact.chosen and fact.chosen.source,
                    "status": verdict.status,
                    "rule_version": RULE_VERSION,
                    "supporting": verdict.supporting,
                    "official": verdict.official,
                    "partly": verdict.partly,
                    "contradicting": verdict.contradicting,
                    "preferred": fact.preferred,
                }
            )


def _category_row(category: m.Category) -> r.CategoryRow:
    iccs = category.iccs

    return r.CategoryRow(
        id=category.id,
        name=category.name,
        description=category.description,
        parent_id=category.parent,
        iccs_code=iccs and iccs.code,
        iccs_name=iccs and iccs.name,
        iccs_match=iccs and iccs.match,
    )


def _claim_row(document: str, claim: m.Claim, status: Status) -> r.ClaimRow:
    return r.ClaimRow(
        id=claim.id,
        document_id=document,
        paragraph=claim.paragraph,
        paragraph_sha256=claim.paragraph_sha256,
        statement=claim.statement,
        checkable=claim.checkable,
        category_id=claim.category,
        case_id=claim.case,
        challenge_id=claim.challenge,
        lesson_id=claim.lesson,
        status=status,
        note=claim.note,
    )


def _search_rows(claim: m.Claim) -> Iterator[r.ClaimSearchRow]:
    for position, search in enumerate(claim.searches, 1):
        yield r.ClaimSearchRow(
            claim_id=claim.id,
            position=position,
            looked_for=search.looked_for,
            searched_on=search.on,
        )


def _source_row(source: m.Source) -> r.SourceRow:
    published = source.published

    return r.SourceRow(
        id=source.id,
        kind=source.kind,
        publisher_id=source.publisher,
        asserter_id=source.asserter,
        title=source.title,
        url=source.url,
        published=published,
        published_earliest=published and published.earliest,
        published_latest=published and published.latest,
        undated=source.undated,
        retrieved=source.retrieved,
        language=source.language,
        sha256=source.sha256,
        note=source.note,
    )


def _vocabulary_rows(records: Records) -> Iterable[r.Row]:
    for metric in records.metrics:
        yield r.MetricRow(**dict(metric))

    for thing in records.objects:
        yield r.ObjectRow(
            id=thing.id, name=thing.name, description=thing.description, parent_id=thing.parent
        )

    for organization in records.organizations:
        yield r.OrganizationRow(**dict(organization))

    for code, name in COUNTRIES.items():
        yield r.CountryRow(id=code, name=name)

    for retired in records.retired_ids:
        yield r.RetiredIdRow(
            record_table=retired.table,
            id=retired.id,
            redirect=retired.redirect,
            reason=retired.reason,
        )
