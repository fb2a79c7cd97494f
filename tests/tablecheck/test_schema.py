"""Schemas are read in both versions, and malformed ones are refused with the place."""

from typing import Any

import pytest

from helpers.each import each
from interpol_dataset.tablecheck import TableCheckError, parse_schema
from interpol_dataset.tablecheck.schema import ForeignKey

A = {"name": "a"}


def test_a_schema_of_version_1_and_one_of_version_2_are_read_alike() -> None:
    """Strings and lists, and the forms of missing values and foreign keys, mean the same."""
    old = parse_schema(
        {
            "fields": [{"name": "a", "type": "string"}],
            "primaryKey": "a",
            "missingValues": ["", "-"],
            "foreignKeys": [{"fields": "a", "reference": {"resource": "b", "fields": "c"}}],
        }
    )
    new = parse_schema(
        {
            "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
            "fields": [{"name": "a", "type": "string"}],
            "primaryKey": ["a"],
            "missingValues": [{"value": "", "label": "none"}, {"value": "-"}],
            "foreignKeys": [{"fields": ["a"], "reference": {"resource": "b", "fields": ["c"]}}],
            "fieldsMatch": ["exact"],
        }
    )

    assert old == new
    assert old.foreign_keys == (ForeignKey(("a",), "b", ("c",)),)


MALFORMED: list[tuple[dict[str, Any], str, str]] = [
    ({}, "schema", "no fields"),
    ({"fields": {}}, "fields", "array"),
    ({"fields": [1]}, "fields/0", "object"),
    ({"fields": [{}]}, "fields/0", "no name"),
    ({"fields": [A, A]}, "schema", "twice"),
    ({"fields": [{**A, "type": "money"}]}, "fields/0/type", "money"),
    ({"fields": [{**A, "type": "yearmonth"}]}, "fields/0/type", "use string with a pattern"),
    ({"fields": [{**A, "type": "list"}]}, "fields/0/type", "use array"),
    ({"fields": [{**A, "type": "number", "decimalChar": ","}]}, "fields/0", "write 1000.5"),
    ({"fields": [{**A, "trueValues": ["yes"]}]}, "fields/0", "write true"),
    ({"fields": [{**A, "type": "date", "format": "%d.%m.%Y"}]}, "format", "string with a pattern"),
    ({"fields": [{**A, "format": "url"}]}, "fields/0/format", "url"),
    ({"fields": [{**A, "constraints": []}]}, "constraints", "object"),
    ({"fields": [{**A, "constraints": {"jsonSchema": {}}}]}, "constraints", "jsonSchema"),
    ({"fields": [{**A, "constraints": {"minimum": 1}}]}, "constraints", "means nothing"),
    ({"fields": [{**A, "constraints": {"required": "yes"}}]}, "required", "true or false"),
    ({"fields": [{**A, "constraints": {"minLength": -1}}]}, "minLength", "whole number"),
    ({"fields": [{**A, "constraints": {"enum": "a"}}]}, "enum", "array"),
    ({"fields": [{**A, "constraints": {"pattern": "x" * 20_000}}]}, "pattern", "longer"),
    (
        {"fields": [{**A, "type": "integer", "constraints": {"minimum": "x"}}]},
        "constraints/minimum",
        "not of the field's type",
    ),
    ({"fields": [{**A, "type": "date", "categories": ["low"]}]}, "categories/0", "'low' is not"),
    ({"fields": [A], "primaryKey": "b"}, "primaryKey", "no field 'b'"),
    ({"fields": [A], "primaryKey": ["a", "a"]}, "primaryKey", "twice"),
    ({"fields": [A], "uniqueKeys": [["b"]]}, "uniqueKeys", "no field 'b'"),
    ({"fields": [A], "fieldsMatch": ["subset"]}, "fieldsMatch", "in the order of the fields"),
    ({"fields": [A], "missingValues": [1]}, "missingValues/0", "string"),
    ({"fields": [A], "foreignKeys": [{}]}, "foreignKeys/0/reference", "object"),
    (
        {"fields": [A], "foreignKeys": [{"fields": "a", "reference": {"fields": ["b", "c"]}}]},
        "foreignKeys/0",
        "as many fields",
    ),
    (
        {"fields": [A], "foreignKeys": [{"fields": "a", "reference": {"fields": "b"}}]},
        "foreignKeys",
        "no field 'b'",
    ),
]


@each("schema, place, what", MALFORMED)
def test_a_malformed_schema_is_refused(schema: dict[str, Any], place: str, what: str) -> None:
    """The error names the very property."""
    with pytest.raises(TableCheckError) as caught:
        parse_schema(schema)
    assert place in str(caught.value.where)
    assert what in str(caught.value)


def test_a_pattern_that_re2_does_not_take_is_refused() -> None:
    """What is no regular expression, or needs backtracking, is refused with its place."""
    for pattern in ("(", "(?!x)[a-z]+", "(?=a)(a+)+b", "(a|a)*\\1b", "a{1001}"):
        with pytest.raises(TableCheckError, match="regular expression of RE2") as caught:
            parse_schema({"fields": [{**A, "constraints": {"pattern": pattern}}]})
        assert caught.value.where == "schema/fields/0/constraints/pattern"
