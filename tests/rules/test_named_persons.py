"""Tests of :mod:`interpol_dataset.rules.texts`: titles and addresses that name somebody."""

from datetime import date
from pathlib import Path

from helpers.base import findings
from helpers.committed import committed
from helpers.mini import change
from interpol_dataset.rules.context import Context
from interpol_dataset.rules.texts import no_person_in_title

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


def test_few_pages_of_the_project_need_a_reason() -> None:
    """Thousands of pages are cited, and a handful name holders of an office."""
    found = [*no_person_in_title.check(Context(committed(), date(2026, 12, 31)).scope)]
    assert len(found) < 10
