"""Run the benchmarks and print their figures: `python -m tests.bench [NAME ...]`.

A benchmark is a module ``bench_<name>.py`` beside this one with a function ``main()``
that returns figures (``tests.bench.figures.Figure``). Each runs in a process of its
own, so that one's memory is not another's, on one database that is migrated, has the
vocabulary, and is kept in ``var/``. A missed bar is printed and is not a failure: only
a benchmark that breaks is one.
"""

import argparse
import importlib
import os
import subprocess
import sys
import time
from pathlib import Path

import django
from django.core.management import call_command

from tests.bench.figures import table

PREFIX = "bench_"


def names():
    found = Path(__file__).parent.glob(f"{PREFIX}*.py")
    return sorted(path.stem.removeprefix(PREFIX) for path in found)


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("only", nargs="*", help="benchmarks to run; all if none named")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    asked = options.only or names()
    if unknown := sorted(set(asked) - set(names())):
        sys.exit(
            f"No such benchmark: {', '.join(unknown)}. There are: {', '.join(names())}."
        )
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careers.settings.bench")
    django.setup()
    if options.here:
        for name in asked:
            run_here(name)
        return
    call_command("prepare_site", listings=0)
    broken = [name for name in asked if run_apart(name)]
    print(f"\n{len(asked) - len(broken)} benchmarks ran to their end.")
    if broken:
        sys.exit(f"Broken: {', '.join(broken)}.")


def run_apart(name):
    command = [sys.executable, "-m", "tests.bench", "--here", name]
    return subprocess.run(command, check=False).returncode


def run_here(name):
    print(f"\n{name}", flush=True)
    began = time.perf_counter()
    figures = importlib.import_module(f"tests.bench.{PREFIX}{name}").main()
    if figures:
        print(table(figures))
    print(f"({time.perf_counter() - began:.0f} s)", flush=True)


if __name__ == "__main__":
    main()
