"""
Why a value is what it is: the value, every report, the sources, the roots and the rule.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.errors import PackageError, UnknownRecordError
from interpol_dataset.package.documents import WITH_FACTS
from interpol_dataset.schema.vocabulary import Status
from interpol_dataset.suggest import suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable

    from interpol_dataset.dataset.tables import Tables

__all__ = ["Explanation", "Testimony", "explain"]

#: Columns that are worked out from a fact: the beginning of their names, and the fact.
_DERIVED: Final = (
    ("period_", "period"),
    ("country_count_", "country_count"),
    ("status", "exists"),
    ("status", "statement"),
    ("facts_", "exists"),
    ("iccs_", "iccs"),
)


#: Tables whose records rest on no other sources, and what their values rest on.
_WITHOUT_FACTS: Final = {
    "sources": "what the document says of itself, or shows",
    "metrics": "written for this dataset, whose vocabulary it is",
    "objects": "written for this dataset, whose vocabulary it is",
    "organizations": "written for this dataset, whose vocabulary it is",
    "countries": "ISO 3166-1",
}


#: What the dataset's own words in a record with facts rest on.
_WRITTEN: Final = "written for this dataset, from the sources of the record"


@dataclass(frozen=True, slots=True)
class Testimony:
    """
    What one source says about the fact.

    :param source: Id of the source.
    :param title: Its title.
    :param kind: Its kind.
    :param publisher: Name of the organization that carries it.
    :param asserter: Name of the organization that says so.
    :param root: Id of that organization: testimonies of one root count once.
    :param published: Its date in EDTF; none where it has none.
    :param url: Its address.
    :param value: What it says.
    :param unit: The unit in which it says so.
    :param agreement: How that stands to the value; none where the field has no status.
    :param locator: Where in the source it stands.
    :param note: A remark.
    """

    source: str
    title: str
    kind: str
    publisher: str
    asserter: str
    root: str
    published: str | None
    url: str | None
    value: str
    unit: str | None
    agreement: str | None
    locator: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """
    The answer to "who says so?" for one field of one record.

    :param table: The record's table.
    :param record: The record's id.
    :param field: The fact's path, or the column.
    :param value: The value; none where no source that counts gives one.
    :param unit: Its unit.
    :param status: The verification status; none for what the dataset itself has written.
    :param rule: What the status means, and by which version of the rules.
    :param chosen: Id of the source whose value was taken.
    :param preferred: Why another source than the rule's was taken.
    :param roots: For each root that counts, by its organization's id, the ids of its sources.
    :param testimonies: What each source says.
    :param searches: Searches that found nothing, with their day.
    """

    table: str
    record: str
    field: str
    value: str | None
    unit: str | None
    status: str | None
    rule: str
    chosen: str | None
    preferred: str | None
    roots: dict[str, tuple[str, ...]]
    testimonies: tuple[Testimony, ...]
    searches: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values, for JSON."""
        return asdict(self)

    def __str__(self) -> str:
        unit = f" {self.unit}" if self.unit else ""
        value = "no value" if self.value is None else f"{self.value}{unit}"
        status = f" [{self.status}]" if self.status else ""
        lines = [f"{self.record} {self.field}: {value}{status}", f"  {self.rule}"]
        if self.preferred:
            lines.append(f"  the value was taken against the rule, because: {self.preferred}")
        names = {item.root: item.asserter for item in self.testimonies}
        for root, asserter in names.items():
            lines.append(f"  {asserter} says" if self.status else f"  from {asserter}")
            for item in self.testimonies:
                if item.root == root:
                    lines += _lines(item, is_chosen=item.source == self.chosen)
        lines += [f"  searched without success: {search}" for search in self.searches]

        return "\n".join(lines)


def explain(tables: Tables, record: str, field: str, table: str | None = None) -> Explanation:
    """
    Explain a field of a record; see :meth:`interpol_dataset.Dataset.explain`.

    :raises UnknownRecordError: There is no such table of records, record or field.
    """
    names = [name for name in (*WITH_FACTS, *_WITHOUT_FACTS) if name in tables.names]
    if not names:
        raise UnknownRecordError(
            "the package has no table of records", hint=f"it has {', '.join(tables.names)}"
        )
    if table is not None and table not in names:
        raise UnknownRecordError(
            f"'{table}' is no table of records", hint=f"name one of {', '.join(names)}"
        )
    table, record = tables.locate(record, names if table is None else [table])
    facts = {
        row["field"]: row
        for row in tables.rows("verification", record_table=table, record_id=record)
    }
    (row,) = tables.rows(table, id=record)
    path = _path(field, facts)

    if path in facts:
        return _of_fact(tables, table, record, path, facts[path])
    if field in row:
        return _of_text(tables, table, record, field, row[field])

    known = [*facts, *row]
    raise UnknownRecordError(
        f"'{record}' has no field '{field}'",
        hint=suggestion(field, known, f"it has {', '.join(known)}", cutoff=0.4),
    )


def _path(field: str, facts: dict[str, dict[str, Any]]) -> str:
    """Return the fact that a field means: itself, a short name, or what it comes from."""
    if field in facts:
        return field
    if f"outcomes/{field}" in facts:
        return f"outcomes/{field}"

    return next(
        (fact for beginning, fact in _DERIVED if field.startswith(beginning) and fact in facts),
        field,
    )


def _of_fact(
    tables: Tables, table: str, record: str, path: str, fact: dict[str, Any]
) -> Explanation:
    evidence = tables.rows("evidence", record_table=table, record_id=record, field=path)
    testimonies = _testimonies(tables, evidence)
    chosen = next((item for item in testimonies if item.source == fact["source_id"]), None)
    status = Status(fact["status"])

    roots: dict[str, list[str]] = {}
    for item in testimonies:
        if item.agreement != "not_counted":
            roots.setdefault(item.root, []).append(item.source)

    return Explanation(
        table=table,
        record=record,
        field=path,
        value=fact["value"],
        unit=chosen.unit if chosen else None,
        status=status.value,
        rule=f"{status}: {status.meaning} (rules {fact['rule_version']})",
        chosen=fact["source_id"],
        preferred=fact["preferred"],
        roots={root: tuple(ids) for root, ids in roots.items()},
        testimonies=testimonies,
        searches=_searches(tables, record) if table == "claims" else (),
    )


def _of_text(tables: Tables, table: str, record: str, column: str, value: object) -> Explanation:
    """Explain what the dataset has written itself: its words rest on the record's sources."""
    evidence = tables.rows("evidence", record_table=table, record_id=record)
    by_source = {row["source_id"]: row for row in evidence}

    return Explanation(
        table=table,
        record=record,
        field=column,
        value=None if value is None else str(value),
        unit=None,
        status=None,
        rule=(
            "empty: no source of the record states it, and nothing was written for this dataset"
            if value is None
            else _WITHOUT_FACTS.get(
                table, "written for this dataset, from the sources of the record"
            )
        ),
        chosen=None,
        preferred=None,
        roots={},
        testimonies=_testimonies(
            tables,
            (
                row | {"value": "", "unit": None, "agreement": None, "note": None}
                for row in by_source.values()
            ),
        ),
        searches=(),
    )


def _testimonies(tables: Tables, rows: Iterable[dict[str, Any]]) -> tuple[Testimony, ...]:
    # Bodies of states are known by their abbreviations; those of national bodies repeat.
    names = {
        row["id"]: (row["kind"] == "intergovernmental" and row["abbreviation"]) or row["name"]
        for row in tables.table("organizations")
    }
    sources = {row["id"]: row for row in tables.table("sources")}

    try:
        return tuple(_testimony(row, sources[row["source_id"]], names) for row in rows)
    except KeyError as error:
        raise PackageError(
            f"the evidence names {error}, which is not in the package",
            where=str(tables.directory),
            hint="build or export the package again, or run 'interpol-dataset validate' on it",
        ) from error


def _testimony(row: dict[str, Any], source: dict[str, Any], names: dict[str, str]) -> Testimony:
    root = row["attributed_to_id"] or source["asserter_id"]

    return Testimony(
        source=source["id"],
        title=source["title"],
        kind=source["kind"],
        publisher=names[source["publisher_id"]],
        asserter=names[root],
        root=root,
        published=source["published"],
        url=source["url"],
        value=row["value"],
        unit=row["unit"],
        agreement=row["agreement"],
        locator=row["locator"],
        note=row["note"],
    )


def _searches(tables: Tables, claim: str) -> tuple[str, ...]:
    return tuple(
        f"{row['looked_for']} ({row['searched_on']})"
        for row in tables.rows("claim_searches", claim_id=claim)
    )


def _lines(item: Testimony, *, is_chosen: bool) -> list[str]:
    unit = f" {item.unit}" if item.unit else ""
    taken = ", the value taken" if is_chosen else ""
    # A statement in words has no value but how the source stands to it.
    stands = "" if item.value == item.agreement else f" ({item.agreement}{taken})"
    says = f"{item.value}{unit}{stands} in " if item.agreement else ""
    dated = f", {item.published}" if item.published else ""
    where = f", {item.locator}" if item.locator else ""
    lines = [
        f"    - {says}{item.source}",
        f"      {item.title}{where}",
        f"      {item.publisher}{dated} [{item.kind}] {item.url or ''}".rstrip(),
    ]
    if item.note:
        lines.append(f"      note: {item.note}")

    return lines
