"""Tests of :mod:`interpol_dataset.dataset.sentence`."""

from dataclasses import replace
from datetime import date
from typing import Any

from helpers.each import each
from interpol_dataset.dataset.explanation import own_texts
from interpol_dataset.dataset.sentence import Voice, changed_on_the_way, sentence, why_unread
from interpol_dataset.schema.vocabulary import Read

ARRESTS = "outcomes/arrests"
OWN = "(its own document was read)"
DOCUMENT = "INTERPOL's own document says"
NOT_SOUGHT = "Nobody has looked for it."
NOBODY = "Nobody outside the operation was heard with a count of its own."


def voice(  # one for each that a test may vary
    who: str,
    value: str,
    *,
    read: str = "document",
    stance: str = "supports",
    observer: str | None = None,
    drift_metric: str | None = None,
    publisher: str | None = None,
) -> Voice:
    """Return what one source says; who issue a text together are joined by "+"."""
    return Voice(
        source=f"{who}-{value}-{read}-{publisher}".lower(),
        title="Results",
        kind="news",
        publisher=publisher or (who if read == "document" else "ANSA"),
        asserters=tuple(who.split("+")),
        party=None if stance == "not_counted" else who.lower(),
        observer=observer,
        published="2022-11-24",
        url=None,
        value=value,
        unit=None,
        stance=stance,
        read=read,
        own_count=False,
        locator="lead",
        note=None,
        drift_metric=drift_metric,
    )


def against(who: str, value: str, **other: Any) -> Voice:
    """Return what one source says that contradicts the others."""
    return voice(who, value, stance="contradicts", **other)


def said(
    path: str,
    status: str,
    voices: list[Voice],
    *,
    reason: str | None = None,
    variance: str | None = None,
    chosen: int = 0,
) -> str:
    """Return the sentence on a fact whose value is the first voice's, or another's."""
    fact = {
        "status": None if path == "statement" else status,
        "verdict": status if path == "statement" else None,
        "source_id": voices[chosen].source if voices else None,
        "variance_type": variance,
        "variance_reason": reason,
    }
    return sentence(path, fact, voices, label, NOT_SOUGHT)


def label(path: str) -> str:
    """Return what a figure counts."""
    return path.partition("/")[2].replace("/", ": ")


@each(
    "status, voices, expected",
    [
        ("documented", [voice("INTERPOL", "<1000")], f"{DOCUMENT} nearly 1,000 arrests."),
        (
            "documented",
            [voice("INTERPOL", "~400"), voice("INTERPOL", "~400", read="retelling")],
            f"{DOCUMENT} about 400 arrests; another page repeats it.",
        ),
        (
            "documented",
            [
                voice("INTERPOL", "~400"),
                voice("INTERPOL", ">400", read="retelling"),
                voice("INTERPOL", "400", read="quote"),
            ],
            f"{DOCUMENT} about 400 arrests; 2 other pages agree.",
        ),
        (
            "documented",
            [voice("INTERPOL", "975", read="quote"), voice("INTERPOL", "<1000")],
            f"{DOCUMENT} nearly 1,000 arrests, and 975 agrees; another page agrees.",
        ),
        (
            "documented",
            [voice("INTERPOL", "9"), voice("WCO", "9", read="retelling")],
            f"{DOCUMENT} 9 arrests; so does WCO (through ANSA only). {NOBODY}",
        ),
        (
            "documented",
            [voice("INTERPOL", "975"), voice("Europol", "975")],
            f"INTERPOL and Europol say 975 arrests, in texts of their own. {NOBODY}",
        ),
        (
            "documented",
            [voice("INTERPOL+WCO", "9", read="copy")],
            "INTERPOL and WCO say 9 arrests, in a text that was read in a copy.",
        ),
        (
            "reported",
            [voice("INTERPOL", ">720", read="retelling")],
            f"on INTERPOL's word, ANSA reports more than 720 arrests. {NOT_SOUGHT}",
        ),
        (
            "reported",
            [voice("Police", "9", read="quote"), voice("FBI", "9", read="quote", publisher="DPA")],
            f"on Police and FBI's word, ANSA and DPA report 9 arrests. {NOT_SOUGHT} {NOBODY}",
        ),
        (
            "disputed",
            [voice("INTERPOL+WCO", "9", read="copy"), against("FBI", "8", read="quote")],
            (
                "INTERPOL and WCO (a copy of their text was read) say 9 arrests; "
                f"FBI (quoted by ANSA) says 8. {NOBODY}"
            ),
        ),
        (
            "disputed",
            [
                *(voice("INTERPOL", ">8"), against("FBI", "8"), voice("INTERPOL", "9")),
                *(voice("Europol", "9"), against("WCO", "7", read="retelling")),
            ],
            (
                f"INTERPOL {OWN} says more than 8 arrests; in agreement with that, "
                f"Europol {OWN} says 9; FBI {OWN} says 8. {NOBODY}"
            ),
        ),
        (
            "unverified",
            [voice("Daily", "14", stance="bystander")],
            (
                "Daily, which took no part, reports 14 arrests; "
                "no page says that somebody who could know is behind it."
            ),
        ),
    ],
)
def test_figures(status: str, voices: list[Voice], expected: str) -> None:
    """Each status has a sentence that says whose word was read, and how others are known."""
    assert f"{status.capitalize()}: {expected}" == said(ARRESTS, status, voices)


@each(
    "path, value, words",
    [
        ("outcomes/arrests", "1", "1 (arrests)"),
        ("outcomes/arrests/smugglers", "167", "167 (arrests: smugglers)"),
        ("outcomes/weight-seized", "2", "2 kg (weight-seized)"),
        ("country_count", "39", "39 countries"),
    ],
)
def test_what_is_counted_is_said_once(path: str, value: str, words: str) -> None:
    """A figure says what it counts, in brackets where that makes no phrase; once in a sentence."""
    unit = "kg" if "weight" in path else None
    one = replace(voice("INTERPOL", value), unit=unit)
    other = replace(against("FBI", "5"), unit=unit)
    assert f"says {words}; " in (told := said(path, "disputed", [one, other]))
    assert told.count(words.partition(" ")[2]) == 1


@each(
    "path, values",
    [
        ("outcomes/arrests", ["9"]),
        ("outcomes/arrests", ["1", "1"]),
        ("outcomes/arrests@KOR", ["9", "9"]),
        ("period", ["2022", "2022"]),
    ],
)
def test_nobody_is_missed_where_nobody_would_count(path: str, values: list[str]) -> None:
    """Only where several bodies tell one count is it said that nobody outside has counted."""
    voices = [voice(who, value) for who, value in zip(("INTERPOL", "WCO"), values, strict=False)]
    assert NOBODY not in said(path, "documented", voices)


def test_two_who_could_know_are_named_with_how_they_are_known() -> None:
    """A ministry and its police are one observer, and are named as one; hearsay is left out."""
    voices = [
        voice("Ministry", "listed", observer="ministry"),
        voice("Police", "listed", observer="ministry", read="quote"),
        voice("INTERPOL", "listed", read="copy"),
        voice("Customs", "listed", read="retelling"),
    ]

    assert said("countries/KOR", "corroborated", voices) == (
        "Corroborated: Ministry (its own document was read) and INTERPOL (a copy of its text was "
        "read) could know it separately and say that it took part; so does Police (quoted by ANSA),"
        " which counts as one with one of them."
    )


def test_why_values_differ_is_said() -> None:
    """The reason in the record stands beside a value, and so does what pages tell differently."""
    reason = "They count other days."
    assert reason in said(ARRESTS, "documented", [voice("FBI", "9")], reason=reason)
    told = [voice("INTERPOL", number, read="retelling") for number in ("53", "101")]
    told[1] = replace(told[1], stance="deviates")
    retold = said(ARRESTS, "reported", told, variance="retold")
    assert "Pages tell it differently: 53 and 101." in retold


def test_a_verdict_is_retold() -> None:
    """Whoever tells of convictions has them from a court."""
    told = said("proceedings/convicted~2020", "reported", [voice("Police", "3", read="retelling")])
    known = "which only a court knows at first hand."
    assert told.startswith(f"Reported: ANSA retells 3 convicted~2020, {known}")
    told = said("proceedings/charged~2020", "reported", [voice("ANSA", "3", read="retelling")])
    assert "which only those who brought charges know" in told


@each(
    "path, value, words",
    [
        ("interpol_role", "supported", "that INTERPOL supported it"),
        ("organizations/wco", "partner", "that it was a partner"),
        ("countries/KOR", "listed", "that it took part"),
        ("exists", "described", "that there was such a case"),
        ("period", "2022-06-28/2022-11-23", "28 June to 23 November 2022"),
        ("period", "2005-10/", "from October 2005, end not known"),
    ],
)
def test_other_facts(path: str, value: str, words: str) -> None:
    """What is no figure is said in words, and nobody needs to have counted."""
    told = said(path, "documented", [voice("INTERPOL", value)])
    assert f"Documented: INTERPOL's own document says {words}." == told


@each(
    "verdict, voices, expected",
    [
        ("supported", [voice("UNODC", "supports")], "UNODC says the same."),
        (
            "partly-supported",
            [
                *(voice("UNODC+FBI", "supports"), voice("WCO", "partly", stance="partly")),
                against("INTERPOL", "contradicts"),
            ],
            "UNODC and FBI say the same; WCO says a part of it; INTERPOL contradicts it.",
        ),
        ("not-found", [], "no source that counts says anything about it."),
    ],
)
def test_statements(verdict: str, voices: list[Voice], expected: str) -> None:
    """A statement in words has a verdict, with who says what."""
    shown = verdict.capitalize().replace("-", " ")
    assert f"{shown}: {expected}" == said("statement", verdict, voices)


EXACT = {("1000", "<1000"): "told as exact"}


@each("value, other", [*EXACT, ("<1000", "<1000"), ("1000", "1000"), ("975", "<1000")])
def test_a_lost_hedge_is_said(value: str, other: str) -> None:
    """A retelling that turns "nearly 1,000" into 1,000 is said to tell it as exact."""
    retelling, chosen = voice("INTERPOL", value, read="retelling"), voice("INTERPOL", other)
    assert EXACT.get((value, other)) == changed_on_the_way(ARRESTS, retelling, chosen)


def test_pages_that_changed_the_word_are_counted() -> None:
    """A sentence says how many pages retell a figure as something else, and as what."""
    metrics = {"ANSA": "charged", "DPA": "charged", "EFE": "freed"}
    told = [voice(who, "975", stance="drifted", drift_metric=it) for who, it in metrics.items()]
    assert (
        f"Documented: {DOCUMENT} 975 arrests. {NOBODY} Two pages say charged "
        "instead of arrests. One page says freed instead of arrests."
    ) == said(ARRESTS, "documented", [voice("INTERPOL", "975"), *told])


def test_a_dispute_begins_with_the_value_taken() -> None:
    """Agreement is told from it, wherever its source stands in the list."""
    voices = [voice("WCO", ">8"), voice("INTERPOL", "9"), against("FBI", "8")]
    assert said(ARRESTS, "disputed", voices, chosen=1).startswith(
        f"Disputed: INTERPOL {OWN} says 9 arrests; in agreement with that, WCO {OWN} says "
        f"more than 8; FBI {OWN} says 8."
    )


ITS_OWN = "INTERPOL's own document"


@each(
    "texts, searches, expected",
    [
        ([(None, None)], [], f"{ITS_OWN}, as far as it was read, does not say it."),
        ([("whole", None)], [], f"{ITS_OWN} does not say it."),
        (
            [("whole", None), ("excerpt", 1500)],
            *([], f"{ITS_OWN} was read only to about 1,500 characters."),
        ),
        ([("excerpt", None)], [], f"{ITS_OWN} was read only in part."),
        ([], [("statement", "interpol"), ("document", "wco")], f"Nobody has looked for {ITS_OWN}."),
        ([], [("document", "interpol")], f"{ITS_OWN} was looked for on 2026-11-30 and not found."),
    ],
)
def test_why_it_is_only_reported(
    texts: list[tuple[str | None, int | None]], searches: list[tuple[str, str]], expected: str
) -> None:
    """How far a body's document was read is said, or that it was looked for; by its own search."""
    read = [{"extent": extent, "extent_characters": number} for extent, number in texts]
    day = date(2026, 11, 30)
    sought = [{"sought": it, "of_id": body, "searched_on": day} for it, body in searches]
    assert expected == why_unread("interpol", "INTERPOL", read, sought)


def test_a_retelling_is_nobodys_own_text() -> None:
    """A reprint of what a newspaper retells is no document of the body that it is about."""
    rows = [{"source_id": word, "read": word} for word in (*Read, None)]
    assert [*own_texts(rows)] == ["document", "copy"]
