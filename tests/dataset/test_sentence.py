"""Tests of :mod:`interpol_dataset.dataset.sentence`."""

from __future__ import annotations

from typing import Any

from helpers.each import each
from interpol_dataset.dataset.explanation import Voice
from interpol_dataset.dataset.sentence import changed_on_the_way, sentence

ARRESTS = "outcomes/arrests"


def voice(text: str) -> Voice:
    """
    Return what one source says, from a short form: who, what, and what is not usual of it.

    Who issue a text together are joined by "+"; a body of several words has "_" between them.
    """
    who, value, *more = text.split()
    who = who.replace("_", " ")
    given = dict(item.split("=") for item in more)
    kind, stance = given.get("kind", "official"), given.get("stance", "supports")

    return Voice(
        source=f"{who}-{value}-{kind}".lower(),
        title="Results",
        kind=kind,
        publisher=given.get("publisher", who),
        asserters=tuple(who.split("+")),
        party=None if stance == "not_counted" else who.lower(),
        observer=given.get("observer"),
        published="2022-11-24",
        url=None,
        value=value,
        unit=None,
        stance=stance,
        own_count=False,
        locator="lead",
        note=None,
        drift_metric=given.get("drift_metric"),
    )


def said(path: str, status: str, voices: str, *, agreement: str = "single", **more: Any) -> str:
    """Return the sentence on a fact, whose value is that of the first voice or of one named."""
    told = [voice(text) for text in voices.split("; ") if text]
    reason, taken = more.pop("reason", None), more.pop("taken", 0)
    fact = {
        "status": status,
        "agreement": agreement,
        "source_id": told[taken].source if told else None,
        "dispute_reason": reason,
    }

    return sentence(path, fact, told, *more.values())


NOBODY = "No body outside the operation has counted."
NEWS = "kind=news"
MIXED = f"{NEWS} stance=inconsistent"


@each(
    "status, voices, expected",
    [
        (
            *("documented", "INTERPOL <1000"),
            f"Documented: INTERPOL's own document says nearly 1,000. {NOBODY}",
        ),
        (
            *("documented", f"INTERPOL <1000; INTERPOL 1000 {NEWS}"),
            (
                "Documented: INTERPOL's own document says nearly 1,000; another page agrees with "
                f"it. {NOBODY}"
            ),
        ),
        (
            *("documented", "INTERPOL 975 kind=copy; INTERPOL <1000"),
            (
                "Documented: INTERPOL's own document says nearly 1,000, and a page that agrees has "
                f"975. {NOBODY}"
            ),
        ),
        (
            *("joint", "INTERPOL 975; Europol 975"),
            f"Joint: INTERPOL and Europol publish 975, from one tally. {NOBODY}",
        ),
        (
            *("confirmed", "INTERPOL 975; A_court 975 observer=court"),
            (
                "Confirmed: INTERPOL and A court could know it apart from each other and say 975; "
                "a document of one of them was read."
            ),
        ),
        (
            *("reported", f"INTERPOL >720 {NEWS}"),
            (
                "Reported: INTERPOL is reported as saying more than 720; no document was read. "
                f"{NOBODY}"
            ),
        ),
        (
            "inconsistent",
            f"INTERPOL 53 {MIXED}; INTERPOL 101 {MIXED}; INTERPOL 53 {MIXED} publisher=Daily",
            (
                "Inconsistent: INTERPOL gives, or is quoted with, 53 and 101; 53 is most common. "
                f"{NOBODY}"
            ),
        ),
        (
            *("inconsistent", f"INTERPOL 53 {MIXED}; INTERPOL 101 {MIXED}"),
            (
                "Inconsistent: INTERPOL gives, or is quoted with, 53 and 101; 53 is taken; none is "
                f"most common. {NOBODY}"
            ),
        ),
        (
            *("disputed", "INTERPOL 975; Europol 800 stance=contradicts"),
            f"Disputed: INTERPOL says 975; Europol says 800. They count other days. {NOBODY}",
        ),
        ("unverified", "", "Unverified: no source that counts says anything about it."),
    ],
)
def test_figures(status: str, voices: str, expected: str) -> None:
    """Each status of a figure has a sentence that says what it rests on."""
    assert said(ARRESTS, status, voices, reason="They count other days.") == expected


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
    told = said(path, "documented", f"INTERPOL {value}")

    assert told == f"Documented: INTERPOL's own document says {words}."


#: Who says "nearly 1,000" agrees with 975, and neither publishes nor repeats it.
AGREEING = [
    (
        *("joint", "Police 975 kind=copy; INTERPOL <1000"),
        "Police and INTERPOL agree on 975, from one tally; another page repeats it",
    ),
    (
        *("confirmed", "INTERPOL 975; A_court <1000 observer=court"),
        "INTERPOL and A court could know it apart from each other and agree on 975; a document",
    ),
    (
        *("reported", f"INTERPOL 975 {NEWS}; Police <1000 {NEWS}"),
        "INTERPOL and Police are reported as agreeing on 975; no document was read",
    ),
    (
        *("documented", f"INTERPOL ~400; INTERPOL ~400 {NEWS}; INTERPOL >400 {NEWS}"),
        "INTERPOL's own document says about 400; 2 other pages repeat or agree with it",
    ),
    (
        *("documented", f"INTERPOL ~400; INTERPOL 400 {NEWS}; INTERPOL >400 {NEWS}"),
        "INTERPOL's own document says about 400; 2 other pages agree with it",
    ),
    (
        *("documented", f"INTERPOL ~400; INTERPOL ~400 {NEWS}; INTERPOL ~400 kind=copy"),
        "INTERPOL's own document says about 400; 2 other pages repeat it",
    ),
]
#: Several bodies, or one whose name is a plural, take a verb in the plural.
SEVERAL = [
    (
        *("reported", f"INTERPOL+Europol 9 {NEWS}"),
        "INTERPOL and Europol are reported as saying 9; no document was read",
    ),
    (
        *("reported", f"Spanish_authorities 9 {NEWS}"),
        "Spanish authorities are reported as saying 9; no document was read",
    ),
    (
        *("documented", "INTERPOL+Europol+WCO 9 kind=copy"),
        "INTERPOL, Europol and WCO say 9, and a document of their own was read",
    ),
    (
        *("inconsistent", f"Spanish_authorities 9 {MIXED}"),
        "Spanish authorities give, or are quoted with, 9; 9 is most common",
    ),
    (
        *("disputed", "INTERPOL+WCO 9; FBI 8 stance=contradicts"),
        "INTERPOL and WCO say 9; FBI says 8",
    ),
    (
        *("disputed", "FBI 8 stance=contradicts; INTERPOL >8; INTERPOL 9; Europol 9; WCO 9"),
        "INTERPOL says more than 8; in agreement with that, Europol and WCO say 9; FBI says 8",
    ),
]


@each("status, voices, expected", [*AGREEING, *SEVERAL])
def test_who_agrees(status: str, voices: str, expected: str) -> None:
    """What agrees is not said to be repeated, and verbs agree with those who say it."""
    assert said(ARRESTS, status, voices).startswith(f"{status.capitalize()}: {expected}")


@each(
    "voices, expected",
    [
        (f"Daily 14 {NEWS}", "Daily, which only looks on, reports 14"),
        (f"Daily 14 {NEWS}; Herald 14 {NEWS}", "Daily and Herald, which only look on, report 14"),
        (
            f"Agency 14 {NEWS} publisher=Daily",
            "Agency, which only looks on, is reported as saying 14; no document was read",
        ),
    ],
)
def test_bystanders_report_themselves(voices: str, expected: str) -> None:
    """A newsroom in its own paper reports; it is quoted only where another carries its word."""
    told = said(ARRESTS, "reported", voices, agreement="none")

    assert told == f"Reported: {expected}. {NOBODY}"


def test_bodies_that_count_as_one_are_named_together() -> None:
    """A ministry and its police are one observer, and are named as one."""
    bodies = f"Ministry listed observer=ministry; Police listed observer=ministry {NEWS}"
    told = said("countries/KOR", "confirmed", f"{bodies}; INTERPOL listed")

    assert told.startswith("Confirmed: Ministry (with Police) and INTERPOL could know it apart")


@each(
    "status, voices, expected",
    [
        ("documented", "UNODC supports", "Documented: supported by UNODC."),
        (
            *("partial", "UNODC partly stance=partly"),
            "Partial: UNODC supports a part of it, and nobody the whole.",
        ),
        (
            *("partial", "UNODC+INTERPOL partly stance=partly"),
            "Partial: UNODC and INTERPOL support a part of it, and nobody the whole.",
        ),
        (
            *("refuted", "UNODC contradicts stance=contradicts"),
            "Refuted: UNODC contradicts it, and nobody supports it.",
        ),
        (
            *("disputed", "UNODC supports; INTERPOL contradicts stance=contradicts"),
            "Disputed: UNODC supports it; INTERPOL contradicts it.",
        ),
        ("unverified", "", "Unverified: no source that counts says anything about it."),
    ],
)
def test_statements(status: str, voices: str, expected: str) -> None:
    """A statement in words has a sentence for each status, too."""
    assert said("statement", status, voices) == expected


@each(
    "value, other, expected",
    [
        ("1000", "<1000", "lost its hedge"),
        ("<1000", "<1000", None),
        ("1000", "1000", None),
        ("975", "<1000", None),
    ],
)
def test_a_lost_hedge_is_said(value: str, other: str, expected: str | None) -> None:
    """A retelling that turns "nearly 1,000" into 1,000 is told to have lost its hedge."""
    retelling, chosen = voice(f"INTERPOL {value} {NEWS}"), voice(f"INTERPOL {other}")

    assert changed_on_the_way(ARRESTS, retelling, chosen) == expected


def test_pages_that_changed_the_word_are_counted() -> None:
    """A sentence says how many pages retell a figure as something else, and as what."""
    drifts = {"ANSA": "charged", "DPA": "charged", "EFE": "freed"}
    more = (f"{who} 975 {NEWS} stance=drifted drift_metric={as_}" for who, as_ in drifts.items())
    names = {"arrests": "Arrests", "charged": "Persons charged"}

    assert said(ARRESTS, "documented", "; ".join(["INTERPOL 975", *more]), names=names) == (
        f"Documented: INTERPOL's own document says 975. {NOBODY} Two pages say persons charged "
        "instead of arrests. One page says freed instead of arrests."
    )


def test_a_dispute_begins_with_the_value_taken() -> None:
    """Agreement is told from it, wherever its source stands in the list."""
    voices = "WCO >8; INTERPOL 9; FBI 8 stance=contradicts"
    told = said(ARRESTS, "disputed", voices, agreement="disputed", taken=1)

    assert told.startswith(
        "Disputed: INTERPOL says 9; in agreement with that, WCO says more than 8; FBI says 8."
    )
