"""People choose what the search form suggests, by keyboard, pointer and touch."""

import re

from django.core.cache import cache
from django.core.management import call_command

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from careers.jobs import vocabulary as vocabulary_memory
from search import suggest, synonyms
from tests.jobs.factories import AUSTIN, EmployerFactory, JobListingFactory
from tests.search.board import words_and_places

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def home(live_server):
    """The address of a site with a few listings."""
    vocabulary_memory.forget()
    synonyms.forget()
    suggest.forget()
    cache.clear()
    words_and_places()
    call_command("prepare_site", listings=0, pages=False, verbosity=0)
    clinic = EmployerFactory(slug="quillmere", name="Quillmere Surgery Center")
    JobListingFactory(title="Surgical Coder", role="outpatient-coder", employer=clinic)
    JobListingFactory(title="Inpatient Coder", remote_work=True)
    JobListingFactory(title="Inpatient Coder, Austin", places=[AUSTIN])
    return f"{live_server.url}/"


@pytest.fixture
def jobs(home):
    return f"{home}jobs/"


def heading(page):
    return page.locator("#results-title")


def field(page, name="q"):
    return page.locator(f"#{name}")


def options(page):
    return page.get_by_role("option").locator("visible=true")


def type_in(page, words, name="q"):
    field(page, name).click()
    page.keyboard.type(words)


def active(page):
    """The option that a screen reader is told of, by its name."""
    return page.evaluate(
        "document.getElementById(document.activeElement"
        ".getAttribute('aria-activedescendant'))?.textContent"
    )


def test_the_keyboard_chooses_a_role(page, home):
    page.goto(home)
    type_in(page, "surg")
    expect(options(page)).to_have_count(2)
    expect(page.locator("suggest-field [role=status]").first).to_have_text(
        "2 suggestions"
    )
    assert active(page) is None
    page.keyboard.press("ArrowDown")
    assert active(page).startswith("Outpatient facility coder")
    page.keyboard.press("ArrowDown")
    assert active(page).startswith("Quillmere")
    page.keyboard.press("ArrowDown")
    assert active(page) is None
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/jobs/\?role=outpatient-coder$"))
    expect(heading(page)).to_contain_text("1 open listing")
    expect(field(page)).to_have_value("")


def test_enter_without_a_choice_searches_for_the_words(page, home):
    page.goto(home)
    type_in(page, "surg")
    expect(options(page)).to_have_count(2)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/jobs/\?q=surg$"))


def test_results_change_without_a_reload_and_the_words_do_not_come_along(page, jobs):
    page.goto(f"{jobs}?remote=remote&remote=onsite")
    page.evaluate("window.kept = true")
    type_in(page, "inpat")
    expect(options(page)).to_have_count(1)
    options(page).first.click()
    expect(page).to_have_url(
        re.compile(r"\?role=inpatient-coder&remote=onsite&remote=remote$")
    )
    expect(heading(page)).to_contain_text("2 open listings")
    expect(heading(page)).to_be_focused()
    expect(field(page)).to_have_value("")
    assert page.evaluate("window.kept") is True

    # The form is a new one now, and suggests as the old one did.
    type_in(page, "quill")
    expect(page.locator("suggest-field [role=status]").first).to_have_text(
        "No suggestions"
    )
    page.go_back()
    expect(heading(page)).to_contain_text("3 open listings")
    field(page).fill("surg")
    expect(options(page)).to_have_count(2)


def test_a_place_is_chosen_beside_the_words(page, jobs):
    page.goto(f"{jobs}?q=inpatient")
    expect(heading(page)).to_contain_text("3 open listings")
    type_in(page, "aus", "near")
    expect(options(page)).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=inpatient&near=Austin%2C\+TX$"))
    expect(heading(page)).to_contain_text("1 open listing")
    expect(field(page, "near")).to_have_value("Austin, TX")
    expect(field(page)).to_have_value("inpatient")


def test_escape_closes_and_then_clears_and_tab_leaves(page, home):
    page.goto(home)
    type_in(page, "inpat")
    expect(options(page)).to_have_count(1)
    expect(field(page)).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(field(page)).to_have_attribute("aria-expanded", "false")
    expect(field(page)).to_have_value("inpat")
    page.keyboard.press("ArrowDown")
    expect(options(page)).to_have_count(1)
    page.keyboard.press("Home")
    assert active(page) is None
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(field(page)).to_have_value("")
    page.keyboard.type("inpat")
    expect(options(page)).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(options(page)).to_have_count(0)
    expect(field(page, "near")).to_be_focused()
    expect(page).to_have_url(home)


def test_a_late_answer_does_not_replace_a_newer_one(page, home):
    page.goto(home)
    held = []
    page.route(re.compile(r"suggest\?q=inpat&"), lambda route: held.append(route))
    with page.expect_request(re.compile(r"suggest\?q=inpat&")):
        type_in(page, "inpat")
    field(page).fill("quill")
    expect(options(page)).to_have_count(1)
    expect(options(page)).to_contain_text("Quillmere")
    for route in held:
        route.continue_()
    page.wait_for_timeout(300)
    expect(options(page)).to_contain_text("Quillmere")


def test_a_network_that_fails_leaves_a_plain_field(page, home):
    page.goto(home)
    page.route("**/jobs/suggest*", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        type_in(page, "inpatient")
    expect(options(page)).to_have_count(0)
    page.keyboard.press("Enter")
    expect(heading(page)).to_contain_text("3 open listings")


def test_a_finger_chooses_on_a_phone(browser, home):
    context = browser.new_context(
        viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(home)
    field(page).tap()
    page.keyboard.type("inpat")
    expect(options(page)).to_have_count(1)
    assert options(page).first.bounding_box()["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    options(page).first.tap()
    expect(page).to_have_url(re.compile(r"\?role=inpatient-coder$"))
    context.close()


def test_nothing_moves_when_suggestions_come(page, jobs):
    page.goto(jobs)
    before = heading(page).bounding_box()
    type_in(page, "inpat")
    expect(options(page)).to_have_count(1)
    assert heading(page).bounding_box() == before


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_axe_finds_nothing_while_suggestions_are_open(page, home, jobs, scheme, width):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    found = []
    for url, name, words in ((home, "q", "surg"), (jobs, "near", "aus")):
        page.goto(url)
        type_in(page, words, name)
        expect(options(page).first).to_be_visible()
        page.keyboard.press("ArrowDown")
        for violation in Axe().run(page).response["violations"]:
            where = [node["target"] for node in violation["nodes"][:3]]
            found.append(f"{url}: {violation['id']}: {where}: {violation['help']}")
    assert not found, "\n".join(found)
