"""Tests of :mod:`interpol_dataset.validate.records`."""

from pathlib import Path

import pytest

from helpers import mini
from helpers.each import each
from helpers.mini import DRAFT, change
from interpol_dataset.errors import PackageError, UnknownRecordError
from interpol_dataset.rules.rule import Checked
from interpol_dataset.validate.records import check_draft, check_files, check_project

RECORDS = "data/records"


def rules(checked: Checked) -> list[tuple[str, str]]:
    """Return rule and file of what was found, the file by its name."""
    return [(item.rule, item.place.path.rpartition("/")[2]) for item in checked.findings]


def test_project(project: Path, tmp_path: Path) -> None:
    """Faults of all files are found in one run, in the order of files; good records have none."""
    checked = check_project(project)
    assert checked.findings == ()
    assert sorted(checked.texts) == sorted(f"{project}/{RECORDS}/{name}" for name in mini.FILES)

    change(project, "sources/seed.yaml", "language: en", "language: english")
    change(project, "cases/alpha-i.yaml", "~20", "many")
    quantity = frozenset({"SHP008"})
    assert rules(check_project(project)) == [("SHP008", "alpha-i.yaml"), ("SHP005", "seed.yaml")]
    assert rules(check_project(project, quantity)) == [("SHP008", "alpha-i.yaml")]
    assert rules(check_project(project, ignore=quantity)) == [("SHP005", "seed.yaml")]
    with pytest.raises(PackageError, match="no folder of records"):
        check_project(tmp_path)


def named(root: Path, *names: str) -> Checked:
    """Check some record files."""
    return check_files(root, [root / RECORDS / name for name in names])


def test_files_only_those_named(project: Path) -> None:
    """What is wrong in files that were not named stays out."""
    change(project, "cases/alpha-i.yaml", "~20", "many")
    change(project, "categories/fraud.yaml", "match: close", "match: closed")
    assert rules(named(project, "cases/alpha-i.yaml")) == [("SHP008", "alpha-i.yaml")]
    assert rules(named(project, "lessons/work-together.yaml")) == []


def test_files_with_what_refers_to_them(project: Path) -> None:
    """A change that makes another record wrong is found there."""
    change(project, "sources/daily-2022-alpha.yaml", "asserter: interpol", "asserter: daily")
    change(project, "cases/alpha-i.yaml", "value: ~20", "value: ~20, attributed_to: daily")
    assert rules(named(project, "sources/daily-2022-alpha.yaml")) == [
        ("MNG011", "alpha-i.yaml"),
        ("POL015", "alpha-ii.yaml"),
    ]


@pytest.mark.parametrize("broken", ["kind: newspaper", "kind: [news"])
def test_files_with_the_sources_they_cite(project: Path, broken: str) -> None:
    """A case is not in order while a source of it is broken, be it in shape or as a file."""
    change(project, "sources/daily-2022-alpha.yaml", "kind: news", broken)
    found = rules(named(project, "cases/alpha-i.yaml"))
    assert {"daily-2022-alpha.yaml"} == {file for _, file in found}


def test_files_with_the_bodies_they_name(project: Path) -> None:
    """Nor is it while a body is unfilled that it or a source of it names; others don't matter."""
    change(project, "organizations.yaml", "name: Europol", "name: TODO")
    assert rules(named(project, "cases/alpha-ii.yaml")) == [("POL013", "organizations.yaml")]
    assert rules(named(project, "categories/online-fraud.yaml")) == []


@pytest.mark.parametrize("name", [name for name in mini.FILES if "/" not in name])
def test_files_with_a_list_that_can_not_be_read(project: Path, name: str) -> None:
    """Nothing is said to be in order while checks wait for a list, nor is a draft."""
    (project / RECORDS / name).write_text("- id: [\n", "utf-8")
    assert [("SYN003", name)] == rules(named(project, "cases/alpha-ii.yaml"))
    assert [("SYN003", name)] == rules(check_draft(project, DRAFT.encode(), "case"))


def test_files_with_another_record_that_can_not_be_read(project: Path) -> None:
    """A category that a case names is reported with it, and not with one that does not."""
    (project / RECORDS / "categories" / "fraud.yaml").write_text("id: [\n", "utf-8")
    assert rules(named(project, "categories/online-fraud.yaml")) == [("SYN003", "fraud.yaml")]
    assert rules(named(project, "sources/daily-2022-alpha.yaml")) == []


def test_files_shows_only_their_texts(project: Path) -> None:
    """Those are looked at that are named, that refer to them, and that they cite."""
    checked = named(project, "categories/fraud.yaml")
    referring, cited = (
        ["alpha-ii.yaml", "online-fraud.yaml", "seed.yaml"],
        "interpol-2022-alpha.yaml",
    )

    assert sorted(["fraud.yaml", *referring, cited]) == sorted(
        path.rpartition("/")[2] for path in checked.texts
    )


@each(
    "name, left",
    [
        ("cases/alpha-i.yaml", ["alpha-ii.yaml", "work-together.yaml"]),
        (
            "cases/alpha-ii.yaml",
            ["no-power-of-arrest.yaml", "seed.yaml", "work-together.yaml", "retired_ids.yaml"],
        ),
        ("claims/seed.yaml", ["alpha-ii.yaml"]),
        ("challenges/no-power-of-arrest.yaml", ["work-together.yaml"]),
    ],
)
def test_removed_file(tmp_path: Path, name: str, left: list[str]) -> None:
    """Of a file that was removed, all that still refers to it is found."""
    project = mini.write(tmp_path)
    (project / RECORDS / name).unlink()
    checked = named(project, name)
    assert list(dict.fromkeys(file for _, file in rules(checked))) == left
    assert {rule for rule, _ in rules(checked)} <= {"PKG004", "PKG007"}


def test_id_that_is_gone_from_a_list(project: Path) -> None:
    """Where a file holds many records, what refers to one that is gone from it is found."""
    for name, old, new, left in (
        ("organizations.yaml", "id: europol", "id: euro-pol", "europol-2022-alpha.yaml"),
        ("metrics.yaml", "id: seizures", "id: seized", "alpha-ii.yaml"),
        ("claims/seed.yaml", "seed-p01-01", "seed-p01-02", "alpha-ii.yaml"),
    ):
        change(project, name, old, new)
        assert ("PKG004", left) in rules(named(project, name))
        change(project, name, new, old)


def test_file_that_does_not_go_with_another(project: Path) -> None:
    """A second case for the same edition is found, whichever of the two the finding is in."""
    change(project, "cases/alpha-i.yaml", "~20", "~20, attributed_to: interpol")
    for name in ("cases/alpha-h.yaml", "cases/alpha-z.yaml"):
        text = mini.FILES["cases/alpha-i.yaml"].replace("alpha-i", Path(name).stem)
        (project / RECORDS / name).write_text(text, "utf-8")
        assert [rule for rule, _ in rules(named(project, name))] == ["PKG009"]
        (project / RECORDS / name).unlink()


def test_file_elsewhere(project: Path, tmp_path: Path) -> None:
    """A file outside the folder of records is refused; of a package the descriptor is named."""
    package = tmp_path / "out"
    package.mkdir()
    for name in ("cases.csv", "datapackage.json"):
        (package / name).write_text("", "utf-8")
    for name in ("README.md", "data/other.yaml", "data/records/../x.yaml"):
        with pytest.raises(PackageError, match="not one of the project's records"):
            check_files(project, [project / name])
    with pytest.raises(PackageError, match="not one of the project's records") as caught:
        check_files(project, [package])

    assert f"name {package / 'datapackage.json'} to check" in str(caught.value.hint)


def test_retired_id_in_use_again(project: Path) -> None:
    """A new record whose id is retired is found, at the place that retires it."""
    path = project / RECORDS / "cases" / "gamma.yaml"
    path.write_text(DRAFT.replace("alpha-iii", "gamma"), "utf-8")
    assert rules(named(project, "cases/gamma.yaml")) == [("PKG007", "retired_ids.yaml")]


def test_folder(project: Path) -> None:
    """A folder means all files in it."""
    change(project, "cases/alpha-i.yaml", "~20", "many")
    change(project, "metrics.yaml", "dimension: mass", "dimension: mess")
    assert rules(named(project, "cases")) == [("SHP008", "alpha-i.yaml")]
    assert len(named(project, ".").findings) == 2


def test_draft_among_records(project: Path) -> None:
    """A draft is checked as if it were among the project's records."""
    wrong = DRAFT.replace("[online-fraud]", "[online-frauds]")
    assert check_draft(project, DRAFT.encode(), "case").findings == ()
    (finding,) = check_draft(project, wrong.encode(), "case").findings
    assert (finding.rule, str(finding.place)) == ("PKG004", "<stdin>:5:14")
    assert finding.hint == "did you mean 'online-fraud'?"


def test_draft_alone(tmp_path: Path) -> None:
    """Without any project a draft is checked, but not whether its references are there."""
    assert check_draft(tmp_path, DRAFT.encode(), "case").findings == ()
    assert [
        rule for rule, _ in rules(check_draft(tmp_path, DRAFT.replace("~20", "x").encode(), "case"))
    ] == ["SHP008"]


def test_draft_of_unknown_kind(project: Path) -> None:
    """A kind that is not there is refused, with those that are."""
    with pytest.raises(UnknownRecordError, match=r"no kind of record 'cases'.*mean 'case'"):
        check_draft(project, b"", "cases")
    with pytest.raises(UnknownRecordError, match=r"no kind of record 'xyz'.*case, challenge"):
        check_draft(project, b"", "xyz")


@each(
    "written, hint",
    [
        ("UK", "did you mean 'GBR', United Kingdom"),
        ("DE", "did you mean 'DEU', Germany"),
        ("Iran", "did you mean 'IRN', Iran"),
        ("KRO", "use the country's code of three letters"),
        ("Korea", "use the country's code of three letters"),
    ],
)
def test_countries_meant(project: Path, written: str, hint: str) -> None:
    """A country that is written otherwise is named, and never taken for one that looks alike."""
    draft = DRAFT.rstrip() + f"\n    countries: {{complete: false, list: [{written}], at: lead}}\n"
    found = check_draft(
        project, draft.encode(), "case", select=frozenset({"PKG004", "SHP005"})
    ).findings
    assert [str(finding.hint).startswith(hint) for finding in found] == [True]


def test_any_draft(project: Path) -> None:
    """The draft of a record takes its place; in whatever nonsense something is found."""
    assert check_draft(project, mini.FILES["cases/alpha-ii.yaml"].encode(), "case").findings == ()
    for content in (b"", b"\xff", b"[", b"- 1", b"1", b"\x00", b"null"):
        assert check_draft(project, content, "case").findings
