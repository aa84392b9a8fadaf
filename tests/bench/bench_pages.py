"""Pages that editors compose, with their live blocks, over many listings.

Each page is asked for as readers do: most find figures remembered, the first one in
five minutes has them counted. Both are printed; the bar is for p95 of a mix in which
one request in `FRESH` comes first.
"""

import os
import time
from collections.abc import Iterable

from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wagtail.models import Page

import numpy as np

from careers.pathways.models import (
    CredentialPage,
    GuidePage,
    PathwayIndexPage,
    PathwayPage,
    RolePage,
    SettingPage,
)
from tests.bench import databases
from tests.bench.bench_search import fill
from tests.bench.figures import Figure

SIZES = tuple(map(int, os.environ.get("SIZES", "100000").split()))
#: Of a busy site's requests for one page in five minutes.
FRESH = 40
KINDS = (
    GuidePage,
    PathwayIndexPage,
    PathwayPage,
    RolePage,
    CredentialPage,
    SettingPage,
)
A_KIND = 6
MOST_BYTES = 150_000


def main() -> Iterable[Figure]:
    for size in SIZES:
        databases.use(f"listings_{size}")
        fill(size)
        call_command("load_pages", verbosity=0)
        yield from of_size(size)


def of_size(size: int) -> Iterable[Figure]:
    client = Client()
    every: list[float] = []
    queries = 0
    slowest = ("", 0.0)
    for model in KINDS:
        times: list[float] = []
        for page in model.objects.live().order_by("path")[:A_KIND]:
            cache.clear()
            first = asked(client, page)
            again = [asked(client, page) for _ in range(FRESH - 1)]
            times += again
            every += [first, *again]
            slowest = max(slowest, (page.url, first), key=lambda pair: pair[1])
            with CaptureQueriesContext(connection) as caught:
                asked(client, page)
            queries = max(queries, len(caught))
        yield Figure(
            f"{size:,}: {model._meta.verbose_name}, median, remembered",
            float(np.median(times)),
            "ms",
        )
    bar = "under 60" if size == SIZES[0] else ""
    yield Figure(f"{size:,}: pages, p95", float(np.percentile(every, 95)), "ms", bar)
    yield Figure(f"{size:,}: slowest with all counted anew", slowest[1], "ms")
    yield Figure(f"{size:,}: most queries of a page", queries, "", "at most 12")
    index = PathwayIndexPage.objects.get()
    response = client.get(index.url, headers={"accept-encoding": "gzip"})
    yield Figure(
        f"{size:,}: the map's page, compressed",
        len(response.content),
        "bytes",
        f"under {MOST_BYTES}",
    )


def asked(client: Client, page: Page) -> float:
    """Milliseconds of one request."""
    begin = time.perf_counter()
    response = client.get(page.url)
    taken = (time.perf_counter() - begin) * 1000
    if response.status_code != 200:
        raise SystemExit(f"{page.url} answered {response.status_code}.")
    return taken
