"""Running the command as a user would."""

import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from typing import NamedTuple
from unittest import mock

from interpol_dataset.cli import main


class Outcome(NamedTuple):
    """What a run of the command gave: exit code, standard output and standard error."""

    code: int
    out: str
    err: str


def run(*arguments: object, stdin: bytes = b"") -> Outcome:
    """
    Run the command; an error that gets through fails the test.

    :param arguments: The command and what follows it.
    :param stdin: What stands on standard input.
    """
    out, err = io.StringIO(), io.StringIO()
    given = io.TextIOWrapper(io.BytesIO(stdin))
    with redirect_stdout(out), redirect_stderr(err), mock.patch.object(sys, "stdin", given):
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as exit_:
            code = int(exit_.code or 0)

    return Outcome(code, out.getvalue(), err.getvalue())
