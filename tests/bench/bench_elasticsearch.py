"""The second engine beside the first: whole pages, bare searches, building the index.

A node of its own with 1 GiB of heap, on the databases that the bench of search keeps.
``SIZES="1000000"`` measures a million listings, which take a while to draw.
"""

import json
import os
import time
from collections.abc import Iterable
from urllib.parse import parse_qs

from django.test import Client, override_settings
from django.utils import timezone

import numpy as np
import urllib3
from tqdm import tqdm

from careers.jobs.criteria import Question, parse
from careers.jobs.terms import DatabaseTerms
from search import ask, cluster, index
from search.engines import Engine
from search.engines.elasticsearch import search
from search.engines.guarded import ELASTICSEARCH, POSTGRESQL
from search.engines.postgres import PostgresEngine
from search.filters import filters
from search.node import Node, throwaway_folder
from search.rebuild import rebuild
from tests.bench import databases
from tests.bench.bench_search import QUESTIONS, fill, timed
from tests.bench.figures import Figure

SIZES = tuple(map(int, os.environ.get("SIZES", "100000").split()))
BARS = {100_000: "under 100"}
HEAP = "1g"
ROUNDS = 5


def main() -> Iterable[Figure]:
    return [figure for size in SIZES for figure in measure(size)]


def measure(size: int) -> Iterable[Figure]:
    databases.use(f"listings_{size}")
    fill(size)
    with (
        throwaway_folder() as folder,
        Node(folder, heap=HEAP) as node,
        override_settings(SEARCH_URL=node.url, SEARCH_TIMEOUT="30"),
    ):
        yield from building(size)
        yield from asking(size, node)
        yield from engines(size)


def building(size: int) -> Iterable[Figure]:
    client = cluster.patient_client()
    with tqdm(total=0, unit=" listings") as bar:
        built = rebuild(client, say=bar.write, bar=bar)
    stats = client.indices.stats(index=index.alias(), metric="store")
    stored = stats["_all"]["primaries"]["store"]["size_in_bytes"]
    name = f"index of {size:,} listings"
    yield Figure(
        f"{name}: built", built.listings / built.seconds, "/s", "at least 3000"
    )
    yield Figure(f"{name}: size", stored / 1e6, "MB")


def asking(size: int, node: Node) -> Iterable[Figure]:
    """Whole pages, and the same search bodies sent straight to the node, in turn."""
    client = Client(headers={"accept-encoding": "gzip"})
    straight = urllib3.PoolManager()
    address = f"{node.url}/{index.alias()}/_search"
    pages, searches = [], []
    for number in range(ROUNDS + 1):
        for question in QUESTIONS:
            page = timed(client, question)
            if not number:
                require_elasticsearch(client, question)
            body = json.dumps(body_of(question))
            began = time.perf_counter()
            response = straight.request(
                "POST", address, body=body, headers={"content-type": "application/json"}
            )
            lasted = 1000 * (time.perf_counter() - began)
            if response.status != 200:
                raise RuntimeError(f"?{question}: {response.data[:500]!r}")
            if number:  # the first round warms up
                pages.append(page)
                searches.append(lasted)
    name = f"Elasticsearch, {size:,} listings"
    page, straight_to_node = np.median(pages), np.median(searches)
    yield Figure(f"{name}: page, median", page, "ms")
    yield Figure(
        f"{name}: page, p95", np.percentile(pages, 95), "ms", BARS.get(size, "")
    )
    yield Figure(f"{name}: page, slowest", max(pages), "ms")
    yield Figure(f"{name}: bare search, median", straight_to_node, "ms")
    yield Figure(f"{name}: bare search, p95", np.percentile(searches, 95), "ms")
    yield Figure(f"{name}: page to bare search", page / straight_to_node, "", "under 2")


def require_elasticsearch(client: Client, question: str) -> None:
    told = client.get(f"/jobs/?{question}").headers["Server-Timing"]
    if ELASTICSEARCH not in told or POSTGRESQL in told:
        raise RuntimeError(f"?{question} was answered by {told}.")


def body_of(question: str) -> dict:
    asked = asked_by(question)
    now = timezone.now()
    filtered = filters(asked.criteria, now)
    return search(asked.criteria, filtered, asked.page, now).to_dict()


def asked_by(question: str) -> Question:
    return parse(parse_qs(question), DatabaseTerms())


def engines(size: int) -> Iterable[Figure]:
    """Both engines' answers alone, in one run."""
    found = {"Elasticsearch": ask.guard().first, "PostgreSQL": PostgresEngine()}
    for name, engine in found.items():
        times = [answer_time(engine, question) for question in QUESTIONS for _ in "123"]
        said = f"{name} answers, {size:,} listings"
        yield Figure(f"{said}: median", np.median(times), "ms")
        yield Figure(f"{said}: p95", np.percentile(times, 95), "ms")


def answer_time(engine: Engine, question: str) -> float:
    asked = asked_by(question)
    began = time.perf_counter()
    engine.answer(asked.criteria, asked.page)
    return 1000 * (time.perf_counter() - began)
