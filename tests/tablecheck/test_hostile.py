"""
Hostile files: a clear finding or error within 5 seconds and 1 GB, never a hang or a crash.

Each runs in a process of its own, whose memory is limited by the system.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import bombs
import pytest

from interpol_dataset.tablecheck import SchemaError, parse_schema, validate_package

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.linux

#: Five seconds on two threads. Processor time does not depend on what else the machine does.
PROCESSOR_SECONDS = 10
MEMORY = 1 << 30

RUN = """
import json, resource, sys, time
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[3]),) * 2)
from interpol_dataset.tablecheck import validate_table
try:
    report = validate_table(sys.argv[1], json.loads(sys.argv[2]))
    rules = dict(report.counts)
except Exception as error:
    rules = {type(error).__name__: 1}
# Not ru_maxrss: a child begins with the peak of the process that started it.
with open("/proc/self/status") as status:
    peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
print(json.dumps({"rules": rules, "peak": peak, "seconds": time.process_time()}))
"""

SCHEMA: dict[str, Any] = {
    "fields": [{"name": "id"}, {"name": "n", "type": "integer"}],
    "primaryKey": "id",
}


def rules_of(path: Path, schema: dict[str, Any] = SCHEMA) -> dict[str, int]:
    """Check a file within the limits, and count what is found per rule."""
    # The address space of threads and mapped libraries comes on top of what is used.
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(path), json.dumps(schema), str(MEMORY + (1 << 30))],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["seconds"] < PROCESSOR_SECONDS
    assert answer["peak"] * 1024 < MEMORY

    rules: dict[str, int] = answer["rules"]
    return rules


#: What is said of the inputs that ``bench/bombs.py`` makes quickly.
VERDICTS = {
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
    "package: one file 1,000 times": "over-budget",
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


@pytest.mark.parametrize("name", VERDICTS)
def test_what_unfolds_to_much(name: str, tmp_path: Path) -> None:
    """A small input that would take much is refused by a finding or an error that says so."""
    bombs.BOMBS[name](tmp_path)
    outcome = bombs.check(tmp_path)

    assert outcome.held, outcome
    assert VERDICTS[name] in outcome.verdict


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


CSV = {
    "million-columns": (lambda: b",".join([b"c"] * 1_000_000), "too-many-columns"),
    "million-cells": (lambda: b"id,n\n" + b",".join([b"1"] * 1_000_000) + b"\n", "extra-cell"),
    "cell-of-100-mb": (lambda: b'id,n\n"' + b"x" * (100 << 20), "unclosed-quote"),
    "line-of-100-mb": (lambda: b"id,n\n" + b"x" * (100 << 20), "record-too-long"),
    "header-of-100-mb": (lambda: b"x" * (100 << 20), "record-too-long"),
    "unclosed-quote": (lambda: b'id,n\n"a,1\n' + b"b,1\n" * 25_000_000, "unclosed-quote"),
    "blank-lines": (lambda: b"id,n\n" + b"\n" * 50_000_000, "too-damaged"),
    "short-rows": (lambda: b"id,n\n" + b"x\n" * 50_000_000, "too-damaged"),
    "nothing-but-nul": (lambda: b"id,n\n" + b"\0" * (100 << 20), "record-too-long"),
    "nul": (lambda: b"id,n\na\0b,1\n", "nul-byte"),
    "not-utf-8": (lambda: b"\xff\xfe" + b"\xff\n" * 1000, "encoding"),
    "quotes-and-line-ends": (lambda: b"id,n\n" + b'"\n' * 10_000_000, "too-damaged"),
    "every-cell-wrong": (lambda: b"id,n\n" + b"a,x\n" * 3_000_000, "type"),
}


@pytest.mark.parametrize("name", CSV)
def test_csv(name: str, tmp_path: Path) -> None:
    """A hostile CSV file is told by its rule."""
    content, rule = CSV[name]
    path = tmp_path / "t.csv"
    path.write_bytes(content())

    assert rule in rules_of(path)


def test_a_pattern_that_backtracks_elsewhere_runs_in_linear_time(tmp_path: Path) -> None:
    """A pattern that RE2 takes can't hang."""
    path = tmp_path / "t.csv"
    path.write_text("id\n" + ("a" * 50_000 + "\n") * 20, encoding="utf-8")
    schema = {"fields": [{"name": "id", "constraints": {"pattern": "(a+)+b"}}]}

    assert rules_of(path, schema) == {"pattern": 20}


def test_json_lines(tmp_path: Path) -> None:
    """Deep nesting and huge numbers are findings."""
    lines = ["[" * 1_000_000, '{"id": ' * 100_000, '{"n": 1' + "0" * 1_000_000 + "}"]
    for line, rule in zip(lines, ("json-syntax", "json-syntax", "primary-key"), strict=True):
        (tmp_path / "t.jsonl").write_text(f"{line}\n" * 3, encoding="utf-8")
        assert rule in rules_of(tmp_path / "t.jsonl")
