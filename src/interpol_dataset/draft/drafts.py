"""
Pages read and drafts written: a source for each page, and one case with a report of each.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from interpol_dataset.draft import write
from interpol_dataset.draft.known import alike, names_of_others, operation_name
from interpol_dataset.draft.page import read_page
from interpol_dataset.draft.propose import propose
from interpol_dataset.errors import ExportError, UnknownRecordError
from interpol_dataset.files import write_file
from interpol_dataset.records.folder import RECORDS, read_content
from interpol_dataset.suggest import slug_of, suggestion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from interpol_dataset.draft.known import Likeness
    from interpol_dataset.draft.page import Page
    from interpol_dataset.draft.propose import Report
    from interpol_dataset.records.kinds import Records
    from interpol_dataset.records.models import Case, Source

#: What ids of new operations leave out.
_OPERATION = "operation-"


class Read(NamedTuple):
    """
    A page that was read.

    :param path: The file.
    :param page: What is in it.
    :param report: What it is proposed to say.
    :param alike: The cases that are like it.
    """

    path: Path
    page: Page
    report: Report
    alike: list[Likeness]


class Written(NamedTuple):
    """
    What was drafted.

    :param files: The files that were written.
    :param pages: The pages that were read.
    :param sources: Sources that are the same pages, by the file of the page.
    """

    files: list[Path]
    pages: list[Read]
    sources: dict[Path, Source]


def draft(
    paths: Sequence[Path],
    root: Path,
    records: Records,
    to: Path,
    case: str | None = None,
    said: tuple[str | None, str | None] = (None, None),
) -> Written:
    """
    Read saved pages of one operation, and write drafts of its records.

    :param paths: The pages.
    :param root: The project's folder.
    :param records: Its records.
    :param to: The folder to write drafts to.
    :param case: The case that they report; a new one by default.
    :param said: The language and the date of publication, where the pages don't say them.
    :raises ExportError: A draft would be written over another, or to the records.
    :raises UnknownRecordError: There is no such case.
    """
    if (root / RECORDS).resolve() in [to.resolve(), *to.resolve().parents]:
        raise ExportError(
            "drafts are no records yet", where=str(to), hint="choose a folder outside data/records"
        )
    own = _case(case, records) if case else None
    pages = [_read(path, records, own, said) for path in paths]
    id_ = case or _new_id(pages[0].page)
    known = {it.content_hash: it for it in records.sources} | {it.url: it for it in records.sources}
    sources = {
        it.path: found
        for it in pages
        if (found := known.get(it.page.url or it.page.content_hash))
        or (found := known.get(it.page.content_hash))
    }

    texts = dict[Path, str]()
    reports = ""
    for number, it in enumerate(pages):
        publisher = write.publisher_of(it.page, records)
        source = (
            sources[it.path].id
            if it.path in sources
            else _free(
                write.source_id(it.page, publisher, id_), {path.stem for path in texts}, number
            )
        )
        if it.path not in sources:
            saved = datetime.fromtimestamp(it.path.stat().st_mtime, UTC).date()
            text = write.source_text(it.page, source, publisher, saved)
            texts[to / "sources" / f"{source}.yaml"] = text
        reports += write.report_text(it.report, source)
    begun = _begun(root, own) if own else write.case_text(pages[0].page, id_)
    texts[to / "cases" / f"{id_}.yaml"] = begun + reports
    _write(texts)

    return Written([*texts], pages, sources)


def _case(id_: str, records: Records) -> Case:
    found = {case.id: case for case in records.cases}
    if id_ not in found:
        hint = suggestion(id_, found, "'interpol-dataset list cases --search WORD' finds it")
        raise UnknownRecordError(f"there is no case '{id_}'", hint=hint)

    return found[id_]


def _read(
    path: Path, records: Records, own: Case | None, said: tuple[str | None, str | None]
) -> Read:
    language, published = said
    page = read_page(path)
    page = replace(page, language=language or page.language, published=published or page.published)
    first = propose(page, records)
    nearest = alike(page, first, records)
    mine = own or next((it.case for it in nearest[:1] if it.is_known), None)
    others = names_of_others(page, mine, records)

    return Read(path, page, propose(page, records, others) if others else first, nearest)


def _new_id(page: Page) -> str:
    return slug_of(operation_name(page)).removeprefix(_OPERATION) or "new-operation"


def _free(id_: str, taken: set[str], number: int) -> str:
    return f"{id_}-{number + 1}" if id_ in taken else id_


def _begun(root: Path, case: Case) -> str:
    """Return the record of a case, to which a report is added at its end."""
    path = root / RECORDS / "cases" / f"{case.id}.yaml"

    return read_content(path).decode().rstrip("\n") + "\n"


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
