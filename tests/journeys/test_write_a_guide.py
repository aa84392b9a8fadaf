"""An editor writes a guide, a moderator schedules it, a reader finds it.

Read the test from top to bottom as instructions: each act is a function below it.
"""

import re
from datetime import timedelta

from django.contrib.auth.models import Group
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone

import pytest
import time_machine
from playwright.sync_api import expect

from careers.accounts.models import User
from careers.jobs import vocabulary as vocabulary_memory
from careers.pathways.models import GuideIndexPage, HomePage
from search import synonyms
from tests.jobs.factories import JobListingFactory
from tests.search.board import words_and_places

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

PASSWORD = "a long password"
EDITOR, MODERATOR = "editor@board.example", "moderator@board.example"
TITLE = "How long coding takes to learn"


@pytest.fixture
def admin(live_server, settings):
    """A site with three jobs for beginners, an editor and a moderator.

    A browser that is driven types while drafts would save themselves; this one saves
    by its button.
    """
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    vocabulary_memory.forget()
    synonyms.forget()
    cache.clear()
    words_and_places()
    call_command("prepare_site", listings=0, pages=False, verbosity=0)
    HomePage.objects.get().add_child(
        instance=GuideIndexPage(
            title="Guides", slug="guides", summary="Long answers, with sources."
        )
    )
    JobListingFactory.create_batch(3, apprentice=True)
    for email, group in ((EDITOR, "Editors"), (MODERATOR, "Moderators")):
        person = User.objects.create_user(email, PASSWORD)
        person.groups.add(Group.objects.get(name=group))
    return f"{live_server.url}/admin/"


def test_a_guide_is_written_reviewed_scheduled_and_read(page, admin, live_server):
    sign_in(page, admin, as_=EDITOR)
    begin_a_guide(page)
    give_title_and_summary(
        page, TITLE, "What a beginner can expect, in months, and what shortens the way."
    )
    add_heading(page, "The months before the first job")
    add_text(page, "Most beginners study for some months beside other work.")
    add_openings(
        page, tick="Apprentice form accepted", says="accept an apprentice form"
    )
    add_question(page, "Do employers ask for a degree?", "Some postings do.")
    add_source(page, "AAPC, exam page", checked_on="2026-06-30")
    save_the_draft(page)
    look_at_the_preview(page, expecting="3 open listings accept an apprentice form")
    submit_for_review(page)

    sign_in(page, admin, as_=MODERATOR)
    open_what_awaits_review(page, TITLE)
    comment_on_the_summary(page, "Say which months: beside work, or full time?")
    go_live_at = timezone.now().replace(minute=0, second=0) + timedelta(days=7)
    set_the_schedule(page, go_live_at)
    approve(page)
    see_it_scheduled(page, admin, TITLE)

    sign_out(page)
    guides = f"{live_server.url}/guides/"
    find_no_guide(page, guides, TITLE)
    wait_until(go_live_at + timedelta(minutes=1))
    read_the_guide(page, guides, TITLE)


def test_what_is_wrong_is_said_where_it_is_and_mended(page, admin):
    sign_in(page, admin, as_=EDITOR)
    begin_a_guide(page)
    give_title_and_summary(page, TITLE, "Too short")
    add_question(page, "No question", "But an answer.")
    press_submit(page)
    see_the_problem(page, "Say in one or two sentences what the page tells")
    see_the_problem(page, "“No question” does not end with a question mark.")
    give_title_and_summary(page, TITLE, "What a beginner can expect, in months.")
    mend_the_question(page, "Is it a question?")
    submit_for_review(page)


# In the admin


def sign_in(page, admin, *, as_):
    sign_out(page)
    page.goto(admin)
    page.get_by_label("E-mail address").fill(as_)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="What waits")).to_be_visible()


def sign_out(page):
    page.context.clear_cookies()


def begin_a_guide(page):
    """Pages, Guides, and the plus beside its name."""
    guides = GuideIndexPage.objects.get()
    page.goto(f"{page.url}pages/{guides.pk}/")
    page.get_by_role("link", name="Add child page").first.click()
    expect(page.get_by_placeholder("Page title")).to_be_visible()


def give_title_and_summary(page, title, summary):
    page.get_by_placeholder("Page title").fill(title)
    page.locator("#id_summary").fill(summary)


def add_block(page, kind):
    """The last plus of the body, and the kind of block."""
    page.get_by_role("button", name="Insert a block").last.click()
    page.get_by_role("option", name=kind, exact=True).click()
    return page.locator("[data-streamfield-child]").last


def write(page, block, words):
    """Rich text is typed into, as on paper; the field takes it at the next pause."""
    block.locator("[contenteditable=true]").click()
    page.keyboard.type(words)
    taken = block.locator("input[type=hidden]:is([id$=-value], [id$=-answer])")
    expect(taken).to_have_value(re.compile(re.escape(words)))


def add_heading(page, words):
    add_block(page, "Heading").get_by_role("textbox").fill(words)


def add_text(page, words):
    write(page, add_block(page, "Text"), words)


def add_openings(page, *, tick, says):
    """A live count: what is asked of listings, and what the sentence says of them."""
    block = add_block(page, "Openings")
    block.get_by_label(tick).check()
    block.get_by_label("Text").fill(says)


def add_question(page, question, answer):
    block = add_block(page, "Questions and answers")
    block.get_by_label("Question").fill(question)
    write(page, block, answer)


def mend_the_question(page, question):
    page.get_by_role("textbox", name="Question").fill(question)


def add_source(page, name, *, checked_on):
    block = add_block(page, "Sources")
    block.get_by_label("Name").fill(name)
    block.get_by_label("Checked on").fill(checked_on)
    page.keyboard.press("Tab")


def look_at_the_preview(page, *, expecting):
    page.get_by_role("button", name="Toggle preview").click()
    shown = page.frame_locator("iframe[title=Preview]").first.locator("main")
    expect(shown).to_contain_text(expecting)
    page.get_by_role("button", name="Toggle preview").click()


def press_submit(page):
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Submit to Review").click()


def save_the_draft(page):
    page.get_by_role("button", name="Save draft").click()
    page.wait_for_url(re.compile(r"/edit/$"))
    said(page, "created")


def submit_for_review(page):
    press_submit(page)
    said(page, "submitted for moderation")


def said(page, words):
    expect(page.locator(".messages")).to_contain_text(words)


def see_the_problem(page, words):
    page.wait_for_load_state("networkidle")
    expect(page.locator(".w-field__errors", has_text=words).first).to_be_visible()


def open_what_awaits_review(page, title):
    awaiting = page.get_by_role("region", name="Awaiting your review")
    awaiting.get_by_role("link", name=title).click()
    expect(page.get_by_placeholder("Page title")).to_have_value(title)


def comment_on_the_summary(page, words):
    summary = page.locator("#panel-child-content-summary-section")
    summary.hover()
    summary.get_by_role("button", name="Add comment").click()
    page.get_by_placeholder("Enter your comments...").fill(words)
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.get_by_text(words).last).to_be_visible()


def set_the_schedule(page, at):
    """In the side panel of the page's state."""
    page.get_by_role("button", name="Toggle status").click()
    page.get_by_role("button", name="Set schedule").click()
    page.get_by_label("Go live date/time").fill(f"{at:%Y-%m-%d %H:%M}")
    page.locator(".xdsoft_time.xdsoft_current:visible").click()
    page.get_by_role("button", name="Save schedule").click()
    said(page, "has been updated")


def approve(page):
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Approve", exact=True).click()
    page.wait_for_url(re.compile(r"/admin/pages/\d+/$"))
    said(page, "has been updated")


def see_it_scheduled(page, admin, title):
    page.goto(admin)
    panel = page.get_by_role("region", name="Scheduled in the next 7 days")
    expect(panel.get_by_role("row", name=title)).to_contain_text("goes live")


# On the site


def find_no_guide(page, guides, title):
    page.goto(guides)
    expect(page.get_by_role("link", name=title)).to_have_count(0)


def wait_until(moment):
    """The command runs every few minutes by itself; here the clock is set."""
    with time_machine.travel(moment):
        call_command("publish_scheduled", verbosity=0)


def read_the_guide(page, guides, title):
    page.goto(guides)
    page.get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
    body = page.locator("main")
    expect(body).to_contain_text("3 open listings accept an apprentice form")
    expect(body).to_contain_text("AAPC, exam page, as of June 2026")
