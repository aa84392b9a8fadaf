"""Losing the cluster under load: what visitors get, and when it answers again.

Pages are asked for 20 times a second, whether or not those before have come; a page's
time runs from the moment it was due. A node is killed (SIGKILL) and started again,
while listings change; then one of three nodes is killed. ``SIZE="100000"`` is for a
machine whose PostgreSQL can answer so many questions a second at that size, and
``RATE="5"`` for one that is slow or busy.
"""

import os
import re
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import cycle
from multiprocessing import get_context
from random import Random

from django.core.management import CommandError, call_command
from django.db import connections
from django.test import Client, override_settings

import numpy as np
from tqdm import tqdm

from careers.jobs.models import JobListing
from search import cluster, index
from search.engines.guarded import ELASTICSEARCH
from search.node import Cluster, Node, throwaway_folder
from search.rebuild import rebuild
from tests.bench import databases
from tests.bench.bench_search import QUESTIONS, fill
from tests.bench.figures import Figure

SIZE = int(os.environ.get("SIZE", "10000"))
RATE = float(os.environ.get("RATE", "20"))
PROCESSES = 3
#: Seconds of each phase: without trouble, and between the kill and the next start.
CALM = 15.0
OUTAGE = 20.0
#: Seconds to wait for answers of a node that is back.
PATIENCE = 60.0
CHANGED = 500
DESCRIBED = re.compile(r'desc="(\w+)"')


def main() -> Iterable[Figure]:
    databases.use(f"listings_{SIZE}")
    fill(SIZE)
    return [*one_node(), *three_nodes()]


@dataclass(frozen=True)
class Page:
    """One that was asked for: when it was due, how long it took, who answered it."""

    due: float
    seconds: float
    status: int
    engines: frozenset[str]

    @property
    def came(self) -> float:
        return self.due + self.seconds

    @property
    def is_by_elasticsearch(self) -> bool:
        return self.engines == {ELASTICSEARCH}


class Load(threading.Thread):
    """Visitors who come at a steady rate to a site of three processes, as gunicorn's.

    They do not wait for each other, and each process has a breaker of its own.
    """

    def __init__(self) -> None:
        super().__init__()
        self.pages: list[Page] = []
        self.is_over = threading.Event()
        connections.close_all()  # a forked process must not inherit one
        self.processes = ProcessPoolExecutor(PROCESSES, get_context("fork"))

    def __enter__(self) -> "Load":
        list(self.processes.map(ask, QUESTIONS, [time.monotonic()] * len(QUESTIONS)))
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.is_over.set()
        self.join()
        self.processes.shutdown(cancel_futures=True)

    def run(self) -> None:
        questions = Random(1).sample(QUESTIONS, len(QUESTIONS))
        due = time.monotonic()
        for question in cycle(questions):
            if self.is_over.wait(max(0.0, due - time.monotonic())):
                return
            self.processes.submit(ask, question, due).add_done_callback(self.keep)
            due += 1 / RATE

    def keep(self, asked: Future[Page]) -> None:
        if not asked.cancelled():
            self.pages.append(asked.result())

    def between(self, began: float, ended: float) -> list[Page]:
        return [page for page in list(self.pages) if began <= page.due < ended]


def ask(question: str, due: float) -> Page:
    client = Client(headers={"accept-encoding": "gzip"}, raise_request_exception=False)
    response = client.get(f"/jobs/?{question}")
    engines = frozenset(DESCRIBED.findall(response.get("Server-Timing", "")))
    return Page(due, time.monotonic() - due, response.status_code, engines)


def p95(pages: Sequence[Page]) -> float:
    return 1000 * float(np.percentile([page.seconds for page in pages], 95))


def worst(pages: Sequence[Page]) -> float:
    return 1000 * max(page.seconds for page in pages)


def failed(pages: Sequence[Page]) -> int:
    return sum(page.status != 200 for page in pages)


def share(pages: Sequence[Page]) -> float:
    """How many in a hundred Elasticsearch answered."""
    kept = sum(page.is_by_elasticsearch for page in pages)
    return 100 * kept / max(1, len(pages))


def in_calm() -> list[Page]:
    """Pages under the load alone, the first seconds left out."""
    with Load() as load:
        began = time.monotonic()
        time.sleep(CALM)
    return load.between(began + CALM / 3, began + CALM)


def fill_index() -> None:
    with tqdm(total=0, unit=" listings") as bar:
        rebuild(cluster.patient_client(), say=bar.write, bar=bar)


# One node


def one_node() -> Iterator[Figure]:
    with throwaway_folder() as folder, Node(folder / "node") as node:
        alone = in_calm()
        with override_settings(SEARCH_URL=node.url):
            fill_index()
            in_calm()  # Java compiles what it does often
            yield from outage(node, alone, in_calm())
            yield differences()


def outage(node: Node, alone: Sequence[Page], calm: Sequence[Page]) -> Iterator[Figure]:
    with Load() as load:
        time.sleep(CALM / 3)
        killed = time.monotonic()
        node.kill()
        change_listings()
        time.sleep(OUTAGE)
        started = time.monotonic()
        node.start()
        returned = time.monotonic()
        back = wait_for_elasticsearch(load, returned)
        time.sleep(CALM / 3)
        ended = time.monotonic()
    out, after = load.between(killed, started), load.between(back, ended)
    pages = list(load.pages)
    name = f"outage, {SIZE:,} listings"
    yield Figure(f"{name}: pages asked for", len(pages))
    yield Figure(f"{name}: responses other than 200", failed(pages), "", "under 1")
    yield Figure(f"{name}: p95 with PostgreSQL alone", p95(alone), "ms")
    yield Figure(f"{name}: p95 with Elasticsearch well", p95(calm), "ms")
    yield Figure(f"{name}: p95 while it is down", p95(out), "ms")
    yield Figure(f"{name}: that to PostgreSQL", p95(out) / p95(alone), "", "under 2")
    yield Figure(f"{name}: longest wait while down", worst(out), "ms")
    yield Figure(f"{name}: node's start", returned - started, "s")
    yield Figure(f"{name}: its return to answers", back - returned, "s", "under 30")
    yield Figure(f"{name}: answered by it from then", share(after), "%", "at least 99")


def change_listings() -> None:
    """Some listings change while the cluster cannot be told."""
    some = JobListing.objects.live().order_by("pk").values("pk")[:CHANGED]
    months = int(time.time()) % 100  # not what an earlier run left
    JobListing.objects.filter(pk__in=some).update(experience_months=months)


def wait_for_elasticsearch(load: Load, returned: float) -> float:
    """When it had answered the first page."""
    while time.monotonic() < returned + PATIENCE:
        for page in list(load.pages):
            if page.is_by_elasticsearch and page.came >= returned:
                return page.came
        time.sleep(0.1)
    return float("inf")


def differences() -> Figure:
    """1 if index and database differ once the changes were carried over."""
    call_command("sync_search_index")
    found = 0
    try:
        call_command("check_search_index")
    except CommandError as error:
        print(error)
        found = 1
    return Figure("outage: index and database differ then", found, "", "under 1")


# Three nodes


def three_nodes() -> Iterator[Figure]:
    with (
        throwaway_folder() as folder,
        Cluster(folder) as nodes,
        override_settings(SEARCH_URL=nodes.url),
    ):
        fill_index()
        client = cluster.patient_client()
        client.cluster.health(wait_for_status="green", timeout="60s")
        primary = next(
            shard["node"]
            for shard in client.cat.shards(index=index.alias(), format="json")
            if shard["prirep"] == "p"
        )
        in_calm()
        with Load() as load:
            time.sleep(CALM / 3)
            killed = time.monotonic()
            next(node for node in nodes.nodes if node.name == primary).kill()
            time.sleep(OUTAGE)
            ended = time.monotonic()
    pages = load.between(killed, ended)
    name = "one of three nodes killed"
    yield Figure(f"{name}: pages asked for", len(pages))
    yield Figure(f"{name}: responses other than 200", failed(load.pages), "", "under 1")
    yield Figure(f"{name}: by Elasticsearch", share(pages), "%", "at least 99")
    yield Figure(f"{name}: p95", p95(pages), "ms")
    yield Figure(f"{name}: longest wait", worst(pages), "ms")
