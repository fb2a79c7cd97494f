"""
From plain data to a record, or to the defects that keep it from being one.

pydantic finds them; here they get a place in the file, and what only echoes another one is dropped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from pydantic import BaseModel, ValidationError

from interpol_dataset.records.defects import ShapeDefect, ShapeFault, owner
from interpol_dataset.schema.field_info import fields_of
from interpol_dataset.suggest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic_core import ErrorDetails

    from interpol_dataset.findings import KeyPath
    from interpol_dataset.records.document import Document

__all__ = ["MAX_GUESSES", "parse_record"]

_M = TypeVar("_M", bound=BaseModel)

#: For how many defects of a record a likely word is looked for; a broken file can have thousands.
MAX_GUESSES: Final = 100


def parse_record(
    model: type[_M], document: Document, at: KeyPath = ()
) -> _M | tuple[ShapeDefect, ...]:
    """
    Make a record from a document.

    :param model: The record's model.
    :param document: The document.
    :param at: The path to the record in the document.
    :returns: The record, or what is wrong with it.
    """
    try:
        return model.model_validate(document.at(at))
    except ValidationError as error:
        errors = error.errors(include_url=False)

    misspelt = _misspelt(model, errors[:MAX_GUESSES])

    return tuple(
        _defect(model, document, at, error, number)
        for number, error in enumerate(errors)
        if not _is_echo(error, misspelt)
    )


def _is_echo(error: ErrorDetails, misspelt: set[KeyPath]) -> bool:
    """
    Return whether an error is only what another one looks like from elsewhere.

    A list is called too short when an entry of it is wrong, and a field missing when its name is
    misspelt.
    """
    if error["type"] == ShapeFault.MISSING:
        return tuple(error["loc"]) in misspelt

    return error["type"] == ShapeFault.LIST_TOO_SHORT and bool(error["input"])


def _misspelt(model: type[BaseModel], errors: Iterable[ErrorDetails]) -> set[KeyPath]:
    """Return the fields that unknown ones in the same place were probably meant for."""
    found: set[KeyPath] = set()
    for path in (
        tuple(error["loc"]) for error in errors if error["type"] == ShapeFault.UNKNOWN_FIELD
    ):
        near = nearest(str(path[-1]), fields_of(owner(model, path)))
        found |= {(*path[:-1], near)} if near else set()

    return found


def _defect(
    model: type[BaseModel], document: Document, at: KeyPath, error: ErrorDetails, number: int
) -> ShapeDefect:
    fault, path = ShapeFault(error["type"]), tuple(error["loc"])

    return ShapeDefect(
        fault,
        document.place((*at, *path), key=fault is ShapeFault.UNKNOWN_FIELD),
        model,
        path,
        error["input"],
        error.get("ctx", {}),
        error["msg"].rstrip("."),
        number,
    )
