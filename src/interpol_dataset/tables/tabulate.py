"""
From records to the rows of the tables.

What the tables hold is enough to write the records again (see
:mod:`interpol_dataset.tables.restore`); nothing is lost on the way.
"""

from __future__ import annotations

from collections import defaultdict
from operator import attrgetter
from typing import TYPE_CHECKING, TypeAlias

from interpol_dataset.evidence.testimony import STATEMENT
from interpol_dataset.evidence.verification import RULE_VERSION
from interpol_dataset.tables import rows as r
from interpol_dataset.tables.case_rows import case_rows, status_of
from interpol_dataset.tables.total_rows import measure_rows, total_rows
from interpol_dataset.totals.figures import Catalogue
from interpol_dataset.values.countries import COUNTRY_ROWS
from interpol_dataset.values.rates import published_rates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from interpol_dataset.evidence.facts import Fact, Facts, FactsOfRecord
    from interpol_dataset.evidence.parties import Party
    from interpol_dataset.evidence.verification import Verdict
    from interpol_dataset.records import models as m
    from interpol_dataset.records.kinds import Records
    from interpol_dataset.schema.vocabulary import Status

__all__ = ["Tables", "tabulate"]

#: Rows by table, each table in the order of its key.
Tables: TypeAlias = dict[str, tuple[r.Row, ...]]


def tabulate(records: Records, facts: Facts) -> Tables:
    """
    Build all tables.

    :param records: Records whose references hold.
    :param facts: Their facts, as :func:`~interpol_dataset.evidence.facts.assess` gives them.
    """
    tables: dict[str, list[r.Row]] = defaultdict(list)
    for row in _rows(records, facts):
        # pydantic keeps which columns were given. Nobody asks, and it is most of a row's memory.
        row.__pydantic_fields_set__.clear()
        tables[row.TABLE].append(row)

    return {
        model.TABLE: tuple(sorted(tables[model.TABLE], key=attrgetter(*model.KEY)))
        for model in r.TABLES
    }


def _rows(records: Records, facts: Facts) -> Iterator[r.Row]:
    dimensions = {metric.id: metric.dimension for metric in records.metrics}
    catalogue = Catalogue.of(records.metrics, records.objects)

    for case in records.cases:
        known = facts["cases", case.id]
        yield from case_rows(case, known, dimensions, catalogue)

    yield from total_rows(records, facts, catalogue)
    yield from measure_rows()

    for category in records.categories:
        yield _category_row(category)

    yield from _statement_rows(records, facts)

    for (table, id_), known in facts.items():
        yield from _fact_rows(table, id_, known)

    yield from map(_source_row, records.sources)
    yield from _vocabulary_rows(records)


def _statement_rows(records: Records, facts: Facts) -> Iterator[r.Row]:
    """Make the rows of challenges, lessons and claims."""
    for challenge in records.challenges:
        yield r.ChallengeRow(
            id=challenge.id,
            name=challenge.name,
            statement=challenge.statement,
            status=status_of(facts["challenges", challenge.id], STATEMENT),
        )
        for link in challenge.cases:
            yield r.ChallengeCaseRow(
                challenge_id=challenge.id, case_id=link.case, source_id=link.source
            )

    for lesson in records.lessons:
        yield r.LessonRow(
            id=lesson.id,
            name=lesson.name,
            statement=lesson.statement,
            status=status_of(facts["lessons", lesson.id], STATEMENT),
        )
        for link in lesson.cases:
            yield r.LessonCaseRow(lesson_id=lesson.id, case_id=link.case, source_id=link.source)
        for answered in lesson.challenges:
            yield r.LessonChallengeRow(lesson_id=lesson.id, challenge_id=answered)

    for claims in records.claims:
        for claim in claims.claims:
            yield _claim_row(
                claims.document, claim, status_of(facts["claims", claim.id], STATEMENT)
            )
            yield from _search_rows(claim)


def _fact_rows(
    table: str, record: str, facts: FactsOfRecord
) -> Iterator[r.EvidenceRow | r.VerificationRow]:
    for path, fact in facts.items():
        about = {"record_table": table, "record_id": record, "field": path}
        heard = _heard(fact)
        for said in fact.testimonies:
            party = heard.get(said.source.id)
            yield r.EvidenceRow.model_validate(
                about
                | {
                    "source_id": said.source.id,
                    "position": said.position,
                    "value": str(said.value),
                    "unit": said.unit,
                    "said_as": said.said_as,
                    "drift_metric_id": said.drift_metric,
                    "stage": said.stage,
                    "as_of": said.as_of,
                    "valuation": said.valuation,
                    "stance": fact.verdict and fact.verdict.stances[said.source.id],
                    "party_id": party and party.id,
                    "observer_id": party and party.own_observer,
                    "own_count": said.own_count,
                    "attributed_to_id": said.attributed_to,
                    "locator": said.locator,
                    "note": said.note,
                }
            )

        if fact.verdict is not None:
            yield _verification_row(about, fact, fact.verdict)


def _heard(fact: Fact) -> dict[str, Party]:
    """Return the party for which each source speaks."""
    if fact.verdict is None:
        return {}

    return {
        item.source.id: party
        for party in (*fact.verdict.parties, *fact.verdict.bystanders)
        for item in party.members
    }


def _verification_row(about: Mapping[str, str], fact: Fact, verdict: Verdict) -> r.VerificationRow:
    unit = fact.chosen and fact.chosen.unit
    variants = tuple(
        str(item.value) if item.unit == unit else f"{item.value} {item.unit}"
        for item in verdict.variants
    )

    return r.VerificationRow.model_validate(
        {
            **about,
            "fact_class": fact.fact_class,
            "value": fact.chosen and str(fact.chosen.value),
            "source_id": fact.chosen and fact.chosen.source.id,
            "status": verdict.status,
            "rule_version": RULE_VERSION,
            "documents": None if verdict.documents is None else verdict.documents.name.lower(),
            "agreement": verdict.agreement,
            "parties": verdict.supporting,
            "observers": verdict.observers,
            "observers_read": verdict.observers_read,
            "partly": verdict.partly,
            "contradicting": verdict.contradicting,
            "variants": tuple(dict.fromkeys(variants)) or None,
            "lowest": None if verdict.lowest is None else float(verdict.lowest),
            "highest": None if verdict.highest is None else float(verdict.highest),
            "preferred": fact.preferred,
            "dispute_type": fact.dispute and fact.dispute.type,
            "dispute_reason": fact.dispute and fact.dispute.reason,
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
        issued_with_ids=source.issued_with or None,
        title=source.title,
        url=source.url,
        archived_url=source.archived_url,
        withheld=source.withheld,
        published=published,
        published_earliest=published and published.earliest,
        published_latest=published and published.latest,
        undated=source.undated,
        retrieved=source.retrieved,
        language=source.language,
        sha256=source.sha256,
        content_hash=source.content_hash,
        note=source.note,
    )


def _vocabulary_rows(records: Records) -> Iterable[r.Row]:
    for metric in records.metrics:
        yield r.MetricRow(**dict(metric))

    for thing in records.objects:
        yield r.ObjectRow(
            id=thing.id,
            name=thing.name,
            description=thing.description,
            parent_id=thing.parent,
            facet=thing.facet,
            is_rest=thing.is_rest,
            hs_code=thing.hs_code,
        )

    for body in records.organizations:
        yield r.OrganizationRow(
            id=body.id,
            name=body.name,
            abbreviation=body.abbreviation,
            kind=body.kind,
            country=body.country,
            parent_id=body.parent,
            url=body.url,
        )

    for country in COUNTRY_ROWS:
        yield r.CountryRow(
            id=country["code"],
            name=country["name"],
            short_name=country["short_name"],
            alpha2=country["alpha_2"],
            m49=country["m49"] or None,
            region=country["region"] or None,
            subregion=country["subregion"] or None,
        )

    for currency, day, rate in published_rates():
        yield r.RateRow(currency=currency, date=day, rate=float(rate))

    for retired in records.retired_ids:
        yield r.RetiredIdRow(
            record_table=retired.table,
            id=retired.id,
            redirect=retired.redirect,
            reason=retired.reason,
        )
