"""Tests of what is checked: a project, some files, a draft, a table, a data package."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import interpol_dataset
from helpers import mini
from helpers.command import run
from interpol_dataset.errors import PackageError, UnknownRecordError
from interpol_dataset.validate import (
    check_draft,
    check_files,
    check_package,
    check_project,
    check_table,
)

if TYPE_CHECKING:
    from interpol_dataset.validate import Checked

RECORDS = "data/records"
DRAFT = (
    mini.FILES["cases/alpha-i.yaml"]
    .replace("alpha-i", "alpha-iii")
    .replace("edition: 1", "edition: 3")
)


def rules(checked: Checked) -> list[tuple[str, str]]:
    """Return rule and file of what was found, the file by its name."""
    return [(item.rule, item.place.path.rpartition("/")[2]) for item in checked.findings]


def change(root: Path, name: str, old: str, new: str) -> Path:
    """Change a record file, and give its path."""
    path = root / RECORDS / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")

    return path


# --- a project ------------------------------------------------------------------------------


def test_project_without_faults(project: Path) -> None:
    """Nothing is found in good records, and the text of every file is there for reports."""
    checked = check_project(project)

    assert () == checked.findings
    assert sorted(f"{project}/{RECORDS}/{name}" for name in mini.FILES) == sorted(checked.texts)


def test_project_reports_all_files(project: Path) -> None:
    """Faults in different files are all found in one run, in the order of files."""
    change(project, "sources/seed.yaml", "language: en", "language: english")
    change(project, "cases/alpha-i.yaml", "~20", "many")

    assert [("SHP008", "alpha-i.yaml"), ("SHP005", "seed.yaml")] == rules(check_project(project))


def test_project_without_records(tmp_path: Path) -> None:
    """A folder without records can't be checked."""
    with pytest.raises(PackageError, match="no folder of records"):
        check_project(tmp_path)


def test_select_and_ignore(project: Path) -> None:
    """Only selected rules are applied, and ignored ones are not."""
    change(project, "sources/seed.yaml", "language: en", "language: english")
    change(project, "cases/alpha-i.yaml", "~20", "many")

    assert ["SHP008"] == [rule for rule, _ in rules(check_project(project, frozenset({"SHP008"})))]
    assert ["SHP005"] == [
        rule for rule, _ in rules(check_project(project, ignore=frozenset({"SHP008"})))
    ]


# --- some files -----------------------------------------------------------------------------


def named(root: Path, *names: str) -> Checked:
    """Check some record files."""
    return check_files(root, [root / RECORDS / name for name in names])


def test_files_only_those_named(project: Path) -> None:
    """What is wrong in files that were not named stays out."""
    change(project, "cases/alpha-i.yaml", "~20", "many")
    change(project, "categories/fraud.yaml", "match: close", "match: closed")

    assert [("SHP008", "alpha-i.yaml")] == rules(named(project, "cases/alpha-i.yaml"))
    assert [] == rules(named(project, "lessons/work-together.yaml"))


def test_files_with_what_refers_to_them(project: Path) -> None:
    """A change that makes another record wrong is found there."""
    change(project, "sources/daily-2022-alpha.yaml", "asserter: interpol", "asserter: daily")
    change(project, "cases/alpha-i.yaml", "value: ~20", "value: ~20, attributed_to: daily")

    assert [("MNG011", "alpha-i.yaml")] == rules(named(project, "sources/daily-2022-alpha.yaml"))


def test_files_shows_only_their_texts(project: Path) -> None:
    """The files that were looked at are those named and those that refer to them."""
    checked = named(project, "categories/fraud.yaml")

    assert ["alpha-ii.yaml", "fraud.yaml", "online-fraud.yaml", "seed.yaml"] == sorted(
        path.rpartition("/")[2] for path in checked.texts
    )


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("cases/alpha-i.yaml", ["alpha-ii.yaml", "work-together.yaml"]),
        ("cases/alpha-ii.yaml", ["no-power-of-arrest.yaml", "seed.yaml", "retired_ids.yaml"]),
        ("claims/seed.yaml", ["alpha-ii.yaml"]),
        ("challenges/no-power-of-arrest.yaml", ["work-together.yaml"]),
    ],
)
def test_removed_file(project: Path, name: str, left: list[str]) -> None:
    """Of a file that was removed, all that still refers to it is found."""
    (project / RECORDS / name).unlink()
    checked = named(project, name)

    assert left == list(dict.fromkeys(file for _, file in rules(checked)))
    assert {"PKG004", "PKG007"} >= {rule for rule, _ in rules(checked)}


@pytest.mark.parametrize(
    ("name", "old", "new", "left"),
    [
        ("organizations.yaml", "id: europol", "id: euro-pol", "europol-2022-alpha.yaml"),
        ("metrics.yaml", "id: seizures", "id: seized", "alpha-ii.yaml"),
        ("claims/seed.yaml", "seed-p01-01", "seed-p01-02", "alpha-ii.yaml"),
    ],
)
def test_id_that_is_gone_from_a_list(
    project: Path, name: str, old: str, new: str, left: str
) -> None:
    """Where a file holds many records, what refers to one that is gone from it is found."""
    change(project, name, old, new)

    assert ("PKG004", left) in rules(named(project, name))


def test_retired_id_in_use_again(project: Path) -> None:
    """A new record whose id is retired is found, at the place that retires it."""
    path = project / RECORDS / "cases" / "gamma.yaml"
    path.write_text(DRAFT.replace("alpha-iii", "gamma"), "utf-8")

    assert [("PKG007", "retired_ids.yaml")] == rules(named(project, "cases/gamma.yaml"))


@pytest.mark.parametrize("name", ["cases/alpha-h.yaml", "cases/alpha-z.yaml"])
def test_file_that_does_not_go_with_another(project: Path, name: str) -> None:
    """A second case for the same edition is found, whichever of the two the finding stands at."""
    text = mini.FILES["cases/alpha-i.yaml"].replace("alpha-i", Path(name).stem)
    (project / RECORDS / name).write_text(text, "utf-8")
    change(project, "cases/alpha-i.yaml", "~20", "~20, attributed_to: interpol")

    assert ["PKG009"] == [rule for rule, _ in rules(named(project, name))]


def test_folder(project: Path) -> None:
    """A folder stands for all files in it."""
    change(project, "cases/alpha-i.yaml", "~20", "many")
    change(project, "metrics.yaml", "dimension: mass", "dimension: mess")

    assert [("SHP008", "alpha-i.yaml")] == rules(named(project, "cases"))
    assert 2 == len(named(project, ".").findings)


@pytest.mark.parametrize("name", ["README.md", "data/other.yaml", "data/records/../x.yaml"])
def test_file_elsewhere(project: Path, name: str) -> None:
    """A file outside the folder of records is refused, by name."""
    with pytest.raises(PackageError, match="not one of the project's records"):
        check_files(project, [project / name])


# --- drafts ---------------------------------------------------------------------------------


def test_draft_among_records(project: Path) -> None:
    """A draft is checked as if it stood among the project's records."""
    wrong = DRAFT.replace("[online-fraud]", "[online-frauds]")

    assert () == check_draft(project, DRAFT.encode(), "case").findings
    (finding,) = check_draft(project, wrong.encode(), "case").findings
    assert ("PKG004", "<stdin>:5:14") == (finding.rule, str(finding.place))
    assert "did you mean 'online-fraud'?" == finding.hint


@pytest.mark.parametrize(
    ("written", "hint"),
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

    assert [True] == [str(finding.hint).startswith(hint) for finding in found]


def test_draft_takes_the_place_of_its_record(project: Path) -> None:
    """The draft of a record that is there already is checked instead of it."""
    text = mini.FILES["cases/alpha-ii.yaml"]

    assert () == check_draft(project, text.encode(), "case").findings


def test_draft_alone(tmp_path: Path) -> None:
    """Without any project a draft is checked, but not whether its references are there."""
    assert () == check_draft(tmp_path, DRAFT.encode(), "case").findings
    assert ["SHP008"] == [
        rule for rule, _ in rules(check_draft(tmp_path, DRAFT.replace("~20", "x").encode(), "case"))
    ]


def test_draft_of_unknown_kind(project: Path) -> None:
    """A kind that is not there is refused, with those that are."""
    with pytest.raises(UnknownRecordError, match=r"no kind of record 'cases'.*mean 'case'"):
        check_draft(project, b"", "cases")
    with pytest.raises(UnknownRecordError, match=r"no kind of record 'xyz'.*case, challenge"):
        check_draft(project, b"", "xyz")


@pytest.mark.parametrize("content", [b"", b"\xff", b"[", b"- 1", b"1", b"\x00", b"null"])
def test_draft_of_nonsense(project: Path, content: bytes) -> None:
    """Whatever stands on standard input, something is found."""
    assert check_draft(project, content, "case").findings


# --- tables ---------------------------------------------------------------------------------


@pytest.fixture
def outcomes(built: Path, tmp_path: Path) -> Path:
    """Return a copy of the small project's table of outcomes."""
    return Path(shutil.copy(built / "data" / "tables" / "outcomes.csv", tmp_path))


def packed(path: Path) -> Path:
    """Compress a file."""
    target = path.with_suffix(".csv.gz")
    target.write_bytes(gzip.compress(path.read_bytes()))

    return target


def test_table(built: Path, outcomes: Path) -> None:
    """A good table passes, compressed or not; its foreign keys lead to the package named."""
    for path in (outcomes, packed(outcomes)):
        checked = check_table(path, "outcomes", built)
        assert ((), 0) == (checked.findings, checked.more)


@pytest.mark.parametrize("format_", ["csv", "parquet", "jsonl"])
def test_table_of_an_export(
    small: interpol_dataset.Dataset, built: Path, tmp_path: Path, format_: str
) -> None:
    """The tables of an export pass in every format."""
    package = interpol_dataset.export(small, tmp_path / "out", format_)

    assert () == check_table(package / f"outcomes.{format_}", "outcomes", built).findings


def test_table_with_faults(built: Path, outcomes: Path) -> None:
    """A fault in a table is found with rule, row and field."""
    header, *rows = outcomes.read_text("utf-8").splitlines()
    column = header.split(",").index("status")
    cells = rows[1].split(",")
    cells[column] = "certain"
    outcomes.write_text("\n".join([header, rows[0], ",".join(cells), *rows[2:], ""]), "utf-8")
    (finding,) = check_table(outcomes, "outcomes", built).findings

    assert "TBL006" == finding.rule
    assert (2, "status") == (finding.row, finding.field)
    assert finding.sentence.startswith("row 2, field 'status': ")
    assert "certain" in finding.message


def test_table_against_another_package(outcomes: Path, root: Path) -> None:
    """Against a package that has not the records referred to, foreign keys dangle."""
    found = rules(check_table(outcomes, "outcomes", root))

    assert {("TBL012", "outcomes.csv")} == set(found)


def test_table_unknown(outcomes: Path) -> None:
    """A table that is not there is refused."""
    with pytest.raises(UnknownRecordError):
        check_table(outcomes, "outcome")


def test_package(built: Path, tmp_path: Path) -> None:
    """All tables of a data package are checked, each against its own schema."""
    assert () == check_package(built / "datapackage.json").findings

    package = shutil.copytree(built, tmp_path / "package")
    sources = package / "data" / "tables" / "sources.csv"
    sources.write_text(sources.read_text("utf-8").replace(",official,", ",offical,"), "utf-8")
    found = check_package(package / "datapackage.json").findings

    assert {"TBL001", "TBL006"} == {finding.rule for finding in found}
    assert {"TBL006"} == {
        finding.rule
        for finding in check_package(
            package / "datapackage.json", ignore=frozenset({"TBL001"})
        ).findings
    }


# --- the command ----------------------------------------------------------------------------


def test_command_on_the_project(project: Path) -> None:
    """Exit code 0 and 'no findings', or 1 and the findings."""
    assert (0, "no findings\n") == run("validate", "--root", project)[:2]

    change(project, "cases/alpha-i.yaml", "~20", "many")
    outcome = run("validate", "--root", project)
    assert 1 == outcome.code
    assert "alpha-i.yaml:10:34: SHP008 " in outcome.out
    assert "1 finding in 1 file" in outcome.out


def test_command_on_files(project: Path) -> None:
    """Named files are checked; one elsewhere is exit code 2."""
    path = change(project, "cases/alpha-i.yaml", "~20", "many")
    other = project / RECORDS / "lessons" / "work-together.yaml"

    assert 0 == run("validate", other, "--root", project).code
    assert 1 == run("validate", path, other, "--root", project).code
    assert 2 == run("validate", project / "README.md", "--root", project).code
    assert 2 == run("validate", path, other, "--as", "case", "--root", project).code


def test_command_on_standard_input(project: Path) -> None:
    """A draft on standard input needs a kind; the rest is as for files."""
    good = run("validate", "-", "--as", "case", "--root", project, stdin=DRAFT.encode())
    wrong = run("validate", "-", "--as", "case", "--root", project, stdin=b"id: x\n")

    assert (0, "no findings\n") == good[:2]
    assert 1 == wrong.code
    assert "<stdin>:1:1: SHP001 " in wrong.out
    assert 2 == run("validate", "-", "--root", project).code
    assert 2 == run("validate", "-", "--as", "cases", "--root", project).code
    assert 2 == run("validate", "--as", "case", "--root", project).code


def test_command_on_a_draft_in_a_file(project: Path, tmp_path: Path) -> None:
    """A draft can stand in any file."""
    path = tmp_path / "draft.yaml"
    path.write_text(DRAFT, "utf-8")

    assert 0 == run("validate", path, "--as", "case", "--root", project).code
    assert 2 == run("validate", tmp_path / "x.yaml", "--as", "case", "--root", project).code


def test_command_on_tables(built: Path, outcomes: Path, tmp_path: Path) -> None:
    """A table, or a package: 0 clean, 1 with findings, 2 where there is nothing to check."""
    assert 0 == run("validate", outcomes, "--as", "outcomes", "--against", built).code
    assert 1 == run("validate", outcomes, "--as", "outcomes").code
    assert 1 == run("validate", outcomes, "--as", "cases", "--against", built).code
    assert 2 == run("validate", outcomes, "--as", "nope", "--against", built).code
    assert 2 == run("validate", outcomes, "--as", "outcomes", "--against", tmp_path).code
    assert 0 == run("validate", built / "datapackage.json").code
    assert 2 == run("validate", tmp_path / "datapackage.json").code


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--select", "SHP008"], 1),
        (["--select", "shp"], 1),
        (["--select", "not-a-quantity"], 1),
        (["--select", "POL"], 0),
        (["--select", "POL", "--select", "SHP"], 1),
        (["--ignore", "SHP008"], 0),
        (["--ignore", "not-a-quantity"], 0),
        (["--ignore", "POL"], 1),
        (["--select", "SHP", "--ignore", "SHP008"], 0),
        (["--select", "XYZ"], 2),
        (["--ignore", "not-a-rule"], 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_command_selects_rules(project: Path, options: list[str], code: int) -> None:
    """Rules are selected and ignored by code, by its beginning, or by name."""
    change(project, "cases/alpha-i.yaml", "~20", "many")

    assert code == run("validate", "--root", project, *options).code


@pytest.mark.parametrize("format_", ["text", "json", "github", "sarif", "junit"])
def test_command_prints_formats(project: Path, format_: str) -> None:
    """Every format is printed alone on standard output, and the exit code is the same."""
    assert 0 == run("validate", "--root", project, "--format", format_).code

    change(project, "cases/alpha-i.yaml", "~20", "many")
    outcome = run("validate", "--root", project, "--format", format_)
    assert (1, "") == (outcome.code, outcome.err)
    assert "SHP008" in outcome.out
    if format_ in {"json", "sarif"}:
        assert json.loads(outcome.out)


def test_rules_are_selected_for_tables_too(built: Path, tmp_path: Path) -> None:
    """Of a table's faults, those of the rules that were named are told."""
    content = (built / "data" / "tables" / "outcomes.csv").read_text("utf-8")
    place = tmp_path / "outcomes.csv"
    place.write_text(content.replace("arrests", "arrestz"), "utf-8")
    command = ["validate", place, "--as", "outcomes", "--against", built]

    assert 1 == run(*command).code
    assert 0 == run(*command, "--select", "TBL004").code
    assert 0 == run(*command, "--ignore", "foreign-key").code


def test_fixing_is_for_records(built: Path) -> None:
    """There is nothing to fix in a table or a draft, and that is said."""
    table = built / "data" / "tables" / "outcomes.csv"

    assert 2 == run("validate", table, "--as", "outcomes", "--fix").code
    assert 2 == run("validate", "-", "--as", "case", "--fix").code


def test_draft_in_a_file_is_named(project: Path, tmp_path: Path) -> None:
    """The findings of a draft that stands in a file name the file."""
    draft = tmp_path / "draft.yaml"
    draft.write_bytes(
        (project / RECORDS / "cases" / "alpha-ii.yaml")
        .read_bytes()
        .replace(b"value: 975", b"value: 9e2")
    )

    assert f"{draft.as_posix()}:" in run("validate", draft, "--as", "case", "--root", project).out


def test_a_file_that_is_not_there(project: Path) -> None:
    """A slip in a name is said; a record that was removed is checked for what refers to it."""
    outcome = run("validate", project / "data/records/cases/nosuch.yaml", "--root", project)
    assert (0, "no findings\n") == outcome[:2]
    assert "nosuch.yaml is not there" in outcome.err

    path = project / "data" / "records" / "sources" / "europol-2022-alpha.yaml"
    path.unlink()
    outcome = run("validate", path, "--root", project)
    assert (1, "") == (outcome.code, outcome.err)
    assert "PKG004" in outcome.out

    # What another file that was removed is still cited by says nothing about the slip.
    outcome = run("validate", path, path.with_name("nosuch.yaml"), "--root", project)
    assert "PKG004" in outcome.out
    assert "nosuch.yaml is not there" in outcome.err
