"""People look for work: a person and a goal each, in a real browser."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from careers.jobs import vocabulary as vocabulary_memory
from search import synonyms
from tests.jobs.factories import AUSTIN, EmployerFactory, JobListingFactory
from tests.search.board import words_and_places

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

OHIO_REMOTE = "Inpatient Coder, Remote"
MOST_TABS = 80


@pytest.fixture
def site(live_server):
    """A small board with two pages of listings; answers their addresses by name."""
    vocabulary_memory.forget()
    synonyms.forget()
    cache.clear()
    words_and_places()
    call_command("prepare_site", listings=0, pages=False, verbosity=0)
    health = EmployerFactory(slug="lakearden", name="Lakearden Health")
    now = timezone.now()
    listings = {
        "wanted": JobListingFactory(
            title=OHIO_REMOTE, employer=health, remote_work=True, sample=True
        ),
        "elsewhere": JobListingFactory(
            title="Inpatient Coder, Texas",
            employer=health,
            remote="remote",
            places=[],
            states_basis="allow",
            states_listed=["TX"],
        ),
        "silent": JobListingFactory(
            title="Inpatient Coder, Anywhere", employer=health, remote_unstated=True
        ),
        "closed": JobListingFactory(title="Closed Coder", employer=health, closed=True),
    }
    for n in range(24):
        JobListingFactory(
            title=f"Coding Auditor {n}",
            employer=health,
            role="coding-auditor",
            description="<p>You read charts a second time.</p>",
            settings=["payer"],
            places=[AUSTIN],
            posted_at=now - timedelta(days=5, hours=n),
        )
    return {
        name: live_server.url + listing.get_absolute_url()
        for name, listing in listings.items()
    }


@pytest.fixture
def jobs(site, live_server):
    return f"{live_server.url}/jobs/"


@pytest.fixture
def plain_page(browser, site):
    """A browser that runs no scripts."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def asked(page):
    return parse_qs(urlsplit(page.url).query)


def has_query(**wanted):
    """An address that asks these things."""
    parts = "".join(rf"(?=.*\b{name}={value}\b)" for name, value in wanted.items())
    return re.compile(parts)


def titles(page):
    return [text.strip() for text in page.locator(".listing-title").all_text_contents()]


def heading(page):
    return page.locator("#results-title")


def focused(page):
    return page.evaluate("document.activeElement.id")


def tab_to(page, selector):
    """Press Tab until an element has the focus; a person would not press for ever."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    pytest.fail(f"The keyboard does not reach {selector}.")


# People and their goals


def test_a_coder_in_ohio_finds_remote_inpatient_work_and_reads_it(
    page, site, live_server
):
    page.goto(f"{live_server.url}/")
    page.get_by_label("Work, credential, software or employer").fill("inpatient coder")
    page.get_by_role("button", name="Search").click()
    expect(heading(page)).to_contain_text("3 open listings")

    page.get_by_label("Remote", exact=False).locator("visible=true").first.check()
    expect(page).to_have_url(has_query(remote="remote"))
    page.get_by_label("State I live in").select_option("OH")
    expect(page).to_have_url(has_query(state="OH"))
    expect(heading(page)).to_contain_text("1 open listing")
    assert titles(page) == [OHIO_REMOTE]
    expect(page.locator(".left-out")).to_contain_text("1 more does not state")

    page.get_by_role("link", name=OHIO_REMOTE).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(OHIO_REMOTE)
    expect(page.locator("mark", has_text="Ohio").first).to_be_visible()
    expect(page.get_by_text("Sample listing")).to_be_visible()
    apply = page.locator("#apply").get_by_role("link").first
    assert apply.get_attribute("href") == "https://lakearden.example/apply"
    page.get_by_role("link", name="Back to the results").click()
    expect(heading(page)).to_contain_text("1 open listing")


def test_silence_is_let_in_by_one_click(page, jobs):
    page.goto(f"{jobs}?q=inpatient&remote=remote&state=OH")
    page.locator(".left-out a").click()
    expect(heading(page)).to_contain_text("2 open listings")
    assert "Inpatient Coder, Anywhere" in titles(page)


def test_the_way_out_of_nothing_is_one_click(page, jobs):
    page.goto(f"{jobs}?role=coding-auditor&remote=remote")
    expect(heading(page)).to_contain_text("No open listing")
    page.locator(".drop-list a").first.click()
    expect(heading(page)).to_contain_text("24 open listings")


def test_a_slip_of_the_fingers_is_forgiven(page, jobs):
    page.goto(jobs)
    page.locator("#q").fill("inpateint codr")
    page.keyboard.press("Enter")
    expect(page.locator(".suggestion")).to_contain_text("inpatient coder")
    expect(heading(page)).to_contain_text("3 open listings")


def test_the_keyboard_alone_finds_and_opens_a_listing(page, jobs):
    page.goto(jobs)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to content")
    tab_to(page, "#q")
    page.keyboard.type("inpatient")
    page.keyboard.press("Enter")
    expect(heading(page)).to_contain_text("3 open listings")

    tab_to(page, "input[name=remote][value=remote]")
    box = focused(page)
    page.keyboard.press("Space")
    expect(page).to_have_url(has_query(remote="remote"))
    expect(page.locator(f"#{box}")).to_be_checked()
    assert focused(page) == box, "the focus stays on what was chosen"

    tab_to(page, ".listing-title a")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Inpatient Coder")


def test_without_javascript_the_form_does_it_all(plain_page, site, live_server):
    page = plain_page
    page.goto(f"{live_server.url}/")
    page.locator("#q").fill("inpatient coder")
    page.get_by_role("button", name="Search").click()
    assert asked(page)["q"] == ["inpatient coder"]
    expect(heading(page)).to_contain_text("3 open listings")

    page.locator("#state").select_option("OH")
    page.locator("input[name=remote][value=remote]").check()
    page.locator("#sort").select_option("pay")
    page.get_by_role("button", name="Sort").click()
    query = asked(page)
    assert (query["state"], query["remote"], query["sort"]) == (
        ["OH"],
        ["remote"],
        ["pay"],
    )
    expect(heading(page)).to_contain_text("1 open listing")
    page.locator(".chosen-item").first.click()
    page.locator(".chosen-clear").click()
    expect(heading(page)).to_contain_text("27 open listings")
    page.get_by_role("link", name="Next").click()
    assert len(titles(page)) == 7
    page.locator(".listing-title a").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_back_and_forward_restore_results_and_filters(page, jobs):
    page.goto(jobs)
    expect(heading(page)).to_contain_text("27 open listings")
    remote = page.locator("input[name=remote][value=remote]")
    remote.check()
    expect(heading(page)).to_contain_text("3 open listings")
    page.locator("#state").select_option("OH")
    expect(heading(page)).to_contain_text("1 open listing")

    page.go_back()
    expect(heading(page)).to_contain_text("3 open listings")
    expect(remote).to_be_checked()
    expect(page.locator("#state")).to_have_value("")
    page.go_back()
    expect(heading(page)).to_contain_text("27 open listings")
    expect(remote).not_to_be_checked()
    page.go_forward()
    expect(heading(page)).to_contain_text("3 open listings")
    expect(remote).to_be_checked()

    page.locator(".listing-title a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Inpatient Coder")
    page.go_back()
    expect(heading(page)).to_contain_text("3 open listings")
    expect(remote).to_be_checked()


def test_results_change_without_a_reload_and_are_announced(page, jobs):
    page.goto(jobs)
    page.evaluate("window.kept = true")
    page.locator("input[name=remote][value=remote]").check()
    expect(page.locator("#announcement")).to_contain_text("3 open listings")
    page.get_by_role("link", name="Clear all").click()
    expect(heading(page)).to_contain_text("27 open listings")
    page.get_by_role("link", name="Next").click()
    expect(page).to_have_url(has_query(page="2"))
    assert page.evaluate("window.kept") is True


# Every page, every state


def states(site, jobs, live_server):
    return {
        "home": f"{live_server.url}/",
        "results": f"{jobs}?q=coder&state=OH&holds=CPC&fit=now",
        "second page": f"{jobs}?page=2",
        "nothing": f"{jobs}?role=coding-auditor&remote=remote&colour=red",
        "landing": f"{jobs}role/coding-auditor/",
        "listing": site["wanted"] + "?holds=CPC&state=OH",
        "closed listing": site["closed"],
        "no such page": f"{live_server.url}/nothing/",
    }


def open_everything(page):
    page.evaluate(
        "document.querySelectorAll('details').forEach(d => { d.open = true; })"
    )


def test_no_page_scrolls_sideways_on_the_narrowest_phone(page, site, jobs, live_server):
    page.set_viewport_size({"width": 320, "height": 640})
    too_wide = {}
    for name, url in states(site, jobs, live_server).items():
        page.goto(url)
        for state in ("as it comes", "all open"):
            width = page.evaluate("document.documentElement.scrollWidth")
            if width > 320:
                too_wide[name, state] = width
            open_everything(page)
    assert not too_wide


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_axe_finds_nothing_on_any_page(page, site, jobs, live_server, scheme, width):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    found = []
    for name, url in states(site, jobs, live_server).items():
        page.goto(url)
        open_everything(page)
        for violation in Axe().run(page).response["violations"]:
            where = [node["target"] for node in violation["nodes"][:3]]
            found.append(f"{name}: {violation['id']}: {where}: {violation['help']}")
    assert not found, "\n".join(found)
