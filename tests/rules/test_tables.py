"""Tests of :mod:`interpol_dataset.rules.tables`: which rule a fault of a table breaks."""

from collections import Counter

from interpol_dataset.rules.gate import RULES
from interpol_dataset.rules.rule import TableRule
from interpol_dataset.rules.tables import code_of, faults_of
from interpol_dataset.tablecheck import Fault

FAULTS = [
    (fault, rule.code)
    for rule in RULES.values()
    if isinstance(rule, TableRule)
    for fault in rule.faults
]


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
