"""
How a CSV file is written: the standard's Table Dialect, as far as it is supported.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.tablecheck.errors import SchemaError, show

if TYPE_CHECKING:
    from collections.abc import Iterator

# The csv module's limit holds for the whole process; ours is the length of a record.
_NO_LIMIT: Final = 1 << 30
#: Properties that are read below.
_READ: Final = {"delimiter", "doubleQuote", "escapeChar", "header", "quoteChar"} | {
    "caseSensitiveHeader",
    "headerCase",
    "skipInitialSpace",
}
#: Others, and their values that ask for nothing special; any value of the first three.
_HARMLESS: Final[dict[str, tuple[Any, ...] | None]] = {
    "$schema": None,
    "csvddfVersion": None,
    "headerJoin": None,
    "lineTerminator": ("\r\n", "\n", "\r"),
    "commentChar": (None, ""),
    "headerRows": ([1],),
    "nullSequence": (None, ""),
}


@dataclass(frozen=True)
class Dialect:
    """
    How a CSV file is written.

    :param delimiter: The character between cells.
    :param quote: The character around a cell; ``None`` where quotes have no meaning.
    :param escape: The character before one that is meant literally.
    :param doubled: Whether a quote inside quotes is written twice.
    :param skips_space: Whether spaces after a delimiter are ignored.
    :param header: Whether the first row holds the names of the columns.
    :param any_case: Whether the case of column names is ignored.
    :param encoding: The character encoding.
    """

    delimiter: str = ","
    quote: str | None = '"'
    escape: str | None = None
    doubled: bool = True
    skips_space: bool = False
    header: bool = True
    any_case: bool = False
    encoding: str = "utf-8"

    def __post_init__(self) -> None:
        """Refuse characters that mean two things."""
        marks = [mark for mark in (self.delimiter, self.quote, self.escape) if mark]
        if len(set(marks)) < len(marks) or (self.skips_space and " " in marks):
            raise SchemaError(
                f"a character has two meanings among {marks}",
                where="dialect",
                hint="let delimiter, quote and escape character differ",
            )

    def rows(self, text: str) -> Iterator[list[str]]:
        """Return rows of cells, from the standard library's forgiving parser."""
        csv.field_size_limit(_NO_LIMIT)

        return csv.reader(
            io.StringIO(text, newline=""),
            delimiter=self.delimiter,
            quotechar=self.quote,
            quoting=csv.QUOTE_MINIMAL if self.quote else csv.QUOTE_NONE,
            escapechar=self.escape,
            doublequote=self.doubled,
            skipinitialspace=self.skips_space,
        )

    @cached_property
    def record(self) -> re.Pattern[bytes]:
        """A whole record with its line break, as a pattern that does not backtrack."""
        delimiter = re.escape(self.delimiter.encode())
        cell = plain = rb"[^%s\r\n]*+" % delimiter
        if self.quote:
            # A cell that begins with a quote is a quoted one, or damage: never a plain one.
            spaces = b" *+" if self.skips_space else b""
            quote = re.escape(self.quote.encode())
            cell = b"%s(?:%s%s|(?!%s)%s)" % (spaces, self._quoted, plain, quote, plain)

        return re.compile(rb"(?:%s%s)*+%s(?:\r\n|\n|\r)" % (cell, delimiter, cell))

    @cached_property
    def records(self) -> re.Pattern[bytes]:
        """As many whole records as there are."""
        return re.compile(b"(?:%s)*+" % self.record.pattern)

    @cached_property
    def whole(self) -> str:
        """Nothing but whole records, as a pattern for RE2."""
        quote, delimiter, escape = (
            re.escape(character or "") for character in (self.quote, self.delimiter, self.escape)
        )
        plain = rf"[^{delimiter}\r\n]"
        cell = f"{plain}*"
        if self.quote:
            inner = [f"[^{quote}{escape}]"]
            inner += [quote + quote] if self.doubled else []
            inner += [rf"{escape}(?s:.)"] if escape else []
            spaces, space = (" *", " ") if self.skips_space else ("", "")
            # What follows a closing quote is no quote: that would be a doubled one.
            cell = (
                rf"{spaces}(?:{quote}(?:{'|'.join(inner)})*{quote})?"
                rf"(?:[^{space}{quote}{delimiter}\r\n]{plain}*)?"
            )

        return rf"^(?:{cell}[{delimiter}\r\n])*$"

    @property
    def _quoted(self) -> bytes:
        quote = re.escape((self.quote or '"').encode())
        escape = re.escape(self.escape.encode()) if self.escape else b""
        inner = b"[^%s%s]*+" % (quote, escape)
        special = [quote + quote] if self.doubled else []
        if escape:
            special.append(rb"%s[\s\S]" % escape)
        if not special:
            return quote + inner + quote

        return b"%s%s(?:(?:%s)%s)*+%s" % (quote, inner, b"|".join(special), inner, quote)


def parse_dialect(
    descriptor: Mapping[str, Any], *, encoding: str = "utf-8", where: str = "dialect"
) -> Dialect:
    """
    Read a Table Dialect (version 2) or CSV Dialect (version 1).

    :raises SchemaError: It is malformed, or asks for something that is not supported.
    """
    # frictionless and dplib nest what belongs to CSV.
    options = dict(descriptor)
    nested = options.pop("csv", None)
    if isinstance(nested, Mapping):
        options |= nested
    elif nested is not None:
        raise SchemaError("this must be an object", where=f"{where}/csv")
    for name, value in options.items():
        harmless = _HARMLESS.get(name, ())
        if name not in _READ and harmless is not None and value not in harmless:
            raise SchemaError(
                f"the dialect property {name!r} is not supported",
                where=where,
                hint="write the file as plain CSV",
            )

    quote = _character(options, "quoteChar", '"', where)

    return Dialect(
        delimiter=_character(options, "delimiter", ",", where) or ",",
        quote=quote,
        escape=_character(options, "escapeChar", None, where),
        doubled=options.get("doubleQuote", True) is not False,
        skips_space=options.get("skipInitialSpace", False) is True,
        any_case=False in (options.get("caseSensitiveHeader"), options.get("headerCase")),
        header=options.get("header", True) is not False,
        encoding=_text_encoding(encoding, where),
    )


def _text_encoding(name: str, where: str) -> str:
    """Check that an encoding is one of texts; Python has others, which pack or scramble bytes."""
    try:
        " ".encode(name)  # an empty text would not be looked at
    except (LookupError, ValueError) as error:
        raise SchemaError(
            f"{name!r} is not a known text encoding",
            where=where,
            hint="write the file in UTF-8",
        ) from error

    return name


def _character(
    options: Mapping[str, Any], name: str, default: str | None, where: str
) -> str | None:
    value = options.get(name, default)
    if value is None or value == "":
        return None

    if not isinstance(value, str) or len(value) != 1 or not value.isascii() or value in "\0\r\n":
        raise SchemaError(
            f"{show(value)} is not one plain character", where=f"{where}/{name}", hint="give one"
        )

    return value
