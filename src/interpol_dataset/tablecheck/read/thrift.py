"""
Thrift's compact protocol, in which a Parquet file says what it holds.

Arrow reads it too, but shows a part of it by calls that end the process where a number is wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["BINARY", "I32", "I64", "LIST", "STRUCT", "Compact", "Struct", "ThriftError"]

I32: Final = 5
I64: Final = 6
BINARY: Final = 8
LIST: Final = 9
STRUCT: Final = 12

_TRUE, _FALSE, _BYTE, _I16, _DOUBLE, _SET = 1, 2, 3, 4, 7, 10
_BITS: Final = {_I16: 16, I32: 32, I64: 64}
_SIZES: Final = {_TRUE: 1, _FALSE: 1, _BYTE: 1, _DOUBLE: 8}
#: Levels of structs and lists; Parquet's own have nine.
_MAX_DEPTH: Final = 32

#: A struct: its values by the number and type of the field, since readers of Thrift skip a field
#: whose type is not the one they know. Texts and truth values are left out.
Struct = dict[tuple[int, int], Any]


class ThriftError(ValueError):
    """The bytes are no such struct."""


class Compact:
    """
    Reads structs, one after the other.

    :param data: The bytes.
    :param lists: The types of the elements of lists, by the numbers of the fields that lead there.
        Readers of Thrift take them for granted, so another type is an error.
    :param most: How many values there may be.
    """

    def __init__(
        self, data: bytes, lists: Mapping[tuple[int, ...], int] | None = None, most: int = 10_000
    ) -> None:
        self._data = data
        self._lists = lists or {}
        self._left = most
        #: Where the next struct begins.
        self.at = 0

    def struct(self, path: tuple[int, ...] = ()) -> Struct:
        """
        Read a struct.

        :param path: The numbers of the fields that lead there.
        :raises ThriftError: There is no struct here, or it has too many values.
        :raises IndexError: The bytes end before the struct does.
        """
        found: Struct = {}
        number = 0
        while head := self._data[self.at]:
            self.at += 1
            kind, step = head & 15, head >> 4
            number = number + step if step else self._number(16)
            if kind not in {_TRUE, _FALSE}:  # there, the type is the value
                found[number, kind] = self._value(kind, path, number)
        self.at += 1

        return found

    def _value(self, kind: int, path: tuple[int, ...], *more: int) -> Any:
        self._left -= 1
        if self._left < 0 or len(path) > _MAX_DEPTH:
            raise ThriftError("it has more values, or levels of them, than it may have")
        if bits := _BITS.get(kind):
            return self._number(bits)
        if kind == STRUCT:
            return self.struct((*path, *more))
        if kind in {LIST, _SET}:
            return self._list((*path, *more))

        size = self._varint() if kind == BINARY else _SIZES.get(kind)
        if size is None:
            raise ThriftError(f"there is no type {kind}")
        self.at += size

        return None

    def _list(self, path: tuple[int, ...]) -> list[Any]:
        head = self._data[self.at]
        self.at += 1
        kind, count = head & 15, head >> 4
        if count == 15:  # noqa: PLR2004  # more than fit there
            count = self._varint()
        if kind != self._lists.get(path, kind):
            raise ThriftError(f"the elements of a list are of type {kind}")

        return [self._value(kind, path) for _ in range(count)]

    def _number(self, bits: int) -> int:
        value = self._varint()
        if value >> bits:
            raise ThriftError(f"a number has more than {bits} bits")

        return (value >> 1) ^ -(value & 1)

    def _varint(self) -> int:
        data, at = self._data, self.at
        value, shift = data[at] & 127, 0
        while data[at] & 128:
            at += 1
            shift += 7
            value |= (data[at] & 127) << shift
            if shift > 63:  # noqa: PLR2004  # ten bytes are the most
                raise ThriftError("a number has more than 64 bits")
        self.at = at + 1

        return value
