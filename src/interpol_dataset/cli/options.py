"""
Options that several commands share.
"""

from __future__ import annotations

from pathlib import Path

import click

__all__ = ["as_json", "package", "root"]

package = click.option(
    "--package",
    "directory",
    type=click.Path(path_type=Path, file_okay=False),
    help="A data package directory to read instead of the one that is installed.",
)

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")

root = click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    show_default="the current folder",
    help="The project's folder, in which data/records stands.",
)
