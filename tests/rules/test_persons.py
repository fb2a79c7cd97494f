"""Tests of :mod:`interpol_dataset.rules.persons`: names of people, and what only looks like one."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path
from time import process_time
from typing import Final

import pytest

from helpers.committed import committed
from helpers.each import each
from interpol_dataset.rules.context import Context
from interpol_dataset.rules.persons import KnownNames
from interpol_dataset.rules.texts import named_in

ROOT: Final = Path(__file__).parents[2]

with Path(__file__).with_name("persons.csv").open(encoding="utf-8", newline="") as _file:
    SENTENCES: Final = tuple(csv.DictReader(_file))

#: What is not found, and why a machine can't know.
SURVIVORS: Final = {
    "France Martinet": "one word of it, at the beginning of a sentence, is ordinary: a country",
    "tariq mahmoodi": "without capitals it is no name",
    "Volkov": "one word alone may be a place or a body",
    "Quispe": "one word alone may be a place or a body",
    "Diarra": "one word alone may be a place or a body",
    "Koné": "one word alone may be a place or a body",
    "Nogueira": "one word alone may be a place or a body",
    "Boaventura": "one word alone may be a place or a body",
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
    passed = {
        row["name"] for row in SENTENCES if not [*named_in(row["sentence"], context.known_names)]
    }
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
