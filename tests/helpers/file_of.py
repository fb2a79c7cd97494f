"""Files of records, written from their data."""

from typing import Any

from interpol_dataset.records.document import Document, Kind
from interpol_dataset.records.formatter import reformat


def file_of(kind: Kind, data: Any) -> str:
    """Return the file of a record, or of a list of records."""
    return reformat(kind, Document("new.yaml", ""), data)
