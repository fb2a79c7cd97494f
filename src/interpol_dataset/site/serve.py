"""
A server of one folder, for this machine only.
"""

from __future__ import annotations

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["LOOPBACK", "server_of"]

LOOPBACK: Final = "127.0.0.1"


def server_of(folder: Path, port: int) -> ThreadingHTTPServer:
    """
    Return a server of a folder, which answers on the loopback.

    :param folder: The folder.
    :param port: The port; 0 for any free one.
    :raises OSError: The port is in use.
    """
    return ThreadingHTTPServer((LOOPBACK, port), partial(_Handler, directory=str(folder)))


class _Handler(SimpleHTTPRequestHandler):
    """Serves files to this machine, and prints nothing about it."""

    def do_GET(self) -> None:
        """Refuse requests for another host's name, which a page elsewhere may have sent here."""
        host = (self.headers.get("Host") or "").rpartition(":")[0]
        if host in {LOOPBACK, "localhost"}:
            super().do_GET()
        else:
            self.send_error(421)

    def log_message(self, *_: object) -> None:
        """Print nothing."""
