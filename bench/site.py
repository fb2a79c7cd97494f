"""
What the site costs: the time and memory of a build, and the bytes of its pages on their way.

Run by ``make bench``. The time is held against that of an export to CSV in the same run, so that
runs on different or busy machines can be compared.
"""

from __future__ import annotations

import gzip
import re
import resource
import sys
import tempfile
from pathlib import Path
from subprocess import DEVNULL, run
from typing import Final

ROOT: Final = Path(__file__).parents[1]


def size(site: Path, page: str) -> int:
    """Return the bytes of a page with its styles and scripts, compressed."""
    path = site / page
    links = re.findall(r'(?:src|href)="([^"]+\.(?:js|css))"', path.read_text("utf-8"))
    files = [path, *((path.parent / link).resolve() for link in links)]

    return sum(len(gzip.compress(file.read_bytes())) for file in files)


def processor_time(*arguments: str | Path) -> float:
    """Run a command over the project's package, and return the seconds of all processors."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "interpol_dataset", *arguments, "--package", ROOT]
    run(command, check=True, stdout=DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)

    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Build the site and print what it took."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        build = processor_time("site", site)
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        export = processor_time("export", Path(folder) / "csv", "--format", "csv")

        files = [path for path in site.rglob("*") if path.is_file()]
        pages = [path for path in files if path.suffix == ".html"]
        total = sum(path.stat().st_size for path in files)
        cases = [path.relative_to(site).as_posix() for path in site.glob("cases/*.html")]
        cases.remove("cases/index.html")
        print(f"build        {build / export:6.1f} times as long as an export to CSV")
        print(f"memory       {memory:6.0f} MB")
        print(f"files        {len(files):,}, of them {len(pages):,} pages; {total / 1e6:,.0f} MB")
        print(f"home         {size(site, 'index.html') / 1000:6.1f} kB on the way")
        print(f"list         {size(site, 'cases/index.html') / 1000:6.1f} kB")
        print(f"largest case {max(size(site, case) for case in cases) / 1000:6.1f} kB")


if __name__ == "__main__":
    main()
