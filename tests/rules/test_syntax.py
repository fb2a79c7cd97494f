"""Tests of :mod:`interpol_dataset.rules.syntax`: what is said of a file that can't be read."""

import json

import pytest

from helpers.each import each
from interpol_dataset.findings import Finding
from interpol_dataset.records.document import MAX_BYTES, parse
from interpol_dataset.records.folder import RecordSet
from interpol_dataset.rules import gate


def finding(content: str | bytes) -> Finding:
    """Return the one thing that is said of a file's content."""
    document = parse(content if isinstance(content, bytes) else content.encode(), "f.yaml")
    (found,) = gate.findings(RecordSet((), document.defects, (document,)))
    return found


@each(
    "content, rule, message, hint",
    [
        (b"a" * (MAX_BYTES + 1), "SYN001", "larger than 524288 bytes", "split"),
        (b"a: \xff", "SYN002", "the byte 0xff is not UTF-8", "UTF-8"),
        ("a: \u2028", "SYN003", "the character U+2028 is not allowed", "as an escape"),
        ("a: \x07", "SYN003", "the character U+0007 is not allowed", "remove it"),
        ("a: {b: >500}", "SYN003", "a value can't begin with '>' unless it is", "in quotes"),
        ("a: @x", "SYN003", "a value can't begin with '@'", "in quotes"),
        ("b: é\na: 'Interpol's'", "SYN003", "did not find expected key", "apostrophe twice"),
        ("a: {b: 'Interpol's kit'}", "SYN003", "expected ',' or '}'", "apostrophe twice"),
        ("a: 'b' c", "SYN003", "did not find expected key", "the whole text in quotes"),
        ("a:\n\t- b", "SYN003", "a tab stands where only spaces indent", "not tabs"),
        (
            "a:\n  - b: 1\n<<<<<<< HEAD\n  - b: 2\n=======\n  - b: 3\n>>>>>>> main\n",
            "SYN003",
            "this is an unresolved merge conflict",
            "keep one side,",
        ),
        ("", "SYN004", "empty", "write a record"),
        ("a: 1\n---\nb: 2\n", "SYN005", "a second document", "in each file"),
        ("[" * 21 + "]" * 21, "SYN006", "more than 20 deep", "flatten"),
        ("a: 1\na: 2", "SYN007", "the key 'a' is here a second time, after line 1", "keep one"),
        ("{a: 1,000,000}", "SYN007", "the key '000' is here", "without separators of thousands"),
        ("a: &x 1", "SYN008", "anchors", "remove the anchor"),
        ("a: *x", "SYN008", "aliases", "write the value out"),
        ("<<: {a: 1}", "SYN008", "merge keys", "repeat the keys"),
        ("a: !own 1", "SYN008", "the tag !own", "remove the tag"),
        ("? [a]\n: 1", "SYN009", "a key is a plain text", "in quotes"),
    ],
)
def test_messages(content: str | bytes, rule: str, message: str, hint: str) -> None:
    """Each fault has a rule, and a message and a hint with its facts."""
    found = finding(content)
    assert rule == found.rule
    assert message in found.message
    assert hint in str(found.hint)


def test_both_sides_of_a_list_are_kept() -> None:
    """Of a conflict in a list of records nobody's are to be dropped."""
    text = "<<<<<<< HEAD\n- {id: a}\n=======\n- {id: b}\n>>>>>>> main\n"
    (defect,) = parse(text.encode(), "data/records/organizations.yaml").defects
    (found,) = gate.findings(RecordSet((), (defect,), ()))
    assert "keep what both sides add, and remove the lines" in str(found.hint)


@each(
    "text, hint",
    [
        ("a:\n\tb: 1\n", "spaces, not tabs"),
        ("a: 1\n  b: 2\n", "alike"),
        ("a:\n  b: 1\n c: 2\n", "alike"),
        ("a:\n  - b\n  c: 1\n", "'- '"),
        ("a:\n  b\n  - c\nd\n", "after a key"),
        ("a: b: c\n", "in quotes"),
        ("a: [b\n", "close the bracket"),
        ("value: >6000000\n", "as in '>1000'"),
        ("value: >=104\n", "as in '>1000'"),
        ("- {value: >6000000}\n", "as in '>1000'"),
        (json.dumps({"a": "🤖"}), "write the character itself"),
    ],
)
def test_what_the_parser_did_not_expect(text: str, hint: str) -> None:
    """It is explained by what is likely to be wrong."""
    found = finding(text)
    assert found.rule == "SYN003"
    assert hint in str(found.hint)


@each(
    "text, place, hint",
    [
        ("- {a: 1, at: paragraph #3}\n- {a: 2}\n", "1:24", "begins a comment"),
        ("- {a: 1, at: # 3}\n- {a: 2}\n", "1:14", "begins a comment"),
        ("- {a: '1 #2', at: b #3}\n- c\n", "1:21", "begins a comment"),
        ("- {a: 1, at: box: arrests}\n", "1:14", "put a text that contains ': ' in quotes"),
        ("- {a: 40 at: b}\n", "1:10", "put a comma before this key"),
        ("- {a: '>=40' at: b}\n", "1:14", "put a comma before this key"),
        ("- {a: 1, at: b\n- {a: 2}\n", "1:3", "close the brace"),
        ("a: {b: 1, at: c\n", "1:4", "close the brace"),
        ("a: [b, c\nd: e\n", "1:4", "close the bracket"),
        ("- {a: {b: c}}}\n", "1:14", "remove it"),
        ("a: [b]]\nc: d\n", "1:7", "remove it"),
        ('a: "Forty" held\nb: c\n', "1:4", "put the whole text in quotes"),
        ("- a: b\n  c: 'Forty' held\n", "2:6", "put the whole text in quotes"),
        ("a: [Update] Forty: held\nb: c\n", "1:4", "put the whole text in quotes"),
        ('- {a: "Forty" held, b: c}\n', "1:15", "put the whole text in quotes"),
        ("a: 'Forty held\nb: c\nd: 'e:f'\n", "1:4", "close it"),
        ('- {a: "Forty held, b: c}\n- {a: ">40"}\n', "1:7", "close it"),
        ("a: Forty held in #Heron\nb: c\n", "1:18", "put the text in quotes"),
        ("a: b\nrole:partner\nc: d\n", "2:5", "write a space after the colon"),
        ("id:x\na: b\n", "1:3", "write a space after the colon"),
        ("a:\n  - {b: 1}\n  -{b: 2}\n", "3:3", "write a space after the dash"),
        ("a: b\nc {d: 1, e: 2}\n", "2:2", "write a colon after the key"),
        ("- a: b\n  c {d: 1, e: 2}\n", "2:4", "write a colon after the key"),
        ("a:\n    {b: 1}\n  - {b: 2}\n", "2:5", "write '- ' before this item"),
        ("a:\n  - {b: 1}\n    {b: 2}\n  - {b: 3}\n", "3:5", "write '- ' before this item"),
        ("a:\n    - {b: 1}\n  - {b: 2}\n", "3:3", "indent the items of one list alike"),
        ("a:\n  - b: 1\n    c:\n      - d\n- b: 2\n", "5:1", "indent the items of one list alike"),
    ],
)
def test_known_slips(text: str, place: str, hint: str) -> None:
    """They are found where they were made rather than where the parser gave up."""
    found = finding(text)
    assert ("SYN003", f"f.yaml:{place}") == (found.rule, str(found.place))
    assert hint in str(found.hint)


@pytest.mark.parametrize(
    ("text", "place"),
    [("a:\n  - b: c\n  \u00a0 d: e\n", "3:3"), ("a: b\nc:\u00a0d\ne: f\n", "2:3")],
)
def test_a_space_that_is_none(text: str, place: str) -> None:
    """Nobody sees a no-break space, so it is named."""
    found = finding(text)
    assert ("SYN003", f"f.yaml:{place}") == (found.rule, str(found.place))
    assert "no-break space (U+00A0)" in found.message


@each(
    "text",
    [
        "a: b # c\n",
        "a: b  #  allow X\n",
        "a: 'b #c'\n",
        "a: 'b' #c\n",
        'a: "b" #c\n',
        "a: >- #c\n  b\n",
        "a: >-\n  b #c\n",
        "a: b#c\n",
        "a: #todo\n  - b\n",
        "a: b\u00a0c\n",
        "a: >-\n  b:\u00a0c\n",
        "a: https://example.org\n",
        "a: Forty # in Rome\nb: 'in #Heron'\n",
        "a: 'in #Heron' #b\n",
        "# a\n#b\na: c\n",
    ],
)
def test_what_is_no_slip(text: str) -> None:
    """A comment on purpose, or what is part of a text."""
    assert parse(text.encode(), "f.yaml").defects == ()
