"""Tests of what the rules find in figures that are stated twice, or in parts."""

from pathlib import Path

import pytest

from helpers.base import findings
from helpers.each import each
from helpers.mini import add_figures, change, write
from interpol_dataset.findings import Finding

#: An arrest that the page has as an example.
PART = "{metric: arrests, place: KOR, part: true, value: 1, at: lead}"
NAMED = "{metric: arrests, place: KOR, part: true, part_name: harbour, value: 2, at: lead}"


def found(root: Path, *outcomes: str) -> list[Finding]:
    """Return what is wrong with a case that has some more figures."""
    add_figures(root, *outcomes)
    return findings(root)


def test_what_is_there_already_is_named_with_its_line(project: Path) -> None:
    """Nobody has to look for the first of two, which may be far above."""
    case = change(project, "cases/alpha-i.yaml", "[online-fraud]", "[online-fraud, online-fraud]")
    messages = [item.message for item in found(project, NAMED.replace("KOR", "PER"), NAMED)]
    listed = 1 + case.read_text("utf-8").partition("categories")[0].count("\n")
    assert f"'online-fraud' is listed here a second time, after line {listed}" in messages
    messages = [item.message for item in found(project, PART, PART)]
    stated = 1 + case.read_text("utf-8").splitlines().index(f"      - {PART}")
    assert any(f"is stated here a second time, after line {stated}" in text for text in messages)


def test_a_source_in_two_reports_is_to_be_put_into_one(project: Path) -> None:
    """Each may say something that the other doesn't: nobody is told to drop one of them."""
    case = project / "data" / "records" / "cases" / "alpha-i.yaml"
    source = next(line for line in case.read_text("utf-8").splitlines() if "- source:" in line)
    report = f"{source}\n    tools: [{{tool: notices, at: lead}}]\n"
    case.write_text(case.read_text("utf-8") + report, "utf-8")
    (hint,) = (str(item.hint) for item in findings(project) if item.rule == "MNG006")
    assert "put all that it says into one" in hint


def test_the_first_of_two_ids_is_named(project: Path) -> None:
    """Also where it is in another place of the list."""
    path = project / "data" / "records" / "objects.yaml"
    path.write_text(path.read_text("utf-8") + "- {id: cocaine, name: Paste}\n", "utf-8")
    (message,) = (item.message for item in findings(project) if item.rule == "PKG003")
    assert "'cocaine' is given twice among the objects, first at r/objects.yaml:1:8" in message


@pytest.mark.parametrize("end", ["\r", "\r\n"])
def test_line_ends_of_other_systems(project: Path, end: str) -> None:
    """What is found in a file is found at the same place, whatever its lines end with."""
    first = found(project, "{metric: arrests, place: KOR, value: 4.000, at: lead}")
    case = project / "data" / "records" / "cases" / "alpha-i.yaml"
    case.write_bytes(case.read_bytes().replace(b"\n", end.encode()))
    second = findings(project)
    assert "MNG030" in {item.rule for item in first}
    assert {(x.rule, x.place) for x in first} == {(x.rule, x.place) for x in second}


@each(
    "shares, together",
    [
        ({"KOR": 15, "PER": 12}, "'outcomes/arrests@KOR' (15) and 'outcomes/arrests@PER' (12)"),
        (dict.fromkeys(("ARG", "BOL", "CHL", "ECU", "KOR", "PER"), 5), "@KOR' (5) and 1 more"),
    ],
)
def test_shares_that_are_too_much(shares: dict[str, int], together: str, tmp_path: Path) -> None:
    """Some of the shares are named, and the total that they exceed together."""
    line = "{{metric: arrests, place: {}, value: {}, at: lead}}"
    (finding,) = found(write(tmp_path), *(line.format(*share) for share in shares.items()))
    assert finding.rule == "POL019"
    assert finding.message.endswith(f"{together} are together more than 'outcomes/arrests' (~20)")
    assert "part_name" in str(finding.hint)


@each(
    "outcomes, rules",
    [
        ([PART], []),
        ([PART, NAMED], []),
        ([NAMED, NAMED.replace("harbour", "airport")], []),
        ([NAMED, NAMED.replace("KOR", "PER")], ["MNG031", "MNG031"]),
        ([NAMED], ["MNG031"]),
        ([NAMED, PART.replace("part: true, value: 1", "value: 9")], ["MNG031"]),
        ([NAMED, NAMED], ["MNG006", "MNG031", "MNG031"]),
        ([PART, NAMED.replace("part: true, ", "")], ["MNG031"]),
    ],
)
def test_named_parts(tmp_path: Path, outcomes: list[str], rules: list[str]) -> None:
    """A part has a name where there is another one of the same figure, and a total has none."""
    assert sorted(item.rule for item in found(write(tmp_path), *outcomes)) == rules
