"""
What a descriptor says of a file's bytes: how many there are, and their hash.
"""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from interpol_dataset.tablecheck.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from io import BufferedReader, BytesIO
    from pathlib import Path

#: The algorithms of hashes: all that Python is sure to have and whose digests have one length. The
#: standard's default is md5.
ALGORITHMS: Final = tuple(
    sorted(name for name in hashlib.algorithms_guaranteed if not name.startswith("shake"))
)


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
        with path.open("rb") as file:
            yield from self.compare(file)

    def compare(self, file: BufferedReader | BytesIO) -> Iterator[tuple[Fault, str]]:
        """Return how an open file differs, as :meth:`differences` does."""
        size = file.seek(0, os.SEEK_END)
        file.seek(0)
        if self.size is not None and size != self.size:
            yield Fault.FILE_SIZE, f"{size} bytes, not {self.size}"
        elif self.digest:
            made = hashlib.new(self.algorithm, usedforsecurity=False)
            if hashlib.file_digest(file, lambda: made).hexdigest() != self.digest:
                yield Fault.FILE_HASH, self.algorithm


def checksum_of(resource: Mapping[str, Any]) -> Checksum:
    """
    Return what the descriptor of a resource says of its file.

    A hash is written ``algorithm:digits``, or as the digits alone if it is made with md5. Hyphens
    in the algorithm's name don't matter: ``sha3-256``, ``SHA-256``.

    :raises ValueError: The algorithm is not known, or there is nothing but its name.
    """
    size, hash_ = resource.get("bytes"), resource.get("hash")
    named, _, digest = ("" if hash_ is None else str(hash_)).lower().rpartition(":")
    algorithm = named.replace("sha-", "sha").replace("-", "_") or "md5"
    if algorithm not in ALGORITHMS:
        known = ", ".join(ALGORITHMS)
        raise ValueError(f"hashes by {named[:100]!r} are not known, only those by {known}")
    if named and not digest:
        raise ValueError(f"the hash {named[:100]!r} has no digits")

    # To Python, true and false are numbers as well.
    return Checksum(size if type(size) is int else None, algorithm, digest)
