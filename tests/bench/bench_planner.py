"""My next step over many open listings: whole pages for mixed people, and their parts.

The people are drawn from a seed: what they hold, their role, state, wish and
experience, each left unsaid now and then. Nothing is remembered between requests but
what the site itself remembers.
"""

import os
import random
import time
from collections.abc import Callable, Iterable, Iterator

from django.test import Client
from django.urls import reverse

import numpy as np

from careers.jobs.eligibility import STATES
from careers.jobs.models import JobListing
from careers.jobs.terms import DatabaseTerms
from careers.pathways import planner
from careers.pathways.models import Move
from careers.pathways.next_step import COMMON, NextStep, moves_from
from careers.pathways.next_step_question import StepQuestion, parse
from careers.salaries.ranges import speaks_of_samples
from tests.bench import databases
from tests.bench.bench_search import fill
from tests.bench.figures import Figure

SIZES = tuple(map(int, os.environ.get("SIZES", "100000").split()))
BARS = {100_000: "under 250"}
PEOPLE = {100_000: 120, 1_000_000: 20}
SEED = 29

Query = dict[str, list[str]]


def main() -> Iterable[Figure]:
    for size in SIZES:
        databases.use(f"listings_{size}")
        fill(size)
        yield Figure(f"{size:,}: open listings", JobListing.objects.live().count())
        people = list(drawn(PEOPLE.get(size, 40)))
        yield from pages(size, people)
        yield from parts(size, [parse(query, DatabaseTerms()) for query in people])


def drawn(number: int) -> Iterator[Query]:
    rng = random.Random(SEED)
    roles = sorted({*Move.objects.values_list("from_role__slug", flat=True)})
    for _ in range(number):
        held = rng.sample(COMMON, rng.choice((1, 1, 1, 2, 2, 3, 4)))
        query = {"holds": ["none"] if rng.random() < 0.15 else held}
        if roles and rng.random() < 0.7:
            query["role"] = [rng.choice(roles)]
        if rng.random() < 0.5:
            query["state"] = [rng.choice(list(STATES))]
        if rng.random() < 0.4:
            query["remote"] = ["remote"]
        if rng.random() < 0.5:
            query["experience"] = [rng.choice(("0", "12", "24", "60"))]
        yield query


def pages(size: int, people: list[Query]) -> Iterator[Figure]:
    client, address = Client(), reverse("next-step")
    for query in people[:3]:
        client.get(address, query)
    times, worked = [], []
    for query in people:
        began, began_work = time.perf_counter(), time.process_time()
        response = client.get(address, query)
        times.append((time.perf_counter() - began) * 1000)
        worked.append((time.process_time() - began_work) * 1000)
        if response.status_code != 200:
            raise SystemExit(f"{query} answered {response.status_code}.")
    name = f"{size:,}: page"
    yield Figure(f"{name}, median", float(np.median(times)), "ms")
    yield Figure(
        f"{name}, p95", float(np.percentile(times, 95)), "ms", BARS.get(size, "")
    )
    yield Figure(f"{name}, longest", max(times), "ms")
    yield Figure(f"{name}, of it our own work, median", float(np.median(worked)), "ms")


def parts(size: int, people: list[StepQuestion]) -> Iterator[Figure]:
    is_sample = speaks_of_samples()

    def read(question: StepQuestion) -> None:
        page = NextStep(question, moves_from(question.role))
        planner._cells(page.reach, page.plan.roles, is_sample=is_sample)

    def reckon(question: StepQuestion) -> None:
        page = NextStep(question, moves_from(question.role))
        _ = page.today, page.todays_pay_words, page.steps, page.next_roles

    for name, call in (("reading", read), ("reading and reckoning", reckon)):
        times = timed(call, people)
        yield Figure(f"{size:,}: {name}, p95", float(np.percentile(times, 95)), "ms")


def timed(call: Callable[[StepQuestion], None], people: list[StepQuestion]):
    times = []
    for question in people:
        began = time.perf_counter()
        call(question)
        times.append((time.perf_counter() - began) * 1000)
    return times
