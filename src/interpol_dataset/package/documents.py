"""
Nested JSON: a document for each record, with the rows of other tables in lists inside it.

A case's document is its row, with lists of its outcomes, evidence and so on.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.package.arrow import from_json, parsing
from interpol_dataset.package.jsonl import check_memory, parse

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from interpol_dataset.package.reader import Package

__all__ = ["SHARED", "WITH_FACTS", "homes_of", "nest", "read_documents", "unnest"]

Rows = list[dict[str, Any]]

#: Tables that are nested in one other table: that table, and the column with its id.
_PARENTS: Final = {
    "outcomes": ("cases", "case_id"),
    "part_doubts": ("cases", "case_id"),
    "operation_measures": ("cases", "case_id"),
    "case_categories": ("cases", "case_id"),
    "case_countries": ("cases", "case_id"),
    "case_organizations": ("cases", "case_id"),
    "case_tools": ("cases", "case_id"),
    "case_relations": ("cases", "case_id"),
    "challenge_cases": ("challenges", "challenge_id"),
    "lesson_cases": ("lessons", "lesson_id"),
    "lesson_challenges": ("lessons", "lesson_id"),
    "claim_searches": ("claims", "claim_id"),
}

#: Tables that are nested in several others: columns ``record_table`` and ``record_id`` say where.
SHARED: Final = ("evidence", "verification")

#: The tables whose records have facts, in which those are nested.
WITH_FACTS: Final = ("cases", "claims", "challenges", "lessons", "categories")


def homes_of(table: str) -> tuple[str, ...]:
    """Return the tables in whose documents a table is nested; none if it has its own."""
    if table in SHARED:
        return WITH_FACTS

    return (_PARENTS[table][0],) if table in _PARENTS else ()


def nest(tables: Mapping[str, Rows]) -> dict[str, Rows]:
    """
    Return rows as documents.

    :param tables: The rows of all or some tables.
    :returns: The documents of each table that has its own.
    """
    documents = {name: [dict(row) for row in tables[name]] for name in tables if not homes_of(name)}

    for name, rows in tables.items():
        for home in homes_of(name):
            if home not in documents:
                continue
            if name in SHARED:
                own = [row for row in rows if row["record_table"] == home]
                _insert(documents[home], name, own, ("record_id", "record_table"))
            else:
                _insert(documents[home], name, rows, _PARENTS[name][1:])

    return documents


def _insert(documents: Rows, name: str, rows: Rows, columns: tuple[str, ...]) -> None:
    """Insert rows into the documents that their first column names, without those columns."""
    by_record: dict[str, Rows] = defaultdict(list)
    for row in rows:
        kept = {key: value for key, value in row.items() if key not in columns}
        by_record[row[columns[0]]].append(kept)

    for document in documents:
        document[name] = by_record[document["id"]]


def unnest(home: str, documents: Rows) -> dict[str, Rows]:
    """
    Return documents as the rows of their own table and of those nested in them.

    :param home: The table of the documents.
    :param documents: The documents.
    :raises TypeError: It is not a list.
    """
    if not isinstance(documents, list):
        raise TypeError("the documents are not a list")

    inside = {name: column for name, (parent, column) in _PARENTS.items() if parent == home}
    if home in WITH_FACTS:
        inside |= dict.fromkeys(SHARED, "record_id")

    tables: dict[str, Rows] = {name: [] for name in (home, *inside)}
    for document in documents:
        tables[home].append({key: value for key, value in document.items() if key not in inside})
        for name, column in inside.items():
            keys = {column: document["id"]}
            if name in SHARED:
                keys["record_table"] = home
            tables[name] += [keys | row for row in document.get(name, [])]

    return tables


def read_documents(package: Package) -> dict[str, pa.Table]:
    """
    Read all tables of a package of documents, each in the order of its primary key.

    :raises PackageError: A file is missing, damaged or not of its schema.
    """
    rows: dict[str, Rows] = defaultdict(list)
    memory = 0
    for home in package.resources:
        content = package.read(home)
        with parsing(package, home):
            memory = check_memory(content, memory)
            documents = parse(content)
            for name, found in unnest(home, documents).items():
                rows[name] += found
        package.verify_rows(home, len(documents))

    tables = {}
    for name, schema in package.schemas.items():
        with parsing(package, name):
            order = [(column, "ascending") for column in schema["primaryKey"]]
            tables[name] = from_json(rows[name], schema).sort_by(order)

    return tables
