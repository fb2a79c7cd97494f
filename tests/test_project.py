"""Tests of the project's own files: links, hooks, the action, the reference."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click
import pytest
import yaml

from interpol_dataset.cli import cli

if TYPE_CHECKING:
    from pathlib import Path

OPTIONS = {
    name: {option for parameter in command.params for option in parameter.opts}
    for name in cli.list_commands(click.Context(cli))
    if (command := cli.get_command(click.Context(cli), name))
}


def pages(root: Path) -> list[Path]:
    """Give all pages of the project."""
    return [*root.glob("*.md"), *sorted((root / "docs").rglob("*.md"))]


def anchors(page: Path) -> set[str]:
    """Give the anchors of a page's headings, as they are made from their texts."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)

    return {re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-") for text in headings}


def test_links_lead_somewhere(root: Path) -> None:
    """Every link within the project leads to a file, and to a heading in it."""
    for page in pages(root):
        for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
            target, _, anchor = link.partition("#")
            if "://" in target:
                continue
            place = (page.parent / target).resolve() if target else page

            assert place.exists(), f"{page.name}: {link}"
            assert not anchor or anchor in anchors(place), f"{page.name}: {link}"


def test_hooks_name_commands_that_exist(root: Path) -> None:
    """The hooks for others have what pre-commit needs, and run commands of this package."""
    for hook in yaml.safe_load((root / ".pre-commit-hooks.yaml").read_text("utf-8")):
        program, command, *options = hook["entry"].split()

        assert {"id", "name", "language", "files"} <= set(hook)
        assert "interpol-dataset" == program
        assert set(options) <= OPTIONS[command]
        assert re.search(hook["files"], "data/records/cases/haechi-iii.yaml")


def test_action_passes_options_that_exist(root: Path) -> None:
    """The action is a composite one, and all that it passes is an option of 'validate'."""
    text = (root / "action.yml").read_text("utf-8")
    action = yaml.safe_load(text)
    passed = set(re.findall(r"(--(?:root|select|ignore|format))\b", text))

    assert "composite" == action["runs"]["using"]
    assert {"--root", "--select", "--ignore", "--format"} == passed
    assert passed <= OPTIONS["validate"]
    assert all(step.get("uses") or step.get("shell") for step in action["runs"]["steps"])


def test_workflow_uses_the_action(root: Path) -> None:
    """The project's own records pass through the action that others use."""
    workflow = yaml.safe_load((root / ".github" / "workflows" / "ci.yml").read_text("utf-8"))

    assert "./" in [step.get("uses") for step in workflow["jobs"]["records"]["steps"]]


@pytest.mark.parametrize("command", OPTIONS)
def test_reference_has_every_command(root: Path, command: str) -> None:
    """Every command and option has its place in the reference."""
    text = (root / "docs" / "command-line.md").read_text("utf-8")
    section = text.partition(f"\n## {command}\n")[2].partition("\n## ")[0]

    assert all(option in section for option in OPTIONS[command] if option.startswith("--"))


def test_targets_in_the_readme_exist(root: Path) -> None:
    """What the README says to make can be made."""
    targets = set(re.findall(r"^([a-z]+):", (root / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = re.findall(r"\bmake ([a-z]+)", (root / "README.md").read_text("utf-8"))

    assert {"dataset", "test"} <= set(named)
    assert {name for name in named if name != "only"} <= targets


def test_editors_find_the_schemas(root: Path) -> None:
    """The settings for editors name schemas that are there, one for each kind of record."""
    settings = yaml.safe_load((root / ".vscode" / "settings.json").read_text("utf-8"))
    named = set(settings["yaml.schemas"])

    assert {
        f"schema/records/{path.name}" for path in (root / "schema" / "records").iterdir()
    } == named
