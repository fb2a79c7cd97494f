"""Tests of :mod:`interpol_dataset.rules.figures`, beside the fixtures of its rules."""

from pathlib import Path

from helpers.base import findings
from helpers.each import each
from helpers.mini import add_figures, write


@each(
    "shares, together",
    [
        ({"KOR": 15, "PER": 12}, "'outcomes/arrests@KOR' (15) and 'outcomes/arrests@PER' (12)"),
        (dict.fromkeys(("ARG", "BOL", "CHL", "ECU", "KOR", "PER"), 5), "@KOR' (5) and 1 more"),
    ],
)
def test_shares_that_are_too_much_together(
    tmp_path: Path, shares: dict[str, int], together: str
) -> None:
    """Some of the shares are named, and the total that they exceed together."""
    project = write(tmp_path)
    line = "{{metric: arrests, place: {}, value: {}, at: lead}}"
    add_figures(project, *(line.format(*share) for share in shares.items()))
    (found,) = findings(project)
    assert found.rule == "POL019"
    assert found.message.endswith(f"{together} are together more than 'outcomes/arrests' (~20)")
    assert "part_name" in str(found.hint)


PART = "{metric: arrests, place: KOR, part: true, value: 1, at: lead}"
NAMED = "{metric: arrests, place: KOR, part: true, part_name: harbour, value: 2, at: lead}"


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
    project = write(tmp_path)
    add_figures(project, *outcomes)
    assert sorted(item.rule for item in findings(project)) == rules
