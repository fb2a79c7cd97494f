"""
Rules on the shape of a record, which :mod:`interpol_dataset.records.parse` compares with its model.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from interpol_dataset.findings import Fix
from interpol_dataset.records.compose import plain_scalar
from interpol_dataset.records.defects import ShapeDefect, ShapeFault
from interpol_dataset.rules.hints.quantities import quantity_meant, torn_number
from interpol_dataset.rules.hints.synonyms import reference_meant, term_meant
from interpol_dataset.rules.hints.values import (
    date_hint,
    example,
    field_hint,
    is_guessed,
    mapping,
    no_such_day,
    notation,
    quoted,
    rewritten,
    term_hint,
    truth,
)
from interpol_dataset.rules.rule import defect_rule

if TYPE_CHECKING:
    from interpol_dataset.rules.context import Context
    from interpol_dataset.rules.rule import Explained


#: How many values a hint lists for a field that is missing.
_MAX_CHOICE: Final = 3


@defect_rule("SHP001", "missing-field", ShapeFault.MISSING)
def missing_field(defect: ShapeDefect, _context: Context) -> Explained:
    """A record has every field that is required."""
    field = defect.field
    terms = ("true", "false") if field and field.base is bool else field.terms if field else ()
    values = terms if 0 < len(terms) <= _MAX_CHOICE else ("...",)
    choice = " or ".join(f"'{defect.name}: {value}'" for value in values)

    return f"the field '{defect.name}' is missing", f"add {choice}"


@defect_rule("SHP002", "unknown-field", ShapeFault.UNKNOWN_FIELD)
def unknown_field(defect: ShapeDefect, _context: Context) -> Explained:
    """A record has only the fields of its kind."""
    message = f"the field '{quoted(defect.name)}' is not known here"
    if not is_guessed(defect):
        return message, None
    torn = torn_number(defect.name) if defect.value is None else None

    return message, torn or field_hint(defect)


#: What a field takes, by what is wrong where something else was written.
_TYPES: Final = {
    ShapeFault.NOT_A_TEXT: "a text",
    ShapeFault.NOT_A_WHOLE_NUMBER: "a whole number",
    ShapeFault.NOT_A_BOOLEAN: "true or false",
    ShapeFault.NOT_A_LIST: "a list",
    ShapeFault.NOT_A_MAPPING: "a mapping of keys to values",
}


@defect_rule(
    "SHP003",
    "wrong-type",
    ShapeFault.NOT_A_LIST_OF_RECORDS,
    ShapeFault.NOT_A_TEXT,
    ShapeFault.NOT_A_WHOLE_NUMBER,
    ShapeFault.NOT_A_BOOLEAN,
    ShapeFault.NOT_A_LIST,
    ShapeFault.NOT_A_MAPPING,
)
def wrong_type(defect: ShapeDefect, _context: Context) -> Explained:
    """A value has the type of its field: text, number, list, mapping, true or false."""
    if defect.fault is ShapeFault.NOT_A_LIST_OF_RECORDS:
        return "this file is a list of records", "begin each with '- id:'"

    written = quoted(defect.value)
    message = f"'{defect.full_name}' is not {_TYPES[defect.fault]}"
    if defect.fault is ShapeFault.NOT_A_WHOLE_NUMBER and written.isdecimal():
        return f"{message}, but a text", f"write {int(written)} without quotes"
    if defect.fault is ShapeFault.NOT_A_BOOLEAN:
        return message, truth(written)
    if defect.fault is ShapeFault.NOT_A_MAPPING:
        return message, mapping(defect)
    if defect.fault is ShapeFault.NOT_A_LIST:
        return message, mapping(defect) or example(defect)

    return message, example(defect)


def _rewrite_term(defect: ShapeDefect, _context: Context) -> Fix | None:
    """Write the term or the unit that is spelt otherwise."""
    return _rewrite(defect, term_meant(defect))


@defect_rule(
    "SHP004",
    "unknown-term",
    ShapeFault.UNKNOWN_TERM,
    ShapeFault.NOT_A_LITERAL,
    fix=_rewrite_term,
)
def unknown_term(defect: ShapeDefect, context: Context) -> Explained:
    """The value of a field with a closed vocabulary is one of its terms."""
    message = f"'{quoted(defect.value)}' is not in the vocabulary of '{defect.full_name}'"

    return message, term_hint(defect, _dimension(defect, context)) or example(defect)


def _dimension(defect: ShapeDefect, context: Context) -> str:
    """Return the dimension of the metric beside a unit; empty where it is not known."""
    if defect.name != "unit" or not is_guessed(defect):
        return ""
    documents = context.record_set.documents
    document = next(item for item in documents if item.path == defect.place.path)
    metric = document.at((*defect.at, *defect.path[:-1])).get("metric")
    known = context.metrics.get(metric) if isinstance(metric, str) else None

    return known.dimension if known else ""


def _rewrite_reference(defect: ShapeDefect, context: Context) -> Fix | None:
    """Write the country, language or id that is spelt otherwise."""
    return _rewrite(defect, reference_meant(defect, context))


@defect_rule(
    "SHP005",
    "wrong-form",
    ShapeFault.WRONG_PATTERN,
    ShapeFault.NOT_UNICODE,
    fix=_rewrite_reference,
)
def wrong_form(defect: ShapeDefect, context: Context) -> Explained:
    """A text has the form of its field: an id, a code, an address, a single line."""
    message = f"'{quoted(defect.value)}' does not have the form of '{defect.full_name}'"
    hint = rewritten(defect, context) if isinstance(defect.value, str) else None

    return message, hint or example(defect)


@defect_rule("SHP006", "wrong-length", ShapeFault.TEXT_TOO_LONG, ShapeFault.LIST_TOO_SHORT)
def wrong_length(defect: ShapeDefect, _context: Context) -> Explained:
    """A text is not longer than its field allows, and a list that needs an entry has one."""
    if defect.fault is ShapeFault.LIST_TOO_SHORT:
        return f"'{defect.full_name}' is empty", "list at least one entry"

    return (
        f"'{defect.full_name}' has more than {defect.facts['max_length']} characters",
        "shorten it",
    )


@defect_rule("SHP007", "out-of-range", ShapeFault.NUMBER_TOO_SMALL)
def out_of_range(defect: ShapeDefect, _context: Context) -> Explained:
    """A number is not less than its field allows."""
    limit = defect.facts["ge"]

    return f"'{defect.full_name}' is less than {limit}", f"count from {limit}"


def _rewrite_quantity(defect: ShapeDefect, _context: Context) -> Fix | None:
    """Write the notation of what is in words, where these have one meaning."""
    meant = quantity_meant(str(defect.value))

    return _rewrite(defect, meant and plain_scalar(meant))


@defect_rule("SHP008", "not-a-quantity", ShapeFault.NOT_A_QUANTITY, fix=_rewrite_quantity)
def not_a_quantity(defect: ShapeDefect, _context: Context) -> Explained:
    """A quantity is a number, or a text in quantity notation."""
    return notation(defect)


@defect_rule(
    "SHP009",
    "not-a-date",
    ShapeFault.NOT_EDTF,
    ShapeFault.NOT_A_DAY,
    ShapeFault.NO_SUCH_DAY,
    ShapeFault.NO_SUCH_DATETIME,
)
def not_a_date(defect: ShapeDefect, _context: Context) -> Explained:
    """A date is a day that exists, or a text in EDTF."""
    written = quoted(defect.value)
    if absent := no_such_day(written):
        message, why = absent
        return message, f"{why}; look it up again"
    if defect.fault in {ShapeFault.NO_SUCH_DAY, ShapeFault.NO_SUCH_DATETIME}:
        return f"the day '{written}' does not exist", "look it up again"

    message, otherwise = notation(defect)
    to_the_day = defect.fault is ShapeFault.NOT_A_DAY
    hint = date_hint(written, to_the_day=to_the_day)
    if hint and not to_the_day:
        message = f"'{written}' is not a date"  # rather than what is before its first slash
    return message, hint or otherwise


def _rewrite(defect: ShapeDefect, value: object) -> Fix | None:
    """Return a change of the value, which may have been torn into several keys."""
    if not isinstance(value, str | int | float) or not is_guessed(defect):
        return None

    path = (*defect.at, *defect.path)

    return Fix(path, value, tuple((*path[:-1], scrap) for scrap in defect.scraps))


@defect_rule("MNG001", "empty-report", ShapeFault.EMPTY_REPORT)
def empty_report(_defect: ShapeDefect, _context: Context) -> Explained:
    """A report states at least one thing besides its source."""
    message = "a report states at least one thing besides its source"

    return message, "write down what the page says, or remove the report"


@defect_rule("MNG002", "relation-target", ShapeFault.RELATION_TARGET)
def relation_target(_defect: ShapeDefect, _context: Context) -> Explained:
    """A relation names exactly one target, of the kind that its type is about."""
    message = "'possibly-described-by' names a claim, every other relation names a case"

    return message, "name one case, or one claim with 'possibly-described-by'"


@defect_rule("MNG003", "source-date", ShapeFault.SOURCE_DATE)
def source_date(_defect: ShapeDefect, _context: Context) -> Explained:
    """A source has either its date of publication or the reason why it has none."""
    message = "a source has either 'published' or the reason why it is 'undated'"

    return message, "add 'published: ...', or 'undated: ...' with the reason, and not both"


@defect_rule("MNG060", "one-result", ShapeFault.ONE_RESULT)
def one_result(_defect: ShapeDefect, _context: Context) -> Explained:
    """A case that is measured has a result, and a result is a figure of the case or a number."""
    return (
        "a case that is measured has a 'result' or a 'value', and none has both",
        "write 'result: outcomes/...', or 'value: ...' and its unit as the source has them",
    )


@defect_rule("MNG061", "one-number", ShapeFault.ONE_NUMBER)
def one_number(_defect: ShapeDefect, _context: Context) -> Explained:
    """A number beside a statement is a count of cases, a figure of a case or what a source says."""
    return (
        "this is not one number: a count of cases, a figure of a case, or what a source says",
        "write 'cases_with' (and 'among'); or 'case' and 'fact'; or 'value', 'source' and 'at'",
    )


@defect_rule("MNG051", "step-of-proceedings", ShapeFault.STEP)
def step_of_proceedings(defect: ShapeDefect, _context: Context) -> Explained:
    """A step of court proceedings says what it came to, when, and how many it concerns."""
    hint = "such as {country: KEN, year: 2018, outcome: convicted, persons: 3, at: lead}"

    return str(defect.facts["what"]), hint


@defect_rule("MNG004", "source-place", ShapeFault.SOURCE_PLACE)
def source_place(_defect: ShapeDefect, _context: Context) -> Explained:
    """A source can be found again: by its address, or by the hash of its bytes; or says why not."""
    message = "a source has a 'url' or a 'sha256', or says in 'withheld' why it gives no address"

    return (
        message,
        "add 'url: ...', or 'sha256: ...' of the file that was kept; or keep only 'withheld'",
    )
