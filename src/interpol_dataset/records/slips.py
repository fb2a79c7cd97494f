"""
What somebody did where the YAML parser stumbles: slips that its own words don't explain.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from interpol_dataset.records.defects import SyntaxFault

if TYPE_CHECKING:
    from yaml import MarkedYAMLError


#: A character that looks like a space, but not to YAML.
SPACE: Final = re.compile("[\xa0\u2000-\u200b\u202f\u205f\u3000]")

_MISPLACED_SPACE: Final = re.compile(rf"^[ \t-]*({SPACE.pattern})|:({SPACE.pattern})", re.MULTILINE)

#: A key with its value right behind the colon, unless that is an address.
_NO_SPACE: Final = re.compile(r"^ *(?:- +)*\w+(:)(?!//)\S", re.MULTILINE)

#: A dash with its item right behind it.
_NO_SPACE_BEHIND_DASH: Final = re.compile(r"^ *(-)[\w{\['\"]", re.MULTILINE)

#: A key with braces or brackets, and no colon between them.
_NO_COLON: Final = re.compile(r" *(?:- +)?(?P<key>\w+) +[{\[]")

#: The indentation of a line, and whether an item of a list begins there.
_LINE: Final = re.compile(r"(?P<indent> *)(?P<dash>- +)?(?P<brace>\{)?")

#: The sign that begins a comment, which a text in quotes may contain.
_COMMENT: Final = re.compile(r"""'[^'\n]*'|"[^"\n]*"|(?<=[ \t])(#)""")

#: What comes before the second colon of an entry: a value of several words or of one.
_SECOND_COLON: Final = re.compile(r":[ ]+(?P<value>[^:,{}\[\]]*?)(?P<last>[\w-]+)[ ]*\Z")

#: What was closed before the end of a value, and a key.
_CLOSED: Final = re.compile(r"""(?:^ *|: +|- +)(?P<begun>["'\[{].*["'\]}]) +\Z""")
_CLOSED_IN_FLOW: Final = re.compile(r"""["'\]}] +\Z""")
_KEY: Final = re.compile(r"[\w-]+:\s")

#: A quote that begins a value.
_OPENS: Final = re.compile(r"""(?:^|[-:,\[{]) *(['"])""")


def slip(text: str, error: MarkedYAMLError) -> tuple[SyntaxFault, int] | None:
    """
    Return the slip over which the parser stumbled, and where it is; ``None`` if it is not known.

    :param text: The whole text.
    :param error: What the parser says.
    """
    mark = error.problem_mark
    if mark is None:
        return None

    line = text.rfind("\n", 0, mark.index) + 1
    before = text.rfind("\n", 0, max(line - 1, 0)) + 1
    near = text[: _end_of_line(text, mark.index)]
    if space := _MISPLACED_SPACE.search(near, before):
        return SyntaxFault.MISPLACED_SPACE, space.start(space.lastindex or 0)
    if "flow" in (error.context or ""):
        return _in_flow(text, error, line, before)
    if colon := _NO_SPACE.search(near, before):
        return SyntaxFault.NO_SPACE, colon.start(1)
    if dash := _NO_SPACE_BEHIND_DASH.search(near, before):
        return SyntaxFault.NO_SPACE_BEHIND_DASH, dash.start(1)
    if key := _NO_COLON.match(near, line):
        return SyntaxFault.NO_COLON, key.end("key")
    if text[mark.index : mark.index + 1] in {"}", "]"}:
        return SyntaxFault.CLOSED_TWICE, mark.index
    if closed := _CLOSED.search(text[line : mark.index]):
        return SyntaxFault.PARTLY_QUOTED, line + closed.start("begun")

    return _among_items(text, line, before)


def opened_above(text: str, index: int) -> int | None:
    """Return where the text in quotes begins that ends before an index, if that is lines above."""
    line = text.rfind("\n", 0, index) + 1
    quote = text[line:index].rstrip()[-1:]
    if quote not in {"'", '"'} or text.count(quote, line, index) % 2 == 0:
        return None
    while line:
        end, line = line, text.rfind("\n", 0, line - 1) + 1
        if text.count(quote, line, end) % 2:
            starts = [it.start(1) for it in _OPENS.finditer(text[line:end]) if it[1] == quote]
            return line + starts[-1] if starts else None

    return None


def _among_items(text: str, line: int, before: int) -> tuple[SyntaxFault, int] | None:
    """Return the slip in one of two lines of a list."""
    this, last = _LINE.match(text, line), _LINE.match(text, before)
    for one, other in ((last, this), (this, last)):
        if one and other and one["brace"] and not one["dash"] and other["dash"]:
            return SyntaxFault.NO_DASH, one.start("brace")

    return (SyntaxFault.UNEVEN, this.start("dash")) if this and this["dash"] else None


def _in_flow(
    text: str, error: MarkedYAMLError, line: int, before: int
) -> tuple[SyntaxFault, int] | None:
    """Return the slip within braces or brackets."""
    stop = error.problem_mark.index  # type: ignore[union-attr]  # it was asked
    opened = error.context_mark
    begun = before if opened is None or opened.index >= stop else opened.index
    for comment in _COMMENT.finditer(text, begun, stop):
        if comment[1]:
            return SyntaxFault.COMMENT, comment.start(1)

    start = max(line, begun)
    if text[stop : stop + 1] == ":" and (second := _SECOND_COLON.search(text[start:stop])):
        fault = SyntaxFault.NO_COMMA if second["value"] else SyntaxFault.COLON
        return fault, start + second.start("last")
    if _CLOSED_IN_FLOW.search(text[start:stop]):
        is_key = _KEY.match(text, stop)
        return SyntaxFault.NO_COMMA if is_key else SyntaxFault.PARTLY_QUOTED, stop
    if begun < line:
        return SyntaxFault.NOT_YAML, begun

    return None


def name_of(character: str) -> str:
    """Return the name of a character that nobody sees."""
    return f"{unicodedata.name(character, 'character').lower()} (U+{ord(character):04X})"


def _end_of_line(text: str, index: int) -> int:
    end = text.find("\n", index)

    return len(text) if end < 0 else end
