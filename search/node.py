"""Real Elasticsearch nodes on this machine, for development and tests.

`python -m search.node` runs one in the foreground. Tests and benchmarks start theirs
as `Node` and `Cluster`, on ports and folders of their own. A node never outlives
whoever started it: its keeper, a few lines of shell, ends it when the pipe to us
closes, however we ended.
"""

import fcntl
import json
import os
import random
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path

import psutil

from careers.settings.base import VAR_DIR

from .server import (
    Server,
    ServerMissingError,
    account_for,
    as_account,
    find_server,
    within_reach,
)

HOST = "127.0.0.1"
THROWAWAY_PREFIX = "chartwork-node-"
MINUTE = 60.0
#: Seconds until a start has failed; a busy machine needs several times the usual 12.
PATIENCE = 3 * MINUTE
#: Seconds for a node to end in order.
GRACE = 30
#: Below the ports that the kernel gives to whoever connects: such a one could be taken,
#: or even connect to itself, while its node is down.
PORTS = range(20_000, 32_000)
ALONE: Mapping[str, object] = {"discovery.type": "single-node"}

# "$@" is the server. It is told to end when our side of the pipe closes, and killed if
# it does not; nothing of the process group is left when it has ended.
KEEPER = """
exec 3<&0 </dev/null
"$@" 3<&- &
server=$!
{ read -r _; kill "$server"; sleep "$GRACE"; kill -s KILL -- "-$$"; } <&3 &
wait "$server"
kill -s KILL -- "-$$"
"""
# All output goes to one log.
LOGGING = """\
status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%-5p][%-25c{1.}] %marker%m%n
rootLogger.level = info
rootLogger.appenderRef.console.ref = console
"""
# Half the processor's time to start, and slower at length: for nodes that live for some
# tests, not for benchmarks.
STARTS_SOONER = ("-XX:TieredStopAtLevel=1",)
JVM_OPTIONS = """\
-XX:+UseG1GC
-XX:+ExitOnOutOfMemoryError
-XX:ErrorFile=hs_err_pid%p.log
-Djava.io.tmpdir=${ES_TMPDIR}
20-:--add-modules=jdk.incubator.vector
"""
# What only a complete distribution knows, and would do unasked.
QUIET = {
    "ingest-geoip": {"ingest.geoip.downloader.enabled": False},
    "x-pack-ml": {"xpack.ml.enabled": False},
}


class NodeError(Exception):
    """A node did not start. The text says why, with the end of its log."""


@dataclass(frozen=True)
class Login:
    """How to ask a node that has TLS and security on."""

    authorization: str
    ca_certs: Path


class Node:
    """One Elasticsearch on 127.0.0.1, with its data, settings and log in a folder.

    ``settings`` are lines of elasticsearch.yml, ``files`` more files beside it.
    ``heap`` is as Java writes it. The port stays the same over restarts.
    """

    def __init__(
        self,
        folder: Path,
        *,
        name: str = "chartwork-1",
        port: int | None = None,
        transport_port: int | None = None,
        heap: str = "512m",
        discovery: Mapping[str, object] = ALONE,
        settings: Mapping[str, object] | None = None,
        files: Mapping[str, str] | None = None,
        login: Login | None = None,
        java_options: Sequence[str] = (),
        server: Server | None = None,
    ) -> None:
        free = free_ports(2)
        self.folder = folder
        self.name = name
        self.port = port or free[0]
        self.transport_port = transport_port or free[1]
        self.discovery = discovery
        self.settings = settings or {}
        self.files = files or {}
        self.login = login
        self.java_options = [f"-Xms{heap}", f"-Xmx{heap}", *java_options]
        self.server = server or find_server(account_for(folder))
        self._keeper: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"{'https' if self.login else 'http'}://{HOST}:{self.port}"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    @property
    def is_running(self) -> bool:
        return self._keeper is not None and self._keeper.poll() is None

    def __enter__(self) -> "Node":
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop()

    # Verbs

    def start(self) -> None:
        """Start the node, again if it ended, and return when it answers."""
        self.launch()
        try:
            self.wait_until_ready()
        except BaseException:
            self.stop()
            raise

    def launch(self) -> None:
        """Start the node without waiting for it."""
        if self.is_running:
            return
        self.stop()  # what is left of a node that ended by itself
        lock = self._take_folder()
        try:
            self._arrange()
            with self.log.open("wb") as log:
                self._keeper = subprocess.Popen(
                    ["/bin/sh", "-c", KEEPER, "sh", *self._command()],
                    stdin=subprocess.PIPE,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                    # The folder is free again when the server has ended, not we.
                    pass_fds=[lock],
                    **{
                        **as_account(self.server.account),
                        "cwd": self.server.home,
                        "env": self._environment(),
                    },
                )
        finally:
            os.close(lock)

    def wait_until_ready(self, *, nodes: int = 1, patience: float = PATIENCE) -> None:
        """Return when so many nodes have a master and every primary shard is up."""
        deadline = time.monotonic() + patience
        while obstacle := self._obstacle(nodes):
            if not self.is_running:
                raise NodeError(f"Elasticsearch did not start. {self.log_end()}")
            if time.monotonic() > deadline:
                raise NodeError(
                    f"Elasticsearch was not ready in {patience:.0f} s: {obstacle} "
                    f"{self.log_end()}"
                )
            time.sleep(0.2)

    def stop(self) -> None:
        """End the node in order, however it is; nothing happens if it has ended."""
        if self._keeper is None or self._keeper.stdin is None:
            return
        self.resume()
        self._keeper.stdin.close()
        try:
            self._keeper.wait(GRACE + 10)
        except subprocess.TimeoutExpired:
            self.kill()
        self._keeper = None

    def kill(self) -> None:
        """End the node at once, as the loss of its machine would."""
        if self._keeper is None or self._keeper.stdin is None:
            return
        processes = self._processes()
        if self.is_running:
            os.killpg(self._keeper.pid, signal.SIGKILL)
        self._keeper.wait()
        self._keeper.stdin.close()
        self._keeper = None
        while any(map(_is_alive, processes)):
            time.sleep(0.01)

    def wait(self) -> None:
        """Return when the node has ended by itself."""
        if self._keeper:
            self._keeper.wait()

    def pause(self) -> None:
        """Let the node keep its connections and answer nothing, until `resume`."""
        for process in self._processes():
            process.suspend()

    def resume(self) -> None:
        for process in self._processes():
            process.resume()

    def log_end(self, lines: int = 8) -> str:
        """The last lines of the log, without the stacks of its exceptions."""
        written = self.log.read_text(errors="replace").splitlines()
        told = [line for line in written if line and not line[0].isspace()]
        return "\n".join([f"The end of {self.log}:", *told[-lines:]])

    # The folder

    def _arrange(self) -> None:
        """Make the folders and write the settings, all of them the account's own."""
        conf = self.folder / "conf"
        folders = [self.folder, conf, self.folder / "data", self.folder / "tmp"]
        for folder in folders:
            folder.mkdir(mode=0o700, exist_ok=True)
        files = {
            "elasticsearch.yml": json.dumps(self._all_settings(), indent=2),
            "jvm.options": "\n".join([JVM_OPTIONS, *self.java_options]),
            "log4j2.properties": LOGGING,
            **self.files,
        }
        for name, text in files.items():
            (conf / name).write_text(text)
        account = self.server.account
        for path in [*folders, *(conf / name for name in files)]:
            if account:
                account.owns(path)

    def _all_settings(self) -> dict[str, object]:
        quiet = [lines for name, lines in QUIET.items() if self.server.has_module(name)]
        return {
            "cluster.name": "chartwork",
            "node.name": self.name,
            "network.host": HOST,
            "http.port": self.port,
            "transport.port": self.transport_port,
            "path.data": str(self.folder / "data"),
            "path.logs": str(self.folder),
            # A developer's disk is nearly full at times; the index is a copy.
            "cluster.routing.allocation.disk.threshold_enabled": False,
            "xpack.security.enabled": False,
            **self.discovery,
            **{key: value for lines in quiet for key, value in lines.items()},
            **self.settings,
        }

    def _take_folder(self) -> int:
        """The lock that whoever runs a node in this folder holds."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.folder / "lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise NodeError(f"Another node runs in {self.folder}.") from None
            # The numbers below 10 are the keeper's.
            return fcntl.fcntl(lock, fcntl.F_DUPFD_CLOEXEC, 10)

    # The process

    def _command(self) -> list[str]:
        home = self.server.home
        return [
            str(self.server.java),
            # The launcher stays beside the server: it should be small.
            *("-Xms32m", "-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
            "-Dcli.name=server",
            f"-Dcli.script={home / 'bin' / 'elasticsearch'}",
            "-Dcli.libs=lib/tools/server-cli",
            f"-Des.path.home={home}",
            f"-Des.path.conf={self.folder / 'conf'}",
            "-Des.distribution.type=zip",
            "-cp",
            f"{home}/lib/*:{home}/lib/cli-launcher/*",
            "org.elasticsearch.launcher.CliToolLauncher",
        ]

    def _environment(self) -> dict[str, str]:
        passed = ("PATH", "LANG", "ES_JAVA_OPTS")
        ours = {name: os.environ[name] for name in passed if name in os.environ}
        return {**ours, "GRACE": str(GRACE), "ES_TMPDIR": str(self.folder / "tmp")}

    def _processes(self) -> list[psutil.Process]:
        """The server's processes. The keeper is none: it always hears of our end."""
        if not self.is_running or self._keeper is None:
            return []
        try:
            kept = psutil.Process(self._keeper.pid).children(recursive=True)
            return [process for process in kept if process.name() == "java"]
        except psutil.NoSuchProcess:  # it ends just now
            return []

    def _obstacle(self, nodes: int) -> str:
        """Why the node is not ready; empty when it is."""
        path = f"/_cluster/health?wait_for_status=yellow&wait_for_nodes=ge({nodes})"
        if self.login:
            context = ssl.create_default_context(cafile=self.login.ca_certs)
            headers = {"Authorization": self.login.authorization}
            connection: HTTPConnection = HTTPSConnection(
                HOST, self.port, timeout=5, context=context
            )
        else:
            headers = {}
            connection = HTTPConnection(HOST, self.port, timeout=5)
        try:
            connection.request("GET", f"{path}&timeout=1s", headers=headers)
            answer = connection.getresponse()
            return "" if answer.status == 200 else answer.read().decode()
        except (OSError, HTTPException) as error:
            return str(error) or type(error).__name__
        finally:
            connection.close()


def _is_alive(process: psutil.Process) -> bool:
    """Whether the process holds its ports and files: its last threads may, dying."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE or process.num_threads() > 1
    except psutil.NoSuchProcess:
        return False


class Cluster:
    """Several nodes that are one cluster. Each may be killed and started again."""

    def __init__(
        self,
        folder: Path,
        *,
        size: int = 3,
        heap: str = "512m",
        java_options: Sequence[str] = (),
    ) -> None:
        server = find_server(account_for(folder))
        ports = free_ports(2 * size)
        names = [f"chartwork-{number}" for number in range(1, size + 1)]
        discovery = {
            "discovery.seed_hosts": [f"{HOST}:{port}" for port in ports[size:]],
            "cluster.initial_master_nodes": names,
        }
        self.nodes = [
            Node(
                folder / name,
                name=name,
                port=port,
                transport_port=transport_port,
                heap=heap,
                java_options=java_options,
                discovery=discovery,
                server=server,
            )
            for name, port, transport_port in zip(
                names, ports[:size], ports[size:], strict=True
            )
        ]

    @property
    def url(self) -> str:
        """Every node's URL, as SEARCH_URL takes them."""
        return ",".join(node.url for node in self.nodes)

    def start(self) -> None:
        """Start the nodes that are down and return when all of them are one cluster."""
        for node in self.nodes:
            node.launch()
        for node in self.nodes:
            node.wait_until_ready(nodes=len(self.nodes))

    def stop(self) -> None:
        with ExitStack() as stack:
            for node in self.nodes:
                stack.callback(node.stop)

    def __enter__(self) -> "Cluster":
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop()


# Places and ports


@contextmanager
def throwaway_folder() -> Iterator[Path]:
    """A folder that goes with whoever made it.

    What earlier processes could not clear away, because they were killed, goes now.
    """
    temporary = Path(tempfile.gettempdir())
    temporary = within_reach(temporary, account_for(temporary))
    temporary.mkdir(exist_ok=True)
    for left in temporary.glob(f"{THROWAWAY_PREFIX}*"):
        _clear_away(left)
    folder = Path(tempfile.mkdtemp(prefix=THROWAWAY_PREFIX, dir=temporary))
    lock = os.open(folder / "user", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if account := account_for(folder):
            account.owns(folder)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def _clear_away(folder: Path) -> None:
    try:
        # A folder this young may belong to a process that has yet to take its lock.
        if time.time() - folder.stat().st_mtime < MINUTE:
            return
        lock = os.open(folder / "user", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:  # it is another person's, or it went while we looked
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    else:
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(lock)


def free_ports(count: int) -> list[int]:
    """So many ports of this machine that nobody listens on."""
    found: list[int] = []
    with ExitStack() as held:
        for port in random.SystemRandom().sample(PORTS, len(PORTS)):
            if len(found) == count:
                break
            trial = held.enter_context(socket.socket())
            try:
                trial.bind((HOST, port))
            except OSError:
                continue
            found.append(port)
    return found


# In the foreground: `python -m search.node`


def main() -> int:
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    try:
        return run_in_foreground(
            port=os.environ.get("ES_PORT", "9200"), heap=os.environ.get("ES_HEAP", "1g")
        )
    except KeyboardInterrupt:
        return 0
    except (NodeError, ServerMissingError) as error:
        _say(str(error))
    except PermissionError as error:
        _say(
            f"{error.filename} belongs to somebody else. "
            f"Remove {VAR_DIR / 'elasticsearch'}, or set VAR_DIR."
        )
    return 1


def run_in_foreground(*, port: str, heap: str) -> int:
    """Run a node with its data in var/elasticsearch until somebody ends us or it."""
    if complaint := _complaint(port, heap):
        _say(complaint)
        return 2
    folder = VAR_DIR / "elasticsearch"
    folder = within_reach(folder, account_for(folder))
    node = Node(folder, port=int(port), heap=heap)
    _say(f"Starting Elasticsearch {node.server.version} on {folder} …")
    with node:
        _say(
            f"Elasticsearch answers at {node.url}; Ctrl-C stops it. "
            "In another terminal:\n"
            f"  SEARCH_URL={node.url} .venv/bin/python manage.py rebuild_search_index\n"
            f"  SEARCH_URL={node.url} make run\n"
            "The first fills the index, once; the second serves the site with it."
        )
        node.wait()
    raise NodeError(f"Elasticsearch ended. {node.log_end()}")


def _complaint(port: str, heap: str) -> str:
    if not re.fullmatch(r"[1-9]\d*[mMgG]", heap):
        return f"ES_HEAP={heap} is no size: write 512m or 1g."
    if not (re.fullmatch(r"[1-9]\d{,4}", port, re.A) and int(port) < 65_536):
        return f"ES_PORT={port} is no port."
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, int(port)))
        except OSError as error:
            return (
                f"Port {port} cannot be used: {error.strerror}. "
                "Name another: make elasticsearch ES_PORT=9201."
            )
    return ""


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
