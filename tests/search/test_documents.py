"""Documents of the index: exact, complete, and only of what is open."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.jobs import vocabulary
from careers.jobs.credential_rule import CredentialRule, Group
from careers.jobs.models import Employer, JobListing, Role
from search import documents
from search.documents import cents, microseconds, shared
from search.index import ListingDocument
from tests.jobs.factories import AUSTIN, COLUMBUS, JobListingFactory

CODES = ("CPC", "CCS", "COC", "RHIT", "CRC")


def one(listing):
    found = list(documents.read([listing.pk]))
    assert len(found) <= 1
    return found[0] if found else None


# Pure


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(1970, 1, 1, tzinfo=UTC), 0),
        (datetime(2026, 3, 1, 12, 0, 0, 1, tzinfo=UTC), 1772366400000001),
        (datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC), 253402300799999999),
    ],
)
def test_instants_are_exact_to_the_microsecond(moment, expected):
    assert microseconds(moment) == expected


@pytest.mark.parametrize(
    ("amount", "expected"), [("0.29", 29), ("28.57", 2857), ("99999999.99", 9999999999)]
)
def test_money_is_exact_to_the_cent(amount, expected):
    assert cents(Decimal(amount)) == expected


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ([None, None, None, None], []),
        ([["CPC"], None, None, None], ["1"]),
        ([["CPC"], ["CCS"], None, None], ["1", "2"]),
        ([["CPC", "CCS"], ["CCS"], None, None], ["1", "2", "12"]),
        ([["A", "B"], ["B", "C"], ["A", "C"], None],
         ["1", "2", "3", "12", "13", "23"]),
        ([["A"], ["A"], ["A"], ["A", "B"]],
         ["1", "2", "3", "4", "12", "13", "14", "23", "24", "34", "123", "124", "134",
          "234", "1234"]),
    ],
)  # fmt: skip
def test_shared_names_the_groups_that_one_credential_meets(groups, expected):
    assert shared(groups) == expected


groups = st.lists(
    st.sets(st.sampled_from(CODES), min_size=1, max_size=3).map(sorted), max_size=4
)


@given(groups=groups, wallet=st.sets(st.sampled_from(CODES), max_size=3))
def test_shared_tells_whether_one_more_credential_would_do(groups, wallet):
    meets = [bool(wallet & set(group)) for group in groups]
    names = shared([*groups, *[None] * (4 - len(groups))])
    told = any(
        all(met for n, met in enumerate(meets, start=1) if str(n) not in name)
        for name in names
    )
    tried = any(all({one, *wallet} & set(group) for group in groups) for one in CODES)
    assert told == (tried and bool(groups))


# From the database


@pytest.fixture
def spoken(db):
    Role.objects.update_or_create(
        slug="inpatient-coder",
        defaults={"name": "Inpatient coder", "track": "facility", "level": 3},
    )
    vocabulary.forget()


def test_a_document_holds_what_its_row_says(spoken):
    listing = JobListingFactory(
        places=[COLUMBUS, AUSTIN],
        pay_minimum=Decimal("27.87"),
        pay_maximum=Decimal("35.31"),
        pay_period="hour",
        credential_rule=CredentialRule(
            (Group(("CPC", "CCS")), Group(("CCS", "CRC")))
        ).as_json(),
    )
    listing.refresh_from_db()
    document = one(listing)
    assert document["title"] == listing.title
    assert document["role_names"] == ["Inpatient coder"]
    assert document["tracks"] == ["facility"]
    assert document["employer"] == listing.employer.slug
    assert document["hourly_maximum"] == 3531
    assert document["yearly_maximum"] == 7344480
    assert document["place_states"] == ["OH", "TX"]
    assert document["place_names"] == ["Austin", "Columbus", "Ohio", "Texas"]
    assert document["posted_at"] == microseconds(listing.posted_at)
    assert document["expire_at"] == microseconds(listing.expire_at)
    assert document["due_1"] == ["CPC", "CCS"]
    assert document["due_3"] == [documents.NO_GROUP]
    assert document["shared"] == ["1", "2", "12"]
    assert set(document) <= set(ListingDocument._doc_type.mapping)


def test_what_is_not_stated_is_not_there(spoken):
    listing = JobListingFactory(
        remote="", test="", experience_months=None, credential_rule=None, settings=[],
        places=[], pay_minimum=None, pay_maximum=None, pay_period="", expire_at=None,
    )  # fmt: skip
    silent = {"remote", "test", "experience_months", "credentials", "settings",
              "yearly_maximum", "hourly_maximum", "expire_at"}  # fmt: skip
    assert not silent & set(one(listing))


@pytest.mark.parametrize("state", ["draft", "closed", "removed"])
def test_only_open_listings_have_documents(spoken, state):
    listing = JobListingFactory()
    changed = {
        "draft": {"live": False},
        "closed": {"expire_at": timezone.now() - timedelta(seconds=1)},
        "removed": {"removed_at": timezone.now()},
    }[state]
    assert one(listing)
    JobListing.objects.filter(pk=listing.pk).update(**changed)
    assert one(listing) is None


def test_the_fingerprint_tells_documents_apart(spoken):
    listing = JobListingFactory()
    before = one(listing)["fingerprint"]
    assert one(listing)["fingerprint"] == before
    JobListing.objects.filter(pk=listing.pk).update(confirmed_at=timezone.now())
    assert one(listing)["fingerprint"] == before
    seen = {before}
    for change in (
        lambda: JobListing.objects.filter(pk=listing.pk).update(title="Coder"),
        lambda: Employer.objects.filter(pk=listing.employer_id).update(name="Other"),
        lambda: Role.objects.filter(slug=listing.role).update(name="Stay coder"),
        lambda: Role.objects.filter(slug=listing.role).update(track="profee"),
    ):
        change()
        seen.add(one(listing)["fingerprint"])
    assert len(seen) == 5


def test_ids_come_in_order_and_unknown_ones_are_passed_over(spoken):
    listings = [JobListingFactory() for _ in range(5)]
    asked = [listing.pk for listing in reversed(listings)]
    found = [each["id"] for each in documents.read([*asked, 2**40])]
    assert found == sorted(asked)
    assert list(documents.read([])) == []
