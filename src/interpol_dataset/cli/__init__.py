"""
The command line: ``interpol-dataset``.
"""

from __future__ import annotations

from interpol_dataset.cli.main import cli, main

__all__ = ["cli", "main"]
