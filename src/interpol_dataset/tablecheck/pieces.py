"""
What a reader hands to the check: rows, and what was wrong with the file around them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["MAX_DAMAGED", "Piece"]

#: Damaged rows (blank, short, long, not decodable) after which a file is given up.
MAX_DAMAGED: Final = 100_000


class Piece(NamedTuple):
    """
    Some rows of a table.

    :param batch: The rows.
    :param findings: What is wrong with the file there; rows are counted from 1 in this piece.
    :param blank_rows: Rows that are blank lines, counted from 0: they count as rows, but there is
        nothing in them to check.
    :param judged: Cells that the reader has judged itself: a row from 1, and a field.
    """

    batch: pa.RecordBatch
    findings: pa.RecordBatch | None = None
    blank_rows: pa.Int64Array | None = None
    judged: frozenset[tuple[int, str]] = frozenset()
