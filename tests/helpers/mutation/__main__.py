"""
Damage the records many times and print how much of it is found, by kind.
"""

# ruff: noqa: T201  # it prints a table

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
from collections import Counter
from itertools import cycle, islice
from pathlib import Path
from random import Random
from typing import NamedTuple

from helpers.mutation.original import load
from helpers.mutation.run import DAMAGE, mutant, survives


class Result(NamedTuple):
    """
    What became of a mutant.

    :param kind: The kind of damage.
    :param expected: Where it has to be found, and by which rule.
    :param instead: What was found instead; ``None`` if it was found.
    """

    kind: str
    expected: str
    instead: str | None


def run(mutants: int, seed: int, part: int, parts: int) -> list[Result]:
    """Make all mutants, in all kinds of ways in turn, and check one part of them."""
    original, rng = load(), Random(seed)  # noqa: S311  # no secrets
    results = []
    with tempfile.TemporaryDirectory() as folder:
        for number, kind in enumerate(islice(cycle(DAMAGE), mutants)):
            made = mutant(kind, rng, original)
            if number % parts == part:
                try:
                    instead = survives(made, original, Path(folder))
                except Exception as error:  # noqa: BLE001  # a crash of the gate is a result
                    instead = f"crash: {error!r}"
                results.append(Result(kind, made.expected, instead))

    return results


def main() -> int:
    """Run the generator and print its results."""
    parser = argparse.ArgumentParser(prog="python -m helpers.mutation", description=__doc__)
    parser.add_argument("--mutants", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=20_261_125)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()

    start = time.perf_counter()
    parts = [
        (options.mutants, options.seed, part, options.processes)
        for part in range(options.processes)
    ]
    with multiprocessing.Pool(options.processes) as pool:
        results = [result for found in pool.starmap(run, parts) for result in found]

    made = Counter(result.kind for result in results)
    lost = [result for result in results if result.instead is not None]
    survivors = Counter(result.kind for result in lost)
    print("| damage | mutants | found |\n| --- | --- | --- |")
    for kind in DAMAGE:
        if made[kind]:
            print(f"| {kind} | {made[kind]} | {made[kind] - survivors[kind]} |")
    print(f"| **all** | {len(results)} | {len(results) - len(lost)} |\n")
    for result in lost:
        print(f"survivor: {result.kind}, expected {result.expected}, found {result.instead}")
    print(f"{time.perf_counter() - start:.0f} s", file=sys.stderr)

    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
