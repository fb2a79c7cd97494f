"""
Options that several commands share.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from interpol_dataset.cli.output import ROW_FORMATS
from interpol_dataset.errors import UnknownRecordError
from interpol_dataset.suggest import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from click.decorators import FC

    from interpol_dataset.dataset.dataset import Dataset


class Choice(click.Choice[str]):
    """
    A choice that asks which of its words was meant by another.

    :param choices: Its words.
    :param gone: Words that it had once, and what to do instead.
    """

    def __init__(self, choices: Sequence[str], gone: Mapping[str, str] | None = None) -> None:
        super().__init__(choices)
        self._gone = gone or {}

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """
        Return the word that was chosen.

        :raises UnknownRecordError: It is gone.
        """
        if str(value) in self._gone:
            name = param.opts[0] if param else ""
            raise UnknownRecordError(f"{name} {value} is gone", hint=self._gone[str(value)])

        return super().convert(value, param, ctx)

    def get_invalid_choice_message(self, value: object, ctx: click.Context | None) -> str:
        """Return the message for any other word."""
        message = super().get_invalid_choice_message(value, ctx)
        near = nearest(str(value), self.choices)

        return f"{message.rstrip('.')}; did you mean '{near}'?" if near else message


def gone(name: str, hint: str, *, is_flag: bool = False) -> Callable[[FC], FC]:
    """
    Return an option that a command had once, and which says what to do instead.

    :param name: The option.
    :param hint: What to do instead.
    :param is_flag: Whether it had no value.
    """

    def refuse(ctx: click.Context, param: click.Parameter, value: object) -> None:  # noqa: ARG001  # click's signature
        if value:
            raise UnknownRecordError(f"{name} is gone", hint=hint)

    return click.option(
        name, is_flag=is_flag, help=hint, hidden=True, expose_value=False, callback=refuse
    )


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
format_ = click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print it.",
)

#: The same for commands that print rows.
rows_format = click.option(
    "--format",
    "format_",
    type=click.Choice(ROW_FORMATS),
    default="text",
    show_default=True,
    help="How to print the rows; json and csv hold all columns unless --columns names some.",
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
