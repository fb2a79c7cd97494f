"""
Arrow's compute functions, called by name.

``pyarrow.compute`` takes 50 ms to import, as it writes a docstring for each of 300 functions, and
``pa.array`` and ``pa.scalar`` import pandas wherever it is installed. A check of a small table is
decided by such things, so this module calls the functions by name and makes its constants from
buffers.
"""

from __future__ import annotations

from array import array
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
from pyarrow._compute import (
    CastOptions,
    CumulativeOptions,
    MatchSubstringOptions,
    ReplaceSubstringOptions,
    SetLookupOptions,
    SliceOptions,
    call_function,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

__all__ = [
    "POOL",
    "absent",
    "as_flags",
    "as_int32",
    "as_int64",
    "bytes_of",
    "call",
    "cast",
    "concatenated",
    "either",
    "flags_at",
    "is_in",
    "keep",
    "map_distinct",
    "match",
    "matches",
    "no_nulls",
    "replace",
    "rows_of",
    "running_maximum",
    "shorten",
    "take",
    "texts",
    "where_distinct",
    "whole_of",
    "with_nulls",
]

_TEXT: Final = pa.string()
_INT64: Final = pa.int64()
_SHOWN: Final = 200

#: One allocator for all, and the system's: it gives freed memory back sooner than Arrow's own, and
#: two allocators side by side would each keep their own spare memory.
POOL: Final = pa.system_memory_pool()


def call(name: str, *arguments: Any, options: Any = None) -> Any:
    """Call a compute function by its name."""
    return call_function(name, list(arguments), options, POOL)


def cast(values: pa.Array, type_: pa.DataType) -> pa.Array:
    """Cast, or raise where a value can't be."""
    return call("cast", values, options=CastOptions.safe(type_))


def texts(values: Sequence[str | None]) -> pa.StringArray:
    """Make an array of texts; what UTF-8 can't hold (half a surrogate pair) becomes ``?``."""
    encoded = [(value or "").encode("utf-8", "replace") for value in values]
    validity = _bits([value is not None for value in values]) if None in values else None
    offsets = pa.py_buffer(array("i", accumulate(map(len, encoded), initial=0)))

    return pa.Array.from_buffers(
        _TEXT, len(encoded), [validity, offsets, pa.py_buffer(b"".join(encoded))]
    )


def as_int64(values: Iterable[int]) -> pa.Int64Array:
    """Make an array of whole numbers."""
    numbers = array("q", values)

    return pa.Array.from_buffers(_INT64, len(numbers), [None, pa.py_buffer(numbers)])


def as_int32(values: Iterable[int]) -> pa.Int32Array:
    """Make an array of whole numbers of 32 bits, as offsets are."""
    numbers = array("i", values)

    return pa.Array.from_buffers(pa.int32(), len(numbers), [None, pa.py_buffer(numbers)])


def as_flags(flags: Sequence[bool]) -> pa.BooleanArray:
    """Make an array of truth values."""
    return pa.Array.from_buffers(pa.bool_(), len(flags), [None, _bits(flags)])


def flags_at(rows: Iterable[int], count: int) -> pa.BooleanArray:
    """Make an array of so many truth values, true at these rows alone."""
    bits = bytearray(count // 8 + 1)
    for row in rows:
        bits[row >> 3] |= 1 << (row & 7)

    return pa.Array.from_buffers(pa.bool_(), count, [None, pa.py_buffer(bits)])


def _bits(flags: Sequence[bool]) -> pa.Buffer:
    """Pack flags, the first into the lowest bit, as Arrow does."""
    digits = "".join("1" if flag else "0" for flag in reversed(flags))

    return pa.py_buffer(int(digits or "0", 2).to_bytes(len(flags) // 8 + 1, "little"))


def either(left: pa.BooleanArray | None, right: pa.BooleanArray | None) -> pa.BooleanArray | None:
    """Say where one or the other is true; none stands for "nowhere"."""
    if left is None or right is None:
        return left if right is None else right

    return call("or", left, right)


def no_nulls(mask: pa.BooleanArray) -> pa.BooleanArray:
    """Take a null for false."""
    if mask.null_count == 0:
        return mask

    return call("and_kleene", mask, call("is_valid", mask))


def concatenated(arrays: Sequence[pa.Array]) -> pa.Array:
    """Put arrays of one type together."""
    return pa.concat_arrays(arrays, memory_pool=POOL)


def keep(values: pa.Array, mask: pa.BooleanArray) -> pa.Array:
    """Keep the values where the mask is true."""
    return call("array_filter", values, mask)


def take(values: pa.Array, indices: pa.Array) -> pa.Array:
    """Take the values at these positions."""
    return call("array_take", values, indices)


def rows_of(mask: pa.BooleanArray) -> pa.Int64Array:
    """Return the positions at which a mask is true."""
    return cast(call("indices_nonzero", mask), _INT64)


def is_in(values: pa.Array, allowed: pa.Array) -> pa.BooleanArray:
    """Say which values are in the set; a null is in no set."""
    return call("is_in", values, options=SetLookupOptions(allowed, skip_nulls=True))


def absent(found: pa.BooleanArray, values: pa.Array) -> pa.BooleanArray | None:
    """Say which values that are there were not found; none where all were."""
    if found.true_count + values.null_count == len(values):
        return None

    wrong = call("invert", found)

    return wrong if values.null_count == 0 else call("and", wrong, call("is_valid", values))


def running_maximum(values: pa.Array) -> pa.Array:
    """Return the greatest value up to each place."""
    return call("cumulative_max", values, options=CumulativeOptions())


def match(values: pa.Array, pattern: str) -> pa.BooleanArray:
    """Say which texts a pattern is found in, with RE2; null where null."""
    return call("match_substring_regex", values, options=MatchSubstringOptions(pattern))


def matches(data: memoryview, pattern: str) -> bool:
    """Say whether a pattern is found in bytes, with RE2."""
    return bool(match(whole_of(data), pattern)[0].as_py())


def whole_of(data: memoryview) -> pa.BinaryArray:
    """Make an array whose only value are these bytes, which are not copied."""
    offsets = as_int32([0, len(data)]).buffers()[1]

    return pa.Array.from_buffers(pa.binary(), 1, [None, offsets, pa.py_buffer(data)])


def replace(values: pa.Array, pattern: str, new: str) -> pa.Array:
    """Replace what a pattern finds, with RE2."""
    return call("replace_substring_regex", values, options=ReplaceSubstringOptions(pattern, new))


def shorten(values: pa.Array) -> pa.Array:
    """Cut texts to the length that a finding shows."""
    return call("utf8_slice_codeunits", values, options=SliceOptions(0, _SHOWN))


def bytes_of(values: pa.StringArray) -> bytes:
    """Return the bytes of all texts together, of a slice those of the slice alone."""
    _, offsets, data = values.buffers()
    if data is None or not len(values):
        return b""

    bounds = memoryview(offsets).cast("i")
    first, last = bounds[values.offset], bounds[values.offset + len(values)]

    return bytes(memoryview(data)[first:last])


def with_nulls(values: pa.Array, mask: pa.BooleanArray | None) -> pa.Array:
    """Put a null wherever the mask is true."""
    if mask is None or mask.true_count == 0:
        return values

    if values.null_count == 0 and values.offset == 0 and mask.null_count == 0:
        validity = call("invert", mask)
        if validity.offset == 0:
            buffers = [validity.buffers()[1], *values.buffers()[1:]]
            return pa.Array.from_buffers(values.type, len(values), buffers)

    return call("if_else", mask, pa.nulls(1, values.type)[0], values)


def where_distinct(values: pa.Array, test: Callable[[str], bool]) -> pa.BooleanArray:
    """Say where a test holds, with one call of the test for each distinct text."""
    coded = call("dictionary_encode", values)
    flags = [test(text) for text in coded.dictionary.to_pylist()]

    return take(as_flags(flags), coded.indices)


def map_distinct(values: pa.Array, change: Callable[[str], str]) -> pa.StringArray:
    """Change texts, with one call for each distinct text."""
    coded = call("dictionary_encode", values)
    changed = [change(text) for text in coded.dictionary.to_pylist()]

    return take(texts(changed), coded.indices)
