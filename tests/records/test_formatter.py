"""Tests of the canonical form."""

import random
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from helpers import mini
from helpers import strategies as s
from helpers.command import run
from helpers.each import each
from helpers.file_of import file_of
from interpol_dataset.records.document import KINDS, Kind, Records, parse
from interpol_dataset.records.folder import record_files
from interpol_dataset.records.formatter import modeline, reformat

CASE = next(kind for kind in KINDS if kind.name == "case")
METRICS = next(kind for kind in KINDS if kind.name == "metrics")

#: Texts that mean something else, or nothing, without quotes.
HARD = (
    *s.AWKWARD,
    *("true", "1.5", "-0", "0.10", "1_000", "0x1F", "0o7", "+1", ".5", "1.", ".inf", ".nan", "="),
    *("<<", "---", "...", "?", "? x", ":", ": x", "x:", "-", "-x", "#", "# x", "x #y", "x#y"),
    *("", " ", " x", "x ", "x\ty", "x\ny", "x\n", "\n", "\r\n", "\\", '"', "'", "''", "it's"),
    *("\x00", "\x07", "\x1b[0m", "\x7f", "\x85", "\u2028", "\u2029", "\ufffe", "\uffff", "\ufeff"),
    *("a: b", "https://a.b/c?d=e#f", "{", "]", ",", "a,b", "x" * 300, "word " * 50 + "end"),
    *("two  spaces " * 20 + "end", "# hash " * 30 + "end", "- dash " * 30 + "end", "\U0001f600"),
)


def content(data: Any) -> Any:
    """Leave out of some data what says nothing: what is null or an empty list."""
    if isinstance(data, dict):
        return {
            key: content(value) for key, value in data.items() if value is not None and value != []
        }
    return [content(item) for item in data] if isinstance(data, list) else data


def again(kind: Kind, text: str) -> tuple[str, Any]:
    """Return a text in canonical form, and its data."""
    document = parse(text.encode(), "record.yaml")
    assert document.defects == ()
    written = reformat(kind, document)
    reread = parse(written.encode(), "again.yaml")
    assert reread.defects == ()
    assert content(document.data) == content(reread.data)
    return written, reread.data


def test_own_records(root: Path) -> None:
    """Every file of the project keeps its data, and is canonical after one time."""
    files = list(record_files(root / "data" / "records"))
    for kind, path in random.Random(7).sample(files, min(300, len(files))):  # noqa: S311  # no secret
        written, _ = again(kind, path.read_text("utf-8"))
        assert written == again(kind, written)[0], path


def files(root: Path) -> list[tuple[Kind, Path]]:
    """Return the record files of a project."""
    return list(record_files(root / "data" / "records"))


@given(s.record_sets())
def test_generated_records(records: Records) -> None:
    """Any record keeps its data; what is canonical stays as it is."""
    for kind in KINDS:
        for record in getattr(records, kind.table):
            data = record.model_dump(mode="json", exclude_defaults=True)
            text = file_of(kind, data if kind.folder else [data])
            assert text == again(kind, text)[0]


@each("text", HARD)
def test_hard_texts(text: str) -> None:
    """A text is the same text, at the top, in a list, and on one line with others."""
    data = {
        "id": "x",
        "name": text,
        "aliases": [text],
        "relations": [{"type": text, "note": text}],
        "reports": [{"source": text, "period": {"at": text}}],
        "new": {"deep": [[text]]},
    }
    written = file_of(CASE, data)

    assert data == again(CASE, written)[1]
    assert written == again(CASE, written)[0]


@each("key", [key for key in HARD if len(key) < 200])
def test_hard_keys(key: str) -> None:
    """A key is the same key, at the top and on one line with others."""
    data = {"id": "x", key: "y", "iccs": {key: 1}}
    assert data == again(CASE, file_of(CASE, data))[1]


@each("value", [0, -1, 10**17, 1.5, -0.25, 0.00001, 1e-15, 123456789.125, True, False])
def test_numbers(value: float) -> None:
    """A number is the same number, without an exponent."""
    written, data = again(CASE, file_of(CASE, {"id": value}))
    assert (value, type(value)) == (data["id"], type(data["id"]))
    assert "e-" not in written.partition("\n")[2]


@each(
    "text",
    [
        *("reports: [null]", "reports: [{}]", "reports: [5, [x]]", "reports: {a: b}"),
        *("reports: x", "relations: [null, x, [y]]", "categories: {a: [b]}", "summary: [x]"),
        *("{}", "'id': null", "what: {is: {this: [{deep: 1}]}}"),
    ],
)
def test_wrong_shapes(text: str) -> None:
    """A record of the wrong shape loses nothing, and can be written."""
    written, _ = again(CASE, text)
    assert written == again(CASE, written)[0]


@given(
    st.dictionaries(s.lines() | st.sampled_from(["id", "reports", "prefer"]), s.json_values()),
    st.lists(s.json_values(), max_size=3),
)
def test_anything(data: dict[str, Any], items: list[Any]) -> None:
    """Whatever is in a record, or in a list of them, its canonical form says the same."""
    for kind, given_ in ((CASE, data), (METRICS, items)):
        written, read = again(kind, file_of(kind, given_))
        assert again(kind, written)[0] == written
        assert content(read) == content(given_)


def test_order_and_lines() -> None:
    """Fields are in the model's order, statements on one line, long texts folded."""
    report = "reports:\n- period:\n    at: lead\n    value: '2022'\n  source: x"
    written, _ = again(CASE, f"{report}\nid: y\nsummary: {'word ' * 30}end")
    lines = written.splitlines()
    assert [modeline(CASE), "id: y", "summary: >-"] == lines[:3]
    assert lines[-3:] == ["reports:", "  - source: x", "    period: {value: '2022', at: lead}"]
    assert max(map(len, lines)) <= 100


def test_the_command(project: Path) -> None:
    """It names what is not canonical, writes it only if asked, and leaves what records mean."""
    contents = {path: path.read_bytes() for _, path in files(project)}
    meant = {path: parse(path.read_bytes(), "").data for _, path in files(project)}
    checked = run("fmt", "--check", "--root", project)

    assert checked.code == 1
    assert f"not canonical: {project}/data/records/cases/alpha-ii.yaml\n" in checked.out
    assert {path: path.read_bytes() for _, path in files(project)} == contents
    assert run("fmt", "--root", project).code == 0
    assert run("fmt", "--check", "--root", project)[:2] == (0, "everything is canonical\n")
    assert {path: parse(path.read_bytes(), "").data for _, path in files(project)} == meant


def test_only_files_that_are_named(project: Path) -> None:
    """With names, other files are left alone."""
    first, second = (
        project / "data" / "records" / "cases" / f"alpha-{x}.yaml" for x in ("i", "ii")
    )
    outcome = run("fmt", first, "--root", project)

    assert (0, f"wrote: {first}\n") == outcome[:2]
    assert mini.FILES["cases/alpha-i.yaml"] != first.read_text("utf-8")
    assert mini.FILES["cases/alpha-ii.yaml"] == second.read_text("utf-8")
    assert run("fmt", project / "nope.yaml", "--root", project).code == 2


@each(
    "damage", [b"", b"\xff\xfe", b"id: [", b"a: 1\na: 2\n", b"- x\n", b"x\n", b"a: &b c\n", b"\0"]
)
def test_unreadable_files_are_left_alone(tmp_path: Path, damage: bytes) -> None:
    """What can't be read is named and not written, and does no harm to the others."""
    project = mini.write(tmp_path)
    path = project / "data" / "records" / "cases" / "alpha-i.yaml"
    path.write_bytes(damage)
    outcome = run("fmt", "--root", project)
    assert (outcome.code, path.read_bytes()) == (1, damage)
    assert "alpha-ii.yaml" in outcome.out
    assert f"can't be read: {path}" in outcome.out


def test_only_records_are_formatted(project: Path, tmp_path: Path) -> None:
    """Where there are no records, or a file is none, nothing is called canonical."""
    stranger = tmp_path / "notes.yaml"
    stranger.write_text("a: 1\n", "utf-8")
    for arguments in (["--root", tmp_path / "nowhere"], [stranger, "--root", project]):
        outcome = run("fmt", "--check", *arguments)
        assert (outcome.code, outcome.out) == (2, "")
        assert "data/records" in outcome.err


def test_unknown_fields_are_kept(project: Path) -> None:
    """A field that no model knows is left for 'validate' to find, even without a value."""
    path = mini.change(project, "cases/alpha-i.yaml", "value: ~20,", "value: 1,300,")
    path.write_text(f"{path.read_text('utf-8')}foo:\n", "utf-8")
    run("fmt", "--root", project)
    after: Any = parse(path.read_bytes(), "alpha-i.yaml").data

    assert (after["reports"][0]["outcomes"][0]) == {
        "metric": "arrests",
        "value": 1,
        "300": None,
        "at": "last paragraph",
    }
    assert "foo" in after
