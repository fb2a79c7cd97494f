"""One fault, one finding: the exact row, field and fault, and nothing else."""

from collections.abc import Callable
from typing import Any

Check = Callable[..., set[tuple[int, str, str]]]

#: Rule, field, the cells of a sound column, and the cell that breaks the rule.
CELLS: list[tuple[str, dict[str, Any], list[str], str]] = [
    ("type", {"type": "integer"}, ["1", "-2", "+3", "", "99999999999999999999"], "0x1F"),
    ("type", {"type": "integer"}, ["1"], "1.0"),
    ("type", {"type": "number"}, ["1", "-2.5", "1e3", "1e999", "NaN", "-INF", ".5"], "inf"),
    ("type", {"type": "boolean"}, ["true", "0", "FALSE"], "yes"),
    ("type", {"type": "date"}, ["2020-02-29", "0001-01-01"], "2021-02-29"),
    ("type", {"type": "date"}, ["2020-01-05"], "0000-01-01"),
    ("type", {"type": "datetime"}, ["2020-01-05T24:00:00+02:00"], "2020-01-05 10:20:30"),
    ("type", {"type": "object"}, ['"{""a"": 1}"'], "[1]"),
    ("type", {"type": "array"}, ["[1]"], '"{""a"": 1}"'),
    ("required", {"constraints": {"required": True}}, ["a"], ""),
    ("enum", {"constraints": {"enum": ["a", "b"]}}, ["a", "b", ""], "c"),
    ("enum", {"type": "number", "constraints": {"enum": [1, 2.5]}}, ["1.0", "2.50"], "2"),
    ("category", {"categories": ["a", {"value": "b", "label": "B"}]}, ["a", "b"], "c"),
    ("category", {"type": "boolean", "categories": [False]}, ["false", "0"], "true"),
    ("pattern", {"constraints": {"pattern": "a|b"}}, ["a", "b", ""], "ab"),
    ("pattern", {"constraints": {"pattern": "[a-z]+"}}, ["abc"], '"abc\ndef"'),
    ("min-length", {"constraints": {"minLength": 2}}, ["éé"], "é"),
    ("max-length", {"constraints": {"maxLength": 2}}, ["éé"], "ééé"),
    ("min-length", {"type": "array", "constraints": {"minLength": 1}}, ["[1]"], "[]"),
    ("minimum", {"type": "integer", "constraints": {"minimum": 3}}, ["3"], "2"),
    (
        "minimum",
        {"type": "number", "constraints": {"minimum": 0.1}},
        ["0.1"],
        "0.09999999999999999",
    ),
    ("minimum", {"type": "number", "constraints": {"minimum": 0}}, ["1"], "NaN"),
    ("maximum", {"type": "number", "constraints": {"maximum": 9}}, ["9"], "1e999"),
    ("maximum", {"type": "integer", "constraints": {"maximum": 9}}, ["9"], "99999999999999999999"),
    ("maximum", {"type": "date", "constraints": {"maximum": "2020-01-31"}}, [], "2020-02-01"),
    (
        "maximum",
        {"type": "datetime", "constraints": {"maximum": "2020-01-01T00:00:00Z"}},
        ["2020-01-01T01:00:00+01:00"],
        "2020-01-01T00:00:00.5",
    ),
    ("exclusive-minimum", {"type": "number", "constraints": {"exclusiveMinimum": 0}}, ["1"], "0"),
    ("exclusive-maximum", {"type": "integer", "constraints": {"exclusiveMaximum": 9}}, ["8"], "9"),
    ("unique", {"constraints": {"unique": True}}, ["a", "b", "", ""], "a"),
    ("unique", {"type": "number", "constraints": {"unique": True}}, ["1", "2"], "1.0"),
    ("nul-byte", {}, ["a"], "a\0b"),
    ("unseen", {}, ["a", "ក\u200bខ"], "a\u200b"),
]


def test_cells(check_text: Check) -> None:
    """A column with one bad cell gives the rule at that cell, and sound cells give nothing."""
    wrong = []
    for rule, field, sound, fault in CELLS:
        schema = {"fields": [{"name": "id"}, {"name": "value", **field}]}
        lines = ["id,value", *(f"x,{cell}" for cell in sound)]
        before = check_text("\n".join(lines), schema)
        after = check_text("\n".join([*lines, f"x,{fault}"]), schema)
        if (before, after) != (set(), {(len(sound) + 1, "value", rule)}):
            wrong.append((field, before, after))

    assert wrong == []


ID = {"name": "id", "type": "string"}
NUMBER = {"name": "n", "type": "integer"}
OWN = {**NUMBER, "missingValues": ["no"]}

#: Rule, schema, content, and what is found.
TABLES: list[tuple[dict[str, Any], str, set[tuple[int, str, str]]]] = [
    ({"primaryKey": "id"}, "id,n\na,1\nb,2\na,3\n", {(3, "id", "primary-key")}),
    ({"primaryKey": ["id"]}, "id,n\na,1\n,2\n", {(2, "id", "primary-key")}),
    ({"primaryKey": ["id", "n"]}, "id,n\na,1\na,2\nb,1\na,01\n", {(4, "id, n", "primary-key")}),
    ({"uniqueKeys": [["id", "n"]]}, "id,n\na,1\na,2\na,\na,\na,2\n", {(5, "id, n", "unique-key")}),
    (
        {"foreignKeys": [{"fields": "n", "reference": {"resource": "", "fields": "id"}}]},
        "id,n\n1,2\n2,\n3,+1\n4,9\n",
        {(4, "n", "foreign-key")},
    ),
    ({}, "id,n\na,1\n\nb,2\nc,x\n", {(2, "", "blank-row"), (4, "n", "type")}),
    ({}, "id,n\na\nb,2\n", {(1, "n", "missing-cell")}),
    ({}, "id,n\na,1,2\nb,x\n", {(1, "", "extra-cell"), (2, "n", "type")}),
    ({}, "id,m\na,1\n", {(0, "n", "incorrect-label")}),
    ({}, "id\na\n", {(0, "n", "missing-label")}),
    ({}, "id,n,o\na,1,2\n", {(0, "", "extra-label")}),
    ({}, "id,\na,1\n", {(0, "n", "blank-label")}),
    ({}, "id,id\na,1\n", {(0, "n", "duplicate-label")}),
    ({}, "", {(0, "", "empty-file")}),
    ({}, "id,n\n", set()),
    ({}, 'id,n\na,1\n"b,2\nc,3\n', {(2, "", "unclosed-quote")}),
    ({"missingValues": ["-", "n/a"]}, "id,n\na,-\nb,n/a\nc,\n", {(3, "n", "type")}),
    ({"missingValues": ["-"], "fields": [ID, OWN]}, "id,n\n-,no\n-,-\n", {(2, "n", "type")}),
    (
        {"missingValues": [{"value": "-", "label": "none"}]},
        "id,n\na,-\nb\n",
        {(2, "n", "missing-cell")},
    ),
]


def test_tables(check_text: Check) -> None:
    """A table with one fault gives the rule at its row and field, and nothing else."""
    found = [check_text(content, {"fields": [ID, NUMBER], **keys}) for keys, content, _ in TABLES]
    assert [expected for _, _, expected in TABLES] == found


def test_several_faults_of_one_cell(check_text: Check) -> None:
    """All are reported; but a cell of the wrong type has no value to hold against limits."""
    rules = {"enum": ["a"], "pattern": "[a-z]", "maxLength": 1}
    schema = {"fields": [{"name": "id", "constraints": rules}]}
    found = {(1, "id", rule) for rule in ("enum", "pattern", "max-length")}
    assert found == check_text("id\nAB\n", schema)
    schema = {"fields": [{**NUMBER, "constraints": {"minimum": 5, "enum": [7]}}]}
    assert {(1, "n", "type")} == check_text("n\nx\n", schema)
