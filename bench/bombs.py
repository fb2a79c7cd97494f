"""
Check hostile inputs, small files that unfold to much, and print what each one took.

``python bench/bombs.py`` makes each input in a temporary folder and checks it in a process of its
own, whose memory and time are limited by the system: 5 seconds of processor time on each of two
threads, and 1 GB. ``--only WORD`` chooses inputs by name. The exit code is 1 if any input crashed
the check or went over a limit.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
from crafted import CRAFTED

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS: Final = 5
MEMORY: Final = 1 << 30

#: Checks packages one after the other, within limits, and prints a line of JSON for each.
RUN: Final = """
import json, resource, sys, time
resource.setrlimit(resource.RLIMIT_AS, (2 << 30,) * 2)  # mapped libraries and threads' stacks too
from pathlib import Path
from interpol_dataset.tablecheck import TableCheckError, validate_package
for folder in sys.argv[1:]:
    start, processor = time.perf_counter(), time.process_time()
    try:
        reports = validate_package(Path(folder) / "datapackage.json")
        counts = {}
        for report in reports:
            for fault, count in report.counts:
                counts[fault] = counts.get(fault, 0) + count
        verdict = ", ".join(f"{count:,} {fault}" for fault, count in counts.items()) or "sound"
    except TableCheckError as error:
        verdict = f"{type(error).__name__}: {error.what}"
    # Not ru_maxrss: a child begins with the peak of the process that started it.
    peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line[:5] == "VmHWM")
    seconds = time.perf_counter() - start, time.process_time() - processor
    print(json.dumps([*seconds, peak >> 10, verdict[:200]]), flush=True)
"""


class Outcome(NamedTuple):
    """
    What checking an input took.

    :param seconds: Wall time.
    :param processor: Processor time.
    :param peak: Memory in MB.
    :param verdict: What was found, or the error; what went wrong if it crashed.
    :param held: Whether it was within the limits.
    """

    seconds: float
    processor: float
    peak: int
    verdict: str
    held: bool


def main() -> None:
    """Check each input and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="a part of the inputs' names")
    only = parser.parse_args().only
    names = [name for name in BOMBS if only in name]
    print(f"{'input':34} {'bytes':>12} {'wall s':>7} {'CPU s':>6} {'MB':>5}  verdict")
    outcomes = []
    for name in names:
        with tempfile.TemporaryDirectory() as folder:
            make(name, Path(folder))
            size = sum(path.stat().st_size for path in Path(folder).iterdir() if path.is_file())
            (outcome,) = check(Path(folder))
        outcomes.append(outcome)
        mark = "" if outcome.held else "!! "
        print(
            f"{name:34} {size:12,} {outcome.seconds:7.2f} {outcome.processor:6.2f}"
            f" {outcome.peak:5}  {mark}{outcome.verdict}",
            flush=True,
        )
    sys.exit(not all(outcome.held for outcome in outcomes))


def make(name: str, folder: Path) -> None:
    """Write an input, a package with its files, in a process of its own: some take much memory."""
    script = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import bombs; "
    script += f"bombs.BOMBS[{name!r}](bombs.Path({str(folder)!r}))"
    subprocess.run([sys.executable, "-c", script], check=True)


def check(*folders: Path) -> list[Outcome]:
    """Check packages within the limits, in one process: the peak of one is that of those before."""
    try:
        done = subprocess.run(
            [sys.executable, "-c", RUN, *map(str, folders)],
            capture_output=True,
            encoding="utf-8",
            timeout=60 * len(folders),
            check=False,
        )
    except subprocess.TimeoutExpired:
        return [Outcome(60, 60, 0, "hangs", held=False)] * len(folders)

    outcomes = [_outcome(*json.loads(line)) for line in done.stdout.splitlines()]
    if done.returncode:
        last = (done.stderr.strip() or str(done.returncode)).splitlines()[-1]
        crash = Outcome(0, 0, 0, f"crashes: {last}", held=False)
        outcomes += [crash] * (len(folders) - len(outcomes))

    return outcomes


def _outcome(seconds: float, processor: float, peak: int, verdict: str) -> Outcome:
    # Processor time on two threads: wall time depends on what else the machine does.
    held = processor < 2 * SECONDS and peak < MEMORY >> 20

    return Outcome(seconds, processor, peak, verdict, held)


def _package(folder: Path, path: str = "t.csv", fields: Any = None, **schema: Any) -> Path:
    """Write a descriptor with one table, and return the path of the table."""
    fields = fields or [{"name": "a"}]
    resource = {"name": "t", "path": path, "schema": {"fields": fields, **schema}}
    _write(folder, {"resources": [resource]})

    return folder / path


def _write(folder: Path, descriptor: Any) -> None:
    text = descriptor if isinstance(descriptor, str) else json.dumps(descriptor)
    (folder / "datapackage.json").write_text(text, encoding="utf-8")


def _parquet(column: Callable[[], pa.Array], **schema: Any) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        path = _package(folder, "t.parquet", **schema)
        pq.write_table(pa.table({"a": column()}), path, compression="zstd")

    return write


def write_file(
    content: Callable[[], bytes], path: str = "t.csv", fields: Any = None, **schema: Any
) -> Callable[[Path], None]:
    """Return what writes a package with one table in a file of some content."""

    def write(folder: Path) -> None:
        target = _package(folder, path, fields, **schema)
        data = content()
        if path.endswith(".gz"):
            data = gzip.compress(data, 6)
        target.write_bytes(data)

    return write


def _descriptor(descriptor: Callable[[], Any]) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        _write(folder, descriptor())
        (folder / "t.csv").write_text("a\n1\n", encoding="utf-8")

    return write


def _schema(content: bytes = b"a\n1\n", **field: Any) -> Callable[[Path], None]:
    return write_file(lambda: content, fields=[{"name": "a", **field}])


def _same_table(count: int) -> dict[str, Any]:
    schema = {"fields": [{"name": "a"}], "primaryKey": "a"}
    tables = [{"name": f"t{n}", "path": "t.csv", "schema": schema} for n in range(count)]

    return {"resources": tables}


def _special(kind: str) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        path = _package(folder)
        os.mkfifo(path) if kind == "fifo" else path.symlink_to("/dev/zero")

    return write


def _fifo_schema(folder: Path) -> None:
    _write(folder, {"resources": [{"name": "t", "path": "t.csv", "schema": "s.json"}]})
    os.mkfifo(folder / "s.json")


_LONG: Final = "x" * 30_000
_KEY: Final = {"primaryKey": "a"}
_INTEGER: Final = [{"name": "a", "type": "integer", "constraints": {"minimum": 5}}]

#: A table as wide as those of this project.
_WIDE: Final = [{"name": f"a{n}"} for n in range(30)]
_HEADER: Final = ",".join(field["name"] for field in _WIDE).encode() + b"\n"

#: Inputs by name: each writes a package into a folder.
BOMBS: Final[dict[str, Callable[[Path], None]]] = {
    "parquet: text 60,000 times": _parquet(
        lambda: pa.DictionaryArray.from_arrays(pa.repeat(pa.scalar(0), 60_000), [_LONG]), **_KEY
    ),
    "parquet: text in lists": _parquet(
        lambda: pa.ListArray.from_arrays(
            pa.array(range(60_001), pa.int32()),
            pa.DictionaryArray.from_arrays(pa.repeat(pa.scalar(0), 60_000), [_LONG]),
        ),
        fields=[{"name": "a", "type": "array"}],
    ),
    "parquet: text among others": _parquet(
        lambda: pa.DictionaryArray.from_arrays(
            pa.concat_arrays([pa.repeat(pa.scalar(0), 60_000), pa.array(range(300_000))]),
            [_LONG, *(hashlib.md5(b"%d" % n).hexdigest() for n in range(300_000))],  # noqa: S324
        ),
        **_KEY,
    ),
    "parquet: 60 million nulls": _parquet(lambda: pa.nulls(60_000_000, pa.string())),
    "parquet: 60 million equal numbers": _parquet(
        lambda: pa.repeat(pa.scalar(1, pa.int64()), 60_000_000), fields=_INTEGER, **_KEY
    ),
    "parquet: fixed bytes": _parquet(
        lambda: pa.repeat(pa.scalar(b"x" * 10_000, pa.binary(10_000)), 100_000)
    ),
    "parquet: 10,000 columns of nothing": write_file(
        CRAFTED["10,000 columns of nothing"],
        "t.parquet",
        fields=[{"name": f"a{n or ''}"} for n in range(10_000)],
    ),
    "gzip: equal rows": write_file(lambda: b"a\n" + b"1\n" * 90_000_000, "t.csv.gz", **_KEY),
    "gzip: 12 MB of newlines": write_file(lambda: _HEADER + b"\n" * (12 << 20), "t.csv.gz", _WIDE),
    "gzip: 12 MB of carriage returns": write_file(
        lambda: _HEADER + b"\r" * (12 << 20), "t.csv.gz", _WIDE
    ),
    "csv: equal rows": write_file(lambda: b"a\n" + b"1\n" * 387_000, **_KEY),
    "csv: 30 MB of equal rows": write_file(lambda: b"a\n" + b"1\n" * 15_000_000, **_KEY),
    "csv: 30 MB of wrong cells": write_file(lambda: b"a\n" + b"1\n" * 15_000_000, fields=_INTEGER),
    "gzip: 3.1 GB": write_file(lambda: b"a\n" + b"some text in a row\n" * 163_000_000, "t.csv.gz"),
    "gzip: one record": write_file(lambda: bytes(1_000_000_000), "t.csv.gz"),
    "json lines: 9 MB of {}": write_file(lambda: b"{}\n" * 3_000_000, "t.jsonl", **_KEY),
    "json lines: 30 MB of {}": write_file(lambda: b"{}\n" * 10_000_000, "t.jsonl", **_KEY),
    "json lines: 30 MB of 0": write_file(lambda: b"0\n" * 15_000_000, "t.jsonl", **_KEY),
    "schema: enum of 100,000": _schema(
        b"a\n" + b"".join(b"%d\n" % n for n in range(200_000)),
        type="integer",
        constraints={"enum": list(range(100_000))},
    ),
    "schema: enum of 2 million": _schema(constraints={"enum": ["x"] * 2_000_000}),
    "schema: 100,000 fields": write_file(
        lambda: b"a\n1\n", fields=[{"name": str(n)} for n in range(100_000)]
    ),
    "schema: 10,000 unique fields": write_file(
        lambda: b"a\n1\n",
        fields=[{"name": str(n), "constraints": {"unique": True}} for n in range(10_000)],
    ),
    "schema: a name of 1 MB": write_file(
        lambda: b"a\n" + b"x\n" * 300_000, fields=[{"name": "x" * 1_000_000, "type": "integer"}]
    ),
    "schema: minLength of 10**30": _schema(constraints={"minLength": 10**30}),
    "schema: a pattern of RE2's worst": _schema(
        b"a\n" + b"x" * 1_000_000 + b"\n", constraints={"pattern": "(x{0,30}){0,30}y"}
    ),
    "descriptor: 5,000 digits": _descriptor(
        lambda: '{"resources": [{"name": "t", "bytes": ' + "9" * 5_000 + "}]}"
    ),
    "descriptor: 60 MB of []": _descriptor(lambda: '{"resources": [' + "[]," * 20_000_000 + "[]]}"),
    "descriptor: 100,000 levels": _descriptor(
        lambda: '{"resources": ' + "[" * 100_000 + "]" * 100_000 + "}"
    ),
    "package: 10,000 resources": _descriptor(lambda: _same_table(10_000)),
    "package: 1,000 resources": _descriptor(lambda: _same_table(1_000)),
    "package: one file 1,000 times": lambda folder: (
        _write(folder, _same_table(1_000)),
        (folder / "t.csv").write_bytes(b"a\n" + b"1\n" * 2_000_000),
    )[0],
    "file: FIFO": _special("fifo"),
    "file: endless device": _special("device"),
    "file: schema is a FIFO": _fifo_schema,
    **{f"crafted: {name}": write_file(content, "t.parquet") for name, content in CRAFTED.items()},
}


if __name__ == "__main__":
    main()
