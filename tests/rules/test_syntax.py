"""Tests of :mod:`interpol_dataset.rules.syntax`: what is said of a file that can't be read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from interpol_dataset.records.folder import RecordSet
from interpol_dataset.records.yaml import MAX_BYTES, parse
from interpol_dataset.rules import gate

if TYPE_CHECKING:
    from interpol_dataset.findings import Finding


def finding(content: str | bytes) -> Finding:
    """Return the one thing that is said of a file's content."""
    document = parse(content if isinstance(content, bytes) else content.encode(), "f.yaml")
    (found,) = gate.findings(RecordSet((), document.defects, (document,)))

    return found


@pytest.mark.parametrize(
    ("content", "rule", "message", "hint"),
    [
        (b"a" * (MAX_BYTES + 1), "SYN001", "larger than 524288 bytes", "split"),
        (b"a: \xff", "SYN002", "the byte 0xff is not UTF-8", "UTF-8"),
        ("a: \u2028", "SYN003", "the character U+2028 is not allowed", "as an escape"),
        ("a: \x07", "SYN003", "the character U+0007 is not allowed", "remove it"),
        ("a: {b: >500}", "SYN003", "a value can't begin with '>' unless it is", "in quotes"),
        ("a: @x", "SYN003", "a value can't begin with '@'", "in quotes"),
        ("b: é\na: 'Interpol's'", "SYN003", "did not find expected key", "apostrophe twice"),
        ("a: {b: 'Interpol's kit'}", "SYN003", "expected ',' or '}'", "apostrophe twice"),
        ("a: 'b' c", "SYN003", "did not find expected key", "indent the keys"),
        ("a:\n\t- b", "SYN003", "a tab stands where only spaces indent", "not tabs"),
        ("", "SYN004", "empty", "write a record"),
        ("a: 1\n---\nb: 2\n", "SYN005", "a second document", "in each file"),
        ("[" * 21 + "]" * 21, "SYN006", "more than 20 deep", "flatten"),
        ("a: 1\na: 2", "SYN007", "the key 'a' is here a second time", "keep one"),
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


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("a:\n\tb: 1\n", "spaces, not tabs"),
        ("a: 1\n  b: 2\n", "alike"),
        ("a:\n  b: 1\n c: 2\n", "alike"),
        ("a:\n  - b\n  c: 1\n", "'- '"),
        ("a:\n  b\n  - c\nd\n", "behind a key"),
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

    assert "SYN003" == found.rule
    assert hint in str(found.hint)
