"""
Check the addresses of many sources, politely: one request at a time to each host, with a pause.
"""

from __future__ import annotations

import http.client
import json
import re
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import quote, urlsplit

from interpol_dataset.links.content import content_hash
from interpol_dataset.links.fetch import Answer, Limits, UnsafeAddressError, fetch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

__all__ = ["Asking", "Link", "Result", "State", "check"]

_OK: Final = 200
_TOO_MANY: Final = 429
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_ADDRESS: Final = re.compile(r"https?://[^\x00-\x20\x7f-\xa0/?#]+[^\x00-\x20\x7f-\xa0]{0,400}")


class State(StrEnum):
    """What became of an address."""

    ANSWERS = "answers"
    CHANGED = "changed"  # it answers, with another text than was read
    GONE = "gone"  # 404 and 410
    REFUSED = "refused"  # 401, 403, 429, 451: it may answer a reader
    FAILS = "fails"  # any other status
    UNREACHABLE = "unreachable"
    UNSAFE = "unsafe"  # it was not asked


class Link(NamedTuple):
    """
    The address of a source.

    :param source: The id of the source.
    :param url: The address.
    :param read: The day on which it was read, ``YYYY-MM-DD``.
    :param archived: Where a copy is kept, if that is known.
    :param content_hash: The hash of what was read, if it was kept.
    """

    source: str
    url: str
    read: str
    archived: str | None = None
    content_hash: str | None = None


class Result(NamedTuple):
    """
    What was found at an address.

    :param source: The id of the source.
    :param url: The address.
    :param checked: The day of the check.
    :param state: What became of it.
    :param status: The status of HTTP, if there was an answer.
    :param leads_to: The address that answered, if it is another.
    :param content_hash: The hash of what is there now, if it answers.
    :param archived_url: An address that an archive has for a copy, if none was known.
    :param detail: Why there was no answer.
    """

    source: str
    url: str
    checked: str
    state: State
    status: int | None = None
    leads_to: str | None = None
    content_hash: str | None = None
    archived_url: str | None = None
    detail: str | None = None


@dataclass(frozen=True)
class Asking:
    """
    How hosts are asked.

    :param limits: What one fetch may take.
    :param pause: Seconds between two requests to one host.
    :param hosts: How many hosts are asked at a time.
    :param archive: The interface to ask for copies; none to ask for none.
    """

    limits: Limits = field(default_factory=Limits)
    pause: float = 1
    hosts: int = 8
    archive: str | None = None


def check(
    links: Iterable[Link],
    today: str,
    asking: Asking,
    progress: Callable[[str], None] | None = None,
) -> list[Result]:
    """
    Check addresses, and look for copies of those that have none.

    :param links: The addresses.
    :param today: The day that results get, ``YYYY-MM-DD``.
    :param asking: How hosts are asked.
    :param progress: Called with the id of each source that was checked.
    :returns: The results, by source.
    """
    note = progress or (lambda _: None)
    hosts: Mapping[str, list[Link]] = defaultdict(list)
    for link in links:
        hosts[_host(link.url)].append(link)

    with ThreadPoolExecutor(asking.hosts) as pool:
        found = pool.map(lambda group: _check_host(group, today, asking, note), hosts.values())
        results = sorted((result for group in found for result in group), key=lambda item: item[:2])

    return _with_copies(results, [link for group in hosts.values() for link in group], asking)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _check_host(
    links: Sequence[Link], today: str, asking: Asking, note: Callable[[str], None]
) -> list[Result]:
    """Check the addresses of one host, until it says that it is asked too often."""
    results: list[Result] = []
    for link in links:
        if results and results[-1].status == _TOO_MANY:
            detail = "not asked: the host answered that it is asked too often"
            results.append(Result(link.source, link.url, today, State.REFUSED, detail=detail))
            continue
        if results:
            time.sleep(asking.pause)
        results.append(_check_link(link, today, asking.limits))
        note(link.source)

    return results


def _check_link(link: Link, today: str, limits: Limits) -> Result:
    result = Result(link.source, link.url, today, State.ANSWERS)
    answer = _answer(link.url, limits)
    if isinstance(answer, Exception):
        unsafe = isinstance(answer, UnsafeAddressError)
        state = State.UNSAFE if unsafe else State.UNREACHABLE
        return result._replace(state=state, detail=_reason(answer))

    now = None
    state = _state(answer.status)
    if state is State.ANSWERS and answer.content is not None:
        now = content_hash(answer.content, answer.mediatype, answer.charset)
        if link.content_hash and link.content_hash != now:
            state = State.CHANGED

    return result._replace(
        state=state,
        status=answer.status,
        leads_to=answer.url if answer.url != link.url else None,
        content_hash=now,
    )


def _answer(url: str, limits: Limits) -> Answer | Exception:
    try:
        return fetch(url, limits)
    except (UnsafeAddressError, OSError, http.client.HTTPException, ValueError) as error:
        return error


def _reason(error: Exception) -> str:
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__

    return " ".join(_CONTROL.sub(" ", str(text)).split())[:200]


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


# --- copies in an archive --------------------------------------------------------------------


def _with_copies(results: list[Result], links: Sequence[Link], asking: Asking) -> list[Result]:
    """Add the addresses of copies, where none is known yet."""
    if asking.archive is None:
        return results

    known = {link.source: link for link in links}
    asked = 0
    for index, result in enumerate(results):
        link = known[result.source]
        if link.archived is None and result.state is not State.UNSAFE:
            if asked:
                time.sleep(asking.pause)
            asked += 1
            results[index] = result._replace(
                archived_url=_copy(link, asking.archive, asking.limits)
            )

    return results


def _copy(link: Link, archive: str, limits: Limits) -> str | None:
    """Ask an archive for the copy that is closest to the day on which an address was read."""
    day = link.read.replace("-", "")
    answer = _answer(f"{archive}?url={quote(link.url, safe='')}&timestamp={day}", limits)
    if isinstance(answer, Exception) or answer.status != _OK or not answer.content:
        return None

    try:
        closest = json.loads(answer.content)["archived_snapshots"]["closest"]
        available, status, url = closest["available"], closest["status"], closest["url"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if available is not True or str(status) != str(_OK) or not isinstance(url, str):
        return None

    secure = re.sub(r"^http://(?=web\.archive\.org/)", "https://", url)

    return secure if _ADDRESS.fullmatch(secure) else None
