"""Tests of :mod:`interpol_dataset.rules.gate`: every rule is known, and in one place only."""

import ast
import tomllib
from collections import Counter
from itertools import chain
from pathlib import Path

import pytest

import interpol_dataset
from interpol_dataset.errors import UnknownRecordError
from interpol_dataset.records.compose import ShapeFault, SyntaxFault
from interpol_dataset.rules.gate import RULES, find_rule, matching
from interpol_dataset.rules.rule import ContextRule, Layer, TableRule
from interpol_dataset.rules.tables import code_of, faults_of
from interpol_dataset.tablecheck import Fault

PACKAGE = Path(interpol_dataset.__file__).parent
OF_TABLES = [rule for rule in RULES.values() if isinstance(rule, TableRule)]
FAULTS = [(fault, rule.code) for rule in OF_TABLES for fault in rule.faults]


def test_a_code_is_written_once() -> None:
    """Whoever needs a rule's code asks the rule; no other string in the package repeats it."""
    trees = [ast.parse(path.read_text("utf-8"), path.name) for path in PACKAGE.rglob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    texts = [node.value for node in nodes if isinstance(node, ast.Constant)]
    for file in ("defects.toml", "tables.toml"):
        texts += tomllib.loads((PACKAGE / "rules" / file).read_text("utf-8"))
    assert sorted(RULES) == sorted(text for text in texts if text in RULES)


def test_every_fault_of_reading_has_one_rule() -> None:
    """Whatever keeps a file or a record from being read, one rule explains it."""
    explained = [rule.faults for rule in RULES.values() if isinstance(rule, ContextRule)]
    assert Counter([*SyntaxFault, *ShapeFault]) == Counter(chain(*explained))


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


def test_a_fault_breaks_one_rule() -> None:
    """Every fault of the table check is reported, and none under two codes."""
    assert Counter(Fault) == Counter(fault for fault, _ in FAULTS)
    assert [code for _, code in FAULTS] == [code_of(fault) for fault, _ in FAULTS]


def test_rules_select_their_faults() -> None:
    """Whoever asks for some rules of tables asks for their faults."""
    everything = {fault for fault, _ in FAULTS}
    assert everything == faults_of(RULES)
    assert {Fault.REQUIRED} == faults_of({"TBL005"})
    assert everything - {Fault.REQUIRED} == faults_of(RULES.keys() - {"TBL005"})
    assert frozenset() == faults_of({"PKG004"})
