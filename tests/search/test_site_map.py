"""What search engines are told: the sitemap and robots.txt."""

import re
from datetime import UTC, datetime, timedelta

from django.core.management import call_command

from wagtail.models import Site

import pytest
import time_machine
from lxml import etree

from careers.jobs.models import JobListing
from careers.jobs.sitemaps import ListingSitemap
from tests.jobs.factories import AUSTIN, JobListingFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("words")]

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert "xml" in response["Content-Type"]
    root = etree.fromstring(response.content)
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    found = {}
    for entry in root:
        path = entry.findtext("s:loc", namespaces=space).removeprefix(
            "http://testserver"
        )
        found[path] = entry.findtext("s:lastmod", namespaces=space)
    return found


def whole(client):
    """Every address in every section that the index names."""
    found = {}
    for section in read(client, "/sitemap.xml"):
        found |= read(client, section)
    return found


def test_robots_are_shown_the_sitemap_and_kept_from_admin_and_api(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    lines = response.content.decode().splitlines()
    assert "Sitemap: http://testserver/sitemap.xml" in lines
    assert "Disallow: /admin/" in lines
    assert "Disallow: /api/" in lines
    assert not any("/jobs" in line for line in lines)


def test_open_listings_stand_in_it_and_no_others(client):
    listing = JobListingFactory()
    others = [
        JobListingFactory(closed=True),
        JobListingFactory(removed=True),
        JobListingFactory(draft=True),
    ]
    found = whole(client)
    assert listing.get_absolute_url() in found
    assert not {other.get_absolute_url() for other in others} & set(found)


def test_last_change_is_the_true_one(client):
    listing = JobListingFactory(posted_at=NOON - timedelta(days=9))
    JobListing.objects.update(last_published_at=NOON)
    found = whole(client)
    assert found[listing.get_absolute_url()].startswith("2026-11-20")
    assert found["/jobs/role/inpatient-coder/"].startswith("2026-11-20")


def test_landing_pages_stand_in_it_only_with_listings(client):
    JobListingFactory(places=[AUSTIN])
    landings = {
        path for path in whole(client) if re.match(r"/jobs/[a-z]+/[a-z-]*/?", path)
    }
    landings = {path for path in landings if not re.search(r"-\d+/$", path)}
    assert landings == {
        "/jobs/role/inpatient-coder/",
        "/jobs/setting/hospital/",
        "/jobs/credential/cpc/",
        "/jobs/credential/ccs/",
        "/jobs/credential/rhit/",
        "/jobs/state/texas/",
    }
    JobListingFactory(remote_work=True)
    assert {"/jobs/remote/", "/jobs/state/ohio/"} <= set(whole(client))


def test_every_address_in_it_answers_and_may_be_indexed(client):
    JobListingFactory(remote_work=True)
    JobListingFactory(none_asked=True, places=[])
    call_command("prepare_site", listings=0, pages=False, verbosity=0)
    site = Site.objects.get()
    site.hostname = "testserver"
    site.save()
    for path in whole(client):
        response = client.get(path)
        assert response.status_code == 200, path
        html = response.content.decode()
        assert 'content="noindex"' not in html, path
        canonical = re.search(r'rel="canonical" href="http://testserver([^"]*)"', html)
        assert canonical is None or canonical[1] == path


def test_at_its_closing_second_a_listing_is_gone_from_it(client):
    listing = JobListingFactory()
    with time_machine.travel(listing.expire_at, tick=False) as clock:
        clock.shift(-1)
        assert listing.get_absolute_url() in whole(client)
        assert "/jobs/role/inpatient-coder/" in whole(client)
        clock.shift(1)
        found = whole(client)
        assert listing.get_absolute_url() not in found
        assert not [path for path in found if path.startswith("/jobs/")]


def test_sections_are_split_before_they_grow_past_the_limit(client, monkeypatch):
    monkeypatch.setattr(ListingSitemap, "limit", 2)
    listings = JobListingFactory.create_batch(5)
    sections = read(client, "/sitemap.xml")
    assert "/sitemap-listings.xml?p=3" in sections
    assert {listing.get_absolute_url() for listing in listings} <= set(whole(client))
    assert len(read(client, "/sitemap-listings.xml?p=3")) == 1


def test_queries_of_the_sitemap_do_not_grow_with_listings(
    client, django_assert_max_num_queries
):
    JobListingFactory.create_batch(8)
    client.get("/sitemap.xml")
    with django_assert_max_num_queries(6):
        client.get("/sitemap-listings.xml")
    with django_assert_max_num_queries(10):
        client.get("/sitemap-landings.xml")
