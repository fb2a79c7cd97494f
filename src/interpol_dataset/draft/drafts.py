"""
Pages read and drafts written: a source for each page, and one case with a report of each.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from interpol_dataset.draft import write
from interpol_dataset.draft.known import alike, names_of_others
from interpol_dataset.draft.page import read_page
from interpol_dataset.draft.propose import propose
from interpol_dataset.errors import ExportError, UnknownRecordError
from interpol_dataset.files import write_file
from interpol_dataset.records.folder import RECORDS
from interpol_dataset.suggest import suggestion

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from interpol_dataset.draft.known import Likeness
    from interpol_dataset.draft.page import Page
    from interpol_dataset.draft.propose import Report
    from interpol_dataset.records.kinds import Records
    from interpol_dataset.records.models import Case, Source


class Read(NamedTuple):
    """A page, what it is proposed to say, the cases that are like it, and the source that it is."""

    path: Path
    page: Page
    report: Report
    alike: list[Likeness]
    source: Source | None


def read(
    path: Path, records: Records, own: Case | None, language: str | None, published: str | None
) -> Read:
    """
    Read a saved page.

    :param path: Its file.
    :param records: The records.
    :param own: The case that it reports, if that is said.
    :param language: Its language, if that is said.
    :param published: When it was published, if that is said.
    """
    page = read_page(path)
    page = replace(
        page, language=language or page.language, published=published or page.published
    )
    report = propose(page, records)
    nearest = alike(page, report, records)
    mine = own or next((it.case for it in nearest[:1] if it.is_known), None)
    if others := names_of_others(page, mine, records):
        report = propose(page, records, others)
    hash_ = page.content_hash
    same = (it for it in records.sources if hash_ and it.content_hash == hash_)
    here = (it for it in records.sources if page.url and page.url == it.url)

    return Read(path, page, report, nearest, next(same, None) or next(here, None))


def case_of(id_: str, records: Records) -> Case:
    """
    Return a case.

    :raises UnknownRecordError: There is none.
    """
    found = {case.id: case for case in records.cases}
    if id_ not in found:
        hint = suggestion(id_, found, "'interpol-dataset list cases --search WORD' finds it")
        raise UnknownRecordError(f"there is no case '{id_}'", hint=hint)

    return found[id_]


def write_drafts(
    pages: Sequence[Read], root: Path, records: Records, to: Path, own: Case | None
) -> list[Path]:
    """
    Write drafts of the records of one operation.

    :param pages: What was read of it.
    :param root: The project's folder.
    :param records: Its records.
    :param to: The folder to write to.
    :param own: The case, if there is a record of it.
    :returns: The files.
    :raises ExportError: A draft would be written over another, or to the records.
    """
    folder = root / RECORDS
    if folder.resolve() in [to.resolve(), *to.resolve().parents]:
        raise ExportError(
            "drafts are no records yet", where=str(to), hint="choose a folder outside data/records"
        )
    if own:
        id_ = own.id
        case = (folder / "cases" / f"{id_}.yaml").read_text("utf-8").rstrip("\n") + "\n"
    else:
        id_ = write.case_id(pages[0].page)
        case = write.case_text(pages[0].page, id_)

    texts: dict[Path, str] = {}
    for number, it in enumerate(pages, 1):
        publisher = write.publisher_of(it.page, records)
        source = it.source.id if it.source else write.source_id(it.page, publisher, id_)
        path = to / "sources" / f"{source}.yaml"
        if path in texts:
            path = path.with_stem(f"{source}-{number}")
        if it.source is None:
            saved = datetime.fromtimestamp(it.path.stat().st_mtime, UTC).date()
            texts[path] = write.source_text(it.page, path.stem, publisher, saved)
        case += write.report_text(it.report, path.stem)
    texts[to / "cases" / f"{id_}.yaml"] = case
    _write(texts)

    return [*texts]


def _write(texts: dict[Path, str]) -> None:
    for path in texts:
        if path.exists():
            raise ExportError(
                "there is a draft already",
                where=str(path),
                hint="move it away, or write to another folder with --to",
            )
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_file(path, text.encode())
