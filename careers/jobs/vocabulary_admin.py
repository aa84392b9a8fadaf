"""Where editors keep the vocabulary: lists, forms and the menu group of the admin."""

from django import forms
from django.contrib.postgres.forms import SimpleArrayField
from django.core.exceptions import ValidationError
from django.db import transaction

from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from . import vocabulary
from .eligibility import STATE_NAMES
from .models import (
    CodeSet,
    Credential,
    CredentialBody,
    Place,
    Role,
    Setting,
    Software,
    Specialty,
)


class LinesField(SimpleArrayField):
    """A list edited as lines of text, since an alias may hold a comma."""

    widget = forms.Textarea

    def __init__(self, *, max_length, **kwargs):
        super().__init__(
            forms.CharField(max_length=max_length), delimiter="\n", **kwargs
        )

    def to_python(self, value):
        if isinstance(value, str):
            value = [" ".join(line.split()) for line in value.splitlines()]
        return list(dict.fromkeys(line for line in value or [] if line))


class WordForm(WagtailAdminModelForm):
    """A form whose slug is typed once, when the term is made."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            self.fields["slug"].disabled = True
            self.fields["slug"].help_text = "It stands in addresses and on listings."

    def save(self, commit=True):
        transaction.on_commit(vocabulary.forget)
        return super().save(commit)


class TermForm(WordForm):
    aliases = LinesField(
        max_length=120,
        required=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text=(
            "Other ways people write it, one a line. Each is searched for and read out "
            "of listings, so leave out what means something else as well: ordinary "
            "words, codes of states."
        ),
    )

    def clean_aliases(self):
        """An alias says one thing: it is no state and no other term's word."""
        aliases = self.cleaned_data["aliases"]
        folded = {alias.lower(): alias for alias in aliases}
        states = [code for code in STATE_NAMES if code.lower() in folded]
        if states:
            raise ValidationError(f"{', '.join(states)}: the code of a state.")
        others = self._meta.model.objects.exclude(pk=self.instance.pk)
        for slug, name, theirs in others.values_list("slug", "name", "aliases"):
            for word in (name, *theirs):
                if word.lower() in folded:
                    raise ValidationError(
                        f"“{folded[word.lower()]}” already stands for {slug}."
                    )
        return aliases


def _panels(*middle):
    return ObjectList(
        [
            MultiFieldPanel([FieldPanel("name"), FieldPanel("slug")], heading="Term"),
            *middle,
            FieldPanel("aliases"),
            FieldPanel("description"),
            FieldPanel("sort_order"),
        ],
        base_form_class=TermForm,
    )


class TermViewSet(SnippetViewSet):
    """What the lists of all kinds of terms have in common."""

    list_display = ["name", "slug", "sort_order"]
    search_fields = ["name", "slug", "aliases"]
    # None: search these columns, as nothing is indexed for terms.
    search_backend_name = None
    list_per_page = 100
    copy_view_enabled = False


class RoleViewSet(TermViewSet):
    model = Role
    icon = "user"
    list_display = ["name", "slug", "track", "level", "soc_code"]
    list_filter = ["track", "level"]
    edit_handler = _panels(
        FieldPanel("short_name"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("track"), FieldPanel("level")])],
            heading="Place on the map of roles",
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("soc_code"), FieldPanel("soc_title")])],
            heading="Official occupation",
        ),
    )


class CredentialViewSet(TermViewSet):
    model = Credential
    icon = "key"
    list_display = ["name", "full_name", "body", "level", "status"]
    list_filter = ["body", "level", "status"]
    search_fields = ["name", "slug", "full_name", "aliases"]
    edit_handler = _panels(
        FieldPanel("full_name"),
        FieldPanel("body"),
        FieldPanel("covers", help_text="The kind of work it attests, in a few words."),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("level"), FieldPanel("status")])],
            heading="Standing",
        ),
        MultiFieldPanel(
            [FieldPanel("apprentice_of"), FieldPanel("renamed_to")],
            heading="Forms of one credential",
        ),
    )


class CredentialBodyViewSet(SnippetViewSet):
    model = CredentialBody
    icon = "group"
    menu_label = "Credential bodies"
    list_display = ["name", "full_name", "website"]
    search_fields = ["name", "full_name"]
    search_backend_name = None
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            MultiFieldPanel([FieldPanel("name"), FieldPanel("slug")], heading="Body"),
            FieldPanel("full_name"),
            FieldPanel("website"),
        ],
        base_form_class=WordForm,
    )


class SettingViewSet(TermViewSet):
    model = Setting
    icon = "home"
    list_display = ["name", "slug", "kind", "sort_order"]
    list_filter = ["kind"]
    edit_handler = _panels(FieldPanel("kind"))


class SpecialtyViewSet(TermViewSet):
    model = Specialty
    icon = "tag"
    edit_handler = _panels()


class SoftwareViewSet(TermViewSet):
    model = Software
    icon = "desktop"
    list_display = ["name", "slug", "kind", "sort_order"]
    list_filter = ["kind"]
    edit_handler = _panels(FieldPanel("kind"))


class CodeSetViewSet(TermViewSet):
    model = CodeSet
    icon = "list-ol"
    menu_label = "Code sets"
    edit_handler = _panels()


class PlaceViewSet(SnippetViewSet):
    model = Place
    icon = "globe"
    list_display = ["city", "state", "zip", "population"]
    list_filter = ["state"]
    search_fields = ["city", "zip", "slug"]
    search_backend_name = None
    list_per_page = 100
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel(
                "slug",
                help_text="The ZIP code, or the city and state: “columbus-oh”.",
            ),
            FieldRowPanel([FieldPanel("city"), FieldPanel("state"), FieldPanel("zip")]),
            FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
            FieldPanel(
                "population",
                help_text="Of two cities with one name, the larger is meant.",
            ),
            FieldPanel("metro"),
        ],
        base_form_class=WordForm,
    )


class VocabularyViewSetGroup(SnippetViewSetGroup):
    menu_label = "Vocabulary"
    menu_icon = "tag"
    menu_order = 250
    items = (
        RoleViewSet,
        CredentialViewSet,
        CredentialBodyViewSet,
        SettingViewSet,
        SpecialtyViewSet,
        SoftwareViewSet,
        CodeSetViewSet,
        PlaceViewSet,
    )
