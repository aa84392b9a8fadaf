"""Posted ranges in step with listings, and groups read out of them."""

from datetime import UTC, datetime, timedelta
from importlib import import_module

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

import pytest
import time_machine

from careers.jobs.credential_rule import CredentialRule
from careers.jobs.credential_rule import Group as Clause
from careers.jobs.eligibility import STATE_NAMES
from careers.jobs.models import Credential, JobListing, Place
from careers.jobs.models.vocabulary import CredentialBody
from careers.salaries.criteria import PAY_FACET, PayCriteria
from careers.salaries.models import PostedRange
from careers.salaries.ranges import Group, speaks_of_samples
from tests.jobs.factories import EmployerFactory, JobListingFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def group(**chosen):
    is_sample = chosen.pop("is_sample", False)
    return Group.of(PayCriteria(**chosen), is_sample=is_sample)


def values(found, facet):
    """Value to how many ranges of a group have it."""
    members = found.members(facet)
    return {
        value: int((members.numbers == number).sum())
        for number, value in enumerate(members.values)
        if (members.numbers == number).any()
    }


# What is counted


def test_a_posted_range_reaches_numpy_to_the_cent(post):
    listing = post("31.51", "42.07", pay_period="hour")
    found = group()
    listing.refresh_from_db()
    assert found.ranges.low.tolist() == [float(listing.yearly_minimum)] == [65540.80]
    assert found.ranges.high.tolist() == [float(listing.yearly_maximum)]
    by_hour = group(per="hour")
    assert by_hour.ranges.low.tolist() == [31.51]
    assert by_hour.ranges.high.tolist() == [42.07]
    assert by_hour.ranges.employers.tolist() == [listing.employer_id]
    assert found.newest_listings() == [listing.pk]


@pytest.mark.parametrize(
    ("pay", "reason"),
    [
        ({"unpaid": True}, "pay-not-posted"),
        (
            {"pay_period": "chart", "pay_minimum": 2, "pay_maximum": 3},
            "no-quota",
        ),
        ({"pay_period": "year", "pay_minimum": 0, "pay_maximum": 60_000}, "zero"),
        (
            {"pay_period": "year", "pay_minimum": 9_999, "pay_maximum": 60_000},
            "too-low",
        ),
        (
            {"pay_period": "year", "pay_minimum": 60_000, "pay_maximum": 1_000_001},
            "too-high",
        ),
        (
            {"pay_period": "hour", "pay_minimum": 30, "pay_maximum": 9_999_999},
            "too-high",
        ),
    ],
)
def test_what_cannot_be_counted_is_left_out_with_its_reason(pay, reason):
    JobListingFactory(**pay)
    found = group()
    assert len(found) == 0
    assert found.left_out == {reason: 1}


def test_the_edges_of_what_can_be_are_counted(post):
    post(10_000, 1_000_000)
    assert len(group()) == 1


def test_only_listings_that_have_a_page_are_counted_at_all():
    JobListingFactory(draft=True)
    JobListingFactory(removed=True)
    JobListingFactory(closed=True)
    assert len(group()) == 1
    assert PostedRange.objects.count() == 1


@pytest.mark.parametrize(("days", "counted"), [(728, 1), (733, 0)])
def test_a_window_ends_after_24_months(post, days, counted):
    post(60_000, 80_000, posted_at=timezone.now() - timedelta(days=days))
    found = group()
    assert len(found) == counted
    assert found.left_out == ({} if counted else {"before-window": 1})


def test_a_shorter_window_reads_the_clock(post):
    with time_machine.travel(NOON):
        post(60_000, 80_000, posted_at=NOON - timedelta(days=200))
        assert len(group(window=12)) == 1
        assert len(group(window=6)) == 0


def test_samples_and_real_listings_are_never_one_group(post):
    assert speaks_of_samples()
    post(60_000, 80_000, is_sample=True)
    assert speaks_of_samples()
    assert (len(group()), len(group(is_sample=True))) == (0, 1)
    JobListingFactory(unpaid=True)
    assert speaks_of_samples()
    post(50_000, 70_000)
    assert not speaks_of_samples()
    assert (len(group()), len(group(is_sample=True))) == (1, 1)


# Reposts


def closed_then_posted_again(post, **facts):
    employer = EmployerFactory()
    shared = {"employer": employer} | facts
    now = timezone.now()
    post(
        60_000,
        80_000,
        **shared,
        posted_at=now - timedelta(days=90),
        expire_at=now - timedelta(days=45),
    )
    return post(60_000, 80_000, **shared, posted_at=now - timedelta(days=30))


def test_an_opening_that_closed_and_was_posted_again_counts_once(post):
    latest = closed_then_posted_again(post)
    found = group()
    assert found.newest_listings() == [latest.pk]
    assert found.left_out == {"repost": 1}
    assert values(found, "setting") == {"hospital": 1}


def test_two_openings_side_by_side_are_two(post):
    employer = EmployerFactory()
    post(60_000, 80_000, employer=employer)
    post(60_000, 80_000, employer=employer)
    assert len(group()) == 2


def test_one_opening_from_two_sources_counts_once(post):
    employer = EmployerFactory()
    for source in ("board", "feed"):
        post(60_000, 80_000, employer=employer, source=source, external_id="7")
    assert len(group()) == 1


def test_a_requisition_is_one_opening_whatever_else_changed(post):
    employer = EmployerFactory()
    post(60_000, 80_000, employer=employer, requisition="R-7")
    latest = post(
        62_000,
        84_000,
        employer=employer,
        requisition="R-7",
        title="Inpatient Coder II",
        posted_at=timezone.now(),
    )
    post(60_000, 80_000, employer=EmployerFactory(), requisition="R-7")
    found = group()
    assert len(found) == 2
    assert latest.pk in found.newest_listings()


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Outpatient Coder"},
        {"pay_maximum": 81_000},
        {"remote": "hybrid"},
        {"places": [{"city": "Dayton", "state": "OH"}]},
    ],
    ids=lambda change: next(iter(change)),
)
def test_another_opening_of_an_employer_is_no_repost(post, change):
    employer = EmployerFactory()
    now = timezone.now()
    post(
        60_000,
        80_000,
        employer=employer,
        posted_at=now - timedelta(days=90),
        expire_at=now - timedelta(days=45),
    )
    listing = post(60_000, 80_000, employer=employer)
    JobListing.objects.filter(pk=listing.pk).update(**change)
    assert len(group()) == 2


# Facets


def test_every_facet_narrows_and_is_told_apart(post):
    place = {"city": "Columbus", "state": "OH", "zip": ""}
    Place.objects.update_or_create(
        slug="columbus-oh",
        defaults={
            "city": "Columbus",
            "state": "OH",
            "latitude": 40,
            "longitude": -83,
            "metro": "18140",
        },
    )
    rule = CredentialRule(
        (Clause(("CPC", "CCS")), Clause(("CRC",), within_months=6)), ("RHIT",)
    )
    post(
        60_000,
        80_000,
        places=[place],
        remote="hybrid",
        credential_rule=rule.as_json(),
        experience_months=18,
        settings=["hospital"],
        employment=["full-time", "per-diem"],
        software=["epic"],
    )
    post(
        50_000,
        60_000,
        role="medical-biller",
        places=[],
        remote="",
        credential_rule=None,
        experience_months=None,
        settings=[],
        employment=[],
    )
    expected = {
        "role": {"inpatient-coder", "medical-biller"},
        "credential": {"CPC", "CCS", "CRC", "not-stated"},
        "setting": {"hospital", "not-stated"},
        "remote": {"hybrid", "not-stated"},
        "metro": {"18140", "not-stated"},
        "experience": {"13-24", "not-stated"},
        "employment": {"full-time", "per-diem", "not-stated"},
        "software": {"epic", "not-stated"},
        "state": {"OH"},
    }
    found = group()
    assert {name: set(values(found, name)) for name in PAY_FACET} == expected
    for name, each in expected.items():
        for value in each:
            assert len(group(**{name: (value,)})) == 1, (name, value)
    assert len(group(state=("not-stated",))) == 1
    assert len(group(credential=("RHIT",))) == 0, "preferred is not required"
    assert len(group(experience=("0", "1-12"))) == 0
    assert len(group(experience=("1-12", "13-24"))) == 1


def test_a_rule_that_asks_for_none_is_not_silence(post):
    post(60_000, 80_000, credential_rule=CredentialRule().as_json())
    post(60_000, 80_000, credential_rule=CredentialRule((), ("CPC",)).as_json())
    assert values(group(), "credential") == {"none-asked": 2}


def test_a_credential_that_was_renamed_counts_under_its_name_of_today(post):
    body = CredentialBody.objects.create(slug="x", name="X")
    today = Credential.objects.create(slug="NEW", name="NEW", full_name="N", body=body)
    Credential.objects.create(
        slug="OLD", name="OLD", full_name="O", body=body, renamed_to=today
    )
    post(60_000, 80_000, credential_rule=CredentialRule((Clause(("OLD",)),)).as_json())
    assert values(group(), "credential") == {"NEW": 1}


def test_a_listing_that_hires_from_several_states_counts_in_each(post):
    post(
        60_000,
        80_000,
        remote="remote",
        states_basis="allow",
        states_listed=["OH", "WY", "PR"],
    )
    post(50_000, 60_000, remote="remote", states_basis="anywhere")
    counts = values(group(), "state")
    assert counts["OH"] == counts["WY"] == 2
    assert (counts["AL"], counts["PR"]) == (1, 1)


def test_states_have_their_bits_in_the_order_of_the_trigger():
    triggers = import_module("careers.salaries.migrations.0003_posted_range_triggers")
    assert list(STATE_NAMES) == triggers.STATES


def test_what_the_packs_say_is_what_the_columns_say(post):
    """Packs serve counting and columns serve filters; they must agree."""
    post(60_000, 80_000, experience_months=0)
    post("20.00", "30.00", pay_period="hour", experience_months=None)
    for facet in ("role", "setting", "credential", "remote", "employment"):
        for value, count in values(group(), facet).items():
            assert len(group(**{facet: (value,)})) == count


# In step


def test_raw_sql_is_followed(post):
    listing = post(60_000, 80_000)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE jobs_joblisting SET pay_maximum = 90000 WHERE id = %s", [listing.pk]
        )
    assert group().ranges.high.tolist() == [90_000.0]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM jobs_listingplace")
        cursor.execute("DELETE FROM jobs_joblisting")
    assert len(group()) == 0


@pytest.mark.parametrize(
    "change",
    [
        {"pay_minimum": None, "pay_maximum": None, "pay_period": ""},
        {"removed_at": timezone.now()},
        {"live": False},
        {"role": "medical-biller"},
        {"settings": ["clinic"]},
    ],
    ids=lambda change: next(iter(change)),
)
def test_an_update_is_followed(post, change):
    listing = post(60_000, 80_000)
    asked = {"role": ("inpatient-coder",), "setting": ("hospital",)}
    assert len(group(**asked)) == 1
    JobListing.objects.filter(pk=listing.pk).update(**change)
    assert len(group(**asked)) == 0


def test_a_listing_that_comes_back_counts_again(post):
    listing = post(60_000, 80_000)
    JobListing.objects.update(removed_at=timezone.now())
    JobListing.objects.update(removed_at=None)
    assert group().newest_listings() == [listing.pk]


def test_a_place_that_learns_its_metropolitan_area_tells_its_listings(post):
    Place.objects.update_or_create(
        slug="columbus-oh",
        defaults={
            "city": "Columbus",
            "state": "OH",
            "latitude": 40,
            "longitude": -83,
            "metro": "",
        },
    )
    post(60_000, 80_000, places=[{"city": "Columbus", "state": "OH", "zip": ""}])
    assert len(group(metro=("18140",))) == 0
    Place.objects.filter(slug="columbus-oh").update(metro="18140")
    assert len(group(metro=("18140",))) == 1


def test_one_query_reads_a_group(post, django_assert_num_queries):
    """It is the driver's own cursor's, so Django counts none."""
    post(60_000, 80_000)
    with django_assert_num_queries(0):
        assert len(group()) == 1


def test_the_newest_listings_come_first(post):
    now = timezone.now()
    old = post(60_000, 80_000, posted_at=now - timedelta(days=9))
    new = post(60_000, 80_000, posted_at=now)
    same_day = post(60_000, 80_000, posted_at=now)
    assert group().newest_listings() == [same_day.pk, new.pk, old.pk]


def test_a_very_old_and_a_very_late_day_do_not_stop_a_listing(post):
    post(60_000, 80_000, posted_at=datetime(1990, 1, 1, tzinfo=UTC))
    post(60_000, 80_000, expire_at=datetime(2390, 1, 1, tzinfo=UTC))
    post(60_000, 80_000, expire_at=None)
    assert len(group()) == 2


def test_metropolitan_areas_that_a_command_adds_to_places_reach_their_listings(post):
    """The command inserts all places and updates those that are there in one go."""
    Place.objects.update_or_create(
        slug="columbus-oh",
        defaults={
            "city": "Columbus",
            "state": "OH",
            "latitude": 40,
            "longitude": -83,
            "metro": "",
        },
    )
    listing = post(60_000, 80_000, places=[{"city": "Columbus", "state": "OH"}])
    other = post(60_000, 80_000, places=[{"city": "Austin", "state": "TX"}])
    known = PostedRange.objects.values_list("listing", "metros")
    assert dict(known.all()) == {listing.pk: [], other.pk: []}
    call_command("load_vocabulary", places_only=True, verbosity=0)
    assert dict(known.all())[listing.pk] == ["18140"]
    assert group(metro=("18140",)).newest_listings() == [listing.pk]
    assert values(group(state=("OH",)), "metro") == {"18140": 1}
