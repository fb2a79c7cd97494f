"""
The command line page: every command's own help as Markdown.
"""

from __future__ import annotations

from typing import Final

import click

#: The path of the page in the project.
PATH: Final = "docs/command-line.md"

_WIDTH: Final = 96


def reference(group: click.Group) -> str:
    """
    Render the page.

    :param group: The command line, with all its commands.
    """
    settings = {**group.context_settings, "max_content_width": _WIDTH}
    context = click.Context(group, info_name="interpol-dataset", **settings)
    lines = [
        "# Command line",
        "",
        "This page is rendered from the commands' own help by `interpol-dataset build`.",
        "",
        *_help(group, context),
    ]
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is not None:
            inner = click.Context(command, parent=context, info_name=name, max_content_width=_WIDTH)
            lines += [f"## {name}", "", *_help(command, inner)]

    return "\n".join(lines).rstrip() + "\n"


def _help(command: click.Command, context: click.Context) -> list[str]:
    # The page must not depend on the width of a terminal.
    context.terminal_width = _WIDTH
    text = command.get_help(context)

    return ["```text", *(line.rstrip() for line in text.splitlines()), "```", ""]
