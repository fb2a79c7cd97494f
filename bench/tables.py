"""
Time the table check against frictionless and against bare parsing, in one run, process by process.

``python bench/tables.py --rows 200000`` writes the synthetic package to a temporary folder and runs
each engine as a process of its own: start, imports, work and exit are all in the time. The engines
take turns, so that whatever else the machine does hits all of them.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from synthetic import Damage, write_package

DAMAGED_SHARE: Final = 0.001

# An installed package is compiled once, and so are those that are measured here.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

#: This validator: all rules, and each finding rendered as text.
OURS: Final = """
import sys
from interpol_dataset.tablecheck import validate_package
for report in validate_package(sys.argv[1] + "/datapackage.json"):
    for finding in report.describe():
        sys.stdout.write(f"{finding.fault} {report.resource}/{finding.row} {finding.field}\\n")
"""

#: The least that any validator must do: parse the same files into texts, with Arrow's own threads.
BARE: Final = """
import sys
import pyarrow as pa
from pyarrow import csv
for name in ("cases", "sources", "outcomes", "evidence"):
    path = f"{sys.argv[1]}/{name}.csv"
    with open(path, encoding="utf-8") as handle:
        names = handle.readline().strip().split(",")
    csv.read_csv(
        path,
        parse_options=csv.ParseOptions(newlines_in_values=True),
        convert_options=csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string())),
    )
"""

FRICTIONLESS: Final = """
import re, sys
from frictionless import validate
report = validate(sys.argv[1] + "/datapackage.json", limit_errors=10**9)
for task in report.tasks:
    for error in task.errors:
        sys.stdout.write(f"{error.type} {task.name}/{getattr(error, 'row_number', 0) - 1}\\n")
"""


@dataclass(slots=True)
class Engine:
    """
    What is timed.

    :param name: What to call it.
    :param code: The program.
    :param runs: How often it runs.
    :param seconds: How long each run took.
    :param peak: The most memory that a run used, in MB.
    """

    name: str
    code: str
    runs: int
    seconds: list[float] = field(default_factory=list)
    peak: int = 0
    output: str = ""

    def run(self, folder: Path) -> None:
        """Run once."""
        with tempfile.TemporaryFile() as out:
            start = time.perf_counter()
            # The interpreter's own start is in the time, as it is for whoever calls a validator.
            process = subprocess.Popen([sys.executable, "-c", self.code, str(folder)], stdout=out)
            _, status, usage = os.wait4(process.pid, 0)
            self.seconds.append(time.perf_counter() - start)
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode:
                sys.exit(f"{self.name} failed")
            self.peak = max(self.peak, usage.ru_maxrss >> 10)
            out.seek(0)
            self.output = out.read().decode()

    @property
    def median(self) -> float:
        """The median of its times."""
        return statistics.median(self.seconds)


def main() -> None:
    """Write the package, time the engines in turns, and print the table."""
    options = _options()
    share = DAMAGED_SHARE if options.damaged else 0.0
    engines = [
        Engine("interpol-dataset", OURS, options.runs),
        Engine("bare parse", BARE, options.runs),
        Engine("frictionless", FRICTIONLESS, options.judge_runs),
    ]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        damage = write_package(folder, options.rows, share=share)
        for turn in range(max(engine.runs for engine in engines)):
            for engine in engines:
                if turn < engine.runs:
                    engine.run(folder)

    _check(engines[0], damage)
    _print(engines, options.rows)
    if options.json:
        figures = {
            engine.name: {"seconds": engine.seconds, "median": engine.median, "peak": engine.peak}
            for engine in engines
            if engine.seconds
        }
        options.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000, help="rows of the two large tables")
    parser.add_argument("--damaged", action="store_true", help="damage 0.1 %% of rows in each way")
    parser.add_argument("--runs", type=int, default=5, help="runs of this validator and of Arrow")
    parser.add_argument("--judge-runs", type=int, default=1, help="runs of frictionless")
    parser.add_argument("--json", type=Path, help="write the figures here too")

    return parser.parse_args()


def _check(ours: Engine, damage: list[Damage]) -> None:
    """Stop if what was found is not what was damaged: a fast check that misses is worth nothing."""
    expected = sorted(f"{one.rule} {one.resource}/{one.row} {one.field}" for one in damage)
    if sorted(ours.output.splitlines()) != expected:
        sys.exit("the findings are not the faults that were put in")


def _print(engines: list[Engine], rows: int) -> None:
    ours, bare = engines[:2]
    print(f"{rows} rows and a tenth more, {len(ours.output.splitlines())} findings")
    for engine in engines:
        if engine.seconds:
            ratio = engine.median / ours.median
            print(
                f"{engine.name:20} {engine.median:8.3f} s  {ratio:6.2f} x ours"
                f"  {engine.peak:5} MB  (of {len(engine.seconds)})"
            )
    # Of runs side by side, so that what else the machine does is in both.
    ratios = [own / other for own, other in zip(ours.seconds, bare.seconds, strict=True)]
    print(f"{statistics.median(ratios):.2f} times the bare parse (aim: 1.25)")


if __name__ == "__main__":
    main()
