"""Opens a feed: a file, or an address of the web, packed with gzip or not.

An address is foreign. Only http and https are fetched, only from public addresses of
the internet: a name is resolved once, every address it has is checked, and the
connection goes to the checked one, so that no second answer of a name server can lead
into the own network. Each redirect is checked again.
"""

import gzip
import http.client
import io
import ipaddress
import re
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import BinaryIO
from urllib.parse import SplitResult, urljoin, urlsplit

from .record import FeedError

DEFAULT_MOST_BYTES = 2_000_000_000
MOST_REDIRECTS = 5
TIMEOUT = 30.0
LONGEST_FETCH = 3600.0
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_GZIP = b"\x1f\x8b"
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_HEADERS = {
    "User-Agent": "Chartwork import",
    "Accept": "*/*",
    "Accept-Encoding": "gzip",
}

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Feed(io.RawIOBase):
    """The bytes of a feed as they come, counted and limited.

    ``read`` gives at most so many bytes as it is asked for, and none at the end; it
    should not wait for more than it has, or what came before an error is lost.
    ``size`` is how many there will be, None where nobody says. Ends in a FeedError
    where fewer come, or more than allowed.
    """

    def __init__(
        self,
        read: Callable[[int], bytes],
        size: int | None,
        most_bytes: int,
        name: str = "file",
    ) -> None:
        self._read = read
        self._most_bytes = most_bytes
        self._ends_at = time.monotonic() + LONGEST_FETCH
        self.size = size
        self.position = 0
        self.name = name

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            part = self._read(len(buffer))
        except (OSError, EOFError, zlib.error, http.client.HTTPException) as error:
            raise FeedError(f"The {self.name} breaks off: {error}") from error
        self.position += len(part)
        if not part and self.size is not None and self.position < self.size:
            raise FeedError(
                f"The {self.name} breaks off: "
                f"{self.position:,} of {self.size:,} bytes came."
            )
        if self.position > self._most_bytes:
            raise FeedError(
                f"The {self.name} is larger than {self._most_bytes:,} bytes. "
                "Raise IMPORT_MAX_BYTES, or split the feed."
            )
        if time.monotonic() > self._ends_at:
            raise FeedError(f"The {self.name} took more than an hour to come.")
        buffer[: len(part)] = part
        return len(part)


@contextmanager
def opened(
    location: str,
    *,
    most_bytes: int = DEFAULT_MOST_BYTES,
    allow_private: bool = False,
) -> Iterator[tuple[BinaryIO, Feed]]:
    """A path or an address, as (its unpacked bytes, the feed behind them).

    ``allow_private`` is for tests with a server of their own. Raises FeedError.
    """
    if re.match(r"[a-z][a-z0-9+.-]*://", location, re.I):
        response = _fetched(location, allow_private=allow_private)
        with closing(response):
            size = int(response.headers.get("Content-Length") or 0) or None
            feed = Feed(response.read1, size, most_bytes, "answer")
            yield unpacked(feed, most_bytes), feed
        return
    try:
        file = Path(location).open("rb")  # noqa: SIM115 - closed below
    except OSError as error:
        raise FeedError(f"The file cannot be opened: {error}") from error
    with file:
        feed = Feed(file.read, Path(location).stat().st_size, most_bytes)
        yield unpacked(feed, most_bytes), feed


def unpacked(feed: Feed, most_bytes: int) -> BinaryIO:
    """The bytes of a feed without gzip, which is known by its first two bytes."""
    stream = io.BufferedReader(feed, 262_144)
    for _ in range(2):  # a packed file may be packed again on its way
        if stream.peek(2)[:2] != _GZIP:
            break
        packed = gzip.GzipFile(fileobj=stream)
        plain = Feed(packed.read1, None, most_bytes, "packed file")
        stream = io.BufferedReader(plain, 262_144)
    return stream


# The web


def _fetched(url: str, *, allow_private: bool) -> http.client.HTTPResponse:
    for _ in range(MOST_REDIRECTS + 1):
        response = _answer(_checked(url), allow_private=allow_private)
        if response.status == 200:
            return response
        target = response.headers.get("Location")
        response.close()
        if response.status not in _REDIRECTS or not target:
            raise FeedError(f"The address answers {response.status} {response.reason}.")
        url = urljoin(url, target)
    raise FeedError(f"The address leads on more than {MOST_REDIRECTS} times.")


def _checked(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise FeedError(f"This is not an address: {error}.") from error
    if parts.scheme.lower() not in {"http", "https"}:
        raise FeedError(
            f"“{parts.scheme}” addresses are not fetched. Use http or https."
        )
    if not host or parts.username or parts.password:
        raise FeedError("The address needs a host, and no name or password before it.")
    return parts


def _answer(parts: SplitResult, *, allow_private: bool) -> http.client.HTTPResponse:
    host = _ascii_host(parts.hostname or "")
    is_secure = parts.scheme.lower() == "https"
    port = parts.port or (443 if is_secure else 80)
    address = _public_address(host, port, allow_private=allow_private)
    connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if re.search(r"[\x00-\x20\x7f-\U0010ffff]", target):
        raise FeedError("The address holds a space or a letter that must be encoded.")
    try:
        plain = socket.create_connection((str(address), port), TIMEOUT)
        connection.sock = (
            ssl.create_default_context().wrap_socket(plain, server_hostname=host)
            if is_secure
            else plain
        )
        connection.request("GET", target, headers=_HEADERS)
        return connection.getresponse()
    except (OSError, http.client.HTTPException) as error:
        connection.close()
        raise FeedError(f"{host} cannot be reached: {error}") from error


def _ascii_host(host: str) -> str:
    try:
        return host.encode("idna").decode() if not host.isascii() else host
    except UnicodeError as error:
        raise FeedError(f"This is not the name of a host: {error}.") from error


def _public_address(host: str, port: int, *, allow_private: bool) -> Address:
    """The first address of a host, after all of them are found to be public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FeedError(f"{host} has no address: {error}") from error
    addresses = [
        ipaddress.ip_address(str(entry[4][0]).split("%")[0]) for entry in found
    ]
    if not allow_private and not all(map(is_public, addresses)):
        raise FeedError(
            f"{host} is inside a private or reserved network, which is not fetched. "
            "Save the feed as a file and import that."
        )
    return addresses[0]


def is_public(address: Address) -> bool:
    """Whether an address is one of the public internet, whatever form it hides in."""
    return all(
        part.is_global
        and not (
            part.is_private
            or part.is_loopback
            or part.is_link_local
            or part.is_multicast
            or part.is_reserved
            or part.is_unspecified
        )
        for part in _parts(address)
    )


def _parts(address: Address) -> Iterator[Address]:
    """The address, and the IPv4 address that an IPv6 address carries."""
    if isinstance(address, ipaddress.IPv4Address):
        yield address
        return
    if address.ipv4_mapped:
        yield address.ipv4_mapped
        return
    if address in _NAT64:
        yield ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        return
    yield address
    if address.sixtofour:
        yield address.sixtofour
    if address.teredo:
        yield from address.teredo
