"""Tests of :mod:`interpol_dataset.rules.texts`."""

# ruff: noqa: RUF001  # letters that look alike are the topic

from pathlib import Path

import pytest

from helpers.base import findings
from helpers.mini import change
from interpol_dataset.findings import Finding
from interpol_dataset.records.folder import RECORDS
from interpol_dataset.rules.texts import plain_text
from interpol_dataset.validate.records import apply_fixes, check_project

#: What a slip can do to a text, and the text that was meant; ``None`` where nobody knows.
TEXTS = (
    ("Police\u200b work.", "Police work."),
    ("\u202ePolice work.", "Police work."),
    ("Police\u2028work.", "Police work."),
    ("Police work.\x07", "Police work."),
    ("Police\twork.", "Police work."),
    ("Pоlice work.", "Police work."),
    ("Cafe\u0301 work.", "Café work."),
    ("𝐏olice work.", "Police work."),
    ("Pоl\u200bice\u00ad work.", "Police work."),
    ("Police \ue000 work.", None),
    ("Police\u3000work.", "Police work."),
    ("Police\u2003work.", "Police work."),
    ("a" + "\u0315\u0316" * 200, None),
    ("1 оp 2", None),
)


def found(project: Path, summary: str) -> list[Finding]:
    """Write a summary, by YAML escapes, and return what the rule finds."""
    escaped = "".join(f"\\U{ord(letter):08x}" for letter in summary)
    old = "summary: The first edition, of which little is known."
    change(project, "cases/alpha-i.yaml", old, f'summary: "{escaped}"')
    return [item for item in findings(project) if item.rule == plain_text.code]


@pytest.mark.parametrize(("written", "meant"), TEXTS)
def test_what_looks_like_another(project: Path, written: str, meant: str | None) -> None:
    """There is one finding for a text, with a fix where it is certain what was meant."""
    (finding,) = found(project, written)
    assert finding.field == "summary"
    assert meant == (finding.fix.value if finding.fix else None)


@pytest.mark.parametrize(
    "text",
    [
        *("Police work.\nThey do.", "عملية ينفِّذها الإنتربول"),
        *("Операция Интерпола «Аквариум» с YouTube", "国际刑警组织 ＩＣＰＯ", "می\u200cخواهم"),
        *("Opération « Jackal » – 1\u00a0000 Verhaftungen, €5", "🤖 robot 👨\u200d👩\u200d👧"),
    ],
)
def test_every_script_passes(project: Path, text: str) -> None:
    """Legitimate texts in any script have no finding."""
    assert found(project, text) == []


def test_the_message_names_the_character(project: Path) -> None:
    """Who can't see a character reads its name, and how many other faults there are."""
    (finding,) = found(project, "Police\u200b\u202e work.")
    assert "U+200B ZERO WIDTH SPACE, which nobody sees, and 1 more" in finding.message
    assert finding.hint == "write 'Police work.'"


def test_fixes_are_applied(project: Path) -> None:
    """``validate --fix`` writes what was meant."""
    found(project, "Pоl\u200bice work.")
    checked = check_project(project, select=frozenset({plain_text.code}))
    assert len(apply_fixes(project, checked)) == 1
    written = (project / RECORDS / "cases/alpha-i.yaml").read_text("utf-8")
    assert "summary: Police work.\n" in written
