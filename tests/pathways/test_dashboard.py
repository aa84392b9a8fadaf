"""What waits, on the first page of the admin."""

from datetime import timedelta
from io import StringIO

from django.contrib.auth.models import Group
from django.core.cache import cache
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

import pytest
from bs4 import BeautifulSoup

from careers.accounts.models import User
from careers.pathways import dashboard
from tests.jobs.factories import JobListingFactory

from .factories import GuidePageFactory, fact, home

pytestmark = pytest.mark.django_db

HOME = "wagtailadmin_home"


@pytest.fixture(autouse=True)
def _no_figures_of_other_tests():
    cache.clear()


@pytest.fixture
def ready():
    home()
    call_command("set_up_editors", stdout=StringIO())


def one_of(group):
    person = User.objects.create_user(f"{group.lower()}@board.example", "secret")
    person.groups.add(Group.objects.get(name=group))
    return person


def submit(thing, author):
    thing.save_revision()
    thing.get_workflow().start(thing, author)


def panel(response, name):
    """Rows of a panel, cell by cell, and where each leads."""
    html = BeautifulSoup(response.content, "html.parser")
    section = html.find(id=f"{name}-section") or html.find(id=name)
    if section is None:
        return {}
    section = section if section.find("tr") else section.find_parent("section")
    return {
        row.a.get_text(strip=True): (
            [" ".join(td.get_text(" ").split()) for td in row.find_all("td")][1:],
            row.a["href"],
        )
        for row in section.select("tbody tr")
    }


def counts(user):
    return {item.label: item.count for item in dashboard.waiting(user)}


def test_everything_that_waits_is_counted_for_who_may_decide(ready):
    moderator, editor = one_of("Moderators"), one_of("Editors")
    submit(GuidePageFactory(draft=True), editor)
    submit(JobListingFactory(draft=True), editor)
    submit(JobListingFactory(draft=True), editor)
    JobListingFactory(draft=True, imported=True)
    JobListingFactory()
    GuidePageFactory(body=[fact(checked_on="2024-01-01")])
    assert counts(moderator) == {
        "Pages in moderation": 1,
        "Pages with unpublished changes": 1,
        "Stale facts": 1,
        "Listings in moderation": 2,
        "Draft listings": 3,
    }
    assert counts(editor) == counts(moderator) | {
        "Pages in moderation": 0,
        "Listings in moderation": 0,
    }


def test_the_first_page_shows_each_count_with_its_link(client, ready):
    person = one_of("Moderators")
    submit(JobListingFactory(draft=True), person)
    JobListingFactory(draft=True, imported=True)
    client.force_login(person)
    shown = panel(client.get(reverse(HOME)), "waiting")
    assert shown["Listings in moderation"][0] == ["1", "wait for you"]
    assert shown["Draft listings"][0] == ["2", "1 of them held by imports"]
    for _, url in shown.values():
        assert client.get(url).status_code == 200


def test_counts_equal_the_lists_that_they_lead_to(client, ready):
    person = one_of("Moderators")
    submit(JobListingFactory(draft=True, title="Waits"), person)
    JobListingFactory(draft=True, title="Is a draft")
    JobListingFactory(title="Is live")
    submit(GuidePageFactory(draft=True), person)
    GuidePageFactory(body=[fact(checked_on="2024-01-01")])
    client.force_login(person)
    for label, ((number, _), url) in panel(
        client.get(reverse(HOME)), "waiting"
    ).items():
        html = BeautifulSoup(client.get(url).content, "html.parser")
        assert len(html.select("main table tbody tr")) == int(number), label


def test_who_works_with_nothing_sees_nothing(ready):
    person = User.objects.create_user("someone@board.example", "secret")
    assert dashboard.waiting(person) == []
    assert dashboard.scheduled(person) == []


def test_what_happens_within_a_week_is_listed_in_order(ready, client):
    person = one_of("Moderators")
    now = timezone.now()
    for title, days in (("Soon", 2), ("Later", 6), ("Far", 9)):
        page = GuidePageFactory(draft=True, title=title)
        page.go_live_at = now + timedelta(days=days)
        page.save_revision().publish()
    GuidePageFactory(title="Ends", expire_at=now + timedelta(days=3))
    GuidePageFactory(title="Ends far", expire_at=now + timedelta(days=30))
    client.force_login(person)
    shown = panel(client.get(reverse(HOME)), "scheduled")
    assert [(title, cells[0]) for title, (cells, _) in shown.items()] == [
        ("Soon", "goes live"),
        ("Ends", "expires"),
        ("Later", "goes live"),
    ]
    assert all(client.get(url).status_code == 200 for _, url in shown.values())


def test_nothing_scheduled_is_no_panel(ready, client):
    client.force_login(one_of("Moderators"))
    assert panel(client.get(reverse(HOME)), "scheduled") == {}


def test_open_listings_are_counted_beside_wagtails_own(ready, client):
    JobListingFactory.create_batch(2)
    JobListingFactory(closed=True)
    client.force_login(one_of("Editors"))
    html = BeautifulSoup(client.get(reverse(HOME)).content, "html.parser")
    found = html.select_one(".w-summary a[href*='state=live']")
    assert found.get_text(strip=True) == "2 open listings"


def test_what_waits_costs_few_queries(ready, django_assert_max_num_queries):
    person = one_of("Moderators")
    for _ in range(4):
        submit(GuidePageFactory(draft=True), person)
        JobListingFactory(draft=True, imported=True)
    dashboard.waiting(person)
    with django_assert_max_num_queries(12):
        dashboard.waiting(person)
        dashboard.scheduled(person)
