"""
Messages and hints that several rules share, most of them worked out from what a field takes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel

from interpol_dataset.records.parse import MAX_GUESSES
from interpol_dataset.schema.field_info import fields_of
from interpol_dataset.schema.fields import SLUG
from interpol_dataset.suggest import slug_of, suggestion
from interpol_dataset.values.countries import country_hint

if TYPE_CHECKING:
    from collections.abc import Iterable

    from interpol_dataset.records.defects import ShapeDefect
    from interpol_dataset.rules.context import Context

__all__ = ["example", "fact_hint", "is_guessed", "mapping", "notation", "quoted", "rewritten"]

#: How many characters of a text are quoted.
_MAX_QUOTED: Final = 100

#: How similar the path of a fact has to be to be a slip of another; all of a kind begin alike.
_SLIP: Final = 0.85


def fact_hint(fact: str, facts: Iterable[str]) -> str:
    """Return a hint which fact was meant by one that no report states."""
    return suggestion(fact, facts, "remove it", _SLIP)


def is_guessed(defect: ShapeDefect) -> bool:
    """Return whether a likely word is looked for; a broken file can have thousands of defects."""
    return defect.number < MAX_GUESSES


def quoted(value: object) -> str:
    """Return a value as text, cut where it is long."""
    text = str(value)

    return text if len(text) <= _MAX_QUOTED else f"{text[:_MAX_QUOTED]}..."


def notation(defect: ShapeDefect) -> tuple[str, str | None]:
    """Return what a notation says of a text, or an example of one."""
    if "what" in defect.facts:
        return str(defect.facts["what"]), str(defect.facts["hint"])

    return defect.message, example(defect)


def rewritten(defect: ShapeDefect, context: Context) -> str | None:
    """Return a country or an id as it should be written, where that can be known."""
    field, written = defect.field, str(defect.value)
    if field is None:
        return None
    if field.references == "countries":
        return country_hint(written)
    if field.references and is_guessed(defect) and (ids := context.known_ids[field.references]):
        otherwise = f"write the id of one of the {field.references}"
        return suggestion(slug_of(written), ids, otherwise)
    if field.pattern != SLUG or len(written) > _MAX_QUOTED:
        return None
    slug = slug_of(written)

    return f"write {slug}" if slug else None


def mapping(defect: ShapeDefect) -> str | None:
    """Show which keys a mapping needs."""
    field = defect.field
    if field is None or not issubclass(field.base, BaseModel):
        return None
    needed = [name for name, inner in fields_of(field.base).items() if not inner.optional]

    return f"write {{{', '.join(f'{name}: ...' for name in needed)}}}" if needed else None


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
        return f"[{', '.join(str(item) for item in value)}]"

    return str(value).lower() if isinstance(value, bool) else str(value)
