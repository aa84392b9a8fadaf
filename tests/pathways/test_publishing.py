"""How a page reaches its readers: drafts, review, schedules, and what is refused."""

import json
from datetime import timedelta
from io import StringIO

from django.core.cache import cache
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from wagtail.models import Comment, Page, PageLogEntry
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

import pytest
import time_machine
from bs4 import BeautifulSoup

from careers.accounts.models import User
from careers.jobs.models import Role
from careers.pathways.models import GuideIndexPage, GuidePage, Move, PathwayIndexPage
from tests.jobs.factories import JobListingFactory

from .factories import (
    SUMMARY,
    GuidePageFactory,
    MoveFactory,
    action,
    faq,
    heading,
    index,
    text,
)

pytestmark = pytest.mark.django_db

PUBLISH = {"action-publish": "action-publish"}
SUBMIT = {"action-submit": "action-submit"}
APPROVE = {"action-workflow-action": "true", "workflow-action-name": "approve"}
REJECT = {"action-workflow-action": "true", "workflow-action-name": "reject"}
SOON = timedelta(hours=2)

GOOD = [
    ("heading", "What it is"),
    ("text", rich_text("<p>It is read closely.</p>")),
]
#: What is typed, and wrong in four places.
BAD = [
    ("heading", "What it is"),
    ("text", rich_text("<p>Typed with care.</p><h4>Deep</h4><p>More.</p>")),
    (
        "fact",
        {
            "value": "194,720",
            "label": "employed",
            "text": "",
            "source_name": "",
            "source_url": "",
            "checked_on": "",
        },
    ),
    ("action", {"label": "Click here", "url": "/guides/never/", "text": ""}),
]


def typed(body=GOOD, **values):
    """What the form of a guide sends."""
    usual = {
        "title": "How to read a record",
        "slug": "how-to-read-a-record",
        "summary": SUMMARY,
        "body": streamfield(body),
    }
    empty = {f"comments-{n}": "0" for n in ("TOTAL_FORMS", "INITIAL_FORMS")}
    return nested_form_data(usual | values) | empty


def add_url():
    parent = index(GuideIndexPage, "guides")
    return reverse("wagtailadmin_pages:add", args=["pathways", "guidepage", parent.pk])


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def row(page):
    return GuidePage.objects.get(pk=page.pk)


def messages(response):
    return [str(message) for message in response.context["messages"]]


def errors_of(response):
    """The errors of the body as the editor's script gets them."""
    (error,) = response.context["form"].errors.as_data()["body"]
    return error.as_json_data()["blockErrors"]


@pytest.fixture
def moderated(admin):
    """A site whose pages are reviewed; signed in as somebody who may do everything."""
    index(GuideIndexPage, "guides")
    call_command("set_up_editors", stdout=StringIO())
    return admin


@pytest.fixture
def submitted(moderated):
    """A guide that waits for a moderator, and is wrong."""
    page = GuidePageFactory(draft=True, body=[heading(), faq("No question")])
    page.save_revision(clean=False)
    page.get_workflow().start(page, User.objects.get(email="chief@board.example"))
    return page


# Refused


def test_a_draft_is_saved_whatever_it_lacks(admin):
    admin.post(add_url(), typed(BAD, summary="Short"))
    page = GuidePage.objects.get()
    assert not page.live
    assert page.get_latest_revision_as_object().summary == "Short"
    response = admin.post(edit_url(page), typed(BAD, summary=""))
    assert response.status_code == 302


@pytest.mark.parametrize("act", [PUBLISH, SUBMIT])
def test_a_new_page_is_refused_with_all_that_is_wrong(moderated, act):
    response = moderated.post(add_url(), typed(BAD, summary="Short") | act)
    assert not GuidePage.objects.exists()
    form = response.context["form"]
    assert "Say in one or two sentences" in form.errors["summary"][0]
    errors = errors_of(response)
    assert "“Deep” is a heading 4" in errors[1]["messages"][0]
    fact = errors[2]["blockErrors"]
    assert fact["source_name"]["messages"] == [
        "Name the source: who says so, and where."
    ]
    assert "Give the day" in fact["checked_on"]["messages"][0]
    call = errors[3]["blockErrors"]
    assert "A link says “Click here”." in call["label"]["messages"][0]
    assert "nothing answers at /guides/never/" in call["url"]["messages"][0]


def test_nothing_that_was_typed_is_lost(admin):
    response = admin.post(add_url(), typed(BAD, title="Kept") | PUBLISH)
    html = response.content.decode()
    assert 'value="Kept"' in html
    assert "Typed with care." in html
    assert "Click here" in html


def test_an_edit_of_a_live_page_is_refused_and_readers_see_what_was(admin, client):
    page = GuidePageFactory(title="As it was")
    response = admin.post(edit_url(page), typed(BAD, title="Edited") | PUBLISH)
    assert set(errors_of(response)) == {1, 2, 3}
    assert row(page).title == "As it was"


def test_a_good_page_is_published(admin):
    admin.post(add_url(), typed() | PUBLISH)
    page = GuidePage.objects.get()
    assert page.live
    assert admin.get(page.url).status_code == 200


def test_a_cell_and_an_item_of_a_list_show_their_own_errors(admin):
    table = {
        "caption": "Code sets",
        "column-count": "2",
        "row-count": "1",
        "column-0-type": "text",
        "column-0-order": "0",
        "column-0-deleted": "",
        "column-0-heading": "Set",
        "column-1-type": "code",
        "column-1-order": "1",
        "column-1-deleted": "",
        "column-1-heading": "",
        "row-0-order": "0",
        "row-0-deleted": "",
        "cell-0-0": "",
        "cell-0-1": "K35.80",
    }
    questions = {
        "questions-count": "1",
        "questions-0-type": "item",
        "questions-0-order": "0",
        "questions-0-deleted": "",
        "questions-0-value-question": "No question",
        "questions-0-value-answer": rich_text("<p>Yes.</p>"),
    }
    body = [*GOOD, ("table", table), ("faq", questions)]
    errors = errors_of(admin.post(add_url(), typed(body) | PUBLISH))
    assert errors[2]["messages"] == [
        "Column 2 has no heading. Name what it holds.",
    ]
    assert (
        "Row 1 has an empty first cell."
        in (errors[2]["blockErrors"][0][0]["messages"][0])
    )
    item = errors[3]["blockErrors"]["questions"]["blockErrors"][0]["blockErrors"]
    assert "does not end with a question mark" in item["question"]["messages"][0]


# Review


def test_approving_in_the_editor_is_refused_and_asking_for_changes_is_not(
    submitted, admin
):
    page = submitted
    whole_but_wrong = typed(BAD[:2], slug=page.slug)
    response = admin.post(edit_url(page), whole_but_wrong | APPROVE)
    assert set(errors_of(response)) == {1}
    assert row(page).workflow_in_progress
    admin.post(edit_url(page), whole_but_wrong | REJECT)
    assert row(page).current_workflow_state.status == "needs_changes"


def approve_url(page):
    state = row(page).current_workflow_task_state
    return reverse(
        "wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk]
    )


def test_approving_from_a_list_says_what_is_wrong(submitted, admin):
    response = admin.post(approve_url(submitted), follow=True)
    assert response.redirect_chain[0][0] == edit_url(submitted)
    (message,) = [m for m in messages(response) if "cannot go live yet" in m]
    assert "Block 2 (Questions and answers): “No question” does not end" in message
    assert row(submitted).workflow_in_progress
    assert not row(submitted).live


def test_approving_in_a_window_leads_to_the_page_with_what_is_wrong(submitted, admin):
    response = admin.post(
        approve_url(submitted),
        {"comment": ""},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert json.loads(response.content) == {
        "step": "success",
        "redirect": edit_url(submitted),
    }


def test_a_good_page_is_submitted_and_approved(moderated):
    moderated.post(add_url(), typed() | SUBMIT)
    page = GuidePage.objects.get()
    assert not page.live
    assert page.workflow_in_progress
    moderated.post(approve_url(page))
    assert row(page).live


def test_a_reviewer_who_corrects_and_approves_publishes_the_correction(moderated):
    moderated.post(add_url(), typed() | SUBMIT)
    page = GuidePage.objects.get()
    corrected = typed(title="How to read a record well", slug=page.slug)
    moderated.post(edit_url(page), corrected)
    moderated.post(edit_url(page), corrected | APPROVE)
    assert row(page).live
    assert row(page).title == "How to read a record well"


def test_what_a_reviewer_did_not_see_is_reviewed_again(moderated):
    """Somebody without a say in the review changes the page while it waits."""
    moderated.post(add_url(), typed() | SUBMIT)
    page = GuidePage.objects.get()
    page.title = "Slipped in"
    page.save_revision(user=User.objects.create_user("other@board.example", "secret"))
    moderated.post(approve_url(page))
    assert not row(page).live
    assert row(page).workflow_in_progress


# Many at once


def bulk_url(*pages):
    chosen = "&".join(f"id={page.pk}" for page in pages)
    return reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + (
        f"?{chosen}&next={reverse('wagtailadmin_home')}"
    )


def test_many_are_published_at_once(admin):
    pages = [GuidePageFactory(draft=True) for _ in range(2)]
    admin.post(bulk_url(*pages))
    assert all(row(page).live for page in pages)


def test_many_are_refused_at_once_with_what_is_wrong_with_each(admin):
    good = GuidePageFactory(draft=True)
    bad = [
        GuidePageFactory(draft=True, title=f"Bad {n}", body=[faq("No question")])
        for n in range(2)
    ]
    response = admin.post(bulk_url(good, *bad), follow=True)
    said = [m for m in messages(response) if "cannot go live yet" in m]
    assert [m[:7] for m in said] == ["“Bad 0”", "“Bad 1”"]
    assert not any(row(page).live for page in [good, *bad])


def test_drafts_below_a_page_are_refused_with_it(admin):
    draft = GuidePageFactory(draft=True, summary="")
    parent = draft.get_parent()
    response = admin.post(bulk_url(parent), {"include_descendants": "on"}, follow=True)
    assert any("cannot go live yet" in message for message in messages(response))
    assert not row(draft).live


# Schedules


def run():
    """The closing line and the complaints of one run of the command."""
    said, complaints = StringIO(), StringIO()
    call_command("publish_scheduled", stdout=said, stderr=complaints)
    return said.getvalue().splitlines()[-1], complaints.getvalue()


def a_scheduled_guide(**values):
    page = GuidePageFactory(draft=True, **values)
    page.go_live_at = timezone.now() + SOON
    page.save_revision().publish()
    return page


def test_a_guide_is_scheduled_in_the_admin_and_goes_live_by_the_command(admin, client):
    when = timezone.now() + SOON
    go_live = {"go_live_at": when.strftime("%Y-%m-%d %H:%M")}
    admin.post(add_url(), typed(**go_live) | PUBLISH)
    page = GuidePage.objects.get()
    assert not page.live
    assert page.status_string == "scheduled"
    run()
    assert not row(page).live
    with time_machine.travel(when + SOON):
        assert run()[0] == "unpublished 0, published 1, refused 0 incomplete."
        assert client.get(page.url).status_code == 200
    assert PageLogEntry.objects.filter(action="wagtail.publish.scheduled").exists()


def test_a_guide_expires_by_the_command(client):
    page = GuidePageFactory()
    page.expire_at = timezone.now() + SOON
    page.save_revision().publish()
    with time_machine.travel(timezone.now() + SOON * 2):
        assert run()[0] == "unpublished 1, published 0, refused 0 incomplete."
        assert client.get(page.url).status_code == 404
        assert row(page).expired


def test_a_page_that_became_wrong_stays_a_draft_and_others_go_live():
    other = GuidePageFactory(slug="other")
    bad = a_scheduled_guide(
        title="Links on", body=[text(), action(label="The other guide", url=other.url)]
    )
    good = a_scheduled_guide(title="Stands alone")
    other.unpublish()
    with time_machine.travel(timezone.now() + SOON * 2):
        closing, complaints = run()
    assert closing == "unpublished 0, published 1, refused 1 incomplete."
    assert "“Links on” stays a draft. Block 2 (Call to action):" in complaints
    assert "is not published" in complaints
    assert row(good).live
    assert not row(bad).live
    assert row(bad).scheduled_revision is None


def test_an_edit_that_became_wrong_leaves_the_live_page_as_it_is():
    other = GuidePageFactory(slug="other")
    GuidePageFactory(title="Live one", slug="live").save_revision().publish()
    page = GuidePage.objects.get(slug="live")
    page.title = "Edited"
    page.body = [text(), action(label="The other guide", url=other.url)]
    page.go_live_at = timezone.now() + SOON
    page.save_revision().publish()
    other.unpublish()
    with time_machine.travel(timezone.now() + SOON * 2):
        assert "“Edited” stays as it is." in run()[1]
    assert row(page).live
    assert row(page).title == "Live one"


# Pathways


def test_steps_of_a_pathway_are_moves_and_its_draft_may_wait_for_them(admin):
    move = MoveFactory()
    parent = index(PathwayIndexPage, "pathways")
    url = reverse("wagtailadmin_pages:add", args=["pathways", "pathwaypage", parent.pk])

    def steps(*roles):
        formset = {
            "TOTAL_FORMS": str(len(roles)),
            "INITIAL_FORMS": "0",
            "MIN_NUM_FORMS": "0",
            "MAX_NUM_FORMS": "1000",
        }
        for number, role in enumerate(roles):
            formset |= {
                f"{number}-role": str(role.pk),
                f"{number}-id": "",
                f"{number}-ORDER": str(number + 1),
                f"{number}-DELETE": "",
            }
        return {f"steps-{name}": value for name, value in formset.items()}

    backwards = steps(move.to_role, move.from_role)
    response = admin.post(url, typed(slug="up") | backwards | PUBLISH)
    assert "There is no move from" in response.context["form"].non_field_errors()[0]
    admin.post(url, typed(slug="draft") | backwards)
    assert not Page.objects.get(slug="draft").live
    admin.post(url, typed(slug="up") | steps(move.from_role, move.to_role) | PUBLISH)
    assert Page.objects.get(slug="up").live
    assert Move.objects.count() == 1


# Comments


def test_a_reviewer_comments_on_a_block_of_the_page(admin, chief):
    page = GuidePageFactory(draft=True)
    page.save_revision(clean=False)
    comment = {
        "comments-TOTAL_FORMS": "1",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
        "comments-0-text": "Name the year.",
        "comments-0-position": "",
        "comments-0-contentpath": "summary",
        "comments-0-DELETE": "",
        "comments-0-resolved": "",
        "comments-0-id": "",
        "comments-0-replies-TOTAL_FORMS": "0",
        "comments-0-replies-INITIAL_FORMS": "0",
        "comments-0-replies-MIN_NUM_FORMS": "0",
        "comments-0-replies-MAX_NUM_FORMS": "0",
    }
    response = admin.post(edit_url(page), typed(slug=page.slug) | comment)
    assert response.status_code == 302
    found = Comment.objects.get(page=page)
    assert (found.text, found.user) == ("Name the year.", chief)


# Previews


#: What is typed into a block, several choices as a tuple, and what readers see.
LIVE = {
    "openings": (
        {"criteria-role": ("inpatient-coder",), "text": "ask for inpatient coding"},
        "2 open listings ask for inpatient coding",
    ),
    "listings": (
        {"title": "Open now", "number": "3", "criteria-role": ("inpatient-coder",)},
        "Inpatient Coder",
    ),
    "pay": (
        {
            "title": "What it posts",
            "groups-count": "1",
            "groups-0-type": "item",
            "groups-0-order": "0",
            "groups-0-deleted": "",
            "groups-0-value-label": "Those who code stays",
            "groups-0-value-criteria-role": ("inpatient-coder",),
        },
        "Those who code stays",
    ),
    "map": ({"role": "inpatient-coder"}, "Coding auditor"),
    "comparison": ({"credentials": ("CPC", "CCS")}, "Certified Coding Specialist"),
    "action": (
        {"label": "See open listings", "url": "/jobs/", "text": ""},
        "See open listings",
    ),
}


@pytest.fixture
def field(words):
    """Open listings, a move, and the vocabulary that live blocks speak of."""
    cache.clear()
    MoveFactory(
        from_role=Role.objects.get(slug="inpatient-coder"),
        to_role=Role.objects.get(slug="coding-auditor"),
    )
    JobListingFactory.create_batch(2)


def words_of(response):
    html = BeautifulSoup(response.content, "html.parser")
    return " ".join(html.find("main").get_text(" ").split())


@pytest.mark.parametrize("kind", LIVE)
def test_the_preview_of_a_guide_shows_the_figures_of_today(admin, field, kind):
    values, shown = LIVE[kind]
    body = [("heading", "Today"), (kind, values)]
    url = reverse(
        "wagtailadmin_pages:preview_on_add",
        args=["pathways", "guidepage", index(GuideIndexPage, "guides").pk],
    )
    assert admin.post(url, typed(body)).json() == {
        "is_valid": True,
        "is_available": True,
    }
    response = admin.get(url, {"in_preview_panel": "true", "mode": ""})
    assert response.status_code == 200
    assert shown in words_of(response)


def test_a_draft_with_every_live_block_is_looked_at_and_published(admin, field, client):
    body = [
        ("heading", "Today"),
        *((kind, values) for kind, (values, _) in LIVE.items()),
    ]
    admin.post(add_url(), typed(body))
    page = GuidePage.objects.get()
    draft = admin.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    admin.post(edit_url(page), typed(body) | PUBLISH)
    client.logout()
    live = client.get(page.url)
    for _, shown in LIVE.values():
        assert shown in words_of(draft)
        assert shown in words_of(live)
