"""The commands that look into the dataset."""

from __future__ import annotations

import glob
import json
import sys
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import click

from interpol_dataset.cli import terminal
from interpol_dataset.cli.terminal import print_json, print_rows, print_text
from interpol_dataset.errors import UnknownIdError, UnknownRecordError
from interpol_dataset.suggest import slug_of, suggestion
from interpol_dataset.values.words import cell_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from interpol_dataset.dataset.dataset import Dataset
    from interpol_dataset.dataset.tables import Table

    Row: TypeAlias = dict[str, Any]

#: The columns that 'list' prints of a table; of other tables it prints the first five.
_COLUMNS: Final = Path(__file__).with_name("columns.json")

#: Characters of an id; no file has a name that is much longer.
_LONGEST_ID: Final = 80

#: How many facts are named to those who name none.
_MAX_FACTS: Final = 6

#: How long the bar of the largest row is.
_BAR: Final = 30


@click.command("list")
@click.argument("table", default="cases")
@click.option(
    "--where",
    "filters",
    multiple=True,
    metavar="COLUMN=TEXT",
    help="Keep the rows with this text in this column; may be repeated.",
)
@click.option(
    "--search",
    "searched",
    multiple=True,
    metavar="TEXT",
    help="Keep the rows with all words of this text, in any columns, whatever their capitals,"
    " accents and hyphens; may be repeated.",
)
@click.option("--columns", metavar="A,B,C", help="The columns to print, in this order.")
@click.option(
    "--sort", metavar="COLUMN", help="The column to sort by; -COLUMN sorts the largest first."
)
@click.option("--limit", type=click.IntRange(min=1), help="How many rows to print at most.")
@click.option(
    "--due",
    is_flag=True,
    help="Keep the cases announced 12, 24 or 60 months ago for which nobody has looked up since"
    " what courts made of them.",
)
@click.option(
    "--on",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day from which --due counts; today by default.",
)
@terminal.dataset
@terminal.rows_format
def list_(  # noqa: PLR0913  # each is an option
    table: str,
    filters: tuple[str, ...],
    searched: tuple[str, ...],
    columns: str | None,
    sort: str | None,
    limit: int | None,
    dataset: Dataset,
    *,
    due: bool,
    day: datetime | None,
    format_: str,
) -> None:
    """
    Print the rows of TABLE (cases by default), with its main columns.

    \b
    Examples:
      interpol-dataset list
      interpol-dataset list cases --where series=haechi
      interpol-dataset list cases --columns name,year,arrests --sort -arrests --limit 5
      interpol-dataset list cases --due --columns id,announced --sort announced
      interpol-dataset list objects --search car
      interpol-dataset list outcomes --where case_id=haechi-iii --format json
    """
    chosen = dataset[table]
    rows = list(chosen)
    if due or day:
        rows = _due(dataset, table, rows, day)
    rows = _filtered(chosen, rows, filters)
    rows = _searched(chosen, rows, searched)
    if sort is not None:
        rows = _sorted(rows, _columns_of(chosen, sort.removeprefix("-"))[0], sort.startswith("-"))
    rows = rows[:limit]

    known = chosen.columns
    if columns is not None:
        shown = tuple(_columns_of(chosen, *columns.split(",")))
    else:
        main = json.loads(_COLUMNS.read_text("utf-8")).get(table, known[:5])
        shown = tuple(main) if format_ in {"text", "markdown"} else known
    caption = f"{len(shown)} of {len(known)} columns; --columns names others, --format json has all"
    print_rows(
        shown,
        [[row[column] for column in shown] for row in rows],
        caption if columns is None and len(shown) < len(known) else "",
        format_,
    )


def _due(dataset: Dataset, table: str, rows: list[Row], day: datetime | None) -> list[Row]:
    """Keep the cases that have to be looked up again."""
    from interpol_dataset.dataset.facts import due  # noqa: PLC0415  # not for --help

    if table != "cases":
        raise UnknownRecordError(
            f"no row of '{table}' is ever due", hint="leave out --due, or list cases"
        )
    cases = due(dataset.tables, (day or datetime.now(UTC)).date())
    return [row for row in rows if row["id"] in cases]


def _columns_of(table: Table, *names: str) -> list[str]:
    """Return names of columns without the blanks around them, each of which the table has."""
    return list(table[[name.strip() for name in names]].columns)


def _filtered(table: Table, rows: list[Row], filters: Iterable[str]) -> list[Row]:
    """Keep the rows whose columns have the texts asked for; say so where none has."""
    from interpol_dataset.dataset.tables import condition, having  # noqa: PLC0415  # not for --help

    for filter_ in filters:
        column, wanted = condition(filter_)
        found = having(table, rows, column, wanted)
        if rows and not found:
            there = {cell_text(row[column]) for row in rows}
            hint = suggestion(wanted, there, "the whole text has to be the same")
            print_text(f"no row has '{wanted}' as its {column}; {hint}", err=True)
        rows = found

    return rows


def _searched(table: Table, rows: list[Row], texts: Iterable[str]) -> list[Row]:
    """Keep the rows that have all words of each text; say so where none has."""
    for text in texts:
        found = [*filter(_search(text), rows)]
        if rows and not found:
            print_text(f"no row of '{table.name}' has '{text}'", err=True)
        rows = found
    return rows


def _sorted(rows: list[Row], column: str, reverse: bool) -> list[Row]:  # noqa: FBT001  # as sorted
    """Sort rows by a column; those without a value come last."""
    full = [row for row in rows if row[column] is not None]
    empty = [row for row in rows if row[column] is None]
    return sorted(full, key=lambda row: row[column], reverse=reverse) + empty


@click.command("show")
@click.argument("case")
@terminal.dataset
@terminal.format_
def show_(case: str, dataset: Dataset, format_: str) -> None:
    """
    Show the facts of a CASE, with the status of each.

    \b
    Examples:
      interpol-dataset show haechi-iii
      interpol-dataset show haechi-iii --format json
    """
    with _said_if_unbuilt(case, "cases"):
        record = dataset.case(case)
    if format_ == "json":
        print_json(record.model_dump(mode="json", exclude_defaults=True))
        return

    from interpol_dataset.dataset.objects import facts_of  # noqa: PLC0415  # not for --help

    print_text(record.name, bold=True)
    print_text(f"{record.id}: {', '.join(record.categories)}")
    print_text(f"\n{record.summary}\n", lines=True)
    print_rows(
        ("fact", "value", "status", "source"),
        [
            (fact.path, fact.source and fact.value, fact.status, fact.source)
            for fact in facts_of(dataset.tables, record.id)
        ],
    )


@click.command("explain")
@click.argument("record")
@click.argument("field", required=False, metavar="FIELD")
@terminal.dataset
@click.option("--table", help="The record's table, if records of several tables have its id.")
@terminal.format_
def explain_(
    record: str, field: str | None, dataset: Dataset, table: str | None, format_: str
) -> None:
    """
    Show why FIELD of RECORD has its value: who says so, where, and by which rule.

    \b
    Examples:
      interpol-dataset explain haechi-iii outcomes/arrests
      interpol-dataset explain haechi-iii period --format json
      interpol-dataset explain limited-jurisdiction statement
    """
    with _said_if_unbuilt(record, table or "*"):
        if field is None:
            raise _without_field(dataset, record, table)
        explanation = dataset.explain(record, field, table=table)
    if format_ == "json":
        print_json(explanation.to_dict())
    else:
        print_text(str(explanation), lines=True)


def _without_field(dataset: Dataset, record: str, table: str | None) -> UnknownRecordError:
    """Return the error that no field is named, with facts of the case that can be asked for."""
    said = f"say which field of '{record}' to explain"
    try:
        _, id_ = dataset.tables.locate(record, ["cases"])
    except UnknownRecordError:
        dataset.explain(record, "id", table=table)
        return UnknownRecordError(said, hint="name a column of its table")
    from interpol_dataset.dataset.objects import FIRST, facts_of  # noqa: PLC0415  # not for --help

    fields = [fact.path for fact in facts_of(dataset.tables, id_)]
    told = [field for field in fields if field in FIRST[1:] or field.startswith("outcomes/")]
    some = ", ".join(told[:_MAX_FACTS])
    return UnknownRecordError(
        said, hint=f"such as {some}; 'interpol-dataset show {id_}' lists its facts"
    )


@click.command("info")
@terminal.dataset
@terminal.format_
def info_(dataset: Dataset, format_: str) -> None:
    """
    Show the dataset's version, licence and tables, and its facts by status.

    \b
    Examples:
      interpol-dataset info
      interpol-dataset info --package dist/data/parquet --format json
    """
    described = dataset.descriptor
    rows = {name: len(dataset[name]) for name in dataset.tables}
    facts = dataset.verification if "verification" in dataset.tables else ()
    counts = Counter(
        (str(fact["status"] or fact.get("verdict")), fact["fact_class"]) for fact in facts
    )
    classes = list(dict.fromkeys(class_ for _, class_ in counts))
    statuses: dict[str, dict[str, int]] = {}
    for (status, class_), count in counts.most_common():
        statuses.setdefault(status, {})[class_] = count

    if format_ == "json":
        named = {"name": described.get("name"), "version": dataset.version}
        licenses = described.get("licenses")
        print_json({**named, "licenses": licenses, "tables": rows, "facts": statuses})
        return

    licence = ", ".join(dataset.licenses) or "no licence given"
    print_text(f"{described.get('title', '')} {dataset.version}", bold=True)
    print_text(f"Data: {licence}. Code: MIT. Not affiliated with INTERPOL.")
    print_text()
    print_rows(("table", "rows"), rows.items())
    print_text()
    print_rows(
        ("status", *classes),
        ([status, *map(by_class.get, classes)] for status, by_class in statuses.items()),
    )


@click.command("cite")
@click.argument("case", required=False)
@click.argument("fact", required=False)
@terminal.dataset
@terminal.choice("--style", ["apa", "bibtex", "csl-json"], "How to write the references.")
def cite_(case: str | None, fact: str | None, dataset: Dataset, style: str) -> None:
    """
    Print a reference to the dataset, to a CASE in it, or to a single FACT of the case.

    That to a case is followed by its sources, that to a fact by the source of its value.

    \b
    Examples:
      interpol-dataset cite
      interpol-dataset cite --style bibtex
      interpol-dataset cite haechi-iii
      interpol-dataset cite haechi-iii outcomes/arrests --style csl-json
    """
    with _said_if_unbuilt(case, "cases"):
        references = dataset.cite(case, fact, style)
    if style == "csl-json":
        print_json(json.loads(references))
    else:
        print_text(references, lines=True)


@contextmanager
def _said_if_unbuilt(id_: str | None, table: str) -> Iterator[None]:
    """
    Say that a record was written and not yet built, if it is not among the built ones.

    :param table: The table that it is looked up in; ``*`` for any.
    """
    try:
        yield
    except UnknownIdError as error:
        folder = terminal.nearest_root() / "data" / "records"
        if id_ is None or len(id_) > _LONGEST_ID:
            raise
        written = next(folder.glob(f"{table}/{glob.escape(id_)}.yaml"), None)
        if written is None:
            raise
        raise UnknownRecordError(
            f"'{id_}' was written and is not built yet",
            where=str(written),
            hint="run 'interpol-dataset build' first",
        ) from error


def _search(wanted: str) -> Callable[[Row], bool]:
    """Return a test for rows that have a text as written, or all its words in the form of ids."""
    folded, words = wanted.casefold(), set(slug_of(wanted).split("-")) - {""}

    def has(row: Row) -> bool:
        cells = [cell_text(value) for value in row.values()]
        if any(folded in cell.casefold() for cell in cells):
            return True
        text = "-".join(map(slug_of, cells)) if words else ""
        return bool(words) and all(word in text for word in words)

    return has


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
@terminal.dataset
@terminal.rows_format
def total_(
    metric: str,
    object_: str | None,
    by: str,
    country: str | None,
    filters: tuple[str, ...],
    dataset: Dataset,
    format_: str,
) -> None:
    """
    Add METRIC up over operations: of all objects, or of one OBJECT and everything below it.

    \b
    Examples:
      interpol-dataset total arrests --by year
      interpol-dataset total weight-seized cocaine --by year --format csv
      interpol-dataset total arrests --country KEN
      interpol-dataset total victims --where series=storm-makers --by object
    """
    from interpol_dataset.dataset.tables import condition  # noqa: PLC0415  # not for --help

    where = dict(map(condition, filters))
    groups = [group.strip() for group in by.split(",") if group.strip()]
    table = dataset.total(metric, object_, by=groups, country=country, where=where)
    columns, rows = list(table.columns), [list(row.values()) for row in table]
    if format_ == "text" and groups and _is_terminal():
        columns, rows = _with_bars(columns, rows)
    print_rows(columns, rows, format_=format_)
    print_text(table.description, err=format_ != "text" or not _is_terminal())


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
