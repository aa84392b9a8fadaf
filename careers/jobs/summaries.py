"""Listings as lists show them: the columns of a card and no more.

A page of results reads twenty of them. As model instances, of sixty columns each, they
take four times as long.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from django.urls import get_script_prefix, reverse

from .credential_rule import Verdict
from .models import Employer, JobListing


class Poster(NamedTuple):
    """The employer of a listing, as far as lists tell of it."""

    name: str
    kind: str
    slug: str

    def get_kind_display(self) -> str:
        return str(Employer.Kind(self.kind).label)


@dataclass(slots=True)
class Summary:
    """A row of `COLUMNS`; it reads them as `JobListing` reads its own.

    ``verdict`` and ``distance`` (in miles) are what a search adds.
    """

    pk: int
    title: str
    role: str
    roles: list[str]
    places: list[dict[str, Any]]
    pay_minimum: Decimal | None
    pay_maximum: Decimal | None
    pay_period: str
    pay_basis: str
    quota_charts: Decimal | None
    quota_period: str
    remote: str
    days_on_site: int | None
    states_basis: str
    states_listed: list[str]
    hires_from: list[str]
    credential_rule: dict[str, Any] | None
    experience_months: int | None
    test: str
    employment: list[str]
    settings: list[str]
    software: list[str]
    posted_at: datetime
    expire_at: datetime | None
    is_sample: bool
    employer: Poster
    verdict: Verdict | None = None
    distance: float | None = None

    Test = JobListing.Test
    slug = JobListing.slug
    pay = JobListing.pay
    quota = JobListing.quota
    rule = JobListing.rule

    def get_absolute_url(self) -> str:
        return _address(get_script_prefix()).format(slug=self.slug, pk=self.pk)


ADDED = ("employer", "verdict", "distance")
COLUMNS = (
    *(column.name for column in fields(Summary) if column.name not in ADDED),
    *(f"employer__{name}" for name in Poster._fields),
)
_OWN = len(COLUMNS) - len(Poster._fields)


def read(listings, pks: Iterable[int]) -> list[Summary]:
    """Those of a queryset's listings, in the order of their keys; one query."""
    pks = list(pks)
    if not pks:
        return []
    rows = listings.filter(pk__in=pks).order_by().values_list(*COLUMNS)
    found = {row[0]: Summary(*row[:_OWN], Poster(*row[_OWN:])) for row in rows}
    return [found[pk] for pk in pks if pk in found]


@cache
def _address(prefix: str) -> str:
    """The address of a listing, with holes; below the prefix that the server says."""
    return reverse("listing", args=["slug", 0]).replace("slug-0", "{slug}-{pk}")
