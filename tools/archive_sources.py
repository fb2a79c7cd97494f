"""
Ask the addresses of sources whether they still answer, and keep what shows what was read there.

Into the record of a source that answers goes the hash of its text, and into that of any source the
address of a copy, if an archive has one. What is gone, has moved or says something else is listed,
and somebody has to look.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import quote

import click
import httpx
from safe_fetch import Answer, Limits, UnsafeAddressError, fetch

from interpol_dataset.cli.terminal import print_error, progress
from interpol_dataset.errors import InterpolDatasetError, UnknownRecordError
from interpol_dataset.files import write_file
from interpol_dataset.records import models as m
from interpol_dataset.records.document import parse
from interpol_dataset.records.folder import RECORDS, read_content, read_records
from interpol_dataset.records.formatter import reformat
from interpol_dataset.suggest import suggestion
from interpol_dataset.values.web import canonical, content_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from interpol_dataset.records.parse import Entry

#: The Internet Archive's interface that says whether it has a copy.
ARCHIVE: Final = "https://archive.org/wayback/available"

_TOO_MANY: Final = 429
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_COPY: Final = re.compile(r"https?://[^\x00-\x20\x7f-\xa0/?#]+/[^\x00-\x20\x7f-\xa0]{0,400}")
_STAMP: Final = re.compile(r"/([0-9]{14})(?:[a-z]{2}_)?/")


class State(StrEnum):
    """What became of an address."""

    ANSWERS = "answers"
    CHANGED = "changed"  # it answers, with another text than was read
    MOVED = "moved"  # another address answers for it
    GONE = "gone"  # 404 and 410
    REFUSED = "refused"  # 401, 403, 429, 451: it may answer a reader
    FAILS = "fails"  # any other status
    SLOW = "slow"
    UNREACHABLE = "unreachable"
    UNSAFE = "unsafe"  # it was not asked


class Result(NamedTuple):
    """
    What was found of a source.

    :param source: Its id.
    :param state: What became of its address.
    :param detail: The status of HTTP and where it leads, or why there was no answer.
    :param content_hash: The hash of what is there, if it answers.
    :param archived_url: The address of a copy, if there is one.
    """

    source: str
    state: State
    detail: str = ""
    content_hash: str | None = None
    archived_url: str | None = None


@dataclass(frozen=True)
class Asking:
    """
    How hosts are asked.

    :param limits: What one fetch may take.
    :param pause: Seconds between two requests to one host.
    :param hosts: How many hosts are asked at a time.
    :param archive: The interface to ask for copies; empty to ask for none.
    """

    limits: Limits = field(default_factory=Limits)
    pause: float = 1
    hosts: int = 8
    archive: str = ARCHIVE


def archive_sources(root: Path, ids: Sequence[str], asking: Asking) -> list[Result]:
    """
    Ask the addresses of sources, and write what was found into their records.

    :param root: The project's folder.
    :param ids: The sources; all by default.
    :param asking: How hosts are asked.
    :returns: What was found, by source.
    :raises UnknownRecordError: There is no such source.
    """
    sources = _sources(root, ids)

    with progress(len(sources)) as advance:
        return asyncio.run(_archive_all(sources, _Polite(asking), advance or (lambda _: None)))


async def _archive_all(
    sources: Sequence[tuple[Entry, m.Source]], polite: _Polite, advance: Callable[[str], None]
) -> list[Result]:
    async def archive(entry: Entry, source: m.Source) -> Result:
        result = await _found(source, polite)
        _write(entry, result)
        advance(source.id)
        return result

    return await asyncio.gather(*(archive(*item) for item in sources))


def _sources(root: Path, ids: Sequence[str]) -> list[tuple[Entry, m.Source]]:
    """Return some sources that have an address, or all of them, each with where it is written."""
    found = {
        entry.id: (entry, entry.record)
        for entry in read_records(root / RECORDS).entries
        if isinstance(entry.record, m.Source)
    }
    for id_ in ids:
        if id_ not in found:
            hint = suggestion(id_, found, "run 'interpol-dataset list sources'")
            raise UnknownRecordError(f"there is no source '{id_}'", hint=hint)

    return [found[id_] for id_ in sorted(set(ids) or found) if found[id_][1].url]


async def _found(source: m.Source, polite: _Polite) -> Result:
    """Ask the address of a source, and an archive where no copy is known."""
    result = _result(source, await polite.ask(str(source.url)))
    copy = source.archived_url
    if copy is None and result.state is not State.UNSAFE and polite.asking.archive:
        copy = await _copy(source, polite)

    return result._replace(archived_url=copy)


# --- asking ----------------------------------------------------------------------------------


class _Polite:
    """Asks each host one address at a time, and no more once it says that it is asked too often."""

    def __init__(self, asking: Asking) -> None:
        self.asking = asking
        self._turns: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._hosts = asyncio.Semaphore(asking.hosts)
        self._tired: set[str] = set()

    async def ask(self, url: str) -> Answer | Exception:
        """Return what an address answers, or why it does not."""
        host = url.split("/", 3)[2].lower()
        async with self._turns[host], self._hosts:
            if host in self._tired:
                return Answer(_TOO_MANY, url, "", "", None)
            try:
                answer = await fetch(url, self.asking.limits)
            except (UnsafeAddressError, OSError, httpx.HTTPError) as error:
                return error
            finally:
                await asyncio.sleep(self.asking.pause)
            if answer.status == _TOO_MANY:
                self._tired.add(host)

        return answer


def _result(source: m.Source, answer: Answer | Exception) -> Result:
    """Return what became of a source's address."""
    if isinstance(answer, Exception):
        return Result(source.id, _state_of_error(answer), _plain(str(answer) or repr(answer)))

    state, detail = _state(answer.status), str(answer.status)
    if state is not State.ANSWERS:
        return Result(source.id, state, detail)
    if canonical(answer.url) != canonical(str(source.url)):
        return Result(source.id, State.MOVED, _plain(answer.url))
    if answer.content is None:
        return Result(source.id, state, "it is too large to be hashed")

    found = content_hash(answer.content, answer.mediatype, answer.charset)
    if source.content_hash not in {None, found}:
        return Result(source.id, State.CHANGED, detail)

    return Result(source.id, state, detail, found)


def _state_of_error(error: Exception) -> State:
    if isinstance(error, UnsafeAddressError):
        return State.UNSAFE

    return State.SLOW if isinstance(error, TimeoutError) else State.UNREACHABLE


def _state(status: int) -> State:
    match status:
        case _ if status // 100 == 2:  # noqa: PLR2004  # a class of HTTP
            return State.ANSWERS
        case 404 | 410:
            return State.GONE
        case 401 | 403 | 429 | 451:
            return State.REFUSED
        case _:
            return State.FAILS


def _plain(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text).split())[:500]


async def _copy(source: m.Source, polite: _Polite) -> str | None:
    """Ask an archive for the copy that is closest to the day on which a source was read."""
    day = source.retrieved.isoformat().replace("-", "")
    url = f"{polite.asking.archive}?url={quote(str(source.url), safe='')}&timestamp={day}"
    answer = await polite.ask(url)
    if isinstance(answer, Exception) or not answer.content:
        return None

    try:
        closest = json.loads(answer.content)["archived_snapshots"]["closest"]
        copy = closest["url"] if str(closest["status"]) == "200" else ""
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if not isinstance(copy, str) or not _COPY.fullmatch(copy) or _is_too_early(copy, source):
        return None

    return re.sub(r"^http://(?=web\.archive\.org/)", "https://", copy)


def _is_too_early(copy: str, source: m.Source) -> bool:
    """Return whether a copy was made before the document was published, or nobody knows when."""
    stamp = _STAMP.search(copy)
    published = re.match(r"[0-9-]+", str(source.published or ""))
    day = published[0].replace("-", "") if published else ""

    return stamp is None or stamp[1][: len(day)] < day


# --- records and the report ------------------------------------------------------------------


def _write(entry: Entry, result: Result) -> None:
    """Write what was found into a record, as it is by now, where it says nothing of it yet."""
    path = Path(entry.document.path)
    if not path.is_file():
        return
    document = parse(read_content(path), entry.document.path)
    if document.defects or not isinstance(document.data, dict):
        return
    found = {"content_hash": result.content_hash, "archived_url": result.archived_url}
    new = {name: value for name, value in found.items() if value and name not in document.data}
    if new:
        text = reformat(entry.kind, document, {**document.data, **new})
        write_file(path, text.encode())


def report(results: Sequence[Result]) -> str:
    """Return a line for each source that somebody has to look at, and numbers of all."""
    lines = [
        f"{result.source}\t{result.state}\t{result.detail}"
        for result in results
        if result.state is not State.ANSWERS
    ]
    counts = Counter(result.state for result in results)
    total = ", ".join(f"{count:,} {state}" for state, count in counts.most_common())
    kept = sum(result.archived_url is not None for result in results)

    return "\n".join([*lines, total or "no sources", f"{kept:,} of {len(results):,} have a copy"])


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--root", type=click.Path(path_type=Path, file_okay=False), default=Path())
@click.option(
    "--pause",
    type=click.FloatRange(min=0),
    default=1,
    show_default=True,
    help="Seconds between two requests to one host.",
)
@click.option(
    "--archive",
    default=ARCHIVE,
    show_default=True,
    help="The interface to ask for copies; '' to ask for none.",
)
def main(ids: Sequence[str], root: Path, pause: float, archive: str) -> None:
    """Ask the addresses of sources, and write hashes and addresses of copies into their records."""
    try:
        results = archive_sources(root, ids, Asking(pause=pause, archive=archive))
    except InterpolDatasetError as error:
        print_error(error)
        sys.exit(2)

    print(report(results))
    sys.exit(any(result.state is not State.ANSWERS for result in results))


if __name__ == "__main__":
    main()
