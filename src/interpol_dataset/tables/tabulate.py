"""
From records to the rows of the tables.

What the tables hold is enough to write the records again (see
:mod:`interpol_dataset.tables.restore`); nothing is lost on the way.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

from interpol_dataset.evidence.testimony import EXISTS, LISTED, STATEMENT
from interpol_dataset.evidence.verification import RULE_VERSION
from interpol_dataset.schema.units import CURRENCIES, FACTORS, UNITS
from interpol_dataset.schema.vocabulary import Dimension, Hedge, Scope, Status
from interpol_dataset.tables import rows as r
from interpol_dataset.totals.money import CONVERTED_TO, conversion_day, convert
from interpol_dataset.values.countries import COUNTRIES
from interpol_dataset.values.fact_path import FactPath
from interpol_dataset.values.rates import published_rates
from interpol_dataset.values.words import quantity_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from interpol_dataset.evidence.facts import Fact, Facts, FactsOfRecord
    from interpol_dataset.evidence.parties import Party
    from interpol_dataset.evidence.verification import Verdict
    from interpol_dataset.records import models as m
    from interpol_dataset.records.kinds import Records
    from interpol_dataset.values.edtf import Edtf
    from interpol_dataset.values.quantity import Quantity

__all__ = ["Tables", "tabulate"]

_HEDGES: Final = {
    "": Hedge.EXACT,
    "~": Hedge.ABOUT,
    ">=": Hedge.AT_LEAST,
    ">": Hedge.MORE_THAN,
    "<=": Hedge.UP_TO,
    "<": Hedge.NEARLY,
    "..": Hedge.RANGE,
}

#: The statuses that a case's figures and descriptions can have; the others are for words.
_OF_CASES: Final = tuple(
    status for status in Status if status not in {Status.PARTIAL, Status.REFUTED}
)

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
        tables[row.TABLE].append(row)

    return {
        model.TABLE: tuple(sorted(tables[model.TABLE], key=attrgetter(*model.KEY)))
        for model in r.TABLES
    }


def _rows(records: Records, facts: Facts) -> Iterator[r.Row]:
    dimensions = {metric.id: metric.dimension for metric in records.metrics}

    for case in records.cases:
        known = facts["cases", case.id]
        yield _case_row(case, known)
        yield from _case_links(case, known)
        yield from _outcome_rows(case, known, dimensions)

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
            status=_status(facts["challenges", challenge.id], STATEMENT),
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
            status=_status(facts["lessons", lesson.id], STATEMENT),
        )
        for link in lesson.cases:
            yield r.LessonCaseRow(lesson_id=lesson.id, case_id=link.case, source_id=link.source)
        for answered in lesson.challenges:
            yield r.LessonChallengeRow(lesson_id=lesson.id, challenge_id=answered)

    for claims in records.claims:
        for claim in claims.claims:
            yield _claim_row(claims.document, claim, _status(facts["claims", claim.id], STATEMENT))
            yield from _search_rows(claim)


def _status(facts: FactsOfRecord, path: FactPath) -> Status:
    verdict = facts[path].verdict

    return verdict.status if verdict else Status.UNVERIFIED


def _case_row(case: m.Case, facts: FactsOfRecord) -> r.CaseRow:
    def value(name: str) -> Any:  # noqa: ANN401  # of the fact's own type
        fact = facts.get(FactPath(name))
        return fact.chosen.value if fact and fact.chosen else None

    period: Edtf | None = value("period")
    count: Quantity | None = value("country_count")
    statuses = Counter(
        fact.verdict.status for fact in facts.values() if fact.verdict and fact.fact_class.is_told
    )

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
            "country_count_text": count and quantity_in_words(count),
            "country_count_hedge": count and _HEDGES[count.sign],
            **_bounds("country_count_", count),
            "status": _status(facts, EXISTS),
            **{f"facts_{status}": statuses[status] for status in _OF_CASES},
        }
    )


def _bounds(
    prefix: str, quantity: Quantity | None, factor: Decimal = Decimal(1)
) -> dict[str, float | None]:
    """Return the columns that say what a quantity's notation stands for."""
    return {
        f"{prefix}{name}": None if value is None else float(value * factor)
        for name, value in _numbers(quantity)
    }


def _numbers(quantity: Quantity | None) -> Iterator[tuple[str, Decimal | None]]:
    """Name the numbers that a quantity's notation stands for."""
    for name in ("point", "lower", "upper"):
        yield name, getattr(quantity, name) if quantity else None


def _case_links(case: m.Case, facts: FactsOfRecord) -> Iterator[r.Row]:
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

    for path, fact in facts.items():
        if not fact.chosen or not fact.verdict:
            continue
        if path.kind == "countries" and fact.chosen.value == LISTED:
            yield r.CaseCountryRow(case_id=case.id, country=path.member, status=fact.verdict.status)
        elif path.kind == "organizations":
            yield r.CaseOrganizationRow.model_validate(
                {
                    "case_id": case.id,
                    "organization_id": path.member,
                    "role": fact.chosen.value,
                    "status": fact.verdict.status,
                }
            )


def _outcome_rows(
    case: m.Case, facts: FactsOfRecord, dimensions: Mapping[str, Dimension]
) -> Iterator[r.OutcomeRow]:
    day = conversion_day(facts)
    for path, fact in facts.items():
        if path.kind != "outcomes":
            continue

        stated = fact.chosen
        quantity = cast("Quantity | None", stated and stated.value)
        reported = stated.unit if stated else None

        yield r.OutcomeRow.model_validate(
            {
                "case_id": case.id,
                "fact": path,
                "metric_id": path.member,
                "object_id": path.object,
                "place": path.place,
                "scope": _scope(path),
                "value": quantity and quantity.notation,
                "value_unit": reported,
                "value_text": quantity and quantity_in_words(quantity, reported),
                "hedge": quantity and _HEDGES[quantity.sign],
                **_bounds("", quantity, FACTORS[reported] if reported else Decimal(1)),
                "unit": _base_unit(dimensions[path.member], reported),
                **_converted(quantity, reported, day),
                "status": _status(facts, path),
                "source_id": stated and stated.source.id,
            }
        )


def _converted(
    quantity: Quantity | None, reported: str | None, day: date | None
) -> dict[str, float | date | None]:
    """Return the columns that hold an amount of money in dollars and euros."""
    is_money = reported in CURRENCIES
    columns: dict[str, float | date | None] = {}
    for to in CONVERTED_TO:
        for name, amount in _numbers(quantity if is_money else None):
            converted = None if amount is None else convert(amount, str(reported), to, day)
            columns[f"{to.lower()}_{name}"] = None if converted is None else float(converted)

    is_converted = any(value is not None for value in columns.values())

    return columns | {"rate_date": day if is_converted else None}


def _scope(path: FactPath) -> Scope:
    if path.is_part:
        return Scope.PART

    return Scope.COUNTRY if path.place else Scope.WHOLE


def _base_unit(dimension: Dimension, reported: str | None) -> str | None:
    """Return the unit in which the bounds stand: that of the dimension, or the currency."""
    if reported in CURRENCIES:
        return reported

    return next(iter(UNITS[dimension]), None) if reported else None


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
    variants = tuple(str(item.value) for item in verdict.variants)

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

    for code, name in COUNTRIES.items():
        yield r.CountryRow(id=code, name=name)

    for currency, day, rate in published_rates():
        yield r.RateRow(currency=currency, date=day, rate=float(rate))

    for retired in records.retired_ids:
        yield r.RetiredIdRow(
            record_table=retired.table,
            id=retired.id,
            redirect=retired.redirect,
            reason=retired.reason,
        )
