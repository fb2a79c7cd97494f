"""Tests of :mod:`interpol_dataset.links`, against a server of their own on the loopback."""

from __future__ import annotations

import hashlib
import json
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest

from interpol_dataset.links import fetch as fetching
from interpol_dataset.links.check import Asking, Link, Result, State, check
from interpol_dataset.links.content import content_hash, visible_text
from interpol_dataset.links.fetch import Limits, UnsafeAddressError, fetch

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = b"<html><head><style>p {}</style></head><body><p>Nearly 1,000 &amp; more</p></body></html>"
TEXT = "sha256:" + hashlib.sha256(b"Nearly 1,000 & more").hexdigest()
COPY = "http://web.archive.org/web/20221124120000/https://example.org/"

#: Where some pages lead.
LEADS = {
    "moved": "/page",
    "circle": "/circle",
    "inside": "http://169.254.169.254/meta",
    "file": "file:///etc/passwd",
}

LOCAL = Limits(timeout=2, total=3, redirects=3, most=10_000, allow_local=True)


class Handler(BaseHTTPRequestHandler):
    """Answers as the sites of sources do, good and bad ones."""

    protocol_version = "HTTP/1.1"
    asked: ClassVar[list[tuple[str, float, dict[str, str]]]] = []
    dripped = 0

    def do_GET(self) -> None:
        """Answer by the path."""
        parts = urlsplit(self.path)
        self.asked.append((self.path, time.monotonic(), dict(self.headers)))
        name = parts.path.strip("/")
        if name.isdecimal():
            self.answer(int(name), b"no")
        elif name in LEADS:
            self.answer(302, b"", Location=LEADS[name])
        elif name == "large":
            self.answer(200, b"x" * 20_000)
        elif name == "cut":
            self.send_response(200)
            self.send_header("Content-Length", "100")
            self.end_headers()
            self.wfile.write(b"half")
            self.close_connection = True
        elif name == "noise":
            self.wfile.write("\x1b[31m \u202e no HTTP\r\n\r\n".encode())
            self.close_connection = True
        elif name == "slow":
            self.drip()
        elif name == "nothing":
            self.close_connection = True
        elif name == "archive":
            self.archive(parse_qs(parts.query))
        else:
            self.answer(200, PAGE, **{"Content-Type": "text/html; charset=utf-8"})

    def drip(self) -> None:
        """Send a byte now and then, as long as somebody listens; note how many."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        try:
            for Handler.dripped in range(100):
                self.wfile.write(b"x")
                time.sleep(0.1)
        except OSError:
            pass
        self.close_connection = True

    def archive(self, query: dict[str, list[str]]) -> None:
        """Answer as the Internet Archive does."""
        (url,), (stamp,) = query["url"], query["timestamp"]
        closest = {"available": True, "status": "200", "url": COPY, "timestamp": stamp}
        found: Any = {"archived_snapshots": {"closest": closest}}
        if url.endswith("/404"):
            found = {"archived_snapshots": {}}
        elif url.endswith("/403"):
            found["archived_snapshots"]["closest"] |= {"url": "javascript:alert(1)"}
        elif url.endswith("/500"):
            found = ["no", {"object": 1}]
        self.answer(200, json.dumps(found).encode())

    def answer(self, status: int, content: bytes, **headers: str) -> None:
        """Send an answer."""
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """Return the address of the server."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def one(url: str, *, archive: str | None = None, **fields: str) -> Result:
    """Check one address."""
    link = Link("a", url, "2022-11-24", **fields)
    (result,) = check([link], "2026-11-26", Asking(LOCAL, pause=0, archive=archive))

    return result


# --- what became of an address ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "state", "status"),
    [
        ("page", State.ANSWERS, 200),
        ("moved", State.ANSWERS, 200),
        ("404", State.GONE, 404),
        ("410", State.GONE, 410),
        ("403", State.REFUSED, 403),
        ("500", State.FAILS, 500),
        ("large", State.ANSWERS, 200),
        ("circle", State.UNSAFE, None),
        ("file", State.UNSAFE, None),
        ("cut", State.UNREACHABLE, None),
        ("nothing", State.UNREACHABLE, None),
        ("noise", State.UNREACHABLE, None),
    ],
)
def test_state(site: str, path: str, state: State, status: int | None) -> None:
    """Each kind of answer has its state, and a check goes on whatever comes."""
    result = one(f"{site}/{path}")

    assert (state, status) == (result.state, result.status)
    assert (result.detail is None) == (status is not None)
    assert (result.detail or "x").isprintable()


def test_what_an_address_leads_to(site: str) -> None:
    """A redirect is followed and reported."""
    assert f"{site}/page" == one(f"{site}/moved").leads_to
    assert one(f"{site}/page").leads_to is None


def test_a_changed_text(site: str) -> None:
    """The hash of what was read shows whether the same is still there."""
    assert (State.ANSWERS, TEXT) == one(f"{site}/page", content_hash=TEXT)[3:7:3]
    assert State.CHANGED is one(f"{site}/page", content_hash="sha256:" + "0" * 64).state
    assert one(f"{site}/large").content_hash is None


def test_an_address_that_nobody_listens_at() -> None:
    """A server that is not there is a result, not an error."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/"

    assert State.UNREACHABLE is one(url).state
    assert State.UNREACHABLE is one("http://name.invalid/").state


def test_a_slow_server_is_given_up(site: str) -> None:
    """A server that sends a byte now and then is given up after the time for the whole."""
    with pytest.raises((OSError, fetching.http.client.HTTPException)):
        fetch(f"{site}/slow", Limits(timeout=1, total=0.5, allow_local=True))

    assert Handler.dripped < 99


# --- what is not asked ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "file:///etc/passwd",
        "http:///nothing",
        "http://user:word@example.org/",
        "http://[::1/",
        "http://example.org:99999/",
        "http://example.org/a b",
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://0.0.0.0/",
        "http://224.0.0.1/",
        "http://localhost/",
        "http://2130706433/",
    ],
)
def test_unsafe_addresses_are_not_asked(url: str) -> None:
    """Other schemes, passwords and machines that are not public are refused, however written."""
    with pytest.raises(UnsafeAddressError):
        fetch(url, Limits(timeout=1))


def test_a_redirect_inside_is_not_followed(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An address that leads to a machine that is not public is refused at that step."""
    public = fetching._is_public  # noqa: SLF001  # the server of the test counts as public
    monkeypatch.setattr(
        fetching, "_is_public", lambda address: address == "127.0.0.1" or public(address)
    )

    with pytest.raises(UnsafeAddressError, match=r"169\.254\.169\.254 is not a public address"):
        fetch(f"{site}/inside", Limits(timeout=1))


def test_nobody_is_named(site: str) -> None:
    """A request says what asks, and carries neither cookie, password nor referrer."""
    Handler.asked.clear()
    fetch(f"{site}/page?a=1#b", LOCAL)
    ((path, _, headers),) = Handler.asked

    assert "/page?a=1" == path
    assert headers["User-Agent"].startswith("interpol-dataset/")
    assert {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"} == set(headers)


# --- politeness -------------------------------------------------------------------------------


def test_one_host_is_asked_one_at_a_time(site: str) -> None:
    """Between two requests to one host there is a pause."""
    Handler.asked.clear()
    links = [Link(f"s{n}", f"{site}/page?{n}", "2022-11-24") for n in range(3)]
    check(links, "2026-11-26", Asking(LOCAL, pause=0.2, archive=None))
    times = [when for _, when, _ in Handler.asked]

    assert 3 == len(times)
    assert all(later - earlier > 0.19 for earlier, later in pairwise(times))


def test_a_host_that_has_enough_is_left_alone(site: str) -> None:
    """After the answer that it is asked too often, a host is asked no more."""
    Handler.asked.clear()
    links = [Link("a", f"{site}/429", "2022-11-24"), Link("b", f"{site}/page", "2022-11-24")]
    first, second = check(links, "2026-11-26", Asking(LOCAL, pause=0, archive=None))

    assert ["/429"] == [path for path, _, _ in Handler.asked]
    assert [State.REFUSED, State.REFUSED] == [first.state, second.state]
    assert (second.detail or "").startswith("not asked")


# --- copies -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "copy"),
    [
        ("page", COPY.replace("http://web", "https://web")),
        ("404", None),
        ("403", None),
        ("500", None),
    ],
)
def test_a_copy_is_proposed(site: str, path: str, copy: str | None) -> None:
    """The copy closest to the day of reading is proposed, if the archive has one."""
    Handler.asked.clear()

    assert copy == one(f"{site}/{path}", archive=f"{site}/archive").archived_url
    assert "timestamp=20221124" in Handler.asked[-1][0]


def test_no_copy_is_asked_for(site: str) -> None:
    """An archive is not asked where a copy is known, nor about addresses that are unsafe."""
    Handler.asked.clear()
    one(f"{site}/page", archive=f"{site}/archive", archived="https://archive.example/1")
    one("ftp://example.org/", archive=f"{site}/archive")

    assert ["/page"] == [path for path, _, _ in Handler.asked]


# --- the text of a page -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "text"),
    [
        (PAGE, "Nearly 1,000 & more"),
        (b"<p>a</p><p>b\n c</p>", "a b c"),
        (b"a<script>if (x < 1) {}</script>b<style>i</style>", "a b"),
        (b"a<!-- <p>b --> c < d", "a c < d"),
        (b"a<script>never closed", "a"),
        (b"a<b", "a"),
        ("e\u0301&nbsp;\u00a0x".encode(), "\u00e9 x"),
        (b"\xff", "\ufffd"),
    ],
)
def test_visible_text(page: bytes, text: str) -> None:
    """What a reader sees is hashed, however the page is written."""
    assert text == visible_text(page)


@pytest.mark.parametrize("charset", ["latin-1", "nope", "zip", "idna", "\0", "utf_7", "punycode"])
def test_any_encoding(charset: str) -> None:
    """An encoding that there is is used, and no other codec."""
    assert ("\u00e9" if charset == "latin-1" else "\ufffd") == visible_text(b"\xe9", charset)


@pytest.mark.parametrize("part", ["<", "<a", "<!--", "<script>", "</", "<!", "&#", "<a\n"])
def test_hostile_pages_are_read_quickly(part: str) -> None:
    """No page takes time that grows faster than it does: that would be minutes here."""
    began = time.process_time()
    visible_text(part.encode() * 200_000)

    assert time.process_time() - began < 2


def test_what_is_no_page_is_hashed_as_it_is() -> None:
    """Of a file the bytes count."""
    assert content_hash(PAGE, "application/pdf") != content_hash(PAGE + b" ", "application/pdf")
    assert content_hash(PAGE, "text/html") == content_hash(PAGE + b" ", "text/html")
