"""Tests of what the published JSON Schemas say to an editor."""

import json
import re
from pathlib import Path
from typing import Any, Final

import pytest
from jsonschema import Draft202012Validator

from helpers.committed import committed
from helpers.each import each
from interpol_dataset.records.document import KINDS
from interpol_dataset.records.formatter import record_schemas
from interpol_dataset.schema.fields import SLUG
from interpol_dataset.values import edtf, quantity

ROOT: Final = Path(__file__).parents[2]
COMMITTED: Final[dict[str, Any]] = {
    kind.name: json.loads((ROOT / f"schema/records/{kind.name}.schema.json").read_text("utf-8"))
    for kind in KINDS
}


@pytest.fixture(scope="module")
def schemas() -> dict[str, dict[str, Any]]:
    """Return the schemas that list the ids of the project's records."""
    return record_schemas(committed().records)


def test_vocabularies_are_listed_with_what_they_mean(schemas: dict[str, dict[str, Any]]) -> None:
    """An editor completes every id, code and term, and shows its name and meaning beside it."""
    definitions = schemas["case"]["$defs"]
    for table in ("categories", "metrics", "objects", "organizations"):
        ids = {entry.id for entry in committed().entries if entry.kind.table == table}
        assert {*definitions[table]["enum"]} == ids
    for kind, name in (
        *(("case", "countries"), ("source", "languages"), ("organizations", "countries")),
    ):
        listed = schemas[kind]["$defs"][name]
        shown = dict(zip(listed["enum"], listed["enumDescriptions"], strict=True))
        assert {"KOR": "Korea, Republic of", "ko": "Korean"}.items() & shown.items()

    closed = {
        name: described
        for schema in schemas.values()
        for name, described in schema["$defs"].items()
        if "enum" in described
    }
    assert {"InterpolRole", "OrganizationRole", "SourceKind", "RelationType"} <= {*closed}
    for described in closed.values():
        assert len(described["enum"]) == len(described["enumDescriptions"])
        assert all(described["enumDescriptions"])


@each("pattern", [SLUG, edtf.PATTERN, quantity.PATTERN, r"^[A-Z]{3}$"])
def test_patterns_are_explained_in_words(pattern: str) -> None:
    """Nobody has to read a regular expression to know what is asked for."""
    text = json.dumps(record_schemas())
    written = json.dumps(pattern)
    assert written in text
    assert re.search(rf'"pattern": {re.escape(written)}[^}}]*"patternErrorMessage"', text), pattern


def test_an_unknown_id_is_refused(schemas: dict[str, dict[str, Any]]) -> None:
    """What the gate says of an id, an editor says while it is typed."""
    outcome = schemas["case"]["$defs"]["ReportedOutcome"]
    validator = Draft202012Validator(outcome | {"$defs": schemas["case"]["$defs"]})
    good = {"metric": "arrests", "value": 1, "at": "lead"}
    assert validator.is_valid(good)
    assert not validator.is_valid(good | {"metric": "arrest"})
    assert not validator.is_valid(good | {"place": "GER"})
    assert not validator.is_valid(good | {"attributed_to": "interpoll"})


@each("kind", KINDS)
def test_the_committed_records_fit(kind: Any) -> None:
    """What is committed passes in every editor."""
    validator = Draft202012Validator(COMMITTED[kind.name])
    documents = [
        document
        for document in committed().documents
        if f"/{kind.table}/" in document.path or document.path.endswith(f"/{kind.table}.yaml")
    ]
    few = documents if len(documents) < 50 else documents[::20]

    assert few
    assert [item.path for item in few if not validator.is_valid(item.data)] == []
