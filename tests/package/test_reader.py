"""Tests of the package reader, and of what loading makes of damaged packages."""

from __future__ import annotations

import hashlib
import io
import json
import os
import time
from typing import TYPE_CHECKING, Any

import pytest

from helpers.each import each
from interpol_dataset import Dataset, PackageError, load
from interpol_dataset.dataset.export import export

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def package(small: Dataset, tmp_path: Path) -> Path:
    """Return a package of one table that may be damaged."""
    return export(small, tmp_path / "package", "csv", tables=["cases", "metrics"])


def damage(package: Path, **changes: object) -> None:
    """Change what the descriptor says of the table of cases."""
    path = package / "datapackage.json"
    descriptor = json.loads(path.read_text("utf-8"))
    descriptor["resources"][0] |= changes
    path.write_text(json.dumps(descriptor), "utf-8")


def describe(package: Path, name: str, content: bytes) -> None:
    """Write a table's file, and describe it in the descriptor."""
    path = package / "datapackage.json"
    descriptor = json.loads(path.read_text("utf-8"))
    for resource in descriptor["resources"]:
        if name == resource["name"]:
            (package / resource["path"]).write_bytes(content)
            resource["bytes"] = len(content)
            resource["hash"] = f"sha256:{hashlib.sha256(content).hexdigest()}"
    path.write_text(json.dumps(descriptor), "utf-8")


def refused(package: Path, table: str = "cases") -> PackageError:
    """Return the error with which a package is refused, which says all that it has to."""
    with pytest.raises(PackageError) as caught:
        load(package)[table].to_arrow()

    error = caught.value
    assert error.what
    assert error.where
    assert error.where.startswith(str(package))
    assert error.hint
    assert "\n" not in str(error)

    return error


@pytest.mark.parametrize("name", ["cases.csv", "datapackage.json"])
def test_file_that_may_not_be_read(
    package: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """A missing permission is no damage: building again is no help against it."""

    def deny(before: Any) -> Any:
        def denied(path: str, *rest: Any, **options: Any) -> Any:
            if str(path) == str(package / name):
                raise PermissionError(13, "Permission denied", path)
            return before(path, *rest, **options)

        return denied

    for module in (os, io):
        monkeypatch.setattr(module, "open", deny(module.open))
    error = refused(package)

    assert error.what.endswith("can't be read: Permission denied")
    assert (str(package / name), "check its permissions: you may not read it") == (
        error.where,
        error.hint,
    )


# --- the descriptor -------------------------------------------------------------------------


def test_missing_descriptor(tmp_path: Path) -> None:
    """A directory without a descriptor is no package."""
    assert "can't be read" in refused(tmp_path).what


def test_missing_directory(tmp_path: Path) -> None:
    """A directory that is not there is no package."""
    assert "can't be read" in refused(tmp_path / "nowhere").what


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b'{"name": "x", "resources": [',
        b"<html>",
        b'{"title": "caf\xe9"}',
        b"\xff\xfe{\x00}\x00",
        b"[" * 100_000,
    ],
    ids=["empty", "brace", "truncated", "html", "latin-1", "utf-16", "deep"],
)
def test_descriptor_that_is_not_json(package: Path, content: bytes) -> None:
    """A descriptor that is cut off, no JSON or not in UTF-8 is refused."""
    (package / "datapackage.json").write_bytes(content)

    assert "not JSON in UTF-8" in refused(package).what


@pytest.mark.parametrize(
    "descriptor",
    [
        {},
        {"resources": None},
        {"resources": {}},
        {"resources": ["cases.csv"]},
        {"resources": [{"path": "cases.csv"}]},
        {"resources": [{"name": 1}]},
    ],
)
def test_descriptor_without_resources(package: Path, descriptor: object) -> None:
    """A descriptor has a list of named resources."""
    (package / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")

    assert "no list of named resources" in refused(package).what


@pytest.mark.parametrize("descriptor", ["[]", '"text"', "null", "5"])
def test_descriptor_that_is_no_object(package: Path, descriptor: str) -> None:
    """A descriptor is a JSON object."""
    (package / "datapackage.json").write_text(descriptor, "utf-8")

    assert "not a JSON object" in refused(package).what


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ('"title": "one", "title": "two"', "the key 'title' is given twice"),
        ('"rows": NaN', "NaN is not a number"),
        ('"rows": -Infinity', "-Infinity is not a number"),
        (f'"rows": {"9" * 5_000}', "4300 digits"),
        (f'"rows": {"[" * 100_000}', "not JSON"),
        (f'"x": "{"x" * (17 << 20)}"', "at most 16 MB"),
    ],
    ids=["key", "nan", "infinity", "digits", "deep", "large"],
)
def test_descriptor_that_readers_understand_differently(package: Path, said: str, why: str) -> None:
    """Nobody knows which of two values is meant; what no reader can hold is refused."""
    path = package / "datapackage.json"
    path.write_text(path.read_text("utf-8").replace("{", f"{{{said},", 1), "utf-8")

    assert why in refused(package).what


@pytest.mark.linux
@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/dev/zero")])
def test_descriptor_that_never_ends(make: Callable[[Path], None], package: Path) -> None:
    """A pipe would be waited for, and a device read, for ever."""
    (package / "datapackage.json").unlink()
    make(package / "datapackage.json")

    assert "not a regular file" in refused(package).what


def test_many_resources(package: Path) -> None:
    """So many resources are refused soon."""
    path = package / "datapackage.json"
    resources = [{"name": f"r{n}", "path": f"{n}.csv"} for n in range(10_000)]
    path.write_text(json.dumps({"resources": resources}), "utf-8")
    start = time.process_time()

    assert "more than 1,000 resources" in refused(package).what
    assert time.process_time() - start < 1


# --- paths ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        *("/etc/passwd", "../secret.csv", "data/../../secret.csv", ".."),
        *("https://example.org/cases.csv", "file:///etc/passwd", "C:\\secret.csv"),
        *("C:secret.csv", "data\\..\\..\\secret.csv", "\\\\server\\share\\secret.csv"),
    ],
)
def test_path_that_leaves_the_package(package: Path, path: str) -> None:
    """A path that is absolute, climbs out or is an address is refused, and nothing is read."""
    (package.parent / "secret.csv").write_text("id\nx\n", "utf-8")
    damage(package, path=path)

    assert f"the path {path!r} leaves the package" == refused(package).what


@pytest.mark.parametrize(
    "name",
    [
        *("../evil", "/evil", "a/b", "a\\b", "C:evil", "..", ".hidden", "", "a\0b", "a\nb"),
        *("x" * 101, "datapackage", "DataPackage", "evil\u202e"),
    ],
)
def test_name_that_is_none_of_a_file(package: Path, name: str) -> None:
    """The files of an export are named after its tables: such a name could lead anywhere."""
    damage(package, name=name)

    assert "can't be the name of a file" in refused(package, name).what


@pytest.mark.parametrize("path", [None, "", 5, ["cases.csv"], {}])
def test_path_that_is_none(package: Path, path: object) -> None:
    """A resource without a path is refused."""
    damage(package, path=path)

    assert "has no path" in refused(package).what


def test_path_with_a_null_character(package: Path) -> None:
    """A path that no system knows is refused."""
    damage(package, path="cases\0.csv")

    assert "leaves the package" in refused(package).what


def test_link_out_of_the_package(package: Path) -> None:
    """A link that leads out of the directory is refused, be it a file or a folder."""
    secret = package.parent / "secret"
    secret.mkdir()
    (package / "cases.csv").rename(secret / "cases.csv")
    (package / "cases.csv").symlink_to(secret / "cases.csv")
    (package / "folder").symlink_to(secret)

    assert "leaves the package" in refused(package).what
    damage(package, path="folder/cases.csv")
    assert "leaves the package" in refused(package).what


def test_links_that_go_round(package: Path) -> None:
    """Links that lead to each other are refused."""
    (package / "cases.csv").unlink()
    (package / "cases.csv").symlink_to(package / "round.csv")
    (package / "round.csv").symlink_to(package / "cases.csv")

    refused(package)


def test_link_within_the_package(package: Path) -> None:
    """A link that stays in the directory does no harm."""
    (package / "cases.csv").rename(package / "real.csv")
    (package / "cases.csv").symlink_to("real.csv")

    assert 2 == len(load(package).cases)


# --- files ----------------------------------------------------------------------------------


def test_missing_file(package: Path) -> None:
    """A table whose file is not there is refused; others still load."""
    (package / "cases.csv").unlink()

    error = refused(package)
    assert "the file of 'cases' can't be read" in error.what
    assert str(package / "cases.csv") == error.where
    assert len(load(package).metrics)


def test_folder_in_place_of_a_file(package: Path) -> None:
    """A folder is no table."""
    (package / "cases.csv").unlink()
    (package / "cases.csv").mkdir()

    assert "can't be read" in refused(package).what


def test_truncated_file(package: Path) -> None:
    """A file that was cut off is refused, with both sizes."""
    content = (package / "cases.csv").read_bytes()
    (package / "cases.csv").write_bytes(content[:-10])

    error = refused(package)
    assert f"has {len(content) - 10} bytes where the descriptor says {len(content)}" in error.what
    assert str(package / "cases.csv") == error.where


def test_changed_file(package: Path) -> None:
    """A file of the right size with another content is refused."""
    content = (package / "cases.csv").read_bytes()
    (package / "cases.csv").write_bytes(content.replace(b"coordinated", b"coordinatec"))

    assert "sha256 differs" in refused(package).what


@pytest.mark.parametrize(
    "form", ["{}", "md5:{}", "sha1:{}", "SHA-256:{}", "sha3-256:{}", "blake2b:{}"]
)
def test_hash_in_any_form(package: Path, form: str) -> None:
    """A hash in any form of the standard is checked; one without a name is made with md5."""
    content = (package / "cases.csv").read_bytes()
    name = form.partition(":")[0].lower().replace("sha-", "sha").replace("-", "_")
    digest = hashlib.new("md5" if name == "{}" else name, content).hexdigest()
    damage(package, hash=form.format(digest.upper()))
    assert 2 == len(load(package).cases)

    (package / "cases.csv").write_bytes(content.replace(b"coordinated", b"coordinatec"))
    assert "differs" in refused(package).what


@pytest.mark.parametrize(
    "hash_", ["crc32:00000000", "shake_128:00", ":00", "sha256:", 5, [], {}, False]
)
def test_hash_that_can_not_be_checked(package: Path, hash_: object) -> None:
    """What can't be checked is refused, and not left out."""
    damage(package, hash=hash_)

    what = refused(package).what

    assert any(word in what for word in ("differs", "not known", "no digits"))


@pytest.mark.parametrize("size", ["5", True, 5.5, -1, []])
def test_size_that_is_none(package: Path, size: object) -> None:
    """A size is a number of bytes."""
    damage(package, bytes=size)

    refused(package)


@each("rows", [0, 1, 3, "2", True, []])
@each("format_", ["csv", "parquet", "jsonl", "json"])
def test_another_number_of_rows(small: Dataset, tmp_path: Path, format_: str, rows: object) -> None:
    """A file with more or fewer rows than were described is not the one that was described."""
    package = export(small, tmp_path / "out", format_, tables=["cases"])
    damage(package, rows=rows)

    assert "the file has 2 rows where the descriptor says" in refused(package).what


def test_file_that_never_ends(package: Path) -> None:
    """A pipe in place of a file is not waited for."""
    (package / "cases.csv").unlink()
    os.mkfifo(package / "cases.csv")

    assert "not a regular file" in refused(package).what


def test_file_that_is_very_large(package: Path) -> None:
    """A file of many gigabytes is refused before it fills the memory."""
    with (package / "cases.csv").open("wb") as file:
        file.truncate(3 << 30)

    assert "more than 64 MB" in refused(package).what


def test_file_that_is_not_described(package: Path) -> None:
    """A descriptor without sizes and hashes is a data package, too."""
    damage(package, bytes=None, hash=None)

    assert 2 == len(load(package).cases)


# --- cells ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b",2,Operation", b",2,Operation"),
        (b"2022-11-24", b"yesterday!"),
        (b"2022-11-24", b"2022-02-30"),
        (b",alpha,2,", b",alpha,two,"),
        (b",alpha,2,", b",alpha,2.5,"),
        (b"Operation Alpha", b"Operation \xe9lpha"),
        (b"country_count_point", b"country_count_pint"),
        (b",online", b',"online'),
        (b"\nalpha-i,", b"\n,"),
        (b"\nalpha-i,", b"\n"),
    ],
)
def test_wrongly_typed_cells(package: Path, before: bytes, after: bytes) -> None:
    """A table that is not of its schema is refused even where the hash was made right."""
    content = (package / "cases.csv").read_bytes()
    if before not in content or before == after:
        content += b"alpha-iii\n"
    describe(package, "cases", content.replace(before, after))

    error = refused(package)
    assert "the table 'cases' is not of its schema" in error.what
    assert str(package / "cases.csv") == error.where


@each("format_", ["parquet", "jsonl", "json"])
@each("content", [b"", b"{}", b"[1]", b"[{}]", b"\xff", b'[{"id": 5}]\n'])
def test_damaged_formats(small: Dataset, tmp_path: Path, format_: str, content: bytes) -> None:
    """A file that is not of its format is refused, too."""
    package = export(small, tmp_path / "out", format_, tables=["cases"])
    describe(package, "cases", content)

    refused(package)


@pytest.mark.parametrize(
    "schema",
    [{"fields": []}, {"fields": [{"name": "id", "type": "geopoint"}]}, {}, {"fields": [{}]}],
)
def test_schema_of_another_package(package: Path, schema: dict[str, Any]) -> None:
    """A table whose schema this package does not write is refused."""
    damage(package, schema=schema)

    refused(package)
