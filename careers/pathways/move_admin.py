"""Moves between roles, and authors, in the admin."""

from django import forms
from django.contrib.postgres.forms import SimpleArrayField
from django.core.exceptions import ValidationError

from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, DateColumn
from wagtail.snippets.views.snippets import (
    IndexView,
    SnippetViewSet,
    SnippetViewSetGroup,
)

import django_filters as filters

from careers.jobs import vocabulary
from careers.jobs.models import Track

from .models import Author, Move

# Moves


class NamesField(SimpleArrayField):
    """Credentials as people write them: with commas between them, or one a line."""

    def __init__(self, *args, **kwargs):
        super().__init__(
            forms.CharField(max_length=60),
            required=False,
            widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
            **kwargs,
        )

    def prepare_value(self, value):
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        """Slugs in the order named; a word that we do not know stays as typed."""
        if isinstance(value, str):
            value = value.replace("\n", ",").split(",")
        known = vocabulary.current().credential_by_folded
        words = (" ".join(word.split()) for word in value or [])
        return list(dict.fromkeys(known.get(w.lower(), w) for w in words if w))


class MoveForm(WagtailAdminModelForm):
    credentials = NamesField(
        label="Credentials that help",
        help_text="Abbreviations, with commas between them or one a line: CPC, CCS.",
    )

    def clean_credentials(self):
        known = vocabulary.current().credentials
        slugs = self.cleaned_data["credentials"]
        if unknown := [slug for slug in slugs if slug not in known]:
            raise ValidationError(
                f"We know no credential “{'”, “'.join(unknown)}”. Write the "
                "abbreviation, or add it under Vocabulary first."
            )
        return slugs


class MoveFilterSet(WagtailFilterSet):
    track = filters.ChoiceFilter(
        label="Track",
        choices=Track.choices,
        method="on_track",
        widget=forms.RadioSelect,
        empty_label="All",
    )

    class Meta:
        model = Move
        fields = []

    def on_track(self, queryset, name, value):
        """Moves that begin or end on a track."""
        begins = queryset.filter(from_role__track=value)
        return begins | queryset.filter(to_role__track=value)


def _months(move):
    if move.months_min == move.months_max:
        return f"{move.months_min}"
    return f"{move.months_min} to {move.months_max}"


def _credentials(move):
    return ", ".join(move.credentials)


class MoveIndexView(IndexView):
    filterset_class = MoveFilterSet
    default_ordering = ["from_role__level", "from_role__sort_order", "to_role__level"]

    def get_base_queryset(self):
        return Move.objects.select_related("from_role", "to_role")

    def order_queryset(self, queryset):
        ordered = super().order_queryset(queryset)
        return ordered.order_by(*ordered.query.order_by, "pk")

    @property
    def columns(self):
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="snippet"),
            self._get_title_column("__str__"),
            Column("from_role", label="From", sort_key="from_role__name"),
            Column("to_role", label="To", sort_key="to_role__name"),
            Column("months", label="Months", accessor=_months, sort_key="months_min"),
            Column("credentials", label="Credentials that help", accessor=_credentials),
            DateColumn("checked_on", label="Checked on", sort_key="checked_on"),
        ]


class MoveViewSet(SnippetViewSet):
    model = Move
    icon = "arrow-right"
    menu_label = "Moves"
    index_view_class = MoveIndexView
    copy_view_enabled = False
    list_per_page = 100
    search_fields = ["from_role__name", "to_role__name", "what_changes"]
    search_backend_name = None
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("from_role"), FieldPanel("to_role")]),
            FieldRowPanel([FieldPanel("months_min"), FieldPanel("months_max")]),
            FieldPanel("what_changes"),
            FieldPanel("credentials"),
            MultiFieldPanel(
                [
                    FieldPanel("source_name"),
                    FieldPanel("source_url"),
                    FieldPanel("checked_on"),
                ],
                heading="Source",
            ),
        ],
        base_form_class=MoveForm,
    )


# Authors


class AuthorViewSet(SnippetViewSet):
    model = Author
    icon = "user"
    menu_label = "Authors"
    copy_view_enabled = False
    list_display = ["name", "kind", "credentials"]
    list_filter = ["kind"]
    search_fields = ["name", "credentials"]
    search_backend_name = None


class PathwaysGroup(SnippetViewSetGroup):
    menu_label = "Pathways"
    menu_icon = "site"
    menu_order = 160
    items = (MoveViewSet, AuthorViewSet)
