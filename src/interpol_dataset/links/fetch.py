"""
Fetch what is at an address of a stranger.

Only http and https, only public machines, with nothing that says who asks: no cookies, no
passwords, no proxy. Each step of a redirect is checked like the first address.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from contextlib import suppress
from dataclasses import dataclass
from threading import Timer
from typing import Final, NamedTuple
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from interpol_dataset._version import __version__

__all__ = ["Answer", "Limits", "UnsafeAddressError", "fetch"]

_AGENT: Final = f"interpol-dataset/{__version__} (checks whether the addresses of sources answer)"
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_PORTS: Final = {"http": 80, "https": 443}
_CHUNK: Final = 1 << 16

#: Addresses that a gateway translates to those of IPv4.
_TRANSLATED: Final = ipaddress.IPv6Network("64:ff9b::/96")


class UnsafeAddressError(Exception):
    """An address is not fetched, for the reason that it says."""


@dataclass(frozen=True)
class Limits:
    """
    What a fetch may take.

    :param timeout: Seconds without an answer after which a connection is given up.
    :param total: Seconds after which reading is given up.
    :param redirects: Redirects that are followed.
    :param most: Bytes that are read.
    :param allow_local: Whether machines that are not public may be asked, for tests.
    """

    timeout: float = 20
    total: float = 60
    redirects: int = 5
    most: int = 10 << 20
    allow_local: bool = False


class Answer(NamedTuple):
    """
    What an address answered.

    :param status: The status of HTTP.
    :param url: The address that answered, after redirects.
    :param mediatype: The media type that it names, in small letters; empty if it names none.
    :param charset: The encoding that it names; empty if it names none.
    :param content: The bytes, none if there were more than the limit.
    """

    status: int
    url: str
    mediatype: str
    charset: str
    content: bytes | None


def fetch(url: str, limits: Limits) -> Answer:
    """
    Fetch what is at an address.

    :param url: The address.
    :param limits: What the fetch may take.
    :raises UnsafeAddressError: The address, or one that it leads to, is not to be asked.
    :raises OSError: There was no answer.
    :raises http.client.HTTPException: The answer is not one of HTTP.
    """
    until = time.monotonic() + limits.total
    for _ in range(limits.redirects + 1):
        parts = _checked(url)
        answer, location = _ask(parts, url, limits, until)
        if answer.status not in _REDIRECTS or not location:
            return answer
        url = urljoin(url, location)

    raise UnsafeAddressError(f"it redirects more than {limits.redirects} times")


def _checked(url: str) -> SplitResult:
    """Split an address, unless there is something in it that no source needs."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise UnsafeAddressError(f"the address is malformed: {error}") from error
    if parts.scheme not in _PORTS or not parts.hostname:
        raise UnsafeAddressError("only addresses of http and https are fetched")
    if "@" in parts.netloc:
        raise UnsafeAddressError("there is a user name in the address")
    if port == 0 or any(character <= " " for character in url):
        raise UnsafeAddressError("the address is malformed")

    return parts


def _ask(parts: SplitResult, url: str, limits: Limits, until: float) -> tuple[Answer, str | None]:
    """Return the answer of one address, and where it leads."""
    host = _ascii(parts.hostname or "")
    port = parts.port or _PORTS[parts.scheme]
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~") + (
        f"?{quote(parts.query, safe='/%:@!$&()*+,;=~?')}" if parts.query else ""
    )
    connection = http.client.HTTPConnection(host, port, timeout=limits.timeout)
    late: Timer | None = None
    try:
        connection.sock = _connect(host, port, limits)
        if parts.scheme == "https":
            context = ssl.create_default_context()
            connection.sock = context.wrap_socket(connection.sock, server_hostname=host)
        # One that sends a little now and then never runs into the timeout of a read.
        late = Timer(max(until - time.monotonic(), 0), _hang_up, [connection.sock])
        late.daemon = True
        late.start()
        connection.request(
            "GET", path, headers={"User-Agent": _AGENT, "Accept": "*/*", "Connection": "close"}
        )
        response = connection.getresponse()
        headers = response.headers
        answer = Answer(
            status=response.status,
            url=url,
            mediatype=headers.get_content_type() if "content-type" in headers else "",
            charset=headers.get_content_charset() or "",
            content=b"" if response.status in _REDIRECTS else _read(response, limits, until),
        )
        return answer, response.headers.get("Location")
    finally:
        if late:
            late.cancel()
        connection.close()


def _hang_up(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


def _ascii(host: str) -> str:
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise UnsafeAddressError("the name of the host is malformed") from error


def _connect(host: str, port: int, limits: Limits) -> socket.socket:
    """Connect to a host by an address that was checked, so that its name can't mean another."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [item[4] for item in found]
    if not limits.allow_local:
        for address in addresses:
            if not _is_public(str(address[0])):
                raise UnsafeAddressError(f"{address[0]} is not a public address")

    failed: OSError | None = None
    for address in addresses:
        try:
            return socket.create_connection((str(address[0]), port), timeout=limits.timeout)
        except OSError as error:
            failed = error

    raise failed or OSError("the host has no address")


def _is_public(address: str) -> bool:
    number = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(number, "ipv4_mapped", None) or getattr(number, "sixtofour", None)
    if number in _TRANSLATED:
        inner = ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)

    return number.is_global and not number.is_multicast and (inner is None or inner.is_global)


def _read(response: http.client.HTTPResponse, limits: Limits, until: float) -> bytes | None:
    content = bytearray()
    while chunk := response.read1(_CHUNK):
        content += chunk
        if len(content) > limits.most:
            return None
    if time.monotonic() > until:
        raise TimeoutError(f"it takes more than {limits.total:g} seconds")
    if response.length:
        raise http.client.IncompleteRead(bytes(content), response.length)

    return bytes(content)
