"""From the tables of a package to what the site shows: each table is read and grouped once."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import accumulate
from sys import intern
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.dataset.explanation import Speakers, own_texts
from interpol_dataset.dataset.facts import became, headlines
from interpol_dataset.errors import PackageError
from interpol_dataset.schema.vocabulary import HEADLINES, StatementVerdict, Status
from interpol_dataset.site.model import SURE, Asked, Body, Case, Entry, Fact, Model, Source
from interpol_dataset.site.words import Names, line, prominence, thing, within
from interpol_dataset.values import grouped
from interpol_dataset.values.fact_path import FactPath

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from interpol_dataset.dataset.dataset import Dataset
    from interpol_dataset.dataset.sentence import Voice
    from interpol_dataset.dataset.tables import Tables


Row = dict[str, Any]

#: What becomes a file's name.
_ID: Final = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*|[A-Z]{3}")
_NEEDED: Final = (
    *("cases", "outcomes", "proceedings", "case_totals", "case_categories", "case_countries"),
    *("case_organizations", "case_relations", "categories", "challenges", "lessons", "claims"),
    *("searches", "statement_cases", "statement_numbers", "evidence", "verification", "sources"),
    *("metrics", "objects", "organizations", "countries"),
)
#: Rows of a long table that are in memory at a time.
_CHUNK: Final = 2048
#: The order of the kinds of facts on a page.
_KINDS: Final = (
    *("exists", "period", "announced", "interpol_role", "country_count", "countries"),
    *("organizations", "tools", "outcomes", "proceedings", "statement", "cases", "iccs"),
)


def read(dataset: Dataset) -> Model:
    """Read a package; one without a table, or with an id that can't name a file, is an error."""
    missing = [name for name in _NEEDED if name not in dataset.tables]
    if missing:
        raise PackageError(
            f"the site needs the table '{missing[0]}'",
            where=str(dataset.directory),
            hint="export the package with all its tables",
        )

    reader = _Reader(dataset)
    cases = reader.cases()
    publishers = reader.names.organizations
    fields = dataset.tables.schema("cases")["fields"]
    model = Model(
        cases=cases,
        sources={
            row["id"]: Source(row, publishers[row["publisher_id"]])
            for row in _records(dataset.tables, "sources")
        },
        claims=reader.entries("claims"),
        challenges=reader.entries("challenges"),
        lessons=reader.entries("lessons"),
        areas={entry.id: entry for entry in reader.entries("categories")},
        metrics=_by_id(dataset.tables, "metrics"),
        bodies={row["id"]: Body(row) for row in _records(dataset.tables, "organizations")},
        countries=_by_id(dataset.tables, "countries"),
        series=_series(cases.values()),
        answers=tuple(
            (row["id"], challenge)
            for row in dataset.tables.rows("lessons")
            for challenge in row["challenge_ids"] or ()
        ),
        tables={name: len(dataset[name]) for name in dataset.tables},
        names=reader.names,
        headlines={field["name"]: field["title"] for field in fields if field["name"] in HEADLINES},
        measured=headlines(dataset.tables),
        objects=_by_id(dataset.tables, "objects"),
        totals=_totals(dataset, "case_totals", "case_object_totals"),
        country_totals=_totals(dataset, "country_totals"),
    )
    _note_sources(model)
    _note_bodies(model)

    return model


def _note_sources(model: Model) -> None:
    """Note with each source what it speaks of."""
    for case in model.cases.values():
        for fact in case.facts:
            for source in {voice.source for voice in fact.why.voices}:
                model.sources[source].said.append((case, fact))
    for entry in (*model.claims, *model.challenges, *model.lessons, *model.areas.values()):
        for source in {voice.source for fact in entry.facts for voice in fact.why.voices}:
            model.sources[source].statements.append(entry)


def _note_bodies(model: Model) -> None:
    """Note with each body where it is met."""
    for case in model.cases.values():
        for fact in case.by_kind["organizations"]:
            model.bodies[fact.path.member].parts.append((case, fact))
    for source in model.sources.values():
        publisher, asserter = source.row["publisher_id"], source.row["asserter_id"]
        model.bodies[publisher].publishes.append(source)
        if asserter and asserter != publisher:
            model.bodies[asserter].asserts.append(source)
    for body in model.bodies.values():
        if body.row["parent_id"]:
            model.bodies[body.row["parent_id"]].branches.append(body)


def _check_name(id_: str) -> None:
    """Check that an id can be the name of a file."""
    if not _ID.fullmatch(id_):
        raise PackageError(
            f"'{id_}' can't be the name of a page",
            hint="write lower-case words with hyphens; 'interpol-dataset validate' checks ids",
        )


def _records(tables: Tables, table: str) -> Iterator[Row]:
    """Yield the rows of a table whose ids become names of files."""
    for row in tables.rows(table):
        _check_name(row["id"])
        yield row


def _streamed(dataset: Dataset, table: str) -> Iterator[Row]:
    """Yield the rows of a long table, with few in memory at a time."""
    for batch in dataset[table].to_arrow().to_batches(max_chunksize=_CHUNK):
        # Most cells hold the same few words; each is kept once.
        columns = (
            [intern(cell) if type(cell) is str else cell for cell in column.to_pylist()]
            for column in batch.columns
        )
        for cells in zip(*columns, strict=True):
            yield dict(zip(batch.schema.names, cells, strict=True))


def _by_id(tables: Tables, table: str) -> Mapping[str, Row]:
    return {row["id"]: row for row in _records(tables, table)}


def _totals(dataset: Dataset, *names: str) -> Mapping[Asked, Sequence[Row]]:
    """Return the rows of tables of totals by country, if they have one, metric and object."""
    return grouped(
        ((row.get("country"), row["metric_id"], row.get("object_id")), row)
        for name in names
        if name in dataset.tables
        for row in _streamed(dataset, name)
    )


def _series(cases: Iterable[Case]) -> Mapping[str, tuple[Case, ...]]:
    series = grouped((id_, case) for case in cases if (id_ := case.row["series"]))
    for id_ in series:
        _check_name(id_)
    return {id_: _in_order(series[id_]) for id_ in sorted(series)}


def _in_order(cases: Sequence[Case]) -> tuple[Case, ...]:
    """Sort the editions of a series: by number, those without one among them by their dates."""

    def day(case: Case) -> str:
        row = case.row
        return str(row["start"] or row["announced"] or row["end"] or "")

    numbered = sorted(
        (case for case in cases if case.row["edition"]), key=lambda case: int(case.row["edition"])
    )
    days = accumulate(map(day, numbered), max)
    places = {case.id: (at, 0) for case, at in zip(numbered, days, strict=True)}
    others = (case for case in cases if case.id not in places)
    return tuple(
        sorted(
            (*numbered, *others), key=lambda case: places.get(case.id) or (day(case) or "9999", 1)
        )
    )


class _Reader:
    """Groups the rows of a package's tables by their records."""

    def __init__(self, dataset: Dataset) -> None:
        self._tables = dataset.tables
        self._speakers = Speakers(dataset.tables)
        rows = dataset.tables.rows
        countries = {row["id"]: row.get("short_name") or row["name"] for row in rows("countries")}
        self.names = Names(
            metrics={row["id"]: row["name"] for row in rows("metrics")},
            objects={row["id"]: thing(row["name"]) for row in rows("objects")},
            organizations=self._speakers.names,
            countries=countries,
            places={code: within(code, name) for code, name in countries.items()},
        )
        self._searches = self._grouped("searches")
        self._links = self._grouped("statement_cases")
        self._numbers = self._grouped("statement_numbers")
        self._texts: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)
        self._voices: defaultdict[tuple[str, str, str], tuple[Voice, ...]] = defaultdict(tuple)
        for row in _streamed(dataset, "evidence"):
            key = row["record_table"], row["record_id"], row["field"]
            self._voices[key] += self._speakers.voices([row])
            self._texts[key[:2]] |= own_texts([row])
        self._facts = grouped(map(self._fact, _streamed(dataset, "verification")))

    def cases(self) -> Mapping[str, Case]:
        """Return all cases by their ids."""
        rows = self._tables.rows
        places = sorted(rows("case_categories"), key=lambda row: row["position"] or 0)
        areas = grouped((row["case_id"], row["category_id"]) for row in places)
        countries = grouped((row["case_id"], row["country"]) for row in rows("case_countries"))
        organizations = grouped(
            (row["case_id"], (row["organization_id"], row["role"]))
            for row in rows("case_organizations")
        )
        relations = self._grouped("case_relations", "case_id")
        followers = self._grouped("case_relations", "related_case_id")
        steps = self._grouped("proceedings", "case_id")
        convictions = {row["case_id"]: row for row in rows("case_totals", metric_id="convictions")}

        def case(id_: str, row: Row) -> Case:
            return Case(
                row,
                areas=tuple(areas[id_]),
                countries=tuple(countries[id_]),
                organizations=tuple(organizations[id_]),
                relations=tuple(relations[id_]),
                followers=tuple(followers[id_]),
                facts=self._of("cases", id_),
                became=became(steps[id_], self._searches["cases", id_], convictions.get(id_)),
            )

        return {row["id"]: case(row["id"], row) for row in _records(self._tables, "cases")}

    def entries(self, table: str) -> tuple[Entry, ...]:
        """Return the records of a table, with their facts, cases and numbers."""
        return tuple(
            Entry(
                row,
                table,
                self._of(table, row["id"]),
                tuple(self._links[table, row["id"]]),
                tuple(self._numbers[table, row["id"]]),
            )
            for row in _records(self._tables, table)
        )

    def _of(self, table: str, record: str) -> tuple[Fact, ...]:
        return tuple(sorted(self._facts.pop((table, record), ()), key=_order))

    def _fact(self, row: Row) -> tuple[tuple[str, str], Fact]:
        """Return the record of a fact, and the fact."""
        key = row["record_table"], row["record_id"], row["field"]
        record = key[:2]
        voices, searches = self._voices.pop(key, ()), self._searches[record]
        why = self._speakers.explain(row, voices, self._texts[record], searches)
        path = FactPath(row["field"])
        status = (
            StatementVerdict(why.verdict) if why.verdict else Status(why.status or "unverified")
        )
        return record, Fact(path, line(path, why.value, why.unit, self.names), why, status)

    def _grouped(self, table: str, *columns: str) -> defaultdict[Any, list[Row]]:
        """Group rows by columns; by their record, if none is named."""
        groups: defaultdict[Any, list[Row]] = defaultdict(list)
        for row in self._tables.rows(table):
            key = tuple(row[name] for name in columns or ("record_table", "record_id"))
            if None not in key:
                groups[key if len(key) > 1 else key[0]].append(row)
        return groups


def _order(fact: Fact) -> tuple[Any, ...]:
    """Sort facts: totals before parts, what readers look for first, the better known first."""
    path = fact.path
    if path.kind != "outcomes":
        return (_KINDS.index(path.kind) if path.kind in _KINDS else -1, path.year or 0, path)

    return (
        _KINDS.index("outcomes"),
        path.is_part,
        path.place or "",
        prominence(path.member),
        path.member,
        path.object is not None,
        -fact.size,
        SURE.index(fact.status),
        path,
    )
