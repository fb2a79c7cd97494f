"""
JSON Schemas of the records, for editors and other tools.
"""

from __future__ import annotations

from typing import Any, Final

from pydantic import TypeAdapter

from interpol_dataset.records.kinds import KINDS, Kind

__all__ = ["record_schemas"]

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def record_schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of every kind of record file, by the kind's name."""
    return {kind.name: _schema(kind) for kind in KINDS}


def _schema(kind: Kind) -> dict[str, Any]:
    if kind.folder:
        schema = kind.model.model_json_schema()
    else:
        schema = TypeAdapter(list[kind.model]).json_schema()  # type: ignore[name-defined]
        schema["title"] = kind.table

    return {"$schema": DIALECT} | schema
