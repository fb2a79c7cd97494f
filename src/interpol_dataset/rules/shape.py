"""
Rules on the shape of a record, which :mod:`interpol_dataset.records.parse` compares with its model.
"""

from __future__ import annotations

from typing import Final

from interpol_dataset.findings import Fix
from interpol_dataset.records.compose import plain_scalar
from interpol_dataset.records.defects import ShapeDefect, ShapeFault
from interpol_dataset.rules.certain import reference_meant, term_meant
from interpol_dataset.rules.days import date_hint, no_such_day
from interpol_dataset.rules.hedges import quantity_meant
from interpol_dataset.rules.hints import (
    example,
    field_hint,
    is_guessed,
    mapping,
    notation,
    quoted,
    rewritten,
    term_hint,
    truth,
)
from interpol_dataset.rules.rule import DefectRule, Layer

#: How many values a hint lists for a field that is missing.
_MAX_CHOICE: Final = 3


class MissingField(DefectRule[ShapeDefect]):
    """A record has every field that is required."""

    code, name, layer = "SHP001", "missing-field", Layer.SHAPE
    faults = (ShapeFault.MISSING,)

    def explain(self, defect: ShapeDefect) -> tuple[str, str]:
        """Return a message that names the field."""
        field = defect.field
        terms = ("true", "false") if field and field.base is bool else field.terms if field else ()
        values = terms if 0 < len(terms) <= _MAX_CHOICE else ("...",)
        choice = " or ".join(f"'{defect.name}: {value}'" for value in values)

        return f"the field '{defect.name}' is missing", f"add {choice}"


class UnknownField(DefectRule[ShapeDefect]):
    """A record has only the fields of its kind."""

    code, name, layer = "SHP002", "unknown-field", Layer.SHAPE
    faults = (ShapeFault.UNKNOWN_FIELD,)

    def explain(self, defect: ShapeDefect) -> tuple[str, str | None]:
        """Return a hint with the field that was probably meant."""
        message = f"the field '{quoted(defect.name)}' is not known here"
        if not is_guessed(defect):
            return message, None
        # {value: 1,000} is read as two keys, the second without a value.
        is_thousand = len(defect.name) == len("000") and defect.name.isdecimal()
        if is_thousand and defect.value is None:
            return message, "write numbers without separators of thousands"
        return message, field_hint(defect)


class WrongType(DefectRule[ShapeDefect]):
    """A value has the type of its field: text, number, list, mapping, true or false."""

    code, name, layer = "SHP003", "wrong-type", Layer.SHAPE
    faults = (
        ShapeFault.NOT_A_LIST_OF_RECORDS,
        ShapeFault.NOT_A_TEXT,
        ShapeFault.NOT_A_WHOLE_NUMBER,
        ShapeFault.NOT_A_BOOLEAN,
        ShapeFault.NOT_A_LIST,
        ShapeFault.NOT_A_MAPPING,
    )

    _TYPES: Final = {
        ShapeFault.NOT_A_TEXT: "a text",
        ShapeFault.NOT_A_WHOLE_NUMBER: "a whole number",
        ShapeFault.NOT_A_BOOLEAN: "true or false",
        ShapeFault.NOT_A_LIST: "a list",
        ShapeFault.NOT_A_MAPPING: "a mapping of keys to values",
    }

    def explain(self, defect: ShapeDefect) -> tuple[str, str | None]:
        """Return a message with the expected type, and an example as the hint."""
        if defect.fault is ShapeFault.NOT_A_LIST_OF_RECORDS:
            return "this file is a list of records", "begin each with '- id:'"

        written = quoted(defect.value)
        message = f"'{defect.full_name}' is not {self._TYPES[defect.fault]}"
        if defect.fault is ShapeFault.NOT_A_WHOLE_NUMBER and written.isdecimal():
            return f"{message}, but a text", f"write {int(written)} without quotes"
        if defect.fault is ShapeFault.NOT_A_BOOLEAN:
            return message, truth(written)
        if defect.fault is ShapeFault.NOT_A_MAPPING:
            return message, mapping(defect)
        if defect.fault is ShapeFault.NOT_A_LIST:
            return message, mapping(defect) or example(defect)

        return message, example(defect)


class UnknownTerm(DefectRule[ShapeDefect]):
    """The value of a field with a closed vocabulary is one of its terms."""

    code, name, layer = "SHP004", "unknown-term", Layer.SHAPE
    faults = (ShapeFault.UNKNOWN_TERM, ShapeFault.NOT_A_LITERAL)

    def explain(self, defect: ShapeDefect) -> tuple[str, str | None]:
        """Return a hint with the term that was probably meant, or all terms."""
        message = f"'{quoted(defect.value)}' is not in the vocabulary of '{defect.full_name}'"

        return message, term_hint(defect, self._dimension(defect)) or example(defect)

    def _dimension(self, defect: ShapeDefect) -> str:
        """Return the dimension of the metric beside a unit; empty where it is not known."""
        if defect.name != "unit" or not is_guessed(defect):
            return ""
        documents = self.context.record_set.documents
        document = next(item for item in documents if item.path == defect.place.path)
        metric = document.at((*defect.at, *defect.path[:-1])).get("metric")
        known = self.context.metrics.get(metric) if isinstance(metric, str) else None

        return known.dimension if known else ""

    def fix(self, defect: ShapeDefect) -> Fix | None:
        """Write the term or the unit that is spelt otherwise."""
        return _rewrite(defect, term_meant(defect))


class WrongForm(DefectRule[ShapeDefect]):
    """A text has the form of its field: an id, a code, an address, a single line."""

    code, name, layer = "SHP005", "wrong-form", Layer.SHAPE
    faults = (ShapeFault.WRONG_PATTERN, ShapeFault.NOT_UNICODE)

    def explain(self, defect: ShapeDefect) -> tuple[str, str | None]:
        """Show what was meant, or an example."""
        message = f"'{quoted(defect.value)}' does not have the form of '{defect.full_name}'"
        hint = rewritten(defect, self.context) if isinstance(defect.value, str) else None

        return message, hint or example(defect)

    def fix(self, defect: ShapeDefect) -> Fix | None:
        """Write the country, language or id that is spelt otherwise."""
        return _rewrite(defect, reference_meant(defect, self.context))


class WrongLength(DefectRule[ShapeDefect]):
    """A text is not longer than its field allows, and a list that needs an entry has one."""

    code, name, layer = "SHP006", "wrong-length", Layer.SHAPE
    faults = (ShapeFault.TEXT_TOO_LONG, ShapeFault.LIST_TOO_SHORT)

    def explain(self, defect: ShapeDefect) -> tuple[str, str]:
        """Return a message that names the limit."""
        if defect.fault is ShapeFault.LIST_TOO_SHORT:
            return f"'{defect.full_name}' is empty", "list at least one entry"

        return (
            f"'{defect.full_name}' has more than {defect.facts['max_length']} characters",
            "shorten it",
        )


class OutOfRange(DefectRule[ShapeDefect]):
    """A number is not less than its field allows."""

    code, name, layer = "SHP007", "out-of-range", Layer.SHAPE
    faults = (ShapeFault.NUMBER_TOO_SMALL,)

    def explain(self, defect: ShapeDefect) -> tuple[str, str]:
        """Return a message that names the limit."""
        limit = defect.facts["ge"]

        return f"'{defect.full_name}' is less than {limit}", f"count from {limit}"


class NotAQuantity(DefectRule[ShapeDefect]):
    """A quantity is a number, or a text in quantity notation."""

    code, name, layer = "SHP008", "not-a-quantity", Layer.SHAPE
    faults = (ShapeFault.NOT_A_QUANTITY,)

    def explain(self, defect: ShapeDefect) -> tuple[str, str | None]:
        """Return the notation's own message and hint."""
        return notation(defect)

    def fix(self, defect: ShapeDefect) -> Fix | None:
        """Write the notation of what is in words, where these have one meaning."""
        meant = quantity_meant(str(defect.value))

        return _rewrite(defect, meant and plain_scalar(meant))


class NotADate(DefectRule[ShapeDefect]):
    """A date is a day that exists, or a text in EDTF."""

    code, name, layer = "SHP009", "not-a-date", Layer.SHAPE
    faults = (
        ShapeFault.NOT_EDTF,
        ShapeFault.NOT_A_DAY,
        ShapeFault.NO_SUCH_DAY,
        ShapeFault.NO_SUCH_DATETIME,
    )

    def explain(self, defect: ShapeDefect) -> tuple[str, str | None]:
        """Return the message and hint of the notation or the calendar."""
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
