"""
Fuzz each target for its share of some seconds, guided by coverage.

``make fuzz SECONDS=600`` runs this. What is found on the way is kept in ``dist/fuzz``, for the next
run. An input that crashes, takes 5 seconds or 1 GB is written to ``fuzz/crashes``, where the tests
replay it.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parent
NAMES: Final = ("yaml", "csv", "parquet", "descriptor", "quantity", "edtf", "fact_path")


def fuzz(name: str, options: list[str]) -> None:
    """Fuzz one target in this process, which ends with it."""
    import atheris  # noqa: PLC0415  # only where it is used, it changes what is imported after it

    with atheris.instrument_imports(include=["interpol_dataset", "yaml"]):
        from targets import TARGETS  # noqa: PLC0415

    atheris.Setup([sys.argv[0], *options], TARGETS[name])
    atheris.Fuzz()


def run(name: str, seconds: int) -> bool:
    """Fuzz one target in a process of its own, and return whether nothing was found."""
    found, crashes = HERE.parent / "dist" / "fuzz" / name, HERE / "crashes" / name
    for folder in (found, crashes):
        folder.mkdir(parents=True, exist_ok=True)
    options = [
        f"-max_total_time={seconds}",
        "-timeout=5",
        "-rss_limit_mb=1024",
        "-max_len=4096",
        "-print_final_stats=1",
        f"-artifact_prefix={crashes}/",
        str(found),
        str(HERE / "corpus" / name),
    ]
    done = subprocess.run(
        [sys.executable, __file__, "--target", name, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    count = re.search(r"number_of_executed_units: (\d+)", done.stdout)
    print(f"{name:<12} {int(count[1]) if count else 0:>12,} executions", flush=True)
    if done.returncode:
        print(f"{done.stdout[-4000:]}\n{name} ended with {done.returncode}", flush=True)
    elif not any(crashes.iterdir()):
        crashes.rmdir()

    return done.returncode == 0


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
