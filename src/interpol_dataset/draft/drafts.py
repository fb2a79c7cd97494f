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


class Said(NamedTuple):
    """What is said of pages besides what they say."""

    language: str | None = None
    published: str | None = None


class Read(NamedTuple):
    """A page, what it is proposed to say, the cases that are like it, and the source that it is."""

    path: Path
    page: Page
    report: Report
    alike: list[Likeness]
    source: Source | None


def draft(
    paths: Sequence[Path],
    root: Path,
    records: Records,
    to: Path,
    case: str | None = None,
    said: Said = Said(),  # noqa: B008  # it can't change
) -> tuple[list[Read], list[Path]]:
    """
    Read saved pages of one operation, and write drafts of its records.

    :param paths: The pages.
    :param root: The project's folder.
    :param records: Its records.
    :param to: The folder to write drafts to.
    :param case: The case that they report; a new one by default.
    :param said: What the pages don't say, or say wrong.
    :returns: The pages, and the files that were written.
    :raises ExportError: A draft would be written over another, or to the records.
    :raises UnknownRecordError: There is no such case.
    """
    if (root / RECORDS).resolve() in [to.resolve(), *to.resolve().parents]:
        raise ExportError(
            "drafts are no records yet", where=str(to), hint="choose a folder outside data/records"
        )
    own = _case(case, records) if case else None
    pages = [_read(path, records, own, said) for path in paths]
    id_ = case or write.case_id(pages[0].page)
    if own:
        reports = (root / RECORDS / "cases" / f"{id_}.yaml").read_text("utf-8").rstrip("\n") + "\n"
    else:
        reports = write.case_text(pages[0].page, id_)

    texts: dict[Path, str] = {}
    for number, read in enumerate(pages, 1):
        publisher = write.publisher_of(read.page, records)
        source = read.source.id if read.source else write.source_id(read.page, publisher, id_)
        path = to / "sources" / f"{source}.yaml"
        if path in texts:
            path = path.with_stem(f"{source}-{number}")
        if read.source is None:
            saved = datetime.fromtimestamp(read.path.stat().st_mtime, UTC).date()
            texts[path] = write.source_text(read.page, path.stem, publisher, saved)
        reports += write.report_text(read.report, path.stem)
    texts[to / "cases" / f"{id_}.yaml"] = reports
    _write(texts)

    return pages, [*texts]


def _case(id_: str, records: Records) -> Case:
    found = {case.id: case for case in records.cases}
    if id_ not in found:
        hint = suggestion(id_, found, "'interpol-dataset list cases --search WORD' finds it")
        raise UnknownRecordError(f"there is no case '{id_}'", hint=hint)

    return found[id_]


def _read(path: Path, records: Records, own: Case | None, said: Said) -> Read:
    page = read_page(path)
    page = replace(
        page,
        language=said.language or page.language,
        published=said.published or page.published,
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
