"""
The command ``build``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from interpol_dataset.cli import options
from interpol_dataset.cli.output import print_json

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["build_"]


@click.command("build")
@options.root
@click.option("--check", is_flag=True, help="Write nothing; fail if a file is not current.")
@options.as_json
@click.pass_context
def build_(ctx: click.Context, root: Path, *, check: bool, as_json: bool) -> int:
    """
    Build tables, schemas, descriptor, codebook and reference pages from the records.

    \b
    Examples:
      interpol-dataset build
      interpol-dataset build --check
    """
    from interpol_dataset.building import build, stale  # noqa: PLC0415  # only when it is run
    from interpol_dataset.cli.reference import PATH, reference  # noqa: PLC0415

    group = ctx.find_root().command
    pages = {PATH: reference(group).encode()} if isinstance(group, click.Group) else {}
    if not check:
        written = build(root, pages)
        if as_json:
            print_json({"written": {path: len(content) for path, content in written.items()}})
        else:
            for path, content in written.items():
                click.echo(f"wrote {path} ({len(content):,} bytes)")
            click.echo(f"{len(written)} files written" if written else "everything is current")
        return 0

    differing = stale(root, pages)
    if as_json:
        print_json({"stale": differing})
    else:
        for path in differing:
            click.echo(f"not current: {path}")
        click.echo(
            f"{len(differing)} files are not current; run 'interpol-dataset build'"
            if differing
            else "everything is current"
        )

    return 1 if differing else 0
