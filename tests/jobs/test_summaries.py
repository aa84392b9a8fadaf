"""Summaries say what listings say, of those that a list asked for."""

from dataclasses import fields
from decimal import Decimal

from django.urls import set_script_prefix

import pytest

from careers.jobs import summaries
from careers.jobs.models import JobListing
from careers.jobs.summaries import Summary

from .factories import APPRENTICE_WELCOME, EmployerFactory, JobListingFactory

pytestmark = pytest.mark.django_db

READ_OFF = ("slug", "pay", "quota", "rule")


def read(*listings):
    return summaries.read(JobListing.objects.live(), [each.pk for each in listings])


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"title": "Coder / Biller “II”", "credential_rule": None, "role": ""},
        {"credential_rule": APPRENTICE_WELCOME.as_json(), "remote_work": True},
        {
            "pay_minimum": Decimal(2),
            "pay_maximum": Decimal(3),
            "pay_period": "chart",
            "quota_charts": Decimal("12.50"),
            "quota_period": "hour",
        },
        {"unpaid": True},
        {"title": "…"},
    ],
)
def test_a_summary_says_what_its_listing_says(facts):
    listing = JobListingFactory(**facts)
    listing.refresh_from_db()
    (summary,) = read(listing)
    added = {"employer", "verdict", "distance"}
    for name in [*({f.name for f in fields(Summary)} - added), *READ_OFF]:
        assert getattr(summary, name) == getattr(listing, name), name
    assert summary.employer.name == listing.employer.name
    assert summary.employer.slug == listing.employer.slug
    assert summary.get_absolute_url() == listing.get_absolute_url()


@pytest.mark.parametrize("kind", ["", "direct", "staffing", "vendor"])
def test_the_kind_of_an_employer_has_its_words(kind):
    listing = JobListingFactory(employer=EmployerFactory(kind=kind))
    (summary,) = read(listing)
    words = listing.employer.get_kind_display()
    assert summary.employer.get_kind_display() == words


def test_summaries_stand_in_the_order_of_the_keys_and_only_those_in_the_list():
    first, _, third = JobListingFactory.create_batch(3)
    closed = JobListingFactory(closed=True)
    found = read(third, closed, first)
    assert [summary.pk for summary in found] == [third.pk, first.pk]


def test_summaries_take_one_query_and_none_take_none(django_assert_num_queries):
    listings = JobListingFactory.create_batch(3)
    with django_assert_num_queries(1):
        assert [each.employer.name for each in read(*listings)]
    with django_assert_num_queries(0):
        assert read() == []


def test_addresses_stand_below_the_prefix_that_the_server_names():
    listing = JobListingFactory()
    (summary,) = read(listing)
    assert summary.get_absolute_url().startswith("/jobs/")
    try:
        set_script_prefix("/board/")
        assert summary.get_absolute_url() == listing.get_absolute_url()
        assert summary.get_absolute_url().startswith("/board/jobs/")
    finally:
        set_script_prefix("/")
