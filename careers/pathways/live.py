"""Figures of today on pages that editors compose, remembered for minutes.

Every figure carries the moment at which it was counted, and pages say it. Listings are
read again through `live()` at every request: none is shown after it closed.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from careers.jobs import summaries, vocabulary
from careers.jobs.criteria import JobCriteria
from careers.jobs.models import JobListing
from careers.jobs.summaries import Summary
from careers.salaries import landings, usual
from careers.salaries.criteria import PayCriteria, PayQuestion
from careers.salaries.explorer import Figures, explore
from careers.salaries.explorer_page import Address
from careers.salaries.ranges import speaks_of_samples
from careers.salaries.usual import UsualPay

#: Figures are at most this old; pages say how old.
SECONDS = 300
#: Facets whose values are counted all at once.
COUNTED = ("role", "credential", "setting")


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure and the moment at which it was counted."""

    value: Any
    at: datetime


def remembered(name: str, compute: Callable[[], Any]) -> Counted:
    """The figure of that name, computed anew when it is older than `SECONDS`."""
    key = _key(name)
    found: Counted | None = cache.get(key)
    if found is None:
        found = Counted(compute(), timezone.now())
        cache.set(key, found, SECONDS)
    return found


def forget(name: str) -> None:
    """Compute the figure of that name anew when it is asked for next."""
    cache.delete(_key(name))


def _key(name: str) -> str:
    return f"pathways.live.{hashlib.sha256(name.encode()).hexdigest()[:32]}"


def results_url(criteria: JobCriteria) -> str:
    """The page of results that answers exactly this."""
    query = criteria.query_string()
    return f"{reverse('results')}?{query}" if query else reverse("results")


# Openings


@dataclass(frozen=True, slots=True)
class Openings:
    count: int
    url: str
    at: datetime


def openings(criteria: JobCriteria) -> Openings:
    """How many listings are open that answer a question, and the page of them."""
    pairs = criteria.pairs()
    if len(pairs) == 1 and pairs[0][0] in COUNTED:
        (facet, value) = pairs[0]
        counted = openings_by(facet)
        return Openings(counted.value.get(value, 0), results_url(criteria), counted.at)
    counted = remembered(
        f"openings?{criteria.query_string()}",
        lambda: JobListing.objects.live().matching(criteria).count(),
    )
    return Openings(counted.value, results_url(criteria), counted.at)


def openings_by(facet: str) -> Counted:
    """Value to how many open listings have it, for one of `COUNTED`."""
    return remembered(f"openings by {facet}", lambda: _counts_by(facet))


def _counts_by(facet: str) -> dict[str, int]:
    column = {"role": "roles", "credential": "credentials", "setting": "settings"}
    inner, params = (
        JobListing.objects.live().order_by().values(column[facet])
    ).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT unnest({column[facet]}) AS value, count(*) FROM ({inner}) AS open "
            "GROUP BY value",
            params,
        )
        return dict(cursor.fetchall())


# Listings


@dataclass(frozen=True, slots=True)
class Newest:
    listings: list[Summary]
    openings: Openings


def newest(criteria: JobCriteria, number: int) -> Newest:
    """The listings posted last among those that answer a question."""
    chosen = JobListing.objects.live().matching(criteria)
    ids = remembered(
        f"newest {number}?{criteria.query_string()}",
        lambda: list(
            chosen.order_by("-posted_at", "-pk").values_list("pk", flat=True)[:number]
        ),
    )
    return Newest(
        summaries.read(JobListing.objects.live(), ids.value), openings(criteria)
    )


# Pay


@dataclass(frozen=True, slots=True)
class PayRow:
    """Posted pay of a group; ``usual`` is None where too few listings post theirs."""

    label: str
    usual: UsualPay | None
    listings: int
    employers: int
    url: str
    listings_url: str
    track: str = ""


@dataclass(frozen=True, slots=True)
class PayRows:
    rows: list[PayRow]
    is_sample: bool
    at: datetime


def pay_rows(groups: Sequence[tuple[str, PayCriteria]]) -> PayRows:
    """A row for each group, in their order."""
    found = [(label, asked, pay(asked)) for label, asked in groups]
    is_sample = remembered("pay is of samples", speaks_of_samples)
    return PayRows(
        [
            PayRow(
                label,
                _usual(counted.value),
                counted.value.listings,
                counted.value.employers,
                pay_url(asked),
                Address.listings(asked),
                _track(asked),
            )
            for label, asked, counted in found
        ],
        is_sample.value,
        min((counted.at for *_, counted in found), default=timezone.now()),
    )


def _track(criteria: PayCriteria) -> str:
    """The line of work of a group of one role."""
    if len(criteria.role) != 1:
        return ""
    role = vocabulary.current().roles.get(criteria.role[0])
    return role.track if role else ""


def pay(criteria: PayCriteria) -> Counted:
    """The figures of a group."""
    return remembered(f"pay {criteria}", lambda: _figures(criteria))


def _figures(criteria: PayCriteria) -> Figures:
    return explore(criteria, has_parts=False).figures


def _usual(figures: Figures) -> UsualPay | None:
    if figures.percentiles is None:
        return None
    _, p25, median, p75, _ = figures.percentiles
    return UsualPay(p25, median, p75, figures.listings, figures.employers)


def pay_url(criteria: PayCriteria) -> str:
    """The page of pay about this group."""
    landing = landings.of(criteria)
    return landing.url if landing else Address.explorer(PayQuestion(criteria))


# Roles


@dataclass(frozen=True, slots=True)
class RoleFigures:
    """What a role has open, and what it posts (None where too few post pay)."""

    open: int
    usual: UsualPay | None


@dataclass(frozen=True, slots=True)
class Roles:
    by_slug: dict[str, RoleFigures]
    is_sample: bool
    at: datetime

    def of(self, slug: str) -> RoleFigures:
        return self.by_slug.get(slug, RoleFigures(0, None))


def role_figures() -> Roles:
    """Every role that has something open or posts pay."""
    counted = openings_by("role")
    is_sample = remembered("pay is of samples", speaks_of_samples).value
    posted = usual.by_role(is_sample=is_sample)
    return Roles(
        {
            slug: RoleFigures(counted.value.get(slug, 0), posted.get(slug))
            for slug in {*counted.value, *posted}
        },
        is_sample,
        counted.at,
    )
