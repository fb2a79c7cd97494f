"""
Fuzz each target for its share of some seconds, guided by coverage.

``make fuzz SECONDS=600`` runs this. What is found on the way is kept in ``dist/fuzz``, for the next
run. An input that crashes, takes 5 seconds or 1 GB is written to ``fuzz/crashes``, one for each
place in the code, where the tests replay it; then the fuzzer goes on.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parent
NAMES: Final = ("yaml", "csv", "parquet", "descriptor", "quantity", "edtf", "fact_path")

#: Where temporary files are in memory, on Linux.
MEMORY: Final = Path("/dev/shm")  # noqa: S108  # the folders in it have names of their own

#: Before the number of executions, in what libFuzzer prints.
DONE: Final = "stat::number_of_executed_units"


def fuzz(name: str, options: list[str]) -> None:
    """Fuzz one target in this process, which ends with it."""
    import atheris  # noqa: PLC0415  # only where it is used, it changes what is imported after it

    with atheris.instrument_imports(include=["interpol_dataset", "yaml"]):
        from targets import TARGETS  # noqa: PLC0415

    for path in (HERE / "corpus" / name).iterdir():  # what is imported later counts as a slow input
        TARGETS[name](path.read_bytes())

    executions = count(1)

    def one(data: bytes) -> None:
        done = next(executions)
        try:
            TARGETS[name](data)
        except BaseException as error:  # noqa: BLE001  # none should come
            print(f"{traceback.format_exc()}\n{DONE}: {done}", flush=True)
            last = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{type(error).__name__}-{Path(last.filename).stem}-{last.name}"
            (HERE / "crashes" / name / place.strip("<>")).write_bytes(data)
            os._exit(1)  # at once: libFuzzer's own timer would kill Python while it cleans up

    atheris.Setup([sys.argv[0], *options], one)
    atheris.Fuzz()


def run(name: str, seconds: int) -> bool:
    """Fuzz one target, each time in a process of its own, and return whether nothing was found."""
    found, crashes = HERE.parent / "dist" / "fuzz" / name, HERE / "crashes" / name
    for folder in (found, crashes):
        folder.mkdir(parents=True, exist_ok=True)
    options = ["-timeout=5", "-rss_limit_mb=1024", "-max_len=4096", "-print_final_stats=1"]
    options += [f"-artifact_prefix={crashes}/", str(found), str(HERE / "corpus" / name)]
    executions, end = 0, time.monotonic() + seconds
    failures: list[str] = []

    while (left := int(end - time.monotonic())) > 0:
        with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
            done = subprocess.run(
                [sys.executable, __file__, "--target", name, f"-max_total_time={left}", *options],
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                env=os.environ | {"TMPDIR": folder},
                text=True,
                errors="replace",
                check=False,
            )
        executions += sum(int(number) for number in re.findall(rf"{DONE}: (\d+)", done.stdout))
        if not done.returncode:
            break
        failures.append(f"{done.stdout[-3000:]}\n{name} ended with {done.returncode}")

    print(f"{name:<12} {executions:>12,} executions, {len(failures)} failures", flush=True)
    for failure in failures[:3]:
        print(failure, flush=True)
    if not any(crashes.iterdir()):
        crashes.rmdir()

    return not failures


def main() -> int:
    """Fuzz all targets, two at a time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=120, help="for all targets together")
    parser.add_argument("--target", choices=NAMES, help="only this one, with libFuzzer's options")
    given, options = parser.parse_known_args()
    if given.target:
        fuzz(given.target, options)

    jobs = 2
    share = max(1, given.seconds * jobs // len(NAMES))
    with ThreadPoolExecutor(jobs) as pool:
        passed = list(pool.map(lambda name: run(name, share), NAMES))

    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
