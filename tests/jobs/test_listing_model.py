"""The row of a listing: constraints, the clock, equivalents, encodings, revisions."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction

from wagtail.models import Revision

import pytest
import time_machine
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from careers.jobs.credential_rule import CredentialRule, Group
from careers.jobs.models import Credential, CredentialBody, JobListing
from careers.jobs.models.listing import NONE_ASKED
from careers.jobs.pay import Period, QuotaPeriod

from .factories import AUSTIN, COLUMBUS, EmployerFactory, JobListingFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def cpc_and_its_apprentice():
    body = CredentialBody.objects.create(slug="aapc", name="AAPC")
    full = Credential.objects.create(
        slug="CPC", name="CPC", full_name="Certified Professional Coder", body=body
    )
    Credential.objects.create(
        slug="CPC-A",
        name="CPC-A",
        full_name="Certified Professional Coder-Apprentice",
        body=body,
        apprentice_of=full,
    )


def row(listing):
    return JobListing.objects.get(pk=listing.pk)


# Constraints


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"source": "usajobs", "external_id": ""}, "listing_source_whole"),
        ({"source": "", "external_id": "7"}, "listing_source_whole"),
        ({"pay_minimum": None}, "listing_pay_whole"),
        ({"pay_maximum": None}, "listing_pay_whole"),
        ({"pay_period": ""}, "listing_pay_whole"),
        ({"pay_minimum": 40, "pay_maximum": 30}, "listing_pay_ordered"),
        ({"quota_charts": 8}, "listing_quota_whole"),
        ({"quota_period": "hour"}, "listing_quota_whole"),
        ({"quota_charts": 0, "quota_period": "hour"}, "listing_quota_whole"),
        ({"states_basis": "allow"}, "listing_states_listed"),
        ({"states_basis": "deny"}, "listing_states_listed"),
        ({"days_on_site": 2}, "listing_days_hybrid"),
    ],
)
def test_database_refuses_half_statements(facts, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        JobListingFactory(**facts)


def test_source_has_one_listing_of_an_id():
    first = JobListingFactory(imported=True)
    with (
        pytest.raises(IntegrityError, match="listing_source_unique"),
        transaction.atomic(),
    ):
        JobListingFactory(source=first.source, external_id=first.external_id)
    JobListingFactory(source="another-feed", external_id=first.external_id)
    JobListingFactory.create_batch(2, source="", external_id="")


# The clock


@pytest.mark.parametrize(
    ("facts", "after", "is_live", "is_closed"),
    [
        ({}, -SECOND, True, False),
        ({}, timedelta(microseconds=-1), True, False),
        ({}, timedelta(0), False, True),
        ({}, SECOND, False, True),
        ({"expire_at": None}, SECOND, True, False),
        ({"live": False}, -SECOND, False, False),
        ({"live": False}, SECOND, False, False),
        ({"removed_at": NOON}, -SECOND, False, False),
        ({"removed_at": NOON}, SECOND, False, False),
    ],
)
def test_one_rule_says_what_is_live_to_the_second(facts, after, is_live, is_closed):
    closes = NOON + timedelta(days=30)
    listing = JobListingFactory(**{"posted_at": NOON, "expire_at": closes} | facts)
    with time_machine.travel(closes + after, tick=False):
        assert listing.is_live == is_live
        assert listing.is_closed == is_closed
        assert JobListing.objects.live().exists() == is_live
        assert JobListing.objects.closed().exists() == is_closed
        assert JobListing.objects.visible().exists() == (is_live or is_closed)


# Equivalents

cents = st.decimals("0.01", "99999.99", places=2)


def within_bounds(pay):
    """Pay a chart is at most $1,000; a constraint holds it."""
    if pay["period"] == Period.CHART:
        pay["figures"] = [min(figure, Decimal(1000)) for figure in pay["figures"]]
    return pay


pays = st.fixed_dictionaries(
    {
        "figures": st.tuples(cents, cents).map(sorted),
        "period": st.sampled_from(list(Period)),
        "quota": st.none()
        | st.tuples(
            st.decimals("0.01", "999.99", places=2), st.sampled_from(list(QuotaPeriod))
        ),
    }
).map(within_bounds)


@examples(max_examples=40)
@given(st.lists(pays, min_size=1, max_size=25))
def test_generated_columns_equal_pay_py(several):
    employer = EmployerFactory()
    made = JobListing.objects.bulk_create(
        [
            JobListingFactory.build(
                employer=employer,
                pay_minimum=pay["figures"][0],
                pay_maximum=pay["figures"][1],
                pay_period=pay["period"],
                quota_charts=pay["quota"] and pay["quota"][0],
                quota_period=pay["quota"][1] if pay["quota"] else "",
            )
            for pay in several
        ]
    )
    for listing in JobListing.objects.filter(pk__in=[m.pk for m in made]):
        yearly = listing.pay.yearly or (None, None)
        hourly = listing.pay.hourly or (None, None)
        assert (listing.yearly_minimum, listing.yearly_maximum) == yearly
        assert (listing.hourly_minimum, listing.hourly_maximum) == hourly


def test_pay_not_posted_has_no_equivalent():
    listing = row(JobListingFactory(unpaid=True))
    assert listing.pay is None
    assert listing.yearly_minimum is None
    assert listing.hourly_maximum is None


def test_pay_per_chart_without_a_quota_has_no_equivalent():
    listing = row(JobListingFactory(per_chart=True))
    assert listing.pay.yearly is None
    assert listing.yearly_maximum is None


def test_equivalents_of_a_draft_are_right_while_the_columns_are_stale():
    listing = row(JobListingFactory())
    listing.pay_maximum = Decimal(50)
    listing.save_revision()
    draft = row(listing).get_latest_revision_as_object()
    assert draft.pay.yearly[1] == 50 * 2080
    assert row(listing).yearly_maximum == 36 * 2080


# Encodings

RULE = CredentialRule(
    (Group(("CPC", "CCS"), True), Group(("RHIT",)), Group(("CRC",), False, 6))
)
FACTS = {
    "credential_rule": RULE.as_json(),
    "other_roles": ["coding-auditor", "inpatient-coder"],
    "remote": "remote",
    "states_basis": "deny",
    "states_listed": ["CA", "NY"],
    "places": [dict(COLUMBUS), dict(AUSTIN)],
}


def assert_encoded(listing):
    listing = row(listing)
    assert listing.roles == ["inpatient-coder", "coding-auditor"]
    assert listing.credentials == ["CPC", "CCS", "RHIT", "CRC"]
    assert listing.accepts_apprentice
    assert listing.due_1 == ["CPC", "CCS", "CPC-A"]
    assert listing.full_1 == ["CPC", "CCS"]
    assert listing.due_2 == listing.full_2 == ["RHIT"]
    assert listing.due_3 is listing.due_4 is listing.full_3 is None
    assert len(listing.hires_from) == 49
    assert not {"CA", "NY"}.intersection(listing.hires_from)


def test_save_derives_the_encodings():
    assert_encoded(JobListingFactory(**FACTS))


def test_save_of_some_fields_derives_the_encodings_too():
    listing = JobListingFactory()
    for name, value in FACTS.items():
        setattr(listing, name, value)
    listing.save(update_fields=list(FACTS))
    assert_encoded(listing)


def test_bulk_create_derives_the_encodings():
    built = JobListingFactory.build(employer=EmployerFactory(), **FACTS)
    assert_encoded(JobListing.objects.bulk_create([built])[0])


def test_bulk_copy_derives_the_encodings():
    built = JobListingFactory.build(employer=EmployerFactory(), **FACTS)
    JobListing.objects.bulk_copy([built])
    assert_encoded(JobListing.objects.get())


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["epic"],
        ["epic", "3m-360"],
        ["null", "NULL", ""],
        ['say "epic"', "back\\slash", "tab\tand\nline", "{a,b}", "é 😀"],
    ],
)
def test_bulk_copy_keeps_the_words_of_arrays(words):
    built = JobListingFactory.build(employer=EmployerFactory(), software=words)
    JobListing.objects.bulk_copy([built])
    assert JobListing.objects.get().software == words


def test_bulk_update_derives_the_encodings():
    listing = JobListingFactory()
    for name, value in FACTS.items():
        setattr(listing, name, value)
    JobListing.objects.bulk_update([listing], list(FACTS))
    assert_encoded(listing)


@pytest.mark.parametrize(
    ("rule", "credentials"),
    [
        (None, []),
        (CredentialRule(), [NONE_ASKED]),
        (CredentialRule((), ("CRC",)), ["CRC"]),
        (CredentialRule((Group(("CPC",)),), ("CRC",)), ["CPC", "CRC"]),
    ],
)
def test_asks_for_none_and_not_stated_are_told_apart(rule, credentials):
    listing = row(JobListingFactory(credential_rule=rule and rule.as_json()))
    assert listing.rule == rule
    assert listing.credentials == credentials
    unstated = JobListing.objects.filter(credential_rule__isnull=True)
    assert unstated.exists() == (rule is None)


@pytest.mark.parametrize(
    ("facts", "states"),
    [
        ({"remote": "onsite"}, ["OH", "TX"]),
        ({"remote": "hybrid"}, ["OH", "TX"]),
        ({"remote": ""}, ["OH", "TX"]),
        ({"remote": "remote"}, []),
        (
            {
                "remote": "remote",
                "states_basis": "allow",
                "states_listed": ["WY", "KY"],
            },
            ["KY", "WY"],
        ),
    ],
)
def test_silence_about_states_is_no_anywhere(facts, states):
    places = [dict(COLUMBUS), dict(AUSTIN)]
    assert row(JobListingFactory(places=places, **facts)).hires_from == states


def test_places_are_kept_as_rows_for_distances():
    listing = JobListingFactory(places=[dict(COLUMBUS), {"state": "OH"}])
    assert listing.place_rows.get().latitude == COLUMBUS["latitude"]
    listing.places = [dict(AUSTIN)]
    listing.save()
    assert listing.place_rows.get().latitude == AUSTIN["latitude"]


# Revisions, as Wagtail 8 handles them


def test_new_listing_is_no_live_listing():
    """Wagtail's own default is live."""
    made = JobListing.objects.create(
        title="Coder", employer=EmployerFactory(), description="You code."
    )
    assert not row(made).live
    assert not JobListing.objects.visible().exists()


def test_draft_keeps_the_words_of_the_vocabulary_and_the_rule():
    listing = JobListingFactory()
    listing.settings = ["hospice", "home-health"]
    listing.software = ["epic"]
    listing.credential_rule = RULE.as_json()
    listing.places = [dict(AUSTIN)]
    listing.save_revision()
    assert row(listing).settings == ["hospital"]
    draft = row(listing).get_latest_revision_as_object()
    assert draft.settings == ["hospice", "home-health"]
    assert draft.software == ["epic"]
    assert draft.rule == RULE
    assert draft.places == [AUSTIN]
    assert draft.due_1 == ["CPC", "CCS", "CPC-A"]
    row(listing).latest_revision.publish()
    assert row(listing).settings == ["hospice", "home-health"]
    assert row(listing).due_2 == ["RHIT"]


LATER = {
    "posted_at": NOON - timedelta(days=90),
    "confirmed_at": NOON,
    "times_reposted": 4,
    "closed_at": NOON,
    "expire_at": NOON + timedelta(days=400),
    "removed_at": NOON,
    "removal_reason": "Asks for money.",
    "source": "usajobs",
    "external_id": "700",
    "source_url": "https://feed.example/700",
    "last_seen_at": NOON,
    "import_hash": "abc",
    "evidence": [{"fact": "role", "value": "x", "words": "y"}],
    "is_sample": True,
    "expired": True,
}


def test_every_fact_of_operation_is_tried_below():
    assert set(LATER) == set(JobListing.OPERATION)


@pytest.mark.parametrize("name", sorted(LATER))
def test_older_revision_brings_no_older_fact_of_operation(name):
    revision = JobListingFactory().save_revision()
    facts = {name: LATER[name]}
    if name in ("source", "external_id"):
        facts = {"source": LATER["source"], "external_id": LATER["external_id"]}
    JobListing.objects.filter(pk=revision.object_id).update(**facts)
    fresh = Revision.objects.get(pk=revision.pk).as_object()
    assert getattr(fresh, name) == LATER[name]


def test_publishing_an_older_edit_takes_its_words_and_not_its_close_date():
    listing = JobListingFactory()
    listing.title = "Coder II"
    revision = listing.save_revision()
    sooner = listing.expire_at - timedelta(days=20)
    JobListing.objects.filter(pk=listing.pk).update(expire_at=sooner)
    Revision.objects.get(pk=revision.pk).publish()
    assert row(listing).title == "Coder II"
    assert row(listing).expire_at == sooner


def test_expiry_leaves_a_listing_a_live_row():
    listing = JobListingFactory(closed=True)
    listing.unpublish(set_expired=True)
    assert row(listing).live
    assert row(listing).is_closed


def test_unpublishing_by_hand_takes_it_off_the_site():
    listing = JobListingFactory()
    listing.unpublish()
    assert not row(listing).live
