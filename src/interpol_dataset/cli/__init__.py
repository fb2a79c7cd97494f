"""
The command line, ``interpol-dataset``: reads arguments, calls the package, prints what comes back.

No logic of its own. A command's module is imported when it is run, and imports what it needs inside
the command, so that help is quick.
"""

from __future__ import annotations

from interpol_dataset.cli.main import cli, main

__all__ = ["cli", "main"]
