"""What the page on security promises is so: its numbers, and what it says of workflows."""

import re
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from interpol_dataset.dataset import tables
from interpol_dataset.package import arrow, reader, text
from interpol_dataset.records.compose import END_DEPTH, MAX_DEPTH, MAX_VALUES
from interpol_dataset.records.document import MAX_BYTES
from interpol_dataset.records.folder import BUDGET
from interpol_dataset.rules.gate import RULES
from interpol_dataset.rules.rule import MAX_FINDINGS
from interpol_dataset.tablecheck import faults as limits

ROOT: Final = Path(__file__).parents[1]
PAGE: Final = ROOT / "SECURITY.md"

LIMITS: Final = {
    "Bytes of a file": (MAX_BYTES, reader.MAX_FILE),
    "Values in a file": (MAX_VALUES,),
    "Levels of nesting": (MAX_DEPTH,),
    "Levels below those, after which a file is not read on": (END_DEPTH,),
    "Files in the folder, all together": (BUDGET.files,),
    "Bytes, all together": (BUDGET.bytes,),
    "Values, all together": (BUDGET.values,),
    "Defects of files and records, after which nothing is checked": (BUDGET.defects,),
    "Findings of a rule": (MAX_FINDINGS,),
    "Bytes of a descriptor": (limits.MAX_DESCRIPTOR,),
    "Values of a descriptor": (limits.MAX_DESCRIPTOR_VALUES,),
    "Resources of a package": (reader.MAX_RESOURCES,),
    "Bytes of a table in memory, of Parquet and JSON": (arrow.MAX_TABLE,),
    "Bytes of all tables, in their files and in memory together": (tables.MAX_TABLES,),
}

WORKFLOWS: Final = [*sorted((ROOT / ".github" / "workflows").glob("*.yml")), ROOT / "action.yml"]


def test_the_page_has_the_limits_of_the_code() -> None:
    """A limit that is changed in the code is changed on the page."""
    found: dict[str, list[int]] = {}
    rows = re.findall(r"^\| (.+?) \| ([0-9,]+) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    for what, number in rows:
        found.setdefault(what, []).append(int(number.replace(",", "")))
    assert {what: [*numbers] for what, numbers in LIMITS.items()} == found
    assert arrow.MAX_TABLE == text.MAX_MEMORY


def test_the_rule_s_page_has_the_limits_of_the_code() -> None:
    """The page of the rule on size names the same limits."""
    numbers = [MAX_VALUES, BUDGET.files, BUDGET.bytes >> 20, BUDGET.values, BUDGET.defects]
    assert [number for number in numbers if f"{number:,}" not in RULES["SYN001"].page] == []


#: What starts a workflow, the rights of all its jobs, and what a job may do beside.
_ALL: Final = {"contents": "read"}
RIGHTS: Final[dict[str, tuple[set[str], dict[str, str], dict[str, dict[str, str]]]]] = {
    "ci.yml": ({"push", "pull_request"}, _ALL, {"built": {"contents": "write"}}),
    "comment.yml": (
        {"workflow_run"},
        {},
        {"comment": {"actions": "read", "contents": "read", "pull-requests": "write"}},
    ),
    "release.yml": (
        {"push"},
        _ALL,
        {"index": {"id-token": "write"}, "github": {"contents": "write"}},
    ),
    "weekly.yml": ({"schedule", "workflow_dispatch"}, _ALL, {}),
    "site.yml": (
        {"push", "workflow_dispatch"},
        _ALL,
        {"deploy": {"pages": "write", "id-token": "write"}},
    ),
}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_trusts_nobody(path: Path) -> None:
    """No secrets, no rights or triggers but those listed, and actions that can't be exchanged."""
    text = path.read_text("utf-8")
    content: dict[Any, Any] = yaml.safe_load(text)
    used = [step["uses"] for step in _steps(content) if "uses" in step]

    assert used
    assert [name for name in used if not re.fullmatch(r"\./|[\w/-]+@[0-9a-f]{40}", name)] == []
    assert "secrets" not in text
    if path.name != "action.yml":
        triggers, rights, more = RIGHTS[path.name]
        # To YAML 1.1, which PyYAML reads, "on" is a truth value.
        assert triggers == set(content[True])
        assert rights == content["permissions"]
        assert more == {
            name: job["permissions"]
            for name, job in content["jobs"].items()
            if "permissions" in job
        }
        checkouts = [step for step in _steps(content) if "checkout" in step.get("uses", "")]
        assert [False] * len(checkouts) == [
            step["with"]["persist-credentials"] for step in checkouts
        ]
        # What a stranger named must not be put into a script, where it would be run.
        assert [step for step in _steps(content) if "${{" in step.get("run", "")] == []


def test_a_job_with_rights_runs_nothing_of_a_pull_request() -> None:
    """The job that comments has the default branch's own files, and takes a text from the other."""
    comment = yaml.safe_load((ROOT / ".github" / "workflows" / "comment.yml").read_text("utf-8"))
    (job,) = comment["jobs"].values()
    checkout, last = job["steps"]
    assert checkout["with"]["ref"] == "${{ github.event.repository.default_branch }}"
    assert last["run"] == ".ci/comment"


def test_a_release_is_published_without_a_password() -> None:
    """Only what was built and checked is published, by a job that builds nothing."""
    release = yaml.safe_load((ROOT / ".github" / "workflows" / "release.yml").read_text("utf-8"))
    build, github, index = release["jobs"].values()
    runs = " ".join(step.get("run", "") for step in build["steps"])

    assert release[True]["push"] == {"tags": ["v[0-9]*"]}
    assert ".ci/run" in runs
    assert ".ci/weekly" in runs
    assert 'release-check TAG="$TAG"' in runs
    assert (github["needs"], index["needs"]) == ("build", "github")
    assert "password" not in str(index)
    assert [
        step for job in (index, github) for step in job["steps"] if "checkout" in str(step)
    ] == []


def test_the_package_opens_no_connection() -> None:
    """No module imports what could; ``browse`` only listens."""
    opening = re.compile(
        r"^\s*(?:import|from) (socket|ssl|ftplib|http|urllib\.request|requests|httpx|urllib3)\b.*",
        re.MULTILINE,
    )
    package = ROOT / "src" / "interpol_dataset"

    assert {
        path.relative_to(package).as_posix(): found
        for path in package.rglob("*.py")
        if (found := opening.findall(path.read_text("utf-8")))
    } == {"site/serve.py": ["http"]}


def _steps(content: dict[Any, Any]) -> list[dict[str, Any]]:
    jobs = [*content.get("jobs", {}).values(), content.get("runs", {})]
    return [step for job in jobs for step in job.get("steps", [])]
