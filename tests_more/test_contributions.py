"""What an honest contributor adds passes all that is asked of records, once it is built."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[1]

#: The tests that look at the project's own records, or at what is built from them.
OF_RECORDS: Final = "@tests/records.txt"


def source(id_: str, body: str, asserter: str, day: str) -> str:
    """Return the record of a page of news."""
    return (
        f"id: {id_}\nkind: news\npublisher: {body}\nasserter: {asserter}\n"
        f"title: Police of many countries seize goods, {day}\nurl: https://www.{body}.com/{id_}\n"
        f"published: {day}\nretrieved: 2026-11-24\nlanguage: en\n"
    )


CASE: Final = """\
id: grey-heron
name: Operation Grey Heron
categories: [counterfeiting]
summary: >-
  Customs and police at Port Klang and in Ciudad del Este looked for fake medicines, with notices of
  INTERPOL.
reports:
  - source: {source}
    interpol_role: {{value: supported, at: lead}}
    period: {{value: 2016-08-01/2016-08-05, at: lead}}
    announced: {{value: 2016-08-09, at: date line}}
    country_count: {{value: 3, at: paragraph 2}}
    countries: {{complete: true, list: [CHE, MYS, PRY], at: paragraph 2}}
{more}    outcomes:
      - {{metric: value-seized, object: counterfeit-goods, value: ~730000, unit: CHF, at: lead}}
      - {{metric: arrests, value: 17, at: paragraph 3}}
"""

REPORT: Final = """\
  - source: reuters-2022-05-12-storm-makers
    outcomes:
      - {metric: arrests, place: KHM, part: true, value: 9, at: paragraph 4}
"""

BODY: Final = """\
- id: heronland-post
  name: Heronland Post
  kind: media
  country: CHE
"""

CASES: Final = "cases/grey-heron.yaml"
STORM: Final = "cases/storm-makers.yaml"

#: Texts that are added to files, by the contribution; its files are made where there are none.
CONTRIBUTIONS: Final = {
    "a case with money": {
        "sources/reuters-2016-08-09-grey-heron.yaml": source(
            "reuters-2016-08-09-grey-heron", "reuters", "interpol", "2016-08-09"
        ),
        CASES: CASE.format(source="reuters-2016-08-09-grey-heron", more=""),
    },
    "a country's own figure": {
        "sources/reuters-2022-05-12-storm-makers.yaml": source(
            "reuters-2022-05-12-storm-makers", "reuters", "reuters", "2022-05-12"
        ),
        STORM: REPORT,
    },
    "a new organization": {
        "organizations.yaml": BODY,
        "sources/heronland-post-2016-08-09-grey-heron.yaml": source(
            "heronland-post-2016-08-09-grey-heron", "heronland-post", "interpol", "2016-08-09"
        ),
        CASES: CASE.format(
            source="heronland-post-2016-08-09-grey-heron",
            more=(
                "    organizations:\n"
                "      - {organization: europol, role: partner, at: paragraph 2}\n"
            ),
        ),
    },
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a copy of the project."""
    made = shutil.ignore_patterns(".git", ".venv", ".*_cache", ".hypothesis", "__pycache__", "dist")

    return shutil.copytree(ROOT, tmp_path / "project", ignore=made)


def _passes(project: Path, *arguments: str) -> None:
    """Run a module in the copy, with the copy's own code."""
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=project,
        env=os.environ | {"PYTHONPATH": str(project / "src"), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert not done.returncode, done.stdout[-3000:] + done.stderr[-3000:]


@pytest.mark.parametrize("what", CONTRIBUTIONS)
def test_a_contribution_passes(what: str, project: Path) -> None:
    """Records, put in canonical form and built as the guide says, fail nothing."""
    for name, text in CONTRIBUTIONS[what].items():
        path = project / "data" / "records" / name
        before = path.read_text("utf-8") if path.exists() else ""
        path.write_text(before + text, "utf-8")
    for command in ("fmt", "build", "validate --strict", "fmt --check", "build --check"):
        _passes(project, "interpol_dataset", *command.split())

    _passes(project, "pytest", "-q", "-p", "no:cacheprovider", "-n", "2", OF_RECORDS)
