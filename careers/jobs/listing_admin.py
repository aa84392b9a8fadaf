"""Listings and employers in the Wagtail admin."""

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Cast, Coalesce
from django.shortcuts import redirect
from django.urls import path
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.text import slugify

from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import (
    BooleanColumn,
    BulkActionsCheckboxColumn,
    Column,
    DateColumn,
    NumberColumn,
    StatusTagColumn,
)
from wagtail.admin.views.generic import RevisionsRevertMixin
from wagtail.locks import BaseLock
from wagtail.models import Revision, WorkflowState
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction
from wagtail.snippets.views.snippets import (
    CreateView,
    EditView,
    IndexView,
    SnippetViewSet,
    SnippetViewSetGroup,
    WorkflowActionView,
)

import django_filters as filters

from . import moderation, vocabulary
from .listing_acts import ACTS, REOPEN, RESTORE, ActView, buttons
from .listing_form import role_choices, setting_choices
from .listing_panels import day, listing_panels, moment, posted_words
from .models import Employer, JobListing

# The list


def _with_wagtail_state(queryset):
    """Adds whether a schedule or a moderation waits: two sub-queries, not two a row."""
    content_type = ContentType.objects.get_for_model(JobListing)
    own = {
        "base_content_type": content_type,
        "object_id": Cast(OuterRef("pk"), CharField()),
    }
    return queryset.annotate(
        is_scheduled=Exists(
            Revision.objects.filter(**own, approved_go_live_at__isnull=False)
        ),
        is_moderated=Exists(
            WorkflowState.objects.filter(**own, status=WorkflowState.STATUS_IN_PROGRESS)
        ),
    )


def state_words(listing):
    """Wagtail's words for a state: draft, in moderation, live, expired; and removed."""
    if listing.removed_at is not None:
        return "removed"
    waits = ""
    if listing.is_scheduled:
        waits = "scheduled"
    elif listing.is_moderated:
        waits = "in moderation"
    if not listing.live:
        return waits or "draft"
    if listing.is_closed:
        return "expired"
    edit = waits or ("draft" if listing.has_unpublished_changes else "")
    return f"live + {edit}" if edit else "live"


def _role_label(listing):
    word = vocabulary.current().roles.get(listing.role)
    return word.label if word else (listing.role or "Not read")


def _pay_words(listing):
    return posted_words(listing.pay) if listing.pay else "Not posted"


def _source_words(listing):
    if listing.is_sample:
        return "Sample data"
    return listing.source or "Posted here"


def _closes(listing):
    return day(listing.expire_at)


def _is_live(listing):
    return listing.is_live


class ListingFilterSet(WagtailFilterSet):
    STATES = {
        "draft": Q(live=False, removed_at=None),
        "moderation": Q(is_moderated=True, removed_at=None),
        "scheduled": Q(is_scheduled=True, removed_at=None),
        "removed": Q(removed_at__isnull=False),
    }
    LACKS = {
        "pay": Q(pay_minimum=None),
        "role": Q(role=""),
        "setting": Q(settings=[]),
        "place": Q(places=[]) & ~Q(remote="remote"),
    }

    state = filters.ChoiceFilter(
        label="State",
        method="in_state",
        widget=forms.RadioSelect,
        empty_label="All",
        choices=[
            ("draft", "Draft"),
            ("moderation", "In moderation"),
            ("scheduled", "Scheduled"),
            ("live", "Live"),
            ("closed", "Expired (closed)"),
            ("removed", "Removed"),
        ],
    )
    employer = filters.CharFilter(
        label="Employer", field_name="employer__name", lookup_expr="icontains"
    )
    role = filters.ChoiceFilter(
        label="Role", choices=role_choices, empty_label="All", method="of_role"
    )
    setting = filters.ChoiceFilter(
        label="Setting", choices=setting_choices, empty_label="All", method="in_setting"
    )
    source = filters.ChoiceFilter(
        label="Source",
        method="from_source",
        empty_label="All",
        choices=lambda: [("here", "Posted here"), *((s, s) for s in _sources())],
    )
    lacks = filters.MultipleChoiceFilter(
        label="Lacks",
        method="lacking",
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("pay", "Pay not posted"),
            ("role", "Role not read"),
            ("setting", "No setting"),
            ("place", "No place"),
        ],
    )
    sample = filters.ChoiceFilter(
        label="Sample data",
        method="as_sample",
        widget=forms.RadioSelect,
        empty_label="All",
        choices=[("yes", "Only sample data"), ("no", "Without sample data")],
    )

    class Meta:
        model = JobListing
        fields = []

    def in_state(self, queryset, name, value):
        if value == "live":
            return queryset.live()
        if value == "closed":
            return queryset.closed()
        return queryset.filter(self.STATES[value])

    def of_role(self, queryset, name, value):
        return queryset.filter(roles__contains=[value])

    def in_setting(self, queryset, name, value):
        return queryset.filter(settings__contains=[value])

    def from_source(self, queryset, name, value):
        return queryset.filter(source="" if value == "here" else value)

    def lacking(self, queryset, name, values):
        for value in values:
            queryset = queryset.filter(self.LACKS[value])
        return queryset

    def as_sample(self, queryset, name, value):
        return queryset.filter(is_sample=value == "yes")


def _sources():
    return (
        JobListing.objects.exclude(source="")
        .order_by("source")
        .values_list("source", flat=True)
        .distinct()
    )


class ListingIndexView(IndexView):
    filterset_class = ListingFilterSet
    default_ordering = "-posted_at"

    def get_base_queryset(self):
        return _with_wagtail_state(
            JobListing.objects.select_related("employer").defer(
                "description", "benefits", "evidence"
            )
        )

    def order_queryset(self, queryset):
        ordered = super().order_queryset(queryset)
        return ordered.order_by(*ordered.query.order_by, "-pk")

    @cached_property
    def columns(self):
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="snippet"),
            self._get_title_column("title"),
            Column("employer", label="Employer", sort_key="employer__name"),
            Column("role", label="Role", accessor=_role_label, sort_key="role"),
            StatusTagColumn(
                "state", label="State", accessor=state_words, primary=_is_live
            ),
            Column("pay", label="Pay", accessor=_pay_words, sort_key="yearly_maximum"),
            Column("expire_at", label="Closes", accessor=_closes, sort_key="expire_at"),
            Column("source", label="Source", accessor=_source_words, sort_key="source"),
            DateColumn("posted_at", label="Posted", sort_key="posted_at"),
        ]

    def get_list_more_buttons(self, instance):
        more = super().get_list_more_buttons(instance)
        if self.user_has_permission("publish"):
            more += buttons(instance, self.request.get_full_path())
        return more


# Editing


class ClosedLock(BaseLock):
    """A closed listing is edited by reopening it, a removed one by restoring it."""

    def __init__(self, listing):
        super().__init__(listing)
        self.act = RESTORE if listing.removed_at is not None else REOPEN

    def for_user(self, user):
        return True

    def get_message(self, user):
        listing = self.object
        state = (
            f"was removed on {moment(listing.removed_at)}"
            if listing.removed_at is not None
            else f"closed on {moment(listing.expire_at)}"
        )
        return format_html(
            'This listing {}. To edit it, <a href="{}">{} it</a> first.',
            state,
            self.act.url(listing),
            self.act.label.lower(),
        )

    def get_locked_by(self, user):
        return f"Locked: {self.act.label.lower()} it to edit"

    def get_description(self, user):
        return "No one can change it as it is."


class PublishingMixin:
    """What became unpublishable between the check of the form and the act is said."""

    def run_action_method(self):
        try:
            return super().run_action_method()
        except moderation.NotPublishableError as error:
            messages.error(self.request, _not_yet(self.object, error))
            return redirect(self.get_edit_url())


def _not_yet(listing, error):
    return f"“{listing}” cannot go live yet. {error.sentence}"


class ListingCreateView(PublishingMixin, CreateView):
    pass


class ListingEditView(PublishingMixin, EditView):
    def get_lock(self):
        listing = self.live_object
        if listing.is_closed or listing.removed_at is not None:
            return ClosedLock(listing)
        return super().get_lock()

    @cached_property
    def header_more_buttons(self):
        more = super().header_more_buttons
        if self.user_has_permission("publish"):
            more += buttons(self.live_object)
        return more


class ListingRevertView(RevisionsRevertMixin, ListingEditView):
    view_name = "revisions_revert"

    def save_instance(self):
        """As Wagtail's, but an old draft need not be complete to be a draft again."""
        instance = self.form.save(commit=not self.object.live)
        self.has_content_changes = self.form.has_changed()
        self.new_revision = instance.save_revision(
            user=self.request.user,
            log_action=True,
            previous_revision=self.revision,
            clean=not self.saving_as_draft,
        )
        return instance


class ListingWorkflowActionView(WorkflowActionView):
    """Approving says what is missing instead of failing."""

    def post(self, request, *args, **kwargs):
        try:
            return super().post(request, *args, **kwargs)
        except moderation.NotPublishableError as error:
            messages.error(request, _not_yet(self.object, error))
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            done = {"step": "success", "redirect": self.redirect_url}
            return render_modal_workflow(request, "", None, {}, json_data=done)
        return redirect(self.redirect_url)


class ListingViewSet(SnippetViewSet):
    model = JobListing
    icon = "clipboard-list"
    menu_label = "All listings"
    menu_name = "job-listings"
    index_view_class = ListingIndexView
    add_view_class = ListingCreateView
    edit_view_class = ListingEditView
    revisions_revert_view_class = ListingRevertView
    workflow_action_view_class = ListingWorkflowActionView
    copy_view_enabled = False
    list_per_page = 50
    search_fields = ["title", "employer__name"]
    search_backend_name = None

    def get_edit_handler(self):
        return listing_panels().bind_to_model(self.model)

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            *(
                path(
                    f"{act.name}/<int:pk>/",
                    self.construct_view(ActView, act=act),
                    name=act.name,
                )
                for act in ACTS
            ),
        ]


class CloseListingsBulkAction(SnippetBulkAction):
    """Closes the chosen listings that are open."""

    display_name = "Close"
    action_type = "close"
    aria_label = "Close the selected listings"
    template_name = "jobs/admin/close_listings.html"
    action_priority = 20
    models = [JobListing]

    def check_perm(self, snippet):
        return snippet.is_live and self.permission_policy.user_has_permission(
            self.request.user, "publish"
        )

    @classmethod
    def execute_action(cls, objects, self=None, **kwargs):
        for listing in objects:
            moderation.close(listing, user=self.request.user)
        return len(objects), 0

    def get_success_message(self, num_parent_objects, num_child_objects):
        ending = "listing is" if num_parent_objects == 1 else "listings are"
        return f"{num_parent_objects} {ending} closed."


# Employers


class EmployerForm(WagtailAdminModelForm):
    """The slug follows from the name once and then stays: addresses use it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        slug = self.fields["slug"]
        slug.required = False
        if self.instance._state.adding:
            slug.help_text = (
                "Stands in addresses. Leave it empty to make it from the name."
            )
        else:
            slug.disabled = True
            slug.help_text = "It stands in addresses, so it stays."

    def clean_slug(self):
        slug = self.cleaned_data["slug"] or slugify(self.data.get("name", ""))[:110]
        return slug.strip("-") or "employer"

    def clean(self):
        super().clean()
        slug = self.cleaned_data.get("slug")
        others = Employer.objects.exclude(pk=self.instance.pk)
        if slug and not self.data.get("slug"):
            number, free = 2, slug
            while others.filter(slug=free).exists():
                number, free = number + 1, f"{slug}-{number}"
            self.cleaned_data["slug"] = free
        return self.cleaned_data


class EmployerFilterSet(WagtailFilterSet):
    proven = filters.ChoiceFilter(
        label="Domain",
        method="with_proof",
        widget=forms.RadioSelect,
        empty_label="All",
        choices=[("yes", "Proven"), ("no", "Not proven")],
    )

    class Meta:
        model = Employer
        fields = ["kind", "is_confidential", "is_sample"]

    def with_proof(self, queryset, name, value):
        return queryset.filter(domain_proven_at__isnull=value == "no")


class EmployerIndexView(IndexView):
    filterset_class = EmployerFilterSet
    default_ordering = "name"

    def get_base_queryset(self):
        counted = (
            JobListing.objects.live()
            .filter(employer=OuterRef("pk"))
            .order_by()
            .values("employer")
            .annotate(count=Count("pk"))
            .values("count")
        )
        return Employer.objects.annotate(open_listings=Coalesce(Subquery(counted), 0))

    @cached_property
    def columns(self):
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="snippet"),
            self._get_title_column("name"),
            Column("kind", label="Kind", accessor="get_kind_display", sort_key="kind"),
            Column("website", label="Website"),
            BooleanColumn("domain_is_proven", label="Domain proven"),
            NumberColumn(
                "open_listings", label="Open listings", sort_key="open_listings"
            ),
        ]


class EmployerViewSet(SnippetViewSet):
    model = Employer
    icon = "group"
    menu_label = "Employers"
    index_view_class = EmployerIndexView
    copy_view_enabled = False
    list_per_page = 50
    search_fields = ["name", "domain"]
    search_backend_name = None

    def get_edit_handler(self):
        return ObjectList(
            [
                FieldPanel("name"),
                FieldPanel("slug"),
                FieldPanel("kind"),
                FieldPanel("website"),
                FieldPanel("domain"),
                FieldPanel("domain_proven_at"),
                FieldPanel("about"),
                FieldPanel("logo"),
                FieldPanel("is_confidential"),
            ],
            base_form_class=EmployerForm,
        ).bind_to_model(self.model)


class ListingsGroup(SnippetViewSetGroup):
    menu_label = "Listings"
    menu_icon = "clipboard-list"
    menu_order = 150
    # Employers first: the form of a listing chooses among them.
    items = (EmployerViewSet, ListingViewSet)
