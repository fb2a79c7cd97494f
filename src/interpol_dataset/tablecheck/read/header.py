"""
How the columns of a file are matched with the fields of a schema.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from interpol_dataset.tablecheck.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from interpol_dataset.tablecheck.schema.schema import TableSchema


class FileFault(NamedTuple):
    """A fault of a file or of its header."""

    field: str
    fault: Fault
    value: str


class Header(NamedTuple):
    """
    The columns of a file.

    :param width: How many cells a row has.
    :param columns: For each field that is there, its name and its position, from 0.
    """

    width: int
    columns: tuple[tuple[str, int], ...]


def match_header(
    schema: TableSchema, labels: Sequence[str]
) -> tuple[Header, tuple[FileFault, ...]]:
    """
    Match labels with a schema: by order if it says ``exact``, else by name.

    :returns: The header, and what is wrong with it.
    """
    if schema.fields_match != "exact":
        return match_names(schema, labels)

    found: list[FileFault] = []
    seen: set[str] = set()
    for name, label in zip(schema.names, labels, strict=False):
        if not label:
            found.append(FileFault(name, Fault.BLANK_LABEL, ""))
        elif label in seen:
            found.append(FileFault(name, Fault.DUPLICATE_LABEL, label))
        elif label != name:
            found.append(FileFault(name, Fault.INCORRECT_LABEL, label))
        seen.add(label)

    found += [FileFault(name, Fault.MISSING_LABEL, "") for name in schema.names[len(labels) :]]
    found += [FileFault("", Fault.EXTRA_LABEL, label) for label in labels[len(schema.names) :]]
    columns = tuple(zip(schema.names, range(len(labels)), strict=False))

    return Header(len(labels), columns), tuple(dict.fromkeys(found))


def match_names(schema: TableSchema, labels: Sequence[str]) -> tuple[Header, tuple[FileFault, ...]]:
    """
    Match columns with fields by name, whatever their order.

    :returns: The header, and what is wrong with it.
    """
    found: list[FileFault] = []
    places: dict[str, int] = {}
    names = set(schema.names)
    for place, label in enumerate(labels):
        if label in places:
            found.append(FileFault(label, Fault.DUPLICATE_LABEL, label))
        elif not label:
            found.append(FileFault("", Fault.BLANK_LABEL, ""))
        elif label not in names and not schema.takes_more:
            found.append(FileFault("", Fault.EXTRA_LABEL, label))
        places.setdefault(label, place)

    found += [
        FileFault(field.name, Fault.MISSING_LABEL, "")
        for field in schema.fields
        if field.name not in places
        and (
            not schema.takes_fewer or field.constraints.required or field.name in schema.primary_key
        )
    ]
    columns = tuple((name, places[name]) for name in schema.names if name in places)
    if schema.fields_match == "partial" and not columns:
        found.append(FileFault("", Fault.UNMATCHED_HEADER, ", ".join(labels)))

    return Header(len(labels), columns), tuple(dict.fromkeys(found))


def in_case_of_fields(schema: TableSchema, labels: Sequence[str]) -> list[str]:
    """Write labels in the case of the fields that they mean; an exact match comes first."""
    names = {name.casefold(): name for name in schema.names} | {n: n for n in schema.names}

    return [names.get(label) or names.get(label.casefold(), label) for label in labels]
