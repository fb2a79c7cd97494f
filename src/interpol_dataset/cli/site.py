"""
The commands ``site`` and ``browse``.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interpol_dataset._version import __version__
from interpol_dataset.caches import cache_folder, is_private
from interpol_dataset.cli import options
from interpol_dataset.cli.output import print_text, progress
from interpol_dataset.errors import MissingExtraError

if TYPE_CHECKING:
    from interpol_dataset.dataset.dataset import Dataset
    from interpol_dataset.site.build import Written


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
@options.dataset
def site_(target: Path, url: str, repository: str, dataset: Dataset) -> int:
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

    return 0


@click.command("browse")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="By default any free one.")
@click.option("--no-open", is_flag=True, help="Only serve it; open no browser.")
@options.dataset
def browse_(port: int, dataset: Dataset, *, no_open: bool) -> int:
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

    return 0


def _write(dataset: Dataset, target: Path, *, url: str, repository: str) -> Written:
    """Build the site into a folder, with a progress bar on a terminal."""
    import pyarrow as pa  # noqa: PLC0415  # not for --help

    try:
        from interpol_dataset.site.build import (  # noqa: PLC0415  # needs an extra
            KINDS,
            render,
            write,
        )
        from interpol_dataset.site.render import Target  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError("site", error.name) from error

    # Arrow's own allocators keep for later what reading the tables took, a fifth of the memory.
    pa.set_memory_pool(pa.system_memory_pool())
    aim = Target(url and f"{url.rstrip('/')}/", repository.rstrip("/"))
    with progress(len(KINDS)) as advance:
        return write(render(dataset, aim, advance), target)


def _key(dataset: Dataset) -> str:
    """Return a name for the site of a package: its content, and the version that renders it."""
    described = json.dumps([__version__, dataset.descriptor], sort_keys=True, default=str)

    return f"site-{hashlib.sha256(described.encode()).hexdigest()[:16]}"
