"""The results page, whole, under realistic questions, at 10,000 and 100,000 listings.

One process, no server in between: the time from request to rendered and compressed
page. ``SIZES="10000"`` measures one size; the databases are kept and used again.
"""

import os
import time
from collections.abc import Iterable
from itertools import count

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import numpy as np

from careers.jobs.models import JobListing
from tests.bench import databases
from tests.bench.figures import Figure

SIZES = tuple(map(int, os.environ.get("SIZES", "10000 100000").split()))
BARS = {10_000: "under 120", 100_000: "under 400"}
ROUNDS = 3
QUESTIONS = (
    "",
    "page=2",
    "page=37",
    "sort=pay",
    "sort=closing&per=hour",
    "q=coder",
    "q=inpatient+coder",
    "q=medical+coder&sort=newest",
    "q=remote+cpc",
    "q=profee+coder&remote=remote",
    "q=work+from+home+biller",
    "q=risk+adjustment+hcc&state=TX",
    "q=cardiology&role=specialty-coder",
    "q=%22denials+specialist%22",
    "q=coder+-remote&setting=hospital",
    "q=epic+outpatient&page=3",
    "q=cancer+registrar&pay=60000",
    "q=inpateint+codr",
    "q=zzyzx+nothing",
    "q=auditor&holds=CPC&fit=now",
    "remote=remote",
    "remote=remote&state=OH",
    "remote=remote&remote=hybrid&state=CA&pay=65000",
    "role=inpatient-coder",
    "role=inpatient-coder&remote=remote&state=OH",
    "role=medical-biller&setting=physician-practice&employment=full-time",
    "role=denials-specialist&software=epic",
    "setting=hospital&setting=health-system&codeset=icd-10-pcs",
    "setting=payer&credential=CRC",
    "credential=CPC&credential=CCS&experience=24",
    "credential=none-asked",
    "credential=not-stated&remote=not-stated",
    "codeset=cpt&codeset=hcpcs&specialty=anesthesia",
    "pay=28&per=hour&posted=7",
    "pay=90000&sort=pay",
    "pay=50000&pay=not-stated&experience=0",
    "experience=12&apprentice=1",
    "apprentice=1&remote=remote",
    "untested=1&posted=14",
    "near=Columbus%2C+OH",
    "near=43215&within=50&role=outpatient-coder",
    "near=10001&within=100&sort=nearest",
    "near=Austin%2C+TX&within=25&q=coder",
    "state=NY",
    "state=FL&state=not-stated&remote=remote",
    "holds=CPC-A&fit=apprentice",
    "holds=CPC&holds=CRC&fit=now&remote=remote&state=OH",
    "holds=CPC&fit=short",
    "holds=RHIT&fit=short&setting=hospital&pay=55000",
    "holds=CCS&state=PA&sort=pay",
    "role=coding-manager&role=coding-supervisor&role=him-director&employment=full-time",
    "employment=part-time&employment=per-diem&remote=remote",
    "software=epic&software=meditech&role=inpatient-coder&state=WA&experience=36",
    "posted=1",
    "role=cancer-registrar&setting=dental&remote=remote",
)


def main() -> Iterable[Figure]:
    return [figure for size in SIZES for figure in measure(size)]


def measure(size: int) -> Iterable[Figure]:
    databases.use(f"listings_{size}")
    fill(size)
    client = Client(headers={"accept-encoding": "gzip"})
    queries = {question: queries_of(client, question) for question in QUESTIONS}
    times = np.array(
        [[timed(client, question) for question in QUESTIONS] for _ in range(ROUNDS)]
    )
    each = np.median(times, axis=0)
    slowest = QUESTIONS[int(each.argmax())]
    most = max(queries, key=queries.__getitem__)
    print(f"at {size:,} the slowest question is ?{slowest}")
    print(f"at {size:,} most queries are taken by ?{most}")
    name = f"results page, {size:,} listings"
    return [
        Figure(f"{name}: median", float(np.median(times)), "ms"),
        Figure(
            f"{name}: p95", float(np.percentile(times, 95)), "ms", BARS.get(size, "")
        ),
        Figure(f"{name}: slowest question", float(each.max()), "ms"),
        Figure(f"{name}: slowest page", float(times.max()), "ms"),
        Figure(f"{name}: most queries", queries[most], "", "under 16"),
    ]


def fill(size: int) -> None:
    """Load sample listings where they are missing; they close, so some may be gone."""
    for seed in count(1):
        missing = size - JobListing.objects.live().count()
        if missing <= 0:
            break
        call_command("load_demo", listings=missing, seed=seed)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def queries_of(client: Client, question: str) -> int:
    """How many queries a page takes once the process is warm."""
    get(client, question)
    with CaptureQueriesContext(connection) as captured:
        get(client, question)
    return len(captured)


def timed(client: Client, question: str) -> float:
    began = time.perf_counter()
    get(client, question)
    return 1000 * (time.perf_counter() - began)


def get(client: Client, question: str) -> None:
    response = client.get(f"/jobs/?{question}")
    if response.status_code != 200:
        raise RuntimeError(f"/jobs/?{question} answered {response.status_code}.")
