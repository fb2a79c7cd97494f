"""
Check that a version can be released, and make all that its release consists of.

Without a tag it is a rehearsal: what has to be done before the tag is a note, not an error.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import interpol_dataset
from interpol_dataset._version import RELEASED
from interpol_dataset.dataset.export import export
from interpol_dataset.package.formats import FORMATS, WHOLE_FORMATS
from interpol_dataset.records.folder import RECORDS, read_records
from interpol_dataset.records.folder import RELEASED as RELEASED_IDS
from interpol_dataset.rules.context import Context

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[1]

#: The formats whose exports are attached to a release.
EXPORTS: Final = (*FORMATS, *WHOLE_FORMATS)


def section(changelog: str, version: str) -> str | None:
    """Return what the changelog says about a version, or ``Unreleased``; none if it has no such."""
    found = re.search(
        rf"^## {re.escape(version)}(?: \([^)\n]*\))?\n(.*?)(?=^## |\Z)",
        changelog,
        re.MULTILINE | re.DOTALL,
    )

    return found[1].strip() if found else None


def wrong(changelog: str, version: str, day: str, tag: str | None) -> Iterator[str]:
    """Return what contradicts itself in what the project says about its version."""
    if f"\n## {version} ({day})\n" not in changelog:
        yield f"CHANGELOG.md has no section '## {version} ({day})', as _version.py says"
    if tag and tag != f"v{version}":
        yield f"the tag is {tag}, and _version.py says {version}"


def undone(root: Path, changelog: str) -> Iterator[str]:
    """Return what has to be done before the tag is set."""
    entries = re.findall(r"^- ", section(changelog, "Unreleased") or "", re.MULTILINE)
    if entries:
        yield f"{len(entries)} entries of CHANGELOG.md are under Unreleased; name the version"

    listed, present = ids(root)
    if new := present - listed:
        yield f"{len(new):,} ids are not listed as published; run 'make tools WHAT=released-ids'"

    last = last_tag(root)
    if last is None:
        print("ok: no earlier release is tagged, so there is nothing to compare with")
        return
    command = (sys.executable, "-m", "interpol_dataset", "diff", last, str(root))
    options = ("--check-version", "--repository", str(root), "--format", "changelog")
    done = subprocess.run(  # noqa: S603  # this package's own command
        [*command, *options],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        yield f"since {last}: {done.stderr.strip()}"


def ids(root: Path) -> tuple[set[str], set[str]]:
    """Return the ids that are listed as published, and those of all records."""
    record_set = read_records(root / RECORDS, RECORDS)
    listed, present = (
        {f"{item.table}/{item.id}" for item in items}
        for items in (record_set.released, Context(record_set).ids)
    )

    return listed, present


def list_ids(root: Path) -> int:
    """List the ids of all records as published, and return how many are new."""
    listed, present = ids(root)
    lines = "".join(f"{line}\n" for line in sorted(listed | present))
    (root / RECORDS / RELEASED_IDS).write_text(lines, "utf-8")

    return len(present - listed)


def last_tag(root: Path) -> str | None:
    """Return the tag of the release before this one; none if there is none."""
    # If this commit is tagged, the one before it is asked.
    for revision in ("HEAD^", "HEAD"):
        done = subprocess.run(  # noqa: S603  # the revisions are those above
            ["git", "describe", "--tags", "--abbrev=0", "--match", "v[0-9]*", revision],  # noqa: S607
            cwd=root,
            capture_output=True,
            text=True,
            check=False,
        )
        if not done.returncode:
            return done.stdout.strip()

    return None


def assets(root: Path, out: Path, day: str, formats: tuple[str, ...] = EXPORTS) -> list[Path]:
    """
    Write the exports of a built project, one file each, and their checksums; CSV has the metadata.

    :param root: The project's folder.
    :param out: Where to write; what is there already gets a checksum, too.
    :param day: The day that archives give their files, so that they are the same on every run.
    """
    dataset = interpol_dataset.load(root)
    stem = f"interpol-dataset-{dataset.version}"
    with tempfile.TemporaryDirectory() as folder:
        for format_ in formats:
            target = Path(folder) / format_
            export(dataset.tables, target, format_, metadata=format_ == "csv")
            files = {path.relative_to(target).as_posix(): path for path in target.rglob("*")}
            _zip(out / f"{stem}-{format_}.zip", files, day)

    made = sorted(path for path in out.iterdir() if path.name != "SHA256SUMS")
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in made]
    (out / "SHA256SUMS").write_text("".join(sums), "utf-8")

    return [*made, out / "SHA256SUMS"]


def _zip(path: Path, files: dict[str, Path], day: str) -> None:
    year, month, date = map(int, day.split("-"))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, file in sorted(files.items()):
            if file.is_file():
                info = zipfile.ZipInfo(name, (year, month, date, 0, 0, 0))
                info.external_attr = 0o644 << 16
                archive.writestr(info, file.read_bytes(), zipfile.ZIP_DEFLATED)


def distributions(root: Path, out: Path, day: str) -> None:
    """Write the wheel and the source distribution, whose bytes depend on the day of the release."""
    midnight = datetime.fromisoformat(day).replace(tzinfo=UTC)
    subprocess.run(  # noqa: S603  # the build tool of the project
        [sys.executable, "-m", "hatchling", "build", "-d", str(out)],
        cwd=root,
        env=os.environ | {"SOURCE_DATE_EPOCH": str(int(midnight.timestamp()))},
        capture_output=True,
        check=True,
    )


def main() -> int:
    """Check, then write everything to ``dist/release``; or list the ids."""
    parser = argparse.ArgumentParser(description="Check that a version can be released.")
    parser.add_argument("--tag", help="the tag of the release; without it this is a rehearsal")
    parser.add_argument("--list-ids", action="store_true", help="only list ids as published")
    options = parser.parse_args()
    if options.list_ids:
        print(f"{RELEASED_IDS}: {list_ids(ROOT):,} ids added")
        return 0

    tag: str | None = options.tag or None
    version, changelog = interpol_dataset.__version__, (ROOT / "CHANGELOG.md").read_text("utf-8")

    errors = list(wrong(changelog, version, RELEASED, tag))
    before = list(undone(ROOT, changelog))
    for line in [*errors, *(before if tag else [])]:
        print(f"error: {line}")
    if errors or (tag and before):
        return 1
    for line in before:
        print(f"before the tag: {line}")

    out = ROOT / "dist" / "release"
    out.mkdir(parents=True, exist_ok=True)
    for path in out.iterdir():
        path.unlink()
    distributions(ROOT, out, RELEASED)
    (ROOT / "dist" / "release-notes.md").write_text(f"{section(changelog, version)}\n", "utf-8")
    for path in assets(ROOT, out, RELEASED):
        print(f"made: {path.name} ({path.stat().st_size:,} bytes)")

    return 0


if __name__ == "__main__":
    sys.exit(main())
