"""
How long the gate takes over the project's own records, as a multiple of parsing them, too.

Run by ``make bench`` in the project's folder.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from interpol_dataset.records.document import parse
from interpol_dataset.records.folder import RECORDS, read_records
from interpol_dataset.rules.gate import findings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

RUNS: Final = 5
ROOT: Final = Path(__file__).parents[1]


def median(work: Callable[[], object]) -> float:
    """Time some work."""
    times = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)

    return statistics.median(times)


def validate(more: Mapping[str, str] | None = None, *paths: Path) -> None:
    """Run the whole command."""
    command = [sys.executable, "-m", "interpol_dataset", "validate", *paths]
    subprocess.run(
        command, check=True, cwd=ROOT, capture_output=True, env=os.environ | (more or {})
    )


def touch(path: Path) -> None:
    """Change a record without changing what it says."""
    with path.open("a", encoding="utf-8") as file:
        file.write("# changed\n")


def main() -> None:
    """Time parsing, reading, the rules and the whole command."""
    contents = {str(path): path.read_bytes() for path in (ROOT / RECORDS).rglob("*.yaml")}
    record_set = read_records(ROOT / RECORDS)
    case = ROOT / RECORDS / "cases" / "haechi-iii.yaml"
    before = case.read_bytes()
    rows = {
        "parse": median(lambda: [parse(text, p) for p, text in contents.items()]),
        "read (parse, shape)": median(lambda: read_records(ROOT / RECORDS)),
        "all other rules": median(lambda: findings(record_set, today=date(2030, 1, 1))),
        "validate, without the cache": median(lambda: validate({"INTERPOL_DATASET_CACHE": "off"})),
        "validate, nothing changed": median(validate),
    }
    try:
        rows["validate, one file changed"] = median(lambda: (touch(case), validate()))
        rows["validate FILE, and it changed"] = median(lambda: (touch(case), validate({}, case)))
    finally:
        case.write_bytes(before)

    cases = len(record_set.records.cases)
    print(f"{len(contents)} files, {cases} cases, {len(record_set.records.sources)} sources")
    for name, seconds in rows.items():
        share = seconds / len(contents) * 1000
        times = seconds / rows["parse"]
        print(f"{name:<32}{seconds:>8.2f} s{share:>8.2f} ms a file{times:>8.2f} times parsing")


if __name__ == "__main__":
    main()
