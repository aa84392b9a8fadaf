"""People look for where their work leads, on the map and in its list."""

import re

from django.core.cache import cache

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from careers.jobs.models import Role
from careers.pathways import content
from careers.pathways.models import Move, PathwayIndexPage, RoleIndexPage, RolePage
from search import synonyms
from tests.jobs.factories import EmployerFactory, JobListingFactory
from tests.journeys.test_find_work import open_everything, tab_to
from tests.pathways.factories import home, index
from tests.search.board import words_and_places

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

#: Roles whose listings post enough pay to show what is usual, from this figure on.
PAID = {"inpatient-coder": 60_000, "outpatient-coder": 50_000, "cdi-specialist": 72_000}


@pytest.fixture
def role_map(live_server):
    """All roles and our moves; three roles with posted pay, one with a page."""
    cache.clear()
    synonyms.forget()
    words_and_places()
    home()
    index(PathwayIndexPage, "pathways")
    roles = {role.slug: role for role in Role.objects.all()}
    Move.objects.bulk_create(
        Move(from_role=roles[row.pop("from")], to_role=roles[row.pop("to")], **row)
        for row in content.moves()
    )
    index(RoleIndexPage, "roles").add_child(
        instance=RolePage(
            title="CDI specialist",
            slug="cdi-specialist",
            role=roles["cdi-specialist"],
            summary="Reads the record while the patient is in the house.",
        )
    )
    employers = EmployerFactory.create_batch(7)
    for role, pay in PAID.items():
        for n in range(24):
            JobListingFactory(
                employer=employers[n % 7],
                role=role,
                pay_period="year",
                pay_minimum=pay,
                pay_maximum=pay + 10_000,
            )
    return f"{live_server.url}/pathways/"


@pytest.fixture
def wide(page):
    page.set_viewport_size({"width": 1280, "height": 900})
    return page


@pytest.fixture
def plain_page(browser, role_map):
    """A browser that runs no scripts."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def in_focus(page):
    return page.locator(".node[data-focus]")


def node(page, role):
    return page.locator(f".node[data-role={role}]")


def forward(page):
    """Ends of the moves that stand out."""
    return page.eval_on_selector_all(
        ".move[data-on]", "all => all.map(m => [m.dataset.from, m.dataset.to])"
    )


def test_the_keyboard_follows_moves_up_to_a_role_and_opens_it(wide, role_map):
    page = wide
    page.goto(f"{role_map}?focus=outpatient-coder")
    tab_to(page, ".node")
    expect(node(page, "outpatient-coder")).to_be_focused()

    page.keyboard.press("ArrowRight")
    expect(node(page, "inpatient-coder")).to_be_focused()
    expect(in_focus(page)).to_have_attribute("data-role", "inpatient-coder")
    expect(page.locator(".map-now")).to_contain_text("in and out of inpatient coder")
    moves = forward(page)
    assert ["inpatient-coder", "cdi-specialist"] in moves
    assert all("inpatient-coder" in move for move in moves)
    expect(node(page, "outpatient-coder").locator(".worth-flag")).to_have_text(
        "+$10.0k"
    )
    expect(node(page, "cdi-specialist").locator(".worth-flag")).to_have_text("+$12.0k")
    expect(node(page, "coding-auditor")).to_have_attribute("data-near", "")
    expect(node(page, "coding-auditor").locator(".worth-flag")).to_be_hidden()

    page.keyboard.press("ArrowDown")
    expect(node(page, "cdi-specialist")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        re.compile("CDI specialist")
    )


def test_home_end_and_escape_and_only_one_stop_for_tab(wide, role_map):
    page = wide
    page.goto(role_map)
    assert page.locator(".node[tabindex='0']").count() == 1
    tab_to(page, ".node")
    page.keyboard.press("End")
    expect(page.locator(".node").last).to_be_focused()
    page.keyboard.press("Home")
    expect(page.locator(".node").first).to_be_focused()
    assert page.locator(".node[tabindex='0']").count() == 1
    assert forward(page)

    page.keyboard.press("Escape")
    expect(in_focus(page)).to_have_count(0)
    assert not forward(page)
    expect(page.locator(".map-quiet")).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(in_focus(page)).to_have_count(1)
    page.keyboard.press("Tab")
    expect(page.locator(".map-list > summary")).to_be_focused()


def test_pointing_at_a_role_brings_its_moves_forward_for_a_while(wide, role_map):
    page = wide
    page.goto(f"{role_map}?focus=coding-auditor")
    node(page, "him-technician").hover()
    assert forward(page)
    assert all("him-technician" in move for move in forward(page))
    page.get_by_role("heading", level=1).hover()
    expect(in_focus(page)).to_have_attribute("data-role", "coding-auditor")
    assert all("coding-auditor" in move for move in forward(page))


def test_the_map_grows_and_is_drawn_about_without_leaving_the_page(wide, role_map):
    page = wide
    page.goto(role_map)
    smaller, larger = (
        page.get_by_role("button", name=name) for name in ("Smaller", "Larger")
    )
    expect(smaller).to_have_attribute("aria-disabled", "true")
    larger.click()
    larger.click()
    view = page.locator(".map-view")

    def left():
        return view.evaluate("view => view.scrollLeft")

    def width():
        return view.evaluate("view => view.scrollWidth")

    large, start = width(), left()
    assert large > 1.5 * view.evaluate("view => view.clientWidth")
    view.scroll_into_view_if_needed()
    role = node(page, "inpatient-coder").bounding_box()
    x, y = role["x"] + 20, role["y"] + 20
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 120, y, steps=4)
    page.mouse.up()
    assert left() == pytest.approx(start + 120, abs=2)
    assert page.url == role_map

    page.get_by_role("button", name="Whole map").click()
    assert width() < large
    expect(smaller).to_have_attribute("aria-disabled", "true")


def test_links_of_the_map_speak_for_themselves(wide, role_map):
    wide.goto(f"{role_map}?role=inpatient-coder")
    link = wide.get_by_role(
        "link",
        name=re.compile(r"^Inpatient coder \(you\), facility, level 4: 24 open\."),
    )
    expect(link).to_have_count(1)
    expect(link).to_have_attribute("aria-current", "true")
    expect(wide.get_by_role("group", name="Map of roles")).to_be_visible()


def test_without_scripts_the_list_brings_a_role_into_focus(plain_page, role_map):
    page = plain_page
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{role_map}?role=outpatient-coder")
    expect(page.get_by_role("button", name="Larger")).to_have_count(0)
    page.get_by_text("The map as a list").click()
    page.get_by_role("link", name="Moves in and out of inpatient coder").click()
    expect(in_focus(page)).to_have_attribute("data-role", "inpatient-coder")
    expect(page.locator("#role-focus h2")).to_have_text(re.compile("Inpatient coder"))
    expect(page.locator(".you-flag")).to_have_text("You")
    next_card = page.locator(".move-card").filter(has_text="CDI specialist")
    expect(next_card).to_contain_text("+$12,000 at the median")
    next_card.get_by_role("link", name="24 open listings").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("24 open listings")


def test_on_a_phone_the_list_is_the_map(page, role_map):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{role_map}?focus=inpatient-coder")
    expect(page.locator(".role-map")).to_be_hidden()
    rung = page.locator(".ladder-track li").filter(
        has=page.get_by_role("link", name="Inpatient coder", exact=True)
    )
    expect(rung).to_contain_text("Level 4. Leads to CDI specialist")
    page.locator(".ladder-track[data-track=documentation] > summary").click()
    page.get_by_role("link", name="Moves in and out of CDI specialist").click()
    expect(page.locator("#role-focus h2")).to_be_in_viewport()
    expect(page.locator("#role-focus h2")).to_have_text(re.compile("CDI specialist"))


def test_the_map_and_its_list_do_not_scroll_the_page_sideways(page, role_map):
    for width in (320, 768, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        page.goto(role_map)
        open_everything(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_axe_finds_nothing_on_the_map(page, role_map, scheme, width):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{role_map}?focus=inpatient-coder&role=outpatient-coder")
    open_everything(page)
    found = [
        f"{violation['id']}: {[n['target'] for n in violation['nodes'][:3]]}"
        for violation in Axe().run(page).response["violations"]
    ]
    assert not found, "\n".join(found)
