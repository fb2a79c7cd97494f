"""
Processes that are killed at a chosen one of the system calls that write.

A dead process writes nothing more, so that every call after the chosen one fails, too: what would
clean up after an exception can't.
"""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest

#: The functions behind all that :mod:`interpol_dataset.files` writes.
WRITING: Final = ("mkdir", "rename", "replace", "unlink", "rmdir", "fsync")


class Killed(BaseException):
    """The process is dead."""


def dead() -> None:
    """Die as an exception, in the process of the tests."""
    raise Killed


def tear(handle: int) -> None:
    """Lose half of a file that is not on the disk yet."""
    found = os.fstat(handle)
    if stat.S_ISREG(found.st_mode):
        os.ftruncate(handle, found.st_size // 2)


@contextmanager
def killed_at(number: int, die: Callable[[], object] = dead) -> Iterator[None]:
    """
    Die instead of a call that writes, and of each after it.

    :param number: How many calls succeed.
    :param die: What happens instead of the others. By default, a file that was about to be synced
        loses its half: no more of it has reached the disk.
    """
    calls = iter(range(number))

    def dying(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            if next(calls, None) is None:
                if function is sync and die is dead:
                    tear(*arguments)
                die()
            return function(*arguments, **options)

        return call

    sync = os.fsync
    with pytest.MonkeyPatch.context() as patch:
        for name in WRITING:
            patch.setattr(os, name, dying(getattr(os, name)))
        yield


def once(error: BaseException) -> Callable[[], None]:
    """Return a function that raises an error the first time only, for :func:`killed_at`."""
    left = iter([error])

    def fail() -> None:
        for item in left:
            raise item

    return fail


def content(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder with their bytes, but those that the dead were staging."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".interpol-dataset-" not in str(path.relative_to(folder))
    }
