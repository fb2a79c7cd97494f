"""Files as they come: compressed, encoded, cut into blocks, damaged."""

import gzip
import json
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from interpol_dataset.tablecheck import TableCheckError, TableFile, TableReport, validate_table
from interpol_dataset.tablecheck import faults as limits

Found = set[tuple[int, str, str]]


def found_in(report: TableReport) -> Found:
    """Return the row, field and fault of each finding."""
    return {(row["row"], row["field"], row["fault"]) for row in report.findings.to_pylist()}


SCHEMA: dict[str, Any] = {
    "fields": [
        {"name": "id", "constraints": {"required": True}},
        {"name": "n", "type": "integer", "constraints": {"minimum": 0}},
        {"name": "t", "type": "string"},
    ],
    "primaryKey": "id",
}
CONTENT = 'id,n,t\na,1,"x\ny"\nb,-2,z\na,3,\n,4,q\n'
EXPECTED = {
    (2, "n", "minimum"),
    (3, "id", "primary-key"),
    (4, "id", "primary-key"),
    (4, "id", "required"),
}


def test_what_changes_nothing(check_text: Callable[..., Found]) -> None:
    """A byte order mark, Windows line ends, no last line end and gzip make no difference."""
    for content in ("\ufeff" + CONTENT, CONTENT.replace("\n", "\r\n"), CONTENT[:-1]):
        assert check_text(content, SCHEMA) == EXPECTED
    assert check_text(gzip.compress(CONTENT.encode()), SCHEMA, "t.csv.gz") == EXPECTED


def test_json_that_is_nested_deep(check_text: Callable[..., Found]) -> None:
    """An object that is nested too deep to be written again is one fault; a flat one is none."""
    schema = {"fields": [{"name": "a", "type": "any"}]}
    for member, opening, closing in product(("a", "extra"), ("[", '{"a": '), ("]", "}")):
        if (opening == "[") is (closing == "]"):
            rows = [f'{{"{member}": {opening * n}0{closing * n}}}' for n in (200, 500, 900)]
            rows += ['{"a": [' + ",".join(["[]"] * 500) + "]}"]
            rows += [f'{{"a": {opening * 150}0{closing * 150}}}']
            assert check_text("\n".join(rows), schema, "t.jsonl") == {
                (row, "", "json-syntax") for row in (1, 2, 3)
            }


def test_json_lines(check_text: Callable[..., Found]) -> None:
    """JSON Lines are checked by the same rules, with their native types."""
    lines = [
        {"id": "a", "n": 1, "t": "x\ny"},
        {"id": "b", "n": -2, "t": None},
        {"id": "a", "n": "3"},
        {"n": 4},
        {"id": 5, "n": 1.5, "t": True},
        {"id": "c", "n": True, "extra": 1},
    ]
    content = "\n".join(map(json.dumps, lines)) + '\n\n[1]\n{"id": "d", "id": "e"}\n{"n": NaN}\n'

    assert check_text(content, SCHEMA, "t.jsonl") == EXPECTED | {
        (5, "id", "type"),
        (5, "n", "type"),
        (5, "t", "type"),
        (6, "n", "type"),
        (6, "extra", "extra-cell"),
        (7, "", "blank-row"),
        (8, "", "json-syntax"),
        (9, "", "json-syntax"),
        (10, "", "json-syntax"),
    }


def test_parquet(tmp_path: Path) -> None:
    """Parquet is checked by type and value; of two columns of one name the first is read."""
    table = pa.table(
        {
            "id": ["a", "b", "a", None],
            "n": pa.array([1, -2, 3, 4], pa.int16()),
            "t": pa.array(["x\ny", "z", None, "q"]).dictionary_encode(),
        }
    )
    twice = pa.Table.from_arrays(
        [pa.array(["a"]), pa.array([-1]), pa.array(["b"])], ["id", "n", "id"]
    )
    tables = [
        (table, EXPECTED),
        (twice, {(0, "t", "duplicate-label"), (1, "n", "minimum")}),
        (pa.table({"a": [1, 2]}).select([]), {(0, "", "empty-file")}),
    ]
    for number, (each, expected) in enumerate(tables):
        path = tmp_path / f"{number}.parquet"
        pq.write_table(each, path, row_group_size=2)
        assert found_in(validate_table(path, SCHEMA)) == expected


def test_small_blocks_change_nothing(
    monkeypatch: pytest.MonkeyPatch, check_text: Callable[..., Found]
) -> None:
    """Where a file is cut, even inside quotes, changes nothing."""
    rows = [f'k{number},{number},"a\n""b"", {number}\n\n"' for number in range(50)]
    rows[20] = "k3,-1,x"
    rows[30] = 'k30,1,5" disk'
    rows[31] = 'k31,1,"9"" disk"'
    rows[40] = "k40,1"
    rows[41] = ""
    content = "id,n,t\n" + "\n".join(rows)
    expected = {
        (21, "id", "primary-key"),
        (21, "n", "minimum"),
        (41, "t", "missing-cell"),
        (42, "", "blank-row"),
    }

    assert check_text(content, SCHEMA) == expected
    for size in (40, 57, 64, 100, 333):
        monkeypatch.setattr(limits, "BLOCK", size)
        assert check_text(content, SCHEMA) == expected


def test_bad_utf8_is_found_in_its_row_and_field(check_text: Callable[..., Found]) -> None:
    """Bytes that are not UTF-8 are named by row and field; the other cells are checked."""
    content = b"id,n,t\na,1,\xc3\xa9\nb,-1,\xff\nc,2,x\n"
    assert check_text(content, SCHEMA) == {(2, "t", "encoding"), (2, "n", "minimum")}
    assert (0, "", "encoding") in check_text(b"id,n,\xff\na,1,x\n", SCHEMA)


def test_a_damaged_parent_row_still_counts_as_a_parent(check_text: Callable[..., Found]) -> None:
    """A row with other faults makes no dangling references."""
    fields = [{"name": "id"}, {"name": "of"}, {"name": "n", "type": "integer"}]
    key = {"fields": "of", "reference": {"fields": "id"}}
    found = check_text("id,of,n\na,,x\nb,a,1\nc,a\n", {"fields": fields, "foreignKeys": [key]})
    assert found == {(1, "n", "type"), (3, "n", "missing-cell")}


def test_damaged_files_are_findings(check_text: Callable[..., Found]) -> None:
    """What could be read is checked, and that the rest, or all of it, can't be is a finding."""
    packed = gzip.compress(b"id,n,t\n" + b"a,1,x\n" * 1000)
    assert "unreadable" in {rule for *_, rule in check_text(packed[:-20], SCHEMA, "t.csv.gz")}
    for content in (b"", b"PAR1", b"PAR1" + bytes(100) + b"\xff\xff\xff\x7fPAR1"):
        assert check_text(content, SCHEMA, "t.parquet") == {(1, "", "unreadable")}


def test_findings_beyond_the_limit_are_counted(check_report: Callable[..., TableReport]) -> None:
    """The first findings are kept in order, and all are counted."""
    report = check_report("id,n,t\n" + "".join(f"{n},-1,\n" for n in range(100)), SCHEMA, limit=7)

    assert [row["row"] for row in report.findings.to_pylist()] == [1, 2, 3, 4, 5, 6, 7]
    assert report.counts == (("minimum", 100),)
    assert (report.total, report.omitted, report.rows) == (100, 93, 100)

    first = next(report.describe())
    assert (first.fault, first.row, first.field, first.value) == ("minimum", 1, "n", "-1")
    assert first.message == "the value is below the minimum: '-1'"
    assert report.path.endswith("table.csv")


def test_a_ruined_file_is_given_up(
    monkeypatch: pytest.MonkeyPatch, check_report: Callable[..., TableReport]
) -> None:
    """Reading stops once too many rows are damaged, and says so whatever faults are asked for."""
    monkeypatch.setattr(limits, "MAX_DAMAGED_ROWS", 10)
    monkeypatch.setattr(limits, "BLOCK", 64)
    damage = {"t.csv": "id,n,t\n" + "\n" * 1000, "t.jsonl": '{"id": "a", "extra": 1}\n' * 1000}
    for name, content in damage.items():
        report = check_report(content, SCHEMA, name, faults=frozenset({"type"}))
        assert (report.counts, report.rows < 200) == ((("too-damaged", 1),), True)


def test_a_format_that_is_not_read_is_an_error() -> None:
    """The error says what to do instead."""
    instead = {
        "t.json": "write JSON Lines",
        "t.csv.zst": "compress it with gzip",
        "t.csv.bz2": "compress it with gzip",
        "t.xlsx": r"name it \*\.csv, \*\.jsonl, \*\.parquet",
        "none.csv": r"none\.csv: the file is not there",
    }
    for name, what in instead.items():
        with pytest.raises(TableCheckError, match=what):
            validate_table(name, SCHEMA)


def test_what_nobody_sees_at_the_ends_of_a_text(check_text: Callable[..., Found]) -> None:
    """Zero-width spaces and byte order marks are found, also where Arrow passes over them."""
    schema = {"fields": [{"name": "id"}]}
    files = [("t.csv", "id\n%s\nb\n"), ("t.jsonl", '{"id": "%s"}\n'), ("t.csv", 'id\n"%s"\nb\n\n')]
    for name, content in files:
        for cell in ("a\u200b", "\ufeffa", "\ufeff\ufeffa", "\u2060"):
            assert (1, "id", "unseen") in check_text(content % cell, schema, name), (content, cell)
        assert check_text(content % "ក\u200bខ", schema, name) <= {(3, "", "blank-row")}
    # One mark is dropped; the second belongs to the name of the first column.
    assert (0, "id", "incorrect-label") in check_text(f"\ufeff\ufeff{CONTENT}", SCHEMA)
    assert check_text('\ufeff\ufeff{"id": "a"}', SCHEMA, "t.jsonl") == {(1, "", "json-syntax")}


def test_blank_lines_of_all_systems(check_text: Callable[..., Found]) -> None:
    """A blank line is one, however lines end; a break in quotes is none."""
    for end in ("\n", "\r\n", "\r"):
        rows = ["id,n,t", "a,1,x", "", f'b,2,"y{end}{end}z"', "", "c,-1,"]
        assert check_text(end.join(rows), SCHEMA) == {
            (2, "", "blank-row"),
            (4, "", "blank-row"),
            (5, "n", "minimum"),
        }


def test_a_delimiter(tmp_path: Path) -> None:
    """A file with another delimiter is read."""
    (tmp_path / "t.csv").write_text('id;n;t\na;1;"x;é"\nb;-1;€\n', encoding="utf-8")
    report = validate_table(TableFile(tmp_path / "t.csv", "csv", ";"), SCHEMA)
    assert found_in(report) == {(2, "n", "minimum")}


@pytest.mark.parametrize("error", [MemoryError, pa.ArrowMemoryError])
def test_a_lack_of_memory_is_an_error(
    error: type[Exception], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is no fault of the file, and the error names which file it was."""

    def fail(*_: object, **__: object) -> None:
        raise error

    (tmp_path / "t.csv").write_text(CONTENT, encoding="utf-8")
    pq.write_table(pa.table({"id": ["a"]}), tmp_path / "t.parquet")
    monkeypatch.setattr("interpol_dataset.tablecheck.files.parse_csv", fail)
    monkeypatch.setattr("interpol_dataset.tablecheck.parquet.read_footer", fail)
    for name in ("t.csv", "t.parquet"):
        with pytest.raises(TableCheckError, match="not enough memory") as caught:
            validate_table(tmp_path / name, SCHEMA)
        assert str(tmp_path / name) == caught.value.where


def test_foreign_keys_against_tables_at_hand(tmp_path: Path) -> None:
    """References are looked up in Arrow tables that are given, by value."""
    key = {"fields": "n", "reference": {"resource": "other", "fields": "id"}}
    schema = {"fields": [{"name": "n", "type": "integer"}], "foreignKeys": [key]}
    path = tmp_path / "t.csv"
    path.write_text('n\n+1\n2\n""\n', encoding="utf-8")
    report = validate_table(path, schema, references={"other": pa.table({"id": [1, 3]})})

    assert found_in(report) == {(2, "n", "foreign-key")}
    assert found_in(validate_table(path, schema)) == set()
    for references in ({}, {"other": pa.table({"n": [1]})}):
        with pytest.raises(TableCheckError, match="other"):
            validate_table(path, schema, references=references)


def test_a_table_is_its_own_parent_by_its_name_only(tmp_path: Path) -> None:
    """A file that is named like another table does not stand for it."""
    key = {"fields": "of", "reference": {"resource": "parents", "fields": "id"}}
    schema = {"fields": [{"name": "id"}, {"name": "of"}], "foreignKeys": [key]}
    path = tmp_path / "parents.csv"
    path.write_text("id,of\n1,a\n2,z\n", encoding="utf-8")
    parents = {"parents": pa.table({"id": ["a"]})}

    for name, rows in (("", {2}), ("children", {2}), ("parents", {1, 2})):
        report = validate_table(path, schema, name=name, references=parents)
        assert found_in(report) == {(row, "of", "foreign-key") for row in rows}


def test_rules_are_chosen_before_findings_are_counted(tmp_path: Path) -> None:
    """However many findings there are of other rules, those that are asked for are kept."""
    path = tmp_path / "t.csv"
    path.write_text("id,n,t\n" + "a,x,\n" * 50 + "b,-1,\n", encoding="utf-8")
    report = validate_table(path, SCHEMA, limit=10, faults=frozenset({"minimum"}))
    assert found_in(report) == {(51, "n", "minimum")}
    assert (report.total, report.omitted) == (1, 0)


def test_what_is_no_text_is_one_fault(check_report: Callable[..., TableReport]) -> None:
    """A file of another kind is named as such, and its rows are not held against the schema."""
    files = {
        CONTENT.encode("utf-16"): "encoding",
        b"PK\x03\x04" + bytes(1000): "unreadable",
        gzip.compress(CONTENT.encode(), mtime=0): "unreadable",
    }
    for rows in (0, 10):
        out = pa.BufferOutputStream()
        pq.write_table(pa.table({"id": pa.array(["a"] * rows, pa.string())}), out)
        files[out.getvalue().to_pybytes()] = "unreadable"

    assert [{(1, "", rule)} for rule in files.values()] == [
        found_in(check_report(content, SCHEMA)) for content in files
    ]


def test_a_header_that_begins_as_parquet_does(check_text: Callable[..., Found]) -> None:
    """A column may be called as the magic number of Parquet is, and so may the last cell."""
    schema = {"fields": [{"name": "PAR1"}, {"name": "PAR2"}]}
    assert set() == check_text("PAR1,PAR2\na,PAR1", schema)
    assert set() == check_text("PAR1,PAR2\na,PAR1\n", schema)
