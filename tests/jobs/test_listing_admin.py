"""An editor's work on listings and employers, through the pages of the admin."""

from datetime import timedelta
from decimal import Decimal

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from wagtail.models import (
    GroupApprovalTask,
    Workflow,
    WorkflowContentType,
    WorkflowTask,
)

import pytest
from bs4 import BeautifulSoup

from careers.accounts.models import User
from careers.jobs import vocabulary
from careers.jobs.credential_rule import CredentialRule
from careers.jobs.credential_rule import Group as RuleGroup
from careers.jobs.models import Employer, JobListing, Place

from .factories import AUSTIN, COLUMBUS, EmployerFactory, JobListingFactory

pytestmark = pytest.mark.django_db

LISTINGS = "wagtailsnippets_jobs_joblisting"
EMPLOYERS = "wagtailsnippets_jobs_employer"
PUBLISH = {"action-publish": "action-publish"}
APPROVE = {"action-workflow-action": "true", "workflow-action-name": "approve"}


@pytest.fixture(autouse=True)
def words(db):
    call_command("load_vocabulary", terms_only=True, verbosity=0)
    vocabulary.forget()


@pytest.fixture
def editor():
    return User.objects.create_superuser("editor@board.example", "secret")


@pytest.fixture
def admin(client, editor):
    client.force_login(editor)
    return client


def address(name, *args, of=LISTINGS):
    return reverse(f"{of}:{name}", args=args)


def typed(response):
    """What the form of an editing page would send if it were sent as it stands."""
    form = BeautifulSoup(response.content, "html.parser").find(id="w-editor-form")
    sent = {}
    for field in form.find_all(["input", "textarea", "select"]):
        name = field.get("name")
        if not name or field.get("type") in ("submit", "button", "file"):
            continue
        if field.get("type") in ("checkbox", "radio") and not field.has_attr("checked"):
            continue
        sent.setdefault(name, []).extend(_values(field))
    return sent


def _values(field):
    if field.name == "textarea":
        return [field.text.removeprefix("\n")]
    if field.name == "select":
        chosen = field.find_all("option", selected=True)
        if not chosen and not field.has_attr("multiple"):
            chosen = field.find_all("option", limit=1)
        return [option["value"] for option in chosen]
    return [field.get("value", "on" if field.get("type") == "checkbox" else "")]


def edit(admin, listing, **changes):
    """Opens the edit admin, changes some fields and sends the form."""
    url = address("edit", listing.pk)
    return admin.post(url, typed(admin.get(url)) | changes, follow=True)


def text_of(response):
    soup = BeautifulSoup(response.content, "html.parser")
    return " ".join(soup.get_text(" ").split())


def row(listing):
    return JobListing.objects.get(pk=listing.pk)


# From draft to live


def test_editor_takes_a_listing_from_nothing_to_live(admin, settings):
    employer = EmployerFactory()
    form = typed(admin.get(address("add")))
    response = admin.post(
        address("add"),
        form | {"title": "Inpatient Coder", "employer": employer.pk},
        follow=True,
    )
    listing = JobListing.objects.get()
    assert not listing.live
    assert response.redirect_chain[-1][0] == address("edit", listing.pk)

    response = edit(admin, listing, **PUBLISH)
    said = text_of(response)
    for mend in (
        "Choose the role",
        "Describe the job.",
        "Describe the benefits",
        "Choose at least one setting.",
        "Give the lowest pay.",
        "Give the highest pay",
        "Give the date on which the listing closes.",
        "Give a link or an e-mail address to apply to.",
        "Give the city and state",
    ):
        assert mend in said
    assert not row(listing).live

    Place.objects.get_or_create(
        slug="columbus-oh", defaults={**COLUMBUS, "zip": "", "population": 900_000}
    )
    complete = {
        "role": "inpatient-coder",
        "description": "You code the whole record.",
        "benefits": "Medical from day one.",
        "settings": ["hospital", "health-system"],
        "pay_minimum": "27",
        "pay_maximum": "36",
        "pay_period": "hour",
        "places": "Columbus, OH",
        "remote": "onsite",
        "apply_url": "https://lakearden.example/apply",
        "expire_at": (timezone.now() + timedelta(days=30)).strftime("%Y-%m-%d %H:%M"),
        "credential_rule-basis": "stated",
        "credential_rule-1-any_of": "CPC, CCS or rhit",
        "credential_rule-1-apprentice": "on",
        "credential_rule-2-any_of": "CRC",
        "credential_rule-2-within": "6",
        "credential_rule-preferred": "CPMA",
    }
    edit(admin, listing, **complete, **PUBLISH)
    listing = row(listing)
    assert listing.is_live
    assert listing.settings == ["hospital", "health-system"]
    assert listing.places[0]["city"] == "Columbus"
    assert listing.rule == CredentialRule(
        (RuleGroup(("CPC", "CCS", "RHIT"), True), RuleGroup(("CRC",), False, 6)),
        ("CPMA",),
    )
    assert listing.yearly_maximum == 36 * 2080
    assert list(JobListing.objects.live()) == [listing]


def test_publishing_at_once_from_the_first_page_says_what_is_missing(admin):
    form = typed(admin.get(address("add")))
    response = admin.post(
        address("add"),
        form | {"title": "Coder", "employer": EmployerFactory().pk} | PUBLISH,
    )
    assert response.status_code == 200
    assert "Choose the role" in text_of(response)
    assert not JobListing.objects.exists()


def test_form_of_a_listing_sent_as_it_stands_changes_nothing(admin):
    rule = CredentialRule(
        (RuleGroup(("CPC", "CCS"), True), RuleGroup(("RHIT",), False, 12)), ("CRC",)
    )
    listing = JobListingFactory(
        draft=True,
        imported=True,
        credential_rule=rule.as_json(),
        places=[dict(COLUMBUS), dict(AUSTIN), {"state": "OH", "city": "", "zip": ""}],
        other_roles=["coding-auditor"],
        software=["epic"],
        specialties=[],
        states_basis="deny",
        states_listed=["CA", "NY"],
        pays_for=["dues", "ceus"],
        quota_charts=Decimal("12.50"),
        quota_period="hour",
        test="paid",
        test_minutes=45,
        test_open_book=True,
        accuracy=Decimal(95),
        pay_basis="base",
    )
    before = JobListing.objects.filter(pk=listing.pk).values().get()
    response = edit(admin, listing)
    assert response.status_code == 200
    after = JobListing.objects.filter(pk=listing.pk).values().get()
    changed = {name for name in before if before[name] != after[name]}
    # Wagtail's own book-keeping; the close date is shown to the minute.
    assert changed <= {"latest_revision_id", "has_unpublished_changes", "expire_at"}
    assert abs(before["expire_at"] - after["expire_at"]) < timedelta(minutes=1)


# Errors name the field and the mend, and nothing is lost


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        (
            {"places": "Columbus, OH\nNowhere, OH"},
            "Line 2: we know no place “Nowhere, OH”",
        ),
        ({"pay_maximum": ""}, "Give the highest pay"),
        ({"pay_minimum": "50"}, "The highest pay is below the lowest"),
        ({"pay_period": ""}, "Choose what the pay is for"),
        (
            {"pay_minimum": "5000", "pay_maximum": "5000", "pay_period": "chart"},
            "Over $1,000 a chart",
        ),
        ({"states_basis": "allow"}, "Tick the states"),
        ({"days_on_site": "2"}, "Days on site belong to hybrid work"),
        ({"quota_charts": "8"}, "Choose the time in which the quota is to be met"),
        ({"quota_period": "hour"}, "Give the number of charts"),
        (
            {"credential_rule-1-any_of": "CPX"},
            "Row 1: we know no credential “CPX”. Did you mean CP",
        ),
        ({"credential_rule-1-any_of": ""}, "Name the credentials that it asks for"),
        ({"credential_rule-basis": "none"}, "a row names credentials"),
        ({"credential_rule-basis": "not-stated"}, "credentials are named"),
        (
            {"credential_rule-2-any_of": "RHIA", "credential_rule-2-apprentice": "on"},
            "Row 2: None of these has an apprentice form",
        ),
        (
            {"credential_rule-2-any_of": "RHIA", "credential_rule-2-within": "soon"},
            "Row 2: Give the months",
        ),
        (
            {"credential_rule-2-any_of": "RHIA", "credential_rule-2-within": "99"},
            "Row 2: Months to obtain a credential go from 1 to 60",
        ),
        ({"credential_rule-2-within": "6"}, "Row 2: A group names no credential"),
        (
            {"credential_rule-preferred": "XYZ"},
            "Preferred: we know no credential “XYZ”",
        ),
        ({"expire_at": "2020-01-01 00:00"}, "must be in the future"),
        ({"accuracy": "101"}, "less than or equal to 100"),
        ({"title": ""}, "Give the title of the job."),
    ],
)
def test_error_names_the_mend_and_the_form_keeps_what_was_typed(admin, sent, error):
    Place.objects.get_or_create(
        slug="columbus-oh", defaults={**COLUMBUS, "zip": "", "population": 900_000}
    )
    listing = JobListingFactory(draft=True)
    before = JobListing.objects.filter(pk=listing.pk).values().get()
    response = edit(admin, listing, schedule="Nights", settings=["hospice"], **sent)
    assert error in text_of(response)
    kept = typed(response)
    for name, value in {"schedule": "Nights", "settings": "hospice", **sent}.items():
        assert kept.get(name, [""]) == [value], name
    assert JobListing.objects.filter(pk=listing.pk).values().get() == before


def test_word_that_left_the_vocabulary_stays_until_it_is_unticked(admin):
    listing = JobListingFactory(draft=True, settings=["hospital", "moon-base"])
    edit(admin, listing)
    assert row(listing).settings == ["hospital", "moon-base"]
    edit(admin, listing, settings=["hospital"])
    assert row(listing).settings == ["hospital"]


@pytest.mark.parametrize(
    ("sent", "rule"),
    [
        ({"credential_rule-basis": "not-stated"}, None),
        ({"credential_rule-basis": "none"}, CredentialRule()),
        (
            {"credential_rule-basis": "none", "credential_rule-preferred": "crc"},
            CredentialRule((), ("CRC",)),
        ),
        (
            {
                "credential_rule-basis": "stated",
                "credential_rule-1-any_of": "rhia/RHIT",
            },
            CredentialRule((RuleGroup(("RHIA", "RHIT")),)),
        ),
    ],
)
def test_rule_tells_not_stated_none_and_stated_apart(admin, sent, rule):
    listing = JobListingFactory(draft=True, rule_unstated=True)
    edit(admin, listing, **sent)
    assert row(listing).rule == rule


# Drafts of a live listing


def test_draft_of_a_live_listing_leaves_the_page_as_it_is_until_published(admin):
    listing = JobListingFactory()
    edit(admin, listing, title="Senior Inpatient Coder", settings=["health-system"])
    assert row(listing).title == "Inpatient Coder"
    assert row(listing).settings == ["hospital"]
    draft = row(listing).get_latest_revision_as_object()
    assert draft.settings == ["health-system"]

    edit(admin, listing, **PUBLISH)
    assert row(listing).title == "Senior Inpatient Coder"
    assert row(listing).settings == ["health-system"]
    assert row(listing).is_live


def test_edit_that_makes_a_live_listing_incomplete_is_not_published(admin):
    listing = JobListingFactory()
    response = edit(admin, listing, benefits="", **PUBLISH)
    assert "Describe the benefits" in text_of(response)
    assert row(listing).benefits == listing.benefits


def test_draft_may_be_incomplete_while_the_live_listing_stays(admin):
    listing = JobListingFactory()
    edit(admin, listing, benefits="")
    assert row(listing).benefits
    response = edit(admin, listing, **PUBLISH)
    assert "Describe the benefits" in text_of(response)


def test_facts_of_operation_survive_an_edit_begun_before_them(admin):
    listing = JobListingFactory(draft=True, imported=True)
    url = address("edit", listing.pk)
    form = typed(admin.get(url))
    seen = timezone.now()
    JobListing.objects.filter(pk=listing.pk).update(
        last_seen_at=seen, times_reposted=3, import_hash="abc", confirmed_at=seen
    )
    admin.post(url, form | {"title": "Coder II"})
    after = row(listing)
    assert after.title == "Coder II"
    assert (after.last_seen_at, after.times_reposted) == (seen, 3)
    assert (after.import_hash, after.confirmed_at) == ("abc", seen)


def test_close_date_of_a_live_listing_is_moved_by_an_act_and_not_by_an_edit(admin):
    listing = JobListingFactory()
    response = admin.get(address("edit", listing.pk))
    assert "expire_at" not in typed(response)
    assert address("change_close_date", listing.pk) in response.content.decode()
    later = (timezone.now() + timedelta(days=90)).strftime("%Y-%m-%d %H:%M")
    edit(admin, listing, expire_at=later, **PUBLISH)
    assert row(listing).expire_at == listing.expire_at


def test_autosave_of_a_live_listing_keeps_the_draft(admin):
    listing = JobListingFactory()
    url = address("edit", listing.pk)
    form = typed(admin.get(url)) | {"title": "Coder III"}
    response = admin.post(url, form, headers={"accept": "application/json"})
    assert response.json()["success"], response.json()
    assert row(listing).title == "Inpatient Coder"
    saved = form | {"overwrite_revision_id": response.json()["revision_id"]}
    admin.post(url, saved | PUBLISH)
    assert row(listing).title == "Coder III"


# Old revisions, unpublishing, schedules


def test_publishing_an_old_incomplete_revision_says_what_is_missing(admin):
    listing = JobListingFactory(draft=True, benefits="", description="")
    old = listing.save_revision(clean=False)
    edit(admin, listing, benefits="Medical.", description="You code.", **PUBLISH)
    assert row(listing).is_live
    url = address("revisions_revert", listing.pk, old.pk)
    form = typed(admin.get(url))
    response = admin.post(url, form | PUBLISH)
    assert response.status_code == 200
    assert "Describe the benefits" in text_of(response)
    assert row(listing).benefits == "Medical."
    response = admin.post(url, form, follow=True)
    assert response.status_code == 200
    assert row(listing).benefits == "Medical."
    assert row(listing).get_latest_revision_as_object().benefits == ""


def test_unpublished_listing_is_a_draft_again_and_can_be_published(admin):
    listing = JobListingFactory()
    admin.post(address("unpublish", listing.pk), follow=True)
    assert not row(listing).live
    edit(admin, listing, **PUBLISH)
    assert row(listing).is_live


def test_schedule_is_checked_when_it_is_set(admin):
    soon = (timezone.now() + timedelta(days=2)).strftime("%Y-%m-%d %H:%M")
    listing = JobListingFactory(draft=True, benefits="")
    response = edit(admin, listing, go_live_at=soon, **PUBLISH)
    assert "Describe the benefits" in text_of(response)
    edit(admin, listing, go_live_at=soon, benefits="Medical.", **PUBLISH)
    scheduled = row(listing)
    assert not scheduled.live
    assert scheduled.scheduled_revision is not None


# Closing, reopening, removing


def act(admin, name, listing, **sent):
    return admin.post(address(name, listing.pk), sent, follow=True)


def test_closing_asks_first_and_then_locks_the_listing(admin):
    listing = JobListingFactory()
    assert "reopen" in text_of(admin.get(address("close", listing.pk)))
    assert row(listing).is_live
    act(admin, "close", listing)
    assert row(listing).is_closed

    response = admin.get(address("edit", listing.pk))
    assert "This listing closed on" in text_of(response)
    assert address("reopen", listing.pk) in response.content.decode()
    response = admin.post(
        address("edit", listing.pk), typed(response) | {"title": "Other"} | PUBLISH
    )
    assert "could not be saved as it is locked" in text_of(response)
    assert row(listing).title == "Inpatient Coder"
    assert row(listing).is_closed


def test_reopening_takes_a_date_and_unlocks(admin):
    listing = JobListingFactory(closed=True)
    response = act(admin, "reopen", listing, until="2020-01-01 00:00")
    assert "Give a close date that is ahead." in text_of(response)
    until = (timezone.now() + timedelta(days=9)).strftime("%Y-%m-%d %H:%M")
    act(admin, "reopen", listing, until=until)
    assert row(listing).is_live
    edit(admin, listing, title="Coder II", **PUBLISH)
    assert row(listing).title == "Coder II"


def test_reopening_an_incomplete_listing_says_what_is_missing(admin):
    listing = JobListingFactory(closed=True, benefits="")
    until = (timezone.now() + timedelta(days=9)).strftime("%Y-%m-%d %H:%M")
    assert "Describe the benefits" in text_of(
        act(admin, "reopen", listing, until=until)
    )
    assert row(listing).is_closed


def test_moved_close_date_counts_at_once(admin):
    listing = JobListingFactory()
    act(admin, "change_close_date", listing, until="2099-12-31 12:00")
    assert row(listing).expire_at.year == 2099


def test_removing_asks_for_the_reason_and_restoring_undoes_it(admin):
    listing = JobListingFactory()
    assert "required" in text_of(act(admin, "remove", listing, reason=""))
    act(admin, "remove", listing, reason="Asks for money.")
    assert row(listing).removed_at is not None
    assert "was removed on" in text_of(admin.get(address("edit", listing.pk)))
    act(admin, "restore", listing)
    assert row(listing).is_live


def test_act_that_no_longer_suits_is_explained(admin):
    listing = JobListingFactory(closed=True)
    response = act(admin, "confirm", listing)
    assert "Only an open listing can be confirmed." in text_of(response)


def test_acts_are_in_the_history(admin):
    listing = JobListingFactory()
    act(admin, "close", listing)
    response = admin.get(address("history", listing.pk))
    assert "Closed" in text_of(response)


@pytest.mark.parametrize("name", ["close", "reopen", "remove", "confirm"])
def test_who_may_not_publish_may_not_act(client, name):
    writer = User.objects.create_user("writer@board.example", "secret", is_staff=True)
    group = Group.objects.create(name="Writers")
    group.permissions.add(
        Permission.objects.get(codename="access_admin"),
        *Permission.objects.filter(
            codename__in=["add_joblisting", "change_joblisting"]
        ),
    )
    writer.groups.add(group)
    client.force_login(writer)
    listing = JobListingFactory()
    response = client.post(address(name, listing.pk), follow=True)
    assert "do not have permission" in text_of(response)
    assert row(listing).is_live
    menu = text_of(client.get(address("list")))
    assert "Change the close date" not in menu


def test_chosen_listings_close_together(admin):
    first, second = JobListingFactory(), JobListingFactory()
    closed = JobListingFactory(closed=True)
    url = (
        reverse("wagtail_bulk_action", args=["jobs", "joblisting", "close"])
        + "?"
        + "&".join(f"id={x.pk}" for x in (first, second, closed))
    )
    response = admin.get(url)
    assert "These stay as they are" in text_of(response)
    admin.post(url)
    assert row(first).is_closed
    assert row(second).is_closed
    assert row(closed).expire_at == closed.expire_at


# The list


@pytest.fixture
def several():
    there = {
        "draft": JobListingFactory(draft=True, title="Alpha draft"),
        "live": JobListingFactory(title="Beta live"),
        "closed": JobListingFactory(closed=True, title="Gamma closed"),
        "removed": JobListingFactory(removed=True, title="Delta removed"),
        "imported": JobListingFactory(
            imported=True, unpaid=True, settings=[], title="Epsilon imported"
        ),
        "unread": JobListingFactory(
            imported=True, source="feed", role="", title="Zeta unread"
        ),
        "sample": JobListingFactory(
            sample=True,
            title="Eta sample",
            role="medical-biller",
            employer=EmployerFactory(name="Quillmark Billing"),
        ),
    }
    edited = there["live"]
    edited.title = "Beta live edited"
    edited.save_revision()
    return there


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"draft", "live", "closed", "removed", "imported", "unread", "sample"}),
        ("state=draft", {"draft"}),
        ("state=live", {"live", "imported", "unread", "sample"}),
        ("state=closed", {"closed"}),
        ("state=removed", {"removed"}),
        ("state=moderation", set()),
        ("state=scheduled", set()),
        ("role=medical-biller", {"sample"}),
        (
            "setting=hospital",
            {"draft", "live", "closed", "removed", "unread", "sample"},
        ),
        ("source=here", {"draft", "live", "closed", "removed", "sample"}),
        ("source=usajobs", {"imported"}),
        ("lacks=pay", {"imported"}),
        ("lacks=role", {"unread"}),
        ("lacks=pay&lacks=setting", {"imported"}),
        ("lacks=pay&lacks=role", set()),
        ("sample=yes", {"sample"}),
        ("employer=quillmark", {"sample"}),
        ("q=gamma", {"closed"}),
        ("q=quillmark", {"sample"}),
        (
            "ordering=role",
            {"draft", "live", "closed", "removed", "imported", "unread", "sample"},
        ),
    ],
)
def test_list_shows_what_is_asked_for(admin, several, query, names):
    response = admin.get(f"{address('list')}?{query}")
    shown = {listing.pk for listing in response.context["object_list"]}
    assert shown == {several[name].pk for name in names}


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("draft", "draft"),
        ("live", "live + draft"),
        ("closed", "expired"),
        ("removed", "removed"),
        ("imported", "live"),
    ],
)
def test_list_says_the_state_in_words(admin, several, name, word):
    response = admin.get(f"{address('list')}?q={several[name].title.split()[0]}")
    table = BeautifulSoup(response.content, "html.parser").find(class_="listing")
    assert word in [tag.text.strip() for tag in table.select(".w-status")]


def test_list_asks_as_many_queries_for_many_listings_as_for_few(
    admin, django_assert_max_num_queries
):
    JobListingFactory.create_batch(3)
    admin.get(address("list"))
    with django_assert_max_num_queries(40) as few:
        admin.get(address("list"))
    JobListingFactory.create_batch(20)
    with django_assert_max_num_queries(40) as many:
        admin.get(address("list"))
    assert len(many) == len(few)


# Preview


def preview(admin, listing, **changes):
    form = typed(admin.get(address("edit", listing.pk))) | changes
    url = address("preview_on_edit", listing.pk)
    assert admin.post(url, form).json() == {"is_valid": True, "is_available": True}
    return admin.get(url)


def test_preview_shows_the_draft_with_pay_worked_out_from_what_was_typed(admin):
    listing = JobListingFactory(draft=True)
    response = preview(admin, listing, pay_minimum="40", pay_maximum="50")
    assert response.status_code == 200
    shown = text_of(response)
    assert "Inpatient Coder" in shown
    assert "$83,200" in shown
    assert "104,000" in shown
    assert "JobPosting" not in response.content.decode()


def test_preview_of_a_listing_that_was_never_saved(admin):
    url = address("preview_on_add")
    form = typed(admin.get(address("add")))
    form |= {"title": "Coder of tomorrow", "employer": EmployerFactory().pk}
    assert admin.post(url, form).json()["is_valid"]
    response = admin.get(url)
    assert response.status_code == 200
    assert "Coder of tomorrow" in text_of(response)
    assert not JobListing.objects.exists()


def test_preview_of_an_old_revision(admin):
    listing = JobListingFactory(draft=True)
    revision = listing.save_revision()
    response = admin.get(address("revisions_view", listing.pk, revision.pk))
    assert response.status_code == 200
    assert "Inpatient Coder" in text_of(response)


def test_revisions_can_be_compared(admin):
    listing = JobListingFactory(draft=True)
    first = listing.save_revision()
    listing.title = "Coder II"
    listing.settings = ["hospice"]
    second = listing.save_revision()
    url = address("revisions_compare", listing.pk, first.pk, second.pk)
    response = admin.get(url)
    assert response.status_code == 200
    assert "II" in text_of(response)


# What an import read


def test_evidence_is_shown_with_the_words_it_rests_on(admin):
    rule = CredentialRule((RuleGroup(("CPC", "CCS"), True),))
    pay = {"minimum": "27.87", "maximum": "35.31", "period": "hour", "quota": None}
    listing = JobListingFactory(
        imported=True,
        evidence=[
            {"fact": "role", "value": "inpatient-coder", "words": "<b>Inpatient</b>"},
            {"fact": "rule", "value": rule.as_json(), "words": "CPC(-A) or CCS"},
            {"fact": "pay", "value": pay, "words": "$27.87/ hour - $35.31 / hour"},
            {"fact": "experience_months", "value": 24, "words": "two years"},
        ],
    )
    response = admin.get(address("edit", listing.pk))
    assert "&lt;b&gt;Inpatient&lt;/b&gt;" in response.content.decode()
    shown = text_of(response)
    for row_of_the_table in (
        "Role Inpatient coder <b>Inpatient</b>",
        "Credential rule one of CPC or CCS; CPC-A accepted CPC(-A) or CCS",
        "Pay $27.87–35.31 an hour $27.87/ hour - $35.31 / hour",
        "Months of experience 24 two years",
        f"Id at the source {listing.external_id}",
    ):
        assert row_of_the_table in shown


# Moderation


@pytest.fixture
def workflow(editor):
    task = GroupApprovalTask.objects.create(name="Look it over")
    task.groups.add(Group.objects.create(name="Listing moderators"))
    workflow = Workflow.objects.create(name="Listings")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    WorkflowContentType.objects.create(
        workflow=workflow,
        content_type=ContentType.objects.get_for_model(JobListing),
    )
    return workflow


def approve(admin, listing):
    state = row(listing).current_workflow_task_state
    url = address("workflow_action", listing.pk, "approve", state.pk)
    return admin.post(url, follow=True)


def test_approving_publishes_what_was_submitted(admin, workflow):
    listing = JobListingFactory(draft=True)
    edit(admin, listing, title="Coder II", **{"action-submit": "1"})
    assert row(listing).workflow_in_progress
    listed = admin.get(f"{address('list')}?state=moderation")
    assert [x.pk for x in listed.context["object_list"]] == [listing.pk]
    assert "in moderation" in text_of(listed)
    approve(admin, listing)
    assert row(listing).is_live
    assert row(listing).title == "Coder II"


def test_submitting_says_what_is_missing(admin, workflow):
    listing = JobListingFactory(draft=True, benefits="")
    response = edit(admin, listing, **{"action-submit": "1"})
    assert "Describe the benefits" in text_of(response)
    assert not row(listing).workflow_in_progress


def test_approving_what_became_incomplete_says_so_and_publishes_nothing(
    admin, workflow
):
    listing = JobListingFactory(draft=True)
    edit(admin, listing, **{"action-submit": "1"})
    edit(admin, listing, benefits="")
    approve(admin, listing)
    assert row(listing).workflow_in_progress
    response = approve(admin, listing)
    assert response.status_code == 200
    assert "cannot go live yet. Describe the benefits" in text_of(response)
    assert not row(listing).live
    assert row(listing).workflow_in_progress


def test_approving_in_the_editor_says_what_is_missing(admin, workflow):
    listing = JobListingFactory(draft=True)
    edit(admin, listing, **{"action-submit": "1"})
    response = edit(admin, listing, benefits="", **APPROVE)
    assert "Describe the benefits" in text_of(response)
    assert not row(listing).live


def test_edit_after_an_approval_is_approved_again(admin, workflow, editor):
    """Approving never publishes an edit that the moderator has not seen."""
    task = GroupApprovalTask.objects.create(name="Look again")
    task.groups.add(Group.objects.get(name="Listing moderators"))
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=2)
    listing = JobListingFactory(draft=True)
    edit(admin, listing, **{"action-submit": "1"})
    approve(admin, listing)
    assert row(listing).current_workflow_task.name == "Look again"
    edit(admin, listing, title="Slipped in")
    approve(admin, listing)
    assert not row(listing).live
    assert row(listing).current_workflow_task.name == "Look it over"


def test_approving_an_edit_does_not_reopen_a_closed_listing(admin, workflow):
    listing = JobListingFactory()
    edit(admin, listing, title="Coder II", **{"action-submit": "1"})
    act(admin, "close", listing)
    closed_at = row(listing).expire_at
    response = approve(admin, listing)
    assert "Reopen it before you publish" in text_of(response)
    assert row(listing).is_closed
    assert row(listing).expire_at == closed_at
    assert row(listing).title == "Inpatient Coder"


# Employers


def test_employer_gets_a_slug_from_the_name_and_keeps_it(admin):
    url = address("add", of=EMPLOYERS)
    form = typed(admin.get(url))
    admin.post(url, form | {"name": "Saint Brisa Hospital"})
    admin.post(url, form | {"name": "Saint-Brisa Hospital"})
    first, second = Employer.objects.order_by("pk")
    assert first.slug == "saint-brisa-hospital"
    assert second.slug == "saint-brisa-hospital-2"
    edit_url = address("edit", first.pk, of=EMPLOYERS)
    form = typed(admin.get(edit_url))
    admin.post(edit_url, form | {"name": "Brisa Health", "slug": "other"})
    first.refresh_from_db()
    assert (first.name, first.slug) == ("Brisa Health", "saint-brisa-hospital")


def test_employer_of_the_same_name_is_refused(admin):
    EmployerFactory(name="Lakearden")
    url = address("add", of=EMPLOYERS)
    response = admin.post(url, typed(admin.get(url)) | {"name": "LAKEARDEN"})
    assert "An employer of this name exists." in text_of(response)


def test_employers_are_listed_with_their_open_listings(admin):
    employer = EmployerFactory(name="Quillmark Billing")
    JobListingFactory.create_batch(2, employer=employer)
    JobListingFactory(employer=employer, closed=True)
    EmployerFactory(name="Empty Hall", proven=True)
    response = admin.get(address("list", of=EMPLOYERS))
    counts = {e.name: e.open_listings for e in response.context["object_list"]}
    assert counts == {"Quillmark Billing": 2, "Empty Hall": 0}
    proven = admin.get(address("list", of=EMPLOYERS) + "?proven=yes")
    assert [e.name for e in proven.context["object_list"]] == ["Empty Hall"]
    found = admin.get(address("list", of=EMPLOYERS) + "?q=quill")
    assert [e.name for e in found.context["object_list"]] == ["Quillmark Billing"]
