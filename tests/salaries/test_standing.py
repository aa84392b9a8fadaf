"""How a posted range stands among the listings like it, and where that is said."""

import re
from html import unescape

from django.core.cache import cache

import pytest

from careers.salaries.standing import of_listing, standing
from tests.jobs.factories import AUSTIN, EmployerFactory, JobListingFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("words")]

ROLE = "inpatient-coder"
OHIO = {"states": ["OH"], "remote": "onsite"}
SENTENCE = re.compile(r"The middle of what is posted here, (.*?)</p>", re.DOTALL)


@pytest.fixture(autouse=True)
def _no_memory():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def ten(post):
    """Ten single figures of ten employers, 51,000 to 60,000, on site in Ohio."""
    return [post(51_000 + n * 1000, 51_000 + n * 1000) for n in range(10)]


@pytest.mark.parametrize(
    ("low", "high", "percentile"),
    [
        (52_000, 52_000, 20),
        (50_000, 54_000, 20),
        (55_500, 55_500, 50),
        (30_000, 40_000, 1),
        (90_000, 99_000, 99),
    ],
)
def test_the_middle_of_a_range_is_ranked(ten, low, high, percentile):
    found = standing(role=ROLE, yearly=(low, high), **OHIO)
    assert found.percentile == percentile
    assert (found.listings, found.employers) == (10, 10)


@pytest.mark.parametrize(
    ("share", "words"),
    [(1, "10th"), (2, "20th"), (9, "90th")],
)
def test_a_percentile_is_said_as_an_ordinal(ten, share, words):
    pay = 50_000 + share * 1000
    assert standing(role=ROLE, yearly=(pay, pay)).ordinal == words


@pytest.mark.parametrize(
    ("below", "of", "words"), [(1, 33, "3rd"), (5, 24, "21st"), (3, 25, "12th")]
)
def test_endings_of_ordinals(post, below, of, words):
    for n in range(of):
        pay = 50_000 if n < below else 70_000
        post(pay, pay)
    assert standing(role=ROLE, yearly=(60_000, 60_000)).ordinal == words


def test_a_listing_is_no_company_for_itself(ten):
    found = of_listing(ten[0])
    assert (found.listings, found.percentile) == (9, 1)
    found = of_listing(ten[-1])
    assert (found.listings, found.percentile) == (9, 99)


def test_closed_listings_are_company(post, ten):
    post(51_000, 51_000, closed=True)
    assert standing(role=ROLE, yearly=(51_000, 51_000), **OHIO).listings == 11


@pytest.mark.parametrize(
    ("asked", "group"),
    [
        ({"states": ["OH"], "remote": "onsite"}, "inpatient coder, on site, Ohio"),
        ({"states": ["TX"], "remote": "onsite"}, "inpatient coder, on site"),
        ({"states": ["OH"], "remote": "hybrid"}, "inpatient coder"),
        ({"states": ["OH"]}, "inpatient coder, Ohio"),
        ({}, "inpatient coder"),
    ],
)
def test_the_group_is_widened_until_there_is_enough(post, ten, asked, group):
    post(60_000, 60_000, places=[dict(AUSTIN)])
    post(60_000, 60_000, hybrid=True)
    found = standing(role=ROLE, yearly=(55_000, 55_000), **asked)
    assert found.name == group


def test_the_listing_itself_does_not_make_a_group_large_enough(post):
    mine, *_ = [post(60_000 + n, 60_000 + n) for n in range(5)]
    for _ in range(2):
        post(50_000, 50_000, places=[dict(AUSTIN)])
    found = of_listing(mine)
    assert found.name == "inpatient coder, on site"
    assert found.listings == 6


def test_remote_work_is_compared_wherever_it_hires(post):
    for n in range(6):
        post(60_000, 60_000, remote_work=True, states_listed=["OH" if n % 2 else "TX"])
    mine = post(70_000, 70_000, remote_work=True, states_listed=["OH"])
    assert of_listing(mine).name == "inpatient coder, remote"


@pytest.mark.parametrize(
    "pay",
    [
        {"unpaid": True},
        {"per_chart": True},
        {"pay_minimum": 0},
        {"pay_minimum": 1},
        {"pay_maximum": 500},
        {"role": ""},
        {"role": "coding-auditor"},
        {"is_sample": True},
    ],
    ids=lambda pay: ", ".join(f"{name}={value}" for name, value in pay.items()),
)
def test_nothing_is_said_where_nothing_can_be(ten, pay):
    listing = JobListingFactory(**pay)
    listing.refresh_from_db()
    assert of_listing(listing) is None


def test_five_listings_of_three_employers_are_too_few(post):
    several = EmployerFactory.create_batch(3)
    for n in range(9):
        post(60_000, 60_000, employer=several[n % 3])
    assert standing(role=ROLE, yearly=(60_000, 60_000)) is None


def test_samples_stand_among_samples_while_there_is_nothing_else(post):
    samples = [post(60_000, 60_000 + n, is_sample=True) for n in range(6)]
    assert of_listing(samples[0]).listings == 5
    assert standing(role=ROLE, yearly=(60_000, 60_000)) is None
    post(60_000, 80_000)
    assert of_listing(samples[0]) is None


def test_the_page_of_a_listing_says_it_and_opens_what_it_rests_on(client, ten):
    html = client.get(ten[4].get_absolute_url()).content.decode()
    sentence = SENTENCE.search(html)[1]
    words = " ".join(re.sub(r"<[^>]+>", "", sentence).split())
    assert words == (
        "$55,000 a year, stands at the 44th percentile of 9 other listings like it, "
        "open and past, of 9 employers: inpatient coder, on site, Ohio."
    )
    for url in re.findall(r'href="([^"]+)"', sentence):
        page = client.get(unescape(url))
        assert page.status_code == 200
        assert "npatient coder, on site, Ohio" in page.content.decode()


def test_the_widest_group_is_the_page_of_the_role(post):
    for _ in range(3):
        post(60_000, 60_000, places=[dict(AUSTIN)], hybrid=True)
        post(60_000, 60_000)
    found = standing(role=ROLE, yearly=(60_000, 60_000), **OHIO)
    assert found.url == f"/salaries/{ROLE}/"


def test_a_page_without_a_standing_says_nothing_of_it(client):
    html = client.get(JobListingFactory().get_absolute_url()).content.decode()
    assert not SENTENCE.search(html)
