"""
The command line, ``interpol-dataset``: reads arguments, calls the package, prints the result.

No logic lives here. Commands import what they need when they are run, so that help is quick.
"""

from __future__ import annotations

from interpol_dataset.cli.main import cli, main

__all__ = ["cli", "main"]
