"""
How values are written: the lexical forms of the Table Schema standard, as RE2 patterns.

Readers of files accept more than the standard does (``0x1F``, ``1_000``, ``2020-1-5``) or less
(``+1``), so a text is matched with these before it is cast. The patterns are not anchored.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from interpol_dataset.tablecheck.schema.schema import Field

INTEGER: Final = "[+-]?[0-9]+"
NUMBER: Final = r"(?:[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|NaN|-?INF)"

_YEAR_4: Final = "(?:000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})"
_LEAP: Final = (
    "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)-02-29"
)
_DAY: Final = (
    "(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    "|02-(?:0[1-9]|1[0-9]|2[0-8]))"
)
_ZONE: Final = "(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"

#: A day of the proleptic Gregorian calendar, leap years and all.
DATE: Final = f"(?:{_YEAR_4}-{_DAY}|{_LEAP})"
TIME: Final = (
    rf"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?){_ZONE}"
)
DATETIME: Final = f"{DATE}T{TIME}"
YEAR: Final = "-?(?:0[0-9]{3}|[1-9][0-9]{3,})"
YEARMONTH: Final = f"{YEAR}-(?:0[1-9]|1[0-2])"

_SECONDS: Final = r"[0-9]+(?:\.[0-9]+)?S"
_CLOCK: Final = f"T(?:[0-9]+H(?:[0-9]+M)?(?:{_SECONDS})?|[0-9]+M(?:{_SECONDS})?|{_SECONDS})"
_CALENDAR: Final = "(?:[0-9]+Y(?:[0-9]+M)?(?:[0-9]+D)?|[0-9]+M(?:[0-9]+D)?|[0-9]+D)"
DURATION: Final = f"-?P(?:{_CALENDAR}(?:{_CLOCK})?|{_CLOCK})"

_LABEL: Final = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_ATOM: Final = r"[^\x00-\x20\x7f\"(),.:;<>@\[\\\]]+"
EMAIL: Final = rf"(?:{_ATOM}(?:\.{_ATOM})*|\"[^\x00-\x1f\"\\]+\")@(?:{_LABEL}(?:\.{_LABEL})+)"
UUID: Final = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
BINARY: Final = "(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?"

# RFC 3986, with its character sets written out: a scheme, an authority or a path, query, fragment.
_PCHAR: Final = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})"
_USER: Final = r"(?:[A-Za-z0-9._~!$&'()*+,;=:-]|%[0-9A-Fa-f]{2})*"
_HOST: Final = r"(?:\[[0-9A-Fa-fv:.]+\]|(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)"
_AUTHORITY: Final = f"//(?:{_USER}@)?{_HOST}(?::[0-9]*)?"
_PATH: Final = f"(?:{_AUTHORITY}(?:/{_PCHAR}*)*|/?(?:{_PCHAR}+(?:/{_PCHAR}*)*)?)"
_TAIL: Final = f"(?:{_PCHAR}|[/?])*"
URI: Final = rf"[A-Za-z][A-Za-z0-9+.-]*:{_PATH}(?:\?{_TAIL})?(?:#{_TAIL})?"

_FORMS: Final = {
    ("integer", "default"): INTEGER,
    ("number", "default"): NUMBER,
    ("date", "default"): DATE,
    ("time", "default"): TIME,
    ("datetime", "default"): DATETIME,
    ("year", "default"): YEAR,
    ("yearmonth", "default"): YEARMONTH,
    ("duration", "default"): DURATION,
    ("string", "email"): EMAIL,
    ("string", "uri"): URI,
    ("string", "uuid"): UUID,
    ("string", "binary"): BINARY,
}

#: What may surround a number that is not bare: a currency before it, a percent sign after it.
BARE: Final = (r"^[^0-9+.-]+|[^0-9]+$", "")


def form_of(type_: str, format_: str = "default") -> str | None:
    """Return the pattern of a type's lexical form; ``None`` where a pattern is not enough."""
    return _FORMS.get((type_, format_))


def steps_to_plain(field: Field) -> list[tuple[str, str]]:
    """
    Return how a number with groups, a decimal character or a currency becomes a plain one.

    :returns: Pairs of a pattern and its replacement, in the order in which to apply them.
    """
    steps: list[tuple[str, str]] = []
    if not field.bare_number:
        steps.append(BARE)
    if field.group_char:
        steps.append((re.escape(field.group_char), ""))
    if field.decimal_char != "." and field.type == "number":
        # A point that is not the decimal character has no meaning: it must not become one.
        steps += [(r"\.", "?"), (re.escape(field.decimal_char), ".")]

    return steps
