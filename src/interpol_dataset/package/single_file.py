"""
Packages as one file: SQLite with metadata for Datasette next to it, DuckDB, and Excel workbooks.

In SQLite a list is the text of a JSON array, a day its ISO text, a truth value 0 or 1. In DuckDB
keys are in the comments: as constraints, they would make the file two and a half times as large.

A workbook has a sheet to read first, one of all columns, and one for each table; no cell is a
formula. Excel's days begin in March 1900, and its numbers have 15 digits: earlier days and longer
whole numbers become texts, too.
"""

from __future__ import annotations

import io
import re
import sqlite3
from contextlib import closing, suppress
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from interpol_dataset.errors import needing
from interpol_dataset.package.arrow import TYPES, About, Described
from interpol_dataset.package.text import json_file, json_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from duckdb import DuckDBPyConnection
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet


def quoted(name: str) -> str:
    """Return a name as an identifier, whatever its letters are."""
    return '"' + name.replace('"', '""') + '"'


def columns_of(table: Described, database: str) -> Iterator[str]:
    """Return the columns of a table as CREATE TABLE wants them; other types are texts."""
    for field in table.fields:
        required = field.get("constraints", {}).get("required") or field["name"] in table.key
        type_ = TYPES.get(field["type"], TYPES["string"])[database]
        yield f"{quoted(field['name'])} {type_}{' NOT NULL' if required else ''}"


class View(NamedTuple):
    """A question that many ask, answered in SQL."""

    description: str
    sql: str


#: The views of a database, by their names. One whose tables or columns are missing is left out.
VIEWS: Final[Mapping[str, View]] = {
    name: View(" ".join(line.removeprefix("-- ") for line in about.splitlines()), sql)
    for name, about, sql in re.findall(
        r"^-- view (\w+)\n((?:-- .+\n)+)([^;]+);",
        Path(__file__).with_name("views.sql").read_text("utf-8"),
        re.MULTILINE,
    )
}


# --- SQLite ----------------------------------------------------------------------------------


#: The columns that full-text search looks into, by table.
_SEARCHED: Final[Mapping[str, tuple[str, ...]]] = {
    "cases": ("name", "aliases", "summary"),
    "sources": ("title",),
}


def write_sqlite(tables: Sequence[Described], about: About) -> dict[str, bytes]:
    """
    Write tables as a database; see :func:`interpol_dataset.package.formats.write_whole`.

    :raises ValueError: The database refuses a table.
    """
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN")
            for table in tables:
                _create_in_sqlite(connection, table)
            views = _add_views(connection)
            _add_search(connection, tables)
            connection.execute("COMMIT")
        except (sqlite3.Error, OverflowError) as error:
            raise ValueError(str(error)) from error
        connection.execute("VACUUM")
        content = connection.serialize()
    shown = json_file(_metadata(tables, views, about))
    return {f"{about.stem}.sqlite": content, "metadata.json": shown}


def _create_in_sqlite(connection: sqlite3.Connection, table: Described) -> None:
    name, definitions = quoted(table.name), ",\n  ".join(_definitions(table))
    connection.execute(f"CREATE TABLE {name} (\n  {definitions}\n)")
    marks = ", ".join("?" for _ in table.fields)
    columns = [[_cell(cell) for cell in column.to_pylist()] for column in table.arrow.columns]
    connection.executemany(
        f"INSERT INTO {name} VALUES ({marks})",  # noqa: S608  # the name is quoted
        zip(*columns, strict=True),
    )
    for column in table.references:
        if (column,) != table.key[:1]:  # the primary key has an index that begins with that one
            index = quoted(f"{table.name}__{column}")
            connection.execute(f"CREATE INDEX {index} ON {name} ({quoted(column)})")


def _definitions(table: Described) -> Iterator[str]:
    yield from columns_of(table, "sqlite")
    if table.key:
        yield f"PRIMARY KEY ({', '.join(map(quoted, table.key))})"
    for column, (target, there) in table.references.items():
        yield f"FOREIGN KEY ({quoted(column)}) REFERENCES {quoted(target)} ({quoted(there)})"


def _cell(value: object) -> object:
    match value:
        case None | str() | int() | float():
            return value
        case list():
            return json_line(value)
        case _:
            return str(value)


def _add_views(connection: sqlite3.Connection) -> list[str]:
    """Create the views whose tables and columns there are, and return their names."""
    there = []
    for name, view in VIEWS.items():
        with suppress(sqlite3.OperationalError):
            connection.execute(f"{view.sql} LIMIT 0")
            query = "\n".join(line.strip() for line in view.sql.strip().splitlines())
            connection.execute(f"CREATE VIEW {quoted(name)} AS {query}")
            there.append(name)
    return there


def _add_search(connection: sqlite3.Connection, tables: Sequence[Described]) -> None:
    """Add full-text search in the way that Datasette recognizes, where SQLite has FTS5."""
    for table in tables:
        there = [field["name"] for field in table.fields]
        columns = [name for name in _SEARCHED.get(table.name, ()) if name in there]
        if not columns:
            continue
        index = quoted(f"{table.name}_fts")
        try:
            connection.execute(
                f"CREATE VIRTUAL TABLE {index} USING FTS5 ({', '.join(map(quoted, columns))},"
                f' content={quoted(table.name)}, tokenize="unicode61 remove_diacritics 2")'
            )
        except sqlite3.OperationalError:  # this SQLite was built without FTS5
            return
        connection.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")  # noqa: S608


def _metadata(tables: Sequence[Described], views: list[str], about: About) -> dict[str, Any]:
    described = {table.name: _described(table) for table in tables}
    described |= {name: {"description": VIEWS[name].description} for name in views}
    return {
        "title": f"{about.title} {about.version}",
        "description": about.description,
        "license": about.license,
        "license_url": about.license_url,
        "databases": {about.stem: {"tables": described}},
    }


def _described(table: Described) -> dict[str, Any]:
    names = [field["name"] for field in table.fields]
    facets = [field["name"] for field in table.fields if "enum" in field.get("constraints", {})]
    label = next((name for name in ("name", "title") if name in names), None)
    return {
        "description": table.description,
        "columns": {field["name"]: field.get("description", "") for field in table.fields},
        **({"facets": facets} if facets else {}),
        **({"label_column": label} if label else {}),
    }


# --- DuckDB ----------------------------------------------------------------------------------


def write_duckdb(tables: Sequence[Described], about: About) -> dict[str, bytes]:
    """
    Write tables as a database; see :func:`interpol_dataset.package.formats.write_whole`.

    A database has an identifier of its own, so its bytes differ from run to run.

    :raises MissingExtraError: DuckDB is not installed.
    :raises ValueError: The database refuses a table.
    """
    with needing("duckdb"):
        import duckdb  # noqa: PLC0415  # only those who want it pay for it

    name = f"{about.stem}.duckdb"
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        try:
            with closing(duckdb.connect(str(path))) as connection:
                for table in tables:
                    _create_in_duckdb(connection, table)
                for view, (description, sql) in VIEWS.items():
                    with suppress(duckdb.CatalogException, duckdb.BinderException):
                        connection.execute(f"CREATE VIEW {quoted(view)} AS {sql}")
                        _comment(connection, "VIEW", quoted(view), description)
        except duckdb.Error as error:
            raise ValueError(str(error).partition("\n")[0]) from error

        return {name: path.read_bytes()}


def _create_in_duckdb(connection: DuckDBPyConnection, table: Described) -> None:
    name, columns = quoted(table.name), ", ".join(columns_of(table, "duckdb"))
    connection.execute(f"CREATE TABLE {name} ({columns})")
    connection.register("arrow_", table.arrow)
    connection.execute(f"INSERT INTO {name} FROM arrow_")
    connection.unregister("arrow_")
    _comment(connection, "TABLE", name, table.description)
    for field in table.fields:
        comment = field.get("description", "")
        if field["name"] in table.key:
            comment += " In the primary key."
        if reference := table.references.get(field["name"]):
            comment += " Refers to {}.{}.".format(*reference)
        _comment(connection, "COLUMN", f"{name}.{quoted(field['name'])}", comment)


def _comment(connection: DuckDBPyConnection, kind: str, name: str, text: str) -> None:
    literal = text.strip().replace("'", "''")
    connection.execute(f"COMMENT ON {kind} {name} IS '{literal}'")


# --- Excel -----------------------------------------------------------------------------------


#: The limits of Excel: UTF-16 units of a cell, rows with the header, columns, letters of a name.
MAX_CELL: Final = 32_767
_MAX_ROWS: Final = 1_048_576
_MAX_COLUMNS: Final = 16_384
_MAX_NAME: Final = 31
#: The first day on which Excel's calendar and the real one agree.
_FIRST_DAY: Final = date(1900, 3, 1)
#: The whole numbers that a cell shows in full, and the greatest number there is.
_MAX_WHOLE: Final = 10**15
_MAX_NUMBER: Final = 1e307
#: When every workbook is said to be made, so that its bytes stay the same.
_MADE: Final = datetime(1980, 1, 1)  # noqa: DTZ001  # Excel knows no zones
#: Widths of columns, in letters.
_NARROWEST, _WIDEST = 8, 60
_CUT: Final = " [cut]"
#: A cell whose text was too long: its sheet, row and column.
_Cut: TypeAlias = tuple[str, int, str]


def write_xlsx(tables: Sequence[Described], about: About) -> dict[str, bytes]:
    """
    Write tables as a workbook; see :func:`interpol_dataset.package.formats.write_whole`.

    :raises MissingExtraError: XlsxWriter is not installed.
    :raises ValueError: A table has more rows or columns than a sheet.
    """
    with needing("excel", "XlsxWriter"):
        import xlsxwriter  # noqa: PLC0415  # only those who want it pay for it

    for table in tables:
        if len(table.arrow) >= _MAX_ROWS or len(table.fields) > _MAX_COLUMNS:
            raise ValueError(f"the table '{table.name}' is larger than a sheet of Excel")

    buffer = io.BytesIO()
    options = {"in_memory": True, "default_date_format": "yyyy-mm-dd"}
    with xlsxwriter.Workbook(buffer, options) as workbook:
        said = _plain(f"Version {about.version}, {about.license}")
        workbook.set_properties({"title": _plain(about.title), "comments": said, "created": _MADE})
        names = sheet_names(["README", "columns", *(table.name for table in tables)])
        first, codebook = (workbook.add_worksheet(name) for name in names[:2])
        bold = workbook.add_format({"bold": True, "bottom": 1})
        cuts: list[_Cut] = []
        for table, name in zip(tables, names[2:], strict=True):
            rows = zip(*(column.to_pylist() for column in table.arrow.columns), strict=True)
            cuts += _fill(workbook.add_worksheet(name), bold, table.arrow.column_names, rows)
        _fill(codebook, bold, ("table", "column", "title", "meaning", "type"), _columns(tables))
        _introduce(first, bold, about, dict(zip(names[2:], tables, strict=True)), cuts)

    return {f"{about.stem}.xlsx": buffer.getvalue()}


def sheet_names(names: Iterable[str]) -> list[str]:
    """Return names that Excel allows for sheets and that differ, capital letters or not."""
    taken = {"history"}  # a name that Excel keeps for itself
    allowed = []
    for name in names:
        plain = re.sub(r"[\[\]:*?/\\\x00-\x1f]", "_", name).strip("' ")[:_MAX_NAME] or "table"
        number, candidate = 1, plain
        while candidate.casefold() in taken:
            number += 1
            candidate = f"{plain[: _MAX_NAME - 1 - len(str(number))]}~{number}"
        taken.add(candidate.casefold())
        allowed.append(candidate)
    return allowed


def _fill(
    sheet: Worksheet, bold: Format, header: Sequence[str], rows: Iterable[Sequence[object]]
) -> list[_Cut]:
    """Fill a sheet: a header that stays in view and has filters, columns wide enough to read."""
    cuts = []
    widths = [len(name) + 2 for name in header]  # the filter's button needs room
    for column, name in enumerate(header):
        sheet.write_string(0, column, name, bold)
    last = 0
    for last, cells in enumerate(rows, 1):
        for column, cell in enumerate(cells):
            if cell is None:
                continue
            text, is_cut = _write_cell(sheet, (last, column), cell)
            widths[column] = max(widths[column], len(text))
            if is_cut:
                cuts.append((sheet.get_name(), last + 1, header[column]))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(max(width, _NARROWEST), _WIDEST))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, last, len(header) - 1)

    return cuts


def _write_cell(sheet: Worksheet, place: tuple[int, int], cell: object) -> tuple[str, bool]:
    """Write a cell; return what it shows, and whether it had to be cut."""
    match cell:
        case bool():
            sheet.write_boolean(*place, cell)
        case int() if abs(cell) < _MAX_WHOLE:
            sheet.write_number(*place, cell)
        case float() if abs(cell) < _MAX_NUMBER:
            sheet.write_number(*place, cell)
        case date() if cell >= _FIRST_DAY:
            sheet.write_datetime(*place, cell)
        case _:
            text = json_line(cell) if isinstance(cell, list) else str(cell)
            shown = _shortened(text)
            sheet.write_string(*place, shown)
            return shown.partition("\n")[0], shown != text

    return str(cell), False


def _plain(text: str) -> str:
    """Return a text without the characters that XML does not allow."""
    return re.sub(r"[\x00-\x1f\ufffe\uffff]", " ", text)[:255]


def _shortened(text: str) -> str:
    """Return as much of a text as a cell holds, with a mark where it was cut."""
    if len(text) * 2 <= MAX_CELL:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MAX_CELL:
        return text
    return units[: 2 * (MAX_CELL - len(_CUT))].decode("utf-16-le", "ignore") + _CUT


def _columns(tables: Sequence[Described]) -> Iterator[tuple[str, ...]]:
    for table in tables:
        for field in table.fields:
            title, meaning = field.get("title", ""), field.get("description", "")
            yield table.name, field["name"], title, meaning, field["type"]


def _introduce(
    sheet: Worksheet, bold: Format, about: About, tables: Mapping[str, Described], cuts: list[_Cut]
) -> None:
    lines: list[tuple[Any, ...]] = [
        (about.title,),
        (about.description,),
        (f"Version {about.version}. {about.license}", about.license_url),
        *([(about.adding_up,)] if about.adding_up else []),
        ("Lists are JSON arrays. An empty cell is a value that is not known or does not apply.",),
        ("The sheet 'columns' says what each column means.",),
        (),
        ("table", "rows", "what it holds"),
        *((name, len(table.arrow), table.description) for name, table in tables.items()),
    ]
    if cuts:
        lines += [(), ("cut: longer than a cell of Excel; whole in other formats", "row", "column")]
        lines += cuts
    table_head = lines.index(("table", "rows", "what it holds"))
    heads = (0, table_head, table_head + 2 + len(tables))
    for row, cells in enumerate(lines):
        for column, cell in enumerate(cells):
            if isinstance(cell, int):
                sheet.write_number(row, column, cell)
            else:
                sheet.write_string(row, column, _shortened(cell), bold if row in heads else None)
    for row, name in enumerate(tables, table_head + 1):
        target = name.replace("'", "''")
        sheet.write_url(row, 0, f"internal:'{target}'!A1", string=name)
    sheet.set_column(0, 0, 30)
    sheet.set_column(2, 2, _WIDEST)
