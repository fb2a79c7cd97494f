"""Tests of :mod:`interpol_dataset.records.cache`: with and without it the findings are the same."""

import os
import pickle
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import mini
from helpers.command import run
from interpol_dataset.files import cache_folder, usable_folder, write_file
from interpol_dataset.findings import Finding, Severity, Span
from interpol_dataset.records.cache import Cache
from interpol_dataset.records.folder import read_records
from interpol_dataset.records.parse import Later
from interpol_dataset.rules import gate
from interpol_dataset.rules.context import Context
from interpol_dataset.validate.records import check_files, check_project

RECORDS = Path("data/records")
FILES = sorted(name for name in mini.FILES if name != "retired_ids.yaml")


@pytest.fixture(autouse=True)
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Use a new cache in each test."""
    path = tmp_path_factory.mktemp("cache")
    path.chmod(0o700)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INTERPOL_DATASET_CACHE", str(path))
        yield path


def _cached(project: Path) -> tuple[Finding, ...]:
    return check_project(project, cache=Cache(project / RECORDS)).findings


#: What somebody does to a project: what is replaced, and by what.
EDITS = (
    ("cases/alpha-i.yaml", "~20", "many"),
    ("cases/alpha-i.yaml", "~20", "30"),
    ("cases/alpha-i.yaml", "daily-2022-alpha", "nobody"),
    ("cases/alpha-i.yaml", "The first edition", "The edition of Pedro Quispe"),
    ("cases/alpha-ii.yaml", "value: 945", "value: 9"),
    ("cases/alpha-ii.yaml", "{value: 3,", "{value: 2,"),
    ("cases/alpha-ii.yaml", "type: scope", "type: slip"),
    ("cases/alpha-ii.yaml", "{type: follows, ", "{type: part-of, "),
    ("sources/daily-2022-alpha.yaml", "asserter: interpol", "asserter: daily"),
    ("sources/daily-2022-alpha.yaml", "kind: news", "kind: official"),
    ("sources/interpol-2022-alpha.yaml", "2022-11-24\n", "2021-11-24\n"),
    ("sources/europol-2022-alpha.yaml", "europol-2022-alpha\n", "interpol-2022-alpha\n"),
    ("organizations.yaml", "name: Europol", "name: INTERPOL"),
    ("organizations.yaml", "kind: media", "kind: police"),
    ("organizations.yaml", "- {id: page-farm, name: Page farm, kind: company}\n", ""),
    ("metrics.yaml", "id: money-seized, name: Money seized", "id: money, name: Money"),
    ("objects.yaml", "parent: drugs", "parent: fakes"),
    ("categories/fraud.yaml", "Deceiving", "TODO Deceiving"),
    ("claims/seed.yaml", "Operation Beta freed many.", "Beata Niedermoser freed many."),
    ("lessons/work-together.yaml", "challenges: [no-power-of-arrest]\n", ""),
)
REMOVED = st.sampled_from(FILES).map(lambda name: (name, "", None))


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(st.sampled_from(EDITS), REMOVED), min_size=1, max_size=5))
def test_the_findings_are_the_same(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, str, str | None]]
) -> None:
    """Whatever is edited, removed or put back between two checks."""
    project = mini.write(tmp_path_factory.mktemp("project"))
    assert check_project(project).findings == _cached(project)
    for name, old, new in edits:
        path = project / RECORDS / name
        if new is None:
            path.unlink(missing_ok=True)
        elif path.exists():
            path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
        else:
            path.write_text(mini.FILES[name], "utf-8")
        assert check_project(project).findings == _cached(project)
        if path.exists():
            some = check_files(project, [path], cache=Cache(project / RECORDS))
            assert check_files(project, [path]).findings == some.findings


def test_every_case_depends_on_interpol(project: Path) -> None:
    """Who INTERPOL belongs to decides who is of an operation, also where no page is its own."""
    records = project / RECORDS
    text = mini.FILES["sources/daily-2022-alpha.yaml"].replace("alpha", "beta")
    text = text.replace("asserter: interpol", "asserter: daily")
    for body, kind in (("europol", "official"), ("daily", "news")):
        source = text.replace("daily", body).replace("kind: news", f"kind: {kind}")
        (records / "sources" / f"{body}-2022-beta.yaml").write_text(source, "utf-8")
    category = "id: fires\nname: Fires\ndescription: Setting fire to what burns.\n"
    (records / "categories" / "fires.yaml").write_text(category, "utf-8")
    (records / "cases" / "beta.yaml").write_text(
        """\
id: beta
name: Operation Beta
categories: [fires]
summary: What only others report.
reports:
  - source: europol-2022-beta
    country_count: {value: 3, at: lead}
  - source: daily-2022-beta
    country_count: {value: 4, at: lead}
""",
        "utf-8",
    )
    assert _cached(project) == ()
    mini.change(project, "organizations.yaml", "abbreviation: ICPO", "parent: daily")

    assert {"POL015"} == {finding.rule for finding in _cached(project)}


def test_a_copied_record(project: Path) -> None:
    """While a copy still has the id of its original, each is judged by the facts of one of them."""
    text = mini.FILES["cases/alpha-ii.yaml"]
    copy = project / RECORDS / "cases" / "copy.yaml"
    for edited in (
        text,
        text.replace("{value: 3,", "{value: 2,"),
        text.replace("id: alpha-ii", "id: copy"),
    ):
        copy.write_text(edited, "utf-8")
        assert check_project(project).findings == _cached(project)


def test_a_name_that_is_that_of_a_case_too(project: Path) -> None:
    """What a gang is called names nobody; if a case is called so, another may be of a person."""
    mini.change(project, "organizations.yaml", "name: Page farm", "name: Beata Niedermoser")
    mini.change(
        project, "cases/alpha-i.yaml", "name: Operation", "name: Arrest of Beata Niedermoser"
    )
    before = _cached(project)
    mini.change(project, "cases/alpha-ii.yaml", "'@lpha 2'", "'@lpha 2', Beata Niedermoser")

    assert before != _cached(project)
    assert check_project(project).findings == _cached(project)


def test_nothing_is_read_twice(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second check parses no file, and a third only the one that changed."""
    parsed: list[str] = []
    module = sys.modules["interpol_dataset.records.folder"]
    parse = module.parse
    monkeypatch.setattr(module, "parse", lambda *given: parsed.append(given[1]) or parse(*given))
    _cached(project)
    assert len(mini.FILES) == len(parsed)
    parsed.clear()
    _cached(project)
    assert parsed == []
    case = project / RECORDS / "cases" / "alpha-i.yaml"
    case.write_text(f"{case.read_text('utf-8')}# more\n", "utf-8")
    _cached(project)
    assert [case.as_posix()] == parsed


def test_a_part_is_judged_again_where_its_whole_changed(project: Path) -> None:
    """The total of an operation is compared with that of another, which it refers to."""
    mini.change(project, "cases/alpha-ii.yaml", "{type: follows, ", "{type: part-of, ")
    assert "POL027" in {item.rule for item in _cached(project)}
    mini.change(project, "cases/alpha-i.yaml", "~20", "2000")
    assert "POL027" not in {item.rule for item in _cached(project)}


def test_only_cases_that_are_looked_at_are_made(project: Path) -> None:
    """Whoever changes a source has cases made that cite it, and no others; be one broken or not."""
    number = "  - {says: of the third edition, case: alpha-ii, fact: outcomes/arrests}\n"
    mini.change(project, "lessons/work-together.yaml", number, "")
    _cached(project)
    path = project / RECORDS / "sources" / "page-farm-2023-alpha.yaml"
    path.write_text(f"{path.read_text('utf-8')}# more\n", "utf-8")
    cache = Cache(project / RECORDS)
    record_set = read_records(project / RECORDS, cache=cache)
    gate.judged(Context(record_set), cache)
    cases = {item.id: item.made for item in record_set.entries if item.kind.name == "case"}
    assert all(isinstance(made, Later) for made in cases.values())
    assert [id_ for id_, made in cases.items() if made.record is not None] == ["alpha-ii"]


def test_a_file_that_could_not_be_read(project: Path) -> None:
    """Nothing is known of its text, and of an empty one neither; they are told apart."""
    case = project / RECORDS / "cases" / "alpha-i.yaml"
    found = []
    for content in (b"\xff", b"", b"\xff"):
        case.write_bytes(content)
        found.append(_cached(project))
        assert check_project(project).findings == found[-1]
    assert found[0] == found[2] != found[1]


def test_a_broken_cache_is_ignored(project: Path, folder: Path) -> None:
    """What can't be read of it is made again; it can be deleted at any time."""
    expected = _cached(project)
    for content in (b"", b"no pickle", b"\x80\x05N.", b"\x80\x05]."):
        files = [path for path in folder.rglob("*") if path.is_file()]
        assert files
        for path in files:
            path.write_bytes(content)
        assert _cached(project) == expected
        read = [path for path in files if path.name.startswith("read")]
        assert [path for path in read if path.read_bytes() == content] == []

    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    assert _cached(project) == expected


def test_the_command_uses_it(project: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next check is fast; once it is turned off, nothing is written."""
    with monkeypatch.context() as patch:
        patch.setenv("INTERPOL_DATASET_CACHE", "off")
        assert run("validate", "--root", project).code == 0
        assert [*folder.iterdir()] == []
    assert run("validate", "--root", project).code == 0
    assert [*folder.iterdir()]


def test_other_code_reads_anew(
    project: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What other code had read is not used, and goes."""
    _cached(project)
    (before,) = folder.glob("*/*/")
    monkeypatch.setattr("interpol_dataset.records.cache._code", lambda: "other")
    _cached(project)
    assert [path.name for path in folder.glob("*/*/")] == ["other"]
    assert not before.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_a_folder_that_others_can_write_to_is_not_used(folder: Path) -> None:
    """Whoever can write to the cache decides what is found."""
    assert folder == usable_folder()
    folder.chmod(0o777)
    assert usable_folder() is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
@pytest.mark.parametrize("pattern", ["*/", "*/*/"])
def test_nor_is_a_folder_below_it(project: Path, folder: Path, pattern: str) -> None:
    """It is made again, and what others left in it is gone."""
    _cached(project)
    (below,) = folder.glob(pattern)
    (below / "more").touch()
    name = next(folder.rglob("read-*")).name
    assert Cache(project / RECORDS).load(name)
    below.chmod(0o777)

    assert Cache(project / RECORDS).load(name) is None
    assert _cached(project) == ()
    assert not (below / "more").exists()
    assert below.stat().st_mode & 0o777 == 0o700


def test_it_calls_nothing(project: Path, folder: Path, tmp_path: Path) -> None:
    """A pickle of the cache makes values of records, and calls nothing else, be it ours."""
    _cached(project)
    (path, *_) = folder.rglob("read-*")
    made = tmp_path / "made"
    calls = [(function, (str(made),)) for function in (os.mkdir, Path, str)]
    for call in (*calls, (write_file, (made, b"")), (getattr, (Span, "line"))):
        path.write_bytes(pickle.dumps(_Calling(call)))
        assert Cache(project / RECORDS).load(path.name) is None
    # The first versions of Python 3.11 write a term as this.
    path.write_bytes(pickle.dumps(_Calling((getattr, (Severity, "WARNING")))))
    assert Cache(project / RECORDS).load(path.name) is Severity.WARNING

    assert not made.exists()


class _Calling:
    def __init__(self, call: tuple[Callable[..., Any], tuple[Any, ...]]) -> None:
        self.call = call

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return self.call


def test_what_is_broken_is_kept_too(project: Path, folder: Path) -> None:
    """Defects of syntax and of shape, and what could be read of such a record, come back."""
    mini.change(project, "cases/alpha-i.yaml", "~20", "many")
    mini.change(project, "cases/alpha-ii.yaml", "id: alpha-ii", "id alpha-ii")
    expected = _cached(project)
    cache = Cache(project / RECORDS)
    assert {"SHP", "SYN"} <= {item.rule[:3] for item in expected}
    assert [path for path in folder.rglob("read-*") if cache.load(path.name) is None] == []


def test_checkouts_that_are_gone(project: Path, folder: Path, tmp_path: Path) -> None:
    """What was read from them is removed, and nothing else that is in the folder."""
    other = mini.write(tmp_path / "other")
    for name in ("0" * 32, "mine"):  # of an earlier version, and of the user
        (folder / name).mkdir()
    _cached(other)
    _cached(project)
    assert len([*folder.iterdir()]) == 3
    other.rename(tmp_path / "moved")
    mini.change(project, "cases/alpha-i.yaml", "~20", "30")
    _cached(project)

    assert len([*folder.iterdir()]) == 2
    assert (folder / "mine").is_dir()


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="they have other variables")
def test_a_relative_folder_is_not_the_systems(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The variable is ignored then, as its standard says: it would lead into the project."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", "cache")
    assert tmp_path / ".cache" / "interpol-dataset" == cache_folder()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert tmp_path / "interpol-dataset" == cache_folder()
