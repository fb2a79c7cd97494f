"""
The way up from something to what is above it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_T = TypeVar("_T")


def above(start: _T, parent: Callable[[_T], _T | None]) -> Iterator[_T]:
    """
    Return what is above something, the nearest first; a cycle is gone round once at the most.

    :param start: Where the way begins; it is not returned.
    :param parent: Returns what is directly above; none at the top.
    """
    seen = {start}
    here = parent(start)
    while here is not None and here not in seen:
        yield here
        seen.add(here)
        here = parent(here)


def topmost(start: _T, parent: Callable[[_T], _T | None]) -> _T:
    """Return what is at the end of the way up; the start itself, if nothing is above it."""
    *_, top = start, *above(start, parent)

    return top
