"""Exceptions in records: they need a reason, a rule that allows them, and something to except."""

import shutil
from pathlib import Path
from typing import Final

from helpers.base import BASE, findings
from helpers.each import each
from helpers.edit import edit
from interpol_dataset.rules.gate import RULES

NAMING: Final = "summary: The hackers Fancy Bearer were sought."
ALPHA, BETA = "cases/alpha.yaml", "cases/beta.yaml"


def _project(folder: Path) -> Path:
    """Write a small project whose case ``beta`` seems to name a person."""
    target = shutil.copytree(BASE, folder / "records")
    before = "summary: Europol led raids on call centres, with support from INTERPOL."
    edit(target / BETA, (before, NAMING))
    return target


def _found(folder: Path, **options: frozenset[str]) -> list[tuple[str, str]]:
    found = findings(folder, **options)
    return [(item.rule, str(item.place).removeprefix("r/")) for item in found]


#: What is found in the record that the tests except.
ALONE: Final = [("POL006", "cases/beta.yaml:7:10")]
GROUP: Final = "The hackers Fancy Bearer were sought."
REASON: Final = "# allow POL006: the name of a group"
#: In place of the summary: what keeps its finding, what ends it, and what is reported as well.
SUMMARIES: Final = {
    NAMING: ALONE,
    f"{REASON}\n{NAMING}": [],
    # Without a reason, or with a slip in the code, nothing is excepted.
    **{
        f"{comment}\n{NAMING}": [("POL012", f"{BETA}:7:1"), ("POL006", f"{BETA}:8:10")]
        for comment in (
            *("# allow POL006", "# allow POL006:", "# allow POL006: short"),
            *(f"# allow {code}: the name of a group" for code in ("POL666", "pol006", "POL-6")),
        )
    },
    # What is in a block of text is text; the first line that is no longer indented ends it.
    **{f"summary: {style}\n  {GROUP}\n  {REASON}": ALONE for style in ("|", ">-", "|2")},
    f"summary: >-\n  {GROUP}\n{REASON}": [],
}


@each("summary, expected", SUMMARIES.items())
def test_exceptions(tmp_path: Path, summary: str, expected: list[tuple[str, str]]) -> None:
    """An exception needs a rule, a reason, and a comment to be in."""
    folder = _project(tmp_path)
    edit(folder / BETA, (NAMING, summary))
    assert _found(folder) == expected


@each("code", ["POL006", *(code for code, rule in RULES.items() if not rule.excusable)])
def test_an_exception_that_is_not_needed_is_reported(code: str, tmp_path: Path) -> None:
    """It would hide the next fault; from what tables rest on there is none."""
    folder = _project(tmp_path)
    edit(folder / ALPHA, ("edition: 2", f"# allow {code}: the name of a group\nedition: 2"))
    assert ("POL012", "cases/alpha.yaml:6:1") in _found(folder)


def test_a_wrong_shape_can_not_be_excepted(tmp_path: Path) -> None:
    """The finding stays; a comment that only begins alike is no exception."""
    folder = _project(tmp_path)
    edit(folder / ALPHA, ("edition: 2", "# allow for the second edition\nedition: 2"))
    assert _found(folder) == ALONE
    edit(folder / ALPHA, ("edition: 2", "# allow SHP003: we like it this way\nedition: two"))
    assert {"SHP003", "POL012"} <= {rule for rule, _ in _found(folder)}


def test_exceptions_do_not_depend_on_what_is_selected(tmp_path: Path) -> None:
    """Leaving a rule out does not make its exceptions superfluous."""
    folder = _project(tmp_path)
    edit(folder / BETA, (NAMING, f"{REASON}\n{NAMING}"))
    assert _found(folder, ignore=frozenset({"POL006"})) == []
    assert _found(folder, select=frozenset({"POL012"})) == []
