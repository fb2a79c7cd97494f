"""
What starting costs: an import, a table in memory, the command line.

Run by ``make bench``. Whole processes are measured in turn, so that ratios hold when the machine's
speed drifts, and medians are printed: of wall time beside bare Python, and of a command's CPU time
beside that of the function it calls.
"""

from __future__ import annotations

import os
import resource
import statistics
import sys
import time
from pathlib import Path
from subprocess import DEVNULL, run
from typing import Final, NamedTuple

RUNS: Final = 15
ROOT: Final = Path(__file__).parents[1]
TABLE: Final = "data/tables/outcomes.csv"

CHECK: Final = f"""
from pathlib import Path
from interpol_dataset.validate.tables import check_table
check_table(Path("{TABLE}"), "outcomes")
"""

# An installed package is compiled once, and so are those that are measured here.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

PYTHON: Final = (sys.executable, "-c")
COMMAND: Final = (sys.executable, "-m", "interpol_dataset")

PROCESSES: Final[dict[str, tuple[str, ...]]] = {
    "bare Python": (*PYTHON, "pass"),
    "import pyarrow": (*PYTHON, "import pyarrow"),
    "import interpol_dataset": (*PYTHON, "import interpol_dataset"),
    "load() and one table": (*PYTHON, "import interpol_dataset as i; i.load().cases.to_arrow()"),
    "load() and outcomes": (*PYTHON, "import interpol_dataset as i; i.load().outcomes.to_arrow()"),
    "--version": (*COMMAND, "--version"),
    "--help": (*COMMAND, "--help"),
    "check_table()": (*PYTHON, CHECK),
    "validate TABLE": (*COMMAND, "validate", TABLE, "--as", "outcomes"),
}

#: Commands whose CPU time is held against that of a function.
PAIRS: Final = (("validate TABLE", "check_table()"),)


class Cost(NamedTuple):
    """What a process took, in milliseconds."""

    wall: float
    cpu: float


def cost(process: tuple[str, ...]) -> Cost:
    """Measure one process."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    run(process, check=True, cwd=ROOT, stdout=DEVNULL)
    wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    return Cost(wall * 1000, cpu * 1000)


def main() -> None:
    """Measure all processes in turn and print medians and ratios."""
    costs: dict[str, list[Cost]] = {name: [] for name in PROCESSES}
    for process in PROCESSES.values():
        cost(process)
    for _ in range(RUNS):
        for name, process in PROCESSES.items():
            costs[name].append(cost(process))

    medians = {
        name: Cost(*(statistics.median(values) for values in zip(*measured, strict=True)))
        for name, measured in costs.items()
    }
    bare = medians["bare Python"].wall
    print(f"{'start-up':<28}{'wall':>10}{'more than bare':>16}{'ratio':>8}{'CPU':>10}")
    for name, (wall, cpu) in medians.items():
        print(f"{name:<28}{wall:>7.0f} ms{wall - bare:>13.0f} ms{wall / bare:>8.1f}{cpu:>7.0f} ms")
    for command, function in PAIRS:
        ratio = medians[command].cpu / medians[function].cpu
        print(f"{command} takes {ratio:.2f} times the CPU of {function}")


if __name__ == "__main__":
    main()
