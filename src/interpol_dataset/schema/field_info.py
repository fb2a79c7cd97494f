"""
What is known of a field: its name, type and meaning, and where a column's values come from.

pydantic keeps what an annotated type says in several places; here it is gathered in one, for all
that is rendered from the models.
"""

from __future__ import annotations

import types
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from interpol_dataset.schema.fields import References, Terms
from interpol_dataset.schema.vocabulary import Headline, Term


class Basis(Term):
    """What values rest on that no source states."""

    WRITTEN = ("written", "written for this dataset, from the sources of the record")
    DECIDED = ("decided", "decided by this dataset")
    DOCUMENT = ("document", "what the document says of itself, or shows")
    VOCABULARY = ("vocabulary", "written for this dataset, whose vocabulary it is")
    STANDARD = (
        "standard",
        (
            "ISO 3166-1; the United Nations' M49 for three-digit codes and regions, and Unicode's "
            "CLDR for short names"
        ),
    )
    RATES = ("rates", "published by the European Central Bank as a euro reference rate")


@dataclass(frozen=True, slots=True)
class From:
    """
    Mark a column as taken or computed from a fact.

    The fact's path has columns of the row in braces: ``period``, ``countries/{country}``.
    """

    path: str


@dataclass(frozen=True, slots=True)
class Computed:
    """
    Mark a column as computed from several facts by a rule.

    :param rule: What is done, in a few words.
    :param paths: The facts' paths, with columns of the row in braces. An empty column
        gives none, and a list gives one for each of its items; ``*`` at the end means all
        facts that begin so; the id of another case may come before a path, with a space.
    """

    rule: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldType:
    """
    What a field holds: a Python type, or a list of them, with what the annotations say of it.

    :param optional: Whether it may be left out.
    :param nullable: Whether it may be empty.
    :param references: The table whose id it holds, if it does.
    :param minimum: The least number.
    :param unit: The unit of a number, or where it is said.
    :param terms: The closed list that the value comes from, empty where there is none.
    :param origin: What its values rest on, where it says so itself.
    """

    base: type[Any]
    many: bool
    optional: bool
    nullable: bool
    title: str
    description: str
    example: Any
    references: str | None
    pattern: str | None
    max_length: int | None
    minimum: int | None
    unit: str | None
    terms: tuple[str, ...]
    origin: From | Computed | Headline | Basis | None


@cache
def fields_of(model: type[BaseModel]) -> dict[str, FieldType]:
    """Return the type of each field of a model by name, a class's own before inherited ones."""
    own = [name for name in model.__annotations__ if name in model.model_fields]
    names = dict.fromkeys([*own, *model.model_fields])
    return {name: _field_type(model.model_fields[name]) for name in names}


def is_flat(model: type[BaseModel]) -> bool:
    """Return whether a mapping has only single values and lists of them."""
    return not any(issubclass(kind.base, BaseModel) for kind in fields_of(model).values())


def _field_type(info: FieldInfo) -> FieldType:
    base, many, notes = _unwrap(info.annotation)
    notes = [*notes, *info.metadata, info]
    infos = [note for note in notes if isinstance(note, FieldInfo)]
    limits = [note for note in notes if not isinstance(note, FieldInfo)]
    limits += (inner for item in infos for inner in item.metadata)
    reference, listed = _last(notes, References), _last(notes, Terms)
    return FieldType(
        base=base if isinstance(base, type) else str,
        many=many,
        optional=not info.is_required(),
        nullable=_nullable(info.annotation),
        title=_stated(infos, "title") or "",
        description=_stated(infos, "description") or "",
        example=(_stated(infos, "examples") or [None])[0],
        references=reference.table if reference else None,
        pattern=_stated(limits, "pattern"),
        max_length=_stated(limits, "max_length"),
        minimum=_stated(limits, "ge"),
        unit=(_stated(infos, "json_schema_extra") or {}).get("unit"),
        terms=listed.terms if listed else _terms(base),
        origin=_last(notes, From, Computed, Headline, Basis),
    )


def _unwrap(annotation: Any) -> tuple[Any, bool, list[Any]]:  # noqa: ANN401  # any annotation
    """Return an annotation's own type, whether it repeats, and its notes."""
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *own = get_args(annotation)
        base, many, notes = _unwrap(inner)
        return base, many, [*notes, *own]
    if origin in {Union, types.UnionType}:
        (inner,) = (arg for arg in get_args(annotation) if arg is not type(None))
        return _unwrap(inner)
    if origin is tuple:
        base, _, notes = _unwrap(get_args(annotation)[0])
        return base, True, notes
    return annotation, False, []


def _nullable(annotation: Any) -> bool:  # noqa: ANN401  # any annotation
    return get_origin(annotation) in {Union, types.UnionType} and type(None) in get_args(annotation)


def _terms(base: Any) -> tuple[str, ...]:  # noqa: ANN401  # any annotation
    if get_origin(base) is Literal:
        return tuple(get_args(base))
    return tuple(base) if isinstance(base, type) and issubclass(base, StrEnum) else ()


def _last(notes: list[Any], *kinds: type) -> Any:  # noqa: ANN401  # of these kinds
    return next((note for note in reversed(notes) if isinstance(note, kinds)), None)


def _stated(notes: list[Any], attribute: str) -> Any:  # noqa: ANN401  # of several types
    """Return an attribute from the outermost annotation that states it."""
    stated = (getattr(note, attribute, None) for note in reversed(notes))
    return next((value for value in stated if value is not None), None)
