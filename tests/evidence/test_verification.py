"""Tests of :mod:`interpol_dataset.evidence.verification`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject, DrawFn, SearchStrategy

from helpers.each import each
from helpers.testimonies import changed, witness
from helpers.worked_cases import BODIES, NAMED, WORKED_CASES, WorkedCase, frame_of, judge
from interpol_dataset.evidence.parties import open_frame
from interpol_dataset.evidence.testimony import Standing, Testimony
from interpol_dataset.evidence.verification import Verdict, verify, verify_statement
from interpol_dataset.schema.vocabulary import (
    Finds,
    SourceKind,
    Stance,
    StatementVerdict,
    Status,
    Variance,
)
from interpol_dataset.values.edtf import Edtf
from interpol_dataset.values.fact_path import FactKind, FactPath, is_public, kind_of
from interpol_dataset.values.quantity import Quantity

Value = Quantity | Edtf | date | str

#: How much a status or a verdict says, the least first.
RANKS = ("unverified", "disputed", "reported", "documented", "corroborated")


def outcome(verdict: Verdict) -> Status:
    """Return the status of a fact, which is not a statement in words."""
    assert verdict.status
    return verdict.status


# --- worked cases ---------------------------------------------------------------------------


@each("case", WORKED_CASES)
def test_worked_case(case: WorkedCase) -> None:
    """Each worked case has the value and the status that the docs show."""
    verdict = judge(case)
    value = verdict.chosen and str(verdict.chosen.value)
    assert (case.value, case.status) == (value, verdict.status or verdict.statement)


def test_every_status_has_a_worked_case() -> None:
    """Readers find an example of every status, and of every verdict that rests on evidence."""
    shown = {case.status for case in WORKED_CASES}
    assert {*Status, *StatementVerdict} - {StatementVerdict.NOT_CHECKABLE} == shown


# --- the nature of facts --------------------------------------------------------------------


@each(
    "path, kind",
    [
        ("exists", FactKind.EXISTENCE),
        ("iccs", FactKind.EXISTENCE),
        ("cases/haechi-iii", FactKind.EXISTENCE),
        ("statement", FactKind.EXISTENCE),
        ("interpol_role", FactKind.SHARED),
        ("organizations/wco", FactKind.OWN_PART),
        ("countries/KOR", FactKind.OWN_PART),
        ("outcomes/arrests@KOR", FactKind.SHARED),
        ("outcomes/value-seized/gold:USD@KOR~part", FactKind.SHARED),
        ("proceedings/convicted@KOR~2020", FactKind.VERDICT),
        ("proceedings/confiscated:EUR~2020", FactKind.VERDICT),
        ("proceedings/charged@KOR~2020", FactKind.SHARED),
        ("outcomes/arrests", FactKind.SHARED),
        ("outcomes/arrests~part", FactKind.SHARED),
        ("country_count", FactKind.SHARED),
        ("period", FactKind.SHARED),
        ("announced", FactKind.SHARED),
    ],
)
def test_who_can_observe_it_follows_from_the_path(path: str, kind: FactKind) -> None:
    """A fact's path says what it is about; what is done in court is done in public."""
    fact = FactPath(path)
    assert kind is kind_of(fact)
    assert is_public(fact) == path.startswith("proceedings/")


# --- stances, variants, ends ----------------------------------------------------------------


def says(  # one for each that a test may vary
    text: str,
    source: str,
    who: str = "interpol",
    *,
    kind: SourceKind = SourceKind.OFFICIAL,
    day: str | None = "2022-11-24",
    publisher: str | None = None,
    attributed_to: str | None = None,
    text_of: str | None = None,
) -> Testimony:
    """Make a testimony of a number."""
    return witness(
        source=source,
        kind=kind,
        publisher=publisher or who,
        asserters=(who,),
        day=date.fromisoformat(day) if day else None,
        value=Quantity.parse(text),
        attributed_to=attributed_to,
        text_of=text_of,
    )


def copies(text: str, source: str, who: str = "interpol") -> Testimony:
    """Make a copy of a body's text in a newspaper."""
    return says(text, source, who, kind=SourceKind.NEWS, publisher="daily", text_of=who)


def retells(text: str, source: str, who: str = "interpol") -> Testimony:
    """Make a retelling of a number in a newspaper."""
    return says(text, source, who, kind=SourceKind.NEWS, publisher="daily")


def judged(said: Sequence[Testimony], *, prefer: str | None = None) -> Verdict:
    """Verify a shared number."""
    return verify(said, frame_of(), FactPath("outcomes/arrests"), prefer=prefer)


def test_every_source_has_a_stance() -> None:
    """Each source is told how it stands to the value."""
    verdict = judged(
        [
            says("900", "older", day="2022-11-01"),
            says("975", "chosen"),
            retells("975", "retold"),
            retells("957", "slip"),
            says("880", "other", "europol", day="2022-11-20"),
            retells("960", "unheard", "unodc"),
            says("975", "newsroom", "daily", kind=SourceKind.NEWS),
            says("975", "farm", kind=SourceKind.CONTENT_SITE),
        ]
    )

    expected = {
        "older": Stance.SUPERSEDED,
        "chosen": Stance.SUPPORTS,
        "retold": Stance.SUPPORTS,
        "slip": Stance.DEVIATES,
        "other": Stance.CONTRADICTS,
        "newsroom": Stance.BYSTANDER,
        "farm": Stance.NOT_COUNTED,
        "unheard": Stance.DEVIATES,
    }
    assert expected == verdict.stances


def test_retelling_of_a_superseded_figure_is_superseded() -> None:
    """What an older document bears out is no deviation, and does not support the new figure."""
    said = [says("900", "a", day="2022-11-01"), says("975", "b"), retells("900", "c")]
    assert Stance.SUPERSEDED is judged(said).stances["c"]


def test_altered_copy_bears_out_no_retelling() -> None:
    """What retells a copy that was altered on its way deviates as the copy does."""
    verdict = judged([says("25", "a"), copies("52", "b"), retells("52", "c")])
    assert [verdict.stances[source] for source in "bc"] == [Stance.DEVIATES] * 2


def test_list_that_is_only_retold_is_silent() -> None:
    """A newspaper's list that leaves a country out has no say."""
    listed = changed(says("1", "a"), value="listed")
    left_out = changed(retells("1", "b", "europol"), value="not listed")
    verdict = verify([listed, left_out], frame_of(), FactPath("countries/KOR"))
    assert Stance.SILENT is verdict.stances["b"]


def test_ends_are_of_all_that_is_heard() -> None:
    """The lowest and the highest number are those of all parties, in the unit of comparison."""
    said = [says("1.1", "a"), says("1070..1200", "b", "europol"), says("5", "c", "daily")]
    tonnes = changed(said[0], unit="t")
    others = [changed(item, unit="kg") for item in said[1:]]
    verdict = judged([tonnes, *others])
    assert [verdict.lowest, verdict.highest] == [1070, 1200]


def test_ends_include_the_value() -> None:
    """An exact number that only a retelling has is within what is stated."""
    verdict = judged([says(">300", "a"), retells("305", "b")], prefer="b")
    assert verdict.chosen is not None
    assert verdict.chosen.source.id == "b"
    assert [verdict.lowest, verdict.highest] == [300, 305]


def test_variants_are_other_forms_that_do_not_contradict() -> None:
    """Other words for a number that agree with it are kept apart."""
    verdict = judged([says("20000", "a"), says("19973", "b", "europol"), retells(">20000", "c")])
    assert [item.source.id for item in verdict.variants] == ["a"]


def test_counts_are_of_supporters() -> None:
    """Parties that support a value are counted, and of observers those that are heard."""
    said = [says("975", "a"), says("975", "b", "europol"), retells("975", "c", "uk-parliament")]
    verdict = judged(said)
    assert (verdict.supporting, verdict.observers, verdict.read) == (3, 1, Standing.DOCUMENT)


def test_who_alone_contradicts_nobody_is_retold_differently() -> None:
    """What newspapers have on one body's word in several ways is reported, and shown to differ."""
    verdict = judged([retells("53", "a"), retells("101", "b"), retells("53", "c")])
    assert verdict.is_retold_differently
    assert Stance.DEVIATES is verdict.stances["b"]


def test_support_of_one_of_two_words_does_not_weaken() -> None:
    """A word that one body's document uses beside another stays the value with a supporter."""
    first, second = says("1", "a"), says("1", "b")
    said = [changed(first, value="co-led"), changed(second, value="coordinated")]
    chosen = verify(said, frame_of(), FactPath("interpol_role")).chosen
    assert chosen
    supporter = changed(retells("1", "c", "unodc"), value=chosen.value)
    after = verify([*said, supporter], frame_of(), FactPath("interpol_role"))
    assert (chosen, Status.DOCUMENTED) == (after.chosen, after.status)


def test_attributed_word_is_a_quotation() -> None:
    """What a body repeats on another's word is that other's, and no document of it."""
    verdict = judged([says("975", "a", "europol", attributed_to="interpol")])
    assert [party.id for party in verdict.parties] == ["interpol"]
    assert (verdict.read, verdict.status) == (Standing.QUOTE, Status.REPORTED)


# --- the preferred source -------------------------------------------------------------------


def test_preferred_source_gives_the_value() -> None:
    """A preferred source is quoted if it counts, and the status is of what it says."""
    said = [says("<1000", "a"), copies("975", "b")]
    verdict = judged(said, prefer="b")
    assert verdict.chosen
    assert (verdict.chosen.source.id, verdict.status) == ("b", Status.DOCUMENTED)


def test_preferred_retelling_against_its_document_is_reported() -> None:
    """A value that no document supports does not count as documented."""
    verdict = judged([says("81", "a"), retells("20", "b")], prefer="b")
    assert Status.REPORTED is verdict.status
    assert verdict.stances == {"a": Stance.VARIANT, "b": Stance.SUPPORTS}


def test_preference_ends_no_dispute() -> None:
    """To take another value does not make the parties agree."""
    said = [says("81", "a"), says("20", "b", "europol")]
    assert Status.DISPUTED is judged(said, prefer="b").status


def test_preference_for_nobody_changes_nothing() -> None:
    """A source that does not count, or says nothing, can't be preferred."""
    said = [says("81", "a"), says("20", "b", kind=SourceKind.CONTENT_SITE)]
    assert judged(said) == judged(said, prefer="b") == judged(said, prefer="nobody")


# --- laws -----------------------------------------------------------------------------------

NUMBERS = st.sampled_from(
    ["1", "2", ">1", "~1000", "950", "1020", ">=1", "900..1000", "<1000", "1000", "<=1000"]
).map(Quantity.parse)
PERIODS = st.sampled_from(["2022", "2022-06", "2022-06-28", "2022-06~", "2022/2023"]).map(
    Edtf.parse
)
DAYS = st.dates(date(2022, 11, 20), date(2022, 11, 23))
ROLES = st.sampled_from(["coordinated", "co-led", "supported"])
LISTINGS = st.sampled_from(["listed", "not listed"])

#: Each sort of fact, with what may be said of it.
FACTS: dict[str, SearchStrategy[Value]] = {
    "outcomes/arrests": NUMBERS,
    "outcomes/arrests@KOR": NUMBERS,
    "period": PERIODS,
    "announced": DAYS,
    "interpol_role": ROLES,
    "countries/KOR": LISTINGS,
    "tools/notices": st.just("used"),
    "exists": st.just("described"),
}
EACH_FACT = pytest.mark.parametrize("path", FACTS)

RELIABLE = [kind for kind in SourceKind if kind.counts]
UNRELIABLE = [kind for kind in SourceKind if not kind.counts]

#: Who may speak in random facts; two stay out to come as newcomers.
NEWCOMERS = {"court": "war-crimes-tribunal", "counter": "university", "korea": "korea-police"}
SPEAKERS = tuple(sorted({*BODIES} - {*NEWCOMERS.values()}))

#: A frame in which two bodies issue a text together.
FRAME = frame_of(("interpol", "wco"))


def decide(said: Sequence[Testimony], path: str) -> Verdict:
    """Verify a fact of any sort."""
    return verify(said, FRAME, FactPath(path))


@given(st.lists(st.sampled_from(Finds), max_size=4), st.booleans())
def test_verdicts_on_statements(found: list[Finds], checkable: bool) -> None:  # noqa: FBT001
    """What is both said and denied holds in part; without evidence nothing is found."""
    said = [
        changed(says("1", f"s{number}", who), value=word)
        for number, (word, who) in enumerate(zip(found, SPEAKERS, strict=False))
    ]
    verdict = verify_statement(said, open_frame(BODIES, BODIES), checkable=checkable)
    agrees, denies = Finds.SUPPORTS in found, Finds.CONTRADICTS in found

    assert verdict.status is None
    assert (verdict.statement is StatementVerdict.SUPPORTED) == (agrees and not denies)
    assert (verdict.statement is StatementVerdict.CONTRADICTED) == (denies and not agrees)
    assert (verdict.statement is StatementVerdict.NOT_FOUND) == (checkable and not found)
    assert (verdict.statement is StatementVerdict.NOT_CHECKABLE) == (not checkable and not found)


@cache
def statements(
    values: SearchStrategy[Value], who: tuple[str, ...] = SPEAKERS
) -> SearchStrategy[Testimony]:
    """Draw what one source says."""
    return st.builds(
        witness,
        source=st.just("new"),
        kind=st.sampled_from([*[SourceKind.OFFICIAL] * 6, SourceKind.COPY, *SourceKind]),
        publisher=st.sampled_from([*who, "herald"]),
        asserters=st.sampled_from([*((id_,) for id_ in who), ("interpol", "wco")]),
        day=st.sampled_from([None, date(2022, 11, 24), date(2022, 11, 25)]),
        value=values,
        attributed_to=st.none() | st.none() | st.sampled_from(who),
        text_of=st.none() | st.none() | st.sampled_from(who),
        own_count=st.sampled_from([*[False] * 7, True]),
    )


@cache
def _of_two_values(least: int) -> SearchStrategy[list[tuple[Testimony, int]]]:
    """Draw what a few sources say, and which of two values: to make a strategy is slow."""
    which = st.sampled_from([0, -1])
    return st.lists(st.tuples(statements(st.just("")), which), min_size=least, max_size=5)


@st.composite
def evidence(draw: DrawFn, values: SearchStrategy[Value], least: int = 0) -> list[Testimony]:
    """Draw what a few sources say of one fact; they often say the same."""
    told = draw(st.lists(values, min_size=1, max_size=2))
    said = draw(_of_two_values(least))
    return [
        changed(item, source=f"s{number}", value=told[which])
        for number, (item, which) in enumerate(said)
    ]


@EACH_FACT
@given(st.data())
def test_law_1_order_does_not_matter(path: str, data: DataObject) -> None:
    """The same evidence in any order gives the same verdict."""
    said = data.draw(evidence(FACTS[path]))
    assert decide(said, path) == decide(data.draw(st.permutations(said)), path)


@EACH_FACT
@given(st.data())
def test_law_2_older_documents_change_nothing(path: str, data: DataObject) -> None:
    """An older document of a party that speaks with a document changes nothing."""
    document = changed(
        data.draw(statements(FACTS[path])),
        source="document",
        kind=SourceKind.OFFICIAL,
        attributed_to=None,
        text_of=None,
        day=date(2022, 11, 24),
    )
    older = changed(
        data.draw(statements(FACTS[path])),
        source="older",
        kind=SourceKind.OFFICIAL,
        asserters=document.asserters,
        attributed_to=None,
        text_of=None,
        day=data.draw(st.sampled_from([None, date(2022, 11, 23)])),
    )
    said = [*data.draw(evidence(FACTS[path])), document]
    before = decide(said, path)
    after = decide([*said, older], path)

    assert _gist(before) == _gist(after)


@EACH_FACT
@given(st.data())
def test_law_3_independent_support_never_weakens(path: str, data: DataObject) -> None:
    """One more observer that says the very value leaves the status or strengthens it."""
    said = data.draw(evidence(FACTS[path], least=1))
    before = decide(said, path)
    assume(before.chosen)
    assert before.chosen
    who = data.draw(st.sampled_from(sorted(NEWCOMERS.values())))
    newcomer = witness(
        source="new",
        kind=data.draw(st.sampled_from(RELIABLE)),
        publisher=data.draw(st.sampled_from([who, "herald"])),
        asserters=(who,),
        day=data.draw(st.none() | st.dates(date(2022, 11, 1), date(2022, 12, 1))),
        value=before.chosen.value,
        own_count=who == NEWCOMERS["counter"],
    )
    after = decide([*said, newcomer], path)

    assert RANKS.index(outcome(after)) >= RANKS.index(outcome(before))


@EACH_FACT
@given(st.data())
def test_law_4_a_news_page_alone_makes_nobody_heard(path: str, data: DataObject) -> None:
    """
    A page that has a body as its asserter and no more changes no status, but where nobody speaks.

    So it makes no second observer, and a slip of a newsroom disputes nothing.
    """
    said = data.draw(evidence(FACTS[path]))
    before = decide(said, path)
    page = witness(
        source="new",
        kind=data.draw(st.sampled_from([SourceKind.NEWS, SourceKind.COPY, SourceKind.NGO])),
        publisher="herald",
        asserters=(data.draw(st.sampled_from(sorted({*BODIES} - {"herald"}))),),
        day=data.draw(st.none() | st.dates(date(2022, 11, 1), date(2022, 12, 1))),
        value=data.draw(FACTS[path]),
    )
    after = decide([*said, page], path)

    if before.parties:
        assert (before.status, before.observers) == (after.status, after.observers)
    else:
        assert outcome(after) in {Status.UNVERIFIED, Status.REPORTED}
    if before.read and before.read.is_text:
        assert before.chosen
        assert after.chosen
        assert before.chosen.value == after.chosen.value


def test_page_that_retells_does_not_divide_who_counted_for_itself() -> None:
    """What is only put down to a body is heard after what the body is shown to have counted."""
    who = {"publisher": "daily", "asserters": ("uk-parliament",), "day": None}
    counted = witness(source="a", kind=SourceKind.COPY, value="coordinated", own_count=True, **who)
    retold = witness(source="b", kind=SourceKind.NEWS, value="co-led", **who)

    (party,) = decide([counted, retold], "interpol_role").parties

    assert party.speakers == (counted,)
    assert party.is_heard


@EACH_FACT
@given(st.data())
def test_law_5_unreliable_kinds_never_count(path: str, data: DataObject) -> None:
    """Content sites and machine-written texts change nothing, whatever they say."""
    said = data.draw(evidence(FACTS[path]))
    added = [
        changed(data.draw(statements(FACTS[path])), source=f"new-{kind}", kind=kind)
        for kind in UNRELIABLE
    ]
    before, after = decide(said, path), decide([*said, *added], path)
    stances = {item.source.id: after.stances.pop(item.source.id) for item in added}

    assert before == after
    assert {Stance.NOT_COUNTED} == set(stances.values())


@each("path", ["outcomes/arrests", "period", "announced", "country_count", "tools/notices"])
@given(st.data())
def test_law_6_the_operation_corroborates_nothing_of_its_own(path: str, data: DataObject) -> None:
    """The bodies of an operation make no shared fact corroborated without a count of their own."""
    values = FACTS.get(path, NUMBERS)
    own = ("interpol", *NAMED, "korea-ministry", "wco-liaison-office")
    drawn = data.draw(st.lists(statements(values, own), min_size=1, max_size=6))
    said = [
        changed(item, source=f"s{number}", own_count=False) for number, item in enumerate(drawn)
    ]
    assert Status.CORROBORATED is not decide(said, path).status


@EACH_FACT
@given(st.data())
def test_law_7_joint_text_counts_once(path: str, data: DataObject) -> None:
    """A text of several bodies counts as one, whichever of them carry it."""
    bodies = data.draw(
        st.lists(st.sampled_from(["interpol", *NAMED, "unodc"]), min_size=2, unique=True)
    )
    frame = frame_of(tuple(bodies))
    value = data.draw(FACTS[path])
    said = [
        witness(
            source=f"s{number}",
            kind=SourceKind.OFFICIAL,
            publisher=carrier,
            asserters=tuple(data.draw(st.permutations(bodies))),
            day=date(2022, 11, 24),
            value=value,
        )
        for number, carrier in enumerate(bodies)
    ]
    verdict = verify(said, frame, FactPath(path))

    assert len(verdict.parties) == 1
    assert Status.DOCUMENTED is verdict.status


@EACH_FACT
@given(st.data())
def test_law_8_one_text_is_one_voice(path: str, data: DataObject) -> None:
    """A page with the text of a document that was read changes neither status nor observers."""
    document = says("1", "document", data.draw(st.sampled_from(SPEAKERS)))
    document = changed(document, value=data.draw(FACTS[path]))
    said = [*data.draw(evidence(FACTS[path])), document]
    copy = changed(
        document,
        source="copy",
        kind=data.draw(st.sampled_from(RELIABLE)),
        publisher=data.draw(st.sampled_from([*SPEAKERS, "herald"])),
        asserters=(data.draw(st.sampled_from(SPEAKERS)),),
        text_of=document.asserters[0],
    )

    before, after = decide(said, path), decide([*said, copy], path)

    assert (before.status, before.observers) == (after.status, after.observers)


@given(st.data())
def test_law_9_a_verdict_is_observed_by_courts_alone(data: DataObject) -> None:
    """Whatever police and others publish of a verdict is reported, and disputed by none of them."""
    who = tuple(sorted({*BODIES} - {"war-crimes-tribunal"}))
    drawn = data.draw(st.lists(statements(NUMBERS, who), min_size=1, max_size=5))
    said = [
        changed(item, source=f"s{number}", own_count=False)
        for number, item in enumerate(drawn)
        if item.source.kind is not SourceKind.COURT
    ]

    counts = any(item.counts for item in said)
    expected = Status.REPORTED if counts else Status.UNVERIFIED
    assert decide(said, "proceedings/convicted~2020").status is expected


def test_a_newsroom_that_tells_of_a_charge_retells_it() -> None:
    """A charge is public: who tells of it retells those whose release documents it."""
    daily = says("12", "daily-2020", "daily", kind=SourceKind.NEWS)
    police = says("12", "police-2020", "korea-police")
    assert decide([daily], "outcomes/arrests").status is Status.UNVERIFIED
    assert decide([daily], "proceedings/charged~2020").status is Status.REPORTED
    assert decide([daily, police], "proceedings/charged~2020").status is Status.DOCUMENTED


@given(st.data(), st.sampled_from(["interpol", "korea-police"]))
def test_law_10_an_earlier_count_contradicts_no_later_one(data: DataObject, who: str) -> None:
    """Counts of one body up to different days are a sequence, of which the latest stands."""
    months = data.draw(st.permutations(["2022-08", "2022-09", "2022-10"]))
    said = [
        changed(retells(str(data.draw(st.integers(1, 99))), f"s{month}", who), as_of=month)
        for month in map(Edtf.parse, months)
    ]
    verdict = judged(said)

    assert verdict.chosen
    assert (verdict.chosen.source.id, verdict.status) == ("s2022-10", Status.REPORTED)
    assert not verdict.is_retold_differently


@given(st.data())
def test_law_11_a_period_within_another_disputes_nothing(data: DataObject) -> None:
    """The days of one country can lie within those of the operation."""
    begin, first, last, end = sorted(
        data.draw(st.lists(st.dates(date(2022, 1, 1), date(2022, 9, 9)), min_size=4, max_size=4))
    )
    said = [
        changed(says("1", "whole"), value=Edtf.parse(f"{begin}/{end}")),
        changed(says("1", "part", "europol"), value=Edtf.parse(f"{first}/{last}")),
    ]

    assert Status.DOCUMENTED is verify(said, frame_of(), FactPath("period")).status


@each("variance", [item for item in Variance if item.explains])
def test_what_is_explained_is_no_dispute(variance: Variance) -> None:
    """A scope, a slip, a conversion or loose dates leave the status that the value has without."""
    said = [says("81", "a"), says("20", "b", "europol", day="2022-11-20")]
    path = FactPath("outcomes/arrests")
    verdict = verify(said, frame_of(), path, variance=variance)
    assert Status.DISPUTED is verify(said, frame_of(), path, variance=Variance.SUBSTANTIVE).status
    assert Status.DOCUMENTED is verdict.status
    assert Stance.CONTRADICTS is not verdict.stances["b"]


def test_only_text_of_makes_a_copy_a_document() -> None:
    """A page of the kind of copies is a retelling until it says whose text it carries."""
    page = says("975", "a", kind=SourceKind.COPY, publisher="daily")
    assert Status.REPORTED is judged([page]).status
    assert Status.DOCUMENTED is judged([changed(page, text_of="interpol")]).status


@EACH_FACT
@given(st.data())
def test_every_source_is_told_its_stance(path: str, data: DataObject) -> None:
    """Each source has a stance, and the one that gives the value supports it."""
    said = data.draw(evidence(FACTS[path]))
    verdict = decide(said, path)
    assert {item.source.id for item in said} == set(verdict.stances)
    if verdict.chosen:
        assert Stance.SUPPORTS is verdict.stances[verdict.chosen.source.id]


def _gist(verdict: Verdict) -> Verdict:
    """Return a verdict without what does not speak."""
    parties = tuple(party._replace(members=()) for party in verdict.parties)
    bystanders = tuple(party._replace(members=()) for party in verdict.bystanders)
    return replace(verdict, parties=parties, bystanders=bystanders, stances={})
