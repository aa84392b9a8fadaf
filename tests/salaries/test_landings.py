"""Pages of pay that people link to, and which of them search engines are shown."""

import re
from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

import pytest
import time_machine
from lxml import etree

from careers.jobs import vocabulary as words_now
from careers.jobs.credential_rule import CredentialRule, Group
from careers.jobs.eligibility import STATES
from careers.salaries import landings
from careers.salaries.criteria import PayCriteria
from tests.jobs.factories import AUSTIN, EmployerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("words")]

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ROLE = "/salaries/inpatient-coder/"
#: What five listings of the factory make pages of.
OF_FIVE = {
    ROLE,
    f"{ROLE}ohio/",
    "/salaries/setting/hospital/",
    "/salaries/credential/cpc/",
    "/salaries/credential/ccs/",
    "/salaries/credential/rhit/",
}


def indexable():
    return {landing.url: day for landing, day in landings.indexable()}


def sitemap(client):
    """Path to day of the last change, as search engines read it."""
    response = client.get("/sitemap-pay.xml")
    assert response.status_code == 200
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    return {
        entry.findtext("s:loc", namespaces=space).removeprefix(
            "http://testserver"
        ): entry.findtext("s:lastmod", namespaces=space)
        for entry in etree.fromstring(response.content)
    }


@pytest.fixture
def five(post):
    """Five ranges of five employers, or of ``employers`` in turn."""

    def posted(employers=5, **facts):
        several = EmployerFactory.create_batch(employers)
        for n in range(5):
            post(60_000, 80_000, employer=several[n % employers], **facts)

    return posted


# Which group has a page


@pytest.mark.parametrize(
    ("chosen", "url", "title"),
    [
        ({"role": ("inpatient-coder",)}, ROLE, "Inpatient coder: what the work pays"),
        (
            {"role": ("inpatient-coder",), "state": ("OH",)},
            f"{ROLE}ohio/",
            "Inpatient coder in Ohio: what the work pays",
        ),
        (
            {"role": ("inpatient-coder",), "state": ("DC",)},
            f"{ROLE}district-of-columbia/",
            "Inpatient coder in District of Columbia: what the work pays",
        ),
        (
            {"credential": ("CPC-A",)},
            "/salaries/credential/cpc-a/",
            "What listings that require CPC-A pay",
        ),
        (
            {"setting": ("hospital",)},
            "/salaries/setting/hospital/",
            "What coding and billing work pays: Hospital",
        ),
    ],
)
def test_a_group_that_has_a_page(chosen, url, title):
    landing = landings.of(PayCriteria(**chosen))
    assert (landing.url, landing.title) == (url, title)
    assert landing.intro
    assert "paid for" in landing.intro or "credential" not in chosen


@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"role": ("inpatient-coder", "profee-coder")},
        {"role": ("not-stated",)},
        {"role": ("astronaut",)},
        {"role": ("inpatient-coder",), "state": ("not-stated",)},
        {"role": ("inpatient-coder",), "state": ("OH", "TX")},
        {"role": ("inpatient-coder",), "remote": ("remote",)},
        {"role": ("inpatient-coder",), "per": "hour"},
        {"role": ("inpatient-coder",), "window": 12},
        {"credential": ("none-asked",)},
        {"credential": ("CPC",), "role": ("inpatient-coder",)},
        {"setting": ("not-stated",)},
        {"state": ("OH",)},
        {"remote": ("remote",)},
    ],
)
def test_a_group_that_has_none(chosen):
    assert landings.of(PayCriteria(**chosen)) is None


def test_every_page_has_an_address_of_its_own_that_answers(client):
    words = words_now.current()
    groups = [
        *({"role": (slug,)} for slug in words.roles),
        *({"setting": (slug,)} for slug in words.settings),
        *({"credential": (slug,)} for slug in set(words.credentials)),
        *({"role": ("inpatient-coder",), "state": (state,)} for state in STATES),
    ]
    urls = [landings.of(PayCriteria(**chosen)).url for chosen in groups]
    assert len(set(urls)) == len(groups)
    for url in urls[::7]:
        assert client.get(url, follow=True).status_code == 200


# Which pages search engines are shown


def test_pages_with_enough_behind_them_and_no_others(post, five):
    assert indexable() == {}
    five()
    for _ in range(4):
        post(60_000, 80_000, role="profee-coder", settings=["payer"], places=[AUSTIN])
    assert set(indexable()) == OF_FIVE
    post(60_000, 80_000, role="profee-coder", settings=["payer"], places=[AUSTIN])
    assert set(indexable()) == OF_FIVE | {
        "/salaries/profee-coder/",
        "/salaries/profee-coder/texas/",
        "/salaries/setting/payer/",
    }


def test_a_role_and_a_state_need_enough_together(post):
    """Ten coders and ten listings in Texas, but four coders there."""
    for n in range(10):
        post(60_000, 80_000, **({"places": [AUSTIN]} if n < 4 else {}))
    for _ in range(6):
        post(60_000, 80_000, role="profee-coder", places=[AUSTIN])
    found = indexable()
    assert f"{ROLE}ohio/" in found
    assert f"{ROLE}texas/" not in found
    assert "/salaries/profee-coder/texas/" in found


def test_three_employers_are_too_few(five):
    five(employers=3)
    assert indexable() == {}
    five(employers=3)
    assert set(indexable()) == OF_FIVE


@pytest.mark.parametrize(
    "facts",
    [
        {"is_sample": True},
        {"draft": True},
        {"removed": True},
        {"posted_at": timezone.now() - timedelta(days=740)},
        {"role": "", "settings": [], "credential_rule": None},
        {"role": "him-czar", "settings": ["moon"], "credential_rule": None},
    ],
    ids=lambda facts: next(iter(facts)),
)
def test_what_makes_no_page(client, five, facts):
    five(**facts)
    assert indexable() == {}
    assert sitemap(client) == {}


def test_samples_do_not_add_to_real_listings(post, five):
    five(is_sample=True)
    for _ in range(4):
        post(60_000, 80_000)
    assert indexable() == {}


def test_closed_listings_keep_a_page(five):
    five(closed=True)
    assert set(indexable()) == OF_FIVE


def test_a_credential_that_was_renamed_has_the_page_of_its_name_of_today(five):
    rule = CredentialRule((Group(("CTR",)),)).as_json()
    five(credential_rule=rule)
    found = {url for url in indexable() if "credential" in url}
    assert found == {"/salaries/credential/ods/"}


def test_a_page_changed_when_its_latest_range_was_posted(client, post):
    with time_machine.travel(NOON, tick=False):
        for days in (3, 40, 90, 200, 400):
            at = NOON - timedelta(days=days)
            post(60_000, 80_000, posted_at=at)
            post(60_000, 80_000, posted_at=at - timedelta(days=7), places=[AUSTIN])
        found = indexable()
        assert found[ROLE] == found[f"{ROLE}ohio/"] == date(2026, 11, 17)
        assert found[f"{ROLE}texas/"] == date(2026, 11, 10)
        assert sitemap(client)[f"{ROLE}texas/"] == "2026-11-10"


def test_the_sitemap_holds_just_these_pages_and_each_may_be_kept(client, five, post):
    five()
    post(60_000, 80_000, role="profee-coder", places=[AUSTIN], settings=["payer"])
    found = sitemap(client)
    assert set(found) == OF_FIVE
    assert "/sitemap-pay.xml" in client.get("/sitemap.xml").content.decode()
    for path in found:
        html = client.get(path).content.decode()
        assert 'content="noindex"' not in html, path
        canonical = re.search(r'rel="canonical" href="http://testserver([^"]*)"', html)
        assert canonical[1] == path


def test_queries_of_the_sitemap_do_not_grow(
    client, five, django_assert_max_num_queries
):
    five()
    sitemap(client)
    five(role="profee-coder")
    five(places=[AUSTIN])
    with django_assert_max_num_queries(4):
        sitemap(client)
