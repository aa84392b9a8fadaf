"""Names of employers: right, read once, and new as soon as they change here."""

from datetime import timedelta

import pytest
import time_machine

from careers.jobs.models import Employer
from search import employers
from tests.jobs.factories import EmployerFactory

pytestmark = pytest.mark.django_db


def test_names_are_read_once(django_assert_num_queries):
    first, second = EmployerFactory.create_batch(2)
    named = {first.slug: first.name, second.slug: second.name}
    with django_assert_num_queries(1):
        assert employers.names(named) == named
    with django_assert_num_queries(0):
        assert employers.names([second.slug]) == {second.slug: second.name}


def test_one_that_is_new_here_is_read_beside_those_that_are_known():
    first, second = EmployerFactory.create_batch(2)
    employers.names([first.slug])
    assert employers.names([first.slug, second.slug]) == {
        first.slug: first.name,
        second.slug: second.name,
    }


def test_nobody_has_no_name_and_takes_no_query(django_assert_num_queries):
    assert employers.names(["nobody"]) == {}
    with django_assert_num_queries(0):
        assert employers.names([]) == {}


def test_a_change_here_is_seen_at_once():
    employer = EmployerFactory()
    employers.names([employer.slug])
    employer.name = "Lakearden and Sons"
    employer.save()
    assert employers.names([employer.slug]) == {employer.slug: "Lakearden and Sons"}
    slug = employer.slug
    employer.delete()
    assert employers.names([slug]) == {}


def test_a_change_elsewhere_is_seen_before_long():
    with time_machine.travel("2026-11-24T12:00Z", tick=False) as clock:
        employer = EmployerFactory()
        employers.names([employer.slug])
        Employer.objects.filter(pk=employer.pk).update(name="Lakearden and Sons")
        clock.shift(timedelta(seconds=employers.RECHECK_SECONDS + 1))
        assert employers.names([employer.slug]) == {employer.slug: "Lakearden and Sons"}
