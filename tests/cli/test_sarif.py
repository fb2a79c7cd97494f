"""
Tests of :mod:`interpol_dataset.cli.reports` by the rules of the SARIF validator.

The validator of the SARIF SDK needs .NET, which not every machine has. These are its rules, by
their numbers, as far as they concern a log like ours; GH are those of GitHub's code scanning.
"""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import pytest

from helpers import mini
from helpers.command import run
from interpol_dataset.cli.reports import FORMATS
from interpol_dataset.findings import Finding, Place, Span
from interpol_dataset.rules.gate import RULES
from interpol_dataset.rules.rule import Checked

Run = dict[str, Any]

#: The name of the project's root, as GitHub's own tools write it.
ROOT: Final = "%SRCROOT%"


def physical(run_: Run) -> Iterator[dict[str, Any]]:
    """Yield every place of every result."""
    for result in run_["results"]:
        for location in result["locations"]:
            yield location["physicalLocation"]


def artifacts(run_: Run) -> Iterator[dict[str, str]]:
    """Yield every file that is named, in places and in fixes."""
    for place in physical(run_):
        yield place["artifactLocation"]
    for result in run_["results"]:
        for fix in result.get("fixes", ()):
            for change in fix["artifactChanges"]:
                yield change["artifactLocation"]


def regions(run_: Run) -> Iterator[dict[str, int]]:
    """Yield every stretch of text, in places and in fixes."""
    yield from (place["region"] for place in physical(run_))
    for result in run_["results"]:
        for fix in result.get("fixes", ()):
            for change in fix["artifactChanges"]:
                yield from (item["deletedRegion"] for item in change["replacements"])


def rules_of(run_: Run) -> list[dict[str, Any]]:
    """Return the rules that a run describes."""
    rules: list[dict[str, Any]] = run_["tool"]["driver"]["rules"]
    return rules


def is_uri(text: str) -> bool:
    """Return whether a text has only what RFC 3986 allows in an address."""
    return re.fullmatch(r"(?:[A-Za-z0-9._~:/?#@!$&'()*+,;=\[\]-]|%[0-9A-F]{2})+", text) is not None


def is_consistent(region: dict[str, int]) -> bool:
    """Return whether a stretch begins at or after the first character, and ends behind that."""
    start = region["startLine"], region.get("startColumn", 1)
    end = region.get("endLine", start[0]), region.get("endColumn", start[1])
    return start >= (1, 1) and end >= start


def is_rooted(artifact: dict[str, str]) -> bool:
    """Return whether a file is named from the project's root, or in full."""
    uri = artifact["uri"]
    if urlsplit(uri).scheme:
        return "uriBaseId" not in artifact and uri.startswith("file:///")
    return artifact["uriBaseId"] == ROOT and not uri.startswith("/") and ".." not in uri.split("/")


#: The rules of the validator, by number and name: whether a run meets each.
VALIDATOR: Final[dict[str, Callable[[Run], bool]]] = {
    "SARIF1001 RuleIdentifiersMustBeValid": lambda run_: all(
        re.fullmatch("[A-Z]{3}[0-9]{3}", rule["id"]) and rule["name"] != rule["id"]
        for rule in rules_of(run_)
    ),
    "SARIF1002 UrisMustBeValid": lambda run_: all(is_uri(item["uri"]) for item in artifacts(run_)),
    "SARIF1004 ExpressUriBaseIdsCorrectly": lambda run_: (
        all(is_rooted(item) for item in artifacts(run_))
        and {ROOT} == run_["originalUriBaseIds"].keys()
        and "uri" not in run_["originalUriBaseIds"][ROOT]
    ),
    "SARIF1007 RegionPropertiesMustBeConsistent": lambda run_: all(
        is_consistent(region) for region in regions(run_)
    ),
    "SARIF1009 IndexPropertiesMustBeConsistentWithArrays": lambda run_: all(
        0 <= result["ruleIndex"] < len(rules_of(run_)) for result in run_["results"]
    ),
    "SARIF1010 RuleIdMustBeConsistent": lambda run_: all(
        result["ruleId"] == rules_of(run_)[result["ruleIndex"]]["id"] for result in run_["results"]
    ),
    "SARIF1011 ReferenceFinalSchema": lambda run_: "sarif-2.1.0" in run_["$schema"],
    "SARIF1012 MessageArgumentsMustBeConsistentWithRule": lambda run_: all(
        result["message"].keys() == {"text"} and result["message"]["text"]
        for result in run_["results"]
    ),
    "SARIF2005 ProvideToolProperties": lambda run_: bool(run_["tool"]["driver"]["version"]),
    "SARIF2009 ConsiderConventionalIdentifierValues": lambda run_: (
        len({rule["id"] for rule in rules_of(run_)}) == len(rules_of(run_))
    ),
    "SARIF2012 ProvideRuleProperties": lambda run_: all(
        rule["name"]
        and rule["shortDescription"]["text"].endswith(".")
        and rule["fullDescription"]["text"].endswith(".")
        and rule["help"]["text"]
        and "## Why" in rule["help"]["markdown"]
        and rule["defaultConfiguration"]["level"] in {"error", "warning"}
        for rule in rules_of(run_)
    ),
    "SARIF2016 FileUrisShouldBeRelative": lambda run_: all(
        "uriBaseId" in item for item in artifacts(run_)
    ),
    "GH1001 ProvideRequiredLocationProperties": lambda run_: all(
        len(result["locations"]) == 1 for result in run_["results"]
    ),
    "GH1003 ProvideRequiredRegionProperties": lambda run_: all(
        "startLine" in place["region"] for place in physical(run_)
    ),
}


def breaches(log: dict[str, Any], *allowed: str) -> list[str]:
    """Return the rules of the validator that a log breaks."""
    (run_,) = log["runs"]
    return [
        name
        for name, is_met in VALIDATOR.items()
        if name.partition(" ")[0] not in allowed and not is_met(run_ | {"$schema": log["$schema"]})
    ]


def test_every_rule_is_described() -> None:
    """A finding of any rule meets the validator, also without a line, or in an odd file."""
    odd = Place("data/records/cases/a b%ü.yaml", Span(2, 3, 2, 9))
    places = (odd, Place("data/records"), Place("t.csv"))
    found = [Finding(code, place, "wrong", "do so") for code in RULES for place in places]
    log = json.loads(FORMATS["sarif"](Checked(tuple(found), RULES)))

    assert breaches(log) == []
    assert [*sorted(RULES)] == [rule["id"] for rule in rules_of(log["runs"][0])]


@pytest.mark.parametrize("rooted", [True, False], ids=["inside", "elsewhere"])
def test_a_project_is_named_from_where_the_command_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, rooted: bool
) -> None:
    """Files below the current folder are relative, however the root is given; others are not."""
    root = mini.write(tmp_path / "project")
    path = mini.change(root, "cases/alpha-ii.yaml", "unit: kg", "unit: KG")
    monkeypatch.chdir(tmp_path if rooted else root / "data" / "records" / "sources")
    log = json.loads(run("validate", "--format", "sarif", "--root", root).out)
    uris = {unquote(item["uri"]) for item in artifacts(log["runs"][0])}
    expected = path.relative_to(tmp_path).as_posix() if rooted else path.as_uri()

    assert {expected} == uris
    assert log["runs"][0]["results"][0]["fixes"]
    assert breaches(log, *(() if rooted else ("SARIF2016",))) == []


def test_a_way_up_is_no_way_from_the_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path that leads out of the current folder is given in full."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    found = Finding("TBL001", Place("../t.csv"), "wrong")
    log = json.loads(FORMATS["sarif"](Checked((found,), RULES)))
    assert [(tmp_path / "t.csv").as_uri()] == [item["uri"] for item in artifacts(log["runs"][0])]


def test_nothing_found_is_valid() -> None:
    """A log without results has no rules, and meets the validator."""
    log = json.loads(FORMATS["sarif"](Checked((), RULES)))
    assert breaches(log) == []
    assert (log["runs"][0]["results"], rules_of(log["runs"][0])) == ([], [])
