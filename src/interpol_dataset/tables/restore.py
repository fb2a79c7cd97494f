"""From the rows of the tables back to records: ``restore(tabulate(records)) == records``."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from interpol_dataset.evidence.testimony import COMPLETE, LISTED, STATEMENT
from interpol_dataset.records import models as m
from interpol_dataset.records.document import Records
from interpol_dataset.schema.vocabulary import Counted
from interpol_dataset.tables import rows as r
from interpol_dataset.tables.tabulate import TableRows, rows_of
from interpol_dataset.values import grouped

if TYPE_CHECKING:
    from collections.abc import Iterable


_R = TypeVar("_R", bound=r.Row)
_M = TypeVar("_M", bound=m.Model)


def restore(tables: TableRows) -> Records:
    """
    Write the records again from all or some of the tables' rows.

    For each record that is there, the rows that belong to it must be there too.
    """
    parts = _Parts(tables)
    claims = sorted(rows_of(tables, r.ClaimRow), key=attrgetter("document_id", "id"))

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
            m.ClaimSet(document=document, claims=tuple(_claim(row, parts) for row in own))
            for document, own in groupby(claims, key=attrgetter("document_id"))
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
    columns = vars(row)
    for name in kind.model_fields.keys() - parts.keys():
        found = (columns.get(column) for column in (name, f"{name}_id", f"{name}_ids"))
        value = next((value for value in found if value is not None), None)
        if value is not None:
            parts[name] = value
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
            rows = rows_of(self._tables, kind)
            self._groups[kind.TABLE] = grouped((row.record, row) for row in rows)
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

    value = row.value if path.is_figure else None
    return _said(
        m.ReportedStep,
        row,
        country=path.place,
        year=path.year,
        group=path.part_name,
        outcome=path.member,
        what=None if counted else path.object,
        **{"value": None, number: value},
    )


#: What a report says of a case in one value.
_VALUES: Final[dict[str, type[m.Stated]]] = {
    "interpol_role": m.ReportedRole,
    "period": m.ReportedPeriod,
    "announced": m.ReportedDay,
    "country_count": m.ReportedCountryCount,
}


def _report(source: str, statements: Iterable[r.EvidenceRow]) -> m.Report:
    report: dict[str, Any] = {"source": source}
    rows = [(row.field.kind, row) for row in statements]
    listed = [row.field.member for kind, row in rows if kind == "countries" and row.value == LISTED]
    for kind, row in rows:
        if kind in _VALUES:
            report[kind] = _said(_VALUES[kind], row)
        elif kind != "countries":
            report.setdefault(kind, []).append(_member(row))
        elif not row.field.member:
            is_complete = row.value == COMPLETE
            report[kind] = _said(m.ReportedCountries, row, complete=is_complete, list=listed)
    return m.Report.model_validate(report)


def _member(row: r.EvidenceRow) -> m.Model:
    path = row.field
    if path.kind == "organizations":
        return _said(m.ReportedOrganization, row, organization=path.member, role=row.value)
    if path.kind == "tools":
        return _said(m.ReportedTool, row, tool=path.member)
    if row.drift_metric_id:
        return _said(m.ReportedOutcome, row, drift_of=path, metric=row.drift_metric_id)
    return _said(
        m.ReportedOutcome,
        row,
        metric=path.member,
        object=path.object,
        place=path.place,
        part=path.is_part,
        part_name=path.part_name,
    )


def _said(kind: type[_M], row: r.EvidenceRow, **own: object) -> _M:
    return _record(kind, row, at=row.locator, **own)


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
