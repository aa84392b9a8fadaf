"""The site's name on every page, without a query at every page."""

from datetime import timedelta

from django.test import RequestFactory

from wagtail.models import Site

import pytest
import time_machine

from careers import context_processors
from careers.context_processors import RECHECK_SECONDS, site_name
from careers.pathways.models import SiteSettings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _forget():
    context_processors.forget()
    yield
    context_processors.forget()


@pytest.fixture
def site():
    site = Site.objects.get(is_default_site=True)
    site.site_name = "Chartwork Ohio"
    site.save()
    return site


def name(**headers):
    return str(site_name(RequestFactory().get("/", **headers))["site_name"])


def test_the_name_is_the_one_that_editors_set(site, settings):
    assert name() == "Chartwork Ohio"
    site.site_name = ""
    site.save()
    assert name() == settings.WAGTAIL_SITE_NAME
    Site.objects.all().delete()
    assert name() == settings.WAGTAIL_SITE_NAME


def test_the_words_are_asked_for_once(
    site, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(6):
        name()
    with django_assert_num_queries(0):
        assert name() == "Chartwork Ohio"


def test_each_address_has_the_name_of_its_site(site, settings):
    settings.ALLOWED_HOSTS = ["*"]
    Site.objects.create(
        hostname="texas.example", root_page=site.root_page, site_name="Chartwork Texas"
    )
    assert name(headers={"host": "texas.example"}) == "Chartwork Texas"
    assert name(headers={"host": "elsewhere.example"}) == "Chartwork Ohio"


def test_a_change_elsewhere_is_seen_before_long(site):
    with time_machine.travel("2026-11-24T12:00Z", tick=False) as clock:
        name()
        Site.objects.filter(pk=site.pk).update(site_name="Chartwork Texas")
        clock.shift(timedelta(seconds=RECHECK_SECONDS))
        assert name() == "Chartwork Texas"


def test_banner_and_footer_are_what_editors_set(site, client):
    words = SiteSettings.objects.create(
        site=site,
        banner="Listings of Ohio are late today.",
        banner_link="/guides/",
        footer_text="Kept by two coders.",
        contact_email="editors@board.example",
    )
    html = client.get("/jobs/").content.decode()
    assert '<a href="/guides/">Listings of Ohio are late today.</a>' in html
    assert "Kept by two coders." in html
    assert "mailto:editors@board.example" in html
    words.banner = ""
    words.save()
    assert "late today" not in client.get("/jobs/").content.decode()
