"""
The command line, ``interpol-dataset``: the group of all commands, and how a command is run.

No logic lives here. Commands import what they need when they are run, so that help is quick.
"""

from __future__ import annotations

import atexit
import errno
import gc
import io
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

import click

from interpol_dataset._version import __version__
from interpol_dataset.cli.terminal import GONE, print_error, print_text
from interpol_dataset.errors import InterpolDatasetError, UnknownRecordError, cause_and_help
from interpol_dataset.suggest import suggestion

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Exit codes: success; the command could not run; it was interrupted; the reader of its output left
#: early, as shells report it of any program. A command that found something returns 1.
OK, FAILED, INTERRUPTED, LEFT = 0, 2, 130, 141

#: New objects after which Python looks for garbage; 700 by default.
_GARBAGE = 2_000_000


class Commands(click.Group):
    """A group whose commands are imported when they are run, so that each starts quickly."""

    #: The modules of the commands, in the groups and the order in which the help lists them.
    groups: ClassVar = {
        "Look": dict.fromkeys(("total", "list", "show", "explain", "cite", "info"), "look")
        | {"browse": "export"},
        "Export": dict.fromkeys(("export", "site", "diff"), "export"),
        "Edit": dict.fromkeys(("draft", "new", "validate", "fmt", "build", "rules"), "write")
        | {"validate": "validate"},
    }
    modules: ClassVar = groups["Look"] | groups["Export"] | groups["Edit"]

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """Return the names of the commands, group by group."""
        return list(self.modules)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands of each group below its name."""
        for group, names in self.groups.items():
            with formatter.section(group):
                commands = [(name, self.get_command(ctx, name)) for name in names]
                formatter.write_dl([(name, it.get_short_help_str(100)) for name, it in commands])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:  # noqa: ARG002  # click's signature
        """Import a command, or raise what to use instead of one that there is not."""
        if cmd_name not in self.modules:
            raise UnknownRecordError(
                f"there is no command '{cmd_name}'",
                hint=GONE.get(cmd_name)
                or suggestion(cmd_name, self.modules, "see 'interpol-dataset --help'"),
            )
        module = import_module(f"interpol_dataset.cli.{self.modules[cmd_name]}")
        command: click.Command = getattr(module, f"{cmd_name}_")
        return command


@click.command(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 success; 1 problems were found; 2 the command could not run.",
)
@click.version_option(__version__, prog_name="interpol-dataset")
def cli() -> None:
    """INTERPOL interventions, with the evidence for every value."""


def main(arguments: Sequence[str] | None = None) -> None:
    """
    Run the command line and exit.

    A user's mistake is a line that says what, where and what to do; never a traceback.
    """
    # What a command makes stays in use until it ends. Looking for garbage all the while takes a
    # quarter of the time of checking all records, and once more at the end as long again.
    gc.set_threshold(_GARBAGE)
    atexit.register(gc.freeze)

    # Names are in many scripts. A terminal that lacks their letters shows their codes.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")

    given = list(sys.argv[1:] if arguments is None else arguments)
    # Not click's own main: there a closed pipe is a failure like any other.
    try:
        with cli.make_context("interpol-dataset", [*given]) as context:
            code = cli.invoke(context)
    except click.exceptions.Exit as exit_:
        code = exit_.exit_code
    except click.ClickException as error:
        if given:
            print_error(_of_click(error))
        else:
            error.show()  # the help
        code = FAILED
    except InterpolDatasetError as error:
        print_error(error)
        code = FAILED
    except BrokenPipeError:
        # The reader of a pipe has had enough; Python would complain once more when it exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = LEFT
    except (OSError, MemoryError) as error:
        print_error(_of_system(error) if isinstance(error, OSError) else _of_memory(given))
        code = FAILED
    except (click.exceptions.Abort, KeyboardInterrupt):
        print_text("interrupted; no file is half-written, so run the command again", err=True)
        code = INTERRUPTED

    sys.exit(code if isinstance(code, int) else OK)


def _of_click(error: click.ClickException) -> InterpolDatasetError:
    if isinstance(error, click.NoSuchOption):
        if error.option_name == "--json":
            return InterpolDatasetError("there is no option --json", hint="use --format json")
        command = error.ctx.info_name if error.ctx else ""
        if hint := GONE.get(f"{command} {error.option_name}"):
            return InterpolDatasetError(f"{error.option_name} is gone", hint=hint)
    message = " ".join(error.format_message().split()).rstrip(".")
    context = error.ctx if isinstance(error, click.UsageError) else None
    command = context.command_path if context else "interpol-dataset"
    return InterpolDatasetError(message[:1].lower() + message[1:], hint=f"see '{command} --help'")


def _of_memory(given: Sequence[str]) -> InterpolDatasetError:
    """Return the error that memory is used up, and at which of the files that were named."""
    paths = [word for word in given if os.path.exists(word)]  # noqa: PTH110 - of any words
    return InterpolDatasetError(
        "there is not enough memory for this command",
        where=paths[0] if paths else None,
        hint="close other programs, or give it less at once",
    )


def _of_system(error: OSError) -> InterpolDatasetError:
    what, hint = cause_and_help(error, "check the path, and that you may read and write there")
    where = str(error.filename) if error.filename else None
    if where is None and error.errno == errno.ENOSPC:
        where = "the output"  # what is written to a file names it
    return InterpolDatasetError(what, where=where, hint=hint)
