"""Tests of :mod:`interpol_dataset.package.archives`."""

from __future__ import annotations

import subprocess
import zipfile
from typing import TYPE_CHECKING

import pytest

import interpol_dataset
from interpol_dataset.errors import PackageError
from interpol_dataset.package import archives
from interpol_dataset.package.archives import package_directory

if TYPE_CHECKING:
    from pathlib import Path


def wheel_of(package: Path, target: Path, prefix: str = "interpol_dataset/_package/") -> Path:
    """Write a wheel that carries a package."""
    with zipfile.ZipFile(target, "w") as wheel:
        for path in (package / "datapackage.json", *(package / "data" / "tables").iterdir()):
            name = path.relative_to(package).as_posix()
            wheel.writestr(zipfile.ZipInfo(prefix + name), path.read_bytes())

    return target


def git(folder: Path, *arguments: str) -> None:
    """Run Git in a folder."""
    subprocess.run(
        ["git", "-C", folder, "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments],  # noqa: S607  # Git is what is tested
        check=True,
        capture_output=True,
    )


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


def test_revision(project: Path) -> None:
    """The package of a revision is the one that was committed, whatever was changed since."""
    interpol_dataset.build.build(project)
    git(project, "init", "-q")
    git(project, "add", "-A")
    git(project, "commit", "-qm", "First")
    git(project, "tag", "v1")
    (project / "datapackage.json").unlink()

    with package_directory("v1", project) as found:
        assert 2 == len(interpol_dataset.load(found).cases)


@pytest.mark.parametrize("name", ["nothing", "--output=x", "v1:data"])
def test_what_is_no_package(name: str, tmp_path: Path) -> None:
    """What is neither directory nor wheel nor revision is an error that says so."""
    git(tmp_path, "init", "-q")

    with (
        pytest.raises(PackageError, match="no package directory, no wheel"),
        package_directory(name, tmp_path),
    ):
        pass


def test_why_a_revision_has_no_package(tmp_path: Path) -> None:
    """An unknown revision and one without a package are told apart, not in Git's words."""
    git(tmp_path, "init", "-q")
    git(tmp_path, "commit", "-qm", "First", "--allow-empty")

    for name, why in (("nothing", "Git knows no revision"), ("HEAD", "has no datapackage.json")):
        with (
            pytest.raises(PackageError, match=why) as caught,
            package_directory(name, tmp_path),
        ):
            pass
        assert "v1.0.0" in str(caught.value.hint)


def test_broken_wheel(tmp_path: Path) -> None:
    """A file that is no archive is an error."""
    path = tmp_path / "a.whl"
    path.write_bytes(b"no archive")

    with pytest.raises(PackageError, match="not a wheel"), package_directory(str(path), tmp_path):
        pass


def test_other_wheel(built: Path, tmp_path: Path) -> None:
    """A wheel of something else is an error."""
    wheel = wheel_of(built, tmp_path / "a.whl", "other/")

    with pytest.raises(PackageError, match="no data pack"), package_directory(str(wheel), tmp_path):
        pass


def test_wheel_that_leads_outside(built: Path, tmp_path: Path) -> None:
    """A member whose name leads outside is unpacked inside."""
    wheel = wheel_of(built, tmp_path / "a.whl", "interpol_dataset/_package/../../../")
    with package_directory(str(wheel), tmp_path) as found:
        assert (found / "datapackage.json").is_file()


def test_wheel_that_is_a_bomb(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wheel that unpacks to more than the limit is refused."""
    monkeypatch.setattr(archives, "MAX_UNPACKED", 1000)
    wheel = wheel_of(built, tmp_path / "a.whl")

    with (
        pytest.raises(PackageError, match="unpacks to more"),
        package_directory(str(wheel), tmp_path),
    ):
        pass
