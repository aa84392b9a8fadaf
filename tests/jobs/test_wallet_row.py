"""However a listing is written, its wallet row says the same in the same moment."""

import struct
from datetime import timedelta

from django.db import connection
from django.utils import timezone

import pytest

from careers.jobs.credential_rule import CredentialRule, Group
from careers.jobs.models import JobListing, WalletRow

from .factories import EmployerFactory, JobListingFactory

pytestmark = pytest.mark.django_db

#: Columns that a wallet row and its listing must hold alike.
TWINS = [
    field.attname
    for field in WalletRow._meta.concrete_fields
    if field.attname not in ("listing_id", "rule", "pay")
]
CPC = CredentialRule((Group(("CPC",)),)).as_json()
CCS = CredentialRule((Group(("CCS",)),)).as_json()


def assert_in_step():
    rows = {row.pop("pk"): row for row in WalletRow.objects.values("pk", "pay", *TWINS)}
    listings = {listing.pk: listing for listing in JobListing.objects.all()}
    assert rows.keys() == listings.keys()
    for pk, listing in listings.items():
        assert bytes(rows[pk].pop("pay")) == _pay(listing)
        assert rows[pk] == {name: getattr(listing, name) for name in TWINS}


def _pay(listing):
    if listing.yearly_minimum is None:
        return b""
    ends = (listing.yearly_minimum, listing.yearly_maximum)
    cents = (min(int(end * 100), 2**31 - 1) for end in ends)
    return struct.pack(">iii", listing.employer_id, *cents)


def rule_of(listing):
    return WalletRow.objects.get(pk=listing.pk).rule


def test_listings_made_in_every_way_have_a_row():
    JobListingFactory()
    JobListingFactory(pay_minimum=None, pay_maximum=None, pay_period="")
    JobListingFactory(live=False)
    JobListing.objects.bulk_create(
        [JobListingFactory.build(employer=EmployerFactory())]
    )
    JobListing.objects.bulk_copy([JobListingFactory.build(employer=EmployerFactory())])
    assert WalletRow.objects.count() == 5
    assert_in_step()


@pytest.mark.parametrize(
    "facts",
    [
        {"live": False},
        {"removed_at": timezone.now()},
        {"expire_at": timezone.now() - timedelta(days=1)},
        {"is_sample": True},
        {"remote": "remote"},
        {"experience_months": None},
        {"roles": ["medical-biller"]},
        {"hires_from": ["TX"]},
        {"pay_minimum": 20, "pay_maximum": 21},
        {"pay_minimum": None, "pay_maximum": None, "pay_period": ""},
        {"pay_minimum": 999_999, "pay_maximum": 9_999_999, "pay_period": "month"},
    ],
    ids=lambda facts: next(iter(facts)),
)
def test_every_change_of_a_listing_reaches_its_row(facts):
    listing = JobListingFactory()
    JobListing.objects.filter(pk=listing.pk).update(**facts)
    assert_in_step()


def test_another_employer_reaches_the_pay_of_the_row():
    listing = JobListingFactory()
    listing.employer = EmployerFactory()
    listing.save()
    assert_in_step()


def test_a_deleted_listing_leaves_no_row():
    JobListingFactory()
    gone = JobListingFactory()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM jobs_listingplace WHERE listing_id = %s", [gone.pk])
        cursor.execute("DELETE FROM jobs_joblisting WHERE id = %s", [gone.pk])
    assert_in_step()


def test_listings_share_a_rule_where_they_ask_the_same_at_hire():
    one, other = JobListingFactory.create_batch(2, credential_rule=CPC)
    preferring = JobListingFactory(
        credential_rule=CredentialRule((Group(("CPC",)),), ("CRC",)).as_json()
    )
    assert rule_of(one) == rule_of(other) == rule_of(preferring)


def test_rules_that_ask_for_something_else_have_another_digest():
    rules = (
        CPC,
        CCS,
        CredentialRule((Group(("CPC", "CCS")),)).as_json(),
        CredentialRule((Group(("CPC",)), Group(("CCS",)))).as_json(),
        CredentialRule((Group(("CPC",), within_months=6),)).as_json(),
        None,
    )
    listings = [JobListingFactory(credential_rule=rule) for rule in rules]
    assert len({rule_of(listing) for listing in listings}) == len(rules)


def test_a_rule_that_is_not_stated_is_not_one_that_asks_for_none():
    silent = JobListingFactory(credential_rule=None)
    asking_none = JobListingFactory(credential_rule=CredentialRule().as_json())
    later = CredentialRule((Group(("CPC",), within_months=6),)).as_json()
    due_later = JobListingFactory(credential_rule=later)
    assert rule_of(silent) != rule_of(asking_none)
    assert rule_of(asking_none) == rule_of(due_later)


def test_a_changed_rule_changes_the_digest():
    listing = JobListingFactory(credential_rule=CPC)
    before = rule_of(listing)
    listing.credential_rule = CCS
    listing.save()
    assert rule_of(listing) != before
    listing.credential_rule = CPC
    listing.save()
    assert rule_of(listing) == before
