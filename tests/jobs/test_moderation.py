"""What is publishable, and the acts that open and close a listing."""

from datetime import timedelta

from django.core.exceptions import NON_FIELD_ERRORS
from django.utils import timezone

from wagtail.models import ModelLogEntry

import pytest

from careers.accounts.models import User
from careers.jobs import moderation
from careers.jobs.models import JobListing

from .factories import EmployerFactory, JobListingFactory

pytestmark = pytest.mark.django_db

NO_PAY = {"pay_minimum": None, "pay_maximum": None, "pay_period": ""}


def logged(listing):
    return list(
        ModelLogEntry.objects.filter(object_id=str(listing.pk))
        .order_by("timestamp", "pk")
        .values_list("action", flat=True)
    )


@pytest.fixture
def editor():
    return User.objects.create_user("editor@board.example", "secret", is_staff=True)


# What is publishable


def test_complete_listing_misses_nothing():
    assert moderation.missing(JobListingFactory.build(employer=an_employer())) == {}


def an_employer(**facts):
    employer = EmployerFactory.build(**facts)
    employer.pk = 1
    return employer


def a_listing(**facts):
    """Complete but for the facts given; nothing of it is written."""
    listing = JobListingFactory.build(employer=an_employer(), draft=True)
    listing.employer_id = 1
    for name, value in facts.items():
        setattr(listing, name, value)
    return listing


@pytest.mark.parametrize(
    ("facts", "fields"),
    [
        ({"title": ""}, {"title"}),
        ({"title": "Apply now!"}, {"title"}),
        ({"description": "  "}, {"description"}),
        ({"role": ""}, {"role"}),
        ({"settings": []}, {"settings"}),
        ({"benefits": " \n"}, {"benefits"}),
        ({"expire_at": None}, {"expire_at"}),
        ({"apply_url": ""}, {"apply_url"}),
        ({"apply_url": "", "apply_email": "jobs@lakearden.example"}, set()),
        (NO_PAY, {"pay_minimum", "pay_maximum", "pay_period"}),
        ({"pay_minimum": None}, {"pay_minimum"}),
        ({"pay_maximum": None}, {"pay_maximum"}),
        ({"pay_period": ""}, {"pay_period"}),
        ({"pay_minimum": 0}, {"pay_minimum"}),
        ({"pay_minimum": 40, "pay_maximum": 30}, {"pay_maximum"}),
        ({"pay_minimum": 20, "pay_maximum": 30}, set()),
        ({"pay_minimum": 20, "pay_maximum": 31}, {"pay_reason"}),
        ({"pay_minimum": 20, "pay_maximum": 31, "pay_reason": "Two grades."}, set()),
        ({"places": []}, {"places"}),
        ({"places": [], "remote": "remote"}, set()),
        ({"places": [], "remote": "hybrid"}, {"places"}),
        (
            {"title": "", "role": "", "benefits": "", "settings": []},
            {"title", "role", "benefits", "settings"},
        ),
    ],
)
def test_missing_names_each_field_that_stands_in_the_way(facts, fields):
    found = moderation.missing(a_listing(**facts))
    assert set(found) == fields
    assert all(message.endswith((".", "…")) for message in found.values())


@pytest.mark.parametrize(
    ("facts", "fields"),
    [
        (NO_PAY, set()),
        ({"benefits": ""}, set()),
        ({"settings": []}, set()),
        ({"places": [], "remote": ""}, set()),
        ({"pay_minimum": 20, "pay_maximum": 60}, set()),
        ({"apply_url": ""}, set()),
        ({"role": ""}, {"role"}),
        ({"title": "Remote"}, {"title"}),
        ({"description": ""}, {"description"}),
        ({"expire_at": None}, {"expire_at"}),
        ({"pay_minimum": 40, "pay_maximum": 30}, {"pay_maximum"}),
    ],
)
def test_import_may_lack_what_its_source_does_not_tell(facts, fields):
    imported = {"source": "usajobs", "external_id": "700", **facts}
    assert set(moderation.missing(a_listing(**imported))) == fields


def test_employer_not_chosen_is_missing():
    assert "employer" in moderation.missing(JobListing(title="Coder"))


def test_close_date_that_is_past_asks_for_one_ahead():
    past = timezone.now() - timedelta(days=1)
    listing = a_listing(expire_at=past, posted_at=past - timedelta(days=9))
    assert "ahead" in moderation.missing(listing)["expire_at"]


def test_closed_listing_asks_to_be_reopened():
    listing = JobListingFactory(closed=True)
    assert "Reopen" in moderation.missing(listing)["expire_at"]


def test_removed_listing_asks_to_be_restored():
    listing = JobListingFactory(removed=True)
    assert "Restore" in moderation.missing(listing)[NON_FIELD_ERRORS]


def test_broken_constraint_is_said_and_not_left_to_the_database():
    listing = a_listing(days_on_site=2)
    with pytest.raises(moderation.NotPublishableError, match="hybrid"):
        moderation.require_publishable(listing)


# Acts


def test_closing_takes_a_listing_out_of_results_at_once(editor):
    listing = JobListingFactory()
    moderation.close(listing, user=editor)
    row = JobListing.objects.get(pk=listing.pk)
    assert row.live
    assert row.is_closed
    assert row.closed_at == row.expire_at
    assert not JobListing.objects.live().exists()
    assert listing.is_closed
    assert logged(listing) == ["jobs.close"]
    assert ModelLogEntry.objects.get().user == editor


def test_closing_as_of_a_moment_past_keeps_that_moment():
    listing = JobListingFactory()
    yesterday = timezone.now() - timedelta(days=1)
    moderation.close(listing, at=yesterday)
    listing.refresh_from_db()
    assert listing.expire_at == listing.closed_at == yesterday


def test_closing_twice_keeps_the_first_closing():
    listing = JobListingFactory(closed=True)
    before = listing.expire_at
    moderation.close(listing)
    listing.refresh_from_db()
    assert listing.expire_at == before
    assert logged(listing) == []


def test_reopening_counts_as_posted_again():
    listing = JobListingFactory(closed=True)
    until = timezone.now() + timedelta(days=10)
    moderation.reopen(listing, until=until)
    listing.refresh_from_db()
    assert listing.is_live
    assert listing.expire_at == until
    assert listing.closed_at is None
    assert listing.confirmed_at is not None
    assert listing.times_reposted == 1
    assert logged(listing) == ["jobs.reopen"]


def test_reopening_refuses_what_is_not_publishable():
    listing = JobListingFactory(closed=True, benefits="")
    with pytest.raises(moderation.NotPublishableError, match="benefits"):
        moderation.reopen(listing, until=timezone.now() + timedelta(days=10))
    assert JobListing.objects.get(pk=listing.pk).is_closed


def test_moving_the_close_date_is_no_repost():
    listing = JobListingFactory()
    until = timezone.now() + timedelta(days=60)
    moderation.change_close_date(listing, until=until)
    listing.refresh_from_db()
    assert listing.expire_at == until
    assert listing.times_reposted == 0


def test_confirming_says_when():
    listing = JobListingFactory()
    moderation.confirm(listing)
    listing.refresh_from_db()
    assert timezone.now() - listing.confirmed_at < timedelta(minutes=1)


def test_removed_listing_can_be_restored_to_what_it_was():
    listing = JobListingFactory()
    moderation.remove(listing, reason=" Asks for money. ")
    row = JobListing.objects.get(pk=listing.pk)
    assert row.removal_reason == "Asks for money."
    assert not row.is_live
    moderation.restore(listing)
    row = JobListing.objects.get(pk=listing.pk)
    assert row.is_live
    assert row.removal_reason == ""
    assert logged(listing) == ["jobs.remove", "jobs.restore"]


AHEAD = timedelta(days=5)


@pytest.mark.parametrize(
    ("trait", "act"),
    [
        ("draft", lambda x: moderation.close(x)),
        ("removed", lambda x: moderation.close(x)),
        ("draft", lambda x: moderation.confirm(x)),
        ("closed", lambda x: moderation.confirm(x)),
        ("live", lambda x: moderation.reopen(x, until=timezone.now() + AHEAD)),
        ("removed", lambda x: moderation.reopen(x, until=timezone.now() + AHEAD)),
        ("closed", lambda x: moderation.reopen(x, until=timezone.now() - AHEAD)),
        ("live", lambda x: moderation.change_close_date(x, until=timezone.now())),
        (
            "closed",
            lambda x: moderation.change_close_date(x, until=timezone.now() + AHEAD),
        ),
        ("live", lambda x: moderation.remove(x, reason=" ")),
        ("removed", lambda x: moderation.remove(x, reason="Again")),
        ("live", lambda x: moderation.restore(x)),
    ],
)
def test_act_that_does_not_suit_the_state_is_refused_and_changes_nothing(trait, act):
    listing = JobListingFactory(**{trait: True})
    before = JobListing.objects.filter(pk=listing.pk).values().get()
    with pytest.raises(moderation.ActError):
        act(listing)
    assert JobListing.objects.filter(pk=listing.pk).values().get() == before
    assert logged(listing) == []


def test_act_on_a_draft_of_a_live_listing_writes_no_word_of_the_draft():
    listing = JobListingFactory(title="Inpatient Coder")
    listing.title = "Outpatient Coder"
    listing.save_revision()
    draft = JobListing.objects.get(pk=listing.pk).get_latest_revision_as_object()
    assert draft.title == "Outpatient Coder"
    moderation.close(draft)
    row = JobListing.objects.get(pk=listing.pk)
    assert row.title == "Inpatient Coder"
    assert row.is_closed
    assert row.get_latest_revision_as_object().is_closed
    assert row.get_latest_revision_as_object().title == "Outpatient Coder"


# Publishing


def test_publishing_refuses_an_incomplete_revision_whoever_asks():
    listing = JobListingFactory(draft=True, benefits="")
    revision = listing.save_revision()
    with pytest.raises(moderation.NotPublishableError) as caught:
        revision.publish()
    assert set(caught.value.missing) == {"benefits"}
    assert not JobListing.objects.get(pk=listing.pk).live


def test_listing_is_first_posted_when_it_first_opens():
    begun = timezone.now() - timedelta(days=20)
    listing = JobListingFactory(draft=True, posted_at=begun)
    listing.save_revision().publish()
    opened = JobListing.objects.get(pk=listing.pk)
    assert opened.live
    assert opened.posted_at == pytest.approx(timezone.now(), abs=timedelta(minutes=1))
    opened.title = "Senior Inpatient Coder"
    opened.save_revision().publish()
    again = JobListing.objects.get(pk=listing.pk)
    assert again.title == "Senior Inpatient Coder"
    assert again.posted_at == opened.posted_at


def test_edit_of_a_live_listing_is_no_new_posting():
    listing = JobListingFactory()
    listing.save_revision().publish()
    assert JobListing.objects.get(pk=listing.pk).posted_at == listing.posted_at


def test_import_keeps_the_day_its_source_posted_it():
    listing = JobListingFactory(draft=True, imported=True)
    listing.save_revision().publish()
    assert JobListing.objects.get(pk=listing.pk).posted_at == listing.posted_at


def test_schedule_of_the_future_leaves_the_row_as_it_is():
    begun = timezone.now() - timedelta(days=20)
    listing = JobListingFactory(draft=True, posted_at=begun)
    listing.go_live_at = timezone.now() + timedelta(days=2)
    listing.save_revision().publish()
    row = JobListing.objects.get(pk=listing.pk)
    assert not row.live
    assert row.posted_at == begun
