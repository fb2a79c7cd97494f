"""
The command ``diff``.
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import click

from interpol_dataset.cli import options
from interpol_dataset.cli.output import print_error, print_json, print_text
from interpol_dataset.errors import InterpolDatasetError


@click.command("diff")
@click.argument("old")
@click.argument("new", required=False)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "markdown", "html", "changelog"]),
    default="text",
    show_default=True,
    help="How to write what changed.",
)
@click.option(
    "--check-version",
    is_flag=True,
    help="Fail if the version number does not move as far as the changes ask for.",
)
@click.option(
    "--repository",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=options.nearest_root,
    show_default="the project's folder, from here upwards",
    help="The Git repository in which revisions are looked up.",
)
def diff_(old: str, new: str | None, format_: str, *, check_version: bool, repository: Path) -> int:
    """
    Show what changed from OLD to NEW: records, facts with the reason, cells, schemas.

    OLD and NEW are package directories, wheels, or Git revisions. NEW is by default the package in
    the repository's folder, or where there is none the installed one.

    \b
    Examples:
      interpol-dataset diff HEAD
      interpol-dataset diff HEAD~10 HEAD --format markdown
      interpol-dataset diff old.whl dist/data/parquet --format json
      interpol-dataset diff old.whl --check-version
    """
    from interpol_dataset.dataset.dataset import load  # noqa: PLC0415  # not for --help
    from interpol_dataset.dataset.diff_text import RENDERINGS  # noqa: PLC0415
    from interpol_dataset.package.archives import package_directory  # noqa: PLC0415
    from interpol_dataset.package.reader import DESCRIPTOR  # noqa: PLC0415

    if new is None and (repository / DESCRIPTOR).is_file():
        new = str(repository)

    with ExitStack() as stack:
        before, after = (
            load(name and stack.enter_context(package_directory(name, repository)))
            for name in (old, new)
        )
        changes = before.diff(after)

    if format_ == "json":
        print_json(changes.to_dict())
    else:
        print_text(RENDERINGS[format_](changes), lines=True)

    if check_version and not changes.is_versioned:
        print_error(
            InterpolDatasetError(
                f"the changes since {changes.versions[0]} make a {changes.level.name.lower()} "
                f"release, for which version {changes.versions[1]} is too low",
                hint="raise the version in _version.py, or undo what breaks old queries",
            )
        )
        return 1

    return 0
