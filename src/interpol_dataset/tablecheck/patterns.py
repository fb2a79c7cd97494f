"""
Regular expressions over a column.

A pattern runs in RE2, which never backtracks: its time is linear in the text. A pattern that RE2
refuses (look-around, back-references) runs in Python's ``re`` over the distinct texts, in a
process of its own that is stopped after :data:`TIME_LIMIT` seconds, as a backtracking matcher
can take for ever and can't be stopped from within.
"""

from __future__ import annotations

import json
import re
import sys
from functools import lru_cache
from typing import Final

import pyarrow as pa

from interpol_dataset.errors import PackageError
from interpol_dataset.tablecheck import kernels

__all__ = ["TIME_LIMIT", "PatternTimeoutError", "mismatches"]

#: Seconds that the texts of one batch may take in Python's matcher.
TIME_LIMIT: Final = 2.0

#: Texts matched at once: one call for many cells costs half of a call for each.
_GROUP: Final = 64

#: Patterns that can't match a line feed: literals, sets without negation, groups, repetition.
_PLAIN: Final = re.compile(
    r"(?:[A-Za-z0-9 _:,;/@%&=~<>'\"!#-]"
    r"|\\[.\-/+*?()\[\]|^$d]"
    r"|\[(?:[A-Za-z0-9 _:,;/@%&=~<>'\"!#.()*+?$-]|\\[.\-/\]])+\]"
    r"|\(\?:|\(|\)|\||[*+?]|\{[0-9]+(?:,[0-9]*)?\})+"
)
_WORKER: Final = """
import json, re, sys
job = json.load(sys.stdin)
found = re.compile(job["pattern"]).fullmatch
json.dump([found(text) is not None for text in job["texts"]], sys.stdout)
"""


class PatternTimeoutError(Exception):
    """A pattern took longer than it may."""


#: Patterns that once took too long: they aren't tried again in this process.
_stopped: set[str] = set()


def mismatches(text: pa.Array, pattern: str) -> pa.BooleanArray | None:
    """
    Say which texts don't match the whole of a pattern; false where null, none where all match.

    :raises PatternTimeoutError: The pattern backtracks for too long.
    :raises PackageError: It is not a regular expression at all.
    """
    if text.null_count == len(text):
        return None

    if not _re2_takes(pattern):
        return _match_in_python(text, pattern)

    if not _PLAIN.fullmatch(pattern) or b"\n" in kernels.bytes_of(text):
        return kernels.no_nulls(kernels.call("invert", kernels.match(text, f"^(?:{pattern})$")))

    return _match_by_groups(text, pattern)


def _match_by_groups(text: pa.Array, pattern: str) -> pa.BooleanArray | None:
    """Match groups of texts, and the texts of the groups that fail one by one."""
    rows = kernels.rows_of(kernels.call("is_valid", text)) if text.null_count else None
    present = kernels.call("drop_null", text) if text.null_count else text
    groups = _groups_match(present, pattern)
    if groups.false_count == 0:
        return None

    failed = [number * _GROUP for number, whole in enumerate(groups.to_pylist()) if not whole]
    suspects = kernels.concatenated([present.slice(start, _GROUP) for start in failed])
    found = kernels.call("invert", kernels.match(suspects, f"^(?:{pattern})$"))
    wrong = [
        failed[place // _GROUP] + place % _GROUP for place in kernels.rows_of(found).to_pylist()
    ]
    if rows is not None:
        wrong = kernels.take(rows, kernels.as_int64(wrong)).to_pylist()

    return kernels.flags_at(wrong, len(text))


def _groups_match(text: pa.Array, pattern: str) -> pa.BooleanArray:
    """Match groups of texts, joined by line feeds, which the pattern itself can't match."""
    starts = kernels.as_int32([*range(0, len(text), _GROUP), len(text)])
    groups = pa.ListArray.from_arrays(starts, text)
    joined = kernels.call("binary_join", groups, kernels.texts(["\n"])[0])

    return kernels.match(joined, f"^(?:(?:{pattern})\n)*(?:{pattern})$")


@lru_cache(maxsize=256)
def _re2_takes(pattern: str) -> bool:
    try:
        kernels.match(kernels.texts([""]), f"^(?:{pattern})$")
    except pa.ArrowInvalid:
        return False

    return True


def _match_in_python(text: pa.Array, pattern: str) -> pa.BooleanArray:
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        raise PackageError(
            f"the pattern {pattern[:100]!r} is not a regular expression: {error}",
            hint="fix the pattern in the Table Schema",
        ) from error

    if pattern in _stopped:
        raise PatternTimeoutError(pattern)

    # Only a pattern that RE2 refuses needs it, and it takes some milliseconds to import.
    import subprocess  # noqa: PLC0415

    coded = kernels.call("dictionary_encode", text)
    job = json.dumps({"pattern": pattern, "texts": coded.dictionary.to_pylist()})
    try:
        done = subprocess.run(  # noqa: S603 - the program is ours, the pattern is only data
            [sys.executable, "-I", "-S", "-c", _WORKER],
            input=job,
            capture_output=True,
            encoding="utf-8",
            timeout=TIME_LIMIT,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        _stopped.add(pattern)
        raise PatternTimeoutError(pattern) from error

    wrong = kernels.as_flags([not found for found in json.loads(done.stdout)])

    return kernels.no_nulls(kernels.take(wrong, coded.indices))
