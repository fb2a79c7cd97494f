"""
The command ``build``.
"""

# ruff: noqa: PLC0415  # a command imports what it needs when it is run

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from interpol_dataset.cli import options
from interpol_dataset.cli.output import print_json, print_report, print_text

if TYPE_CHECKING:
    from pathlib import Path

    from interpol_dataset.build import Built


@click.command("build")
@options.root
@click.option(
    "--check",
    is_flag=True,
    help="Write nothing; fail if a built file is not current, or a table not as its schema says.",
)
@options.format_
def build_(root: Path, format_: str, *, check: bool) -> int:
    """
    Build tables, schemas, descriptor and reference pages from the records.

    \b
    Examples:
      interpol-dataset build
      interpol-dataset build --check
    """
    from interpol_dataset.build import build, stale
    from interpol_dataset.cli.main import cli
    from interpol_dataset.docs.reference import COMMANDS, command_line
    from interpol_dataset.report.json import listed
    from interpol_dataset.report.text import text
    from interpol_dataset.rules.index import RULES
    from interpol_dataset.validate.tables import check_package

    pages = {COMMANDS: command_line(cli).encode()}
    if not check:
        _report(build(root, pages), format_)
        return 0

    differing = stale(root, pages)
    # Of files that are not current nobody asks whether they are right.
    checked = None if differing else check_package(root / "datapackage.json")
    findings = checked.findings if checked else ()
    if format_ == "json":
        print_json({"stale": differing, "findings": listed(findings, RULES)})
    elif checked and findings:
        print_report(text(findings, checked.texts, RULES))
    else:
        for path in differing:
            print_text(f"not current: {path}")
        print_text(
            f"{len(differing)} files are not current; run 'interpol-dataset build'"
            if differing
            else "everything is current"
        )

    return 1 if differing or findings else 0


def _report(built: Built, format_: str) -> None:
    if format_ == "json":
        sizes = {path: len(content) for path, content in built.written.items()}
        print_json({"written": sizes, "removed": built.removed, "missing": built.missing})
        return

    for path, content in built.written.items():
        print_text(f"wrote {path} ({len(content):,} bytes)")
    for path in built.removed:
        print_text(f"removed {path}, which is no longer built")
    if built.written:
        print_text(f"{len(built.written)} files written")
    elif not built.removed:
        print_text("everything is current")
    if built.missing:
        print_text(built.missing)
