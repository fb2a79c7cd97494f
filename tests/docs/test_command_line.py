"""Tests of :mod:`interpol_dataset.docs.reference`."""

import click
import pytest

from interpol_dataset.docs.reference import command_line


@click.group()
def group() -> None:
    """Do things."""


@group.command()
@click.option("--loud", is_flag=True, help="Say it loudly.")
def greet(*, loud: bool) -> None:
    """Say hello."""
    click.echo("HELLO" if loud else "hello")


def test_every_command_has_a_section() -> None:
    """The page has the group's own help first, then a section for each command."""
    head, _, section = command_line(group).partition("\n## greet\n")
    assert "Do things." in head
    assert "Usage: interpol-dataset greet [OPTIONS]" in section
    assert "--loud" in section
    assert "Say it loudly." in section


@pytest.mark.parametrize("columns", ["40", "200"])
def test_page_ignores_the_terminal(monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    """The width of the terminal does not show in the page."""
    expected = command_line(group)
    monkeypatch.setenv("COLUMNS", columns)
    assert expected == command_line(group)
