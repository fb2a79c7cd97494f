"""
The errors of this package.

::

    InterpolDatasetError
    ├── RecordsError          records that are unreadable, of the wrong shape or inconsistent
    ├── NotationError         a text that is not a quantity or date in its notation
    ├── PackageError          a data package directory, descriptor or table that can't be used
    ├── UnknownRecordError    an id, table, field or format that does not exist
    │   └── UnknownIdError    an id that no record has
    ├── QueryError            a question that can't be answered
    ├── MissingExtraError     an optional library that is not installed
    └── ExportError           an export that would overwrite something or can't be written

Every message says what is wrong, where, and what to do about it.
"""

from __future__ import annotations

import copyreg
import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from interpol_dataset.findings import Finding


class InterpolDatasetError(Exception):
    """
    The root of the hierarchy: what went wrong, where, and what to do.

    :param what: The fault, in one sentence.
    :param where: A file, and the position in it if one is known.
    :param hint: What to do about it.
    """

    def __init__(self, what: str, *, where: str | None = None, hint: str | None = None) -> None:
        self.what = what
        self.where = where
        self.hint = hint
        super().__init__(what, where, hint)

    def __reduce__(self) -> tuple[object, ...]:
        # Subclasses take other arguments. A process pool sends an error without calling them.
        return copyreg.__newobj__, (type(self), *self.args), self.__dict__  # type: ignore[attr-defined]

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        help_ = f" ({self.hint})" if self.hint else ""
        return f"{place}{self.what}{help_}"


class NotationError(InterpolDatasetError, ValueError):
    """A text that is not a quantity or a date in the notation of this package."""


class RecordsError(InterpolDatasetError):
    """Records that can't be built, with every finding in them, in the order of files and lines."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        # What other findings may follow from: a file that can't be read, then any other error.
        first = min(
            self.findings,
            key=lambda item: (not item.rule.startswith("SYN"), item.severity != "error"),
        )
        more = f", and {len(self.findings) - 1} more" if len(self.findings) > 1 else ""
        super().__init__(
            f"{first.message}{more}",
            where=str(first.place),
            hint=first.hint or "run 'interpol-dataset validate' to see every finding",
        )


class PackageError(InterpolDatasetError):
    """A data package directory, its descriptor or one of its tables can't be used."""


class UnknownRecordError(InterpolDatasetError, KeyError):
    """An id, a table, a field or a format that does not exist."""


class UnknownIdError(UnknownRecordError):
    """An id that no record has, in the tables that were looked in."""


class QueryError(InterpolDatasetError):
    """An SQL query that can't be run or returns no table, or a sum of what can't be added."""


class MissingExtraError(InterpolDatasetError, ImportError):
    """An optional library, which the extra of the same or of another name installs, is missing."""

    def __init__(self, extra: str, library: str | None = None) -> None:
        super().__init__(
            f"{library or extra} is not installed",
            hint=(
                "install the extra in the way the package was installed, such as "
                f"pip install 'interpol-dataset[{extra}]', or '.[{extra}]' in a checkout"
            ),
        )


class ExportError(InterpolDatasetError):
    """An export that would overwrite something else, or that can't be written."""


@contextmanager
def needing(extra: str, library: str | None = None) -> Iterator[None]:
    """
    Import what an extra installs.

    :param library: The name that it is installed by, if that is not the module's.
    :raises MissingExtraError: It is not installed.
    """
    try:
        yield
    except ImportError as error:
        raise MissingExtraError(extra, library or error.name) from error


def cause_and_help(error: OSError, otherwise: str) -> tuple[str, str]:
    """Return what an error of the system says, and what to do about it unless the disk is full."""
    if error.errno == errno.ENOSPC:
        return "the disk is full", "free space, or choose another place"
    return error.strerror or str(error), otherwise
