"""Tests of the whole site: all its links, all its facts, and what it costs."""

from __future__ import annotations

import csv
import gzip
import posixpath
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from helpers.links import broken, ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ROOT = Path(__file__).parents[1]
#: Megabytes of memory that building all may take.
MEGABYTES = 220
#: The bytes of a disk in memory that are room enough for a site.
ROOM = 10**9


@pytest.fixture(scope="module")
def site(folder: Path) -> Mapping[str, str]:
    """Return the text of all files by their paths; of pictures and tables, nothing."""
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        if path.suffix in {".html", ".js", ".css"}
        else ""
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_all_links_lead_somewhere(site: Mapping[str, str]) -> None:
    """Every link and fragment of every page resolves."""
    assert list(broken(site)) == []


def test_the_guides_count_as_the_first_page_does(site: Mapping[str, str]) -> None:
    """The guide to what is in the data names as many operations, sources and figures."""
    home = re.findall(r"\d[\d,]*", site["index.html"].partition("<p class=lead>")[2])[:4]
    contents = site["docs/trust/contents.html"]
    operations, figures, sources = home[0], home[1], home[2]
    said = (f"{operations} cases", f"{sources} sources", f"Of {figures} figures")

    assert [text for text in said if text not in contents] == []


def test_all_facts_have_an_address(site: Mapping[str, str], folder: Path) -> None:
    """Every fact of every case is an id on its page, once."""
    facts: defaultdict[str, set[str]] = defaultdict(set)
    with (folder / "data/tables/verification.csv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            if row["record_table"] == "cases":
                facts[row["record_id"]].add(row["field"])

    assert facts
    for case, paths in facts.items():
        found = ids(site[f"cases/{case}.html"])
        assert paths <= set(found)
        assert len(found) == len(set(found))


def test_pages_are_small(site: Mapping[str, str]) -> None:
    """With styles and scripts, a page takes no more than its budget on its way."""

    def larger(paths: Iterable[str], limit: int) -> dict[str, int]:
        """Return the sizes above a limit; what is below it as text is so compressed, too."""
        found = {}
        for path in paths:
            folder = path.rpartition("/")[0]
            own = re.findall(r'(?:src|href)="([^"]+\.(?:js|css))"', site[path])
            needed = [path, *(posixpath.normpath(f"{folder}/{link}".lstrip("/")) for link in own)]
            texts = [site[file].encode() for file in needed]
            if sum(map(len, texts)) > limit:
                size = sum(len(gzip.compress(text)) for text in texts)
                found |= {path: size} if size > limit else {}
        return found

    cases = {path for path in site if path.startswith("cases/") and path.endswith(".html")}
    cases.remove("cases/index.html")

    assert larger(["index.html"], 60_000) == {}
    assert larger(cases, 50_000) == {}
    assert larger((path for path in site if path.endswith(".html")), 160_000) == {}


def test_the_site_is_small(folder: Path) -> None:
    """It has at most six thousand files, and its pages no more than they need."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]

    assert len(sizes) <= 6_000
    assert sum(sizes) <= 60_000_000


def test_building_takes_little_memory(tmp_path: Path) -> None:
    """The whole site is built page by page; what it takes in time, ``make bench`` says."""
    # In memory, where there is room: on a busy disk to write the files takes ten times as long.
    memory = Path("/dev/shm")  # noqa: S108  # a folder of its own is made there
    has_room = memory.is_dir() and shutil.disk_usage(memory).free > ROOM
    with TemporaryDirectory(dir=memory if has_room else tmp_path) as folder:
        megabytes = _peak(Path(folder) / "out")

    assert megabytes <= MEGABYTES


def _peak(target: Path) -> float:
    """Return the megabytes of memory that building the site takes."""
    code = (
        "from interpol_dataset.cli import main\n"
        f"try: main(['site', {str(target)!r}, '--package', {str(ROOT)!r}])\n"
        "except SystemExit as done: assert not done.code\n"
        "peak = next(line for line in open('/proc/self/status') if line.startswith('VmHWM'))\n"
        "print(int(peak.split()[1]) / 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    return float(done.stdout.splitlines()[-1])
