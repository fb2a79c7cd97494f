"""Tests of the drafter: what it proposes, what it leaves alone, and what it says of other files."""

import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.command import run
from helpers.committed import committed
from interpol_dataset.draft import phrases
from interpol_dataset.draft.figures import numbers_in
from interpol_dataset.draft.propose import Report, operation_name, propose
from interpol_dataset.draft.write import of_text, publisher_of, read_page
from interpol_dataset.records.document import Records
from interpol_dataset.rules.hints import words_of

ROOT: Final = Path(__file__).parents[2]
PAGES: Final = Path(__file__).parent / "pages"

#: What all three pages say, by the number of the paragraph in English and in the others.
SHARED: Final = [
    "arrests >1200",
    "items-seized/firearms <4500",
    "weight-seized/cocaine ~2.5 t",
    "assets-seized/cash 3000000 USD",
    "items-seized/vehicles@KEN 12",
    "victims-rescued@ITA 7",
]

OPENED: Final = "investigations-opened 85"
OWN: Final = {
    "en.html": [OPENED, "weight-seized/timber@PER 640 kg", "items-seized/big-cats@QAT 2"],
    "fr.txt": ["takedowns/websites ~100"],
    "es.txt": [OPENED],
}


def shown(report: Report) -> list[str]:
    """Return the figures of a report, a line for each."""
    return [
        it.metric
        + (f"/{it.object}" if it.object else "")
        + (f"@{it.place}" if it.place else "")
        + f" {it.proposal.value}"
        + (f" {it.unit}" if it.unit else "")
        for it in report.outcomes
    ]


@pytest.mark.parametrize("name", [*OWN])
def test_what_a_page_says(name: str, records: Records) -> None:
    """A page's figures, countries, role and period are proposed; another operation's are not."""
    page = read_page(PAGES / name)
    report = propose(page, records)

    assert sorted([*SHARED, *OWN[name]]) == sorted(shown(report))
    assert name[:2] == page.language
    assert {"KEN", "ITA"} | ({"PER", "QAT"} if name == "en.html" else set()) == {*report.countries}
    assert report.role
    assert report.role.value == "coordinated"
    assert report.country_count
    assert report.country_count.value == "31"
    assert report.period
    assert report.period.value == "2021-05-03/2021-05-14"


def test_what_a_page_says_of_itself() -> None:
    """Title, date, address and paragraphs are the page's own; menus are none of its text."""
    page = read_page(PAGES / "en.html")
    assert (page.title, page.published) == ("Global sweep against smugglers", "2021-05-20")
    assert page.url == "https://post.example/2021/05/sweep"
    assert [it.at for it in page.paragraphs[:3]] == ["title", "paragraph 1", "paragraph 2"]
    assert not any("120 stories" in it.text for it in page.paragraphs)


def test_hedges() -> None:
    """Every hedge in words that the hints know is read, and what it stands for is kept."""
    hedges = {it: sign for it, sign in words_of("hedge").items() if phrases.words_of_text(it)}
    read = {
        hedge: number.notation
        for hedge in hedges
        for number in numbers_in(f"police seized {hedge} 500 guns", "en")[0]
    }
    assert {hedge: f"{sign}500" for hedge, sign in hedges.items()} == read


@given(
    st.integers(10, 10**9).filter(lambda it: not 1900 <= it < 2100),
    st.sampled_from([",", ".", " ", "\u202f", "'"]),
)
def test_numbers_in_groups(value: int, separator: str) -> None:
    """A number is read whatever its groups are parted by."""
    written = f"{value:,}".replace(",", separator)
    (number,) = numbers_in(f"about {written} guns", "fr")[0]
    assert value == number.value
    assert number.notation.endswith(str(value))


def test_what_is_no_count() -> None:
    """Shares, ordinals, years, dates and tens are no counts; "a" behind a number is a word."""
    found, _ = numbers_in("El 3 de mayo de 2021 la 2a fase: 40 % de los 50 a bordo, de 2019", "es")

    assert [it.notation for it in found] == ["50"]
    big = {"en": "tens of thousands of", "fr": "des dizaines de milliers", "es": "decenas de miles"}
    assert not any(numbers_in(f"{phrases} de x", code)[0] for code, phrases in big.items())


def test_a_list_without_bullets(records: Records) -> None:
    """A short line is an item of a list, which needs no verb; a sentence does."""
    item = of_text("The police of many countries seized what follows in May.\n48 live primates")
    phrases = "were shown to the public by the police of the city in the park"
    told = of_text(f"The police of many countries took part in it.\n48 live primates {phrases}.")
    assert shown(propose(item, records)) == ["items-seized/primates 48"]
    assert shown(propose(told, records)) == []


def test_phrases_can_be_read(records: Records) -> None:
    """The phrases of every metric have one number, and the lists that they name exist."""
    for metric in records.metrics:
        for code in phrases.LANGUAGES:
            for phrase in getattr(metric.phrases, code):
                assert phrase.split().count("N") == 1, (metric.id, phrase)
                named = set(re.findall(r"[A-Z]{2,}", phrase)) - {"THINGS"}
                assert named <= {*phrases.language(code)["classes"]}, (metric.id, phrase)


WRONG: Final = {
    b"%PDF-1.7 ...": "this is a PDF; save its text",
    b"PK\x03\x04....": "this is an archive or an office document",
    b"\x00\x01\x02": "this is not text",
    b"": "hardly any text",
    b"<!doctype html><html><body><script>load()</script></body></html>": "hardly any text",
    ("Die Polizei nahm bei einer weltweiten Aktion gegen Betrug mehr als 900 Personen fest und " * 3
    ).encode(): "this page seems to be in 'de'",
}  # fmt: skip


@pytest.mark.parametrize("content", [*WRONG])
def test_other_files(content: bytes, project: Path, tmp_path: Path) -> None:
    """A file that is no page in a known language is named, with what to do; nothing is written."""
    path = tmp_path / "page.html"
    path.write_bytes(content)
    done = run("draft", path, "--root", project, "--to", tmp_path / "drafts")
    assert done.code == 2
    assert WRONG[content] in done.err
    assert not (tmp_path / "drafts").exists()


def test_a_missing_library(monkeypatch: pytest.MonkeyPatch, project: Path, tmp_path: Path) -> None:
    """Without the extra, the command says how to install it."""
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    done = run("draft", PAGES / "en.html", "--root", project, "--to", tmp_path / "drafts")
    assert done.code == 2
    assert "interpol-dataset[draft]" in done.err


def test_from_pages_to_a_record(project: Path, tmp_path: Path) -> None:
    """Drafts of two pages are one case; the gate refuses them until each mark is gone."""
    drafts = tmp_path / "drafts"
    given_ = ("--root", project, "--to", drafts)
    done = run("draft", PAGES / "en.html", PAGES / "fr.txt", *given_)
    (case,) = (drafts / "cases").iterdir()

    assert done.code == 0, done.err
    assert case.stem == "brass-lantern"
    assert case.read_text("utf-8").count("- source: ") == 2
    assert len(list((drafts / "sources").iterdir())) == 2
    assert "there is a draft already" in run("draft", PAGES / "en.html", *given_).err

    case.rename(project / "data" / "records" / "cases" / case.name)
    found = run("validate", "--root", project, "--select", "POL035")
    assert found.code == 1
    assert "lines are proposed by a draft and not checked" in found.out


def test_a_report_is_added_to_a_case(project: Path, tmp_path: Path) -> None:
    """With --case, the record is kept as it is, and the report is its last."""
    before = (project / "data" / "records" / "cases" / "alpha-i.yaml").read_text("utf-8")
    given_ = ("--root", project, "--to", tmp_path)
    done = run("draft", PAGES / "es.txt", "--case", "alpha-i", *given_)
    after = (tmp_path / "cases" / "alpha-i.yaml").read_text("utf-8")

    assert done.code == 0, done.err
    assert after.startswith(before)
    assert "interpol_role: {value: coordinated, at: paragraph 2}" in after


@pytest.fixture
def _read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands have the project's own records as they were read."""
    monkeypatch.setattr("interpol_dataset.records.folder.read_records", lambda *_: committed())


def drafted(folder: Path, text: str, *options: str) -> str:
    """Return what the command prints of a page of text."""
    page = folder / "page.txt"
    page.write_text(text, "utf-8")
    return run("draft", page, "--root", ROOT, "--to", folder / "drafts", *options).out


@pytest.mark.usefixtures("_read_once")
def test_known_operations(tmp_path: Path) -> None:
    """A page on an operation that the dataset has leads to its record; one on another doesn't."""
    known = drafted(
        tmp_path,
        "Operation HAECHI 3 ended on 23 November 2022.\nPolice arrested 975 suspects and solved "
        "more than 1,600 cases; 95 notices were published. Almost 2,800 accounts were blocked.",
    )
    new = run("draft", PAGES / "en.html", "--root", ROOT, "--to", tmp_path / "new")

    assert "this seems to be haechi-iii (series, name and 4 numbers in common)" in known
    assert "this operation seems to be new" in new.out


def test_the_name_of_an_operation() -> None:
    """The name of an operation ends with its sentence."""
    page = of_text("Une action de police\nC'est l'opération Brass Lantern II. Cette action a duré.")
    assert operation_name(page) == "Operation Brass Lantern II"


def test_the_whole_name() -> None:
    """A number or year of the name counts wherever it is told, on any of the pages."""
    year = of_text("Operation Thunder 2025 went on.\nOperation Thunder shows, they say, much.")
    bare = of_text("La operaci\u00f3n Pandora ha terminado, y la operaci\u00f3n Pandora sigue.")
    number = of_text("Operation Pandora IX: 80 arrests\nIn Operation Pandora 80 were arrested.")
    assert operation_name(year) == "Operation Thunder 2025"
    assert operation_name(bare) == "Operation Pandora"
    assert operation_name(bare, number) == "Operation Pandora IX"


@pytest.mark.usefixtures("_read_once")
def test_an_edition_of_a_known_series(tmp_path: Path) -> None:
    """Earlier editions are the nearest; series, number and the one before are proposed."""
    printed = drafted(
        tmp_path,
        "Operation Haechi XXIX ended\nPolice arrested 77 suspects in the first weeks of May, and "
        "tens of thousands of accounts were blocked, according to the officers who did so.",
        "--published",
        "2023-01",
    )
    text = (tmp_path / "drafts" / "cases" / "haechi-xxix.yaml").read_text("utf-8")

    assert re.search("the nearest are:\n  haechi-[iv]+: series", printed)
    assert "1 figure and 0 countries in 1 paragraph\n" in printed
    assert re.search("^series: haechi +# draft", text, re.MULTILINE)
    assert re.search("^edition: 29 +# draft", text, re.MULTILINE)
    assert "relations: [{type: follows, case: haechi-iii}]" in text


def test_whose_site_it_is(records: Records) -> None:
    """A site is known by its address, or else by the very name of one organization."""
    page = of_text("Police seized guns - Africanews\nThat is all.")
    assert publisher_of(page, records) == "africanews"
    assert publisher_of(replace(page, title="Guns \u00b7 Africanews"), records) == "africanews"
    assert publisher_of(replace(page, title="", site="Africanews"), records) == "africanews"
    assert publisher_of(replace(page, url="https://www.interpol.int/x"), records) == "interpol"
    assert publisher_of(replace(page, title="Police seized guns in Africa"), records) == ""


ROLES: Final = {
    "Europol, INTERPOL and the World Customs Organization have announced the results.": None,
    "It was coordinated by the World Customs Organization (WCO) and INTERPOL.": "co-led",
    "The police led it, with assistance from Europol, INTERPOL and the WCO.": "supported",
}


@pytest.mark.parametrize("sentence", [*ROLES])
def test_what_interpol_did(sentence: str, records: Records) -> None:
    """Who announces results has not led for that."""
    page = of_text(f"The police of many countries seized what the page tells of.\n{sentence}")
    role = propose(page, records).role
    assert ROLES[sentence] == (role and role.value)


def test_the_place_of_a_figure_among_many(records: Records) -> None:
    """Of many countries one whose authorities are last is not the place of what others found."""
    south = "South Africa seized 17 birds; Indonesia seized 40 birds;"
    rest = "Peru and Brazil seized 12 birds; Italian police seized more."
    page = of_text(f"Police of many countries seized animals.\n{south} {rest}")
    north = of_text("Police seized many animals.\nNorth American authorities seized 40 birds.")

    birds = [f"items-seized/birds {number}" for number in (17, 40, 12)]
    assert shown(propose(page, records)) == birds
    assert propose(north, records).countries == {}


def test_another_known_operation_is_left_out(records: Records) -> None:
    """What is told of another known operation is not proposed."""
    page = of_text("Police arrested 50 suspects. Operation HAECHI II, by contrast, had 77 arrests.")
    assert shown(propose(page, records)) == ["arrests 50", "arrests 77"]
    assert shown(propose(page, records, ["haechi ii"])) == ["arrests 50"]
