"""
Work done in order, by a few threads or by none.

Arrow's kernels let go of the interpreter's lock, so threads do help. A small table is checked
sooner without them.
"""

from __future__ import annotations

from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Generic, NamedTuple, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["Pool", "Result", "in_order", "open_pool"]

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

#: Threads that work on the jobs.
THREADS: Final = 2
#: Jobs that may wait or run at once: it bounds the memory.
_AHEAD: Final = 3


class Result(Protocol[T_co]):
    """What a job will give."""

    def result(self) -> T_co:
        """Wait for the job, and give what it gave or raise what it raised."""


class Pool(Protocol):
    """What jobs are given to."""

    def submit(self, job: Callable[[], T], /) -> Result[T]:
        """Have a job done."""


class _Done(NamedTuple, Generic[T]):
    value: T

    def result(self) -> T:
        """Return what the job gave."""
        return self.value


class _Serial:
    def submit(self, job: Callable[[], T], /) -> Result[T]:
        """Do a job at once."""
        return _Done(job())


@contextmanager
def open_pool(size: int) -> Iterator[Pool]:
    """Return a pool of threads for so many bytes of files, or one that works at once for few."""
    if size < _WORTHWHILE:
        yield _Serial()
        return

    # A small table is checked before this is imported.
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

    with ThreadPoolExecutor(THREADS) as pool:
        yield pool


#: Bytes from which starting threads pays.
_WORTHWHILE: Final = 4 << 20


def in_order(pool: Pool, jobs: Iterable[Callable[[], T]]) -> Iterator[T]:
    """Have jobs done, a few ahead, and give their results in the order of the jobs."""
    waiting: deque[Result[T]] = deque()
    for job in jobs:
        waiting.append(pool.submit(job))
        if len(waiting) > _AHEAD:
            yield waiting.popleft().result()

    while waiting:
        yield waiting.popleft().result()
