"""
Arrow's compute functions, called by name, and the few that are missing.

``pa.array`` and ``pa.scalar`` import pandas wherever it is installed, which takes 200 ms: as long
as the whole check of a small table. So constants are made from buffers, and functions are called by
name. Before you call another method of an array, see whether it imports pandas.
"""

from __future__ import annotations

from array import array
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
from pyarrow import compute

from interpol_dataset.tablecheck import faults as limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

TEXT: Final = pa.string()
INT64: Final = pa.int64()
#: What Arrow raises where a value, or a whole type, can't become another.
CAST_ERRORS: Final = (pa.ArrowInvalid, pa.ArrowNotImplementedError)
#: One allocator for all, and the system's: it gives freed memory back sooner than Arrow's own, and
#: two allocators side by side would each keep their own spare memory.
POOL: Final = pa.system_memory_pool()


def call(name: str, *arguments: Any, options: Any = None) -> Any:
    """Call a compute function by its name."""
    return compute.call_function(name, list(arguments), options, POOL)


def cast(values: pa.Array, type_: pa.DataType) -> pa.Array:
    """Cast, or raise one of :data:`CAST_ERRORS`."""
    return call("cast", values, options=compute.CastOptions.safe(type_))


def texts(values: Sequence[str | None]) -> pa.StringArray:
    """Make an array of texts; what UTF-8 can't hold (half a surrogate pair) becomes ``?``."""
    encoded = [(value or "").encode("utf-8", "replace") for value in values]
    validity = flags([v is not None for v in values]).buffers()[1] if None in values else None
    offsets = pa.py_buffer(array("i", accumulate(map(len, encoded), initial=0)))
    return pa.Array.from_buffers(
        TEXT, len(encoded), [validity, offsets, pa.py_buffer(b"".join(encoded))]
    )


def numbers(values: Iterable[int], code: str = "q") -> pa.Array:
    """Make an array of whole numbers, of 64 bits or, with the code ``i``, of 32."""
    made = array(code, values)
    type_ = INT64 if code == "q" else pa.int32()
    return pa.Array.from_buffers(type_, len(made), [None, pa.py_buffer(made)])


def number(value: int) -> pa.Scalar:
    """Make a scalar of a whole number."""
    return numbers([value])[0]


def flags(values: Sequence[bool]) -> pa.BooleanArray:
    """Make an array of truth values."""
    return flags_at((row for row, value in enumerate(values) if value), len(values))


def flags_at(rows: Iterable[int], count: int) -> pa.BooleanArray:
    """Make an array of so many truth values, true at these rows alone."""
    bits = bytearray(count // 8 + 1)
    for row in rows:
        bits[row >> 3] |= 1 << (row & 7)
    return pa.Array.from_buffers(pa.bool_(), count, [None, pa.py_buffer(bits)])


def no_nulls(mask: pa.BooleanArray) -> pa.BooleanArray:
    """Return the mask with nulls as false."""
    if mask.null_count == 0:
        return mask
    return call("and_kleene", mask, call("is_valid", mask))


def concatenated(arrays: Sequence[pa.Array]) -> pa.Array:
    """Join arrays of one type."""
    return pa.concat_arrays(arrays, memory_pool=POOL)


def keep(values: Any, mask: pa.BooleanArray) -> Any:
    """Keep the values, or the rows of a batch, where the mask is true."""
    return call("filter", values, mask)


def take(values: Any, indices: pa.Array) -> Any:
    """Return the values, or the rows of a batch, at these positions."""
    return call("take", values, indices)


def rows_of(mask: pa.BooleanArray) -> pa.Int64Array:
    """Return the positions at which a mask is true."""
    return cast(call("indices_nonzero", mask), INT64)


def is_in(values: Any, allowed: Any) -> Any:
    """Return which values are in the set; a null is in no set."""
    return call("is_in", values, options=compute.SetLookupOptions(allowed, skip_nulls=True))


def absent(found: pa.BooleanArray, values: pa.Array) -> pa.BooleanArray | None:
    """Return which values other than null were not found; ``None`` where all were."""
    if found.true_count + values.null_count == len(values):
        return None
    wrong = call("invert", found)
    return wrong if values.null_count == 0 else call("and", wrong, call("is_valid", values))


def match(values: pa.Array, pattern: str) -> pa.BooleanArray:
    """Return which texts RE2 finds a pattern in; null where null."""
    return call("match_substring_regex", values, options=compute.MatchSubstringOptions(pattern))


def replace(values: pa.Array, pattern: str, new: str) -> pa.Array:
    """Replace what a pattern finds, with RE2."""
    return call(
        "replace_substring_regex", values, options=compute.ReplaceSubstringOptions(pattern, new)
    )


def shorten(values: pa.Array) -> pa.Array:
    """Cut texts to the length that a finding shows."""
    return call("utf8_slice_codeunits", values, options=compute.SliceOptions(0, limits.SHOWN))


def whole_of(data: bytearray | memoryview) -> pa.BinaryArray:
    """Make an array whose only value is these bytes, without copying them."""
    offsets = pa.py_buffer(array("i", [0, len(data)]))
    return pa.Array.from_buffers(pa.binary(), 1, [None, offsets, pa.py_buffer(data)])


def bytes_of(values: pa.StringArray) -> bytes:
    """Return the bytes of all texts together; of a slice, those of the slice alone."""
    _, offsets, data = values.buffers()
    if data is None or not len(values):
        return b""
    bounds = memoryview(offsets).cast("i")
    first, last = bounds[values.offset], bounds[values.offset + len(values)]
    return bytes(memoryview(data)[first:last])


def with_nulls(values: pa.Array, mask: pa.BooleanArray | None) -> pa.Array:
    """Return the values with a null wherever the mask is true."""
    if mask is None or mask.true_count == 0:
        return values
    if values.null_count == values.offset == mask.null_count == 0:
        # The values stay where they are, and only their validity is new.
        validity = call("invert", mask)
        if validity.offset == 0:
            buffers = [validity.buffers()[1], *values.buffers()[1:]]
            return pa.Array.from_buffers(values.type, len(values), buffers)
    return call("if_else", mask, pa.nulls(1, values.type)[0], values)


def where_distinct(values: pa.Array, test: Callable[[str], bool]) -> pa.BooleanArray:
    """Return where a test holds, calling it once for each distinct text; null where null."""
    coded = call("dictionary_encode", values)
    return take(flags([test(text) for text in coded.dictionary.to_pylist()]), coded.indices)


def map_distinct(values: pa.Array, change: Callable[[str], str]) -> pa.StringArray:
    """Change texts, calling the function once for each distinct one."""
    coded = call("dictionary_encode", values)
    return take(texts([change(text) for text in coded.dictionary.to_pylist()]), coded.indices)


@lru_cache(maxsize=256)
def why_refused(pattern: str) -> str | None:
    """Return why RE2 does not take a pattern; ``None`` if it does."""
    try:
        match(texts([""]), f"^(?:{pattern})$")
    except pa.ArrowInvalid as error:
        return str(error).removeprefix("Invalid regular expression: ")
    return None
