"""Suggestions while people type, at 100,000 listings, as one process sees them.

People come one after another: each loads a page of results, then types a word or two,
with a question for each letter from the second on, from the third on for a place. What
a process remembers is forgotten as the clock has it: only the process itself is warm.
"""

import os
import time
from collections.abc import Iterable, Iterator
from random import Random
from urllib.parse import urlencode

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import numpy as np

from careers.jobs.models import Employer
from search import suggest
from tests.bench import databases
from tests.bench.bench_search import fill
from tests.bench.figures import Figure

SIZE = int(os.environ.get("SIZES", "100000").split()[-1])
PEOPLE = 150
FEWEST = {"q": 2, "near": 3}
WORK = (
    "inpatient coder", "denials", "cpc", "ccs-p", "rhit", "medical biller", "profee",
    "hcc coder", "risk adjustment", "coding auditor", "surgery coder", "cancer reg",
    "entry level", "inpateint", "certified professional", "outpatient", "cdi spec",
    "a/r specialist", "revenue integrity", "crc", "him tech", "charge entry",
    "prior auth", "coding manager", "payment poster", "registered health",
)  # fmt: skip
PLACES = (
    "columbus, oh", "43215", "new york", "houston", "ohio", "austin", "phoenix",
    "texas", "st louis", "10001", "san diego", "chicago", "los ang", "florida", "boise",
    "miami", "portland", "philadelphia", "90001", "atlanta", "north carolina", "denver",
)  # fmt: skip
#: What stands in force while somebody types; most have only just come.
FILTERS = (
    *([{}] * 6),
    {"remote": "remote"},
    {"remote": "remote", "state": "OH"},
    {"setting": "hospital", "pay": "60000"},
    {"holds": "CPC", "fit": "now"},
)


def main() -> Iterable[Figure]:
    databases.use(f"listings_{SIZE}")
    fill(SIZE)
    client = Client()
    client.get("/jobs/")
    suggest.forget()
    took = {"text": [], "place": []}
    pages = []
    for field, asked in people(Random(7)):
        if field == "page":
            pages.append(timed(client, "/jobs/", asked))
        else:
            kind = "place" if asked.get("field") == "near" else "text"
            took[kind].append(timed(client, "/jobs/suggest", asked))
    both = [*took["text"], *took["place"]]
    name = f"suggest, {SIZE:,} listings"
    return [
        Figure(f"{name}: median", float(np.median(both)), "ms"),
        Figure(f"{name}: p95", float(np.percentile(both, 95)), "ms", "under 30"),
        Figure(f"{name}: p95, text", float(np.percentile(took["text"], 95)), "ms"),
        Figure(f"{name}: p95, places", float(np.percentile(took["place"], 95)), "ms"),
        Figure(f"{name}: slowest", max(both), "ms"),
        Figure(f"{name}: questions", len(both), ""),
        Figure(f"{name}: most queries, cold", cold_queries(client), "", "under 10"),
        Figure("page of results before it: median", float(np.median(pages)), "ms"),
    ]


def people(random: Random) -> Iterator[tuple[str, dict[str, str]]]:
    """What is asked, in order: a page, then a letter more at a time."""
    employers = list(Employer.objects.order_by("pk").values_list("name", flat=True))
    for _ in range(PEOPLE):
        filters = random.choice(FILTERS)
        yield "page", filters
        if random.random() < 0.3:
            field, words = "near", random.choice(PLACES)
        elif random.random() < 0.2:
            field, words = "q", random.choice(employers)[:9]
        else:
            field, words = "q", random.choice(WORK)
        for end in range(FEWEST[field], len(words) + 1):
            yield field, {**filters, field: words[:end], "field": field}


def timed(client: Client, path: str, asked: dict[str, str]) -> float:
    url = f"{path}?{urlencode(asked)}"
    began = time.perf_counter()
    response = client.get(url)
    took = 1000 * (time.perf_counter() - began)
    if response.status_code != 200:
        raise RuntimeError(f"{url} answered {response.status_code}.")
    return took


def cold_queries(client: Client) -> int:
    suggest.forget()
    with CaptureQueriesContext(connection) as captured:
        timed(client, "/jobs/suggest", {"q": "lake", "near": "Columbus, OH"})
    return len(captured)
