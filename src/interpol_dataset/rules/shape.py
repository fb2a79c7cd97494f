"""
Rules on the shape of a record, which :mod:`interpol_dataset.records.parse` compares with its model.

Their hints are worked out from what a field takes.
"""

from __future__ import annotations

import calendar
import re
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel

from interpol_dataset.findings import Fix
from interpol_dataset.records.compose import ShapeDefect, ShapeFault, plain_scalar
from interpol_dataset.records.document import SPACE, name_of
from interpol_dataset.records.parse import MAX_GUESSES
from interpol_dataset.rules import hints
from interpol_dataset.rules.rule import Explained, defect_rule
from interpol_dataset.schema.fields import SLUG, fields_of
from interpol_dataset.suggest import likely, nearest, slug_of
from interpol_dataset.values.iso import PATTERN, country_hint

if TYPE_CHECKING:
    from collections.abc import Iterable

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
#: How many values a hint lists for a field that is missing.
_MAX_CHOICE: Final = 3


def _field_hint(defect: ShapeDefect) -> str | None:
    """Return a hint for an unknown field: the one that was probably meant."""
    names = [*defect.siblings]
    key, colon, value = defect.name.partition(":")
    if defect.value is None and colon and key in names:
        return f"write a space after the colon: {key}: {value}"
    meant = [name for name in hints.meanings("field", defect.name) if name in names]
    if meant and meant[0] not in defect.present:
        return hints.asked(meant[:1])
    if near := nearest(defect.name, names, _FIELD):
        return hints.asked([near])
    if space := SPACE.search(defect.name):
        return f"there is a {name_of(space[0])} in it: write a space"
    if defect.value is None:
        return "if it is the rest of a text with a comma, put that text in quotes"

    free = [name for name in names if name not in defect.present]
    return f"the other fields here are: {', '.join(free)}" if free else None


def _term_hint(defect: ShapeDefect, dimension: str = "") -> str | None:
    """
    Return a hint for an unknown term: the one that was probably meant, or all of them.

    :param dimension: What a unit measures, where that is known: pounds are money or a weight.
    """
    field = defect.field
    if field is None or not _is_guessed(defect):
        return None

    written, terms = str(defect.value), field.terms
    same = [term for term in terms if term.casefold() == written.casefold()]
    list_ = field.base.__name__ if issubclass(field.base, StrEnum) else defect.name
    meant = hints.meanings(dimension, written) or hints.meanings(list_, written)
    every = f"use one of: {', '.join(terms)}" if len(terms) <= _MAX_LISTED else None
    if meant and every:  # another word for a term may stand for another one here
        return f"{hints.asked(meant)} Else {every}"
    if meant or len(same) == 1:
        return hints.asked(meant or same)
    # Among units one that only looks alike is another: every currency is one letter from others.
    near = likely(written, terms) if issubclass(field.base, StrEnum) else None
    if near:
        return hints.asked([near])

    return every


def _is_guessed(defect: ShapeDefect) -> bool:
    """Return whether a likely word is looked for; a broken file can have thousands of defects."""
    return defect.number < MAX_GUESSES


def _quoted(value: object) -> str:
    text = _shown(value)
    return text if len(text) <= hints.MAX_QUOTED else f"{text[: hints.MAX_QUOTED]}..."


def _notation_of(defect: ShapeDefect) -> tuple[str, str | None]:
    """Return what a notation says of a text, or an example of one."""
    if "what" not in defect.facts:
        return defect.message, _example(defect)
    is_quantity = defect.fault is ShapeFault.NOT_A_QUANTITY and _is_guessed(defect)
    hint = hints.quantity_hint(str(defect.value)) if is_quantity else None
    return str(defect.facts["what"]), hint or str(defect.facts["hint"])


def _rewritten(defect: ShapeDefect, context: Context) -> str | None:
    """Return a country or an id as it should be written, where that can be known."""
    field, written = defect.field, str(defect.value)
    if field is None:
        return None
    if field.references == "countries":
        return country_hint(written)
    if field.references and _is_guessed(defect) and context.known_ids[field.references]:
        return hints.id_hint(context, field.references, written)
    if meant := hints.meanings(defect.name, written):
        return hints.asked(meant)
    if field.pattern == PATTERN and (language := hints.language_meant(written)):
        return hints.asked([language])
    if field.pattern and field.pattern != SLUG and re.fullmatch(field.pattern, written.lower()):
        return hints.asked([written.lower()])
    if field.pattern != SLUG or len(written) > hints.MAX_QUOTED:
        return None
    slug = slug_of(written)

    return f"write {slug}" if slug else None


def _mapping(defect: ShapeDefect) -> str | None:
    field = defect.field
    if field is None or not issubclass(field.base, BaseModel):
        return None
    needed = [name for name, inner in fields_of(field.base).items() if not inner.optional]
    item = "- " if defect.fault is ShapeFault.NOT_A_LIST else ""
    return f"write {item}{{{', '.join(f'{name}: ...' for name in needed)}}}" if needed else None


def _example(defect: ShapeDefect) -> str | None:
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
    return f"write {_TRUTHS.get(written.casefold(), 'true or false')}"


_NOTATION: Final = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?")
_DAY: Final = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_MONTH: Final = r"(?P<month>[a-z]{3,9})\.?"
_YEAR: Final = r"(?P<year>[0-9]{4})"
#: How people write a day or a month.
_WORDS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_DAY}(?: of)? {_MONTH},? {_YEAR}",
        rf"{_MONTH} {_DAY},? {_YEAR}",
        rf"{_MONTH},? {_YEAR}",
    )
)
#: The same in numbers, with points, slashes or hyphens.
_NUMBERS: Final = re.compile(
    r"(?:(?P<year>[0-9]{4})(?P<before>[./-]))?(?P<one>[0-9]{1,2})"
    r"(?P<sign>(?(year)(?P=before)|[./-]))(?P<two>[0-9]{1,2})"
    r"(?(year)|(?P=sign)(?P<last>[0-9]{4}))"
)
#: What comes between the first and the last day of a period, and before the first.
_BETWEEN: Final = re.compile(r" (?:to|until|till|through) | ?[-\u2013\u2014/] ?")
_FROM: Final = re.compile(r"^from ")
_AND: Final = re.compile(r"^between (.+?) and ")


def _no_such_day(written: str) -> tuple[str, str] | None:
    """Return the day or month of a date or a period that does not exist, and why."""
    for side in written.split("/"):
        if why := _why_not(side):
            what = "month" if len(side) == len("YYYY-MM") else "day"
            return f"the {what} '{side}' does not exist", why
    return None


def _why_not(written: str) -> str | None:
    match = _NOTATION.fullmatch(written)
    if match is None:
        return None
    year, month, day = (int(part or 1) for part in match.group("year", "month", "day"))
    if not 1 <= month < len(calendar.month_name):
        can_turn = 1 <= day < len(calendar.month_name) and 1 <= month <= _days(year, day)
        turned = f"{match['year']}-{match['day']}-{match['month']}"
        asked = f": did you mean {turned}?" if match["day"] and can_turn else ""
        return f"there is no month {match['month']}{asked}"
    days = _days(year, month)

    return f"{written[:7]} has {days} days" if not 1 <= day <= days else None


def _days(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def _date_hint(written: str, *, to_the_day: bool) -> str | None:
    """Return how to write a date or a period in English words or with other signs."""
    text = " ".join(written.casefold().split())
    found = _notations(text)
    if to_the_day:
        found = [item for item in found if len(item) == len("YYYY-MM-DD")]
    elif not found and (period := _period(text)):
        found = [period]
    if not found:
        return None
    sure = "" if len(found) == 1 else "day and month can't be told apart: "
    return f"{sure}write {' or '.join(found)}"


def _notations(text: str) -> list[str]:
    """Return the notations that a day or a month can have been meant for; one, if it is clear."""
    if _NOTATION.fullmatch(text):
        return [] if _no_such_day(text) else [text]
    if numbers := _NUMBERS.fullmatch(text):
        year, one, two = numbers["year"], int(numbers["one"]), int(numbers["two"])
        # A point follows a day. With slashes, some countries begin with the month.
        pairs = [(one, two)] if year or numbers["sign"] != "." else []
        pairs = pairs if year else [(two, one), *pairs]
        year = year or numbers["last"]
        days = dict.fromkeys(f"{year}-{month:02}-{day:02}" for month, day in pairs)
        return [item for item in days if not _no_such_day(item)]

    match = next((found for pattern in _WORDS if (found := pattern.fullmatch(text))), None)
    if match is None:
        return []
    months = [name.casefold() for name in calendar.month_name]
    month = next((n for n, name in enumerate(months) if name.startswith(match["month"])), None)
    if month is None:
        return []
    day = match.groupdict().get("day")
    notation = f"{match['year']}-{month:02}" + (f"-{int(day):02}" if day else "")

    return [] if _no_such_day(notation) else [notation]


def _period(text: str) -> str | None:
    """Return the notation of a period whose first and last day are clear."""
    text = _AND.sub(r"\1 to ", text)
    for match in _BETWEEN.finditer(text):
        first, last = _FROM.sub("", text[: match.start()]), text[match.end() :]
        words = last.split()
        # "6 to 26 April 2026" and "April 6 to 26, 2026" say month and year once.
        firsts = [first, *(f"{first} {' '.join(words[-count:])}" for count in (1, 2))]
        lasts = [last, f"{first.split()[0]} {last}"] if first else []
        # And "2026-04-06/26" says what both have in common once.
        lasts.append(first[: -len(last)] + last)
        begin, end = _clear(firsts), _clear(lasts)
        if begin and end and begin <= end:
            return f"{begin}/{end}"

    return None


def _clear(texts: Iterable[str]) -> str | None:
    """Return the notation of the first of some texts that can mean one date only."""
    found = map(_notations, texts)
    return next((dates[0] for dates in found if len(dates) == 1), None)


@defect_rule("SHP001", ShapeFault.MISSING)
def missing_field(defect: ShapeDefect, _context: Context) -> Explained:
    """A record has every field that is required."""
    field = defect.field
    terms = ("true", "false") if field and field.base is bool else field.terms if field else ()
    values = terms if 0 < len(terms) <= _MAX_CHOICE else ("...",)
    choice = " or ".join(f"'{defect.name}: {value}'" for value in values)
    return f"the field '{defect.name}' is missing", f"add {choice}"


@defect_rule("SHP002", ShapeFault.UNKNOWN_FIELD)
def unknown_field(defect: ShapeDefect, _context: Context) -> Explained:
    """A record has only the fields of its kind."""
    message = f"the field '{_quoted(defect.name)}' is not known here"
    if not _is_guessed(defect):
        return message, None
    torn = hints.torn_number(defect.name) if defect.value is None else None
    return message, torn or _field_hint(defect)


#: What a field takes, by what is wrong where something else was written.
_TYPES: Final = {
    ShapeFault.NOT_A_TEXT: "a text",
    ShapeFault.NOT_A_WHOLE_NUMBER: "a whole number",
    ShapeFault.NOT_A_BOOLEAN: "true or false",
    ShapeFault.NOT_A_LIST: "a list",
    ShapeFault.NOT_A_MAPPING: "a mapping of keys to values",
}


@defect_rule("SHP003", ShapeFault.NOT_A_LIST_OF_RECORDS, *_TYPES)
def wrong_type(defect: ShapeDefect, _context: Context) -> Explained:
    """A value has the type of its field: text, number, list, mapping, true or false."""
    if defect.fault is ShapeFault.NOT_A_LIST_OF_RECORDS:
        return "this file is a list of records", "begin each with '- id:'"

    written = _quoted(defect.value)
    message = f"'{defect.full_name}' is not {_TYPES[defect.fault]}"
    if defect.fault is ShapeFault.NOT_A_WHOLE_NUMBER and written.isdecimal():
        return f"{message}, but a text", f"write {int(written)} without quotes"
    if defect.fault is ShapeFault.NOT_A_BOOLEAN:
        return message, truth(written)
    if defect.fault is ShapeFault.NOT_A_MAPPING:
        return message, _mapping(defect)
    if defect.fault is ShapeFault.NOT_A_LIST:
        return message, _mapping(defect) or _example(defect)

    return message, _example(defect)


@defect_rule(
    "SHP004",
    ShapeFault.UNKNOWN_TERM,
    ShapeFault.NOT_A_LITERAL,
    fix=lambda defect, _: _rewrite(defect, hints.term_meant(defect)),
)
def unknown_term(defect: ShapeDefect, context: Context) -> Explained:
    """The value of a field with a closed vocabulary is one of its terms."""
    message = f"'{_quoted(defect.value)}' is not in the vocabulary of '{defect.full_name}'"
    return message, _term_hint(defect, _dimension(defect, context)) or _example(defect)


def _dimension(defect: ShapeDefect, context: Context) -> str:
    """Return the dimension of the metric next to a unit; empty where it is not known."""
    if defect.name != "unit" or not _is_guessed(defect):
        return ""
    documents = context.record_set.documents
    document = next(item for item in documents if item.path == defect.place.path)
    metric = document.at((*defect.at, *defect.path[:-1])).get("metric")
    known = context.metrics.get(metric) if isinstance(metric, str) else None
    return known.dimension if known else ""


@defect_rule(
    "SHP005",
    ShapeFault.WRONG_PATTERN,
    ShapeFault.NOT_UNICODE,
    fix=lambda defect, context: _rewrite(defect, hints.reference_meant(defect, context)),
)
def wrong_form(defect: ShapeDefect, context: Context) -> Explained:
    """A text has the form of its field: an id, a code, an address, a single line."""
    message = f"'{_quoted(defect.value)}' does not have the form of '{defect.full_name}'"
    hint = _rewritten(defect, context) if isinstance(defect.value, str) else None
    return message, hint or _example(defect)


@defect_rule("SHP006", ShapeFault.TEXT_TOO_LONG, ShapeFault.LIST_TOO_SHORT)
def wrong_length(defect: ShapeDefect, _context: Context) -> Explained:
    """A text is not longer than its field allows, and a list that needs an entry has one."""
    if defect.fault is ShapeFault.LIST_TOO_SHORT:
        return f"'{defect.full_name}' is empty", "list at least one entry"
    most = defect.facts["max_length"]
    return f"'{defect.full_name}' has more than {most} characters", "shorten it"


@defect_rule("SHP007", ShapeFault.NUMBER_TOO_SMALL)
def out_of_range(defect: ShapeDefect, _context: Context) -> Explained:
    """A number is not less than its field allows."""
    limit = defect.facts["ge"]
    return f"'{defect.full_name}' is less than {limit}", f"count from {limit}"


@defect_rule(
    "SHP008",
    ShapeFault.NOT_A_QUANTITY,
    fix=lambda defect, _: _rewrite(defect, _quantity_meant(defect)),
)
def not_a_quantity(defect: ShapeDefect, _context: Context) -> Explained:
    """A quantity is a number, or a text in quantity notation."""
    return _notation_of(defect)


@defect_rule(
    "SHP009",
    ShapeFault.NOT_EDTF,
    ShapeFault.NOT_A_DAY,
    ShapeFault.NO_SUCH_DAY,
    ShapeFault.NO_SUCH_DATETIME,
)
def not_a_date(defect: ShapeDefect, _context: Context) -> Explained:
    """A date is a day that exists, or a text in EDTF."""
    written = _quoted(defect.value)
    if absent := _no_such_day(written):
        message, why = absent
        return message, f"{why}; look it up again"
    if defect.fault in {ShapeFault.NO_SUCH_DAY, ShapeFault.NO_SUCH_DATETIME}:
        return f"the day '{written}' does not exist", "look it up again"

    message, otherwise = _notation_of(defect)
    to_the_day = defect.fault is ShapeFault.NOT_A_DAY
    hint = _date_hint(written, to_the_day=to_the_day)
    if hint and not to_the_day:
        message = f"'{written}' is not a date"  # rather than what is before its first slash
    return message, hint or otherwise


def _quantity_meant(defect: ShapeDefect) -> object:
    meant = hints.quantity_meant(str(defect.value))
    return meant and plain_scalar(meant)


def _rewrite(defect: ShapeDefect, value: object) -> Fix | None:
    if not isinstance(value, str | int | float) or not _is_guessed(defect):
        return None
    path = (*defect.at, *defect.path)
    return Fix(path, value, tuple((*path[:-1], scrap) for scrap in defect.scraps))
