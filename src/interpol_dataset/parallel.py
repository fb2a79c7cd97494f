"""
Work for another process to do meanwhile, if there is a second processor.

The other process is a copy of this one, so that nothing has to be sent to it; only what it worked
out comes back.
"""

from __future__ import annotations

import gc
import os
import pickle
import sys
import warnings
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

#: From how many files of records on two processes are quicker than one.
MANY: Final = 500

_T = TypeVar("_T")


def meanwhile(work: Callable[[], _T]) -> Callable[[], _T]:
    """
    Begin some work in another process, and return a function that waits for its result.

    The work changes nothing here, and its result can be pickled. Where there is no other process,
    or it came to grief, the work is done when the result is wanted.
    """
    if sys.platform != "linux" or len(os.sched_getaffinity(0)) == 1:
        return work
    reading, writing = os.pipe()
    try:
        child = _copy()
    except OSError:  # too many processes, or too little memory
        os.close(reading)
        os.close(writing)
        return work
    if child == 0:
        os.close(reading)
        _send(work, writing)
    os.close(writing)
    return lambda: _received(child, reading, work)


def _copy() -> int:
    """Copy this process; return the number of the copy here, and 0 there."""
    with warnings.catch_warnings():
        # Python warns where there are threads; those of libraries only wait for work of their own.
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _send(work: Callable[[], Any], writing: int) -> None:
    """Do the work in the copy, send the result, and end without output in any case."""
    try:
        gc.disable()
        with open(writing, "wb") as pipe:  # a number
            pickle.dump(work(), pipe, pickle.HIGHEST_PROTOCOL)
    finally:
        os._exit(0)


def _received(child: int, reading: int, work: Callable[[], _T]) -> _T:
    with open(reading, "rb") as pipe:  # a number
        content = pipe.read()
    os.waitpid(child, 0)
    try:
        return pickle.loads(content)  # type: ignore[no-any-return]  # noqa: S301  # of our own
    except (EOFError, pickle.UnpicklingError):
        return work()
