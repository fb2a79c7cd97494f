"""Hostile and careless files get a clear finding, quickly and in little memory."""

import gc
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from helpers.each import each
from interpol_dataset.records.compose import MAX_VALUES
from interpol_dataset.records.document import MAX_BYTES
from interpol_dataset.records.folder import read_records
from interpol_dataset.rules import gate

SECONDS: Final = 5
GIGABYTE: Final = 1024**3

_HEAD: Final = b"id: bad\nname: Bad\ncategories: [fraud]\nsummary: Police did it.\nreports:\n"
_BOMB: Final = b"a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + b"".join(
    b"a%d: &a%d [%s]\n" % (level, level, b", ".join([b"*a%d" % (level - 1)] * 9))
    for level in range(1, 10)
)
#: Marks in the wrong order, which normal forms put right in the square of their number.
_MARKS: Final = "\u0315\u0316".encode() * 120_000


def _begun() -> float:
    """Return the processor's time; nothing that other tests left is looked through from now on."""
    gc.collect()
    gc.freeze()
    return time.process_time()


def _many(line: bytes, number: int) -> bytes:
    """Return a case with that many reports, in each of which its number is written."""
    return _HEAD + b"".join(line % ((n,) * line.count(b"%d")) for n in range(number))


def _filled(line: bytes, head: bytes = b"") -> bytes:
    return head + line * ((MAX_BYTES - len(head)) // len(line))


#: Files, and a rule that has to find something in each.
HOSTILE: Final[dict[str, tuple[bytes, str]]] = {
    "nested aliases": (_BOMB, "SYN008"),
    "an alias of itself": (b"a: &a [*a]\n", "SYN008"),
    "merge keys": (b"a: &a {b: 1}\nc:\n  <<: *a\n", "SYN008"),
    "brackets without end": (b"[" * 500_000, "SYN006"),
    "braces without end": (b"{a: " * 100_000, "SYN006"),
    "hyphens without end": (b"- " * 250_000, "SYN006"),
    "question marks": (b"? " * 250_000, "SYN006"),
    "deep and closed": (b"a: " + b"[" * 900 + b"]" * 900 + b"\n", "SYN006"),
    "deep by indentation": (b"".join(b" " * n + b"a:\n" for n in range(900)), "SYN006"),
    "marks on a name": (b"id: bad\nname: a" + _MARKS, "SHP006"),
    "marks on an id": (b"name: Bad\nid: a" + _MARKS, "SHP006"),
    "marks on a place": (b"id: bad\nname: Bad\nplaces: [a" + _MARKS + b"]", "POL017"),
    "two byte order marks": (b"\xef\xbb\xbf" * 2 + b"id: bad\n", "SYN003"),
    "a NUL": (b"id: a\x00b\n", "SYN003"),
    "nothing but NULs": (b"\x00" * 500_000, "SYN003"),
    "UTF-16": ("id: bad\n".encode("utf-16"), "SYN002"),
    "bytes that are not UTF-8": (b"id: bad\nname: \xff\xfe\xfd\n", "SYN002"),
    "half a character at the end": (b"id: bad\nname: \xc3", "SYN002"),
    "an encoded surrogate": (b"id: bad\nname: \xed\xa0\x80\n", "SYN002"),
    "too many bytes": (b"a" * (MAX_BYTES + 1), "SYN001"),
    "one long line": (b"id: " + b"a" * (MAX_BYTES - 10), "SHP006"),
    "duplicate keys": (b"a: 1\n" * (MAX_VALUES - 1), "SYN007"),
    "many unknown keys": (b"".join(b"k%d: 1\n" % n for n in range(MAX_VALUES - 1)), "SHP002"),
    "many unknown sources": (_many(b"  - {source: s-%d}\n", 19_000), "PKG004"),
    "more values than a file may have": (_filled(b"a: 1\n"), "SYN001"),
    "many categories": (
        b"id: bad\ncategories: [" + b"".join(b"c%d, " % n for n in range(50_000)) + b"]\n",
        "SYN001",
    ),
    "many unknown terms": (
        _many(b"  - {source: s-%d, interpol_role: {value: led%d}}\n", 8_000),
        "SHP004",
    ),
    "many exceptions": (_filled(b"# allow POL006: there is a reason\n", _HEAD), "SHP003"),
    "a long text of hedges": (
        _HEAD.replace(b"Police did it.", b"'" + b"Mr Mr A B-c " * 90 + b"'"),
        "SHP003",
    ),
    "a name to match slowly": (
        _HEAD.replace(b"Police did it.", b"Aa" + b" Aa" * 390)
        + b"  - {source: s, period: {value: 2022, at: lead}}\n",
        "PKG004",
    ),
    "an address to match slowly": (
        _HEAD.replace(b"Police did it.", b"'" + b"a." * 500 + b"@'")
        + b"  - {source: s, period: {value: '"
        + b"2022-01/" * 5_000
        + b"', at: lead}}\n",
        "SHP009",
    ),
    "a number of many digits": (b"id: bad\nedition: " + b"9" * 500_000 + b"\n", "SHP003"),
    "a list where a record should be": (b"- a\n- b\n", "SHP003"),
    "a text where a record should be": (b"just a text\n", "SHP003"),
    "nothing where a record should be": (b"null\n", "SHP003"),
}


def _package(folder: Path, content: bytes) -> Path:
    (folder / "cases").mkdir(parents=True)
    (folder / "cases" / "bad.yaml").write_bytes(content)
    return folder


@each("name", HOSTILE)
def test_a_hostile_file_gets_a_finding_in_time(name: str, tmp_path: Path) -> None:
    """The gate says what is wrong within five seconds, and does not crash."""
    content, rule = HOSTILE[name]
    folder = _package(tmp_path / "records", content)
    start = _begun()
    found = gate.findings(read_records(folder, "records"))
    seconds = time.process_time() - start

    assert rule in {item.rule for item in found}
    assert all(len(item.message) < 1000 for item in found)
    assert seconds < SECONDS


def test_a_file_of_100_megabytes_is_refused_in_one_gigabyte(tmp_path: Path) -> None:
    """What is far too large costs no more than its own bytes."""
    folder = _package(tmp_path / "records", b"")
    with (folder / "cases" / "bad.yaml").open("wb") as file:
        for _ in range(100):
            file.write(b"a: [x, y]\n" * 100_000)
    code = (
        "import sys, time; from pathlib import Path; from interpol_dataset.rules import gate; "
        "from interpol_dataset.records.folder import read_records; "
        "print(*[f.rule for f in gate.findings(read_records(Path(sys.argv[1])))]); "
        "print(open('/proc/self/status').read().partition('VmHWM:')[2].split()[0]); "
        "print(time.process_time())"
    )
    # Not ru_maxrss: a child begins with the peak of the process that started it.
    command = [sys.executable, "-c", code, str(folder)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    rules, kilobytes, seconds = result.stdout.splitlines()
    assert rules == "SYN001"
    assert int(kilobytes) * 1024 < GIGABYTE
    assert float(seconds) < SECONDS


def test_many_faults_in_one_vocabulary_take_no_longer_each(tmp_path: Path) -> None:
    """The record around a finding is not searched for again among all in its file."""
    lines = 8_000
    content = b"".join(b"- {id: o-%d, nam: x}\n" % n for n in range(lines))
    (tmp_path / "objects.yaml").write_bytes(content)
    start = _begun()
    found = gate.findings(read_records(tmp_path))
    assert time.process_time() - start < SECONDS
    assert {f"objects/o-{n}" for n in range(lines)} <= {item.record for item in found}


@each("wrong", [b"interpol_role: {value: le%d}", b"country_count: %d"])
def test_many_losses_in_many_equal_files(wrong: bytes, tmp_path: Path) -> None:
    """What can be read of a broken record isn't looked for once for each fault in it."""
    content = _many(b"  - {source: s-%d, " + wrong + b"}\n", 9_900)
    folder = _package(tmp_path / "records", content)
    (folder / "cases" / "worse.yaml").write_bytes(content)
    start = _begun()
    gate.findings(read_records(folder))
    assert time.process_time() - start < SECONDS


def test_a_category_that_is_repeated_very_often(tmp_path: Path) -> None:
    """Whether it was there before is looked up."""
    categories = b"".join(b"c-%d, " % n for n in range(39_000))
    content = _HEAD.replace(b"fraud", categories) + b"  - {source: s}\n"
    folder = _package(tmp_path / "records", content)
    start = _begun()
    gate.findings(read_records(folder))
    assert time.process_time() - start < SECONDS
