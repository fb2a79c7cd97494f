"""Tests of :mod:`interpol_dataset.build`."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from itertools import count
from pathlib import Path

import pytest

import interpol_dataset
from helpers import mini
from helpers.each import each
from helpers.killed import Killed, content, killed_at
from interpol_dataset.build import Built, build, stale
from interpol_dataset.errors import PackageError, RecordsError
from interpol_dataset.records.folder import RECORDS


def record(project: Path, name: str) -> Path:
    """Return the path of a record file."""
    return project / "data" / "records" / name


def test_build_writes_everything(project: Path) -> None:
    """A first build writes all that the check names, and says so; a second one writes nothing."""
    records = set(content(project))
    missing = stale(project)
    assert set(content(project)) == records

    written, removed, _ = build(project)
    there = {path: bytes_ for path, bytes_ in content(project).items() if path not in records}
    assert (sorted(written), removed) == (missing, [])
    assert written == there
    assert {"datapackage.json", "docs/use/codebook.md", "data/tables/cases.csv"} < set(written)
    assert {"schema/tables/cases.json", "schema/records/case.schema.json"} < set(written)
    assert build(project) == Built({}, [])
    assert stale(project) == []


def test_changed_file_is_reported_and_fixed(current: Path) -> None:
    """A built file that was edited is found by the check and written again by the build."""
    path = current / "data" / "tables" / "cases.csv"
    original = path.read_bytes()
    path.write_bytes(original.replace(b"Alpha", b"Omega"))

    assert stale(current) == ["data/tables/cases.csv"]
    assert list(build(current).written) == ["data/tables/cases.csv"]
    assert path.read_bytes() == original
    # After a record was edited, the check names the files that are not current.
    mini.change(current, "cases/alpha-i.yaml", "~20", "~21")
    files = {"data/tables/outcomes.csv", "data/tables/evidence.csv", "datapackage.json"}
    assert files <= set(stale(current))


def test_left_over_files_are_reported_and_removed(current: Path) -> None:
    """What is no longer built is found and removed; what an editor hides there is nobody's."""
    hidden = current / "data" / "tables" / ".DS_Store"
    hidden.write_text("hidden", "utf-8")
    assert stale(current) == []

    paths = sorted(
        [
            *("data/tables/old.csv", "data/tables/notes.xlsx", "data/tables/old/cases.csv"),
            *("schema/old.json", "schema/old/cases.json", "schema/tables/old.json"),
            "schema/records/old.schema.json",
        ]
    )
    for path in paths:
        (current / path).parent.mkdir(exist_ok=True)
        (current / path).write_text("left over", "utf-8")
    assert stale(current) == paths
    written, removed, _ = build(current)
    assert (written, sorted(removed)) == ({}, paths)
    assert [path for path in paths if (current / path).exists()] == []
    assert hidden.exists()


def test_left_over_link_is_reported_and_removed(current: Path) -> None:
    """Of a link the link is removed and not what it leads to, if that is there."""
    target = current / "target"
    target.mkdir()
    for name, leads in (("old.csv", current / "gone"), ("old", target)):
        (current / "data" / "tables" / name).symlink_to(leads)

    assert stale(current) == ["data/tables/old", "data/tables/old.csv"]
    build(current)
    assert stale(current) == []
    assert target.is_dir()


@each(
    "name, before, after, said",
    [
        ("cases/alpha-i.yaml", "id: alpha-i", "id: alpha-1", "not the name of the file"),
        ("cases/alpha-i.yaml", "~20", "many", "not a quantity"),
        ("cases/alpha-i.yaml", "metric: arrests", "metric: arests", "there is no 'arests'"),
        ("cases/alpha-i.yaml", "summary:", "sumary:", "'sumary' is not known"),
        ("cases/alpha-i.yaml", "reports:", "reports: [", "expected"),
        ("cases/alpha-ii.yaml", "2022-06-28/", "2022-06-31/", "does not exist"),
        ("metrics.yaml", "- {id: arrests", "- {id: money-seized", "given twice"),
    ],
)
def test_nothing_is_written_when_a_record_is_wrong(
    built: Path, tmp_path: Path, name: str, before: str, after: str, said: str
) -> None:
    """One wrong record keeps the whole build from being written, and is said where and how."""
    project = shutil.copytree(built, tmp_path / "project")
    mini.change(project, name, before, after)
    old = content(project)

    with pytest.raises(RecordsError) as caught:
        build(project)

    assert content(project) == old
    assert any(said in finding.message for finding in caught.value.findings)
    assert f"data/records/{name}" in {found.place.path for found in caught.value.findings}
    assert caught.value.hint


def test_folder_without_records(tmp_path: Path) -> None:
    """A folder without records is no project."""
    with pytest.raises(PackageError, match="no folder of records"):
        build(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_killed_build_leaves_whole_files(current: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever a build is killed, each file is whole, old or new; the next one completes it."""
    mini.change(current, "cases/alpha-i.yaml", "~20", "~21")
    (current / "schema" / "tables" / "old.json").write_text("left over", "utf-8")
    old = content(current)
    build(current)
    new = content(current)
    files = {name: bytes_ for name, bytes_ in new.items() if not name.startswith(RECORDS)}
    monkeypatch.setattr(sys.modules["interpol_dataset.build"], "render", lambda *_: dict(files))

    for number in count():
        for name in {*old, *new}:
            if old.get(name) != new.get(name):
                (current / name).write_bytes(old[name])
        try:
            with killed_at(number):
                build(current)
        except Killed:
            between = content(current)
            assert all(between[name] in {old[name], new[name]} for name in new)
        else:
            break

    assert number > len([name for name in new if old[name] != new[name]])
    assert new == content(current)


SURROUNDINGS: list[dict[str, str]] = [
    {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"},
    {
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "1",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
    },
    {"TZ": "America/Anchorage", "LC_ALL": "tr_TR.UTF-8", "LANG": "de_DE", "PYTHONHASHSEED": "2"},
]


def run(command: str, folder: Path, surroundings: Mapping[str, str]) -> None:
    """Run Python in a folder in other surroundings."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    kept["PYTHONPATH"] = str(Path(interpol_dataset.__file__).parents[1])
    subprocess.run(
        [sys.executable, "-c", command], env=kept | dict(surroundings), cwd=folder, check=True
    )


def test_same_bytes_everywhere(tmp_path: Path) -> None:
    """Folder, time zone, locale and hash seed leave no trace in what is built and exported."""
    found = []
    for number, surroundings in enumerate(SURROUNDINGS):
        folder = mini.write(tmp_path / f"folder {number}" / ("x" * number) / "ü")
        # Files are found in another order where they were written in another order.
        names = sorted(mini.FILES, reverse=bool(number % 2))
        for name in names:
            path = record(folder, name)
            moved = path.with_suffix(".moved")
            shutil.move(path, moved)
            shutil.move(moved, path)
        command = (
            "from pathlib import Path; import interpol_dataset as i;"
            "from interpol_dataset.build import build;"
            "root = Path(); build(root); ds = i.load(root);"
            "[ds.export(root / 'dist' / f, f) for f in ('parquet', 'csv', 'json', 'jsonl')]"
        )
        run(command, folder, surroundings)
        found.append(content(folder))

    assert len(found[0]) > 100
    assert found[0] == found[1]
    assert found[0] == found[2]


def test_order_of_records_does_not_matter(current: Path) -> None:
    """Vocabularies may be in any order in their files; ids decide."""
    tables = content(current / "data" / "tables")
    for name in ("metrics.yaml", "organizations.yaml", "objects.yaml"):
        path = record(current, name)
        lines = path.read_text("utf-8").splitlines(keepends=True)
        path.write_text("".join(reversed(lines)), "utf-8")
    build(current)

    assert tables == content(current / "data" / "tables")
