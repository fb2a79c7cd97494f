"""One fault is reported once: not again wherever the record is cited, and never as a crash."""

import copy
import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

from helpers.base import BASE, TODAY, findings, found
from helpers.committed import committed
from helpers.each import each
from helpers.edit import edit
from helpers.ways import holder, ways
from interpol_dataset.records.document import parse
from interpol_dataset.records.folder import RECORDS, RecordSet, read_draft, read_records
from interpol_dataset.rules import gate
from interpol_dataset.rules.context import Context
from interpol_dataset.rules.gate import RULES
from interpol_dataset.rules.rule import ContextRule

FILES: Final = sorted(path.relative_to(BASE).as_posix() for path in BASE.rglob("*.yaml"))

ODD: Final[list[Any]] = [None, 2.5, "x", [[None]], {"id": "x", "source": []}]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Copy a small project without faults."""
    return shutil.copytree(BASE, tmp_path / "records")


def test_a_file_that_can_not_be_read_is_the_only_finding(folder: Path) -> None:
    """No record is reported missing, and no source unused, because of a slip elsewhere."""
    for name in FILES:
        content = (folder / name).read_bytes()
        for rule, slip in (("SYN003", b"  ]: [\n"), ("SYN002", b"# \xff\n")):
            (folder / name).write_bytes(content + slip)
            assert [(rule, name)] == found(folder)
        (folder / name).write_bytes(content)


@each("name", ["metrics.yaml", "organizations.yaml"])
def test_a_list_that_can_not_be_read_makes_nothing_else_wrong(name: str) -> None:
    """Not in thousands of records, where names, preferences, parts and exceptions rest on it."""
    own = committed()
    text = next(item.text for item in own.documents if item.path == f"{RECORDS}/{name}")
    (found,) = gate.findings(_with_file(own, f"{RECORDS}/{name}", f"{text}  ]: [\n"))
    assert (found.rule, found.place.path) == ("SYN003", f"{RECORDS}/{name}")
    assert str(found.hint).endswith("checks that depend on this file wait until it can be read")


def _with_file(record_set: RecordSet, path: str, text: str) -> RecordSet:
    """Return records with another text of one file; the others are not read again."""
    kind = next(item.kind for item in record_set.entries if item.document.path == path)
    read = read_draft(kind, text.encode(), path)
    stem = Path(path).stem if kind.folder else None
    others = (item for item in record_set.entries if item.document.path != path)
    (document,) = read.documents

    return replace(
        record_set,
        entries=(*others, *(replace(entry, stem=stem) for entry in read.entries)),
        defects=read.defects,
        documents=tuple(document if it.path == path else it for it in record_set.documents),
    )


@each("name", FILES)
def test_a_wrong_shape_is_reported_in_its_own_file_only(name: str, tmp_path: Path) -> None:
    """A record with a field too many is still there for those that cite it."""
    folder = shutil.copytree(BASE, tmp_path / "records")
    text = (BASE / name).read_text("utf-8")
    if "/" not in name:
        before, _, after = text.partition("id: ")
        (folder / name).write_text(f"{before}i: {after}", "utf-8")
        assert found(folder) == [("SHP002", name)]
    elif "claims" not in name:
        (folder / name).write_text(f"{text}extra: 1\n", "utf-8")
        assert found(folder) == [("SHP002", name)]


@each("name", FILES)
def test_no_shape_makes_the_gate_crash(name: str) -> None:
    """Whatever is where it should not be, the gate reports it and goes on."""
    record_set = read_records(BASE, "r")
    data = parse((BASE / name).read_bytes(), name).data
    for way in ways(data):
        if any(step for step in way if isinstance(step, int)):
            continue  # the first entry of a list is enough
        for value in ODD:
            damaged = copy.deepcopy(data)
            if way:
                holder(damaged, way)[way[-1]] = value
            text = json.dumps(damaged if way else value)
            gate.findings(_with_file(record_set, f"r/{name}", text), today=TODAY)


def test_no_exception_is_called_needless_while_another_record_is_faulty(folder: Path) -> None:
    """Its rule may not have looked, because of that record."""
    case, source = folder / "cases" / "beta.yaml", folder / "sources" / "daily-2022-alpha.yaml"
    case.write_text("# allow POL022: the page says so\n" + case.read_text("utf-8"), "utf-8")
    assert found(folder) == [("POL012", "cases/beta.yaml")]
    source.write_bytes(source.read_bytes() + b"extra: 1\n")
    assert found(folder) == [("SHP002", "sources/daily-2022-alpha.yaml")]


#: A preference for what is picked anyway.
NEEDLESS: Final = "  - {fact: interpol_role, source: europol-2021-beta, reason: It is picked so.}\n"


def test_what_rests_on_a_faulty_record_is_not_fixed(folder: Path) -> None:
    """A preference that seems needless stays until every organization can be read."""
    edit(folder / "cases" / "beta.yaml", ("prefer:\n", f"prefer:\n{NEEDLESS}"))
    fixes = {item.rule: item.fix for item in findings(folder)}
    assert fixes["POL004"]
    edit(folder / "organizations.yaml", ("kind: ", "kind: x"), count=1)
    fixes = {item.rule: item.fix for item in findings(folder)}
    assert fixes == {"POL004": None, "SHP004": None}


def test_what_keeps_a_file_from_being_read_is_always_reported(folder: Path) -> None:
    """Nothing found would be no good news of rules that wait for it."""
    (folder / "organizations.yaml").write_text("- id: [\n", "utf-8")
    selected = frozenset({"POL015"})
    assert [item.rule for item in findings(folder, select=selected)] == ["SYN003"]
    assert findings(folder, select=selected, ignore=frozenset({"SYN003"})) == []


def test_findings_of_reading_name_their_record(folder: Path) -> None:
    """Also what is found before any rule is asked says which record and field it is in."""
    edit(folder / "objects.yaml", ("name: Drugs", "nme: Drugs"))
    assert [(item.record, item.field) for item in findings(folder)] == [("objects/drugs", "nme")]


def test_places_follow_the_file_where_models_sort(folder: Path) -> None:
    """Links to cases are sorted when they are read; a finding points at what was written."""
    change = ("shows: met, source: europol-2021-beta", "shows: met, source: nobody-2021")
    edit(folder / "challenges" / "slow-law.yaml", change)
    assert [str(item.place) for item in findings(folder)] == ["r/challenges/slow-law.yaml:8:38"]


@each(
    "name, old, new, rule",
    [
        ("cases/alpha.yaml", "reports:", "report:", "SHP002"),
        ("cases/alpha.yaml", "source: daily-2022-alpha", "source: daily-2022-alfa", "PKG004"),
        ("cases/alpha.yaml", "categories: [", "catagories: [", "SHP002"),
        ("cases/alpha.yaml", "list: [GBR", "list: [UK", "SHP005"),
        ("cases/alpha.yaml", "id: alpha", "id: Alpha", "SHP005"),
        ("cases/alpha.yaml", "categories:", "CATEGORIES:", "SHP002"),
        ("cases/alpha.yaml", "source: daily-2022-alpha", "source: Dáily 2022 Alfa", "SHP005"),
        # What is cited everywhere is not unknown everywhere, nor is a preference needless.
        ("organizations.yaml", "id: interpol", "id: INTERPOL", "SHP005"),
        ("metrics.yaml", "id: arrests", "id: Arrests", "SHP005"),
        ("cases/beta.yaml", "metric: arrests, value: 12", "metric: arest, value: 12", "PKG004"),
    ],
)
def test_one_slip_is_one_finding(name: str, old: str, new: str, rule: str, tmp_path: Path) -> None:
    """What a slip makes look wrong elsewhere is not reported: it would be fixed to no avail."""
    folder = shutil.copytree(BASE, tmp_path / "records")
    edit(folder / name, (old, new), count=1)
    assert found(folder) == [(rule, name)]


def test_proceedings_of_an_unknown_source_are_one_finding(folder: Path) -> None:
    """What a case prefers is not asked while it tells of courts by a source that is not there."""
    case = folder / "cases" / "beta.yaml"
    steps = "steps: [{year: 2022, outcome: convicted, persons: 3, at: lead}]"
    told = f"proceedings:\n  - {{source: nobody-2022, {steps}}}\n"
    case.write_text(f"{case.read_text('utf-8')}{told}", "utf-8")
    assert found(folder) == [("PKG004", "cases/beta.yaml")]


def test_one_fault_does_not_hide_another(folder: Path) -> None:
    """A preference for a source that says nothing is found, also where the source lacks a field."""
    preferred = "{fact: outcomes/arrests, source: "
    change = (f"{preferred}daily-2022-alpha", f"{preferred}interpol-2022-alpha")
    edit(folder / "cases" / "beta.yaml", change)
    edit(folder / "sources" / "interpol-2022-alpha.yaml", ("language: en\n", ""))

    lacking = ("SHP001", "sources/interpol-2022-alpha.yaml")
    assert found(folder) == [("POL004", "cases/beta.yaml"), lacking]


def test_a_preference_that_leads_nowhere_hides_no_other(folder: Path) -> None:
    """Of two preferences in a case each is judged by itself."""
    change = ("daily-2022-alpha, reason: The release has a slip.}\n", "nobody, reason: None.}\n")
    edit(folder / "cases" / "beta.yaml", (change[0], change[1] + NEEDLESS))
    assert found(folder) == [("PKG004", "cases/beta.yaml"), ("POL004", "cases/beta.yaml")]


LOOK_UP: Final = "look it up in data/records/categories/, or add it with 'interpol-dataset new {}'"


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ("online-fraud", "Online Frauds", "did you mean 'online-fraud'?"),
        ("daily-2022-alpha", "Dáily 2022 Alpha", "did you mean 'daily-2022-alpha'?"),
        ("europol", "Malta Herons", "did you mean 'malta-heron-agency'?"),
        ("online-fraud", "Über", LOOK_UP.format("category uber")),
    ],
)
def test_a_reference_of_the_wrong_form(old: str, new: str, hint: str, folder: Path) -> None:
    """The hint is an id that there is, and not only one of the right form."""
    added = "- {id: malta-heron-agency, name: Agency of Herons, kind: government, country: MLT}\n"
    with (folder / "organizations.yaml").open("a", encoding="utf-8") as file:
        file.write(added)
    edit(folder / "cases" / "alpha.yaml", (old, new), count=1)
    assert [("SHP005", hint)] == [(item.rule, item.hint) for item in findings(folder)]


def test_one_fault_of_shape_hides_no_fault_of_meaning(folder: Path) -> None:
    """What can be read of a record is checked, at its place in the file."""
    case, source = folder / "cases" / "alpha.yaml", folder / "sources" / "daily-2022-alpha.yaml"
    edit(
        case,
        ("edition: 2", "edition: two"),
        ("value: ~120", "value: a lot"),
        ("unit: USD", "unit: kg"),
        ("announced: {value: 2022-06-01", "announced: {value: 2021-06-01"),
        ("list: [GBR", "list: [Narnia"),
        ("value: 4,", "value: 4.5,"),
        count=1,
    )
    edit(source, ("language: en\n", "language: English\nsha: x\n"))
    lines = case.read_text("utf-8").splitlines()
    every = findings(folder)
    shown = [
        (item.rule, lines[item.place.span.line - 1].strip()[:30] if item.place.span else "")
        for item in every
        if item.place.path.endswith("cases/alpha.yaml")
    ]

    assert shown == [
        ("SHP003", "edition: two"),
        ("MNG009", "announced: {value: 2021-06-01,"),
        ("SHP005", "countries: {complete: true, li"),
        ("SHP008", "- {metric: arrests, value: a l"),
        ("MNG005", "- {metric: money-seized, value"),
        ("MNG012", "- {metric: arrests, place: KOR"),
    ]
    fields = {item.rule: item.field for item in every}
    assert fields["MNG005"] == "reports/0/outcomes/1/unit"
    assert fields["MNG012"] == "reports/1/outcomes/1/value"


def test_fields_that_have_to_agree_are_compared_beside_other_faults(folder: Path) -> None:
    """Neither a wrong language nor a missing date hides that a source can't be found."""
    source = folder / "sources" / "daily-2022-alpha.yaml"
    edit(source, ("language: en\n", "language: English\n"))
    text = re.sub(r"(?m)^(url|published|sha256).*\n", "", source.read_text("utf-8"))
    source.write_text(text, "utf-8")
    assert {"SHP005", "MNG003", "MNG004"} == {rule for rule, _ in found(folder)}


def test_an_exception_is_not_called_needless_where_its_rule_could_not_look(folder: Path) -> None:
    """A wrong edition hides what the exception is for, and not its reason."""
    case = edit(folder / "cases" / "alpha.yaml", ("edition: 2", "edition: two"))
    case.write_text("# allow MNG008: the source counts so\n" + case.read_text("utf-8"), "utf-8")
    assert found(folder) == [("SHP003", "cases/alpha.yaml")]


@each("kind", ["metric", "object", "place", "value", "unit"])
def test_a_lost_field_of_an_outcome_is_no_repetition(kind: str, tmp_path: Path) -> None:
    """An outcome whose place is wrong is not the whole, stated a second time."""
    folder = shutil.copytree(BASE, tmp_path / "records")
    written = "{metric: arrests, place: KOR, value: 4, at: paragraph 3, attributed_to: interpol}"
    outcome = {"metric": "arrests", "place": "KOR", "value": 4, "at": "lead"} | {kind: ["odd"]}
    edit(folder / "cases" / "alpha.yaml", (written, json.dumps(outcome)))
    assert [name for _, name in found(folder)] == ["cases/alpha.yaml"]


@each(
    "looked_at, tables",
    [
        ("_cited", {"organizations"}),
        ("catalogue", {"metrics", "objects"}),
        ("names", {"cases", "categories", "metrics", "objects", "organizations"}),
    ],
)
def test_a_rule_says_what_it_judges_with(looked_at: str, tables: set[str]) -> None:
    """Whatever looks at all records of a kind waits where one of them can't be read."""
    record_set = read_records(BASE, "r")
    looking = []
    for rule in [rule for rule in RULES.values() if isinstance(rule, ContextRule)]:
        context = Context(record_set, TODAY)
        list(rule.findings(context.scope))
        if looked_at in vars(context):
            looking.append(rule)

    assert looking
    assert [rule.code for rule in looking if not tables.issubset(rule.judges_with)] == []
