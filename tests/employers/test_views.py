"""Employers for everybody: who hires, and what the page of one says and does not."""

import json
import re
from datetime import timedelta
from decimal import Decimal
from html import unescape

from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

import pytest

from careers.employers.employer_page import (
    FEWEST_WITH_PAY,
    LISTINGS_SHOWN,
    PLACES_SHOWN,
)
from careers.employers.sitemaps import EmployerSitemap
from careers.jobs import vocabulary as vocabulary_memory
from careers.jobs.models import JobListing
from search.engines import PAGE_SIZE
from tests.jobs.factories import AUSTIN, COLUMBUS, EmployerFactory, JobListingFactory

pytestmark = pytest.mark.django_db

EMPLOYERS = reverse("employers")
NOINDEX = '<meta name="robots" content="noindex">'
MOST_QUERIES = 12


@pytest.fixture(autouse=True)
def _words(db):
    call_command("load_vocabulary", terms_only=True, verbosity=0)
    vocabulary_memory.forget()


@pytest.fixture
def employer():
    return EmployerFactory(name="Lakearden Health", slug="lakearden")


def url_of(employer):
    return reverse("employer", args=[employer.slug])


def shown(client, employer):
    response = client.get(url_of(employer))
    assert response.status_code == 200
    return response


def html(client, employer):
    return unescape(shown(client, employer).content.decode())


def test_the_page_counts_what_is_open_as_the_list_of_jobs_does(client, employer):
    JobListingFactory.create_batch(LISTINGS_SHOWN + 2, employer=employer)
    JobListingFactory()
    for state in ("draft", "closed", "removed"):
        JobListingFactory(employer=employer, **{state: True})
    page = shown(client, employer).context["page"]
    assert page.open == LISTINGS_SHOWN + 2
    assert len(page.listings) == LISTINGS_SHOWN
    assert client.get(page.listings_url).context["results"].total == page.open
    assert f"All {page.open} open listings of this employer" in html(client, employer)


def test_what_it_hires_for_leads_to_just_those_listings(client, employer):
    JobListingFactory.create_batch(2, employer=employer)
    JobListingFactory(employer=employer, role="medical-biller", settings=["asc"])
    JobListingFactory(role="medical-biller")
    JobListingFactory(employer=employer, remote_work=True)
    page = shown(client, employer).context["page"]
    assert [(link["label"], link["count"]) for link in page.roles] == [
        ("Inpatient coder", 3),
        ("Medical biller", 1),
    ]
    for link in [*page.roles, *page.settings, *page.remote]:
        found = client.get(link["url"]).context["results"].total
        assert found == link["count"], link


def test_places_are_named_most_first(client, employer):
    JobListingFactory(employer=employer, places=[COLUMBUS, AUSTIN])
    JobListingFactory(employer=employer, places=[AUSTIN, AUSTIN])
    JobListingFactory(employer=employer, closed=True)
    page = shown(client, employer).context["page"]
    assert page.places == [
        {"label": "Austin, TX", "count": 2},
        {"label": "Columbus, OH", "count": 1},
    ]
    many = [{**COLUMBUS, "city": f"Town {number}"} for number in range(PLACES_SHOWN)]
    JobListingFactory(employer=employer, places=many)
    assert len(shown(client, employer).context["page"].places) == PLACES_SHOWN


def test_pay_is_summed_up_only_over_enough_of_its_own_open_listings(client, employer):
    JobListingFactory.create_batch(FEWEST_WITH_PAY - 1, employer=employer)
    no_pay = {"pay_minimum": None, "pay_maximum": None, "pay_period": ""}
    JobListingFactory(employer=employer, imported=True, **no_pay)
    JobListingFactory(
        employer=employer, closed=True, pay_minimum=Decimal(1), pay_maximum=Decimal(2)
    )
    JobListingFactory.create_batch(5, pay_maximum=Decimal(99))
    assert shown(client, employer).context["page"].pay is None
    JobListingFactory(
        employer=employer, pay_minimum=Decimal(20), pay_maximum=Decimal(40)
    )
    pay = shown(client, employer).context["page"].pay
    assert (pay.low, pay.high, pay.listings) == (41_600, 83_200, FEWEST_WITH_PAY)
    assert "5 of its 6 open listings" in html(client, employer)


def test_closed_listings_are_counted_for_24_months(client, employer):
    JobListingFactory(employer=employer)
    JobListingFactory.create_batch(2, employer=employer, closed=True)
    JobListingFactory(employer=employer, removed=True)
    long_ago = timezone.now() - timedelta(days=731)
    old = JobListingFactory(employer=employer, closed=True)
    JobListing.objects.filter(pk=old.pk).update(
        posted_at=long_ago - timedelta(days=9), expire_at=long_ago, closed_at=long_ago
    )
    assert "2 listings" in html(client, employer)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"proven": True}, ".example, proven on "),
        ({"domain": "lakearden.example"}, "lakearden.example, not proven"),
        ({}, "Not known:</span> web address"),
        ({"kind": ""}, "Not known:</span> who it is and web address"),
    ],
)
def test_facts_are_facts_and_silence_is_said(client, facts, said):
    assert said in html(client, EmployerFactory(**facts))


def test_its_own_words_are_shown_without_their_markup(client, employer):
    employer.about = "<script>alert(1)</script>We code. <b>A lot</b>"
    employer.save()
    page = shown(client, employer).content.decode()
    assert "<script>alert" not in page
    assert "We code." in page


# For machines


def test_a_page_with_open_listings_is_for_indexes(client, employer):
    JobListingFactory(employer=employer)
    page = html(client, employer)
    assert NOINDEX not in page
    assert f'<link rel="canonical" href="http://testserver{url_of(employer)}">' in page
    assert "<title>Lakearden Health: jobs in medical coding and billing</title>" in page
    assert 'name="description" content="1 open listing of Lakearden Health' in page
    markup = json.loads(re.search(r'ld\+json">(.+?)</script>', page)[1])
    organization, trail = markup["@graph"]
    assert organization == {
        "@type": "Organization",
        "name": "Lakearden Health",
        "sameAs": employer.website,
    }
    assert [item["name"] for item in trail["itemListElement"]] == [
        "Home",
        "Employers",
        "Lakearden Health",
    ]


@pytest.mark.parametrize(
    ("employer_facts", "listing_facts"),
    [
        ({}, None),
        ({}, {"closed": True}),
        ({}, {"sample": True}),
        ({"is_sample": True}, {}),
        ({"confidential": True}, {}),
    ],
    ids=["nothing", "closed", "sample listings", "sample employer", "confidential"],
)
def test_what_is_empty_or_made_up_or_nameless_is_not_for_indexes(
    client, employer_facts, listing_facts
):
    employer = EmployerFactory(**employer_facts)
    if listing_facts is not None:
        JobListingFactory(employer=employer, **listing_facts)
    page = html(client, employer)
    assert NOINDEX in page
    assert "ld+json" not in page
    assert employer.slug not in dict(EmployerSitemap().items())


def test_samples_are_labelled(client):
    employer = EmployerFactory(is_sample=True)
    JobListingFactory(employer=employer, sample=True)
    assert "Sample employer: made up" in html(client, employer)
    assert "sample" in client.get(EMPLOYERS).content.decode()


def test_the_sitemap_holds_employers_with_something_open(client, employer):
    JobListingFactory(employer=employer, posted_at=timezone.now() - timedelta(days=9))
    newest = JobListingFactory(employer=employer)
    ((slug, changed),) = EmployerSitemap().items()
    assert (slug, changed) == ("lakearden", newest.posted_at)
    section = client.get("/sitemap-employers.xml").content.decode()
    assert f"<loc>http://testserver{url_of(employer)}</loc>" in section


def test_an_unknown_employer_is_not_found(client):
    assert client.get(reverse("employer", args=["nobody"])).status_code == 404


def test_the_page_takes_few_queries(client, employer):
    JobListingFactory.create_batch(LISTINGS_SHOWN + 5, employer=employer)
    shown(client, employer)
    with CaptureQueriesContext(connection) as seen:
        shown(client, employer)
    assert len(seen) <= MOST_QUERIES


def test_the_page_of_a_listing_leads_to_its_employer(client, employer):
    listing = JobListingFactory(employer=employer)
    page = client.get(listing.get_absolute_url()).content.decode()
    assert f'href="{url_of(employer)}"' in page


# The list


def test_employers_with_most_open_listings_come_first(client):
    one, two = EmployerFactory(), EmployerFactory()
    JobListingFactory(employer=one)
    JobListingFactory.create_batch(2, employer=two)
    JobListingFactory(employer=one, closed=True)
    JobListingFactory(employer=EmployerFactory(confidential=True))
    EmployerFactory()
    found = client.get(EMPLOYERS).context["found"]
    assert [(each.employer, each.open) for each in found] == [(two, 2), (one, 1)]


def test_the_list_is_paged_and_its_pages_partition_it(client):
    for employer in EmployerFactory.create_batch(PAGE_SIZE + 3):
        JobListingFactory(employer=employer)
    first = client.get(EMPLOYERS)
    second = client.get(f"{EMPLOYERS}?page=2")
    seen = [
        each.employer.pk for page in (first, second) for each in page.context["found"]
    ]
    assert len(seen) == len(set(seen)) == PAGE_SIZE + 3
    assert 'href="/employers/?page=2" rel="next"' in first.content.decode()
    assert 'href="/employers/" rel="prev"' in second.content.decode()


@pytest.mark.parametrize("number", ["0", "2", "-1", "two", "9999999", "", "²"])
def test_a_page_that_is_not_there_is_not_found(client, number):
    JobListingFactory()
    assert client.get(f"{EMPLOYERS}?page={number}").status_code == 404


def test_a_board_without_listings_says_so(client):
    response = client.get(EMPLOYERS)
    assert "No listing is open now." in response.content.decode()
    assert NOINDEX in response.content.decode()


def test_the_list_takes_few_queries_however_long(client):
    for employer in EmployerFactory.create_batch(PAGE_SIZE):
        JobListingFactory(employer=employer)
    client.get(EMPLOYERS)
    with CaptureQueriesContext(connection) as seen:
        client.get(EMPLOYERS)
    assert len(seen) <= 4
