"""The project's own records."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

from interpol_dataset.records.document import Records
from interpol_dataset.records.folder import RECORDS, RecordSet, read_records
from interpol_dataset.records.models import Phrases

ROOT: Final = Path(__file__).parents[2]


@cache
def committed() -> RecordSet:
    """Return what is committed, read once in each process: that takes two seconds."""
    return read_records(ROOT / RECORDS, RECORDS)


def without_phrases(records: Records) -> Records:
    """Return records as tables have them: the words that a drafter looks for are in none."""
    silent = {
        name: tuple(it.model_copy(update={"phrases": Phrases()}) for it in getattr(records, name))
        for name in ("metrics", "objects")
    }
    return replace(records, **silent)
