"""
From the rows of the tables back to records.

The inverse of :mod:`interpol_dataset.tables.tabulate`: ``restore(tabulate(records)) == records``.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar, cast

from interpol_dataset.evidence.testimony import COMPLETE, LISTED, STATEMENT
from interpol_dataset.records import models as m
from interpol_dataset.records.kinds import Records
from interpol_dataset.tables import rows as r

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from interpol_dataset.tables.tabulate import Tables


_R = TypeVar("_R", bound=r.Row)


def restore(tables: Tables) -> Records:
    """
    Write the records again from all or some of the tables' rows.

    :param tables: Rows by table. For each record that is there, the rows that belong to it must
        be there too.
    """
    evidence = _grouped(tables, r.EvidenceRow, lambda row: (row.record_table, row.record_id))
    decided = _grouped(
        tables,
        r.VerificationRow,
        lambda row: row.record_id if row.preferred or row.dispute_type else None,
    )
    parts = _grouped(tables, r.OutcomeRow, lambda row: row.case_id if row.part_of_reason else None)
    categories = _grouped(tables, r.CaseCategoryRow, attrgetter("case_id"))
    relations = _grouped(tables, r.CaseRelationRow, attrgetter("case_id"))
    searches = _grouped(tables, r.SearchRow, lambda row: (row.record_table, row.record_id))

    return Records(
        categories=tuple(
            _category(row, evidence["categories", row.id]) for row in _all(tables, r.CategoryRow)
        ),
        cases=tuple(
            _case(
                row,
                categories[row.id],
                relations[row.id],
                decided[row.id],
                parts[row.id],
                searches["cases", row.id],
                evidence["cases", row.id],
            )
            for row in _all(tables, r.CaseRow)
        ),
        challenges=tuple(
            m.Challenge(
                id=row.id,
                name=row.name,
                statement=row.statement,
                evidence=_evidence(evidence["challenges", row.id]),
                cases=_links(evidence["challenges", row.id]),
            )
            for row in _all(tables, r.ChallengeRow)
        ),
        lessons=tuple(
            m.Lesson(
                id=row.id,
                name=row.name,
                statement=row.statement,
                challenges=row.challenge_ids or (),
                evidence=_evidence(evidence["lessons", row.id]),
                cases=_links(evidence["lessons", row.id]),
            )
            for row in _all(tables, r.LessonRow)
        ),
        claims=tuple(
            m.ClaimSet(
                document=document,
                claims=tuple(
                    _claim(row, evidence["claims", row.id], searches["claims", row.id])
                    for row in claims
                ),
            )
            for document, claims in groupby(
                sorted(_all(tables, r.ClaimRow), key=attrgetter("document_id", "id")),
                key=attrgetter("document_id"),
            )
        ),
        sources=tuple(map(_source, _all(tables, r.SourceRow))),
        metrics=tuple(map(_metric, _all(tables, r.MetricRow))),
        objects=tuple(
            m.Object(
                id=row.id,
                name=row.name,
                description=row.description,
                parent=row.parent_id,
                facet=row.facet,
                also=row.also or (),
                also_in=row.also_in or (),
                is_rest=row.is_rest,
                hs_code=row.hs_code,
            )
            for row in _all(tables, r.ObjectRow)
        ),
        organizations=tuple(map(_organization, _all(tables, r.OrganizationRow))),
        retired_ids=tuple(
            m.RetiredId(table=row.record_table, id=row.id, redirect=row.redirect, reason=row.reason)
            for row in sorted(_all(tables, r.RetiredIdRow), key=attrgetter("id"))
        ),
    )


def _all(tables: Tables, kind: type[_R]) -> tuple[_R, ...]:
    return cast("tuple[_R, ...]", tables.get(kind.TABLE, ()))


def _grouped(tables: Tables, kind: type[_R], key: Callable[[_R], object]) -> Mapping[Any, list[_R]]:
    groups: dict[object, list[_R]] = defaultdict(list)
    for row in _all(tables, kind):
        groups[key(row)].append(row)

    return groups


def _written(evidence: Iterable[r.EvidenceRow]) -> list[r.EvidenceRow]:
    """Return what the record itself states, in its order."""
    return sorted((row for row in evidence if row.position is not None), key=attrgetter("position"))


def _case(  # the rows of all tables that hold a part of it
    row: r.CaseRow,
    categories: list[r.CaseCategoryRow],
    relations: list[r.CaseRelationRow],
    decided: list[r.VerificationRow],
    parts: list[r.OutcomeRow],
    searches: list[r.SearchRow],
    evidence: list[r.EvidenceRow],
) -> m.Case:
    return m.Case(
        id=row.id,
        name=row.name,
        aliases=row.aliases or (),
        series=row.series,
        edition=row.edition,
        categories=tuple(
            link.category_id for link in sorted(categories, key=attrgetter("position"))
        ),
        summary=row.summary,
        relations=tuple(
            m.Relation(
                type=link.type,
                case=link.related_case_id,
                claim=link.claim_id,
                shared=link.shared or (),
                note=link.note,
            )
            for link in relations
        ),
        prefer=tuple(
            m.Preference(fact=fact.field, source=fact.source_id, reason=fact.preferred)
            for fact in decided
            if fact.source_id and fact.preferred
        ),
        disputes=tuple(
            m.Dispute(fact=fact.field, type=fact.dispute_type, reason=fact.dispute_reason)
            for fact in decided
            if fact.dispute_type and fact.dispute_reason
        ),
        parts=tuple(
            m.Part(fact=outcome.fact, of=outcome.part_of or "none", reason=outcome.part_of_reason)
            for outcome in parts
            if outcome.part_of_reason
        ),
        searches=tuple(
            m.CaseSearch(
                sought=search.sought,
                of=search.of_id,
                looked_for=search.looked_for,
                on=search.searched_on,
            )
            for search in searches
        ),
        reports=tuple(
            _report(source, list(statements))
            for source, statements in groupby(_written(evidence), key=attrgetter("source_id"))
        ),
    )


def _report(source: str, statements: list[r.EvidenceRow]) -> m.Report:
    """Build a report from its statements."""
    report: dict[str, Any] = {"source": source}

    for row in statements:
        path = row.field
        stated: dict[str, Any] = {
            "at": row.locator,
            "attributed_to": row.attributed_to_id,
            "own_count": row.own_count,
            "note": row.note,
        }

        if path.kind == "countries" and not path.member:
            report["countries"] = stated | {"complete": row.value == COMPLETE, "list": []}
        elif path.kind == "countries" and row.value == LISTED:
            report["countries"]["list"].append(path.member)
        elif path.kind == "organizations":
            report.setdefault(path.kind, []).append(
                stated | {"organization": path.member, "role": row.value}
            )
        elif path.kind == "tools":
            report.setdefault(path.kind, []).append(stated | {"tool": path.member})
        elif path.kind == "outcomes":
            report.setdefault(path.kind, []).append(stated | _figure(row))
        else:
            report[path.kind] = stated | {"value": row.value}

    return m.Report.model_validate(report)


def _figure(row: r.EvidenceRow) -> dict[str, Any]:
    """Return an outcome as a report states it, but for what all statements have."""
    path = row.field
    own = {
        "metric": path.member,
        "object": path.object,
        "place": path.place,
        "part": path.is_part,
        "part_name": path.part_name,
    }
    drifted = {"drift_of": path, "metric": row.drift_metric_id}

    return (own if row.drift_metric_id is None else drifted) | {
        "value": row.value,
        "unit": row.unit,
        "said_as": row.said_as,
        "stage": row.stage,
        "as_of": row.as_of,
        "valuation": row.valuation,
    }


def _evidence(rows: list[r.EvidenceRow]) -> tuple[m.Evidence, ...]:
    return tuple(
        m.Evidence.model_validate(
            {"source": row.source_id, "finds": row.value, "at": row.locator, "note": row.note}
        )
        for row in _written(rows)
        if row.field == STATEMENT
    )


def _links(rows: list[r.EvidenceRow]) -> tuple[m.CaseLink, ...]:
    return tuple(
        m.CaseLink.model_validate(
            {
                "case": row.field.member,
                "source": row.source_id,
                "at": row.locator,
                "note": row.note,
            }
        )
        for row in rows
        if row.field.kind == "cases"
    )


def _category(row: r.CategoryRow, evidence: list[r.EvidenceRow]) -> m.Category:
    iccs = None
    if row.iccs_code is not None:
        (mapping,) = evidence
        iccs = {
            "code": row.iccs_code,
            "name": row.iccs_name,
            "match": row.iccs_match,
            "source": mapping.source_id,
            "at": mapping.locator,
        }

    return m.Category.model_validate(
        {
            "id": row.id,
            "name": row.name,
            "description": row.description,
            "parent": row.parent_id,
            "iccs": iccs,
        }
    )


def _claim(row: r.ClaimRow, evidence: list[r.EvidenceRow], searches: list[r.SearchRow]) -> m.Claim:
    return m.Claim(
        id=row.id,
        paragraph=row.paragraph,
        paragraph_sha256=row.paragraph_sha256,
        statement=row.statement,
        checkable=row.checkable,
        category=row.category_id,
        case=row.case_id,
        challenge=row.challenge_id,
        lesson=row.lesson_id,
        evidence=_evidence(evidence),
        searches=tuple(
            m.Search(looked_for=search.looked_for, on=search.searched_on) for search in searches
        ),
        note=row.note,
    )


def _source(row: r.SourceRow) -> m.Source:
    return m.Source(
        id=row.id,
        kind=row.kind,
        publisher=row.publisher_id,
        asserter=row.asserter_id,
        issued_with=row.issued_with_ids or (),
        text_of=row.text_of_id,
        same_text=row.same_text_id,
        title=row.title,
        url=row.url,
        archived_url=row.archived_url,
        withheld=row.withheld,
        published=row.published,
        undated=row.undated,
        retrieved=row.retrieved,
        extent=row.extent,
        extent_characters=row.extent_characters,
        language=row.language,
        sha256=row.sha256,
        content_hash=row.content_hash,
        note=row.note,
    )


def _metric(row: r.MetricRow) -> m.Metric:
    return m.Metric.model_validate({name: value for name, value in row if value is not None})


def _organization(row: r.OrganizationRow) -> m.Organization:
    return m.Organization(
        id=row.id,
        name=row.name,
        abbreviation=row.abbreviation,
        kind=row.kind,
        country=row.country,
        parent=row.parent_id,
        url=row.url,
    )
