"""Tests of :mod:`interpol_dataset.rules.gate`: every rule is known, and in one place only."""

import ast
import tomllib
from collections import Counter
from pathlib import Path

import pytest

import interpol_dataset
from interpol_dataset.errors import UnknownRecordError
from interpol_dataset.records.compose import ShapeFault, SyntaxFault
from interpol_dataset.rules.gate import RULES, find_rule, matching
from interpol_dataset.rules.rule import ContextRule, Layer

PACKAGE = Path(interpol_dataset.__file__).parent


def test_a_code_is_written_once() -> None:
    """Whoever needs a rule's code asks the rule; no other string in the package repeats it."""
    nodes = [
        node
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8"), path.name))
    ]
    texts = [node.value for node in nodes if isinstance(node, ast.Constant)]
    for file in ("defects.toml", "tables.toml"):
        texts += tomllib.loads((PACKAGE / "rules" / file).read_text("utf-8"))
    assert sorted(RULES) == sorted(text for text in texts if text in RULES)


def test_every_fault_of_reading_has_one_rule() -> None:
    """Whatever keeps a file or a record from being read, one rule explains it."""
    explained = Counter(
        fault for rule in RULES.values() if isinstance(rule, ContextRule) for fault in rule.faults
    )
    assert Counter([*SyntaxFault, *ShapeFault]) == explained


def test_rules_are_in_the_order_of_their_layers() -> None:
    """The layers follow each other, and within one the codes count up."""
    layers = [*Layer]
    assert sorted(RULES, key=lambda code: (layers.index(RULES[code].layer), code)) == [*RULES]
    assert {*Layer} == {rule.layer for rule in RULES.values()}


def test_rules_are_found() -> None:
    """By code or name; a typo is answered with the nearest one; a beginning selects all with it."""
    assert {find_rule(word).code for word in ("PKG004", "pkg004", "known-reference")} == {"PKG004"}
    with pytest.raises(UnknownRecordError, match="did you mean 'known-reference'"):
        find_rule("knwon-reference")
    syntax = {code for code in RULES if code.startswith("SYN")}
    assert matching(("syn", "known-reference")) == syntax | {"PKG004"}
    with pytest.raises(UnknownRecordError):
        matching(("XYZ",))
