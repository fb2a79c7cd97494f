"""Files as they come: compressed, encoded, cut into blocks, damaged."""

from __future__ import annotations

import bz2
import gzip
import json
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from interpol_dataset.tablecheck import (
    Dialect,
    TableCheckError,
    TableFiles,
    limits,
    parse_dialect,
    parse_schema,
    validate_table,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from interpol_dataset.tablecheck import TableReport

Found = set[tuple[int, str, str]]

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


def found_in(report: TableReport) -> Found:
    """Return the row, field and fault of each finding."""
    return {(row["row"], row["field"], row["fault"]) for row in report.findings.to_pylist()}


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("t.csv", bytes),
        ("t.csv.gz", gzip.compress),
        ("t.csv.bz2", bz2.compress),
        ("t.csv.zst", lambda data: pa.compress(data, codec="zstd", asbytes=True)),
    ],
)
def test_compressed_files(
    name: str, pack: Callable[[bytes], bytes], check_text: Callable[..., Found]
) -> None:
    """A compressed file is found to have the same faults."""
    assert check_text(pack(CONTENT.encode()), SCHEMA, name) == EXPECTED


@pytest.mark.parametrize(
    "content", ["\ufeff" + CONTENT, CONTENT.replace("\n", "\r\n"), CONTENT[:-1]]
)
def test_byte_order_mark_and_line_ends(content: str, check_text: Callable[..., Found]) -> None:
    """A byte order mark, Windows line ends and a missing last line end change nothing."""
    assert check_text(content, SCHEMA) == EXPECTED


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


def test_json_array(check_text: Callable[..., Found]) -> None:
    """One array of objects is checked as JSON Lines are, row by row."""
    rows = [
        {"id": "a", "n": 1, "t": "x\ny"},
        {"id": "b", "n": -2, "t": None},
        {"id": "a", "n": "3"},
        {"n": 4},
        [1],
        "text",
        {"id": 5, "n": 1.5, "t": True},
        {"id": "c", "n": True, "extra": 1},
    ]
    content = json.dumps(rows, indent=1)
    content = content.removesuffix("]") + ', {"id": "d", "id": "e"}, {"n": {"x": NaN}} ]\n'

    for text in (content, "\ufeff" + content, content.replace("\n", "")):
        assert check_text(text, SCHEMA, "t.json") == EXPECTED | {
            (5, "", "json-syntax"),
            (6, "", "json-syntax"),
            (7, "id", "type"),
            (7, "n", "type"),
            (7, "t", "type"),
            (8, "n", "type"),
            (8, "extra", "extra-cell"),
            (9, "", "json-syntax"),
            (10, "", "json-syntax"),
        }
    assert check_text(gzip.compress(content.encode()), SCHEMA, "t.json.gz") >= EXPECTED
    assert check_text("[]", SCHEMA, "t.json") == set()


@pytest.mark.parametrize("name", ["t.jsonl", "t.json"])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a": ', "}")])
@pytest.mark.parametrize("member", ["a", "extra"])
def test_json_that_is_nested_deep(
    name: str, opening: str, closing: str, member: str, check_text: Callable[..., Found]
) -> None:
    """An object that is nested too deep to be written again is one fault; a flat one is none."""
    schema = {"fields": [{"name": "a", "type": "any"}]}
    rows = [f'{{"{member}": {opening * depth}0{closing * depth}}}' for depth in (200, 500, 900)]
    rows += ['{"a": [' + ",".join(["[]"] * 500) + "]}", f'{{"a": {opening * 150}0{closing * 150}}}']
    content = f"[{','.join(rows)}]" if name == "t.json" else "\n".join(rows)

    assert check_text(content, schema, name) == {(row, "", "json-syntax") for row in (1, 2, 3)}


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("", "empty-file"),
        (" ", "empty-file"),
        ('{"id": "a"}', "json-array"),
        ('[{"id": "a"}', "json-array"),
        ('[{"id": "a"},]', "json-array"),
        ('[{"id": "a"} {"id": "b"}]', "json-array"),
        ('[{"id": "a"}] x', "json-array"),
        ('[{"id": "a"}, tru]', "json-array"),
        ('[{"id": "a"}, ' + "[" * 100_000, "json-array"),
        (b'[{"id": "\xff"}]', "encoding"),
    ],
)
def test_a_broken_json_array_is_one_fault(
    content: str | bytes, fault: str, check_report: Callable[..., TableReport]
) -> None:
    """A file that is not one whole array is one finding, and none of its rows is checked."""
    report = check_report(content, SCHEMA, "t.json")

    assert {(1, "", fault)} == found_in(report)
    assert 0 == report.rows


def test_json_array_in_parts(
    monkeypatch: pytest.MonkeyPatch, check_text: Callable[..., Found]
) -> None:
    """Rows are counted through all parts of a long array."""
    monkeypatch.setattr(limits, "JSON_ROWS", 3)
    rows = [{"id": str(number), "n": -1 if number == 7 else 1} for number in range(9)]

    assert {(8, "n", "minimum")} == check_text(json.dumps(rows), SCHEMA, "t.json")


def test_json_array_too_large(
    monkeypatch: pytest.MonkeyPatch, check_text: Callable[..., Found]
) -> None:
    """An array that would fill the memory is not read."""
    monkeypatch.setattr(limits, "MAX_JSON_ARRAY", 10)

    assert check_text('[{"id": "a"}]', SCHEMA, "t.json") == {(1, "", "too-large")}


def test_parquet(tmp_path: Path) -> None:
    """Parquet is checked by type and value."""
    table = pa.table(
        {
            "id": ["a", "b", "a", None],
            "n": pa.array([1, -2, 3, 4], pa.int16()),
            "t": pa.array(["x\ny", "z", None, "q"]).dictionary_encode(),
        }
    )
    pq.write_table(table, tmp_path / "t.parquet", row_group_size=2)

    assert found_in(validate_table(tmp_path / "t.parquet", SCHEMA)) == EXPECTED


@pytest.mark.parametrize("match", ["exact", "equal", "subset", "superset", "partial"])
def test_parquet_files_with_columns_in_another_order(match: str, tmp_path: Path) -> None:
    """The columns of a later file are found by name, and what it has more or less is told."""
    tables = [
        {"id": [1], "s": ["x"]},
        {"s": ["y"], "id": [3]},
        {"s": ["1"], "id": [1], "more": [0]},
        {"s": ["z"]},
    ]
    for number, table in enumerate(tables):
        pq.write_table(pa.table(table), tmp_path / f"{number}.parquet")
    schema = {
        "fields": [{"name": "id", "type": "integer"}, {"name": "s"}],
        "primaryKey": "id",
        "fieldsMatch": match,
    }
    source = TableFiles(tuple(tmp_path / f"{number}.parquet" for number in range(4)), "parquet")
    report = validate_table(source, schema)
    extra = set() if match in {"subset", "partial"} else {("", "extra-label")}

    assert {(3, "id", "primary-key")} == {item for item in found_in(report) if item[0] > 0}
    assert {("id", "missing-label")} | extra == {
        item[1:] for item in found_in(report) if item[0] <= 0
    }
    assert 4 == report.rows


def test_parquet_files_whose_columns_are_misnamed_alike(tmp_path: Path) -> None:
    """A wrong name is told once, and means the same field in each file."""
    pq.write_table(pa.table({"ID": ["a"], "n": [1], "t": ["x"]}), tmp_path / "1.parquet")
    pq.write_table(pa.table({"n": [-2], "t": ["x"], "ID": ["a"]}), tmp_path / "2.parquet")
    source = TableFiles((tmp_path / "1.parquet", tmp_path / "2.parquet"), "parquet")

    assert found_in(validate_table(source, SCHEMA)) == {
        (0, "id", "incorrect-label"),
        (2, "id", "primary-key"),
        (2, "n", "minimum"),
    }


@pytest.mark.parametrize("format_", ["parquet", "jsonl"])
def test_a_field_without_a_word_for_false(format_: str, tmp_path: Path) -> None:
    """Where no text means false, false is no value of the field."""
    path = tmp_path / f"t.{format_}"
    if format_ == "parquet":
        pq.write_table(pa.table({"b": [True, False]}), path)
    else:
        path.write_text('{"b": true}\n{"b": false}\n', encoding="utf-8")
    own = {"trueValues": ["yes"], "falseValues": [], "constraints": {"enum": ["yes"]}}

    assert found_in(
        validate_table(path, {"fields": [{"name": "b", "type": "boolean", **own}]})
    ) == {(2, "b", "type")}


def test_parquet_with_two_columns_of_one_name(tmp_path: Path) -> None:
    """A name that is there twice is a finding, and its first column is read."""
    columns = [pa.array(["a"]), pa.array([-1]), pa.array(["x"]), pa.array(["b"])]
    table = pa.Table.from_arrays(columns, names=["id", "n", "t", "id"])
    pq.write_table(table, tmp_path / "t.parquet")
    report = validate_table(tmp_path / "t.parquet", {**SCHEMA, "fieldsMatch": "equal"})

    assert found_in(report) == {(0, "id", "duplicate-label"), (1, "n", "minimum")}


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


def test_bad_utf8_in_the_header(check_text: Callable[..., Found]) -> None:
    """A header that is not UTF-8 is a fault of the file."""
    assert (0, "", "encoding") in check_text(b"id,n,\xff\na,1,x\n", SCHEMA)


def test_a_damaged_parent_row_still_counts_as_a_parent(check_text: Callable[..., Found]) -> None:
    """A row with other faults makes no dangling references."""
    schema = {
        "fields": [{"name": "id"}, {"name": "of"}, {"name": "n", "type": "integer"}],
        "foreignKeys": [{"fields": "of", "reference": {"fields": "id"}}],
    }

    assert check_text("id,of,n\na,,x\nb,a,1\nc,a\n", schema) == {
        (1, "n", "type"),
        (3, "n", "missing-cell"),
    }


def test_truncated_compression_is_a_finding(check_text: Callable[..., Found]) -> None:
    """What could be read is checked; that the rest can't be is a finding."""
    packed = gzip.compress(b"id,n,t\n" + b"a,1,x\n" * 1000)

    found = check_text(packed[:-20], SCHEMA, "t.csv.gz")
    assert any(rule == "unreadable" for _, _, rule in found)


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" + bytes(100) + b"\xff\xff\xff\x7fPAR1"])
def test_damaged_parquet_is_a_finding(content: bytes, check_text: Callable[..., Found]) -> None:
    """A file that is no Parquet is a finding, not a crash."""
    assert check_text(content, SCHEMA, "t.parquet") == {(1, "", "unreadable")}


def test_findings_beyond_the_limit_are_counted(check_report: Callable[..., TableReport]) -> None:
    """The first findings are kept in order, and all are counted."""
    report = check_report("id,n,t\n" + "".join(f"{n},-1,\n" for n in range(100)), SCHEMA, limit=7)

    assert [row["row"] for row in report.findings.to_pylist()] == [1, 2, 3, 4, 5, 6, 7]
    assert report.counts == (("minimum", 100),)
    assert (report.total, report.omitted, report.rows) == (100, 93, 100)


def test_a_ruined_file_is_given_up(
    monkeypatch: pytest.MonkeyPatch, check_report: Callable[..., TableReport]
) -> None:
    """Reading stops once too many rows are damaged, and says so."""
    monkeypatch.setattr(limits, "MAX_DAMAGED_ROWS", 10)
    monkeypatch.setattr(limits, "BLOCK", 64)
    report = check_report("id,n,t\n" + "x\n" * 1000, SCHEMA)

    assert dict(report.counts)["too-damaged"] == 1
    assert report.rows < 200


@pytest.mark.parametrize(
    ("name", "damage"), [("t.csv", "\n"), ("t.jsonl", '{"id": "a", "extra": 1}\n')]
)
def test_a_ruined_file_is_given_up_whatever_rules_are_chosen(
    name: str,
    damage: str,
    monkeypatch: pytest.MonkeyPatch,
    check_report: Callable[..., TableReport],
) -> None:
    """That the rows below were not read is said, though the damage is of no chosen rule."""
    monkeypatch.setattr(limits, "MAX_DAMAGED_ROWS", 10)
    content = ("id,n,t\n" if name == "t.csv" else "") + damage * 1000
    report = check_report(content, SCHEMA, name, faults=frozenset({"type"}))

    assert report.counts == (("too-damaged", 1),)


def test_dialect(tmp_path: Path) -> None:
    """A file with another delimiter and quote, without a header, in another encoding, is read."""
    path = tmp_path / "t.csv"
    path.write_bytes("a;1;'x;é'\nb;-1;''''\n".encode("latin-1"))
    dialect = parse_dialect(
        {"delimiter": ";", "quoteChar": "'", "header": False}, encoding="latin-1"
    )

    assert found_in(validate_table(TableFiles((path,), "csv", dialect), SCHEMA)) == {
        (2, "n", "minimum")
    }


def test_escaped_quotes(tmp_path: Path) -> None:
    """A dialect that escapes quotes instead of doubling them is read."""
    path = tmp_path / "t.csv"
    path.write_text('id,n,t\na,1,"x\\"\ny"\nb,-1,z\n', encoding="utf-8")
    dialect = Dialect(escape="\\", doubled=False)

    assert found_in(validate_table(TableFiles((path,), "csv", dialect), SCHEMA)) == {
        (2, "n", "minimum")
    }


def test_a_dialect_that_is_not_supported_is_refused() -> None:
    """An option that can't be honoured is an error, not ignored."""
    with pytest.raises(TableCheckError, match="commentChar"):
        parse_dialect({"commentChar": "#"})


@pytest.mark.parametrize("size", [8, 1 << 20])
def test_spaces_behind_delimiters(
    size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a dialect says so, spaces before a cell are no part of it, quoted or not."""
    monkeypatch.setattr(limits, "BLOCK", size)
    path = tmp_path / "t.csv"
    path.write_text('id, n, t\na, 1, "x\n, y"\nb,  -2,z\n a,3,\n, 4,  \n', encoding="utf-8")
    schema = {**SCHEMA, "fields": [*SCHEMA["fields"][:2], {"name": "t", "constraints": {}}]}
    dialect = parse_dialect({"skipInitialSpace": True})
    report = validate_table(TableFiles((path,), "csv", dialect), schema)

    assert (found_in(report), report.rows) == (EXPECTED, 4)
    # Without it, the spaces belong to the cells, and to the names of the columns.
    assert ("n", "incorrect-label") in {
        (name, rule) for _, name, rule in found_in(validate_table(path, schema))
    }


@pytest.mark.parametrize("option", ["caseSensitiveHeader", "headerCase"])
def test_capitals_in_a_header(option: str, tmp_path: Path) -> None:
    """Where a dialect says so, a column is found whether its name is in capitals or not."""
    path = tmp_path / "t.csv"
    path.write_text(CONTENT.replace("id,n,t", "ID,n,T"), encoding="utf-8")
    dialects = [parse_dialect({option: value}) for value in (False, True)]
    loose, strict = (validate_table(TableFiles((path,), "csv", each), SCHEMA) for each in dialects)

    assert found_in(loose) == EXPECTED
    assert found_in(strict) == EXPECTED | {
        (0, "id", "incorrect-label"),
        (0, "t", "incorrect-label"),
    }


def test_capitals_in_the_headers_of_several_files(tmp_path: Path) -> None:
    """Where a dialect says so, a header that is repeated in capitals is no row."""
    (tmp_path / "1.csv").write_text("id,n,t\na,1,\n", encoding="utf-8")
    (tmp_path / "2.csv").write_text("ID,N,T\nb,-1,\n", encoding="utf-8")
    paths = (tmp_path / "1.csv", tmp_path / "2.csv")
    report = validate_table(TableFiles(paths, "csv", Dialect(any_case=True)), SCHEMA)

    assert (found_in(report), report.rows) == ({(2, "n", "minimum")}, 2)


@pytest.mark.parametrize(
    ("match", "header", "found"),
    [
        ("exact", "Id,id", set()),
        ("equal", "id,Id", set()),
    ],
)
def test_fields_that_differ_by_capitals_alone(
    match: str, header: str, found: Found, tmp_path: Path
) -> None:
    """A label that is exactly a field's name is that field's, whatever the dialect says."""
    path = tmp_path / "t.csv"
    path.write_text(f"{header}\n", encoding="utf-8")
    schema = {"fields": [{"name": "Id"}, {"name": "id"}], "fieldsMatch": match}
    source = TableFiles((path,), "csv", Dialect(any_case=True))

    assert found_in(validate_table(source, schema)) == found


def test_several_files_make_one_table(tmp_path: Path) -> None:
    """Rows go on from one file to the next; a header may be repeated."""
    for name, content in (
        ("1.csv", "id,n,t\na,1,\n"),
        ("2.csv", "id,n,t\na,2,\n"),
        ("3.csv", "c,-1,\n"),
    ):
        (tmp_path / name).write_text(content, encoding="utf-8")
    source = TableFiles(tuple(tmp_path / f"{n}.csv" for n in (1, 2, 3)), "csv")

    report = validate_table(source, SCHEMA)
    assert found_in(report) == {(2, "id", "primary-key"), (3, "n", "minimum")}
    assert report.rows == 3


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """A missing file says which."""
    with pytest.raises(TableCheckError, match=r"none\.csv"):
        validate_table(tmp_path / "none.csv", SCHEMA)


def test_a_name_that_tells_no_format_is_an_error(tmp_path: Path) -> None:
    """A format that can't be told is refused."""
    with pytest.raises(TableCheckError, match="format"):
        validate_table(tmp_path / "table.xlsx", SCHEMA)


def test_foreign_keys_against_tables_at_hand(tmp_path: Path) -> None:
    """References are looked up in Arrow tables that are given, by value."""
    schema = parse_schema(
        {
            "fields": [{"name": "n", "type": "integer"}],
            "foreignKeys": [{"fields": "n", "reference": {"resource": "other", "fields": "id"}}],
        }
    )
    path = tmp_path / "t.csv"
    path.write_text('n\n+1\n2\n""\n', encoding="utf-8")

    references = {"other": pa.table({"id": pa.array([1, 3])})}
    assert found_in(validate_table(path, schema, references=references)) == {
        (2, "n", "foreign-key")
    }
    assert found_in(validate_table(path, schema)) == set()
    with pytest.raises(TableCheckError, match="other"):
        validate_table(path, schema, references={})


def test_rendered_findings_name_file_row_and_value(
    check_report: Callable[..., TableReport],
) -> None:
    """A finding says what is wrong, where, and with which value."""
    report = check_report("id,n,t\na,x,\n", SCHEMA)

    (finding,) = report.describe()
    assert (finding.fault, finding.row, finding.field, finding.value) == ("type", 1, "n", "x")
    assert finding.message == "the value is not of the field's type: 'x'"
    assert finding.path.endswith("table.csv")


def test_a_table_is_its_own_parent_by_its_name_only(tmp_path: Path) -> None:
    """A file that is named like another table does not stand for it."""
    schema = {
        "fields": [{"name": "id"}, {"name": "of"}],
        "foreignKeys": [{"fields": "of", "reference": {"resource": "parents", "fields": "id"}}],
    }
    path = tmp_path / "parents.csv"
    path.write_text("id,of\n1,a\n2,z\n", encoding="utf-8")
    parents = {"parents": pa.table({"id": ["a"]})}

    assert found_in(validate_table(path, schema, references=parents)) == {(2, "of", "foreign-key")}
    assert found_in(validate_table(path, schema, name="children", references=parents)) == {
        (2, "of", "foreign-key")
    }
    assert found_in(validate_table(path, schema, name="parents")) == {
        (1, "of", "foreign-key"),
        (2, "of", "foreign-key"),
    }


def test_rules_are_chosen_before_findings_are_counted(tmp_path: Path) -> None:
    """However many findings there are of other rules, those that are asked for are kept."""
    path = tmp_path / "t.csv"
    path.write_text("id,n,t\n" + "a,x,\n" * 50 + "b,-1,\n", encoding="utf-8")
    report = validate_table(path, SCHEMA, limit=10, faults=frozenset({"minimum"}))

    assert found_in(report) == {(51, "n", "minimum")}
    assert (1, 0) == (report.total, report.omitted)


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (CONTENT.encode("utf-16"), "encoding"),
        (b"PK\x03\x04" + bytes(1000), "unreadable"),
        (gzip.compress(CONTENT.encode(), mtime=0), "unreadable"),
    ],
)
def test_what_is_no_text_is_one_fault(
    content: bytes, rule: str, check_report: Callable[..., TableReport]
) -> None:
    """A file of another kind is named as such, and its rows are not held against the schema."""
    report = check_report(content, SCHEMA)

    assert found_in(report) == {(1, "", rule)}


@pytest.mark.parametrize("rows", [0, 10])
def test_parquet_by_another_name_is_one_fault(
    rows: int, check_report: Callable[..., TableReport]
) -> None:
    """A Parquet file whose name says CSV is named as such, with rows or without."""
    out = pa.BufferOutputStream()
    pq.write_table(pa.table({"id": pa.array(["a"] * rows, pa.string())}), out)
    report = check_report(out.getvalue().to_pybytes(), SCHEMA)

    assert found_in(report) == {(1, "", "unreadable")}


@pytest.mark.parametrize("end", ["", "\n"])
def test_a_header_that_begins_as_parquet_does(end: str, check_text: Callable[..., Found]) -> None:
    """A column may be called as the magic number of Parquet is, and so may the last cell."""
    schema = {"fields": [{"name": "PAR1"}, {"name": "PAR2"}]}

    assert check_text(f"PAR1,PAR2\na,PAR1{end}", schema) == set()


def test_lists_among_those_allowed(check_text: Callable[..., Found]) -> None:
    """An enumeration of lists may be written with lists, or as cells hold them."""
    for allowed in ([["a", "b"]], ["a,b"]):
        schema = {"fields": [{"name": "l", "type": "list", "constraints": {"enum": allowed}}]}
        assert check_text('l\n"a,b"\n"b,a"\n', schema) == {(2, "l", "enum")}
