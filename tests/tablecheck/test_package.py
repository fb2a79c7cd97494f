"""A whole Data Package, which may come from strangers."""

import gzip
import hashlib
import json
from itertools import product
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from helpers.each import each
from interpol_dataset.tablecheck import TableCheckError, inside, validate_package

ONE_ROW = b"id\na\n"
PARENTS = {"fields": [{"name": "id"}], "primaryKey": "id"}
CHILDREN = {
    "fields": [{"name": "id"}, {"name": "of"}],
    "foreignKeys": [{"fields": "of", "reference": {"resource": "parents", "fields": "id"}}],
}


def write(folder: Path, *resources: dict[str, Any], **more: Any) -> Path:
    """Write a descriptor."""
    path = folder / "datapackage.json"
    path.write_text(json.dumps({"resources": list(resources), **more}), encoding="utf-8")
    return path


def test_tables_are_checked_together(tmp_path: Path) -> None:
    """References are looked up in other resources, whatever their order; schemas may be files."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data/parents.csv").write_text("id\na\nb\nb\n", encoding="utf-8")
    (tmp_path / "data/children.csv").write_text("id,of\n1,a\n2,z\n3,\n", encoding="utf-8")
    (tmp_path / "parents.json").write_text(json.dumps(PARENTS), encoding="utf-8")
    (tmp_path / "notes.txt").write_text("not a table", encoding="utf-8")
    path = write(
        tmp_path,
        {"name": "children", "path": "data/children.csv", "schema": CHILDREN},
        {"name": "parents", "path": ["data/parents.csv"], "schema": "parents.json"},
        {"name": "notes", "path": "notes.txt"},
    )

    children, parents = validate_package(path)
    assert [(f["row"], f["fault"]) for f in children.findings.to_pylist()] == [(2, "foreign-key")]
    assert [(f["row"], f["fault"]) for f in parents.findings.to_pylist()] == [(3, "primary-key")]
    assert (children.resource, children.rows, parents.rows) == ("children", 3, 3)


def test_a_table_that_can_not_be_read_hides_no_other(tmp_path: Path) -> None:
    """A file that is missing, or of an unknown format, is found; all other tables are checked."""
    (tmp_path / "t.xlsx").write_bytes(b"PK")
    (tmp_path / "parents.csv").write_text("id\na\na\n", encoding="utf-8")
    path = write(
        tmp_path,
        {"name": "sheet", "path": "t.xlsx", "schema": PARENTS},
        {"name": "named", "path": "parents.csv", "format": "csv", "schema": PARENTS},
        {"name": "gone", "path": "gone.csv", "schema": PARENTS},
    )

    assert [
        [(f["row"], f["fault"], f["value"]) for f in report.findings.to_pylist()]
        for report in validate_package(path)
    ] == [
        [(1, "unknown-format", "xlsx")],
        [(2, "primary-key", "a")],
        [(1, "missing-file", "gone.csv")],
    ]


def test_keys_that_were_not_read_are_not_missed(tmp_path: Path) -> None:
    """Where a table has no key to look up, that is its own fault, not that of all who refer."""
    (tmp_path / "children.csv").write_text("id,of\n1,a\n2,b\n", encoding="utf-8")
    schema = {**PARENTS, "fields": [{"name": "id"}, {"name": "s"}]}
    path = write(
        tmp_path,
        {"name": "parents", "path": "parents.csv", "schema": schema},
        {"name": "children", "path": "children.csv", "schema": CHILDREN},
    )
    cases = {
        "": ["empty-file"],
        'id,s\na,\n"b\n': ["unclosed-quote"],
        "s\nx\n": ["incorrect-label", "missing-label"],
        "id\na\n": ["missing-label"],
    }
    for content, rules in cases.items():
        (tmp_path / "parents.csv").write_text(content, encoding="utf-8")
        parents, children = validate_package(path)
        assert sorted(f["fault"] for f in parents.findings.to_pylist()) == rules
        # A fault of another column leaves the key, and "b" is not there.
        assert children.total == (1 if content.startswith("id\n") else 0)


def test_tables_may_refer_to_each_other_in_a_circle(tmp_path: Path) -> None:
    """A circle of references is followed to its end."""
    tables = []
    for name, other, row in (("a", "b", "2,y"), ("b", "a", "z,9")):
        (tmp_path / f"{name}.csv").write_text(f"id,of\n1,1\n{row}\n", encoding="utf-8")
        key = {"fields": "of", "reference": {"resource": other, "fields": "id"}}
        schema = {"fields": [{"name": "id"}, {"name": "of"}], "foreignKeys": [key]}
        tables.append({"name": name, "path": f"{name}.csv", "schema": schema})

    for report in validate_package(write(tmp_path, *tables)):
        assert [(f["row"], f["field"]) for f in report.findings.to_pylist()] == [(2, "of")]


LEAD_OUT = ("/etc/passwd", "../t.csv", "a/../../t.csv", "https://example.org/t.csv", "..\\t.csv")
LEAD_OUT += ("C:\\t.csv", "file:t.csv", "link.csv", "", "a\0.csv")


def test_a_path_that_leads_out_is_refused(tmp_path: Path) -> None:
    """Absolute paths, URLs, and paths and links out of the folder are refused."""
    folder = tmp_path / "package"
    folder.mkdir()
    (tmp_path / "t.csv").write_text("id\n", encoding="utf-8")
    (folder / "link.csv").symlink_to(tmp_path / "t.csv")
    (folder / "in.csv").write_text("id\n", encoding="utf-8")
    for place, path in product(("path", "schema"), LEAD_OUT):
        resource = {"name": "t", "path": "in.csv", "schema": PARENTS, place: path}
        with pytest.raises(TableCheckError) as caught:
            validate_package(write(folder, resource))
        assert place in str(caught.value.where), path


@each(
    "change, what",
    [
        ({"name": None}, "name"),
        ({"path": None, "data": [{"id": 1}]}, "no path"),
        ({"path": ["t.csv", "u.csv"]}, "a table is one file"),
        ({"path": "x:y.csv"}, "begins as a URL or a drive does"),
        ({"path": "\ud800.csv"}, "path .* half of a character"),
        ({"path": "t.csv.zst", "format": "csv"}, "'zst' can't be read .*compress it with gzip"),
        ({"compression": "zip"}, "'zip' can't be read"),
        ({"name": "\ud800"}, "name .* half of a character"),
        ({"schema": None, "type": "table"}, "no schema"),
        ({"schema": CHILDREN}, "'parents'"),
        ({"schema": 5}, "object"),
        ({"schema": "none.json"}, "can't be read"),
        ({"schema": {**PARENTS, "uniqueKeys": [[]]}}, "one field"),
        ({"schema": {"fields": [{"name": "a", "categories": [{}]}]}}, "a category has a value"),
        ({"schema": {"fields": [{"name": "\ud800"}]}}, r"fields/0/name: '\\ud800' holds half"),
        ({"dialect": {"delimiter": ";;"}}, ";;"),
        ({"dialect": {"csv": 5}}, "an object"),
        ({"dialect": {"lineTerminator": "|"}}, "lineTerminator"),
        ({"dialect": {"quoteChar": "'"}}, "write the file as plain CSV"),
        ({"dialect": {"header": False}}, "write the file as plain CSV"),
        ({"encoding": "latin-1"}, "'latin-1'.*write the file in UTF-8"),
        ({"encoding": 5}, "'5'"),
        ({"hash": "crc:1"}, "'crc'"),
    ],
)
def test_a_descriptor_that_cannot_be_used_is_refused(
    change: dict[str, Any], what: str, tmp_path: Path
) -> None:
    """The error says what is wrong."""
    (tmp_path / "t.csv").write_text("id\n", encoding="utf-8")
    resource = {"name": "t", "path": "t.csv", "schema": PARENTS} | change
    resource = {key: value for key, value in resource.items() if value is not None}
    with pytest.raises(TableCheckError, match=what):
        validate_package(write(tmp_path, resource))


def test_a_package_is_refused_as_a_whole(tmp_path: Path) -> None:
    """A file that is no descriptor, one name for two tables, and no table at all are errors."""
    for content in ("", "[]", "{", "[" * 100_000, '{"resources": {}}'):
        (tmp_path / "datapackage.json").write_text(content, encoding="utf-8")
        with pytest.raises(TableCheckError):
            validate_package(tmp_path / "datapackage.json")

    (tmp_path / "t.csv").write_text("id\na\na\n", encoding="utf-8")
    table = {"name": "t", "path": "t.csv", "schema": PARENTS}
    with pytest.raises(TableCheckError, match="two resources have the name 't'"):
        validate_package(write(tmp_path, table, table))
    with pytest.raises(TableCheckError, match="no resource of the package is a table"):
        validate_package(write(tmp_path, {"name": "notes", "path": "notes.txt"}))


def test_a_descriptor_vouches_for_its_files(tmp_path: Path) -> None:
    """A file of another size or hash than its descriptor says is found, once."""
    (tmp_path / "t.csv").write_bytes(ONE_ROW)
    described: list[tuple[dict[str, Any], list[str]]] = [
        ({}, []),
        ({"bytes": 5}, []),
        ({"bytes": 6}, ["file-size"]),
        ({"bytes": True}, []),
        ({"hash": hashlib.md5(ONE_ROW, usedforsecurity=False).hexdigest()}, []),
        ({"hash": f"sha256:{'0' * 64}"}, ["file-hash"]),
        ({"hash": f"SHA256:{hashlib.sha256(ONE_ROW).hexdigest().upper()}"}, []),
        ({"hash": "sha1:00", "bytes": 5}, ["file-hash"]),
        ({"hash": "sha1:00", "bytes": 4}, ["file-size"]),
    ]
    for properties, rules in described:
        resource = {"name": "t", "path": "t.csv", "schema": PARENTS, **properties}
        (report,) = validate_package(write(tmp_path, resource))
        assert rules == [f["fault"] for f in report.findings.to_pylist()], properties


def test_compression_by_name_or_by_descriptor(tmp_path: Path) -> None:
    """A file is decompressed if its name or its descriptor says so."""
    for name, compression in (("t.csv.gz", None), ("t.csv", "gz"), ("t.csv.gz", "gz")):
        (tmp_path / name).write_bytes(gzip.compress(b"id\na\na\n"))
        resource = {"name": "t", "path": name, "schema": PARENTS, "compression": compression}
        (report,) = validate_package(write(tmp_path, resource))
        assert [f["fault"] for f in report.findings.to_pylist()] == ["primary-key"]


def test_a_table_without_rows_is_sound(tmp_path: Path) -> None:
    """No rows are no fault, in whatever format there are none."""
    pq.write_table(pa.table({"id": pa.array([], pa.string())}), tmp_path / "t.parquet")
    (tmp_path / "t.csv").write_text("id\n", encoding="utf-8")
    (tmp_path / "t.jsonl").write_text("", encoding="utf-8")
    tables = [{"name": n, "path": f"t.{n}", "schema": PARENTS} for n in ("parquet", "csv", "jsonl")]
    reports = validate_package(write(tmp_path, *tables))
    assert [(report.rows, report.total) for report in reports] == [(0, 0)] * 3


def test_paths_inside(tmp_path: Path) -> None:
    """A relative path that stays in the folder is found; a link out, or in a circle, is not."""
    sound = ("a.csv", "a/b.csv", "./a.csv", "a/./b.csv", "a..b", "a/b:c", "in")
    leading_out = ("", ".", "..", "../a", "a/../../b", "/a", "C:a", "http://a", "a\\b", "a\0b")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "out").symlink_to(tmp_path)
    (folder / "round").symlink_to(folder / "round")
    (folder / "in").symlink_to(folder / "file")

    assert [inside(folder, path) for path in sound] == [folder / path for path in sound]
    assert [inside(folder, path) for path in (*leading_out, "out/file", "round")] == [None] * 12
