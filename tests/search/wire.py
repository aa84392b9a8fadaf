"""The wire between the site and a node: tests hold what is on it, and cut it."""

import re
import socket
import threading
from contextlib import suppress
from urllib.parse import urlsplit

from search.node import HOST

#: Bodies are lines of JSON, so only a request begins like this.
BULK = re.compile(rb"[A-Z]+ /[^ ]*_bulk[? ]")
LENGTH = re.compile(rb"(?i)content-length: *(\d+)")
END_OF_HEAD = b"\r\n\r\n"
CHUNK = 65_536
PATIENCE = 600.0


class Hold:
    """One bulk request that stays on the wire, or its answer, as ``what`` says."""

    def __init__(self, what):
        self.what = what
        self._reached, self._gate, self._answered = (threading.Event() for _ in "123")
        self._is_lost = False

    def wait(self):
        """Until the request is there, or the node has answered it."""
        assert self._reached.wait(PATIENCE), "Nothing was sent."

    def release(self):
        self._gate.set()

    def lose(self):
        """The request never arrives."""
        self._is_lost = True
        self._gate.set()

    def wait_for_answer(self):
        assert self._answered.wait(PATIENCE), "The node did not answer."

    # The wire's side

    def passes(self):
        """Stay here. Whether it goes on after that."""
        self._reached.set()
        return self._gate.wait(PATIENCE) and not self._is_lost

    def is_answered(self):
        self._answered.set()


class Wire:
    """A port of this machine that leads to a node, until it is cut."""

    def __init__(self, url):
        parts = urlsplit(url)
        self._node = (parts.hostname, parts.port)
        self._server = socket.create_server((HOST, 0), backlog=64)
        self.url = f"{parts.scheme}://{HOST}:{self._server.getsockname()[1]}"
        self._sockets = []
        self._threads = []
        self._hold = None
        self._lock = threading.Lock()
        self._start(self._accept)

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.cut()
        for thread in self._threads:
            thread.join(PATIENCE)

    def hold(self, what):
        """Hold the next bulk ``"request"``, or the ``"answer"`` to it; others pass."""
        self._hold = Hold(what)
        return self._hold

    def cut(self):
        """As the node's end: connections break, and no other comes about."""
        for one in (self._server, *self._sockets):
            _end(one)
        self._server.close()

    # Connections

    def _start(self, target, *arguments):
        thread = threading.Thread(target=target, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self):
        while True:
            try:
                caller, _ = self._server.accept()
            except OSError:
                return
            node = socket.create_connection(self._node)
            self._sockets += [caller, node]
            held = []
            self._start(self._carry, caller, node, held)
            self._start(self._answer, node, caller, held)

    def _carry(self, caller, node, held):
        try:
            while asked := caller.recv(CHUNK):
                if BULK.match(asked) and (hold := self._take_hold()):
                    asked = _whole(caller, asked)
                    held.append(hold)
                    if hold.what == "request" and not hold.passes():
                        break
                    node.sendall(asked)
                    # Its sender may have ended, which must not reach the node before.
                    hold.wait_for_answer()
                else:
                    node.sendall(asked)
        except OSError:
            pass
        _end(node)

    def _take_hold(self):
        with self._lock:
            hold, self._hold = self._hold, None
        return hold

    def _answer(self, node, caller, held):
        try:
            while said := node.recv(CHUNK):
                while held:
                    hold = held.pop()
                    hold.is_answered()
                    if hold.what == "answer":
                        hold.passes()
                caller.sendall(said)
        except OSError:
            pass
        _end(caller)


def _whole(caller, request):
    """All of a request, which then needs its sender no more."""
    while END_OF_HEAD not in request:
        request += _more(caller)
    head, _, body = request.partition(END_OF_HEAD)
    left = int(LENGTH.search(head)[1]) - len(body)
    parts = [request]
    while left > 0:
        parts.append(_more(caller))
        left -= len(parts[-1])
    return b"".join(parts)


def _more(caller):
    more = caller.recv(CHUNK)
    if not more:
        raise ConnectionResetError("It ended within a request.")
    return more


def _end(one):
    with suppress(OSError):  # it has ended
        one.shutdown(socket.SHUT_RDWR)
