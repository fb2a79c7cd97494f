"""
Hostile files: a clear finding or error within 5 seconds and 1 GB, never a hang or a crash.

They are checked one after the other in another process, whose memory is limited by the system.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import bombs
import pytest

from interpol_dataset.tablecheck import SchemaError, parse_schema, validate_package

pytestmark = pytest.mark.linux

#: What is said of the inputs that ``bench/bombs.py`` makes quickly.
VERDICTS: Final = {
    "parquet: text 60,000 times": "1 over-budget",
    "parquet: text in lists": "1 over-budget",
    "parquet: text among others": "over-budget",
    "parquet: fixed bytes": "1 over-budget",
    "gzip: 12 MB of newlines": "1 too-damaged",
    "gzip: 12 MB of carriage returns": "1 too-damaged",
    "csv: equal rows": "386,999 primary-key",
    "json lines: 9 MB of {}": "1 over-budget",
    "schema: enum of 100,000": "100,000 enum",
    "schema: enum of 2 million": "descriptors have at most 16 MB and 400,000 values",
    "schema: 10,000 unique fields": "there are more than 2,000 keys",
    "schema: a name of 1 MB": "longer than 500 characters",
    "schema: minLength of 10**30": "1 min-length",
    "descriptor: 5,000 digits": "Exceeds the limit (4300 digits)",
    "descriptor: 100,000 levels": "recursion",
    "package: 10,000 resources": "more than 1,000 resources",
    "package: one file 1,000 times": "995 over-budget",
    "file: FIFO": "1 missing-file",
    "file: endless device": "leads out of the package",
    "file: schema is a FIFO": "not a regular file",
    "crafted: sound": "sound",
    "crafted: histograms of levels": "",  # it depends on Arrow's version whether it minds
    "crafted: a page of 1.9 GB": "1 over-budget",
    "crafted: a page that claims 2 GB": "1 over-budget",
    "crafted: a page of less than nothing": "1 unreadable",
    "crafted: a page of 2 billion values": "1 over-budget",
    "crafted: a page within a page": "1 unreadable",
    "crafted: pages without values": "1 over-budget",
    "crafted: pages with long headers": "1 over-budget",
    "crafted: texts of the same beginning": "1 over-budget",
    "crafted: a dictionary of 2 billion": "1 over-budget",
    "crafted: an index outside, text": "1 unreadable",
    "crafted: an index outside, number": "1 unreadable",
    "crafted: an index of 32 bits": "1 unreadable",
    "crafted: 10,000 columns of nothing": "9,999 extra-label",
    "crafted: 10,000 columns of one page": "1 over-budget",
    "crafted: a million columns": "1 unreadable",
    "crafted: a million row groups": "1 unreadable",
    "crafted: 100,000 levels": "1 unreadable",
    "crafted: a schema without end": "1 unreadable",
}

#: Files of two columns, and the fault that tells what is wrong with each.
FILES: Final[dict[str, tuple[Callable[[], bytes], str]]] = {
    "million-columns": (lambda: b",".join([b"c"] * 1_000_000), "too-many-columns"),
    "million-cells": (lambda: b"id,n\n" + b",".join([b"1"] * 1_000_000) + b"\n", "extra-cell"),
    "cell-of-100-mb": (lambda: b'id,n\n"' + b"x" * (100 << 20), "unclosed-quote"),
    "line-of-20-mb": (lambda: b"id,n\n" + b"x" * (20 << 20), "record-too-long"),
    "header-of-20-mb": (lambda: b"x" * (20 << 20), "record-too-long"),
    "unclosed-quote": (lambda: b'id,n\n"a,1\n' + b"b,1\n" * 5_000_000, "unclosed-quote"),
    "blank-lines": (lambda: b"id,n\n" + b"\n" * 10_000_000, "too-damaged"),
    "short-rows": (lambda: b"id,n\n" + b"x\n" * 2_000_000, "too-damaged"),
    "nothing-but-nul": (lambda: b"id,n\n" + b"\0" * (20 << 20), "record-too-long"),
    "nul": (lambda: b"id,n\na\0b,1\n", "nul-byte"),
    "not-utf-8": (lambda: b"\xff\xfe" + b"\xff\n" * 1000, "encoding"),
    "quotes-and-line-ends": (lambda: b"id,n\n" + b'"\n' * 2_000_000, "too-damaged"),
    "every-cell-wrong": (lambda: b"id,n\n" + b"a,x\n" * 1_000_000, "type"),
    "json: deep list": (lambda: b"[" * 1_000_000 + b"\n", "json-syntax"),
    "json: deep object": (lambda: (b'{"id": ' * 100_000 + b"\n") * 3, "json-syntax"),
    "json: long number": (lambda: (b'{"n": 1' + b"0" * 1_000_000 + b"}\n") * 3, "primary-key"),
    # A pattern that others go back and forth on, and RE2 does not.
    "pattern": (lambda: b"id,n\n" + (b"a" * 50_000 + b",1\n") * 20, "20 pattern"),
}


def write(folder: Path, name: str) -> Path:
    """Write an input, a package with its files, into a folder of its own."""
    target = folder / name.replace(":", "").replace("/", "")
    target.mkdir()
    if name in VERDICTS:
        bombs.BOMBS[name](target)
        return target

    pattern = {"pattern": "(a+)+b"} if name == "pattern" else {}
    fields: list[dict[str, Any]] = [{"name": "id", "constraints": pattern}]
    fields.append({"name": "n", "type": "integer"})
    path = "t.jsonl" if name.startswith("json") else "t.csv"
    bombs.write_file(FILES[name][0], path, fields, primaryKey="id")(target)

    return target


def test_what_unfolds_to_much(tmp_path: Path) -> None:
    """An input that would take much is refused by a finding or an error that says so."""
    verdicts = VERDICTS | {name: rule for name, (_, rule) in FILES.items()}
    found = dict(zip(verdicts, bombs.check(*(write(tmp_path, n) for n in verdicts)), strict=True))

    assert {name: outcome for name, outcome in found.items() if not outcome.held} == {}
    assert {
        name: outcome.verdict
        for name, outcome in found.items()
        if verdicts[name] not in outcome.verdict
    } == {}


def test_what_is_refused_says_the_limit(tmp_path: Path) -> None:
    """A finding on what was not read names how much is."""
    bombs.BOMBS["json lines: 9 MB of {}"](tmp_path)
    (found,) = validate_package(tmp_path / "datapackage.json")[0].describe()
    assert "'more than 256 MB once decoded, rows counted'" in found.message


def test_a_number_of_thousands_of_digits_in_a_schema() -> None:
    """Python refuses to write such a number, in an error too."""
    for rules in ({"minimum": 10**5000}, {"pattern": 10**5000}, {"enum": [10**5000]}):
        with pytest.raises(SchemaError):
            parse_schema({"fields": [{"name": "a", "type": "integer", "constraints": rules}]})
