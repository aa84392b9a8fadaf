"""People ask what work pays: a person and a goal each, in a real browser."""

import re

from django.core.cache import cache
from django.core.management import call_command

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from careers.jobs import vocabulary as vocabulary_memory
from careers.jobs.credential_rule import CredentialRule, Group
from search import synonyms
from tests.jobs.factories import AUSTIN, COLUMBUS, EmployerFactory, JobListingFactory
from tests.journeys.test_find_work import open_everything, tab_to
from tests.search.board import words_and_places

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

CPC = CredentialRule((Group(("CPC",)),)).as_json()
CCS = CredentialRule((Group(("CCS",)),)).as_json()


@pytest.fixture
def pay(live_server):
    """Ohio asks for CPC and posts less than Texas, which asks for CCS; some closed."""
    vocabulary_memory.forget()
    synonyms.forget()
    cache.clear()
    words_and_places()
    call_command("prepare_site", listings=0, pages=False, verbosity=0)
    employers = EmployerFactory.create_batch(7)
    for n in range(36):
        in_texas = n % 2
        JobListingFactory(
            employer=employers[n % 7],
            role=("inpatient-coder", "profee-coder")[n % 3 == 0],
            places=[AUSTIN if in_texas else COLUMBUS],
            credential_rule=CCS if in_texas else CPC,
            pay_period="year",
            pay_minimum=50_000 + 500 * n + 12_000 * in_texas,
            pay_maximum=60_000 + 500 * n + 12_000 * in_texas,
            experience_months=(0, 24, 36, 120)[n % 4],
            remote=("onsite", "hybrid")[n % 8 < 2],
            closed=n % 5 == 0,
        )
    JobListingFactory(unpaid=True)
    return f"{live_server.url}/salaries/"


@pytest.fixture
def plain_page(browser, pay):
    """A browser that runs no scripts."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def finding(page):
    return page.locator("#finding-title")


def test_the_keyboard_alone_compares_two_credentials(page, pay):
    page.goto(pay)
    tab_to(page, "a[href*='vs=all']")
    page.keyboard.press("Enter")
    expect(page.locator("#vs-credential")).to_be_visible()
    tab_to(page, "#credential")
    page.keyboard.type("CPC")
    tab_to(page, "#vs-credential")
    page.keyboard.type("CCS")
    tab_to(page, ".salary-form button")
    page.keyboard.press("Enter")
    expect(finding(page)).to_have_text(
        re.compile(
            r"All roles, CPC required is posted at \$[\d,]+ less a year than "
            "all roles, CCS required"
        )
    )
    expect(page.locator(".finding")).to_contain_text("95% interval")

    tab_to(page, "a[href*='per=hour']")
    page.keyboard.press("Enter")
    expect(finding(page)).to_have_text(re.compile(r"less an hour than"))
    expect(page.locator("#vs-credential")).to_have_value("CCS")
    tab_to(page, "summary:has(+ .scroll)")
    page.keyboard.press("Enter")
    expect(page.locator(".twin[open] table").first).to_be_visible()


def test_ohio_is_set_against_texas_without_scripts(plain_page, pay):
    page = plain_page
    page.goto(pay)
    expect(finding(page)).to_contain_text("All roles: the median of posted pay is $")
    page.get_by_label("State", exact=True).select_option(label="Ohio")
    page.get_by_role("button", name="Show").click()
    expect(finding(page)).to_contain_text("All roles, Ohio: the median")

    page.get_by_role("link", name="Compare with another group").click()
    page.get_by_label("State", exact=True).last.select_option(label="Texas")
    page.get_by_role("button", name="Compare").click()
    expect(finding(page)).to_contain_text("All roles, Ohio is posted at $")
    expect(finding(page)).to_contain_text("less a year than all roles, Texas")
    page.get_by_role("link", name="Swap the groups").click()
    expect(finding(page)).to_contain_text("more a year than all roles, Ohio")
    page.get_by_role("link", name="Show one group only").click()
    expect(finding(page)).to_contain_text("All roles, Texas: the median")
    for label in ("the table (CSV)", "as an image (PNG)"):
        with page.expect_download() as download:
            page.get_by_role("link", name=label).first.click()
        assert download.value.suggested_filename.startswith("salaries-distribution-")


def test_a_figure_opens_the_listings_behind_it(page, pay):
    page.goto(f"{pay}?role=inpatient-coder&state=OH")
    link = page.locator(".finding a").first
    several = int(link.text_content().split()[0])
    link.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(
        "Inpatient coder, Ohio: the listings behind the figures"
    )
    rows = page.locator(".part-table tbody tr")
    expect(rows).to_have_count(several)
    closed = rows.filter(has_text="closed").first
    closed.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Inpatient Coder")
    page.go_back()
    page.locator(".back a").click()
    expect(finding(page)).to_contain_text("Inpatient coder, Ohio: the median")


# Every page, every state


def states(pay):
    return {
        "everything": pay,
        "by state": f"{pay}?by=state&per=hour",
        "two groups": f"{pay}?credential=CPC&vs-credential=CCS",
        "too few": f"{pay}?role=inpatient-coder&setting=payer",
        "too few in one of two": f"{pay}?state=OH&vs-state=WY&shoe=9",
        "landing": f"{pay}inpatient-coder/ohio/",
        "differences": f"{pay}differences/",
        "listings": f"{pay}listings/?role=inpatient-coder",
        "no listings": f"{pay}listings/?state=WY",
        "method": f"{pay}method/",
        "posted pay": f"{pay}posted-pay/",
    }


def test_no_page_scrolls_sideways_on_the_narrowest_phone(page, pay):
    page.set_viewport_size({"width": 320, "height": 640})
    too_wide = {}
    for name, url in states(pay).items():
        page.goto(url)
        for state in ("as it comes", "all open"):
            width = page.evaluate("document.documentElement.scrollWidth")
            if width > 320:
                too_wide[name, state] = width
            open_everything(page)
    assert not too_wide


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_axe_finds_nothing_on_any_page(page, pay, scheme, width):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    found = []
    for name, url in states(pay).items():
        page.goto(url)
        open_everything(page)
        for violation in Axe().run(page).response["violations"]:
            where = [node["target"] for node in violation["nodes"][:3]]
            found.append(f"{name}: {violation['id']}: {where}: {violation['help']}")
    assert not found, "\n".join(found)
