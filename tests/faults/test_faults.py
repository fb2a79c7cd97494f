"""One fault, one fixture: exactly the expected findings, at exactly the expected places."""

import shutil
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from helpers.each import each
from interpol_dataset.draft.compare import check_pages
from interpol_dataset.records.document import MAX_BYTES
from interpol_dataset.records.folder import read_records
from interpol_dataset.rules import gate
from interpol_dataset.rules.context import Context
from interpol_dataset.rules.gate import RULES
from interpol_dataset.rules.rule import ContextRule
from interpol_dataset.validate.tables import check_package

HERE: Final = Path(__file__).parent
RECORDS: Final = "data/records"
TODAY: Final = date(2026, 11, 25)

#: Each fixture holds what differs from the base, and the findings that are expected: the rule with
#: file, line and column, and for tables with row and field.
FIXTURES: Final = sorted(path.parent for path in HERE.glob("*/*/expected.txt"))


def _found(folder: Path) -> list[str]:
    """Check a package, of records or of tables, as the command line does."""
    if (folder / "datapackage.json").exists():
        findings = check_package(folder / "datapackage.json").findings
        return [f"{item.rule} {item.record} {item.field}" for item in findings]

    record_set = read_records(folder / RECORDS, RECORDS)
    findings = [*gate.findings(record_set, today=TODAY)]
    if pages := [(path.stem, path) for path in folder.glob("pages/*.txt")]:
        files = {item.path for item in record_set.documents}
        findings += check_pages(record_set, files, pages)[0]
    return [f"{item.rule} {item.place}" for item in findings]


def _package(fixture: Path | None, target: Path, base: str = "base") -> Path:
    """Lay a fixture over its base."""
    shutil.copytree(HERE / base, target, dirs_exist_ok=True)
    if fixture is None:
        return target

    shutil.copytree(fixture, target, dirs_exist_ok=True)
    padded = fixture / "pad.txt"
    if padded.exists():
        file = target / padded.read_text().strip()
        file.write_text(file.read_text() + "# too much\n" * (MAX_BYTES // 10))

    return target


@pytest.mark.parametrize("base", ["base", "base-tables"])
def test_the_base_has_no_fault(base: str, tmp_path: Path) -> None:
    """What a fixture's finding shows is its own fault and not the base's."""
    assert _found(_package(None, tmp_path, base)) == []


@each("fixture", FIXTURES)
def test_one_fault_is_found_where_it_is_and_nothing_more(fixture: Path, tmp_path: Path) -> None:
    """A fixture has the findings that its file lists: none is missed, and none is made up."""
    base = "base-tables" if fixture.parent.name.startswith("TBL") else "base"
    expected = (fixture / "expected.txt").read_text("utf-8").splitlines()
    assert sorted(expected) == sorted(_found(_package(fixture, tmp_path, base)))


#: The fixtures of rules that are asked about a record only where it, or what it leads to, changed.
LOCAL: Final = [
    (path, rule)
    for path in FIXTURES
    if isinstance(rule := RULES[path.parent.name[:6]], ContextRule) and rule.is_local
]


@each("fixture, rule", LOCAL)
def test_what_a_local_rule_finds_does_not_depend_on_what_it_found_before(
    fixture: Path, rule: ContextRule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever record is added last, the fault is found, be it in another one."""
    monkeypatch.setattr(gate, "_LOCAL", [rule])
    monkeypatch.setattr(gate, "_OF_ALL", [])
    whole = read_records(_package(fixture, tmp_path) / RECORDS, RECORDS)
    whole = replace(whole, notes=Context(whole).notes)
    context = Context(whole, TODAY)
    expected = gate.everything(context)
    for last in whole.entries:
        less = replace(
            whole,
            entries=tuple(entry for entry in whole.entries if entry is not last),
            documents=tuple(item for item in whole.documents if item is not last.document),
        )
        _, before = gate.judge(Context(less, TODAY), None)
        found, _ = gate.judge(Context(whole, TODAY), before)

        assert Counter(expected) == Counter(found), last.id


@each("code", RULES)
def test_every_rule_is_reachable(code: str) -> None:
    """Every rule has a fixture besides its page, named after it, with only its own findings."""
    named = [path for path in FIXTURES if path.parent.name == f"{code}-{RULES[code].name}"]
    found = Counter(
        line.partition(" ")[0]
        for fixture in named
        for line in (fixture / "expected.txt").read_text("utf-8").splitlines()
    )

    assert named
    assert {code} == set(found)


def test_codes_and_names_are_unique() -> None:
    """A rule can be asked for by its code or by its name."""
    names = [rule.name for rule in RULES.values()]
    assert len(names) == len(set(names))
    assert all(code == rule.code for code, rule in RULES.items())
