"""The salary explorer over many posted ranges: whole pages, the API, and whether its
medians recover what the demo's pay was drawn from.

Every listing is in the group asked for, and nothing is remembered between requests.
``SIZES="100000 1000000"`` names the sizes; a million take a while to draw.
"""

import os
import time
from collections.abc import Iterable, Iterator

from django.core.management import call_command
from django.test import Client
from django.utils import timezone

import numpy as np

from careers.jobs import vocabulary
from careers.jobs.demo.listings import Maker
from careers.jobs.management.commands.load_demo import Command
from careers.jobs.models import Place
from careers.salaries.criteria import PayCriteria
from careers.salaries.distribution import Ranges, estimate
from careers.salaries.explorer import Explored
from careers.salaries.models import PostedRange
from tests.bench import databases
from tests.bench.bench_search import fill
from tests.bench.figures import Figure

SIZES = tuple(map(int, os.environ.get("SIZES", "100000").split()))
PAGES = {
    "page": "/salaries/",
    "page, by state": "/salaries/?by=state",
    "page, by credential, per hour": "/salaries/?by=credential&per=hour",
    "page, against a role": "/salaries/?vs-role=medical-coder",
    "API": "/api/v1/salaries",
}
BARS = {
    (100_000, "page"): "under 250",
    (100_000, "API"): "under 150",
    (1_000_000, "page"): "under 1000",
}
ROUNDS = {100_000: 20, 1_000_000: 5}
#: Of the demo's listings, so many post pay that counts.
COUNTED = 0.88
PAST_SEED, OTHER_SEED = 9, 2
#: Listings that a group of a role and a state needs to be looked at, and those drawn
#: anew to learn what it was drawn from.
FEWEST, DRAWN = 30, 200_000


def main() -> Iterable[Figure]:
    for size in SIZES:
        databases.use(f"listings_{size}")
        fill(size)
        top_up(size)
        yield Figure(f"{size:,}: posted ranges", PostedRange.objects.count())
        for name, address in PAGES.items():
            yield from timed(size, name, address)
        if size == min(SIZES):
            yield from recovered(size)


def top_up(size: int) -> None:
    """Past listings, until as many ranges are counted as are asked for."""
    missing = size - PostedRange.objects.filter(left_out="").count()
    if missing > 0:
        call_command(
            "load_demo",
            listings=1,
            past=int(missing / COUNTED * 1.02) + 1,
            seed=PAST_SEED,
        )


def timed(size: int, name: str, address: str) -> Iterator[Figure]:
    client = Client()
    client.get(address)
    times = []
    for _ in range(ROUNDS.get(size, 10)):
        began = time.perf_counter()
        response = client.get(address)
        times.append((time.perf_counter() - began) * 1000)
        if response.status_code != 200:
            raise SystemExit(f"{address} answered {response.status_code}.")
    yield Figure(f"{size:,}: {name}, median", float(np.median(times)), "ms")
    p95 = float(np.percentile(times, 95))
    yield Figure(f"{size:,}: {name}, p95", p95, "ms", BARS.get((size, name), ""))


def recovered(size: int) -> Iterator[Figure]:
    """Medians by role and state that hold what the pay was drawn from.

    That is read off many more listings, drawn from another seed for the same
    employers.
    """
    explored = Explored(PayCriteria(), is_sample=True)
    group = explored.group
    roles, states = group.members("role"), group.members("state")
    role_of = np.zeros(len(group), dtype=np.int64)
    role_of[roles.rows] = roles.numbers
    numbers = role_of[states.rows] * len(states.values) + states.numbers
    ranges = group.ranges
    found = estimate(
        Ranges(
            ranges.low[states.rows],
            ranges.high[states.rows],
            ranges.employers[states.rows],
        ),
        numbers,
        len(roles.values) * len(states.values),
    )
    truth = drawn_medians(size, roles.values, states.values)
    looked_at = (found.listings >= FEWEST) & ~np.isnan(truth)
    looked_at &= ~np.isnan(found.intervals[:, 0])
    low, high = found.intervals[looked_at].T
    # A median of drawn pay is only as exact as its own draws: half a percent.
    slack = truth[looked_at] * 0.005
    holds = (low - slack <= truth[looked_at]) & (truth[looked_at] <= high + slack)
    yield Figure("groups of a role and a state", int(looked_at.sum()))
    yield Figure(
        "that hold the median drawn from", float(holds.mean()), "of 1", "at least 0.9"
    )


def drawn_medians(size: int, roles: list[str], states: list[str]) -> np.ndarray:
    """The median of each role and state over many listings drawn anew."""
    maker = Maker(
        seed=OTHER_SEED,
        vocabulary=vocabulary.current(),
        employers=Command().employers(1, size),
        places=list(Place.objects.filter(zip="", population__gte=5000)),
        now=timezone.now(),
    )
    role_number = {role: number for number, role in enumerate(roles)}
    state_number = {state: number for number, state in enumerate(states)}
    low, high, numbers = [], [], []
    for listing in maker.listings(DRAWN):
        pay = listing.pay
        if pay is None or pay.yearly is None:
            continue
        listing.derive()
        for state in listing.hires_from:
            low.append(float(pay.yearly[0]))
            high.append(float(pay.yearly[1]))
            numbers.append(
                role_number[listing.role] * len(states) + state_number[state]
            )
    # Every listing is its own employer here: nothing is to be capped.
    ranges = Ranges(np.array(low), np.array(high), np.arange(len(low)))
    several = len(roles) * len(states)
    return estimate(ranges, np.array(numbers), several, draws=0).percentiles[:, 2]
