"""Tests of the law that no comment is lost."""

from collections import Counter
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from helpers import mini
from helpers import strategies as s
from helpers.each import each
from helpers.file_of import file_of
from interpol_dataset.records.document import (
    KINDS,
    Comment,
    Document,
    Kind,
    Records,
    find_comments,
    moved,
    parse,
)
from interpol_dataset.records.folder import record_files
from interpol_dataset.records.formatter import reformat

ROOT = Path(__file__).parents[2]
FILES = [
    (kind, path.read_text("utf-8"))
    for kind in KINDS
    for path in [path for own, path in record_files(ROOT / "data" / "records") if own is kind][:3]
]
SMALL = [
    (kind, text)
    for kind in KINDS
    for name, text in mini.FILES.items()
    if kind.table in {name.partition("/")[0], name.partition(".")[0]}
]
CASE = next(kind for kind in KINDS if kind.name == "case")


def read(text: str) -> Document:
    """Read a text that nothing is wrong with."""
    document = parse(text.encode(), "record.yaml")
    assert document.defects == ()
    return document


def texts(document: Document) -> Counter[str]:
    """Count the comments of a file; several behind one value differ by their hashes."""
    return Counter(
        f"#{part}".rstrip()
        for comment in find_comments(document)
        if not comment.text.startswith("# yaml-language-server")
        for part in comment.text[1:].split("  #")
    )


def check(kind: Kind, text: str) -> None:
    """Check that no comment is lost or made, and that doing it twice changes nothing more."""
    document = read(text)
    written = reformat(kind, document)
    reread = read(written)
    assert texts(document) == texts(reread)
    assert written == reformat(kind, reread)


def sprinkled(data: DataObject, text: str) -> str:
    """Write comments on lines of their own, and behind values, wherever YAML lets them be."""
    data_before = read(text).data
    lines = text.splitlines()
    for number in range(data.draw(st.integers(1, 8), label="comments")):
        index = data.draw(st.integers(0, len(lines)), label="line")
        word = data.draw(st.sampled_from(["x", "it's", 'a "b"', "{x: [y]}", "- z", "ü: ö"]))
        comment = f"# {number} {word}"
        if index < len(lines) and data.draw(st.booleans(), label="behind"):
            changed = [*lines[:index], f"{lines[index]}  {comment}", *lines[index + 1 :]]
        else:
            indent = " " * data.draw(st.integers(0, 8), label="indent")
            changed = [*lines[:index], indent + comment, *lines[index:]]
        document = parse("\n".join([*changed, ""]).encode(), "x")
        # Within a text it would be a part of it, or break the text.
        if not document.defects and document.data == data_before:
            lines = changed

    return "\n".join([*lines, ""])


@given(st.data())
def test_own_records_keep_comments(data: DataObject) -> None:
    """Comments anywhere in real records are kept, each as often as it stood there."""
    kind, text = data.draw(st.sampled_from(FILES + SMALL))
    check(kind, sprinkled(data, text))


@given(s.record_sets(), st.data())
def test_generated_records_keep_comments(records: Records, data: DataObject) -> None:
    """Comments anywhere in generated records are kept."""
    kind = data.draw(st.sampled_from([kind for kind in KINDS if getattr(records, kind.table)]))
    record = data.draw(st.sampled_from(getattr(records, kind.table)))
    plain = record.model_dump(mode="json", exclude_defaults=True)
    check(kind, sprinkled(data, file_of(kind, plain if kind.folder else [plain])))


@each(
    "text, expected",
    [
        ("# top\nid: a\n", "# top\nid: a\n"),
        ("id: a # behind\n", "id: a  # behind\n"),
        ("id: a\n# end\n", "id: a\n# end\n"),
        ("name: b\n# of a\nid: a\n", "# of a\nid: a\nname: b\n"),
        ("id: 'a # no'\n", "id: 'a # no'\n"),
        ("id: a#no\n", "id: a#no\n"),
        ("id: a\nname: long\n  text # its\n", "id: a\nname: long text  # its\n"),
        (
            "id: a\nsummary: >- # its\n  a\n  # no\n# end\n",
            "id: a\nsummary: 'a # no'  # its\n# end\n",
        ),
        (
            "reports:\n# one\n- source: a # two\n  # three\n  period: {at: b} # four\n",
            "reports:\n  # one\n  - source: a  # two\n    # three\n    period: {at: b}  # four\n",
        ),
        ("prefer:\n- {at: b, # one\n  fact: c}\n", "prefer:\n  - {fact: c, at: b}  # one\n"),
        (
            "categories: [a, # one\n  b # two\n  ] # three\n",
            "categories: [a, b]  # one  # two  # three\n",
        ),
        ("id: a\nseries: null # why not\n", "id: a\n# why not\n"),
        ("id: a\naliases: [] # none\n", "id: a\n# none\n"),
    ],
)
def test_comments_stay_with_their_values(text: str, expected: str) -> None:
    """A comment on a line of its own stays above what came next, others behind their value."""
    assert expected == reformat(CASE, read(text)).partition("\n")[2]


def test_hashes_in_texts_are_no_comments() -> None:
    """Whatever a text holds is not taken for a comment."""
    for text in ("a #b", "#", "# x", "x\n# y", "x " * 60 + "# y " * 40):
        document = read(file_of(CASE, {"id": text, "summary": text, "aliases": [text]}))
        assert len(list(find_comments(document))) == 1


@each(
    "path, expected",
    [
        (("prefer", 0), ("prefer", 0)),
        (("prefer", 1), ("prefer",)),
        (("prefer", 1, "fact"), ("prefer",)),
        (("prefer", 2, "fact"), ("prefer", 1, "fact")),
        (("prefer", 4), ("prefer", 2)),
        (("reports", 4), ("reports", 4)),
        (("gone",), None),
        (None, None),
    ],
)
def test_moved(path: tuple[str | int, ...] | None, expected: tuple[str | int, ...] | None) -> None:
    """A comment follows an item that moves up, and stays around one that goes."""
    gone = {("prefer", 1), ("prefer", 3), ("gone",)}
    assert expected == moved(Comment("# x", path, is_trailing=True), gone).path
