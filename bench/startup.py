"""
How long it takes from process start to an import, and to a table in memory.

Run by ``make bench``. Every figure is the median of whole processes, taken in turn with bare
Python, so that the ratio holds when the machine's speed drifts.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from typing import Final

RUNS: Final = 15

# An installed package is compiled once, and so are those that are measured here.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

COMMANDS: Final = {
    "bare Python": "pass",
    "import pyarrow": "import pyarrow",
    "import interpol_dataset": "import interpol_dataset",
    "load() and one table": "import interpol_dataset; interpol_dataset.load().cases.to_arrow()",
    "load() and outcomes": "import interpol_dataset; interpol_dataset.load().outcomes.to_arrow()",
}


def seconds(code: str) -> float:
    """Time one process."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)

    return time.perf_counter() - begun


def main() -> None:
    """Time all commands in turn and print medians and ratios."""
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for code in COMMANDS.values():
        seconds(code)
    for _ in range(RUNS):
        for name, code in COMMANDS.items():
            times[name].append(seconds(code))

    bare = statistics.median(times["bare Python"])
    print(f"{'start-up':<28}{'median':>10}{'more than bare':>16}{'ratio':>8}")
    for name, values in times.items():
        median = statistics.median(values)
        extra = (median - bare) * 1000
        print(f"{name:<28}{median * 1000:>7.0f} ms{extra:>13.0f} ms{median / bare:>8.1f}")


if __name__ == "__main__":
    main()
