"""
A JSON value and where it stands, so that what is wrong with it can be said with its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from interpol_dataset.errors import PackageError

__all__ = ["Node", "is_whole"]


def is_whole(text: str) -> bool:
    """Return whether a text can be written; JSON may hold half of a surrogate pair, which can't."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False

    return True


class Node(NamedTuple):
    """A JSON value and where it stands."""

    value: Any
    where: str

    def child(self, key: str | int) -> Node:
        """Go to a member or an item."""
        return Node(self.value[key], f"{self.where}/{key}")

    def fail(self, what: str, hint: str | None = None) -> PackageError:
        """Make the error that says what is wrong here."""
        return PackageError(what, where=self.where, hint=hint)

    def get(self, key: str, default: Any) -> Node:
        """Go to a member that may be missing."""
        value = self.value.get(key)

        return Node(default if value is None else value, f"{self.where}/{key}")

    def items(self) -> list[Node]:
        """Go to each item of an array."""
        if not isinstance(self.value, Sequence) or isinstance(self.value, str):
            raise self.fail("this must be an array")

        return [self.child(index) for index in range(len(self.value))]

    def object(self) -> Node:
        """Take an object."""
        if not isinstance(self.value, Mapping):
            raise self.fail("this must be an object")

        return self

    def text(self) -> str:
        """Take a string."""
        if not isinstance(self.value, str):
            raise self.fail("this must be a string")
        if not is_whole(self.value):
            raise self.fail(f"{self.value!r} holds half of a character", "write the whole one")

        return self.value

    def flag(self) -> bool:
        """Take true or false."""
        if not isinstance(self.value, bool):
            raise self.fail("this must be true or false")

        return self.value

    def names(self) -> tuple[str, ...]:
        """Read a string or an array of strings."""
        if isinstance(self.value, str):
            return (self.value,)

        names = tuple(item.text() for item in self.items())
        if len(set(names)) < len(names):
            raise self.fail("a field is named twice")

        return names
