"""
Every rule has a page, which says what the rule says.

Every example on it breaks the rule, or keeps all of them, as the page says.
"""

import re
import shutil
import textwrap
from datetime import date
from pathlib import Path
from typing import Any, Final

from helpers.each import each
from interpol_dataset.draft.compare import check_pages
from interpol_dataset.records.document import MAX_BYTES, Records
from interpol_dataset.records.folder import read_records
from interpol_dataset.rules import gate
from interpol_dataset.rules.gate import RULES
from interpol_dataset.rules.rule import PAGES, TableRule
from interpol_dataset.rules.tables import code_of
from interpol_dataset.tablecheck import validate_table
from interpol_dataset.validate.tables import disagreements

HERE: Final = Path(__file__).parent
TODAY: Final = date(2026, 11, 25)

CASE: Final = "cases/haechi-iii.yaml"
SOURCE: Final = "sources/ansa-2022-05-09.yaml"
LESSON: Final = "lessons/share-early.yaml"
CLAIMS: Final = "claims/some-content-site-2024.yaml"

#: What every page has, in this order.
SECTIONS: Final = ("## Why", "## Bad", "## Good", "## How to fix")

#: The file that an example is a part of, what is around it, and how far it is indented.
PARTS: Final = {
    "case": (CASE, "", 0),
    "source": (SOURCE, "", 0),
    "report": (CASE, "reports:\n  - source: interpol-2022-haechi\n", 4),
    "retelling": (CASE, "reports:\n  - source: ansa-2022-05-09\n", 4),
    "reports": (CASE, "reports:\n", 2),
    "outcomes": (CASE, "reports:\n  - source: ansa-2022-05-09\n    outcomes:\n", 6),
    "steps": (CASE, "proceedings:\n  - source: ansa-2022-05-09\n    steps:\n", 6),
    "claims": (CLAIMS, "claims:\n", 2),
    "lesson": (LESSON, "", 0),
}

#: What the examples of a rule are a part of; of a case, if nothing else is said.
PART_OF: Final = {
    code: part
    for part, codes in {
        "source": "SYN001 SHP004 SHP005 SHP009 MNG003 MNG004 MNG013 MNG025 MNG040 MNG041 MNG046 "
        "MNG047 POL001 POL002 POL003 POL013 POL014 POL021 POL026 POL033 POL034",
        "outcomes": "SHP001 SHP002 SHP008 MNG005 MNG006 MNG012 MNG030 MNG031 MNG033 MNG043 MNG048 "
        "MNG070",
        "steps": "MNG051 MNG052 POL038",
        "report": "MNG007 MNG009 MNG020 MNG021 MNG022",
        "reports": "MNG011 MNG023 MNG024 MNG034 MNG035 MNG036 MNG037",
        "retelling": "MNG015",
        "claims": "POL008 POL009",
        "lesson": "MNG060 MNG061 MNG062 POL040 POL041",
    }.items()
    for code in codes.split()
}

#: What an example leaves out on purpose.
LEFT_OUT: Final = {"MNG003": {"published"}, "MNG004": {"url"}, "POL026": {"url"}}

#: What the page of a source has that an example is held against.
SAVED: Final = {
    "MNG070": (
        "Storm Makers\n"
        "More than 1,307 people were arrested in an operation of police in three countries, the "
        "ministry said on Monday in a statement on the web, of which it gave no details."
    )
}

#: How long the texts are that an example only describes.
LENGTHS: Final = {"SYN001": MAX_BYTES, "POL007": 901}

#: What makes a claim of the lines that an example shows.
CLAIM: Final = {
    "paragraph_sha256": "b" * 64,
    "statement": "An operation took place.",
    "checkable": "false",
}

#: The schemas of the tables in examples.
ID: Final[dict[str, Any]] = {"name": "id"}
NAME: Final[dict[str, Any]] = {"name": "name"}
KEY: Final = {"fields": ["parent"], "reference": {"resource": "", "fields": ["id"]}}
SCHEMAS: Final[dict[str, dict[str, Any]]] = {
    **{code: {"fields": [ID, NAME]} for code in ("TBL001", "TBL002", "TBL003")},
    "TBL004": {"fields": [ID, {"name": "value", "type": "integer"}]},
    "TBL005": {"fields": [ID, {"name": "title", "constraints": {"required": True}}]},
    "TBL006": {"fields": [ID, {"name": "kind", "constraints": {"enum": ["news"]}}]},
    "TBL007": {"fields": [{"name": "id", "constraints": {"pattern": "[a-z-]+"}}]},
    "TBL008": {
        "fields": [ID, {"name": "edition", "type": "integer", "constraints": {"minimum": 1}}]
    },
    "TBL009": {"fields": [ID, {"name": "language", "constraints": {"maxLength": 3}}]},
    "TBL010": {"fields": [ID, {"name": "url", "constraints": {"unique": True}}]},
    "TBL011": {"fields": [ID, NAME], "primaryKey": ["id"]},
    "TBL012": {"fields": [ID, {"name": "parent"}], "primaryKey": ["id"], "foreignKeys": [KEY]},
    "TBL013": {
        "fields": [
            *({"name": name} for name in ("case_id", "fact", "value")),
            *({"name": name, "type": "number"} for name in ("lower", "upper")),
        ]
    },
}

OF_RECORDS: Final = [code for code, rule in RULES.items() if not isinstance(rule, TableRule)]
OF_TABLES: Final = [code for code, rule in RULES.items() if isinstance(rule, TableRule)]


def _example(code: str, heading: str) -> str:
    """Return an example from a rule's page."""
    pattern = rf"^## {heading}\n\n```\w+\n(.*?)^```$"
    found = re.search(pattern, RULES[code].page, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


def _blocks(text: str) -> dict[str, str]:
    """Split the text of a record into its fields, each with the comments above it."""
    parts = re.split(r"^(?=(?:#.*\n)*[^\s#-])", text, flags=re.MULTILINE)
    return {part.partition(":")[0].rpartition("\n")[2]: part for part in parts if part}


def _claim(example: str) -> str:
    """Add to a claim the lines that an example does not show."""
    more = "".join(f"  {key}: {value}\n" for key, value in CLAIM.items() if key not in example)
    return example + more


def _files(code: str, example: str) -> dict[str, str]:
    """Return the files that an example shows, completed: their contents by their paths."""
    if "# data/records/" in example:
        pieces = re.split(r"^# data/records/(\S+)\n", example, flags=re.MULTILINE)[1:]
        shown = dict(zip(pieces[::2], pieces[1::2], strict=True))
    else:
        file, around, indent = PARTS[PART_OF.get(code, "case")]
        example = _claim(example) if file == CLAIMS else example
        shown = {file: around + textwrap.indent(example, " " * indent)}

    return {name: _file(code, name, text) for name, text in shown.items()}


def _file(code: str, name: str, text: str) -> str:
    """Add to what is shown of a file what the same file has besides, or one of its kind."""
    base = HERE / "examples" / name
    if "/" not in name:
        return (base.read_text("utf-8") if base.exists() else "") + text
    own: dict[str, str] = {}
    if not base.exists():
        base = HERE / "examples" / (SOURCE if name.startswith("sources/") else CASE)
        own = _own_lines(Path(name).stem)

    shown = {*_blocks(text), *LEFT_OUT.get(code, ())}
    blocks = _blocks(base.read_text("utf-8"))
    blocks |= {field: line for field, line in own.items() if field in blocks}

    return "".join(block for field, block in blocks.items() if field not in shown) + text


def _own_lines(stem: str) -> dict[str, str]:
    """Return what a file of its own has otherwise than the one that it is modelled on."""
    lines = {"id": f"id: {stem}\n", "name": f"name: Operation {stem}\n"}
    day = re.search(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", stem)
    return lines | ({"published": f"published: {day[0]}\n"} if day else {})


def _found(code: str, heading: str, folder: Path) -> set[str]:
    """Return the rules that an example breaks, laid over records without faults."""
    shutil.copytree(HERE / "examples", folder)
    for name, text in _files(code, _example(code, heading)).items():
        written = re.sub(
            r"\(.*(?:the whole text|characters and more).*\)", "x" * LENGTHS.get(code, 1), text
        )
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(written.encode().replace("\ufffd".encode(), b"\xe9"))

    record_set = read_records(folder)
    found = [*gate.findings(record_set, today=TODAY)]
    if code in SAVED:
        page = folder.with_suffix(".txt")
        page.write_text(SAVED[code], "utf-8")
        found += check_pages(record_set, {f"{folder}/{CASE}"}, [("ansa-2022-05-09", page)])[0]

    return {finding.rule for finding in found}


def test_what_the_examples_are_laid_over_is_right() -> None:
    """The records around the examples break no rule themselves."""
    assert gate.findings(read_records(HERE / "examples"), today=TODAY) == ()


def test_what_the_examples_name_is_in_the_project(records: Records) -> None:
    """A reader who copies an example finds its metrics, categories and objects in the project."""
    around = read_records(HERE / "examples").records
    for kind in ("metrics", "categories", "objects"):
        named = {record.id for record in getattr(around, kind)}
        assert named <= {record.id for record in getattr(records, kind)}


@each("code", OF_RECORDS)
def test_a_bad_record_breaks_its_rule_and_a_good_one_none(code: str, tmp_path: Path) -> None:
    """A reader who copies the bad example sees the finding that the page explains."""
    expected = {code, "POL006"} if code == "POL012" else {code}  # it excepts nothing
    assert _found(code, "Bad", tmp_path / "bad") == expected
    assert _found(code, "Good", tmp_path / "good") == set()


def _found_in_table(code: str, heading: str, path: Path) -> set[str]:
    path.write_text(_example(code, heading), "utf-8")
    in_cells = {code_of(item.fault) for item in validate_table(path, SCHEMAS[code]).describe()}
    return in_cells | {item.rule for item in disagreements(path, "outcomes")}


@each("code", OF_TABLES)
def test_a_bad_table_breaks_its_rule_and_a_good_one_none(code: str, tmp_path: Path) -> None:
    """A table like the bad example has the finding that the page explains."""
    assert _found_in_table(code, "Bad", tmp_path / "t.csv") == {code}
    assert _found_in_table(code, "Good", tmp_path / "t.csv") == set()


def test_every_page_is_of_a_rule(root: Path) -> None:
    """Each rule has a page, and no page was left behind by one."""
    assert {"README", *RULES} == {path.stem for path in (root / PAGES).iterdir()}


@each("code", RULES)
def test_a_page_says_what_its_rule_says(root: Path, code: str) -> None:
    """The head of a page has the code, name, properties and sentence of its rule."""
    rule = RULES[code]
    comment = f"a line of its own in the record, `# allow {code}: the reason`"
    exceptions = comment if rule.excusable else "none"
    title, facts, sentence = (root / PAGES / f"{code}.md").read_text("utf-8").split("\n\n")[:3]
    assert title == f"# {code} {rule.name}"
    assert facts == f"Layer: {rule.layer}. Severity: {rule.severity}. Exceptions: {exceptions}."
    assert sentence.replace("\n", " ") == rule.summary


@each("code", RULES)
def test_every_page_has_all_sections(code: str) -> None:
    """A page says what the rule asks for, why, how it looks wrong and right, and how to fix it."""
    lines = RULES[code].page.splitlines()
    assert [line for line in lines if line.startswith("## ")] == [*SECTIONS]
    assert lines[0].endswith(".")
    assert max(len(line) for line in lines) <= 100
    assert sum(line.startswith("```") for line in lines) == 4
