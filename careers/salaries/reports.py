"""Reports of the admin: posted pay that is not counted, and the official wages."""

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import policy_registry

import django_filters as filters

from careers.jobs import vocabulary
from careers.jobs.listing_panels import posted_words
from careers.jobs.models import JobListing
from careers.jobs.reports import READERS

from .models import OfficialWage, PostedRange

COUNTED = PostedRange.LeftOut.NO
#: That a listing posts no pay is silence, and no mistake that an editor could mend.
SILENT = PostedRange.LeftOut.NOT_POSTED
REASONS = [
    (reason.value, reason.label)
    for reason in PostedRange.LeftOut
    if reason not in (COUNTED, SILENT)
]


class ListingsReport(ReportView):
    """A report for those who work with listings."""

    any_permission_required = READERS

    @cached_property
    def permission_policy(self):
        return policy_registry.get_by_type(JobListing)

    def get_filename(self):
        return f"{self.export_filename}-{timezone.localdate():%Y-%m-%d}"


# Pay left out


class LeftOutFilterSet(WagtailFilterSet):
    reason = filters.ChoiceFilter(
        label="Why",
        field_name="left_out",
        choices=REASONS,
        widget=forms.RadioSelect,
        empty_label="All",
    )
    source = filters.CharFilter(
        label="Source", field_name="listing__source", lookup_expr="icontains"
    )

    class Meta:
        model = PostedRange
        fields = []


def _role_words(posted):
    word = vocabulary.current().roles.get(posted.role)
    return word.label if word else posted.role


def _pay_words(posted):
    return posted_words(posted.listing.pay)


def _source_words(posted):
    if posted.is_sample:
        return "Sample data"
    return posted.listing.source or "Posted here"


class LeftOutReport(ListingsReport):
    page_title = "Pay left out"
    header_icon = "clipboard-list"
    index_url_name = "pay_left_out"
    index_results_url_name = "pay_left_out_results"
    model = PostedRange
    verbose_name_plural = "listings whose pay is left out"
    filterset_class = LeftOutFilterSet
    default_ordering = "-posted_at"
    export_filename = "pay-left-out"
    list_export = [
        "listing.pk",
        "listing.title",
        "listing.employer.name",
        "role",
        "listing.pay",
        "get_left_out_display",
        "listing.source",
        "listing.source_url",
        "is_sample",
        "posted_at",
    ]
    export_headings = {
        "listing.pk": "Listing",
        "listing.title": "Title",
        "listing.employer.name": "Employer",
        "listing.pay": "Pay as posted",
        "get_left_out_display": "Why",
        "listing.source": "Source",
        "listing.source_url": "Address at the source",
        "is_sample": "Sample data",
        "posted_at": "Posted",
    }
    custom_field_preprocess = {
        "listing.pay": {"csv": posted_words, "xlsx": posted_words}
    }

    def get_base_queryset(self):
        left_out = PostedRange.objects.exclude(left_out__in=[COUNTED, SILENT])
        return left_out.select_related("listing__employer").defer(
            "listing__description", "listing__benefits", "listing__evidence"
        )

    def order_queryset(self, queryset):
        ordered = super().order_queryset(queryset)
        return ordered.order_by(*ordered.query.order_by, "-pk")

    @cached_property
    def columns(self):
        may_edit = self.user_has_permission("change")
        return [
            TitleColumn(
                "title",
                label="Listing",
                accessor="listing.title",
                get_url=self.edit_url if may_edit else None,
            ),
            Column("employer", label="Employer", accessor="listing.employer.name"),
            Column("role", label="Role", accessor=_role_words, sort_key="role"),
            Column("pay", label="Pay as posted", accessor=_pay_words),
            Column(
                "why",
                label="Why",
                accessor="get_left_out_display",
                sort_key="left_out",
            ),
            Column("source", label="Source", accessor=_source_words),
            DateColumn("posted_at", label="Posted", sort_key="posted_at"),
        ]

    @staticmethod
    def edit_url(posted):
        edit = JobListing.snippet_viewset.get_url_name("edit")
        return reverse(edit, args=[posted.pk])


# Official wages


class OfficialWagesReport(ListingsReport):
    """Read only: they come from their source by `load_wages`."""

    page_title = "Official wages"
    header_icon = "site"
    index_url_name = "official_wages"
    index_results_url_name = "official_wages_results"
    model = OfficialWage
    verbose_name_plural = "official wages"
    is_searchable = True
    search_fields = ["soc", "occupation", "area", "area_name"]
    search_backend_name = None
    default_ordering = ["soc", "area", "pk"]
    export_filename = "official-wages"
    list_export = [
        field.name for field in OfficialWage._meta.concrete_fields if field.name != "id"
    ]
    columns = [
        Column("occupation", label="Occupation"),
        Column("soc", label="SOC"),
        Column("area_name", label="Area"),
        NumberColumn("employment", label="Employed"),
        NumberColumn("yearly_p10", label="10 %"),
        NumberColumn("yearly_p25", label="25 %"),
        NumberColumn("yearly_median", label="Median a year"),
        NumberColumn("yearly_p75", label="75 %"),
        NumberColumn("yearly_p90", label="90 %"),
        Column("release", label="Of"),
    ]


REPORTS = (LeftOutReport, OfficialWagesReport)
