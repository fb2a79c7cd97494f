"""Tests of :mod:`interpol_dataset.rules.verdicts`: what a court took back, and as of when."""

# ruff: noqa: RUF001  # other scripts

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Final

from helpers.mini import change
from interpol_dataset.evidence.nature import is_judicial
from interpol_dataset.records.folder import read_records
from interpol_dataset.rules import gate, verdicts
from interpol_dataset.rules.verdicts import verdict_words

if TYPE_CHECKING:
    from interpol_dataset.records.kinds import Records

RETOLD: Final = "      - {metric: arrests, value: 945, at: lead}\n"

#: Of each language what a page may say when a court took something back.
TAKEN_BACK: Final = {
    "ar": "قضت المحكمة ببراءة رجلين",
    "da": "Tre tiltalte blev frifundet i landsretten",
    "de": "Gericht: zwei Angeklagte freigesprochen",
    "el": "Αθώοι οι δύο κατηγορούμενοι",
    "en": "the conviction was overturned",
    "es": "El tribunal absuelve a dos acusados",
    "fi": "Kolme vapautettiin syytteistä",
    "fr": "La cour d'appel relaxe : les trois prévenus ont été relaxés",
    "id": "Terdakwa dibebaskan",
    "it": "Assolti in appello i tre imputati",
    "ja": "二人に無罪判決",
    "ko": "두 사람 무죄 확정",
    "nl": "Het hof sprak hen vrij: vrijgesproken",
    "nn": "To menn frikjende",
    "no": "To menn ble frikjent",
    "pt": "Supremo absolveu dois arguidos",
    "ru": "Суд оправдал обвиняемых",
    "sv": "Två åtalade frias i hovrätten",
    "vi": "Toà tuyên vô tội",
}

#: What is said of other things than verdicts.
HARMLESS: Final = (
    "Customs clearance took days.",
    "A Nullarbor patrol; a nuller; the equation is irreversible.",
    "Found guilty and sentenced to six years, as the court of appeal confirmed.",
)


def _findings(project: Path, *lines: str) -> list[str]:
    """Make the newsroom of the small project say something else, and check it."""
    change(project, "cases/alpha-ii.yaml", RETOLD, "".join(f"      - {{{x}}}\n" for x in lines))

    return [item.rule for item in gate.findings(read_records(project / "data" / "records"))]


def test_there_are_words_for_the_languages_of_the_pages(records: Records) -> None:
    """Each language in which a case with a judicial figure has a source has its words."""
    sources = {source.id: source for source in records.sources}
    languages = {
        sources[report.source].language
        for case in records.cases
        if any(is_judicial(o.fact) for report in case.reports for o in report.outcomes)
        for report in case.reports
    }
    with Path(verdicts.__file__).with_name("verdicts.csv").open(encoding="utf-8") as file:
        listed = {row["language"] for row in csv.DictReader(file) if row["kind"] == "taken-back"}

    assert languages <= listed
    assert languages <= {*TAKEN_BACK}


def test_what_was_taken_back_is_seen() -> None:
    """In each language an acquittal is found; words that only contain the words are left alone."""
    find = verdict_words("taken-back").search

    assert [language for language, text in TAKEN_BACK.items() if not find(text)] == []
    assert [text for text in HARMLESS if find(text)] == []


def test_only_a_judicial_figure_that_stands_is_a_fault(project: Path) -> None:
    """An acquittal may be noted where nothing is counted that it takes back."""
    arrests = "metric: arrests, value: 945, at: lead, note: all were acquitted later"
    drifted = "drift_of: outcomes/arrests, metric: persons-charged, value: 975, at: lead"

    assert [] == _findings(project, arrests)
    change(project, "cases/alpha-ii.yaml", f"      - {{{arrests}}}\n", RETOLD)
    assert [] == _findings(project, f"{drifted}, note: quashed in part")


def test_a_reason_excuses_what_was_taken_back_but_no_missing_date(project: Path) -> None:
    """Whoever says what stands still has to say as of when."""
    figure = "metric: persons-charged, value: 3, at: lead, note: 'on appeal, two acquitted'"

    assert ["POL025", "MNG032"] == sorted(_findings(project, figure), reverse=True)
    line = f"      - {{{figure}}}\n"
    reason = "      # allow POL025: the three are those found guilty\n"
    change(project, "cases/alpha-ii.yaml", line, reason + line)
    change(
        project,
        "cases/alpha-ii.yaml",
        "value: 3, at: lead, note",
        "value: 3, as_of: 2022-12, at: lead, note",
    )
    assert () == gate.findings(read_records(project / "data" / "records"))
