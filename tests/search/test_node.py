"""A real node: killed, hung, started again, and gone with whoever started it."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from django.conf import settings

import pytest
from elasticsearch import (
    AuthenticationException,
    AuthorizationException,
    ConnectionTimeout,
    Elasticsearch,
)
from elasticsearch import ConnectionError as Unreachable

from search import server as servers
from search.node import (
    HOST,
    PORTS,
    STARTS_SOONER,
    NodeError,
    free_ports,
    throwaway_folder,
)
from search.server import Account, ServerMissingError, account_for, find_server

from .nodes import short_lived

SECONDS = 120


def client(url, **options):
    return Elasticsearch(url, max_retries=0, **options)


# One node


def test_node_that_was_killed_comes_back_with_its_data_on_its_port(own_node):
    url = own_node.url
    client(url).index(index="kept", id="1", document={"word": "here"})
    own_node.kill()
    assert not own_node.is_running
    with pytest.raises(Unreachable):
        client(url).info()
    own_node.start()
    assert own_node.url == url
    assert client(url).get(index="kept", id="1")["_source"] == {"word": "here"}


def test_paused_node_holds_the_connection_and_does_not_answer(own_node):
    own_node.pause()
    with pytest.raises(ConnectionTimeout):
        client(own_node.url, request_timeout=1).info()
    own_node.resume()
    assert client(own_node.url).info()["tagline"]


def test_folder_of_a_running_node_admits_no_other(own_node):
    second = short_lived(own_node.folder)
    with pytest.raises(NodeError, match="Another node runs in"):
        second.start()


def test_start_that_takes_too_long_names_the_obstacle(own_node):
    with pytest.raises(NodeError, match=r'not ready in 0 s: .*"timed_out":true'):
        own_node.wait_until_ready(nodes=2, patience=0)


def test_stopped_node_ends_in_order_and_frees_folder_and_port(own_node):
    own_node.stop()
    assert "closed" in own_node.log_end(3)
    assert folder_is_free(own_node.folder)
    socket.create_server((HOST, own_node.port)).close()


def test_start_that_fails_says_why(elasticsearch_server):
    with throwaway_folder() as folder:
        node = short_lived(folder / "node", settings={"no.such.setting": 1})
        with pytest.raises(NodeError, match=r"unknown setting \[no\.such\.setting\]"):
            node.start()
        assert folder_is_free(folder / "node")


def test_free_ports_differ_and_are_none_that_clients_are_given():
    found = free_ports(20)
    assert len(set(found)) == 20
    assert set(found) <= set(PORTS)


# In the foreground


@pytest.fixture(scope="module")
def project():
    """Where a node in the foreground keeps its data, outside the project."""
    with throwaway_folder() as folder:
        folder.chmod(0o755)
        yield folder


@pytest.fixture
def foreground(project):
    """Starts `python -m search.node` with some environment; it ends with the test."""
    with ExitStack() as stack:

        def start(**environment):
            environment = {
                "VAR_DIR": str(project),
                "ES_HEAP": "256m",
                "ES_JAVA_OPTS": " ".join(STARTS_SOONER),
                **environment,
            }
            process = subprocess.Popen(
                [sys.executable, "-m", "search.node"],
                cwd=settings.BASE_DIR,
                env={**os.environ, **environment},
                stdout=subprocess.PIPE,
                text=True,
            )
            stack.enter_context(process)
            stack.callback(process.kill)
            return process

        yield start


def wait_for_line(process, word):
    """The first line with the word, or all that was said before the process ended."""
    said = []
    for line in process.stdout:
        if word in line:
            return line
        said.append(line)
    return "".join(said)


def folder_is_free(folder):
    """Whether no node holds the folder; one that is ending may take some seconds."""
    with (folder / "lock").open("a") as lock:
        for _ in range(SECONDS):
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(1)
            else:
                return True
    return False


def test_node_ends_in_order_with_whoever_started_it(
    elasticsearch_server, foreground, project
):
    [port] = free_ports(1)
    process = foreground(ES_PORT=str(port))
    assert f"http://127.0.0.1:{port}" in wait_for_line(process, "answers")
    client(f"http://{HOST}:{port}").index(index="kept", id="1", document={})
    process.kill()
    process.wait()
    assert folder_is_free(project / "elasticsearch")
    assert "closed" in (project / "elasticsearch" / "log").read_text().splitlines()[-1]


def test_interrupt_ends_the_node_and_the_next_start_finds_its_data(
    elasticsearch_server, foreground
):
    [port] = free_ports(1)
    process = foreground(ES_PORT=str(port))
    assert "rebuild_search_index" in wait_for_line(process, "rebuild")
    assert client(f"http://{HOST}:{port}").exists(index="kept", id="1")
    process.send_signal(signal.SIGINT)
    assert process.wait(SECONDS) == 0
    socket.create_server((HOST, port)).close()


@pytest.mark.parametrize(
    ("variable", "value", "complaint"),
    [
        ("ES_HEAP", "lots", "ES_HEAP=lots is no size: write 512m or 1g."),
        ("ES_HEAP", "0g", "ES_HEAP=0g is no size"),
        ("ES_PORT", "http", "ES_PORT=http is no port."),
        ("ES_PORT", "65536", "ES_PORT=65536 is no port."),
        ("ELASTICSEARCH_HOME", "/nowhere", "ELASTICSEARCH_HOME=/nowhere holds no"),
    ],
)
def test_wrong_setting_is_one_clear_line(foreground, variable, value, complaint):
    [port] = free_ports(1)
    process = foreground(**{"ES_PORT": str(port), variable: value})
    said, _ = process.communicate(timeout=SECONDS)
    assert process.returncode != 0
    assert said.startswith(complaint)
    assert said.count("\n") == 1


def test_taken_port_is_one_clear_line(foreground):
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
        process = foreground(ES_PORT=str(port))
        said, _ = process.communicate(timeout=SECONDS)
    assert process.returncode != 0
    assert said.startswith(f"Port {port} cannot be used: ")
    assert said.endswith("Name another: make elasticsearch ES_PORT=9201.\n")


# TLS and logins


def test_secure_node_answers_whoever_has_a_login_or_a_key(tls_node):
    trusted = {"ca_certs": str(tls_node.ca_certs)}
    with pytest.raises(AuthenticationException):
        client(tls_node.url, **trusted).info()
    with pytest.raises(AuthenticationException):
        client(tls_node.url, api_key="bm9ib2R5OmtleQ==", **trusted).info()
    assert client(tls_node.url_with_login, **trusted).info()
    assert client(tls_node.url, api_key=tls_node.api_key(), **trusted).info()


def test_site_has_no_rights_on_indices_of_others(tls_node):
    site = client(tls_node.url_with_login, ca_certs=str(tls_node.ca_certs))
    assert site.indices.create(index="listings-mine")["acknowledged"]
    with pytest.raises(AuthorizationException):
        site.indices.create(index="others")
    with pytest.raises(AuthorizationException):
        site.indices.delete(index="others")


# The server's program


def test_server_of_ones_own_is_taken_where_it_is_named(
    elasticsearch_server, monkeypatch
):
    monkeypatch.setenv("ELASTICSEARCH_HOME", str(elasticsearch_server.home))
    found = find_server(elasticsearch_server.account)
    assert found == elasticsearch_server
    assert found.version.startswith("8.")


def test_server_without_a_java_is_missing(elasticsearch_server, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.delenv("ES_JAVA_HOME", raising=False)
    with pytest.raises(ServerMissingError, match="needs Java 17 or newer"):
        find_server()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts it as another account")
class TestUnderRoot:
    @pytest.fixture
    def outside(self, monkeypatch):
        with throwaway_folder() as folder:
            monkeypatch.setattr(servers, "OUTSIDE", folder)
            folder.chmod(0o755)
            yield folder

    @pytest.fixture
    def closed(self, tmp_path):
        """A folder that only root may enter."""
        folder = tmp_path / "closed"
        folder.mkdir(mode=0o700)
        return folder

    def test_server_runs_as_an_account_without_rights(self, elasticsearch_server):
        assert elasticsearch_server.account.uid != 0

    def test_data_go_outside_a_folder_that_the_account_cannot_enter(
        self, closed, outside
    ):
        account = account_for(closed)
        assert servers.within_reach(closed / "data", account).parent == outside
        assert closed.stat().st_mode & 0o777 == 0o700

    def test_data_stay_where_the_account_can_go(self, outside):
        folder = outside / "data"
        assert servers.within_reach(folder, account_for(folder)) == folder

    def test_data_that_went_outside_are_found_again(self, closed, outside):
        account = account_for(closed)
        servers.within_reach(closed / "data", account).mkdir()
        closed.chmod(0o755)
        assert servers.within_reach(closed / "data", account).parent == outside

    def test_server_in_a_closed_folder_is_copied_once(
        self, closed, outside, elasticsearch_server, monkeypatch
    ):
        home = closed / "server"
        (home / "lib").mkdir(parents=True, mode=0o700)
        (home / "lib" / "elasticsearch-8.19.8.jar").touch(mode=0o600)
        monkeypatch.setenv("ELASTICSEARCH_HOME", str(home))
        account = Account(elasticsearch_server.account.uid, 65534)
        copy = find_server(account).home
        assert copy.parent == outside
        assert account.can("-r", copy / "lib" / "elasticsearch-8.19.8.jar")
        made_at = copy.stat().st_mtime_ns
        assert find_server(account).home == copy
        assert copy.stat().st_mtime_ns == made_at


# The node that all share


SHARE = """
import sys
from pathlib import Path
from tests.search.nodes import shared_node

with shared_node(Path(sys.argv[1])) as url:
    print(url, flush=True)
    sys.stdin.read()
print("left", flush=True)
"""


def test_shared_node_stays_until_the_last_process_leaves(
    elasticsearch_server, tmp_path
):
    first, second = (
        subprocess.Popen(
            [sys.executable, "-c", SHARE, str(tmp_path)],
            cwd=settings.BASE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    )
    url = first.stdout.readline().strip()
    assert second.stdout.readline().strip() == url
    for process in (first, second):
        assert client(url).info()
        process.stdin.close()
    assert {first.wait(SECONDS), second.wait(SECONDS)} == {0}
    with pytest.raises(Unreachable):
        client(url).info()


# Getting it


@pytest.mark.parametrize(
    ("environment", "complaint"),
    [
        ({"ELASTICSEARCH_HOME": "/nowhere"}, "ELASTICSEARCH_HOME=/nowhere holds no"),
        ({}, "Elasticsearch is fetched with Maven: install"),
    ],
)
def test_setup_that_cannot_get_a_server_says_what_to_install(
    elasticsearch_server, tmp_path, environment, complaint
):
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("ls", "id", "sed"):
        (programs / name).symlink_to(Path("/bin") / name)
    done = subprocess.run(
        ["/bin/sh", settings.BASE_DIR / "setup" / "elasticsearch"],
        cwd=tmp_path,
        env={
            "PATH": str(programs),
            "JAVA_HOME": str(elasticsearch_server.java.parent.parent),
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(complaint)
    assert done.stdout == ""
