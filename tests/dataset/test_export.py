"""Tests of :mod:`interpol_dataset.dataset.export`."""

import json
import shutil
import sys
from hashlib import sha256
from itertools import count
from pathlib import Path
from unittest import mock

import pytest
from pyarrow import parquet

import interpol_dataset
from helpers.each import each
from helpers.edit import descriptor
from helpers.killed import Killed, content, killed_at, once
from interpol_dataset import Dataset, ExportError, MissingExtraError, PackageError, load
from interpol_dataset.dataset.export import export
from interpol_dataset.errors import UnknownRecordError
from interpol_dataset.package.formats import FORMATS, WHOLE_FORMATS
from interpol_dataset.tables import metadata
from interpol_dataset.validate.tables import check_package

WAYS = [("parquet", False), ("csv", False), ("csv", True), ("json", False), ("jsonl", False)]


def assert_same(one: Dataset, other: Dataset) -> None:
    """Check that two datasets have the same tables."""
    assert set(one.tables) == set(other.tables)
    for name in one.tables:
        expected, found = one[name].to_arrow(), other[name].to_arrow()
        assert expected.schema.equals(found.schema, check_metadata=True), name
        assert expected.equals(found), name
        assert one[name].schema == other[name].schema


@each("format_, guarded", WAYS)
def test_export_loads_as_the_same_dataset(
    small: Dataset, built: Path, tmp_path: Path, format_: str, *, guarded: bool
) -> None:
    """What is exported loads again as the same, and has the same bytes on every run."""
    one = export(small.tables, tmp_path / "one", format_, spreadsheet_safe=guarded)
    other = export(load(built).tables, tmp_path / "other", format_, spreadsheet_safe=guarded)
    again = load(one)
    assert content(one) == content(other)
    assert_same(small, again)
    assert (again.version, again.records()) == (small.version, small.records())
    assert again.descriptor["licenses"] == small.descriptor["licenses"]


@each("format_, guarded", WAYS)
def test_own_data(dataset: Dataset, tmp_path: Path, format_: str, *, guarded: bool) -> None:
    """The project's own data survives, too; where that is slow, the tables with most types do."""
    names = ["cases", "outcomes", "claims"] if "json" in format_ else list(dataset.tables)
    target = export(
        dataset.tables, tmp_path / "out", format_, tables=names, spreadsheet_safe=guarded
    )
    again = load(target)
    for name in names:
        assert again[name].to_arrow().equals(dataset[name].to_arrow()), name


def test_exports_of_exports(small: Dataset, tmp_path: Path) -> None:
    """An export is a dataset that can be exported again, into any format, and once more."""
    between = small
    for format_ in (*FORMATS, *reversed(FORMATS)):
        between = load(export(between.tables, tmp_path / format_, format_))
    assert_same(small, between)


def test_earlier_export_is_replaced(small: Dataset, tmp_path: Path) -> None:
    """An earlier export is replaced as a whole, whatever its format."""
    export(small.tables, tmp_path / "out", "csv")
    export(small.tables, tmp_path / "out", "parquet", tables=["cases"])
    assert {"README.txt", "cases.parquet", "datapackage.json"} == set(content(tmp_path / "out"))


def test_json_is_one_list_a_table(small: Dataset, tmp_path: Path) -> None:
    """In JSON, a file holds the rows of one table, whatever it is about."""
    export(small.tables, tmp_path / "out", "json")
    rows = json.loads((tmp_path / "out" / "case_countries.json").read_text("utf-8"))
    assert {f"{name}.json" for name in small.tables} | {"README.txt", "datapackage.json"} == set(
        content(tmp_path / "out")
    )
    assert {*small.case_countries.columns} == set(rows[0])
    assert len(small.case_countries) == len(rows)


@each("format_", FORMATS)
def test_some_tables(small: Dataset, tmp_path: Path, format_: str) -> None:
    """Only the named tables are exported, each once, and load again; a name alone is one."""
    names = ["outcomes", "cases", "outcomes"]
    target = export(small.tables, tmp_path / "out", format_, tables=names)
    again = load(target)
    export(small.tables, target, format_, tables="cases")

    assert list(again.tables) == ["outcomes", "cases"]
    assert again.cases.to_arrow().equals(small.cases.to_arrow())
    assert {*content(target)} == {"README.txt", f"cases.{format_}", "datapackage.json"}


def test_documents_of_an_earlier_version(small: Dataset, tmp_path: Path) -> None:
    """An export of nested documents, as they were once, says so and is replaced by the next one."""
    target = export(small.tables, tmp_path / "out", "json", tables=["cases"])
    path = target / "datapackage.json"
    described = json.loads(path.read_text("utf-8"))
    (resource,) = described["resources"]
    resource |= {"documents": resource.pop("rows"), "tables": {"cases": resource.pop("schema")}}
    path.write_text(json.dumps(described), "utf-8")

    with pytest.raises(PackageError, match="nested in documents") as caught:
        load(target)

    assert "export TARGET --format json" in str(caught.value.hint)
    assert_same(small, load(export(small.tables, target, "json")))


def test_progress(small: Dataset, tmp_path: Path) -> None:
    """Each table is named before it is written; of an unknown format those there are."""
    names: list[str] = []
    wanted = ["cases", "outcomes"]
    export(small.tables, tmp_path / "out", "csv", tables=wanted, progress=names.append)
    with pytest.raises(UnknownRecordError, match="no format 'paper'") as caught:
        export(small.tables, tmp_path / "out", "paper")

    assert names == wanted
    assert ", ".join([*FORMATS, *WHOLE_FORMATS]) in str(caught.value.hint)


@each("format_", WHOLE_FORMATS)
def test_what_others_load(small: Dataset, tmp_path: Path, format_: str) -> None:
    """A database or workbook says what can be loaded instead; the next export replaces it."""
    target = export(small.tables, tmp_path / "out", format_)
    with pytest.raises(PackageError, match=f"format {format_} is for other programs") as caught:
        load(target)
    assert caught.value.hint == f"load an export in one of {', '.join(FORMATS)}"
    assert_same(small, load(export(small.tables, target, "csv")))


@each("format_, library, extra", [("duckdb", "duckdb", "duckdb"), ("xlsx", "XlsxWriter", "excel")])
def test_library_that_is_missing(
    small: Dataset, tmp_path: Path, format_: str, library: str, extra: str
) -> None:
    """Without its library a format is refused, with what installs it, and nothing is written."""
    with (
        mock.patch.dict(sys.modules, {library.lower(): None}),
        pytest.raises(MissingExtraError, match=f"{library} is not installed") as caught,
    ):
        export(small.tables, tmp_path / "out", format_)
    assert f"pip install 'interpol-dataset[{extra}]', or '.[{extra}]'" in str(caught.value.hint)
    assert not (tmp_path / "out").exists()


def test_what_is_refused(small: Dataset, tmp_path: Path) -> None:
    """Unknown tables, no tables, and guards where no spreadsheet reads: nothing is written."""
    out = tmp_path / "out"
    with pytest.raises(UnknownRecordError, match="no table 'case'"):
        export(small.tables, out, "csv", tables=["cases", "case"])
    for format_ in ("csv", "json", "sqlite"):
        with pytest.raises(ExportError, match="no table to export"):
            export(small.tables, out, format_, tables=[])
    for format_ in ("parquet", "json", "jsonl", *WHOLE_FORMATS):
        with pytest.raises(ExportError, match="only CSV"):
            export(small.tables, out, format_, spreadsheet_safe=True)

    assert not out.exists()


def test_tables_that_a_database_refuses(small: Dataset, tmp_path: Path) -> None:
    """A package whose keys are not unique is refused by name, not with a traceback."""
    base = export(small.tables, tmp_path / "base", "jsonl", tables=["metrics"])
    with descriptor(base):
        pass
    text = (base / "metrics.jsonl").read_text("utf-8")
    (base / "metrics.jsonl").write_text(text + text, "utf-8")

    with pytest.raises(ExportError, match=r"UNIQUE constraint failed: metrics\.id") as caught:
        export(load(base).tables, tmp_path / "out", "sqlite")

    assert "validate" in str(caught.value.hint)


def test_metadata_describe_the_files_beside_them(small: Dataset, tmp_path: Path) -> None:
    """CSV is exported with its metadata if asked, and the next export replaces all of it."""
    names = ["cases", "outcomes"]
    target = export(small.tables, tmp_path / "out", "csv", metadata=True, tables=names)
    crate = json.loads((target / "croissant.json").read_text("utf-8"))

    assert [file["contentUrl"] for file in crate["distribution"]] == ["cases.csv", "outcomes.csv"]
    for file in crate["distribution"]:
        assert file["sha256"] == sha256((target / file["contentUrl"]).read_bytes()).hexdigest()
    assert {*metadata.FILES} < set(content(target))
    with pytest.raises(ExportError, match="describe files of CSV"):
        export(small.tables, tmp_path / "other", "parquet", metadata=True)
    export(small.tables, target, "csv", tables="cases")
    assert {"README.txt", "cases.csv", "datapackage.json"} == set(content(target))


def test_a_package_without_what_metadata_say(small: Dataset, tmp_path: Path) -> None:
    """A foreign descriptor may lack a licence; then only the metadata can't be written."""
    base = export(small.tables, tmp_path / "base", "csv", tables="cases")
    with descriptor(base) as described:
        del described["licenses"]
    with pytest.raises(ExportError, match="lacks what metadata have to say: 'licenses'"):
        export(load(base).tables, tmp_path / "out", "csv", metadata=True)


@pytest.mark.parametrize(
    "files",
    [
        {"thesis.docx": "years of work"},
        {"datapackage.json": "{}"},
        {"datapackage.json": "not JSON"},
        {"datapackage.json": '{"name": "interpol-dataset", "resources": [{"path": [1]}]}'},
        {"datapackage.json": "[" * 100_000},
        {"datapackage.json": '{"name": "other", "resources": [{"path": "a.csv"}]}', "a.csv": "a\n"},
        {
            "datapackage.json": '{"name": "interpol-dataset", "resources": [{"path": "a.csv"}]}',
            "a.csv": "a\n",
            "notes.txt": "mine",
        },
    ],
    ids=["a file", "empty", "broken", "odd path", "deep", "another package", "with more"],
)
def test_other_directories_stay(small: Dataset, tmp_path: Path, files: dict[str, str]) -> None:
    """A directory that holds anything but an earlier export is not replaced."""
    target = tmp_path / "out"
    target.mkdir()
    for name, text in files.items():
        (target / name).write_text(text, "utf-8")

    with pytest.raises(ExportError, match="not an earlier export") as caught:
        export(small.tables, target, "csv")

    assert str(target) == caught.value.where
    assert {name: text.encode() for name, text in files.items()} == content(target)


def test_file_and_link_are_left_alone(small: Dataset, tmp_path: Path) -> None:
    """A file, a link to a directory and one to nowhere stay; an empty directory is as none."""
    (tmp_path / "file").write_text("mine", "utf-8")
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")

    for name in ("file", "link", "nowhere"):
        with pytest.raises(ExportError, match="not a directory"):
            export(small.tables, tmp_path / name, "csv")
    with pytest.raises(ExportError, match="can't be written") as caught:
        export(small.tables, tmp_path / "file" / "out", "csv")

    assert caught.value.hint
    assert (tmp_path / "file").read_text("utf-8") == "mine"
    assert (tmp_path / "link").is_symlink()
    assert export(small.tables, tmp_path / "real", "csv", tables="cases") == tmp_path / "real"


@each("format_", ["json", "sqlite"])
def test_killed_export_leaves_old_or_new(small: Dataset, tmp_path: Path, format_: str) -> None:
    """Wherever an export is killed, the old or the new one loads, at one point from beside."""
    old = content(export(small.tables, tmp_path / "old" / "out", "csv", tables=["cases"]))
    new = content(export(small.tables, tmp_path / "new" / "out", format_, tables=["sources"]))
    moved = 0

    for number in count():
        target = tmp_path / str(number) / "out"
        shutil.copytree(tmp_path / "old" / "out", target)
        try:
            with killed_at(number):
                export(small.tables, target, format_, tables=["sources"])
        except Killed:
            there = target
            if not target.exists():
                (there,) = target.parent.glob(".interpol-dataset-*/old")
                moved += 1
            assert content(there) in (old, new)
            if format_ in FORMATS:
                load(there)
        else:
            break

    assert number > len(new)
    assert content(target) == new
    assert [*target.parent.iterdir()] == [target]
    assert moved == 1


def test_error_while_writing_is_said(small: Dataset, tmp_path: Path) -> None:
    """A disk that is full leaves the old export, nothing beside it, and an error in one line."""
    target = export(small.tables, tmp_path / "out", "csv")
    before = content(tmp_path)

    with (
        killed_at(8, once(OSError(28, "No space left on device"))),
        pytest.raises(ExportError, match="the disk is full") as caught,
    ):
        export(small.tables, target, "parquet")

    assert str(target) == caught.value.where
    assert caught.value.hint == "free space, or choose another place"
    assert before == content(tmp_path)


def test_parquet_describes_itself(small: Dataset, tmp_path: Path) -> None:
    """A Parquet file alone contains its table's name, schema, version and licence."""
    export(small.tables, tmp_path / "out", "parquet", tables=["categories"])
    metadata = parquet.read_schema(tmp_path / "out" / "categories.parquet").metadata
    assert metadata[b"name"] == b"categories"
    assert interpol_dataset.__version__.encode() == metadata[b"version"]
    assert metadata[b"license"] == b"CC-BY-4.0"
    assert small.categories.schema == json.loads(metadata[b"table_schema"])


def test_descriptor_describes_the_files(small: Dataset, tmp_path: Path) -> None:
    """The descriptor has path, format, size, hash and rows of each file."""
    export(small.tables, tmp_path / "out", "csv", tables=["cases"], spreadsheet_safe=True)
    written = json.loads((tmp_path / "out" / "datapackage.json").read_text("utf-8"))
    (resource,) = written["resources"]
    described = [resource[name] for name in ("path", "format", "rows", "spreadsheetSafe")]
    assert described == ["cases.csv", "csv", 2, True]
    assert resource["bytes"] == (tmp_path / "out" / "cases.csv").stat().st_size


@each("format_", WHOLE_FORMATS)
def test_what_others_load_is_described(small: Dataset, tmp_path: Path, format_: str) -> None:
    """The descriptor has path, size, hash and tables of the file, and all that is beside it."""
    target = export(small.tables, tmp_path / "out", format_, tables=["cases", "outcomes"])
    described = json.loads((target / "datapackage.json").read_text("utf-8"))
    main, *others = described["resources"]
    file = target / main["path"]

    assert f"interpol-dataset.{format_}" == main["path"]
    assert file.stat().st_size == main["bytes"]
    assert f"sha256:{sha256(file.read_bytes()).hexdigest()}" == main["hash"]
    assert list(main["tables"]) == ["cases", "outcomes"]
    assert {"README.txt", "datapackage.json", main["path"], *(item["path"] for item in others)} == {
        path.name for path in target.iterdir()
    }


@each("format_", ["csv", "jsonl", "parquet"])
@each("tables", [None, ["cases", "outcomes"], ["evidence"]])
def test_exports_are_sound_packages(
    small: Dataset, tmp_path: Path, format_: str, tables: list[str] | None
) -> None:
    """An export passes the check of tables; a part of one refers to nothing that it lacks."""
    target = export(small.tables, tmp_path / "out", format_, tables=tables)
    assert check_package(target / "datapackage.json").findings == ()
