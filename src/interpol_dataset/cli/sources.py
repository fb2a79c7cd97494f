"""
The command ``sources``.
"""

# ruff: noqa: PLC0415  # a command imports what it needs when it is run

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from interpol_dataset.cli import options
from interpol_dataset.cli.output import print_json, print_rows, print_text, progress
from interpol_dataset.errors import UnknownRecordError
from interpol_dataset.suggest import suggestion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from interpol_dataset.dataset.dataset import Dataset
    from interpol_dataset.links.check import Link, Result

__all__ = ["sources_"]

#: The Internet Archive's interface that says whether it has a copy.
_ARCHIVE: Final = "https://archive.org/wayback/available"


@click.command("sources")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@options.dataset
@click.option("--check", "check_", is_flag=True, help="Open each address: this uses the network.")
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A CSV file for the results of --check.",
)
@click.option(
    "--archive",
    default=_ARCHIVE,
    show_default=True,
    help="The interface to ask for copies of addresses that have none; '' to ask for none.",
)
@click.option(
    "--pause",
    type=click.FloatRange(min=0),
    default=1,
    show_default=True,
    help="Seconds between two requests to one host.",
)
@click.option("--allow-local", is_flag=True, help="Ask machines that are not public, too.")
@options.as_json
def sources_(
    ids: Sequence[str],
    dataset: Dataset,
    output: Path | None,
    archive: str,
    pause: float,
    *,
    check_: bool,
    allow_local: bool,
    as_json: bool,
) -> int:
    """
    Show how well sources will last; with --check, whether their addresses still answer.

    Without an ID, all sources are taken. Without --check nothing is opened. With it, each host is
    asked once at a time, with a pause, and an archive for a copy of every address that has none.

    \b
    Examples:
      interpol-dataset sources
      interpol-dataset sources --check --output links.csv
      interpol-dataset sources interpol-2022-11-24-haechi-iii --check --archive ''
    """
    links = _links(dataset, ids)
    if not check_:
        _summary(links, as_json=as_json)
        return 0

    from datetime import UTC, datetime

    from interpol_dataset.links.check import Asking, State, check
    from interpol_dataset.links.fetch import Limits

    asking = Asking(Limits(allow_local=allow_local), pause, archive=archive or None)
    today = datetime.now(UTC).date().isoformat()
    with progress(len(links), quiet=as_json) as advance:
        results = check(links, today, asking, advance)
    if output is not None:
        from interpol_dataset.files import write_file

        write_file(output, _csv(results).encode())

    if as_json:
        print_json([result._asdict() for result in results])
    else:
        _report(results)

    return 0 if all(result.state is State.ANSWERS for result in results) else 1


def _links(dataset: Dataset, ids: Sequence[str]) -> list[Link]:
    """
    Return the addresses of some sources, or of all.

    :raises UnknownRecordError: There is no such source.
    """
    from interpol_dataset.links.check import Link

    rows = {row["id"]: row for row in dataset.sources}
    for id_ in ids:
        if id_ not in rows:
            raise UnknownRecordError(
                f"there is no source '{id_}'",
                hint=suggestion(id_, rows, "run 'interpol-dataset list sources'"),
            )

    return [
        Link(
            row["id"],
            row["url"],
            row["retrieved"].isoformat(),
            row["archived_url"],
            row["content_hash"],
        )
        for row in (rows[id_] for id_ in (dict.fromkeys(ids) or rows))
        if row["url"]
    ]


def _summary(links: Sequence[Link], *, as_json: bool) -> None:
    """Print how many sources can be read even if their addresses no longer answer."""
    counts = {
        "addresses": len(links),
        "archived": sum(link.archived is not None for link in links),
        "hashed": sum(link.content_hash is not None for link in links),
    }
    if as_json:
        print_json(counts)
        return

    have = "source has" if len(links) == 1 else "sources have"
    print_text(
        f"{len(links):,} {have} an address; with a copy in an archive: {counts['archived']:,}, "
        f"with the hash of what was read: {counts['hashed']:,}"
    )
    print_text("nothing was opened; --check asks each address whether it answers")


def _report(results: Sequence[Result]) -> None:
    """Print what did not answer as before, and how many did."""
    rows = [
        (result.source, result.state, result.status, result.archived_url, result.detail)
        for result in results
        if result.state != "answers" or result.archived_url
    ]
    if rows:
        print_rows(("source", "state", "status", "archived_url", "detail"), rows)
    counts = Counter(str(result.state) for result in results)
    print_text(", ".join(f"{count:,} {state}" for state, count in counts.most_common()) or "none")


def _csv(results: Sequence[Result]) -> str:
    """Return results as CSV, sorted by source, so that two runs can be compared line by line."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(results[0]._fields if results else ())
    writer.writerows(results)

    return text.getvalue()
