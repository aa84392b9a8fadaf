import gzip
import ipaddress
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from careers.jobs.imports import source
from careers.jobs.imports.record import FeedError

CONTENT = b"A line of a feed.\n" * 10_000


class Answers(BaseHTTPRequestHandler):
    def do_GET(self):
        name = self.path.strip("/").split("?")[0]
        getattr(self, f"answer_{name}")()

    def log_message(self, *arguments):
        pass

    def answer_plain(self):
        self._send(CONTENT)

    def answer_packed(self):
        self._send(gzip.compress(CONTENT))

    def answer_twice(self):
        self._send(gzip.compress(gzip.compress(CONTENT)))

    def answer_cut(self):
        self.send_response(200)
        self.send_header("Content-Length", str(len(CONTENT)))
        self.end_headers()
        self.wfile.write(CONTENT[: len(CONTENT) // 2])

    def answer_missing(self):
        self.send_error(404)

    def answer_once(self):
        self._lead("/plain")

    def answer_loop(self):
        self._lead("/loop")

    def answer_away(self):
        self._lead("file:///etc/passwd")

    def _send(self, content):
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _lead(self, target):
        self.send_response(302)
        self.send_header("Location", target)
        self.end_headers()


@pytest.fixture(scope="module")
def address():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def read(location, **options):
    with source.opened(location, allow_private=True, **options) as (stream, _):
        return stream.read()


@pytest.mark.parametrize("name", ["plain", "packed", "twice", "once"])
def test_address_is_fetched_unpacked_and_followed(address, name):
    assert read(f"{address}/{name}?a=1") == CONTENT


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("cut", "breaks off: 90,000 of 180,000 bytes came"),
        ("missing", "answers 404"),
        ("loop", "more than 5 times"),
        ("away", "Use http or https"),
    ],
)
def test_answer_that_is_no_feed_says_why(address, name, message):
    with pytest.raises(FeedError, match=message):
        read(f"{address}/{name}")


def test_own_network_is_not_fetched(address):
    with (
        pytest.raises(FeedError, match="private or reserved network"),
        source.opened(f"{address}/plain"),
    ):
        pass


def test_redirect_into_the_own_network_is_not_followed(address, monkeypatch):
    """The first host is public, the one that it leads to is not."""
    checked = source._public_address

    def first_is_public(host, port, *, allow_private):
        return checked(host, port, allow_private=host == "127.0.0.1")

    monkeypatch.setattr(source, "_public_address", first_is_public)
    monkeypatch.setattr(
        Answers,
        "answer_once",
        lambda self: self._lead(f"http://localhost:{self.server.server_port}/plain"),
    )
    with (
        pytest.raises(FeedError, match="localhost is inside a private"),
        source.opened(f"{address}/once"),
    ):
        pass


def test_connection_goes_to_the_address_that_was_checked(monkeypatch):
    """A name server that answers differently the second time is not asked again."""
    answers = iter(["93.184.215.14", "127.0.0.1"])
    connected = []

    def resolve(host, port, **options):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    def connect(target, timeout):
        connected.append(target)
        raise OSError("not in a test")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    with (
        pytest.raises(FeedError, match="cannot be reached"),
        source.opened("http://feed.example/"),
    ):
        pass
    assert connected == [("93.184.215.14", 80)]


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.8",
        "172.16.3.4",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:db8::1",
    ],
)
def test_address_that_is_not_public_is_known_in_every_form(address):
    assert not source.is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "2606:4700::1111", "64:ff9b::808:808"]
)
def test_public_address_is_public(address):
    assert source.is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    ("location", "message"),
    [
        ("gopher://a.example/", "Use http or https"),
        ("file:///etc/passwd", "Use http or https"),
        ("http://", "needs a host"),
        ("http://user:secret@a.example/", "needs a host"),
        ("http://a.example:99999/", "not an address"),
        ("http://0x7f.1/", "private or reserved network"),
        ("http://2130706433/", "private or reserved network"),
        ("http://localhost/a b", "private or reserved network"),
    ],
)
def test_address_that_cannot_be_fetched_says_why(location, message):
    with pytest.raises(FeedError, match=message), source.opened(location):
        pass


@pytest.fixture
def file_of(tmp_path):
    def write(content):
        path = tmp_path / "feed"
        path.write_bytes(content)
        return str(path)

    return write


@pytest.mark.parametrize("content", [CONTENT, gzip.compress(CONTENT)])
def test_file_is_opened_packed_or_not(file_of, content):
    assert read(file_of(content)) == CONTENT


def test_packed_file_that_is_cut_gives_what_it_has_and_breaks_off(file_of):
    path = file_of(gzip.compress(CONTENT, 0)[:100_000])
    with source.opened(path) as (stream, _):
        assert stream.read(50_000) == CONTENT[:50_000]
        with pytest.raises(FeedError, match="packed file breaks off"):
            stream.read()


def test_file_that_unpacks_beyond_the_limit_breaks_off(file_of):
    path = file_of(gzip.compress(b"0" * 1_000_000))
    with pytest.raises(FeedError, match="larger than 100,000 bytes"):
        read(path, most_bytes=100_000)
