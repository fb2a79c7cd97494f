"""Tests of :mod:`interpol_dataset.dataset.sentence`."""

from __future__ import annotations

import pytest

from helpers.each import each
from interpol_dataset.dataset.explanation import Voice
from interpol_dataset.dataset.sentence import changed_on_the_way, sentence

ARRESTS = "outcomes/arrests"


def voice(  # one for each that a test may vary
    who: str,
    value: str,
    *,
    kind: str = "official",
    stance: str = "supports",
    observer: str | None = None,
    unit: str | None = None,
    drift_metric: str | None = None,
    publisher: str | None = None,
) -> Voice:
    """Return what one source says; who issue a text together are joined by "+"."""
    return Voice(
        source=f"{who}-{value}-{kind}".lower(),
        title="Results",
        kind=kind,
        publisher=publisher or who,
        asserters=tuple(who.split("+")),
        party=None if stance == "not_counted" else who.lower(),
        observer=observer,
        published="2022-11-24",
        url=None,
        value=value,
        unit=unit,
        stance=stance,
        own_count=False,
        locator="lead",
        note=None,
        drift_metric=drift_metric,
    )


def said(
    path: str,
    status: str,
    voices: list[Voice],
    reason: str | None = None,
    agreement: str = "single",
) -> str:
    """Return the sentence on a fact whose value is the first voice's."""
    fact = {
        "status": status,
        "agreement": agreement,
        "source_id": voices[0].source if voices else None,
        "dispute_reason": reason,
    }

    return sentence(path, fact, voices)


NOBODY = "No body outside the operation has counted."


@each(
    "status, voices, expected",
    [
        (
            "documented",
            [voice("INTERPOL", "<1000")],
            f"Documented: INTERPOL's own document says nearly 1,000. {NOBODY}",
        ),
        (
            "documented",
            [voice("INTERPOL", "<1000"), voice("INTERPOL", "1000", kind="news")],
            (
                "Documented: INTERPOL's own document says nearly 1,000; another page agrees with "
                f"it. {NOBODY}"
            ),
        ),
        (
            "documented",
            [voice("INTERPOL", "975", kind="copy"), voice("INTERPOL", "<1000")],
            (
                "Documented: INTERPOL's own document says nearly 1,000, and a page that agrees "
                f"has 975. {NOBODY}"
            ),
        ),
        (
            "joint",
            [voice("INTERPOL", "975"), voice("Europol", "975")],
            f"Joint: INTERPOL and Europol publish 975, from one tally. {NOBODY}",
        ),
        (
            "confirmed",
            [voice("INTERPOL", "975"), voice("A court", "975", observer="court")],
            (
                "Confirmed: INTERPOL and A court could know it apart from each other and say 975; "
                "a document of one of them was read."
            ),
        ),
        (
            "reported",
            [voice("INTERPOL", ">720", kind="news")],
            (
                "Reported: INTERPOL is reported as saying more than 720; no document was read. "
                f"{NOBODY}"
            ),
        ),
        (
            "inconsistent",
            [
                voice("INTERPOL", "53", kind="news", stance="inconsistent"),
                voice("INTERPOL", "101", kind="news", stance="inconsistent"),
                voice("INTERPOL", "53", kind="copy", stance="inconsistent"),
            ],
            (
                "Inconsistent: INTERPOL gives, or is quoted with, 53 and 101; 53 is most common. "
                f"{NOBODY}"
            ),
        ),
        (
            "inconsistent",
            [
                voice("INTERPOL", "53", kind="news", stance="inconsistent"),
                voice("INTERPOL", "101", kind="news", stance="inconsistent"),
            ],
            (
                "Inconsistent: INTERPOL gives, or is quoted with, 53 and 101; 53 is taken; none is "
                f"most common. {NOBODY}"
            ),
        ),
        (
            "disputed",
            [voice("INTERPOL", "975"), voice("Europol", "800", stance="contradicts")],
            f"Disputed: INTERPOL says 975; Europol says 800. They count other days. {NOBODY}",
        ),
        ("unverified", [], "Unverified: no source that counts says anything about it."),
    ],
)
def test_figures(status: str, voices: list[Voice], expected: str) -> None:
    """Each status of a figure has a sentence that says what it rests on."""
    assert expected == said(ARRESTS, status, voices, "They count other days.")


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
    "status, voices, expected",
    [
        (
            "joint",
            [voice("Police", "975", kind="copy"), voice("INTERPOL", "<1000")],
            "Police and INTERPOL agree on 975, from one tally; another page repeats it",
        ),
        (
            "confirmed",
            [voice("INTERPOL", "975"), voice("A court", "<1000", observer="court")],
            "INTERPOL and A court could know it apart from each other and agree on 975; a document",
        ),
        (
            "reported",
            [voice("INTERPOL", "975", kind="news"), voice("Police", "<1000", kind="news")],
            "INTERPOL and Police are reported as agreeing on 975; no document was read",
        ),
        (
            "documented",
            [
                voice("INTERPOL", "~400"),
                voice("INTERPOL", "~400", kind="news"),
                voice("INTERPOL", ">400", kind="news"),
            ],
            "INTERPOL's own document says about 400; 2 other pages repeat or agree with it",
        ),
        (
            "documented",
            [
                voice("INTERPOL", "~400"),
                voice("INTERPOL", "400", kind="news"),
                voice("INTERPOL", ">400", kind="news"),
            ],
            "INTERPOL's own document says about 400; 2 other pages agree with it",
        ),
        (
            "documented",
            [
                voice("INTERPOL", "~400"),
                voice("INTERPOL", "~400", kind="news"),
                voice("INTERPOL", "~400", kind="copy"),
            ],
            "INTERPOL's own document says about 400; 2 other pages repeat it",
        ),
    ],
)
def test_what_agrees_is_not_said_to_be_repeated(
    status: str, voices: list[Voice], expected: str
) -> None:
    """Who says "nearly 1,000" agrees with 975, and neither publishes nor repeats it."""
    assert said(ARRESTS, status, voices).startswith(f"{status.capitalize()}: {expected}")


@each(
    "status, voices, expected",
    [
        (
            "reported",
            [voice("INTERPOL+Europol", "9", kind="news")],
            "INTERPOL and Europol are reported as saying 9; no document was read",
        ),
        (
            "reported",
            [voice("Spanish authorities", "9", kind="news")],
            "Spanish authorities are reported as saying 9; no document was read",
        ),
        (
            "documented",
            [voice("INTERPOL+Europol+WCO", "9", kind="copy")],
            "INTERPOL, Europol and WCO say 9, and a document of their own was read",
        ),
        (
            "inconsistent",
            [voice("Spanish authorities", "9", kind="news", stance="inconsistent")],
            "Spanish authorities give, or are quoted with, 9; 9 is most common",
        ),
        (
            "disputed",
            [voice("INTERPOL+WCO", "9"), voice("FBI", "8", stance="contradicts")],
            "INTERPOL and WCO say 9; FBI says 8",
        ),
        (
            "disputed",
            [
                voice("FBI", "8", stance="contradicts"),
                voice("INTERPOL", ">8"),
                voice("INTERPOL", "9"),
                voice("Europol", "9"),
                voice("WCO", "9"),
            ],
            (
                "INTERPOL says more than 8; in agreement with that, Europol and WCO say 9; "
                "FBI says 8"
            ),
        ),
    ],
)
def test_verbs_agree(status: str, voices: list[Voice], expected: str) -> None:
    """Several bodies, or one whose name is a plural, take a verb in the plural."""
    assert said(ARRESTS, status, voices).startswith(f"{status.capitalize()}: {expected}")


@pytest.mark.parametrize(
    ("voices", "expected"),
    [
        ([voice("Daily", "14", kind="news")], "Daily, which only looks on, reports 14"),
        (
            [voice("Daily", "14", kind="news"), voice("Herald", "14", kind="news")],
            "Daily and Herald, which only look on, report 14",
        ),
        (
            [voice("Agency", "14", kind="news", publisher="Daily")],
            "Agency, which only looks on, is reported as saying 14; no document was read",
        ),
    ],
)
def test_bystanders_report_themselves(voices: list[Voice], expected: str) -> None:
    """A newsroom in its own paper reports; it is quoted only where another carries its word."""
    told = said(ARRESTS, "reported", voices, agreement="none")

    assert f"Reported: {expected}. {NOBODY}" == told


def test_bodies_that_count_as_one_are_named_together() -> None:
    """A ministry and its police are one observer, and are named as one."""
    voices = [
        voice("Ministry", "listed", observer="ministry"),
        voice("Police", "listed", observer="ministry", kind="news"),
        voice("INTERPOL", "listed"),
    ]

    told = said("countries/KOR", "confirmed", voices)

    assert told.startswith("Confirmed: Ministry (with Police) and INTERPOL could know it apart")


@each(
    "status, voices, expected",
    [
        ("documented", [voice("UNODC", "supports")], "Documented: supported by UNODC."),
        (
            "partial",
            [voice("UNODC", "partly", stance="partly")],
            "Partial: UNODC supports a part of it, and nobody the whole.",
        ),
        (
            "partial",
            [voice("UNODC+INTERPOL", "partly", stance="partly")],
            "Partial: UNODC and INTERPOL support a part of it, and nobody the whole.",
        ),
        (
            "refuted",
            [voice("UNODC", "contradicts", stance="contradicts")],
            "Refuted: UNODC contradicts it, and nobody supports it.",
        ),
        (
            "disputed",
            [
                voice("UNODC", "supports"),
                voice("INTERPOL", "contradicts", stance="contradicts"),
            ],
            "Disputed: UNODC supports it; INTERPOL contradicts it.",
        ),
        ("unverified", [], "Unverified: no source that counts says anything about it."),
    ],
)
def test_statements(status: str, voices: list[Voice], expected: str) -> None:
    """A statement in words has a sentence for each status, too."""
    assert expected == said("statement", status, voices)


@pytest.mark.parametrize(
    ("value", "other", "expected"),
    [
        ("1000", "<1000", "lost its hedge"),
        ("<1000", "<1000", None),
        ("1000", "1000", None),
        ("975", "<1000", None),
    ],
)
def test_a_lost_hedge_is_said(value: str, other: str, expected: str | None) -> None:
    """A retelling that turns "nearly 1,000" into 1,000 is told to have lost its hedge."""
    retelling, chosen = voice("INTERPOL", value, kind="news"), voice("INTERPOL", other)

    assert expected == changed_on_the_way(ARRESTS, retelling, chosen)


def test_pages_that_changed_the_word_are_counted() -> None:
    """A sentence says how many pages retell a figure as something else, and as what."""
    told = [
        voice("INTERPOL", "975"),
        *(
            voice(who, "975", kind="news", stance="drifted", drift_metric=metric)
            for who, metric in (("ANSA", "charged"), ("DPA", "charged"), ("EFE", "freed"))
        ),
    ]
    fact = {
        "status": "documented",
        "agreement": "single",
        "source_id": told[0].source,
        "dispute_reason": None,
    }
    names = {"arrests": "Arrests", "charged": "Persons charged"}

    assert (
        f"Documented: INTERPOL's own document says 975. {NOBODY} Two pages say persons charged "
        "instead of arrests. One page says freed instead of arrests."
    ) == sentence(ARRESTS, fact, told, names)


def test_a_dispute_begins_with_the_value_taken() -> None:
    """Agreement is told from it, wherever its source stands in the list."""
    wco, interpol = voice("WCO", ">8"), voice("INTERPOL", "9")
    fact = {
        "status": "disputed",
        "agreement": "disputed",
        "source_id": interpol.source,
        "dispute_reason": None,
    }
    told = sentence(ARRESTS, fact, [wco, interpol, voice("FBI", "8", stance="contradicts")])

    assert told.startswith(
        "Disputed: INTERPOL says 9; in agreement with that, WCO says more than 8; FBI says 8."
    )
