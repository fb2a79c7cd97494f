"""Schemas are read in both versions, and malformed ones are refused with the place."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from interpol_dataset.tablecheck import ForeignKey, TableCheckError, check_batch, parse_schema

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


@pytest.mark.parametrize(
    ("schema", "place", "what"),
    [
        ({}, "schema", "no fields"),
        ({"fields": {}}, "fields", "array"),
        ({"fields": [1]}, "fields/0", "object"),
        ({"fields": [{}]}, "fields/0", "no name"),
        ({"fields": [A, A]}, "schema", "twice"),
        ({"fields": [{**A, "type": "money"}]}, "fields/0/type", "money"),
        ({"fields": [{**A, "type": "duration"}]}, "fields/0/type", "can't be checked here"),
        ({"fields": [{**A, "type": "number", "decimalChar": ","}]}, "fields/0", "decimalChar"),
        ({"fields": [{**A, "type": "date", "format": "%d.%m.%Y"}]}, "format", "%d.%m.%Y"),
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
        (
            {"fields": [{**A, "type": "date", "constraints": {"enum": ["soon"]}}]},
            "constraints/enum",
            "not of the field's type",
        ),
        (
            {"fields": [{**A, "type": "integer", "categories": ["low", "high"]}]},
            "fields/0/categories",
            "'low' is not of the field's type",
        ),
        (
            {"fields": [{**A, "type": "integer", "categories": [{"value": 1}, {"value": "x"}]}]},
            "fields/0/categories",
            "'x' is not of the field's type",
        ),
        ({"fields": [A], "primaryKey": "b"}, "primaryKey", "no field 'b'"),
        ({"fields": [A], "primaryKey": ["a", "a"]}, "primaryKey", "twice"),
        ({"fields": [A], "uniqueKeys": [["b"]]}, "uniqueKeys", "no field 'b'"),
        ({"fields": [A], "fieldsMatch": "some"}, "fieldsMatch", "some"),
        ({"fields": [A], "fieldsMatch": ["exact", "equal"]}, "fieldsMatch", "one way"),
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
    ],
)
def test_a_malformed_schema_is_refused(schema: dict[str, Any], place: str, what: str) -> None:
    """The error names the very property."""
    with pytest.raises(TableCheckError) as caught:
        parse_schema(schema)

    assert place in str(caught.value.where)
    assert what in caught.value.what


@pytest.mark.parametrize("pattern", ["(", "(?!x)[a-z]+", "(?=a)(a+)+b", "(a|a)*\\1b", "a{1001}"])
def test_a_pattern_that_re2_does_not_take_is_refused(pattern: str) -> None:
    """What is no regular expression, or needs backtracking, is refused with its place."""
    with pytest.raises(TableCheckError, match="regular expression of RE2") as caught:
        parse_schema({"fields": [{**A, "constraints": {"pattern": pattern}}]})

    assert "schema/fields/0/constraints/pattern" == caught.value.where


@pytest.mark.parametrize("rule", ["enum", "categories"])
def test_false_is_written_as_the_field_writes_it(rule: str) -> None:
    """A field's own words for true and false stand for those of JSON in its schema."""
    own = {"type": "boolean", "trueValues": ["yes"], "falseValues": ["no"]}
    values: dict[str, Any] = {"categories": [False]}
    if rule == "enum":
        values = {"constraints": {"enum": [False]}}
    schema = parse_schema({"fields": [{**A, **own, **values}]})
    found = check_batch(schema, pa.record_batch({"a": ["yes", "no"]}), 1)

    assert [1] == found.column("row").to_pylist()
