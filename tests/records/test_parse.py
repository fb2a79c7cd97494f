"""Tests of :mod:`interpol_dataset.records.parse`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import mini
from helpers import strategies as s
from interpol_dataset.records.folder import KINDS, Kind
from interpol_dataset.records.parse import shape
from interpol_dataset.records.yaml import Document, parse

if TYPE_CHECKING:
    from interpol_dataset.findings import Finding

ONE_FILE_EACH = [kind for kind in KINDS if kind.folder]


def document(data: object) -> Document:
    """Make a document of plain values."""
    read = parse(json.dumps(data, ensure_ascii=False).encode(), "f.yaml")

    return Document("f.yaml", read.text, data, (), read.value_marks, read.key_marks)  # type: ignore[arg-type]


def faults(model: Any, data: object) -> tuple[Finding, ...]:  # any of the models
    """Return what is wrong with a record."""
    made = shape(model, document(data))

    return made if isinstance(made, tuple) else ()


def example(kind: Kind) -> dict[str, Any]:
    """Return a record of a kind that is right."""
    text = next(
        text for name, text in sorted(mini.FILES.items()) if name.startswith(f"{kind.table}/")
    )
    data = parse(text.encode(), "f.yaml").data
    assert isinstance(data, dict)

    return data


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@given(data=s.json_values())
def test_anything_is_taken_or_reported(kind: Kind, data: object) -> None:
    """Whatever stands in a file, it is a record or a finding; nothing is raised."""
    assert all(found.message and found.rule for found in faults(kind.model, data))


@pytest.mark.parametrize("kind", ONE_FILE_EACH, ids=lambda kind: kind.name)
@given(st.data())
def test_any_single_fault_is_reported(kind: Kind, data: st.DataObject) -> None:
    """Whatever one value of a right record is replaced with, the rest is still understood."""
    record = example(kind)
    assert () == faults(kind.model, record)
    path = data.draw(st.sampled_from(_paths(record)))
    place: Any = record
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = data.draw(s.json_values())

    assert all(found.message and found.rule for found in faults(kind.model, record))


def _paths(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the ways to all values in plain data."""
    items: Any = ()
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    below = [way for key, inner in items for way in _paths(inner, (*path, key))]

    return [path, *below] if path else below


@pytest.mark.parametrize(
    ("change", "rule", "message", "hint"),
    [
        ({"summary": None}, "SHP", "summary", None),
        ({"sumary": "x"}, "SHP002", "'sumary' is not known here", "did you mean 'summary'?"),
        ({"edition": 0}, "SHP007", "'edition' is less than 1", None),
        ({"edition": "two"}, "SHP003", "'edition' is not a whole number", "write it like 3"),
        ({"edition": True}, "SHP003", "'edition' is not a whole number", "write it like 3"),
        ({"id": "Alpha"}, "SHP005", "'Alpha' does not have the form of 'id'", "write alpha"),
        ({"edition": "5"}, "SHP003", "not a whole number, but a text", "write 5 without quotes"),
        ({"edition": "03"}, "SHP003", "not a whole number, but a text", "write 3 without quotes"),
        (
            {"reports": [{"source": "a", "period": 2010}]},
            "SHP003",
            "'period' is not a mapping",
            "write {value: ..., at: ...}",
        ),
        (
            {
                "reports": [
                    {
                        "source": "a",
                        "outcomes": [{"metric": "a", "value": 1, "200": None, "at": "lead"}],
                    }
                ]
            },
            "SHP002",
            "'200' is not known here",
            "without separators of thousands",
        ),
        (
            {
                "reports": [
                    {"source": "a", "countries": {"complete": True, "list": ["UK"], "at": "lead"}}
                ]
            },
            "SHP005",
            "'UK' does not have the form",
            "did you mean 'GBR', United Kingdom",
        ),
        ({"categories": []}, "SHP006", "'categories' is empty", "at least one"),
        ({"categories": "fraud"}, "SHP003", "'categories' is not a list", "[online-fraud"),
        ({"summary": "x" * 1201}, "SHP006", "more than 1200 characters", "shorten"),
        (
            {"relations": [{"type": "folows", "case": "a"}]},
            "SHP004",
            "'folows' is not in the vocabulary of 'type'",
            "did you mean 'follows'?",
        ),
    ],
)
def test_findings(change: dict[str, object], rule: str, message: str, hint: str | None) -> None:
    """A finding says what is wrong, and how to fix it where that can be known."""
    kind = next(kind for kind in KINDS if kind.name == "case")
    (found,) = faults(kind.model, example(kind) | change)

    assert found.rule.startswith(rule)
    assert message in found.message
    assert hint is None or hint in str(found.hint)


def test_finding_points_at_the_key_or_value() -> None:
    """An unknown key is pointed at itself, a wrong value at the value."""
    kind = next(kind for kind in KINDS if kind.name == "metrics")
    text = b"id: a\nname: A\ndescription: A.\ndimension: cont\nunknown: 1\n"
    made = shape(kind.model, parse(text, "f.yaml"))

    assert isinstance(made, tuple)
    assert {"f.yaml:4:12", "f.yaml:5:1"} == {str(found.place) for found in made}


def test_a_number_as_a_field_is_no_thousand_with_a_value() -> None:
    """Only a number that was torn apart at its comma leaves a field without a value."""
    kind = next(kind for kind in KINDS if kind.name == "case")
    (found,) = faults(kind.model, example(kind) | {"2022": "x"})

    assert ("SHP002", None) == (found.rule, found.hint)
