"""
Messages and hints that several rules share, most of them worked out from what a field takes.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel

from interpol_dataset.records.defects import ShapeFault
from interpol_dataset.records.folder import RECORDS
from interpol_dataset.records.kinds import KINDS
from interpol_dataset.records.parse import MAX_GUESSES
from interpol_dataset.records.slips import SPACE, name_of
from interpol_dataset.rules.certain import language_meant
from interpol_dataset.rules.hedges import quantity_hint
from interpol_dataset.rules.synonyms import meanings
from interpol_dataset.schema.field_info import fields_of
from interpol_dataset.schema.fields import SLUG
from interpol_dataset.suggest import likely, nearest, slug_of, suggestion
from interpol_dataset.values.countries import country_hint, country_named
from interpol_dataset.values.languages import PATTERN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from interpol_dataset.records.defects import ShapeDefect
    from interpol_dataset.records.folder import Entry
    from interpol_dataset.rules.context import Context


#: How many characters of a text are quoted.
_MAX_QUOTED: Final = 100

#: How many terms are listed; more would not fit on a line.
_MAX_LISTED: Final = 12

#: How many records a hint asks about.
_MAX_FITTING: Final = 3

#: How similar a field's name has to be to be meant by another.
_FIELD: Final = 0.75

#: How similar the path of a fact has to be to be a slip of another; all of a kind begin alike.
_SLIP: Final = 0.85

#: What people write for a truth value.
_TRUTHS: Final = {
    **dict.fromkeys(("true", "yes", "y", "on", "1"), "true"),
    **dict.fromkeys(("false", "no", "n", "off", "0"), "false"),
}


def fact_hint(fact: str, facts: Iterable[str]) -> str:
    """Return a hint which fact was meant by one that no report states."""
    return suggestion(fact, facts, "remove it", _SLIP)


def field_hint(defect: ShapeDefect) -> str | None:
    """Return a hint for an unknown field: the one that was probably meant."""
    names = [*defect.siblings]
    key, colon, value = defect.name.partition(":")
    if defect.value is None and colon and key in names:
        return f"write a space behind the colon: {key}: {value}"
    meant = meanings("field", defect.name)
    if meant in names and meant not in defect.beside:
        return _asked(meant)
    near = nearest(defect.name, names, _FIELD)

    if near:
        return _asked(near)
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
    advice = meanings(dimension, written) or meanings(list_, written)
    if advice or len(same) == 1:
        return _asked(advice or same[0])
    # Among units one that only looks alike is another: every currency is one letter from others.
    near = likely(written, terms) if issubclass(field.base, StrEnum) else None
    if near:
        return _asked(near)

    return f"use one of: {', '.join(terms)}" if len(terms) <= _MAX_LISTED else None


def id_hint(context: Context, table: str, written: str) -> str:
    """Return a hint for an unknown id: the record that was probably meant, or where to look."""
    if table == "countries":
        return country_hint(written)

    ids = (context.known_ids[table] or set()) - {written}
    advice = meanings(table, written)
    meant = [id_ for id_ in advice.split(" or ") if id_ in ids] if advice else []
    object_ = _object_in(context, written) if table == "metrics" else None
    if meant:
        asked = _asked(" or ".join(meant))
        return f"{asked.removesuffix('?')}, with object: {object_}?" if object_ else asked
    if object_:
        return f"name what happened to it as metric, and write object: {object_}"

    named = context.named[table].get(slug_of(written), set())
    near = likely(written, ids, lambda id_: _is_of_same_country(context, table, written, id_))
    if len(named) == 1 and named != {written}:
        return _asked(*named)

    wider = _wider(written, ids) if table == "objects" else None
    one = near or wider
    fitting = [one] if one else _fitting(written, ids, context.named[table])

    return _asked(" or ".join(fitting)) if fitting else lookup(table, written)


def _object_in(context: Context, metric: str) -> str | None:
    """Return the object that was put into a metric, such as "firearms-seized"."""
    object_ = slug_of(metric).rpartition("-")[0]

    return object_ if object_ in (context.known_ids["objects"] or ()) else None


def _wider(written: str, ids: Collection[str]) -> str | None:
    """Return what an object is a kind of: of "glass-eels", "eels"."""
    words = slug_of(written).split("-")
    endings = ("-".join(words[start:]) for start in range(1, len(words)))

    return next((ending for ending in endings if ending in ids), None)


def _fitting(written: str, ids: Iterable[str], named: Mapping[str, set[str]]) -> list[str]:
    """Return the few ids that begin with another one, or else those with its words in a name."""
    slug = slug_of(written)
    words = {*slug.split("-")}
    stems = (f"{slug}-", f"{slug.removesuffix('s')}-")
    begun = {id_ for id_ in ids if id_.startswith(stems)}
    found = begun or {id_ for name in named if words <= {*name.split("-")} for id_ in named[name]}

    return sorted(found) if len(found) <= _MAX_FITTING else []


def instead(context: Context, entry: Entry, first: Entry) -> str:
    """Return how to replace a record by one that was there first."""
    table = entry.kind.table
    if context.is_released(table, entry.id):
        redirect = f"{{table: {table}, id: {entry.id}, redirect: {first.id}, reason: ...}}"
        return f"'{entry.id}' was published: merge the two, and retire it with {redirect}"

    return f"use '{first.id}' instead, and remove this one"


def lookup(table: str, written: str) -> str:
    """Return where the ids of a table are listed, and how to add one."""
    kind = next(kind for kind in KINDS if kind.table == table)
    place = f"{RECORDS}/{table}/" if kind.folder else f"{RECORDS}/{table}.yaml"
    id_ = slug_of(written[:_MAX_QUOTED])
    if table == "claims" or not id_:  # a claim is added to those of its document
        return f"look it up in {place}, or add it there"

    name = kind.name if kind.folder else table.removesuffix("s")
    return f"look it up in {place}, or add it with 'interpol-dataset new {name} {id_}'"


def _is_of_same_country(context: Context, table: str, written: str, id_: str) -> bool:
    """Return whether an organization has the country that an id names, if it names one."""
    country = _country_in(written) if table == "organizations" else None
    if country is None:
        return True

    body = context.organizations.get(id_)
    known = {_country_in(id_), body.country if body else None} - {None}

    return known == {country}


def _country_in(id_: str) -> str | None:
    """Return the country with whose name or code an id begins, if it does."""
    words = slug_of(id_).split("-")
    countries = (country_named("-".join(words[:end])) for end in range(len(words), 0, -1))

    return next((country for country in countries if country), None)


def _asked(meant: str) -> str:
    """Return a hint that asks whether a word was meant, or one of several; advice stays advice."""
    words = meant.split(" or ")
    if any(" " in word for word in words):
        return meant

    return f"did you mean {' or '.join(repr(word) for word in words)}?"


def is_guessed(defect: ShapeDefect) -> bool:
    """Return whether a likely word is looked for; a broken file can have thousands of defects."""
    return defect.number < MAX_GUESSES


def quoted(value: object) -> str:
    """Return a value as text, cut where it is long."""
    text = _shown(value)

    return text if len(text) <= _MAX_QUOTED else f"{text[:_MAX_QUOTED]}..."


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
    if advice := meanings(defect.name, written):
        return _asked(advice)
    if field.pattern == PATTERN and (language := language_meant(written)):
        return _asked(language)
    if field.pattern and field.pattern != SLUG and re.fullmatch(field.pattern, written.lower()):
        return _asked(written.lower())
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
