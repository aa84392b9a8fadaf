"""The home page: what is open now, in numbers that are true."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

from django.core.cache import cache
from django.core.management import call_command
from django.urls import reverse

import pytest
import time_machine

from tests.jobs.factories import JobListingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home(words, db):
    call_command("prepare_site", listings=0, pages=False, verbosity=0)


def home(client):
    response = client.get("/")
    assert response.status_code == 200
    return response.content.decode()


def text(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_home_page_shows_the_newest_and_a_way_to_search(client):
    listings = JobListingFactory.create_batch(7)
    html = home(client)
    assert re.search(r'<form[^>]*action="/jobs/"', html)
    assert html.count('class="listing-card"') == 6
    assert any(listing.get_absolute_url() in html for listing in listings)


def test_every_number_beside_a_way_is_what_it_leads_to(client):
    JobListingFactory.create_batch(2)
    JobListingFactory(role="coding-auditor", settings=["payer"], remote_work=True)
    api = reverse("api-1:search_listings")
    found = re.findall(
        r'<a[^>]*href="(/jobs/[^"]*)"[^>]*>(?:(?!</?a\b|<li\b).)*?class="n">([\d,]+)'
        r'|<a[^>]*href="(/jobs/[^"]*)"[^>]*>[^<]*</a> <span class="n">([\d,]+)',
        home(client),
        re.DOTALL,
    )
    found = [(inside or after, n or m) for inside, n, after, m in found]
    assert len(found) > 5
    for url, count in found:
        parts = urlsplit(unescape(url))
        page = client.get(unescape(url)).content.decode()
        if parts.path == "/jobs/":
            total = client.get(api, parse_qs(parts.query)).json()["total"]
        else:
            total = int(re.search(r"([\d,]+) open listing", text(page))[1])
        assert total == int(count.replace(",", "")), url


def test_at_its_closing_second_a_listing_is_gone_from_the_home_page(client):
    listing = JobListingFactory()
    with time_machine.travel(listing.expire_at, tick=False) as clock:
        clock.shift(-1)
        assert listing.get_absolute_url() in home(client)
        clock.shift(1)
        assert listing.get_absolute_url() not in home(client)


def test_an_empty_board_has_a_home_page_too(client):
    html = home(client)
    assert "listing-card" not in html


def test_sample_listings_are_called_so(client):
    JobListingFactory(sample=True)
    assert "sample listing" in home(client)


def test_queries_do_not_grow_with_listings(client, django_assert_max_num_queries):
    JobListingFactory.create_batch(12)
    home(client)
    with django_assert_max_num_queries(20):
        home(client)


def test_what_the_work_pays_leads_to_the_pay_and_to_the_open_listings(client):
    cache.clear()
    JobListingFactory.create_batch(5)
    JobListingFactory(role="coding-auditor")
    html = home(client)
    table = html[html.index('<table class="pay-table">') :]
    assert 'href="/salaries/inpatient-coder/"' in table
    assert 'href="/jobs/?role=inpatient-coder"' in table
    assert 'href="/salaries/coding-auditor/"' not in table
    assert 'href="/jobs/?role=coding-auditor"' in table
    assert 'href="/salaries/"' in html


def test_pay_of_samples_never_fills_in_for_real_listings(client):
    cache.clear()
    for _ in range(5):
        JobListingFactory(sample=True)
    assert "These are sample listings." in home(client)
    JobListingFactory()
    html = home(client)
    assert "These are sample listings." not in html
    assert 'href="/salaries/inpatient-coder/"' not in html
