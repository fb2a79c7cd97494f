"""A server of one folder, for this machine only."""

from __future__ import annotations

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

LOOPBACK: Final = "127.0.0.1"


def server_of(folder: Path, port: int) -> ThreadingHTTPServer:
    """Return a server of a folder on the loopback; its port is 0 for any, and an error in use."""
    return ThreadingHTTPServer((LOOPBACK, port), partial(_Handler, directory=str(folder)))


class _Handler(SimpleHTTPRequestHandler):
    """Serves files to this machine, and prints nothing about it."""

    server: ThreadingHTTPServer

    def parse_request(self) -> bool:
        """Refuse requests for another host's name, which a page elsewhere may have sent here."""
        if not super().parse_request():
            return False
        name, _, port = (self.headers.get("Host") or "").partition(":")
        if name in {LOOPBACK, "localhost"} and (port or "80") == str(self.server.server_port):
            return True
        self.send_error(421)
        return False

    def log_message(self, *_: object) -> None:
        """Print nothing."""
