"""
Time the table check on Spark against the one-machine engine, and compare what they find.

``make bench WHAT=spark`` runs it with 2 and with 20 million rows, a tenth more in the tables
referred to, and 0.1 % of rows damaged in each way. The package is written once, with copies by
Arrow; each engine is a process of its own. Processor time is that of all its processes together,
and says more than time on a busy machine. The memory is the peak of the largest process: of Spark's
Python workers, and of the Java machine beside them, whose heap is what ``--heap`` allows.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv, feather, parquet
from synthetic import SCHEMAS, write_package

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pyspark.sql import SparkSession

DAMAGED_SHARE: Final = 0.001
#: Rows that are made one by one; more are copies whose ids differ.
BASE: Final = 200_000
_IDS: Final = {"id", "case_id", "source_id"}


def main() -> None:
    """Make the packages, run both engines on each, compare, and print the table."""
    options = _options()
    if options.engine:
        _run_here(options.engine, options.folder, options.heap)
        return

    with tempfile.TemporaryDirectory(dir=options.folder) as temporary:
        for rows in options.rows:
            folder = Path(temporary, str(rows))
            made = time.perf_counter()
            count = make(folder, rows)
            print(f"{count:,} rows, made in {time.perf_counter() - made:.0f} s")
            figures = {engine: _run(engine, folder, options.heap) for engine in ("local", "spark")}
            _compare(folder)
            for engine, figure in figures.items():
                times, work = (
                    figure[key] / figures["local"][key] for key in ("seconds", "processor")
                )
                print(
                    f"  {engine:6} {figure['seconds']:7.1f} s, {times:5.1f} times;"
                    f" {count / figure['seconds']:10,.0f} rows a second;"
                    f" processor {figure['processor']:6.1f} s, {work:5.1f} times;"
                    f" whole process {figure['whole']:6.1f} s;"
                    f" Python {figure['python']:,} MB, Java {figure['java']:,} MB",
                    flush=True,
                )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[2_000_000, 20_000_000])
    parser.add_argument("--heap", default="2g", help="memory of the Java machine")
    parser.add_argument("--folder", type=Path, help="where there is room for the packages")
    parser.add_argument("--engine", choices=["local", "spark"], help=argparse.SUPPRESS)

    return parser.parse_args()


def make(folder: Path, rows: int, group: int = 100_000) -> int:
    """
    Write the package as Parquet, and return how many rows it has.

    :param folder: Where to write.
    :param rows: About how many rows in all, without the tenth that cases and sources add.
    :param group: The rows of a row group.
    """
    base = min(rows, BASE)
    write_package(folder, base, share=DAMAGED_SHARE)
    count = 0
    for name, schema in SCHEMAS.items():
        path = folder / f"{name}.csv"
        texts = {field["name"]: pa.string() for field in schema["fields"]}
        table = csv.read_csv(
            path,
            parse_options=csv.ParseOptions(newlines_in_values=True),
            convert_options=csv.ConvertOptions(column_types=texts),
        )
        path.unlink()
        with parquet.ParquetWriter(folder / f"{name}.parquet", table.schema) as writer:
            for copy in range(rows // base):
                writer.write_table(_copy(table, copy), row_group_size=group)
        count += len(table) * (rows // base)
    text = (folder / "datapackage.json").read_text("utf-8")
    descriptor = json.loads(text.replace("csv", "parquet").replace("text/parquet", "application/x"))
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")

    return count


def _copy(table: pa.Table, number: int) -> pa.Table:
    """Return the table with ids of its own; those that are missing stay so."""
    for index, name in enumerate(table.column_names):
        if name in _IDS:
            ids = table.column(index)
            copied = pc.binary_join_element_wise(ids, str(number), "-")
            table = table.set_column(index, name, pc.if_else(pc.equal(ids, ""), ids, copied))

    return table


def _run(engine: str, folder: Path, heap: str) -> dict[str, Any]:
    """Run an engine as a process of its own, and watch the memory of all processes below it."""
    start = time.perf_counter()
    command = [sys.executable, __file__, "--engine", engine, "--folder", str(folder)]
    process = subprocess.Popen([*command, "--heap", heap], stderr=subprocess.DEVNULL)
    seen: dict[int, tuple[str, int, float]] = {}
    watch = threading.Thread(target=_watch, args=(process, seen))
    watch.start()
    if process.wait():
        sys.exit(f"{engine} failed")
    watch.join()

    return {
        "seconds": float((folder / f"{engine}.seconds").read_text("utf-8")),
        "whole": time.perf_counter() - start,
        "processor": sum(processor for _, _, processor in seen.values()),
        **{
            kind: max((peak for name, peak, _ in seen.values() if name == kind), default=0)
            for kind in ("python", "java")
        },
    }


def _watch(process: subprocess.Popen[bytes], seen: dict[int, tuple[str, int, float]]) -> None:
    """Note each process below one: its kind, its peak in MB, and its processor time so far."""
    tick = os.sysconf("SC_CLK_TCK")
    while process.poll() is None:
        below = {process.pid}
        for each in sorted(Path("/proc").glob("[0-9]*"), key=lambda path: int(path.name)):
            try:
                text = (each / "status").read_text()
                times = (each / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            status = dict(line.split(":", 1) for line in text.splitlines() if ":" in line)
            pid = int(each.name)
            if pid in below or int(status["PPid"]) in below:
                below.add(pid)
                kind = "java" if status["Name"].strip() == "java" else "python"
                # A process that has just ended has no memory any more.
                peak = int(status.get("VmHWM", "0 kB").split()[0]) >> 10
                peak = max(peak, seen.get(pid, ("", 0, 0.0))[1])
                seen[pid] = (kind, peak, (int(times[11]) + int(times[12])) / tick)
        time.sleep(0.1)


def _run_here(engine: str, folder: Path, heap: str) -> None:
    """Check the package, and write the findings and the time that it took."""
    run = _local if engine == "local" else _spark
    seconds, findings = run(folder, heap)
    order = [(name, "ascending") for name in findings.column_names]
    feather.write_feather(findings.sort_by(order), folder / f"{engine}.arrow")
    (folder / f"{engine}.seconds").write_text(str(seconds), "utf-8")


def _named(resource: str, findings: pa.Table) -> pa.Table:
    return findings.add_column(0, "resource", pa.repeat(resource, len(findings)))


def _local(folder: Path, _heap: str) -> tuple[float, pa.Table]:
    from interpol_dataset.tablecheck import validate_package  # noqa: PLC0415

    start = time.perf_counter()
    reports = validate_package(folder / "datapackage.json", limit=10_000_000)
    seconds = time.perf_counter() - start

    return seconds, pa.concat_tables(_named(one.resource, one.findings) for one in reports)


def _spark(folder: Path, heap: str) -> tuple[float, pa.Table]:
    from interpol_dataset.tablecheck.spark import validate  # noqa: PLC0415

    with session({"spark.driver.memory": heap}, cores=os.cpu_count() or 1) as spark:
        start = time.perf_counter()
        frames = {name: spark.read.parquet(str(folder / f"{name}.parquet")) for name in SCHEMAS}
        found = [
            _named(name, validate(frame, SCHEMAS[name], references=frames, name=name).toArrow())
            for name, frame in frames.items()
        ]
        seconds = time.perf_counter() - start

    return seconds, pa.concat_tables(found)


@contextmanager
def session(config: Mapping[str, str], cores: int = 2) -> Iterator[SparkSession]:
    """Start a Spark on this machine, for the tests too."""
    from pyspark.sql import SparkSession  # noqa: PLC0415

    os.environ["PYSPARK_PYTHON"] = sys.executable
    own = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    builder = SparkSession.builder.master(f"local[{cores}]").config(map={**own, **config})
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    try:
        yield spark
    finally:
        spark.stop()


def _compare(folder: Path) -> None:
    """Stop if the engines disagree, or found nothing."""
    local, spark = (feather.read_table(folder / f"{engine}.arrow") for engine in ("local", "spark"))
    if not len(local) or not local.equals(spark.cast(local.schema)):
        sys.exit("the engines do not find the same")
    print(f"  {len(local):,} findings, the same of both")


if __name__ == "__main__":
    main()
