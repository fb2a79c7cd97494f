"""Rules on the restricted YAML, which :mod:`interpol_dataset.records.document` reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from interpol_dataset.records.compose import MAX_DEPTH, MAX_VALUES, SyntaxDefect, SyntaxFault
from interpol_dataset.records.document import KINDS, MAX_BYTES
from interpol_dataset.rules.hints import torn_number
from interpol_dataset.rules.rule import defect_rule

if TYPE_CHECKING:
    from interpol_dataset.rules.context import Context
    from interpol_dataset.rules.rule import Explained

#: Files that list many records, to which each side of a merge adds its own.
_LISTS: Final = tuple(f"{kind.table}.yaml" for kind in KINDS if not kind.folder)


@defect_rule(
    "SYN001", SyntaxFault.FILE_TOO_LARGE, SyntaxFault.TOO_MANY_VALUES, SyntaxFault.OVER_BUDGET
)
def file_too_large(defect: SyntaxDefect, _context: Context) -> Explained:
    """A file of records is a page of text, not a dump, and all together are a book."""
    match defect.fault:
        case SyntaxFault.FILE_TOO_LARGE:
            return f"the file is larger than {MAX_BYTES} bytes", "split it into records"
        case SyntaxFault.TOO_MANY_VALUES:
            return f"the file has more than {MAX_VALUES:,} values", "split it into records"
        case _:
            what = f"the folder has more than {defect.detail}; nothing in it was checked"
            return what, "remove what does not belong there"


@defect_rule("SYN002", SyntaxFault.NOT_UTF8)
def not_utf8(defect: SyntaxDefect, _context: Context) -> Explained:
    """A file of records is encoded in UTF-8."""
    return f"the byte {defect.detail} is not UTF-8", "save the file as UTF-8"


#: How to fix slips that are known.
_SLIPS: Final = {
    SyntaxFault.APOSTROPHE: "write an apostrophe twice within single quotes: 'Interpol''s'",
    SyntaxFault.COMMENT: "a '#' after a space begins a comment: put the text in quotes",
    SyntaxFault.COLON: "put a text that contains ': ' in quotes",
    SyntaxFault.NO_COMMA: "put a comma before this key, or a text that contains ': ' in quotes",
    SyntaxFault.NO_SPACE: "write a space after the colon",
    SyntaxFault.NO_SPACE_AFTER_DASH: "write a space after the dash",
    SyntaxFault.NO_COLON: "write a colon after the key",
    SyntaxFault.NO_DASH: "write '- ' before this item, as before the others",
    SyntaxFault.UNEVEN: "indent the items of one list alike; compare it with those before",
    SyntaxFault.CLOSED_TWICE: "remove it: nothing is open here",
    SyntaxFault.PARTLY_QUOTED: "put the whole text in quotes, as in '\"Forty\" held'",
}
#: How to fix what was opened and not closed, by what the parser was reading.
_UNCLOSED: Final = {
    "while scanning a quoted scalar": "close the quote",
    "while parsing a flow mapping": "close the brace, or quote a text that contains a comma",
    "while parsing a flow sequence": "close the bracket, or quote a text that contains a comma",
}
#: How to fix what the parser did not expect, by what it says.
_UNEXPECTED: Final = {
    "mapping values are not allowed in this context": "put a text that contains ': ' in "
    "quotes; indent the keys of one mapping alike",
    "did not find expected key": "indent the keys of one mapping alike; put a text that "
    "contains ': ' in quotes",
    "did not find expected '-' indicator": "indent the keys of one item alike, and begin each "
    "item of a list with '- '",
    "could not find expected ':'": "write ': ' after a key, and '- ' before an item of a list",
}


@defect_rule(
    "SYN003",
    SyntaxFault.NOT_YAML,
    SyntaxFault.CONFLICT,
    SyntaxFault.TAB,
    SyntaxFault.UNQUOTED,
    SyntaxFault.CUT_OFF,
    SyntaxFault.NOT_CLOSED,
    *_SLIPS,
    SyntaxFault.MISPLACED_SPACE,
    SyntaxFault.INVISIBLE_LINE_BREAK,
    SyntaxFault.UNPRINTABLE_CHARACTER,
)
def not_yaml(defect: SyntaxDefect, _context: Context) -> Explained:
    """A file of records is YAML."""
    if defect.fault is SyntaxFault.CONFLICT:
        is_list = defect.place.path.endswith(_LISTS)
        keep = "what both sides add" if is_list else "one side"
        signs = "<<<<<<<, ======= and >>>>>>>"
        hint = f"keep {keep}, and remove the lines that begin with {signs}"
        return "this is an unresolved merge conflict", hint
    if defect.fault is SyntaxFault.TAB:
        return "a tab stands where only spaces indent", "indent with spaces, not tabs"
    if defect.fault is SyntaxFault.UNQUOTED:
        what = f"a value can't begin with '{defect.detail}' unless it is in quotes"
        return what, "put it in quotes, as in '>1000'"
    if defect.fault is SyntaxFault.NOT_CLOSED:
        return f"the quote that opens on line {defect.detail} is not closed", "close it"
    if defect.fault is SyntaxFault.CUT_OFF:
        what = "the '#' begins a comment, and the text ends before it"
        return what, "put the text in quotes; a comment begins with '# '"
    if defect.fault is SyntaxFault.MISPLACED_SPACE:
        return f"the {defect.detail} stands where only a space can", "write a space"
    if defect.fault in {SyntaxFault.INVISIBLE_LINE_BREAK, SyntaxFault.UNPRINTABLE_CHARACTER}:
        escape = defect.fault is SyntaxFault.INVISIBLE_LINE_BREAK
        hint = "remove it, or write it as an escape" if escape else "remove it"
        return f"the character {defect.detail} is not allowed in a file of records", hint

    message = f"{defect.context}: {defect.detail}" if defect.context else defect.detail
    if defect.detail == "found invalid Unicode character escape code":
        return message, "write the character itself"
    if defect.fault in _SLIPS:
        return message, _SLIPS[defect.fault]

    hint = _UNCLOSED.get(defect.context) or _UNEXPECTED.get(
        defect.detail, "quote a text that contains ': ' or ' #', or begins with a special character"
    )
    return message, hint


@defect_rule("SYN004", SyntaxFault.EMPTY_FILE)
def empty_file(_defect: SyntaxDefect, _context: Context) -> Explained:
    """A file of records is not empty."""
    return "the file is empty", "write a record"


@defect_rule("SYN005", SyntaxFault.SECOND_DOCUMENT)
def several_documents(_defect: SyntaxDefect, _context: Context) -> Explained:
    """A file of records is one YAML document."""
    return "a second document begins here", "write one record in each file"


@defect_rule("SYN006", SyntaxFault.NESTED_TOO_DEEP)
def nested_too_deep(_defect: SyntaxDefect, _context: Context) -> Explained:
    """Records are not nested deeply."""
    return f"nested more than {MAX_DEPTH} deep", "flatten the record"


@defect_rule("SYN007", SyntaxFault.DUPLICATE_KEY)
def duplicate_key(defect: SyntaxDefect, _context: Context) -> Explained:
    """A mapping has each key once."""
    message = f"the key '{defect.detail}' is here a second time, after {defect.context}"
    return message, torn_number(defect.detail) or "keep one of the two; of two lists make one"


@defect_rule(
    "SYN008", SyntaxFault.ANCHOR, SyntaxFault.ALIAS, SyntaxFault.MERGE_KEY, SyntaxFault.TAG
)
def forbidden_feature(defect: SyntaxDefect, _context: Context) -> Explained:
    """Anchors, aliases, tags and merge keys are not used."""
    match defect.fault:
        case SyntaxFault.ALIAS:
            return "aliases are not allowed", "write the value out again"
        case SyntaxFault.ANCHOR:
            return "anchors are not allowed", "remove the anchor"
        case SyntaxFault.MERGE_KEY:
            return "merge keys are not allowed", "repeat the keys"
        case _:
            return f"the tag {defect.detail} is not allowed", "remove the tag"


@defect_rule("SYN009", SyntaxFault.KEY_NOT_TEXT)
def key_not_text(_defect: SyntaxDefect, _context: Context) -> Explained:
    """A key is a plain text."""
    return "a key is a plain text", "put the key in quotes"
