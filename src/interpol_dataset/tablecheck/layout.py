"""
How the columns of a file are matched with the fields of a schema.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from interpol_dataset.tablecheck.schema import TableSchema

__all__ = ["Layout", "Match", "match_header", "match_names"]

#: A finding on the header: row 0, field, rule and value.
Match = tuple[int, str, str, str]

_TAKES_MORE: Final = {"subset", "partial"}
_TAKES_FEWER: Final = {"superset", "partial"}


class Layout(NamedTuple):
    """
    The columns of a file.

    :param width: How many cells a row has.
    :param columns: Per field that is there: its name and its position, from 0.
    """

    width: int
    columns: tuple[tuple[str, int], ...]


def match_header(schema: TableSchema, labels: Sequence[str]) -> tuple[Layout, list[Match]]:
    """
    Match a header with a schema, by its rule: by order if it is ``exact``, else by name.

    :returns: The layout, and what is wrong with the header.
    """
    if schema.fields_match == "exact":
        return _by_order(schema, labels)

    return match_names(schema, labels)


def _by_order(schema: TableSchema, labels: Sequence[str]) -> tuple[Layout, list[Match]]:
    found: list[Match] = []
    seen: set[str] = set()
    for name, label in zip(schema.names, labels, strict=False):
        if not label:
            found.append((0, name, "blank-label", ""))
        elif label in seen:
            found.append((0, name, "duplicate-label", label))
        elif label != name:
            found.append((0, name, "incorrect-label", label))
        seen.add(label)

    found += [(0, name, "missing-label", "") for name in schema.names[len(labels) :]]
    found += [(0, "", "extra-label", label) for label in labels[len(schema.names) :]]
    columns = tuple(zip(schema.names, range(len(labels)), strict=False))

    return Layout(len(labels), columns), found


def match_names(schema: TableSchema, labels: Sequence[str]) -> tuple[Layout, list[Match]]:
    """
    Match columns with fields by name, whatever their order.

    :returns: The layout, and what is wrong with the header.
    """
    found: list[Match] = []
    places: dict[str, int] = {}
    names = set(schema.names)
    for place, label in enumerate(labels):
        if label in places:
            found.append((0, label, "duplicate-label", label))
        elif not label:
            found.append((0, "", "blank-label", ""))
        elif label not in names and schema.fields_match not in _TAKES_MORE:
            found.append((0, "", "extra-label", label))
        places.setdefault(label, place)

    found += [(0, name, "missing-label", "") for name in _needed(schema) if name not in places]
    columns = tuple((name, places[name]) for name in schema.names if name in places)
    if schema.fields_match == "partial" and not columns:
        found.append((0, "", "unmatched-header", ", ".join(labels)))

    return Layout(len(labels), columns), found


def _needed(schema: TableSchema) -> list[str]:
    """Name the fields that must be in the file."""
    if schema.fields_match not in _TAKES_FEWER:
        return list(schema.names)

    return [
        field.name
        for field in schema.fields
        if field.constraints.required or field.name in schema.primary_key
    ]
