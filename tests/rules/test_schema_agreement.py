"""
The published JSON Schemas and the gate's shape layer accept and refuse the same documents.

What a JSON Schema can't say is left to the gate alone, and is listed here as data.
"""

import copy
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import extend

from helpers.committed import committed
from helpers.ways import holder, ways
from interpol_dataset.records.compose import ShapeFault
from interpol_dataset.records.document import KINDS, Document, Kind
from interpol_dataset.records.formatter import record_schemas
from interpol_dataset.records.parse import parse_record

ROOT: Final = Path(__file__).parents[2]
BY_NAME: Final = {kind.name: kind for kind in KINDS}
RELAXED: Final = settings(
    max_examples=90,
    deadline=None,
    derandomize=True,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
        HealthCheck.data_too_large,
    ],
)

#: What the gate refuses and a pattern can't: faults, and what a notation says of a text.
BEYOND_PATTERNS: Final = {
    "a day that the calendar does not have": r"^date_(from_datetime_)?parsing",
    "a day or month that EDTF does not have": r"^the day .* does not exist",
    "a period that ends before it begins": r"^the period .* ends before it begins",
    "a range of numbers that does not rise": r"^the range .* does not rise",
}

#: What models find in several fields together.
MEANING: Final = {
    ShapeFault.EMPTY_REPORT,
    ShapeFault.RELATION_TARGET,
    ShapeFault.SOURCE_DATE,
    ShapeFault.SOURCE_PLACE,
    ShapeFault.ONE_RESULT,
    ShapeFault.ONE_NUMBER,
}

ODD_VALUES: Final[list[Any]] = [
    *(None, True, False, 0, 1, -1, 2.5, 10**18 - 1, 2022, 999, 10000),
    *("", " ", "x", "X", "a-b", "a--b", "-a", "é", "a\nb", "a\n", " a", "a ", "\t", "\u00a0"),
    *("\u2003", "\x85", "\x1f", "\ufeff", "1", "~5", ">=5", "5..6", "6..5", "05", "1e3", "٣"),
    *("2022-02-30", "2022-02-28", "2022-02-28\n", "0000-01-01", "0000", "2022-21", "2022-06~"),
    *("../..", "2022/..", "/2022", "2023/2022", "202X", "USD", "usd", "kg", "official", "AUS"),
    *("OFFICIAL", "AUSX", "https://a", "http://", "https://a b", "ftp://a", "0" * 64, "A" * 64),
    *("x" * 81, "x" * 301, "x" * 1201, "😀" * 300, "a|b"),
    *([], [1], ["a"], ["AUS"], [None], {}, {"source": "a"}, {"value": 1}, [[]], [{}]),
]


_compiled: Final = cache(lambda pattern: re.compile(re.sub(r"\$$", r"\\Z", pattern)))


def _pattern(
    validator: Any,  # noqa: ARG001  # what jsonschema hands over
    pattern: str,
    instance: Any,
    schema: Any,  # noqa: ARG001
) -> Iterator[ValidationError]:
    """Match as ECMA-262 does, which JSON Schema refers to: ``$`` is the end and nothing else."""
    if isinstance(instance, str) and not _compiled(pattern).search(instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


_Validator: Any = extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]
_schemas: Final = cache(record_schemas)


@cache
def _validator(name: str) -> Any:
    return _Validator(_schemas()[name])


@cache
def _samples(name: str) -> list[Any]:
    """Return some of the project's own records of a kind, as data."""
    documents: dict[str, Any] = {}
    for entry in committed().entries:
        if entry.kind.name == name:
            documents.setdefault(entry.document.path, entry.document.data)
    return [_short(data) for data in list(documents.values())[:: max(1, len(documents) // 40)]]


def _short(data: Any) -> Any:
    """Keep the beginning of long lists, so that damage to an entry is likely."""
    if isinstance(data, dict):
        return {key: _short(value) for key, value in data.items()}
    return [_short(item) for item in data[:3]] if isinstance(data, list) else data


def _found(kind: Kind, data: Any) -> list[str]:
    """Return what is wrong with the shape: not what models find in several fields together."""
    document = Document("record.yaml", "", data)
    if not (kind.folder or isinstance(data, list)):
        return ["not a list of records"]
    paths = [()] if kind.folder else [(index,) for index in range(len(data))]
    made = [parse_record(kind.model, document, path) for path in paths]
    defects = [it for result in made for it in result.defects if it.fault not in MEANING]
    return [str(item.facts.get("what", item.fault)) for item in defects]


def _agree(name: str, data: Any) -> None:
    found = _found(BY_NAME[name], data)
    beyond = "|".join(BEYOND_PATTERNS.values())
    if found and all(re.search(beyond, item) for item in found):
        return

    error = next(_validator(name).iter_errors(data), None)
    assert (error is not None) == bool(found), (json.dumps(data), error, found)


@given(st.sampled_from([*BY_NAME]), st.data())
@RELAXED
def test_generated_documents_get_one_verdict(name: str, data: st.DataObject) -> None:
    """A document made from the schema is judged alike by both."""
    _agree(name, _as_read(data.draw(_documents(name))))


@given(st.sampled_from([name for name in BY_NAME if name != "retired_ids"]), st.data())
@settings(RELAXED, max_examples=200)
def test_damaged_records_get_one_verdict(name: str, data: st.DataObject) -> None:
    """A record with a value swapped, a key lost or one too many is judged alike by both."""
    record = copy.deepcopy(data.draw(st.sampled_from(_samples(name))))
    path = data.draw(st.sampled_from(ways(record)[1:]))
    place, last = holder(record, path), path[-1]

    match data.draw(st.sampled_from(["swap", "swap", "swap", "lose", "add", "letter"])):
        case "swap":
            place[last] = data.draw(st.sampled_from(ODD_VALUES))
        case "lose":
            del place[last]
        case "add" if isinstance(place, dict):
            key = data.draw(st.sampled_from(["note", "at", "id", "Id", "unit", "extra"]))
            place[key] = data.draw(st.sampled_from(ODD_VALUES))
        case "letter" if isinstance(place[last], str):
            text = place[last]
            at = data.draw(st.integers(0, len(text)))
            letter = data.draw(st.sampled_from(["", *" \n-Aé|0~\u2028"]))
            place[last] = text[:at] + letter + text[at + 1 :]
        case _:
            pass

    _agree(name, record)


def test_every_odd_value_is_judged_alike_in_every_field() -> None:
    """Whatever is in a field by mistake, both see it."""
    for name in BY_NAME:
        for record in _samples(name)[:1]:
            shapes = {
                tuple(0 if isinstance(step, int) else step for step in path): path
                for path in ways(record)
            }
            for first, path in filter(all, shapes.items()):
                for value in ODD_VALUES:
                    damaged = _thin(record, path)
                    holder(damaged, first)[first[-1]] = value
                    _agree(name, damaged)


def _thin(value: Any, path: tuple[Any, ...]) -> Any:
    """Return a record with one entry in each list: the one on a path, or else the first."""
    at, below = (path[0], path[1:]) if path else (0, ())
    if isinstance(value, dict):
        return {key: _thin(item, below if key == at else ()) for key, item in value.items()}
    return [_thin(value[at], below)] if isinstance(value, list) and value else value


def _as_read(value: Any) -> Any:
    """Return a value as the reader would: a whole number is one however it is written."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: _as_read(item) for key, item in value.items()}
    return [_as_read(item) for item in value] if isinstance(value, list) else value


@cache
def _documents(name: str) -> st.SearchStrategy[Any]:
    schema = _schemas()[name]
    return _from_schema(schema, schema.get("$defs", {}))


def _from_schema(schema: Any, defs: Any) -> st.SearchStrategy[Any]:
    """Make documents that a schema accepts, but for lengths and limits, which it may pass."""
    if "$ref" in schema:
        return _from_schema(defs[schema["$ref"].rpartition("/")[2]], defs)
    if "anyOf" in schema:
        return st.one_of([_from_schema(option, defs) for option in schema["anyOf"]])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])

    match schema["type"]:
        case "object":
            made = {key: _from_schema(field, defs) for key, field in schema["properties"].items()}
            required = {key: made.pop(key) for key in schema.get("required", ())}
            return st.fixed_dictionaries(required, optional=made)
        case "array":
            return st.lists(_from_schema(schema["items"], defs), max_size=2)
        case "string":
            return st.from_regex(schema["pattern"]) if "pattern" in schema else st.text()
        case "integer":
            return st.integers(schema.get("minimum", 0) - 2, schema.get("maximum", 50) + 2)
        case "number":
            return st.integers(-2, 10**18 + 1) | st.floats(-2, 1e15)
        case "boolean":
            return st.booleans()
        case _:
            return st.none()
