"""
The errors of the table check.

::

    TableCheckError
    ├── SchemaError       a Table Schema or a dialect that can't be used
    ├── DescriptorError   a descriptor, or a path in it, that can't be used
    └── SourceError       a file or a referenced table that isn't there, or a format nobody knows

A fault of the data is never an error: it is a finding.
"""

from __future__ import annotations

from reprlib import Repr


class TableCheckError(Exception):
    """
    The root of the hierarchy: what is wrong, where, and what to do.

    :param what: The fault, in one sentence.
    :param where: A file, and a place in it where one is known.
    :param hint: What the reader can do about it.
    """

    def __init__(self, what: str, where: str | None = None, hint: str | None = None) -> None:
        self.what = what
        self.where = where
        self.hint = hint

        super().__init__(what, where, hint)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f" ({self.hint})" if self.hint else ""

        return f"{place}{self.what}{advice}"


class SchemaError(TableCheckError):
    """A Table Schema or a dialect that is malformed, or asks for what isn't supported."""


class DescriptorError(TableCheckError):
    """A descriptor that can't be read or used, or a path that leads out of its package."""


class SourceError(TableCheckError):
    """A file or a referenced table that isn't there, or a file in no known format."""


def show(value: object) -> str:
    """Write any value of a descriptor for an error, shortened."""
    try:
        return _SHORT.repr(value)
    except ValueError:  # an integer of thousands of digits
        return f"this {type(value).__name__}"


_SHORT = Repr()
_SHORT.maxstring = _SHORT.maxother = 200
