"""Addresses that pages had keep leading to them."""

from django.urls import reverse

from wagtail.contrib.redirects.models import Redirect

import pytest

from careers.pathways.models import GuideIndexPage, GuidePage, PlainPage

from .factories import GuidePageFactory, PlainPageFactory, home

pytestmark = pytest.mark.django_db


@pytest.fixture
def rename(django_capture_on_commit_callbacks):
    """Give a page another address, as an editor does; redirects follow the commit."""

    def rename(page, slug):
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()

    return rename


def test_a_page_that_is_renamed_is_found_at_its_old_address(client, rename):
    page = GuidePageFactory(slug="old")
    rename(page, "new")
    response = client.get("/guides/old/")
    assert (response.status_code, response["location"]) == (301, "/guides/new/")
    assert client.get("/guides/new/").status_code == 200


def test_a_page_renamed_twice_is_found_at_both(client, rename):
    page = GuidePageFactory(slug="first")
    rename(page, "second")
    rename(GuidePage.objects.get(), "third")
    for old in ("/guides/first/", "/guides/second/"):
        assert client.get(old)["location"] == "/guides/third/"


def test_renaming_an_index_page_moves_its_pages_too(client, rename):
    GuidePageFactory(slug="one")
    rename(GuideIndexPage.objects.get(), "articles")
    assert client.get("/guides/")["location"] == "/articles/"
    assert client.get("/guides/one/")["location"] == "/articles/one/"


def test_a_moved_page_is_found_at_its_old_address(client):
    about = PlainPageFactory(slug="about")
    terms = PlainPageFactory(slug="terms")
    PlainPage.objects.get(pk=terms.pk).move(about, pos="last-child")
    assert client.get("/terms/")["location"] == "/about/terms/"


def test_a_redirect_never_stands_before_what_answers(client):
    home()
    for taken in ("/jobs", reverse("salaries").rstrip("/")):
        Redirect.objects.create(old_path=taken, redirect_link="/elsewhere/")
        assert client.get(f"{taken}/").status_code == 200


def test_an_address_that_nobody_had_is_not_found(client):
    home()
    assert client.get("/guides/never/").status_code == 404
