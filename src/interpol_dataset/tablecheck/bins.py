"""
The endings of keys, dealt into bins: what shows at little cost that keys differ.

A hash table of a million texts misses the processor's cache at every step. The last eight bytes of
a text are one number, and texts whose numbers differ are different; so only texts that end alike
need to be compared. The numbers are dealt into bins that fit into the cache and can be judged by
several threads.
"""

from __future__ import annotations

import sys
from bisect import bisect_left
from typing import TYPE_CHECKING, Final, NamedTuple

import pyarrow as pa
from pyarrow._compute import SliceOptions

from interpol_dataset.tablecheck import kernels

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Bins", "alike", "deal", "steps"]

_COUNT: Final = 256
#: Keys below which all bins are judged as one: a call of a kernel costs more than it saves.
_FEW: Final = 50_000
#: Bins judged together where keys are many: fewer calls, and still within the cache.
_STEP: Final = 16

_ENDING: Final = 8


def _number(value: int, type_: pa.DataType) -> pa.Scalar:
    data = value.to_bytes(type_.bit_width // 8, sys.byteorder)

    return pa.Array.from_buffers(type_, 1, [None, pa.py_buffer(data)])[0]


#: Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4): the high bits of a product
#: with 2^64 divided by the golden ratio are spread evenly.
_GOLDEN: Final = _number(0x9E3779B97F4A7C15, pa.uint64())
_HIGH_BYTE: Final = _number(56, pa.uint64())


class Bins(NamedTuple):
    """
    Where the keys of one batch lie, bin by bin.

    :param endings: The last bytes of each key that is there, as a number.
    :param rows: The row of each in its batch, from 0.
    :param starts: Where each bin starts, and where the last one ends.
    """

    endings: pa.UInt64Array
    rows: pa.UInt32Array
    starts: tuple[int, ...]

    def cut(self, dealt: pa.Array, first: int, last: int) -> pa.Array:
        """Cut some bins out of an array that is in the order of the bins."""
        return dealt.slice(self.starts[first], self.starts[last] - self.starts[first])


def steps(parts: Sequence[Bins], share: int = 0, shares: int = 1) -> list[tuple[int, int]]:
    """Say which bins are judged together, for one of several shares of the work."""
    first, last = (_COUNT * number // shares for number in (share, share + 1))
    if sum(len(part.rows) for part in parts) < _FEW:
        return [(first, last)]

    return [(start, min(start + _STEP, last)) for start in range(first, last, _STEP)]


def alike(parts: Sequence[Bins], share: int = 0, shares: int = 1) -> list[list[pa.UInt32Array]]:
    """
    Find keys that end like another, of any batch.

    :param share: The share of the work to do, from 0.
    :param shares: Into how many shares the work is parted.
    :returns: For each batch the rows of such keys.
    """
    suspects: list[list[pa.UInt32Array]] = [[] for _ in parts]
    for ends in steps(parts, share, shares):
        chosen = [part.cut(part.endings, *ends) for part in parts]
        twice = _stated_twice(chosen)
        if twice is None:
            continue
        for found, part, endings in zip(suspects, parts, chosen, strict=True):
            found.append(kernels.keep(part.cut(part.rows, *ends), kernels.is_in(endings, twice)))

    return suspects


def _stated_twice(parts: Sequence[pa.UInt64Array]) -> pa.UInt64Array | None:
    """Return the numbers that occur more than once; none if there are none."""
    numbers = pa.chunked_array(parts, pa.uint64())
    if len(kernels.call("unique", numbers)) == len(numbers):
        return None

    counted = kernels.call("value_counts", numbers)
    many = kernels.call("greater", counted.field(1), kernels.as_int64([1])[0])

    return kernels.keep(counted.field(0), many)


def deal(texts: pa.StringArray) -> Bins:
    """Deal the endings of texts into bins; a null has none."""
    rows = None
    if texts.null_count:
        rows = kernels.call("indices_nonzero", kernels.call("is_valid", texts))
        texts = kernels.call("drop_null", texts)

    endings = _endings(texts)
    product = kernels.call("multiply", endings, _GOLDEN)
    codes = kernels.cast(kernels.call("shift_right", product, _HIGH_BYTE), pa.uint8())
    order = kernels.call("array_sort_indices", codes)
    ordered = memoryview(kernels.take(codes, order).buffers()[1]).cast("B")[: len(texts)]
    starts = (*(bisect_left(ordered, code) for code in range(_COUNT)), len(texts))
    rows = order if rows is None else kernels.take(rows, order)

    return Bins(kernels.take(endings, order), kernels.cast(rows, pa.uint32()), starts)


def _endings(texts: pa.StringArray) -> pa.UInt64Array:
    data = kernels.cast(texts, pa.binary())
    shortest = kernels.call("min", kernels.call("binary_length", data)).as_py()
    if shortest is not None and shortest < _ENDING:
        padding = kernels.cast(kernels.texts(["0" * _ENDING, ""]), pa.binary())
        data = kernels.call("binary_join_element_wise", padding[0], data, padding[1])

    ends = kernels.call("binary_slice", data, options=SliceOptions(-_ENDING))
    # With eight bytes for each key, the bytes themselves are an array of 64-bit numbers.
    return pa.Array.from_buffers(pa.uint64(), len(texts), [None, ends.buffers()[2]])
