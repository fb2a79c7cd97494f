"""
Hints on values and fields, worked out from what a field takes.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel

from interpol_dataset.records.defects import ShapeFault
from interpol_dataset.records.parse import MAX_GUESSES
from interpol_dataset.records.slips import SPACE, name_of
from interpol_dataset.rules.hints.ids import MAX_QUOTED, id_hint
from interpol_dataset.rules.hints.quantities import quantity_hint
from interpol_dataset.rules.hints.synonyms import asked, language_meant, meanings
from interpol_dataset.schema.field_info import fields_of
from interpol_dataset.schema.fields import SLUG
from interpol_dataset.suggest import likely, nearest, slug_of
from interpol_dataset.values.countries import country_hint
from interpol_dataset.values.languages import PATTERN

if TYPE_CHECKING:
    from interpol_dataset.records.defects import ShapeDefect
    from interpol_dataset.rules.context import Context


#: How many terms are listed; more would not fit on a line.
_MAX_LISTED: Final = 12

#: How similar a field's name has to be to be meant by another.
_FIELD: Final = 0.75

#: What people write for a truth value.
_TRUTHS: Final = {
    **dict.fromkeys(("true", "yes", "y", "on", "1"), "true"),
    **dict.fromkeys(("false", "no", "n", "off", "0"), "false"),
}


def field_hint(defect: ShapeDefect) -> str | None:
    """Return a hint for an unknown field: the one that was probably meant."""
    names = [*defect.siblings]
    key, colon, value = defect.name.partition(":")
    if defect.value is None and colon and key in names:
        return f"write a space behind the colon: {key}: {value}"
    meant = [name for name in meanings("field", defect.name) if name in names]
    if meant and meant[0] not in defect.beside:
        return asked(meant[:1])
    if near := nearest(defect.name, names, _FIELD):
        return asked([near])
    if space := SPACE.search(defect.name):
        return f"there is a {name_of(space[0])} in it: write a space"
    if defect.value is None:
        return "if it is the rest of a text with a comma, put that text in quotes"

    free = [name for name in names if name not in defect.beside]
    return f"the other fields here are: {', '.join(free)}" if free else None


def term_hint(defect: ShapeDefect, dimension: str = "") -> str | None:
    """
    Return a hint for an unknown term: the one that was probably meant, or all of them.

    :param defect: The term, or unit.
    :param dimension: What a unit measures, where that is known: pounds are money or a weight.
    """
    field = defect.field
    if field is None or not is_guessed(defect):
        return None

    written, terms = str(defect.value), field.terms
    same = [term for term in terms if term.casefold() == written.casefold()]
    list_ = field.base.__name__ if issubclass(field.base, StrEnum) else defect.name
    meant = meanings(dimension, written) or meanings(list_, written)
    every = f"use one of: {', '.join(terms)}" if len(terms) <= _MAX_LISTED else None
    if meant and every:  # another word for a term may stand for another one here
        return f"{asked(meant)} Else {every}"
    if meant or len(same) == 1:
        return asked(meant or same)
    # Among units one that only looks alike is another: every currency is one letter from others.
    near = likely(written, terms) if issubclass(field.base, StrEnum) else None
    if near:
        return asked([near])

    return every


def is_guessed(defect: ShapeDefect) -> bool:
    """Return whether a likely word is looked for; a broken file can have thousands of defects."""
    return defect.number < MAX_GUESSES


def quoted(value: object) -> str:
    """Return a value as text, cut where it is long."""
    text = _shown(value)

    return text if len(text) <= MAX_QUOTED else f"{text[:MAX_QUOTED]}..."


def notation(defect: ShapeDefect) -> tuple[str, str | None]:
    """Return what a notation says of a text, or an example of one."""
    if "what" in defect.facts:
        if defect.fault is ShapeFault.NOT_A_QUANTITY and is_guessed(defect):
            hint = quantity_hint(str(defect.value))
            return str(defect.facts["what"]), hint or str(defect.facts["hint"])
        return str(defect.facts["what"]), str(defect.facts["hint"])

    return defect.message, example(defect)


def rewritten(defect: ShapeDefect, context: Context) -> str | None:
    """Return a country or an id as it should be written, where that can be known."""
    field, written = defect.field, str(defect.value)
    if field is None:
        return None
    if field.references == "countries":
        return country_hint(written)
    if field.references and is_guessed(defect) and context.known_ids[field.references]:
        return id_hint(context, field.references, written)
    if meant := meanings(defect.name, written):
        return asked(meant)
    if field.pattern == PATTERN and (language := language_meant(written)):
        return asked([language])
    if field.pattern and field.pattern != SLUG and re.fullmatch(field.pattern, written.lower()):
        return asked([written.lower()])
    if field.pattern != SLUG or len(written) > MAX_QUOTED:
        return None
    slug = slug_of(written)

    return f"write {slug}" if slug else None


def mapping(defect: ShapeDefect) -> str | None:
    """Show which keys a mapping needs."""
    field = defect.field
    if field is None or not issubclass(field.base, BaseModel):
        return None
    needed = [name for name, inner in fields_of(field.base).items() if not inner.optional]

    item = "- " if defect.fault is ShapeFault.NOT_A_LIST else ""

    return f"write {item}{{{', '.join(f'{name}: ...' for name in needed)}}}" if needed else None


def example(defect: ShapeDefect) -> str | None:
    """Show an example of the field."""
    field = defect.field
    if field is None or field.example is None:
        return None

    value = field.example
    if field.many and isinstance(defect.path[-1], int):
        value = value[0]

    return f"write it like {_shown(value)}"


def _shown(value: Any) -> str:  # noqa: ANN401  # any plain value
    if isinstance(value, list):
        return f"[{', '.join(map(_shown, value))}]"
    if isinstance(value, dict):
        pairs = (key if item is None else f"{key}: {_shown(item)}" for key, item in value.items())
        return f"{{{', '.join(pairs)}}}"

    return str(value).lower() if isinstance(value, bool) else str(value)


def truth(written: str) -> str:
    """Return a hint which truth value was meant by another word for it."""
    said = _TRUTHS.get(written.casefold())

    return f"write {said}" if said else "write true or false"
