"""One fault, one finding: the exact row, field and fault, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

#: Rule, field, the cells of a sound column, and the cell that breaks the rule.
CELLS: list[tuple[str, dict[str, Any], list[str], str]] = [
    ("type", {"type": "integer"}, ["1", "-2", "+3", "", "99999999999999999999"], "0x1F"),
    ("type", {"type": "integer"}, ["1"], "1.0"),
    ("type", {"type": "integer"}, ["1"], "1_000"),
    ("type", {"type": "integer"}, ["1"], "٣"),
    ("type", {"type": "number"}, ["1", "-2.5", "1e3", "1e999", "NaN", "-INF", ".5"], "inf"),
    ("type", {"type": "number"}, ["1"], " 1.5"),
    ("type", {"type": "boolean"}, ["true", "0", "FALSE"], "yes"),
    ("type", {"type": "boolean", "trueValues": ["ja"], "falseValues": ["nein"]}, ["ja"], "true"),
    ("type", {"type": "date"}, ["2020-02-29", "0001-01-01"], "2021-02-29"),
    ("type", {"type": "date"}, ["2020-01-05"], "2020-1-5"),
    ("type", {"type": "date"}, ["2020-01-05"], "0000-01-01"),
    ("type", {"type": "date"}, ["2020-01-05"], "2020-01-05T00:00:00"),
    ("type", {"type": "time"}, ["10:20:30", "10:20:30.5Z", "24:00:00"], "25:00:00"),
    ("type", {"type": "datetime"}, ["2020-01-05T10:20:30+02:00"], "2020-01-05 10:20:30"),
    ("type", {"type": "year"}, ["2020", "-0044"], "20"),
    ("type", {"type": "yearmonth"}, ["2020-02"], "2020-13"),
    ("type", {"type": "object"}, ['"{""a"": 1}"'], "[1]"),
    ("type", {"type": "array"}, ["[1]"], '"{""a"": 1}"'),
    ("type", {"format": "email"}, ["a.b@example.org"], "a.b@example"),
    ("type", {"format": "uri"}, ["https://example.org/a?b=c#d", "urn:isbn:1"], "example.org/a b"),
    ("type", {"format": "uuid"}, ["123e4567-e89b-12d3-a456-426614174000"], "123e4567"),
    ("required", {"constraints": {"required": True}}, ["a"], ""),
    ("enum", {"constraints": {"enum": ["a", "b"]}}, ["a", "b", ""], "c"),
    ("enum", {"type": "number", "constraints": {"enum": [1, 2.5]}}, ["1.0", "2.50"], "2"),
    (
        "enum",
        {"type": "date", "constraints": {"enum": ["2020-01-01"]}},
        ["2020-01-01"],
        "2020-01-02",
    ),
    ("category", {"categories": ["a", {"value": "b", "label": "B"}]}, ["a", "b"], "c"),
    ("pattern", {"constraints": {"pattern": "[a-z]+"}}, ["abc", ""], "abC"),
    ("pattern", {"constraints": {"pattern": "a|b"}}, ["a", "b"], "ab"),
    ("pattern", {"constraints": {"pattern": "[a-z]+"}}, ["abc"], '"abc\ndef"'),
    ("min-length", {"constraints": {"minLength": 2}}, ["éé"], "é"),
    ("max-length", {"constraints": {"maxLength": 2}}, ["éé"], "ééé"),
    ("min-length", {"type": "array", "constraints": {"minLength": 1}}, ["[1]"], "[]"),
    ("minimum", {"type": "integer", "constraints": {"minimum": 3}}, ["3"], "2"),
    (
        "minimum",
        {"type": "number", "constraints": {"minimum": 0.1}},
        ["0.1"],
        "0.09999999999999999999",
    ),
    ("minimum", {"type": "number", "constraints": {"minimum": 0}}, ["1"], "NaN"),
    ("maximum", {"type": "number", "constraints": {"maximum": 9}}, ["9"], "1e999"),
    ("maximum", {"type": "integer", "constraints": {"maximum": 9}}, ["9"], "99999999999999999999"),
    (
        "maximum",
        {"type": "date", "constraints": {"maximum": "2020-01-31"}},
        ["2020-01-31"],
        "2020-02-01",
    ),
    ("minimum", {"type": "year", "constraints": {"minimum": 1990}}, ["1990"], "1989"),
    (
        "minimum",
        {"type": "yearmonth", "constraints": {"minimum": "2020-02"}},
        ["2020-02"],
        "2020-01",
    ),
    ("minimum", {"type": "time", "constraints": {"minimum": "10:00:00"}}, ["10:00:00"], "09:59:59"),
    (
        "maximum",
        {"type": "datetime", "constraints": {"maximum": "2020-01-01T00:00:00Z"}},
        ["2020-01-01T01:00:00+01:00"],
        "2020-01-01T00:00:01Z",
    ),
    ("exclusive-minimum", {"type": "number", "constraints": {"exclusiveMinimum": 0}}, ["1"], "0"),
    ("exclusive-maximum", {"type": "integer", "constraints": {"exclusiveMaximum": 9}}, ["8"], "9"),
    ("unique", {"constraints": {"unique": True}}, ["a", "b", "", ""], "a"),
    ("unique", {"type": "integer", "constraints": {"unique": True}}, ["1", "2"], "+1"),
    ("unique", {"type": "number", "constraints": {"unique": True}}, ["1", "2"], "1.0"),
    ("nul-byte", {}, ["a"], "a\0b"),
    ("unseen", {}, ["a", "ក\u200bខ"], "a\u200b"),
]


@pytest.mark.parametrize(("rule", "field", "sound", "fault"), CELLS)
def test_cell(
    rule: str,
    field: dict[str, Any],
    sound: list[str],
    fault: str,
    check_text: Callable[..., set[tuple[int, str, str]]],
) -> None:
    """A column with one bad cell gives the rule at that cell, and sound cells give nothing."""
    schema = {"fields": [{"name": "id"}, {"name": "value", **field}]}
    lines = ["id,value", *(f"x,{cell}" for cell in sound)]

    assert check_text("\n".join(lines), schema) == set()

    lines.append(f"x,{fault}")
    assert check_text("\n".join(lines), schema) == {(len(sound) + 1, "value", rule)}


ID = {"name": "id", "type": "string"}
NUMBER = {"name": "n", "type": "integer"}

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
    ({"fieldsMatch": "equal"}, "n,id\n1,a\nx,b\n", {(2, "n", "type")}),
    (
        {"fieldsMatch": ["equal"]},
        "n,o\n1,a\n",
        {(0, "id", "missing-label"), (0, "", "extra-label")},
    ),
    ({"fieldsMatch": "subset"}, "o,n,id\n,x,a\n", {(1, "n", "type")}),
    ({"fieldsMatch": "superset"}, "n\nx\n", {(1, "n", "type")}),
    ({"fieldsMatch": "superset"}, "n,o\n1,2\n", {(0, "", "extra-label")}),
    ({"fieldsMatch": "superset", "primaryKey": "id"}, "n\n1\n", {(0, "id", "missing-label")}),
    ({"fieldsMatch": "partial"}, "n,o\nx,2\n", {(1, "n", "type")}),
    ({"fieldsMatch": "partial"}, "o\n2\n", {(0, "", "unmatched-header")}),
    ({"missingValues": ["-", "n/a"]}, "id,n\na,-\nb,n/a\nc,\n", {(3, "n", "type")}),
    (
        {"missingValues": [{"value": "-", "label": "none"}]},
        "id,n\na,-\nb\n",
        {(2, "n", "missing-cell")},
    ),
]


@pytest.mark.parametrize(("keys", "content", "expected"), TABLES)
def test_table(
    keys: dict[str, Any],
    content: str,
    expected: set[tuple[int, str, str]],
    check_text: Callable[..., set[tuple[int, str, str]]],
) -> None:
    """A table with one fault gives the rule at its row and field, and nothing else."""
    assert check_text(content, {"fields": [ID, NUMBER], **keys}) == expected


def test_missing_values_of_a_field_go_before_those_of_the_schema(
    check_text: Callable[..., set[tuple[int, str, str]]],
) -> None:
    """A field's own missing values replace the schema's."""
    schema = {
        "fields": [ID, {**NUMBER, "missingValues": ["none"]}],
        "missingValues": ["-"],
    }

    assert check_text("id,n\n-,none\n-,-\n", schema) == {(2, "n", "type")}


def test_faults_of_one_cell_are_all_reported(
    check_text: Callable[..., set[tuple[int, str, str]]],
) -> None:
    """A cell that breaks three rules gives three findings."""
    rules = {"enum": ["a"], "pattern": "[a-z]", "maxLength": 1}
    schema = {"fields": [{"name": "id", "constraints": rules}]}

    found = {(1, "id", rule) for rule in ("enum", "pattern", "max-length")}
    assert check_text("id\nAB\n", schema) == found


def test_a_wrong_type_hides_the_other_rules(
    check_text: Callable[..., set[tuple[int, str, str]]],
) -> None:
    """A cell that has no value can't be held against limits."""
    schema = {"fields": [{**NUMBER, "constraints": {"minimum": 5, "enum": [7]}}]}

    assert check_text("n\nx\n", schema) == {(1, "n", "type")}
