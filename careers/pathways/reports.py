"""Reports of the admin on published pages: what is old, broken, or lacks its words."""

from dataclasses import dataclass, replace
from datetime import date

from django import forms
from django.apps import apps
from django.db.models import Value
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property

from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.images import get_image_model
from wagtail.models import Page, TaskState, get_default_page_content_type
from wagtail.permissions import policy_registry

import django_filters as filters

from . import links, parts
from .models import ContentPage, CredentialFact, Move
from .page_checks import as_date, picture_trouble
from .parts import Body, Place
from .staleness import is_stale, stale_before

#: Who may do any of these with pages may read the reports, as with Wagtail's own.
READERS = ["add", "change", "publish"]
DAY = "M j, Y"


# Pages


@dataclass(frozen=True, slots=True)
class PublishedPage:
    pk: int
    title: str
    kind: str
    body: Body
    reviewed_on: date | None

    @property
    def edit_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.pk])


def content_models():
    """Every kind of page that is composed of blocks."""
    models = apps.get_app_config("pathways").get_models()
    return [model for model in models if issubclass(model, ContentPage)]


def published_pages() -> list[PublishedPage]:
    """All of them with their bodies, by title. One query."""
    kinds = {m._meta.label: str(m._meta.verbose_name) for m in content_models()}
    first, *others = [
        model.objects.live()
        .order_by()
        .annotate(label=Value(model._meta.label))
        .values_list("pk", "title", "label", "body", "reviewed_on")
        for model in content_models()
    ]
    found = first.union(*others, all=True)
    pages = [
        PublishedPage(pk, title, kinds[label], body.get_prep_value(), reviewed_on)
        for pk, title, label, body, reviewed_on in found
    ]
    return sorted(pages, key=lambda page: (page.title.casefold(), page.pk))


def place_words(body: Body, place: Place) -> str:
    """Where in a body, for somebody who looks for it in the editor."""
    if not place:
        return ""
    number = int(place[0])
    return f"Block {number + 1} ({body[number]['type']})"


# Stale facts


@dataclass(frozen=True, slots=True)
class StaleFact:
    title: str
    kind: str
    text: str
    checked_on: date
    source_name: str
    source_url: str
    edit_url: str


CREDENTIAL, BLOCK, MOVE = "Fact of a credential", "Block of a page", "Move"


def stale_facts(pages: list[PublishedPage] | None = None) -> list[StaleFact]:
    """Everything published whose source was read over a year ago, the oldest first."""
    found = [
        *_of_credentials(),
        *_of_moves(),
        *(
            fact
            for page in (published_pages() if pages is None else pages)
            for fact in _of_blocks(page)
        ),
    ]
    return sorted(found, key=lambda fact: (fact.checked_on, fact.title, fact.text))


def _of_credentials():
    for fact in CredentialFact.objects.published().stale().select_related("page"):
        yield StaleFact(
            fact.page.title,
            CREDENTIAL,
            str(fact),
            fact.checked_on,
            fact.source_name,
            fact.source_url,
            reverse("wagtailadmin_pages:edit", args=[fact.page_id]),
        )


def _of_moves():
    edit = Move.snippet_viewset.get_url_name("edit")
    old = Move.objects.filter(checked_on__lt=stale_before())
    for move in old.select_related("from_role", "to_role"):
        yield StaleFact(
            str(move),
            MOVE,
            move.what_changes,
            move.checked_on,
            move.source_name,
            move.source_url,
            reverse(edit, args=[move.pk]),
        )


def _of_blocks(page: PublishedPage):
    for block in page.body:
        kind, value = block["type"], block["value"]
        if kind == "fact":
            yield from _if_stale(
                page, f"{value['value']} {value['label']}", value, "source_name"
            )
        elif kind == "sources":
            for source in parts.items(value["sources"]):
                yield from _if_stale(page, "Source of the page", source, "name")


def _if_stale(page, text, value, name):
    checked_on = as_date(value.get("checked_on"))
    if not is_stale(checked_on):
        return
    url = value.get("source_url") or value.get("url") or ""
    yield StaleFact(
        page.title, BLOCK, text, checked_on, value[name], url, page.edit_url
    )


# Broken links


@dataclass(frozen=True, slots=True)
class BrokenLink:
    title: str
    kind: str
    place: str
    words: str
    address: str
    why: str
    edit_url: str


def broken_links() -> list[BrokenLink]:
    """Links on published pages that lead to nothing on this site. Six queries."""
    made = [
        (page, link) for page in published_pages() for link in parts.links(page.body)
    ]
    there = links.destinations(link.target for _, link in made)
    return [
        BrokenLink(
            page.title,
            page.kind,
            place_words(page.body, link.place),
            link.words,
            _address(link.target),
            there[link.target].trouble,
            page.edit_url,
        )
        for page, link in made
        if there[link.target].trouble
    ]


def _address(target) -> str:
    kind, ref = target
    return ref if kind == "address" else f"{kind.capitalize()} {ref}"


# Pictures


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture whose words are wanted, on a page or in the library."""

    title: str
    kind: str
    place: str
    why: str
    edit_url: str
    image: int


ON_PAGE, IN_LIBRARY = "On a page", "In the library"


def pictures_without_words() -> list[Picture]:
    """On published pages first. Two queries."""
    image_model = get_image_model()
    found = [
        Picture(
            page.title,
            ON_PAGE,
            place_words(page.body, (number,)),
            why,
            page.edit_url,
            image["image"],
        )
        for page in published_pages()
        for number, block in enumerate(page.body)
        if block["type"] == "figure"
        for image in [block["value"].get("image") or {}]
        if (why := picture_trouble(image))
    ]
    titles = dict(
        image_model.objects.filter(pk__in=[p.image for p in found]).values_list(
            "pk", "title"
        )
    )
    on_pages = [
        replace(p, place=f"{p.place}: {titles.get(p.image, 'deleted')}") for p in found
    ]
    bare = image_model.objects.filter(description="").order_by("title", "pk")
    return on_pages + [
        Picture(
            title,
            IN_LIBRARY,
            "Library of images",
            "It has no description; blocks that use it begin without words.",
            reverse("wagtailimages:edit", args=[pk]),
            pk,
        )
        for pk, title in bare.values_list("pk", "title")
    ]


# Reviews


def pages_to_review() -> list[PublishedPage]:
    """Last reviewed over a year ago or never, those first."""
    found = [
        page
        for page in published_pages()
        if page.reviewed_on is None or is_stale(page.reviewed_on)
    ]
    return sorted(found, key=lambda page: page.reviewed_on or date.min)


# The views


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


class ReportItem(MenuItem):
    def is_shown(self, request):
        policy = policy_registry.get_by_type(Page)
        return policy.user_has_any_permission(request.user, READERS)


def report_paths():
    """Each report as a page and as the part that its filters redraw."""
    found = []
    for report in REPORTS:
        slug = report.index_url_name.replace("_", "-")
        found += [
            path(f"reports/{slug}/", report.as_view(), name=report.index_url_name),
            path(
                f"reports/{slug}/results/",
                report.as_view(results_only=True),
                name=report.index_results_url_name,
            ),
        ]
    return found


def menu_item(report, order):
    return ReportItem(
        report.page_title,
        reverse(report.index_url_name),
        name=report.index_url_name.replace("_", "-"),
        icon_name=report.header_icon,
        order=order,
    )
