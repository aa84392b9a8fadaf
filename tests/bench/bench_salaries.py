"""How exact and how fast the estimator of posted pay is, on ranges drawn at random.

Brute force is plain fractions and the definitions of the cap and of a percentile; it
shares no code with the estimator. ``SIZES`` names the sizes to time.
"""

import os
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from random import Random
from statistics import median

import numpy as np

from careers.salaries.distribution import (
    SHARES,
    Ranges,
    density,
    estimate,
    percentiles,
    rank,
    weights,
)
from tests.bench.figures import Figure

GROUPS = 1_000
SIZES = tuple(int(size) for size in os.environ.get("SIZES", "100000 1000000").split())
EMPLOYERS = 3_000
STATES, MEMBERSHIPS = 55, 600_000
ROUNDS = 9
BARS = {100_000: "under 15"}
#: Groups, employers of each and their listings, for how often an interval holds.
HELD_GROUPS, HELD_EMPLOYERS, HELD_LISTINGS = 400, 25, 6

#: One posted range: both ends in cents, and its employer.
Posted = tuple[int, int, int]


def main() -> Iterator[Figure]:
    error, capped = largest_error()
    yield Figure("largest percentile error", error, "dollars", "under 0.01")
    yield Figure(f"of {GROUPS:,} groups, with a cap that binds", capped)
    for size in SIZES:
        yield from timed(size)
    yield from timed_by_state()
    yield Figure("95 % intervals that hold the true median", coverage(), "of 1")


# ------------------------------------------------------------------------- exactness


def largest_error() -> tuple[float, int]:
    """Dollars between the estimator and brute force, and how many caps bind."""
    random, largest, capped = Random(11), 0.0, 0
    for _ in range(GROUPS):
        posted = drawn_group(random)
        low, high, employers = np.array(posted).T
        weight = weights(employers)
        found = percentiles(low / 100, high / 100, weight, SHARES)
        rows, binds = weighted(posted)
        capped += binds
        for share, pay in zip(SHARES, found, strict=True):
            exact = percentile(rows, Fraction(str(share))) / 100
            largest = max(largest, abs(float(exact - Fraction(pay))))
    return largest, capped


def drawn_group(random: Random) -> list[Posted]:
    """Ranges by the year or the hour: round and odd, single, narrow and very wide."""
    least, most = random.choice([(1_000_000, 100_000_000), (725, 15_000)])
    usual = [random.randint(least, most) for _ in range(3)]
    employers = random.choice([2, 4, 6, 40])
    large = random.random() < 0.4
    posted = []
    for _ in range(random.randint(5, 60)):
        low = random.choice(
            [random.randint(least, most), random.choice(usual), least * 3]
        )
        width = random.choice(
            [0, 0, 1, 25, random.randint(1, least), random.randint(1, most)]
        )
        employer = 0 if large and random.random() < 0.6 else random.randrange(employers)
        posted.append((low, min(low + width, most), employer))
    return posted


def weighted(posted: list[Posted]) -> tuple[list[tuple[int, int, Fraction]], bool]:
    """Each range with its weight, held to a quarter for an employer, and if it was."""
    counts = Counter(employer for *_, employer in posted)
    cap = max(Fraction(1, 4), Fraction(1, len(counts)))
    share = {name: Fraction(count, len(posted)) for name, count in counts.items()}
    held = set()
    while over := {name for name in share if share[name] > cap}:
        held |= over
        rest = sum(counts[name] for name in counts if name not in held)
        left = 1 - cap * len(held)
        share = {
            name: cap if name in held else left * count / rest
            for name, count in counts.items()
        }
    rows = [(low, high, share[name] / counts[name]) for low, high, name in posted]
    return rows, bool(held)


def percentile(rows: list[tuple[int, int, Fraction]], share: Fraction) -> Fraction:
    """The least figure at which the mixture reaches the share, from the definition."""

    def at(figure: int) -> Fraction:
        return sum(
            (
                weight * Fraction(min(figure, high) - low, high - low)
                if high > low
                else weight
                for low, high, weight in rows
                if low <= figure
            ),
            Fraction(0),
        )

    knots = sorted({end for low, high, _ in rows for end in (low, high)})
    place = bisect_left(knots, share, key=at)
    step = sum(w for low, high, w in rows if low == high == knots[place])
    before = at(knots[place]) - step
    if not place or before <= share:
        return Fraction(knots[place])
    last, reached = knots[place - 1], at(knots[place - 1])
    return last + (share - reached) / (before - reached) * (knots[place] - last)


# ---------------------------------------------------------------------------- speed


def sample(size: int, rng: np.random.Generator) -> Ranges:
    """Yearly pay around 62,000: six in ten round figures, a quarter single ones."""
    share = 1 / np.arange(1, EMPLOYERS + 1) ** 0.8
    employers = rng.choice(EMPLOYERS, size, p=share / share.sum())
    low = np.clip(rng.lognormal(np.log(62_000), 0.28, size), 25_000, 400_000)
    low = np.where(rng.random(size) < 0.6, np.round(low, -3), np.round(low, 2))
    width = np.round(low * rng.uniform(0.05, 0.5, size), -2)
    width[rng.random(size) < 0.25] = 0
    return Ranges(low, low + width, employers.astype(np.int64))


def timed(size: int) -> Iterator[Figure]:
    ranges = sample(size, np.random.default_rng(size))
    edges = np.linspace(20_000, 200_000, 91)
    name = f"{size:,} ranges"

    def exact() -> None:
        weight = weights(ranges.employers)
        percentiles(ranges.low, ranges.high, weight, SHARES)

    yield Figure(f"{name}: percentiles", took(exact), "ms", BARS.get(size, ""))
    interval = took(lambda: estimate(ranges))
    yield Figure(f"{name}: percentiles and interval", interval, "ms")
    yield Figure(f"{name}: density", took(lambda: density(ranges, edges)), "ms")
    yield Figure(f"{name}: rank of a figure", took(lambda: rank(ranges, 6e4)), "ms")


def timed_by_state() -> Iterator[Figure]:
    rng = np.random.default_rng(55)
    ranges = sample(MEMBERSHIPS, rng)
    share = 1 / np.arange(5, STATES + 5)
    group = rng.choice(STATES, MEMBERSHIPS, p=share / share.sum())
    name = f"{STATES} groups of {MEMBERSHIPS:,} memberships"
    yield Figure(
        f"{name}: percentiles",
        took(lambda: estimate(ranges, group, STATES, draws=0)),
        "ms",
    )
    interval = took(lambda: estimate(ranges, group, STATES))
    yield Figure(f"{name}: percentiles and intervals", interval, "ms")


def took(call: Callable[[], object]) -> float:
    """Milliseconds, in the middle of the rounds after a first one."""
    call()
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        call()
        times.append((time.perf_counter() - began) * 1000)
    return median(times)


# ------------------------------------------------------------------------- intervals


def coverage() -> float:
    """How often an interval holds the median of all employers there could be.

    Employers differ in level by 8,000 dollars, their listings by 4,000, and each
    posts six ranges of 10,000: so pay as posted is symmetric, and its median known.
    """
    rng = np.random.default_rng(17)
    employers = np.repeat(np.arange(HELD_GROUPS * HELD_EMPLOYERS), HELD_LISTINGS)
    level = rng.normal(62_000, 8_000, HELD_GROUPS * HELD_EMPLOYERS)[employers]
    middle = level + rng.normal(0, 4_000, len(employers))
    ranges = Ranges(middle - 5_000, middle + 5_000, employers)
    group = employers // HELD_EMPLOYERS
    held = 0
    for number in range(HELD_GROUPS):
        rows = group == number
        part = Ranges(ranges.low[rows], ranges.high[rows], employers[rows])
        least, largest = estimate(part).intervals[0]
        held += least <= 62_000 <= largest
    return held / HELD_GROUPS
