"""Tests of :mod:`interpol_dataset.rules.shape`: what is said of a wrong shape."""

import json
from typing import Any

from helpers import mini
from helpers.each import each
from interpol_dataset.findings import Finding
from interpol_dataset.records.document import KINDS, parse
from interpol_dataset.records.folder import read_draft
from interpol_dataset.rules import gate
from interpol_dataset.rules.shape import truth

CASE = next(kind for kind in KINDS if kind.name == "case")


def _report(**said: Any) -> dict[str, Any]:
    return {"reports": [{"source": "a", **said}]}


def findings(change: dict[str, Any]) -> tuple[Finding, ...]:
    """Return what is said of the shape of a case with some fields changed."""
    data: Any = parse(mini.FILES["cases/alpha-i.yaml"].encode(), "f.yaml").data
    content = json.dumps(data | change, ensure_ascii=False).encode()
    record_set = read_draft(CASE, content, "f.yaml")
    return tuple(item for item in gate.findings(record_set) if item.rule.startswith("SHP"))


@each(
    "change, rule, message, hint",
    [
        ({"summary": None}, "SHP", "summary", None),
        ({"sumary": "x"}, "SHP002", "'sumary' is not known here", "did you mean 'summary'?"),
        ({"edition": 0}, "SHP007", "'edition' is less than 1", None),
        ({"edition:2": None}, "SHP002", "'edition:2' is not known here", "colon: edition: 2"),
        ({"\u00a0- a": 1}, "SHP002", "not known here", "a no-break space (U+00A0) in it"),
        ({"id": {"a": None}}, "SHP003", "'id' is not a text", None),
        ({"edition": "two"}, "SHP003", "'edition' is not a whole number", "write it like 3"),
        ({"edition": True}, "SHP003", "'edition' is not a whole number", "write it like 3"),
        ({"id": "Alpha"}, "SHP005", "'Alpha' does not have the form of 'id'", "write alpha"),
        ({"edition": "5"}, "SHP003", "not a whole number, but a text", "write 5 without quotes"),
        ({"edition": "03"}, "SHP003", "not a whole number, but a text", "write 3 without quotes"),
        (
            _report(interpol_role={"value": {"coordinated": None, "b": [True]}, "at": "b"}),
            *("SHP004", "'{coordinated, b: [true]}' is not in the vocabulary", None),
        ),
        (
            _report(period=2010),
            *("SHP003", "'period' is not a mapping", "write {value: ..., at: ...}"),
        ),
        (
            _report(outcomes=[{"metric": "a", "value": 1, "200": None, "at": "lead"}]),
            *("SHP008", "'1,200' is not a quantity", "write 1200"),
        ),
        (
            _report(countries={"complete": True, "list": ["UK"], "at": "lead"}),
            *("SHP005", "'UK' does not have the form of 'countries.list'", "did you mean 'GBR', U"),
        ),
        ({"categories": []}, "SHP006", "'categories' is empty", "at least one"),
        ({"categories": "fraud"}, "SHP003", "'categories' is not a list", "[online-fraud"),
        ({"summary": "x" * 1201}, "SHP006", "more than 1200 characters", "shorten"),
        (
            {"relations": [{"type": "folows", "case": "a"}]},
            *("SHP004", "'folows' is not in the vocabulary of 'type'", "did you mean 'follows'?"),
        ),
    ],
)
def test_messages(change: dict[str, object], rule: str, message: str, hint: str | None) -> None:
    """A finding says what is wrong, and how to fix it where that can be known."""
    (found,) = findings(change)
    assert found.rule.startswith(rule)
    assert message in found.message
    assert hint is None or hint in str(found.hint)


@each("written, hint", {"no": "false", "False": "false", "yes": "true", "maybe": "true or"}.items())
def test_a_truth_value_in_other_words(written: str, hint: str) -> None:
    """What is meant is told, and never the opposite."""
    assert truth(written).startswith(f"write {hint}")


def test_a_thousand_that_no_value_is_before() -> None:
    """A number without a value is no part of another field's text, but of some number."""
    torn = {"metric": "a", "200": None, "value": 1, "at": "lead"}
    (found,) = findings(_report(outcomes=[torn]))
    assert found.rule == "SHP002"
    assert "without separators of thousands" in str(found.hint)


def test_a_number_as_a_field_is_no_thousand_with_a_value() -> None:
    """Only a number that was torn apart at its comma leaves a field without a value."""
    (found,) = findings({"2022": "x"})
    assert found.rule == "SHP002"
    assert "thousands" not in str(found.hint)


def test_what_a_missing_field_takes_is_listed_where_it_is_little() -> None:
    """Nobody has to look up that a list is complete or not."""
    (missing,) = findings(_report(countries={"list": ["KOR"], "at": "lead"}))
    assert missing.hint == "add 'complete: true' or 'complete: false'"
