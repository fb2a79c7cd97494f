"""frictionless, an independent judge, finds the same; every difference is known and explained."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import frictionless
import pytest

from helpers.differences import DIFFERENCES
from interpol_dataset.tablecheck import validate_package

if TYPE_CHECKING:
    from pathlib import Path

Fault = tuple[str, int, str, str]


REQUIRED = {"required": True}

#: Per resource: a schema and the file.
RESOURCES: dict[str, tuple[dict[str, Any], str]] = {
    "parents": (
        {
            "fields": [
                {"name": "id", "type": "string", "constraints": REQUIRED},
                {"name": "number", "type": "integer", "constraints": {"unique": True}},
                {"name": "kind", "type": "string", "constraints": {"enum": ["a", "b"]}},
            ],
            "primaryKey": "id",
        },
        "id,number,kind\np1,1,a\np2,2,c\np3,x,b\np1,4,a\n,5,a\np6,2,b\np7,+1,a\n",
    ),
    "children": (
        {
            "fields": [
                {"name": "id", "type": "integer"},
                {"name": "parent", "type": "string"},
                {"name": "number", "type": "integer"},
                {"name": "sibling", "type": "integer"},
            ],
            "primaryKey": ["id", "parent"],
            "foreignKeys": [
                {"fields": "parent", "reference": {"resource": "parents", "fields": "id"}},
                {
                    "fields": ["parent", "number"],
                    "reference": {"resource": "parents", "fields": ["id", "number"]},
                },
                {"fields": "sibling", "reference": {"resource": "", "fields": "id"}},
            ],
        },
        "id,parent,number,sibling\n1,p1,1,\n2,p2,2,1\n3,p9,1,2\n4,p1,7,9\n1,p1,1,1\n+1,p1,1,\n5,,,\n6,p3,,1\n,p2,2,x\n",
    ),
    "types": (
        {
            "fields": [
                {"name": "integer", "type": "integer"},
                {"name": "number", "type": "number"},
                {"name": "boolean", "type": "boolean"},
                {"name": "date", "type": "date"},
                {"name": "time", "type": "time"},
                {"name": "datetime", "type": "datetime"},
                {"name": "year", "type": "year"},
                {"name": "yearmonth", "type": "yearmonth"},
                {"name": "uri", "type": "string", "format": "uri"},
                {"name": "email", "type": "string", "format": "email"},
                {"name": "uuid", "type": "string", "format": "uuid"},
                {"name": "object", "type": "object"},
                {"name": "array", "type": "array"},
                {"name": "any", "type": "any"},
            ]
        },
        "",
    ),
    "rules": (
        {
            "fields": [
                {"name": "req", "type": "string", "constraints": REQUIRED},
                {"name": "min", "type": "integer", "constraints": {"minimum": 1, "maximum": 5}},
                {
                    "name": "open",
                    "type": "number",
                    "constraints": {"exclusiveMinimum": 0, "exclusiveMaximum": 1},
                },
                {
                    "name": "day",
                    "type": "date",
                    "constraints": {"minimum": "2020-01-01", "maximum": "2020-12-31"},
                },
                {"name": "size", "type": "string", "constraints": {"minLength": 2, "maxLength": 3}},
                {"name": "pat", "type": "string", "constraints": {"pattern": "[a-z]+"}},
                {"name": "look", "type": "string", "constraints": {"pattern": "[a-wyz][a-z]*"}},
                {"name": "enum", "type": "integer", "constraints": {"enum": [1, 2]}},
                {"name": "items", "type": "array", "constraints": {"minLength": 1, "maxLength": 2}},
                {"name": "one", "type": "string", "constraints": {"unique": True}},
            ],
            "missingValues": ["", "-"],
        },
        (
            "req,min,open,day,size,pat,look,enum,items,one\n"
            'a,1,0.5,2020-06-01,ab,abc,abc,1,"[1]",u1\n'
            ",0,0,2019-12-31,a,ABC,xyz,3,[],u1\n"
            '-,6,1,2021-01-01,abcd,ab1,abc,01,"[1,2,3]",u2\n'
            "b,-,-,-,-,-,-,-,-,-\n"
            "c,99999999999999999999,NaN,2020-02-30,éé,é,é,x,x,-\n"
            "d,5,0.99999999999999999999,2020-12-31,abc,z,z,2,,u3\n"
        ),
    ),
    "shape": (
        {
            "fields": [
                {"name": "a", "type": "string", "constraints": REQUIRED},
                {"name": "b", "type": "integer"},
                {"name": "c", "type": "string"},
            ]
        },
        'a,b,c\nx,1,y\nx,1\n\nx,1,y,z,w\nx\nx,q,y\n,,\n"x\ny",2,z\n',
    ),
    "labels": (
        {
            "fields": [
                {"name": "a", "type": "string"},
                {"name": "b", "type": "string"},
                {"name": "c", "type": "string"},
                {"name": "d", "type": "string"},
            ]
        },
        "a,,a,x,y\n1,2,3,4,5\n1,2,3,4,5\n",
    ),
    "fewer": (
        {
            "fields": [
                {"name": "a", "type": "string"},
                {"name": "b", "type": "integer"},
                {"name": "c", "type": "integer"},
            ],
            "fieldsMatch": "subset",
        },
        "b,extra,a\n1,,x\nz,,x\n",
    ),
    "superset": (
        {
            "fields": [
                {"name": "a", "type": "string", "constraints": REQUIRED},
                {"name": "b", "type": "integer"},
            ],
            "fieldsMatch": "superset",
        },
        "b,c\n1,2\nz,2\n",
    ),
}

#: Per column of the resource "types": texts that the standard takes, and texts that it refuses.
TEXTS: dict[str, str] = {
    "integer": "1|-1|+1|007|0x1F|1.0|1e3|1_000| 1|٣|9223372036854775808|--1",
    "number": "1|+1.5|.5|1.|1e5|1E-5|1e999|inf|INF|-INF|NaN|nan|Infinity|1_000| 1.5|٣|0x1|.|1,5",
    "boolean": "true|True|1|FALSE|0|yes|tRUE|t",
    "date": "2020-02-29|2021-02-29|2020-1-5|0000-01-01|2020-01-05T00:00:00|20200105|2020-13-01",
    "time": "10:20:30|10:20:30Z|10:20:30.5|24:00:00|25:00:00|10:20|1:00:00",
    "datetime": "2020-01-05T10:20:30|2020-01-05T10:20:30Z|2020-01-05T10:20:30+02:00"
    "|2020-01-05 10:20:30|2020-01-05|2020-02-30T10:20:30|2020-01-05T10:20",
    "year": "2020|0001|20|12020|-0044| 202|+202",
    "yearmonth": "2020-02|2020-13|2020-2|2020|202-02",
    "uri": "https://example.org/a?b=c#d|urn:isbn:1|mailto:a@b.org|example.org/a|http://a b|//x",
    "email": "a@example.org|a.b+c@example.co.uk|a@b|a|@example.org|a b@example.org",
    "uuid": "123e4567-e89b-12d3-a456-426614174000|123E4567-E89B-12D3-A456-426614174000|123e4567"
    "|123e4567e89b12d3a456426614174000|{123e4567-e89b-12d3-a456-426614174000}",
    "object": '{"a": 1}|{}|[1]|1|x|{"a": NaN}',
    "array": '[1]|[]|{"a": 1}|1|x',
    "any": "x|1|{",
}


def _types_table() -> str:
    columns = {name: texts.split("|") for name, texts in TEXTS.items()}
    height = max(map(len, columns.values()))
    lines = [",".join(columns)]
    for row in range(height):
        cells = [texts[row] if row < len(texts) else "" for texts in columns.values()]
        lines.append(",".join('"' + cell.replace('"', '""') + '"' for cell in cells))

    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a package with every kind of fault."""
    folder = tmp_path_factory.mktemp("package")
    resources = []
    for name, (schema, content) in RESOURCES.items():
        (folder / f"{name}.csv").write_text(content or _types_table(), encoding="utf-8")
        resources.append(
            {
                "name": name,
                "path": f"{name}.csv",
                "type": "table",
                "format": "csv",
                "encoding": "utf-8",
                "schema": schema,
                # frictionless would take the row nearest to the usual width for the header
                "dialect": {"header": True},
            }
        )
    descriptor = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "resources": resources,
    }
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")

    return folder / "datapackage.json"


def _ours(package: Path) -> set[Fault]:
    return {
        (report.resource, row["row"], row["field"], row["fault"])
        for report in validate_package(package)
        for row in report.findings.to_pylist()
    }


def _theirs(package: Path) -> set[Fault]:
    report = frictionless.validate(str(package), limit_errors=1_000_000)
    assert not report.errors
    return {_fault(task.name, error) for task in report.tasks for error in task.errors}


def _fault(resource: str, error: Any) -> Fault:
    row = getattr(error, "row_number", None)
    schema = RESOURCES[resource][0]
    field = getattr(error, "field_name", "")
    rule = error.type.removesuffix("-error")
    if rule == "constraint":
        name = re.match('constraint "(.*?)"', error.note)
        assert name is not None
        rule = re.sub("[A-Z]", lambda letter: f"-{letter[0].lower()}", name[1])
    elif rule == "primary-key":
        key = schema["primaryKey"]
        field = key if isinstance(key, str) else ", ".join(key)
    elif rule == "foreign-key":
        field = ", ".join(error.field_names)

    return resource, 0 if row is None else row - 1, field, rule


def test_same_verdict(package: Path) -> None:
    """What the two find differs in the known differences alone."""
    ours, theirs = _ours(package), _theirs(package)

    known_ours = set().union(*(difference.ours for difference in DIFFERENCES))
    known_theirs = set().union(*(difference.theirs for difference in DIFFERENCES))
    assert ours - theirs == known_ours
    assert theirs - ours == known_theirs
    assert len(ours & theirs) > 90
