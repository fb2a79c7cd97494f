"""
Worked cases: what the rules make of evidence, one edge at a time.

They are data, so that the documentation shows what the tests check. All of them play in one
operation: INTERPOL ran it with Europol, the WCO and the Korean police.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import yaml

from interpol_dataset.docs import markdown
from interpol_dataset.evidence.families import Body, Frame, case_frame, open_frame
from interpol_dataset.evidence.testimony import STATEMENT, Testimony
from interpol_dataset.evidence.verification import Verdict, verify, verify_statement
from interpol_dataset.records.models import Source
from interpol_dataset.schema.vocabulary import (
    OrganizationKind,
    SourceKind,
    StatementVerdict,
    Status,
    Variance,
)
from interpol_dataset.values.edtf import Edtf
from interpol_dataset.values.fact_path import FactPath
from interpol_dataset.values.quantity import Quantity
from interpol_dataset.values.words import quantity_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    :param how: Whether it is that body's document, a copy of it, a quotation or a retelling.
    :param day: When it was published.
    :param issued_with: The bodies that issued the document together with it.
    :param own_count: Whether it shows that the body counted or saw for itself.
    :param as_of: Up to when it counts.
    :param kind: What sort of document it is, if that does not follow from the rest.
    """

    who: str
    value: str
    how: str = "document"
    day: str = "2022-11-24"
    issued_with: tuple[str, ...] = ()
    own_count: bool = False
    as_of: str | None = None
    kind: SourceKind | None = None


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """
    Evidence for one fact, and what the rules make of it.

    :param title: What it is an example of.
    :param path: The path of the fact.
    :param said: What the sources say.
    :param value: The value that the fact takes; none if no source counts.
    :param status: Its status, or the verdict on a statement.
    :param variance: Why they differ, where the record says so.
    :param why: The reason, in one sentence.
    """

    title: str
    path: FactPath
    said: tuple[Said, ...]
    value: str | None
    status: Status | StatementVerdict
    why: str
    variance: Variance | None = None


def judge(case: WorkedCase) -> Verdict:
    """Apply the rules to a worked case."""
    said = [_testimony(case.path, number, item) for number, item in enumerate(case.said, start=1)]
    if case.path == STATEMENT:
        return verify_statement(said, open_frame(BODIES, BODIES))

    joint = [item.asserters for item in said if len(item.asserters) > 1]

    return verify(said, frame_of(*joint), case.path, variance=case.variance)


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
        text_of=said.who if said.how == "copy" else None,
        title="A document",
        url="https://example.org",
        published=Edtf.parse(said.day),
        retrieved=date.fromisoformat(said.day),
        language="en",
    )

    return Testimony(
        path,
        source,
        _value(path, said.value),
        attributed_to=said.who if said.how == "quotation" else None,
        own_count=said.own_count,
        as_of=Edtf.parse(said.as_of) if said.as_of else None,
    )


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


def _read() -> dict[str, tuple[WorkedCase, ...]]:
    """Read the worked cases, by chapter."""
    text = files(__package__).joinpath("worked_cases.yaml").read_text("utf-8")

    return {
        chapter["chapter"]: tuple(map(_worked_case, chapter["cases"]))
        for chapter in yaml.safe_load(text)
    }


def _worked_case(data: dict[str, Any]) -> WorkedCase:
    return WorkedCase(
        **data
        | {
            "path": FactPath.parse(data["path"]),
            "said": tuple(_said(item) for item in data["said"]),
            "status": _term(data["status"]),
            "variance": Variance(data["variance"]) if "variance" in data else None,
        }
    )


def _term(word: str) -> Status | StatementVerdict:
    return Status(word) if word in {*Status} else StatementVerdict(word)


def _said(data: dict[str, Any]) -> Said:
    kind = SourceKind(data["kind"]) if "kind" in data else None

    return Said(**data | {"issued_with": tuple(data.get("issued_with", ())), "kind": kind})


#: The worked cases by chapter.
CHAPTERS: Final = _read()

#: All worked cases.
WORKED_CASES: Final = tuple(case for cases in CHAPTERS.values() for case in cases)


def worked_cases() -> str:
    """Render the worked cases as a page."""
    return markdown.page("worked-cases", chapters=_chapters())


def _chapters() -> Iterator[str]:
    for chapter, cases in CHAPTERS.items():
        yield from ("", f"## {chapter}", "")
        yield from markdown.table(
            ("case", "who says what", "value", "status", "why"), map(_row, cases)
        )


def _row(case: WorkedCase) -> tuple[str, ...]:
    said = "; ".join(_told(case.path, item) for item in case.said)
    value = "" if case.value is None else _shown(case.path, case.value)

    return case.title, said, value, f"`{case.status}`", case.why


def _told(path: FactPath, said: Said) -> str:
    """Write who says what, and how near to its own words."""
    names = " and ".join((said.who, *said.issued_with))
    how = "" if said.how == "document" else f", {said.how}"
    counted = ", own count" if said.own_count else ""
    until = f", as of {said.as_of}" if said.as_of else ""

    return f"{names}{how}{counted}{until}: {_shown(path, said.value)}"


def _shown(path: FactPath, value: str) -> str:
    return quantity_in_words(Quantity.parse(value)) if path.is_figure else value
