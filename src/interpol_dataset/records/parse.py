"""
From plain data to a record, or to findings that say where the data has another shape.

pydantic finds the faults; here they get a stable rule, a sentence that a person understands, and
a hint where one can be known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from interpol_dataset.findings import Finding
from interpol_dataset.schema.field_info import fields_of
from interpol_dataset.schema.fields import SLUG
from interpol_dataset.suggest import nearest, slug_of, suggestion
from interpol_dataset.values.countries import country_hint

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic_core import ErrorDetails

    from interpol_dataset.records.yaml import Document, Path
    from interpol_dataset.schema.field_info import FieldType

__all__ = ["shape"]

_M = TypeVar("_M", bound=BaseModel)

#: The rule for each kind of fault that pydantic tells apart.
_RULES: Final = {
    "missing": "SHP001",
    "extra_forbidden": "SHP002",
    "string_type": "SHP003",
    "int_type": "SHP003",
    "bool_type": "SHP003",
    "tuple_type": "SHP003",
    "model_type": "SHP003",
    "enum": "SHP004",
    "literal_error": "SHP004",
    "string_pattern_mismatch": "SHP005",
    "string_unicode": "SHP005",
    "string_too_long": "SHP006",
    "too_short": "SHP006",
    "greater_than_equal": "SHP007",
    "quantity": "SHP008",
    "edtf": "SHP009",
    "day": "SHP009",
    "date_from_datetime_parsing": "SHP009",
    "date_parsing": "SHP009",
    "empty_report": "MNG001",
    "relation_target": "MNG002",
    "source_date": "MNG003",
    "source_place": "MNG004",
}

#: What is wrong and how to fix it, where that can be said in few words.
_SENTENCES: Final = {
    "missing": ("the field '{name}' is missing", "add '{name}: ...'"),
    "string_too_long": ("'{name}' has more than {max_length} characters", "shorten it"),
    "too_short": ("'{name}' is empty", "list at least one entry"),
    "greater_than_equal": ("'{name}' is less than {ge}", "count from {ge}"),
    "date_parsing": ("the day '{written}' does not exist", "look it up again"),
    "date_from_datetime_parsing": ("the day '{written}' does not exist", "look it up again"),
}

#: How to fix what the models themselves find in several fields together.
_ADVICE: Final = {
    "empty_report": "write down what the page says, or remove the report",
    "relation_target": "name one case, or one claim with 'possibly-described-by'",
    "source_date": "add 'published: ...', or 'undated: ...' with the reason, and not both",
    "source_place": "add 'url: ...', or 'sha256: ...' of the file that was kept",
}

#: For how many faults of a record a likely word is looked for; a broken file can have thousands.
_GUESSES: Final = 100

#: How many terms are listed; more would not fit on a line.
_LISTED: Final = 12

#: How much of a text is quoted.
_QUOTED: Final = 100

_EXPECTED: Final = {
    "string_type": "a text",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "model_type": "a mapping of keys to values",
}


def shape(model: type[_M], document: Document, at: Path = ()) -> _M | tuple[Finding, ...]:
    """
    Make a record from a document.

    :param model: The record's model.
    :param document: The document.
    :param at: The way to the record in the document.
    :returns: The record, or what is wrong with it.
    """
    data: Any = document.data
    for step in at:
        data = data[step]

    try:
        return model.model_validate(data)
    except ValidationError as error:
        faults = error.errors(include_url=False)

    misspelt = _misspelt(model, faults[:_GUESSES])

    return tuple(
        _finding(model, document, at, fault, guess=number < _GUESSES)
        for number, fault in enumerate(faults)
        if not _is_echo(fault, misspelt)
    )


def _is_echo(fault: ErrorDetails, misspelt: set[Path]) -> bool:
    """
    Return whether a fault is only what another one looks like from elsewhere.

    A list is called too short where an entry of it is wrong, and a field missing where its name is
    misspelt.
    """
    if fault["type"] == "missing":
        return tuple(fault["loc"]) in misspelt

    return fault["type"] == "too_short" and bool(fault["input"])


def _misspelt(model: type[BaseModel], faults: Iterable[ErrorDetails]) -> set[Path]:
    """Return the fields that unknown ones in the same place were probably meant for."""
    found: set[Path] = set()
    for loc in (tuple(fault["loc"]) for fault in faults if fault["type"] == "extra_forbidden"):
        near = nearest(str(loc[-1]), _siblings(model, loc))
        found |= {(*loc[:-1], near)} if near else set()

    return found


def _finding(
    model: type[BaseModel], document: Document, at: Path, fault: ErrorDetails, *, guess: bool
) -> Finding:
    loc = tuple(fault["loc"])
    message, hint = _explain(model, loc, fault, guess=guess)

    return Finding(
        rule=_RULES[fault["type"]],
        place=document.place((*at, *loc), key=fault["type"] == "extra_forbidden"),
        message=message,
        hint=hint,
        field="/".join(str(step) for step in loc) or None,
    )


def _explain(
    model: type[BaseModel], loc: Path, fault: ErrorDetails, *, guess: bool
) -> tuple[str, str | None]:
    """Say what is wrong, and how to fix it."""
    kind, context = fault["type"], fault.get("ctx", {})
    name = next((step for step in reversed(loc) if isinstance(step, str)), "record")
    written = _shortened(str(fault["input"]))

    if kind in _SENTENCES:
        known = {"name": name, "written": written} | context
        message, advice = _SENTENCES[kind]
        return message.format_map(known), advice.format_map(known)

    match kind:
        case "extra_forbidden":
            hint = _field_meant(model, loc, name, fault["input"]) if guess else None
            return f"the field '{_shortened(name)}' is not known here", hint
        case "enum" | "literal_error":
            hint = _term(written, _terms(model, loc)) if guess else None
            hint = hint or _form(model, loc)
            return f"'{written}' is not in the vocabulary of '{name}'", hint
        case "string_pattern_mismatch" | "string_unicode":
            hint = _rewritten(model, loc, str(fault["input"])) or _form(model, loc)
            return f"'{written}' does not have the form of '{name}'", hint
        case "quantity" | "edtf" if context:
            return str(context["what"]), str(context["hint"])
        case "int_type" if written.isdecimal():
            hint = f"write {int(written)} without quotes"
            return f"'{name}' is not a whole number, but a text", hint
        case "model_type":
            return f"'{name}' is not {_EXPECTED[kind]}", _mapping(model, loc)
        case _ if kind in _EXPECTED:
            return f"'{name}' is not {_EXPECTED[kind]}", _form(model, loc)
        case _:
            return fault["msg"].rstrip("."), _ADVICE.get(kind) or _form(model, loc)


def _field_meant(model: type[BaseModel], loc: Path, name: str, value: object) -> str | None:
    """Say what a key that is no field was probably meant for."""
    # {value: 1,000} is read as two keys, the second without a value.
    if name.isdecimal() and value is None:
        return "write numbers without separators of thousands"
    near = nearest(name, _siblings(model, loc))

    return f"did you mean '{near}'?" if near else None


def _rewritten(model: type[BaseModel], loc: Path, written: str) -> str | None:
    """Write a country or an id as it should be, where that can be known."""
    kind = _kind(model, loc)
    if kind is None:
        return None
    if kind.references == "countries":
        return country_hint(written)

    if kind.pattern != SLUG or len(written) > _QUOTED:
        return None
    slug = slug_of(written)

    return f"write {slug}" if slug else None


def _mapping(model: type[BaseModel], loc: Path) -> str | None:
    """Show which keys a mapping needs."""
    kind = _kind(model, loc)
    if kind is None or not issubclass(kind.base, BaseModel):
        return None
    needed = [name for name, inner in fields_of(kind.base).items() if not inner.optional]

    return f"write {{{', '.join(f'{name}: ...' for name in needed)}}}" if needed else None


def _term(written: str, terms: tuple[str, ...]) -> str | None:
    """Name the term that was meant, or those there are."""
    listed = f"use one of: {', '.join(terms)}" if len(terms) <= _LISTED else ""

    return suggestion(written, terms, listed) or None


def _shortened(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED]}..."


def _owner(model: type[BaseModel], loc: Path) -> type[BaseModel]:
    """Return the model in which the last field of a path stands."""
    for step in [step for step in loc if isinstance(step, str)][:-1]:
        kind = fields_of(model).get(step)
        if kind is None or not issubclass(kind.base, BaseModel):
            break
        model = kind.base

    return model


def _siblings(model: type[BaseModel], loc: Path) -> Iterable[str]:
    return fields_of(_owner(model, loc))


def _terms(model: type[BaseModel], loc: Path) -> tuple[str, ...]:
    name = next(step for step in reversed(loc) if isinstance(step, str))

    return fields_of(_owner(model, loc))[name].terms


def _kind(model: type[BaseModel], loc: Path) -> FieldType | None:
    name = next((step for step in reversed(loc) if isinstance(step, str)), "")

    return fields_of(_owner(model, loc)).get(name)


def _form(model: type[BaseModel], loc: Path) -> str | None:
    """Show an example of the field."""
    kind = _kind(model, loc)
    if kind is None or kind.example is None:
        return None

    example = kind.example
    if kind.many and isinstance(loc[-1], int):
        example = example[0]

    return f"write it like {_shown(example)}"


def _shown(example: object) -> str:
    if isinstance(example, list):
        return f"[{', '.join(str(item) for item in example)}]"

    return str(example).lower() if isinstance(example, bool) else str(example)
