"""
Reading restricted YAML: from a file's bytes to its values, or to what is wrong with it.

If the parser's own words don't explain a slip, the line is examined again.
"""

from __future__ import annotations

import re
import unicodedata
from codecs import BOM_UTF8
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import yaml

from interpol_dataset.findings import Place, Span
from interpol_dataset.records.compose import NOWHERE, TooDeepError, TooManyValuesError, compose
from interpol_dataset.records.defects import SyntaxDefect, SyntaxFault
from interpol_dataset.records.document import Document, cuts

if TYPE_CHECKING:
    from yaml import MarkedYAMLError

#: A character that looks like a space, but not to YAML.
SPACE: Final = re.compile("[\xa0\u2000-\u200b\u202f\u205f\u3000]")

_MISPLACED_SPACE: Final = re.compile(rf"^[ \t-]*({SPACE.pattern})|:({SPACE.pattern})", re.MULTILINE)

#: A key with its value right after the colon, unless that is an address.
_NO_SPACE: Final = re.compile(r"^ *(?:- +)*\w+(:)(?!//)\S", re.MULTILINE)

#: A dash with its item right after it.
_NO_SPACE_AFTER_DASH: Final = re.compile(r"^ *(-)[\w{\['\"]", re.MULTILINE)

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

#: A record is a page of text; what is larger than this is not one.
MAX_BYTES: Final = 512 * 1024

#: Line breaks to YAML 1.1 and to the parser, but not to YAML 1.2 and to most editors.
_SEPARATOR: Final = re.compile("[\x85\u2028\u2029]")
_BYTE_ORDER_MARK: Final = re.compile("\ufeff")

#: What is not printable by YAML's definition.
_UNPRINTABLE: Final = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|\ufeff"
)

#: What the parser says when it gives up, long after the depth that is allowed.
_TOO_DEEP: Final = "exceeded maximum nesting depth"

#: What the parser says of half a surrogate pair, as writers of JSON escape rare characters.
_ESCAPE: Final = "found invalid Unicode character escape code"

#: A line that Git leaves where a merge has to be decided.
_CONFLICT: Final = re.compile(r"^(?:<{7}|={7}|>{7})(?: |\r?$)", re.MULTILINE)

#: What the parser says of more after a ">" or "|", which would begin a block.
_NO_BLOCK: Final = "did not find expected comment or line break"

#: What the parser says of a character that begins no value, and of a tab.
_UNQUOTED: Final = frozenset(
    {
        _NO_BLOCK,
        "found character that cannot start any token",
        "found a tab character that violates indentation",
    }
)

#: An apostrophe within a word, which ends a text in single quotes.
_APOSTROPHE: Final = re.compile(r"\w'\w")

#: What is in a file in which a comment may cut off a text.
_CUTTING: Final = re.compile(r"\S[ \t]+#\w")


def slip(text: str, error: MarkedYAMLError) -> tuple[SyntaxFault, int] | None:
    """Return the slip over which the parser stumbled, and where it is, if that is known."""
    mark = error.problem_mark
    if mark is None:
        return None

    line = text.rfind("\n", 0, mark.index) + 1
    before = text.rfind("\n", 0, max(line - 1, 0)) + 1
    near = text[: mark.index] + text[mark.index :].partition("\n")[0]
    if space := _MISPLACED_SPACE.search(near, before):
        return SyntaxFault.MISPLACED_SPACE, space.start(space.lastindex or 0)
    if "flow" in (error.context or ""):
        return _in_flow(text, error, line, before)
    if colon := _NO_SPACE.search(near, before):
        return SyntaxFault.NO_SPACE, colon.start(1)
    if dash := _NO_SPACE_AFTER_DASH.search(near, before):
        return SyntaxFault.NO_SPACE_AFTER_DASH, dash.start(1)
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
    if opened is not None and opened.index < line:
        return SyntaxFault.NOT_YAML, opened.index

    return None


def name_of(character: str) -> str:
    """Return the name of a character that nobody sees."""
    return f"{unicodedata.name(character, 'character').lower()} (U+{ord(character):04X})"


def parse(content: bytes, path: str) -> Document:
    """Read a file's bytes. It never raises: what is wrong is in the document's defects."""
    if len(content) > MAX_BYTES:
        return _unreadable(path, "", SyntaxFault.FILE_TOO_LARGE, None)

    content = content.removeprefix(BOM_UTF8)
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        span = _span_of_byte(content, error.start)
        return _unreadable(path, "", SyntaxFault.NOT_UTF8, span, f"0x{content[error.start]:02x}")

    if mark := _BYTE_ORDER_MARK.match(text):  # a second one, which the parser would pass over
        return _with_character(path, text, SyntaxFault.UNPRINTABLE_CHARACTER, mark)
    if not text.isascii() and (separator := _SEPARATOR.search(text)):
        return _with_character(path, text, SyntaxFault.INVISIBLE_LINE_BREAK, separator)

    try:
        data, size, defects, places = compose(text, path)
    except TooManyValuesError:
        return _unreadable(path, text, SyntaxFault.TOO_MANY_VALUES, None)
    except TooDeepError as error:
        return _unreadable(path, text, SyntaxFault.NESTED_TOO_DEEP, error.span)
    except yaml.MarkedYAMLError as error:
        return _not_yaml(path, text, error)
    except yaml.YAMLError as error:
        if character := _UNPRINTABLE.search(text):
            return _with_character(path, text, SyntaxFault.UNPRINTABLE_CHARACTER, character)
        return _not_yaml(path, text, yaml.MarkedYAMLError(problem=str(error).partition("\n")[0]))

    return _without_cuts(Document(path, text, data, defects, size, places))


def _without_cuts(document: Document) -> Document:
    if not _CUTTING.search(document.text):
        return document
    cut = (SyntaxDefect(SyntaxFault.CUT_OFF, Place(document.path, span)) for span in cuts(document))
    return replace(document, defects=(*document.defects, *cut))


def _unreadable(
    path: str, text: str, fault: SyntaxFault, span: Span | None, detail: str = "", context: str = ""
) -> Document:
    defect = SyntaxDefect(fault, Place(path, span), detail, context)
    return Document(path, text, defects=(defect,), known=NOWHERE)


def _not_yaml(path: str, text: str, error: yaml.MarkedYAMLError) -> Document:
    if conflict := _CONFLICT.search(text):
        return _unreadable(path, text, SyntaxFault.CONFLICT, _span_of(text, conflict.start()))

    problem, context = str(error.problem), error.context or ""
    mark = error.problem_mark or error.context_mark
    is_opened = context == "while scanning a quoted scalar" and problem != _ESCAPE
    if is_opened or problem == _NO_BLOCK:
        mark = error.context_mark  # where it was opened, rather than where it ends

    span = _span_in(text, mark.line + 1, mark.column + 1) if mark else None
    if problem == _TOO_DEEP:
        return _unreadable(path, text, SyntaxFault.NESTED_TOO_DEEP, span)
    if mark and (opened := opened_above(text, mark.index)):
        span = _span_of(text, opened)
        return _unreadable(path, text, SyntaxFault.NOT_CLOSED, span, str(span.line))
    if mark and problem in _UNQUOTED:
        begun = text.splitlines()[mark.line][mark.column]
        fault = SyntaxFault.TAB if begun == "\t" else SyntaxFault.UNQUOTED
        return _unreadable(path, text, fault, span, begun)

    if mark is not None and _APOSTROPHE.match(text, max(mark.index - 2, 0)):
        return _unreadable(path, text, SyntaxFault.APOSTROPHE, span, problem, context)
    if not is_opened and (known := slip(text, error)):
        fault, index = known
        if fault is SyntaxFault.MISPLACED_SPACE:
            problem, context = name_of(text[index]), ""
        return _unreadable(path, text, fault, _span_of(text, index), problem, context)

    return _unreadable(path, text, SyntaxFault.NOT_YAML, span, problem, context)


def _with_character(path: str, text: str, fault: SyntaxFault, character: re.Match[str]) -> Document:
    span = _span_of(text, character.start())
    return _unreadable(path, text, fault, span, f"U+{ord(character[0]):04X}")


def _span_of(text: str, index: int) -> Span:
    line = text.count("\n", 0, index) + 1
    column = index - text.rfind("\n", 0, index)
    return Span(line, column, line, column + 1)


def _span_of_byte(content: bytes, position: int) -> Span:
    """Return the span of a byte, counted in the characters before it."""
    line = content.count(b"\n", 0, position) + 1
    start = content.rfind(b"\n", 0, position) + 1
    column = len(content[start:position].decode("utf-8", "replace")) + 1
    return Span(line, column, line, column + 1)


def _span_in(text: str, line: int, column: int) -> Span:
    """Return the span of a character; what is missing at the end is missing after the last one."""
    lines = text.splitlines() or [""]
    if line > len(lines):
        line, column = len(lines), len(lines[-1]) + 1
    return Span(line, column, line, column + 1)
