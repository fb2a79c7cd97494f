"""The commands that show or write packages: ``export``, ``diff``, ``site`` and ``browse``."""

from __future__ import annotations

import hashlib
import json
import re
import sys
import webbrowser
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interpol_dataset._version import __version__
from interpol_dataset.cli import terminal
from interpol_dataset.cli.terminal import print_error, print_json, print_text, progress
from interpol_dataset.errors import InterpolDatasetError, needing
from interpol_dataset.files import cache_folder, is_private
from interpol_dataset.package.formats import FORMATS, WHOLE_FORMATS

if TYPE_CHECKING:
    from interpol_dataset.dataset.dataset import Dataset
    from interpol_dataset.site.build import Written


@click.command("export")
@click.argument("target", type=click.Path(path_type=Path))
@terminal.choice(
    "--format",
    [*FORMATS, *WHOLE_FORMATS],
    "parquet, csv, json and jsonl write a file for each table. sqlite, duckdb and xlsx write "
    "one file for other programs; --package does not read it again.",
)
@click.option("--table", "tables", multiple=True, help="Export only this table; may be repeated.")
@click.option(
    "--spreadsheet-safe",
    is_flag=True,
    help="In CSV, put an apostrophe before cells that a spreadsheet would run as formulas.",
)
@click.option(
    "--metadata",
    is_flag=True,
    help="With CSV, write Croissant, RO-Crate, DCAT-AP, schema.org and DataCite files, too.",
)
@terminal.dataset
def export_(  # one for each option
    target: Path,
    format_: str,
    tables: tuple[str, ...],
    dataset: Dataset,
    *,
    spreadsheet_safe: bool,
    metadata: bool,
) -> None:
    """
    Write the dataset to the directory TARGET, as a data package.

    An earlier export there is replaced as a whole; anything else is left alone.

    \b
    Examples:
      interpol-dataset export out
      interpol-dataset export out --format csv --table cases --table outcomes
      interpol-dataset export out --format csv --spreadsheet-safe
      interpol-dataset export out --format csv --metadata
      interpol-dataset export out --format sqlite
    """
    from interpol_dataset.dataset.export import export  # noqa: PLC0415  # only when it is run

    with progress(len(tables or dataset.tables)) as advance:
        export(
            dataset.tables,
            target,
            format_,
            tables=tables or None,
            spreadsheet_safe=spreadsheet_safe,
            metadata=metadata,
            progress=advance,
        )
    files = {path.name: path.stat().st_size for path in sorted(target.iterdir())}
    print_text(f"{target}: {len(files)} files, {sum(files.values()):,} bytes, {format_}")


@click.command("diff")
@click.argument("old")
@click.argument("new", required=False)
@terminal.choice(
    "--format", ["text", "json", "markdown", "html", "changelog"], "How to write what changed."
)
@click.option(
    "--check-version",
    is_flag=True,
    help="Fail if the version number does not move as far as the changes ask for.",
)
@click.option(
    "--repository",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=terminal.nearest_root,
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
    from interpol_dataset.dataset.diff import RENDERINGS  # noqa: PLC0415
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


def _address(ctx: click.Context, param: click.Parameter, address: str) -> str:  # noqa: ARG001  # click's signature
    if address and not re.fullmatch(r"https?://[^\s/?#]+\S*", address):
        raise click.BadParameter(f"'{address}' is not a whole https:// or http:// address")
    return address


@click.command("site")
@click.argument("target", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--url",
    default="",
    callback=_address,
    help="Where the site will be, for links that name it in full.",
)
@click.option(
    "--repository",
    default="",
    callback=_address,
    help="The project's repository, for 'report an error' and sources.",
)
@terminal.dataset
def site_(target: Path, url: str, repository: str, dataset: Dataset) -> None:
    """
    Write the dataset as a site to the folder TARGET.

    An earlier site there is replaced as a whole; anything else is left alone. The site needs
    neither a server nor a network: open index.html.

    \b
    Examples:
      interpol-dataset site out
      interpol-dataset site out --url https://example.org/interpol/
    """
    written = _write(dataset, target, url=url, repository=repository)
    print_text(f"{target}: {written.files:,} files, {written.size:,} bytes; open index.html")


@click.command("browse")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="By default any free one.")
@click.option("--no-open", is_flag=True, help="Only serve it; open no browser.")
@terminal.dataset
def browse_(port: int, dataset: Dataset, *, no_open: bool) -> None:
    """
    Look at the dataset in a browser.

    The first time the site is built, which can take half a minute; then it is kept in the cache. It
    is served to this machine only, until you press Ctrl+C.

    \b
    Examples:
      interpol-dataset browse
      interpol-dataset browse --package out
    """
    caches = cache_folder()
    caches.mkdir(0o700, parents=True, exist_ok=True)
    folder = caches / _key(dataset)
    if not (is_private(folder) and (folder / "index.html").is_file()):
        _write(dataset, folder, url="", repository="")
        folder.chmod(0o700)

    from interpol_dataset.site.serve import LOOPBACK, server_of  # noqa: PLC0415  # not for --help

    with server_of(folder, port) as server:
        address = f"http://{LOOPBACK}:{server.server_port}/"
        print_text(f"{address} (Ctrl+C ends)")
        sys.stdout.flush()
        if not no_open:
            webbrowser.open(address)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print_text("bye", err=True)


def _write(dataset: Dataset, target: Path, *, url: str, repository: str) -> Written:
    """Build the site into a folder, with a progress bar on a terminal."""
    import pyarrow as pa  # noqa: PLC0415  # not for --help

    with needing("site"):
        from interpol_dataset.site.build import (  # noqa: PLC0415  # needs an extra
            KINDS,
            render,
            write,
        )
        from interpol_dataset.site.render import Target  # noqa: PLC0415
    # Arrow's own allocators keep for later what reading the tables took, a fifth of the memory.
    pa.set_memory_pool(pa.system_memory_pool())
    aim = Target(url and f"{url.rstrip('/')}/", repository.rstrip("/"))
    with progress(len(KINDS)) as advance:
        return write(render(dataset, aim, advance), target)


def _key(dataset: Dataset) -> str:
    """Return a name for the site of a package: its content, and the version that renders it."""
    described = json.dumps([__version__, dataset.descriptor], sort_keys=True, default=str)
    return f"site-{hashlib.sha256(described.encode()).hexdigest()[:16]}"
