"""A person searches on Elasticsearch, and goes on when its node is gone."""

from django.core.cache import cache
from django.core.management import call_command
from django.test import override_settings

import pytest
from playwright.sync_api import expect

from careers.jobs import vocabulary as vocabulary_memory
from search import ask, employers, synonyms
from tests.jobs.factories import EmployerFactory, JobListingFactory
from tests.search.board import words_and_places
from tests.search.clusters import PATIENT
from tests.search.in_step import build, site_on
from tests.search.nodes import (  # noqa: F401 - fixtures
    elasticsearch_node,
    elasticsearch_server,
)
from tests.search.wire import Wire

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

REMOTE = "Inpatient Coder, Remote"


@pytest.fixture
def wire(live_server, elasticsearch_node):  # noqa: F811
    """What the site's cluster is reached by, with a few listings in its index."""
    vocabulary_memory.forget()
    synonyms.forget()
    employers.forget()
    cache.clear()
    words_and_places()
    call_command("prepare_site", listings=0, pages=False, verbosity=0)
    health = EmployerFactory(slug="lakearden", name="Lakearden Health")
    JobListingFactory(title=REMOTE, employer=health, remote_work=True)
    JobListingFactory(title="Inpatient Coder, Columbus", employer=health)
    JobListingFactory(
        title="Profee Coder",
        employer=health,
        role="",
        description="<p>You code visits to physicians.</p>",
    )
    with (
        site_on(elasticsearch_node) as client,
        Wire(elasticsearch_node) as wire,
        override_settings(SEARCH_TIMEOUT=PATIENT),
    ):
        build(client)
        with override_settings(SEARCH_URL=wire.url):
            yield wire


@pytest.fixture
def search(page, live_server):
    """Types words into the form and sends them off; who answered."""

    def search(words):
        field = page.get_by_label("Work, credential, software or employer")
        field.fill(words)
        with page.expect_response(lambda response: "/jobs/?" in response.url) as found:
            field.press("Enter")
        assert found.value.status == 200
        return found.value.headers["server-timing"]

    page.goto(f"{live_server.url}/")
    return search


def heading(page):
    return page.locator("#results-title")


def titles(page):
    return [text.strip() for text in page.locator(".listing-title").all_text_contents()]


def test_a_person_goes_on_searching_while_the_node_is_gone(page, wire, search):
    assert "elasticsearch" in search("inpateint codr")
    expect(heading(page)).to_contain_text("2 open listings")
    assert "elasticsearch" in search("professional fee")
    expect(heading(page)).to_contain_text("1 open listing")
    assert titles(page) == ["Profee Coder"]

    assert "elasticsearch" in search("inpateint codr")
    expect(heading(page)).to_contain_text("2 open listings")
    page.get_by_label("Remote", exact=False).locator("visible=true").first.check()
    expect(heading(page)).to_contain_text("1 open listing")
    page.get_by_role("link", name=REMOTE).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(REMOTE)
    assert ask.guard().breaker.state == "closed"

    wire.cut()
    page.get_by_role("link", name="Back to the results").click()
    expect(heading(page)).to_contain_text("1 open listing")
    assert titles(page) == [REMOTE]
    page.get_by_label("Remote", exact=False).locator("visible=true").first.uncheck()
    expect(heading(page)).to_contain_text("2 open listings")
    assert "postgresql" in search("professional fee")
    expect(heading(page)).to_contain_text("1 open listing")
    assert titles(page) == ["Profee Coder"]
    page.get_by_role("link", name="Profee Coder").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Profee Coder")
    assert ask.guard().breaker.incident.kind == "no connection"
