"""
Worked cases: what the rules make of evidence, one edge at a time.

They are data, so that the documentation shows what the tests check. All of them play in one
operation: INTERPOL ran it with Europol, the WCO and the Korean police.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from interpol_dataset.evidence.families import Body, Frame, case_frame, open_frame
from interpol_dataset.evidence.testimony import STATEMENT, Testimony
from interpol_dataset.evidence.verification import Verdict, verify, verify_statement
from interpol_dataset.records.models import Source
from interpol_dataset.schema.vocabulary import Agreement, OrganizationKind, SourceKind, Status
from interpol_dataset.values.edtf import Edtf
from interpol_dataset.values.fact_path import FactPath
from interpol_dataset.values.quantity import Quantity

__all__ = ["BODIES", "NAMED", "WORKED_CASES", "Said", "WorkedCase", "frame_of", "judge"]

BODIES: Final = {
    "interpol": Body(OrganizationKind.INTERGOVERNMENTAL),
    "europol": Body(OrganizationKind.INTERGOVERNMENTAL),
    "wco": Body(OrganizationKind.INTERGOVERNMENTAL),
    "wco-liaison-office": Body(OrganizationKind.INTERGOVERNMENTAL, parent="wco"),
    "unodc": Body(OrganizationKind.INTERGOVERNMENTAL),
    "korea-police": Body(OrganizationKind.POLICE, "KOR"),
    "korea-ministry": Body(OrganizationKind.GOVERNMENT, "KOR"),
    "hong-kong-police": Body(OrganizationKind.POLICE, "HKG"),
    "uk-parliament": Body(OrganizationKind.PARLIAMENT, "GBR"),
    "war-crimes-tribunal": Body(OrganizationKind.COURT),
    "wildlife-ngo": Body(OrganizationKind.NGO),
    "university": Body(OrganizationKind.ACADEMIC),
    "daily": Body(OrganizationKind.MEDIA),
    "herald": Body(OrganizationKind.MEDIA),
}

#: The organizations that a report names as taking part, besides INTERPOL.
NAMED: Final = ("europol", "wco", "korea-police")

#: What a body's own document is, if it is not official.
_OWN_KIND: Final = {
    OrganizationKind.COURT: SourceKind.COURT,
    OrganizationKind.PARLIAMENT: SourceKind.OVERSIGHT,
    OrganizationKind.NGO: SourceKind.NGO,
    OrganizationKind.ACADEMIC: SourceKind.ACADEMIC,
    OrganizationKind.MEDIA: SourceKind.NEWS,
}


@dataclass(frozen=True, slots=True)
class Said:
    """
    What one source says.

    :param who: On whose word.
    :param value: What, in the notation of the records.
    :param how: Whether it is that body's document, a copy of it, or a retelling.
    :param day: When it was published.
    :param issued_with: The bodies that issued the document together with it.
    :param own_count: Whether it shows that the body counted or saw for itself.
    :param kind: What sort of document it is, if that does not follow from the rest.
    """

    who: str
    value: str
    how: str = "document"
    day: str = "2022-11-24"
    issued_with: tuple[str, ...] = ()
    own_count: bool = False
    kind: SourceKind | None = None


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """
    Evidence for one fact, and what the rules make of it.

    :param title: What it is an example of.
    :param path: The path of the fact.
    :param said: What the sources say.
    :param value: The value that the fact takes; none if no source counts.
    :param status: Its status.
    :param agreement: How those who state it stand to each other.
    :param why: The reason, in one sentence.
    """

    title: str
    path: FactPath
    said: tuple[Said, ...]
    value: str | None
    status: Status
    agreement: Agreement
    why: str


def judge(case: WorkedCase) -> Verdict:
    """Apply the rules to a worked case."""
    said = [_testimony(case.path, number, item) for number, item in enumerate(case.said, start=1)]
    if case.path == STATEMENT:
        return verify_statement(said, open_frame(BODIES, BODIES))

    joint = [item.asserters for item in said if len(item.asserters) > 1]

    return verify(said, frame_of(*joint), case.path)


def frame_of(*joint_texts: tuple[str, ...]) -> Frame:
    """Return who is who in the operation of the worked cases."""
    return case_frame(
        BODIES, concerned=BODIES, named=NAMED, joint_texts=joint_texts, apart=["korea-police"]
    )


def _testimony(path: FactPath, number: int, said: Said) -> Testimony:
    kind, publisher = _document(said)

    source = Source(
        id=f"{number}-{said.who}",
        kind=said.kind or kind,
        publisher=publisher,
        asserter=said.who,
        issued_with=said.issued_with,
        title="A document",
        url="https://example.org",
        published=Edtf.parse(said.day),
        retrieved=date.fromisoformat(said.day),
        language="en",
    )

    return Testimony(path, source, _value(path, said.value), own_count=said.own_count)


def _document(said: Said) -> tuple[SourceKind, str]:
    """Return the kind of the document and who carries it."""
    match said.how:
        case "document":
            return _OWN_KIND.get(BODIES[said.who].kind, SourceKind.OFFICIAL), said.who
        case "copy":
            return SourceKind.COPY, "herald"
        case _:
            return SourceKind.NEWS, "herald"


def _value(path: FactPath, text: str) -> Quantity | Edtf | date | str:
    match path.kind:
        case "outcomes" | "country_count":
            return Quantity.parse(text)
        case "period":
            return Edtf.parse(text)
        case "announced":
            return date.fromisoformat(text)
        case _:
            return text


_ARRESTS: Final = FactPath("outcomes/arrests")

_WHO_SPEAKS: Final = (
    WorkedCase(
        "A release",
        _ARRESTS,
        (Said("interpol", "975"),),
        "975",
        Status.DOCUMENTED,
        Agreement.SINGLE,
        "One body's own document was read, and nobody else speaks.",
    ),
    WorkedCase(
        "Ten newspapers, one release",
        _ARRESTS,
        (Said("interpol", "975", "retelling"), Said("interpol", "975", "retelling")),
        "975",
        Status.REPORTED,
        Agreement.SINGLE,
        "Retellings of one body are one voice, and its document was not read.",
    ),
    WorkedCase(
        "A wrong digit in a newspaper",
        _ARRESTS,
        (Said("interpol", "975"), Said("interpol", "957", "retelling")),
        "975",
        Status.DOCUMENTED,
        Agreement.SINGLE,
        "The document speaks for INTERPOL; the retelling deviates and does no harm.",
    ),
    WorkedCase(
        "A later count",
        _ARRESTS,
        (Said("interpol", "900"), Said("interpol", "975", day="2023-03-01")),
        "975",
        Status.DOCUMENTED,
        Agreement.SINGLE,
        "A body speaks with its latest document; the older one is superseded.",
    ),
    WorkedCase(
        "Two papers of one day",
        _ARRESTS,
        (Said("interpol", "90"), Said("interpol", "75")),
        "75",
        Status.INCONSISTENT,
        Agreement.INCONSISTENT,
        "INTERPOL contradicts itself; no other party is in dispute with it.",
    ),
    WorkedCase(
        "Retellings that differ",
        _ARRESTS,
        (
            Said("interpol", "53", "retelling"),
            Said("interpol", "101", "retelling"),
            Said("interpol", "53", "retelling"),
        ),
        "53",
        Status.INCONSISTENT,
        Agreement.INCONSISTENT,
        "Without a document nobody knows what INTERPOL said; shown is what most retellings say.",
    ),
    WorkedCase(
        "A party that contradicts itself is silent",
        _ARRESTS,
        (
            Said("interpol", "53", "retelling"),
            Said("interpol", "101", "retelling"),
            Said("europol", "60"),
        ),
        "60",
        Status.DOCUMENTED,
        Agreement.SINGLE,
        "Europol alone speaks; whichever number INTERPOL gave makes no dispute.",
    ),
    WorkedCase(
        "A copy before retellings",
        _ARRESTS,
        (Said("interpol", "<1000", "copy"), Said("interpol", "975", "retelling")),
        "<1000",
        Status.REPORTED,
        Agreement.SINGLE,
        "A copy speaks where no document was read, but is not a document.",
    ),
    WorkedCase(
        "A newsroom of its own",
        _ARRESTS,
        (Said("daily", "975"),),
        "975",
        Status.REPORTED,
        Agreement.NONE,
        "A bystander is heard where no party speaks.",
    ),
    WorkedCase(
        "Bystanders that differ",
        _ARRESTS,
        (Said("daily", "975"), Said("herald", "800", day="2022-11-23")),
        "975",
        Status.REPORTED,
        Agreement.NONE,
        "Bystanders dispute nothing; of two newsrooms the later is quoted.",
    ),
    WorkedCase(
        "A newsroom beside a release",
        _ARRESTS,
        (Said("interpol", "975"), Said("daily", "800")),
        "975",
        Status.DOCUMENTED,
        Agreement.SINGLE,
        "A bystander is not heard where a party speaks, not even against it.",
    ),
    WorkedCase(
        "An organization that counted for itself",
        _ARRESTS,
        (Said("interpol", "975"), Said("wildlife-ngo", "975", own_count=True)),
        "975",
        Status.CONFIRMED,
        Agreement.INDEPENDENT,
        "With a count of its own it is no bystander but an observer.",
    ),
    WorkedCase(
        "A content site",
        _ARRESTS,
        (Said("interpol", "975", kind=SourceKind.CONTENT_SITE),),
        None,
        Status.UNVERIFIED,
        Agreement.NONE,
        "Sites without authors or editors never count.",
    ),
)

_WHO_OBSERVES: Final = (
    WorkedCase(
        "One tally, two press offices",
        _ARRESTS,
        (Said("interpol", "975"), Said("europol", "975")),
        "975",
        Status.JOINT,
        Agreement.JOINT,
        "The bodies of an operation share its tally; that both publish it is no second count.",
    ),
    WorkedCase(
        "One tally, no document",
        _ARRESTS,
        (Said("interpol", "975", "copy"), Said("europol", "975", "retelling")),
        "975",
        Status.REPORTED,
        Agreement.JOINT,
        "Two parties are one observer here, and no document was read.",
    ),
    WorkedCase(
        "A body of the operation that counted for itself",
        _ARRESTS,
        (Said("interpol", "975"), Said("europol", "975", own_count=True)),
        "975",
        Status.CONFIRMED,
        Agreement.INDEPENDENT,
        "Europol's own count stands apart from the shared tally.",
    ),
    WorkedCase(
        "A parliament that looked into it",
        _ARRESTS,
        (Said("interpol", "975"), Said("uk-parliament", "975")),
        "975",
        Status.CONFIRMED,
        Agreement.INDEPENDENT,
        "A parliament of a state that took no part is an observer of its own.",
    ),
    WorkedCase(
        "A tribunal, by hearsay",
        _ARRESTS,
        (
            Said("interpol", "12", "retelling"),
            Said("war-crimes-tribunal", "12", "retelling"),
        ),
        "12",
        Status.CORROBORATED,
        Agreement.INDEPENDENT,
        "Two observers agree, but neither's document was read.",
    ),
    WorkedCase(
        "The share of a country",
        FactPath("outcomes/arrests@KOR"),
        (Said("interpol", "40"), Said("korea-police", "40")),
        "40",
        Status.CONFIRMED,
        Agreement.INDEPENDENT,
        "Korea's police know their own arrests; INTERPOL has them from its roster.",
    ),
    WorkedCase(
        "The share of a country, told by others",
        FactPath("outcomes/arrests@KOR"),
        (Said("interpol", "40"), Said("europol", "40")),
        "40",
        Status.JOINT,
        Agreement.JOINT,
        "INTERPOL and Europol share one roster, and Korea itself does not speak.",
    ),
    WorkedCase(
        "A ministry and its police",
        FactPath("outcomes/arrests@KOR"),
        (Said("korea-ministry", "40"), Said("korea-police", "40")),
        "40",
        Status.JOINT,
        Agreement.JOINT,
        "The bodies of one state are one observer, though two parties.",
    ),
    WorkedCase(
        "A territory is not its state's",
        FactPath("countries/HKG"),
        (Said("interpol", "listed"), Said("hong-kong-police", "listed")),
        "listed",
        Status.CONFIRMED,
        Agreement.INDEPENDENT,
        "Hong Kong's police know of their own part.",
    ),
    WorkedCase(
        "A body and its office",
        FactPath("organizations/wco"),
        (Said("wco", "co-lead"), Said("wco-liaison-office", "co-lead")),
        "co-lead",
        Status.JOINT,
        Agreement.JOINT,
        "An office is one body with the organization that it is part of.",
    ),
    WorkedCase(
        "That there was an operation",
        FactPath("exists"),
        (Said("interpol", "described"), Said("europol", "described", "retelling")),
        "described",
        Status.CONFIRMED,
        Agreement.INDEPENDENT,
        "Each party knows by itself that there was an operation.",
    ),
    WorkedCase(
        "A joint release on two sites",
        FactPath("exists"),
        (
            Said("interpol", "described", issued_with=("wco",)),
            Said("wco", "described", issued_with=("interpol",)),
        ),
        "described",
        Status.DOCUMENTED,
        Agreement.SINGLE,
        "A text that two bodies issue together is one voice.",
    ),
    WorkedCase(
        "A joint release, and the police of a country",
        FactPath("outcomes/arrests@KOR"),
        (
            Said("interpol", "40", issued_with=("korea-police",)),
            Said("korea-police", "40"),
        ),
        "40",
        Status.DOCUMENTED,
        Agreement.SINGLE,
        "On Korea's own part the joint text is Korea's voice, so Korea speaks once.",
    ),
)

_WHAT_AGREES: Final = (
    WorkedCase(
        "A hedge that was dropped",
        FactPath("country_count"),
        (Said("interpol", ">720"), Said("europol", "720", day="2022-11-20")),
        ">720",
        Status.JOINT,
        Agreement.JOINT,
        "The points are equal, and a number that only lost its hedge is not finer.",
    ),
    WorkedCase(
        "Rounded",
        _ARRESTS,
        (Said("interpol", "20000"), Said("europol", "19973", day="2022-11-20")),
        "19973",
        Status.JOINT,
        Agreement.JOINT,
        "One is the other rounded, and the finer exact number is shown.",
    ),
    WorkedCase(
        "Cut off, but too much",
        _ARRESTS,
        (Said("interpol", "1000"), Said("europol", "1060", day="2022-11-20")),
        "1000",
        Status.DISPUTED,
        Agreement.DISPUTED,
        "A rounded number may be 5 % off, not more.",
    ),
    WorkedCase(
        "Small counts are not rounded",
        FactPath("country_count"),
        (Said("interpol", "40"), Said("europol", "39", day="2022-11-20")),
        "40",
        Status.DISPUTED,
        Agreement.DISPUTED,
        "Below 100 a count is told as it is.",
    ),
    WorkedCase(
        "More than",
        FactPath("outcomes/seizures"),
        (Said("interpol", ">600"), Said("europol", ">247", day="2022-11-20")),
        ">600",
        Status.DISPUTED,
        Agreement.DISPUTED,
        "Nobody who counted more than 600 says more than 247.",
    ),
    WorkedCase(
        "About",
        _ARRESTS,
        (Said("interpol", "~50"), Said("europol", "48", day="2022-11-20")),
        "48",
        Status.JOINT,
        Agreement.JOINT,
        "48 lies within 10 % of 50, and is the finer exact number.",
    ),
    WorkedCase(
        "About against about",
        _ARRESTS,
        (Said("interpol", "~50"), Said("europol", "~41", day="2022-11-20")),
        "~50",
        Status.DISPUTED,
        Agreement.DISPUTED,
        "A point is held against a room, never room against room.",
    ),
    WorkedCase(
        "Nearly",
        _ARRESTS,
        (Said("interpol", "<1000"), Said("europol", "975", "retelling")),
        "<1000",
        Status.JOINT,
        Agreement.JOINT,
        "975 is nearly 1,000, but a retelling has a worse standing than a document.",
    ),
    WorkedCase(
        "Up to",
        _ARRESTS,
        (Said("interpol", "<=50"), Said("europol", "12", day="2022-11-20")),
        "12",
        Status.JOINT,
        Agreement.JOINT,
        "Up to 50 leaves room from 0 to 50.",
    ),
    WorkedCase(
        "Between",
        _ARRESTS,
        (Said("interpol", "900..1000"), Said("europol", "950", day="2022-11-20")),
        "950",
        Status.JOINT,
        Agreement.JOINT,
        "The number lies in the range and is finer than it.",
    ),
    WorkedCase(
        "A finer period",
        FactPath("period"),
        (Said("interpol", "2022-06"), Said("europol", "2022-06-03/2022-06-10", day="2022-11-20")),
        "2022-06-03/2022-06-10",
        Status.JOINT,
        Agreement.JOINT,
        "Both can mean the same days; the narrower period is shown.",
    ),
    WorkedCase(
        "Another end",
        FactPath("period"),
        (
            Said("interpol", "2022-06-03/2022-06-10"),
            Said("europol", "2022-06-03/2022-06-11", day="2022-11-20"),
        ),
        "2022-06-03/2022-06-10",
        Status.DISPUTED,
        Agreement.DISPUTED,
        "Both the beginning and the end have to agree.",
    ),
    WorkedCase(
        "Within a party the finest",
        _ARRESTS,
        (
            Said("interpol", "4400", "retelling"),
            Said("interpol", "4419", "retelling"),
            Said("interpol", "4400", "retelling"),
        ),
        "4419",
        Status.REPORTED,
        Agreement.SINGLE,
        "A newspaper that rounds says the same as one that does not.",
    ),
    WorkedCase(
        "Within a party most often",
        _ARRESTS,
        (
            Said("interpol", "720", "retelling"),
            Said("interpol", ">720", "retelling"),
            Said("interpol", "720", "retelling"),
        ),
        "720",
        Status.REPORTED,
        Agreement.SINGLE,
        "Both are equally fine, and more retellings have no hedge.",
    ),
    WorkedCase(
        "In a tie the hedge",
        _ARRESTS,
        (Said("interpol", "720", "retelling"), Said("interpol", ">720", "retelling")),
        ">720",
        Status.REPORTED,
        Agreement.SINGLE,
        "Retellings drop hedges and do not invent them.",
    ),
)

_OWN_RULES: Final = (
    WorkedCase(
        "Another word for a role",
        FactPath("interpol_role"),
        (
            Said("interpol", "coordinated"),
            Said("europol", "supported"),
            Said("wco", "supported"),
        ),
        "supported",
        Status.JOINT,
        Agreement.JOINT,
        "Roles never contradict; the word with the strongest status is shown.",
    ),
    WorkedCase(
        "Saying less is no support",
        FactPath("organizations/europol"),
        (Said("interpol", "co-lead"), Said("europol", "partner", "retelling")),
        "co-lead",
        Status.DOCUMENTED,
        Agreement.SINGLE,
        "Only the same word supports; the other is a variant.",
    ),
    WorkedCase(
        "Two words of one party",
        FactPath("organizations/europol"),
        (
            Said("interpol", "partner", "retelling"),
            Said("interpol", "co-lead", "retelling"),
            Said("interpol", "partner", "retelling"),
        ),
        "partner",
        Status.REPORTED,
        Agreement.SINGLE,
        "Words for a role do not contradict, so the party is not inconsistent.",
    ),
    WorkedCase(
        "Two words of one party add to no other's",
        FactPath("interpol_role"),
        (
            Said("interpol", "coordinated", "retelling"),
            Said("interpol", "co-led", "retelling"),
            Said("unodc", "co-led", "retelling", day="2022-11-30"),
        ),
        "co-led",
        Status.REPORTED,
        Agreement.SINGLE,
        "Otherwise one more retelling could strengthen a status.",
    ),
    WorkedCase(
        "The first to announce",
        FactPath("announced"),
        (
            Said("interpol", "2022-11-24"),
            Said("europol", "2022-11-23"),
            Said("wco", "2022-11-20", "retelling"),
        ),
        "2022-11-23",
        Status.DOCUMENTED,
        Agreement.SINGLE,
        "The earliest day in a document counts, and other days are no dispute.",
    ),
    WorkedCase(
        "Announced on one day",
        FactPath("announced"),
        (Said("interpol", "2022-11-24"), Said("europol", "2022-11-24")),
        "2022-11-24",
        Status.JOINT,
        Agreement.JOINT,
        "Both announced it on that day.",
    ),
    WorkedCase(
        "A complete list in a release",
        FactPath("countries/KOR"),
        (Said("interpol", "not listed", day="2022-11-20"), Said("korea-police", "listed")),
        "listed",
        Status.DISPUTED,
        Agreement.DISPUTED,
        "A complete list in a document says that Korea took no part.",
    ),
    WorkedCase(
        "A complete list in a newspaper",
        FactPath("countries/KOR"),
        (Said("interpol", "not listed", "retelling"), Said("korea-police", "listed")),
        "listed",
        Status.DOCUMENTED,
        Agreement.SINGLE,
        "Newspapers shorten lists, so what they leave out says nothing.",
    ),
)

_STATEMENTS: Final = (
    WorkedCase(
        "A statement that two support",
        FactPath("statement"),
        (Said("unodc", "supports"), Said("university", "supports")),
        "supports",
        Status.CONFIRMED,
        Agreement.INDEPENDENT,
        "Whoever speaks about a statement in words is a party and an observer.",
    ),
    WorkedCase(
        "A statement that holds in part",
        FactPath("statement"),
        (Said("unodc", "partly"),),
        None,
        Status.PARTIAL,
        Agreement.NONE,
        "Nobody supports the whole of it.",
    ),
    WorkedCase(
        "A statement that some support and some contradict",
        FactPath("statement"),
        (Said("unodc", "supports"), Said("university", "contradicts")),
        "supports",
        Status.DISPUTED,
        Agreement.DISPUTED,
        "Two parties contradict each other.",
    ),
    WorkedCase(
        "A statement that is wrong",
        FactPath("statement"),
        (Said("unodc", "contradicts"), Said("university", "partly")),
        None,
        Status.REFUTED,
        Agreement.NONE,
        "It is contradicted, and nobody supports the whole of it.",
    ),
    WorkedCase(
        "A statement that one body both supports and contradicts",
        FactPath("statement"),
        (Said("unodc", "supports", "retelling"), Said("unodc", "contradicts", "retelling")),
        None,
        Status.INCONSISTENT,
        Agreement.INCONSISTENT,
        "A party that contradicts itself is silent.",
    ),
    WorkedCase(
        "A statement without evidence",
        FactPath("statement"),
        (),
        None,
        Status.UNVERIFIED,
        Agreement.NONE,
        "No source says anything about it.",
    ),
)

#: All worked cases, in the order in which they are read.
WORKED_CASES: Final = (*_WHO_SPEAKS, *_WHO_OBSERVES, *_WHAT_AGREES, *_OWN_RULES, *_STATEMENTS)
