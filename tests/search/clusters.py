"""Clusters in every state for tests: made indices, and servers that are no cluster."""

import json
import socket
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from uuid import uuid4

from django.test import override_settings

from elasticsearch import Elasticsearch
from elasticsearch.helpers import bulk

from search import documents, index

PRODUCT = {"X-Elastic-Product": "Elasticsearch"}
JSON = "application/json"
HTML = "text/html; charset=utf-8"
#: A slow machine is no outage.
PATIENT = "30"
HASTY = "0.3"
#: An index with this setting is red: no node may hold it.
NOWHERE = {"index.routing.allocation.require.name": "nowhere"}


@contextmanager
def own_index(url, *, ids=(), changes=None, name=None, **settings):
    """The site on the cluster at ``url``, with an index under a prefix of its own.

    ``ids`` are the listings in it, ``changes`` go into the index's settings.
    """
    ours = {
        "SEARCH_URL": url,
        "SEARCH_INDEX": f"test-{uuid4().hex[:8]}",
        "SEARCH_TIMEOUT": PATIENT,
        **settings,
    }
    with override_settings(**ours), Elasticsearch(url.split(",")) as client:
        try:
            made = make_index(client, name=name, changes=changes)
            if ids:
                bulk(client, operations(made, ids), refresh=True)
            yield client
        finally:
            ours = client.indices.get(index=f"{ours['SEARCH_INDEX']}*").body
            if ours:
                client.indices.delete(index=",".join(ours))


def make_index(client, *, name=None, changes=None):
    body = index.body()
    made = name or index.new_name()
    client.indices.create(
        index=made,
        settings={**body["settings"], **(changes or {})},
        mappings=body["mappings"],
        aliases={index.alias(): {}},
        wait_for_active_shards=0 if changes == NOWHERE else 1,
    )
    return made


def operations(name, ids):
    for document in documents.read(list(ids)):
        yield {"_index": name, "_id": document["id"], "_source": document}


class Stranger(ThreadingHTTPServer):
    """A server that says the same to everyone, and counts how often it was asked."""

    daemon_threads = True

    def __init__(self, status, body, headers):
        super().__init__(("127.0.0.1", 0), Same)
        self.status = status
        self.body = body
        self.headers = headers
        self.asked = 0

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"


class Same(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        server = self.server
        server.asked += 1
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(server.status)
        for name, value in server.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(server.body)))
        self.end_headers()
        self.wfile.write(server.body)

    do_GET = do_POST = do_PUT = do_HEAD = answer  # noqa: N815

    def log_message(self, *arguments):
        pass


@contextmanager
def stranger(status=200, body=b"", kind=JSON, headers=None):
    """``body`` is bytes, or anything that JSON can say."""
    said = body if isinstance(body, bytes) else json.dumps(body).encode()
    server = Stranger(status, said, {"Content-Type": kind, **(headers or {})})
    thread = threading.Thread(target=server.serve_forever, args=[0.02])
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def mute():
    """The URL of a server that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


@contextmanager
def rude():
    """The URL of a server that hangs up on whoever asks."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as server:
        thread = threading.Thread(target=_hang_up, args=[server])
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


def _hang_up(server):
    while True:
        try:
            caller, _ = server.accept()
        except OSError:
            return
        caller.recv(1)
        caller.close()


def nobody():
    """A URL where nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"http://127.0.0.1:{server.getsockname()[1]}"


def until(true, *, seconds=60):
    """Wait for something to come true."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            raise AssertionError(f"It did not happen in {seconds} seconds.")
        time.sleep(0.1)
