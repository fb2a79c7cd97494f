"""Tests of the script that keeps what sources say, against a server of its own on the loopback."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar, Final
from urllib.parse import parse_qs, urlsplit

import archive_sources as script
import pytest
import safe_fetch
from archive_sources import Asking, Result, State, archive_sources, report
from click.testing import CliRunner
from helpers import mini
from safe_fetch import Limits, UnsafeAddressError, fetch, is_public

from interpol_dataset.validate.records import check_project
from interpol_dataset.values.web import content_hash, visible_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE: Final = (
    b"<html><head><style>p {}</style></head><body><p>Nearly 1,000 &amp; more</p></body></html>"
)
HASH: Final = "sha256:" + hashlib.sha256(b"Nearly 1,000 & more").hexdigest()
COPY: Final = "http://web.archive.org/web/20221125120000/https://example.org/"
SOURCE: Final = "interpol-2022-alpha"

#: Where some pages lead.
LEADS: Final = {
    "moved": "/elsewhere",
    "with-slash": "/with-slash/",
    "circle": "/circle",
    "inside": "http://169.254.169.254/meta",
    "file": "file:///etc/passwd",
}

#: A page packed twice would be a gigabyte.
BOMB: Final = gzip.compress(gzip.compress(bytes(1 << 24)))

LOCAL: Final = Limits(timeout=2, total=3, redirects=3, most=10_000, allow_local=True)


class Handler(BaseHTTPRequestHandler):
    """Answers as the sites of sources do, good and bad ones."""

    protocol_version = "HTTP/1.1"
    asked: ClassVar[list[tuple[str, float, dict[str, str]]]] = []
    copy: ClassVar[Any] = None
    dripped = 0

    def do_GET(self) -> None:
        """Answer by the path."""
        parts = urlsplit(self.path)
        self.asked.append((self.path, time.monotonic(), dict(self.headers)))
        name = parts.path.removeprefix("/")
        html = {"Content-Type": "text/html; charset=utf-8", "Set-Cookie": "a=1"}
        if name.isdecimal():
            self.answer(int(name), b"no")
        elif name in LEADS:
            self.answer(302, b"", Location=LEADS[name], **html)
        elif name == "large":
            self.answer(200, b"x" * 20_000)
        elif name == "packed":
            self.answer(200, gzip.compress(PAGE), **html, **{"Content-Encoding": "gzip"})
        elif name == "bomb":
            self.answer(200, BOMB, **{"Content-Encoding": "gzip, gzip"})
        elif name == "cut":
            self.answer(200, b"half", length=100)
        elif name == "noise":
            self.wfile.write("\x1b[31m \u202e no HTTP\r\n\r\n".encode())
        elif name == "slow":
            self.drip()
        elif name == "archive":
            self.archive(parse_qs(parts.query))
        else:
            self.answer(200, PAGE, **html)
        self.close_connection = True

    def drip(self) -> None:
        """Send a byte now and then, as long as somebody listens; note how many."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        try:
            for Handler.dripped in range(100):
                self.wfile.write(b"x")
                time.sleep(0.1)
        except OSError:
            pass

    def archive(self, query: dict[str, list[str]]) -> None:
        """Answer as the Internet Archive does."""
        closest = {"available": True, "status": "200", "url": COPY, "timestamp": query["timestamp"]}
        found = {"archived_snapshots": {"closest": closest}}
        self.answer(200, json.dumps(self.copy or found).encode())

    def answer(
        self, status: int, content: bytes, length: int | None = None, **headers: str
    ) -> None:
        """Send an answer."""
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(length or len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Return the address of the server."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def site(server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the address of the server, which has not been asked yet."""
    monkeypatch.setattr(Handler, "asked", [])
    monkeypatch.setattr(Handler, "copy", None)

    return server


def lead(project: Path, url: str, name: str = SOURCE) -> Path:
    """Give a source of a project another address, and return its record's file."""
    old = f"url: https://example.org/{name}"
    mini.change(project, f"sources/{name}.yaml", old, f"url: '{url}'")

    return project / "data" / "records" / "sources" / f"{name}.yaml"


def ask(project: Path, *ids: str, archive: str = "", pause: float = 0) -> list[Result]:
    """Run the script for some sources."""
    return archive_sources(project, ids, Asking(LOCAL, pause, archive=archive))


def asked() -> list[str]:
    """Return the paths that the server was asked for."""
    return [path.partition("?")[0] for path, _, _ in Handler.asked]


# --- what is written -------------------------------------------------------------------------


def test_a_record_gets_hash_and_copy(project: Path, site: str) -> None:
    """They stand where the formatter puts them, and a second run changes nothing."""
    path = lead(project, f"{site}/page")
    before = path.read_text("utf-8")
    (result,) = ask(project, SOURCE, archive=f"{site}/archive")
    after = path.read_text("utf-8")
    secure = COPY.replace("http:", "https:", 1)

    assert Result(SOURCE, State.ANSWERS, "200", HASH, secure) == result
    assert [f"archived_url: {secure}", f"content_hash: '{HASH}'"] == [
        line
        for line in after.splitlines()
        if line not in before.splitlines() and not line.startswith("#")
    ]
    assert "timestamp=20261124" in Handler.asked[-1][0]
    assert [
        item for item in check_project(project).findings if item.place.path.endswith(path.name)
    ] == []
    assert ask(project, SOURCE, archive=site) == [result]
    assert after == path.read_text("utf-8")


@pytest.mark.parametrize(
    ("path", "state", "detail"),
    [
        ("page", State.ANSWERS, "200"),
        ("packed", State.ANSWERS, "200"),
        ("with-slash", State.ANSWERS, "200"),
        ("large", State.ANSWERS, "too large"),
        ("moved", State.MOVED, "/elsewhere"),
        ("404", State.GONE, "404"),
        ("410", State.GONE, "410"),
        ("403", State.REFUSED, "403"),
        ("500", State.FAILS, "500"),
        ("slow", State.SLOW, "more than 3 seconds"),
        ("circle", State.UNSAFE, "redirects more than 3 times"),
        ("file", State.UNSAFE, "only addresses of http and https"),
        ("bomb", State.UNREACHABLE, "nobody asked for"),
        ("cut", State.UNREACHABLE, "without sending complete"),
        ("noise", State.UNREACHABLE, ""),
    ],
)
def test_what_becomes_of_an_address(
    project: Path, site: str, path: str, state: State, detail: str
) -> None:
    """Each kind of answer has its state; only a page that is the one gets a hash."""
    record = lead(project, f"{site}/{path}")
    (result,) = ask(project, SOURCE)

    assert state is result.state
    assert detail in result.detail
    assert result.detail.isprintable()
    is_read = path in {"page", "packed", "with-slash"}
    assert (HASH if is_read else None) == result.content_hash
    assert is_read == (f"content_hash: '{HASH}'" in record.read_text("utf-8"))
    assert Handler.dripped < 99


def test_a_changed_text(project: Path, site: str) -> None:
    """The hash of what was read stays, and the source is listed."""
    path = lead(project, f"{site}/page")
    old = f"sha256:{'0' * 64}"
    mini.change(
        project, f"sources/{SOURCE}.yaml", "language: en", f"language: en\ncontent_hash: {old}"
    )
    (result,) = ask(project, SOURCE)

    assert (result.state, result.content_hash) == (State.CHANGED, None)
    assert old in path.read_text("utf-8")


@pytest.mark.parametrize(
    "copy",
    [
        {"archived_snapshots": {}},
        ["no", {"object": 1}],
        {"archived_snapshots": {"closest": {"status": "404", "url": COPY}}},
        {"archived_snapshots": {"closest": {"status": "200", "url": "javascript:alert(1)"}}},
        {"archived_snapshots": {"closest": {"status": "200", "url": COPY.replace("2022", "2021")}}},
    ],
)
def test_what_is_no_copy(
    project: Path, site: str, monkeypatch: pytest.MonkeyPatch, copy: Any
) -> None:
    """None is written where the archive has none, or one from before the page was published."""
    monkeypatch.setattr(Handler, "copy", copy)
    path = lead(project, f"{site}/404")
    (result,) = ask(project, SOURCE, archive=f"{site}/archive")

    assert asked() == ["/404", "/archive"]
    assert result.archived_url is None
    assert "archived_url" not in path.read_text("utf-8")


def test_the_report(project: Path, site: str) -> None:
    """It lists what somebody has to look at, and counts the rest."""
    lead(project, f"{site}/404")
    lead(project, f"{site}/page", "daily-2022-alpha")
    results = ask(project, SOURCE, "daily-2022-alpha", archive=f"{site}/archive")

    assert report(results).splitlines() in (
        [f"{SOURCE}\tgone\t404", numbers, "2 of 2 have a copy"]
        for numbers in ("1 gone, 1 answers", "1 answers, 1 gone")
    )


def test_the_command(project: Path, site: str) -> None:
    """Without more, no machine that is not public is asked; a misspelt id gets a suggestion."""
    lead(project, f"{site}/page")
    options = ["--root", str(project), "--pause", "0"]
    unsafe = CliRunner().invoke(script.main, [*options, SOURCE])
    unknown = CliRunner().invoke(script.main, [*options, "interpol-2022-alfa"])

    assert unsafe.exit_code == 1
    assert f"{SOURCE}\tunsafe\t127.0.0.1 is not a public address" in unsafe.output
    assert Handler.asked == []
    assert f"did you mean '{SOURCE}'?" in unknown.output


# --- politeness -------------------------------------------------------------------------------

NAMES: Final = (SOURCE, "daily-2022-alpha", "europol-2022-alpha")


def test_one_host_is_asked_one_at_a_time(project: Path, site: str) -> None:
    """Between two requests to one host there is a pause."""
    for name in NAMES:
        lead(project, f"{site}/{name}", name)
    ask(project, *NAMES, pause=0.2)
    times = [when for _, when, _ in Handler.asked]

    assert len(times) == 3
    assert all(later - earlier > 0.19 for earlier, later in pairwise(times))


def test_a_host_that_has_enough_is_left_alone(project: Path, site: str) -> None:
    """After the answer that it is asked too often, a host is asked no more."""
    for name in NAMES:
        lead(project, f"{site}/429", name)

    assert [result.state for result in ask(project, *NAMES)] == [State.REFUSED] * 3
    assert asked() == ["/429"]


def test_nobody_is_named(site: str) -> None:
    """A request says what asks, and carries neither cookie, password nor referrer."""
    asyncio.run(fetch(f"{site}/moved?a=1#b", LOCAL))
    headers = [headers for _, _, headers in Handler.asked]

    assert asked() == ["/moved", "/elsewhere"]
    assert all(site.endswith(item["Host"]) for item in headers)
    assert all(item["User-Agent"].startswith("interpol-dataset/") for item in headers)
    expected = {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}
    assert [expected, expected] == [set(item) for item in headers]


# --- what is not asked ------------------------------------------------------------------------


def test_which_machines_are_public() -> None:
    """Of each kind of address that is not, and of some that are."""
    private = (
        "0.0.0.0 10.0.0.1 100.64.0.1 127.0.0.1 169.254.169.254 172.16.0.1 192.0.0.192 192.0.2.1 "
        "192.88.99.1 192.168.0.1 198.18.0.1 224.0.0.1 240.0.0.1 255.255.255.255 :: ::1 ::8.8.8.8 "
        "::ffff:127.0.0.1 ::ffff:8.8.8.8 64:ff9b::127.0.0.1 64:ff9b:1::8.8.8.8 100::1 2001::1 "
        "2001:db8::1 2002:7f00:1::1 2002:808:808::1 3fff::1 fc00::1 fe80::1%eth0 fec0::1 ff02::1"
    )
    public = "8.8.8.8 192.0.1.1 2606:4700::1 2a00:1450::1 64:ff9b::8.8.8.8"

    assert [address for address in private.split() if is_public(address)] == []
    assert [address for address in public.split() if not is_public(address)] == []


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "file:///etc/passwd",
        "http:///nothing",
        "http://user:word@example.org/",
        "http://[::1/",
        "http://example.org:99999/",
        "http://example.org:0/",
        "http://a..b/",
        "http://xn--0[/",
        "http://127.0.0.1/",
        "http://[::ffff:127.0.0.1]/",
        "http://localhost/",
        "http://2130706433/",
    ],
)
def test_unsafe_addresses_are_not_asked(url: str) -> None:
    """Other schemes, passwords and machines that are not public are refused, however written."""
    with pytest.raises(UnsafeAddressError):
        asyncio.run(fetch(url, Limits(timeout=1)))


def test_a_redirect_inside_is_not_followed(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An address that leads to a machine that is not public is refused at that step."""
    monkeypatch.setattr(safe_fetch, "is_public", lambda address: address == "127.0.0.1")

    with pytest.raises(UnsafeAddressError, match=r"169\.254\.169\.254 is not a public address"):
        asyncio.run(fetch(f"{site}/inside", Limits(timeout=1)))


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
        ("e&nbsp;\u00a0x".encode(), "e x"),
        (b"\xff", "\ufffd"),
        (b"&#" + b"1" * 5000 + b";", "\ufffd"),
    ],
)
def test_visible_text(page: bytes, text: str) -> None:
    """What a reader sees is hashed, however the page is written."""
    assert text == visible_text(page)


@pytest.mark.parametrize("charset", ["latin-1", "nope", "zip", "idna", "\0", "utf_7", "punycode"])
def test_any_encoding(charset: str) -> None:
    """An encoding of pages is used, and no other codec."""
    assert ("\u00e9" if charset == "latin-1" else "\ufffd") == visible_text(b"\xe9", charset)


@pytest.mark.parametrize(
    "part",
    ["<", "<a", "<!--", "<script>", "</", "<!", "&#", "<a\n", "&#1", "\u0315\u0316", "\u0f73"],
)
def test_hostile_pages_are_read_quickly(part: str) -> None:
    """No page takes time that grows faster than it does: 10 MB would be hours."""
    page = (part * (10_000_000 // len(part.encode()))).encode()
    began = time.process_time()
    content_hash(page, "text/html")

    assert time.process_time() - began < 10


def test_what_is_no_page_is_hashed_as_it_is() -> None:
    """Of a file the bytes count."""
    assert content_hash(PAGE, "application/pdf") != content_hash(PAGE + b" ", "application/pdf")
    assert content_hash(PAGE, "text/html") == content_hash(PAGE + b" ", "text/html")
