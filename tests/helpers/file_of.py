"""Files of records, written from their data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from interpol_dataset.records.document import Document
from interpol_dataset.records.formatter import reformat

if TYPE_CHECKING:
    from interpol_dataset.records.document import Kind


def file_of(kind: Kind, data: Any) -> str:
    """Return the file of a record, or of a list of records."""
    return reformat(kind, Document("new.yaml", ""), data)
