"""
What a descriptor says of a file's bytes: how many there are, and their hash.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final, NamedTuple

from interpol_dataset.tablecheck.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: The algorithms of hashes; md5 is the standard's default.
ALGORITHMS: Final = ("md5", "sha1", "sha256", "sha512")


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
        elif self.digest:
            made = hashlib.new(self.algorithm, usedforsecurity=False)
            with path.open("rb") as file:
                if hashlib.file_digest(file, lambda: made).hexdigest() != self.digest:
                    yield Fault.FILE_HASH, self.algorithm
