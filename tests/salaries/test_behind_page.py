"""The listings behind a figure: in its unit, newest first, in pages."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from careers.salaries.behind_page import LISTINGS_ON_A_PAGE, BehindPage
from careers.salaries.criteria import PayCriteria, PayQuestion
from tests.jobs.factories import EmployerFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def behind(number=1, **chosen):
    return BehindPage(PayQuestion(PayCriteria(**chosen)), number)


def test_listing_is_shown_in_the_unit_of_the_page_and_as_posted(post):
    post("31.50", "42.00", pay_period="hour", title="Inpatient coder")
    (yearly,) = behind().rows
    assert (yearly.figure, yearly.posted) == (
        "$65,520–87,360",
        "$31.50–42.00 an hour",
    )
    (hourly,) = behind(per="hour").rows
    assert (hourly.figure, hourly.posted) == ("$31.50–42.00", "")
    assert hourly.title == "Inpatient coder"


def test_strip_has_gridlines_only_on_the_axis_they_belong_to(post):
    post(60_000, 80_000)
    assert "#pay-grid" in behind().rows[0].strip
    assert "#pay-grid" not in behind(per="hour").rows[0].strip


def test_closed_listings_stand_among_the_open_newest_first(post):
    with time_machine.travel(NOON, tick=False):
        post(60_000, 80_000, title="Old", posted_at=NOON - timedelta(days=90))
        post(60_000, 80_000, title="New", posted_at=NOON - timedelta(days=2))
        post(
            60_000,
            80_000,
            title="Closed",
            posted_at=NOON - timedelta(days=30),
            expire_at=NOON - timedelta(days=1),
        )
        rows = behind().rows
    assert [(row.title, row.month, row.is_open) for row in rows] == [
        ("New", "Nov 2026", True),
        ("Closed", "Oct 2026", False),
        ("Old", "Aug 2026", True),
    ]


def test_pages_hold_every_listing_once(post):
    employer = EmployerFactory()
    several = LISTINGS_ON_A_PAGE + 3
    for number in range(several):
        post(60_000 + number, 80_000, employer=employer)
    first, second = behind(1), behind(2)
    assert (len(first.rows), len(second.rows)) == (LISTINGS_ON_A_PAGE, 3)
    urls = {row.url for row in [*first.rows, *second.rows]}
    assert len(urls) == several
    assert first.pager.next_url == "/salaries/listings/?page=2"
    assert second.pager.previous_url == "/salaries/listings/"
    assert [item["number"] for item in second.pager.numbers] == [1, 2]


def test_a_page_past_the_last_is_the_last(post):
    post(60_000, 80_000)
    assert behind(7).pager.number == 1


def test_group_without_listings_has_no_pages():
    page = behind()
    assert (page.total, page.rows, page.pager) == (0, [], None)


def test_a_page_takes_few_queries(post, django_assert_max_num_queries):
    for _ in range(4):
        post(60_000, 80_000)
    page = behind()
    with django_assert_max_num_queries(2):
        assert len(page.rows) == 4
