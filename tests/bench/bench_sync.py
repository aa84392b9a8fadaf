"""Keeping the index in step: how soon a change is found, and what noting it costs.

A worker runs as a process of its own while listings are written 50 times a second. A
change is visible when a search finds it. How fast an index is built stands with the
figures of Elasticsearch.
"""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.test import override_settings

import numpy as np
from elasticsearch import Elasticsearch
from tqdm import tqdm

from careers.jobs.models import JobListing
from search import changes, cluster, documents, index
from search.node import Node, throwaway_folder
from search.rebuild import rebuild
from search.worker import Worker
from tests.bench import databases
from tests.bench.bench_search import fill
from tests.bench.figures import Figure

SIZE = 10_000
WRITES = 1_500
A_SECOND = 50
#: Seconds between two looks at what is visible.
LOOK = 0.05
PATIENCE = 60.0
COPIED = 500
ROUNDS = 15
#: Writes are told apart by when their listings close: far ahead, a microsecond each.
FAR_AHEAD = datetime(2199, 1, 1, tzinfo=UTC)


def main() -> Iterable[Figure]:
    url = databases.use(f"listings_{SIZE}")
    fill(SIZE)
    yield noting()
    with (
        throwaway_folder() as folder,
        Node(folder / "node", heap="1g") as node,
        override_settings(SEARCH_URL=node.url),
        tqdm(disable=True) as bar,
    ):
        client = cluster.patient_client()
        rebuild(client, say=bar.write, bar=bar)
        with following(url):
            delays = delays_until_visible(client)
        yield Figure("commit to visible, median", float(np.median(delays)), "s")
        p95 = float(np.percentile(delays, 95))
        yield Figure("commit to visible, p95", p95, "s", "under 2")
        yield Figure("commit to visible, slowest", max(delays), "s")
        yield backlog(client, bar)


@contextmanager
def following(url: str) -> Iterator[None]:
    """The worker, as operators run it."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "careers.settings.dev",
        "DATABASE_URL": url,
        "SEARCH_URL": settings.SEARCH_URL,
    }
    manage = str(settings.BASE_DIR / "manage.py")
    command = [sys.executable, manage, "sync_search_index", "--follow"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, text=True
    ) as worker:
        worker.stdout.readline()  # it has begun
        try:
            yield
        finally:
            worker.terminate()
            worker.communicate()


def delays_until_visible(client: Elasticsearch) -> list[float]:
    """Of each write, the seconds from its commit until a search finds it."""
    listings = JobListing.objects.live().filter(expire_at__lt=FAR_AHEAD)
    closing = dict(listings.order_by("pk").values_list("pk", "expire_at")[:WRITES])
    written: dict[int, float] = {}
    seen: dict[int, float] = {}
    is_over = threading.Event()
    looking = threading.Thread(target=look, args=(client, seen, is_over))
    looking.start()
    try:
        write(closing, written)
        last = time.monotonic() + PATIENCE
        while len(seen) < len(written) and time.monotonic() < last:
            time.sleep(LOOK)
    finally:
        is_over.set()
        looking.join()
        for key, moment in closing.items():
            JobListing.objects.filter(pk=key).update(expire_at=moment)
    if missing := len(written) - len(seen):
        raise RuntimeError(f"{missing} writes were never visible.")
    return [seen[number] - moment for number, moment in written.items()]


def write(keys: Iterable[int], written: dict[int, float]) -> None:
    """Change the listings at a steady rate, and write down when each was committed."""
    due = time.monotonic()
    for number, key in enumerate(keys):
        due += 1 / A_SECOND
        time.sleep(max(0.0, due - time.monotonic()))
        close = FAR_AHEAD + timedelta(microseconds=number)
        JobListing.objects.filter(pk=key).update(expire_at=close)
        written[number] = time.monotonic()


def look(client: Elasticsearch, seen: dict[int, float], over: threading.Event) -> None:
    """Write down when each write is first found."""
    beginning = documents.microseconds(FAR_AHEAD)
    while not over.wait(LOOK):
        hits = client.search(
            index=index.alias(),
            query={"range": {"expire_at": {"gte": beginning}}},
            docvalue_fields=["expire_at"],
            source=False,
            size=WRITES,
            filter_path="hits.hits.fields",
        )
        found = time.monotonic()
        for hit in hits.get("hits", {}).get("hits", ()):
            seen.setdefault(hit["fields"]["expire_at"][0] - beginning, found)


def backlog(client: Elasticsearch, bar: tqdm) -> Figure:
    """Every listing noted at once, as after a long outage."""
    changes.note(JobListing.objects.live().values_list("pk", flat=True))
    worker = Worker(client, bar.write)
    began = time.perf_counter()
    worker.drain(bar)
    seconds = time.perf_counter() - began
    return Figure("backlog carried over", worker.carried / seconds, "/s")


def noting() -> Figure:
    """What the notes add to the writing of new listings, in per cent."""
    listings = list(JobListing.objects.order_by("pk")[:COPIED])
    for number, listing in enumerate(listings):
        listing.pk, listing.source, listing.external_id = None, "bench", str(number)
    ratios = [
        seconds_to_copy(listings, is_noted=True)
        / seconds_to_copy(listings, is_noted=False)
        for _ in range(ROUNDS)
    ]
    share = 100 * (float(np.median(ratios)) - 1)
    return Figure("noting, of the time to COPY new listings", share, "%", "under 5")


def seconds_to_copy(listings: list[JobListing], *, is_noted: bool) -> float:
    with transaction.atomic():
        with connection.cursor() as cursor:
            for verb in ("DISABLE", "ENABLE") if is_noted else ("DISABLE",):
                cursor.execute(
                    f"ALTER TABLE jobs_joblisting {verb} TRIGGER search_note_inserted"
                )
        # After a change of the table the database plans anew, whichever it was.
        JobListing.objects.bulk_copy(listings[:1])
        began = time.perf_counter()
        JobListing.objects.bulk_copy(listings[1:])
        seconds = time.perf_counter() - began
        transaction.set_rollback(True)
    return seconds
