"""Elasticsearch nodes for tests: one that all share, and others to be ill-treated.

A test that asks for none starts none. Every test keeps to index names of its own.
"""

import base64
import fcntl
import hashlib
import json
import os
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from search.node import HOST, STARTS_SOONER, Cluster, Login, Node, throwaway_folder
from search.server import ServerMissingError, account_for, find_server
from tests.conftest import IN_CI

#: What the site and its commands may do on a cluster, and no more; see the operations
#: manual.
LEAST_RIGHTS = {
    "cluster": ["monitor"],
    "indices": [
        {
            "names": ["listings-*"],
            "privileges": ["read", "write", "manage"],
        }
    ],
}
SITE = "chartwork"
ADMINISTRATOR = "administrator"
PASSWORD = "known to tests"


@pytest.fixture(scope="session")
def elasticsearch_server():
    """The server's program. Where there is none, its tests fail in CI, else skip."""
    try:
        return find_server(account_for(Path("nowhere")))
    except ServerMissingError as error:
        if IN_CI:
            pytest.fail(str(error))
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def elasticsearch_node(elasticsearch_server, tmp_path_factory, worker_id):
    """The URL of a node that every test of the run shares, in all its processes."""
    root = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        root = root.parent
    with shared_node(root) as url:
        yield url


@pytest.fixture
def own_node(_own_node):
    """A running node that the test may stop, pause and kill."""
    _own_node.start()
    yield _own_node
    _own_node.resume()


@pytest.fixture(scope="session")
def _own_node(elasticsearch_server):
    with throwaway_folder() as folder, short_lived(folder / "node") as node:
        yield node


@pytest.fixture
def three_nodes(_three_nodes):
    """A running cluster of three, any of which the test may stop, pause and kill."""
    for node in _three_nodes.nodes:
        node.resume()
    _three_nodes.start()
    yield _three_nodes
    for node in _three_nodes.nodes:
        node.resume()


@pytest.fixture(scope="module")
def _three_nodes(elasticsearch_server):
    with (
        throwaway_folder() as folder,
        Cluster(folder, java_options=STARTS_SOONER) as cluster,
    ):
        yield cluster


@pytest.fixture(scope="session")
def tls_node(elasticsearch_server):
    """A node that speaks TLS alone and lets nobody in without a login."""
    if not shutil.which("openssl"):
        missing = "No certificate can be made: install openssl."
        if IN_CI:
            pytest.fail(missing)
        pytest.skip(missing)
    with throwaway_folder() as folder, secure_node(folder) as node:
        yield node


def short_lived(folder: Path, **arguments) -> Node:
    return Node(folder, java_options=STARTS_SOONER, **arguments)


# The shared node


@contextmanager
def shared_node(root: Path) -> Iterator[str]:
    """The URL of the node that the processes with this folder share.

    Whoever comes first starts it. It is bound to that process, which therefore stays
    until the others have left.
    """
    address = root / "elasticsearch-node.url"
    with ExitStack() as stack:
        users = stack.enter_context((root / "elasticsearch-node.users").open("a"))
        with _alone(root):
            ours = not address.exists()
            if ours:
                node = _start_for_all(stack)
                address.write_text(node.url)
            url = address.read_text()
            fcntl.flock(users, fcntl.LOCK_SH)
        yield url
        fcntl.flock(users, fcntl.LOCK_UN)
        if ours:
            _wait_for_others(root, users, address)


def _start_for_all(stack: ExitStack) -> Node:
    folder = stack.enter_context(throwaway_folder())
    return stack.enter_context(short_lived(folder / "node"))


def _wait_for_others(root: Path, users, address: Path) -> None:
    """Return when nobody uses the node, and nobody can find it any more."""
    while True:
        with _alone(root):
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass
            else:
                address.unlink()
                return
        time.sleep(0.1)


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """One process at a time starts, joins or leaves the node."""
    with (root / "elasticsearch-node.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


# A node with TLS


@dataclass(frozen=True)
class SecureNode:
    """How to reach a node that asks who is there."""

    node: Node
    ca_certs: Path

    @property
    def url(self) -> str:
        """Without a login: such a request is refused."""
        return self.node.url

    @property
    def url_with_login(self) -> str:
        """For an account that has no rights but LEAST_RIGHTS."""
        return self.url.replace("//", f"//{SITE}:{PASSWORD.replace(' ', '%20')}@")

    def api_key(self, rights: dict | None = None) -> str:
        """A new key with these rights, as SEARCH_API_KEY takes it."""
        body = {"name": SITE, "role_descriptors": {SITE: rights or LEAST_RIGHTS}}
        return self.administer("POST", "/_security/api_key", body)["encoded"]

    def change_rights(self, api_key: str, rights: dict) -> None:
        path = f"/_security/api_key/{_id_of(api_key)}"
        self.administer("PUT", path, {"role_descriptors": {SITE: rights}})

    def revoke(self, api_key: str) -> None:
        body = {"ids": [_id_of(api_key)]}
        self.administer("DELETE", "/_security/api_key", body)

    def administer(self, method: str, path: str, body: dict | None = None) -> dict:
        """What an administrator asks of the node."""
        request = Request(  # noqa: S310
            f"{self.url}{path}",
            method=method,
            data=json.dumps(body).encode() if body else None,
            headers={
                "Authorization": basic(ADMINISTRATOR),
                "Content-Type": "application/json",
            },
        )
        context = ssl.create_default_context(cafile=self.ca_certs)
        with urlopen(request, context=context, timeout=30) as answer:  # noqa: S310
            return json.load(answer)


def _id_of(api_key: str) -> str:
    return base64.b64decode(api_key).decode().partition(":")[0]


@contextmanager
def secure_node(folder: Path) -> Iterator[SecureNode]:
    make_certificates(folder)
    ca_certs = folder / "ca.pem"
    node = short_lived(
        folder / "node",
        settings={
            "xpack.security.enabled": True,
            "xpack.security.http.ssl.enabled": True,
            "xpack.security.http.ssl.key": "node.key",
            "xpack.security.http.ssl.certificate": "node.pem",
        },
        files={
            "node.key": (folder / "node.key").read_text(),
            "node.pem": (folder / "node.pem").read_text(),
            "users": "".join(f"{name}:{hashed()}\n" for name in (SITE, ADMINISTRATOR)),
            "users_roles": f"{SITE}:{SITE}\nsuperuser:{ADMINISTRATOR}\n",
            "roles.yml": json.dumps({SITE: LEAST_RIGHTS}),
        },
        login=Login(basic(ADMINISTRATOR), ca_certs),
    )
    with node:
        yield SecureNode(node, ca_certs)


def basic(user: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{PASSWORD}".encode()).decode()


def hashed() -> str:
    """The password as Elasticsearch's file of users keeps it."""
    salt, rounds = os.urandom(32), 1000
    key = hashlib.pbkdf2_hmac("sha512", PASSWORD.encode(), salt, rounds, dklen=32)
    parts = (base64.b64encode(part).decode() for part in (salt, key))
    return f"{{PBKDF2}}{rounds}${'$'.join(parts)}"


def make_certificates(folder: Path) -> None:
    """An authority of our own, and a certificate from it for this machine."""
    request = "req -newkey rsa:2048 -nodes -days 2".split()
    names = folder / "names"
    names.write_text(
        f"subjectAltName=IP:{HOST},DNS:localhost\n"
        "authorityKeyIdentifier=keyid\nsubjectKeyIdentifier=hash\n"
    )
    for arguments in (
        [*request, "-x509", "-subj", "/CN=Test authority"]
        + ["-addext", "keyUsage=critical,keyCertSign"]
        + ["-keyout", "ca.key", "-out", "ca.pem"],
        [*request, "-subj", f"/CN={HOST}", "-keyout", "node.key", "-out", "node.csr"],
        "x509 -req -in node.csr -CA ca.pem -CAkey ca.key -CAcreateserial".split()
        + ["-out", "node.pem", "-days", "2", "-extfile", names.name],
    ):
        openssl = shutil.which("openssl")
        subprocess.run(
            [openssl, *arguments], cwd=folder, check=True, capture_output=True
        )
