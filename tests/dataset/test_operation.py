"""Tests of :mod:`interpol_dataset.dataset.objects`."""

from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from interpol_dataset import Dataset, OperationFact, UnknownRecordError


def test_values_in_words(dataset: Dataset) -> None:
    """An operation has its facts in words, with hedge, status and numbers."""
    operation = dataset.operation("haechi-iii")
    blocked = operation["outcomes/accounts-blocked"]
    frozen = operation["assets-frozen:KRW@KOR"]

    assert (blocked.value, blocked.hedge) == ("nearly 2,800", "nearly")
    assert blocked.status == "documented"
    assert 2800 == blocked.point == blocked.upper
    assert frozen.label == "money and assets frozen or intercepted, in South Korea"
    assert frozen.value == "about KRW 150,000,000,000"
    assert frozen.unit == "KRW"
    assert operation["period"].value == "28 June to 23 November 2022"
    countries = operation["country_count"]
    assert (countries.label, countries.value) == ("number of countries", "30")
    assert countries.point == 30.0
    assert operation["notices-issued"].label == "INTERPOL notices and diffusions issued"
    assert operation.categories == ("Online fraud", "Money laundering", "Financial crime")


def test_evidence_is_at_hand(dataset: Dataset, small: Dataset) -> None:
    """Who says so is one call away, and the same as the dataset's own explanation."""
    operation = dataset.operation("haechi-iii")

    assert operation.explain("arrests") == dataset.explain("haechi-iii", "outcomes/arrests")
    assert {"outcomes/arrests", "period"} < set(operation.facts)
    assert ("arrests" in operation, "arrest" in operation) == (True, False)
    assert small.operation("alpha-2") == small.operation("alpha-ii")
    with pytest.raises(UnknownRecordError, match="no 'alpha-iii'"):
        small.operation("alpha-iii")
    with pytest.raises(UnknownRecordError, match="no fact 'arrest'") as caught:
        small.operation("alpha-ii")["arrest"]
    assert caught.value.hint == "did you mean 'outcomes/arrests'?"


def test_headlines(dataset: Dataset) -> None:
    """The headline figures are those of the table, with the facts that they rest on."""
    operation = dataset.operation("haechi-iii")
    assets = operation["assets_usd"]

    assert {"accounts_blocked", "arrests", "assets_usd"} == set(operation.headlines)
    assert (assets.value, assets.basis) == ("USD 129,975,440", "stated")
    assert assets.facts == ("outcomes/assets-seized/virtual-assets:USD",)
    assert assets.label == "money and assets taken"
    why = dataset.explain("haechi-iii", "assets_usd", table="cases")
    assert why == operation.explain("assets_usd")
    assert "arrests 975; money and assets taken USD 129,975,440" in repr(operation)
    assert repr(operation).endswith(f"; {len(operation.figures)} figures>")


def test_every_operation(dataset: Dataset) -> None:
    """Every case has all of its facts, in order, and shows them."""
    ids = [r["record_id"] for r in dataset.verification if r["record_table"] == "cases"]
    for id_ in dataset.cases.to_arrow()["id"].to_pylist()[::40]:
        operation = dataset.operation(id_)
        assert ids.count(id_) == len(operation) == len(list(operation))
        assert next(iter(operation)) == "exists"
        assert len(repr(operation)) < 600
        assert str(operation).count("\n") >= len(operation)


def test_it_shows_itself(small: Dataset) -> None:
    """A short form names the first figures; a notebook gets a table, with all texts escaped."""
    operation = small.operation("alpha-ii")
    html = operation._repr_html_()

    class Parser(HTMLParser):
        tags: list[str] = []  # noqa: RUF012  # of this test only

        def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
            self.tags.append(tag)

    Parser().feed(html)
    assert repr(operation).startswith("<Operation alpha-ii: Operation Alpha II: ")
    assert repr(operation).endswith(f"; {len(operation.figures)} figures>")
    assert len(operation) + 1 == Parser.tags.count("tr")
    assert {"h4", "p", "table", "thead", "tbody", "tr", "th", "td"} == set(Parser.tags)
    assert 'title="a body says so in its own document or a copy' in html


def test_texts_are_escaped(small: Dataset) -> None:
    """What a source wrote is no markup of a notebook's."""
    odd = OperationFact("exists", "<b>", "<i>", "documented", "<u>")
    texts: dict[str, Any] = {"name": "<a>", "summary": "<s>", "categories": ("<p2>",)}
    html = replace(small.operation("alpha-ii"), **texts, facts={"": odd})._repr_html_()
    assert all(f"&lt;{tag}&gt;" in html for tag in ("b", "i", "u", "a", "s", "p2"))
    assert not any(f"<{tag}>" in html for tag in ("b", "i", "u", "a", "s", "p2"))
