"""
What commands read and print: shared options, tables and colour on a terminal, text or JSON.

Commands print only through this module, so that no foreign text can control a terminal.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from interpol_dataset.errors import InterpolDatasetError, UnknownRecordError
from interpol_dataset.suggest import nearest
from interpol_dataset.values.characters import unseen
from interpol_dataset.values.words import cell_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from click.decorators import FC

    from interpol_dataset.dataset.dataset import Dataset

#: What GitHub takes for a command wherever it is in a log.
_BEFORE_COMMAND: Final = re.compile(r"#(?=#\[)")
_REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"

#: What GitHub takes for a command in a log: two colons that begin a line, and ``##[`` anywhere.
_COMMAND: Final = re.compile(r"^(\s*):(?=:)|(?<=#)#(?=\[)")

#: What to use instead of commands, options and their values that there were.
GONE: Final = {
    "sources": "a clone of the project has tools/archive_sources.py",
    "cite --format": "use --style: apa (which was text), bibtex or csl-json",
    "validate --watch": "'watchexec --exts yaml interpol-dataset validate' does the same",
    "--format junit": "choose json, github or sarif; CI servers show the exit code",
    "--style ris": "choose bibtex or csl-json, which reference managers read, too",
}

#: How rows can be printed.
ROW_FORMATS: Final = ("text", "csv", "json", "markdown")


def json_text(value: object) -> str:
    """Write a value as JSON, with escapes for control, bidirectional and invisible characters."""
    text = json.dumps(value, ensure_ascii=False, indent=2, default=str)
    return "\n".join(map(_escaped, text.split("\n")))


def _escaped(line: str) -> str:
    hidden = frozenset(unseen(line))
    if hidden:
        line = "".join(
            json.dumps(letter)[1:-1] if at in hidden else letter for at, letter in enumerate(line)
        )
    return _BEFORE_COMMAND.sub(r"\\u0023", line)


def harmless(text: str, *, lines: bool = False) -> str:
    """
    Replace, one for one, what would do something or hide something where it is printed.

    That is control, bidirectional and invisible characters, and the beginnings of commands that a
    CI server reads in a log. With ``lines``, line breaks stay, and tabs become spaces.
    """
    if lines:
        return "\n".join(map(harmless, text.replace("\t", " ").split("\n")))
    hidden = frozenset(unseen(text))
    if hidden:
        text = "".join(_REPLACEMENT if at in hidden else letter for at, letter in enumerate(text))
    return _COMMAND.sub(lambda match: f"{match[1] or ''}{_REPLACEMENT}", text)


def read_stdin(most: int) -> bytes:
    """Read that many bytes of standard input at most."""
    if sys.stdin is None:  # Python's way to say that it was closed
        raise click.UsageError("standard input is closed; pipe something into it, or name a file")
    return sys.stdin.buffer.read(most)


def print_text(
    text: str = "", *, lines: bool = False, bold: bool = False, err: bool = False
) -> None:
    """Print a line, or a text of several lines."""
    click.secho(harmless(text, lines=lines), bold=bold, err=err)


def print_report(report: str) -> None:
    """Print what a format of :mod:`interpol_dataset.cli.reports` rendered, which is harmless."""
    click.echo(report)


def print_json(value: object) -> None:
    """Print a value as JSON."""
    click.echo(json_text(value))


def print_rows(
    columns: Sequence[str], rows: Iterable[Sequence[Any]], caption: str = "", format_: str = "text"
) -> None:
    """
    Print rows.

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

    It gives a function to call with a step's name before the step; none without a terminal.
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


class Choice(click.Choice[str]):
    """A choice that asks which of its words was meant, and what to do instead of a gone one."""

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Return the word that was chosen."""
        chosen = f"{param.opts[0]} {value}" if param else ""
        if chosen in GONE:
            raise UnknownRecordError(f"{chosen} is gone", hint=GONE[chosen])
        return super().convert(value, param, ctx)

    def get_invalid_choice_message(self, value: object, ctx: click.Context | None) -> str:
        """Return the message for any other word."""
        message = super().get_invalid_choice_message(value, ctx)
        near = nearest(str(value), self.choices)
        return f"{message.rstrip('.')}; did you mean '{near}'?" if near else message


def choice(option: str, words: Sequence[str], help_: str) -> Callable[[FC], FC]:
    """Return an option that takes one of some words, by default the first."""
    name = option.lstrip("-").replace("format", "format_")
    type_ = Choice(words)
    return click.option(option, name, type=type_, default=words[0], show_default=True, help=help_)


def _load(ctx: click.Context, param: click.Parameter, directory: Path | None) -> Dataset:  # noqa: ARG001  # click's signature
    from interpol_dataset.dataset.dataset import load  # noqa: PLC0415  # not for --help

    return load(directory)


#: Loads the dataset and passes it to the command.
dataset = click.option(
    "--package",
    "dataset",
    type=click.Path(path_type=Path, file_okay=False),
    callback=_load,
    help="A data package directory to read instead of the installed package.",
)

#: How a command prints what it found: for people, or for programs.
format_ = choice("--format", ["text", "json"], "How to print it.")

#: The same for commands that print rows.
rows_format = choice(
    "--format",
    ROW_FORMATS,
    "How to print the rows; json and csv have all columns, or those of --columns.",
)


def nearest_root() -> Path:
    """Return the nearest folder from the current one upwards that contains records."""
    here = Path.cwd()
    for number, folder in enumerate((here, *here.parents)):
        if (folder / "data" / "records").is_dir():
            return Path(*[".."] * number)
    return Path()


def _root(ctx: click.Context, param: click.Parameter, root: Path | None) -> Path:  # noqa: ARG001  # click's signature
    return nearest_root() if root is None else root


root = click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False),
    callback=_root,
    show_default="the nearest one from here upwards",
    help="The project's folder, which contains data/records.",
)
