"""
Rules on the shape of a record: the published JSON Schema. :mod:`interpol_dataset.shape` checks
them.
"""

from __future__ import annotations

from interpol_dataset.rules.base import Layer, Rule


class MissingField(Rule):
    """A field that every such record has is there."""

    code, name, layer = "SHP001", "missing-field", Layer.SHAPE


class UnknownField(Rule):
    """A record has no fields but those of its kind."""

    code, name, layer = "SHP002", "unknown-field", Layer.SHAPE


class WrongType(Rule):
    """A value has the type of its field: text, number, list, mapping, true or false."""

    code, name, layer = "SHP003", "wrong-type", Layer.SHAPE


class UnknownTerm(Rule):
    """A value that comes from a closed vocabulary is in it."""

    code, name, layer = "SHP004", "unknown-term", Layer.SHAPE


class WrongForm(Rule):
    """A text has the form of its field: an id, a code, an address, a line without a break."""

    code, name, layer = "SHP005", "wrong-form", Layer.SHAPE


class WrongLength(Rule):
    """A text is not longer than its field allows, and a list that can't be empty is not."""

    code, name, layer = "SHP006", "wrong-length", Layer.SHAPE


class OutOfRange(Rule):
    """A number is not less than its field allows."""

    code, name, layer = "SHP007", "out-of-range", Layer.SHAPE


class NotAQuantity(Rule):
    """A quantity is a number, or a text in quantity notation."""

    code, name, layer = "SHP008", "not-a-quantity", Layer.SHAPE


class NotADate(Rule):
    """A date is a day that exists, or a text in EDTF."""

    code, name, layer = "SHP009", "not-a-date", Layer.SHAPE


RULES: tuple[type[Rule], ...] = (
    MissingField,
    UnknownField,
    WrongType,
    UnknownTerm,
    WrongForm,
    WrongLength,
    OutOfRange,
    NotAQuantity,
    NotADate,
)
