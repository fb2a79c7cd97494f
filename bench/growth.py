"""
What the aims of speed come to, as ratios, and how the time grows with the records.

Run by ``make bench`` in the project's folder. Whole commands are held against a process that only
imports pyarrow; with two and four times the cases, under other ids, each step is timed again. An
exponent of 1 is growth in step with the statements.
"""

from __future__ import annotations

import gc
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
from typing import TYPE_CHECKING, Final, TypeVar

from interpol_dataset.evidence.facts import assess
from interpol_dataset.records import folder
from interpol_dataset.rules.gate import findings
from interpol_dataset.tables.tabulate import tabulate

if TYPE_CHECKING:
    from collections.abc import Callable

RUNS: Final = 3
ROOT: Final = Path(__file__).parents[1]
FILE: Final = "data/records/cases/haechi-iii.yaml"
TABLE: Final = "import interpol_dataset as i; i.load().cases.to_arrow()"
COMMAND: Final = ("-m", "interpol_dataset")

T = TypeVar("T")


def forget(_: Path, cache: Path) -> None:
    """Leave nothing cached."""
    shutil.rmtree(cache)
    cache.mkdir(mode=0o700)


def edit(project: Path, _: Path) -> None:
    """Change a file of records."""
    with (project / FILE).open("a", encoding="utf-8") as file:
        file.write("# edited\n")


#: What is timed, what is done before each run, and how many times as long as pyarrow it may take.
AIMS: Final[dict[str, tuple[tuple[str, ...], Callable[[Path, Path], None] | None, float]]] = {
    "validate, nothing cached": ((*COMMAND, "validate"), forget, 25),
    "validate, cached": ((*COMMAND, "validate"), None, 5),
    "validate an edited file": ((*COMMAND, "validate", FILE), edit, 4.2),
    "explain CASE FACT": ((*COMMAND, "explain", "haechi-iii", "period"), None, 2.9),
    "load() and one table": (("-c", TABLE), None, 1.33),
    "--help": ((*COMMAND, "--help"), None, 0.7),
    "build --check": ((*COMMAND, "build", "--check", "--root", str(ROOT)), None, 42),
}


def seconds(arguments: tuple[str, ...], project: Path, cache: Path) -> float:
    """Time one process."""
    environment = os.environ | {"INTERPOL_DATASET_CACHE": str(cache)}
    begun = time.perf_counter()
    subprocess.run(
        [sys.executable, *arguments], check=True, cwd=project, capture_output=True, env=environment
    )

    return time.perf_counter() - begun


def ratios(temporary: Path) -> None:
    """Print how many times as long as the import of pyarrow each process takes, run in turn."""
    project, cache = temporary / "project", temporary / "cache"
    shutil.copytree(ROOT / folder.RECORDS, project / folder.RECORDS)
    cache.mkdir(mode=0o700)
    print(f"{'times import pyarrow':<28}{'now':>8}{'aim':>8}")
    for name, (arguments, prepare, aim) in AIMS.items():
        found = []
        for _ in range(RUNS):
            if prepare is not None:
                prepare(project, cache)
            taken = seconds(arguments, project, cache)
            found.append(taken / seconds(("-c", "import pyarrow"), project, cache))
        print(f"{name:<28}{statistics.median(found):>8.1f}{aim:>8.1f}", flush=True)


def multiplied(target: Path, times: int) -> Path:
    """Copy the records, each case so many times under other ids."""
    shutil.copytree(ROOT / folder.RECORDS, target)
    for path in [*(target / "cases").iterdir()]:
        text = path.read_text("utf-8")
        for number in range(2, times + 1):
            pattern = r"""^((?:id|name|series): [^>].*?)(["']?)$"""
            copy = re.sub(pattern, rf"\1-{number}\2", text, flags=re.MULTILINE)
            path.with_stem(f"{path.stem}-{number}").write_text(copy, "utf-8")

    return target


def timed(taken: dict[str, float], name: str, work: Callable[[], T]) -> T:
    """Do some work, and note the seconds of all processors that it took."""
    before = sum(os.times()[:4])
    done = work()
    taken[name] = sum(os.times()[:4]) - before

    return done


def steps(records: Path) -> dict[str, float]:
    """Time each step over some records."""
    taken: dict[str, float] = {}
    record_set = timed(taken, "read", lambda: folder.read_records(records))
    if record_set.defects:
        raise ValueError(f"a copy can't be read: {record_set.defects[0]}")
    facts = timed(taken, "facts", lambda: assess(record_set.records))
    timed(taken, "rules", lambda: findings(record_set))
    timed(taken, "tables", lambda: [*map(len, tabulate(record_set.records, facts).values())])

    return taken


def growth(temporary: Path) -> None:
    """Print how the time of each step grows."""
    # Four times as much is more than a project may have.
    folder.BUDGET = folder.BUDGET._replace(values=10**7, bytes=10**9, files=10**6)
    gc.set_threshold(2_000_000)  # as commands do
    grown = {times: steps(multiplied(temporary / str(times), times)) for times in (1, 2, 4)}
    print(f"{'records, times':<16}{'1':>8}{'2':>8}{'4':>8}{'exponent':>10}")
    for name, once in grown[1].items():
        exponent = math.log(grown[4][name] / once, 4)
        shown = "".join(f"{taken[name]:>6.2f} s" for taken in grown.values())
        print(f"{name:<16}{shown}{exponent:>10.2f}")


def main() -> None:
    """Print the ratios and the exponents."""
    with tempfile.TemporaryDirectory() as temporary:
        ratios(Path(temporary))
        growth(Path(temporary))


if __name__ == "__main__":
    main()
