"""
Hints on ids: which record was meant by one that is not there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from interpol_dataset.records.folder import RECORDS
from interpol_dataset.records.kinds import KINDS
from interpol_dataset.rules.hints.synonyms import asked, meanings
from interpol_dataset.suggest import likely, slug_of, suggestion
from interpol_dataset.values.countries import country_hint, country_named

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from interpol_dataset.records.folder import Entry
    from interpol_dataset.rules.context import Context


#: How many characters of a text are quoted.
MAX_QUOTED: Final = 100

#: How many records a hint asks about.
_MAX_FITTING: Final = 3

#: How similar the path of a fact has to be to be a slip of another; all of a kind begin alike.
_SLIP: Final = 0.85


def fact_hint(fact: str, facts: Iterable[str]) -> str:
    """Return a hint which fact was meant by one that no report states."""
    return suggestion(fact, facts, "remove it", _SLIP)


def id_hint(context: Context, table: str, written: str) -> str:
    """Return a hint for an unknown id: the record that was probably meant, or where to look."""
    if table == "countries":
        return country_hint(written)

    ids = (context.known_ids[table] or set()) - {written}
    meant = [id_ for id_ in meanings(table, written) if id_ in ids]
    object_ = _object_in(context, written) if table == "metrics" else None
    if meant:
        question = asked(meant)
        return f"{question.removesuffix('?')}, with object: {object_}?" if object_ else question
    if object_:
        return f"name what happened to it as metric, and write object: {object_}"

    named = context.named[table].get(slug_of(written), set())
    near = likely(written, ids, lambda id_: _is_of_same_country(context, table, written, id_))
    if len(named) == 1 and named != {written}:
        return asked(named)

    wider = _wider(written, ids) if table == "objects" else None
    one = near or wider
    fitting = [one] if one else _fitting(written, ids, context.named[table])

    return asked(fitting) if fitting else lookup(table, written)


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
    id_ = slug_of(written[:MAX_QUOTED])
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
