"""Search in the admin: editors keep the synonyms."""

from django.contrib.postgres.forms import SimpleArrayField
from django.core.exceptions import ValidationError
from django.forms import CharField

from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from . import synonyms
from .models import Synonym


class SynonymForm(WagtailAdminModelForm):
    terms = SimpleArrayField(
        CharField(max_length=80),
        help_text="Words or phrases, separated by commas: profee, professional fee.",
    )

    def clean_terms(self):
        terms = [" ".join(term.split()) for term in self.cleaned_data["terms"]]
        terms = list(dict.fromkeys(filter(None, terms)))
        if len(terms) < 2:
            raise ValidationError("Give at least two words or phrases.")
        return terms

    def save(self, commit=True):
        synonym = super().save(commit=commit)
        synonyms.forget()
        return synonym


class SynonymViewSet(SnippetViewSet):
    model = Synonym
    icon = "search"
    menu_label = "Synonyms"
    add_to_admin_menu = True
    menu_order = 310
    list_display = ["__str__", "kind"]
    list_filter = ["kind"]
    edit_handler = ObjectList(
        [FieldPanel("terms"), FieldPanel("kind")], base_form_class=SynonymForm
    )


register_snippet(SynonymViewSet)
