"""Tests of :mod:`interpol_dataset.records.parse`."""

import json
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import mini
from helpers import strategies as s
from helpers.ways import holder, ways
from interpol_dataset.records.compose import ShapeDefect, ShapeFault
from interpol_dataset.records.document import KINDS, Document, Kind, parse
from interpol_dataset.records.parse import parse_record, path_as_written

CASE = next(kind for kind in KINDS if kind.name == "case")


def document(data: object) -> Document:
    """Make a document of plain values."""
    read = parse(json.dumps(data, ensure_ascii=False).encode(), "f.yaml")
    return replace(read, data=data, defects=(), known=read.places)  # type: ignore[arg-type]


def defects(model: Any, data: object) -> tuple[ShapeDefect, ...]:  # any of the models
    """Return what is wrong with a record."""
    return parse_record(model, document(data)).defects


def example(kind: Kind) -> dict[str, Any]:
    """Return a record of a kind that is right."""
    text = next(
        text for name, text in sorted(mini.FILES.items()) if name.startswith(f"{kind.table}/")
    )
    data = parse(text.encode(), "f.yaml").data
    assert isinstance(data, dict)
    return data


@given(st.sampled_from(KINDS), s.json_values())
def test_anything_is_taken_or_reported(kind: Kind, data: object) -> None:
    """Whatever is in a file, it is a record or defects; nothing is raised."""
    assert all(found.fault and found.place for found in defects(kind.model, data))


@settings(max_examples=60)
@given(st.sampled_from([kind for kind in KINDS if kind.folder]), st.data())
def test_any_single_fault_is_reported(kind: Kind, data: st.DataObject) -> None:
    """Whatever one value of a right record is replaced with, the rest is still understood."""
    record = example(kind)
    assert defects(kind.model, record) == ()
    way = data.draw(st.sampled_from(ways(record)[1:]))
    holder(record, way)[way[-1]] = data.draw(s.json_values())
    assert all(found.fault and found.place for found in defects(kind.model, record))


def test_what_only_echoes_another_defect_is_left_out() -> None:
    """A misspelt field is not missing as well, nor is a number two that YAML tore at its commas."""
    data = example(CASE)
    data["sumary"] = data.pop("summary")
    assert [item.fault for item in defects(CASE.model, data)] == [ShapeFault.UNKNOWN_FIELD]

    text = mini.FILES["cases/alpha-i.yaml"]
    for written in ("nearly 300,000", "over 1,300,000"):
        torn = text.replace("value: ~20", f"value: {written}").encode()
        (found,) = parse_record(CASE.model, parse(torn, "f.yaml")).defects
        assert (found.fault, found.value) == (ShapeFault.NOT_A_QUANTITY, written)
        assert written in found.facts["what"]


def test_a_defect_points_at_the_key_or_value() -> None:
    """An unknown key is pointed at itself, a wrong value at the value."""
    kind = next(kind for kind in KINDS if kind.name == "metrics")
    text = b"id: a\nname: A\ndescription: A.\ndimension: cont\nunknown: 1\n"
    made = parse_record(kind.model, parse(text, "f.yaml"))
    assert {"f.yaml:4:12", "f.yaml:5:1"} == {str(found.place) for found in made.defects}


def test_the_rest_of_a_record() -> None:
    """Lost are fields of the record, items of lists and parts of reports; the rest is read."""
    outcomes = [{"metric": "a", "value": value, "at": "lead"} for value in (1, "odd", 3)]
    report = {"source": "a", "period": {"value": "odd", "at": "lead"}, "outcomes": outcomes}
    only_odd = {"source": "b", "outcomes": outcomes[1:2]}
    change = {"edition": "two", "odd": 1, "reports": [only_odd, report], "categories": ["Odd"]}
    rest = parse_record(CASE.model, document(example(CASE) | change)).rest

    assert rest is not None
    assert {
        ("edition",),
        ("odd",),
        ("categories",),
        ("reports", 0),
        ("reports", 0, "outcomes", 0),
        ("reports", 1, "period"),
        ("reports", 1, "outcomes", 1),
    } == rest.lost
    (read,) = rest.record.reports  # type: ignore[attr-defined]
    assert [str(outcome.value) for outcome in read.outcomes] == ["1", "3"]
    assert not hasattr(rest.record, "edition")
    assert path_as_written(("reports", 0, "outcomes", 1), rest.kept) == (
        "reports",
        1,
        "outcomes",
        2,
    )
