"""Tests of what makes a release, and of the comment under a pull request."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import zipfile
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from helpers import mini

import interpol_dataset
from interpol_dataset._version import RELEASED, __version__
from interpol_dataset.build import build

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[1]


def script(name: str) -> ModuleType:
    """Import a script of the project's CI or of its tools."""
    spec = spec_from_file_location(Path(name).stem, ROOT / name)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)

    return module


release: Any = script("tools/release.py")
comment: Any = script(".ci/comment.py")

CHANGELOG = """\
# Changelog

## Unreleased

### Added

- A thing.

## 1.2.0 (2030-01-02)

- Another thing.

## 1.1.0 (2029-01-02)

- The first.
"""


# --- is it ready? ---------------------------------------------------------------------------


def test_the_project_s_version_is_in_the_changelog() -> None:
    """Version, day and changelog agree, with the tag that they ask for."""
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")

    assert list(release.wrong(changelog, __version__, RELEASED, f"v{__version__}")) == []


@pytest.mark.parametrize(
    ("version", "day", "tag", "wrong"),
    [
        ("1.2.0", "2030-01-02", None, []),
        ("1.2.0", "2030-01-02", "v1.2.0", []),
        ("1.2.0", "2030-01-03", None, ["no section '## 1.2.0 (2030-01-03)'"]),
        ("1.3.0", "2030-01-02", None, ["no section '## 1.3.0 (2030-01-02)'"]),
        ("1.2.0", "2030-01-02", "v1.3.0", ["the tag is v1.3.0, and _version.py says 1.2.0"]),
    ],
)
def test_what_contradicts_itself(version: str, day: str, tag: str | None, wrong: list[str]) -> None:
    """A version without its section or day, or with another tag, is not released."""
    found = list(release.wrong(CHANGELOG, version, day, tag))

    assert len(wrong) == len(found)
    assert all(words in line for words, line in zip(wrong, found, strict=True))


def test_sections_of_the_changelog() -> None:
    """The notes of a release are its own section, and nothing of the next."""
    assert release.section(CHANGELOG, "1.2.0") == "- Another thing."
    assert release.section(CHANGELOG, "Unreleased") == "### Added\n\n- A thing."
    assert release.section(CHANGELOG, "1.2") is None


def git(folder: Path, *arguments: str) -> None:
    """Run Git in a folder as somebody."""
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)  # noqa: S607


@pytest.fixture
def tagged(tmp_path: Path) -> Path:
    """Return a small project in a repository of its own, released as v0.1.0."""
    project = mini.write(tmp_path / "project")
    release.list_ids(project)
    build(project)
    git(project, "init", "-q")
    git(project, "add", "-A")
    git(project, "commit", "-qm", "One")
    git(project, "tag", "v0.1.0")

    return project


def test_a_release_that_is_ready(tagged: Path) -> None:
    """Nothing has to be done where nothing changed since the last tag."""
    assert release.last_tag(tagged) == "v0.1.0"
    assert list(release.undone(tagged, "## Unreleased\n")) == []


def test_what_has_to_be_done_before_a_tag(tagged: Path) -> None:
    """Entries without a version, ids that are not listed and a version that says too little."""
    mini.change(tagged, "metrics.yaml", "name: Arrests", "name: Arrests made")
    (tagged / "data" / "records" / "released_ids.txt").write_text("cases/alpha-i\n", "utf-8")
    build(tagged)
    entries, ids, version = release.undone(tagged, CHANGELOG)

    assert entries.startswith("1 entries of CHANGELOG.md are under Unreleased")
    assert "run 'make tools WHAT=released-ids'" in ids
    assert version.startswith(f"since v0.1.0: error: the changes since {__version__} make a patch")


def test_ids_once_published_stay_listed(tagged: Path) -> None:
    """An id is listed once, whether its record is new, was listed before or is gone."""
    path = tagged / "data" / "records" / "released_ids.txt"
    before = path.read_text("utf-8").splitlines()
    path.write_text("cases/gone\n" + "".join(f"{line}\n" for line in before[2:]), "utf-8")

    assert release.list_ids(tagged) == 2
    assert sorted([*before, "cases/gone"]) == path.read_text("utf-8").splitlines()


# --- what is attached -----------------------------------------------------------------------


def test_assets(built: Path, tmp_path: Path) -> None:
    """Each export loads again from its archive, all have checksums, and all bytes are the same."""
    found = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        release.assets(built, tmp_path / name, "2030-01-02", ("parquet", "csv"))
        found.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    sums = dict(reversed(line.split("  ")) for line in found[0]["SHA256SUMS"].decode().splitlines())

    assert found[0] == found[1]
    assert {
        name: hashlib.sha256(content).hexdigest()
        for name, content in found[0].items()
        if name != "SHA256SUMS"
    } == sums
    with zipfile.ZipFile(tmp_path / "one" / f"interpol-dataset-{__version__}-csv.zip") as archive:
        archive.extractall(tmp_path / "csv")
    assert len(interpol_dataset.load(built).cases) == len(
        interpol_dataset.load(tmp_path / "csv").cases
    )
    assert (tmp_path / "csv" / "ro-crate-metadata.json").is_file()


# --- the comment ----------------------------------------------------------------------------

HOSTILE = (
    "```\n<script>alert(1)</script> @maintainers ![](https://example.org/x.png)\n"
    "`````` \u202eevil\x1b[31m <!-- x --> [click](javascript:1)"
)


def test_a_comment_is_text() -> None:
    """Nothing in a diff ends the code block that it is in, nor turns or colours what follows."""
    head, gap, *rest = comment.comment(HOSTILE).splitlines()

    assert gap == ""
    assert head.startswith("**What this changes")
    assert [f"    {line[:3]}" for line in HOSTILE.splitlines()] == [line[:7] for line in rest]
    assert not re.search("[\x1b\u202e]", comment.comment(HOSTILE))


def test_a_long_comment_is_cut() -> None:
    """A diff of any length makes a comment that GitHub takes."""
    assert len(comment.comment("x" * 10**6)) < 65_536 > len(comment.comment("x\n" * 10**6))
    assert "The rest is in the summary" in comment.comment("x" * 10**6)


def test_the_script_reads_any_bytes(tmp_path: Path) -> None:
    """A file that is no text makes a comment all the same."""
    (tmp_path / "diff.txt").write_bytes(b"\xff\x00ok")
    done = subprocess.run(
        [sys.executable, ROOT / ".ci" / "comment.py", tmp_path / "diff.txt"],
        capture_output=True,
        check=True,
    )

    assert "\ufffd\ufffdok" in done.stdout.decode()


GH = """\
#!/usr/bin/env bash
echo "$@" >> "$LOG"
case "$1 $2" in
  "run download") [ -n "$DIFF" ] && printf '%s' "$DIFF" > "${@: -1}/diff.txt" ;;
  "api --method") echo "$PULLS" ;;
  "pr comment") cat "$7" >> "$LOG" ;;
esac
"""


@pytest.mark.parametrize(
    ("diff", "commit", "said"),
    [
        ("a change", "new", "pr comment 7"),
        ("a change", "other", None),  # something was pushed since
        ("", "new", None),  # CI made no diff
    ],
)
def test_the_comment_goes_to_its_own_pull_request(
    tmp_path: Path, diff: str, commit: str, said: str | None
) -> None:
    """The pull request is found by branch and commit; without it nothing is said."""
    (tmp_path / "gh").write_text(GH, "utf-8")
    (tmp_path / "gh").chmod(0o755)
    (tmp_path / "python3").symlink_to(sys.executable)
    log = tmp_path / "log"
    pulls = [{"number": 6, "head": {"sha": "old"}}, {"number": 7, "head": {"sha": "new"}}]
    done = subprocess.run(
        [ROOT / ".ci" / "comment"],
        capture_output=True,
        text=True,
        check=False,
        env={
            "RUN": "1",
            "REPOSITORY": "a/b",
            "OWNER": "c",
            "BRANCH": "d",
            "COMMIT": commit,
            "LOG": str(log),
            "DIFF": diff,
            "PULLS": json.dumps(pulls),
            "PATH": f"{tmp_path}:/usr/bin:/bin",
        },
    )
    text = log.read_text("utf-8")

    assert (done.returncode, done.stderr) == (0, "")
    assert (said is None) == ("pr comment" not in text)
    if said:
        assert "-f head=c:d" in text
        assert said in text
        assert "\n    a change\n" in text
