"""What listings that ask for something post, against listings that are otherwise alike.

Never what a person gains: "listings asking for CCS post $4,100 more than listings of
the same roles that ask for something else". Alike means the same role, which has one
track and one level. Within each role the two medians are compared; the roles' gaps are
averaged, each weighing as much as its smaller side allows (the harmonic weight
``n m / (n + m)``), and the interval comes from resampling employers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from careers.jobs.facets import NOT_STATED

from .distribution import FEWEST_LISTINGS, Ranges, estimate, interval
from .ranges import Group, Members

#: Facets whose values are set against each other, and how many of each at most.
FACETS = {"credential": 12, "remote": 3, "setting": 10}
#: What a facet's values are set against, where that is not all else that is stated.
AGAINST = {"remote": "onsite"}


@dataclass(frozen=True, slots=True)
class Premium:
    """Dollars in the group's unit. ``listings`` have the value, ``others`` state
    something else, in ``roles`` roles that have enough of both, ``compared``."""

    facet: str
    value: str
    against: str
    dollars: float
    interval: tuple[float, float]
    listings: int
    others: int
    roles: int
    compared: tuple[str, ...] = ()

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves no doubt about the sign."""
        return self.interval[0] > 0 or self.interval[1] < 0


def premiums(group: Group, facet: str, values: Sequence[str] = ()) -> list[Premium]:
    """The premiums of a facet's values in a group, largest first.

    Without ``values`` the most frequent ones. A value is left out where no role has
    enough listings with it and without it.
    """
    found = _found(group, facet, values)
    return sorted(found, key=lambda premium: (-premium.dollars, premium.value))


def _found(group: Group, facet: str, values: Sequence[str]) -> Iterator[Premium]:
    members, words = group.members(facet), group.members("role")
    roles = _one_number_each(group, "role")
    states_it = ~_rows_with(members, NOT_STATED, len(group))
    # Listings that do not say what the work is are not alike.
    has_role = ~_rows_with(words, NOT_STATED, len(group))
    against = AGAINST.get(facet, "")
    if against and against not in members.values:
        return
    for value in values or _frequent(members.values, members.numbers, FACETS[facet]):
        if value not in members.values or value == against:
            continue
        has = _rows_with(members, value, len(group))
        if against:
            compared = has | _rows_with(members, against, len(group))
        else:
            compared = states_it
        premium = _premium(group.ranges, roles, has, compared & has_role)
        if premium:
            *_, alike = premium
            slugs = tuple(words.values[number] for number in alike)
            yield Premium(facet, value, against, *premium[:4], len(slugs), slugs)


def _premium(
    ranges: Ranges, roles: np.ndarray, has: np.ndarray, compared: np.ndarray
) -> tuple[float, tuple[float, float], int, int, list[int]] | None:
    rows = np.flatnonzero(compared)
    sides = roles[rows] * 2 + has[rows]
    several = (int(roles.max(initial=-1)) + 1) * 2
    counts = np.bincount(sides, minlength=several).reshape(-1, 2)
    # Roles that cannot be compared need not be estimated.
    usable = (counts >= FEWEST_LISTINGS).all(axis=1)
    rows = rows[usable[roles[rows]]]
    found = estimate(
        Ranges(ranges.low[rows], ranges.high[rows], ranges.employers[rows]),
        roles[rows] * 2 + has[rows],
        several,
        has_medians=True,
    )
    medians = found.percentiles[:, 2].reshape(-1, 2)
    alike = np.flatnonzero(~np.isnan(medians).any(axis=1))
    if not len(alike):
        return None
    counts = counts[alike]
    weight = counts.prod(axis=1) / counts.sum(axis=1)
    weight /= weight.sum()
    draws = found.medians.reshape(len(medians), 2, -1)[alike]
    apart = weight @ (draws[:, 1] - draws[:, 0])
    low, high = interval(apart)
    return (
        float(weight @ (medians[alike, 1] - medians[alike, 0])),
        (low, high),
        int(counts[:, 1].sum()),
        int(counts[:, 0].sum()),
        alike.tolist(),
    )


def _rows_with(members: Members, value: str, several: int) -> np.ndarray:
    has = np.zeros(several, dtype=bool)
    if value in members.values:
        has[members.rows[members.numbers == members.values.index(value)]] = True
    return has


def _one_number_each(group: Group, facet: str) -> np.ndarray:
    """The number of each range's value, in a facet of which every range has one."""
    members = group.members(facet)
    numbers = np.zeros(len(group), dtype=np.int64)
    numbers[members.rows] = members.numbers
    return numbers


def _frequent(values: Sequence[str], numbers: np.ndarray, most: int) -> list[str]:
    counts = np.bincount(numbers, minlength=len(values))
    order = np.argsort(-counts, kind="stable")
    found = [values[n] for n in order.tolist() if counts[n]]
    return [value for value in found if value != NOT_STATED][:most]
