"""
The command ``export``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from interpol_dataset.cli import options
from interpol_dataset.cli.output import print_text, progress
from interpol_dataset.package.formats import FORMATS
from interpol_dataset.package.whole import WHOLE_FORMATS

if TYPE_CHECKING:
    from interpol_dataset.dataset.dataset import Dataset


@click.command("export")
@click.argument("target", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "format_",
    type=click.Choice([*FORMATS, *WHOLE_FORMATS]),
    default="parquet",
    show_default=True,
    help=(
        "parquet, csv, json and jsonl write a file for each table. sqlite, duckdb and xlsx write "
        "one file for other programs; --package does not read it again."
    ),
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
@options.dataset
def export_(  # one for each option
    target: Path,
    format_: str,
    tables: tuple[str, ...],
    dataset: Dataset,
    *,
    spreadsheet_safe: bool,
    metadata: bool,
) -> int:
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
            dataset,
            target,
            format_,
            tables=tables or None,
            spreadsheet_safe=spreadsheet_safe,
            metadata=metadata,
            progress=advance,
        )

    files = {path.name: path.stat().st_size for path in sorted(target.iterdir())}
    print_text(f"{target}: {len(files)} files, {sum(files.values()):,} bytes, {format_}")

    return 0
