"""Tests of the package reader, and of what loading makes of damaged packages."""

import hashlib
import io
import json
import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from helpers.each import each
from interpol_dataset import Dataset, PackageError, load
from interpol_dataset.dataset.export import export


@pytest.fixture
def package(small: Dataset, tmp_path: Path) -> Path:
    """Return a package of one table that may be damaged."""
    return export(small.tables, tmp_path / "package", "csv", tables=["cases", "metrics"])


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


#: Contents of a descriptor, and what is said of each.
DESCRIPTORS: dict[bytes, str] = {
    **dict.fromkeys([b"", b"{", b'{"name": "x", "resources": ['], "not JSON in UTF-8"),
    **dict.fromkeys([b"<html>", b'{"title": "caf\xe9"}', b"[" * 100_000], "not JSON in UTF-8"),
    b"\xff\xfe{\x00}\x00": "not JSON in UTF-8",
    **dict.fromkeys([b"[]", b'"text"', b"null", b"5"], "not a JSON object"),
    **dict.fromkeys([b"{}", b'{"resources": null}'], "no list of named resources"),
    **dict.fromkeys([b'{"resources": {}}', b'{"resources": ["a"]}'], "no list of named resources"),
    b'{"resources": [{"path": "cases.csv"}]}': "no list of named resources",
    b'{"resources": [{"name": 1}]}': "no list of named resources",
    # Nobody knows which of two values is meant; what no reader can hold is refused.
    b'{"title": "one", "title": "two"}': "the key 'title' is given twice",
    b'{"rows": NaN}': "NaN is not a number",
    b'{"rows": -Infinity}': "-Infinity is not a number",
    b'{"rows": %s}' % (b"9" * 5_000): "4300 digits",
    b'{"rows": %s}' % (b"[" * 100_000): "not JSON",
    b'{"x": "%s"}' % (b"x" * (17 << 20)): "at most 16 MB",
}


def test_descriptor_that_is_none(tmp_path: Path) -> None:
    """A descriptor is a JSON object with a list of named resources."""
    for folder in (tmp_path, tmp_path / "nowhere"):
        assert "can't be read" in refused(folder).what
    for content, what in DESCRIPTORS.items():
        (tmp_path / "datapackage.json").write_bytes(content)
        assert what in refused(tmp_path).what, content[:50]


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


def test_path_that_leaves_the_package(package: Path) -> None:
    """A path that is absolute, climbs out or is an address is refused, and nothing is read."""
    (package.parent / "secret.csv").write_text("id\nx\n", "utf-8")
    for path in (
        *("/etc/passwd", "../secret.csv", "data/../../secret.csv", "..", "cases\0.csv"),
        *("https://example.org/cases.csv", "file:///etc/passwd", "C:\\secret.csv"),
        *("C:secret.csv", "data\\..\\..\\secret.csv", "\\\\server\\share\\secret.csv"),
    ):
        damage(package, path=path)
        assert refused(package).what == f"the path {path!r} leaves the package"
    for none in (None, "", 5, ["cases.csv"], {}):
        damage(package, path=none)
        assert "has no path" in refused(package).what


def test_name_that_is_none_of_a_file(package: Path) -> None:
    """The files of an export are named after its tables: such a name could lead anywhere."""
    for name in (
        *("../evil", "/evil", "a/b", "a\\b", "C:evil", "..", ".hidden", "", "a\0b", "a\nb"),
        *("x" * 101, "datapackage", "DataPackage", "evil\u202e"),
    ):
        damage(package, name=name)
        assert "can't be the name of a file" in refused(package, name).what


def test_links_within_the_package(package: Path) -> None:
    """A link that stays in the directory does no harm; links that go round are refused."""
    (package / "cases.csv").rename(package / "real.csv")
    (package / "cases.csv").symlink_to("real.csv")
    assert len(load(package).cases) == 2
    (package / "real.csv").unlink()
    (package / "real.csv").symlink_to(package / "cases.csv")
    refused(package)


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


def test_missing_file(package: Path) -> None:
    """A table whose file is not there is refused; others still load."""
    (package / "cases.csv").unlink()
    error = refused(package)
    assert "the file of 'cases' can't be read" in error.what
    assert str(package / "cases.csv") == error.where
    assert len(load(package).metrics)


def test_truncated_file(package: Path) -> None:
    """A file that was cut off is refused, with both sizes."""
    content = (package / "cases.csv").read_bytes()
    (package / "cases.csv").write_bytes(content[:-10])
    error = refused(package)
    assert f"has {len(content) - 10} bytes where the descriptor says {len(content)}" in error.what
    assert error.where == str(package / "cases.csv")


def test_hash_in_any_form(package: Path) -> None:
    """A hash in any form of the standard is checked; one without a name is made with md5."""
    content = (package / "cases.csv").read_bytes()
    altered = content.replace(b"coordinated", b"coordinatec")
    for form in ("{}", "md5:{}", "sha1:{}", "SHA-256:{}", "sha3-256:{}", "blake2b:{}"):
        name = form.partition(":")[0].lower().replace("sha-", "sha").replace("-", "_")
        digest = hashlib.new("md5" if name == "{}" else name, content).hexdigest()
        damage(package, hash=form.format(digest.upper()))
        (package / "cases.csv").write_bytes(content)
        assert len(load(package).cases) == 2
        (package / "cases.csv").write_bytes(altered)
        assert "differs" in refused(package).what


def test_what_can_not_be_checked(package: Path) -> None:
    """A hash that is none is refused, and so is a size; a package may have neither."""
    for hash_ in ("crc32:00000000", "shake_128:00", ":00", "sha256:", 5, [], {}, False):
        damage(package, hash=hash_)
        assert re.search("differs|not known|no digits", refused(package).what)
    damage(package, hash=None)
    for size in ("5", True, 5.5, -1, []):
        damage(package, bytes=size)
        refused(package)
    damage(package, bytes=None)
    assert len(load(package).cases) == 2


@each("format_", ["csv", "parquet", "jsonl", "json"])
def test_another_number_of_rows(small: Dataset, tmp_path: Path, format_: str) -> None:
    """A file with more or fewer rows than were described is not the one that was described."""
    package = export(small.tables, tmp_path / "out", format_, tables=["cases"])
    for rows in (0, 1, 3, "2", True, []):
        damage(package, rows=rows)
        assert "the file has 2 rows where the descriptor says" in refused(package).what


def test_what_is_no_file(package: Path) -> None:
    """A folder is no table, a pipe is not waited for, and many gigabytes do not fill the memory."""
    path = package / "cases.csv"
    with path.open("wb") as file:
        file.truncate(3 << 30)
    assert "more than 64 MB" in refused(package).what
    path.unlink()
    path.mkdir()
    assert "can't be read" in refused(package).what
    path.rmdir()
    os.mkfifo(path)
    assert "not a regular file" in refused(package).what


def test_wrongly_typed_cells(package: Path) -> None:
    """A table that is not of its schema is refused even where the hash was made right."""
    content = (package / "cases.csv").read_bytes()
    for before, after in (
        (b"\nalpha-i,", b"\nalpha-iii\nalpha-i,"),
        (b"2022-11-24", b"yesterday!"),
        (b"2022-11-24", b"2022-02-30"),
        (b",alpha,2,", b",alpha,two,"),
        (b",alpha,2,", b",alpha,2.5,"),
        (b"Operation Alpha", b"Operation \xe9lpha"),
        (b"country_count_point", b"country_count_pint"),
        (b",online", b',"online'),
        (b"\nalpha-i,", b"\n,"),
        (b"\nalpha-i,", b"\n"),
    ):
        assert before in content
        describe(package, "cases", content.replace(before, after))
        error = refused(package)
        assert "the table 'cases' is not of its schema" in error.what
        assert error.where == str(package / "cases.csv")


@each("format_", ["parquet", "jsonl", "json"])
def test_damaged_formats(small: Dataset, tmp_path: Path, format_: str) -> None:
    """A file that is not of its format is refused, too."""
    package = export(small.tables, tmp_path / "out", format_, tables=["cases"])
    for content in (b"", b"{}", b"[1]", b"[{}]", b"\xff", b'[{"id": 5}]\n'):
        describe(package, "cases", content)
        refused(package)


def test_schema_of_another_package(package: Path) -> None:
    """A table whose schema this package does not write is refused."""
    odd: list[dict[str, Any]] = [{}, {"fields": []}, {"fields": [{}]}]
    for schema in (*odd, {"fields": [{"name": "id", "type": "geopoint"}]}):
        damage(package, schema=schema)
        refused(package)
