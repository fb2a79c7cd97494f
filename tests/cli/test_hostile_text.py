"""What strangers write comes out of every command and every format as text, and does nothing."""

import ast
import io
import json
import re
import shutil
import sys
import unicodedata
from contextlib import redirect_stdout
from html import unescape
from pathlib import Path
from typing import Final

import click
import pytest
from markdown_it import MarkdownIt

import interpol_dataset.cli
from helpers import mini
from helpers.command import Outcome, run
from helpers.each import each
from helpers.edit import descriptor, edit
from interpol_dataset.build import build
from interpol_dataset.cli import cli
from interpol_dataset.cli.reports import FORMATS
from interpol_dataset.cli.terminal import print_rows, progress
from interpol_dataset.package.formats import read_table
from interpol_dataset.package.text import write_csv
from interpol_dataset.records.folder import RECORDS

#: A line break and a workflow command, a command of the older kind, colours, the title of a window,
#: an order of letters, nothing to see, markup of a console, HTML, a link and an image.
POISON: Final = (
    "::error ::x\n  ::error file=x::y ##[add-mask]z \x1b[31m\x1b]0;t\x07\x9b2J\u202ea\u2066b\u200bc"
    "\u2028::error ::d\r::error ::e[red]f[/nothing]<script>g</script>[h](https://evil.example)"
    "![](https://evil.example/i.png)"
)
#: What of it a title may hold that is read as a record's.
LINE: Final = "".join(letter for letter in POISON if unicodedata.category(letter) != "Cc")
#: The same in a file's name.
NAME: Final = "::error ::x\n::error ::y##[z]\x1b[31m\u202e\u200b"

#: What no output may hold besides its own line breaks and the tabs between cells.
RAW: Final = frozenset({"Cc", "Cf", "Zl", "Zp"})


def assert_harmless(outcome: Outcome) -> None:
    """No character acts or hides, and no line begins with a command."""
    for text in (outcome.out, outcome.err):
        raw = {letter for letter in text if unicodedata.category(letter) in RAW} - {"\n", "\t"}
        assert set() == raw
        assert re.findall(r"^\s*::(?!(?:error|warning) file=).*", text, re.MULTILINE) == []
        assert "##[" not in text


#: The columns of texts that are neither keys nor terms.
FREE: Final = {
    *("name", "title", "note", "summary", "statement", "description"),
    *("locator", "reason", "looked_for", "undated"),
}


@pytest.fixture(scope="module", params=[POISON, LINE], ids=["any text", "one line"])
def package(
    built: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Path:
    """Return a package in which every text that may be anything is poisoned."""
    poison: str = request.param
    folder = shutil.copytree(built, tmp_path_factory.mktemp("package"), dirs_exist_ok=True)
    with descriptor(folder) as described:
        for name in ("title", "description", "version"):
            described[name] = f"{POISON}{described[name]}"
        for person in (*described["contributors"], *described["licenses"]):
            person |= {key: f"{POISON}{value}" for key, value in person.items() if key != "roles"}
    for resource in described["resources"]:
        path = folder / resource["path"]
        table = read_table(path.read_bytes(), "csv", resource["schema"])
        rows = [
            {
                column: f"{poison}{value}" if isinstance(value, str) and column in FREE else value
                for column, value in row.items()
            }
            for row in table.to_pylist()
        ]
        path.write_bytes(write_csv(type(table).from_pylist(rows, schema=table.schema)))

    return folder


LOOKS: Final = [
    ["list"],
    ["list", "cases", "--where", f"{POISON}=x"],
    ["list", POISON],
    *(["list", table] for table in ("sources", "claims", "evidence", "organizations", "metrics")),
    ["total", "arrests", "--by", "status,object"],
    ["total", POISON],
    ["show", "alpha-ii"],
    ["show", POISON],
    ["explain", "alpha-ii", "outcomes/arrests"],
    ["explain", "alpha-ii", "period"],
    ["explain", "alpha-ii", "summary"],
    ["explain", "no-power-of-arrest", "statement"],
    ["explain", "alpha-ii", POISON],
    ["explain", POISON, "period"],
    ["info"],
    ["cite"],
    ["cite", "alpha-ii"],
    ["cite", "--style", "bibtex"],
    ["cite", "alpha-ii", "outcomes/arrests", "--style", "csl-json"],
]


@each("as_json", [False, True])
@each("command", LOOKS)
def test_looking_into_a_poisoned_package(
    package: Path, command: list[str], *, as_json: bool
) -> None:
    """Whatever a package holds is printed as text; JSON keeps it, with escapes."""
    options = ["--format", "json"] if as_json and command[0] != "cite" else []
    outcome = run(*command, *options, "--package", package)

    assert_harmless(outcome)
    is_record = command[0] in {"show", "cite"} and "alpha-ii" in command
    if not (is_record and "package0" in str(package)):  # no record has a name of several lines
        assert outcome.code == (2 if any(POISON in word for word in command) else 0), outcome.err
    if options and not outcome.code:
        assert json.loads(outcome.out)


def test_json_keeps_what_is_there(package: Path) -> None:
    """What JSON escapes for a terminal is unchanged for a program; references are JSON, too."""
    rows = json.loads(run("list", "cases", "--format", "json", "--package", package).out)
    cited = run("cite", "alpha-ii", "--style", "csl-json", "--package", package)
    assert [row["name"].startswith((POISON, LINE)) for row in rows] == [True] * 2
    assert len(json.loads(cited.out)) > 1


@each("format_", ["text", "json", "markdown", "html", "changelog"])
def test_comparing_a_poisoned_package(package: Path, built: Path, format_: str) -> None:
    """Whatever two packages hold, their differences are printed as text."""
    outcome = run("diff", built, package, "--format", format_)
    assert_harmless(outcome)
    assert (outcome.code, outcome.err) == (0, "")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Return that it is one."""
        return True


def test_a_table_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal's table is drawn from the same cells, and takes no markup from them."""
    monkeypatch.setenv("COLUMNS", "4000")
    monkeypatch.setenv("TERM", "dumb")
    with redirect_stdout(Terminal()) as terminal:
        print_rows((f"column{POISON}",), [(POISON,)], "1 of 2 columns")
    text = terminal.getvalue()

    assert "1 of 2 columns" in text
    assert text.count("[red]f[/nothing]") == 2
    assert not {letter for letter in text if unicodedata.category(letter) in RAW} - {"\n"}


@each("format_", ["parquet", "csv", "json", "jsonl"])
def test_exporting_a_poisoned_package(package: Path, tmp_path: Path, format_: str) -> None:
    """An export names its target, whatever that is called."""
    options = ("--package", package, "--table")
    assert_harmless(run("export", tmp_path / NAME, "--format", format_, *options, "cases"))
    assert_harmless(run("export", tmp_path / "out", *options, POISON))
    assert_harmless(run("info", "--package", tmp_path / NAME / NAME))


def test_the_site_of_a_poisoned_package(package: Path, tmp_path: Path) -> None:
    """The commands that make the site say where it is, or what is wrong, without harm."""
    for _ in range(2):
        outcome = run("site", tmp_path / NAME, "--package", package)
        assert outcome.code == 0
        assert_harmless(outcome)
    assert_harmless(run("browse", "--package", tmp_path / NAME / NAME))


def test_progress_takes_no_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table's name is no markup of the progress bar."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with progress(1) as advance:
        assert advance
        advance(f"[/nothing]{POISON}")


@each("format_", FORMATS)
def test_validating_a_poisoned_table(package: Path, tmp_path: Path, format_: str) -> None:
    """Cells, labels and file names that are wrong are quoted without harm."""
    table = tmp_path / f"{NAME}.csv"
    label = POISON.replace('"', "")
    table.write_text(f'"id","{label}"\n"{label}","{label}"\n', "utf-8", newline="")
    outcome = run("validate", table, "--as", "metrics", "--format", format_, "--against", package)
    assert outcome.code == 1
    assert_report(format_, outcome)


@each("format_", FORMATS)
def test_validating_a_poisoned_package(package: Path, tmp_path: Path, format_: str) -> None:
    """A package's own names may be anything, too."""
    folder = Path(shutil.copytree(package, tmp_path / NAME))
    with descriptor(folder) as described:
        for field in described["resources"][0]["schema"]["fields"]:
            field["constraints"] = {"pattern": "nothing"}
    outcome = run("validate", folder / "datapackage.json", "--format", format_)
    assert outcome.code == 1, outcome.err
    assert_report(format_, outcome)


def assert_report(format_: str, outcome: Outcome) -> None:
    """Check that a report is harmless, and what it should be."""
    assert_harmless(outcome)
    match format_:
        case "json" | "sarif":
            assert json.loads(outcome.out)
        case "github":
            assert all(line.startswith("::") for line in outcome.out.splitlines())


def texts_of(data: str) -> str:
    """Put the poison, by YAML's escapes, before the text of every field that may hold any."""
    escaped = "".join(f"\\U{ord(letter):08x}" for letter in POISON)
    fields = (
        "name|title|description|summary|statement|note|reason|undated|at|looked_for|abbreviation"
    )
    data = re.sub(r"summary: \|-\n((?:  .*\n)+)", lambda _: 'summary: "Police."\n', data)
    return re.sub(
        rf"(?m)((?:^|[{{ ,])(?:{fields}): )('[^'\n]*'|[^'\"\n,}}][^\n,}}]*)",
        rf'\g<1>"{escaped}x"'.replace("\\U", "\\\\U"),
        data,
    )


@pytest.fixture
def poisoned(tmp_path: Path) -> Path:
    """Return a project whose records, and names of files, are poisoned."""
    root = mini.write(tmp_path / "project")
    for path in sorted((root / RECORDS).rglob("*.yaml")):
        path.write_text(texts_of(path.read_text("utf-8")), "utf-8")
    cases = root / RECORDS / "cases"
    (cases / f"{NAME}.yaml").write_text(f'id: "{POISON!r}"\n? {NAME!r}\n: 1\n', "utf-8")
    (cases / f"{NAME}.yml").write_text("stray", "utf-8")
    (cases / "bad.yaml").write_bytes(f"a: &x [{NAME}".encode())
    keys = "".join(f"\\U{ord(letter):08x}" for letter in POISON)
    (cases / "keys.yaml").write_text(
        f'id: "{keys}"\n"{keys}": 1\ncategories: ["{keys}"]\nreports: [{{source: "{keys}"}}]\n',
        "utf-8",
    )

    return root


def test_validating_poisoned_records(poisoned: Path) -> None:
    """Every message that quotes a text, an id, a key or a file's name does so without harm."""
    texts = [path.read_text("utf-8") for path in (poisoned / RECORDS).rglob("*.yaml")]
    assert sum(text.count("U0000202e") for text in texts) > 20
    for format_ in FORMATS:
        outcome = run("validate", "--format", format_, "--root", poisoned)
        assert outcome.code == 1
        assert_report(format_, outcome)


def test_commands_on_poisoned_records(poisoned: Path) -> None:
    """No command prints what a record or an argument hides."""
    for command in (
        *(["build"], ["build", "--check"], ["build", "--format", "json"]),
        *(["fmt", "--check"], ["fmt"]),
        *(["new", "case", POISON], ["new", POISON, "x"]),
        *(["validate", "--select", POISON], ["validate", NAME], ["validate", f"{NAME}.json"]),
        *(["validate", f"{NAME}.csv", "--as", POISON], ["validate", "--fix"]),
    ):
        assert_harmless(run(*command, "--root", poisoned))


@each("command", [[POISON], ["rules", POISON], ["info", f"--{POISON}"]])
def test_arguments(command: list[str]) -> None:
    """An argument that is wrong is quoted without harm."""
    outcome = run(*command)
    assert outcome.code == 2
    assert_harmless(outcome)


@each("format_", FORMATS)
def test_a_poisoned_draft(built: Path, format_: str) -> None:
    """A draft on standard input is no better than a file."""
    draft = texts_of(mini.FILES["cases/alpha-ii.yaml"]).encode()
    command = ("validate", "-", "--as", "case", "--root", built, "--format", format_)
    outcome = run(*command, stdin=draft)
    assert outcome.code == 1
    assert_report(format_, outcome)


def test_a_poisoned_page(project: Path, tmp_path: Path) -> None:
    """A saved page, its name and its words come from a stranger."""
    page = tmp_path / f"{NAME}.txt"
    page.write_text(f"{POISON} arrested\n\nPolice in France arrested 12 {POISON}.\n", "utf-8")
    command = ("draft", page, "--root", project, "--to", tmp_path / f"x{NAME}")
    for options in ([], ["--case", POISON], ["--language", POISON], ["--published", POISON]):
        assert_harmless(run(*command, *options))


def test_build_names_what_it_removes(current: Path) -> None:
    """The name of a stray file is a stranger's text."""
    (current / "data" / "tables" / f"x{NAME}").write_text("stray", "utf-8")
    for options in (["--check"], ["--check", "--format", "json"], [], []):
        assert_harmless(run("build", *options, "--root", current))


def test_pages_show_texts(project: Path) -> None:
    """Markup in the name of a category or a case is text on the page of contents."""
    markup = "<b>x</b> [y](https://evil.example) | `z` &lt;"
    for name in ("categories/online-fraud.yaml", "cases/alpha-i.yaml"):
        edit(project / RECORDS / name, ("name: ", f"name: '{markup}' #"), count=1)
    build(project)
    page = (project / "docs" / "trust" / "contents.md").read_text("utf-8")
    html = MarkdownIt("commonmark").enable("table").render(page)

    assert "<b>" not in html
    assert 'href="https://evil' not in html
    assert not re.search(r"(?<!\\)https?:(?=//evil)", page.replace("\\:", ""))
    assert markup in unescape(html)


def test_every_command_is_tried() -> None:
    """A new command joins the tests above."""
    source = Path(__file__).read_text("utf-8")
    commands = cli.list_commands(click.Context(cli))
    assert [name for name in commands if f'"{name}"' not in source] == []


def test_only_one_module_prints() -> None:
    """Commands print through the functions of one module, which print no raw text."""
    folder = Path(interpol_dataset.cli.__file__).parent
    printing = {
        path.name
        for path in folder.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in {"print", "click.echo", "click.secho", "sys.stdout.write"}
    }

    assert {"terminal.py"} == printing
