"""
Answer "who says so?" for any cell.

A fact of a record is explained from the tables alone, in a third of a second from the shell. What
else there is to explain needs the models of rows, which take as long again to import. Whoever
explains many reads the package's sources and organizations once.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from sys import intern
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.dataset.explanation import Explanation, Voice
from interpol_dataset.dataset.sentence import OWN_TEXT, Labels, known_until, sentence, why_unread
from interpol_dataset.dataset.tables import fitting
from interpol_dataset.evidence.nature import nature_of
from interpol_dataset.schema.vocabulary import StatementVerdict, Status, topmost
from interpol_dataset.values.fact_path import FactPath

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from interpol_dataset.dataset.tables import Tables


#: What is known of the figure that includes another, as the table and an explanation name it.
_WHOLE: Final = ("part_of", "part_of_basis", "part_of_reason")


def explained(
    tables: Tables, fact: dict[str, Any], evidence: Iterable[dict[str, Any]]
) -> Explanation:
    """
    Explain one fact.

    :param tables: The tables.
    :param fact: Its row in the table ``verification``.
    :param evidence: Rows of the table ``evidence`` on the same record.
    """
    speakers = Speakers(tables)
    evidence = list(evidence)
    rows = [row for row in evidence if row["field"] == fact["field"]]
    about = {"record_table": fact["record_table"], "record_id": fact["record_id"]}
    searches = tables.rows_if_there("searches", **about)

    return speakers.explain(fact, speakers.voices(rows), own_texts(evidence), searches)


def own_texts(evidence: Iterable[dict[str, Any]]) -> dict[str, None]:
    """Return the ids of the sources of which a body's very own text was read, in their order."""
    return dict.fromkeys(row["source_id"] for row in evidence if row["read"] in OWN_TEXT)


class Speakers:
    """
    Who speaks in a package: its sources and organizations, and how it names what they count.

    :param tables: The tables.
    """

    def __init__(self, tables: Tables) -> None:
        # Bodies of states are known by their abbreviations; those of national bodies repeat.
        self.names: dict[str, str] = {
            row["id"]: (row["kind"] == "intergovernmental" and row["abbreviation"]) or row["name"]
            for row in tables.rows("organizations")
        }
        self._sources = {row["id"]: row for row in tables.rows("sources")}
        self._tables = tables
        self._labels = Labels(tables)

    def voices(self, rows: Iterable[dict[str, Any]]) -> tuple[Voice, ...]:
        """
        Return rows of the table ``evidence`` as voices.

        :raises KeyError: A row names a source or an organization that the package lacks.
        """
        return tuple(self._voice(row) for row in rows)

    def explain(
        self,
        fact: dict[str, Any],
        voices: tuple[Voice, ...],
        texts: Iterable[str] = (),
        searches: Iterable[dict[str, Any]] = (),
    ) -> Explanation:
        """
        Explain a fact by what the sources say of it.

        :param fact: Its row in the table ``verification``.
        :param voices: What each source says.
        :param texts: The ids of the sources of its record that are somebody's own text.
        :param searches: Rows of the searches for the record, which found nothing.
        """
        chosen = next((item for item in voices if item.source == fact["source_id"]), None)
        term = StatementVerdict(fact["verdict"]) if fact["verdict"] else Status(fact["status"])
        unread = ""
        is_public = nature_of(FactPath(fact["field"])).is_public
        if term is Status.REPORTED and chosen and chosen.party and not is_public:
            own = (self._sources[id_] for id_ in texts if chosen.party in self._speakers_of(id_))
            unread = why_unread(chosen.party, self.names[chosen.party], own, searches)

        parties: dict[str, list[str]] = {}
        bodies: dict[str, dict[str, None]] = {}
        for item in voices:
            if item.party is not None:
                parties.setdefault(item.party, []).append(item.source)
            if item.observer is not None:
                bodies.setdefault(item.observer, {}).update(dict.fromkeys(item.asserters))

        said = sentence(fact["field"], fact, voices, self._labels.of, unread)
        if known := known_until(self._steps[fact["record_id"]], fact["field"]):
            said += f" {known[0].upper()}{known[1:]}."

        return Explanation(
            table=fact["record_table"],
            record=fact["record_id"],
            field=fact["field"],
            value=fact["value"],
            unit=chosen.unit if chosen else None,
            status=fact["status"],
            verdict=fact["verdict"],
            sentence=said,
            rule=intern(f"{term}: {term.meaning}"),
            read=fact["read"],
            fact_class=fact["fact_class"],
            variance=fact["variance_type"],
            chosen=fact["source_id"],
            preferred=fact["preferred"],
            parties={party: tuple(ids) for party, ids in parties.items()},
            bodies={observer: tuple(names) for observer, names in bodies.items()},
            variants=tuple(fact["variants"] or ()),
            voices=voices,
            searches=tuple(
                f"{row['looked_for']} ({row['searched_on']})"
                for row in searches
                if fact["record_table"] == "claims"
            ),
            **self._containment(fact),
        )

    @cached_property
    def _steps(self) -> dict[str, list[dict[str, Any]]]:
        """The steps of court proceedings of each case."""
        found: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in self._tables.rows_if_there("proceedings"):
            found[row["case_id"]].append(row)

        return found

    def _speakers_of(self, id_: str) -> list[str]:
        """Return the ids of the organizations whose text a source carries."""
        first = self._sources[topmost(id_, lambda one: self._sources[one]["same_text_id"])]

        return [first["text_of_id"] or first["asserter_id"], *(first["issued_with_ids"] or ())]

    def _containment(self, fact: dict[str, Any]) -> dict[str, Any]:
        """Return what includes a figure, and which ones it may overlap with."""
        if fact["record_table"] != "cases" or not fact["field"].startswith("outcomes/"):
            return {}

        return self._figures.get((fact["record_id"], fact["field"]), {})

    @cached_property
    def _figures(self) -> dict[tuple[str, str], dict[str, Any]]:
        """For each figure, by case and path, what includes it and why, and what it may overlap."""
        return {
            (row["case_id"], row["fact"]): {
                **{name: row.get(name) for name in _WHOLE},
                "may_overlap": tuple(row.get("may_overlap") or ()),
            }
            for row in self._tables.rows_if_there("outcomes")
        }

    def _voice(self, row: dict[str, Any]) -> Voice:
        source, attributed = self._sources[row["source_id"]], row["attributed_to_id"]
        speakers = [attributed] if attributed else self._speakers_of(source["id"])

        return Voice(
            source=source["id"],
            title=source["title"],
            kind=source["kind"],
            publisher=self.names[source["publisher_id"]],
            asserters=tuple(self.names[speaker] for speaker in speakers),
            party=row["party_id"],
            observer=row["observer_id"],
            published=source["published"],
            url=source["url"],
            value=row["value"],
            unit=row["unit"],
            stance=row["stance"],
            read=row["read"],
            own_count=row["own_count"],
            locator=row["locator"],
            note=row["note"],
            said_as=row["said_as"],
            drift_metric=row["drift_metric_id"],
            stage=row["stage"],
            as_of=row["as_of"],
            valuation=row["valuation"],
            withheld=source.get("withheld"),
        )


def explain(
    tables: Tables, record: str | tuple[str, ...], field: str, table: str | None = None
) -> Explanation:
    """
    Explain a field of a record; see :meth:`interpol_dataset.Dataset.explain`.

    :raises UnknownRecordError: There is no such table, record or field.
    :raises PackageError: The tables lack what an explanation needs.
    """
    key = tuple(map(str, record)) if isinstance(record, (tuple, list)) else record

    with fitting(tables):
        if isinstance(key, str) and (found := _fact(tables, key, str(field), table)):
            return found

        from interpol_dataset.dataset.cells import explain_cell  # noqa: PLC0415  # brings pydantic

        return explain_cell(tables, key, str(field), table)


def _fact(tables: Tables, record: str, field: str, table: str | None) -> Explanation | None:
    """Explain a fact of a record; none where the field is something else."""
    holding = [name for name in tables.names if _holds_records(tables.schema(name))]
    if not {"evidence", "verification"} <= {*tables.names} or table not in {None, *holding}:
        return None

    table_named = table is not None
    table, id_ = tables.locate(record, holding if table is None else [table])
    about = {"record_table": table, "record_id": id_}
    facts = {row["field"]: row for row in tables.rows("verification", **about)}
    # Where the table is named, a column is meant before an outcome of its name.
    meant = (field,) if table_named else (field, f"outcomes/{field}")
    path = next((path for path in meant if path in facts), None)
    if path is None:
        return None

    return explained(tables, facts[path], tables.rows("evidence", **about))


def _holds_records(schema: Mapping[str, Any]) -> bool:
    """Return whether a table has a row for each record: an id that is not another table's."""
    is_id = ("id", ["id"])
    referring = (key["fields"] for key in schema.get("foreignKeys", ()))

    return schema.get("primaryKey") in is_id and not any(key in is_id for key in referring)
