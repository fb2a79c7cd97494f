"""Tests of the hints that are certain, and how they are applied."""

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import mini
from helpers.command import run
from helpers.each import each
from helpers.edit import edit
from interpol_dataset.findings import Fix
from interpol_dataset.records.formatter import with_fixes
from interpol_dataset.rules.hints import quantity_hint, quantity_meant, unit_meant, words_of
from interpol_dataset.schema.vocabulary import KNOWN_UNITS
from interpol_dataset.validate.records import apply_fixes, check_project
from interpol_dataset.values.iso import COUNTRIES, country_meant
from interpol_dataset.values.quantity import Quantity

RECORDS = "data/records"

ONE, TWO = "cases/alpha-i.yaml", "cases/alpha-ii.yaml"
DAILY = "sources/daily-2022-alpha.yaml"

#: Faults that can be fixed: file, what is there, the fault, and what fixing leaves.
FAULTS = {
    "tracking parameter": (
        "sources/seed.yaml",
        "language: en",
        "language: en\nurl: https://example.org/x?utm_source=a&b=1&fbclid=2#c  # kept",
        "url: https://example.org/x?b=1#c  # kept\n",
    ),
    "needless attribution": (
        *(TWO, "country_count: {value: 3,", "country_count: {value: 3, attributed_to: interpol,"),
        "country_count: {value: 3, at: paragraph 2}\n",
    ),
    "repeated category": (
        *(TWO, "[online-fraud, fraud]", "[online-fraud, fraud, online-fraud, fraud]"),
        "categories: [online-fraud, fraud]\n",
    ),
    "needless preference": (
        *(TWO, "prefer:\n"),
        "prefer:\n  - {fact: outcomes/arrests, source: interpol-2022-alpha, reason: None.}\n",
        "prefer:\n  - {fact: outcomes/seizures/cocaine, ",
    ),
    "needless dispute": (
        TWO,
        "disputes:\n",
        "disputes:\n  - {fact: outcomes/arrests@KOR, type: slip, reason: No.}\n",
        "disputes:\n  - {fact: country_count, ",
    ),
    "asserter among others": (
        *(DAILY, "asserter: interpol", "asserter: interpol\nissued_with: [interpol]"),
        "asserter: interpol\ntitle:",
    ),
    "repeated alias": (
        *(TWO, "[ALPHA-II,", "[ALPHA-II, ALPHA-II,", "aliases: [ALPHA-II, '@lpha 2']\n"),
    ),
    "unit in capitals": (
        *(TWO, "value: 1400, unit: kg,", "value: 1400, unit: KG,", "value: 1400, unit: kg, at"),
    ),
    "unit in words": (TWO, "unit: t,", "unit: tonnes,", "value: 1.5, unit: t, at"),
    "country code in lower case": (
        *(TWO, "[AUS, KOR, NOR], at: note}", "[aus, KOR, NOR], at: note}  # as the page has them"),
        "list: [AUS, KOR, NOR], at: note}  # as the page has them\n",
    ),
    "country by its name": (
        *(TWO, "{metric: arrests, place: KOR,", "{metric: arrests, place: South Korea,"),
        "{metric: arrests, place: KOR, value",
    ),
    "term in capitals": (
        *(TWO, "{value: coordinated,", "{value: Coordinated,"),
        "interpol_role: {value: coordinated, at",
    ),
    "id with spaces": (ONE, "[online-fraud]", "[Online fraud]", "categories: [online-fraud]\n"),
    "language in capitals": (DAILY, "language: en", "language: EN", "language: en\n"),
    "hedge in a word": (ONE, "value: ~20,", "value: about 20,", "value: ~20, at"),
    "hedge and comma": (
        ONE,
        "value: ~20,",
        "value: nearly 1,000,",
        "arrests, value: <1000, at: last",
    ),
    "more than": (ONE, "value: ~20,", "value: more than 720,", "value: '>720', at"),
    "torn at its comma": (ONE, "value: ~20,", "value: 1,234,", "arrests, value: 1234, at: last"),
    "thousands in quotes": (ONE, "value: ~20,", "value: '1,234,567',", "value: 1234567, at: last"),
}


#: What may be meant otherwise; these stay questions, or are none.
GUESSES = {
    "synonym": ("alpha-ii", "{value: coordinated,", "{value: led,"),
    "typo": ("alpha-ii", "{value: coordinated,", "{value: cordinated,"),
    "typo in an id": ("alpha-i", "[online-fraud]", "[onlin-fraud]"),
    "ton of 907 kg": ("alpha-ii", "unit: t,", "unit: tons,"),
    "abbreviated ton": ("alpha-ii", "unit: t,", "unit: ton.,"),
    "currency or word": ("alpha-ii", "unit: USD,", "unit: all,"),
    "currency of several": ("alpha-ii", "unit: USD,", "unit: dollars,"),
    "code of another system": ("alpha-ii", "[AUS, KOR, NOR]", "[GER, AUS, KOR]"),
    "two letters": ("alpha-ii", "[AUS, KOR, NOR]", "[SA, AUS, KOR]"),
    "one of two": ("alpha-ii", "[AUS, KOR, NOR]", "[Congo, AUS, KOR]"),
    "typo in a country": ("alpha-ii", "[AUS, KOR, NOR]", "[Austrlia, KOR, NOR]"),
    "million or metres": ("alpha-i", "value: ~20,", "value: 5 m,"),
    "unit in the value": ("alpha-i", "value: ~20,", "value: 5 kg,"),
    "half a ton": ("alpha-ii", "value: 1.5,", "value: '0,500',"),
    "thousands or decimals": ("alpha-ii", "value: 1400,", "value: '1234,567',"),
    "two figures": ("alpha-i", "value: ~20,", "value: 5 or 7,"),
    "about one": ("alpha-i", "value: ~20,", "value: a dozen,"),
    "point for either": ("alpha-i", "value: ~20,", "value: about 225.000,"),
    "no number": ("alpha-i", "value: ~20,", "value: dozens,"),
    "key elsewhere": ("alpha-i", "value: ~20, at: last paragraph", "value: 1, at: lead, 234"),
}


@pytest.fixture(scope="module")
def canonical(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small project in canonical form, to be copied."""
    root = mini.write(tmp_path_factory.mktemp("canonical"))
    assert run("fmt", "--root", root).code == 0
    return root


@pytest.fixture
def project(canonical: Path, tmp_path: Path) -> Path:
    """Return a small project in canonical form."""
    return shutil.copytree(canonical, tmp_path / "project")


def break_(root: Path, *faults: str) -> None:
    """Write faults into the records."""
    for fault in faults:
        mini.change(root, *FAULTS[fault][:3])


def contents(root: Path) -> dict[str, str]:
    """Return all record files, by name."""
    folder = root / RECORDS
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


@each("fault", FAULTS)
def test_certain_hints(canonical: Path, tmp_path: Path, fault: str) -> None:
    """What can be fixed for certain is fixed, in that file only, and once."""
    project = shutil.copytree(canonical, tmp_path / "project")
    before = contents(project)
    break_(project, fault)
    name, _, _, expected = FAULTS[fault]
    first = run("validate", "--fix", "--root", project)
    after = contents(project)
    second = run("validate", "--fix", "--root", project)

    assert first[:2] == (0, "no findings\n")
    assert re.search(r"^fixed ([1-9]) of \1 findings?$", first.err, re.MULTILINE)
    assert f"{RECORDS}/{name}:" in first.err
    assert expected in after[name]
    assert {path for path in after if before[path] != after[path]} <= {name}
    assert (second.code, second.err) == (0, "fixed 0 of 0 findings\n")
    assert contents(project) == after


@each("guess", GUESSES)
def test_a_guess_is_not_applied(canonical: Path, tmp_path: Path, guess: str) -> None:
    """What may be meant otherwise is found and left as it is, in the letter."""
    project = shutil.copytree(canonical, tmp_path / "project")
    name, old, new = GUESSES[guess]
    mini.change(project, f"cases/{name}.yaml", old, new)
    before = contents(project)
    outcome = run("validate", "--fix", "--root", project)

    assert outcome.code == 1
    assert "fixed 0 of " in outcome.err
    assert contents(project) == before


def test_several_at_once(project: Path) -> None:
    """Several faults of one file, and of several files, are fixed in one run."""
    faults = [fault for fault in FAULTS if FAULTS[fault][0] != "cases/alpha-i.yaml"]
    break_(project, *faults)
    outcome = run("validate", "--fix", "--root", project)
    after = contents(project)

    assert outcome.code == 0
    assert outcome.err.splitlines()[-1] == "fixed 14 of 14 findings"
    for name, _, _, expected in map(FAULTS.__getitem__, faults):
        assert expected in after[name]


def test_what_changed_is_said(project: Path) -> None:
    """Each change has a line: where, which rule, what was there and what is there now."""
    break_(
        project, "unit in capitals", "hedge and comma", "needless preference", "term in capitals"
    )
    outcome = run("validate", "--fix", "--root", project)

    cases = f"{project}/data/records/cases"
    assert [
        f"{cases}/alpha-i.yaml:11:34: SHP008 'nearly 1,000' is now '<1000'",
        f"{cases}/alpha-ii.yaml:21:28: SHP004 'Coordinated' is now 'coordinated'",
        f"{cases}/alpha-ii.yaml:38:64: SHP004 'KG' is now 'kg'",
        f"{cases}/alpha-ii.yaml:13:5: POL004 removed",
        "fixed 4 of 4 findings",
    ] == outcome.err.splitlines()


def test_what_a_fix_brings_to_light_is_fixed_too(project: Path) -> None:
    """A country named twice is seen once both are codes; the second run has nothing to do."""
    path = mini.change(project, TWO, "[online-fraud, fraud]", "[online-fraud, fraud, Fraud]")
    outcomes = [run("validate", "--fix", "--root", project) for _ in range(2)]
    assert [outcome.code for outcome in outcomes] == [0, 0]
    assert "categories: [online-fraud, fraud]\n" in path.read_text("utf-8")
    assert outcomes[1].err == "fixed 0 of 0 findings\n"


def test_what_remains(project: Path) -> None:
    """What can't be fixed for certain remains, and decides the exit code."""
    break_(project, "repeated category")
    mini.change(project, TWO, "case: alpha-i}", "case: alpha-x}")
    outcome = run("validate", "--fix", "--root", project)
    assert (outcome.code, outcome.err.splitlines()[-1]) == (1, "fixed 2 of 3 findings")
    assert "PKG004" in outcome.out
    assert "MNG010" not in outcome.out


def test_only_selected(project: Path) -> None:
    """What was not selected is not fixed."""
    break_(project, "repeated category", "repeated alias")
    run("validate", "--fix", "--select", "MNG010", "--root", project)
    text = contents(project)["cases/alpha-ii.yaml"]
    assert "categories: [online-fraud, fraud]\n" in text
    assert "[ALPHA-II, ALPHA-II," in text


def test_comments_follow_their_values(project: Path) -> None:
    """A comment stays with its value, also where an earlier item of the list goes."""
    break_(project, "needless preference")
    path = edit(
        project / RECORDS / TWO,
        ("  - {fact: outcomes/arrests", "  # of what goes\n  - {fact: outcomes/arrests"),
        ("  - {fact: outcomes/seiz", "  # of what stays\n  - {fact: outcomes/seiz"),
        ("has a slip.}", "has a slip.}  # behind it"),
    )
    run("validate", "--fix", "--root", project)
    after = path.read_text("utf-8")

    assert "  # of what stays\n  - {fact: outcomes/seizures/cocaine, " in after
    assert "has a slip.}  # behind it\n" in after
    assert "# of what goes\nprefer:\n" in after


def test_nothing_half_written(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a file can't be written it stays whole, nothing lies about, and the exit code is 2."""
    break_(project, "repeated category")
    before = contents(project)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    outcome = run("validate", "--fix", "--root", project)

    assert outcome.code == 2
    assert re.match(r"error: \S+\.yaml: the disk is full\n", outcome.err)
    assert before == contents(project)


def test_fixed_findings_are_returned(project: Path) -> None:
    """The findings that were fixed are returned, each with what was there."""
    break_(project, "repeated category")
    found = [apply_fixes(project, check_project(project)) for _ in range(2)]
    assert [[item.before for item in fixed] for fixed in found] == [["online-fraud", "fraud"], []]


#: The words before and behind a number that the table of synonyms has, with their signs.
HEDGES = [
    *((f"{word} {{}}", sign) for word, sign in words_of("hedge").items()),
    *((f"{{}} {word}", sign) for word, sign in words_of("after").items()),
    ("{}", ""),
]


@given(st.sampled_from(HEDGES), st.integers(1, 10**9 - 1), st.sampled_from(["", ",", " ", "'"]))
def test_a_fixed_quantity_means_what_its_hint_said(
    hedge: tuple[str, str], number: int, separator: str
) -> None:
    """Whatever the word and the separator, the fix writes the number, its hedge, and the hint's."""
    words, sign = hedge
    written = words.format(f"{number:,}".replace(",", separator))
    hint, meant = quantity_hint(written), quantity_meant(written)
    assert f"{sign}{number}" == meant
    assert hint in {f"write {meant}", f"write '{meant}'"}


@given(st.text(alphabet="0123456789 ,.'-~<>=abmkotr", max_size=12))
def test_a_fixed_quantity_is_one(written: str) -> None:
    """Of any text the fix is a quantity that its hint names, or nothing."""
    meant = quantity_meant(written)
    if meant is not None:
        assert meant == Quantity.parse(meant).notation
        assert (quantity_hint(written) or "").strip("'").endswith(meant)


#: What a case has, and how a beginner may write it.
SPELLINGS = {
    "{value: coordinated, ": ["{value: Coordinated, ", "{value: COORDINATED, "],
    "list: [AUS, KOR, NOR]": ["list: [aus, South Korea, NORWAY]", "list: [Australia, kor, NOR]"],
    "organization: europol, role: partner": ["organization: EUROPOL, role: Partner"],
    "place: KOR, value: '>=100'": [
        "place: Republic of Korea, value: at least 100",
        "place: kor, value: 100 or more",
        "place: Corée du Sud, value: '≥ 100'",
    ],
    "value: ~130000000, unit: USD": [
        "value: 'about 130,000,000', unit: usd",
        "value: approximately 130 million, unit: US dollars",
        "value: '~ 130 000 000', unit: US$",
    ],
    "value: 1.5, unit: t": ["value: '1,5', unit: Tonnes", "value: 1.5, unit: metric tons"],
    "value: 1400, unit: kg": ["value: 1,400, unit: KG", "value: 1 400, unit: kilograms"],
    "value: 900..1000": ["value: between 900 and 1000", "value: 900 - 1000"],
    "value: '>=2'": ["value: no fewer than two", "value: 2+"],
    "[online-fraud, fraud]": ["[Online fraud, FRAUD]"],
}


@pytest.fixture(scope="module")
def commented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project in canonical form, with a comment behind every line of a case."""
    root = mini.write(tmp_path_factory.mktemp("commented"))
    path = root / RECORDS / "cases" / "alpha-ii.yaml"
    lines = re.sub(r"summary: \|-\n(?:  .*\n)+", "summary: So.\n", path.read_text("utf-8"))
    marked = [f"{line}  # {number}" for number, line in enumerate(lines.splitlines())]
    path.write_text("\n".join(marked), "utf-8")
    assert run("fmt", "--root", root).code == 0
    return root


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_whatever_is_spelt_otherwise_comes_back(commented: Path, data: st.DataObject) -> None:
    """However some values are written, the fix makes the same file, with every comment."""
    path = commented / RECORDS / "cases" / "alpha-ii.yaml"
    text = before = path.read_text("utf-8")
    for value in data.draw(st.lists(st.sampled_from([*SPELLINGS]), unique=True)):
        assert text.count(value) == 1
        text = text.replace(value, data.draw(st.sampled_from(SPELLINGS[value])))
    try:
        path.write_text(text, "utf-8")
        while apply_fixes(commented, check_project(commented)):
            pass
        assert before == path.read_text("utf-8")
    finally:
        path.write_text(before, "utf-8")


def test_a_unit_in_other_letters_is_itself() -> None:
    """No unit becomes another one by its letter case; where that is a word, it stays a question."""
    spelt = [(unit, change(unit)) for unit in KNOWN_UNITS for change in (str.lower, str.upper)]
    assert [(unit, text) for unit, text in spelt if unit_meant(text) not in {unit, None}] == []


def test_a_country_in_other_letters_is_itself() -> None:
    """No country becomes another one by the letter case of its code, or by its name."""
    assert [code for code in COUNTRIES if country_meant(code.lower()) != code] == []
    assert [code for code, name in COUNTRIES.items() if country_meant(name) != code] == ["COG"]
    assert country_meant(COUNTRIES["COG"]) is None


def test_fixed_leaves_the_data_alone() -> None:
    """Changes are made to a copy; later places go first, so that all paths lead where they did."""
    data = {"a": list("abcdefghijklm"), "b": {"c": "1", "d": "2"}}
    fixes = [Fix(("a", 2)), Fix(("a", 10)), Fix(("a", 1)), Fix(("b", "c"), "3"), Fix(("b", "d"))]
    assert {"a": list("adefghijlm"), "b": {"c": "3"}} == with_fixes(data, fixes)
    assert {"a": list("abcdefghijklm"), "b": {"c": "1", "d": "2"}} == data


def test_one_change_a_place() -> None:
    """Of two changes to one place the one that removes it is made, and none within it."""
    data = {"a": [{"b": "1"}, {"b": "2"}], "c": "3", "4": None}
    fixes = [Fix(("a", 0)), Fix(("a", 0)), Fix(("a", 0, "b"), "5"), Fix(("c",), 6, (("4",),))]
    assert with_fixes(data, fixes) == {"a": [{"b": "2"}], "c": 6}
