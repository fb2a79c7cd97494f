"""
The ids that a record refers to.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pydantic import BaseModel

from interpol_dataset.schema.field_info import FieldType, fields_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.findings import KeyPath
    from interpol_dataset.records.compose import Json


def references(model: type[BaseModel], data: Json) -> Iterator[tuple[KeyPath, str, str]]:
    """
    Return the ids that a record refers to.

    :param model: The record's model.
    :param data: The record as it was read.
    :returns: Path in the record, table referred to, and id.
    """
    if not isinstance(data, dict):
        return

    for name, kind in _referring(model):
        value = data.get(name)
        if value is None:
            continue
        items: list[tuple[KeyPath, Json]] = [((name,), value)]
        if kind.many and isinstance(value, list):
            items = [((name, index), item) for index, item in enumerate(value)]

        for path, item in items:
            if issubclass(kind.base, BaseModel):
                for inner, table, id_ in references(kind.base, item):
                    yield (*path, *inner), table, id_
            elif kind.references and isinstance(item, str):
                yield path, kind.references, item


@cache
def _referring(model: type[BaseModel]) -> tuple[tuple[str, FieldType], ...]:
    """Return the fields of a model that refer to records, or in which something does."""
    return tuple(
        (name, kind)
        for name, kind in fields_of(model).items()
        if kind.references or (issubclass(kind.base, BaseModel) and _referring(kind.base))
    )
