from io import StringIO

from django.core.management import call_command

from wagtail.models import Page, Site

import pytest

from careers.jobs.models import JobListing, Role
from careers.pathways.models import HomePage

pytestmark = pytest.mark.django_db


def prepared(**options):
    out = StringIO()
    call_command("prepare_site", stdout=out, verbosity=0, **options)
    return out.getvalue().splitlines()


def test_an_empty_site_gets_words_a_home_page_and_listings():
    closing = prepared(listings=5)[-1]
    assert Role.objects.exists()
    assert JobListing.objects.live().count() == 5
    site = Site.objects.get(is_default_site=True)
    assert site.root_page.specific == HomePage.objects.get()
    assert closing.startswith("Prepared: vocabulary, ")
    assert closing.endswith("5 starter listings.")


def test_wagtails_welcome_page_gives_way():
    prepared(listings=0)
    assert list(Page.objects.filter(depth=2).values_list("slug", flat=True)) == [
        "start"
    ]


def test_preparing_again_changes_nothing():
    prepared(listings=5)
    before = set(JobListing.objects.values_list("id", "title"))
    assert prepared(listings=9) == ["Prepared: all was in place."]
    assert set(JobListing.objects.values_list("id", "title")) == before


def test_what_an_editor_wrote_stays():
    prepared(listings=0)
    Page.objects.filter(depth=2).update(title="Our board", slug="board")
    prepared(listings=0)
    assert HomePage.objects.get().title == "Our board"
