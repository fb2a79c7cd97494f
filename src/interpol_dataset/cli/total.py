"""
The command ``total``.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

import click

from interpol_dataset.cli import options
from interpol_dataset.cli.output import print_rows, print_text
from interpol_dataset.dataset.condition import condition

if TYPE_CHECKING:
    from interpol_dataset.dataset.dataset import Dataset


#: How long the bar of the largest row is.
_BAR: Final = 30


@click.command("total")
@click.argument("metric")
@click.argument("object_", metavar="[OBJECT]", required=False)
@click.option(
    "--by",
    metavar="A,B",
    default="",
    help="Group by year, source_year, area, top_area, series, country, region, subregion, object,"
    " status.",
)
@click.option("--country", metavar="CODE", help="Add up what is known of one country.")
@click.option(
    "--where",
    "filters",
    multiple=True,
    metavar="COLUMN=TEXT",
    help="Only operations with this text in this column of cases; may be repeated.",
)
@options.dataset
@options.rows_format
def total_(
    metric: str,
    object_: str | None,
    by: str,
    country: str | None,
    filters: tuple[str, ...],
    dataset: Dataset,
    format_: str,
) -> int:
    """
    Add METRIC up over operations: of all objects, or of one OBJECT and everything below it.

    \b
    Examples:
      interpol-dataset total arrests --by year
      interpol-dataset total weight-seized cocaine --by year --format csv
      interpol-dataset total arrests --country KEN
      interpol-dataset total victims --where series=storm-makers --by object
    """
    where = dict(map(condition, filters))
    groups = [group.strip() for group in by.split(",") if group.strip()]
    table = dataset.total(metric, object_, by=groups, country=country, where=where)

    columns, rows = list(table.columns), [list(row.values()) for row in table]
    if format_ == "text" and groups and _is_terminal():
        columns, rows = _with_bars(columns, rows)
    print_rows(columns, rows, format_=format_)
    print_text(table.description, err=format_ != "text" or not _is_terminal())

    return 0


def _is_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _with_bars(columns: list[str], rows: list[list[Any]]) -> tuple[list[str], list[list[Any]]]:
    """Add a column with a bar for each row, as long as its sum; each unit has its own scale."""
    sums, units = columns.index("with_parts"), columns.index("unit")
    most: dict[str, float] = {}
    for row in rows:
        most[row[units]] = max(most.get(row[units], 0), row[sums])

    def bar(row: list[Any]) -> str:
        return "█" * round(_BAR * row[sums] / most[row[units]]) if most[row[units]] else ""

    return [*columns, ""], [[*row, bar(row)] for row in rows]
