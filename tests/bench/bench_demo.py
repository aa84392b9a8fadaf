"""How fast sample listings are made, and whether memory stays flat.

Each run is a process of its own on an empty database. ``DEMO_LISTINGS=1000000`` tries
the largest number that must work.
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterable

from django.conf import settings

from tests.bench import databases
from tests.bench.figures import Figure

LISTINGS = int(os.environ.get("DEMO_LISTINGS", "20000"))
#: Runs the command and says how much memory the process took at most, in kB.
RUN = """
import resource, sys
from django.core.management import execute_from_command_line

execute_from_command_line(sys.argv)
print("PEAK", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def main() -> Iterable[Figure]:
    few, many = LISTINGS // 4, LISTINGS
    _, small = load(few)
    seconds, large = load(many)
    return [
        Figure(f"load_demo of {many:,}", many / seconds, "listings/s"),
        Figure(f"load_demo of {many:,}: peak memory", large, "MB"),
        Figure(f"load_demo: memory over that of {few:,}", large - small, "MB"),
    ]


def load(listings: int) -> tuple[float, float]:
    """(seconds, peak MB) of loading so many into an empty database."""
    name = "demo"
    databases.drop(name)
    url = databases.use(name)
    began = time.perf_counter()
    said = subprocess.run(
        [sys.executable, "-c", RUN, "load_demo", f"--listings={listings}", "-v0"],
        check=True,
        capture_output=True,
        text=True,
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": url},
    ).stdout
    seconds = time.perf_counter() - began
    databases.drop(name)
    return seconds, int(re.search(r"PEAK (\d+)", said)[1]) / 1024
