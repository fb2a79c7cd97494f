"""Tests of holding a record against a saved page: what is told, passes, or can't be tied."""

import sys
from pathlib import Path
from typing import Final

import pytest

from helpers.command import Outcome, run
from helpers.mini import change
from interpol_dataset.draft.figures import numbers_in
from interpol_dataset.draft.phrases import countries_named

SOURCE: Final = "interpol-2022-alpha"
CASE: Final = "data/records/cases/alpha-ii.yaml"

#: What the source says, in words of its own.
PAGE: Final = """\
{title}
LYON, 24 November 2022. An operation against fraud, from 28 June to 23 November, was led by police.
In 3 countries 975 people were arrested, at least 100 of them in South Korea, and some 130 million \
US dollars seized.
Nothing was said of what the accounts were for.
Europol helped to find the accounts.
A notice was published by INTERPOL.
A container had 1.5 tonnes of cocaine; Norwegian and Australian customs found it.
"""


def told(project: Path, page: str, *options: str) -> Outcome:
    """Return what the command says of a page of the source."""
    title = (project / f"data/records/sources/{SOURCE}.yaml").read_text("utf-8")
    path = project.parent / "page.txt"
    path.write_text(page.format(title=title.partition("title: ")[2].partition("\n")[0]), "utf-8")
    given = ("--select", "MNG070", "--page", f"{SOURCE}={path}")
    return run("validate", project / CASE, "--root", project, *given, *options)


def test_a_right_record(project: Path) -> None:
    """A record that says what its page says has no finding; the pages that lack are named."""
    done = told(project, PAGE, "--strict")
    assert done.out == "no findings\n"
    assert done.code == 0
    assert "no page is given of daily-2022-alpha, europol-2022-alpha" in done.err


#: What is written otherwise on the page, and what is told of the record.
WRONG: Final = {
    ("975", "957"): "the page doesn't have the number 975",
    ("some 130", "nearly 130"): "~130000000 has another hedge than the page",
    ("US dollars", "euros"): "the page has it as 'some 130 million euros",
    ("at least 100", "100"): ">=100 has another hedge than the page",
    ("1.5 tonnes", "15 tonnes"): "the page doesn't have the number 1.5",
    ("Norwegian", "Danish"): "the page doesn't name Norway (NOR)",
    ("24 November 2022", "25 November 2022"): "the page is of 2022-11-25",
    ("{title}", "Weather and sports"): "hardly a word of this title is on the page",
    ("975 people were arrested", "The police asked. In 2019, 975 people were arrested"): (
        "the page tells 975 of another operation or year"
    ),
}


@pytest.mark.parametrize("change_", [*WRONG])
def test_what_a_page_has_otherwise(change_: tuple[str, str], project: Path) -> None:
    """What the page has otherwise is told at its line, with a hint; it is a warning."""
    done = told(project, PAGE.replace(*change_))
    assert WRONG[change_] in done.out
    assert "help: " in done.out
    assert done.code == 0


def test_another_paragraph(project: Path) -> None:
    """A number is elsewhere if others, one of them further down, are where they are said to be."""
    page = PAGE.replace("Nothing", "Of 40 arrests in Australia nothing")
    added = "      - {metric: arrests, place: AUS, value: 40, at: paragraph 3}\n"
    line = "      - {metric: seizures, object: cocaine, value: 1.5, unit: t, at: paragraph 6}\n"
    change(project, "cases/alpha-ii.yaml", line, added + line)
    right = told(project, page).out
    change(project, "cases/alpha-ii.yaml", "USD, at: paragraph 2", "USD, at: paragraph 5")
    wrong = told(project, page).out
    change(project, "cases/alpha-ii.yaml", "USD, at: paragraph 5", "USD, at: paragraph 7")

    assert right == "no findings\n"
    assert "the number isn't there" in wrong
    assert "it is in paragraph 2" in wrong
    assert told(project, page).out == "no findings\n"  # what is further down is counted otherwise


@pytest.mark.parametrize("said", ["975", "nine hundred and seventy-five", "975.0"])
def test_in_other_notations(said: str, project: Path) -> None:
    """A number in words, or with its groups parted, is the same."""
    assert told(project, PAGE.replace("975", said)).out == "no findings\n"


def test_a_page_that_can_not_be_tied(project: Path, tmp_path: Path) -> None:
    """Which source a page is of is known by its title or address, or has to be said."""
    page = tmp_path / "other.txt"
    page.write_text(PAGE.format(title="Weather and sports"), "utf-8")
    unknown = run("validate", project / CASE, "--root", project, "--page", page)
    wrong = run("validate", project / CASE, "--root", project, "--page", f"interpol-2022={page}")

    assert (unknown.code, wrong.code) == (2, 2)
    assert "it can't be told which source this page is" in unknown.err
    assert f"say --page SOURCE={page}" in unknown.err
    assert "'interpol-2022' is not a source of these records" in wrong.err
    assert "did you mean 'interpol-2022-alpha'" in wrong.err


def test_a_page_of_a_source_that_can_not_be_read(project: Path, tmp_path: Path) -> None:
    """A source that is cited and has faults is not called unknown, but is to be corrected first."""
    page = tmp_path / "page.txt"
    page.write_text(PAGE, "utf-8")
    with (project / f"data/records/sources/{SOURCE}.yaml").open("a", encoding="utf-8") as source:
        source.write("url: ...\n")
    done = run("validate", project / CASE, "--root", project, "--page", f"{SOURCE}={page}")
    assert done.code == 2
    assert "'interpol-2022-alpha' is missing or can't be read" in done.err
    assert "without --page" in done.err


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch, project: Path) -> None:
    """Without the extra, the command says how to install it."""
    monkeypatch.setitem(sys.modules, "py3langid", None)
    done = told(project, PAGE)
    assert done.code == 2
    assert "interpol-dataset[draft]" in done.err


def test_what_pages_are_not_for(project: Path) -> None:
    """A table or a draft has no page; a record that can't be read has to be mended first."""
    mixed = run("validate", "x.csv", "--as", "outcomes", "--page", "p.txt")
    (project / CASE).write_text("id: [", "utf-8")
    unreadable = told(project, PAGE)
    assert mixed.code == 2
    assert "--page is for the project's own records" in mixed.err
    assert unreadable.code == 1
    assert "pages are compared once the record can be read" in unreadable.err


#: What is said in languages without phrases, and the numbers in it.
OTHERS: Final = {
    "de": ("rund 1164 Sendungen, zwölf Personen und 1,3 Millionen Euro", "~1164 12 1300000"),
    "id": ("sekitar Rp 21 miliar dan 128 ton ikan", "21000000000 128"),
    "it": ("circa 1,3 milioni di euro", "1300000"),
    "nl": ("22.300 artikelen en 9 miljoen euro", "22300 9000000"),
    "pt": ("1.312 quilos e mais de 3 milhões de euros", "1312 >3000000"),
}


@pytest.mark.parametrize("code", [*OTHERS])
def test_languages_without_phrases(code: str) -> None:
    """Numbers are read in languages whose pages are compared and not drafted."""
    text, expected = OTHERS[code]
    read, same = (numbers_in(*given)[0] for given in ((text, code), (expected, "en")))
    assert [it.value for it in read] == [it.value for it in same]


NAMED: Final = {
    "Police in Guinea-Bissau and the U.S. met Swiss officers.": ({"GNB", "USA", "CHE"}, {"GIN"}),
    "They gave it to us in the Republic of the Congo.": ({"COG"}, {"USA", "COD"}),
    "Officers of the UAE and Burkinabe customs, armed.": ({"ARE", "BFA"}, {"ARM"}),
}


@pytest.mark.parametrize("text", [*NAMED])
def test_countries_that_are_named(text: str) -> None:
    """A country is named by its name, or by a word that begins alike if no other is known."""
    there, others = NAMED[text]
    found = countries_named(text, "en")
    assert there <= found
    assert others.isdisjoint(found)
