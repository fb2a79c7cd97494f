"""Tests of names of people in texts, titles and addresses, and of what only looks like one."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path
from time import process_time
from typing import Final

import pytest

from helpers.base import findings
from helpers.committed import committed
from helpers.each import each
from helpers.mini import change
from interpol_dataset.rules.context import Context
from interpol_dataset.rules.persons import KnownNames
from interpol_dataset.rules.texts import named_in, no_person_in_title

ROOT: Final = Path(__file__).parents[2]

with Path(__file__).with_name("persons.csv").open(encoding="utf-8", newline="") as _file:
    SENTENCES: Final = tuple(csv.DictReader(_file))

#: What is not found, and why a machine can't know.
SURVIVORS: Final = {
    "France Martinet": "one word of it, at the beginning of a sentence, is ordinary: a country",
    "tariq mahmoodi": "without capitals it is no name",
    **dict.fromkeys(
        ("Volkov", "Quispe", "Diarra", "Koné", "Nogueira", "Boaventura"),
        "one word alone may be a place or a body",
    ),
}


@pytest.fixture(scope="module")
def context() -> Context:
    """Return what is known of the project's own records."""
    return Context(committed(), date(2026, 12, 31))


def test_the_set_is_large_and_in_five_languages() -> None:
    """The recall that the documentation gives is one of many sentences."""
    assert len(SENTENCES) >= 200
    assert len({row["language"] for row in SENTENCES}) == 5
    assert min(Counter(row["language"] for row in SENTENCES).values()) >= 39


def test_people_are_found(context: Context) -> None:
    """Of made-up sentences that name somebody only those pass that are known to."""
    known = context.known_names
    passed = {row["name"] for row in SENTENCES if not [*named_in(row["sentence"], known)]}
    assert {*SURVIVORS} == passed


def test_the_projects_own_texts_name_nobody(context: Context) -> None:
    """Not one of thousands of committed texts is taken for the name of a person."""
    texts = context.scope.own_texts
    assert len(texts) > 5000
    assert [item.text for item in texts if [*named_in(item.text, context.known_names)]] == []


KNOWN: Final = KnownNames(["Sea Shepherd Global", "Frontex"])


@each(
    "text",
    [
        *("Frontex Bulgaria took part.", "Sea Shepherd Global, from the Netherlands."),
        *("Police Frontex officers.", "An EU-funded Project followed."),
        *("Spain's Guardia went along.", "It was in Bosnia and Herzegovina."),
        *("West Africa, South America and the Caribbean.",),
        *("Containers at Port Klang and Ciudad del Este were opened.",),
        *("In Pedro Juan Caballero\u2019s market, in Sao Paulo and in San Jose they were sold.",),
        *("It came through Cox\u2019s Bazar and Cox's Bazar.",),
        *("Baja California and Cabo Delgado are regions.",),
        *("They flew to Jorge Ch\u00e1vez Airport.",),
        *("Police searched the vessel Ever Given and MV Grey Heron.",),
        *("Cosa Nostra and the gang Los Choneros had a Toyota Hilux.",),
    ],
)
def test_names_of_places_and_bodies_are_no_persons(text: str) -> None:
    """What is known by name, and what only a place or a body is called, is let through."""
    assert [*KNOWN.persons(text)] == []


def test_many_capitals_take_no_time() -> None:
    """A text of capitalised words alone is looked at in one go."""
    start = process_time()
    assert [*KNOWN.persons("Aname " * 5_000)]
    assert process_time() - start < 2


@each(
    "text, name",
    [
        ("Police arrested Pedro Quispe Mamani at the border", "Pedro Quispe Mamani"),
        ("They led to Maria de los Santos, 34.", "Maria de los Santos"),
        ("It was J. Okello.", "J. Okello"),
        ("They held Иван Петров.", "Иван Петров"),
        ("In Paris Jordan Smithson lived.", "Paris Jordan Smithson"),
        ("They held Abu Salim al-Harrani.", "Abu Salim al-Harrani"),
        ("They held Juan Caballero.", "Juan Caballero"),
        ("At Port Klang Aname Bname was held.", "Klang Aname Bname"),
        ("The captain of the vessel Ever Given was Aname Bname.", "Aname Bname"),
        ("At Jomo Kenyatta Airport Aname Bname was held.", "Aname Bname"),
    ],
)
def test_the_whole_name_is_named(text: str, name: str) -> None:
    """The finding shows what is to be taken out."""
    assert [name] == [*KNOWN.persons(text)]


def test_few_pages_of_the_project_need_a_reason(context: Context) -> None:
    """Thousands of pages are cited, and a handful name holders of an office."""
    assert len([*no_person_in_title.check(context.scope)]) < 10


ADDRESS = "url: https://example.org/daily-2022-alpha"
TITLE = "title: '=Results, as daily has them'"


def _found(project: Path) -> list[str]:
    return [item.rule for item in findings(project)]


def test_a_given_name_in_an_address_is_seen(project: Path) -> None:
    """With a surname or an initial, with accents or escaped; not that of a saint or a harbour."""
    host = "https://example.org"
    addresses = {
        f"{host}/trafic-le-togolais-emile-qwert-condamne": ["POL026"],
        f"{host}/hoger-beroep-robert-m-van-start": ["POL026"],
        f"{host}/tr%C3%A8s-courte-audience-f%C3%A9licien-qwert": ["POL026"],
        f"{host}/news/stojan%20qwert/2013": ["POL026"],
        f"{host}/san-jose-de-los-llanos": [],
        f"{host}/port-said-seizure": [],
        "https://mohamed-press.example.org/results": [],
        f"{host}/?author=david-miller": [],
    }
    old = ADDRESS
    for address, expected in addresses.items():
        change(project, "sources/daily-2022-alpha.yaml", old, f"url: {address}")
        assert _found(project) == expected, address
        old = f"url: {address}"


def test_what_is_withheld_names_nobody(project: Path) -> None:
    """A title in brackets of our own and a reason stand for title and address."""
    name = "sources/daily-2022-alpha.yaml"
    change(project, name, TITLE, "title: Hassan Qwert arrested")
    assert _found(project) == ["POL026"]

    change(project, name, "title: Hassan Qwert arrested", "title: '[Man arrested]'")
    change(project, name, ADDRESS, "withheld: It names a suspect.")
    assert _found(project) == []

    change(project, name, "withheld:", f"{ADDRESS}\nwithheld:")
    assert _found(project) == ["MNG004"]
