"""Tests of :mod:`interpol_dataset.rules.hints`: natural mistakes, and what is asked about them."""

import csv
import json
import re
import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest

from helpers.committed import committed
from helpers.each import each
from interpol_dataset.findings import Finding
from interpol_dataset.records.folder import RECORDS, read_records
from interpol_dataset.rules import gate, ids
from interpol_dataset.rules.context import Context
from interpol_dataset.rules.hints import id_hint, lookup, words_of
from interpol_dataset.schema.vocabulary import (
    KNOWN_UNITS,
    InterpolRole,
    OrganizationKind,
    OrganizationRole,
    RelationType,
    SourceKind,
)
from interpol_dataset.values import iso

ROOT: Final = Path(__file__).parents[2]
REAL: Final = ROOT / RECORDS
#: The rules that a mistake in one field breaks; not the one on fields that are missing instead.
RULES: Final = frozenset({"PKG004", *(f"SHP00{number}" for number in range(2, 10))})
CITED: Final = "ansa-2022-05-09"
PAGE: Final = (ROOT / "docs" / "dev" / "gate-and-drafter.md").read_text("utf-8")


class Mistake(NamedTuple):
    """What somebody writes in a field, and what is meant: empty where nobody can know."""

    field: str
    written: str
    meant: str


with Path(__file__).with_name("mistakes.csv").open(encoding="utf-8", newline="") as _file:
    MISTAKES: Final = tuple(Mistake(**row) for row in csv.DictReader(_file))


def _case(number: int, mistake: Mistake) -> dict[str, Any]:
    """Return a case with one mistake in it."""
    field, written = mistake.field, mistake.written
    outcome: dict[str, Any] = {"metric": "arrests", "value": 1, "at": "lead"}
    report: dict[str, Any] = {"source": CITED, "outcomes": [outcome]}
    case = {
        "id": f"x{number}",
        "name": f"Operation {number}",
        "categories": ["online-fraud"],
        "summary": "Police worked together.",
        "reports": [report],
    }
    match field:
        case "unit" | "metric" | "object" | "place" | "value":
            outcome[field] = written
        case "category":
            case["categories"] = [written]
        case "field":
            case[written] = case.pop("summary")
        case "source":
            report["source"] = written
        case "country":
            report["countries"] = {"complete": False, "list": [written], "at": "lead"}
        case "interpol_role":
            report[field] = {"value": written, "at": "lead"}
        case "role" | "organization":
            partner = {"organization": "europol", "role": "partner", "at": "lead"}
            report["organizations"] = [partner | {field: written}]

    return case


def _source(number: int, mistake: Mistake) -> dict[str, Any]:
    """Return a source with one mistake in it."""
    source = {
        "id": f"x{number}",
        "kind": "news",
        "publisher": "europol",
        "asserter": "europol",
        "title": f"Arrests {number}",
        "url": f"https://example.org/{number}",
        "published": "2022-05-09",
        "retrieved": "2022-06-01",
        "language": "en",
    }
    if mistake.field == "field":
        gone = mistake.meant if mistake.meant in source else None
        source = {name: value for name, value in source.items() if name != gone}
        return source | {mistake.written: "2022-05-09"}
    return source | {mistake.field: mistake.written}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Mapping[int, Finding]:
    """Make each mistake in a record of its own, and return what is found by its number."""
    folder = tmp_path_factory.mktemp("mistakes") / "records"
    for name in ("cases", "sources"):
        (folder / name).mkdir(parents=True)
    for name in ("metrics", "objects", "organizations"):
        shutil.copy(REAL / f"{name}.yaml", folder)
    shutil.copytree(REAL / "categories", folder / "categories")
    cited = json.dumps(_source(0, Mistake("id", CITED, CITED)))
    (folder / "sources" / f"{CITED}.yaml").write_text(cited)
    for number, mistake in enumerate(MISTAKES):
        in_source = mistake.field in {"kind", "language", "field"} and mistake.meant != "summary"
        record = (_source if in_source else _case)(number, mistake)
        table = "sources" if in_source else "cases"
        (folder / table / f"x{number}.yaml").write_text(json.dumps(record))

    found: dict[int, Finding] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ids, "_MAX_SUGGESTIONS", len(MISTAKES))
        # Each of many mistakes is compared with the countries of all organizations.
        patch.setattr(iso, "country_named", cache(iso.country_named))
        findings = gate.findings(read_records(folder, "r"), select=RULES)
    for item in findings:
        if match := re.fullmatch(r"r/(?:cases|sources)/x([0-9]+)\.yaml", item.place.path):
            assert int(match[1]) not in found, item
            found[int(match[1])] = item

    return found


def _named(hint: str) -> list[str]:
    """Return what a hint proposes to write."""
    if match := re.match(r"did you mean (.+)\?", hint):
        return re.findall(r"'([^']+)'", match[1])
    match = re.fullmatch(r"write ('?[0-9~<>].*)", hint)
    return [match[1]] if match and "975" not in hint else []


@each("number, mistake", enumerate(MISTAKES))
def test_a_hint_is_right(number: int, mistake: Mistake, found: Mapping[int, Finding]) -> None:
    """What was meant is named, or nothing is: nobody is led to another record."""
    hint, fix = found[number].hint, found[number].fix
    assert hint
    assert (mistake.meant in _named(hint)) == bool(mistake.meant), hint
    assert mistake.meant or not _named(hint), hint
    assert mistake.written not in _named(hint)
    assert fix is None or mistake.meant.strip("'") == str(fix.value)


def test_beside_a_guess_the_others_are_listed(found: Mapping[int, Finding]) -> None:
    """Where another word for a term may stand for a second one, all are to be seen."""
    written = [(it.field, it.written) for it in MISTAKES]
    hint = found[written.index(("interpol_role", "assisted"))].hint
    assert hint == "did you mean 'supported'? Else use one of: coordinated, co-led, supported"


def test_what_is_certain_is_fixed(found: Mapping[int, Finding]) -> None:
    """The page on the gate says how many of the mistakes the command fixes itself."""
    number = sum(finding.fix is not None for finding in found.values())
    assert re.findall(r"\(([0-9]+) words\)", PAGE) == [str(number)]


#: What each list of synonyms may name; advice in words names nothing.
NAMED: Final[dict[str, frozenset[str]]] = {
    "unit": frozenset(KNOWN_UNITS),
    **{
        terms.__name__: frozenset(terms)
        for terms in (InterpolRole, OrganizationKind, OrganizationRole, RelationType, SourceKind)
    },
}


def _ids(table: str) -> frozenset[str]:
    """Return the ids of a table of vocabulary."""
    if (REAL / table).is_dir():
        return frozenset(path.stem for path in (REAL / table).iterdir())
    text = (REAL / f"{table}.yaml").read_text("utf-8")
    return frozenset(re.findall("^- id: (.+)$", text, re.MULTILINE))


@each("list_", [*NAMED, "metrics", "objects", "categories"])
def test_synonyms_name_what_there_is(list_: str) -> None:
    """No synonym leads to a term or an id that does not exist, nor is one itself."""
    known = NAMED[list_] if list_ in NAMED else _ids(list_)
    meant = [meant.split(" or ") for meant in words_of(list_).values()]
    named = {word for words in meant for word in words if not any(" " in item for item in words)}
    assert named
    assert set() == named - known
    assert set() == words_of(list_).keys() & known


def test_an_object_in_a_metric() -> None:
    """An object that was put into a metric is not lost with it."""
    context = Context(committed())
    seized, sold = (id_hint(context, "metrics", f"firearms-{verb}") for verb in ("seized", "sold"))
    assert seized == "did you mean 'items-seized', with object: firearms?"
    assert sold == "name what happened to it as metric, and write object: firearms"


@pytest.mark.parametrize(
    ("table", "written", "hint"),
    [
        ("organizations", "Zzyzx Guard", ".yaml, or add it with {} organization zzyzx-guard'"),
        ("sources", "zzyzx", "sources/, or add it with {} source zzyzx'"),
        ("claims", "zzyzx", "claims/, or add it there"),
    ],
)
def test_what_is_like_nothing_can_be_added(table: str, written: str, hint: str) -> None:
    """The command that adds a record is named."""
    assert lookup(table, written).endswith(hint.format("'interpol-dataset new"))


@pytest.mark.parametrize(
    ("metric", "hint"),
    [
        ("weight-seized", "convert it to kg, and say so in the note"),
        ("assets-seized", "did you mean 'GBP'?"),
        ("nothing", "write GBP for money; convert a weight to kg, and say so in the note"),
    ],
)
def test_pounds_of_a_weight_are_no_money(metric: str, hint: str, tmp_path: Path) -> None:
    """What a word means depends on what the metric measures."""
    shutil.copytree(REAL / "categories", tmp_path / "r" / "categories")
    shutil.copy(REAL / "metrics.yaml", tmp_path / "r")
    case = _case(0, Mistake("unit", "lbs", ""))
    case["reports"][0]["outcomes"][0]["metric"] = metric
    (tmp_path / "r" / "cases").mkdir()
    (tmp_path / "r" / "cases" / "x0.yaml").write_text(json.dumps(case))
    found = gate.findings(read_records(tmp_path / "r", "r"), select=frozenset({"SHP004"}))
    assert [hint] == [item.hint for item in found]
