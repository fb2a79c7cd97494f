"""Tests of the command ``validate``."""

import json
from pathlib import Path

import click

from helpers.command import run
from helpers.mini import DRAFT, change
from interpol_dataset.cli.reports import FORMATS
from interpol_dataset.cli.validate import validate_

RECORDS = "data/records"


def test_command_on_the_project(project: Path) -> None:
    """Exit code 0 and 'no findings', or 1 and the findings."""
    assert run("validate", "--root", project)[:2] == (0, "no findings\n")
    change(project, "cases/alpha-i.yaml", "~20", "many")
    outcome = run("validate", "--root", project)
    assert outcome.code == 1
    assert "alpha-i.yaml:10:34: SHP008 " in outcome.out
    assert "1 finding in 1 file" in outcome.out


def test_command_on_files(project: Path) -> None:
    """Named files are checked; one elsewhere is exit code 2."""
    path = change(project, "cases/alpha-i.yaml", "~20", "many")
    other = project / RECORDS / "lessons" / "work-together.yaml"
    assert run("validate", other, "--root", project).code == 0
    assert run("validate", path, other, "--root", project).code == 1
    assert run("validate", project / "README.md", "--root", project).code == 2
    assert run("validate", path, other, "--as", "case", "--root", project).code == 2


def test_command_on_standard_input(project: Path) -> None:
    """A draft on standard input needs a kind; the rest is as for files."""
    good = run("validate", "-", "--as", "case", "--root", project, stdin=DRAFT.encode())
    wrong = run("validate", "-", "--as", "case", "--root", project, stdin=b"id: x\n")

    assert good[:2] == (0, "no findings\n")
    assert wrong.code == 1
    assert "<stdin>:1:1: SHP001 " in wrong.out
    assert run("validate", "-", "--root", project).code == 2
    assert run("validate", "-", "--as", "cases", "--root", project).code == 2
    assert run("validate", "--as", "case", "--root", project).code == 2


def test_command_on_tables(built: Path, outcomes: Path, tmp_path: Path) -> None:
    """A table, or a package: 0 clean, 1 with findings, 2 where there is nothing to check."""
    assert run("validate", outcomes, "--as", "outcomes", "--against", built).code == 0
    assert run("validate", outcomes, "--as", "outcomes").code == 1
    assert run("validate", outcomes, "--as", "cases", "--against", built).code == 1
    assert run("validate", outcomes, "--as", "nope", "--against", built).code == 2
    assert run("validate", outcomes, "--as", "outcomes", "--against", tmp_path).code == 2
    assert run("validate", built / "datapackage.json").code == 0
    assert run("validate", tmp_path / "datapackage.json").code == 2


def test_command_selects_rules(project: Path) -> None:
    """Rules are selected and ignored by code, by its beginning, or by name."""
    change(project, "cases/alpha-i.yaml", "~20", "many")
    codes = {
        **dict.fromkeys(("--select SHP008", "--select shp", "--select not-a-quantity"), 1),
        **dict.fromkeys(("--select POL", "--ignore SHP008", "--ignore not-a-quantity"), 0),
        **dict.fromkeys(("--select POL --select SHP", "--ignore POL"), 1),
        "--select SHP --ignore SHP008": 0,
        **dict.fromkeys(("--select XYZ", "--ignore not-a-rule"), 2),
    }

    found = {line: run("validate", "--root", project, *line.split()).code for line in codes}
    assert found == codes


def test_command_fails_on_warnings_if_asked(project: Path) -> None:
    """Warnings are shown and stop nothing, but with --strict."""
    listed = "countries: {complete: true, list: [GBR], at: lead}"
    change(project, "cases/alpha-i.yaml", "    outcomes:", f"    {listed}\n    outcomes:")
    for format_ in FORMATS:
        command = ["validate", "--root", project, "--format", format_]
        lax, strict = run(*command), run(*command, "--strict")
        assert (lax.code, strict.code, strict.out) == (0, 1, lax.out)
        assert "MNG015" in lax.out
        assert run(*command, "--strict", "--ignore", "MNG015").code == 0

    assert run("build", "--root", project).code == 0


def test_command_offers_every_format() -> None:
    """The formats that can be chosen are those that there are; importing them would be slow."""
    (choice,) = (param.type for param in validate_.params if param.name == "format_")
    assert isinstance(choice, click.Choice)
    assert list(FORMATS) == list(choice.choices)


def test_command_prints_formats(project: Path) -> None:
    """Every format is printed alone on standard output, and the exit code is the same."""
    sound = [run("validate", "--root", project, "--format", format_).code for format_ in FORMATS]
    change(project, "cases/alpha-i.yaml", "~20", "many")

    assert sound == [0] * len(FORMATS)
    for format_ in FORMATS:
        outcome = run("validate", "--root", project, "--format", format_)
        assert (outcome.code, outcome.err) == (1, "")
        assert "SHP008" in outcome.out
        if format_ in {"json", "sarif"}:
            assert json.loads(outcome.out)


def test_command_on_a_draft_in_a_file(project: Path, tmp_path: Path) -> None:
    """A draft can be in any file, which its findings name."""
    path = tmp_path / "draft.yaml"
    command = ("validate", path, "--as", "case", "--root", project)
    path.write_text(DRAFT, "utf-8")
    assert run(*command).code == 0
    path.write_text(DRAFT.replace("~20", "9e2"), "utf-8")
    assert f"{path.as_posix()}:" in run(*command).out
    assert run("validate", tmp_path / "x.yaml", "--as", "case", "--root", project).code == 2


def test_rules_are_selected_for_tables_too(built: Path, tmp_path: Path) -> None:
    """Of a table's faults, those of the selected rules are reported."""
    content = (built / "data" / "tables" / "outcomes.csv").read_text("utf-8")
    place = tmp_path / "outcomes.csv"
    place.write_text(content.replace("arrests", "arrestz"), "utf-8")
    command = ["validate", place, "--as", "outcomes", "--against", built]
    assert run(*command).code == 1
    assert run(*command, "--select", "TBL004").code == 0
    assert run(*command, "--ignore", "foreign-key").code == 0


def test_fixing_is_for_records(built: Path) -> None:
    """There is nothing to fix in a table or a draft, and that is said."""
    table = built / "data" / "tables" / "outcomes.csv"
    assert run("validate", table, "--as", "outcomes", "--fix").code == 2
    assert run("validate", "-", "--as", "case", "--fix").code == 2


def test_a_file_that_is_not_there(project: Path) -> None:
    """A missing file is an error, but for a record that was removed and that others refer to."""
    outcome = run("validate", project / "data/records/cases/nosuch.yaml", "--root", project)
    assert outcome[:2] == (2, "")
    assert "nosuch.yaml: the file does not exist" in outcome.err

    path = project / "data" / "records" / "sources" / "europol-2022-alpha.yaml"
    path.unlink()
    outcome = run("validate", path, "--root", project)
    assert (outcome.code, outcome.err) == (1, "")
    assert "PKG004" in outcome.out

    # What another file that was removed is still cited by says nothing about the other file.
    outcome = run("validate", path, path.with_name("nosuch.yaml"), "--root", project)
    assert outcome[:2] == (2, "")
    assert "nosuch.yaml: the file does not exist" in outcome.err


def test_a_fault_of_shape_does_not_stop_fixes(project: Path) -> None:
    """What is certain is fixed beside a fault that a person has to look at."""
    change(project, "cases/alpha-i.yaml", "~20", "many")
    path = project / RECORDS / "cases" / "alpha-i.yaml"
    categories = next(line for line in path.read_text("utf-8").splitlines() if "categories" in line)
    twice = categories.replace("]", ", online-fraud, online-fraud]")
    change(project, "cases/alpha-i.yaml", categories, twice)
    outcome = run("validate", path, "--root", project, "--fix")

    assert (outcome.code, "SHP008" in outcome.out) == (1, True)
    assert "MNG010" not in outcome.out
    assert path.read_text("utf-8").count("online-fraud") == 1


def test_fixes_while_a_list_can_not_be_read(project: Path) -> None:
    """No file is changed for what only seems to be needless without it."""
    added = "  - {fact: outcomes/arrests, source: interpol-2022-alpha, reason: It is the best.}"
    change(project, "cases/alpha-ii.yaml", "disputes:", f"{added}\ndisputes:")
    bodies = project / RECORDS / "organizations.yaml"
    text = bodies.read_bytes()
    bodies.write_bytes(text + b"  ]: [\n")
    files = {path: path.read_bytes() for path in (project / RECORDS).rglob("*.yaml")}
    outcome = run("validate", "--root", project, "--fix")

    assert (outcome.code, outcome.err) == (1, "fixed 0 of 1 finding\n")
    assert files == {path: path.read_bytes() for path in (project / RECORDS).rglob("*.yaml")}

    bodies.write_bytes(text)
    assert "fixed 1 of 1 finding\n" in run("validate", "--root", project, "--fix").err


def test_a_table_as_a_record(tmp_path: Path) -> None:
    """A table's file is no record; the table of that kind is named."""
    (tmp_path / "cases.csv").write_text("id\n", "utf-8")
    outcome = run("validate", tmp_path / "cases.csv", "--as", "case")
    unknown = run("validate", tmp_path / "cases.csv", "--as", "nope")
    assert outcome.code == 2
    assert "'case' is a kind of record, which is YAML; this file can only be a table" in outcome.err
    assert "--as, such as cases" in outcome.err
    assert "the installed package: there is no table 'nope'" in unknown.err
