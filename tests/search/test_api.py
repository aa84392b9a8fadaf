"""The JSON API: the page's parameters, plain types, every fact of a listing."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone

import pytest
import time_machine
from hypothesis import given
from hypothesis import settings as examples

from careers.jobs.credential_rule import CredentialRule, Group
from careers.jobs.criteria import PARAMETERS
from careers.jobs.facets import BY_NAME
from tests.jobs.factories import COLUMBUS, EmployerFactory, JobListingFactory

from .questions import questions

pytestmark = pytest.mark.django_db

API = reverse("api-1:search_listings")
RULE = CredentialRule(
    (Group(("CPC", "CCS"), True), Group(("CRC",), within_months=6)), ("RHIT",)
)


@pytest.fixture
def listing(bare):
    """A listing that states everything."""
    return JobListingFactory(
        imported=True,
        title="Inpatient Coder",
        employer=EmployerFactory(slug="mereford", name="Mereford", proven=True),
        other_roles=["outpatient-coder"],
        credential_rule=RULE.as_json(),
        remote="remote",
        states_basis="allow",
        states_listed=["OH", "TX"],
        pay_minimum=Decimal("27.87"),
        pay_maximum=Decimal("35.31"),
        pay_basis="base",
        quota_charts=Decimal("2.5"),
        quota_period="hour",
        accuracy=Decimal(95),
        test="paid",
        test_minutes=60,
        test_open_book=True,
        specialties=["cardiology"],
        software=["epic"],
        pays_for=["dues", "ceus"],
        schedule="Monday to Friday",
        education="High school",
        requisition="R-7",
        confirmed_at=timezone.now(),
        times_reposted=2,
    )


def get(client, query=""):
    response = client.get(f"{API}?{query}")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/json")
    return response.json()


def read(client, listing):
    return client.get(f"{API}/{listing.pk}")


# Searching


def test_an_answer_has_the_parts_that_were_promised(bare, client):
    JobListingFactory()
    answer = get(client, "colour=red")
    assert list(answer) == ["total", "page", "next", "notices", "results", "facets"]
    assert (answer["total"], answer["page"], answer["next"]) == (1, 1, None)
    (notice,) = answer["notices"]
    assert notice == {
        "parameter": "colour",
        "value": "",
        "message": "We do not know “colour”.",
    }
    assert {*BY_NAME, "experience"} == set(answer["facets"])
    assert {*answer["facets"]} <= {*PARAMETERS}
    assert answer["facets"]["setting"] == [
        {"value": "hospital", "label": "Hospital", "count": 1}
    ]


def test_what_one_more_credential_opens_is_asked_as_on_the_page(client, listing):
    (result,) = get(client, "holds=none&fit=short&adding=CCS")["results"]
    assert result["fits"] == ["short"]
    assert result["one_more"] == ["CPC", "CCS", "CPC-A"]
    assert get(client, "holds=none&fit=short&adding=CRC")["total"] == 0
    (notice,) = get(client, "holds=CPC&adding=CCS")["notices"]
    assert notice["parameter"] == "adding"


def test_a_result_says_what_a_card_says_in_plain_types(client, listing):
    (result,) = get(client, "holds=CPC-A&near=43215&within=500")["results"] or (None,)
    assert result is None or result["miles"] < 500
    (result,) = get(client, "holds=CPC-A")["results"]
    assert isinstance(result["id"], int)
    assert result["url"] == f"http://testserver{listing.get_absolute_url()}"
    assert result["employer"] == "Mereford"
    assert result["employer_slug"] == "mereford"
    assert result["roles"] == ["inpatient-coder", "outpatient-coder"]
    assert result["pay"] == {
        "minimum": 27.87,
        "maximum": 35.31,
        "period": "hour",
        "basis": "base",
        "yearly": [57969.6, 73444.8],
        "hourly": [27.87, 35.31],
    }
    assert result["states"] == {
        "basis": "allow",
        "listed": ["OH", "TX"],
        "hires_from": ["OH", "TX"],
    }
    assert result["credential_rule"] == RULE.as_json()
    assert result["fits"] == ["apprentice", "now"]
    assert result["experience_months"] == 24
    assert result["is_sample"] is False
    assert datetime.fromisoformat(result["posted_at"]).utcoffset() == timedelta(0)
    assert datetime.fromisoformat(result["closes_at"]) > timezone.now()


def test_what_is_not_stated_is_null_or_empty_and_never_a_default(bare, client):
    listing = JobListingFactory(
        unpaid=True,
        rule_unstated=True,
        remote="",
        places=[],
        experience_months=None,
        settings=[],
        codesets=[],
        employment=[],
    )
    fact = read(client, listing).json()
    nothing = "credential_rule pay experience_months test quota accuracy fits".split()
    assert {name: fact[name] for name in nothing} == dict.fromkeys(nothing)
    assert fact["states"] == {"basis": "", "listed": [], "hires_from": []}
    assert fact["settings"] == fact["employment"] == fact["software"] == []
    assert fact["remote"] == fact["schedule"] == ""


def test_pay_per_chart_without_a_quota_has_null_equivalents(bare, client):
    pay = read(client, JobListingFactory(per_chart=True)).json()["pay"]
    assert pay["period"] == "chart"
    assert pay["yearly"] is None
    assert pay["hourly"] is None


def test_asks_for_none_is_a_rule_without_groups(bare, client):
    fact = read(client, JobListingFactory(none_asked=True)).json()
    assert fact["credential_rule"] == {"groups": [], "preferred": []}


@pytest.mark.parametrize("query", ["", "q=coder", "q=coder&sort=pay", "sort=closing"])
def test_next_leads_through_all_results_once(board, client, query):
    answer = get(client, query)
    seen = [result["id"] for result in answer["results"]]
    total, page = answer["total"], 1
    while answer["next"]:
        assert answer["next"].startswith(f"http://testserver{API}?")
        answer = client.get(answer["next"]).json()
        page += 1
        assert (answer["page"], answer["total"]) == (page, total)
        assert answer["notices"] == []
        seen += [result["id"] for result in answer["results"]]
    assert len(seen) == len(set(seen)) == total > 40
    if not query:
        assert set(seen) == board.open()


@given(criteria=questions())
@examples(max_examples=25)
def test_page_and_api_find_the_same(board, client, criteria):
    answer = client.get(API, criteria.pairs()).json()
    html = client.get(reverse("results"), criteria.pairs()).content.decode()
    for result in answer["results"]:
        assert result["url"].removeprefix("http://testserver") in html
    found = sum(
        listing.get_absolute_url() in html for listing in board.listings.values()
    )
    assert found == len(answer["results"])


# One listing


def test_a_listing_answers_with_every_fact(client, listing):
    fact = read(client, listing).json()
    plain = {
        "employer_kind": "direct",
        "employer_website": "https://mereford.example/",
        "employer_domain_proven": True,
        "description": listing.description,
        "benefits": listing.benefits,
        "education": "High school",
        "employment": ["full-time"],
        "schedule": "Monday to Friday",
        "settings": ["hospital"],
        "specialties": ["cardiology"],
        "codesets": ["icd-10-cm", "icd-10-pcs"],
        "software": ["epic"],
        "test": {"kind": "paid", "minutes": 60, "open_book": True},
        "quota": {"charts": 2.5, "period": "hour"},
        "accuracy": 95.0,
        "pays_for": ["dues", "ceus"],
        "apply_url": listing.apply_url,
        "requisition": "R-7",
        "times_reposted": 2,
        "source": "usajobs",
        "external_id": listing.external_id,
        "source_url": "https://feed.example/listing",
        "experience_months": 24,
        "places": [COLUMBUS],
    }
    assert {name: fact[name] for name in plain} == plain


def test_the_clock_decides_what_the_api_knows(bare, client):
    listing = JobListingFactory()
    with time_machine.travel(listing.expire_at, tick=False) as clock:
        clock.shift(-1)
        assert get(client)["total"] == 1
        assert read(client, listing).status_code == 200
        clock.shift(1)
        answer = get(client)
        assert answer["total"] == 0
        assert answer["results"] == []
        assert not any(answer["facets"][name] for name in BY_NAME)
        assert read(client, listing).status_code == 404


def test_removed_is_gone_and_drafts_were_never_there(bare, client):
    assert read(client, JobListingFactory(removed=True)).status_code == 410
    assert read(client, JobListingFactory(draft=True)).status_code == 404
    assert read(client, JobListingFactory(closed=True)).status_code == 404
    assert client.get(f"{API}/999999999").status_code == 404
    assert client.get(f"{API}/9{'9' * 30}").status_code == 404
    assert get(client)["total"] == 0


# Its own description


def test_the_description_names_every_parameter_and_every_field(client):
    document = client.get("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.")
    search = document["paths"][API]["get"]
    names = [parameter["name"] for parameter in search["parameters"]]
    assert names == [*PARAMETERS, "page"]
    assert len(document["paths"]) == 3
    references = set(_references(document))
    assert references
    schemas = document["components"]["schemas"]
    assert references == {f"#/components/schemas/{name}" for name in schemas}


def _references(part):
    if isinstance(part, dict):
        for name, value in part.items():
            if name == "$ref":
                yield value
            yield from _references(value)
    elif isinstance(part, list):
        for value in part:
            yield from _references(value)


def test_answers_are_what_the_description_says(client, listing):
    schemas = client.get("/api/v1/openapi.json").json()["components"]["schemas"]
    assert set(get(client)) == set(schemas["ListingsOut"]["properties"])
    assert set(read(client, listing).json()) == set(schemas["ListingOut"]["properties"])


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_changed(bare, client, method):
    assert getattr(client, method)(API).status_code == 405
