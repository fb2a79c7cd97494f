"""Tests of the command ``rules``; the tests of records test ``new`` and ``fmt``."""

import json

from helpers.command import run
from interpol_dataset.rules.gate import RULES


def test_rules_are_listed() -> None:
    """Every rule is a line with its code and name, and in JSON an object."""
    lines = run("rules").out.splitlines()[1:]
    listed = json.loads(run("rules", "--format", "json").out)
    assert [[code, rule.name] for code, rule in RULES.items()] == [
        line.split("\t")[:2] for line in lines
    ]
    assert list(RULES) == [item["code"] for item in listed]


def test_rules_of_a_layer_are_listed() -> None:
    """The beginning of a code stands for all that begin so, as for 'validate --select'."""
    codes = [code for code in RULES if code.startswith("SHP")]
    for word in ("shp", "SHP00"):
        listed = json.loads(run("rules", word, "--format", "json").out)
        assert [line.split("\t")[0] for line in run("rules", word).out.splitlines()[1:]] == codes
        assert [item["code"] for item in listed] == codes


def test_rule_is_shown() -> None:
    """A rule is shown by its code or its name, with its page."""
    for word in ("PKG004", "pkg004", "known-reference"):
        out = run("rules", word).out
        shown = json.loads(run("rules", word, "--format", "json").out)
        assert out.startswith("PKG004 known-reference\nlayer: package; severity: error\n")
        assert "## How to fix" in out
        assert set(shown) == {"code", "name", "layer", "severity", "page"}
        assert shown["page"] in out
