"""Tests of :mod:`interpol_dataset.package.archives`."""

import zipfile
from pathlib import Path

import pytest

import interpol_dataset
from helpers.git import commit, git
from interpol_dataset.errors import PackageError
from interpol_dataset.package import archives
from interpol_dataset.package.archives import package_directory


def wheel_of(package: Path, target: Path, prefix: str = "interpol_dataset/_package/") -> Path:
    """Write a wheel that carries a package."""
    with zipfile.ZipFile(target, "w") as wheel:
        for path in (package / "datapackage.json", *(package / "data" / "tables").iterdir()):
            name = path.relative_to(package).as_posix()
            wheel.writestr(zipfile.ZipInfo(prefix + name), path.read_bytes())
    return target


def test_directory(built: Path) -> None:
    """A directory is used as it is."""
    with package_directory(str(built), built) as found:
        assert built == found


def test_wheel(built: Path, tmp_path: Path) -> None:
    """The package in a wheel is the one that was put there."""
    wheel = wheel_of(built, tmp_path / "a.whl")
    with package_directory(str(wheel), tmp_path) as found:
        there, here = interpol_dataset.load(found), interpol_dataset.load(built)
        assert all(here[name].to_arrow().equals(there[name].to_arrow()) for name in here.tables)
    assert not found.exists()


def test_revision(current: Path) -> None:
    """The package of a revision is the one that was committed, whatever was changed since."""
    git(current, "init", "-q")
    commit(current, "first")
    git(current, "tag", "v1")
    (current / "datapackage.json").unlink()
    with package_directory("v1", current) as found:
        assert len(interpol_dataset.load(found).cases) == 2


def refused(name: object, folder: Path, why: str) -> PackageError:
    """Return the error that says why something is no package."""
    with pytest.raises(PackageError, match=why) as caught, package_directory(str(name), folder):
        pass
    return caught.value


def test_what_is_no_package(tmp_path: Path) -> None:
    """Neither directory nor wheel nor revision, or one without a package, says so in our words."""
    git(tmp_path, "init", "-q")
    for name in ("nothing", "--output=x", "v1:data"):
        refused(name, tmp_path, "is not a package directory, a wheel")
    git(tmp_path, "commit", "-qm", "First", "--allow-empty")
    for name, why in (("nothing", "Git knows no revision"), ("HEAD", "has no datapackage.json")):
        assert "v1.0.0" in str(refused(name, tmp_path, why).hint)


def test_wheels_that_are_none(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No archive, a wheel of something else, and one that unpacks to too much are errors."""
    path = tmp_path / "a.whl"
    path.write_bytes(b"no archive")
    refused(path, tmp_path, "not a wheel")
    refused(wheel_of(built, path, "other/"), tmp_path, "no data pack")
    monkeypatch.setattr(archives, "MAX_UNPACKED", 1000)
    refused(wheel_of(built, path), tmp_path, "unpacks to more")


def test_wheel_that_leads_outside(built: Path, tmp_path: Path) -> None:
    """A member whose name leads outside is unpacked inside."""
    wheel = wheel_of(built, tmp_path / "a.whl", "interpol_dataset/_package/../../../")
    with package_directory(str(wheel), tmp_path) as found:
        assert (found / "datapackage.json").is_file()
