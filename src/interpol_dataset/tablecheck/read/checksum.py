"""
What a descriptor says of a file's bytes: how many there are, and their hash.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final, NamedTuple

from interpol_dataset.tablecheck.errors import DescriptorError
from interpol_dataset.tablecheck.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = ["Checksum", "parse_checksum"]

#: The algorithms of hashes; md5 is the standard's default.
_ALGORITHMS: Final = ("md5", "sha1", "sha256", "sha512")


class Checksum(NamedTuple):
    """
    The size and the hash of a file.

    :param size: How many bytes it has; ``None`` where that isn't given.
    :param algorithm: How the hash is made.
    :param digest: The hash in hexadecimal digits; empty where there is none.
    """

    size: int | None = None
    algorithm: str = "md5"
    digest: str = ""

    def differences(self, path: Path) -> Iterator[tuple[Fault, str]]:
        """Return how a file differs: the faults, each with what was found."""
        size = path.stat().st_size
        if self.size is not None and size != self.size:
            yield Fault.FILE_SIZE, f"{size} bytes, not {self.size}"
        elif self.digest and self._digest_of(path) != self.digest:
            yield Fault.FILE_HASH, self.algorithm

    def _digest_of(self, path: Path) -> str:
        with path.open("rb") as file:
            return hashlib.file_digest(
                file, lambda: hashlib.new(self.algorithm, usedforsecurity=False)
            ).hexdigest()


def parse_checksum(resource: Mapping[str, object], where: str) -> Checksum:
    """
    Read ``bytes`` and ``hash`` of a resource.

    :raises DescriptorError: The hash is made by an unknown algorithm.
    """
    size, hash_ = resource.get("bytes"), resource.get("hash")
    algorithm, _, digest = str(hash_ or "").rpartition(":")
    algorithm = algorithm.lower() or "md5"
    if hash_ is not None and algorithm not in _ALGORITHMS:
        raise DescriptorError(
            f"hashes by {algorithm!r} are not known",
            f"{where}/hash",
            f"use one of {', '.join(_ALGORITHMS)}",
        )

    # To Python, true and false are numbers as well.
    return Checksum(size if type(size) is int else None, algorithm, digest.lower())
