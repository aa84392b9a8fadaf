"""The development server and its restarts: `python -m careers.serve [PORT]`.

Django's own reloader loads the whole site twice, once to watch and once to serve. This
one only waits: the server itself leaves with status 3 when a source file has changed.
"""

import os
import signal
import subprocess
import sys
from types import FrameType

SOURCE_CHANGED = 3
#: What Django's reloader sets for the process that serves.
SERVES = {"RUN_MAIN": "true"}


def main(arguments: list[str]) -> int:
    command = [sys.executable, "manage.py", "runserver", *arguments]
    status = serve([*command, "--prepare"])
    while status == SOURCE_CHANGED:
        status = serve(command)
    return status


def serve(command: list[str]) -> int:
    """Run the server until it ends, passing on what we are asked to stop by."""
    server = subprocess.Popen(command, env={**os.environ, **SERVES})

    def pass_on(number: int, frame: FrameType | None) -> None:
        server.send_signal(number)

    # Ctrl-C reaches the server without us: it stands in the same terminal.
    signal.signal(signal.SIGINT, lambda number, frame: None)
    signal.signal(signal.SIGTERM, pass_on)
    signal.signal(signal.SIGHUP, pass_on)
    return server.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
