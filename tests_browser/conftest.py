"""
The whole site, built once, on a server and in a browser.

Run by ``make test-more WHAT=site``.
"""

from __future__ import annotations

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from chromium import launched

from interpol_dataset import load
from interpol_dataset.site.build import render, write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chromium import NewContext
    from playwright.sync_api import Browser, BrowserContext


class Quiet(SimpleHTTPRequestHandler):
    """Serves files, and prints nothing."""

    def log_message(self, *_: object) -> None:
        """Print nothing."""


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the site, which is in a subfolder of what is served."""
    target = tmp_path_factory.mktemp("served") / "sub" / "site"
    write(render(load(Path(__file__).parents[1])), target)

    return target


@pytest.fixture(scope="session")
def address(folder: Path) -> Iterator[str]:
    """Return the address at which the site is served, in a subfolder."""
    handler = partial(Quiet, directory=str(folder.parents[1]))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/sub/site/"
        server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a browser."""
    with launched() as browser:
        yield browser


@pytest.fixture
def context(browser: Browser) -> Iterator[NewContext]:
    """Return a function that opens a context; whatever it logs or asks of others fails the test."""
    opened: list[BrowserContext] = []
    wrong: list[str] = []

    def check(url: str) -> None:
        if not url.startswith(("http://127.0.0.1:", "file:", "data:", "blob:")):
            wrong.append(f"asked for {url}")

    def new(**options: Any) -> BrowserContext:
        made = browser.new_context(**({"viewport": {"width": 1280, "height": 900}} | options))
        made.on("console", lambda message: wrong.append(f"{message.page.url}: {message.text}"))
        made.on("weberror", lambda error: wrong.append(str(error.error)))
        made.on("request", lambda request: check(request.url))
        opened.append(made)
        return made

    yield new
    for made in opened:
        made.close()
    assert wrong == []
