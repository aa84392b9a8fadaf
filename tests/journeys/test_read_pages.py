"""People read guides, roles and credentials: in a browser, by keyboard, on a phone.

The starter pages take a while to load, so one site serves all readers in turn.
"""

import re

from django.core.cache import cache
from django.core.management import call_command

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from careers.jobs import vocabulary as vocabulary_memory
from search import synonyms
from tests.journeys.test_find_work import open_everything, tab_to

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

PAGES = (
    "/",
    "/guides/",
    "/guides/coders-and-billers/",
    "/guides/salaries-explained/",
    "/credentials/?c=CPC&c=CCS&c=COC",
    "/credentials/cpc-a/",
    "/roles/",
    "/roles/inpatient-coder/",
    "/settings/",
    "/settings/hospital/",
    "/pathways/into-management/",
    "/pathways/next/?holds=CPC-A&role=entry-coder&state=OH",
    "/about/",
)


@pytest.fixture
def site(live_server):
    """A site as `make run` leaves it."""
    vocabulary_memory.forget()
    synonyms.forget()
    cache.clear()
    call_command("prepare_site", listings=60, verbosity=0)
    yield live_server.url
    cache.clear()


def sideways(page):
    """How far a page scrolls to the side."""
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


def every_kind_of_page_is_sound_on_a_phone_and_a_desk(page, site):
    for address in PAGES:
        for width, scheme in ((320, "dark"), (1280, "light")):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            page.goto(site + address)
            open_everything(page)
            assert sideways(page) <= 0, (address, width)
            found = Axe().run(page)
            assert found.violations_count == 0, (address, found.generate_report())


def a_newcomer_reads_a_guide_and_follows_it_to_open_listings(page, site):
    page.goto(f"{site}/guides/first-job-without-experience/")
    contents = page.get_by_role("navigation", name="Contents")
    contents.get_by_role("link").last.click()
    expect(page).to_have_url(re.compile("#sources"))
    opening = page.locator(".openings a").first
    count = opening.locator("strong").inner_text()
    opening.click()
    noun = "open listing" if count == "1" else "open listings"
    heading = page.get_by_role("heading", level=1)
    if count == "0":
        expect(heading).to_contain_text("No open listing")
    else:
        expect(heading).to_contain_text(f"{count} {noun}")


def somebody_compares_two_credentials_by_keyboard(page, site):
    page.goto(f"{site}/credentials/cpc/")
    tab_to(page, "#compare-2")
    page.keyboard.type("CCS:")
    tab_to(page, ".compare-form button")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"c=CPC&c=CCS"))
    table = page.get_by_role("table", name="Credentials side by side")
    expect(table.get_by_role("columnheader")).to_have_text(
        [re.compile("^CPC"), re.compile("^CCS")]
    )
    expect(table.get_by_role("row", name=re.compile("^Cost"))).to_contain_text("$")


def all_questions_are_answered_without_scripts(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/guides/certifications-compared/")
    for question in page.locator(".faq summary").all():
        question.click()
    page.goto(f"{site}/pathways/next/")
    page.get_by_label("CPC", exact=True).check()
    page.get_by_role("button", name="Rank my steps").click()
    expect(page.get_by_role("heading", name="One credential more")).to_be_visible()
    context.close()


def test_readers_find_their_way(page, browser, site):
    a_newcomer_reads_a_guide_and_follows_it_to_open_listings(page, site)
    somebody_compares_two_credentials_by_keyboard(page, site)
    all_questions_are_answered_without_scripts(browser, site)
    every_kind_of_page_is_sound_on_a_phone_and_a_desk(page, site)
