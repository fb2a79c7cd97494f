"""The worked cases of the documentation, judged by the rules."""

from datetime import date
from pathlib import Path
from typing import Final

import yaml

from interpol_dataset import docs
from interpol_dataset.evidence.parties import Body, Frame, case_frame, open_frame
from interpol_dataset.evidence.testimony import STATEMENT, Testimony
from interpol_dataset.evidence.verification import Verdict, verify, verify_statement
from interpol_dataset.records.models import Model, Source
from interpol_dataset.schema import vocabulary as v
from interpol_dataset.schema.fields import PathOfFact
from interpol_dataset.schema.vocabulary import OrganizationKind, SourceKind
from interpol_dataset.values.edtf import Edtf
from interpol_dataset.values.fact_path import FactPath
from interpol_dataset.values.quantity import Quantity


class Said(Model):
    """What one source says, on whose word; the value is in the notation of the records."""

    who: str
    value: str
    how: str = "document"  # or a copy, a quotation, a retelling
    day: str = "2022-11-24"
    issued_with: tuple[str, ...] = ()
    own_count: bool = False
    as_of: str | None = None
    kind: v.SourceKind | None = None  # if it does not follow from the rest


class WorkedCase(Model):
    """Evidence for one fact, and what the rules make of it: no value if no source counts."""

    title: str
    path: PathOfFact
    said: tuple[Said, ...]
    value: str | None
    status: v.Status | v.StatementVerdict
    why: str
    variance: v.Variance | None = None
    on_page: bool = True


_CHAPTERS = yaml.safe_load(Path(docs.__file__).with_name("worked_cases.yaml").read_text("utf-8"))
WORKED_CASES: Final = tuple(
    WorkedCase.model_validate(case) for chapter in _CHAPTERS for case in chapter["cases"]
)

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
