"""The project's own records."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from interpol_dataset.records.folder import RECORDS, RecordSet, read_records

ROOT: Final = Path(__file__).parents[2]


@cache
def committed() -> RecordSet:
    """Return what is committed, read once in each process: that takes two seconds."""
    return read_records(ROOT / RECORDS, RECORDS)
