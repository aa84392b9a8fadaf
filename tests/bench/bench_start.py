"""From a fresh clone to the first page, and the second start, both by `make run`.

Packages come from uv's cache where they were fetched before: downloads are not counted
on a machine that has run `make test`.
"""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings

import psutil

from tests.bench.figures import Figure

PATIENCE = 600.0


def main():
    with tempfile.TemporaryDirectory(prefix="chartwork-clone-") as name:
        clone = Path(name)
        copy_project(settings.BASE_DIR, clone)
        first = seconds_to_first_page(clone)
        second = seconds_to_first_page(clone)
    return [
        Figure("fresh clone to first page", first, "s", "under 60"),
        Figure("second start to first page", second, "s", "under 6"),
    ]


def copy_project(source, target):
    names = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],  # noqa: S607
        cwd=source,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines()
    for name in names:
        if (source / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source / name, target / name)


def seconds_to_first_page(clone):
    """Start the site in ``clone``, read a page, stop it as Ctrl-C would."""
    port = free_port()
    own = {"VAR_DIR", "DATABASE_URL", "DJANGO_SETTINGS_MODULE", "MAKEFLAGS"}
    began = time.perf_counter()
    running = subprocess.Popen(
        ["make", "run", f"PORT={port}"],  # noqa: S607
        cwd=clone,
        env={key: value for key, value in os.environ.items() if key not in own},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_for_page(f"http://127.0.0.1:{port}/jobs/", running)
        return time.perf_counter() - began
    finally:
        os.killpg(running.pid, signal.SIGINT)
        running.wait()
        left = [
            process
            for process in psutil.process_iter(["cmdline"])
            if any(str(clone) in part for part in process.info["cmdline"] or ())
        ]
        if left:
            raise RuntimeError(f"make run left processes behind: {left}")


def wait_for_page(address, running):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and running.poll() is None:
        try:
            urlopen(address).close()  # noqa: S310 - our own address
        except URLError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"No page came from {address}.")


def free_port():
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]
