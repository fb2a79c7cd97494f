"""
The command ``validate``.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from interpol_dataset.cli import options
from interpol_dataset.findings import Severity

if TYPE_CHECKING:
    from interpol_dataset.validate import Checked

__all__ = ["validate_"]

_STANDARD_INPUT: Final = Path("-")


@click.command("validate")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@options.root
@click.option("--as", "kind", help="What FILE is: a table such as outcomes, or a kind of record.")
@click.option(
    "--against",
    type=click.Path(path_type=Path, file_okay=False),
    help="Data package that a table's foreign keys lead to; the installed one by default.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "github", "sarif", "junit"]),
    default="text",
    show_default=True,
    help="How findings are printed.",
)
@click.option("--select", multiple=True, help="Apply only these rules: codes or their beginnings.")
@click.option("--ignore", multiple=True, help="Leave these rules out.")
@click.option("--fix", is_flag=True, help="Apply the hints that are certain.")
def validate_(  # one for each option
    paths: tuple[Path, ...],
    root: Path,
    kind: str | None,
    against: Path | None,
    format_: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    *,
    fix: bool,
) -> int:
    """
    Check records, a table or a data package, and report all that is wrong.

    Without PATHS all records are checked; with some, those and what refers to them. A '-' stands
    for standard input. A table (CSV, Parquet, JSON, JSON Lines, also compressed) is checked against
    its Table Schema with --as; a datapackage.json with all its tables.

    \b
    Examples:
      interpol-dataset validate
      interpol-dataset validate data/records/cases/haechi-iii.yaml
      interpol-dataset validate --select POL --format github
      interpol-dataset validate - --as case < draft.yaml
      interpol-dataset validate outcomes.csv --as outcomes
      interpol-dataset validate some/where/datapackage.json
    """
    from interpol_dataset.report import formats as reporting  # noqa: PLC0415
    from interpol_dataset.rules import index as rules  # noqa: PLC0415  # only when it is run

    selected = rules.matching(select) if select else None
    ignored = rules.matching(ignore)
    if fix and (kind is not None or any(path.suffix == ".json" for path in paths)):
        raise click.UsageError("--fix goes with the project's own records only")

    if against is not None and kind is None:
        raise click.UsageError("--against goes with a table's FILE and --as")

    checked = _check(paths, root, kind, against, selected, ignored)
    if fix:
        from interpol_dataset.validate import apply_fixes  # noqa: PLC0415

        click.echo(
            f"fixed {apply_fixes(root, checked)} of {len(checked.findings)} findings", err=True
        )
        checked = _check(paths, root, kind, against, selected, ignored)

    for path in checked.absent:
        click.echo(f"{path} is not there, and nothing refers to it", err=True)
    shown = reporting.FORMATS[format_](checked.findings, checked.texts)
    if shown:
        click.echo(shown)
    if checked.more:
        click.echo(f"and {checked.more:,} more findings that are not shown", err=True)

    return 1 if any(item.severity is Severity.ERROR for item in checked.findings) else 0


def _check(  # what the command was told
    paths: tuple[Path, ...],
    root: Path,
    kind: str | None,
    against: Path | None,
    select: frozenset[str] | None,
    ignore: frozenset[str],
) -> Checked:
    """Find out what is to be checked, and check it."""
    from interpol_dataset import validate as checking  # noqa: PLC0415  # only when it is run

    if not paths:
        if kind is not None:
            raise click.UsageError("--as needs a FILE, or '-' for standard input")
        return checking.check_project(root, select, ignore)

    if len(paths) == 1:
        (path,) = paths
        if path.suffix == ".json" and kind is None:
            return checking.check_package(path, select, ignore)
        if path == _STANDARD_INPUT:
            if kind is None:
                raise click.UsageError("say with --as what kind of record stands on standard input")
            content = sys.stdin.buffer.read()
            return checking.check_draft(root, content, kind, "<stdin>", select, ignore)
        if kind is not None and path.suffix in {".yaml", ".yml"}:
            content = path.read_bytes()
            return checking.check_draft(root, content, kind, path.as_posix(), select, ignore)
        if kind is not None:
            return checking.check_table(path, kind, against, select, ignore)

    if kind is not None:
        raise click.UsageError("--as goes with one FILE")

    return checking.check_files(root, paths, select, ignore)
