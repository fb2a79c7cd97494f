"""Packages that are not directories: a wheel of this project, and a revision of its repository."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from interpol_dataset.errors import PackageError
from interpol_dataset.git import GitError, NoRepositoryError, ask
from interpol_dataset.package.reader import DESCRIPTOR

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: Where a wheel carries the package, and a revision its tables.
_IN_WHEEL: Final = "interpol_dataset/_package/"
_IN_REVISION: Final = (DESCRIPTOR, "data/tables")
#: A file of a package as Git lists it, with a name that leads nowhere else.
_FILE: Final = re.compile(
    r"100\d{3} blob (?P<object>[0-9a-f]+) +(?P<size>\d+)"
    r"\t(?P<path>datapackage\.json|data/tables/\w[\w.-]*)",
    re.ASCII,
)
#: Bytes that are unpacked at most.
MAX_UNPACKED: Final = 512 << 20


@contextmanager
def package_directory(name: str, repository: Path) -> Iterator[Path]:
    """
    Open a package by its path, version or revision.

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
        what = f"the file is not a wheel that can be read: {error}"
        hint = "name a wheel of interpol-dataset, a package directory or a Git revision"
        raise PackageError(what, where=str(path), hint=hint) from error
    if not members:
        hint = "name a wheel of interpol-dataset"
        raise PackageError("the wheel carries no data package", where=str(path), hint=hint)


def _unpack_revision(name: str, repository: Path, target: Path) -> None:
    if name.startswith("-"):
        raise _unknown(name, "it begins with a dash")
    try:
        found = _files_of(name, repository)
        if sum(size for _, size in found.values()) > MAX_UNPACKED:
            raise _too_large(name)
        for path, content in _contents(found, repository):
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            (target / path).write_bytes(content)
    except NoRepositoryError as error:
        hint = "name a clone of this project with --repository"
        raise _unknown(name, str(error), hint) from error
    except GitError as error:
        is_unknown = "not a valid object name" in str(error).lower()
        why = "Git knows no revision of this name" if is_unknown else str(error)
        raise _unknown(name, why) from error

    if DESCRIPTOR not in found:
        raise _unknown(name, "the revision has no datapackage.json with its tables")


def _files_of(name: str, repository: Path) -> dict[str, tuple[str, int]]:
    listed = ask(repository, "ls-tree", "-r", "-l", "-z", "--full-tree", name, "--", *_IN_REVISION)
    return {
        file["path"]: (file["object"], int(file["size"]))
        for file in map(_FILE.fullmatch, listed.decode(errors="replace").split("\0"))
        if file
    }


def _contents(
    files: Mapping[str, tuple[str, int]], repository: Path
) -> Iterator[tuple[str, bytes]]:
    """Read files as they were committed: ``git archive`` would run them through filters."""
    wanted = "".join(f"{object_}\n" for object_, _ in files.values())
    printed = io.BytesIO(ask(repository, "cat-file", "--batch", stdin=wanted.encode()))
    for path, (object_, size) in files.items():
        if printed.readline() != f"{object_} blob {size}\n".encode():
            raise GitError(f"the repository lacks {path} of this revision")
        yield path, printed.read(size)
        printed.readline()


def _unknown(
    name: str,
    why: str,
    hint: str = "name a directory with a datapackage.json, a wheel, or a tag such as v1.0.0",
) -> PackageError:
    what = f"'{name}' is not a package directory, a wheel, or a Git revision with one: {why}"
    return PackageError(what, hint=hint)


def _too_large(name: str) -> PackageError:
    what = f"it unpacks to more than {MAX_UNPACKED >> 20} MB"
    return PackageError(what, where=name, hint="name a package of interpol-dataset")
