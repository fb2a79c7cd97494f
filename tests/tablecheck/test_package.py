"""A whole Data Package, which may come from strangers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from interpol_dataset.errors import PackageError
from interpol_dataset.tablecheck import validate_package

if TYPE_CHECKING:
    from pathlib import Path

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
    assert [(f["row"], f["rule"]) for f in children.findings.to_pylist()] == [(2, "foreign-key")]
    assert [(f["row"], f["rule"]) for f in parents.findings.to_pylist()] == [(3, "primary-key")]
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
        [(f["row"], f["rule"], f["value"]) for f in report.findings.to_pylist()]
        for report in validate_package(path)
    ] == [
        [(1, "unknown-format", "xlsx")],
        [(2, "primary-key", "a")],
        [(1, "missing-file", "gone.csv")],
    ]


def test_what_was_not_read_is_not_missed(tmp_path: Path) -> None:
    """Where reading a table had to stop, nothing is said of what refers to its rows."""
    (tmp_path / "parents.csv").write_text('id\na\n"b\n', encoding="utf-8")
    (tmp_path / "children.csv").write_text("id,of\n1,a\n2,b\n", encoding="utf-8")
    path = write(
        tmp_path,
        {"name": "parents", "path": "parents.csv", "schema": PARENTS},
        {"name": "children", "path": "children.csv", "schema": CHILDREN},
    )

    parents, children = validate_package(path)
    assert [f["rule"] for f in parents.findings.to_pylist()] == ["unclosed-quote"]
    assert children.findings.num_rows == 0


def test_tables_may_refer_to_each_other_in_a_circle(tmp_path: Path) -> None:
    """A circle of references is followed to its end."""
    schemas = {
        name: {
            "fields": [{"name": "id"}, {"name": "of"}],
            "foreignKeys": [{"fields": "of", "reference": {"resource": other, "fields": "id"}}],
        }
        for name, other in (("a", "b"), ("b", "a"))
    }
    (tmp_path / "a.csv").write_text("id,of\n1,x\n2,y\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("id,of\nx,1\nz,9\n", encoding="utf-8")
    path = write(
        tmp_path, *({"name": n, "path": f"{n}.csv", "schema": s} for n, s in schemas.items())
    )

    a, b = validate_package(path)
    assert [(f["row"], f["field"]) for f in a.findings.to_pylist()] == [(2, "of")]
    assert [(f["row"], f["field"]) for f in b.findings.to_pylist()] == [(2, "of")]


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "../t.csv",
        "a/../../t.csv",
        "https://example.org/t.csv",
        "..\\t.csv",
        "C:\\t.csv",
        "file:t.csv",
        "link.csv",
        "",
        "a\0.csv",
    ],
)
@pytest.mark.parametrize("place", ["path", "schema"])
def test_a_path_that_leads_out_is_refused(path: str, place: str, tmp_path: Path) -> None:
    """Absolute paths, URLs, and paths and links out of the folder are refused."""
    folder = tmp_path / "package"
    folder.mkdir()
    (tmp_path / "t.csv").write_text("id\n", encoding="utf-8")
    (folder / "link.csv").symlink_to(tmp_path / "t.csv")
    (folder / "in.csv").write_text("id\n", encoding="utf-8")
    resource = {"name": "t", "path": "in.csv", "schema": PARENTS, place: path}

    with pytest.raises(PackageError) as caught:
        validate_package(write(folder, resource))
    assert place in str(caught.value.where)


@pytest.mark.parametrize(
    ("resource", "what"),
    [
        ({"path": "t.csv", "schema": PARENTS}, "name"),
        ({"name": "t", "schema": PARENTS, "data": [{"id": 1}]}, "no path"),
        ({"name": "t", "path": "t.csv", "type": "table"}, "no schema"),
        ({"name": "t", "path": "t.csv", "schema": CHILDREN}, "'parents'"),
        ({"name": "t", "path": "t.zip", "compression": "zip", "schema": PARENTS}, "zip"),
        ({"name": "t", "path": "t.csv", "schema": 5}, "object"),
        ({"name": "t", "path": "t.csv", "schema": "none.json"}, "can't be read"),
        ({"name": "t", "path": "t.csv", "schema": PARENTS, "dialect": {"delimiter": ";;"}}, ";;"),
    ],
)
def test_a_descriptor_that_cannot_be_used_is_refused(
    resource: dict[str, Any], what: str, tmp_path: Path
) -> None:
    """The error says what is wrong."""
    (tmp_path / "t.csv").write_text("id\n", encoding="utf-8")

    with pytest.raises(PackageError, match=what):
        validate_package(write(tmp_path, resource))


@pytest.mark.parametrize("content", ["", "[]", "{", "[" * 100_000, '{"resources": {}}'])
def test_a_file_that_is_no_descriptor_is_refused(content: str, tmp_path: Path) -> None:
    """A file that is not a descriptor is an error, not a crash."""
    path = tmp_path / "datapackage.json"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(PackageError):
        validate_package(path)
