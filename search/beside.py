"""The worker of the search index as a companion of the development server."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable

from django.conf import settings

#: Seconds before a worker that died is started again, doubled each time.
SHORTEST_REST = 1.0
LONGEST_REST = 30.0


class Companion:
    """Runs a command beside us, again whenever it dies, and passes on what it says.

    It ends with us: `stop` asks it to, and the command itself looks whether the
    process that started it is still there.
    """

    def __init__(self, command: list[str], say: Callable[[str], None]) -> None:
        self.command, self.say = command, say
        self._process: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ask the command to end, and wait until it has."""
        with self._lock:
            self._stopped.set()
            if self._process:
                self._process.terminate()
        if self._thread.ident:
            self._thread.join()

    def _run(self) -> None:
        rest = SHORTEST_REST
        while self._attempt() and not self._stopped.is_set():
            self.say(f"It ended unasked and starts again in {rest:.0f} s.")
            self._stopped.wait(rest)
            rest = min(2 * rest, LONGEST_REST)

    def _attempt(self) -> bool:
        """Run the command once. Whether it ended without having been asked to."""
        with self._lock:
            if self._stopped.is_set():
                return False
            self._process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
        with self._process as process:
            for line in process.stdout or ():
                if not self._stopped.is_set():
                    self.say(line.rstrip())
        return process.returncode != 0


def index_worker(say: Callable[[str], None]) -> Companion:
    """What keeps the search index in step while we serve."""
    manage = str(settings.BASE_DIR / "manage.py")
    command = [sys.executable, manage, "sync_search_index", "--follow"]
    return Companion([*command, "--beside", str(os.getpid())], say)
