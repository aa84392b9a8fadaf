"""How a posted range stands among the listings like it, open and past."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from careers.jobs.criteria import MOST_VALUES
from careers.jobs.eligibility import RemoteStatus
from careers.jobs.models import JobListing
from careers.jobs.presentation.facts import in_sentence

from . import landings
from .criteria import PayCriteria, PayQuestion
from .distribution import Ranges, rank
from .explorer_page import Address
from .models.posted_range import LEAST_YEARLY, MOST_YEARLY
from .ranges import Group, speaks_of_samples
from .wording import group_name

Places = np.typing.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Standing:
    """``share`` (0 to 1) of the pay that ``group`` posts lies at or below ``middle``,
    the middle of a range in dollars a year. It rests on so many listings and employers,
    without the range's own."""

    middle: float
    share: float
    group: PayCriteria
    listings: int
    employers: int

    @property
    def percentile(self) -> int:
        """1 to 99: what lies beyond the group's pay has no percentile of its own."""
        return min(max(round(self.share * 100), 1), 99)

    @property
    def ordinal(self) -> str:
        """The percentile as it is said: "62nd"."""
        is_teen = self.percentile // 10 == 1
        endings = {1: "st", 2: "nd", 3: "rd"}
        ending = "th" if is_teen else endings.get(self.percentile % 10, "th")
        return f"{self.percentile}{ending}"

    @property
    def name(self) -> str:
        """The group inside a sentence: "inpatient coder, remote"."""
        return in_sentence(group_name(self.group))

    @property
    def url(self) -> str:
        landing = landings.of(self.group)
        return landing.url if landing else Address.explorer(PayQuestion(self.group))

    @property
    def listings_url(self) -> str:
        return Address.listings(self.group)


def standing(
    *,
    role: str,
    states: Iterable[str] = (),
    remote: str = "",
    yearly: tuple[Decimal, Decimal],
    without: int | None = None,
    is_sample: bool = False,
) -> Standing | None:
    """Among listings of its main role, widened until there are enough of them.

    ``yearly`` is the lowest and highest pay in dollars a year; ``without`` the id of
    the listing that posts it, which is no company for itself. One query: reading the
    role once costs less than asking for each group. None where no group is large enough
    or the range itself cannot be counted.
    """
    low, high = map(float, yearly)
    if not role or low < LEAST_YEARLY or high > MOST_YEARLY:
        return None
    middle = (low + high) / 2
    of_role = Group.of(PayCriteria(role=(role,)), is_sample=is_sample)
    others = of_role.rows["listing"] != (without or 0)
    for criteria in _groups(role, tuple(sorted(set(states))), remote):
        ranges = _ranges(of_role, others & _is_in(criteria, of_role))
        if ranges.are_enough:
            return Standing(
                middle,
                rank(ranges, middle),
                criteria,
                listings=len(ranges),
                employers=len(set(ranges.employers.tolist())),
            )
    return None


def of_listing(listing: JobListing) -> Standing | None:
    """How the pay that a listing posts stands; None where it posts none by the year.

    A sample stands among samples, as long as the site speaks of nothing else.
    """
    yearly = listing.pay.yearly if listing.pay else None
    if yearly is None or (listing.is_sample and not speaks_of_samples()):
        return None
    return standing(
        role=listing.role,
        # Who works from home may do so for an employer of any state.
        states=() if listing.remote == RemoteStatus.REMOTE else listing.hires_from,
        remote=listing.remote,
        yearly=yearly,
        without=listing.pk,
        is_sample=listing.is_sample,
    )


def _groups(role: str, states: tuple[str, ...], remote: str) -> Iterator[PayCriteria]:
    """Nearest first. Where the work is done says more of its pay than the state."""
    of_role = PayCriteria(role=(role,))
    of_remote = of_role.choosing("remote", remote) if remote else of_role
    # A link to the group can name no more states.
    if 0 < len(states) <= MOST_VALUES:
        yield of_remote.choosing("state", *states)
    if remote:
        yield of_remote
    yield of_role


def _is_in(criteria: PayCriteria, of_role: Group) -> Places:
    """Which ranges of the role answer the criteria's remote status and states."""
    found = np.ones(len(of_role), dtype=bool)
    for facet in ("remote", "state"):
        if values := criteria.values(facet):
            members = of_role.members(facet)
            asked = np.isin(members.values, values)[members.numbers]
            has_any = np.zeros(len(of_role), dtype=bool)
            has_any[members.rows[asked]] = True
            found &= has_any
    return found


def _ranges(group: Group, places: Places) -> Ranges:
    every = group.ranges
    return Ranges(every.low[places], every.high[places], every.employers[places])
