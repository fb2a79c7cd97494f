"""From the rows of the tables back to records: ``restore(tabulate(records)) == records``."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar, cast

from interpol_dataset.evidence.testimony import COMPLETE, LISTED, STATEMENT
from interpol_dataset.records import models as m
from interpol_dataset.records.document import Records
from interpol_dataset.schema.vocabulary import Counted
from interpol_dataset.tables import rows as r
from interpol_dataset.tables.tabulate import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from interpol_dataset.tables.tabulate import TableRows

_R = TypeVar("_R", bound=r.Row)
_M = TypeVar("_M", bound=m.Model)


def restore(tables: TableRows) -> Records:
    """
    Write the records again from all or some of the tables' rows.

    For each record that is there, the rows that belong to it must be there too.
    """
    parts = _Parts(tables)
    documents = groupby(
        sorted(rows_of(tables, r.ClaimRow), key=attrgetter("document_id", "id")),
        key=attrgetter("document_id"),
    )

    return Records(
        categories=tuple(_category(row, parts) for row in rows_of(tables, r.CategoryRow)),
        cases=tuple(_case(row, parts) for row in rows_of(tables, r.CaseRow)),
        challenges=tuple(
            _record(m.Challenge, row, **_shown(row, parts, m.ChallengeLink))
            for row in rows_of(tables, r.ChallengeRow)
        ),
        lessons=tuple(
            _record(
                m.Lesson,
                row,
                challenges=row.challenge_ids or (),
                **_shown(row, parts, m.LessonLink),
            )
            for row in rows_of(tables, r.LessonRow)
        ),
        claims=tuple(
            m.ClaimSet(document=document, claims=tuple(_claim(row, parts) for row in claims))
            for document, claims in documents
        ),
        sources=_records(m.Source, rows_of(tables, r.SourceRow)),
        metrics=_records(m.Metric, rows_of(tables, r.MetricRow), phrases=m.Phrases()),
        objects=_records(m.Object, rows_of(tables, r.ObjectRow), phrases=m.Phrases()),
        organizations=_records(m.Organization, rows_of(tables, r.OrganizationRow)),
        retired_ids=tuple(
            _record(m.RetiredId, row, table=row.record_table)
            for row in sorted(rows_of(tables, r.RetiredIdRow), key=attrgetter("id"))
        ),
    )


def _record(kind: type[_M], row: r.Row, **parts: object) -> _M:
    """
    Make a record of a row, the inverse of :meth:`~interpol_dataset.tables.rows.Row.of`.

    :param kind: The record's model.
    :param row: The row.
    :param parts: The fields that are not of a column of that name, or of that name with ``_id``.
    """
    columns = dict(row)
    for name in kind.model_fields.keys() - parts.keys():
        column = next(key for key in (name, f"{name}_id", f"{name}_ids") if key in columns)
        if columns[column] is not None:
            parts[name] = columns[column]
    return kind.model_validate(parts)


def _records(kind: type[_M], rows: Iterable[r.Row], **parts: object) -> tuple[_M, ...]:
    return tuple(_record(kind, row, **parts) for row in rows)


class _Parts:
    """The rows of parts of records, by the record's table and id."""

    def __init__(self, tables: TableRows) -> None:
        self._tables = tables
        self._groups: dict[str, dict[tuple[str, str], list[r.Row]]] = {}

    def of(self, kind: type[_R], record: r.Row) -> list[_R]:
        """Return the rows of a table that belong to the record of a row."""
        if kind.TABLE not in self._groups:
            groups = self._groups[kind.TABLE] = defaultdict(list)
            for row in rows_of(self._tables, kind):
                groups[row.record].append(row)
        return cast("list[_R]", self._groups[kind.TABLE].get(record.record, []))


def _written(evidence: Iterable[r.EvidenceRow], *, is_step: bool = False) -> list[r.EvidenceRow]:
    """Return what the record itself states, in its order: its proceedings, or all else."""
    stated = (row for row in evidence if (row.field.kind == "proceedings") is is_step)
    return sorted((row for row in stated if row.position is not None), key=attrgetter("position"))


def _case(row: r.CaseRow, parts: _Parts) -> m.Case:
    categories = sorted(parts.of(r.CaseCategoryRow, row), key=attrgetter("position"))
    decided, evidence = parts.of(r.VerificationRow, row), parts.of(r.EvidenceRow, row)
    by_source = attrgetter("source_id")

    return _record(
        m.Case,
        row,
        categories=tuple(link.category_id for link in categories),
        relations=tuple(
            _record(m.Relation, link, case=link.related_case_id)
            for link in parts.of(r.CaseRelationRow, row)
        ),
        prefer=tuple(
            m.Preference(fact=fact.field, source=fact.source_id, reason=fact.preferred)
            for fact in decided
            if fact.source_id and fact.preferred
        ),
        disputes=tuple(
            m.Dispute(fact=fact.field, type=fact.variance_type, reason=fact.variance_reason)
            for fact in decided
            if fact.variance_type and fact.variance_reason
        ),
        parts=tuple(
            m.Part(fact=outcome.fact, of=outcome.part_of or "none", reason=outcome.part_of_reason)
            for outcome in parts.of(r.OutcomeRow, row)
            if outcome.part_of_reason
        ),
        searches=_searches(m.CaseSearch, row, parts),
        reports=tuple(
            _report(source, said) for source, said in groupby(_written(evidence), by_source)
        ),
        proceedings=tuple(
            m.Proceedings(source=source, steps=tuple(map(_step, steps)))
            for source, steps in groupby(_written(evidence, is_step=True), by_source)
        ),
    )


def _step(row: r.EvidenceRow) -> m.ReportedStep:
    path = row.field
    counted = path.object if path.object in {*Counted} else None
    number = counted or ("value" if path.currency else "persons")

    return m.ReportedStep.model_validate(
        _stated(row)
        | {
            "country": path.place,
            "year": path.year,
            "group": path.part_name,
            "outcome": path.member,
            "what": None if counted else path.object,
            number: row.value if path.is_figure else None,
            "unit": row.unit,
        }
    )


def _stated(row: r.EvidenceRow) -> dict[str, Any]:
    """Return the fields that every statement of a source on a case has."""
    return {
        "at": row.locator,
        "attributed_to": row.attributed_to_id,
        "own_count": row.own_count,
        "note": row.note,
    }


def _report(source: str, statements: Iterable[r.EvidenceRow]) -> m.Report:
    report: dict[str, Any] = {"source": source}
    for row in statements:
        path = row.field
        stated = _stated(row)
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


def _searches(kind: type[_M], row: r.Row, parts: _Parts) -> tuple[_M, ...]:
    return tuple(
        _record(kind, search, on=search.searched_on) for search in parts.of(r.SearchRow, row)
    )


def _evidence(row: r.Row, parts: _Parts) -> tuple[m.Evidence, ...]:
    return tuple(
        _record(m.Evidence, said, finds=said.value, at=said.locator)
        for said in _written(parts.of(r.EvidenceRow, row))
        if said.field == STATEMENT
    )


def _shown(row: r.Row, parts: _Parts, kind: type[m.CaseLink]) -> dict[str, object]:
    """Return what challenges and lessons have; what was counted or looked up is not theirs."""
    evidence = parts.of(r.EvidenceRow, row)
    said = {item.field.member: item for item in evidence if item.field.kind == "cases"}
    nothing = {"value": None, "unit": None}

    return {
        "numbers": tuple(
            _record(m.StatementNumber, item, at=item.locator, **({} if item.source_id else nothing))
            for item in parts.of(r.StatementNumberRow, row)
        ),
        "evidence": _evidence(row, parts),
        "cases": tuple(
            _record(
                kind,
                link,
                at=said[link.case_id].locator,
                note=said[link.case_id].note,
                **(nothing if link.result else {}),
            )
            for link in parts.of(r.StatementCaseRow, row)
        ),
        "searches": _searches(m.StatementSearch, row, parts),
    }


def _category(row: r.CategoryRow, parts: _Parts) -> m.Category:
    iccs: dict[str, Any] | None = None
    if row.iccs_code is not None:
        (mapping,) = parts.of(r.EvidenceRow, row)
        iccs = {"code": row.iccs_code, "name": row.iccs_name, "match": row.iccs_match}
        iccs |= {"source": mapping.source_id, "at": mapping.locator}
    return _record(m.Category, row, iccs=iccs)


def _claim(row: r.ClaimRow, parts: _Parts) -> m.Claim:
    evidence, searches = _evidence(row, parts), _searches(m.Search, row, parts)
    return _record(m.Claim, row, evidence=evidence, searches=searches)
