"""
What a descriptor says of a file's bytes: how many they are, and their hash.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["ALGORITHMS", "Vouched"]

#: The algorithms that hashes may be made by; md5 is the standard's default.
ALGORITHMS: Final = ("md5", "sha1", "sha256", "sha512")


class Vouched(NamedTuple):
    """
    What a descriptor vouches for.

    :param size: How many bytes a file has; none where it does not say.
    :param algorithm: How the hash was made.
    :param digest: The hash in hexadecimal digits; empty where there is none.
    """

    size: int | None = None
    algorithm: str = "md5"
    digest: str = ""

    def differs(self, path: Path) -> Iterator[tuple[str, str]]:
        """Say what a file has otherwise: the rules that it breaks, each with what was found."""
        size = path.stat().st_size
        if self.size is not None and size != self.size:
            yield "file-size", f"{size} bytes, not {self.size}"
        elif self.digest and self._digest_of(path) != self.digest:
            yield "file-hash", self.algorithm

    def _digest_of(self, path: Path) -> str:
        with path.open("rb") as file:
            return hashlib.file_digest(file, self._made).hexdigest()

    def _made(self) -> hashlib._Hash:
        return hashlib.new(self.algorithm, usedforsecurity=False)
