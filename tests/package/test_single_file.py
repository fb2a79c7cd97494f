"""Tests of :mod:`interpol_dataset.package.formats`: what the tools of each format find."""

import asyncio
import html
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

import duckdb
import openpyxl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import interpol_dataset
from helpers import every_type
from helpers import strategies as s
from helpers.every_type import SCHEMA
from interpol_dataset.package import single_file
from interpol_dataset.package.arrow import About, Described
from interpol_dataset.package.formats import write_whole
from interpol_dataset.package.single_file import MAX_CELL, sheet_names
from interpol_dataset.tables.rows import TABLES

ABOUT = About("some-data", "Some data", "What it holds.", "1.0", "CC0-1.0", "https://example.org/")

#: Texts that a spreadsheet or a database might take for something else.
TEXTS = s.lines() | st.sampled_from(
    [
        *("=1+1", "=cmd|'/c calc'!A0", "+1", "-1", "@SUM(A1)", "0042", "1e5", "TRUE", "#N/A"),
        *("https://example.org", "2022-06-28", "'", '"', "_x0041_", "{=1}", "a\nb", "NULL"),
    ]
)

ROWS = every_type.rows(TEXTS)


def described(rows: list[dict[str, Any]], name: str = "things") -> Described:
    """Return rows as a table to be written."""
    return Described(name, f"The {name}.", SCHEMA, every_type.table(rows))


def written(format_: str, *tables: Described) -> bytes:
    """Return the file that holds the tables."""
    return next(iter(write_whole(tables, format_, ABOUT).values()))


@pytest.fixture(scope="module")
def database(
    dataset: interpol_dataset.Dataset, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[sqlite3.Connection]:
    """Return the project's own data in SQLite."""
    target = dataset.export(tmp_path_factory.mktemp("lite") / "out", "sqlite")
    with closing(sqlite3.connect(target / "interpol-dataset.sqlite")) as connection:
        yield connection


# --- the same values ------------------------------------------------------------------------


#: How values of SQLite become what Arrow has, where that is something else.
FROM_SQLITE: Final = {"boolean": bool, "date": date.fromisoformat, "array": json.loads}


def rows_of(connection: sqlite3.Connection, name: str, schema: Any) -> list[dict[str, Any]]:
    """Return the rows of a table in SQLite."""
    columns = [(field["name"], FROM_SQLITE.get(field["type"])) for field in schema["fields"]]
    found = connection.execute(f'SELECT * FROM "{name}" ORDER BY rowid')  # noqa: S608

    return [
        {
            name: read(cell) if read and cell is not None else cell
            for (name, read), cell in zip(columns, row, strict=True)
        }
        for row in found
    ]


def test_sqlite_has_all_values(
    dataset: interpol_dataset.Dataset, database: sqlite3.Connection
) -> None:
    """Every table has the rows and values that Arrow has."""
    for name in dataset.tables:
        table = dataset[name]
        assert table.to_arrow().to_pylist() == rows_of(database, name, table.schema)


@given(rows=ROWS)
def test_sqlite_keeps_any_value(rows: list[dict[str, Any]]) -> None:
    """Whatever the cells hold, SQLite returns it."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(written("sqlite", described(rows)))
        assert rows == rows_of(connection, "things", SCHEMA)


def test_duckdb_has_all_values(dataset: interpol_dataset.Dataset, tmp_path: Path) -> None:
    """Every table has the rows, values and types that Arrow has."""
    target = dataset.export(tmp_path / "out", "duckdb")
    with closing(
        duckdb.connect(str(target / "interpol-dataset.duckdb"), read_only=True)
    ) as connection:
        for name in dataset.tables:
            expected = dataset[name].to_arrow()
            found = connection.sql(f'FROM "{name}"').to_arrow_table()
            assert expected.schema.types == found.schema.types
            assert expected.equals(found.cast(expected.schema)), name


# --- SQLite ---------------------------------------------------------------------------------


def test_sqlite_has_keys_and_indexes(
    dataset: interpol_dataset.Dataset, database: sqlite3.Connection
) -> None:
    """The file is sound; its keys are those of the schemas, lead to rows and have an index."""
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    for name in dataset.tables:
        schema = dataset[name].schema
        columns = database.execute(f'PRAGMA table_info("{name}")').fetchall()
        keys = sorted((row[5], row[1]) for row in columns if row[5])
        assert schema["primaryKey"] == [column for _, column in keys]
        assert {
            field["name"]: bool(field.get("constraints", {}).get("required"))
            for field in schema["fields"]
        } == {row[1]: bool(row[3]) for row in columns}

        foreign = database.execute(f'PRAGMA foreign_key_list("{name}")').fetchall()
        assert {
            (key["fields"][0], key["reference"]["resource"] or name, "id")
            for key in schema.get("foreignKeys", [])
        } == {(row[3], row[2], row[4]) for row in foreign}
        for row in foreign:
            plan = database.execute(
                f'EXPLAIN QUERY PLAN SELECT * FROM "{name}" WHERE "{row[3]}" = \'x\''  # noqa: S608
            ).fetchall()
            assert " INDEX " in plan[0][3], (name, row[3])


def test_sqlite_has_views_and_search(
    dataset: interpol_dataset.Dataset, database: sqlite3.Connection
) -> None:
    """Views have their rows; a search finds a case by a word of its summary, accents or not."""
    views = {
        name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type='view'")
    }
    assert set(single_file.VIEWS) == views
    of = {"figures": "outcomes", "who_says_so": "evidence", "main_areas": "cases"}
    for name, rows in of.items():
        (count,) = database.execute(f"SELECT count(*) FROM {name}").fetchone()  # noqa: S608
        assert len(dataset[rows]) == count

    found = database.execute(
        "SELECT c.id FROM cases_fts f JOIN cases c ON c.rowid = f.rowid WHERE cases_fts MATCH ?",
        ("haechi",),
    ).fetchall()
    assert ("haechi-iii",) in found
    spelt = [
        database.execute("SELECT count(*) FROM sources_fts(?)", (word,)).fetchone()
        for word in ("operación", "operacion")
    ]
    assert spelt[0] == spelt[1] != (0,)


def test_views_are_described(database: sqlite3.Connection) -> None:
    """The page on Python lists the views and their columns, in their order."""
    page = (Path(__file__).parents[2] / "docs" / "use" / "python.md").read_text("utf-8")
    (listed,) = re.findall(r"^\| view \| rows \| columns \|\n((?:\|.*\n)*)", page, re.MULTILINE)
    found = re.findall(r"^\| `(\w+)` \|.*\| (.*) \|$", listed, re.MULTILINE)
    assert list(single_file.VIEWS) == [name for name, _ in found]
    for name, columns in found:
        known = database.execute(f"PRAGMA table_info({name})").fetchall()
        assert [row[1] for row in known] == re.findall(r"`(\w+)`", columns), name


def test_views_are_the_same_everywhere(
    dataset: interpol_dataset.Dataset, database: sqlite3.Connection
) -> None:
    """SQLite gives the rows that DuckDB gives."""
    for name in ("series", "country_years"):
        lite = database.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608
        duck = [tuple(row.values()) for row in dataset.sql(f"FROM {name}")]
        assert Counter(lite) == Counter(duck), name


def test_datasette_opens_it(database: sqlite3.Connection) -> None:
    """Datasette shows tables, descriptions, labels of foreign keys, views and the search."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own dependencies warn of their own affairs
        from datasette.app import Datasette  # noqa: PLC0415  # as it warns when imported

        path = Path(database.execute("PRAGMA database_list").fetchone()[2])
        metadata = json.loads(path.with_name("metadata.json").read_text("utf-8"))

        async def asked(*addresses: str) -> list[Any]:
            app = Datasette([str(path)], metadata=metadata)
            await app.invoke_startup()
            return [await app.client.get(address) for address in addresses]

        base = f"/{path.stem}"
        found, labelled, page, view = asyncio.run(
            asked(
                f"{base}/cases.json?_search=haechi&_shape=array",
                f"{base}/outcomes.json?_labels=on&_size=1&_shape=array",
                f"{base}/cases",
                f"{base}/figures.json?metric=Arrests&_size=1",
            )
        )

    assert "haechi-iii" in [row["id"] for row in found.json()]
    assert {"value", "label"} == set(labelled.json()[0]["metric_id"])
    assert view.status_code == 200
    assert "CC-BY-4.0" in page.text
    told = metadata["databases"][path.stem]["tables"]["cases"]
    texts = [told["description"], told["columns"]["summary"]]
    assert [text for text in texts if text not in html.unescape(page.text)] == []


def test_same_bytes_whatever_the_hash_seed(built: Path) -> None:
    """Two processes with other hash seeds write the same SQLite and Excel files."""
    command = (
        "import hashlib, sys, interpol_dataset as i\n"
        "from interpol_dataset.dataset import export as e\n"
        "ds = i.load(sys.argv[1]); names = ['cases', 'metrics', 'sources', 'retired_ids']\n"
        "e.replace_directory = lambda target, files: print(\n"
        "    {name: hashlib.sha256(text).hexdigest() for name, text in files.items()})\n"
        "for format_ in ('sqlite', 'xlsx'): ds.export('out', format_, tables=names)\n"
    )
    outs = [
        subprocess.run(
            [sys.executable, "-c", command, str(built)],
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    ]

    assert outs[0] == outs[1]
    assert outs[0].count(": '") == 7


# --- both databases -------------------------------------------------------------------------


def test_part_of_the_tables(small: interpol_dataset.Dataset, tmp_path: Path) -> None:
    """Tables whose references lead outside are written without those; views that lack one go."""
    for format_ in ("sqlite", "duckdb", "xlsx"):
        small.export(tmp_path / format_, format_, tables=["outcomes", "objects", "verification"])
    with closing(sqlite3.connect(tmp_path / "sqlite" / "interpol-dataset.sqlite")) as lite:
        foreign = lite.execute("PRAGMA foreign_key_list(outcomes)").fetchall()
        views = lite.execute("SELECT name FROM sqlite_schema WHERE type = 'view'").fetchall()
        assert {"objects"} == {row[2] for row in foreign}
        assert views == [("disputed_facts",)]
        assert lite.execute("PRAGMA foreign_key_check").fetchall() == []
    with closing(duckdb.connect(str(tmp_path / "duckdb" / "interpol-dataset.duckdb"))) as duck:
        assert {"outcomes", "objects", "verification", "disputed_facts"} == {
            row[0] for row in duck.execute("SHOW TABLES").fetchall()
        }


def test_duckdb_has_comments(small: interpol_dataset.Dataset, tmp_path: Path) -> None:
    """Tables, columns and views say what they hold."""
    target = small.export(tmp_path / "out", "duckdb")
    with closing(duckdb.connect(str(target / "interpol-dataset.duckdb"))) as connection:
        tables = dict(
            connection.execute("SELECT table_name, comment FROM duckdb_tables()").fetchall()
        )
        columns = {
            (table, column): comment
            for table, column, comment in connection.execute(
                "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal"
            ).fetchall()
        }
        views = connection.execute(
            "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal"
        ).fetchall()

    assert {row.TABLE: " ".join((row.__doc__ or "").split()) for row in TABLES} == tables
    assert {name: view.description for name, view in single_file.VIEWS.items()} == dict(views)
    for name in small.tables:
        for field in small[name].schema["fields"]:
            assert columns[name, field["name"]].startswith(field["description"])
    assert columns["outcomes", "case_id"].endswith("In the primary key. Refers to cases.id.")


@pytest.mark.parametrize("format_", ["sqlite", "duckdb"])
def test_odd_names_are_quoted(format_: str) -> None:
    """Names of tables and columns are identifiers, whatever they contain."""
    name = 'drop"table things; --'
    schema = {"fields": [{"name": 'a"; b', "type": "string", "description": "it's"}]}
    table = Described(name, "it's", schema, pa.table({'a"; b': ["x"]}))
    assert written(format_, table)


def test_key_that_is_not_unique() -> None:
    """A table that breaks its own key is refused in words."""
    with pytest.raises(ValueError, match=r"UNIQUE constraint failed: things\.id"):
        written("sqlite", described([{"id": "a"}, {"id": "a"}]))


# --- Excel ----------------------------------------------------------------------------------


def sheets(content: bytes) -> openpyxl.Workbook:
    """Open a workbook."""
    return openpyxl.load_workbook(io.BytesIO(content))


def midnight(day: date) -> datetime:
    """Return a day as openpyxl has it."""
    return datetime.combine(day, time())


def as_excel(value: Any) -> Any:
    """Return what a cell shows of a value."""
    match value:
        case list():
            return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        case bool():
            return value
        case int():
            return value if abs(value) < 10**15 else str(value)
        case float():  # Excel keeps 15 digits, and no number beyond 1e307
            return pytest.approx(value, rel=1e-14) if abs(value) < 1e307 else str(value)
        case date():
            return midnight(value) if value >= date(1900, 3, 1) else str(value)
        case _:
            return value


def cells(sheet: Any) -> list[dict[str, Any]]:
    """Return the rows of a sheet by its header."""
    header, *rows = ([cell.value for cell in row] for row in sheet.iter_rows())
    return [dict(zip(header, row, strict=True)) for row in rows]


@given(rows=ROWS)
def test_excel_keeps_any_value(rows: list[dict[str, Any]]) -> None:
    """Texts are texts, numbers numbers, days days; nothing is a formula."""
    sheet = sheets(written("xlsx", described(rows)))["things"]
    expected = [{name: as_excel(value) for name, value in row.items()} for row in rows]
    assert expected == cells(sheet)
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}


def test_excel_has_the_values(dataset: interpol_dataset.Dataset, tmp_path: Path) -> None:
    """The sheets of the project's own data have the values that Arrow has."""
    names = ["cases", "case_countries", "metrics", "countries", "retired_ids"]
    target = dataset.export(tmp_path / "out", "xlsx", tables=names)
    book = sheets((target / "interpol-dataset.xlsx").read_bytes())

    assert ["README", "columns", *names] == book.sheetnames
    for name in names:
        assert [
            {column: as_excel(value) for column, value in row.items()} for row in dataset[name]
        ] == cells(book[name])


def test_excel_is_made_for_people(small: interpol_dataset.Dataset, tmp_path: Path) -> None:
    """Headers stay in view and have filters; columns are wide enough; the README explains."""
    target = small.export(tmp_path / "out", "xlsx")
    book = sheets((target / "interpol-dataset.xlsx").read_bytes())
    sheet, first = book["sources"], book["README"]
    texts = [str(cell.value) for row in first.iter_rows() for cell in row if cell.value is not None]

    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref.startswith("A1:")
    assert 20 < sheet.column_dimensions["A"].width <= 61
    assert sheet["A1"].font.bold
    day = small.sources.columns.index("retrieved") + 1
    assert sheet.cell(2, day).number_format == "yyyy-mm-dd"
    assert texts[0] == "INTERPOL interventions, with evidence"
    assert "cases" in texts
    assert "CC-BY-4.0" in " ".join(texts)
    assert len(cells(book["columns"])) == sum(len(small[name].columns) for name in small.tables)
    assert midnight(date(1980, 1, 1)) == book.properties.created


def test_excel_file_has_no_formula(small: interpol_dataset.Dataset, tmp_path: Path) -> None:
    """The file itself has no element of a formula, and no link to outside."""
    target = small.export(tmp_path / "out", "xlsx")
    with zipfile.ZipFile(target / "interpol-dataset.xlsx") as file:
        parts = {name: file.read(name).decode() for name in file.namelist()}

    assert [row["title"] for row in small.sources if row["title"].startswith("=")][:1] == [
        "=Results, as daily has them"
    ]
    assert not [name for name, part in parts.items() if "<f>" in part or "<f " in part]
    assert not [name for name, part in parts.items() if 'TargetMode="External"' in part]


def test_long_texts_are_cut_and_listed() -> None:
    """A text that is longer than a cell is cut with a mark, and the README says where."""
    texts = ["x" * MAX_CELL, "x" * (MAX_CELL + 1), "\U0001f600" * MAX_CELL]
    rows = [{"id": str(n), "text": text} for n, text in enumerate(texts)]
    book = sheets(written("xlsx", described(rows)))
    found = [row["text"] for row in cells(book["things"])]

    assert texts[0] == found[0]
    assert found[1].endswith("x [cut]")
    assert [len(text.encode("utf-16-le")) // 2 for text in found[:2]] == [MAX_CELL] * 2
    assert MAX_CELL >= len(found[2].encode("utf-16-le")) // 2 > MAX_CELL - 3
    listed = [[cell.value for cell in row] for row in book["README"].iter_rows()]
    assert listed[-2:] == [["things", 3, "text"], ["things", 4, "text"]]


def test_odd_descriptions_make_a_sound_workbook() -> None:
    """What a package says of itself is text, whatever it contains."""
    odd = "=1\x00<b>\ufffe'&\""
    about = About("../evil", odd, odd, odd, odd, odd)
    table = described([{"id": "a"}], name="it's [all]?")._replace(description=odd)
    ((name, content),) = write_whole([table], "xlsx", about).items()
    book = sheets(content)

    assert name == "dataset.xlsx"
    assert book.sheetnames == ["README", "columns", "it's _all__"]
    assert "f" not in {cell.data_type for row in book["README"].iter_rows() for cell in row}


def test_names_of_sheets() -> None:
    """Names are made such as Excel allows, and differ from each other."""
    long = "a_table_with_a_very_long_name_indeed"
    names = sheet_names(["README", "readme", "History", "a/b:c", f"{long}_1", f"{long}_2", "''"])
    assert [
        *("README", "readme~2", "History~2", "a_b_c"),
        *("a_table_with_a_very_long_name_i", "a_table_with_a_very_long_name~2", "table"),
    ] == names
    assert max(map(len, names)) <= 31


def test_a_sheet_has_an_end() -> None:
    """A table that is longer than a sheet is refused."""
    arrow = pa.table({"id": pa.nulls(1_048_576, pa.string())})
    table = Described("long", "", {"fields": [{"name": "id", "type": "string"}]}, arrow)
    with pytest.raises(ValueError, match="'long' is larger than a sheet"):
        written("xlsx", table)
