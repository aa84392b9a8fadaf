"""Commands that run beside us are real processes here, small ones."""

import os
import sys

import psutil
import pytest

from search.beside import Companion, index_worker

from .in_step import Log, until

STAYS = "import time; print('up', flush=True); time.sleep(600)"
DIES = "print('up', flush=True); raise SystemExit(1)"
ENDS = "print('up', flush=True)"


@pytest.fixture
def companion():
    started = []

    def start(script):
        log = Log()
        made = Companion([sys.executable, "-c", script], log)
        made.start()
        started.append(made)
        return made, log

    yield start
    for one in started:
        one.stop()


def children():
    return [
        child
        for child in psutil.Process().children()
        if child.status() != psutil.STATUS_ZOMBIE
    ]


def test_what_it_says_is_passed_on_until_it_is_stopped(companion):
    before = len(children())
    made, log = companion(STAYS)
    until(lambda: log == ["up"])
    assert len(children()) == before + 1
    made.stop()
    assert len(children()) == before
    assert log == ["up"]


def test_it_starts_again_when_it_dies(companion):
    _, log = companion(DIES)
    until(lambda: log.count("up") == 2)
    assert log[:3] == ["up", "It ended unasked and starts again in 1 s.", "up"]


def test_it_stays_away_when_it_was_asked_to_end(companion):
    made, log = companion(ENDS)
    made._thread.join(60)
    assert log == ["up"]


def test_it_may_be_stopped_before_it_started():
    before = len(children())
    Companion([sys.executable, "-c", STAYS], Log()).stop()
    assert len(children()) == before


def test_the_index_worker_is_told_whom_to_watch():
    assert index_worker(Log()).command[-2:] == ["--beside", str(os.getpid())]
