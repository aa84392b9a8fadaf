"""The command that publishes what is scheduled; listings close by the clock alone."""

from datetime import timedelta
from io import StringIO

from django.core.management import call_command
from django.utils import timezone

from wagtail.models import ModelLogEntry, Page

import pytest
import time_machine

from careers.jobs.models import JobListing

from .factories import JobListingFactory

pytestmark = pytest.mark.django_db

SOON = timedelta(hours=2)


def run(**options):
    """The closing line and the complaints of one run of the command."""
    said, complaints = StringIO(), StringIO()
    call_command("publish_scheduled", stdout=said, stderr=complaints, **options)
    return said.getvalue().splitlines()[-1], complaints.getvalue()


def row(listing):
    return JobListing.objects.get(pk=listing.pk)


def a_scheduled_listing(**facts):
    listing = JobListingFactory(draft=True, **facts)
    listing.go_live_at = timezone.now() + SOON
    listing.save_revision().publish()
    return listing


@pytest.fixture
def a_page():
    root = Page.get_first_root_node()
    return root.add_child(instance=Page(title="A page", slug="a-page"))


def test_closed_listing_stays_a_live_row():
    listing = JobListingFactory(closed=True)
    assert run()[0] == "unpublished 0, published 0, refused 0 incomplete."
    assert row(listing).live
    assert not row(listing).expired
    assert row(listing).is_closed


def test_scheduled_listing_goes_live_when_its_time_has_come():
    listing = a_scheduled_listing()
    run()
    assert not row(listing).live
    with time_machine.travel(timezone.now() + SOON * 2):
        assert run()[0] == "unpublished 0, published 1, refused 0 incomplete."
        opened = row(listing)
        assert opened.is_live
        assert opened.scheduled_revision is None
        assert timezone.now() - opened.posted_at < timedelta(minutes=1)
    actions = ModelLogEntry.objects.values_list("action", flat=True)
    assert "wagtail.publish.scheduled" in actions


def test_listing_that_became_incomplete_stays_a_draft_and_others_go_live():
    late = a_scheduled_listing(
        title="Short one", expire_at=timezone.now() + SOON + timedelta(minutes=1)
    )
    good = a_scheduled_listing(title="Good one")
    with time_machine.travel(timezone.now() + SOON * 2):
        closing, complaints = run()
        assert closing == "unpublished 0, published 1, refused 1 incomplete."
        assert "“Short one” stays a draft." in complaints
        assert "is past. Give one ahead." in complaints
        assert row(good).is_live
        assert not row(late).live
        assert row(late).scheduled_revision is None
        assert run()[0] == "unpublished 0, published 0, refused 0 incomplete."


@pytest.mark.parametrize("trait", ["live", "imported"])
def test_edit_of_a_live_listing_takes_over_on_schedule(trait):
    listing = JobListingFactory(**{trait: True})
    listing.title = "Coder II"
    listing.go_live_at = timezone.now() + SOON
    listing.save_revision().publish()
    assert row(listing).title == "Inpatient Coder"
    assert row(listing).is_live
    with time_machine.travel(timezone.now() + SOON * 2):
        run()
        assert row(listing).title == "Coder II"


def test_page_still_expires(a_page):
    Page.objects.filter(pk=a_page.pk).update(expire_at=timezone.now() - SOON)
    assert run()[0] == "unpublished 1, published 0, refused 0 incomplete."
    a_page.refresh_from_db()
    assert not a_page.live
    assert a_page.expired


def test_page_still_goes_live_on_schedule(a_page):
    a_page.title = "A page renewed"
    a_page.go_live_at = timezone.now() + SOON
    a_page.save_revision().publish()
    with time_machine.travel(timezone.now() + SOON * 2):
        assert run()[0] == "unpublished 0, published 1, refused 0 incomplete."
    a_page.refresh_from_db()
    assert a_page.title == "A page renewed"


@pytest.mark.parametrize("spelling", ["--dry-run", "--dryrun"])
def test_dry_run_changes_nothing(a_page, spelling):
    Page.objects.filter(pk=a_page.pk).update(expire_at=timezone.now() - SOON)
    listing = a_scheduled_listing()
    said = StringIO()
    with time_machine.travel(timezone.now() + SOON * 2):
        call_command("publish_scheduled", spelling, stdout=said)
    assert said.getvalue().splitlines()[-1] == (
        "Dry run: would have unpublished 1, published 1, refused 0 incomplete."
    )
    a_page.refresh_from_db()
    assert a_page.live
    assert not row(listing).live
