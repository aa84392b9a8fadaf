"""Sample listings: the same from the same seed, of every kind, and labelled."""

import io
from datetime import timedelta

from django.core.management import CommandError, call_command
from django.utils import timezone

import pytest
import time_machine

from careers.jobs import structured_data, vocabulary
from careers.jobs.eligibility import STATES
from careers.jobs.models import Employer, JobListing, Place
from careers.jobs.vocabulary_files import place_rows

pytestmark = pytest.mark.django_db

LARGE = 20_000
FACTS = (
    "title", "role", "other_roles", "employer__slug", "description", "places", "remote",
    "states_basis", "states_listed", "credential_rule", "pay_minimum", "pay_maximum",
    "pay_period", "settings", "specialties", "codesets", "software", "employment",
    "experience_months", "test", "quota_charts", "benefits",
)  # fmt: skip


@pytest.fixture(scope="module")
def towns():
    return [
        Place(**row)
        for row in place_rows()
        if not row["zip"] and row["population"] >= LARGE
    ]


@pytest.fixture(autouse=True)
def _words(db, towns):
    call_command("load_vocabulary", terms_only=True, verbosity=0)
    Place.objects.bulk_create(towns)


def load(listings, seed=1, **options):
    out = io.StringIO()
    call_command(
        "load_demo", listings=listings, seed=seed, verbosity=0, stdout=out, **options
    )
    return out.getvalue().strip()


def facts(*names):
    return {
        row[0]: row[1:]
        for row in JobListing.objects.values_list("external_id", *(names or FACTS))
    }


def test_the_same_seed_makes_the_same_listings():
    load(60)
    first = facts()
    JobListing.objects.all().delete()
    Employer.objects.all().delete()
    load(60)
    assert facts() == first


def test_another_seed_makes_others_beside_them():
    load(40, seed=1)
    load(40, seed=2)
    titles = facts("description", "employer__slug")
    assert len(titles) == 80
    assert len(set(titles.values())) > 70


def test_running_again_adds_what_is_missing_and_changes_nothing():
    assert load(40) == "40 sample listings made, 0 were there."
    JobListing.objects.filter(external_id="1-7").update(title="Edited")
    JobListing.objects.filter(external_id="1-9").delete()
    kept = facts()
    assert load(40) == "1 sample listings made, 39 were there."
    again = facts()
    assert {key: again[key] for key in kept} == kept
    assert load(40) == "0 sample listings made, 40 were there."


def test_more_listings_keep_the_ones_before():
    load(40)
    before = facts()
    load(60)
    after = facts()
    assert len(after) == 60
    assert {key: after[key] for key in before} == before


def test_a_dry_run_writes_nothing():
    assert load(30, dry_run=True) == "Dry run: would make 30 sample listings."
    assert not JobListing.objects.exists()
    assert not Employer.objects.exists()


def test_no_listing_is_too_few_and_no_vocabulary_is_said():
    with pytest.raises(CommandError, match="at least 1"):
        load(0)
    for name in ("CodeSet", "Role"):
        JobListing._meta.apps.get_model("jobs", name).objects.all().delete()
    with pytest.raises(CommandError, match="load_vocabulary first"):
        load(5)


def test_starter_listings_show_every_kind_of_thing():
    """What `make run` loads: 400."""
    load(400)
    words = vocabulary.current()
    seen = JobListing.objects.live()
    assert seen.count() == 400

    def all_of(column):
        return {v for row in seen.values_list(column, flat=True) for v in row}

    assert all_of("roles") == set(words.roles)
    assert all_of("settings") == set(words.settings)
    assert all_of("hires_from") >= set(STATES)
    assert set(seen.values_list("remote", flat=True)) == {"onsite", "hybrid", "remote"}
    bases = seen.filter(remote="remote").values_list("states_basis", flat=True)
    assert set(bases) == {"", "allow", "deny", "anywhere"}
    assert {"hour", "year", ""} <= set(seen.values_list("pay_period", flat=True))
    assert {"none", "paid", "unpaid", "required", ""} == set(
        seen.values_list("test", flat=True)
    )
    rules = [listing.rule for listing in seen]
    assert None in rules
    stated = [rule for rule in rules if rule is not None]
    assert any(rule.asks_for_none for rule in stated)
    assert any(rule.accepts_apprentice({"CPC": "CPC-A"}) for rule in stated)
    assert any(rule.preferred for rule in stated)
    assert any(not g.is_due_at_hire for rule in stated for g in rule.groups)
    assert None in seen.values_list("experience_months", flat=True)
    named = {name for rule in stated for name in rule.named}
    assert named <= set(words.credentials)
    for column, known in (
        ("specialties", words.specialties),
        ("software", words.software),
        ("codesets", words.codesets),
    ):
        assert all_of(column) <= set(known)


def test_every_sample_is_called_one_and_is_believable():
    load(150)
    assert not JobListing.objects.filter(is_sample=False).exists()
    assert not Employer.objects.filter(is_sample=False).exists()
    for listing in JobListing.objects.select_related("employer"):
        listing.full_clean(exclude=["content_type", "latest_revision"])
        assert "sample listing" in listing.description
        assert listing.employer.domain.endswith(".example")
        if listing.pay and listing.pay.yearly:
            low, high = listing.pay.yearly
            assert 20_000 < low <= high < 260_000
            assert high <= low * 3 / 2
        markup = structured_data.job_posting(listing, url="https://x.example/1")
        assert markup["@type"] == "JobPosting"


def test_sample_data_is_called_so_on_its_page(client):
    load(1)
    listing = JobListing.objects.get()
    html = client.get(listing.get_absolute_url()).content.decode().lower()
    assert "sample" in html


def test_times_lie_in_the_past_and_closing_in_the_future():
    with time_machine.travel("2027-03-01T12:00:00Z", tick=False):
        load(60)
        assert JobListing.objects.live().count() == 60
        assert not JobListing.objects.filter(posted_at__gt="2027-03-01T12:00Z").exists()


# Listings of the past


def past():
    return JobListing.objects.filter(external_id__contains="past")


def test_past_listings_have_closed_within_two_years_and_keep_their_pages():
    with time_machine.travel("2027-03-01T12:00:00Z", tick=False):
        assert load(20, past=40) == "60 sample listings made, 0 were there."
        now = timezone.now()
        assert JobListing.objects.live().count() == 20
        assert past().count() == past().visible().count() == 40
        assert not past().filter(is_sample=False).exists()
        for listing in past():
            assert now - timedelta(days=730) < listing.posted_at
            assert listing.posted_at < listing.closed_at == listing.expire_at < now
            assert listing.first_published_at == listing.posted_at
        quarters = {
            (p.year, (p.month - 1) // 3)
            for p in past().values_list("posted_at", flat=True)
        }
        assert len(quarters) >= 5, "pay over time needs listings of all times"


def test_past_listings_are_the_same_from_the_same_seed():
    def made():
        dates = ("posted_at", "expire_at", "closed_at")
        with time_machine.travel("2027-03-01T12:00:00Z", tick=False):
            load(10, past=15)
        found = facts(*FACTS, *dates)
        JobListing.objects.all().delete()
        Employer.objects.all().delete()
        return found

    first = made()
    assert len(first) == 25
    assert made() == first


def test_past_listings_leave_the_open_ones_as_they_are():
    load(30)
    before = facts()
    assert load(30, past=12) == "12 sample listings made, 30 were there."
    after = facts()
    assert {key: after[key] for key in before} == before
    assert load(30, past=12) == "0 sample listings made, 42 were there."


def test_the_number_of_past_listings_is_no_less_than_none():
    with pytest.raises(CommandError, match="0 or more"):
        load(5, past=-1)
    assert load(5, past=7, dry_run=True) == "Dry run: would make 12 sample listings."
