"""Usual pay of a role: posted ranges only, and only where enough rest on it."""

from datetime import timedelta
from decimal import Decimal

from django.core.cache import cache
from django.utils import timezone

import pytest

from careers.salaries import usual
from careers.salaries.criteria import PayCriteria
from careers.salaries.explorer import explore
from tests.jobs.factories import EmployerFactory, JobListingFactory

pytestmark = pytest.mark.django_db

ROLE = "inpatient-coder"


@pytest.fixture(autouse=True)
def _no_memory():
    cache.clear()
    yield
    cache.clear()


def post(low, high, *, employer=None, **facts):
    facts.setdefault("pay_period", "year")
    return JobListingFactory(
        pay_minimum=Decimal(low),
        pay_maximum=Decimal(high),
        employer=employer or EmployerFactory(),
        **facts,
    )


def test_usual_pay_is_the_middle_of_the_mixture():
    for _ in range(5):
        post(60_000, 80_000)
    found = usual.by_role()[ROLE]
    assert (found.p25, found.median, found.p75) == pytest.approx(
        (65_000, 70_000, 75_000)
    )
    assert (found.listings, found.employers) == (5, 5)


def test_pay_by_the_hour_counts_with_its_yearly_equivalent():
    for _ in range(5):
        post(30, 30, pay_period="hour")
    assert usual.by_role()[ROLE].median == pytest.approx(62_400)


@pytest.mark.parametrize(("listings", "employers"), [(4, 4), (5, 3), (12, 3)])
def test_too_few_say_nothing(listings, employers):
    several = EmployerFactory.create_batch(employers)
    for n in range(listings):
        post(60_000, 80_000, employer=several[n % employers])
    assert usual.by_role() == {}


def test_one_employer_weighs_a_quarter_at_most():
    large = EmployerFactory()
    for _ in range(50):
        post(200_000, 200_000, employer=large)
    for _ in range(4):
        post(60_000, 60_000)
    found = usual.by_role()[ROLE]
    assert found.median == found.p25 == 60_000


@pytest.mark.parametrize(
    "facts",
    [
        {"draft": True},
        {"removed": True},
        {"role": "coding-auditor"},
        {"role": ""},
        {"posted_at": timezone.now() - timedelta(days=731)},
        {"per_chart": True, "pay_period": "chart"},
    ],
    ids=lambda facts: next(iter(facts)),
)
def test_what_does_not_count(facts):
    for _ in range(4):
        post(60_000, 80_000)
    pay = (2, 3) if "per_chart" in facts else (60_000, 80_000)
    post(*pay, **facts)
    assert ROLE not in usual.by_role()


def test_closed_listings_count_inside_the_window():
    for _ in range(4):
        post(60_000, 80_000)
    post(60_000, 80_000, closed=True)
    assert usual.by_role()[ROLE].listings == 5


def test_pay_that_is_not_posted_counts_nowhere():
    for _ in range(9):
        JobListingFactory(unpaid=True)
    assert usual.by_role() == {}


def test_it_is_read_once_for_a_while(django_assert_num_queries):
    for _ in range(5):
        post(60_000, 80_000)
    first = usual.by_role()
    post(60_000, 80_000)
    with django_assert_num_queries(0):
        assert usual.by_role() == first
    cache.clear()
    assert usual.by_role()[ROLE].listings == 6


def test_an_opening_that_is_posted_again_counts_once():
    for _ in range(5):
        post(60_000, 80_000)
    employer = EmployerFactory()
    post(70_000, 90_000, employer=employer, closed=True)
    post(70_000, 90_000, employer=employer, posted_at=timezone.now())
    found = usual.by_role()[ROLE]
    assert (found.listings, found.employers) == (6, 6)


def test_it_is_the_median_that_the_explorer_shows():
    several = EmployerFactory.create_batch(6)
    for n in range(20):
        low = 50_000 + n * 700
        post(low, low + n * 500, employer=several[n % 6])
        post(90_000, 90_000 + n, employer=several[n % 6], role="coding-auditor")
    for role, found in usual.by_role().items():
        figures = explore(PayCriteria(role=(role,))).figures
        assert (found.p25, found.median, found.p75) == (
            figures.p25,
            figures.median,
            figures.p75,
        )
        assert (found.listings, found.employers) == (
            figures.listings,
            figures.employers,
        )


def test_samples_and_real_listings_never_mix():
    for _ in range(5):
        post(60_000, 80_000)
        post(90_000, 90_000, is_sample=True)
    assert usual.by_role()[ROLE].median == 70_000
    assert usual.by_role(is_sample=True)[ROLE].median == 90_000
