"""
The commands that look into the dataset: ``list``, ``show``, ``explain``, ``info`` and ``cite``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from interpol_dataset.cli import options
from interpol_dataset.cli.output import print_json, print_rows
from interpol_dataset.report.terminal import harmless

if TYPE_CHECKING:
    from pathlib import Path

    from interpol_dataset.dataset.dataset import Dataset

__all__ = ["cite_", "explain_", "info_", "list_", "show_"]

#: The columns that 'list' prints of each table; of others it prints the first five.
_COLUMNS: Final = {
    "cases": ("id", "name", "period", "interpol_role", "country_count", "status"),
    "outcomes": ("case_id", "fact", "value", "value_unit", "status"),
    "claims": ("id", "status", "checkable", "statement"),
    "sources": ("id", "kind", "asserter_id", "published", "title"),
}

#: Facts that 'show' prints before all others.
_FIRST: Final = ("exists", "interpol_role", "period", "announced", "country_count")


@click.command("list")
@click.argument("table", default="cases")
@click.option(
    "--where", "filters", multiple=True, metavar="COLUMN=TEXT", help="Keep rows that match."
)
@options.package
@options.as_json
def list_(table: str, filters: tuple[str, ...], directory: Path | None, *, as_json: bool) -> int:
    """
    List the rows of TABLE (cases by default).

    \b
    Examples:
      interpol-dataset list
      interpol-dataset list cases --where series=haechi
      interpol-dataset list outcomes --where case_id=haechi-iii --json
    """
    dataset = _load(directory)
    rows = list(dataset.table(table))
    known = dataset.table(table).to_arrow().column_names

    for filter_ in filters:
        column, separator, wanted = filter_.partition("=")
        if not separator or column not in known:
            raise click.BadParameter(
                f"'{filter_}' is not COLUMN=TEXT; {table} has {', '.join(known)}",
                param_hint="--where",
            )
        rows = [row for row in rows if _text(row[column]) == wanted]

    if as_json:
        print_json(rows)
    else:
        columns = _COLUMNS.get(table, tuple(known[:5]))
        print_rows(columns, [[row[column] for column in columns] for row in rows])

    return 0


@click.command("show")
@click.argument("case")
@options.package
@options.as_json
def show_(case: str, directory: Path | None, *, as_json: bool) -> int:
    """
    Show the facts of a CASE, with the status of each.

    \b
    Examples:
      interpol-dataset show haechi-iii
      interpol-dataset show haechi-iii --json
    """
    dataset = _load(directory)
    record = dataset.case(case)
    if as_json:
        print_json(record.model_dump(mode="json", exclude_defaults=True))
        return 0

    facts = [
        row
        for row in dataset.verification
        if row["record_table"] == "cases" and row["record_id"] == record.id
    ]
    order = {field: position for position, field in enumerate(_FIRST)}
    facts.sort(key=lambda row: (order.get(row["field"], len(order)), row["field"]))

    click.secho(record.name, bold=True)
    click.echo(f"{record.id}: {', '.join(record.categories)}\n\n{record.summary}\n")
    units = {
        f"outcomes/{row['fact'].partition('/')[2]}": row["value_unit"]
        for row in dataset.outcomes
        if row["case_id"] == record.id
    }
    print_rows(
        ("fact", "value", "unit", "status", "source"),
        [
            [row["field"], row["value"], units.get(row["field"]), row["status"], row["source_id"]]
            for row in facts
        ],
    )

    return 0


@click.command("explain")
@click.argument("record")
@click.argument("field")
@options.package
@click.option("--table", help="Table of the record, where records of several have its id.")
@options.as_json
def explain_(
    record: str, field: str, directory: Path | None, table: str | None, *, as_json: bool
) -> int:
    """
    Tell why FIELD of RECORD has its value: every report, the sources, the roots and the rule.

    \b
    Examples:
      interpol-dataset explain haechi-iii outcomes/arrests
      interpol-dataset explain haechi-iii period --json
      interpol-dataset explain limited-jurisdiction statement
    """
    explanation = _load(directory).explain(record, field, table=table)
    if as_json:
        print_json(explanation.to_dict())
    else:
        click.echo(harmless(str(explanation), lines=True))

    return 0


@click.command("info")
@options.package
@options.as_json
def info_(directory: Path | None, *, as_json: bool) -> int:
    """
    Tell what the dataset holds: version, licence, tables and facts by status.

    \b
    Examples:
      interpol-dataset info
      interpol-dataset info --package dist/data/parquet --json
    """
    dataset = _load(directory)
    described = dataset.descriptor
    rows = {name: len(dataset.table(name)) for name in dataset.tables}
    statuses: dict[str, int] = {}
    if "verification" in dataset.tables:
        for fact in dataset.verification:
            statuses[fact["status"]] = statuses.get(fact["status"], 0) + 1

    if as_json:
        print_json(
            {
                "name": described.get("name"),
                "version": dataset.version,
                "licenses": described.get("licenses"),
                "tables": rows,
                "facts": statuses,
            }
        )
        return 0

    licenses = ", ".join(dataset.licenses) or "no licence given"
    click.secho(f"{described.get('title', '')} {dataset.version}", bold=True)
    click.echo(f"Data: {licenses}. Code: MIT. Not affiliated with INTERPOL.\n")
    print_rows(("table", "rows"), rows.items())
    click.echo()
    ranked = sorted(statuses.items(), key=lambda pair: -pair[1])
    print_rows(("status", "facts"), ranked)

    return 0


@click.command("cite")
@click.argument("case", required=False)
@options.package
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "bibtex"]),
    default="text",
    show_default=True,
    help="How to write the reference.",
)
def cite_(case: str | None, directory: Path | None, format_: str) -> int:
    """
    Return a reference to cite the dataset, or a CASE in it with its sources.

    \b
    Examples:
      interpol-dataset cite
      interpol-dataset cite --format bibtex
      interpol-dataset cite haechi-iii
    """
    dataset = _load(directory)
    record = dataset.case(case) if case is not None else None
    title, version = dataset.descriptor.get("title", ""), dataset.version
    authors = " and ".join(dataset.contributors)

    name, licences = dataset.descriptor.get("name"), ", ".join(dataset.licenses)
    if format_ == "bibtex":
        click.echo(
            f"@misc{{{name},\n  author = {{{{{authors}}}}},\n  title = {{{{{title}}}}},\n"
            f"  version = {{{version}}},\n  note = {{Data package, {licences}}}\n}}"
        )
    else:
        click.echo(f"{authors}: {title}. Version {version}. Data package {name}, {licences}.")

    if record is not None:
        click.echo(f"\n{record.name} ({record.id}) rests on:")
        sources = {row["id"]: row for row in dataset.sources}
        names = {row["id"]: row["name"] for row in dataset.organizations}
        for report in record.reports:
            source = sources[report.source]
            dated = f" ({source['published']})" if source["published"] else ""
            where = source["url"] or f"SHA-256 {source['sha256']}"
            publisher = names[source["publisher_id"]]
            click.echo(f"- {publisher}: {source['title']}{dated}. {where}")

    return 0


def _load(directory: Path | None) -> Dataset:
    from interpol_dataset.dataset.dataset import load  # noqa: PLC0415  # only when it is run

    return load(directory)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()

    return "" if value is None else str(value)
