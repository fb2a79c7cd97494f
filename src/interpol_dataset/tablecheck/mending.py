"""
The careful reading of a block of CSV that Arrow's parser refuses.

Every row is brought to the right number of cells and written out again as plain CSV, so that the
cells that are there are still checked, and what was wrong is said with its row and field.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from interpol_dataset.tablecheck import kernels, pieces
from interpol_dataset.tablecheck.dialect import Dialect
from interpol_dataset.tablecheck.findings import join, listed, repeated

if TYPE_CHECKING:
    import pyarrow as pa

    from interpol_dataset.tablecheck.layout import Layout

__all__ = ["ABSENT", "Mended", "mend"]

#: What a byte that is not UTF-8 is decoded to.
_BAD: Final = re.compile("[\udc80-\udcff]")
#: Stands for a cell that is not there, which is not the same as an empty one.
ABSENT: Final = "\0absent\0"


@dataclass(frozen=True, slots=True)
class Mended:
    """
    A block made readable.

    :param block: The rows as plain CSV.
    :param dialect: How they are written.
    :param findings: What was wrong; rows are counted from 1 in this block.
    :param blank_rows: Rows that were blank lines, from 0.
    """

    block: bytes
    dialect: Dialect
    findings: pa.RecordBatch
    blank_rows: pa.Int64Array


@dataclass(slots=True)
class _Mender:
    layout: Layout
    found: list[tuple[int, str, str, str]] = field(default_factory=list)
    blank: list[int] = field(default_factory=list)

    def mend(self, number: int, cells: list[str]) -> list[str]:
        """Bring a row to the right width, and note what is wrong with it."""
        width = self.layout.width
        if not cells:
            self.blank.append(number)
            return [ABSENT] * width

        if len(cells) < width:
            self.found += [
                (number, name, "missing-cell", "")
                for name, place in self.layout.columns
                if place >= len(cells)
            ]
            cells = cells + [ABSENT] * (width - len(cells))
        elif len(cells) > width:
            self.found.append((number, "", "extra-cell", cells[width]))
            cells = cells[:width]

        return cells

    def look_inside(self, number: int, cells: list[str]) -> list[str]:
        """Note cells with a NUL or with bytes that are not UTF-8, and make them readable."""
        names = {place: name for name, place in self.layout.columns}
        for place, cell in enumerate(cells):
            if "\0" in cell:
                self.found.append((number, names.get(place, ""), "nul-byte", cell))
            if _BAD.search(cell):
                cells[place] = _BAD.sub("\ufffd", cell)
                self.found.append((number, names.get(place, ""), "encoding", cells[place]))

        return cells


def mend(block: bytes, layout: Layout, dialect: Dialect) -> Mended:
    """Make a block of records readable, and say what was wrong with it."""
    text = block.decode("utf-8", "surrogateescape")
    mender = _Mender(layout)
    looks = "\0" in text or _BAD.search(text) is not None
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    for number, cells in enumerate(dialect.rows(text), start=1):
        row = mender.look_inside(number, cells) if looks else cells
        writer.writerow(mender.mend(number, row))
        if len(mender.blank) + len(mender.found) > pieces.MAX_DAMAGED:
            # The file is given up, so the rows below don't matter.
            break

    blank = kernels.as_int64(mender.blank)
    findings = join([listed(mender.found), repeated(blank, "", "blank-row")])
    less_one = kernels.as_int64(number - 1 for number in mender.blank)

    return Mended(out.getvalue().encode(), Dialect(), findings, less_one)
