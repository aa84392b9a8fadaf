"""Reports of the admin on published pages, for those who keep them."""

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property

from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page, TaskState, get_default_page_content_type
from wagtail.permissions import policy_registry

import django_filters as filters

from careers.jobs.reports import READERS

from .findings import (
    BLOCK,
    CREDENTIAL,
    IN_LIBRARY,
    MOVE,
    ON_PAGE,
    broken_links,
    content_models,
    pages_to_review,
    pictures_without_words,
    stale_facts,
)

DAY = "M j, Y"


class RowFilterSet(WagtailFilterSet):
    """Filters rows that were read already: each filter is the name of an attribute."""

    class Meta:
        model = Page
        fields = []

    def filter_queryset(self, queryset):
        wanted = {n: v for n, v in self.form.cleaned_data.items() if v}
        return [
            row
            for row in queryset
            if all(getattr(row, n) == v for n, v in wanted.items())
        ]


def _one_of(label, choices):
    return filters.ChoiceFilter(
        label=label, choices=choices, widget=forms.RadioSelect, empty_label="All"
    )


def _kinds_of_pages():
    names = sorted(str(model._meta.verbose_name) for model in content_models())
    return [(name, name) for name in names]


class PagesReport(ReportView):
    """A report for those who work with pages; its rows are read, not queried."""

    any_permission_required = READERS
    model = Page
    read = None

    @cached_property
    def permission_policy(self):
        return policy_registry.get_by_type(Page)

    def get_base_queryset(self):
        return type(self).read()

    def order_queryset(self, queryset):
        return queryset

    def get_filename(self):
        name = self.index_url_name.replace("_", "-")
        return f"{name}-{timezone.localdate():%Y-%m-%d}"


def _edit_url(row):
    return row.edit_url


def _title(label="Page"):
    return TitleColumn("title", label=label, get_url=_edit_url)


def _checked(fact):
    return date_format(fact.checked_on, DAY)


def _reviewed(page):
    return date_format(page.reviewed_on, DAY) if page.reviewed_on else "Never"


class StaleFactFilterSet(RowFilterSet):
    kind = _one_of("Where", [(kind, kind) for kind in (CREDENTIAL, BLOCK, MOVE)])


class StaleFactsReport(PagesReport):
    page_title = "Stale facts"
    header_icon = "history"
    index_url_name = "stale_facts"
    index_results_url_name = "stale_facts_results"
    verbose_name_plural = "facts checked over a year ago"
    filterset_class = StaleFactFilterSet
    read = staticmethod(stale_facts)
    list_export = ["title", "kind", "text", "checked_on", "source_name", "source_url"]
    export_headings = {
        "title": "Page",
        "kind": "Where",
        "text": "Fact",
        "checked_on": "Checked on",
        "source_name": "Source",
        "source_url": "Address of the source",
    }
    columns = [
        _title(),
        Column("kind", label="Where"),
        Column("text", label="Fact"),
        Column("checked_on", label="Checked on", accessor=_checked),
        Column("source_name", label="Source"),
    ]


class LinkFilterSet(RowFilterSet):
    kind = _one_of("Kind of page", _kinds_of_pages)


class BrokenLinksReport(PagesReport):
    page_title = "Broken links"
    header_icon = "link"
    index_url_name = "broken_links"
    index_results_url_name = "broken_links_results"
    verbose_name_plural = "links that lead nowhere"
    filterset_class = LinkFilterSet
    read = staticmethod(broken_links)
    list_export = ["title", "kind", "place", "words", "address", "why"]
    export_headings = {
        "title": "Page",
        "kind": "Kind of page",
        "place": "Where",
        "words": "Words of the link",
        "address": "Leads to",
        "why": "Why",
    }
    columns = [
        _title(),
        Column("place", label="Where"),
        Column("words", label="Words of the link"),
        Column("address", label="Leads to"),
        Column("why", label="Why"),
    ]


class PictureFilterSet(RowFilterSet):
    kind = _one_of("Where", [(kind, kind) for kind in (ON_PAGE, IN_LIBRARY)])


class PicturesReport(PagesReport):
    page_title = "Images without words"
    header_icon = "image"
    index_url_name = "images_without_words"
    index_results_url_name = "images_without_words_results"
    verbose_name_plural = "images without alternative text"
    filterset_class = PictureFilterSet
    read = staticmethod(pictures_without_words)
    list_export = ["title", "kind", "place", "why"]
    export_headings = {"title": "Page or image", "place": "Where", "why": "Why"}
    columns = [
        _title("Page or image"),
        Column("place", label="Where"),
        Column("why", label="Why"),
    ]


class ReviewFilterSet(RowFilterSet):
    kind = _one_of("Kind of page", _kinds_of_pages)


class ReviewsReport(PagesReport):
    page_title = "Pages to review"
    header_icon = "calendar-check"
    index_url_name = "pages_to_review"
    index_results_url_name = "pages_to_review_results"
    verbose_name_plural = "pages last reviewed over a year ago or never"
    filterset_class = ReviewFilterSet
    read = staticmethod(pages_to_review)
    list_export = ["title", "kind", "reviewed_on"]
    export_headings = {
        "title": "Page",
        "kind": "Kind of page",
        "reviewed_on": "Last reviewed",
    }
    columns = [
        _title(),
        Column("kind", label="Kind of page"),
        Column("reviewed_on", label="Last reviewed", accessor=_reviewed),
    ]


# Unpublished changes


class UnpublishedFilterSet(WagtailFilterSet):
    waits = filters.ChoiceFilter(
        label="In moderation",
        choices=[("me", "Waits for you")],
        method="that_wait",
        widget=forms.RadioSelect,
        empty_label="All",
    )

    class Meta:
        model = Page
        fields = []

    def that_wait(self, queryset, name, value):
        return queryset.filter(pk__in=pages_in_moderation(self.request.user))


def pages_in_moderation(user):
    """Numbers of the pages that wait for this person's decision."""
    of_pages = TaskState.objects.reviewable_by(user).filter(
        workflow_state__base_content_type=get_default_page_content_type()
    )
    return {
        int(pk) for pk in of_pages.values_list("workflow_state__object_id", flat=True)
    }


class UnpublishedReport(PagesReport):
    """Pages of this person's whose latest words readers do not see."""

    page_title = "Unpublished changes"
    header_icon = "edit"
    index_url_name = "unpublished_pages"
    index_results_url_name = "unpublished_pages_results"
    verbose_name_plural = "pages with unpublished changes"
    filterset_class = UnpublishedFilterSet
    list_export = ["draft_title", "status_string", "latest_revision_created_at"]
    export_headings = {
        "draft_title": "Page",
        "status_string": "State",
        "latest_revision_created_at": "Changed",
    }
    columns = [
        TitleColumn("draft_title", label="Page", url_name="wagtailadmin_pages:edit"),
        Column("status_string", label="State"),
        DateColumn("latest_revision_created_at", label="Changed"),
    ]

    def get_base_queryset(self):
        policy = self.permission_policy
        editable = policy.instances_user_has_permission_for(self.request.user, "change")
        return (
            editable.filter(has_unpublished_changes=True)
            .annotate_approved_schedule()
            .prefetch_workflow_states()
            .order_by("-latest_revision_created_at", "-pk")
        )


REPORTS = (
    UnpublishedReport,
    StaleFactsReport,
    BrokenLinksReport,
    PicturesReport,
    ReviewsReport,
)
