"""Tests of :mod:`interpol_dataset.evidence.verification`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from helpers import strategies as s
from interpol_dataset.evidence.testimony import Standing, Testimony
from interpol_dataset.evidence.verification import Verdict, verify, verify_statement
from interpol_dataset.schema.vocabulary import Agreement, Finds, Status
from interpol_dataset.values.edtf import Edtf
from interpol_dataset.values.fact_path import FactPath
from interpol_dataset.values.quantity import Quantity

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from interpol_dataset.values.interval import Value

    Way = Callable[[Sequence[Testimony]], Verdict]


#: How much a status says for a fact; what is contested says least.
STRENGTH = {
    Status.REFUTED: -1,
    Status.DISPUTED: -1,
    Status.UNVERIFIED: 0,
    Status.PARTIAL: 1,
    Status.REPORTED: 2,
    Status.OFFICIAL: 3,
    Status.CORROBORATED: 3,
    Status.CONFIRMED: 4,
}


PATH = FactPath("outcomes/arrests")


def number(text: str) -> Quantity:
    """Read a quantity."""
    return Quantity.parse(text)


def says(  # one for each that a test may vary
    text: str,
    id_: str = "a",
    kind: str = "official",
    asserter: str = "interpol",
    published: str | None = "2022-11-24",
    *,
    publisher: str | None = None,
    attributed_to: str | None = None,
) -> Testimony:
    """Make a testimony of a number."""
    source = s.source(id_, kind, asserter, published, publisher)

    return Testimony(PATH, source, number(text), attributed_to=attributed_to)


def finds(text: Finds, id_: str = "a", kind: str = "official", asserter: str = "x") -> Testimony:
    """Make a testimony on a statement."""
    return Testimony(PATH, s.source(id_, kind, asserter), text)


def retells(
    text: str, id_: str, asserter: str = "interpol", published: str | None = "2022-11-25"
) -> Testimony:
    """Make a retelling in the news."""
    return says(text, id_, "news", asserter, published, publisher="daily")


def copies(
    text: str, id_: str, asserter: str = "interpol", published: str | None = "2022-11-25"
) -> Testimony:
    """Carry the text of a release on a news site."""
    return says(text, id_, "copy", asserter, published, publisher="daily")


QUANTITIES = st.sampled_from(["1", "2", ">1", "~1000", "950", ">=1", "900..1000", "0..5"]).map(
    number
)
DATES = st.sampled_from(["2022", "2022-06", "2022-06-28", "2022-06~", "2022/2023", "2023"]).map(
    Edtf.parse
)
WORDS = st.sampled_from(Finds)

#: Each way of verifying, with what may be said.
WAYS = pytest.mark.parametrize(
    ("way", "values"),
    [(verify, QUANTITIES), (verify, DATES), (verify, WORDS), (verify_statement, WORDS)],
    ids=["numbers", "dates", "words", "statements"],
)


# --- the table ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (Status.CONFIRMED, [says("1", "a"), says("1", "b", asserter="europol")]),
        (Status.CONFIRMED, [says("1", "a"), says("1", "b", "ngo", "ecpat")]),
        (Status.CORROBORATED, [says("1", "a", "ngo", "ecpat"), says("1", "b", "court", "court")]),
        (Status.OFFICIAL, [says("1")]),
        (Status.OFFICIAL, [says("1"), retells("1", "b")]),
        (Status.REPORTED, [says("1", kind="news")]),
        (Status.REPORTED, [copies("1", "a"), copies("1", "b")]),
        (Status.CORROBORATED, [copies("1", "a"), copies("1", "b", "europol")]),
        (Status.REPORTED, [retells("1", "a"), retells("1", "b")]),
        (Status.DISPUTED, [says("1", "a"), says("2", "b", asserter="europol")]),
        (Status.DISPUTED, [retells("1", "a"), retells("2", "b")]),
        (Status.DISPUTED, [says("1", "a"), says("2", "b")]),
        (Status.UNVERIFIED, [says("1", kind="ai_generated")]),
        (Status.UNVERIFIED, []),
    ],
)
def test_status_of_a_value(status: Status, said: list[Testimony]) -> None:
    """The status of a value is what the table in the codebook gives for its roots."""
    assert status is verify(said).status


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (Status.CONFIRMED, [finds(Finds.SUPPORTS), finds(Finds.SUPPORTS, "b", asserter="y")]),
        (
            Status.CORROBORATED,
            [finds(Finds.SUPPORTS, kind="ngo"), finds(Finds.SUPPORTS, "b", "news", "y")],
        ),
        (Status.OFFICIAL, [finds(Finds.SUPPORTS)]),
        (Status.OFFICIAL, [finds(Finds.SUPPORTS), finds(Finds.PARTLY, "b", asserter="y")]),
        (Status.REPORTED, [finds(Finds.SUPPORTS, kind="reference")]),
        (Status.PARTIAL, [finds(Finds.PARTLY)]),
        (Status.DISPUTED, [finds(Finds.SUPPORTS), finds(Finds.CONTRADICTS, "b", asserter="y")]),
        (Status.REFUTED, [finds(Finds.CONTRADICTS)]),
        (Status.REFUTED, [finds(Finds.PARTLY), finds(Finds.CONTRADICTS, "b", asserter="y")]),
        (Status.UNVERIFIED, [finds(Finds.SUPPORTS, kind="content_site")]),
        (Status.UNVERIFIED, []),
    ],
)
def test_status_of_a_statement(status: Status, said: list[Testimony]) -> None:
    """The status of a statement is what the table in the codebook gives for its roots."""
    assert status is verify_statement(said).status


def test_counts_of_roots() -> None:
    """A verdict counts roots, not sources."""
    said = [
        says("1", "a"),
        says("1", "b", "news", "interpol", publisher="daily"),
        says("1", "c", "ngo", "ecpat"),
        says("2", "d", "court", "court"),
    ]
    verdict = verify(said)

    assert (2, 1, 1) == (verdict.supporting, verdict.official, verdict.contradicting)
    assert ["court", "ecpat", "interpol"] == [root.asserter for root in verdict.roots]


def test_partly_is_counted_apart() -> None:
    """Roots that support a part are counted, and do not support the whole."""
    verdict = verify_statement([finds(Finds.SUPPORTS), finds(Finds.PARTLY, "b", asserter="y")])

    assert (1, 1, 0) == (verdict.supporting, verdict.partly, verdict.contradicting)


# --- the value ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("better", "worse"),
    list(zip(s.RELIABLE[:-1], s.RELIABLE[1:], strict=True)),
)
def test_best_kind_gives_the_value(better: str, worse: str) -> None:
    """The value is what the best kind of source says, even where that is the older."""
    said = [
        says("1", "z", better, "one", "2020"),
        says("2", "a", worse, "other", "2024"),
    ]
    chosen = verify(said).chosen

    assert chosen
    assert "z" == chosen.source.id


def test_latest_of_equals_gives_the_value() -> None:
    """Of sources of the same kind the latest is quoted, and one without a date comes last."""
    said = [
        says("1", "a", asserter="one", published=None),
        says("2", "b", asserter="two", published="2022-12"),
        says("3", "c", asserter="three", published="2022-11-24"),
    ]
    chosen = verify(said).chosen

    assert chosen
    assert "b" == chosen.source.id


def test_preference_overrides_the_rule() -> None:
    """A preferred source gives the value where it counts and says something."""
    said = [says("1", "a"), says("2", "b", "news", "daily"), says("3", "c", "content_site", "d")]

    assert ["b", "a", "a", "a"] == [
        verdict.chosen.source.id
        for prefer in ("b", "c", "nobody", None)
        if (verdict := verify(said, prefer=prefer)).chosen
    ]


def test_preference_makes_no_agreement() -> None:
    """Taking another value does not end the dispute."""
    said = [says("1", "a"), says("2", "b", "news", "daily")]
    verdict = verify(said, prefer="b")

    assert Status.DISPUTED is verdict.status
    assert {"a": Agreement.CONTRADICTS, "b": Agreement.SUPPORTS} == verdict.agreements


# --- roots ----------------------------------------------------------------------------------


def test_retelling_that_deviates_makes_no_dispute() -> None:
    """A digit that a retelling got wrong is marked, and does no harm."""
    verdict = verify([says("975", "a"), retells("957", "b")])

    assert Status.OFFICIAL is verdict.status
    assert {"a": Agreement.SUPPORTS, "b": Agreement.DEVIATES} == verdict.agreements


def test_retelling_that_drops_a_hedge_supports() -> None:
    """A retelling that rounds or widens what the document says bears it out."""
    verdict = verify([says("975", "a"), retells("~1000", "b")])

    assert Agreement.SUPPORTS is verdict.agreements["b"]


def test_superseded_figure_makes_no_dispute() -> None:
    """A figure that its own asserter later replaced is kept, and does not contradict."""
    verdict = verify([says("900", "a", published="2022-11"), says("975", "b", published="2023")])

    assert Status.OFFICIAL is verdict.status
    assert {"a": Agreement.SUPERSEDED, "b": Agreement.SUPPORTS} == verdict.agreements


def test_retelling_of_a_superseded_figure_makes_no_dispute() -> None:
    """A retelling of an older document is no deviation from it, and makes no dispute."""
    said = [
        says("900", "a", published="2022-11"),
        says("975", "b", published="2023"),
        retells("900", "c"),
    ]

    assert Status.OFFICIAL is verify(said).status


def test_documents_of_one_day_that_differ_are_a_dispute() -> None:
    """Where the asserter's own documents of one day differ, nothing tells which to take."""
    assert Status.DISPUTED is verify([says("1", "a"), says("2", "b")]).status


def test_retellings_speak_with_what_they_agree_on() -> None:
    """Where no document was read, retellings allow what all of them allow."""
    said = [retells(">=900", "a"), retells("~1000", "b"), says("1050", "c", "ngo", "ecpat")]

    assert Status.CORROBORATED is verify(said).status
    assert Status.DISPUTED is verify([*said, retells("<1000", "d")]).status


def test_later_retellings_supersede_nothing() -> None:
    """That a retelling is later does not show that its root has corrected itself."""
    verdict = verify([retells("900", "a", published="2022-11"), retells("975", "b")])

    assert Status.DISPUTED is verdict.status
    assert {"a": Agreement.CONTRADICTS, "b": Agreement.SUPPORTS} == verdict.agreements


def test_retellings_are_not_official() -> None:
    """An official document that says so on another's word is no document of that root."""
    said = [says("1", "a", "official", "europol", attributed_to="interpol")]
    verdict = verify(said)

    assert Status.REPORTED is verdict.status
    assert ["interpol"] == [root.asserter for root in verdict.roots]


def test_copies_speak_where_no_document_was_read() -> None:
    """A copy keeps the hedge that retellings drop, and what it does not bear out deviates."""
    verdict = verify([copies("<1000", "a"), retells("1000", "b"), retells("900..1100", "c")])

    assert Status.REPORTED is verdict.status
    assert verdict.chosen
    assert "a" == verdict.chosen.source.id
    assert [Agreement.DEVIATES, Agreement.SUPPORTS] == [verdict.agreements[id_] for id_ in "bc"]


def test_documents_speak_before_copies() -> None:
    """A copy that was altered on its way does no harm, however late it is."""
    verdict = verify([says("<1000", "a"), copies("1975", "b", published="2023")])

    assert Status.OFFICIAL is verdict.status
    assert {"a": Agreement.SUPPORTS, "b": Agreement.DEVIATES} == verdict.agreements


def test_more_precise_copy_supports() -> None:
    """A copy that shows more of the text than was read of the document does not deviate."""
    said = [says("<1000", "a"), copies("975", "b"), retells("975", "c"), retells("957", "d")]
    verdict = verify(said)

    assert verdict.chosen
    assert "a" == verdict.chosen.source.id
    assert {
        "a": Agreement.SUPPORTS,
        "b": Agreement.SUPPORTS,
        "c": Agreement.SUPPORTS,
        "d": Agreement.DEVIATES,
    } == verdict.agreements


def test_altered_copy_bears_out_no_retelling() -> None:
    """What retells a copy that was altered on its way deviates as the copy does."""
    verdict = verify([says("25", "a"), copies("52", "b"), retells("52", "c")])

    assert Status.OFFICIAL is verdict.status
    assert [Agreement.DEVIATES] * 2 == [verdict.agreements[id_] for id_ in "bc"]


def test_later_copies_supersede_earlier_ones() -> None:
    """Of copies of several releases the latest speaks, as it does for the releases themselves."""
    verdict = verify([copies("900", "a", published="2022-11"), copies("975", "b")])

    assert Status.REPORTED is verdict.status
    assert {"a": Agreement.SUPERSEDED, "b": Agreement.SUPPORTS} == verdict.agreements


def test_attributed_testimony_folds_into_its_root() -> None:
    """What a source repeats on another's word goes back to that other."""
    own = says("1", "a")
    independent = says("1", "b", "official", "europol")

    assert Status.CONFIRMED is verify([own, independent]).status
    assert Status.OFFICIAL is verify([own, replace(independent, attributed_to="interpol")]).status


def test_agreement_names_each_source() -> None:
    """Every source stands in some relation to the value."""
    said = [
        says("1", "a"),
        says("2", "b", "ngo", "ecpat"),
        says("1", "c", "content_site", "farm"),
    ]

    assert {
        "a": Agreement.SUPPORTS,
        "b": Agreement.CONTRADICTS,
        "c": Agreement.NOT_COUNTED,
    } == verify(said).agreements


def test_divided_retellings_of_a_statement_quote_one_that_supports() -> None:
    """Where retellings of one root are divided, the source of the value is one that supports."""
    said = [
        Testimony(PATH, s.source("a", "news", "x", publisher="daily"), Finds.CONTRADICTS),
        Testimony(PATH, s.source("b", "news", "x", publisher="daily"), Finds.SUPPORTS),
    ]
    verdict = verify_statement(said)

    assert verdict.chosen
    assert (Status.DISPUTED, "b") == (verdict.status, verdict.chosen.source.id)


# --- laws -----------------------------------------------------------------------------------


@WAYS
@given(st.data())
def test_order_does_not_matter(
    way: Way, values: st.SearchStrategy[Value], data: st.DataObject
) -> None:
    """The same evidence in any order gives the same verdict."""
    said = data.draw(s.several_testimonies(values))

    assert way(said) == way(data.draw(st.permutations(said)))


@WAYS
@given(st.data())
def test_independent_support_never_weakens(
    way: Way, values: st.SearchStrategy[Value], data: st.DataObject
) -> None:
    """Another root that reports the very value leaves the status or strengthens it."""
    said = data.draw(s.several_testimonies(values))
    before = way(said)
    assume(before.chosen)
    assert before.chosen
    kind = data.draw(st.sampled_from(s.RELIABLE))
    added = Testimony(PATH, s.source("new", kind, "newcomer"), before.chosen.value)
    after = way([*said, added])

    assert STRENGTH[before.status] <= STRENGTH[after.status]


@WAYS
@given(st.data())
def test_retelling_never_strengthens(
    way: Way, values: st.SearchStrategy[Value], data: st.DataObject
) -> None:
    """A retelling of a root that already speaks leaves the status or weakens it."""
    said = data.draw(s.several_testimonies(values, least=1))
    before = way(said)
    assume(before.roots)
    root = data.draw(st.sampled_from(before.roots))
    kind = data.draw(st.sampled_from(["academic", "ngo", "news", "reference"]))
    source = s.source("new", kind, root.asserter, "2024-01-01", publisher="somebody-else")
    after = way([*said, Testimony(PATH, source, data.draw(values))])

    assert STRENGTH[before.status] >= STRENGTH[after.status]
    assert len(before.roots) == len(after.roots)
    if root.standing is not Standing.RETELLING:
        assert before.status is after.status
        assert before.chosen == after.chosen


@WAYS
@given(st.data())
def test_unreliable_kinds_never_count(
    way: Way, values: st.SearchStrategy[Value], data: st.DataObject
) -> None:
    """Content sites and machine-written texts change neither value nor status."""
    said = data.draw(s.several_testimonies(values))
    added = [
        Testimony(
            PATH,
            s.source(f"new{position}", kind, data.draw(st.sampled_from(["interpol", "farm"]))),
            data.draw(values),
            attributed_to=data.draw(st.none() | st.just("europol")),
        )
        for position, kind in enumerate(s.UNRELIABLE)
    ]
    before, after = way(said), way([*said, *added])

    assert before == replace(after, agreements=before.agreements)
    assert {Agreement.NOT_COUNTED} == {after.agreements[item.source.id] for item in added}


@WAYS
@given(st.data())
def test_older_documents_make_no_dispute(
    way: Way, values: st.SearchStrategy[Value], data: st.DataObject
) -> None:
    """An older document of a root that speaks with a document changes nothing."""
    said = data.draw(s.several_testimonies(values, least=1))
    before = way(said)
    documented = [
        root
        for root in before.roots
        if root.standing is Standing.DOCUMENT and root.voice.source.published
    ]
    assume(documented)
    root = data.draw(st.sampled_from(documented))
    added = Testimony(PATH, s.source("new", "official", root.asserter, "2001"), data.draw(values))
    after = way([*said, added])

    assert (before.status, before.chosen) == (after.status, after.chosen)


@WAYS
@given(st.data())
def test_every_source_has_its_agreement(
    way: Way, values: st.SearchStrategy[Value], data: st.DataObject
) -> None:
    """Each source is told how it stands to the value, and only reliable ones bear it out."""
    said = data.draw(s.several_testimonies(values))
    verdict = way(said)

    assert {item.source.id for item in said} == set(verdict.agreements)
    assert all(
        (verdict.agreements[item.source.id] is Agreement.NOT_COUNTED) is not item.counts
        for item in said
    )
    assert (verdict.chosen is None) is (verdict.supporting == 0)
