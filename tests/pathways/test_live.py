"""Figures of today: they equal the pages they lead to, and are remembered minutes."""

from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone

import pytest
import time_machine

from careers.jobs.criteria import JobCriteria
from careers.jobs.models import JobListing
from careers.pathways import live
from careers.salaries.criteria import PayCriteria
from tests.jobs.factories import EmployerFactory, JobListingFactory
from tests.salaries.conftest import post, words  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("words")]


@pytest.fixture(autouse=True)
def _nothing_remembered():
    cache.clear()
    yield
    cache.clear()


@pytest.mark.parametrize(
    "criteria",
    [
        JobCriteria(),
        JobCriteria(role=("inpatient-coder",)),
        JobCriteria(credential=("CPC",)),
        JobCriteria(setting=("hospital",)),
        JobCriteria(role=("inpatient-coder", "profee-coder"), state="OH"),
        JobCriteria(apprentice=True),
        JobCriteria(experience=0),
    ],
)
def test_openings_are_as_many_as_the_page_they_lead_to_shows(client, criteria):
    JobListingFactory(role="inpatient-coder", settings=["hospital"])
    JobListingFactory(
        role="profee-coder",
        experience_months=0,
        credential_rule={
            "groups": [
                {"any_of": ["CPC"], "apprentice_accepted": True, "within_months": None}
            ],
            "preferred": [],
        },
    )
    JobListingFactory(role="inpatient-coder", expire_at=timezone.now())
    found = live.openings(criteria)
    response = client.get(found.url)
    assert response.status_code == 200
    assert response.context["results"].total == found.count
    assert found.count < JobListing.objects.count()


def test_figures_are_remembered_for_five_minutes_and_say_so():
    with time_machine.travel(timezone.now(), tick=False) as clock:
        JobListingFactory()
        first = live.openings(JobCriteria())
        JobListingFactory()
        clock.shift(timedelta(seconds=live.SECONDS - 1))
        assert live.openings(JobCriteria()) == first
        clock.shift(timedelta(seconds=2))
        later = live.openings(JobCriteria())
    assert (first.count, later.count) == (1, 2)
    assert later.at - first.at > timedelta(seconds=live.SECONDS)


def test_the_newest_come_first_and_no_more_than_asked():
    now = timezone.now()
    listings = [
        JobListingFactory(posted_at=now - timedelta(hours=hours)) for hours in (3, 1, 2)
    ]
    found = live.newest(JobCriteria(), 2)
    assert [card.pk for card in found.listings] == [listings[1].pk, listings[2].pk]
    assert found.openings.count == 3


def test_a_listing_that_closed_is_not_shown_though_it_is_remembered():
    listing = JobListingFactory(expire_at=timezone.now() + timedelta(minutes=1))
    assert live.newest(JobCriteria(), 3).listings
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        assert [c.pk for c in live.newest(JobCriteria(), 3).listings] != [listing.pk]


def test_pay_of_a_group_is_the_explorer_s(post, client):  # noqa: F811
    for low in (50_000, 60_000, 70_000, 80_000, 90_000):
        post(low, low + 10_000, role="inpatient-coder", employer=EmployerFactory())
    (row,) = live.pay_rows(
        [("Inpatient coder", PayCriteria(role=("inpatient-coder",)))]
    ).rows
    answer = client.get("/api/v1/salaries?role=inpatient-coder").json()
    assert row.usual.median == pytest.approx(answer["p50"], abs=0.01)
    assert (row.listings, row.employers) == (answer["n"], answer["employers"])
    assert row.track == "facility"
    assert client.get(row.url).status_code == 200
    assert client.get(row.listings_url).status_code == 200


def test_too_few_have_no_figure_but_say_how_many(post):  # noqa: F811
    post(50_000, 60_000, role="inpatient-coder")
    (row,) = live.pay_rows([("One", PayCriteria(role=("inpatient-coder",)))]).rows
    assert row.usual is None
    assert row.listings == 1


def test_every_role_has_its_openings_hybrids_counted_for_both():
    JobListingFactory(role="medical-biller", other_roles=["profee-coder"])
    JobListingFactory(role="profee-coder")
    roles = live.role_figures()
    assert roles.of("profee-coder").open == 2
    assert roles.of("medical-biller").open == 1
    assert roles.of("him-director").open == 0
