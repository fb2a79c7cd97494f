"""
Fetch what is at an address that a stranger wrote, and hash it.

Only http and https, only public machines, and nothing that says who asks: no cookies, no passwords,
no proxy. A host is looked up once, and the connection goes to an address that was checked; so does
each step of a redirect.
"""

from __future__ import annotations

import asyncio
import socket
from dataclasses import dataclass
from functools import cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING, Final, NamedTuple

import httpx

from interpol_dataset._version import __version__

if TYPE_CHECKING:
    import ssl

_HEADERS: Final = {
    "User-Agent": f"interpol-dataset/{__version__} (keeps the sources of a dataset)",
    "Accept": "*/*",
    "Accept-Encoding": "identity",
    "Connection": "close",
}
_LAST_PORT: Final = 65535
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})

#: One layer of these is undone; several can make terabytes of a few bytes.
_ENCODINGS: Final = frozenset({"", "identity", "gzip", "deflate"})

#: What is public in IPv6, what is not public there all the same, and the addresses of IPv4 in it.
_GLOBAL: Final = IPv6Network("2000::/3")
_SPECIAL: Final = (
    IPv6Network("2001::/23"),  # protocols, among them tunnels to any address of IPv4
    IPv6Network("2002::/16"),  # tunnels, too
    IPv6Network("3fff::/20"),  # for documents
)
_TRANSLATED: Final = IPv6Network("64:ff9b::/96")
_SPECIAL_IPV4: Final = (IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24"))


class UnsafeAddressError(Exception):
    """An address is not asked, for the reason that this says."""


@dataclass(frozen=True)
class Limits:
    """
    What a fetch may take.

    :param timeout: Seconds without an answer after which a connection is given up.
    :param total: Seconds after which all is given up.
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
    :param mediatype: The media type that it names; empty if it names none.
    :param charset: The encoding that it names; empty if it names none.
    :param content: The bytes; ``None`` if there were more than the limit.
    """

    status: int
    url: str
    mediatype: str
    charset: str
    content: bytes | None


async def fetch(url: str, limits: Limits) -> Answer:
    """
    Fetch what is at an address.

    :param url: The address.
    :param limits: What the fetch may take.
    :raises UnsafeAddressError: The address, or one that it leads to, is not to be asked.
    :raises TimeoutError: It takes too long.
    :raises OSError: The host has no address.
    :raises httpx.HTTPError: There was no answer, or none of HTTP.
    """
    try:
        async with asyncio.timeout(limits.total):
            return await _follow(_checked(url), limits)
    except httpx.TimeoutException as error:
        raise TimeoutError(f"there was no answer for {limits.timeout:g} seconds") from error
    except TimeoutError as error:
        raise TimeoutError(f"it takes more than {limits.total:g} seconds") from error


def is_public(address: str) -> bool:
    """Return whether an address of IPv4 or IPv6 belongs to a machine that anybody may ask."""
    number = ip_address(address.partition("%")[0])
    if number in _TRANSLATED:
        number = IPv4Address(int(number) & 0xFFFFFFFF)
    if isinstance(number, IPv6Address):
        special = any(number in network for network in _SPECIAL)
        return number in _GLOBAL and number.is_global and not special

    special = any(number in network for network in _SPECIAL_IPV4)
    return number.is_global and not number.is_multicast and not special


# --- asking ----------------------------------------------------------------------------------


async def _follow(url: httpx.URL, limits: Limits) -> Answer:
    for _ in range(limits.redirects + 1):
        answer, location = await _ask(url, limits)
        if answer.status not in _REDIRECTS or not location:
            return answer
        url = _checked(location, url)

    raise UnsafeAddressError(f"it redirects more than {limits.redirects} times")


def _checked(text: str, base: httpx.URL | None = None) -> httpx.URL:
    """Read an address, unless there is something in it that no source needs."""
    try:
        url = httpx.URL(text) if base is None else base.join(text)
        host = url.host.encode("idna")
    except (httpx.InvalidURL, UnicodeError) as error:
        raise UnsafeAddressError(f"the address is malformed: {error}") from error
    if url.scheme not in {"http", "https"} or not host:
        raise UnsafeAddressError("only addresses of http and https are asked")
    if url.userinfo:
        raise UnsafeAddressError("there is a user name in the address")
    if url.port is not None and not 0 < url.port <= _LAST_PORT:
        raise UnsafeAddressError(f"the address is malformed: there is no port {url.port}")

    return url


async def _ask(url: httpx.URL, limits: Limits) -> tuple[Answer, str]:
    """Return the answer of one address, and where it leads."""
    failed: Exception = OSError("the host has no address")
    for machine in await _machines(url, limits):
        try:
            return await _ask_machine(url, machine, limits)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            failed = error

    raise failed


async def _machines(url: httpx.URL, limits: Limits) -> list[str]:
    """Look a host up, and return its addresses if all of them are public."""
    host = url.raw_host.decode("ascii")
    found = await asyncio.get_running_loop().getaddrinfo(
        host, url.port or url.scheme, type=socket.SOCK_STREAM
    )
    machines = list(dict.fromkeys(str(item[4][0]) for item in found))
    for machine in machines:
        if not (limits.allow_local or is_public(machine)):
            raise UnsafeAddressError(f"{machine} is not a public address")

    return machines


async def _ask_machine(url: httpx.URL, machine: str, limits: Limits) -> tuple[Answer, str]:
    host = url.raw_host.decode("ascii")
    async with (
        httpx.AsyncClient(
            verify=_certificates(), trust_env=False, timeout=limits.timeout
        ) as client,
        client.stream(
            "GET",
            url.copy_with(host=machine, fragment=None),
            headers=_HEADERS | {"Host": url.netloc.decode("ascii")},
            extensions={"sni_hostname": host},  # the name that the certificate must have
        ) as response,
    ):
        location = response.headers.get("location", "")
        leads = bool(location) and response.status_code in _REDIRECTS
        answer = Answer(
            status=response.status_code,
            url=str(url),
            mediatype=response.headers.get("content-type", "").partition(";")[0].strip().lower(),
            charset=response.charset_encoding or "",
            content=b"" if leads else await _read(response, limits),
        )

    return answer, location


async def _read(response: httpx.Response, limits: Limits) -> bytes | None:
    if response.headers.get("content-encoding", "").lower() not in _ENCODINGS:
        raise httpx.DecodingError("it is packed in a way that nobody asked for")

    content = bytearray()
    async for chunk in response.aiter_bytes():
        content += chunk
        if len(content) > limits.most:
            return None

    return bytes(content)


@cache
def _certificates() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)
