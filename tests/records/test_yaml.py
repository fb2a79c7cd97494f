"""Tests of :mod:`interpol_dataset.records.document`."""

import json
import re
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from helpers import strategies as s
from helpers.each import each
from interpol_dataset.findings import Span
from interpol_dataset.records.compose import MAX_DEPTH, SyntaxFault
from interpol_dataset.records.document import parse


def read(text: str) -> Any:  # whatever is there
    """Read a text that is right."""
    document = parse(text.encode(), "f.yaml")
    assert document.defects == ()
    return document.data


def faults(content: str | bytes) -> list[tuple[SyntaxFault, str]]:
    """Return what is wrong with a text, and where."""
    content = content if isinstance(content, bytes) else content.encode()
    return [(found.fault, str(found.place)) for found in parse(content, "f.yaml").defects]


@each(
    "text",
    [
        *("NO", "no", "yes", "on", "off", "y", "True", "NULL", "Null", "1e3", "1.5e3", "0777"),
        *("0o7", "0x1F", "12:30", "1_000", "+1", ".5", "1.", ".inf", ".NaN", "2022-06-28"),
        *("2022-06-28T12:00:00Z", "1.2.3", "1000000000000000000", ">1000x", "~1000", "="),
        *("12:30:45", "0.1234567890123456789", "123456789012345678901"),
    ],
)
def test_plain_text_stays_text(text: str) -> None:
    """What YAML 1.1 would take for a truth value, a number or a date is the text that it shows."""
    quoted = f"'{text}'" if text[0] == ">" else text
    assert {"a": text} == read(f"a: {quoted}")


@each(
    "text, value",
    [
        ("1", 1),
        ("-5", -5),
        ("0", 0),
        ("1.5", 1.5),
        ("3.0", 3),
        ("999999999999999999", 10**18 - 1),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
    ],
)
def test_plain_scalars_with_a_meaning(text: str, value: object) -> None:
    """Numbers in JSON's notation, true, false and null are values."""
    assert [type(value), value] == [type(read(f"a: {text}")["a"]), read(f"a: {text}")["a"]]


def test_quotes_make_text() -> None:
    """What is in quotes, or in a block, is text, whatever it looks like."""
    for text in ("1", "true", "null", "", "~", "1.5"):
        assert read(f"a: '{text}'\nb: \"{text}\"") == {"a": text, "b": text}
    blocks = "a: >-\n  one\n  two\nb: |\n  one\n  two\n"
    assert read(blocks) == {"a": "one two", "b": "one\ntwo\n"}


@each(
    "text, fault, place",
    [
        ("a: !!python/object/apply:os.system [ls]", SyntaxFault.TAG, "f.yaml:1:4"),
        ("<<: {a: 1}", SyntaxFault.MERGE_KEY, "f.yaml:1:1"),
        ("a: [", SyntaxFault.NOT_YAML, "f.yaml:1:5"),
        ("# nothing but a comment", SyntaxFault.EMPTY_FILE, "f.yaml:1:1"),
        ("a: 1\nb:\n  - {c: [}\n", SyntaxFault.NOT_YAML, "f.yaml:3:10"),
    ],
)
def test_refused(text: str, fault: SyntaxFault, place: str) -> None:
    """What no fixture of a rule shows is refused at its first character, too."""
    assert (fault, place) in faults(text)


def test_one_document_may_have_its_marks() -> None:
    """The marks of begin and end of the only document do no harm."""
    assert read("---\na: 1\n...\n") == {"a": 1}


def test_every_fault_is_reported() -> None:
    """Reading goes on after a fault, so that all are reported at once."""
    text = "a: &x 1\nb: *x\na: 2\nc: !t 3\n"
    assert [fault for fault, _ in faults(text)] == [
        SyntaxFault.ANCHOR,
        SyntaxFault.ALIAS,
        SyntaxFault.DUPLICATE_KEY,
        SyntaxFault.TAG,
    ]


@each("opening", ["[", "- ", '{"a":', "? ", "{a: "])
@each("times", [MAX_DEPTH + 1, 200, 20_000])
def test_deep_nesting_is_refused(opening: str, times: int) -> None:
    """A file that is nested without end costs a finding, not the stack; a little is allowed."""
    assert faults(opening * times)
    assert faults("[" * MAX_DEPTH + "]" * MAX_DEPTH) == []


def test_what_is_nested_without_end_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many a parser takes a time that grows with the square of the depth."""
    events = 0

    class Loader(yaml.SafeLoader):
        def get_event(self) -> yaml.Event | None:
            nonlocal events
            events += 1
            return super().get_event()

    monkeypatch.setattr("interpol_dataset.records.compose._Loader", Loader)

    assert faults("[" * 2_000) == [(SyntaxFault.NESTED_TOO_DEEP, "f.yaml:1:121")]
    assert events < 200


@each(
    "content, fault, place",
    [
        (b"\xff", SyntaxFault.NOT_UTF8, "f.yaml:1:1"),
        (b"a: 1\nb: \xc3\xa9\xe9", SyntaxFault.NOT_UTF8, "f.yaml:2:5"),
        (b"a: \xc3", SyntaxFault.NOT_UTF8, "f.yaml:1:4"),
        (b"\xef\xbb\xbfid: \xff\n", SyntaxFault.NOT_UTF8, "f.yaml:1:5"),
        ("é: x\0".encode(), SyntaxFault.UNPRINTABLE_CHARACTER, "f.yaml:1:5"),
        ("日本: \x07".encode(), SyntaxFault.UNPRINTABLE_CHARACTER, "f.yaml:1:5"),
    ],
)
def test_bytes_and_characters_that_are_none(content: bytes, fault: SyntaxFault, place: str) -> None:
    """They are reported where they are, counted in characters and not in bytes."""
    assert faults(content) == [(fault, place)]


def test_byte_order_mark_is_passed_over() -> None:
    """An editor's byte order mark is not part of the first key; a byte after it is named."""
    document = parse(b"\xef\xbb\xbfa: 1", "f.yaml")
    (found,) = parse(b"\xef\xbb\xbfid: \xff\n", "f.yaml").defects
    assert (document.data, document.places.keys["a",]) == ({"a": 1}, Span(1, 1, 1, 2))
    assert found.detail == "0xff"


TEXT = """\
# a comment
id: haechi-iii
name: 'Operation: Ü'
reports:
  - source: a
    outcomes:
      - {metric: arrests, value: 975}
  - {source: b}
summary: >-
  Two
  lines.
"""


@each(
    "path, key, value",
    [
        (("id",), Span(2, 1, 2, 3), Span(2, 5, 2, 15)),
        (("name",), Span(3, 1, 3, 5), Span(3, 7, 3, 21)),
        (("reports", 0, "source"), Span(5, 5, 5, 11), Span(5, 13, 5, 14)),
        (("reports", 0, "outcomes", 0, "value"), Span(7, 27, 7, 32), Span(7, 34, 7, 37)),
        (("reports", 1, "source"), Span(8, 6, 8, 12), Span(8, 14, 8, 15)),
    ],
)
def test_positions(path: tuple[str | int, ...], key: Span, value: Span) -> None:
    """Every key and value is found at its very characters."""
    document = parse(TEXT.encode(), "f.yaml")
    assert (document.places.keys[path], document.places.values[path]) == (key, value)
    assert str(document.place(path, key=True)) == f"f.yaml:{key.line}:{key.column}"


def test_other_positions() -> None:
    """A list stretches from bracket to bracket; what is missing is looked for in what is around."""
    document = parse(TEXT.encode(), "f.yaml")
    assert parse(b"a: [1, 2]\n", "f.yaml").places.values["a",] == Span(1, 4, 1, 10)
    assert document.place(("reports", 1, "outcomes", 3, "value")) == document.place(("reports", 1))


#: What looks like YAML is made of these.
_LETTERS = "ab01:-[]{}&*!|>'\"%@`#,? \n\t~<="


@given(
    st.dictionaries(s.lines(), s.json_values(), min_size=1, max_size=4).filter(
        lambda data: not re.search(r"\\u202[89]", json.dumps(data))
    )
)
def test_json_is_read_the_same(data: dict[str, Any]) -> None:
    """JSON is a subset: what a JSON writer writes reads back, with characters as themselves."""
    text = json.dumps(data, ensure_ascii=False)
    document = parse(text.encode(), "f.json")
    assert (data, ()) == (document.data, document.defects)


@given(st.dictionaries(s.slugs(), st.sampled_from(["é", "作戦", "a\nb\t\\"]), min_size=1))
def test_json_escapes_are_read(data: dict[str, Any]) -> None:
    """JSON with escapes is read, too."""
    assert data == read(json.dumps(data))


@pytest.mark.parametrize("separator", "\x85\u2028\u2029")
def test_invisible_line_breaks_are_refused(separator: str) -> None:
    """What is a line break to some readers and none to others is refused where it is."""
    document = parse(f'a: b\nc: "x {separator} y"\n'.encode(), "f.yaml")
    (found,) = document.defects
    assert (SyntaxFault.INVISIBLE_LINE_BREAK, Span(2, 7, 2, 8)) == (found.fault, found.place.span)
    assert f"U+{ord(separator):04X}" == found.detail
    assert read('{"a": "x \\u2028 y"}') == {"a": "x \u2028 y"}


@given(st.binary(max_size=60) | st.text(_LETTERS + "\u00e9\u2028\x85\ufeff").map(str.encode))
def test_anything_is_read_or_reported(content: bytes) -> None:
    """Whatever a file holds, reading never raises; what has no defects has content."""
    document = parse(content, "f.yaml")
    assert document.defects or document.places.values
    assert {found.place.path for found in document.defects} <= {"f.yaml"}
