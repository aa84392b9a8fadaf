"""The JSON API: the results page's parameters, and every fact of a listing."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from ninja import NinjaAPI, Schema
from ninja.errors import HttpError

from careers.jobs.criteria import PARAMETERS, SORTS, parse
from careers.jobs.facets import BY_NAME
from careers.jobs.models import JobListing
from careers.jobs.summaries import Summary
from careers.jobs.terms import DatabaseTerms
from careers.salaries.api import NoticeOut
from careers.salaries.api import router as salaries

from .ask import ask
from .results import Results

api = NinjaAPI(
    title="Listings and posted pay",
    version="1",
    description=(
        "Open listings of medical coding and billing work, and what listings post. A "
        "listing that closed is gone from here in the same second."
    ),
    docs_url=None,
)
api.add_router("/salaries", salaries)


class PayOut(Schema):
    """As posted, with equivalents; those are null where nothing converts the pay."""

    minimum: float
    maximum: float
    period: str
    basis: str
    yearly: list[float] | None
    hourly: list[float] | None


class StatesOut(Schema):
    """``basis`` is allow, deny, anywhere, or "" where the listing does not say."""

    basis: str
    listed: list[str]
    hires_from: list[str]


class GroupOut(Schema):
    any_of: list[str]
    apprentice_accepted: bool
    within_months: int | None


class RuleOut(Schema):
    """All groups must be met, each by any one of its credentials."""

    groups: list[GroupOut]
    preferred: list[str]


class PlaceOut(Schema):
    city: str
    state: str
    zip: str
    latitude: float | None
    longitude: float | None


class SummaryOut(Schema):
    id: int
    url: str
    title: str
    employer: str
    employer_slug: str
    role: str
    roles: list[str]
    settings: list[str]
    remote: str
    places: list[PlaceOut]
    states: StatesOut
    credential_rule: RuleOut | None
    experience_months: int | None
    pay: PayOut | None
    posted_at: datetime
    closes_at: datetime | None
    is_sample: bool
    fits: list[str] | None = None
    one_more: list[str] | None = None
    miles: float | None = None


class TestOut(Schema):
    kind: str
    minutes: int | None
    open_book: bool | None


class QuotaOut(Schema):
    charts: float
    period: str


class ListingOut(SummaryOut):
    employer_kind: str
    employer_website: str
    employer_domain_proven: bool
    description: str
    benefits: str
    education: str
    employment: list[str]
    schedule: str
    specialties: list[str]
    codesets: list[str]
    software: list[str]
    test: TestOut | None
    quota: QuotaOut | None
    accuracy: float | None
    pays_for: list[str]
    apply_url: str
    apply_email: str
    requisition: str
    confirmed_at: datetime | None
    times_reposted: int
    source: str
    external_id: str
    source_url: str


class FacetValueOut(Schema):
    value: str
    label: str
    count: int


class ListingsOut(Schema):
    total: int
    page: int
    next: str | None
    notices: list[NoticeOut]
    results: list[SummaryOut]
    facets: dict[str, list[FacetValueOut]]


def _parameter(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    if name in BY_NAME or name == "holds":
        schema = {"type": "array", "items": schema}
    if name == "sort":
        schema["enum"] = list(SORTS)
    return {"name": name, "in": "query", "required": False, "schema": schema}


@api.get(
    "/listings",
    response=ListingsOut,
    summary="Search open listings",
    openapi_extra={"parameters": [_parameter(n) for n in (*PARAMETERS, "page")]},
)
def search_listings(request: HttpRequest) -> dict[str, Any]:
    query = {name: request.GET.getlist(name) for name in request.GET}
    asked = ask(parse(query, DatabaseTerms()))
    found = Results(
        asked.question,
        asked.answer,
        path=reverse("api-1:search_listings"),
        typed=asked.typed,
    )
    next_url = found.page.next_url
    return {
        "total": found.total,
        "page": found.page.number,
        "next": request.build_absolute_uri(next_url) if next_url else None,
        "notices": found.notices,
        "results": [_summary(request, listing) for listing in found.listings],
        "facets": found.facets,
    }


@api.get("/listings/{listing_id}", response=ListingOut, summary="One open listing")
def read_listing(request: HttpRequest, listing_id: int) -> dict[str, Any]:
    listing = (
        JobListing.objects.select_related("employer").filter(pk=listing_id).first()
    )
    if listing is not None and listing.removed_at:
        raise HttpError(410, "This listing was removed.")
    if listing is None or not listing.is_live:
        raise HttpError(404, "No open listing has this id.")
    return (
        _summary(request, listing)
        | {name: getattr(listing, name) for name in PLAIN_FACTS}
        | {
            "employer_kind": listing.employer.kind,
            "employer_website": listing.employer.website,
            "employer_domain_proven": listing.employer.domain_is_proven,
            "test": _test(listing),
            "quota": listing.quota,
        }
    )


PLAIN_FACTS = (
    "description",
    "benefits",
    "education",
    "employment",
    "schedule",
    "specialties",
    "codesets",
    "software",
    "accuracy",
    "pays_for",
    "apply_url",
    "apply_email",
    "requisition",
    "confirmed_at",
    "times_reposted",
    "source",
    "external_id",
    "source_url",
)


def _summary(request: HttpRequest, listing: JobListing | Summary) -> dict[str, Any]:
    verdict = getattr(listing, "verdict", None)
    return {
        "id": listing.pk,
        "url": request.build_absolute_uri(listing.get_absolute_url()),
        "title": listing.title,
        "employer": listing.employer.name,
        "employer_slug": listing.employer.slug,
        "role": listing.role,
        "roles": listing.roles,
        "settings": listing.settings,
        "remote": listing.remote,
        "places": [_place(place) for place in listing.places],
        "states": {
            "basis": listing.states_basis,
            "listed": listing.states_listed,
            "hires_from": listing.hires_from,
        },
        "credential_rule": listing.rule.as_json() if listing.rule else None,
        "experience_months": listing.experience_months,
        "pay": _pay(listing),
        "posted_at": listing.posted_at,
        "closes_at": listing.expire_at,
        "is_sample": listing.is_sample,
        "fits": sorted(verdict.fits) if verdict else None,
        "one_more": list(verdict.one_more) if verdict else None,
        "miles": getattr(listing, "distance", None),
    }


def _place(place: dict[str, Any]) -> dict[str, Any]:
    return {
        "city": place.get("city", ""),
        "state": place.get("state", ""),
        "zip": place.get("zip", ""),
        "latitude": place.get("latitude"),
        "longitude": place.get("longitude"),
    }


def _pay(listing: JobListing | Summary) -> dict[str, Any] | None:
    pay = listing.pay
    if pay is None:
        return None
    return {
        "minimum": pay.minimum,
        "maximum": pay.maximum,
        "period": pay.period,
        "basis": listing.pay_basis,
        "yearly": pay.yearly,
        "hourly": pay.hourly,
    }


def _test(listing: JobListing) -> dict[str, Any] | None:
    if not listing.test:
        return None
    return {
        "kind": listing.test,
        "minutes": listing.test_minutes,
        "open_book": listing.test_open_book,
    }
