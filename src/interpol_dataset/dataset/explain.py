"""
Answer "who says so?" for any cell: the fact behind it, what each source says, and the rule.
"""

from __future__ import annotations

import dataclasses
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from interpol_dataset.dataset.printed import printed
from interpol_dataset.dataset.sentence import sentence
from interpol_dataset.errors import PackageError, UnknownRecordError
from interpol_dataset.schema.field_info import fields_of
from interpol_dataset.schema.provenance import ALL_FACTS, Basis, Computed, From
from interpol_dataset.schema.vocabulary import FactClass, Status
from interpol_dataset.suggest import suggestion
from interpol_dataset.tables.rows import TABLES, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from interpol_dataset.dataset.tables import Tables

__all__ = ["ExplainedFact", "Explanation", "Voice", "explain"]

_ROWS = {row.TABLE: row for row in TABLES}

#: Tables of records, whose rows are found by an id alone.
_RECORDS = tuple(row.TABLE for row in TABLES if row.KEY == ("id",))

#: Said of a cell that holds nothing.
_EMPTY = "empty: no source of the record states it, and nothing was written for this dataset"


@dataclass(frozen=True, slots=True)
class Voice:
    """
    What one source says about the fact.

    :param source: Id of the source.
    :param title: Its title.
    :param kind: Its kind.
    :param publisher: Name of the organization that carries it.
    :param asserters: Names of the organizations that say so; several for a joint text.
    :param party: Id of the organization that speaks: voices of one party count once. None for a
        source that does not count.
    :param observer: Id of the body that could know it apart from the others; none where all bodies
        of the operation share one tally.
    :param published: Its date in EDTF; none where it has none.
    :param url: Its address.
    :param value: What it says.
    :param unit: The unit in which it says so.
    :param stance: How that relates to the value; none where the field has no status.
    :param own_count: Whether it shows that the asserter counted or saw for itself.
    :param locator: Where in the source it says so.
    :param note: A remark.
    """

    source: str
    title: str
    kind: str
    publisher: str
    asserters: tuple[str, ...]
    party: str | None
    observer: str | None
    published: str | None
    url: str | None
    value: str
    unit: str | None
    stance: str | None
    own_count: bool
    locator: str | None
    note: str | None

    @property
    def asserter(self) -> str:
        """Those who say so, as one name."""
        return " and ".join(self.asserters)


class ExplainedFact(NamedTuple):
    """A fact that a cell is computed from: its path, value and status."""

    path: str
    value: str | None
    status: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """
    The answer to "who says so?" for one field of one record.

    :param table: The table of the record.
    :param record: The id of the record.
    :param field: The fact's path, or the column.
    :param value: The value; none where no source that counts gives one.
    :param unit: Its unit.
    :param status: The verification status; none for what rests on no single fact.
    :param sentence: What the value rests on, in a sentence.
    :param rule: What the status means and by which rules; or what the value rests on.
    :param agreement: How those who state it agree.
    :param documents: The best that was read of those who support it.
    :param fact_class: What sort of thing the fact says.
    :param dispute: The type of a dispute.
    :param chosen: Id of the source whose value was taken.
    :param preferred: Why another source than the rule's was taken.
    :param parties: For each party that speaks, by its organization's id, the ids of its sources.
    :param bodies: For each observer, by its organization's id, the names of the parties that count
        as one body with it.
    :param variants: Other words or days that do not contradict the value.
    :param voices: What each source says.
    :param facts: The facts that the value was computed from, where there are several.
    :param searches: Searches that found nothing, with their day.
    """

    table: str
    record: str
    field: str
    value: str | None
    unit: str | None = None
    status: str | None = None
    sentence: str = ""
    rule: str = ""
    agreement: str | None = None
    documents: str | None = None
    fact_class: str | None = None
    dispute: str | None = None
    chosen: str | None = None
    preferred: str | None = None
    parties: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    bodies: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    variants: tuple[str, ...] = ()
    voices: tuple[Voice, ...] = ()
    facts: tuple[ExplainedFact, ...] = ()
    searches: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values, for JSON."""
        return asdict(self) | {"facts": [fact._asdict() for fact in self.facts]}

    def __str__(self) -> str:
        return printed(self)


def explain(
    tables: Tables, record: str | tuple[str, ...], field: str, table: str | None = None
) -> Explanation:
    """
    Explain a field of a record; see :meth:`interpol_dataset.Dataset.explain`.

    :raises UnknownRecordError: There is no such table, record or field.
    """
    known = tuple(name for name in _ROWS if name in tables.names)
    if table is not None and table not in known:
        raise UnknownRecordError(
            f"there is no table '{table}'",
            hint=suggestion(table, known, f"name one of {', '.join(known)}"),
        )

    row = _find(tables, record, table)

    return _Cell(tables, row).explain(field)


class _Found(NamedTuple):
    """A row: its model, its values, and the record that it is about."""

    model: type[Row]
    values: dict[str, Any]
    table: str
    record: str


def _find(tables: Tables, record: str | tuple[str, ...], table: str | None) -> _Found:
    """Find a row by its record's id or its key."""
    if table is None or _ROWS[table].KEY == ("id",):
        wanted = [name for name in _RECORDS if name in tables.names]
        if not wanted:
            raise UnknownRecordError(
                "the package has no table of records", hint=f"it has {', '.join(tables.names)}"
            )
        id_ = record if isinstance(record, str) else ",".join(record)
        table, id_ = tables.locate(id_, wanted if table is None else [table])
        (values,) = tables.rows(table, id=id_)
        return _Found(_ROWS[table], values, table, id_)

    model = _ROWS[table]
    key = tuple(record.split(",")) if isinstance(record, str) else record
    if len(key) != len(model.KEY):
        raise UnknownRecordError(
            f"a row of '{table}' is found by {', '.join(model.KEY)}",
            hint="give the values of all of them, joined by commas",
        )
    matching = [
        values
        for values in tables.rows(table)
        if tuple(str(values[name]) for name in model.KEY) == key
    ]
    if not matching:
        raise UnknownRecordError(
            f"there is no row '{','.join(key)}' in '{table}'",
            hint=f"see 'interpol-dataset list {table}'",
        )
    (values,) = matching
    of_table, of_record = (part.format_map(values) for part in model.RECORD)

    return _Found(model, values, of_table, of_record)


class _Cell:
    """
    Explains the cells of one row.

    :param tables: The tables.
    :param row: The row.
    """

    def __init__(self, tables: Tables, row: _Found) -> None:
        self._tables = tables
        self._row = row
        about = {"record_table": row.table, "record_id": row.record}
        self._evidence = self._of_record("evidence", about)
        self._facts = {item["field"]: item for item in self._of_record("verification", about)}

    def explain(self, field: str) -> Explanation:
        """Explain a fact of the record, a column of the row, or a list that belongs to it."""
        model, values = self._row.model, self._row.values
        is_record = self._row.table == model.TABLE
        if is_record and (path := self._path(field)) is not None:
            return self._fact(path)
        if field in values:
            return self._column(field)
        if is_record and (child := self._child(field)) is not None:
            return self._list(field, child)

        known = [*values, *(self._facts if is_record else ())]
        raise UnknownRecordError(
            f"'{self._row.record}' has no field '{field}'",
            hint=suggestion(field, known, f"it has {', '.join(known)}", cutoff=0.4),
        )

    def _path(self, field: str) -> str | None:
        """Return the fact that a word means: its path, or an outcome's without its kind."""
        return next((path for path in (field, f"outcomes/{field}") if path in self._facts), None)

    def _column(self, column: str) -> Explanation:
        model, values = self._row.model, self._row.values
        origin = fields_of(model)[column].origin if column in model.model_fields else None
        basis = origin or model.BASIS
        if isinstance(basis, Basis):
            return self._text(column, basis)
        if isinstance(basis, Computed):
            return self._computed(column, basis)
        if basis.path == ALL_FACTS:
            return self._count(column)

        path = basis.path.format_map(values)
        if path in self._facts:
            return self._fact(path)

        return self._text(column, basis)

    def _fact(self, path: str) -> Explanation:
        fact = self._facts[path]
        voices = self._voices(row for row in self._evidence if row["field"] == path)
        chosen = next((item for item in voices if item.source == fact["source_id"]), None)
        status = Status(fact["status"])

        parties: dict[str, list[str]] = {}
        bodies: dict[str, dict[str, None]] = {}
        for item in voices:
            if item.party is not None:
                parties.setdefault(item.party, []).append(item.source)
            if item.observer is not None:
                bodies.setdefault(item.observer, {}).update(dict.fromkeys(item.asserters))

        return Explanation(
            table=self._row.table,
            record=self._row.record,
            field=path,
            value=fact["value"],
            unit=chosen.unit if chosen else None,
            status=status.value,
            sentence=sentence(path, fact, voices),
            rule=f"{status}: {status.meaning} (rules {fact['rule_version']})",
            agreement=fact["agreement"],
            documents=fact["documents"],
            fact_class=fact["fact_class"],
            dispute=fact["dispute_type"],
            chosen=fact["source_id"],
            preferred=fact["preferred"],
            parties={party: tuple(ids) for party, ids in parties.items()},
            bodies={observer: tuple(names) for observer, names in bodies.items()},
            variants=tuple(fact["variants"] or ()),
            voices=voices,
            searches=self._searches() if self._row.table == "claims" else (),
        )

    def _count(self, column: str) -> Explanation:
        """Explain a number of facts by the facts that it counts."""
        status = column.removeprefix("facts_")
        counted = tuple(
            ExplainedFact(path, fact["value"], fact["status"])
            for path, fact in self._facts.items()
            if fact["status"] == status and FactClass(fact["fact_class"]).is_told
        )

        return Explanation(
            table=self._row.table,
            record=self._row.record,
            field=column,
            value=str(self._row.values[column]),
            rule=f"counted: the figures and descriptions of the record whose status is '{status}'",
            facts=counted,
        )

    def _computed(self, column: str, basis: Computed) -> Explanation:
        """Explain what a rule makes of several facts."""
        value = self._row.values[column]
        paths = (path.format_map(self._row.values) for path in basis.paths)

        return Explanation(
            table=self._row.table,
            record=self._row.record,
            field=column,
            value=None if value is None else str(value),
            rule=f"computed: {basis.rule}",
            facts=self._named_facts(paths),
        )

    def _named_facts(self, paths: Iterable[str]) -> tuple[ExplainedFact, ...]:
        """Return those of some facts that the record has."""
        return tuple(
            ExplainedFact(path, self._facts[path]["value"], self._facts[path]["status"])
            for path in paths
            if path in self._facts
        )

    def _text(self, column: str, basis: Basis | From) -> Explanation:
        """Explain what no single fact gives: the dataset's own words, and cells left empty."""
        value = self._row.values[column]
        path = basis.path.format_map(self._row.values) if isinstance(basis, From) else None
        evidence = [row for row in self._evidence if path is None or row["field"] == path]
        kept: dict[str, str | None] = {"stance": None}
        if path is None:
            kept |= {"value": "", "unit": None, "note": None}
        by_source = {row["source_id"]: row | kept for row in evidence}
        rule = basis.meaning if isinstance(basis, Basis) else "stated by the source"

        return Explanation(
            table=self._row.table,
            record=self._row.record,
            field=column,
            value=None if value is None else str(value),
            rule=_EMPTY if value is None else rule,
            voices=self._voices(by_source.values()),
        )

    def _child(self, field: str) -> type[Row] | None:
        """Return the table that holds a list of the record, by the list's name."""
        for model in TABLES:
            of_table, id_ = model.RECORD
            named = field == model.TABLE or model.TABLE.endswith(f"_{field}")
            if named and of_table == self._row.table and id_ != "{id}":
                return model if model.TABLE in self._tables.names else None

        return None

    def _list(self, field: str, model: type[Row]) -> Explanation:
        """Explain a list of the record by its entries."""
        owner = model.RECORD[1].strip("{}")
        rows = self._tables.rows(model.TABLE, **{owner: self._row.record})
        rows.sort(key=lambda row: row.get("position") or 0)
        entries = [" ".join(_named(model, row, owner)) for row in rows]
        basis, facts, rule = model.BASIS, [], "each is a fact of its own"
        if isinstance(basis, Basis):
            rule = basis.meaning
        elif isinstance(basis, Computed):
            rule = f"computed: {basis.rule}"
        else:
            facts = [basis.path.format_map(row) for row in rows]

        return Explanation(
            table=self._row.table,
            record=self._row.record,
            field=field,
            value="; ".join(entries) or None,
            rule=rule if entries else _EMPTY,
            facts=self._named_facts(facts),
        )

    def _voices(self, rows: Iterable[dict[str, Any]]) -> tuple[Voice, ...]:
        listed = list(rows)
        if not listed:
            return ()

        # Bodies of states are known by their abbreviations; those of national bodies repeat.
        names = {
            row["id"]: (row["kind"] == "intergovernmental" and row["abbreviation"]) or row["name"]
            for row in self._tables.rows("organizations")
        }
        sources = {row["id"]: row for row in self._tables.rows("sources")}
        try:
            return tuple(_voice(row, sources[row["source_id"]], names) for row in listed)
        except KeyError as error:
            raise PackageError(
                f"the evidence names {error}, which is not in the package",
                where=str(self._tables.directory),
                hint="build or export the package again, or run 'interpol-dataset validate' on it",
            ) from error

    def _searches(self) -> tuple[str, ...]:
        return tuple(
            f"{row['looked_for']} ({row['searched_on']})"
            for row in self._tables.rows("claim_searches", claim_id=self._row.record)
        )

    def _of_record(self, table: str, about: dict[str, str]) -> list[dict[str, Any]]:
        return self._tables.rows(table, **about) if table in self._tables.names else []


def _named(model: type[Row], row: Mapping[str, Any], owner: str) -> list[str]:
    """Return the cells of a list's entry that say what it is."""
    references = [name for name, kind in fields_of(model).items() if kind.references]
    columns = [name for name in references if name != owner] or [*model.KEY[1:]]

    return [str(row[name]) for name in columns if row[name] is not None]


def _voice(row: dict[str, Any], source: dict[str, Any], names: dict[str, str]) -> Voice:
    speakers = [row["attributed_to_id"] or source["asserter_id"]]
    if row["attributed_to_id"] is None:
        speakers += source["issued_with_ids"] or []

    return Voice(
        source=source["id"],
        title=source["title"],
        kind=source["kind"],
        publisher=names[source["publisher_id"]],
        asserters=tuple(names[speaker] for speaker in speakers),
        party=row["party_id"],
        observer=row["observer_id"],
        published=source["published"],
        url=source["url"],
        value=row["value"],
        unit=row["unit"],
        stance=row["stance"],
        own_count=row["own_count"],
        locator=row["locator"],
        note=row["note"],
    )
