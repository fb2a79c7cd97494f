"""
The ids that a record refers to.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pydantic import BaseModel

from interpol_dataset.schema.field_info import fields_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.findings import KeyPath
    from interpol_dataset.records.compose import Json


class _Referring(NamedTuple):
    """
    A field that refers to records, or in which something does.

    :param name: Its name.
    :param many: Whether it has several values.
    :param table: The table referred to; empty where ``inner`` refers to others.
    :param inner: The model of what is in it.
    """

    name: str
    many: bool
    table: str
    inner: type[BaseModel] | None


def references(model: type[BaseModel], data: Json) -> Iterator[tuple[KeyPath, str, str]]:
    """
    Return the ids that a record refers to.

    :param model: The record's model.
    :param data: The record as it was read.
    :returns: Path in the record, table referred to, and id.
    """
    if not isinstance(data, dict):
        return

    for name, many, table, inner in _referring(model):
        value = data.get(name)
        if value is None:
            continue
        items: list[tuple[KeyPath, Json]] = [((name,), value)]
        if many and isinstance(value, list):
            items = [((name, index), item) for index, item in enumerate(value)]

        for path, item in items:
            if inner is not None:
                for below, inner_table, id_ in references(inner, item):
                    yield (*path, *below), inner_table, id_
            elif isinstance(item, str):
                yield path, table, item


@cache
def _referring(model: type[BaseModel]) -> tuple[_Referring, ...]:
    """Return the fields of a model that refer to records, or in which something does."""
    found = []
    for name, kind in fields_of(model).items():
        inner = kind.base if issubclass(kind.base, BaseModel) else None
        if kind.references or (inner is not None and _referring(inner)):
            found.append(_Referring(name, kind.many, kind.references or "", inner))

    return tuple(found)
