"""Tests of :mod:`interpol_dataset.rules.named_pages`: titles and addresses that name somebody."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from helpers.committed import committed
from helpers.mini import change
from interpol_dataset.records.folder import read_records
from interpol_dataset.rules import gate
from interpol_dataset.rules.context import Context
from interpol_dataset.rules.privacy import no_person_in_title

if TYPE_CHECKING:
    from pathlib import Path

ADDRESS = "url: https://example.org/daily-2022-alpha"
TITLE = "title: '=Results, as daily has them'"


def _found(project: Path) -> list[str]:
    return [item.rule for item in gate.findings(read_records(project / "data" / "records"))]


@pytest.mark.parametrize(
    "words",
    [
        "trafic-le-togolais-emile-qwert-condamne",
        "hoger-beroep-robert-m-van-start",
        "tr%C3%A8s-courte-audience-f%C3%A9licien-qwert",
        "news/stojan%20qwert/2013",
    ],
)
def test_a_given_name_in_an_address_is_seen(project: Path, words: str) -> None:
    """With a surname or an initial behind it, with accents or escaped."""
    change(project, "sources/daily-2022-alpha.yaml", ADDRESS, f"url: https://example.org/{words}")

    assert ["POL026"] == _found(project)


def test_what_is_withheld_names_nobody(project: Path) -> None:
    """A title in brackets of our own and a reason stand for title and address."""
    name = "sources/daily-2022-alpha.yaml"
    change(project, name, TITLE, "title: Hassan Qwert arrested")
    assert ["POL026"] == _found(project)

    change(project, name, "title: Hassan Qwert arrested", "title: '[Man arrested]'")
    change(project, name, ADDRESS, "withheld: It names a suspect.")
    assert [] == _found(project)

    change(project, name, "withheld:", f"{ADDRESS}\nwithheld:")
    assert ["MNG004"] == _found(project)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/san-jose-de-los-llanos",
        "https://example.org/port-said-seizure",
        "https://mohamed-press.example.org/results",
        "https://example.org/?author=david-miller",
    ],
)
def test_places_hosts_and_questions_are_no_persons(project: Path, address: str) -> None:
    """Only the words of the path count, and no saint's or harbour's name."""
    change(project, "sources/daily-2022-alpha.yaml", ADDRESS, f"url: {address}")

    assert [] == _found(project)


def test_few_pages_of_the_project_need_a_reason() -> None:
    """Thousands of pages are cited, and a handful name holders of an office."""
    found = [*no_person_in_title.check(Context(committed(), date(2026, 12, 31)).scope)]

    assert len(found) < 10
