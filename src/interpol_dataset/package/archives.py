"""
Packages that are not directories: a wheel of this project, and a revision of its repository.
"""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
import tempfile
import zipfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from interpol_dataset.errors import PackageError
from interpol_dataset.package.reader import DESCRIPTOR

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["package_directory"]

#: Where a wheel carries the package, and a revision its tables.
_IN_WHEEL: Final = "interpol_dataset/_package/"
_IN_REVISION: Final = (DESCRIPTOR, "data/tables")

#: What Git says where no repository is, and of revisions, each with our words for it.
_NO_REPOSITORY: Final = "not a git repository"
_REASONS: Final = {
    "not a valid object name": "Git knows no revision of this name",
    "did not match any files": "the revision has no datapackage.json with its tables",
}

_NAME: Final = "name a directory with a datapackage.json, a wheel, or a tag such as v1.0.0"

#: Bytes that are unpacked at most.
MAX_UNPACKED: Final = 512 << 20


@contextmanager
def package_directory(name: str, repository: Path) -> Iterator[Path]:
    """
    Open a package by whatever it is called.

    :param name: A package directory, a wheel, or a Git revision such as ``v1.0.0``.
    :param repository: The folder in whose repository a revision is looked up.
    :return: A directory that is there until the context is left.
    :raises PackageError: There is no such package.
    """
    path = Path(name)
    if path.is_dir():
        yield path
        return

    with tempfile.TemporaryDirectory(prefix="interpol-dataset-") as folder:
        target = Path(folder)
        if path.is_file():
            _unpack_wheel(path, target)
        else:
            _unpack_revision(name, repository, target)
        yield target


def _unpack_wheel(path: Path, target: Path) -> None:
    left = MAX_UNPACKED
    try:
        with zipfile.ZipFile(path) as wheel:
            members = [item for item in wheel.infolist() if item.filename.startswith(_IN_WHEEL)]
            for member in members:
                left -= member.file_size
                if left < 0:
                    raise _too_large(str(path))
                member.filename = member.filename.removeprefix(_IN_WHEEL)
                wheel.extract(member, target)
    # zipfile's own errors: no archive, unreadable, an unknown compression, encrypted.
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as error:
        raise PackageError(
            f"the file is not a wheel that can be read: {error}",
            where=str(path),
            hint="name a wheel of interpol-dataset, a package directory or a Git revision",
        ) from error

    if not members:
        raise PackageError(
            "the wheel carries no data package",
            where=str(path),
            hint="name a wheel of interpol-dataset",
        )


def _unpack_revision(name: str, repository: Path, target: Path) -> None:
    if name.startswith("-"):
        raise _unknown(name, "it begins with a dash")
    try:
        done = subprocess.run(  # noqa: S603  # the program is Git, and the name is no option
            ["git", "-C", str(repository), "archive", "--format=tar", name, "--", *_IN_REVISION],  # noqa: S607  # the user's own Git
            capture_output=True,
            check=False,
            env={**os.environ, "LC_ALL": "C"},  # its words are read
        )
    except OSError as error:
        raise _unknown(name, "Git is not installed") from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().partition("\n")[0]
        if _NO_REPOSITORY in said:
            where = f"'{repository}'" if repository != Path() else "the current folder"
            raise _unknown(
                name,
                f"{where} is in no Git repository",
                "name a clone of this project with --repository",
            )
        known = (ours for theirs, ours in _REASONS.items() if theirs in said)
        raise _unknown(name, next(known, said))
    if len(done.stdout) > MAX_UNPACKED:
        raise _too_large(name)

    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(target, filter="data")


def _unknown(name: str, why: str, hint: str = _NAME) -> PackageError:
    return PackageError(
        f"'{name}' is no package directory, no wheel, and no Git revision with one: {why}",
        hint=hint,
    )


def _too_large(name: str) -> PackageError:
    return PackageError(
        f"it unpacks to more than {MAX_UNPACKED >> 20} MB",
        where=name,
        hint="name a package of interpol-dataset",
    )
