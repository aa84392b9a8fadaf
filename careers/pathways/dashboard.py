"""What waits, on the first page of the admin."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.ui.components import Component
from wagtail.models import (
    Page,
    Revision,
    TaskState,
    get_default_page_content_type,
)
from wagtail.permissions import policy_registry

from careers.jobs.models import JobListing
from careers.jobs.reports import works_with

from . import findings, live

#: How far the list of what is scheduled looks ahead, and how long it grows.
AHEAD = timedelta(days=7)
MOST_SCHEDULED = 12


@dataclass(frozen=True, slots=True)
class Waiting:
    """``note`` says what the count is of, where the label does not."""

    label: str
    count: int
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Scheduled:
    title: str
    what: str
    at: datetime
    url: str


def listings_url(**asked):
    index = reverse(JobListing.snippet_viewset.get_url_name("list"))
    return f"{index}?{urlencode(asked)}"


# What waits


def waiting(user):
    """Counts of what somebody should look at, each with the page that lists it."""
    found = []
    in_moderation = _in_moderation(user)
    if works_with(user, Page):
        found += _of_pages(user, in_moderation)
    if works_with(user, JobListing):
        found += _of_listings(in_moderation)
    return found


def _in_moderation(user):
    """How many pages and how many other things wait for this person's decision."""
    pages = get_default_page_content_type()
    kinds = (
        TaskState.objects.reviewable_by(user)
        .order_by()
        .values_list("workflow_state__base_content_type", flat=True)
    )
    of_pages = [kind == pages.pk for kind in kinds]
    return sum(of_pages), len(of_pages) - sum(of_pages)


def _of_pages(user, in_moderation):
    editable = policy_registry.get_by_type(Page).instances_user_has_permission_for(
        user, "change"
    )
    stale = live.remembered("stale facts", lambda: len(findings.stale_facts())).value
    return [
        Waiting(
            "Pages in moderation",
            in_moderation[0],
            reverse("unpublished_pages") + "?waits=me",
            "wait for you",
        ),
        Waiting(
            "Pages with unpublished changes",
            editable.filter(has_unpublished_changes=True).count(),
            reverse("unpublished_pages"),
            "drafts, and edits of live pages",
        ),
        Waiting(
            "Stale facts",
            stale,
            reverse("stale_facts"),
            "checked over a year ago",
        ),
    ]


def _of_listings(in_moderation):
    drafts = live.remembered("draft listings", _drafts).value
    return [
        Waiting(
            "Listings in moderation",
            in_moderation[1],
            listings_url(state="moderation"),
            "wait for you",
        ),
        Waiting(
            "Draft listings",
            drafts["all"],
            listings_url(state="draft"),
            f"{drafts['held']:,} of them held by imports",
        ),
    ]


def _drafts():
    drafts = JobListing.objects.filter(live=False, removed_at=None)
    return drafts.aggregate(all=Count("pk"), held=Count("pk", filter=~Q(source="")))


class WaitingPanel(Component):
    name = "waiting"
    template_name = "pathways/admin/waiting.html"
    order = 100

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        return {"waiting": waiting(user)}


# What is scheduled


def scheduled(user):
    """What goes live or expires within a week, the first first. Two queries."""
    if not works_with(user, Page):
        return []
    now = timezone.now()
    found = [*_going_live(now), *_expiring(user, now)]
    return sorted(found, key=lambda item: (item.at, item.title))[:MOST_SCHEDULED]


def _going_live(now):
    due = Revision.page_revisions.filter(
        approved_go_live_at__gt=now, approved_go_live_at__lte=now + AHEAD
    )
    rows = due.values_list("object_str", "approved_go_live_at", "object_id")
    for title, at, pk in rows.order_by("approved_go_live_at", "pk")[:MOST_SCHEDULED]:
        yield Scheduled(title, "goes live", at, _edit_url(pk))


def _expiring(user, now):
    editable = policy_registry.get_by_type(Page).instances_user_has_permission_for(
        user, "change"
    )
    due = editable.filter(live=True, expire_at__gt=now, expire_at__lte=now + AHEAD)
    rows = due.order_by("expire_at", "pk").values_list("title", "expire_at", "pk")
    for title, at, pk in rows[:MOST_SCHEDULED]:
        yield Scheduled(title, "expires", at, _edit_url(pk))


def _edit_url(pk):
    return reverse("wagtailadmin_pages:edit", args=[pk])


class ScheduledPanel(Component):
    name = "scheduled"
    template_name = "pathways/admin/scheduled.html"
    order = 110

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        return {"scheduled": scheduled(user)}


# The line of counts at the head


class OpenListingsItem(SummaryItem):
    order = 200
    template_name = "pathways/admin/open_listings.html"

    def get_context_data(self, parent_context):
        counted = live.remembered("open listings", JobListing.objects.live().count)
        return {"count": counted.value, "url": listings_url(state="live")}

    def is_shown(self):
        return works_with(self.request.user, JobListing)
