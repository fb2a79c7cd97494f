"""
Exceptions from rules: comments in records, and the rule that they have to keep themselves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from interpol_dataset.findings import Finding, Place, Span
from interpol_dataset.rules.rule import Rule
from interpol_dataset.suggest import suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from interpol_dataset.records.document import Document


#: A comment line of its own that names a rule and gives the reason.
_COMMENT: Final = re.compile(
    r"^[ \t]*# allow (?P<rule>[A-Za-z]{2,4}-?[0-9]{1,4})\b(?P<rest>.*)$", re.MULTILINE
)
_REASON: Final = re.compile(r": \S.{9,}")


@dataclass(frozen=True, slots=True)
class Exemption:
    """
    An exception that a file makes from a rule.

    :param place: Where the comment is.
    :param code: The code of the rule, as it was written.
    :param has_reason: Whether the comment gives a reason.
    """

    place: Place
    code: str
    has_reason: bool


def exemptions(document: Document) -> Iterator[Exemption]:
    """Return the exceptions that a file makes; one that can't be read makes none."""
    if document.defects or "# allow " not in document.text:
        return

    last, line = 0, 1
    for match in _COMMENT.finditer(document.text):
        line += document.text.count("\n", last, match.start())
        last = match.start()
        if not document.is_comment(line):
            continue

        written = match[0].rstrip()
        column = len(written) - len(written.lstrip()) + 1
        place = Place(document.path, Span(line, column, line, len(written) + 1))
        has_reason = _REASON.fullmatch(match["rest"].rstrip()) is not None
        yield Exemption(place, match["rule"], has_reason)


needed_exception: Final = Rule(
    "POL012", "needed-exception", "An exception gives a reason and is still needed."
)


def fault_of(exemption: Exemption, rules: Mapping[str, Rule], *, needed: bool) -> Finding | None:
    """
    Return what is wrong with an exception.

    :param exemption: The exception.
    :param rules: All rules by code.
    :param needed: Whether the rule found something in the file.
    """
    code, rule = exemption.code, rules.get(exemption.code)
    if rule is None:
        message = f"there is no rule {code} to make an exception from"
        hint = suggestion(code.upper(), rules, "see 'interpol-dataset rules'")
    elif not rule.excusable:
        message = f"{code} allows no exceptions"
        hint = "fix what it finds, and remove the comment"
    elif not needed:
        message = f"the exception from {code} is not needed"
        hint = "remove the comment"
    elif not exemption.has_reason:
        message = f"the exception from {code} gives no reason"
        hint = rule.exception
    else:
        return None

    return Finding(
        needed_exception.code, exemption.place, message, hint, severity=needed_exception.severity
    )
