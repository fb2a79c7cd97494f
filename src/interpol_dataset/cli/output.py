"""
What commands read and print: tables and colour on a terminal, plain text or JSON elsewhere.

Commands print nothing in another way, so that no text of a stranger speaks to a terminal.
"""

from __future__ import annotations

import csv
import io
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import click

from interpol_dataset.report.json import json_text
from interpol_dataset.report.text import harmless
from interpol_dataset.values.words import cell_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from interpol_dataset.errors import InterpolDatasetError


#: How rows can be printed.
ROW_FORMATS: Final = ("text", "csv", "json", "markdown")


def read_stdin(most: int) -> bytes:
    """
    Read standard input.

    :param most: How many bytes to read at most.
    :raises click.UsageError: It is closed.
    """
    if sys.stdin is None:  # Python's way to say that it was closed
        raise click.UsageError("standard input is closed; pipe something into it, or name a file")

    return sys.stdin.buffer.read(most)


def print_text(
    text: str = "", *, lines: bool = False, bold: bool = False, err: bool = False
) -> None:
    """Print a line, or a text of several lines."""
    click.secho(harmless(text, lines=lines), bold=bold, err=err)


def print_report(report: str) -> None:
    """Print what a format of :mod:`interpol_dataset.report` rendered, which is harmless."""
    click.echo(report)


def print_json(value: object) -> None:
    """Print a value as JSON."""
    click.echo(json_text(value))


def print_rows(
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    caption: str = "",
    format_: str = "text",
) -> None:
    """
    Print rows.

    :param columns: The names of the columns.
    :param rows: The cells of each row.
    :param caption: What to say below them on a terminal.
    :param format_: One of :data:`ROW_FORMATS`; ``text`` is a table on a terminal, and separated by
        tabs elsewhere.
    """
    if format_ == "json":
        print_json([dict(zip(columns, row, strict=True)) for row in rows])
        return

    texts = [[_harmless(cell) for cell in row] for row in [columns, *rows]]
    if format_ == "csv":
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\n").writerows(texts)
        click.echo(buffer.getvalue(), nl=False)
    elif format_ == "markdown":
        head, *body = [[cell.replace("|", r"\|") for cell in row] for row in texts]
        for row in [head, ["---"] * len(head), *body]:
            click.echo(f"| {' | '.join(row)} |")
    elif sys.stdout is None or not sys.stdout.isatty():  # none where it was closed
        for row in texts:
            click.echo("\t".join(row))
    else:
        _print_grid(texts, caption)


def _print_grid(texts: list[list[str]], caption: str) -> None:
    """Print rows, the first of which are their columns, as a table for a terminal."""
    from rich.console import Console  # noqa: PLC0415  # only a terminal pays for it
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(header_style="bold", caption=caption or None)
    for column in texts[0]:
        table.add_column(Text(column), overflow="fold")
    for row in texts[1:]:
        table.add_row(*map(Text, row))
    Console().print(table)


def _harmless(cell: object) -> str:
    return harmless(cell_text(cell).replace("\t", " ").replace("\n", " "))


def print_error(error: InterpolDatasetError) -> None:
    """Print an error on standard error: where, what, and what to do."""
    place = f"{error.where}: " if error.where else ""
    click.secho("error: ", fg="red", bold=True, nl=False, err=True)
    click.echo(harmless(f"{place}{error.what}"), err=True)
    if error.hint:
        click.secho("  help: ", fg="cyan", nl=False, err=True)
        click.echo(harmless(error.hint), err=True)


@contextmanager
def progress(total: int) -> Iterator[Callable[[str], None] | None]:
    """
    Show a progress bar on a terminal while something is done in steps.

    :param total: The number of steps.
    :returns: A function to call with a step's name before the step; none without a terminal.
    """
    if sys.stderr is None or not sys.stderr.isatty():  # none where it was closed
        yield None
        return

    from rich.console import Console  # noqa: PLC0415  # only a terminal pays for it
    from rich.markup import escape  # noqa: PLC0415
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)

        def advance(step: str) -> None:
            bar.update(task, advance=1, description=escape(harmless(step)))

        yield advance
