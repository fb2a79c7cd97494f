"""
What the aims of speed come to, as ratios, and how the time grows with the records.

Run by ``make bench`` in the project's folder. Whole commands are held against a process that only
imports pyarrow; with two and four times the cases, under other ids, each step is timed again. An
exponent of 1 is growth in step with the statements.
"""

from __future__ import annotations

import math
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from interpol_dataset.evidence.facts import assess
from interpol_dataset.records import folder
from interpol_dataset.rules.gate import findings
from interpol_dataset.tables.tabulate import tabulate

if TYPE_CHECKING:
    from collections.abc import Callable

RUNS: Final = 5
ROOT: Final = Path(__file__).parents[1]
FILE: Final = "data/records/cases/haechi-iii.yaml"
TABLE: Final = "import interpol_dataset as i; i.load().cases.to_arrow()"

#: What is timed, whether a cache is there, and how many times as long as pyarrow it may take.
AIMS: Final[dict[str, tuple[tuple[str, ...], bool, float]]] = {
    "validate, nothing cached": (("-m", "interpol_dataset", "validate"), False, 25),
    "validate, cached": (("-m", "interpol_dataset", "validate"), True, 5),
    "validate FILE, cached": (("-m", "interpol_dataset", "validate", FILE), True, 4.2),
    "explain CASE FACT": (("-m", "interpol_dataset", "explain", "haechi-iii", "period"), True, 2.9),
    "load() and one table": (("-c", TABLE), True, 1.33),
    "build --check": (("-m", "interpol_dataset", "build", "--check"), True, 42),
}


def seconds(arguments: tuple[str, ...], cache: Path) -> float:
    """Time one process."""
    environment = os.environ | {"INTERPOL_DATASET_CACHE": str(cache)}
    begun = time.perf_counter()
    subprocess.run(
        [sys.executable, *arguments], check=True, cwd=ROOT, capture_output=True, env=environment
    )

    return time.perf_counter() - begun


def ratio(arguments: tuple[str, ...], cache: Path, *, is_kept: bool) -> float:
    """Return how many times as long as the import of pyarrow a process takes, run in turn."""
    ratios = []
    for _ in range(RUNS):
        if not is_kept:
            shutil.rmtree(cache)
            cache.mkdir(mode=0o700)
        ratios.append(seconds(arguments, cache) / seconds(("-c", "import pyarrow"), cache))

    return statistics.median(ratios)


def multiplied(target: Path, times: int) -> Path:
    """Copy the records, each case so many times under other ids."""
    shutil.copytree(ROOT / folder.RECORDS, target)
    for path in [*(target / "cases").iterdir()]:
        text = path.read_text("utf-8")
        for number in range(2, times + 1):
            copy = re.sub(r"^((?:id|name|series): .*)$", rf"\1-{number}", text, flags=re.MULTILINE)
            path.with_stem(f"{path.stem}-{number}").write_text(copy, "utf-8")

    return target


def steps(records: Path) -> dict[str, float]:
    """Time each step over some records, in seconds of this process."""
    record_set = folder.read_records(records)
    facts = assess(record_set.records)
    work: dict[str, Callable[[], object]] = {
        "read": lambda: folder.read_records(records),
        "facts": lambda: assess(record_set.records),
        "rules": lambda: findings(record_set),
        "tables": lambda: tabulate(record_set.records, facts),
    }
    taken = {}
    for name, run in work.items():
        begun = time.process_time()
        run()
        taken[name] = time.process_time() - begun

    return taken


def main() -> None:
    """Print the ratios and the exponents."""
    with tempfile.TemporaryDirectory() as temporary:
        cache = Path(temporary) / "cache"
        cache.mkdir(mode=0o700)
        print(f"{'times import pyarrow':<28}{'now':>8}{'aim':>8}")
        for name, (arguments, is_kept, aim) in AIMS.items():
            found = ratio(arguments, cache, is_kept=is_kept)
            print(f"{name:<28}{found:>8.1f}{aim:>8.1f}")

        # Four times as much is more than a project may have.
        folder.BUDGET = folder.BUDGET._replace(values=10**7, bytes=10**9, files=10**6)
        grown = {
            times: steps(multiplied(Path(temporary) / str(times), times)) for times in (1, 2, 4)
        }
    print(f"{'records, times':<16}{'1':>8}{'2':>8}{'4':>8}{'exponent':>10}")
    for name in grown[1]:
        taken = [grown[times][name] for times in (1, 2, 4)]
        exponent = math.log(taken[2] / taken[0], 4)
        print(f"{name:<16}" + "".join(f"{one:>6.2f} s" for one in taken) + f"{exponent:>10.2f}")


if __name__ == "__main__":
    main()
