"""Tests that the site says of a fact what ``explain`` says."""

from collections.abc import Mapping

import pyarrow as pa
import pytest
from markupsafe import escape

from helpers.links import ids
from helpers.sample import Changed
from interpol_dataset import Dataset
from interpol_dataset.dataset.explanation import PREFERRED
from interpol_dataset.site.build import render
from interpol_dataset.site.evidence import alike, speakers
from interpol_dataset.site.model import Model
from interpol_dataset.site.read import read
from interpol_dataset.site.render import Target


@pytest.mark.parametrize("case", ["haechi-iii", "cobra-iii"])
def test_a_page_tells_parts_and_what_may_overlap(
    model: Model, site: Mapping[str, str], case: str
) -> None:
    """A figure says in which it lies, and which ones it may overlap with, with links."""
    facts = [fact.why for fact in model.cases[case].facts]
    page = site[f"cases/{case}.html"]
    parts = [why for why in facts if why.part_of]
    beside = [why for why in facts if why.may_overlap]

    assert parts
    assert beside
    assert len(parts) == page.count('<p>A part of <a href="#outcomes')
    assert len(beside) == page.count('<p>May count some of the same things as: <a href="#outcomes')
    assert (case == "cobra-iii") is ("more figures.<" in page)


def test_an_editors_choice_is_worded_as_in_explain(small: Dataset) -> None:
    """A value that was taken against the rule is told alike on the site and by ``explain``."""
    why = str(small.explain("alpha-ii", "outcomes/seizures/cocaine"))
    (page,) = (
        str(file.content) for file in render(small, Target()) if file.path == "cases/alpha-ii.html"
    )
    assert f"{PREFERRED}, because: The release has a slip." in why
    assert f"<b>{PREFERRED}</b>, because: The release has a slip." in page


@pytest.mark.parametrize("case", ["haechi-iii", "athena", "cobra-iii", "16shop"])
def test_a_page_says_what_explain_says(few: Dataset, case: str) -> None:
    """What a page shows of a fact is the explanation of it."""
    for fact in read(few).cases[case].facts:
        told = few.explain(case, fact.path, table="cases")
        assert fact.why.to_dict() == told.to_dict()


def test_every_fact_is_as_in_the_tables(dataset: Dataset, model: Model) -> None:
    """All facts have the value, status, source and number of voices of the tables."""
    facts = {
        (fact.why.table, fact.why.record, fact.why.field): fact
        for record in (
            *(*model.cases.values(), *model.claims, *model.challenges, *model.lessons),
            *model.areas.values(),
        )
        for fact in record.facts
    }
    voices: dict[tuple[str, str, str], int] = {}
    for row in dataset.evidence:
        key = row["record_table"], row["record_id"], row["field"]
        voices[key] = voices.get(key, 0) + 1
    rows = {
        (row["record_table"], row["record_id"], row["field"]): row for row in dataset.verification
    }

    assert rows.keys() == facts.keys()
    for key, row in rows.items():
        why = facts[key].why
        found = (row["value"], row["status"], row["source_id"], voices.get(key, 0))
        assert found == (why.value, why.status, why.chosen, len(why.voices))


def test_every_fact_has_an_address(model: Model, site: Mapping[str, str]) -> None:
    """The path of a fact is an id on its page, inside what opens."""
    for path, text in site.items():
        folder, _, name = path.removesuffix(".html").rpartition("/")
        if folder == "cases" and path.endswith(".html") and name != "index":
            assert {fact.path for fact in model.cases[name].facts} <= set(ids(text)), path


def test_words_on_the_page(model: Model, site: Mapping[str, str]) -> None:
    """A page has the sentence of each fact; a heading says who speaks; the value taken is named."""
    page = site["cases/haechi-iii.html"].replace("&#39;", "'")
    source = site["sources/databreaches-2022-11-25-haechi-iii.html"]
    own = site["sources/interpol-2022-11-24-haechi-iii.html"]
    line = own[own.index("haechi-iii.html#outcomes/arrests") :]

    sentences = [str(fact.why.sentence) for fact in model.cases["haechi-iii"].facts]
    assert [sentence for sentence in sentences if sentence not in page] == []
    assert "<h3>INTERPOL <i>(one count with the operation)</i>:</h3>" in page
    assert "<b class=taken>975</b> <i>the value taken</i>" in page
    assert "<i>the value taken</i>" in source
    # A source is quoted with its own value where another is shown, even if it agrees.
    assert "says <b>nearly 1,000</b>" in line[: line.index("<li>")]


def test_voices_are_grouped_by_party(model: Model) -> None:
    """Each voice is with its party, and none is lost; a value is only taken where others differ."""
    fact = model.cases["haechi-iii"].by_path["outcomes/arrests"]
    first, *others = speakers(fact)
    assert (first.name, first.verb) == ("INTERPOL", "says")
    assert first.standing.startswith("one count with")
    assert first.said[0].is_chosen
    agreed = speakers(model.cases["haechi-iii"].by_path["announced"])
    assert not any(said.is_chosen for speaker in agreed for said in speaker.said)
    assert len(fact.why.voices) == sum(len(item.said) for item in (first, *others))


def test_what_a_source_finds_of_a_statement_is_said_once(model: Model) -> None:
    """Of a claim a source "supports it" or "contradicts it", with no word for how that compares."""
    said = {
        (item.value, item.stance)
        for claim in model.claims
        if claim.fact
        for speaker in speakers(claim.fact)
        for item in speaker.said
        if item.voice.value == item.voice.stance
    }

    assert {("supports it", ""), ("supports a part of it", ""), ("contradicts it", "")} == said


def test_countries_on_one_list_are_together(model: Model) -> None:
    """Facts with the same evidence are one group, and each is in one group."""
    facts = [fact for fact in model.cases["pandora-i"].facts if fact.path.kind == "countries"]
    groups = alike(facts)

    assert len(groups) < len(facts)
    assert sorted(fact.path for fact in facts) == sorted(
        fact.path for group in groups for fact in group
    )
    for group in groups:
        assert len({(fact.why.sentence, fact.why.voices) for fact in group}) == 1


def test_evidence_leads_to_the_original(model: Model, site: Mapping[str, str]) -> None:
    """In the file itself, so without a script, each source of a fact is a link to its own page."""
    for path, text in site.items():
        folder, _, name = path.removesuffix(".html").rpartition("/")
        if folder != "cases" or name == "index" or not path.endswith(".html"):
            continue
        for fact in model.cases[name].facts:
            opened = text[text.index(f'id="{escape(fact.path)}"') :].partition("</details>")[0]
            for voice in fact.why.voices:
                href = model.sources[voice.source].href
                assert href is None or f'<p><a href="{escape(href)}">' in opened, (path, fact.path)


def test_a_value_is_said_once_by_each_speaker(model: Model) -> None:
    """Sources of one speaker with the same value, compared alike, are listed below it."""
    fact = model.cases["haechi-iii"].by_path["outcomes/arrests"]
    shown = speakers(fact)[0].html(model.sources)
    assert shown.count("<li>") < shown.count("<p>") == len(speakers(fact)[0].said)
    assert shown.count("<b>975</b>") == 1


def test_a_withheld_address_is_said_and_not_shown(small: Dataset) -> None:
    """The pages of a source and of its case say so, and have no link to the original."""

    def withhold(name: str, arrow: pa.Table) -> pa.Table:
        if name == "sources":
            for column, value in (("url", None), ("withheld", "It names a suspect.")):
                at = arrow.column_names.index(column)
                arrow = arrow.set_column(at, column, pa.array([value] * len(arrow), pa.string()))
        return arrow

    pages = {
        file.path: str(file.content) for file in render(Dataset(Changed(small.tables, withhold)))
    }

    page = pages["cases/alpha-ii.html"]

    assert "address withheld: It names a suspect." in page
    assert 'href="http' not in page[page.index("<main") : page.index("</main")]
