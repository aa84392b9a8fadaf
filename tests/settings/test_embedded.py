"""Each test starts real servers in processes of their own, and looks what is left."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import pytest

from careers.settings import embedded

USER = """
import sys
from pathlib import Path
from careers.settings.embedded import database_url
import psycopg
url = database_url(Path(sys.argv[1]))
print(psycopg.connect(url).execute("SELECT lower('É')").fetchone()[0], flush=True)
sys.stdin.read()
"""


class User:
    """A process that uses the server until its input ends."""

    def __init__(self, data_dir):
        self.process = subprocess.Popen(
            [sys.executable, "-c", USER, data_dir],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def answer(self):
        return self.process.stdout.readline().strip()

    def end(self, number=None):
        if number is not None:
            self.process.send_signal(number)
        self.process.communicate()


@pytest.fixture
def folder():
    """Not `tmp_path`: pytest takes that folder's parents back from other users."""
    with tempfile.TemporaryDirectory(prefix="chartwork-embedded-") as name:
        yield Path(name)


@pytest.fixture
def data_dir(folder):
    yield folder / "postgres"
    for process in servers(folder / "postgres"):
        process.kill()


def servers(data_dir):
    found = []
    for process in psutil.process_iter(["cmdline"]):
        command = process.info["cmdline"] or []
        if command[1:3] == ["-D", str(data_dir)]:
            found.append(process)
    return found


def test_users_that_start_at_once_share_one_server_and_the_last_stops_it(data_dir):
    first, second = User(data_dir), User(data_dir)
    assert (first.answer(), second.answer()) == ("é", "é")
    assert len(servers(data_dir)) == 1
    first.end()
    assert len(servers(data_dir)) == 1
    second.end()
    assert servers(data_dir) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_user_that_is_asked_to_go_leaves_no_server(data_dir, number):
    user = User(data_dir)
    assert user.answer() == "é"
    user.end(number)
    assert servers(data_dir) == []


def test_a_server_left_by_a_killed_user_is_joined_and_then_stopped(data_dir):
    killed = User(data_dir)
    killed.answer()
    killed.end(signal.SIGKILL)
    (left,) = servers(data_dir)
    heir = User(data_dir)
    assert heir.answer() == "é"
    assert servers(data_dir) == [left]
    heir.end()
    assert servers(data_dir) == []


def test_a_pid_file_whose_number_went_to_another_process_is_no_obstacle(data_dir):
    user = User(data_dir)
    user.answer()
    user.end()
    (data_dir / "postmaster.pid").write_text(f"{os.getpid()}\n{data_dir}\n")
    user = User(data_dir)
    assert user.answer() == "é"
    user.end()
    assert servers(data_dir) == []


@pytest.mark.parametrize("name", ["a folder, with 'marks' %41", "x" * 120])
def test_a_path_that_a_socket_cannot_have_is_served_from_another(folder, name):
    folder = folder / name
    folder.mkdir()
    user = User(folder / "postgres")
    assert user.answer() == "é"
    user.end()
    assert servers(folder / "postgres") == []


def test_a_throw_away_server_leaves_nothing(folder):
    script = (
        "from careers.settings.embedded import throwaway_database_url as url; url()"
    )
    environment = {**os.environ, "TMPDIR": str(folder)}
    subprocess.run([sys.executable, "-c", script], env=environment, check=True)
    assert list(folder.iterdir()) == []


def test_what_a_killed_run_left_is_cleared_away_later(folder):
    folder = folder / f"{embedded.THROWAWAY_PREFIX}old"
    folder.mkdir()
    killed = User(folder / "postgres")
    killed.answer()
    embedded._clear_away(folder)
    assert folder.exists(), "it is young"
    os.utime(folder, (time.time() - 3600,) * 2)
    embedded._clear_away(folder)
    assert folder.exists(), "it is in use"
    killed.end(signal.SIGKILL)
    embedded._clear_away(folder)
    assert not folder.exists()
    assert servers(folder / "postgres") == []
